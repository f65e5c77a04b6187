import type { AppError, ErrorCode } from '../contract/index.ts'
import type { Language } from '../domain/sentences/names.ts'
import { sentence } from '../domain/sentences/sentence.ts'
import { EXIT } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import type { Terminal } from './terminal.ts'

export const sentenceLine = (code: ErrorCode, detail: AppError['detail'], language: Language): string => {
  const { word, text, action } = sentence('error', code, detail, language)
  return `【${word}】${[text, action].filter((part) => part !== '').join(' · ')}`
}

export const exitCodeOf = (code: ErrorCode): ExitCode => {
  if (code.startsWith('database.') || code === 'disk.full') return EXIT.data
  if (code === 'script.invalid' || code === 'profile.invalid' || code === 'map.file-invalid' || code === 'rpc.invalid-input' || code === 'alarm.list-invalid' || code === 'recall.list-invalid' || code.startsWith('session.')) return EXIT.usage
  return EXIT.otherwise
}

/** The cashier's sentence and, below it, what a log would say. */
export const tellError = (terminal: Pick<Terminal, 'err'>, error: AppError, language: Language): ExitCode => {
  terminal.err(`${sentenceLine(error.code, error.detail, language)}\n  ${error.code}: ${error.message}\n`)
  return exitCodeOf(error.code)
}
