import type { Open } from './open.ts'

/** 9101, 9102 and the catalogues that come as files. */
export const files: Open = {}
