import type { Open } from './open.ts'

/** Stock, purchases, batch forms and their queries. */
export const stock: Open = {}
