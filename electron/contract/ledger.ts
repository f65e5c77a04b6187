import { z } from 'zod'
import { DrugId, LotId, NationalDrugCode, SaleId } from './codes.ts'
import { ErrorDetail } from './errors.ts'
import { Quantity } from './money.ts'
import { OutboxStatus } from './outbox.ts'
import { command, query } from './procedure.ts'
import { SaleStatus, SellUnit, UploadState } from './sale.ts'
import { StaffId } from './session.ts'
import { SettlementState } from './settlement.ts'
import { BusinessDate, Instant } from './time.ts'
import { Pack, PackState } from './trace.ts'

/** What a search may be told to take its text for. A patient is looked for by `trace.findPatients`: that leaves a row in the audit log, and a query leaves none. */
export const PackSearchBy = z.enum(['any', 'code', 'drug', 'lot', 'receipt'])
export type PackSearchBy = z.infer<typeof PackSearchBy>

/** What it was taken for. `recent`: no text, the newest sales · `person-number`: it may be somebody's ID number, nothing was looked up · `nothing`: fits nothing. */
export const SearchSense = z.enum(['recent', 'state', 'code', 'code-front', 'drug', 'lot', 'receipt', 'person-number', 'nothing'])
export type SearchSense = z.infer<typeof SearchSense>

export const FoundPack = z.strictObject({
  code: z.string(), state: PackState, drugName: z.string().nullable(), spec: z.string().nullable(), lotNumber: z.string().nullable(), expiresOn: BusinessDate.nullable(),
  /** The sale that has it or had it last. */
  receiptNumber: z.string().nullable(),
  changedAt: Instant.nullable(),
  /** Of its last sale, or of that sale's return. */
  upload: UploadState,
})
export type FoundPack = z.infer<typeof FoundPack>

const paging = {
  states: z.array(PackState).max(9).default([]),
  limit: z.int().min(1).max(200).default(60),
  /** `next` of the page before. */
  after: z.string().max(200).nullable().default(null),
}
const found = { rows: z.array(FoundPack), /** Null: that was all. A page may be short, even empty, and still have a next one. */ next: z.string().nullable() }

export const FoundPatient = z.strictObject({ personId: z.uuid(), nameMasked: z.string(), idMasked: z.string(), sales: z.int(), lastSoldAt: Instant.nullable() })
export type FoundPatient = z.infer<typeof FoundPatient>

/** One upload of a pack: 3505 of its sale or 3506 of the return. */
export const PackUpload = z.strictObject({ state: UploadState, doneAt: Instant.nullable() })
export type PackUpload = z.infer<typeof PackUpload>

/** A sale that this pack was on. */
export const PackSale = z.strictObject({
  saleId: SaleId, receiptNumber: z.string(), status: SaleStatus, soldAt: Instant.nullable(), returnedAt: Instant.nullable(), staffName: z.string(),
  insured: z.boolean(), personMasked: z.string().nullable(), settlementState: SettlementState, /** The platform's time. */ settledAt: z.string().nullable(),
  sellUnit: SellUnit, /** Smallest units taken of this pack. */ quantity: Quantity,
  upload: PackUpload, returnUpload: PackUpload,
})
export type PackSale = z.infer<typeof PackSale>

/** What can be done with a pack where it stands now. */
export const PackAction = z.enum(['lock', 'release', 'destroy', 'transfer'])
export type PackAction = z.infer<typeof PackAction>

/** One pack's life on one page. */
export const PackLife = z.strictObject({
  pack: Pack,
  spec: z.string().nullable(), maker: z.string().nullable(), smallestUnit: z.string().nullable(), manufacturedOn: BusinessDate.nullable(), recalled: z.boolean(),
  /** Papers it came with. */
  deliveries: z.array(z.strictObject({ documentNumber: z.string(), supplier: z.string(), receivedAt: Instant.nullable(), receivedBy: z.string().nullable() })),
  /** The carton it lay in. */
  carton: z.strictObject({ code: z.string(), level: z.int(), openedAt: Instant.nullable() }).nullable(),
  /** Newest first. */
  sales: z.array(PackSale),
  alarms: z.array(z.strictObject({ alarmId: z.string(), kind: z.enum(['sold-elsewhere', 'suspicion']), source: z.string(), toldAt: Instant, status: z.enum(['open', 'reported', 'closed']), place: z.string(), outcome: z.string() })),
  soldElsewhere: z.strictObject({ source: z.string(), toldAt: Instant }).nullable(),
  /** What says that its front means this drug: the provisional links under which it came into the ledger (`at`), else the map's link of today. */
  links: z.array(z.strictObject({ linkId: z.string(), value: z.string(), level: z.int().nullable(), trust: z.enum(['confirmed', 'provisional', 'revoked']), learntBy: z.string().nullable(), at: Instant.nullable() })),
  actions: z.array(PackAction),
})
export type PackLife = z.infer<typeof PackLife>

