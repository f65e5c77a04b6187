import type { Fen, TenderMethod } from '../../electron/contract/index.ts'
import { fen } from '../../electron/contract/index.ts'
import { parseYuanToFen } from '../../electron/domain/amounts.ts'

/** What was typed at the shift's end, method by method. */
export type Counts = Partial<Readonly<Record<TenderMethod, string>>>

/** Left empty means nothing was taken that way; null: no amount. */
export const countedFen = (text: string | undefined): Fen | null => (text === undefined || text.trim() === '' ? fen(0) : parseYuanToFen(text))
