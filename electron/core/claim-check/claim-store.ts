import type { ClaimAction, ClaimFeedback, ClaimSeverity, ClaimStage, ErrorCode, ErrorDetail, Fen, Instant, LineId, SaleId } from '../../contract/index.ts'
import type { ReadableDb, WritableDb } from '../db/database.ts'
import { one } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'

/** What one question came to; append-only. */
export interface StoredCheck { readonly checkId: number; readonly revision: number; readonly stage: ClaimStage; readonly at: Instant; readonly outcome: 'clear' | 'violations' | 'unavailable'; readonly error: { readonly code: ErrorCode; readonly detail: ErrorDetail } | null }
export interface StoredViolation {
  readonly stage: ClaimStage
  readonly resultId: string
  readonly key: string
  readonly ruleId: string
  readonly ruleName: string
  readonly severity: ClaimSeverity
  readonly text: string
  readonly basis: string
  readonly amountFen: Fen
  readonly lines: readonly { readonly lineId: LineId; readonly role: 'violating' | 'involved' }[]
}
export interface StoredDecision { readonly decisionId: string; readonly key: string; readonly action: ClaimAction; readonly reason: string; readonly staffName: string; readonly at: Instant; readonly feedback: ClaimFeedback }

// The newest answer of each stage for one revision of the basket.
const NEWEST = `select max(check_id) from claim_check where sale_id = @saleId and revision = @revision group by stage`

const statements = perDatabase((db) => ({
  addCheck: db.prepare(`insert into claim_check (sale_id, revision, stage, at, outcome, error) values (@saleId, @revision, @stage, @at, @outcome, @error)`),
  addViolation: db.prepare(`insert into claim_violation (check_id, nth, result_id, violation_key, rule_id, rule_name, severity, text, basis, amount_fen, lines)
    values (@checkId, @nth, @resultId, @key, @ruleId, @ruleName, @severity, @text, @basis, @amountFen, @lines)`),
  checks: db.prepare(`select check_id as checkId, revision, stage, at, outcome, error from claim_check where check_id in (${NEWEST}) order by stage = 'before-settle', check_id`),
  violations: db.prepare(`select stage, result_id as resultId, violation_key as key, rule_id as ruleId, rule_name as ruleName, severity, text, basis, amount_fen as amountFen, lines
    from claim_violation join claim_check using (check_id) where check_id in (${NEWEST}) order by stage = 'before-settle', check_id, nth`),
  addDecision: db.prepare(`insert into claim_decision (decision_id, sale_id, violation_key, action, reason, staff_id, line_id, at) values (@decisionId, @saleId, @key, @action, @reason, @staffId, @lineId, @at)`),
  decisions: db.prepare(`select decision_id as decisionId, violation_key as key, action, reason, staff.name as staffName, at,
      (select case when sum(status = 'parked') > 0 then 'parked' when sum(status <> 'done') > 0 then 'waiting' when count(*) > 0 then 'told' else 'not-wanted' end
        from outbox where aggregate_id = claim_decision.sale_id and kind = 'claim-feedback' and payload ->> 'decisionId' = decision_id) as feedback
    from claim_decision join staff using (staff_id) where sale_id = ? order by claim_decision.rowid`),
}))

export interface NewCheck {
  readonly saleId: SaleId
  readonly revision: number
  readonly stage: ClaimStage
  readonly at: Instant
  /** Null: no answer; then why. */
  readonly violations: readonly Omit<StoredViolation, 'stage'>[] | null
  readonly error: StoredCheck['error']
}
export const addCheck = (db: WritableDb, check: NewCheck): void => {
  const outcome = check.violations === null ? 'unavailable' : check.violations.length === 0 ? 'clear' : 'violations'
  const { lastInsertRowid } = statements(db).addCheck.run({ ...check, violations: null, outcome, error: check.error === null ? null : JSON.stringify(check.error) })
  check.violations?.forEach((violation, index) => statements(db).addViolation.run({ ...violation, checkId: lastInsertRowid, nth: index + 1, lines: JSON.stringify(violation.lines) }))
}

/** The newest answer of each stage for this revision, the earlier stage first. */
export const checksOf = (db: ReadableDb, saleId: SaleId, revision: number): readonly StoredCheck[] =>
  (statements(db).checks.all({ saleId, revision }) as (Omit<StoredCheck, 'error'> & { error: string | null })[]).map((row) => ({ ...row, error: row.error === null ? null : (JSON.parse(row.error) as StoredCheck['error']) }))
export const violationsOf = (db: ReadableDb, saleId: SaleId, revision: number): readonly StoredViolation[] =>
  (statements(db).violations.all({ saleId, revision }) as (Omit<StoredViolation, 'lines'> & { lines: string })[]).map((row) => ({ ...row, lines: JSON.parse(row.lines) as StoredViolation['lines'] }))

export interface NewDecision { readonly decisionId: string; readonly saleId: SaleId; readonly key: string; readonly action: ClaimAction; readonly reason: string; readonly staffId: string; readonly lineId: LineId | null; readonly at: Instant }
export const addDecision = (db: WritableDb, decision: NewDecision): void => one(statements(db).addDecision.run(decision), 'store a decision')
/** Oldest first: the newest of a key counts. */
export const decisionsOf = (db: ReadableDb, saleId: SaleId): readonly StoredDecision[] => statements(db).decisions.all(saleId) as StoredDecision[]
