import { AppError } from '../../contract/index.ts'
import { inTransaction } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'
import type { House } from '../house.ts'
import { now } from '../now.ts'
import type { Handlers } from '../rpc/handlers.ts'
import { atomic } from '../rpc/handlers.ts'
import { getLineDetails } from '../sale/line-details.ts'
import { setLotManufacturedOn } from '../stock/lot-store.ts'
import { getJob, listJobs, outboxCounts, unparkJob, unparkLot } from './outbox-store.ts'
import type { OutboxRunner } from './run-outbox.ts'

const statements = perDatabase((db) => ({
  payload: db.prepare(`select payload from outbox where outbox_id = ?`).pluck(),
}))

const jobOrThrow = (house: House, outboxId: string) => {
  const job = getJob(house.db, outboxId)
  if (job === null) throw new AppError('outbox.not-found', 'no such outbox item', { outboxId })
  return job
}

export const outboxHandlers = (house: House, runner: OutboxRunner): Pick<Handlers, 'outbox.listItems' | 'outbox.retryItem' | 'outbox.runNow'> => ({
  'outbox.listItems': (_call, input) => [...listJobs(house.db, input.statuses, input.limit)],
  'outbox.retryItem': atomic((_call, { outboxId, lotManufacturedOn }) => {
    const { db } = house
    inTransaction(db, () => {
      const job = jobOrThrow(house, outboxId)
      if (job.status !== 'parked') throw new AppError('outbox.not-parked', `item is ${job.status}`, { status: job.status })
      // A refused reversal is decided by a person with evidence, not by asking until it fits.
      if (job.kind === 'reverse-settlement') throw new AppError('settlement.parked', 'decide the sale instead', { receiptNumber: job.receiptNumber })
      if (job.repair === 'lot-manufactured-on') {
        if (lotManufacturedOn === null) throw new AppError('upload.missing-value', 'the date is what is missing', { value: 'manufacturedOn' })
        const { lineId } = JSON.parse(statements(db).payload.get(outboxId) as string) as { lineId: string }
        const line = getLineDetails(db, job.saleId).find((row) => row.line_id === lineId)
        if (line === undefined) throw new AppError('outbox.not-found', 'its line is gone', { outboxId })
        if (lotManufacturedOn > line.expires_on) throw new AppError('rpc.invalid-input', 'made after it expires', { path: 'lotManufacturedOn' })
        setLotManufacturedOn(db, line.lot_id, lotManufacturedOn)
        // Whatever else waited for this date goes too: nobody types it twice.
        unparkLot(db, line.lot_id, now(house))
        return
      }
      if (!unparkJob(db, outboxId, now(house))) throw new AppError('outbox.not-parked', 'put back meanwhile')
    })
    runner.wake()
    house.changed('status')
    return jobOrThrow(house, outboxId)
  }),
  'outbox.runNow': async () => {
    const before = runner.doneCount()
    await runner.run('hurry')
    const counts = outboxCounts(house.db)
    return { done: runner.doneCount() - before, waiting: counts.waiting, parked: counts.parked }
  },
})
