import { recognise } from '../../domain/recognition/recognise.ts'
import { traceOf } from '../../domain/recognition/trace-of.ts'

/** The stored form of a scanned or typed code; null: it does not name one pack. */
export const packCodeOf = (raw: string): string | null => traceOf(recognise({ raw: raw.trim(), step: 'drug' }))?.code ?? null
