import type { Open } from './open.ts'

/** Electronic prescriptions (72xx). */
export const prescription: Open = {}
