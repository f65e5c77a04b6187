import type { ErrorBody, Instant } from '../../contract/index.ts'
import { ErrorBody as ErrorBodySchema } from '../../contract/index.ts'
import type { ReadableDb, WritableDb } from '../db/database.ts'
import { inTransaction, one } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'
import type { CatalogueList } from './lists.ts'

export interface Generation {
  readonly generation: number
  readonly file: string
  readonly madeAt: Instant
}
export interface CatalogueChange {
  readonly changeId: string
  readonly at: Instant
  readonly list: CatalogueList
  readonly outcome: 'changed' | 'nothing-newer' | 'refused' | 'not-asked'
  readonly staffId: string | null
  readonly generation: number | null
  readonly versionBefore: string
  readonly versionAfter: string
  readonly read: number
  readonly new: number
  readonly changed: number
  readonly withdrawn: number
  readonly error: ErrorBody | null
}

const CHANGE = `change_id as changeId, at, list, outcome, staff_id as staffId, generation, version_before as versionBefore, version_after as versionAfter,
  rows_read as "read", rows_new as "new", rows_changed as changed, rows_withdrawn as withdrawn, error`

const statements = perDatabase((db) => ({
  current: db.prepare(`select generation, file, made_at as madeAt from catalogue_generation where only = 1`),
  point: db.prepare(`insert into catalogue_generation (only, generation, file, made_at) values (1, @generation, @file, @madeAt)
    on conflict (only) do update set generation = excluded.generation, file = excluded.file, made_at = excluded.made_at where excluded.generation > generation`),
  add: db.prepare(`insert into catalogue_change (change_id, at, list, outcome, staff_id, generation, version_before, version_after, rows_read, rows_new, rows_changed, rows_withdrawn, error)
    values (@changeId, @at, @list, @outcome, @staffId, @generation, @versionBefore, @versionAfter, @read, @new, @changed, @withdrawn, @error)`),
  newest: db.prepare(`select ${CHANGE} from catalogue_change order by at desc, change_id desc limit ?`),
  asked: db.prepare(`select list, max(at) as at from catalogue_change where outcome in ('changed', 'nothing-newer') group by list`),
}))

export const currentGeneration = (db: ReadableDb): Generation | null => (statements(db).current.get() as Generation | undefined) ?? null

const write = (db: WritableDb, { error, ...change }: CatalogueChange): void =>
  one(statements(db).add.run({ ...change, error: error === null ? null : JSON.stringify(error) }), 'catalogue change')

/** From this commit on the new generation is the catalogue: one transaction with the note of what came. */
export const pointTo = (db: WritableDb, generation: Generation, change: CatalogueChange): void =>
  inTransaction(db, () => {
    one(statements(db).point.run(generation), 'catalogue generation')
    write(db, change)
  })

export const noteChange = (db: WritableDb, change: CatalogueChange): void => inTransaction(db, () => write(db, change))

type Stored = Omit<CatalogueChange, 'error'> & { readonly error: string | null }
const changeOf = ({ error, ...change }: Stored): CatalogueChange => ({ ...change, error: error === null ? null : ErrorBodySchema.parse(JSON.parse(error)) })

export const newestChanges = (db: ReadableDb, most: number): readonly CatalogueChange[] => (statements(db).newest.all(most) as Stored[]).map(changeOf)

/** When each list was last known to be the newest there is. */
export const lastAsked = (db: ReadableDb): ReadonlyMap<string, Instant> =>
  new Map((statements(db).asked.all() as { list: string; at: Instant }[]).map(({ list, at }) => [list, at]))
