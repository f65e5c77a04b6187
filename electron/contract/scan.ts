import { z } from 'zod'
import { DrugId, SaleId } from './codes.ts'
import { ErrorDetail } from './errors.ts'

/** What a scanned text is, before anything is looked up. Names as in test/domain/vectors/trace-vectors.json. */
export const SCAN_KINDS = [
  'drug-trace', 'gs1', 'gs1-partial', 'gs1-ambiguous', 'gs1-url', 'udi', 'gtin', 'sscc', 'placeholder', 'partial', 'invalid', 'unknown',
  'insurance-ecert', 'insurance-openplatform', 'wechat-pay', 'alipay-pay', 'unionpay', 'id-card', 'rx-trace',
  'nhsa-drug', 'nhsa-tcm-patent', 'nhsa-herb', 'nhsa-consumable', 'nhsa-consumable-partial', 'nmpa-base-code', 'approval-number',
] as const
export const ScanKind = z.enum(SCAN_KINDS)
export type ScanKind = z.infer<typeof ScanKind>

/** What the counter is waiting for. The same text means another thing in another step (trace-codes.md §2.3). */
export const CounterStep = z.enum(['drug', 'person', 'payment'])
export type CounterStep = z.infer<typeof CounterStep>

/** What the scanner that read it is known to do (trace-codes.md §1.3, §4.1). A scanner that nobody described is trusted in nothing. */
export const ScannerHints = z.strictObject({
  /** Symbology identifier that the driver has apart from the text, such as `d2`. */
  aim: z.string().max(3).nullable().default(null),
  /** Every code comes with its symbology: one without has lost its beginning. */
  sendsAim: z.boolean().default(false),
  /** It delivers ASCII 29 as it stands: a missing one is none. */
  keepsSeparators: z.boolean().default(false),
  /** What it sends in place of ASCII 29, such as `{GS}` or `~`. */
  substitutes: z.array(z.string().min(1).max(8)).max(4).default([]),
})
export type ScannerHints = z.infer<typeof ScannerHints>

/** accept: done · notice: done, but say it · ask: nothing done until answered · refuse: nothing done. */
export const VerdictOutcome = z.enum(['accept', 'notice', 'ask', 'refuse'])
export type VerdictOutcome = z.infer<typeof VerdictOutcome>

/** Sounds: ok ≠ own repeat ≠ foreign repeat ≠ stop. */
export const SoundClass = z.enum(['ok', 'notice', 'ask', 'own-repeat', 'foreign', 'stop', 'wrong-step'])
export type SoundClass = z.infer<typeof SoundClass>

export const VERDICT_REASONS = [
  // accept and notice: done
  'pack-ok', 'pack-ok-near-expiry', 'pack-ok-lot-differs', 'pack-ok-returned', 'pack-ok-provisional', 'learned', 'learned-outer', 'received-by-scan', 'never-received-noted', 'split-pack-ok', 'one-more-ok',
  'drug-added', 'uncoded-ok', 'carton-opened', 'set-aside', 'person-read',
  // ask
  'never-received', 'unknown-identifier', 'ambiguous-identifier', 'ambiguous-barcode', 'unknown-issuer', 'unknown-code', 'carton', 'count-over', 'open-split-pack', 'product-barcode', 'product-without-code', 'uncoded-left', 'ecert-in-drug-step',
  // refuse: this pack (some offer what can be done instead)
  'in-this-sale', 'in-another-sale', 'in-unconfirmed-sale', 'sold-here', 'sold-elsewhere', 'never-received-refused', 'lot-unknown', 'expired', 'recalled', 'locked', 'destroyed', 'transferred',
  'wrong-level', 'wrong-level-unknown-drug', 'carton-open', 'never-issued', 'wrong-product', 'split-pack-empty', 'split-pack-of-whole', 'no-scan-needed', 'pieces-not-scanned', 'uncoded-empty',
  // refuse: not a pack's code
  'payment-code', 'id-in-drug-step', 'ecert-in-payment-step', 'drug-in-person-step', 'drug-in-payment-step', 'shipping-label', 'placeholder', 'invalid', 'gs1-ambiguous', 'gs1-partial',
  'identifier-only', 'device-code', 'national-code', 'social-card-needs-reader', 'not-a-person-code', 'not-a-payment-code',
] as const
export const VerdictReason = z.enum(VERDICT_REASONS)
export type VerdictReason = z.infer<typeof VerdictReason>

/** Answers the cashier can give (Enter gives the first). They come back with the same scan; `pick-drug` comes back with the drug picked. */
export const VerdictAnswer = z.enum(['sell-anyway', 'add-drug', 'read-person', 'open-pack', 'set-aside', 'pick-drug', 'open-carton', 'one-more', 'use-uncoded'])
export type VerdictAnswer = z.infer<typeof VerdictAnswer>

export const Verdict = z.strictObject({
  outcome: VerdictOutcome,
  reason: VerdictReason,
  sound: SoundClass,
  kind: ScanKind,
  /** Never the scanned text of a payment code, ID or e-voucher. `code` only for drug trace codes. */
  code: z.string().nullable(),
  drugId: DrugId.nullable(),
  drugName: z.string().nullable(),
  /** Values for the sentence of `reason` in domain/sentences. */
  detail: ErrorDetail,
  answers: z.array(VerdictAnswer),
  /** Drugs that the code may be, when more than one claims it: what `pick-drug` offers first. */
  candidates: z.array(z.strictObject({ drugId: DrugId, name: z.string() })),
  /** The sale that holds or sold the pack, for F6 and F7. */
  saleId: SaleId.nullable(),
  /** Set when the scan took longer than it should on a slow machine. */
  elapsedMicros: z.int(),
})
export type Verdict = z.infer<typeof Verdict>
