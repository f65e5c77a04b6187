import type { FoundPatient } from '../../contract/index.ts'
import { maskId, maskName } from '../../domain/masking.ts'
import type { ReadableDb } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'

const MOST = 30
const MOST_OF_A_SURNAME = 2_000
const COLUMNS = `person_id as personId, name, id_number as idNumber`

const statements = perDatabase((db) => ({
  byId: db.prepare(`select ${COLUMNS} from insured_person where id_number = ?`),
  byNumber: db.prepare(`select ${COLUMNS} from insured_person where person_number = ?`),
  byName: db.prepare(`select ${COLUMNS} from insured_person where name = ? limit ${MOST}`),
  byFront: db.prepare(`select ${COLUMNS} from insured_person where name >= @front and name < @to limit ${MOST_OF_A_SURNAME}`),
  sales: db.prepare(`select count(*) as sales, max(sold_at) as lastSoldAt from sale where person_id = ? and sold_at is not null`),
}))

interface PersonRow { readonly personId: string; readonly name: string; readonly idNumber: string }

const rowsFor = (db: ReadableDb, text: string): readonly PersonRow[] => {
  const { byId, byNumber, byName, byFront } = statements(db)
  const masked = /^([^*])\*{1,2}$/u.exec(text)
  if (masked?.[1] !== undefined) return (byFront.all({ front: masked[1], to: `${masked[1]}\u{10ffff}` }) as PersonRow[]).filter(({ name }) => maskName(name) === text)
  if (!/\d/.test(text)) return byName.all(text) as PersonRow[]
  const number = text.replaceAll(/[\s-]/g, '').toUpperCase()
  const exact = byId.all(number) as PersonRow[]
  return exact.length > 0 ? exact : (byNumber.all(number) as PersonRow[])
}

/** People read here before: by whole ID number, person number or name, or by the masked name that lists show (张*). Answers nothing in clear. */
export const findPatients = (db: ReadableDb, text: string): FoundPatient[] =>
  rowsFor(db, text.trim())
    .slice(0, MOST)
    .map(({ personId, name, idNumber }) => ({
      personId,
      nameMasked: maskName(name),
      idMasked: maskId(idNumber),
      ...(statements(db).sales.get(personId) as Pick<FoundPatient, 'sales' | 'lastSoldAt'>),
    }))
