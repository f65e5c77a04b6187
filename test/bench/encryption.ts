import { join } from 'node:path'
import Database from 'better-sqlite3'
import { print, timedSync } from './measure.ts'

const ROWS = 100_000

const open = (file: string, key: boolean): Database.Database => {
  const db = new Database(file)
  if (key) {
    db.pragma(`cipher = 'aegis'`)
    db.pragma(`key = "x'${'07'.repeat(32)}'"`)
  }
  db.pragma('journal_mode = wal')
  db.pragma('synchronous = full')
  db.exec('create table ledger (code text primary key, state text not null) strict, without rowid')
  const insert = db.prepare('insert into ledger values (?, ?)')
  db.transaction(() => { for (let n = 0; n < ROWS; n += 1) insert.run(`8900500${String((n * 7919) % ROWS).padStart(13, '0')}`, 'in-stock') })()
  return db
}

/** The cipher against none, on the two things a till does all day: look a code up, commit a small change. */
export const benchEncryption = (folder: string): void => {
  const [sealed, plain] = [open(join(folder, 'sealed.db'), true), open(join(folder, 'plain.db'), false)]
  for (const [name, prepare, times] of [
    ['encrypted: lookup of a code', (db: Database.Database) => {
      const get = db.prepare('select state from ledger where code = ?').pluck()
      let at = 0
      return () => get.get(`8900500${String((at++ * 104_729) % ROWS).padStart(13, '0')}`)
    }, 500],
    ['encrypted: commit of one row, FULL', (db: Database.Database) => {
      const set = db.prepare('update ledger set state = ? where code = ?')
      let at = 0
      return () => set.run(`sold${at}`, `8900500${String((at++ * 104_729) % ROWS).padStart(13, '0')}`)
    }, 20],
  ] as const) {
    const [ours, theirs] = [prepare(sealed), prepare(plain)]
    const a: number[] = []
    const b: number[] = []
    for (let round = 0; round < 80; round += 1) {
      if (round % 2 === 0) {
        a.push(timedSync(ours, times))
        b.push(timedSync(theirs, times))
      } else {
        b.push(timedSync(theirs, times))
        a.push(timedSync(ours, times))
      }
    }
    print({ name, ours: a.slice(10), baseline: b.slice(10), against: 'plain file', aim: '≤ 1.15' })
  }
  sealed.close()
  plain.close()
}
