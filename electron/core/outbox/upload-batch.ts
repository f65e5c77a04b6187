import type { House } from '../house.ts'
import { now } from '../now.ts'
import type { BatchRowResult } from '../platform/calls/batch-calls.ts'
import type { Outcome } from '../platform/client.ts'
import { storeAnswer, storeMessage } from '../settlement/message-store.ts'
import type { Turn } from './drain.ts'
import { sendInTurn } from './drain.ts'
import type { JobResult } from './job-result.ts'
import { notYet } from './job-result.ts'
import { noteMessage } from './outbox-store.ts'
import type { ReadyRow } from './upload-line.ts'
import { sendRow, storeRowAnswer } from './upload-line.ts'
import { writeTogether } from './write-together.ts'

/** What a row of a batch would have been answered alone; null: nothing was said of it. */
const asAlone = (result: BatchRowResult, raw: Uint8Array): Outcome<unknown> | null => {
  switch (result.kind) {
    case 'taken':
      return { kind: 'answered', value: null, raw }
    case 'refused':
      return { kind: 'refused', code: 'upload.row-refused', detail: { infno: '3505A', text: result.text }, raw: result.raw }
    case 'not-told':
      return null
  }
}

const eachAlone = async (house: House, rows: readonly ReadyRow[], turn: Turn): Promise<readonly JobResult[]> => {
  const results: JobResult[] = []
  for (const row of rows) results.push(await sendRow(house, row, turn))
  return results
}

/**
 * Rows of several sales in one 3505A, each with a result of its own, in the order given. Refused as a whole, or not named in the answer: sent alone, where the platform says what is wrong with it.
 * A lost answer is asked again: row keys are for ever, "already uploaded" is success.
 */
export const uploadBatch = async (house: House, rows: readonly ReadyRow[], turn: Turn): Promise<readonly JobResult[]> => {
  const { db } = house
  const [first] = rows
  if (first === undefined || rows.length === 1) return eachAlone(house, rows, turn)
  const prepared = await house.platform.batch.prepareUploads(first.operator, rows.map(({ row }) => row))
  if (prepared.kind === 'not-sent') {
    // One row that our own tables refuse must not keep the others.
    if (prepared.code === 'platform.invalid-request') return eachAlone(house, rows, turn)
    return rows.map(() => notYet(prepared))
  }
  const { message } = prepared
  await writeTogether(db, () => {
    storeMessage(db, message, null, now(house))
    for (const { job } of rows) noteMessage(db, job.outboxId, message.messageId)
  })
  house.reach('upload:leased')
  const answer = await sendInTurn(house, turn, () => house.platform.batch.sendUploads(message, rows.map(({ row }) => row.rowKey)))
  house.reach('upload:answer-received')
  const results = await writeTogether(db, () => {
    storeAnswer(db, message.messageId, answer, now(house))
    return rows.map((row, at): JobResult | null => {
      if (answer.kind === 'refused') return null
      if (answer.kind !== 'answered') return notYet(answer)
      const result = answer.value[at]
      const alone = result === undefined ? null : asAlone(result, answer.raw)
      return alone === null ? null : storeRowAnswer(house, row, alone)
    })
  })
  house.reach('upload:answer-committed')
  const again = await eachAlone(house, rows.filter((_row, at) => results[at] === null), turn)
  let next = 0
  return results.map((result) => result ?? again[next++] ?? { kind: 'later', error: { code: 'rpc.internal', detail: {} } })
}
