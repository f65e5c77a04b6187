import type { Fen, Sale, SettlementFigures } from '../../electron/contract/index.ts'
import { fen } from '../../electron/contract/index.ts'

/** none: nothing to show yet · self-paid · trial 预 (dashed) · settled 已 (solid). */
export type TotalsState = 'none' | 'self-paid' | 'untried' | 'trial' | 'settled'

export interface TotalsView {
  readonly state: TotalsState
  readonly totalFen: Fen
  readonly figures: SettlementFigures | null
  /** What the patient pays now; null while only the platform could say. */
  readonly cashFen: Fen | null
  readonly takenFen: Fen
}

export const totalsOf = (sale: Sale | null): TotalsView => {
  if (sale === null) return { state: 'none', totalFen: fen(0), figures: null, cashFen: fen(0), takenFen: fen(0) }
  const taken = sale.tenders.filter((tender) => !tender.refund).reduce((sum, tender) => sum + tender.amountFen, 0)
  const base = { totalFen: sale.totalFen, takenFen: fen(taken) }
  if (sale.settled !== null) return { ...base, state: 'settled', figures: sale.settled, cashFen: sale.settled.cashFen }
  if (sale.lines.length === 0) return { ...base, state: 'none', figures: null, cashFen: fen(0) }
  if (!sale.insured) return { ...base, state: sale.status === 'closed' ? 'settled' : 'self-paid', figures: null, cashFen: sale.totalFen }
  return sale.quote === null
    ? { ...base, state: 'untried', figures: null, cashFen: null }
    : { ...base, state: 'trial', figures: sale.quote, cashFen: sale.quote.cashFen }
}

/** Change and what is still missing, for a given amount. */
export const changeFor = (dueFen: Fen, givenFen: Fen): { readonly changeFen: Fen; readonly shortFen: Fen } => ({
  changeFen: fen(Math.max(0, givenFen - dueFen)),
  shortFen: fen(Math.max(0, dueFen - givenFen)),
})

/** Notes a customer is likely to hand over for this amount, besides the exact one: next 5, 10, 50, 100 yuan. */
export const likelyNotes = (dueFen: Fen): readonly Fen[] => {
  const steps = [500, 1_000, 2_000, 5_000, 10_000]
  const notes = steps.map((step) => Math.ceil(dueFen / step) * step).filter((note) => note > dueFen)
  return [...new Set(notes)]
    .sort((a, b) => a - b)
    .slice(0, 4)
    .map(fen)
}
