import { expect, test } from 'vitest'
import { lost, offline, refused, uploadOf } from '../../support/fake-platform.ts'
import { codeOf, PIECE_ID } from '../../support/small-shop.ts'
import type { Till } from '../../support/till.ts'
import { openTill } from '../../support/till.ts'

const uploads = (till: Till) => till.platform.calls.filter((call) => call.name === '3505' || call.name === '3506')
const back = (till: Till, sale: { readonly saleId: never }) => till.giveBack(sale, '退')

test('each line is one row with its own key, lot, codes, seller and pharmacist', async () => {
  const till = await openTill()
  const sale = await till.start()
  await till.scan(sale, codeOf('amoxicillin', 1))
  await till.scan(sale, codeOf('amoxicillin', 2))
  await till.scan(sale, codeOf('ibuprofen', 1))
  await till.tender(sale, 10_000)
  expect(await till.outbox()).toEqual({ done: 2, waiting: 0, parked: 0 })
  expect(uploads(till).map(uploadOf)).toMatchObject([
    {
      rowKey: 'S20261121010001001',
      lotNumber: 'L214-1',
      quantity: 20_000,
      traceCodes: [codeOf('amoxicillin', 1), codeOf('amoxicillin', 2)],
      sellerName: 'C1',
      pharmacistName: 'P1',
      pharmacistLicence: 'TEST-LICENCE-1',
      insured: null,
      split: false,
    },
    { rowKey: 'S20261121010001002', lotNumber: 'L286-1', quantity: 10_000, traceCodes: [codeOf('ibuprofen', 1)], receiptNumber: sale.receiptNumber },
  ])
  expect((await till.client.query('trace.getPack', { code: codeOf('amoxicillin', 1) })).events.map((event) => event.kind)).toEqual([
    'received',
    'put-in-sale',
    'sold',
    'uploaded',
  ])
})

test('an insured row names the settlement and the person; pieces are not collected', async () => {
  const till = await openTill()
  const sale = await till.start()
  await till.scan(sale, codeOf('amoxicillin', 1))
  await till.client.command('sale.addDrug', { saleId: sale.saleId, drugId: PIECE_ID })
  await till.person(sale)
  await till.quote(sale)
  const { dueFen } = await till.settle(sale)
  await till.tender(sale, dueFen)
  await till.outbox()
  expect(uploads(till).map(uploadOf)).toMatchObject([
    { insured: { setlId: expect.stringMatching(/^SETL/), visitId: 'V1', personNumber: '99990000000000000001', region: '999900' } },
  ])
})

test('a missing manufacture date parks its row only, and the date supplied once serves the lot', async () => {
  const till = await openTill()
  const sale = await till.start()
  await till.scan(sale, codeOf('granules', 1))
  await till.scan(sale, codeOf('amoxicillin', 1))
  await till.tender(sale, 10_000)
  expect(await till.outbox()).toEqual({ done: 1, waiting: 0, parked: 1 })
  expect((await till.get(sale)).upload).toBe('parked')
  const [parked] = await till.client.query('outbox.listItems', { statuses: ['parked'] })
  expect(parked).toMatchObject({
    repair: 'lot-manufactured-on',
    error: { code: 'upload.missing-value', detail: { value: 'manufacturedOn', lotNumber: 'L402-1' } },
    receiptNumber: sale.receiptNumber,
  })
  // A person reads the drug first, the row's key behind it.
  expect(parked?.subject).toMatch(/^小儿泻速停颗粒 · 3505 · S\d+$/)
  const { outboxId } = parked!
  expect(await till.refusal('outbox.retryItem', { outboxId })).toMatchObject({ code: 'upload.missing-value' })
  expect(await till.refusal('outbox.retryItem', { outboxId, lotManufacturedOn: '2031-01-01' as never })).toMatchObject({ code: 'rpc.invalid-input' })
  expect(await till.client.command('outbox.retryItem', { outboxId, lotManufacturedOn: '2025-01-05' as never })).toMatchObject({
    status: 'pending',
    repair: 'none',
  })
  await till.outbox()
  expect(uploads(till).map(uploadOf).at(-1)).toMatchObject({ manufacturedOn: '2025-01-05' })
  expect((await till.get(sale)).upload).toBe('uploaded')
  await till.sell(codeOf('granules', 2))
  expect(await till.outbox()).toMatchObject({ done: 1, parked: 0 })
  expect(await till.refusal('outbox.retryItem', { outboxId })).toMatchObject({ code: 'outbox.not-parked' })
})

test('a date that many parked rows of a lot wait for wakes them all', async () => {
  const till = await openTill()
  for (const nth of [1, 2, 3]) await till.sell(codeOf('granules', nth))
  expect(await till.outbox()).toMatchObject({ parked: 3 })
  const [one] = await till.client.query('outbox.listItems', { statuses: ['parked'] })
  await till.client.command('outbox.retryItem', { outboxId: one!.outboxId, lotManufacturedOn: '2025-01-05' as never })
  expect(await till.outbox()).toEqual({ done: 3, waiting: 0, parked: 0 })
})

test('a row the platform refuses is parked with its words and sent again under the same key', async () => {
  const till = await openTill()
  const sale = await till.sell(codeOf('amoxicillin', 1))
  till.platform.will('3505', refused('生产批号不能为空', 'upload.row-refused'))
  await till.outbox()
  const [parked] = await till.client.query('outbox.listItems', { statuses: ['parked'] })
  expect(parked).toMatchObject({ repair: 'retry', error: { code: 'upload.row-refused', detail: { message: '生产批号不能为空' } } })
  await till.client.command('outbox.retryItem', { outboxId: parked!.outboxId })
  await till.outbox()
  expect((await till.get(sale)).upload).toBe('uploaded')
  expect(new Set(uploads(till).map((call) => uploadOf(call).rowKey)).size).toBe(1)
  expect(new Set(uploads(till).map((call) => call.messageId)).size).toBe(2)
})

