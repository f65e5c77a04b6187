import type { AuditCalls } from './calls/audit-calls.ts'
import type { BatchCalls } from './calls/batch-calls.ts'
import type { FileCalls } from './calls/file-calls.ts'
import type { MappingCalls } from './calls/mapping-calls.ts'
import type { ReconcileCalls } from './calls/reconcile-calls.ts'
import type { BusinessDate, ErrorDetail, Fen, Instant, Quantity, SettlementFigures, UnitPrice } from '../../contract/index.ts'

/** Who the platform should look up: what the credential, a reader or the cashier supplied. */
export interface ResolvedCredential {
  readonly kind: 'e-voucher' | 'id-card' | 'social-card'
  /** Voucher token, ID number or card number: what goes beside the credential type. */
  readonly number: string
  /** Card identification code of a social card. */
  readonly cardSerial: string | null
  /** National dictionary code of the identity document, 01 = resident ID. */
  readonly idType: string
  readonly idNumber: string
  readonly name: string
}

export interface PlatformInsurance {
  readonly insuranceType: string
  readonly personType: string
  readonly active: boolean
  readonly balanceFen: Fen
  readonly civilServant: boolean
  readonly region: string
}
export interface PlatformPerson {
  readonly personNumber: string
  readonly name: string
  readonly idType: string
  readonly idNumber: string
  readonly gender: 'male' | 'female' | 'unknown'
  readonly ageTenths: number
  /** As 1101 says it; absent where it does not. */
  readonly bornOn?: BusinessDate | null
  readonly insurances: readonly PlatformInsurance[]
}
export interface PlatformFiling { readonly diseaseCode: string; readonly diseaseName: string; readonly from: BusinessDate; readonly to: BusinessDate | null }
export interface PlatformEntitlement { readonly entitled: boolean; readonly reason: string; readonly fundType: string; readonly from: BusinessDate; readonly to: BusinessDate | null }
export interface PlatformAccumulator { readonly insuranceType: string; readonly year: string; readonly typeCode: string; readonly amountFen: Fen }

export interface BasketLine {
  /** Position in the sale, from 1: unique within the settlement, and how answers find their line. */
  readonly position: number
  readonly lineId: string
  readonly nationalCode: string
  readonly drugId: string
  readonly amountFen: Fen
  readonly quantity: Quantity
  readonly unitPrice: UnitPrice
  /** One entry a code; split: taken from an opened pack. */
  readonly packs: readonly { readonly code: string; readonly split: boolean }[]
}
/** A purchase to try or to settle. */
export interface InsuredBasket {
  readonly person: PlatformPerson
  readonly insurance: PlatformInsurance
  readonly credential: ResolvedCredential
  /** PurchaseKind; the profile knows the code. */
  readonly purchaseKind: string
  readonly diseaseCode: string | null
  readonly diseaseName: string | null
  readonly useAccount: boolean
  readonly at: Instant
  readonly totalFen: Fen
  readonly lines: readonly BasketLine[]
}

export interface Booked {
  readonly figures: SettlementFigures
  /** The platform's number of the settlement; null for a trial. */
  readonly setlId: string | null
  readonly visitId: string
  readonly settledAt: string
  readonly clearingOffice: string
  readonly clearingType: string
}

/** One row of goods sold or returned, to be uploaded. */
export interface UploadRow {
  /** Ours, unique per sale line and direction, at most 30 characters: the key the platform deletes by. */
  readonly rowKey: string
  readonly nationalCode: string
  readonly drugId: string
  readonly drugName: string
  readonly prescriptionOnly: boolean
  readonly split: boolean
  readonly quantity: Quantity
  readonly unitPrice: UnitPrice
  readonly lotNumber: string
  readonly manufacturedOn: BusinessDate
  readonly expiresOn: BusinessDate
  readonly barcode: string | null
  readonly receiptNumber: string
  readonly soldAt: Instant
  readonly sellerName: string
  readonly pharmacistName: string
  readonly pharmacistLicence: string
  readonly traceCodes: readonly string[]
  readonly insured: { readonly setlId: string; readonly visitId: string; readonly personNumber: string; readonly idType: string; readonly idNumber: string; readonly name: string; readonly region: string } | null
  /** Our own visit number for a self-paid sale. */
  readonly ownVisitId: string
}

/** Effectful calls are made in two steps: the bytes are stored, then sent (platform.md §8.1). */
export interface PreparedMessage {
  readonly messageId: string
  readonly infno: string
  readonly body: Uint8Array
}

/**
 * answered: infcode 0 and a whole, consistent answer · refused: the platform said no (nothing booked) ·
 * not-sent: the request surely never reached the platform (connection refused, gateway refusal before the platform) ·
 * unknown: it may have been booked (time-out, broken, unparsable or contradictory answer).
 */
export type Outcome<T> =
  | { readonly kind: 'answered'; readonly value: T; readonly raw: Uint8Array }
  | { readonly kind: 'refused'; readonly code: 'platform.refused' | 'upload.row-refused'; readonly detail: ErrorDetail; readonly raw: Uint8Array }
  | { readonly kind: 'not-sent'; readonly code: 'platform.offline' | 'platform.gateway' | 'platform.clock-skew' | 'platform.sign-in-failed' | 'platform.invalid-request'; readonly detail: ErrorDetail }
  | { readonly kind: 'unknown'; readonly code: 'platform.timeout' | 'platform.unexpected-answer' | 'platform.contradictory'; readonly detail: ErrorDetail; readonly raw: Uint8Array | null }

