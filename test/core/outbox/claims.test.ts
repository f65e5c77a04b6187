import { describe, expect, it } from 'vitest'
import type { WritableDb } from '../../../electron/core/db/database.ts'
import { inTransaction } from '../../../electron/core/db/database.ts'
import { claimJob, LEASE_MS, LONGEST_BACK_OFF_MS, recoverJobs } from '../../../electron/core/outbox/claim-jobs.ts'
import { finishJob, nextDueAt, outboxCounts, listJobs, parkJob, releaseLeases, unparkJob, wakeJobs } from '../../../electron/core/outbox/outbox-store.ts'
import { writeTogether } from '../../../electron/core/outbox/write-together.ts'
import { fillBacklog } from '../../support/backlog.ts'
import { countingIds } from '../../support/counting-ids.ts'
import { emptyDatabase, NINE_OCLOCK } from '../../support/database.ts'
import { codeOf, stockSmallShop } from '../../support/small-shop.ts'
import { openTill } from '../../support/till.ts'

const UPLOADS = [['upload-sale', 'upload-return']] as const
const shop = (rows: number): WritableDb => {
  const db = emptyDatabase(() => NINE_OCLOCK)
  stockSmallShop(db, { now: NINE_OCLOCK, newId: countingIds(), packsPerLot: 1 })
  fillBacklog(db, { rows, at: NINE_OCLOCK })
  return db
}
const claim = (db: WritableDb, now = NINE_OCLOCK, more: object = {}) => inTransaction(db, () => claimJob(db, { kinds: UPLOADS, now, ...more }))

