import { z } from 'zod'
import { rows } from '../answer-fields.ts'
import type { AnswerRow } from '../wire-row.ts'

/** How the batch forms (…A) of the stock family answer: row by row, all of them or only those that failed (platform.md §2: two levels of success). */
export interface BatchRow {
  /** Our key of the row (`fixmedins_bchno`). */
  readonly rowKey: string
  /** 1 taken, 0 refused; empty when not told. */
  readonly result: string
  readonly reason: string
}
export type BatchOutcome<T extends BatchRow = BatchRow> = Omit<T, 'result' | 'reason'> & { readonly kind: 'taken' | 'refused' | 'not-told'; readonly message: string }

const kindOf = (result: string): 'taken' | 'refused' | 'not-told' => (result === '1' ? 'taken' : result === '' ? 'not-told' : 'refused')

/** `node`: where the rows stand. An answer without it tells of no row. Throws ZodError. */
export const readBatch = <T extends BatchRow>(row: AnswerRow<T>, node: string, answer: unknown): readonly BatchOutcome<T>[] => {
  const output = z.preprocess((value) => (typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}), z.object({ [node]: rows(row.words).optional() }))
  return ((output.parse(answer)[node] ?? []) as readonly T[]).map(({ result, reason, ...told }) => ({ ...told, kind: kindOf(result), message: reason }))
}
