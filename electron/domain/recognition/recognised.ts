import type { ScanKind } from '../../contract/scan.ts'

/** What every answer carries. `raw` may be an ID, a voucher or a payment code: mask it before it goes anywhere. */
export interface Scanned {
  readonly raw: string
  /** Cleaned text: folded, trimmed, AIM removed, grouping blanks and hyphens removed. Recognising it again (with the same `aim`) gives the same answer. */
  readonly normalised: string
  /** Symbology identifier such as `]d2`, when the scanner sent one. */
  readonly aim: string | null
  /** Why it was taken for this, in English, without any of its digits. */
  readonly because: readonly string[]
}

export interface Element {
  readonly ai: string
  readonly value: string
}

export type InvalidReason =
  | 'empty'
  | 'too-long'
  | 'length'
  | 'two-scans'
  | 'beginning-lost'
  | 'id-check'
  | 'id-date'
  | 'ma-syntax'
  | 'ai-unknown'
  | `ai${string}-${'length' | 'format' | 'date' | 'repeated'}`

interface Gs1Fields {
  readonly issuer: 'GS1'
  readonly serial: string | null
  readonly lot: string | null
  /** A date, or `YYYY-MM` where the symbol names no day and no rule supplies one. */
  readonly expiresOn: string | null
  readonly producedOn: string | null
  /** Elements that have no field here: count, additional identifiers and the like. */
  readonly others: readonly Element[]
  /** The symbol's own data: no AIM, no brackets, one GS after a variable value that is not last. */
  readonly elementString: string
  /** Typed or copied from the human-readable line: no lost separator possible, mistypings are. */
  readonly bracketed: boolean
}
interface Gtin14 {
  readonly gtin: string
  readonly gtinCheck: boolean
  /** Indicator digit: 0 smallest pack, 1–8 inner and outer packs, 9 weighed. */
  readonly level: number
}

export interface DrugTrace {
  readonly kind: 'drug-trace'
  /** Of the rule that read it: MSFX or one of a rule file. */
  readonly issuer: string
  readonly drugIdentifier: string
  readonly serial: string
  /** 1 smallest … 3 carton; null: neither the code nor the table handed over says. */
  readonly level: number | null
}
export interface Gs1 extends Gs1Fields, Gtin14 {
  readonly kind: 'gs1'
}
export interface Gs1Partial extends Gs1Fields {
  readonly kind: 'gs1-partial'
}
/** A separator was lost: fields before the doubtful place only. */
export interface Gs1Ambiguous extends Gs1Fields {
  readonly kind: 'gs1-ambiguous'
  readonly gtin: string | null
  readonly gtinCheck: boolean | null
  readonly level: number | null
}
export interface Gs1Url extends Gtin14 {
  readonly kind: 'gs1-url'
  readonly issuer: 'GS1'
  readonly serial: string | null
  readonly lot: string | null
  readonly expiresOn: string | null
}
export interface Udi {
  readonly kind: 'udi'
  readonly issuer: 'MA' | 'HIBC' | 'AHM'
  readonly drugIdentifier: string | null
  readonly serial: string | null
  readonly lot: string | null
  readonly expiresOn: string | null
  readonly producedOn: string | null
  readonly sterilisationLot: string | null
  readonly validUntil: string | null
  readonly level: number | null
  /** Null: no check character, or public implementations disagree. False is a warning, never a refusal. */
  readonly diCheck: boolean | null
  readonly piCheck: boolean | null
  readonly hibcCheck: boolean | null
  /** The text is the code itself, not an XML wrapping of it. */
  readonly plain: boolean
}
export interface ProductBarcode extends Gtin14 {
  readonly kind: 'gtin'
}
export interface ShippingLabel {
  readonly kind: 'sscc'
  readonly issuer: 'GS1'
  readonly check: boolean
}
export interface Placeholder {
  readonly kind: 'placeholder'
}
export interface IdentifierOnly {
  readonly kind: 'partial'
  readonly drugIdentifier: string
}
export interface Invalid {
  readonly kind: 'invalid'
  readonly error: InvalidReason
  readonly issuer: 'GS1' | 'MA' | null
}
/** 处方追溯码, only where a prescription's field was scanned into. */
export interface PrescriptionTrace {
  readonly kind: 'rx-trace'
}
export interface Unknown {
  readonly kind: 'unknown'
}
export interface Voucher {
  readonly kind: 'insurance-ecert' | 'insurance-openplatform'
  readonly province: string
}
export interface PaymentCode {
  readonly kind: 'wechat-pay' | 'alipay-pay' | 'unionpay'
}
export interface IdCard {
  readonly kind: 'id-card'
}
export interface NationalCode {
  readonly kind: 'nhsa-drug' | 'nhsa-tcm-patent' | 'nhsa-herb' | 'nhsa-consumable' | 'nhsa-consumable-partial'
  readonly enterprise: string | null
  /** 本位码 by the table handed over. */
  readonly baseCode: string | null
}
export interface BaseCode {
  readonly kind: 'nmpa-base-code'
  readonly enterprise: string
  readonly check: boolean
}
export interface ApprovalNumber {
  readonly kind: 'approval-number'
}

/** What a parser finds, before the common fields are added. */
export type Finding =
  | DrugTrace
  | Gs1
  | Gs1Partial
  | Gs1Ambiguous
  | Gs1Url
  | Udi
  | ProductBarcode
  | ShippingLabel
  | Placeholder
  | IdentifierOnly
  | Invalid
  | Unknown
  | PrescriptionTrace
  | Voucher
  | PaymentCode
  | IdCard
  | NationalCode
  | BaseCode
  | ApprovalNumber

/** Parsers answer with what they found and why, or null: not mine. `text` replaces the normalised form where a parser cut it out of a wrapping. */
export interface Found {
  readonly finding: Finding
  readonly because: readonly string[]
  readonly text?: string
}

/** Closed: one member for every kind of the contract. */
export type Recognised = Scanned & Finding

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false
/** Fails to compile when the contract names a kind that nothing here produces, or the other way round. */
export const EVERY_KIND_HAS_A_SHAPE: Same<Finding['kind'], ScanKind> = true
