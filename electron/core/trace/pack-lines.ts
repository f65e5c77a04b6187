import type { ErrorCode, ErrorDetail, Instant, LineId, LotId, OutboxStatus, Quantity, SaleId, SaleStatus, SellUnit, SettlementState, UploadState } from '../../contract/index.ts'
import type { ReadableDb } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'

/** A line that a pack is or was on, with what became of its uploads. */
export interface PackLine {
  readonly lineId: LineId
  readonly saleId: SaleId
  readonly saleRef: number
  readonly receiptNumber: string
  readonly saleStatus: SaleStatus
  readonly soldAt: Instant | null
  readonly returnedAt: Instant | null
  readonly staffName: string
  readonly insured: boolean
  readonly personName: string | null
  readonly settlementState: SettlementState | null
  readonly setlId: string | null
  readonly settledAt: string | null
  readonly lotId: LotId
  readonly sellUnit: SellUnit
  /** Smallest units taken of the pack. */
  readonly taken: Quantity
  readonly sale: LineJob | null
  readonly return: LineJob | null
}
export interface LineJob {
  readonly outboxId: string
  readonly status: OutboxStatus
  readonly attempts: number
  readonly dueAt: Instant
  readonly doneAt: Instant | null
  readonly error: { readonly code: ErrorCode; readonly detail: ErrorDetail } | null
}

const jobColumns = (job: string): string =>
  `iif(${job}.outbox_id is null, null, json_object('outboxId', ${job}.outbox_id, 'status', ${job}.status, 'attempts', ${job}.attempts, 'dueAt', ${job}.due_at, 'doneAt', ${job}.done_at, 'error', json(${job}.error))) as ${job}`
const jobOf = (job: string, kind: string): string => `left join outbox as ${job} on ${job}.aggregate_id = sale.sale_id and ${job}.kind = '${kind}' and ${job}.payload ->> 'lineId' = line.line_id`

const statements = perDatabase((db) => ({
  ofPack: db.prepare(`select line.line_id as lineId, sale.sale_id as saleId, sale.sale_ref as saleRef, receipt_number as receiptNumber, sale.status as saleStatus, sold_at as soldAt, returned_at as returnedAt, staff.name as staffName,
      insured, insured_person.name as personName, settlement.state as settlementState, setl_id as setlId, settled_at as settledAt, line.lot_id as lotId, sell_unit as sellUnit, mine.quantity as taken,
      ${jobColumns('told')}, ${jobColumns('back')}
    from sale_line_pack as mine join sale_line as line using (line_id) join sale using (sale_id) join staff using (staff_id) left join insured_person using (person_id) left join settlement using (sale_id)
      ${jobOf('told', 'upload-sale')} ${jobOf('back', 'upload-return')}
    where mine.pack_key = ? and line.voided_reason is null and sale.status not in ('voided', 'reversed') order by sale.sale_ref desc`),
}))

type Row = Omit<PackLine, 'insured' | 'sale' | 'return'> & { readonly insured: 0 | 1; readonly told: string | null; readonly back: string | null }
const readJob = (text: string | null): LineJob | null => (text === null ? null : (JSON.parse(text) as LineJob))

/** Lines of sales that count (not voided, not reversed), the newest sale first. */
export const linesOfPack = (db: ReadableDb, key: bigint): readonly PackLine[] =>
  (statements(db).ofPack.all(key) as Row[]).map(({ told, back, insured, ...row }) => ({ ...row, insured: insured === 1, sale: readJob(told), return: readJob(back) }))

export const uploadStateOf = (job: LineJob | null): UploadState => (job === null ? 'none' : job.status === 'done' ? 'uploaded' : job.status === 'parked' ? 'parked' : 'waiting')
