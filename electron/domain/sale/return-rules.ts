import type { BroughtBack, BusinessDate, ErrorDetail, PackState, ReturnRefusal, SaleLine, SaleStatus } from '../../contract/index.ts'
import { addDays, daysBetween, isExpired } from '../calendar.ts'

/** One code of the sale, as the ledger has it now. */
export interface SoldPack {
  readonly code: string
  readonly drugName: string
  readonly lotNumber: string
  readonly state: PackState
  /** The ledger says that this sale has it. Loose units belong to their line. */
  readonly ofThisSale: boolean
  readonly openAlarm: boolean
}
export interface SoldLot {
  readonly drugName: string
  readonly lotNumber: string
  readonly expiresOn: BusinessDate
  readonly recalled: boolean
}
export interface ReturnFacts {
  readonly status: SaleStatus
  readonly receiptNumber: string
  readonly soldOn: BusinessDate | null
  readonly today: BusinessDate
  /** The newest day on which anything was sold here: a clock that was set back gives nobody more days. */
  readonly newestSaleOn: BusinessDate | null
  readonly returnDays: number
  readonly shiftOpen: boolean
  readonly lots: readonly SoldLot[]
  readonly packs: readonly SoldPack[]
  /** An alarm that was raised over the sale itself. */
  readonly saleAlarm: boolean
}
export interface Refusal {
  readonly reason: ReturnRefusal
  readonly detail: ErrorDetail
}

/** Last day of return: calendar days, the day of the sale is day 0. */
export const returnUntil = (soldOn: BusinessDate, returnDays: number): BusinessDate => addDays(soldOn, returnDays)

/** The later of the clock and of what the books prove. */
export const returnDay = ({ today, newestSaleOn }: Pick<ReturnFacts, 'today' | 'newestSaleOn'>): BusinessDate => (newestSaleOn !== null && newestSaleOn > today ? newestSaleOn : today)

/** Whole days since the sale, never negative. */
export const daysSince = (soldOn: BusinessDate, day: BusinessDate): number => Math.max(0, daysBetween(soldOn, day))

const statusRefusal = (status: SaleStatus): ReturnRefusal | null => {
  switch (status) {
    case 'closed':
    // Settled, but the patient cannot pay the rest: the settlement is cancelled like any other.
    case 'due':
      return null
    case 'open':
    case 'held':
    case 'voided':
    case 'reversed':
      return 'not-sold'
    case 'settling':
    case 'unconfirmed':
      return 'unconfirmed'
    case 'returning':
      return 'returning'
    case 'returned':
      return 'returned'
  }
}

const packRefusal = (pack: SoldPack): ReturnRefusal | null => {
  if (pack.openAlarm) return 'alarm'
  switch (pack.state) {
    case 'sold':
    case 'settled':
      return pack.ofThisSale ? null : 'sold-again'
    // Loose units: the pack stays at the counter.
    case 'split-open':
      return null
    case 'locked':
      return 'locked'
    case 'destroyed':
      return 'destroyed'
    case 'transferred':
      return 'transferred'
    case 'in-stock':
    case 'in-sale':
    case 'returned':
      return 'sold-again'
  }
}

/**
 * Everything that forbids taking this sale back, dangerous goods first; empty: it may be returned (rules.md §5: at the same place, within days, never for recalled, expired, destroyed or suspected packs, never twice).
 * A wrong state of the sale hides the rest: nothing else about it matters.
 */
export const returnRefusals = (facts: ReturnFacts): readonly Refusal[] => {
  const { receiptNumber, soldOn, returnDays } = facts
  const wrong = statusRefusal(facts.status)
  if (wrong !== null || soldOn === null) return [{ reason: wrong ?? 'not-sold', detail: { receiptNumber, status: facts.status } }]
  const found: Refusal[] = []
  const day = returnDay(facts)
  if (facts.saleAlarm) found.push({ reason: 'alarm', detail: { receiptNumber } })
  for (const { drugName, lotNumber, expiresOn, recalled } of facts.lots) {
    if (recalled) found.push({ reason: 'recalled', detail: { drugName, lotNumber } })
    if (isExpired(expiresOn, day)) found.push({ reason: 'expired', detail: { drugName, lotNumber, expiresOn } })
  }
  for (const pack of facts.packs) {
    const reason = packRefusal(pack)
    const { drugName, lotNumber } = pack
    if (reason !== null && !found.some((other) => other.reason === reason && other.detail['drugName'] === drugName)) found.push({ reason, detail: { drugName, lotNumber } })
  }
  const days = daysSince(soldOn, day)
  if (days > returnDays) found.push({ reason: 'too-late', detail: { receiptNumber, soldOn, days, returnDays } })
  if (!facts.shiftOpen) found.push({ reason: 'no-shift', detail: {} })
  return found
}

/** What `sale.returnSale` wants when every pack came back whole: the codes that were scanned of whole packs. */
export const allBackWhole = (lines: readonly Pick<SaleLine, 'sellUnit' | 'packs'>[]): BroughtBack[] =>
  lines.filter((line) => line.sellUnit === 'pack').flatMap((line) => line.packs.filter((pack) => !pack.virtual).map((pack) => ({ code: pack.code, back: 'sellable' })))

/**
 * Was every pack that must be scanned brought back, and nothing else? A pack that is not here is not returned: the province wants the same codes, and there is no partial return.
 * A code that cannot be read any more is a manager's word, with a reason.
 */
export const broughtBackRefusal = (
  packs: readonly { readonly code: string; readonly mustScan: boolean }[],
  told: readonly BroughtBack[],
  by: { readonly isManager: boolean; readonly unscannableReason: string },
): Refusal | null => {
  const codes = new Set(told.map((pack) => pack.code))
  if (codes.size < told.length) return { reason: 'scanned-already', detail: {} }
  const own = new Set(packs.map((pack) => pack.code))
  if (told.some((pack) => !own.has(pack.code))) return { reason: 'other-sale', detail: {} }
  const missing = packs.filter((pack) => pack.mustScan && !codes.has(pack.code)).length
  if (missing > 0) return { reason: 'packs-missing', detail: { missing } }
  if (!told.some((pack) => pack.back === 'unscannable')) return null
  if (!by.isManager) return { reason: 'needs-manager', detail: {} }
  return by.unscannableReason.trim().length < 2 ? { reason: 'reason-missing', detail: {} } : null
}
