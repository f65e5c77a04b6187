import type { BusinessDate, ErrorDetail, SoundClass, Verdict, VerdictAnswer, VerdictOutcome, VerdictReason } from '../../contract/index.ts'
import { formatQuantity } from '../amounts.ts'
import { daysBetween, instantToLocal, isExpired, nearExpiry } from '../calendar.ts'
import { filterByStep } from '../recognition/step-filter.ts'
import type { PackTrace } from '../recognition/trace-of.ts'
import type { ScannedDrug, ScannedPack, VerdictFacts } from './facts.ts'
import { contradictedLine, targetLine } from './target-line.ts'

/** A verdict before it was timed. */
export type Decision = Omit<Verdict, 'elapsedMicros'>

/** Our own forgotten undo is soft twice and warns on the third (rules.md §5). */
const SOFT_REPEATS = 2

const SOUNDS: Partial<Record<VerdictReason, SoundClass>> = {
  'in-this-sale': 'own-repeat',
  'in-another-sale': 'own-repeat',
  'in-unconfirmed-sale': 'own-repeat',
  'sold-here': 'own-repeat',
  'sold-elsewhere': 'foreign',
  'payment-code': 'wrong-step',
  'id-in-drug-step': 'wrong-step',
  'ecert-in-payment-step': 'wrong-step',
  'drug-in-person-step': 'wrong-step',
  'drug-in-payment-step': 'wrong-step',
  'not-a-person-code': 'wrong-step',
  'not-a-payment-code': 'wrong-step',
  'social-card-needs-reader': 'wrong-step',
}

const soundOf = (outcome: VerdictOutcome, reason: VerdictReason): SoundClass => {
  switch (outcome) {
    case 'accept':
      return 'ok'
    case 'notice':
      return 'notice'
    case 'ask':
      return 'ask'
    case 'refuse':
      return SOUNDS[reason] ?? 'stop'
  }
}

interface Told {
  readonly trace?: PackTrace
  readonly drug?: ScannedDrug | null
  readonly detail?: ErrorDetail
  readonly answers?: readonly VerdictAnswer[]
  readonly sound?: SoundClass
}

const say = (
  facts: VerdictFacts,
  outcome: VerdictOutcome,
  reason: VerdictReason,
  { trace, drug = null, detail = {}, answers = [], sound }: Told = {},
): Decision => ({
  outcome,
  reason,
  sound: sound ?? soundOf(outcome, reason),
  kind: facts.code.kind,
  code: trace?.code ?? null,
  drugId: drug?.drugId ?? null,
  drugName: drug?.name ?? null,
  detail: drug === null ? detail : { drugName: drug.name, ...detail },
  answers: [...answers],
  candidates: [],
  saleId: null,
})

/** `MM-DD HH:mm` in Shanghai; `soldToday` lets the sentence say 今天. */
const soldDetail = (facts: VerdictFacts, pack: ScannedPack): ErrorDetail => {
  const local = instantToLocal(pack.changedAt)
  const soldToday = local.startsWith(facts.today)
  return {
    soldAt: pack.changedAt,
    soldAtText: soldToday ? local.slice(11, 16) : local.slice(5, 16),
    soldToday,
    receiptNumber: pack.receiptNumber,
    repeats: facts.repeats,
  }
}

/** The earlier of what the symbol and what the received lot say: neither may be sold past. */
const expiryOf = (trace: PackTrace, pack: ScannedPack | null): BusinessDate | null => {
  const known = [trace.expiry, pack?.lot?.expiresOn ?? null].filter((date) => date !== null).sort()
  return known[0] ?? null
}

