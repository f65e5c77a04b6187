import type { CallParts } from './call-parts.ts'

/** 3101, 3102, 3103. */
export type AuditCalls = Readonly<Record<never, never>>

export const createAuditCalls = (_parts: CallParts): AuditCalls => ({})
