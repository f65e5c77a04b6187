import type { CallParts } from './call-parts.ts'

/** Batch forms of the uploads (3505A …). */
export type BatchCalls = Readonly<Record<never, never>>

export const createBatchCalls = (_parts: CallParts): BatchCalls => ({})
