import { traceOf } from '../../domain/recognition/trace-of.ts'
import type { ReadableDb } from '../db/database.ts'
import type { NamedPack } from '../trace/pack-key.ts'
import { codeOf, keyOfPack } from '../trace/pack-key.ts'
import { readCode } from '../trace/read-code.ts'

/** What names the pack of a scanned or typed text, under the code by which the ledger has it; null: the text names no single pack. */
export const packNamed = (db: ReadableDb, raw: string): NamedPack | null => {
  const trace = traceOf(readCode(db, { raw: raw.trim(), step: 'drug' }))
  if (trace === null) return null
  const { identifier, serial, symbol } = trace
  const key = keyOfPack(db, trace)
  return { code: key === null ? trace.code : codeOf(db, key), identifier, serial, symbol }
}
