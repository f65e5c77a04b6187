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

export interface ScannedLot {
  readonly lotId: LotId
  readonly lotNumber: string
  readonly expiresOn: BusinessDate
  /** By its own mark or by a recall that names it. */
  readonly recalled: boolean
}

/** Where this shop's ledger stands for the code. */
export interface ScannedPack {
  readonly state: PackState
  /** The sale that holds or sold it. */
  readonly saleId: SaleId | null
  readonly receiptNumber: string | null
  readonly saleStatus: SaleStatus | null
  /** When it came to this state; null where the sentence does not say so. */
  readonly since: Instant | null
  /** Smallest units, 10⁻⁴. */
  readonly unitsLeft: Quantity
  readonly drug: ScannedDrug | null
  readonly lot: ScannedLot | null
  /** A split pack whose units stand on a line of this sale already. */
  readonly onLineOfSale: boolean
  /** It entered the ledger under a link that nobody has reviewed yet. */
  readonly provisional: boolean
}

/** A drug that the code's front may mean, by the three-code map or by a barcode. */
export interface Candidate {
  readonly linkId: string | null
  readonly drug: ScannedDrug
  /** 1 smallest sales pack, more: an outer pack. */
  readonly level: number
  readonly trust: 'confirmed' | 'provisional'
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
  /** The cashier set the quantity by hand: it is not grown in silence. */
  readonly quantitySet: boolean
  /** Whole packs of it from the uncoded list (无码库): there is nothing on them to scan. */
  readonly uncodedPacks: number
  /** Each code's smallest units, 10⁻⁴; `virtual`: fetched, not scanned. */
  readonly packs: readonly { readonly quantity: Quantity; readonly virtual?: boolean }[]
}

/** What the region or the responsible pharmacist decided (the profile's `trace`). */
export interface VerdictPolicy {
  readonly nearExpiryDays: number
  /** The shop stops selling so many days before the expiry day (rules.md §4, adjustable to earlier only). */
  readonly lastSaleDaysBefore: number
  readonly unreceived: 'ask' | 'notice' | 'refuse'
  /** What is sent of loose units: the pack's code each time, 20 nines, nothing. The pack is scanned here in any case: its units are counted. */
  readonly splitPolicy: 'repeat-with-counter' | 'fixed-filler' | 'not-sent'
  /** The counter demands the selected line's drug and nothing else. */
  readonly strict: boolean
}

/** Everything `decide` may know. Gathered by core/trace/gather-facts.ts; pure data. */
export interface VerdictFacts {
  readonly code: Recognised
  /** `traceOf(code)`, else `candidateTrace(code)`. */
  readonly trace: PackTrace | null
  /** False: no rule knows whose code it is; what its front is was guessed. */
  readonly issuerKnown: boolean
  readonly step: CounterStep
  readonly answer: VerdictAnswer | null
  /** The drug that the cashier says this code is. */
  readonly picked: { readonly drug: ScannedDrug; readonly level: number } | null
  /** The day that decides about expiry: by the clock, never before the newest day in the books. */
  readonly today: BusinessDate
  /** The clock says an earlier day than the books. */
  readonly clockBehind: boolean
  readonly policy: VerdictPolicy
  readonly saleId: SaleId | null
  readonly selectedLineId: LineId | null
  readonly pack: ScannedPack | null
  /** Who the code may be: confirmed links, else provisional ones; at most one a drug. */
  readonly candidates: readonly Candidate[]
  /** Who said that no issuer ever gave out this code's front. */
  readonly neverIssued: string | null
  /** An outer pack whose content is known. */
  readonly carton: { readonly drug: ScannedDrug; readonly level: number; readonly packs: number; readonly opened: boolean } | null
  /** On the paper of a delivery that was not received yet. */
  readonly expected: { readonly document: string; readonly drug: ScannedDrug; readonly lot: ScannedLot } | null
  /** The lot that the code's own symbol names, when this shop knows it; of a pack that is not in the ledger. */
  readonly lotBySymbol: ScannedLot | null
  /** The lot in the code's own symbol is under a recall, or every lot of the drug is. */
  readonly recalledBySymbol: boolean
  /** False: neither the symbol nor the shelf says of which lot it could be, so nobody knows its expiry. */
  readonly lotFound: boolean
  /** An alarm about it is open, though it is not in the ledger. */
  readonly alarmed: boolean
  /** This person may teach the map, and this code's front can be taught. */
  readonly mayLearn: boolean
  /** 无码库 of the drug whose barcode was scanned: packs left, and whether it is on the list at all. */
  readonly uncoded: { readonly left: number; readonly listed: boolean }
  /** Who said that this code was sold elsewhere. */
  readonly soldElsewhere: { readonly source: string } | null
  /** How often this sold pack was scanned since it was sold, this scan included. */
  readonly repeats: number
  readonly lines: readonly CandidateLine[]
}
