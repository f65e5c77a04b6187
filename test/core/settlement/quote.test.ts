import { expect, test } from 'vitest'
import { offline, garbled, lost, refused } from '../../support/fake-platform.ts'
import { codeOf } from '../../support/small-shop.ts'
import type { Till } from '../../support/till.ts'
import { credentialOf, openTill } from '../../support/till.ts'

const insured = async (till: Till, ...codes: readonly string[]) => {
  const sale = await till.start()
  for (const code of codes) await till.scan(sale, code)
  await till.person(sale)
  return sale
}

test('a trial shows what fund, account and patient would pay, before the codes are complete', async () => {
  const till = await openTill()
  const sale = await insured(till, codeOf('amoxicillin', 1))
  await till.add(sale, 'ibuprofen')
  const quoted = await till.quote(sale)
  expect(quoted).toMatchObject({ settlementState: 'quoted', status: 'open', quote: { totalFen: 3379, fundFen: 1689 }, dueFen: 846 })
  expect(quoted.quote?.lines.map((line) => line.lineId)).toEqual(quoted.lines.map((line) => line.lineId))
  expect(quoted.blockers.map((blocker) => blocker.code)).toEqual(['missing-codes'])
  expect(till.platform.calls.find((call) => call.name === '2101')?.about).toMatchObject({
    totalFen: 3379,
    purchaseKind: 'pharmacy',
    useAccount: true,
    credential: { number: 'TOKEN-1' },
  })
})

test('every change of basket, person or purchase type drops the quote', async () => {
  const till = await openTill()
  till.platform.filings = [{ diseaseCode: 'M03900', diseaseName: '高血压', from: '2020-01-01' as never, to: null }]
  const sale = await insured(till, codeOf('amoxicillin', 1))
  const { saleId } = sale
  const lineId = (await till.get(sale)).lines[0]!.lineId
  const changes: (() => Promise<unknown>)[] = [
    () => till.scan(sale, codeOf('amoxicillin', 2)),
    () => till.add(sale, 'ibuprofen'),
    () => till.setQuantity(sale, lineId, 3),
    async () => till.client.command('sale.voidLine', { saleId, lineId: (await till.get(sale)).lines[1]!.lineId, reason: '' }),
    () => till.client.command('sale.setPurchaseType', { saleId, kind: 'chronic', diseaseCode: 'M03900' }),
    () => till.client.command('sale.setPurchaseType', { saleId, kind: 'pharmacy', diseaseCode: null }),
    () => till.client.command('sale.chooseInsurance', { saleId, index: 0 }),
    () => till.client.command('sale.readPerson', { saleId, credential: credentialOf() }),
    async () => {
      await till.client.command('sale.setInsured', { saleId, insured: false })
      await till.client.command('sale.setInsured', { saleId, insured: true })
    },
  ]
  for (const [index, change] of changes.entries()) {
    expect((await till.quote(sale)).settlementState, `before change ${index}`).toBe('quoted')
    await change()
    expect(await till.get(sale), `after change ${index}`).toMatchObject({ settlementState: 'draft', quote: null })
  }
})

test("a refusal is shown in the platform's words until the basket changes", async () => {
  const till = await openTill()
  const sale = await insured(till, codeOf('amoxicillin', 1))
  till.platform.will('2101', refused('个人账户余额不足'))
  expect(await till.quote(sale)).toMatchObject({
    settlementState: 'refused',
    status: 'open',
    quote: null,
    refusal: { code: 'platform.refused', detail: { message: '个人账户余额不足' } },
  })
  await till.add(sale, 'ibuprofen')
  expect(await till.get(sale)).toMatchObject({ settlementState: 'draft', refusal: null })
})

test('a lost trial is no quote and books nothing; its reason goes with the next change', async () => {
  const till = await openTill()
  const sale = await insured(till, codeOf('amoxicillin', 1))
  for (const [ending, code] of [
    [lost(), 'platform.timeout'],
    [garbled(), 'platform.unexpected-answer'],
    [offline(), 'platform.offline'],
  ] as const) {
    till.platform.will('2101', ending)
    expect(await till.refusal('sale.quoteSale', { saleId: sale.saleId })).toMatchObject({ code })
    expect(await till.get(sale)).toMatchObject({ settlementState: 'draft', status: 'open', quote: null, refusal: { code } })
  }
  await till.add(sale, 'ibuprofen')
  expect(await till.get(sale)).toMatchObject({ refusal: null })
  expect(till.platform.count('2601')).toBe(0)
})

test("a basket changed while the trial is on its way makes that trial nobody's: a second one counts", async () => {
  const till = await openTill()
  const sale = await insured(till, codeOf('amoxicillin', 1))
  const releaseFirst = till.platform.keepWaiting('2101')
  const first = till.quote(sale)
  await expect.poll(async () => (await till.get(sale)).settlementState).toBe('quoting')
  expect(await till.refusal('sale.quoteSale', { saleId: sale.saleId })).toMatchObject({ code: 'sale.wrong-state' })
  await till.scan(sale, codeOf('amoxicillin', 2))
  const releaseSecond = till.platform.keepWaiting('2101')
  const second = till.quote(sale)
  await expect.poll(() => till.platform.count('2101')).toBe(2)
  releaseFirst()
  await first
  expect(await till.get(sale)).toMatchObject({ settlementState: 'quoting', quote: null })
  releaseSecond()
  expect(await second).toMatchObject({ settlementState: 'quoted', quote: { totalFen: 2234 } })
})

test('a self-paid sale, an empty one, an uninsured person and a closed shift have no trial', async () => {
  const till = await openTill()
  const sale = await till.start()
  const { saleId } = sale
  await till.scan(sale, codeOf('amoxicillin', 1))
  expect(await till.refusal('sale.quoteSale', { saleId })).toMatchObject({ code: 'sale.insured-needs-person' })
  await till.person(sale, 1)
  expect(await till.refusal('sale.quoteSale', { saleId })).toMatchObject({ code: 'sale.blocked', detail: { blocker: 'insurance-inactive' } })
  await till.person(sale, 0)
  await till.client.command('shift.closeShift', { counted: [] })
  expect(await till.refusal('sale.quoteSale', { saleId })).toMatchObject({ code: 'sale.blocked', detail: { blocker: 'no-shift' } })
  const empty = await till.start()
  await till.person(empty)
  await till.client.command('shift.openShift', { floatFen: 0 as never })
  expect(await till.refusal('sale.quoteSale', { saleId: empty.saleId })).toMatchObject({ code: 'sale.blocked', detail: { blocker: 'empty' } })
  expect(till.platform.count('2101')).toBe(0)
})
