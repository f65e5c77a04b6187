import type { Blocker, BusinessDate, LineId, Person, PurchaseKind, SettlementState } from '../../contract/index.ts'
import { isExpired } from '../calendar.ts'
import type { CodedLine } from './packs-needed.ts'
import { fetchesMissing, scansMissing } from './packs-needed.ts'

export interface BlockedSale {
  readonly insured: boolean
  readonly person: Person | null
  readonly purchaseKind: PurchaseKind
  readonly diseaseCode: string | null
  /** The profile's word: this kind of purchase needs a valid filing. */
  readonly filingNeeded: boolean
  readonly shiftOpen: boolean
  readonly settlementState: SettlementState
  readonly lines: readonly (CodedLine & { readonly lineId: LineId; readonly name: string; readonly lotNumber: string; readonly expiresOn: BusinessDate; readonly recalled: boolean; readonly amountFen: number })[]
  /** Packs on its lines that are under suspicion. */
  readonly alarmed: readonly { readonly lineId: LineId; readonly code: string }[]
  /** Packs on its lines that only a link named which was revoked since. */
  readonly unnamed: readonly { readonly lineId: LineId; readonly code: string }[]
  /** Lines that the region settles only with a mapping in force, and have none. */
  readonly unmapped: readonly LineId[]
  /** What the province's rules found and nobody settled yet. */
  readonly claim: readonly Blocker[]
  readonly today: BusinessDate
  /** The shop stops selling so many days before the expiry day. */
  readonly lastSaleDaysBefore: number
}

/**
 * Everything that stands between this sale and the fund or the drawer, most useful first. `quote-first` is the last: it blocks settling, not the trial.
 * A virtual code that could not be fetched yet blocks the fund, not a self-paid sale: the upload fetches it (3592B).
 */
export const blockersOf = (sale: BlockedSale): readonly Blocker[] => {
  const found: Blocker[] = []
  const add = (code: Blocker['code'], lineId: LineId | null = null, detail: Blocker['detail'] = {}): void => { found.push({ code, lineId, detail }) }
  if (!sale.shiftOpen) add('no-shift')
  if (sale.lines.length === 0) add('empty')
  for (const line of sale.lines) {
    if (line.recalled) add('lot-recalled', line.lineId, { drugName: line.name, lotNumber: line.lotNumber })
    if (isExpired(line.expiresOn, sale.today, sale.lastSaleDaysBefore)) add('lot-expired', line.lineId, { drugName: line.name, expiresOn: line.expiresOn })
    if (line.amountFen <= 0) add('price-zero', line.lineId, { drugName: line.name })
    const missing = scansMissing(line) + (sale.insured ? fetchesMissing(line) : 0)
    if (missing > 0) add('missing-codes', line.lineId, { drugName: line.name, missing })
  }
  for (const { lineId, code } of sale.alarmed) add('pack-alarmed', lineId, { drugName: sale.lines.find((line) => line.lineId === lineId)?.name ?? null, tail: code.slice(-6) })
  for (const { lineId, code } of sale.unnamed) add('pack-unnamed', lineId, { drugName: sale.lines.find((line) => line.lineId === lineId)?.name ?? null, tail: code.slice(-6) })
  if (!sale.insured) return found
  if (sale.person === null) add('needs-person')
  else {
    const insurance = sale.person.insurances[sale.person.chosenInsurance]
    if (insurance === undefined || !insurance.active) add('insurance-inactive')
    if (sale.filingNeeded && !sale.person.filings.some((filing) => filing.valid && filing.diseaseCode === sale.diseaseCode)) add('filing-required')
    if (sale.person.entitlement.state === 'not-entitled') add('not-entitled', null, { text: sale.person.entitlement.reason })
  }
  for (const lineId of sale.unmapped) add('not-mapped', lineId, { drugName: sale.lines.find((line) => line.lineId === lineId)?.name ?? null })
  found.push(...sale.claim)
  if (sale.settlementState !== 'quoted') add('quote-first')
  return found
}
