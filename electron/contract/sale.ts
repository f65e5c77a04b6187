import { z } from 'zod'
import { ClaimCheck } from './claim-check.ts'
import { DrugId, LineId, LotId, SaleId } from './codes.ts'
import { ErrorCode, ErrorDetail } from './errors.ts'
import { CodeRequirement, InsuranceClass } from './drug.ts'
import { Fen, Quantity, UnitPrice } from './money.ts'
import { Credential, Person } from './person.ts'
import { command, query } from './procedure.ts'
import { BroughtBack } from './returns.ts'
import { CounterStep, ScannerHints, Verdict, VerdictAnswer } from './scan.ts'
import { TenderMethod } from './session.ts'
import { SettlementFigures, SettlementState, SettlementStoryItem } from './settlement.ts'
import { BusinessDate, Instant } from './time.ts'

/**
 * open: being made · held · settling: the platform was asked · unconfirmed 待确认: its answer was lost · due: settled, tender to take ·
 * closed · returning: 2103 was asked · returned · reversed: the lost settlement was undone, nothing sold · voided: given up before settlement.
 */
export const SaleStatus = z.enum(['open', 'held', 'settling', 'unconfirmed', 'due', 'closed', 'returning', 'returned', 'reversed', 'voided'])
export type SaleStatus = z.infer<typeof SaleStatus>

/** 药店购药 · 门诊慢特病 · 门诊两病 · 普通门诊(统筹) · 特药. Which are offered, and the code sent, is the region profile's. */
export const PurchaseKind = z.enum(['pharmacy', 'chronic', 'two-disease', 'outpatient', 'special-drug'])
export type PurchaseKind = z.infer<typeof PurchaseKind>
export const PurchaseType = z.strictObject({ kind: PurchaseKind, diseaseCode: z.string().nullable(), diseaseName: z.string().nullable() })
export type PurchaseType = z.infer<typeof PurchaseType>

export const SellUnit = z.enum(['pack', 'unit'])
export type SellUnit = z.infer<typeof SellUnit>

/** One code on a line. For a split pack `quantity` is the smallest units taken from it. */
export const LinePack = z.strictObject({ code: z.string(), virtual: z.boolean(), quantity: Quantity })

export const SaleLine = z.strictObject({
  lineId: LineId,
  drugId: DrugId,
  name: z.string(),
  spec: z.string(),
  maker: z.string(),
  prescriptionOnly: z.boolean(),
  insuranceClass: InsuranceClass,
  codeRequirement: CodeRequirement,
  lotId: LotId,
  lotNumber: z.string(),
  expiresOn: BusinessDate,
  nearExpiry: z.boolean(),
  recalled: z.boolean(),
  sellUnit: SellUnit,
  unitName: z.string(),
  quantity: Quantity,
  unitPrice: UnitPrice,
  amountFen: Fen,
  /** n of m: codes scanned and codes needed. */
  packsScanned: z.int(),
  packsNeeded: z.int(),
  packs: z.array(LinePack),
  /** Whole packs of the line from the uncoded list 无码库, and whether a code is fetched for each (region profile). */
  uncodedPacks: z.int().nonnegative(),
  uncodedFetched: z.boolean(),
})
export type SaleLine = z.infer<typeof SaleLine>

/** Why the sale cannot be quoted or settled; the settle key says the first and jumps to its line. Codes: missing-codes, needs-person, no-insurance, filing-required, empty, offline … */
export const BLOCKER_CODES = ['empty', 'missing-codes', 'needs-person', 'insurance-inactive', 'filing-required', 'not-entitled', 'no-shift', 'quote-first', 'lot-expired', 'lot-recalled', 'price-zero', 'needs-prescription', 'upload-waiting', 'pack-alarmed', 'pack-unnamed', 'claim-stopped', 'claim-undecided', 'claim-prescriber', 'claim-unchecked', 'not-mapped'] as const
export const Blocker = z.strictObject({ code: z.enum(BLOCKER_CODES), lineId: LineId.nullable(), detail: ErrorDetail })
export type Blocker = z.infer<typeof Blocker>

export const Tender = z.strictObject({ tenderId: z.uuid(), method: TenderMethod, amountFen: Fen, givenFen: Fen, changeFen: Fen, at: Instant, refund: z.boolean() })
export type Tender = z.infer<typeof Tender>

