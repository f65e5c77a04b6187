import type { Open } from './open.ts'

/** 3101, 3102, 3103. */
export const audit: Open = {}
