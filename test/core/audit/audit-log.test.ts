import fc from 'fast-check'
import { expect, test } from 'vitest'
import { auditDetail, saleIdOf } from '../../../electron/core/audit/audit-detail.ts'
import { appendAudit, newestAudit, verifyChain } from '../../../electron/core/audit/audit-log.ts'
import { emptyDatabase } from '../../support/database.ts'

const withRows = (count: number) => {
  const db = emptyDatabase()
  for (let i = 1; i <= count; i++) appendAudit(db, { at: i, staffId: 'C1', action: 'sale.voidLine', saleId: null, outcome: 'ok', detail: { reason: `r${i}` } })
  return db
}

test('an untouched chain is intact', () => {
  expect(verifyChain(withRows(0))).toEqual({ intact: true, rows: 0, brokenAt: null })
  expect(verifyChain(withRows(5))).toEqual({ intact: true, rows: 5, brokenAt: null })
})

test('changing any value of any row breaks it there', () => {
  const changes = ["at = at + 1", "staff_id = 'X'", "staff_id = null", "action = 'sale.voidSale'", "sale_id = 's'", "outcome = 'no'", `detail = '{"reason":"other"}'`, "hash = 'f' || substr(hash, 2)", 'previous_hash = hash']
  for (const change of changes) {
    for (const seq of [1, 3, 5]) {
      const db = withRows(5)
      db.prepare(`update audit_log set ${change} where seq = ?`).run(seq)
      const found = verifyChain(db)
      expect(found.intact, `${change} in row ${seq}`).toBe(false)
      expect(found.brokenAt).toBe(seq)
    }
  }
})

test('a removed or inserted row breaks it', () => {
  const removed = withRows(5)
  removed.exec('delete from audit_log where seq = 2')
  expect(verifyChain(removed).brokenAt).toBe(3)
  const first = withRows(5)
  first.exec('delete from audit_log where seq = 1')
  expect(verifyChain(first).intact).toBe(false)
  const inserted = withRows(5)
  inserted.exec("insert into audit_log select 6, 6, 'C1', 'x', null, 'ok', '{}', hash, 'made up' from audit_log where seq = 5")
  expect(verifyChain(inserted).brokenAt).toBe(6)
})

test('newest rows come first', () => {
  expect(newestAudit(withRows(5), 2).map(row => row.seq)).toEqual([5, 4])
})

test('a row is part of its transaction', () => {
  const db = withRows(1)
  expect(() => db.transaction(() => {
    appendAudit(db, { at: 2, staffId: null, action: 'a', saleId: null, outcome: 'ok', detail: {} })
    throw new Error('power')
  })()).toThrow('power')
  expect(verifyChain(db)).toEqual({ intact: true, rows: 1, brokenAt: null })
})

test('of an input only what is listed is kept: never a scan, a PIN or a credential', () => {
  expect(auditDetail({ saleId: 's', raw: '69991234', pin: '1234', drugId: 'D1', quantity: 10_000, unknown: 1 })).toEqual({ drugId: 'D1', quantity: 10_000 })
  expect(auditDetail({ credential: { kind: 'id-card', idNumber: '999999199001011234', name: '张三' } })).toEqual({ credential: 'id-card' })
  expect(auditDetail({ reason: '顾客 999999199001011234 不要了' })).toEqual({ reason: '顾客 999***********1234 不要了' })
  expect(auditDetail({ counted: [{ method: 'cash', countedFen: 100 }] })).toEqual({ 'counted.cash': 100 })
  expect(saleIdOf({ saleId: 's' })).toBe('s')
  expect(saleIdOf(null)).toBe(null)
  fc.assert(fc.property(fc.anything(), input => {
    for (const value of Object.values(auditDetail(input))) expect(['string', 'number', 'boolean', 'object']).toContain(typeof value)
  }))
})
