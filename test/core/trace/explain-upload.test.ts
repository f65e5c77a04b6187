import { describe, expect, test } from 'vitest'
import type { Output, SaleId } from '../../../electron/contract/index.ts'
import { openTill } from '../../support/till.ts'
import type { Till } from '../../support/till.ts'
import { codeOf, drugIdOf, lotNumberOf } from '../../support/small-shop.ts'
import { lost, offline, refused } from '../../support/fake-platform.ts'
import { loadProfile, shippedProfileFile } from '../../../electron/core/platform/profile-file.ts'

const PACK = codeOf('amoxicillin', 1)
const explain = (till: Till, code: string = PACK, saleId: SaleId | null = null): Promise<Output<'trace.explainUpload'>> => till.client.query('trace.explainUpload', { code, saleId })
const standingOut = ({ checks }: Output<'trace.explainUpload'>): readonly string[] => checks.filter(({ result }) => result === 'fail' || result === 'waits').map(({ name, result, reason }) => `${name} ${result} ${reason}`)
const fixOf = ({ checks }: Output<'trace.explainUpload'>, name: string) => checks.find((check) => check.name === name)?.fix ?? null
const RESTS = 'taken waits blocked-above'

test('a pack that was sold and uploaded passes all ten', async () => {
  const till = await openTill()
  await till.sellInsured(PACK)
  await till.outbox()
  const story = await explain(till)
  expect(standingOut(story)).toEqual([])
  expect(story).toMatchObject({ code: PACK, about: 'sale', status: 'done' })
  expect(story.checks.at(-1)).toMatchObject({ result: 'pass', reason: 'taken' })
  expect(story.checks.find(({ name }) => name === 'settlement')).toMatchObject({ result: 'pass', reason: 'settled' })
})

