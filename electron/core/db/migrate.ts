import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { AppError } from '../../contract/index.ts'
import type { WritableDb } from './database.ts'

export interface Migration {
  /** The number in front of the file's name: 10, 20, … */
  readonly version: number
  readonly name: string
  readonly sql: string
  readonly sha256: string
}

/** The files of the folder in order. Line ends do not count: a checkout on Windows has others. */
export const readMigrations = (folder: string): readonly Migration[] => {
  const migrations = readdirSync(folder).filter(name => name.endsWith('.sql')).toSorted().map(name => {
    const version = /^(\d{4})-[a-z0-9-]+\.sql$/.exec(name)?.[1]
    if (version === undefined || Number(version) % 10 !== 0) throw new Error(`migration ${name}: the name must be NNNN-what-it-does.sql, NNNN a multiple of ten`)
    const sql = readFileSync(path.join(folder, name), 'utf8').replaceAll('\r\n', '\n')
    return { version: Number(version), name, sql, sha256: createHash('sha256').update(sql).digest('hex') }
  })
  const twice = migrations.find((migration, index) => migrations[index - 1]?.version === migration.version)
  if (twice !== undefined) throw new Error(`two migrations are numbered ${twice.version}`)
  return migrations
}

const SCHEMA_MIGRATION = `create table if not exists schema_migration (
  version integer primary key,
  name text not null,
  sha256 text not null,
  applied_at integer not null,
  app_version text not null
) strict`

export const versionOf = (db: Pick<WritableDb, 'pragma'>): number => Number(db.pragma('user_version', { simple: true }))

const refuseIfEdited = (db: WritableDb, migrations: readonly Migration[]): void => {
  const applied = db.prepare('select version, name, sha256 from schema_migration order by version').all() as { version: number; name: string; sha256: string }[]
  const known = new Map(migrations.map(migration => [migration.version, migration]))
  for (const row of applied) {
    if (known.get(row.version)?.sha256 !== row.sha256) throw new AppError('database.migration-edited', `migration ${row.name} is not the one this database was made with`, { name: row.name })
  }
  const newest = applied.at(-1)?.version ?? 0
  const skipped = migrations.find(migration => migration.version < newest && !applied.some(row => row.version === migration.version))
  if (skipped !== undefined) throw new AppError('database.migration-edited', `migration ${skipped.name} was put before ones already applied`, { name: skipped.name })
}

const refuseIfNotStrict = (db: WritableDb): void => {
  const tables = db.pragma('table_list') as { schema: string; name: string; type: string; strict: number }[]
  const loose = tables.find(table => table.schema === 'main' && table.type === 'table' && !table.name.startsWith('sqlite_') && table.strict !== 1)
  if (loose !== undefined) throw new Error(`table ${loose.name} is not STRICT`)
}

export interface MigrateOptions {
  readonly clock: () => number
  readonly appVersion: string
  /** Called before the first change of a database that already holds something. */
  readonly beforeChange: (fromVersion: number, toVersion: number) => void
}

/** Forward only, each migration in a transaction of its own. Errors: database.from-future, database.migration-edited. */
export const migrate = (db: WritableDb, migrations: readonly Migration[], options: MigrateOptions): void => {
  const from = versionOf(db)
  const newest = migrations.at(-1)?.version ?? 0
  if (from > newest) throw new AppError('database.from-future', `database is at ${from}, this program knows ${newest}`, { found: from, known: newest })
  if (from > 0) refuseIfEdited(db, migrations)
  const pending = migrations.filter(migration => migration.version > from)
  if (pending.length === 0) return
  if (from > 0) options.beforeChange(from, newest)

  // A table is rebuilt by drop and rename; references are checked as a whole at the end of each step instead.
  db.pragma('foreign_keys = off')
  try {
    for (const migration of pending) {
      db.transaction(() => {
        db.exec(SCHEMA_MIGRATION)
        db.exec(migration.sql)
        const broken = db.pragma('foreign_key_check') as readonly unknown[]
        if (broken.length > 0) throw new Error(`migration ${migration.name} leaves ${broken.length} broken references`)
        refuseIfNotStrict(db)
        db.prepare('insert into schema_migration (version, name, sha256, applied_at, app_version) values (?, ?, ?, ?, ?)')
          .run(migration.version, migration.name, migration.sha256, options.clock(), options.appVersion)
        db.pragma(`user_version = ${migration.version}`)
      }).immediate()
    }
  } finally {
    db.pragma('foreign_keys = on')
  }
}
