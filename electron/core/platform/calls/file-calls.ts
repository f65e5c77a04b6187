import type { CallParts } from './call-parts.ts'

/** 9101 and 9102, and the catalogues that come as files. */
export type FileCalls = Readonly<Record<never, never>>

export const createFileCalls = (_parts: CallParts): FileCalls => ({})
