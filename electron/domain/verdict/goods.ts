import type { BusinessDate, ErrorDetail } from '../../contract/index.ts'
import { formatQuantity } from '../amounts.ts'
import { daysBetween, isExpired, nearExpiry } from '../calendar.ts'
import type { PackTrace } from '../recognition/trace-of.ts'
import type { ScannedDrug, ScannedLot, ScannedPack, VerdictFacts } from './facts.ts'
import { contradictedLine, fullLine, targetLine } from './target-line.ts'
import type { Decision } from './told.ts'
import { say } from './told.ts'

/** What is known of the pack in hand, whoever said so. */
export interface Goods {
  readonly trace: PackTrace
  readonly drug: ScannedDrug
  /** The lot as it was received or as the paper says. */
  readonly lot: ScannedLot | null
}

/** The earlier of what the symbol and what the lot say: neither may be sold past. */
const expiryOf = ({ trace, lot }: Goods): BusinessDate | null => {
  const known = lot?.expiresOn ?? null
  if (trace.expiry === null || known === null) return trace.expiry ?? known
  return trace.expiry < known ? trace.expiry : known
}

const lotNumberOf = ({ trace, lot }: Goods): string | null => lot?.lotNumber ?? trace.lot

/** Not expired, and so near that the customer is told (rules.md §3). */
export const isNearExpiry = (facts: VerdictFacts, goods: Goods): boolean => {
  const expiresOn = expiryOf(goods)
  return expiresOn !== null && nearExpiry(expiresOn, facts.today, facts.policy.nearExpiryDays)
}

/** Drug, lot and expiry, and, near the expiry, the days left: they are told to the customer whatever else is said. */
export const goodsDetail = (facts: VerdictFacts, goods: Goods): ErrorDetail => {
  const expiresOn = expiryOf(goods)
  const detail: ErrorDetail = { drugName: goods.drug.name, lotNumber: lotNumberOf(goods), expiresOn }
  if (expiresOn !== null && isNearExpiry(facts, goods)) detail['nearDays'] = daysBetween(facts.today, expiresOn)
  return detail
}

/** Goods nobody may sell, whoever has them. */
export const refuseGoods = (facts: VerdictFacts, goods: Goods): Decision | null => {
  const { trace, drug, lot } = goods
  const detail = { lotNumber: lotNumberOf(goods) }
  if (drug.codeRequirement !== 'scan') return say(facts, 'refuse', drug.kind === 'pieces' ? 'pieces-not-scanned' : 'no-scan-needed', { trace, drug })
  if (lot?.recalled === true || facts.recalledBySymbol) return say(facts, 'refuse', 'recalled', { trace, drug, detail })
  const expiresOn = expiryOf(goods)
  if (expiresOn !== null && isExpired(expiresOn, facts.today, facts.policy.lastSaleDaysBefore)) {
    const days = daysBetween(expiresOn, facts.today)
    // Stopped early by the shop's own rule: not expired yet, but no more sold.
    const told = { ...detail, expiresOn, ...(days > 0 ? { days } : { lastSaleDaysBefore: facts.policy.lastSaleDaysBefore }), ...(facts.clockBehind ? { booksDate: facts.today } : {}) }
    return say(facts, 'refuse', 'expired', { trace, drug, detail: told })
  }
  const contradicted = contradictedLine(facts, drug.drugId)
  if (contradicted !== null) return say(facts, 'refuse', 'wrong-product', { trace, drug, detail: { wantedDrugName: contradicted.drugName, next: facts.policy.strict ? 'finish-line' : 'other-line' } })
  return null
}

/** With its unit: 24粒. */
export const unitsLeftOf = (pack: Pick<ScannedPack, 'unitsLeft'>, drug: ScannedDrug): string => formatQuantity(pack.unitsLeft) + drug.smallestUnit

/**
 * Questions about the line it would go to. They come before those about the pack itself, so an answer to one of those answers these too.
 * `settled`: such an answer was given.
 */
export const askAboutLine = (facts: VerdictFacts, goods: Goods, unitsLeft: string | null, settled: boolean): Decision | null => {
  const { trace, drug } = goods
  if (settled || facts.lines.length === 0) return null
  const detail = goodsDetail(facts, goods)
  if (targetLine(facts, drug.drugId)?.sellUnit === 'unit' && facts.answer !== 'open-pack') {
    return say(facts, 'ask', 'open-split-pack', { trace, drug, detail: { ...detail, unitsLeft }, answers: ['open-pack'] })
  }
  const full = fullLine(facts, drug.drugId)
  if (full !== null && facts.answer !== 'one-more') {
    return say(facts, 'ask', 'count-over', { trace, drug, detail: { ...detail, needed: full.quantity / 10_000 }, answers: ['one-more'] })
  }
  return null
}
