import { z } from 'zod'
import { DrugId, LotId } from './codes.ts'
import { ErrorDetail } from './errors.ts'
import { command, query } from './procedure.ts'
import { SoundClass, VerdictOutcome } from './scan.ts'
import { BusinessDate, Instant } from './time.ts'
import { PackState } from './trace.ts'

/** A supplier's paper fits one message; more codes come on more papers. */
export const MAX_PAPER_CHARS = 700_000
export const MAX_PAPER_CODES = 5_000

/** What is wrong with a paper, or worth knowing. Each has a sentence (zh, en) in domain/sentences. */
export const PAPER_PROBLEMS = [
  // The paper cannot be read.
  'not-readable', 'column-missing', 'too-many-codes', 'empty-paper', 'field-missing', 'field-invalid', 'document-mixed', 'supplier-mixed',
  // What it says cannot be.
  'code-invalid', 'code-twice', 'parent-missing', 'parent-is-itself', 'cycle', 'two-parents', 'parent-level', 'mixed-carton', 'lot-dates-differ', 'dates-reversed',
  // It contradicts what we know.
  'drug-unknown', 'drug-ambiguous', 'drug-without-codes', 'code-of-other-drug', 'level-differs', 'symbol-differs', 'expiry-differs', 'carton-differs', 'pack-is-carton', 'never-issued', 'document-differs',
  // Told, not refused.
  'in-ledger', 'on-other-delivery', 'lot-expired', 'lot-recalled', 'carton-without-content', 'manufacture-differs', 'sold-elsewhere',
] as const
export const PaperProblem = z.enum(PAPER_PROBLEMS)
export type PaperProblem = z.infer<typeof PaperProblem>

/** `line`: of the file (CSV) or of the list of codes (JSON), from 1; null: of the whole paper. `refuses`: nothing of the paper was taken. */
export const PaperNote = z.strictObject({ line: z.int().nullable(), problem: PaperProblem, refuses: z.boolean(), detail: ErrorDetail })
export type PaperNote = z.infer<typeof PaperNote>

export const Delivery = z.strictObject({
  deliveryId: z.uuid(), documentNumber: z.string(), supplier: z.string(), toldAt: Instant, toldBy: z.string().nullable(),
  /** Smallest packs on the paper, and how many of them came in. */
  expected: z.int(), received: z.int(),
  endedAt: Instant.nullable(), endedBy: z.string().nullable(), endedNote: z.string(),
})
export type Delivery = z.infer<typeof Delivery>

/** One drug and lot of a delivery; packs. */
export const DeliveryLine = z.strictObject({
  drugId: DrugId, drugName: z.string(), spec: z.string(), maker: z.string(), packUnit: z.string(),
  lotId: LotId, lotNumber: z.string(), manufacturedOn: BusinessDate.nullable(), expiresOn: BusinessDate, expired: z.boolean(), recalled: z.boolean(),
  expected: z.int(), received: z.int(), missing: z.int(),
  /** Received, and locked now. */
  locked: z.int(),
  /** Of the received ones still on the shelf, and counted since the count began. */
  onShelf: z.int(), counted: z.int(),
})
export type DeliveryLine = z.infer<typeof DeliveryLine>

export const DeliveryCarton = z.strictObject({ code: z.string(), level: z.int(), drugName: z.string(), packs: z.int(), received: z.int(), openedAt: Instant.nullable() })
export type DeliveryCarton = z.infer<typeof DeliveryCarton>

export const GOODS_REASONS = [
  // receive
  'received', 'received-in-part', 'received-locked', 'received-not-for-sale', 'already-received', 'already-here',
  'not-on-delivery', 'on-other-delivery', 'outer-not-on-paper', 'content-unknown', 'no-trace-code', 'unreadable',
  // count
  'counted', 'counted-already', 'count-not-expected', 'count-wrong-state', 'count-of-other-goods', 'carton-opened',
] as const
export const GoodsReason = z.enum(GOODS_REASONS)
export type GoodsReason = z.infer<typeof GoodsReason>

