import { traceOf } from '../../domain/recognition/trace-of.ts'
import type { ReadableDb } from '../db/database.ts'
import { keyOf, keyOfPack } from './pack-key.ts'
import { readCode } from './read-code.ts'

/** The pack that a text names, as scanned or as typed from the box; a virtual code as it stands. Null: no code, or none that this shop ever saw. */
export const keyOfTyped = (db: ReadableDb, text: string): bigint | null => {
  const trace = traceOf(readCode(db, { raw: text, step: 'drug' }))
  return trace === null ? keyOf(db, text.trim()) : keyOfPack(db, trace)
}
