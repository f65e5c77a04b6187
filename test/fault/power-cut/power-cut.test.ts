import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { expect, test } from 'vitest'
import { v7 } from 'uuid'
import { startPractice } from '../../../electron/practice/server.ts'
import { openShopFile } from '../../support/real-till.ts'
import { stockSmallShop } from '../../support/small-shop.ts'
import type { Fact } from '../support/facts.ts'
import { digestOf, factChecker, sentChecker } from '../support/facts.ts'
import { brokenRules } from '../support/shop-invariants.ts'
import { stockUncoded } from '../support/stock-uncoded.ts'
import { measurePowerCuts } from './measure.ts'
import { startCoreProcess } from './core-process.ts'
import { LOSSES } from './record-day.ts'
import { CannotProve } from './tools.ts'

const seed = 20_261_122

test('a day of the real core, its power cut at every point: nothing that was told is lost, nothing is half there; and the controls fail as they must', async (context) => {
  try {
    const report = await measurePowerCuts({ seed, states: 6_000, controlStates: 500, steps: 50, shutdowns: 6, controlShutdowns: 4, fullDisks: 3, say: (line) => console.log(`power-cut: ${line}`) })
    expect(report.verdict).toEqual([])
  } catch (error) {
    if (!(error instanceof CannotProve)) throw error
    console.log(`power-cut: ${error.message}`)
    if (process.env['YAOGUI_CI'] === '1') throw error
    context.skip(error.message)
  }
}, 900_000)

/** Each spoils the books in one way, and must be noticed under this name. */
const SPOILT: readonly (readonly [rule: RegExp, sql: string])[] = [
  [/a sold line without its upload/, `delete from outbox where outbox_id = (select outbox_id from outbox where kind = 'upload-sale' limit 1)`],
  [/a returned line without its upload/, `delete from outbox where outbox_id = (select outbox_id from outbox where kind = 'upload-return' limit 1)`],
  [/an upload of something not sold/, `update sale set sold_at = null where sale_id = (select aggregate_id from outbox where kind = 'upload-sale' limit 1)`],
  [/a sold line whose stock did not leave/, `delete from stock_movement where movement_id = (select movement_id from stock_movement where kind = 'sale' limit 1)`],
  [/lots that are not the sum/, `update lot set on_hand = on_hand - 10000 where lot_ref = 1`],
  [/a sold line with fewer codes/, `delete from sale_line_pack where line_id = (select line_id from sale_line join sale using (sale_id) join drug using (drug_id) where status = 'closed' and code_requirement = 'scan' and sell_unit = 'pack' and voided_reason is null
      and not exists (select 1 from uncoded_use where uncoded_use.line_id = sale_line.line_id) limit 1)`],
  [/a closed sale that is not paid/, `update tender set amount_fen = amount_fen + 1 where tender_id = (select tender_id from tender join sale using (sale_id) where status = 'closed' limit 1)`],
  [/a returned sale whose money/, `delete from tender where tender_id = (select tender_id from tender where refund_of is not null limit 1)`],
  [/sale and settlement say different/, `update sale set status = 'closed' where sale_id = (select sale_id from settlement join sale using (sale_id) where state = 'reversed' limit 1)`],
  [/asked, but the bytes are not here/, `delete from platform_message where message_id = (select settle_message_id from settlement where state = 'settled' limit 1)`],
  [/the story does not end/, `delete from settlement_event where event_id = (select max(event_id) from settlement_event where sale_id = (select sale_id from settlement where state = 'settled' limit 1))`],
  [/a whole pack in two sales/, `insert into sale_line_pack (line_id, pack_key, quantity, nth) select other.line_id, mine.pack_key, mine.quantity, 99 from sale_line_pack as mine join sale_line as my_line using (line_id) join sale as my on my.sale_id = my_line.sale_id
      join sale_line as other on other.sale_id <> my.sale_id join sale as theirs on theirs.sale_id = other.sale_id where my.status = 'closed' and theirs.status = 'closed' and my_line.sell_unit = 'pack' and other.sell_unit = 'pack' and my_line.voided_reason is null and other.voided_reason is null limit 1`],
  [/whose state is not that of its last event/, `update pack set facts = (facts & ~15) | 2 where pack_key = (select pack_key from pack where state = 1 limit 1)`],
  [/a pack without a history/, `insert into pack_event (pack_key, seq, at, kind) select pack_key, 77, 0, 20 from pack limit 1`],
  [/the audit chain/, `update audit_log set detail = '{"changed":1}' where seq = 3`],
]

test('the rules of the books notice every way in which they can be broken', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'yaogui-rules-'))
  const practice = await startPractice({ port: 0, faults: { rules: [...LOSSES(seed)] } })
  const fresh = openShopFile(folder, Date.now)
  stockSmallShop(fresh, { now: Date.now(), newId: v7, packsPerLot: 40 })
  stockUncoded(fresh, v7)
  fresh.close()
  try {
    const core = startCoreProcess()
    core.begin({ folder, url: practice.url, localServiceUrl: practice.localServiceUrl, seed, steps: 80, packsPerLot: 40, synchronous: 'FULL', facts: 'stdout' })
    expect(await core.ended).toMatchObject({ code: 0, signal: null })
    const db = openShopFile(folder, Date.now)
    expect(brokenRules(db)).toEqual([])
    const checks = factChecker(db)
    expect(core.facts.flatMap((fact) => checks(fact) ?? [])).toEqual([])
    expect(core.facts.length).toBeGreaterThan(100)
    db.pragma('foreign_keys = off')
    const spoil = (sql: string, look: () => void): void => {
      db.exec('begin')
      try {
        db.exec(sql)
        expect(db.prepare('select changes()').pluck().get(), sql).toBeGreaterThan(0)
        look()
      } finally {
        db.exec('rollback')
      }
    }
    for (const [rule, sql] of SPOILT) spoil(sql, () => expect(brokenRules(db).join('\n'), sql).toMatch(rule))

    const { id, infno, request } = db.prepare(`select message_id as id, infno, request from platform_message where infno = '2102' limit 1`).get() as { id: string; infno: string; request: Uint8Array }
    const sent = { messageId: id, infno, digest: digestOf(request) }
    expect(sentChecker(db)(sent)).toBeNull()
    expect(sentChecker(db)({ ...sent, digest: digestOf(new Uint8Array()) })).toMatch(/other bytes/)
    spoil(`delete from platform_message where message_id = '${id}'`, () => expect(sentChecker(db)(sent)).toMatch(/before it was stored/))
    spoil(`update message_sequence set last = -1 where second = '${id.slice(12, 26)}'`, () => expect(sentChecker(db)(sent)).toMatch(/could be given again/))
    const closed = core.facts.findLast((fact): fact is Extract<Fact, { fact: 'sale' }> => fact.fact === 'sale' && fact.status === 'closed' && fact.tenderFen > 0)
    if (closed === undefined) throw new Error('no sale was closed')
    spoil(`delete from sale where sale_id = '${closed.saleId}'`, () => expect(factChecker(db)(closed)).toMatch(/is not there/))
    spoil(`update sale set status = 'open' where sale_id = '${closed.saleId}'`, () => expect(factChecker(db)(closed)).toMatch(/was closed and is open/))
    spoil(`delete from tender where sale_id = '${closed.saleId}'`, () => expect(factChecker(db)(closed)).toMatch(/fen taken/))
    db.close()
  } finally {
    await practice.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
