import type { BusinessDate, DrugId, ErrorCode, ErrorDetail, Instant, MappingRow, MappingSide } from '../../contract/index.ts'
import type { ReadableDb, WritableDb } from '../db/database.ts'
import { inTransaction, one } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'

export interface StoredMapping extends MappingRow { readonly mappingId: string; readonly drugId: DrugId; readonly held: MappingSide; readonly attempts: number; readonly checked: string | null }

type Refusal = { readonly code: ErrorCode; readonly detail: ErrorDetail } | null
interface Row {
  readonly mapping_id: string; readonly drug_id: DrugId; readonly national_code: string; readonly begins_on: BusinessDate; readonly ends_on: BusinessDate | null; readonly state: MappingRow['state']
  readonly source: MappingRow['source']; readonly held: string; readonly at: Instant; readonly attempts: number; readonly refusal: string | null; readonly checked: string | null
}

const statements = perDatabase((db) => ({
  // The same item, code and first day are one mapping, however often it is sent or read.
  upload: db.prepare(`insert into catalogue_mapping (mapping_id, drug_id, national_code, begins_on, ends_on, state, source, held, at, checked) values (@mappingId, @drugId, @nationalCode, @from, @to, 'uploading', 'ours', @held, @at, @checked)
    on conflict (drug_id, national_code, begins_on) do update set state = 'uploading', source = 'ours', ends_on = excluded.ends_on, held = excluded.held, at = excluded.at, attempts = 0, due_at = 0, refusal = null, checked = excluded.checked
    where state not in ('uploading', 'held', 'withdrawing')`),
  check: db.prepare(`update catalogue_mapping set checked = @checked where mapping_id = @mappingId and state = 'held'`),
  withdraw: db.prepare(`update catalogue_mapping set state = 'withdrawing', at = @at, attempts = 0, due_at = 0, refusal = null where mapping_id = @mappingId and state = 'held'`),
  get: db.prepare(`select * from catalogue_mapping where mapping_id = ?`),
  ofDrug: db.prepare(`select * from catalogue_mapping where drug_id = ? order by begins_on desc, at desc, mapping_id desc`),
  all: db.prepare(`select * from catalogue_mapping order by begins_on desc, at desc, mapping_id desc`),
  due: db.prepare(`select mapping_id from catalogue_mapping where state in ('uploading', 'withdrawing') and (due_at <= @now or due_at > @tooFar) and mapping_id not in (select value from json_each(@running)) order by due_at, at, mapping_id limit 1`).pluck(),
  nextDue: db.prepare(`select min(due_at) from catalogue_mapping where state in ('uploading', 'withdrawing')`).pluck(),
  waitingFor: db.prepare(`select refusal from catalogue_mapping where state in ('uploading', 'withdrawing') and refusal is not null order by at desc limit 1`).pluck(),
  answered: db.prepare(`update catalogue_mapping set state = @state, at = @at, refusal = @refusal where mapping_id = @mappingId and state = @from`),
  later: db.prepare(`update catalogue_mapping set attempts = attempts + 1, due_at = @dueAt, refusal = @refusal where mapping_id = @mappingId and state in ('uploading', 'withdrawing')`),
  wake: db.prepare(`update catalogue_mapping set due_at = 0 where state in ('uploading', 'withdrawing')`),
  // What they hold is the truth, but for a question of ours that is still on its way.
  read: db.prepare(`insert into catalogue_mapping (mapping_id, drug_id, national_code, begins_on, ends_on, state, source, held, at) values (@mappingId, @drugId, @nationalCode, @from, @to, @state, 'read-back', @held, @at)
    on conflict (drug_id, national_code, begins_on) do update set state = excluded.state, ends_on = excluded.ends_on, held = excluded.held, at = excluded.at, refusal = null
    where catalogue_mapping.state <> 'withdrawing' and (catalogue_mapping.state <> 'uploading' or excluded.state = 'held')
      and (catalogue_mapping.state <> excluded.state or catalogue_mapping.ends_on is not excluded.ends_on or catalogue_mapping.held <> excluded.held)`),
  gone: db.prepare(`update catalogue_mapping set state = 'withdrawn', at = @at where state = 'held' and mapping_id not in (select value from json_each(@seen))`),
  idOf: db.prepare(`select mapping_id from catalogue_mapping where drug_id = ? and national_code = ? and begins_on = ?`).pluck(),
  isDrug: db.prepare(`select 1 from drug where drug_id = ?`).pluck(),
}))