export const UploadState = z.enum(['none', 'waiting', 'uploaded', 'parked'])
export type UploadState = z.infer<typeof UploadState>

export const Sale = z.strictObject({
  saleId: SaleId,
  /** Receipt number of the day, e.g. 20261121-0031. Given when the sale is opened. */
  receiptNumber: z.string(),
  status: SaleStatus,
  openedAt: Instant,
  closedAt: Instant.nullable(),
  staffName: z.string(),
  insured: z.boolean(),
  person: Person.nullable(),
  purchaseType: PurchaseType,
  lines: z.array(SaleLine),
  totalFen: Fen,
  blockers: z.array(Blocker),
  /** 明细审核 of this basket. */
  claimCheck: ClaimCheck,
  settlementState: SettlementState,
  /** Last refusal, in the platform's own (cleaned) words. */
  refusal: z.strictObject({ code: ErrorCode, detail: ErrorDetail }).nullable(),
  /** Trial; null once the basket changed. */
  quote: SettlementFigures.nullable(),
  /** Booked. */
  settled: SettlementFigures.nullable(),
  /** When the running platform call was sent; the till shows elapsed seconds. */
  waitingSince: Instant.nullable(),
  /** What the patient has to pay now, less tenders taken. */
  dueFen: Fen,
  tenders: z.array(Tender),
  upload: UploadState,
  returnUpload: UploadState,
  heldNote: z.string(),
})
export type Sale = z.infer<typeof Sale>

export const SaleSummary = z.strictObject({
  saleId: SaleId, receiptNumber: z.string(), status: SaleStatus, openedAt: Instant, closedAt: Instant.nullable(), staffName: z.string(), insured: z.boolean(), personMasked: z.string().nullable(),
  totalFen: Fen, fundFen: Fen, accountFen: Fen, cashFen: Fen, lineCount: z.int(), firstDrug: z.string(), upload: UploadState, settlementState: SettlementState, heldNote: z.string(),
})
export type SaleSummary = z.infer<typeof SaleSummary>

const onSale = { saleId: SaleId }

