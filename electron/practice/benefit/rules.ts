import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const Share = z.int().min(0).max(10_000)
const Amount = z.int().nonnegative()

/** Terms of the pooled fund; shares in 10⁻⁴, amounts in fen, deductible and cap per calendar year. */
export const Pooling = z.strictObject({ deductibleFen: Amount, share: Share, yearCapFen: Amount, yearCapByDisease: z.record(z.string(), Amount).default({}) })
export type Pooling = z.infer<typeof Pooling>

export const BenefitRule = z.strictObject({
  insutype: z.string(),
  medType: z.string(),
  /** Absent: every person type. The first rule that fits is taken. */
  personTypes: z.array(z.string()).optional(),
  clearingType: z.string(),
  fundType: z.string(),
  fundName: z.string(),
  /** Whether this insurance has a personal account. */
  account: z.boolean(),
  needs: z.enum(['nothing', 'filing', 'two-disease']),
  pooling: Pooling.nullable(),
})
export type BenefitRule = z.infer<typeof BenefitRule>

export const BenefitRules = z.strictObject({
  source: z.string().default(''),
  /** Civil servants' subsidy: share of what the pooled fund left of the amount above the deductible. */
  civilServantShare: Share,
  /** Whether the account also pays what is outside the list or over a limit price. */
  accountPaysSelfPaid: z.boolean(),
  rules: z.array(BenefitRule),
})
export type BenefitRules = z.infer<typeof BenefitRules>

export const practiceBenefitRules = (): BenefitRules =>
  BenefitRules.parse(JSON.parse(readFileSync(join(import.meta.dirname, '..', 'data', 'benefit-rules.json'), 'utf8')))

export const findRule = (rules: BenefitRules, insutype: string, medType: string, personType: string): BenefitRule | null =>
  rules.rules.find((rule) => rule.insutype === insutype && rule.medType === medType && (rule.personTypes?.includes(personType) ?? true)) ?? null
