import { z } from 'zod'
import { AlarmSummary } from './alarm.ts'
import { SaleId } from './codes.ts'
import { Breaker } from './outbox.ts'
import { query, stream } from './procedure.ts'
import { PurchaseKind, Sale, SaleSummary } from './sale.ts'
import { BusinessDate, Instant } from './time.ts'

export const LineState = z.strictObject({
  state: z.enum(['unknown', 'online', 'offline']),
  /** Since when this state holds. */
  since: Instant,
  latencyMs: z.int().nullable(),
  /** Ours − theirs, measured from answers. */
  clockSkewMs: z.int().nullable(),
})
export type LineState = z.infer<typeof LineState>

export const Status = z.strictObject({
  shopName: z.string(), tillNumber: z.string(), practice: z.boolean(), appVersion: z.string(), businessDate: BusinessDate, now: Instant,
  line: LineState,
  /** `perHour`: rows of the last minutes; null: none went. */
  outbox: z.strictObject({ waiting: z.int(), oldestAt: Instant.nullable(), parked: z.int(), perHour: z.int().nullable(), breaker: Breaker }),
  /** 待确认 and sales whose cancellation is not confirmed. */
  unconfirmed: z.array(SaleSummary),
  /** Settled, money not yet taken. */
  due: z.array(SaleSummary),
  held: z.int(),
  /** Packs under suspicion that are not closed. */
  openAlarms: z.int(),
  /** Differences with the province's books that wait for a manager. */
  openDifferences: z.int(),
  shiftOpen: z.boolean(),
  profileName: z.string(),
  /** What F4 offers here. */
  purchaseKinds: z.array(PurchaseKind),
  /** Facts older than this are marked stale, minutes. */
  staleAfterMinutes: z.int(),
  /** After this long the till says the sale may be held, ms. */
  slowAfterMs: z.int(),
})
export type Status = z.infer<typeof Status>

/** Pushed by core. `sale` whenever a sale changed by itself or by another call. */
export const TillEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('status'), status: Status }),
  z.strictObject({ type: z.literal('sale'), sale: Sale }),
  /** The platform said, after the scan, that a pack was sold elsewhere. */
  z.strictObject({ type: z.literal('alarm'), alarm: AlarmSummary }),
])
export type TillEvent = z.infer<typeof TillEvent>

/** Practice only: codes to scan when there is no scanner and no patient. */
export const PracticeSamples = z.strictObject({
  packs: z.array(z.strictObject({ group: z.string(), label: z.string(), code: z.string() })),
  people: z.array(z.strictObject({ label: z.string(), eVoucher: z.string(), idNumber: z.string(), socialCard: z.string() })),
  codes: z.array(z.strictObject({ label: z.string(), code: z.string() })),
})
export type PracticeSamples = z.infer<typeof PracticeSamples>

export const AuditRow = z.strictObject({ seq: z.int(), at: Instant, staffId: z.string().nullable(), action: z.string(), saleId: SaleId.nullable(), outcome: z.string(), hash: z.string() })

export const systemProcedures = {
  'system.getStatus': query({ input: z.strictObject({}), output: Status, permission: 'public' }),
  'till.watchTill': stream({ input: z.strictObject({}), output: TillEvent }),
  'practice.listSamples': query({ input: z.strictObject({}), output: PracticeSamples }),
  /** Newest first; `intact` is the check of the whole hash chain. */
  'audit.listRows': query({ input: z.strictObject({ limit: z.int().min(1).max(500).default(100) }), output: z.strictObject({ intact: z.boolean(), rows: z.array(AuditRow) }), permission: 'manager' }),
}
