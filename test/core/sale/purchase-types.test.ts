import { expect, test } from 'vitest'
import { codeOf } from '../../support/small-shop.ts'
import { openTill } from '../../support/till.ts'

const HYPERTENSION = { diseaseCode: 'M03900', diseaseName: '高血压', from: '2020-01-01' as never, to: null }

test('a chronic purchase needs a valid filing of the chosen disease, and sends its name', async () => {
  const till = await openTill()
  const sale = await till.start()
  await till.scan(sale, codeOf('amlodipine', 1))
  await till.person(sale)
  const choose = (diseaseCode: string | null) => till.client.command('sale.setPurchaseType', { saleId: sale.saleId, kind: 'chronic', diseaseCode })
  expect((await choose('M03900')).blockers.map((blocker) => blocker.code)).toEqual(['filing-required', 'quote-first'])
  expect(await till.refusal('sale.quoteSale', { saleId: sale.saleId })).toMatchObject({ code: 'sale.blocked', detail: { blocker: 'filing-required' } })
  till.platform.filings = [HYPERTENSION]
  expect((await choose(null)).blockers.map((blocker) => blocker.code)).toEqual(['filing-required', 'quote-first'])
  expect(await choose('M03900')).toMatchObject({
    purchaseType: { kind: 'chronic', diseaseCode: 'M03900', diseaseName: '高血压' },
    blockers: [{ code: 'quote-first' }],
  })
  await till.quote(sale)
  expect(till.platform.calls.find((call) => call.name === '2101')?.about).toMatchObject({
    purchaseKind: 'chronic',
    diseaseCode: 'M03900',
    diseaseName: '高血压',
  })
})

test('an expired filing is no filing', async () => {
  const till = await openTill()
  till.platform.filings = [{ ...HYPERTENSION, to: '2026-11-20' as never }]
  const sale = await till.start()
  await till.scan(sale, codeOf('amlodipine', 1))
  await till.person(sale)
  expect((await till.client.command('sale.setPurchaseType', { saleId: sale.saleId, kind: 'chronic', diseaseCode: 'M03900' })).blockers[0]).toMatchObject({
    code: 'filing-required',
  })
})

test('a kind the profile does not offer is refused, and the strip lists what is offered', async () => {
  const till = await openTill()
  const sale = await till.start()
  expect(await till.refusal('sale.setPurchaseType', { saleId: sale.saleId, kind: 'special-drug', diseaseCode: null })).toMatchObject({
    code: 'rpc.invalid-input',
  })
  expect((await till.client.query('system.getStatus', {})).purchaseKinds).toEqual(['pharmacy', 'chronic', 'two-disease', 'outpatient'])
})
