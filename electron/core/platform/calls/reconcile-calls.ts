import type { CallParts } from './call-parts.ts'

/** 3202 beside 3201: what differs, line by line. */
export type ReconcileCalls = Readonly<Record<never, never>>

export const createReconcileCalls = (_parts: CallParts): ReconcileCalls => ({})