export interface ReconcileTotals {
  readonly insuranceType: string; readonly clearingType: string; readonly clearingOffice: string; readonly refund: boolean
  readonly from: BusinessDate; readonly to: BusinessDate; readonly count: number; readonly totalFen: Fen; readonly fundFen: Fen; readonly accountFen: Fen
}

export interface LineReport { readonly state: 'unknown' | 'online' | 'offline'; readonly since: Instant; readonly latencyMs: number | null; readonly clockSkewMs: number | null }

/** One sale of a pack that the country knows (3513). */
export interface KnownSaleOfPack {
  /** The designated institution that uploaded it. */
  readonly institution: string
  /** Its number is ours. */
  readonly here: boolean
  /** The uploader's key of the row. */
  readonly rowKey: string
  /** As the platform writes it; empty when it does not. */
  readonly at: string
  readonly split: boolean
}

/** A refusal that says a pack was sold by another institution (profile). `code`: what it names, often only the end of a code; null: none. */
export interface SoldElsewhereRefusal { readonly code: string | null }

/** Who operates the till, for the envelope and the day's sign-in. */
export interface Operator { readonly operatorId: string; readonly operatorName: string }

/**
 * The platform in trade words. Signs in by itself (9001, once an operator and day) before the first call that needs it. Never throws for what the platform or the line does: that is an Outcome.
 * Calls without effect (person, entitlement, filings, accumulators, trial, totals) may be repeated freely.
 */
export interface PlatformClient {
  readonly reconcile: ReconcileCalls
  readonly files: FileCalls
  readonly audit: AuditCalls
  readonly mapping: MappingCalls
  readonly batch: BatchCalls

  readPerson(operator: Operator, credential: ResolvedCredential): Promise<Outcome<PlatformPerson>>
  readEntitlement(operator: Operator, person: PlatformPerson, insurance: PlatformInsurance, purchaseKind: string, diseaseCode: string | null, diseaseName: string | null): Promise<Outcome<readonly PlatformEntitlement[]>>
  readFilings(operator: Operator, person: PlatformPerson, insurance: PlatformInsurance): Promise<Outcome<readonly PlatformFiling[]>>
  readAccumulators(operator: Operator, person: PlatformPerson, insurance: PlatformInsurance): Promise<Outcome<readonly PlatformAccumulator[]>>
  trial(operator: Operator, basket: InsuredBasket): Promise<Outcome<Booked>>
  totals(operator: Operator, totals: ReconcileTotals): Promise<Outcome<{ readonly balanced: boolean; readonly explanation: string }>>
  virtualCode(operator: Operator, drug: { readonly nationalCode: string; readonly drugId: string; readonly drugName: string; readonly rowKey: string }): Promise<Outcome<string>>

  /** Which sales of this pack the country knows (3513). Some provinces tell only of our own. */
  soldElsewhere(operator: Operator, pack: { readonly nationalCode: string; readonly code: string }): Promise<Outcome<readonly KnownSaleOfPack[]>>
  /** What an answer's refusal says of a pack sold elsewhere; null: it is about something else. */
  refusedAsSoldElsewhere(outcome: Outcome<unknown>): SoldElsewhereRefusal | null

  /** Signs in when needed and builds the bytes; errors (offline, sign-in refused, a value that the tables forbid) come back as not-sent. Nothing has left the till for this message yet. */
  prepareSettle(operator: Operator, basket: InsuredBasket): Promise<{ readonly kind: 'prepared'; readonly message: PreparedMessage } | Extract<Outcome<never>, { kind: 'not-sent' }>>
  prepareCancel(operator: Operator, settlement: { readonly setlId: string; readonly visitId: string; readonly personNumber: string; readonly region: string }): Promise<{ readonly kind: 'prepared'; readonly message: PreparedMessage } | Extract<Outcome<never>, { kind: 'not-sent' }>>
  prepareReverse(operator: Operator, original: { readonly messageId: string; readonly infno: string; readonly personNumber: string; readonly region: string }): Promise<{ readonly kind: 'prepared'; readonly message: PreparedMessage } | Extract<Outcome<never>, { kind: 'not-sent' }>>
  prepareUpload(operator: Operator, row: UploadRow, direction: 'sale' | 'return'): Promise<{ readonly kind: 'prepared'; readonly message: PreparedMessage } | Extract<Outcome<never>, { kind: 'not-sent' }>>

  /** `basket` is what was asked: the answer's lines and sums are checked against it (contradictory if they differ). */
  sendSettle(message: PreparedMessage, basket: InsuredBasket): Promise<Outcome<Booked>>
  /** A refusal whose text says it is cancelled already (profile) is answered with `alreadyCancelled`. `cancelledAt` is the platform's `setl_time` of the cancellation, yyyy-MM-dd HH:mm:ss. */
  sendCancel(message: PreparedMessage): Promise<Outcome<{ readonly alreadyCancelled: boolean; readonly figures: SettlementFigures | null; readonly cancelledAt: string | null }>>
  sendReverse(message: PreparedMessage): Promise<Outcome<{ readonly note: string }>>
  /** Two levels of success; a refusal that says "already uploaded" (profile) is an answer. */
  sendUpload(message: PreparedMessage): Promise<Outcome<{ readonly alreadyUploaded: boolean }>>

  /** Touches the platform with a call that has no effect and updates the line report. */
  probe(operator: Operator | null): Promise<LineReport>
  line(): LineReport
  /** Told when the line's state changes. */
  onLine(listener: (line: LineReport) => void): void
  close(): Promise<void>
}
