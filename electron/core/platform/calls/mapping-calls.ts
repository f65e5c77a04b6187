import type { CallParts } from './call-parts.ts'

/** 3301, 3302, 1317. */
export type MappingCalls = Readonly<Record<never, never>>

export const createMappingCalls = (_parts: CallParts): MappingCalls => ({})
