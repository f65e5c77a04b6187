import type { ErrorDetail, Instant } from '../../contract/index.ts'
import { instantToLocal } from '../calendar.ts'
import type { PackTrace } from '../recognition/trace-of.ts'
import type { ScannedDrug, ScannedPack, VerdictFacts } from './facts.ts'
import type { Goods } from './goods.ts'
import { askAboutLine, goodsDetail, refuseGoods, unitsLeftOf } from './goods.ts'
import { fullLine, targetLine } from './target-line.ts'
import type { Decision, Told } from './told.ts'
import { say, sayOrSetAside } from './told.ts'

/** Our own forgotten undo is soft twice and warns on the third (rules.md §5). */
const SOFT_REPEATS = 2

/** `MM-DD HH:mm` in Shanghai, or only the time of today. */
const when = (facts: VerdictFacts, at: Instant | null): { readonly text: string; readonly today: boolean } | null => {
  if (at === null) return null
  const local = instantToLocal(at)
  const today = local.startsWith(facts.today)
  // Of another year, with the year: a ledger of years is behind this.
  return { today, text: today ? local.slice(11, 16) : local.startsWith(facts.today.slice(0, 4)) ? local.slice(5, 16) : local.slice(0, 16) }
}

const soldDetail = (facts: VerdictFacts, pack: ScannedPack): ErrorDetail => {
  const at = when(facts, pack.since)
  return {
    ...(at === null ? {} : { soldAt: pack.since, soldAtText: at.text, soldToday: at.today }),
    receiptNumber: pack.receiptNumber,
    repeats: facts.repeats,
  }
}
const sinceDetail = (facts: VerdictFacts, pack: ScannedPack): ErrorDetail => {
  const at = when(facts, pack.since)
  return at === null ? {} : { eventAt: at.text, eventToday: at.today }
}

const decideSplitPack = (facts: VerdictFacts, goods: Goods, pack: ScannedPack): Decision => {
  const { trace, drug } = goods
  const detail = { ...goodsDetail(facts, goods), unitsLeft: unitsLeftOf(pack, drug), sent: facts.policy.splitPolicy }
  if (pack.onLineOfSale) return say(facts, 'refuse', 'in-this-sale', { trace, drug, detail })
  if (pack.unitsLeft <= 0) return say(facts, 'refuse', 'split-pack-empty', { trace, drug, detail })
  return targetLine(facts, drug.drugId)?.sellUnit === 'unit'
    ? say(facts, 'accept', 'split-pack-ok', { trace, drug, detail })
    : say(facts, 'refuse', 'split-pack-of-whole', { trace, drug, detail })
}

const decideSellable = (facts: VerdictFacts, goods: Goods, pack: ScannedPack): Decision => {
  const { trace, drug, lot } = goods
  const asked = facts.lines.length === 0 ? null : askAboutLine(facts, goods, unitsLeftOf(pack, drug), false)
  if (asked !== null) return asked
  const line = targetLine(facts, drug.drugId)
  const lotDiffers = line !== null && lot !== null && line.lotId !== lot.lotId
  const detail = goodsDetail(facts, goods)
  if (lotDiffers) detail['lineLotNumber'] = line.lotNumber
  const told: Told = { trace, drug, detail }
  if (line?.sellUnit === 'unit') return say(facts, 'accept', 'split-pack-ok', { trace, drug, detail: { ...detail, unitsLeft: unitsLeftOf(pack, drug), sent: facts.policy.splitPolicy } })
  // Near-expiry goods are told to the customer (rules.md §3): said before anything else.
  if (detail['nearDays'] !== undefined) {
    const also = pack.provisional ? 'pack-ok-provisional' : pack.state === 'returned' ? 'pack-ok-returned' : null
    return say(facts, 'notice', 'pack-ok-near-expiry', { trace, drug, detail: { ...detail, also } })
  }
  if (pack.provisional) return say(facts, 'notice', 'pack-ok-provisional', told)
  if (pack.state === 'returned') return say(facts, 'notice', 'pack-ok-returned', { trace, drug, detail: { ...detail, ...sinceDetail(facts, pack) } })
  const full = fullLine(facts, drug.drugId)
  if (full !== null) return say(facts, 'accept', 'one-more-ok', { trace, drug, detail: { ...detail, needed: full.quantity / 10_000 + 1 } })
  return lotDiffers ? say(facts, 'notice', 'pack-ok-lot-differs', told) : say(facts, 'accept', 'pack-ok', told)
}

export const saySoldElsewhere = (facts: VerdictFacts, trace: PackTrace, drug: ScannedDrug | null): Decision =>
  sayOrSetAside(facts, 'refuse', 'sold-elsewhere', { trace, drug, detail: { source: facts.soldElsewhere?.source ?? '' } })

const onShelf = (facts: VerdictFacts, trace: PackTrace, pack: ScannedPack): Decision => {
  const { drug, lot } = pack
  if (facts.soldElsewhere !== null) return saySoldElsewhere(facts, trace, drug)
  // In the ledger without a drug: entered by an alarm, perhaps. Who it is must be told by receiving it.
  if (drug === null) return sayOrSetAside(facts, 'refuse', 'locked', { trace })
  const goods: Goods = { trace, drug, lot }
  return refuseGoods(facts, goods) ?? (pack.state === 'split-open' ? decideSplitPack(facts, goods, pack) : decideSellable(facts, goods, pack))
}

/** The ledger knows the pack: its one state decides. */
export const decideKnownPack = (facts: VerdictFacts, trace: PackTrace, pack: ScannedPack): Decision => {
  const { drug, saleId } = pack
  const lotNumber = pack.lot?.lotNumber ?? null
  switch (pack.state) {
    case 'sold':
    case 'settled':
      // Our own sale comes first: a list of codes sold in the country holds ours too.
      return say(facts, 'refuse', 'sold-here', { trace, drug, saleId, detail: soldDetail(facts, pack), ...(facts.repeats > SOFT_REPEATS ? { sound: 'stop' } : {}) })
    case 'in-sale': {
      if (saleId !== null && saleId === facts.saleId) return say(facts, 'refuse', 'in-this-sale', { trace, drug })
      const unconfirmed = pack.saleStatus === 'settling' || pack.saleStatus === 'unconfirmed'
      const detail = { receiptNumber: pack.receiptNumber, held: pack.saleStatus === 'held' }
      return say(facts, 'refuse', unconfirmed ? 'in-unconfirmed-sale' : 'in-another-sale', { trace, drug, saleId, detail })
    }
    case 'locked':
      return say(facts, 'refuse', 'locked', { trace, drug, detail: { lotNumber, ...sinceDetail(facts, pack) } })
    case 'destroyed':
      return sayOrSetAside(facts, 'refuse', 'destroyed', { trace, drug, detail: { lotNumber, ...sinceDetail(facts, pack) } })
    case 'transferred':
      return say(facts, 'refuse', 'transferred', { trace, drug, detail: { lotNumber, ...sinceDetail(facts, pack) } })
    case 'in-stock':
    case 'returned':
    case 'split-open':
      return onShelf(facts, trace, pack)
  }
}
