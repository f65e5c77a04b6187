import type { Open } from './open.ts'

/** 3202 and what it needs. */
export const reconcile: Open = {}
