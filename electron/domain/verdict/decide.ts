import { filterByStep } from '../recognition/step-filter.ts'
import type { VerdictFacts } from './facts.ts'
import { decideKnownPack } from './known-pack.ts'
import { decideNewPack } from './new-pack.ts'
import { decideOther } from './not-a-pack.ts'
import type { Decision } from './told.ts'
import { say } from './told.ts'

export type { Decision } from './told.ts'

/**
 * May what was scanned be done, here and now? Total and pure: every text in every step has a verdict.
 * accept and notice: do what the reason says (`facts.answer` considered); ask: nothing until answered; refuse: nothing.
 */
export const decide = (facts: VerdictFacts): Decision => {
  const { trace, step } = facts
  const filtered = filterByStep(facts.code, step)
  // An unknown issuer's code that could be a pack's goes "confirm, sell, learn" (trace-codes.md §0.5).
  const maybePack = step === 'drug' && trace !== null && filtered.outcome === 'ask' && filtered.reason === 'unknown-code'
  if (filtered.outcome !== 'accept' && !maybePack) return decideOther(facts, filtered.outcome, filtered.reason)
  if (step === 'person') return say(facts, 'accept', 'person-read')
  if (step === 'payment') return say(facts, 'accept', 'payment-code')
  if (trace === null) return say(facts, 'refuse', 'unknown-code')
  return facts.pack === null ? decideNewPack(facts, trace) : decideKnownPack(facts, trace, facts.pack)
}
