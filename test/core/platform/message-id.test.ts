import path from 'node:path'
import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { openDatabase } from '../../../electron/core/db/open-database.ts'
import { createMessageIds } from '../../../electron/core/platform/message-id.ts'
import { NINE_OCLOCK, emptyDatabase, migrationsFolder } from '../../support/database.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const CODE = 'P99999900001'
const ALL = { from: 1, to: 9999 }

describe('message ids', () => {
  it('are institution code, second and sequence: 30 characters', () => {
    const ids = createMessageIds(emptyDatabase(), () => NINE_OCLOCK, CODE, ALL)
    expect([ids.next(), ids.next()]).toEqual(['P99999900001202611210900000001', 'P99999900001202611210900000002'])
    expect(ids.next()).toHaveLength(30)
  })

  it('start again with each second', () => {
    let now = NINE_OCLOCK
    const ids = createMessageIds(emptyDatabase(), () => now, CODE, ALL)
    ids.next()
    now += 1000
    expect(ids.next()).toBe('P99999900001202611210900010001')
  })

  it('count on when the clock is set back', () => {
    let now = NINE_OCLOCK
    const ids = createMessageIds(emptyDatabase(), () => now, CODE, ALL)
    const first = ids.next()
    now += 3_600_000
    ids.next()
    now = NINE_OCLOCK
    expect(ids.next()).toBe(`${first.slice(0, 26)}0002`)
  })

  it('count on after a restart in the same second', () => {
    const file = path.join(temporaryFolder(), 'shop.db')
    const open = () => openDatabase({ file, key: null, migrationsFolder, clock: () => NINE_OCLOCK, appVersion: 'test' })
    const db = open()
    createMessageIds(db, () => NINE_OCLOCK, CODE, ALL).next()
    db.close()
    const again = open()
    expect(createMessageIds(again, () => NINE_OCLOCK, CODE, ALL).next()).toMatch(/0002$/)
    again.close()
  })

  it('borrow from the next second when one is full', () => {
    const ids = createMessageIds(emptyDatabase(), () => NINE_OCLOCK, CODE, { from: 7, to: 8 })
    expect([1, 2, 3, 4, 5].map(() => ids.next().slice(12))).toEqual(['202611210900000007', '202611210900000008', '202611210900010007', '202611210900010008', '202611210900020007'])
  })

  it('of two tills with ranges of their own never meet', () => {
    const one = createMessageIds(emptyDatabase(), () => NINE_OCLOCK, CODE, { from: 1000, to: 1999 })
    const other = createMessageIds(emptyDatabase(), () => NINE_OCLOCK, CODE, { from: 2000, to: 2999 })
    const made = Array.from({ length: 1500 }, () => [one.next(), other.next()]).flat()
    expect(new Set(made).size).toBe(3000)
  })

  it('are unique for ever, however the clock jumps and whenever the process starts anew', () => {
    fc.assert(fc.property(fc.array(fc.oneof(fc.integer({ min: -5000, max: 5000 }), fc.constant('restart' as const)), { maxLength: 60 }), (steps) => {
      const db = emptyDatabase()
      let now = NINE_OCLOCK
      let ids = createMessageIds(db, () => now, CODE, { from: 0, to: 3 })
      const made = steps.flatMap((step) => {
        if (step === 'restart') ids = createMessageIds(db, () => now, CODE, { from: 0, to: 3 })
        else now += step
        return [ids.next(), ids.next()]
      })
      expect(new Set(made).size).toBe(made.length)
      db.close()
    }), { numRuns: 60 })
  })
})
