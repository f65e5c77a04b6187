import type { Words } from '../words.ts'

/** One line of the doctor: what was looked at, how it is, and a sentence. */
export interface Finding {
  readonly check: string
  readonly level: 'ok' | 'warn' | 'fail'
  readonly words: Words
}

export const ok = (check: string, ...words: Words): Finding => ({ check, level: 'ok', words })
export const warn = (check: string, ...words: Words): Finding => ({ check, level: 'warn', words })
export const fail = (check: string, ...words: Words): Finding => ({ check, level: 'fail', words })
