import type { CodeRequirement, OutboxStatus, PackState, SaleId, SaleStatus, SellUnit, SettlementState } from '../../contract/index.ts'
import type { BusinessDate, DrugId, ErrorCode, ErrorDetail, Instant, LotId } from '../../contract/index.ts'

/** The line on which the pack was sold, or is being sold. */
export interface SoldLine {
  readonly saleId: SaleId
  readonly receiptNumber: string
  readonly saleStatus: SaleStatus
  readonly soldAt: Instant | null
  readonly returnedAt: Instant | null
  readonly insured: boolean
  readonly sellUnit: SellUnit
  /** Codes that are to be fetched for the line before it goes (3592B). */
  readonly codesToFetch: number
}

export interface PackGoods {
  readonly drugId: DrugId
  readonly drugName: string
  readonly requirement: CodeRequirement
  readonly nationalCode: string
  /** Null: the pack is in the ledger without a lot. */
  readonly lot: { readonly lotId: LotId; readonly lotNumber: string; readonly manufacturedOn: BusinessDate | null } | null
}

export interface UploadJob {
  readonly outboxId: string
  readonly status: OutboxStatus
  readonly attempts: number
  readonly dueAt: Instant
  readonly doneAt: Instant | null
  readonly error: { readonly code: ErrorCode; readonly detail: ErrorDetail } | null
}

/** An upload of an earlier sale of this pack, or of that sale's return, that the country was not told of. */
export interface EarlierUpload {
  readonly outboxId: string
  readonly saleId: SaleId
  readonly receiptNumber: string
  readonly parked: boolean
}

/** Everything that the ten checks look at. */
export interface UploadFacts {
  readonly state: PackState
  readonly virtual: boolean
  /** The sale (3505), or, once that is told, its return (3506). */
  readonly about: 'sale' | 'return'
  readonly goods: PackGoods | null
  /** The sale that holds or sold it last; null: never in a sale that counts. */
  readonly line: SoldLine | null
  /** False: the ledger names a sale, but none of its lines has this code. */
  readonly onLine: boolean
  /** What the region wants sent of this code: its own form · one fixed code for loose units · none. */
  readonly sentAs: 'own' | 'filler' | 'none'
  /** Characters of it, and how many the platform's table has room for. */
  readonly sentLength: number
  readonly width: number
  readonly licensed: boolean
  readonly settlement: { readonly state: SettlementState; readonly numbered: boolean } | null
  readonly earlier: EarlierUpload | null
  /** Whether an earlier sale of this pack exists at all. */
  readonly soldBefore: boolean
  readonly platform: 'unknown' | 'online' | 'offline'
  readonly job: UploadJob | null
}
