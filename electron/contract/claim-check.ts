import { z } from 'zod'
import { LineId } from './codes.ts'
import { ErrorCode, ErrorDetail } from './errors.ts'
import { Fen } from './money.ts'
import { Instant } from './time.ts'

/** 明细审核: what the province's rules say of an insured sale before it is tried (3101 事前) and before it is settled (3102 事中), and what the pharmacist decided (3103). */

export const ClaimStage = z.enum(['before-trial', 'before-settle'])
export type ClaimStage = z.infer<typeof ClaimStage>

/** 严重程度: 1 明确违规, 2 高度可疑, 3 轻度可疑; `unstated`: the answer gives no grade of the table. */
export const ClaimSeverity = z.enum(['definite', 'highly-suspect', 'slightly-suspect', 'unstated'])
export type ClaimSeverity = z.infer<typeof ClaimSeverity>

/** What the region profile wants of a severity: nothing but showing · a pharmacist's decision · the fund does not pay for it as it is. */
export const ClaimDemand = z.enum(['show', 'decide', 'stop'])
export type ClaimDemand = z.infer<typeof ClaimDemand>

/** keep 继续 with a reason · take-out 删行 · ask-prescriber 返回修改: it waits for the prescriber's word. */
export const ClaimAction = z.enum(['keep', 'take-out', 'ask-prescriber'])
export type ClaimAction = z.infer<typeof ClaimAction>

/** How far the decision's word to the province (3103) is; `not-wanted`: the profile sends none. */
export const ClaimFeedback = z.enum(['not-wanted', 'waiting', 'told', 'parked'])
export type ClaimFeedback = z.infer<typeof ClaimFeedback>

export const ClaimDecision = z.strictObject({ action: ClaimAction, reason: z.string(), staffName: z.string(), at: Instant, feedback: ClaimFeedback })
export type ClaimDecision = z.infer<typeof ClaimDecision>

export const ClaimViolation = z.strictObject({
  /** Ours: rule, grade, person, drugs and quantities. The same after a change that does not touch it, so a decision still applies. */
  key: z.string(),
  ruleName: z.string(),
  /** The rule's own words about this sale, and what it rests on. */
  text: z.string(),
  basis: z.string(),
  severity: ClaimSeverity,
  demand: ClaimDemand,
  amountFen: Fen,
  stages: z.array(ClaimStage),
  /** `violating` 违规项, `involved` 涉及项. Empty: it is about the visit as a whole. */
  lines: z.array(z.strictObject({ lineId: LineId, role: z.enum(['violating', 'involved']) })),
  decision: ClaimDecision.nullable(),
  /** It stands in the way of settling. */
  open: z.boolean(),
})
export type ClaimViolation = z.infer<typeof ClaimViolation>

/**
 * off: not asked here (self-paid, no person, no lines, or the profile) · asking: on its way or about to be asked · clear · violations ·
 * unavailable: could not be asked; that stops a sale only where the profile says so.
 */
export const ClaimCheckState = z.enum(['off', 'asking', 'clear', 'violations', 'unavailable'])
export type ClaimCheckState = z.infer<typeof ClaimCheckState>

export const ClaimCheck = z.strictObject({
  state: ClaimCheckState,
  /** When the newest answer for this basket came, or was missed. */
  at: Instant.nullable(),
  /** Why the newest question has no answer. */
  error: z.strictObject({ code: ErrorCode, detail: ErrorDetail }).nullable(),
  violations: z.array(ClaimViolation),
})
export type ClaimCheck = z.infer<typeof ClaimCheck>
