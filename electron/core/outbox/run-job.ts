import type { SaleId } from '../../contract/index.ts'
import { perDatabase } from '../db/statements.ts'
import type { House } from '../house.ts'
import type { Operator } from '../platform/client.ts'
import { retryCancel } from '../settlement/cancel-settlement.ts'
import { reverseSettlement } from '../settlement/reverse-settlement.ts'
import type { OutboxRow } from './claim-jobs.ts'
import type { JobResult } from './job-result.ts'
import { uploadLine } from './upload-line.ts'

const statements = perDatabase((db) => ({
  seller: db.prepare(`select staff.staff_id as operatorId, staff.name as operatorName from sale join staff using (staff_id) where sale_id = ?`),
}))

/** In whose name a job is sent: who sold it. */
export const operatorOf = (house: House, saleId: SaleId): Operator => statements(house.db).seller.get(saleId) as Operator

export const runJob = (house: House, job: OutboxRow): Promise<JobResult> => {
  const payload = JSON.parse(job.payload) as { readonly lineId?: string; readonly messageId?: string }
  const operator = operatorOf(house, job.aggregate_id)
  const of = { outboxId: job.outbox_id, saleId: job.aggregate_id }
  switch (job.kind) {
    case 'reverse-settlement':
      return reverseSettlement(house, operator, { ...of, messageId: payload.messageId ?? '' })
    case 'cancel-settlement':
      return retryCancel(house, operator, of)
    case 'upload-sale':
      return uploadLine(house, operator, { ...of, lineId: payload.lineId ?? '', direction: 'sale' })
    case 'upload-return':
      return uploadLine(house, operator, { ...of, lineId: payload.lineId ?? '', direction: 'return' })
  }
}
