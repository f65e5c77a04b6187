import path from 'node:path'
import type { Language } from '../domain/sentences/names.ts'

/** Where a command speaks to. JSON results go to `out` and nothing else does, where JSON is the product. */
export interface Terminal {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  /** Relative paths are taken from here. */
  readonly standsIn: string
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly clock: () => number
  readonly stdin: () => Promise<string>
  /** For a command that runs until it is told to stop; the others end at once at Ctrl+C. */
  readonly untilStopped: () => Promise<void>
}

export const fileFrom = ({ standsIn }: Pick<Terminal, 'standsIn'>, given: string): string => path.resolve(standsIn, given)

export const say = (language: Language, zh: string, en: string): string => (language === 'zh' ? zh : en)
