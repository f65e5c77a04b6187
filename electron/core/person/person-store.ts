import type { BusinessDate, Instant } from '../../contract/index.ts'
import { AppError } from '../../contract/index.ts'
import type { ReadableDb, WritableDb } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'
import type { PlatformInsurance, PlatformPerson } from '../platform/client.ts'

interface PersonRow {
  readonly person_id: string
  readonly person_number: string
  readonly name: string
  readonly id_type: string
  readonly id_number: string
  readonly gender: PlatformPerson['gender']
  readonly age_tenths: number
  readonly born_on: BusinessDate | null
  readonly insurances: string
  readonly fetched_at: Instant
}
export interface StoredPerson { readonly personId: string; readonly fetchedAt: Instant; readonly person: PlatformPerson }
export type FactKind = 'entitlement' | 'filings' | 'accumulators'
export interface StoredFact<T> { readonly answer: T; readonly fetchedAt: Instant }

const statements = perDatabase((db) => ({
  get: db.prepare(`select * from insured_person where person_id = ?`),
  byIdNumber: db.prepare(`select * from insured_person where id_number = ? order by fetched_at desc limit 1`),
  save: db.prepare(`insert into insured_person (person_id, person_number, name, id_type, id_number, gender, age_tenths, born_on, insurances, fetched_at)
    values (@personId, @personNumber, @name, @idType, @idNumber, @gender, @ageTenths, @bornOn, @insurances, @fetchedAt)
    on conflict (person_number) do update set name = excluded.name, id_type = excluded.id_type, id_number = excluded.id_number, gender = excluded.gender, age_tenths = excluded.age_tenths, born_on = coalesce(excluded.born_on, born_on), insurances = excluded.insurances, fetched_at = excluded.fetched_at
    returning person_id`).pluck(),
  saveFact: db.prepare(`insert into person_fact (person_id, kind, question, answer, fetched_at) values (@personId, @kind, @question, @answer, @at)
    on conflict (person_id, kind, question) do update set answer = excluded.answer, fetched_at = excluded.fetched_at`),
  getFact: db.prepare(`select answer, fetched_at from person_fact where person_id = ? and kind = ? and question = ?`),
}))

const toStored = (row: PersonRow): StoredPerson => ({
  personId: row.person_id, fetchedAt: row.fetched_at,
  person: { personNumber: row.person_number, name: row.name, idType: row.id_type, idNumber: row.id_number, gender: row.gender, ageTenths: row.age_tenths, bornOn: row.born_on, insurances: JSON.parse(row.insurances) as PlatformInsurance[] },
})

export const getPerson = (db: ReadableDb, personId: string): StoredPerson => {
  const row = statements(db).get.get(personId) as PersonRow | undefined
  if (row === undefined) throw new AppError('person.not-found', 'no such person is cached')
  return toStored(row)
}
/** The last answer we had for this ID number: what the till shows when the line is down. */
export const findPersonByIdNumber = (db: ReadableDb, idNumber: string): StoredPerson | null => {
  const row = statements(db).byIdNumber.get(idNumber) as PersonRow | undefined
  return row === undefined ? null : toStored(row)
}
/** Returns the person's id here; the same person number keeps its id. */
export const savePerson = (db: WritableDb, person: PlatformPerson, newId: string, at: number): string =>
  statements(db).save.get({ personId: newId, personNumber: person.personNumber, name: person.name, idType: person.idType, idNumber: person.idNumber, gender: person.gender, ageTenths: person.ageTenths, bornOn: person.bornOn ?? null, insurances: JSON.stringify(person.insurances), fetchedAt: at }) as string
export const saveFact = (db: WritableDb, personId: string, kind: FactKind, question: string, answer: unknown, at: number): void => {
  statements(db).saveFact.run({ personId, kind, question, answer: JSON.stringify(answer), at })
}
export const getFact = <T>(db: ReadableDb, personId: string, kind: FactKind, question: string): StoredFact<T> | null => {
  const row = statements(db).getFact.get(personId, kind, question) as { answer: string; fetched_at: Instant } | undefined
  return row === undefined ? null : { answer: JSON.parse(row.answer) as T, fetchedAt: row.fetched_at }
}
