import type { ErrorDetail, Fen, SettlementFigures } from '../../contract/index.ts'
import { sumFen } from '../../domain/amounts.ts'
import type { InsuredBasket } from './client.ts'

/** Which equation broke, with both sides in fen. null: none. */
export type Contradiction = ErrorDetail | null

const unequal = (equation: string, expectedFen: Fen, foundFen: Fen): Contradiction => (expectedFen === foundFen ? null : { equation, expectedFen, foundFen })

/** The equations of every settlement (platform.md §6), a cancellation's negative figures included. */
export const checkSums = (figures: SettlementFigures): Contradiction =>
  unequal('total = fund + personal + hospital', figures.totalFen, sumFen([figures.fundFen, figures.personalFen, figures.hospitalFen])) ??
  unequal('personal = account + family account + cash', figures.personalFen, sumFen([figures.accountFen, figures.familyAccountFen, figures.cashFen]))

/** Amounts that somebody pays cannot be negative, even where the sums agree. */
const checkSigns = (figures: SettlementFigures): Contradiction => {
  const paid = { totalFen: figures.totalFen, fundFen: figures.fundFen, personalFen: figures.personalFen, accountFen: figures.accountFen, familyAccountFen: figures.familyAccountFen, cashFen: figures.cashFen, hospitalFen: figures.hospitalFen }
  const [name, foundFen] = Object.entries(paid).find(([, amount]) => amount < 0) ?? []
  return name === undefined || foundFen === undefined ? null : { equation: `${name} is not negative`, expectedFen: 0, foundFen }
}

const checkLines = (figures: SettlementFigures, basket: InsuredBasket): Contradiction => {
  if (figures.lines.length !== basket.lines.length) return { equation: 'as many lines as asked', expected: basket.lines.length, found: figures.lines.length }
  for (const asked of basket.lines) {
    const answered = figures.lines.filter((line) => line.lineId === asked.lineId)
    const [line] = answered
    if (line === undefined || answered.length !== 1) return { equation: 'every line once', line: asked.position, found: answered.length }
    const broken = unequal(`line ${asked.position} amount`, asked.amountFen, line.amountFen)
    if (broken !== null) return broken
    if (line.quantity !== asked.quantity) return { equation: `line ${asked.position} quantity`, expected: asked.quantity, found: line.quantity }
    if (line.unitPrice !== asked.unitPrice) return { equation: `line ${asked.position} price`, expected: asked.unitPrice, found: line.unitPrice }
  }
  return null
}

/** Checked before anything believes a trial or a settlement: the sums, and that it answers what was asked. */
export const checkFigures = (figures: SettlementFigures, basket: InsuredBasket): Contradiction =>
  checkSums(figures) ??
  checkSigns(figures) ??
  unequal('total as asked', basket.totalFen, figures.totalFen) ??
  checkLines(figures, basket) ??
  unequal('total = sum of lines', figures.totalFen, sumFen(figures.lines.map((line) => line.amountFen)))
