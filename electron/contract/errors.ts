import { z } from 'zod'

/** Closed list. Every code has a sentence for a cashier in domain/sentences (zh and en). */
export const ERROR_CODES = [
  'rpc.invalid-input', 'rpc.unknown-procedure', 'rpc.contract-mismatch', 'rpc.not-connected', 'rpc.too-large', 'rpc.internal',
  'session.required', 'session.forbidden', 'session.wrong-pin', 'session.locked-out',
  'shift.none-open', 'shift.already-open', 'shift.sales-open',
  'drug.not-found', 'drug.no-stock', 'drug.no-lot', 'drug.not-splittable',
  'sale.not-found', 'sale.wrong-state', 'sale.line-not-found', 'sale.empty', 'sale.quantity-below-scanned', 'sale.quantity-invalid', 'sale.reason-required',
  'sale.blocked', 'sale.quote-outdated', 'sale.insured-needs-person', 'sale.tender-short', 'sale.tender-excess', 'sale.virtual-code-failed', 'sale.not-returnable',
  'uncoded.not-found', 'uncoded.not-needed', 'uncoded.whole-packs', 'uncoded.more-than-stock', 'uncoded.used-up', 'uncoded.closed', 'recall.not-found', 'recall.twice', 'recall.lifted', 'recall.list-invalid',
  'credential.unreadable', 'credential.name-required', 'credential.expired', 'credential.wrong-kind',
  'person.not-found', 'person.not-insured', 'person.not-cached', 'person.chronic-filing-required',
  'platform.offline', 'platform.refused', 'platform.timeout', 'platform.gateway', 'platform.clock-skew', 'platform.unexpected-answer', 'platform.contradictory', 'platform.sign-in-failed', 'platform.invalid-request',
  'settlement.unknown', 'settlement.parked', 'settlement.cancel-refused',
  'outbox.not-found', 'outbox.not-parked', 'message.not-found', 'upload.missing-value', 'upload.row-refused',
  'reconcile.running', 'reconcile.future-day', 'reconcile.not-found', 'reconcile.decided', 'reconcile.too-late', 'reconcile.cure-impossible',
  'print.failed', 'database.from-future', 'database.migration-edited', 'database.corrupt', 'database.wrong-key', 'database.locked', 'disk.full',
  'profile.invalid', 'script.invalid', 'pack.not-found', 'pack.wrong-state', 'pack.alarm-open',
  'goods.delivery-not-found', 'goods.delivery-ended', 'goods.not-a-carton',
  'map.link-not-found', 'map.link-revoked', 'map.value-invalid', 'map.known-otherwise', 'map.never-issued', 'map.file-invalid',
  'claim.not-found', 'claim.stops', 'mapping.not-ready', 'mapping.in-force', 'mapping.none-in-force',
  'alarm.not-found', 'alarm.closed', 'alarm.no-pack-code', 'alarm.cannot-ask', 'alarm.photo-invalid', 'alarm.photo-too-large', 'alarm.too-many-photos', 'alarm.outcome-impossible', 'alarm.still-sold-elsewhere', 'alarm.list-invalid',
  'practice.unreachable',
  'file.broken', 'catalogue.none', 'catalogue.busy', 'catalogue.refused', 'catalogue.item-not-found',
] as const
export const ErrorCode = z.enum(ERROR_CODES)
export type ErrorCode = z.infer<typeof ErrorCode>

/** Values a sentence may show. Never an ID number, a name, a token or a payment code. */
export const ErrorDetail = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
export type ErrorDetail = z.infer<typeof ErrorDetail>

/** The wire form of an error: an error is data. `message` is for the log, in English, without personal data. */
export const ErrorBody = z.strictObject({ code: ErrorCode, message: z.string(), detail: ErrorDetail })
export type ErrorBody = z.infer<typeof ErrorBody>

export class AppError extends Error {
  readonly code: ErrorCode
  readonly detail: ErrorDetail
  constructor(code: ErrorCode, message: string, detail: ErrorDetail = {}, cause?: unknown) {
    super(message, { cause })
    this.name = 'AppError'
    this.code = code
    this.detail = detail
  }
  toBody(): ErrorBody {
    return { code: this.code, message: this.message, detail: this.detail }
  }
}

export const isAppError = (value: unknown): value is AppError => value instanceof AppError