/** In this order. */
export const UPLOAD_CHECKS = ['sold', 'collected', 'code', 'lot-date', 'national-code', 'licence', 'settlement', 'order', 'line', 'taken'] as const
export const UploadCheckName = z.enum(UPLOAD_CHECKS)
export type UploadCheckName = z.infer<typeof UploadCheckName>

/** pass · fail: a person must do something · waits: ends by itself · not-needed. */
export const CheckResult = z.enum(['pass', 'fail', 'waits', 'not-needed'])
export type CheckResult = z.infer<typeof CheckResult>

/** Every one has a sentence in domain/sentences. */
export const UPLOAD_CHECK_REASONS = [
  'sold', 'returned', 'handed-over', 'not-sold', 'in-open-sale', 'not-yet',
  'coded', 'fetched-code', 'not-collected', 'drug-unknown',
  'code-fits', 'code-filler', 'code-not-sent', 'not-on-line', 'code-too-wide', 'virtual-code-missing',
  'lot-dated', 'lot-undated',
  'nationally-coded', 'national-code-missing',
  'licensed', 'no-licence',
  'self-paid', 'settled', 'cancelled', 'settlement-running', 'settlement-unconfirmed', 'settlement-parked', 'settlement-reversed', 'settlement-number-missing', 'cancel-unconfirmed',
  'first-sale', 'earlier-told', 'earlier-waiting', 'earlier-parked', 'units-free',
  'online', 'offline', 'sign-in-failed', 'clock-wrong', 'line-idle',
  'taken', 'sending', 'queued', 'tried', 'refused', 'row-invalid', 'repaired', 'blocked-above', 'nothing-queued', 'told-already',
] as const
export const UploadCheckReason = z.enum(UPLOAD_CHECK_REASONS)
export type UploadCheckReason = z.infer<typeof UploadCheckReason>

/** What ends it: type the lot's date · type the drug's national code · type the licence number · put the upload back · run what is due now · open the sale · explain the earlier sale of this pack · open the three-code map. */
export const UploadFixAction = z.enum(['supply-date', 'supply-national-code', 'supply-licence', 'retry', 'run-now', 'open-sale', 'explain-earlier', 'open-map'])
export type UploadFixAction = z.infer<typeof UploadFixAction>

export const UploadFix = z.strictObject({ action: UploadFixAction, outboxId: z.string().nullable(), saleId: SaleId.nullable(), receiptNumber: z.string().nullable(), lotId: LotId.nullable(), drugId: DrugId.nullable() })
export type UploadFix = z.infer<typeof UploadFix>

export const UploadCheck = z.strictObject({ name: UploadCheckName, result: CheckResult, reason: UploadCheckReason, detail: ErrorDetail, fix: UploadFix.nullable() })
export type UploadCheck = z.infer<typeof UploadCheck>

export const UploadStory = z.strictObject({
  code: z.string(), drugName: z.string().nullable(), lotNumber: z.string().nullable(), receiptNumber: z.string().nullable(), saleId: SaleId.nullable(),
  /** The sale (3505), or, once that is told, its return (3506). */
  about: z.enum(['sale', 'return']),
  status: OutboxStatus.nullable(),
  checks: z.array(UploadCheck).length(UPLOAD_CHECKS.length),
})
export type UploadStory = z.infer<typeof UploadStory>

/** What the national look-up shows to a patient (rules.md §1.3), by our own books: none · one sale, theirs · one sale, not theirs · two or more. */
export const PATIENT_ANSWERS = ['none', 'one-theirs', 'one-not-theirs', 'several'] as const
export const PatientAnswer = z.enum(PATIENT_ANSWERS)
export type PatientAnswer = z.infer<typeof PatientAnswer>
export const PATIENT_REASONS = [
  'none-not-sold', 'none-waiting', 'none-held-up', 'none-returned', 'none-not-collected',
  'theirs', 'theirs-self-paid', 'elsewhere', 'elsewhere-and-waiting', 'return-not-told', 'here-and-elsewhere', 'here-twice',
] as const
export const PatientReason = z.enum(PATIENT_REASONS)
export type PatientReason = z.infer<typeof PatientReason>

