import { cleanMessage } from './clean-message.ts'
import type { SoldElsewhereRefusal } from './client.ts'
import { readAnswer } from './envelope.ts'
import { readRowResult } from './transactions/goods-row.ts'

/** The words of a refusal, of the call or of its row, as they came: masked ones may have lost the code. */
const wordsOf = (raw: Uint8Array): string => {
  const answer = readAnswer(raw)
  if (answer.kind === 'refused') return cleanMessage(answer.message)
  if (answer.kind !== 'ok') return ''
  try {
    const row = readRowResult(answer.output)
    return row.kind === 'refused' ? cleanMessage(row.message) : ''
  } catch {
    return ''
  }
}

/** Recognises "sold by another institution" by the profile's pattern. */
export const createSoldElsewhereReader = (pattern: string): ((raw: Uint8Array) => SoldElsewhereRefusal | null) => {
  const said = new RegExp(pattern, 'u')
  return (raw) => {
    const match = said.exec(wordsOf(raw))
    return match === null ? null : { code: match.groups?.['code'] ?? null }
  }
}