export const saleProcedures = {
  'sale.startSale': command({ input: z.strictObject({}), output: Sale, audit: false }),
  'sale.getSale': query({ input: z.strictObject(onSale), output: Sale }),
  'sale.listSales': query({
    input: z.strictObject({ date: BusinessDate.nullable().default(null), statuses: z.array(SaleStatus).default([]), text: z.string().max(80).default(''), limit: z.int().min(1).max(500).default(200) }),
    output: z.array(SaleSummary),
  }),
  /** The story of a sale's settlement, oldest first. */
  'sale.getStory': query({ input: z.strictObject(onSale), output: z.array(SettlementStoryItem) }),
  /**
   * One scan. Recognises, decides, and (accept, notice, or ask with `answer`) does it. In the person step an e-voucher or ID is read (1101 …); never throws for a bad code: that is a verdict.
   * Errors: sale.wrong-state; platform.* and credential.* while a person is read.
   */
  'sale.scanCode': command({
    input: z.strictObject({ ...onSale, raw: z.string().max(4096), step: CounterStep, via: z.enum(['hid', 'serial', 'wedge', 'typed', 'panel']), answer: VerdictAnswer.nullable().default(null), selectedLineId: LineId.nullable().default(null), scanner: ScannerHints.nullable().default(null),
      /** With the answer pick-drug: which drug this code is, and its pack level (1 smallest). */
      drugId: DrugId.nullable().default(null), level: z.int().min(1).max(9).default(1) }),
    output: z.strictObject({ verdict: Verdict, sale: Sale, lineId: LineId.nullable() }), audit: false,
  }),
  /** Adds one pack's line (first expiring lot with stock), codes still missing; a drug without codes gets its virtual code at once (or when the line is back). */
  'sale.addDrug': command({ input: z.strictObject({ ...onSale, drugId: DrugId, sellUnit: SellUnit.default('pack') }), output: z.strictObject({ sale: Sale, lineId: LineId }), audit: false }),
  /** Errors: sale.quantity-below-scanned (void the line or its packs instead), drug.no-stock. */
  'sale.setQuantity': command({ input: z.strictObject({ ...onSale, lineId: LineId, quantity: Quantity }), output: Sale, audit: false }),
  /** Turns a whole-pack line into a split one (拆零), quantity in smallest units, and back. */
  'sale.setSellUnit': command({ input: z.strictObject({ ...onSale, lineId: LineId, sellUnit: SellUnit, quantity: Quantity }), output: Sale }),
  /**
   * So many of a line's packs come from the uncoded list 无码库 and are not scanned; 0: none any more. They are taken at once, and given back when line, sale or quantity goes.
   * Errors: uncoded.used-up, uncoded.not-needed, uncoded.whole-packs, sale.quantity-below-scanned.
   */
  'sale.useUncoded': command({ input: z.strictObject({ ...onSale, lineId: LineId, packs: z.int().min(0).max(9_999) }), output: Sale }),
  /** A reason is required once codes were scanned; its codes go back to stock. */
  'sale.voidLine': command({ input: z.strictObject({ ...onSale, lineId: LineId, reason: z.string().max(200) }), output: Sale }),
  'sale.readPerson': command({ input: z.strictObject({ ...onSale, credential: Credential }), output: Sale }),
  /** Reads the same person's entitlement, filings and accumulators again. */
  'sale.refreshPerson': command({ input: z.strictObject(onSale), output: Sale, audit: false }),
  'sale.removePerson': command({ input: z.strictObject(onSale), output: Sale }),
  'sale.chooseInsurance': command({ input: z.strictObject({ ...onSale, index: z.int().nonnegative() }), output: Sale }),
  'sale.setPurchaseType': command({ input: z.strictObject({ ...onSale, kind: PurchaseKind, diseaseCode: z.string().max(30).nullable() }), output: Sale, audit: false }),
  /** true: with the fund (needs a person); false: self-paid, the person stays for the record. */
  'sale.setInsured': command({ input: z.strictObject({ ...onSale, insured: z.boolean() }), output: Sale }),
  'sale.holdSale': command({ input: z.strictObject({ ...onSale, note: z.string().max(100).default('') }), output: Sale }),
  'sale.recallSale': command({ input: z.strictObject(onSale), output: Sale }),
  /** Gives up an unsettled sale; codes go back to stock. */
  'sale.voidSale': command({ input: z.strictObject({ ...onSale, reason: z.string().min(1).max(200) }), output: Sale }),
  /** Trial (2101). Answers the sale with `quote` or `refusal`. Errors: sale.blocked, platform.offline. */
  'sale.quoteSale': command({ input: z.strictObject(onSale), output: Sale }),
  /**
   * Settles (2102) and, in the same transaction as the answer, moves stock, packs and outbox. Ends due (or closed when nothing is to pay), open with `refusal`, or unconfirmed; never throws for a lost answer.
   * A self-paid sale is not settled but paid: takeTender closes it. Errors: sale.blocked, platform.offline.
   */
  'sale.settleSale': command({ input: z.strictObject(onSale), output: Sale }),
  /** Records what was taken. Cash may exceed the due (change); others may not. The tender that covers the due closes the sale. */
  'sale.takeTender': command({ input: z.strictObject({ ...onSale, method: TenderMethod, givenFen: Fen }), output: Sale }),
  /**
   * Full return of a closed sale: 2103 when insured, refund tenders negate the original ones, stock and codes back, 3506 queued. It cannot be undone: what was returned is sold anew.
   * Errors: sale.not-returnable (detail.reason: ReturnRefusal), platform.*, settlement.cancel-refused as `refusal`.
   */
  'sale.returnSale': command({
    input: z.strictObject({ ...onSale, reason: z.string().min(1).max(200),
      /** Every whole pack with a code of its own, as it was held under the scanner. */
      packs: z.array(BroughtBack).max(1_000).default([]), unscannableReason: z.string().max(200).default('') }),
    output: Sale,
  }),
  /** Copies lines and codes of a reversed or voided sale into a new open one. */
  'sale.copyToNew': command({ input: z.strictObject(onSale), output: Sale }),
  /** Asks the platform again about an unconfirmed or returning sale now instead of at its next turn. */
  'sale.resolveNow': command({ input: z.strictObject(onSale), output: Sale }),
  /** A manager ends what the platform refused to undo, by evidence from outside (the province's own screen or statement): a parked settlement, or (`still-settled`) a lost cancellation whose repeat was refused. */
  'sale.decideParked': command({ input: z.strictObject({ ...onSale, decision: z.enum(['never-booked', 'retry-reversal', 'still-settled']), evidence: z.string().min(4).max(500) }), output: Sale, permission: 'manager' }),
}
