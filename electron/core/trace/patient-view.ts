import { AppError } from '../../contract/index.ts'
import type { BusinessDate, CodeRequirement, Instant, PatientView } from '../../contract/index.ts'
import { maskName } from '../../domain/masking.ts'
import type { PatientRecord } from '../../domain/trace/patient-answer.ts'
import { patientAnswer } from '../../domain/trace/patient-answer.ts'
import type { ReadableDb } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'
import { resolveIdentifier } from '../map/resolve.ts'
import { identifierOf } from './get-life.ts'
import { codeOf } from './pack-key.ts'
import type { PackLine } from './pack-lines.ts'
import { linesOfPack } from './pack-lines.ts'
import { findPack } from './pack-store.ts'

const statements = perDatabase((db) => ({
  goods: db.prepare(`select generic_name as drugName, spec, maker, lot_number as lotNumber, expires_on as expiresOn, code_requirement as requirement from pack join lot using (lot_ref) join drug using (drug_id) where pack_key = ?`),
  ofDrug: db.prepare(`select generic_name as drugName, spec, maker, null as lotNumber, null as expiresOn, code_requirement as requirement from drug where drug_id = ?`),
  elsewhere: db.prepare(`select told_at from foreign_sale where pack_key = ?`).pluck(),
}))

type Goods = { readonly drugName: string; readonly spec: string; readonly maker: string; readonly lotNumber: string | null; readonly expiresOn: BusinessDate | null; readonly requirement: CodeRequirement }

/** "Theirs" only where the fund settled it for somebody: else no name went with the upload (3505 without `psn_no`). */
const recordOf = (line: PackLine): PatientRecord => ({
  place: 'here', at: line.soldAt, receiptNumber: line.receiptNumber, personMasked: line.setlId === null || line.personName === null ? null : maskName(line.personName),
  toldAt: line.sale?.doneAt ?? null, returnedAt: line.returnedAt, returnToldAt: line.return?.doneAt ?? null,
})

/** A pack that was never here: which drug its front means, where the map is sure. */
const drugByFront = (db: ReadableDb, key: bigint): Goods | undefined => {
  const identifier = identifierOf(db, key, codeOf(db, key))
  const [candidate, other] = identifier === null ? [] : resolveIdentifier(db, identifier).candidates
  return candidate === undefined || other !== undefined ? undefined : (statements(db).ofDrug.get(candidate.drugId) as Goods | undefined)
}

/** What a patient sees who looks this pack up (rules.md §1.3), by our own books. Error pack.not-found. */
export const getPatientView = (db: ReadableDb, key: bigint | null, now: Instant): PatientView => {
  const elsewhere = key === null ? undefined : (statements(db).elsewhere.get(key) as Instant | undefined)
  if (key === null || (findPack(db, codeOf(db, key)) === null && elsewhere === undefined)) throw new AppError('pack.not-found', 'no such pack in the ledger, nor told of')
  const goods = (statements(db).goods.get(key) as Goods | undefined) ?? drugByFront(db, key)
  const lines = linesOfPack(db, key).filter((line) => line.soldAt !== null)
  const records = [
    ...lines.map(recordOf),
    ...(elsewhere === undefined ? [] : [{ place: 'elsewhere' as const, at: null, receiptNumber: null, personMasked: null, toldAt: elsewhere, returnedAt: null, returnToldAt: null }]),
  ]
  return {
    code: codeOf(db, key),
    drugName: goods?.drugName ?? null, spec: goods?.spec ?? null, maker: goods?.maker ?? null, lotNumber: goods?.lotNumber ?? null, expiresOn: goods?.expiresOn ?? null,
    ...patientAnswer({ records, collected: goods?.requirement !== 'none', parked: lines[0]?.sale?.status === 'parked', now }),
    records,
    askedAt: now,
  }
}
