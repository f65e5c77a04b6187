import type { Open } from './open.ts'

/** 3301, 3302, 1317 and the catalogue queries beside them. */
export const mapping: Open = {}