/** One scan at the back door or along the shelf; a bad code is an answer, never an error. */
export const GoodsScan = z.strictObject({
  outcome: VerdictOutcome, reason: GoodsReason, sound: SoundClass,
  /** Only of a pack or carton; never the text of anything else. */
  code: z.string().nullable(),
  level: z.int().nullable(), drugId: DrugId.nullable(), drugName: z.string().nullable(), lotNumber: z.string().nullable(),
  detail: ErrorDetail,
  /** What this scan did, in smallest packs. */
  packs: z.strictObject({
    inside: z.int(), received: z.int(), already: z.int(), locked: z.int(),
    found: z.int(), foundAlready: z.int(), notExpected: z.int(), wrongState: z.int(),
  }),
  /** Packs that a person has to look at, at most 20. */
  attention: z.array(z.strictObject({ code: z.string(), state: PackState.nullable() })),
  delivery: Delivery.nullable(),
  /** Counting: on the shelf by the books and not counted yet, of the delivery, else of the scanned lot. */
  missing: z.int().nullable(),
})
export type GoodsScan = z.infer<typeof GoodsScan>

export const CartonChild = z.strictObject({ code: z.string(), level: z.int(), state: PackState.nullable(), packs: z.int(), received: z.int() })
export const Carton = z.strictObject({
  code: z.string(), level: z.int(), drugId: DrugId, drugName: z.string(), source: z.string(), toldAt: Instant,
  openedAt: Instant.nullable(), openedBy: z.string().nullable(),
  /** The carton it lies in. */
  within: z.string().nullable(),
  packs: z.int(), received: z.int(), children: z.array(CartonChild),
})
export type Carton = z.infer<typeof Carton>

export const goodsProcedures = {
  /** Open ones first, newest first. */
  'goods.listDeliveries': query({ input: z.strictObject({ limit: z.int().min(1).max(500).default(200) }), output: z.array(Delivery) }),
  /** `missing`: codes on the paper that did not come, at most 200. Error goods.delivery-not-found. */
  'goods.getDelivery': query({
    input: z.strictObject({ deliveryId: z.uuid(), countedSince: Instant.nullable().default(null) }),
    output: z.strictObject({ delivery: Delivery, lines: z.array(DeliveryLine), cartons: z.array(DeliveryCarton), missing: z.array(z.string()) }),
  }),
  /**
   * A supplier's paper, JSON or CSV (docs: electron/core/goods/README.md). All or nothing; the notes say why or what to look at.
   * known: this very paper was told before.
   */
  'goods.importDelivery': command({
    input: z.strictObject({ text: z.string().max(MAX_PAPER_CHARS) }),
    output: z.strictObject({ outcome: z.enum(['imported', 'known', 'refused']), delivery: Delivery.nullable(), notes: z.array(PaperNote), noteCount: z.int() }),
    permission: 'pharmacist',
  }),
  /** Any code of a cascade receives or counts all smallest packs in it; a repeat says so and does nothing twice. `deliveryId` null: whichever paper names it. Error goods.delivery-not-found. */
  'goods.scanCode': command({
    input: z.strictObject({ deliveryId: z.uuid().nullable(), raw: z.string().max(2048), purpose: z.enum(['receive', 'count']), countedSince: Instant.nullable().default(null) }),
    output: GoodsScan,
  }),
  /** Errors goods.not-a-carton. */
  'goods.showCarton': query({ input: z.strictObject({ raw: z.string().min(1).max(2048) }), output: Carton }),
  /** No more is expected: what is missing is noted. A pack that comes later is received all the same. Errors goods.delivery-not-found, goods.delivery-ended. */
  'goods.endDelivery': command({ input: z.strictObject({ deliveryId: z.uuid(), note: z.string().max(200) }), output: Delivery, permission: 'pharmacist' }),
}
