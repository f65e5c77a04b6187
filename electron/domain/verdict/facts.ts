import type {
  BusinessDate,
  CodeRequirement,
  CounterStep,
  DrugId,
  Instant,
  LineId,
  LotId,
  PackState,
  Quantity,
  SaleId,
  SaleStatus,
  SellUnit,
  VerdictAnswer,
} from '../../contract/index.ts'
import type { Recognised } from '../recognition/recognised.ts'
import type { PackTrace } from '../recognition/trace-of.ts'

/** What the verdict needs of a drug. */
export interface ScannedDrug {
  readonly drugId: DrugId
  readonly name: string
  readonly kind: 'western' | 'chinese-patent' | 'pieces'
  readonly codeRequirement: CodeRequirement
  readonly smallestUnit: string
}

/** Where this shop's ledger stands for the code. */
export interface ScannedPack {
  readonly state: PackState
  /** The sale that holds or sold it. */
  readonly saleId: SaleId | null
  readonly receiptNumber: string | null
  readonly saleStatus: SaleStatus | null
  readonly changedAt: Instant
  /** Smallest units, 10⁻⁴. */
  readonly unitsLeft: Quantity
  readonly drug: ScannedDrug | null
  readonly lot: { readonly lotId: LotId; readonly lotNumber: string; readonly expiresOn: BusinessDate; readonly recalled: boolean } | null
  /** A split pack whose units stand on a line of this sale already. */
  readonly onLineOfSale: boolean
}

/** A line of the sale that could take the code: of the same drug, or the one selected. */
export interface CandidateLine {
  readonly lineId: LineId
  readonly drugId: DrugId
  readonly drugName: string
  readonly lotId: LotId
  readonly lotNumber: string
  readonly codeRequirement: CodeRequirement
  readonly sellUnit: SellUnit
  readonly quantity: Quantity
  /** Each scanned code's smallest units, 10⁻⁴. */
  readonly packs: readonly { readonly quantity: Quantity }[]
}

/** Everything `decide` may know. Gathered by core/trace/gather-facts.ts; pure data. */
export interface VerdictFacts {
  readonly code: Recognised
  /** `traceOf(code)`. */
  readonly trace: PackTrace | null
  readonly step: CounterStep
  readonly answer: VerdictAnswer | null
  readonly now: Instant
  readonly today: BusinessDate
  readonly nearExpiryDays: number
  /** The shop stops selling so many days before the expiry day (rules.md §4, adjustable to earlier only). */
  readonly lastSaleDaysBefore: number
  readonly saleId: SaleId | null
  readonly selectedLineId: LineId | null
  /** The counter demands the selected line's drug and nothing else. */
  readonly strict: boolean
  readonly pack: ScannedPack | null
  /** By the three-code map, or by the barcode of a product; null: unknown or claimed by two drugs. */
  readonly identified: { readonly drug: ScannedDrug; readonly level: number } | null
  /** Who said that this code was sold elsewhere. */
  readonly soldElsewhere: { readonly source: string } | null
  /** How often this sold pack was scanned since it was sold, this scan included. */
  readonly repeats: number
  readonly lines: readonly CandidateLine[]
}
