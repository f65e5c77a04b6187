import { outgoingCode } from '../../domain/recognition/outgoing-code.ts'
import type { ReadableDb } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'
import type { RegionProfile } from '../platform/profile.ts'
import { digitsKey } from './pack-key.ts'

/** What one region's fixed code for loose units is (trace-codes.md §2.1). */
const FILLER = '9'.repeat(20)

const statements = perDatabase((db) => db.prepare(`select identifier, serial, coalesce(symbol, code) as symbol from other_code where code = ?`))

/** A pack's code as the region wants it; one whose other form would be too long, or that has but one form, goes as it stands. */
const sentForm = (db: ReadableDb, form: RegionProfile['trace']['outgoingForm'], code: string): string => {
  if (form === 'gs-removed' || digitsKey(code) !== null) return code
  const parts = statements(db).get(code) as { readonly identifier: string | null; readonly serial: string | null; readonly symbol: string } | undefined
  if (parts === undefined || parts.identifier === null || parts.serial === null || !/^\d{14}$/.test(parts.identifier)) return code
  return outgoingCode(form, { issuer: 'GS1', symbol: parts.symbol, identifier: parts.identifier, serial: parts.serial }) ?? code
}

/** The codes of one line as they are settled and uploaded: the region says in which form, and what stands for loose units (rules.md §1.4). */
export const sentCodes = (db: ReadableDb, rules: Pick<RegionProfile['trace'], 'outgoingForm' | 'splitPolicy'>, line: { readonly split: boolean; readonly codes: readonly string[] }): readonly string[] => {
  if (!line.split || rules.splitPolicy === 'repeat-with-counter') return line.codes.map((code) => sentForm(db, rules.outgoingForm, code))
  return rules.splitPolicy === 'fixed-filler' && line.codes.length > 0 ? [FILLER] : []
}