/** Goods nobody may sell, whoever has them. */
const refuseGoods = (facts: VerdictFacts, trace: PackTrace, drug: ScannedDrug, pack: ScannedPack | null): Decision | null => {
  const lot = { lotNumber: pack?.lot?.lotNumber ?? trace.lot }
  if (drug.codeRequirement !== 'scan') return say(facts, 'refuse', drug.kind === 'pieces' ? 'pieces-not-scanned' : 'no-scan-needed', { trace, drug })
  if (pack?.lot?.recalled === true) return say(facts, 'refuse', 'recalled', { trace, drug, detail: lot })
  const expiresOn = expiryOf(trace, pack)
  if (expiresOn !== null && isExpired(expiresOn, facts.today, facts.lastSaleDaysBefore)) {
    return say(facts, 'refuse', 'expired', { trace, drug, detail: { ...lot, expiresOn, days: daysBetween(expiresOn, facts.today) } })
  }
  const contradicted = contradictedLine(facts, drug.drugId)
  if (contradicted !== null) return say(facts, 'refuse', 'wrong-product', { trace, drug, detail: { wantedDrugName: contradicted.drugName } })
  return null
}

/** With its unit: 24粒. */
const unitsLeftOf = (pack: ScannedPack, drug: ScannedDrug): string => formatQuantity(pack.unitsLeft) + drug.smallestUnit

const decideSplitPack = (facts: VerdictFacts, trace: PackTrace, drug: ScannedDrug, pack: ScannedPack): Decision => {
  const detail = { unitsLeft: unitsLeftOf(pack, drug), lotNumber: pack.lot?.lotNumber ?? null }
  if (pack.onLineOfSale) return say(facts, 'refuse', 'in-this-sale', { trace, drug, detail })
  if (pack.unitsLeft <= 0) return say(facts, 'refuse', 'split-pack-empty', { trace, drug, detail })
  return targetLine(facts, drug.drugId)?.sellUnit === 'unit'
    ? say(facts, 'accept', 'split-pack-ok', { trace, drug, detail })
    : say(facts, 'refuse', 'split-pack-of-whole', { trace, drug, detail })
}

const decideSellable = (facts: VerdictFacts, trace: PackTrace, drug: ScannedDrug, pack: ScannedPack): Decision => {
  const line = targetLine(facts, drug.drugId)
  const expiresOn = expiryOf(trace, pack)
  const lotDiffers = line !== null && pack.lot !== null && line.lotId !== pack.lot.lotId
  const detail = { lotNumber: pack.lot?.lotNumber ?? null, expiresOn, ...(lotDiffers ? { lineLotNumber: line.lotNumber } : {}) }
  if (line?.sellUnit === 'unit') {
    return facts.answer === 'open-pack'
      ? say(facts, 'accept', 'split-pack-ok', { trace, drug, detail: { ...detail, unitsLeft: unitsLeftOf(pack, drug) } })
      : say(facts, 'ask', 'open-split-pack', { trace, drug, detail: { ...detail, unitsLeft: unitsLeftOf(pack, drug) }, answers: ['open-pack'] })
  }
  // Near-expiry goods are told to the customer (rules.md §3): said before a mere difference of lots.
  if (expiresOn !== null && nearExpiry(expiresOn, facts.today, facts.nearExpiryDays)) {
    return say(facts, 'notice', 'pack-ok-near-expiry', { trace, drug, detail: { ...detail, days: daysBetween(facts.today, expiresOn) } })
  }
  return lotDiffers ? say(facts, 'notice', 'pack-ok-lot-differs', { trace, drug, detail }) : say(facts, 'accept', 'pack-ok', { trace, drug, detail })
}

const soldElsewhere = (facts: VerdictFacts, trace: PackTrace, drug: ScannedDrug | null): Decision =>
  say(facts, 'refuse', 'sold-elsewhere', { trace, drug, detail: { source: facts.soldElsewhere?.source ?? '' } })

