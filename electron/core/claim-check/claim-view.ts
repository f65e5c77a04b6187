import type { Blocker, ClaimCheck, LineId } from '../../contract/index.ts'
import { claimBlockers, standOf } from '../../domain/claim-check/stand-of-violations.ts'
import type { House } from '../house.ts'
import type { SaleRow } from '../sale/sale-store.ts'
import { claimsBeingAsked, isAsked } from './ask-claim.ts'
import { checksOf, decisionsOf, violationsOf } from './claim-store.ts'

const OFF: ClaimCheck = { state: 'off', at: null, error: null, violations: [] }

/** The check of this basket as the till shows it. Answers about a basket of the past are not looked at. */
export const claimCheckOf = (house: House, sale: SaleRow, lineIds: readonly LineId[]): ClaimCheck => {
  const { audit } = house.profile
  if (sale.insured === 0 || sale.person_id === null || lineIds.length === 0 || (!isAsked(house, 'before-trial') && !isAsked(house, 'before-settle'))) return OFF
  const checks = checksOf(house.db, sale.sale_id, sale.revision)
  const { flights, soon } = claimsBeingAsked(house)
  const editable = sale.status === 'open' || sale.status === 'held'
  const asking = editable && (soon.has(sale.sale_id) || flights.get(sale.sale_id)?.revision === sale.revision)
  const newest = checks.toSorted((a, b) => a.checkId - b.checkId).at(-1)
  if (newest === undefined) return asking ? { ...OFF, state: 'asking' } : OFF
  const found = checks.some((check) => check.outcome === 'violations')
  const violations = !found ? [] : standOf(violationsOf(house.db, sale.sale_id, sale.revision), decisionsOf(house.db, sale.sale_id), audit.severities).map(({ violation, stages, demand, decision, open }) => ({
    key: violation.key, ruleName: violation.ruleName, text: violation.text, basis: violation.basis, severity: violation.severity, demand, amountFen: violation.amountFen, stages: [...stages],
    lines: violation.lines.filter((line) => lineIds.includes(line.lineId)),
    decision: decision === null ? null : { action: decision.action, reason: decision.reason, staffName: decision.staffName, at: decision.at, feedback: decision.feedback },
    open: open && editable,
  }))
  return { state: asking ? 'asking' : found ? 'violations' : newest.outcome === 'unavailable' ? 'unavailable' : 'clear', at: newest.at, error: newest.error, violations }
}

/** What of it keeps the sale from the fund. */
export const claimBlockersOf = (house: House, check: ClaimCheck, nameOf: (lineId: LineId) => string | null): readonly Blocker[] => {
  const unasked = house.profile.audit.whenUnavailable === 'stop' && check.error !== null ? { text: typeof check.error.detail['text'] === 'string' ? check.error.detail['text'] : null } : null
  return claimBlockers({ unasked, violations: check.violations }, nameOf)
}
