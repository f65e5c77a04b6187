import { describe, expect, test } from 'vitest'
import { inTransaction } from '../../../electron/core/db/database.ts'
import { sellingDay } from '../../../electron/core/selling-day.ts'
import { knownGoods } from '../../../electron/core/trace/known-goods.ts'
import { giveKey } from '../../../electron/core/trace/pack-key.ts'
import { barcode, codeOf, drugIdOf, lotNumberOf } from '../../support/small-shop.ts'
import type { Till } from '../../support/till.ts'
import { openTill } from '../../support/till.ts'

const CODE = codeOf('amoxicillin', 1)
const NEW = codeOf('amoxicillin', 77)
const DAY_MS = 86_400_000
const verdict = async ({ client }: Till, raw = CODE) => (await client.query('trace.checkCode', { raw, step: 'drug' })).verdict
const reason = async (till: Till, raw = CODE): Promise<string> => (await verdict(till, raw)).reason
const undone = new Error('undone')
/** A change that is taken back before anybody could see it, with a scan in between, as the transaction of a scan that fails. */
const takenBack = (till: Till, change: string, ...values: readonly unknown[]): void => {
  try {
    inTransaction(till.db, () => {
      till.db.prepare(change).run(...values)
      throw undone
    })
  } catch (error) {
    if (error !== undone) throw error
  }
}

