import type { ClaimAction, LineId, SaleId } from '../../contract/index.ts'
import { AppError } from '../../contract/index.ts'
import { demandOf } from '../../domain/claim-check/stand-of-violations.ts'
import { inTransaction } from '../db/database.ts'
import type { Caller, House } from '../house.ts'
import { now } from '../now.ts'
import { voidLine } from '../sale/edit-lines.ts'
import { openSaleRow } from '../sale/sale-store.ts'
import type { StoredViolation } from './claim-store.ts'
import { addDecision, violationsOf } from './claim-store.ts'
import { queueFeedback } from './queue-feedback.ts'

interface Decided { readonly action: ClaimAction; readonly reason: string; readonly lineId: LineId | null }

const found = (house: House, saleId: SaleId, key: string): readonly [StoredViolation, ...StoredViolation[]] => {
  const sale = openSaleRow(house.db, saleId)
  const [first, ...rest] = violationsOf(house.db, saleId, sale.revision).filter((violation) => violation.key === key)
  if (first === undefined) throw new AppError('claim.not-found', 'no such finding about this basket')
  return [first, ...rest]
}

const record = (house: House, caller: Caller, saleId: SaleId, violations: readonly [StoredViolation, ...StoredViolation[]], decided: Decided): void => {
  const decisionId = house.newId()
  const { action, reason, lineId } = decided
  addDecision(house.db, { decisionId, saleId, key: violations[0].key, action, reason, staffId: caller.staffId, lineId, at: now(house) })
  queueFeedback(house, saleId, { decisionId, action, reason }, violations)
}

/** The drugs stay, for a reason that the province is told. Errors: claim.not-found, claim.stops, sale.wrong-state. */
export const keepLines = (house: House, caller: Caller, saleId: SaleId, key: string, reason: string): void => {
  inTransaction(house.db, () => {
    const violations = found(house, saleId, key)
    const [first] = violations
    if (demandOf(house.profile.audit.severities, first.severity) === 'stop') throw new AppError('claim.stops', 'the profile lets nobody keep it', { rule: first.ruleName })
    record(house, caller, saleId, violations, { action: 'keep', reason, lineId: null })
  })
  house.changed({ saleId })
}

/** The line leaves the sale with its packs, and the province is told. Errors: as above, and sale.line-not-found. */
export const takeOut = (house: House, caller: Caller, saleId: SaleId, key: string, lineId: LineId, reason: string): void => {
  inTransaction(house.db, () => {
    const violations = found(house, saleId, key)
    const [first] = violations
    if (!first.lines.some((line) => line.lineId === lineId)) throw new AppError('sale.line-not-found', 'the finding is about other lines', { saleId, lineId })
    record(house, caller, saleId, violations, { action: 'take-out', reason: reason === '' ? first.ruleName : reason, lineId })
    voidLine(house, caller, saleId, lineId, reason === '' ? first.ruleName : reason)
  })
}

/** Back to who prescribed it. The finding stays open. Errors as above. */
export const askPrescriber = (house: House, caller: Caller, saleId: SaleId, key: string, note: string): void => {
  inTransaction(house.db, () => record(house, caller, saleId, found(house, saleId, key), { action: 'ask-prescriber', reason: note, lineId: null }))
  house.changed({ saleId })
}
