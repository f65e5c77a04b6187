import type { PackTrace } from '../recognition/trace-of.ts'
import type { Candidate, ScannedDrug, VerdictFacts } from './facts.ts'
import type { Goods } from './goods.ts'
import { askAboutLine, goodsDetail, isNearExpiry, refuseGoods } from './goods.ts'
import { saySoldElsewhere } from './known-pack.ts'
import type { Decision, Told } from './told.ts'
import { say, sayOrSetAside } from './told.ts'

/** Who the pack is. `chosen`: the cashier looked at it and said so; `learnt`: as a link that the map does not have yet. */
type Identity = { readonly candidate: Candidate; readonly learnt: boolean; readonly chosen: boolean } | { readonly decision: Decision }

/** Two drugs claim the code: nothing is guessed (trace-codes.md §3.5). */
const askWhich = (facts: VerdictFacts, trace: PackTrace, candidates: readonly ScannedDrug[]): Decision =>
  sayOrSetAside(facts, 'ask', 'ambiguous-identifier', {
    trace,
    detail: { identifier: trace.identifier, candidates: candidates.map(({ name }) => name).join('、') },
    answers: ['pick-drug'],
    candidates,
  })

/** A pick counts where it was asked for: nobody is known, several are, or one that still waits for its review. A confirmed link is not talked away at the till. */
const identify = (facts: VerdictFacts, trace: PackTrace, asksUnreceived: boolean): Identity => {
  const { picked, candidates } = facts
  const [only, second] = candidates
  const single = second === undefined ? only : undefined
  const open = single === undefined || (single.trust === 'provisional' && single.level === 1 && asksUnreceived && facts.mayLearn)
  if (single !== undefined && (picked === null || !open)) return { candidate: single, learnt: false, chosen: false }
  // All are outer packs: whichever it is, it is opened.
  if (only !== undefined && candidates.every(({ level }) => level > 1)) return { candidate: only, learnt: false, chosen: false }
  const outer = only === undefined && trace.level !== null && trace.level > 1
  if (outer) return { decision: say(facts, 'refuse', 'wrong-level-unknown-drug', { trace, detail: { identifier: trace.identifier, level: trace.level } }) }
  if (picked !== null) {
    const known = candidates.find(({ drug, level }) => drug.drugId === picked.drug.drugId && level === picked.level)
    if (known !== undefined) return { candidate: known, learnt: false, chosen: second !== undefined }
    if (facts.mayLearn) return { candidate: { linkId: null, drug: picked.drug, level: picked.level, trust: 'provisional' }, learnt: true, chosen: true }
  }
  if (only !== undefined) return { decision: askWhich(facts, trace, candidates.map(({ drug }) => drug)) }
  const reason = facts.issuerKnown ? 'unknown-identifier' : 'unknown-issuer'
  const detail = { identifier: trace.identifier }
  // Who may not teach the map fetches somebody who may.
  if (!facts.mayLearn) return { decision: sayOrSetAside(facts, 'refuse', reason, { trace, detail: { ...detail, needs: 'pharmacist' } }) }
  return { decision: sayOrSetAside(facts, 'ask', reason, { trace, detail, answers: ['pick-drug'] }) }
}

const decideCarton = (facts: VerdictFacts, trace: PackTrace, carton: NonNullable<VerdictFacts['carton']>): Decision => {
  const { drug, level, packs, opened } = carton
  const told: Told = { trace, drug, detail: { level, packs } }
  if (opened) return say(facts, 'refuse', 'carton-open', told)
  // Nothing is known of what lies in it: its packs are scanned one by one.
  if (packs === 0) return say(facts, 'refuse', 'wrong-level', told)
  return facts.answer === 'open-carton' ? say(facts, 'notice', 'carton-opened', told) : say(facts, 'ask', 'carton', { ...told, answers: ['open-carton'] })
}

