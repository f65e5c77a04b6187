import { beforeEach, describe, expect, test } from 'vitest'
import type { AppError } from '../../../electron/contract/index.ts'
import type { Till } from '../../support/till.ts'
import { openTill } from '../../support/till.ts'
import { codeOf as packOf, drugIdOf } from '../../support/small-shop.ts'

let till: Till
beforeEach(async () => {
  till = await openTill()
})
const FRONT = '8907001'
const learnt = { kind: 'trace-identifier', value: FRONT, drugId: drugIdOf('amoxicillin'), level: 1, note: '新包装' } as const
const codeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'ok',
    (error: unknown) => (error as AppError).code,
  )

describe('the map through the contract', () => {
  test('a cashier looks and may neither learn, confirm nor revoke', async () => {
    const cashier = await till.window('C1')
    const pharmacist = await till.window('P1')
    expect(await codeOf(cashier.command('map.learnLink', learnt))).toBe('session.forbidden')
    const link = await pharmacist.command('map.learnLink', learnt)
    expect(await codeOf(cashier.command('map.confirmLink', { linkId: link.linkId }))).toBe('session.forbidden')
    expect(await codeOf(cashier.command('map.revokeLink', { linkId: link.linkId, reason: 'x' }))).toBe('session.forbidden')
    expect(await cashier.query('map.listLinks', { trust: 'provisional' })).toMatchObject({ toReview: 1, links: [{ linkId: link.linkId, learntBy: 'P1' }] })
    expect(await cashier.query('map.showLink', { linkId: link.linkId })).toMatchObject({ rivals: [], trace: { total: 0 } })
    expect((await cashier.query('map.lookUp', { text: `${FRONT}0000000000001` })).items.map(({ drugId }) => drugId)).toEqual([drugIdOf('amoxicillin')])
  })
  test('what was decided stands in the audit log, by whom and why, without the code', async () => {
    const pharmacist = await till.window('P1')
    const { linkId } = await pharmacist.command('map.learnLink', learnt)
    await pharmacist.command('map.confirmLink', { linkId })
    await pharmacist.command('map.revokeLink', { linkId, reason: '看错了，电话 13800138000' })
    const rows = till.db.prepare(`select staff_id, action, detail from audit_log where action like 'map.%' order by seq`).raw().all()
    expect(rows).toEqual([
      ['P1', 'map.learnLink', JSON.stringify({ kind: 'trace-identifier', drugId: drugIdOf('amoxicillin'), level: 1, note: '新包装' })],
      ['P1', 'map.confirmLink', JSON.stringify({ linkId })],
      ['P1', 'map.revokeLink', JSON.stringify({ linkId, reason: '看错了，电话 138****8000' })],
    ])
    expect(JSON.stringify(till.db.prepare('select * from code_link').all())).not.toContain('13800138000')
  })
  test('an unknown link and a malformed one are errors with a code', async () => {
    const pharmacist = await till.window('P1')
    expect(await codeOf(pharmacist.query('map.showLink', { linkId: '0'.repeat(32) as never }))).toBe('map.link-not-found')
    expect(await codeOf(pharmacist.query('map.showLink', { linkId: 'x' as never }))).toBe('rpc.invalid-input')
    expect(await codeOf(pharmacist.command('map.learnLink', { ...learnt, value: '134567890123456789' }))).toBe('map.value-invalid')
    expect(till.log.join('\n')).not.toContain('134567890123456789')
  })
  test('a link counts at the till from the moment it is learnt to the moment it is revoked', async () => {
    const pharmacist = await till.window('P1')
    const sale = await till.start()
    const scanned = async (nth: number) => (await till.scan(sale, `${FRONT}${String(nth).padStart(13, '0')}`)).verdict
    expect(await scanned(1)).toMatchObject({ reason: 'unknown-identifier', drugId: null })
    const { linkId } = await pharmacist.command('map.learnLink', learnt)
    expect(await scanned(2)).toMatchObject({ drugId: learnt.drugId })
    await pharmacist.command('map.revokeLink', { linkId, reason: '看错了' })
    expect(await scanned(3)).toMatchObject({ reason: 'unknown-identifier', drugId: null })
    // The shelf's own packs were never under it.
    expect((await till.scan(sale, packOf('amoxicillin', 1))).verdict).toMatchObject({ drugId: learnt.drugId, outcome: 'accept' })
  })
  test('an open sale with a pack that only a revoked link named is blocked until its line is gone; the pack is locked then', async () => {
    const pharmacist = await till.window('P1')
    const { linkId } = await pharmacist.command('map.learnLink', learnt)
    const sale = await till.start()
    const code = `${FRONT}0000000000001`
    const first = await till.scan(sale, code)
    const { lineId } = first.lineId === null ? await till.scan(sale, code, { answer: 'sell-anyway' }) : first
    expect((await till.get(sale)).lines.flatMap((line) => line.packs.map((pack) => pack.code))).toEqual([code])
    const revoked = await pharmacist.command('map.revokeLink', { linkId, reason: '看错了' })
    expect(revoked).toMatchObject({ lockedNow: 0, trace: { inSale: 1, packs: [{ code, sales: [{ saleId: sale.saleId }] }] } })
    const blocked = await till.get(sale)
    expect(blocked.blockers.find((blocker) => blocker.code === 'pack-unnamed')).toMatchObject({ lineId, detail: { tail: '000001' } })
    expect(await till.refusal('sale.takeTender', { saleId: sale.saleId, method: 'cash', givenFen: blocked.dueFen })).toMatchObject({
      code: 'sale.blocked',
      detail: { blocker: 'pack-unnamed' },
    })
    const after = await till.client.command('sale.voidLine', { saleId: sale.saleId, lineId: lineId as never, reason: '对码撤销' })
    expect(after.blockers.map((blocker) => blocker.code)).not.toContain('pack-unnamed')
    expect((await till.scan(sale, code)).verdict.reason).toBe('locked')
  })
})