describe('each of the ten fails by exactly the thing it asks about', () => {
  test('1 sold: a pack on the shelf, and one in an open sale', async () => {
    const till = await openTill()
    expect(standingOut(await explain(till))).toEqual(['sold fail not-sold', RESTS])
    const sale = await till.start()
    await till.scan(sale, PACK)
    const story = await explain(till)
    expect(standingOut(story)).toEqual(['sold waits in-open-sale', RESTS])
    expect(fixOf(story, 'sold')).toMatchObject({ action: 'open-sale', saleId: sale.saleId })
  })

  test('2 collected: a drug that became none to collect before the sale was booked', async () => {
    const till = await openTill()
    const sale = await till.start()
    await till.scan(sale, PACK)
    till.db.prepare(`update drug set code_requirement = 'none' where drug_id = ?`).run(drugIdOf('amoxicillin'))
    await till.tender(sale, (await till.get(sale)).dueFen)
    const story = await explain(till)
    expect(standingOut(story)).toEqual([])
    expect(story.checks.find(({ name }) => name === 'collected')).toMatchObject({ result: 'not-needed', reason: 'not-collected' })
    expect(story.status).toBeNull()
    till.db.prepare(`update drug set code_requirement = 'scan' where drug_id = ?`).run(drugIdOf('amoxicillin'))
    expect(standingOut(await explain(till))).toEqual(['taken fail nothing-queued'])
  })

  test('3 code: taken off the line it was sold on; and too long for the table', async () => {
    const till = await openTill()
    await till.sell(PACK)
    till.db.prepare(`delete from sale_line_pack`).run()
    const story = await explain(till)
    expect(standingOut(story)).toEqual(['code fail not-on-line', RESTS])
    expect(fixOf(story, 'code')).toMatchObject({ action: 'open-sale' })
    await till.outbox()
    // The row went without it.
    expect(till.platform.calls.filter(({ name }) => name === '3505').map(({ about }) => (about as { traceCodes: string[] }).traceCodes)).toEqual([[]])

    const shipped = loadProfile(shippedProfileFile('practice'))
    const narrow = await openTill({ profile: { ...shipped, traceCodes: { ...shipped.traceCodes, widths: { ...shipped.traceCodes.widths, '3505': 18 } } } })
    await narrow.sell(PACK)
    expect(standingOut(await explain(narrow))).toEqual(['code fail code-too-wide', RESTS])
  })

  test('3 code: a virtual code that is still to be fetched', async () => {
    const till = await openTill()
    const sale = await till.start()
    const { lineId } = await till.add(sale, 'salts')
    await expect.poll(async () => (await till.get(sale)).lines[0]?.packsScanned).toBe(1)
    till.platform.down(true)
    await till.setQuantity(sale, lineId, 2)
    const [pack] = (await till.get(sale)).lines[0]?.packs ?? []
    await till.tender(sale, (await till.get(sale)).dueFen)
    till.platform.down(false)
    expect(pack?.virtual).toBe(true)
    expect(standingOut(await explain(till, pack?.code))).toEqual(['code waits virtual-code-missing', RESTS])
    await till.outbox()
    expect(standingOut(await explain(till, pack?.code))).toEqual([])
  })

  test('4 lot date: parked for it, and gone as soon as it is typed', async () => {
    const till = await openTill()
    const code = codeOf('granules', 1)
    await till.sell(code)
    expect(standingOut(await explain(till, code))).toEqual(['lot-date fail lot-undated', RESTS])
    await till.outbox()
    const story = await explain(till, code)
    expect(story.status).toBe('parked')
    expect(standingOut(story)).toEqual(['lot-date fail lot-undated', RESTS])
    const lotId = fixOf(story, 'lot-date')?.lotId
    if (lotId === null || lotId === undefined) throw new Error('the fix names the lot')
    expect((await till.refusal('trace.supplyLotDate', { lotId, lotManufacturedOn: '2099-01-01' as never })).code).toBe('rpc.invalid-input')
    expect(await till.client.command('trace.supplyLotDate', { lotId, lotManufacturedOn: '2026-01-02' as never })).toEqual({ released: 1 })
    await till.outbox()
    expect(standingOut(await explain(till, code))).toEqual([])
  })

  test('5 national code: a drug without one', async () => {
    const till = await openTill()
    await till.sell(PACK)
    till.db.prepare(`update drug set national_code = '' where drug_id = ?`).run(drugIdOf('amoxicillin'))
    const story = await explain(till)
    expect(standingOut(story)).toEqual(['national-code fail national-code-missing', RESTS])
    expect(fixOf(story, 'national-code')).toMatchObject({ action: 'supply-national-code', drugId: drugIdOf('amoxicillin') })
    // What our own tables make of it (core/platform/transactions/goods-row.ts).
    const { prepareUpload } = till.platform.client
    till.platform.client.prepareUpload = async (operator, row, direction) =>
      row.nationalCode === '' ? { kind: 'not-sent', code: 'platform.invalid-request', detail: { infno: '3505', field: 'selinfo.med_list_codg' } } : prepareUpload(operator, row, direction)
    await till.outbox()
    const parked = await explain(till)
    expect(parked.status).toBe('parked')
    expect(standingOut(parked)).toEqual(['national-code fail national-code-missing', RESTS])
    const code = 'XJ01CAA040E001010101445'
    expect((await till.refusal('trace.supplyNationalCode', { drugId: drugIdOf('amoxicillin'), nationalCode: code as never })).code).toBe('session.forbidden')
    const pharmacist = await till.window('P1')
    expect(await pharmacist.command('trace.supplyNationalCode', { drugId: drugIdOf('amoxicillin'), nationalCode: code as never })).toEqual({ released: 1 })
    await expect(pharmacist.command('trace.supplyNationalCode', { drugId: drugIdOf('amoxicillin'), nationalCode: code as never })).rejects.toMatchObject({ code: 'rpc.invalid-input' })
    await till.outbox()
    expect(standingOut(await explain(till))).toEqual([])
  })

  test('6 licence: no pharmacist has one; a manager types it and the upload goes', async () => {
    const till = await openTill()
    till.db.prepare(`update staff set licence_number = null`).run()
    await till.sell(PACK)
    await till.outbox()
    const story = await explain(till)
    expect(story.status).toBe('parked')
    expect(standingOut(story)).toEqual(['licence fail no-licence', RESTS])
    expect((await till.refusal('trace.supplyLicence', { staffId: 'P1', licenceNumber: 'TEST-LICENCE-2' })).code).toBe('session.forbidden')
    const manager = await till.window('M1')
    expect(await manager.command('trace.supplyLicence', { staffId: 'P1', licenceNumber: 'TEST-LICENCE-2' })).toEqual({ released: 1 })
    await till.outbox()
    expect(standingOut(await explain(till))).toEqual([])
  })

  test('7 settlement: its answer is lost; then the reversal is refused', async () => {
    const till = await openTill()
    till.platform.will('2102', lost())
    const sale = await till.start()
    await till.scan(sale, PACK)
    await till.person(sale)
    await till.quote(sale)
    await till.settle(sale)
    const story = await explain(till)
    expect(standingOut(story)).toEqual(['settlement waits settlement-unconfirmed', RESTS])
    expect(fixOf(story, 'settlement')).toMatchObject({ action: 'open-sale', saleId: sale.saleId })
    till.platform.will('2601', refused('不存在该交易'))
    await till.outbox()
    expect(standingOut(await explain(till))).toEqual(['settlement fail settlement-parked', RESTS])
  })

  test('8 order: an earlier sale of the pack is stuck, and that sale says why', async () => {
    const till = await openTill()
    const first = await till.sell(PACK)
    till.platform.will('3505', refused('批号与入库不符', 'upload.row-refused'))
    await till.outbox()
    await till.giveBack(first, '顾客不要')
    await till.sell(PACK)
    await till.outbox()
    const story = await explain(till)
    expect(standingOut(story)).toEqual(['order fail earlier-parked', RESTS])
    expect(fixOf(story, 'order')).toMatchObject({ action: 'explain-earlier', saleId: first.saleId })
    const earlier = await explain(till, PACK, first.saleId)
    expect(standingOut(earlier)).toEqual(['taken fail refused'])
    const outboxId = fixOf(earlier, 'taken')?.outboxId ?? ''
    await till.client.command('outbox.retryItem', { outboxId })
    await till.outbox()
    expect(standingOut(await explain(till))).toEqual([])
    expect((await explain(till, PACK, first.saleId)).about).toBe('return')
  })

  test('9 line: the platform is down; and the sign-in fails', async () => {
    const till = await openTill()
    await till.sell(PACK)
    till.platform.down(true)
    await till.outbox()
    expect(standingOut(await explain(till))).toEqual(['line waits offline', RESTS])
    till.platform.down(false)
    till.platform.will('3505', { ...offline(), code: 'platform.sign-in-failed', detail: { message: '签到失败' } } as never)
    till.clock.now += 600_000
    await till.outbox()
    expect(standingOut(await explain(till))).toEqual(['line fail sign-in-failed', RESTS])
    till.clock.now += 600_000
    await till.outbox()
    expect(standingOut(await explain(till))).toEqual([])
  })

  test('10 taken: queued, lost and refused, in the platform’s words', async () => {
    const till = await openTill()
    await till.sell(PACK)
    expect(standingOut(await explain(till))).toEqual(['taken waits queued'])
    till.platform.will('3505', lost(), refused('批号与入库不符', 'upload.row-refused'))
    await till.outbox()
    expect(standingOut(await explain(till))).toEqual(['taken waits tried'])
    till.clock.now += 600_000
    await till.outbox()
    const story = await explain(till)
    expect(standingOut(story)).toEqual(['taken fail refused'])
    expect(story.checks.at(-1)?.detail['message']).toBe('批号与入库不符')
    await till.client.command('outbox.retryItem', { outboxId: fixOf(story, 'taken')?.outboxId ?? '' })
    await till.outbox()
    expect(standingOut(await explain(till))).toEqual([])
  })
})

test('a returned pack explains its return once the sale is told', async () => {
  const till = await openTill()
  const sale = await till.sell(PACK)
  await till.outbox()
  await till.giveBack(sale, '顾客不要')
  const waiting = await explain(till)
  expect(waiting).toMatchObject({ about: 'return', status: 'pending', receiptNumber: sale.receiptNumber })
  expect(standingOut(waiting)).toEqual(['taken waits queued'])
  await till.outbox()
  expect(await explain(till)).toMatchObject({ about: 'return', status: 'done' })
})

test('a code this shop never saw is not explained, and a sale it was not on neither', async () => {
  const till = await openTill()
  const other = await till.sell(codeOf('ibuprofen', 1))
  await expect(explain(till, '89999999999999999999')).rejects.toMatchObject({ code: 'pack.not-found' })
  await expect(explain(till, PACK, other.saleId)).rejects.toMatchObject({ code: 'sale.not-found' })
  expect(lotNumberOf('amoxicillin', 1)).toBe((await explain(till)).lotNumber)
})
