import type { ReadableDb } from '../db/database.ts'
import type { NamedPack } from '../trace/pack-key.ts'
import { keyOf, keyOfPack } from '../trace/pack-key.ts'

/** As stored, or as a symbol just read says it: a GS1 pack is known however its elements are ordered. */
export type Code = string | NamedPack

/** Null: this shop never saw the code. */
export const keyFor = (db: ReadableDb, code: Code): bigint | null => (typeof code === 'string' ? keyOf(db, code) : keyOfPack(db, code))
