import type { ErrorDetail, VerdictOutcome, VerdictReason } from '../../contract/index.ts'
import type { ScannedDrug, VerdictFacts } from './facts.ts'
import type { Decision } from './told.ts'
import { say } from './told.ts'

/** Why no trace code is asked for: a key of domain/sentences. */
const whyNoCode = (drug: ScannedDrug): string => {
  // 配方颗粒 are dispensed like pieces and excluded like them (rules.md §1.4).
  if (drug.kind === 'pieces') return drug.name.includes('颗粒') ? 'granules' : 'pieces'
  return drug.codeRequirement === 'virtual' ? 'virtual-code' : 'not-collected'
}

const withDrug = (facts: VerdictFacts, drug: ScannedDrug): Decision => {
  const { answer, uncoded } = facts
  const needsCode = drug.codeRequirement === 'scan'
  if (answer === 'add-drug') return say(facts, 'accept', 'drug-added', { drug, detail: { next: needsCode ? 'then-scan' : 'then-quantity' } })
  if (!needsCode) return say(facts, 'ask', 'product-without-code', { drug, detail: { why: whyNoCode(drug) }, answers: ['add-drug'] })
  const detail: ErrorDetail = { packsLeft: uncoded.left }
  if (uncoded.left > 0) {
    return answer === 'use-uncoded'
      ? say(facts, 'accept', 'uncoded-ok', { drug, detail: { packsLeft: uncoded.left - 1 } })
      : say(facts, 'ask', 'uncoded-left', { drug, detail, answers: ['use-uncoded', 'add-drug'] })
  }
  if (uncoded.listed || answer === 'use-uncoded') return say(facts, 'refuse', 'uncoded-empty', { drug, detail, answers: ['add-drug'] })
  return say(facts, 'ask', 'product-barcode', { drug, answers: ['add-drug'] })
}

/** A product's barcode names a drug, never a pack. */
const decideProduct = (facts: VerdictFacts): Decision => {
  const { candidates, picked } = facts
  const chosen = picked === null ? undefined : candidates.find(({ drug }) => drug.drugId === picked.drug.drugId)
  if (chosen !== undefined && candidates.length > 1) {
    return facts.answer === 'pick-drug' ? withDrug({ ...facts, answer: 'add-drug' }, chosen.drug) : withDrug(facts, chosen.drug)
  }
  const [only] = candidates
  // Nothing to add when the shop does not carry it.
  if (only === undefined) return say(facts, 'refuse', 'product-barcode')
  if (candidates.length === 1) return withDrug(facts, only.drug)
  const drugs = candidates.map(({ drug }) => drug)
  return say(facts, 'ask', 'ambiguous-barcode', { detail: { candidates: drugs.map(({ name }) => name).join('、') }, answers: ['pick-drug'], candidates: drugs })
}

/** What went wrong in reading it: a key of domain/sentences; null: only that it did. */
const misreadOf = ({ code }: VerdictFacts): string | null => {
  if (code.kind === 'gs1') return 'misread-check'
  if (code.kind !== 'invalid') return null
  switch (code.error) {
    case 'empty':
    case 'too-long':
    case 'length':
    case 'two-scans':
    case 'beginning-lost':
      return `misread-${code.error}`
    default:
      return code.error.endsWith('-date') ? 'misread-date' : null
  }
}

/** What the step filter did not let through: codes that identify no pack. */
export const decideOther = (facts: VerdictFacts, outcome: Exclude<VerdictOutcome, 'accept' | 'notice'>, reason: VerdictReason): Decision => {
  switch (reason) {
    case 'product-barcode':
      return decideProduct(facts)
    case 'ecert-in-drug-step':
      return facts.answer === 'read-person' ? say(facts, 'accept', 'person-read') : say(facts, 'ask', reason, { answers: ['read-person'] })
    case 'identifier-only':
      return say(facts, 'refuse', reason, { drug: facts.candidates.length === 1 ? (facts.candidates[0]?.drug ?? null) : null })
    case 'invalid':
      return say(facts, 'refuse', reason, { detail: { problem: misreadOf(facts) } })
    case 'unknown-code':
      // Nothing in it could be a pack's: whose it is cannot be known, so it is neither kept nor shown.
      return say(facts, 'refuse', reason)
    default:
      return say(facts, outcome, reason)
  }
}