interface Statement { readonly pluck: () => Statement }
/** What SQLite says it does for every statement that `act` runs. */
const plansOf = (db: WritableDb, act: (watched: WritableDb) => void): readonly string[] => {
  const plans = new Set<string>()
  const note = (sql: string): void => {
    const names = [...new Set([...sql.matchAll(/@(\w+)/g)].map((match) => match[1] ?? ''))]
    const values = names.length > 0 ? [Object.fromEntries(names.map((key) => [key, 1]))] : Array.from({ length: (sql.match(/\?/g) ?? []).length }, () => 1)
    for (const { detail } of db.prepare(`explain query plan ${sql}`).all(...values) as { detail: string }[]) plans.add(detail)
  }
  const watch = (statement: Statement, sql: string): Statement => new Proxy(statement, { get: (target, name) => {
    const value = Reflect.get(target, name) as unknown
    if (name === 'pluck') return () => watch(target.pluck(), sql)
    if (typeof value !== 'function') return value
    return (...given: unknown[]): unknown => {
      if (['get', 'all', 'run'].includes(String(name))) note(sql)
      return Reflect.apply(value, target, given) as unknown
    }
  } })
  act(new Proxy(db, { get: (target, name) => {
    const value = Reflect.get(target, name) as unknown
    if (name === 'prepare') return (sql: string) => watch(target.prepare(sql) as unknown as Statement, sql)
    return typeof value === 'function' ? (value.bind(target) as unknown) : value
  } }))
  return [...plans]
}
const walks = (plans: readonly string[]): readonly string[] => plans.filter((plan) => /^SCAN (?!json_each|CONSTANT ROW|\()/.test(plan))

describe('a claim', () => {
  it('reads the head of an index: no table and no index is walked for it', () => {
    const plans = plansOf(shop(50), (db) => {
      inTransaction(db, () => {
        claimJob(db, { kinds: [['reverse-settlement'], ...UPLOADS], now: NINE_OCLOCK })
        claimJob(db, { kinds: UPLOADS, now: NINE_OCLOCK, saleId: '00000001-0000-7000-8000-000000000003' as never })
        recoverJobs(db, NINE_OCLOCK, new Set())
      })
    })
    expect(plans.length).toBeGreaterThan(6)
    expect(walks(plans)).toEqual([])
  })

  it('is asked for in batches and gives each row to one process, oldest first', () => {
    const db = shop(30)
    const taken = inTransaction(db, () => Array.from({ length: 30 }, () => claimJob(db, { kinds: UPLOADS, now: NINE_OCLOCK })?.outbox_id))
    expect(taken).toEqual(db.prepare('select outbox_id from outbox order by rowid').pluck().all())
    expect(claim(db)).toBeNull()
  })

  it('gives nothing that is due later, but to the one message that tries whether anybody is there', () => {
    const db = shop(1)
    db.exec(`update outbox set due_at = ${NINE_OCLOCK + 5_000}`)
    expect(claim(db)).toBeNull()
    expect(nextDueAt(db, NINE_OCLOCK)).toBe(NINE_OCLOCK + 5_000)
    expect(claim(db, NINE_OCLOCK, { early: true })).not.toBeNull()
  })

  it('puts a row that has to wait behind its reason, and the reason\'s end puts it back', async () => {
    const till = await openTill()
    till.platform.down(true)
    const code = codeOf('amoxicillin', 1)
    await till.giveBack(await till.sell(code))
    await till.sell(code)
    const { db } = till
    const now = till.clock.now
    const first = claim(db, now)
    expect(claim(db, now)).toBeNull()
    const waiting = () => db.prepare(`select effect_key, waits_for is not null as waits from outbox where status = 'pending' order by rowid`).all()
    expect(waiting()).toMatchObject([{ waits: 1 }, { waits: 1 }])
    // A parked reason is still a reason.
    inTransaction(db, () => parkJob(db, first?.outbox_id ?? '', { code: 'upload.row-refused', detail: {} }, 'retry'))
    expect(claim(db, now)).toBeNull()
    inTransaction(db, () => unparkJob(db, first?.outbox_id ?? '', now))
    expect(claim(db, now)?.outbox_id).toBe(first?.outbox_id)
    inTransaction(db, () => finishJob(db, first?.outbox_id ?? '', now))
    const second = claim(db, now)
    expect(second?.kind).toBe('upload-return')
    expect(claim(db, now)).toBeNull()
    inTransaction(db, () => finishJob(db, second?.outbox_id ?? '', now))
    expect(claim(db, now)?.kind).toBe('upload-sale')
  })

  it('forgets at a start what a row waited for, and finds it again', async () => {
    const till = await openTill()
    till.platform.down(true)
    await till.giveBack(await till.sell(codeOf('amoxicillin', 1)))
    const { db } = till
    claim(db, till.clock.now)
    expect(claim(db, till.clock.now)).toBeNull()
    inTransaction(db, () => releaseLeases(db, till.clock.now))
    expect(db.prepare(`select count(*) from outbox where waits_for is not null`).pluck().get()).toBe(0)
    expect(claim(db, till.clock.now)?.kind).toBe('upload-sale')
    expect(claim(db, till.clock.now)).toBeNull()
  })
})

describe('a clock that jumps', () => {
  it('forward does not give away what this process works on, but what another left', () => {
    const db = shop(2)
    const [mine, theirs] = [claim(db), claim(db)]
    inTransaction(db, () => recoverJobs(db, NINE_OCLOCK + 10 * LEASE_MS, new Set([mine?.outbox_id ?? ''])))
    expect(claim(db, NINE_OCLOCK + 10 * LEASE_MS)?.outbox_id).toBe(theirs?.outbox_id)
    expect(claim(db, NINE_OCLOCK + 10 * LEASE_MS)).toBeNull()
  })

  it('back delays neither a lease nor a pause by more than they are long', () => {
    const db = shop(2)
    claim(db, NINE_OCLOCK + 86_400_000)
    db.exec(`update outbox set due_at = ${NINE_OCLOCK + LONGEST_BACK_OFF_MS + 1} where status = 'pending'`)
    inTransaction(db, () => recoverJobs(db, NINE_OCLOCK, new Set()))
    expect([claim(db), claim(db)].every((job) => job !== null)).toBe(true)
  })
})

it('ten thousand that wait are counted and listed by indexes', () => {
  const plans = plansOf(shop(20), (db) => {
    outboxCounts(db)
    listJobs(db, ['pending', 'leased', 'parked'], 300)
    nextDueAt(db, NINE_OCLOCK)
    wakeJobs(db, NINE_OCLOCK)
  })
  // Only of what waits or is parked, and in the order that is wanted: never the years behind it.
  expect(walks(plans).filter((plan) => !/USING (COVERING )?INDEX outbox_(waiting|parked)$/.test(plan))).toEqual([])
})

describe('what is written together', () => {
  it('is one commit, each part whole or not at all, and told only after it', async () => {
    const db = emptyDatabase()
    db.exec('create table kept (n integer) strict')
    let commits = 0
    const counting = new Proxy(db, { get: (target, name) => {
      const value = Reflect.get(target, name) as unknown
      if (name === 'transaction') return (body: () => unknown) => { if (!target.inTransaction) commits += 1; return target.transaction(body) }
      return typeof value === 'function' ? value.bind(target) : value
    } })
    const insert = (n: number): number => Number(db.prepare('insert into kept values (?)').run(n).changes)
    const results = await Promise.allSettled([
      writeTogether(counting, () => insert(1)),
      writeTogether(counting, () => { insert(2); throw new Error('no') }),
      writeTogether(counting, () => { expect(db.inTransaction).toBe(true); return insert(3) }),
    ])
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(commits).toBe(1)
    expect(db.prepare('select n from kept').pluck().all()).toEqual([1, 3])
  })

  it('is refused to everybody when the database is gone', async () => {
    const db = emptyDatabase()
    const both = [writeTogether(db, () => 1), writeTogether(db, () => 2)]
    db.close()
    expect((await Promise.allSettled(both)).map((result) => result.status)).toEqual(['rejected', 'rejected'])
  })
})