const decideKnownPack = (facts: VerdictFacts, trace: PackTrace, pack: ScannedPack): Decision => {
  const { drug } = pack
  switch (pack.state) {
    case 'sold':
    case 'settled':
      // Our own sale comes first: a list of codes sold in the country holds ours too.
      return say(facts, 'refuse', 'sold-here', { trace, drug, detail: soldDetail(facts, pack), ...(facts.repeats > SOFT_REPEATS ? { sound: 'stop' } : {}) })
    case 'in-sale': {
      if (pack.saleId !== null && pack.saleId === facts.saleId) return say(facts, 'refuse', 'in-this-sale', { trace, drug })
      const unconfirmed = pack.saleStatus === 'settling' || pack.saleStatus === 'unconfirmed'
      return say(facts, 'refuse', unconfirmed ? 'in-unconfirmed-sale' : 'in-another-sale', {
        trace,
        drug,
        detail: { receiptNumber: pack.receiptNumber, held: pack.saleStatus === 'held' },
      })
    }
    case 'destroyed':
    case 'transferred':
      return say(facts, 'refuse', pack.state, { trace, drug })
    case 'locked':
      return say(facts, 'refuse', 'locked', { trace, drug, detail: { lotNumber: pack.lot?.lotNumber ?? null } })
    case 'in-stock':
    case 'returned':
    case 'split-open': {
      if (facts.soldElsewhere !== null) return soldElsewhere(facts, trace, drug)
      if (drug === null) return say(facts, 'refuse', 'unknown-identifier', { trace, detail: { identifier: trace.identifier } })
      return (
        refuseGoods(facts, trace, drug, pack) ??
        (pack.state === 'split-open' ? decideSplitPack(facts, trace, drug, pack) : decideSellable(facts, trace, drug, pack))
      )
    }
  }
}

const decideNewPack = (facts: VerdictFacts, trace: PackTrace): Decision => {
  const drug = facts.identified?.drug ?? null
  if (facts.soldElsewhere !== null) return soldElsewhere(facts, trace, drug)
  const level = facts.identified?.level ?? trace.level ?? 1
  if (level > 1) return say(facts, 'refuse', 'wrong-level', { trace, drug, detail: { level } })
  if (drug === null) return say(facts, 'refuse', 'unknown-identifier', { trace, detail: { identifier: trace.identifier } })
  const refused = refuseGoods(facts, trace, drug, null)
  if (refused !== null) return refused
  const told: Told = { trace, drug, detail: { lotNumber: trace.lot, expiresOn: trace.expiry } }
  if (facts.answer === 'sell-anyway') return say(facts, 'notice', 'never-received', told)
  if (facts.answer === 'set-aside') return say(facts, 'refuse', 'locked', told)
  return say(facts, 'ask', 'never-received', { ...told, answers: ['sell-anyway', 'set-aside'] })
}

const decideOther = (facts: VerdictFacts, outcome: 'ask' | 'refuse', reason: VerdictReason): Decision => {
  switch (reason) {
    case 'product-barcode': {
      const drug = facts.identified?.drug ?? null
      // Nothing to add when the shop does not carry it.
      if (drug === null) return say(facts, 'refuse', reason)
      const detail = { codeRequirement: drug.codeRequirement }
      return facts.answer === 'add-drug' ? say(facts, 'accept', reason, { drug, detail }) : say(facts, 'ask', reason, { drug, detail, answers: ['add-drug'] })
    }
    case 'ecert-in-drug-step':
      return facts.answer === 'read-person' ? say(facts, 'accept', 'person-read') : say(facts, 'ask', reason, { answers: ['read-person'] })
    case 'identifier-only':
      return say(facts, 'refuse', reason, { drug: facts.identified?.drug ?? null })
    case 'unknown-code':
      // Until issuers can be taught there is nothing to answer: whose code it is cannot be known, so it is neither kept nor shown.
      return say(facts, 'refuse', reason)
    default:
      return say(facts, outcome, reason)
  }
}

/**
 * May what was scanned be done, here and now? Total and pure: every text in every step has a verdict.
 * accept and notice mean: do it (`facts.answer` considered); ask: nothing until answered; refuse: nothing, except that `locked` upon the answer set-aside asks the caller to set the pack aside.
 */
export const decide = (facts: VerdictFacts): Decision => {
  const filtered = filterByStep(facts.code, facts.step)
  if (filtered.outcome !== 'accept') return decideOther(facts, filtered.outcome, filtered.reason)
  if (facts.step === 'person') return say(facts, 'accept', 'person-read')
  if (facts.step === 'payment') return say(facts, 'accept', 'payment-code')
  const { trace } = facts
  if (trace === null) return say(facts, 'refuse', 'unknown-code')
  return facts.pack === null ? decideNewPack(facts, trace) : decideKnownPack(facts, trace, facts.pack)
}