describe('what the counter remembers between scans', () => {
  test('is forgotten when a lot, a drug, a recall, a link or the list of packs sold elsewhere changes', async () => {
    const till = await openTill()
    const { db } = till
    const drugId = drugIdOf('amoxicillin')
    const lot = [drugId, lotNumberOf('amoxicillin', 1)]
    expect([await reason(till), await reason(till, NEW)]).toEqual(['pack-ok', 'never-received'])
    db.prepare(`update lot set expires_on = '2026-11-20' where drug_id = ? and lot_number = ?`).run(...lot)
    expect(await reason(till)).toBe('expired')
    db.prepare(`update lot set expires_on = '2028-11-20', recalled = 1 where drug_id = ? and lot_number = ?`).run(...lot)
    expect(await reason(till)).toBe('recalled')
    db.prepare(`update lot set recalled = 0 where drug_id = ? and lot_number = ?`).run(...lot)
    db.prepare(`insert into recall (recall_id, drug_id, lot_number, reason, source, told_at) values ('R1', ?, null, '质量问题', '药监', 1)`).run(drugId)
    expect([await reason(till), await reason(till, NEW)]).toEqual(['recalled', 'recalled'])
    db.prepare(`update recall set lifted_at = 2`).run()
    expect([await reason(till), await reason(till, NEW)]).toEqual(['pack-ok', 'never-received'])
    db.prepare(`update drug set generic_name = '改过的名' where drug_id = ?`).run(drugId)
    expect([(await verdict(till)).drugName, (await verdict(till, barcode('amoxicillin'))).drugName]).toEqual(['改过的名', '改过的名'])
    db.prepare(`update code_link set trust = 'revoked' where drug_id = ? and kind = 'trace-identifier'`).run(drugId)
    expect([await reason(till), await reason(till, NEW)]).toEqual(['pack-ok', 'unknown-identifier'])
    db.prepare(`insert into foreign_sale (pack_key, source, told_at) values (?, 'alarm-list', 1)`).run(giveKey(db, { code: CODE, identifier: null, serial: null }))
    expect(await reason(till)).toBe('sold-elsewhere')
    db.prepare(`delete from foreign_sale`).run()
    expect(await reason(till)).toBe('pack-ok')
  })

  test('never holds what a transaction took back, before, in or after it', async () => {
    const till = await openTill()
    const expire = `update lot set expires_on = '2026-11-20' where drug_id = '${drugIdOf('amoxicillin')}'`
    expect(await reason(till)).toBe('pack-ok')
    takenBack(till, expire)
    expect(await reason(till)).toBe('pack-ok')
    takenBack(till, expire)
    takenBack(till, `update lot set recalled = 1`)
    expect(await reason(till)).toBe('pack-ok')
    till.db.prepare(expire).run()
    takenBack(till, `update lot set expires_on = '2030-01-01'`)
    expect(await reason(till)).toBe('expired')
  })

  test('is read new inside the transaction that changes it, kept again after the next one, and never what a savepoint took back', async () => {
    const till = await openTill()
    const { db } = till
    const lotRef = db.prepare(`select lot_ref from lot where drug_id = ? and lot_number = ?`).pluck().get(drugIdOf('amoxicillin'), lotNumberOf('amoxicillin', 1)) as number
    const expiry = (): string | undefined => knownGoods(db).lot(lotRef)?.lot.expiresOn
    const before = expiry()
    const expire = (day: string): void => void db.prepare(`update lot set expires_on = ? where lot_ref = ?`).run(day, lotRef)
    inTransaction(db, () => {
      expire('2030-01-01')
      expect(expiry()).toBe('2030-01-01')
      db.exec('savepoint half')
      expire('2031-01-01')
      expect(expiry()).toBe('2031-01-01')
      db.exec('rollback to half')
      expect(expiry()).toBe('2030-01-01')
    })
    expect(expiry()).toBe('2030-01-01')
    // By hand, past inTransaction.
    db.exec('begin')
    expire('2032-01-01')
    expect(expiry()).toBe('2032-01-01')
    db.exec('rollback')
    inTransaction(db, () => expect(expiry()).toBe('2030-01-01'))
    expect(expiry()).not.toBe(before)
    // Kept: nobody watches the number itself, so who still answers by the old one has not read again.
    db.prepare(`update lot set lot_ref = lot_ref + 1000 where lot_ref = ?`).run(lotRef)
    inTransaction(db, () => expect(expiry()).toBe('2030-01-01'))
    // Also where nobody looks between two transactions, as at the counter: every scan is one.
    const other = lotRef + 1000
    inTransaction(db, () => void db.prepare(`update lot set expires_on = '2033-01-01' where lot_ref = ?`).run(other))
    inTransaction(db, () => expect(knownGoods(db).lot(other)?.lot.expiresOn).toBe('2033-01-01'))
    inTransaction(db, () => {
      db.prepare(`update lot set lot_ref = ? where lot_ref = ?`).run(lotRef, other)
      expect(knownGoods(db).lot(other)?.lot.expiresOn).toBe('2033-01-01')
    })
  })

  test('is read new at a scan that fails half way, and not kept', async () => {
    const till = await openTill({ staffId: 'P1' })
    const sale = await till.start()
    const raw = `]d2010${barcode('amoxicillin')}1728032010NEWLOT\u001d21GS1`
    // The lot is made, the pack entered; then the disk refuses.
    till.db.exec(`create temp trigger full before insert on main.sale_line_pack begin select raise(abort, 'full'); end`)
    await expect(till.scan(sale, raw, { answer: 'sell-anyway' })).rejects.toThrow()
    till.db.exec(`drop trigger temp.full`)
    expect(till.db.prepare(`select count(*) from lot where lot_number = 'NEWLOT'`).pluck().get()).toBe(0)
    expect((await till.scan(sale, raw, { answer: 'sell-anyway' })).verdict).toMatchObject({ reason: 'never-received-noted', detail: { lotNumber: 'NEWLOT' } })
    expect((await till.get(sale)).lines).toMatchObject([{ lotNumber: 'NEWLOT', expiresOn: '2028-03-20', packsScanned: 1 }])
  })
})

describe('the selling day', () => {
  test('is the clock’s, but never before the newest day on which something was sold', async () => {
    const till = await openTill()
    const { house } = till.core
    expect(sellingDay(house)).toEqual({ day: '2026-11-21', clockBehind: false })
    till.clock.now -= 3 * DAY_MS
    expect(sellingDay(house)).toEqual({ day: '2026-11-18', clockBehind: false })
    till.clock.now += 3 * DAY_MS
    await till.sell(CODE)
    till.clock.now -= 5 * DAY_MS
    expect(sellingDay(house)).toEqual({ day: '2026-11-21', clockBehind: true })
    till.clock.now += 6 * DAY_MS
    expect(sellingDay(house)).toEqual({ day: '2026-11-22', clockBehind: false })
  })
  test('does not stand still for ever because a clock was years ahead once', async () => {
    const till = await openTill()
    await till.sell(CODE)
    till.db.prepare(`update sale set business_date = '2031-01-01' where sold_at is not null`).run()
    till.clock.now += DAY_MS
    expect(sellingDay(till.core.house)).toEqual({ day: '2026-11-22', clockBehind: false })
  })
})
