import type { SaleId } from '../../contract/index.ts'
import { perDatabase } from '../db/statements.ts'
import { tellDecision } from '../claim-check/tell-decision.ts'
import type { House } from '../house.ts'
import type { Operator } from '../platform/client.ts'
import { retryCancel } from '../settlement/cancel-settlement.ts'
import { reverseSettlement } from '../settlement/reverse-settlement.ts'
import type { OutboxRow } from './claim-jobs.ts'
import type { Turn } from './drain.ts'
import type { JobResult } from './job-result.ts'
import { uploadBatch } from './upload-batch.ts'
import type { ReadyRow, UploadJob } from './upload-line.ts'
import { readyRow, sendRow } from './upload-line.ts'

const statements = perDatabase((db) => ({
  seller: db.prepare(`select staff.staff_id as operatorId, staff.name as operatorName from sale join staff using (staff_id) where sale_id = ?`),
}))

/** In whose name a job is sent: who sold it. */
export const operatorOf = (house: House, saleId: SaleId): Operator => statements(house.db).seller.get(saleId) as Operator

const payloadOf = (job: OutboxRow) => JSON.parse(job.payload) as { readonly lineId?: string; readonly messageId?: string }
const uploadOf = (job: OutboxRow): UploadJob => ({
  outboxId: job.outbox_id, saleId: job.aggregate_id, lineId: payloadOf(job).lineId ?? '', direction: job.kind === 'upload-return' ? 'return' : 'sale',
})

const runJob = async (house: House, job: OutboxRow, turn: Turn): Promise<JobResult> => {
  const operator = operatorOf(house, job.aggregate_id)
  const of = { outboxId: job.outbox_id, saleId: job.aggregate_id }
  switch (job.kind) {
    case 'reverse-settlement':
      return reverseSettlement(house, operator, { ...of, messageId: payloadOf(job).messageId ?? '' })
    case 'cancel-settlement':
      return retryCancel(house, operator, of)
    case 'upload-sale':
    case 'upload-return': {
      const ready = await readyRow(house, operator, uploadOf(job))
      return 'kind' in ready ? ready : sendRow(house, ready, turn)
    }
    case 'claim-feedback':
      return tellDecision(house, operator, { ...of, payload: JSON.parse(job.payload) })
  }
}

/** One job, or several sales' rows of goods in as few messages as they have regions; the results in the order of the jobs. */
export const runJobs = async (house: House, jobs: readonly OutboxRow[], turn: Turn): Promise<readonly JobResult[]> => {
  const [first] = jobs
  if (first !== undefined && jobs.length === 1) return [await runJob(house, first, turn)]
  const ready = await Promise.all(jobs.map((job) => readyRow(house, operatorOf(house, job.aggregate_id), uploadOf(job))))
  const results = new Map<string, JobResult>()
  const rows: ReadyRow[] = []
  ready.forEach((row, at) => {
    if ('kind' in row) results.set(jobs[at]?.outbox_id ?? '', row)
    else rows.push(row)
  })
  for (const together of Map.groupBy(rows, ({ row }) => row.insured?.region ?? null).values()) {
    const answered = await uploadBatch(house, together, turn)
    together.forEach(({ job }, at) => {
      const result = answered[at]
      if (result !== undefined) results.set(job.outboxId, result)
    })
  }
  return jobs.map((job) => results.get(job.outbox_id) ?? { kind: 'later', error: { code: 'rpc.internal', detail: {} } })
}
