import type { Open } from './open.ts'

/** Everything else of the tables. */
export const rest: Open = {}