/** May be sold: with what is said. The strongest goes first, the next is in the detail. */
const sold = (facts: VerdictFacts, goods: Goods, candidate: Candidate | null, learnt: boolean): Decision => {
  const { trace, drug } = goods
  const how = candidate === null ? 'received-by-scan' : candidate.trust === 'provisional' ? 'pack-ok-provisional' : 'never-received-noted'
  const detail = { ...goodsDetail(facts, goods), ...(candidate === null ? { document: facts.expected?.document ?? null } : {}) }
  if (learnt) return say(facts, 'notice', 'learned', { trace, drug, detail: { ...detail, identifier: trace.identifier } })
  // Near-expiry goods are told to the customer (rules.md §3): said before anything else.
  if (isNearExpiry(facts, goods)) return say(facts, 'notice', 'pack-ok-near-expiry', { trace, drug, detail: { ...detail, also: how } })
  return say(facts, 'notice', how, { trace, drug, detail })
}

/** Never seen by this ledger. Evidence in this order: a sale elsewhere, the issuers' word, a carton's or a delivery's paper, the three-code map, the cashier. */
export const decideNewPack = (facts: VerdictFacts, trace: PackTrace): Decision => {
  const { carton, expected, policy, answer, candidates, picked } = facts
  if (facts.soldElsewhere !== null) return saySoldElsewhere(facts, trace, candidates.length === 1 ? (candidates[0]?.drug ?? null) : null)
  if (facts.alarmed) return say(facts, 'refuse', 'locked', { trace, drug: candidates.length === 1 ? (candidates[0]?.drug ?? null) : null })
  if (facts.neverIssued !== null) return sayOrSetAside(facts, 'refuse', 'never-issued', { trace, detail: { identifier: trace.identifier, source: facts.neverIssued } })
  if (carton !== null) return decideCarton(facts, trace, carton)
  // A paper that contradicts the map decides nothing by itself.
  const disputed = expected !== null && candidates.length > 0 && !candidates.some(({ drug }) => drug.drugId === expected.drug.drugId)
  if (expected !== null && (!disputed || picked?.drug.drugId === expected.drug.drugId)) {
    const goods: Goods = { trace, drug: expected.drug, lot: expected.lot }
    return refuseGoods(facts, goods) ?? askAboutLine(facts, goods, null, false) ?? sold(facts, goods, null, false)
  }
  if (disputed && picked === null) return askWhich(facts, trace, [expected.drug, ...candidates.map(({ drug }) => drug)])
  const identity = identify(facts, trace, policy.unreceived === 'ask')
  if ('decision' in identity) {
    // Where nothing unreceived is sold, nobody is asked what it is.
    const pointless = policy.unreceived === 'refuse' && identity.decision.outcome === 'ask'
    return pointless ? sayOrSetAside(facts, 'refuse', 'never-received-refused', { trace }) : identity.decision
  }
  const { candidate, learnt, chosen } = identity
  const { drug } = candidate
  // One front stands for every level where an issuer says the level in the code itself; elsewhere each level has its own, and the map knows it.
  const level = trace.identifier.includes('/') ? Math.max(candidate.level, trace.level ?? 1) : candidate.level
  if (level > 1) return say(facts, learnt ? 'notice' : 'refuse', learnt ? 'learned-outer' : 'wrong-level', { trace, drug, detail: { level, ...(learnt ? { identifier: trace.identifier } : {}) } })
  const goods: Goods = { trace, drug, lot: facts.lotBySymbol }
  const refused = refuseGoods(facts, goods)
  if (refused !== null) return refused
  const told = { trace, drug, detail: goodsDetail(facts, goods) }
  if (policy.unreceived === 'refuse') return sayOrSetAside(facts, 'refuse', 'never-received-refused', told)
  // Asked in turn, so an answer to the later question settles the earlier one.
  const answered = answer === 'sell-anyway'
  const asked = askAboutLine(facts, goods, null, answered)
  if (asked !== null) return asked
  if (policy.unreceived === 'ask' && !answered && !chosen && !(disputed && picked !== null)) {
    // A link that waits for review may be wrong: who holds the pack sees it.
    return sayOrSetAside(facts, 'ask', 'never-received', { ...told, answers: candidate.trust === 'provisional' && facts.mayLearn ? ['sell-anyway', 'pick-drug'] : ['sell-anyway'] })
  }
  if (!facts.lotFound) return sayOrSetAside(facts, 'refuse', 'lot-unknown', told)
  return sold(facts, goods, candidate, learnt)
}
