import { expect, it } from 'vitest'
import { raiseAlarm } from '../../../electron/core/alarm/raise-alarm.ts'
import { markReturned } from '../../../electron/core/trace/pack-ledger.ts'
import { findPack } from '../../../electron/core/trace/pack-store.ts'
import { lost, refused } from '../../support/fake-platform.ts'
import { codeOf } from '../../support/small-shop.ts'
import type { Till } from '../../support/till.ts'
import { openTill } from '../../support/till.ts'

const saleOf = async (till: Till, ...codes: readonly string[]) => {
  const sale = await till.start()
  for (const code of codes) expect((await till.scan(sale, code)).verdict.outcome).toMatch(/accept|notice/)
  await till.person(sale)
  await till.quote(sale)
  return sale
}
const saysSold = (tail: string) => refused(`追溯码[…${tail}]已在其他机构销售,不能重复结算`)
const turns = async (): Promise<void> => {
  for (let turn = 0; turn < 30; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

it('a settlement refused for a pack sold elsewhere remembers that pack: it blocks its sale, and once the sale is given up it is not sold again', async () => {
  const till = await openTill()
  const [bad, good] = [codeOf('amoxicillin', 1), codeOf('ibuprofen', 2)]
  const sale = await saleOf(till, bad, good)
  till.platform.will('2102', saysSold(bad.slice(-6)))
  const after = await till.settle(sale)
  expect(after).toMatchObject({ status: 'open', refusal: { code: 'platform.refused' } })
  expect(after.blockers.filter((blocker) => blocker.code === 'pack-alarmed')).toMatchObject([{ detail: { tail: bad.slice(-6) } }])
  expect(await till.client.query('alarm.listAlarms', {})).toMatchObject([{ code: bad, source: 'settlement-refused', receiptNumber: sale.receiptNumber }])
  await till.client.command('sale.voidSale', { saleId: sale.saleId, reason: 'refused' })
  expect([findPack(till.db, bad)?.state, findPack(till.db, good)?.state]).toEqual(['locked', 'in-stock'])
  expect((await till.scan(await till.start(), bad)).verdict.outcome).toBe('refuse')
  await till.sell(good)
})

it('without that pack the rest of the sale is settled', async () => {
  const till = await openTill()
  const [bad, good] = [codeOf('amoxicillin', 1), codeOf('ibuprofen', 2)]
  const sale = await saleOf(till, bad, good)
  till.platform.will('2102', saysSold(bad.slice(-6)))
  const refusedSale = await till.settle(sale)
  const lineId = refusedSale.lines.find((line) => line.packs.some((pack) => pack.code === bad))?.lineId
  await till.client.command('sale.voidLine', { saleId: sale.saleId, lineId: lineId ?? ('' as never), reason: 'set aside' })
  await till.quote(sale)
  expect((await till.settle(sale)).status).toMatch(/due|closed/)
})

it('a refusal that names no pack, or an end that two packs share, asks the country about each', async () => {
  const till = await openTill()
  const [first, second] = [codeOf('amoxicillin', 1), codeOf('ibuprofen', 1)]
  expect(first.slice(-6)).toBe(second.slice(-6))
  till.platform.soldBy.set(second, [{ institution: 'P99999900002', here: false, rowKey: '', at: '', split: false }])
  const sale = await saleOf(till, first, second)
  till.platform.will('2102', saysSold(first.slice(-6)))
  await till.settle(sale)
  await turns()
  expect(
    till.platform.calls
      .filter((call) => call.name === '3513')
      .map((call) => (call.about as { code: string }).code)
      .toSorted(),
  ).toEqual([first, second].toSorted())
  expect(await till.client.query('alarm.listAlarms', {})).toMatchObject([{ code: second, source: 'platform-3513' }])
})

it('a copy of the given-up sale takes the good pack only', async () => {
  const till = await openTill()
  const [bad, good] = [codeOf('amoxicillin', 1), codeOf('ibuprofen', 2)]
  const sale = await saleOf(till, bad, good)
  till.platform.will('2102', saysSold(bad.slice(-6)))
  await till.settle(sale)
  await till.client.command('sale.voidSale', { saleId: sale.saleId, reason: 'refused' })
  const copy = await till.client.command('sale.copyToNew', { saleId: sale.saleId })
  expect(copy.lines.flatMap((line) => line.packs.map((pack) => pack.code))).toEqual([good])
  expect(copy.blockers.map((blocker) => blocker.code)).toContain('missing-codes')
})

it('a pack sold here, found out, and brought back after its alarm was closed goes into no copy of its sale', async () => {
  const till = await openTill()
  const code = codeOf('coldTablets', 1)
  const sale = await till.sell(code)
  till.platform.will('3505', refused(`追溯码[…${code.slice(-6)}]已在其他机构销售,不能重复结算`, 'upload.row-refused'))
  await till.outbox()
  const [alarm] = await till.client.query('alarm.listAlarms', {})
  await (await till.window('M1')).command('alarm.closeAlarm', { alarmId: alarm?.alarmId ?? '', outcome: 'left-the-shop', note: 'sold before we knew' })
  markReturned(till.db, { code, saleId: sale.saleId, staffId: 'C1', at: till.clock.now as never })
  till.db.prepare(`update sale set status = 'returned' where sale_id = ?`).run(sale.saleId)
  expect(findPack(till.db, code)?.state).toBe('returned')
  const copy = await till.client.command('sale.copyToNew', { saleId: sale.saleId })
  expect(copy.lines.flatMap((line) => line.packs)).toEqual([])
  expect((await till.scan(copy, code)).verdict).toMatchObject({ reason: 'sold-elsewhere', sound: 'foreign' })
})

it('a lost settlement whose pack is found out meanwhile is undone, and the pack is locked', async () => {
  const till = await openTill()
  const code = codeOf('amoxicillin', 1)
  const sale = await saleOf(till, code)
  till.platform.will('2102', lost())
  expect((await till.settle(sale)).status).toBe('unconfirmed')
  raiseAlarm(till.core.house, null, { code, kind: 'sold-elsewhere', source: 'alarm-list', saleId: null, note: '' })
  expect(findPack(till.db, code)?.state).toBe('in-sale')
  await till.outbox()
  expect((await till.get(sale)).status).toBe('reversed')
  expect(findPack(till.db, code)?.state).toBe('locked')
})

it('a pack whose alarm opens while its return is on its way comes back locked', async () => {
  const till = await openTill()
  const code = codeOf('coldTablets', 1)
  const sale = await till.sell(code)
  raiseAlarm(till.core.house, null, { code, kind: 'suspicion', source: 'counter', saleId: null, note: '' })
  markReturned(till.db, { code, saleId: sale.saleId, staffId: 'C1', at: till.clock.now as never })
  expect(findPack(till.db, code)?.state).toBe('locked')
})

it('a settlement refused for anything else alarms nobody', async () => {
  const till = await openTill()
  const sale = await saleOf(till, codeOf('amoxicillin', 1))
  till.platform.will('2102', refused('余额不足'))
  await till.settle(sale)
  await turns()
  expect(await till.client.query('alarm.listAlarms', {})).toEqual([])
  expect(till.platform.count('3513')).toBe(0)
})

it('a self-paid sale whose upload is refused for a pack sold elsewhere opens an alarm; the pack is gone and stays sold', async () => {
  const till = await openTill()
  const code = codeOf('coldTablets', 1)
  const sale = await till.sell(code)
  till.platform.will('3505', refused(`追溯码[…${code.slice(-6)}]已在其他机构销售,不能重复结算`, 'upload.row-refused'))
  await till.outbox()
  expect(await till.client.query('alarm.listAlarms', {})).toMatchObject([{ code, source: 'upload-refused', packState: 'sold', saleId: sale.saleId }])
  expect(await till.client.query('outbox.listItems', {})).toMatchObject([{ status: 'parked', error: { code: 'upload.row-refused' } }])
})