export const PatientView = z.strictObject({
  code: z.string(), drugName: z.string().nullable(), spec: z.string().nullable(), maker: z.string().nullable(), lotNumber: z.string().nullable(), expiresOn: BusinessDate.nullable(),
  answer: PatientAnswer, reason: PatientReason, detail: ErrorDetail,
  /** Sales that the country knows of, or will when our uploads are through; newest first. */
  records: z.array(z.strictObject({ place: z.enum(['here', 'elsewhere']), at: Instant.nullable(), receiptNumber: z.string().nullable(), personMasked: z.string().nullable(), toldAt: Instant.nullable(), returnedAt: Instant.nullable(), returnToldAt: Instant.nullable() })),
  askedAt: Instant,
})
export type PatientView = z.infer<typeof PatientView>

const onPack = { code: z.string().min(1).max(200) }
const withReason = { ...onPack, reason: z.string().trim().min(2).max(200) }

export const ledgerProcedures = {
  /** Packs by what is typed or scanned; never more than a page is read, however long the history. */
  'trace.searchPacks': query({ input: z.strictObject({ text: z.string().max(200), by: PackSearchBy.default('any'), ...paging }), output: z.strictObject({ sense: SearchSense, /** Of our own books, never the text. */ subject: z.string(), ...found }) }),
  /** By whole ID number or person number, whole name, or masked name. Audited; answers nothing in clear. */
  'trace.findPatients': command({ input: z.strictObject({ text: z.string().trim().min(1).max(50) }), output: z.strictObject({ people: z.array(FoundPatient) }) }),
  /** What was sold to one of them, newest first. Audited with whose it was. */
  'trace.listPatientPacks': command({ input: z.strictObject({ personId: z.uuid(), ...paging }), output: z.strictObject(found) }),
  /** Error pack.not-found. */
  'trace.getLife': query({ input: z.strictObject(onPack), output: PackLife }),
  /** Why it was not uploaded: ten checks, always all ten. `saleId`: of this sale instead of its last. Errors pack.not-found, sale.not-found. */
  'trace.explainUpload': query({ input: z.strictObject({ ...onPack, saleId: SaleId.nullable().default(null) }), output: UploadStory }),
  /** Error pack.not-found: neither sold here nor told of. */
  'trace.getPatientView': query({ input: z.strictObject(onPack), output: PatientView }),

  /** Sold no more until released. Errors pack.not-found, pack.wrong-state. */
  'trace.lockPack': command({ input: z.strictObject(withReason), output: PackLife, permission: 'pharmacist' }),
  /** Errors pack.wrong-state, pack.alarm-open: an open suspicion is closed first. */
  'trace.releasePack': command({ input: z.strictObject(withReason), output: PackLife, permission: 'manager' }),
  /** For ever; its goods leave the stock. */
  'trace.destroyPack': command({ input: z.strictObject(withReason), output: PackLife, permission: 'manager' }),
  /** To another shop; its goods leave the stock. `document`: the transfer paper. */
  'trace.transferPack': command({ input: z.strictObject({ ...withReason, document: z.string().trim().min(1).max(60) }), output: PackLife, permission: 'manager' }),

  /** The date from the supplier's paper; every upload that waits for it goes. Errors drug.no-lot, rpc.invalid-input (after its expiry, or in the future). */
  'trace.supplyLotDate': command({ input: z.strictObject({ lotId: LotId, lotManufacturedOn: BusinessDate }), output: z.strictObject({ released: z.int() }) }),
  /** Of a drug that had none, from the national catalogue; its parked uploads go. Errors drug.not-found, rpc.invalid-input (it has one: the map's page changes those). */
  'trace.supplyNationalCode': command({ input: z.strictObject({ drugId: DrugId, nationalCode: NationalDrugCode }), output: z.strictObject({ released: z.int() }), permission: 'pharmacist' }),
  /** A pharmacist's licence number; every upload that waits for one goes. */
  'trace.supplyLicence': command({ input: z.strictObject({ staffId: StaffId, licenceNumber: z.string().trim().min(4).max(50) }), output: z.strictObject({ released: z.int() }), permission: 'manager' }),
}