test('a lost upload is sent again, and "already uploaded" is success', async () => {
  const till = await openTill()
  const sale = await till.sell(codeOf('amoxicillin', 1))
  till.platform.will('3505', lost(), (usual) => ({ ...usual(), value: { alreadyUploaded: true } }) as never)
  await till.outbox()
  expect((await till.get(sale)).upload).toBe('waiting')
  till.clock.now += 2_000
  await till.outbox()
  expect((await till.get(sale)).upload).toBe('uploaded')
})

test('3506 follows 3505 of its own line; a parked line holds nobody else up', async () => {
  const till = await openTill()
  const sale = await till.start()
  await till.scan(sale, codeOf('granules', 1))
  await till.scan(sale, codeOf('amoxicillin', 1))
  await till.tender(sale, 10_000)
  await back(till, sale as never)
  await till.outbox()
  expect(uploads(till).map((call) => [call.name, uploadOf(call).drugName])).toEqual([
    ['3505', '阿莫西林胶囊'],
    ['3506', '阿莫西林胶囊'],
  ])
  expect(await till.get(sale)).toMatchObject({ upload: 'parked', returnUpload: 'waiting' })
  const [parked] = await till.client.query('outbox.listItems', { statuses: ['parked'] })
  await till.client.command('outbox.retryItem', { outboxId: parked!.outboxId, lotManufacturedOn: '2025-01-05' as never })
  await till.outbox()
  expect(uploads(till).map((call) => call.name)).toEqual(['3505', '3506', '3505', '3506'])
  expect(await till.get(sale)).toMatchObject({ upload: 'uploaded', returnUpload: 'uploaded' })
})

test('a pack sold, returned and sold again without a line is told to the country in that order', async () => {
  const till = await openTill()
  const code = codeOf('amoxicillin', 1)
  till.platform.down(true)
  const first = await till.sell(code)
  await back(till, first as never)
  await till.sell(code)
  const other = await till.sell(codeOf('ibuprofen', 1))
  till.platform.down(false)
  // The first try of the first sale is lost: the later ones must not overtake it.
  till.platform.will('3505', lost())
  await till.outbox()
  expect((await till.get(other)).upload).toBe('uploaded')
  expect(
    uploads(till)
      .filter((call) => uploadOf(call).traceCodes.includes(code))
      .map((call) => [call.name, uploadOf(call).rowKey]),
  ).toEqual([['3505', 'S20261121010001001']])
  till.clock.now += 300_000
  await till.outbox()
  expect(
    uploads(till)
      .filter((call) => uploadOf(call).traceCodes.includes(code))
      .map((call) => [call.name, uploadOf(call).rowKey]),
  ).toEqual([
    ['3505', 'S20261121010001001'],
    ['3505', 'S20261121010001001'],
    ['3506', 'R20261121010001001'],
    ['3505', 'S20261121010002001'],
  ])
})

test("without a pharmacist's licence nothing is invented: the row waits for a person", async () => {
  const till = await openTill()
  till.db.exec('update staff set licence_number = null')
  await till.sell(codeOf('amoxicillin', 1))
  await till.outbox()
  expect(await till.client.query('outbox.listItems', { statuses: ['parked'] })).toMatchObject([
    { error: { code: 'upload.missing-value', detail: { value: 'pharmacistLicence' } }, repair: 'retry' },
  ])
})

test('uploads wait for the line, each a little longer, and go at once when it is back', async () => {
  const till = await openTill()
  till.platform.down(true)
  await till.sell(codeOf('amoxicillin', 1))
  await till.sell(codeOf('amoxicillin', 2))
  expect(await till.outbox()).toEqual({ done: 0, waiting: 2, parked: 0 })
  expect((await till.client.query('system.getStatus', {})).outbox).toMatchObject({ waiting: 2, oldestAt: till.clock.now, parked: 0 })
  till.clock.now += 1
  till.platform.down(false)
  expect(await till.outbox()).toEqual({ done: 2, waiting: 0, parked: 0 })
})

test('a clock set back by a day delays no job by a day', async () => {
  const till = await openTill()
  await till.sell(codeOf('amoxicillin', 1))
  till.platform.will('3505', offline())
  await till.outbox()
  till.clock.now -= 86_400_000
  expect(await till.outbox()).toEqual({ done: 1, waiting: 0, parked: 0 })
})

test('jobs of a process that died are taken up at the next run', async () => {
  const till = await openTill()
  const sale = await till.sell(codeOf('amoxicillin', 1))
  till.db.exec(`update outbox set status = 'leased', leased_until = ${till.clock.now + 120_000}`)
  await till.outbox()
  expect(uploads(till)).toHaveLength(0)
  till.clock.now += 120_000
  await till.outbox()
  expect((await till.get(sale)).upload).toBe('uploaded')
})

test('an unexpected fault of ours puts the job back with a name for it, and logs it', async () => {
  const till = await openTill()
  await till.sell(codeOf('amoxicillin', 1))
  till.platform.will('3505', () => {
    throw new Error('defect')
  })
  await till.outbox()
  expect(await till.client.query('outbox.listItems', {})).toMatchObject([{ status: 'pending', error: { code: 'rpc.internal' }, attempts: 1 }])
  expect(till.log.join('')).toContain('outbox job failed')
})