const toMapping = (row: Row): StoredMapping => ({
  mappingId: row.mapping_id, drugId: row.drug_id, nationalCode: row.national_code, from: row.begins_on, to: row.ends_on, state: row.state, source: row.source, at: row.at, attempts: row.attempts, checked: row.checked,
  held: JSON.parse(row.held) as MappingSide, refusal: row.refusal === null ? null : (JSON.parse(row.refusal) as Refusal),
})
const textOf = (refusal: Refusal): string | null => (refusal === null ? null : JSON.stringify(refusal))

export const getMapping = (db: ReadableDb, mappingId: string): StoredMapping | null => {
  const row = statements(db).get.get(mappingId) as Row | undefined
  return row === undefined ? null : toMapping(row)
}
/** Newest first. */
export const mappingsOfDrug = (db: ReadableDb, drugId: string): readonly StoredMapping[] => (statements(db).ofDrug.all(drugId) as Row[]).map(toMapping)
export const mappingsByDrug = (db: ReadableDb): ReadonlyMap<string, readonly StoredMapping[]> => Map.groupBy((statements(db).all.all() as Row[]).map(toMapping), (mapping) => mapping.drugId)

export interface NewMapping { readonly mappingId: string; readonly drugId: string; readonly nationalCode: string; readonly from: BusinessDate; readonly to: string; readonly held: MappingSide; readonly at: Instant; readonly checked: string | null }
/** False: it is there or on its way already. */
export const addUpload = (db: WritableDb, mapping: NewMapping): boolean => statements(db).upload.run({ ...mapping, held: JSON.stringify(mapping.held) }).changes === 1
/** A pharmacist looked at both sides as they are. */
export const checkMapping = (db: WritableDb, mappingId: string, checked: string): void => one(statements(db).check.run({ mappingId, checked }), 'note that a mapping was looked at')
export const startWithdrawal = (db: WritableDb, mappingId: string, at: Instant): boolean => statements(db).withdraw.run({ mappingId, at }).changes === 1

export const nextWaiting = (db: ReadableDb, now: number, tooFar: number, running: readonly string[]): StoredMapping | null => {
  const mappingId = statements(db).due.get({ now, tooFar, running: JSON.stringify(running) }) as string | undefined
  return mappingId === undefined ? null : getMapping(db, mappingId)
}
export const nextMappingDue = (db: ReadableDb): number | null => statements(db).nextDue.get() as number | null
export const mappingWaitsFor = (db: ReadableDb): Refusal => {
  const text = statements(db).waitingFor.get() as string | undefined
  return text === undefined ? null : (JSON.parse(text) as Refusal)
}
export const settleMapping = (db: WritableDb, mapping: StoredMapping, state: MappingRow['state'], refusal: Refusal, at: Instant): void =>
  one(statements(db).answered.run({ mappingId: mapping.mappingId, from: mapping.state, state, refusal: textOf(refusal), at }), 'settle a mapping')
export const askMappingLater = (db: WritableDb, mappingId: string, dueAt: number, refusal: Refusal): void => one(statements(db).later.run({ mappingId, dueAt, refusal: textOf(refusal) }), 'ask about a mapping later')
export const wakeMappings = (db: WritableDb): void => { statements(db).wake.run() }

export interface ReadMapping { readonly newId: string; readonly drugId: string; readonly nationalCode: string; readonly from: BusinessDate; readonly to: BusinessDate | null; readonly valid: boolean; readonly held: MappingSide }
/** What they hold, in one transaction. `whole`: what was not among it is gone there. Items that we do not have are counted. */
export const storeHeld = (db: WritableDb, rows: readonly ReadMapping[], whole: boolean, at: Instant): { readonly changed: number; readonly foreign: number } => inTransaction(db, () => {
  let [changed, foreign] = [0, 0]
  const seen: string[] = []
  for (const { newId, valid, held, ...row } of rows) {
    if (statements(db).isDrug.get(row.drugId) === undefined) {
      foreign += 1
      continue
    }
    changed += statements(db).read.run({ ...row, mappingId: newId, state: valid ? 'held' : 'withdrawn', held: JSON.stringify(held), at }).changes
    seen.push(statements(db).idOf.get(row.drugId, row.nationalCode, row.from) as string)
  }
  if (whole) changed += statements(db).gone.run({ at, seen: JSON.stringify(seen) }).changes
  return { changed, foreign }
})
