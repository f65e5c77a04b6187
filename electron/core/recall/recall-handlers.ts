import type { ParsedInput, Recall } from '../../contract/index.ts'
import { AppError } from '../../contract/index.ts'
import { inTransaction } from '../db/database.ts'
import type { Caller, House } from '../house.ts'
import { now } from '../now.ts'
import type { Handlers } from '../rpc/handlers.ts'
import { atomic, callerOf } from '../rpc/handlers.ts'
import { enterRecall, tellTills } from './enter-recall.ts'
import { findRecall, liftRecall, listRecalls, markLots, recallDetail } from './recall-store.ts'

const recallOf = (house: House, recallId: string): Recall => {
  const recall = findRecall(house.db, recallId)
  if (recall === null) throw new AppError('recall.not-found', 'no such recall', {})
  return recall
}

const told = (house: House, recallId: string): Recall => {
  const recall = recallOf(house, recallId)
  tellTills(house, recall)
  house.changed('status')
  return recall
}

const add = (house: House, caller: Caller, input: ParsedInput<'recall.add'>): Recall => told(house, enterRecall(house, caller, input))

const lift = (house: House, caller: Caller, recallId: string, reason: string): Recall => {
  inTransaction(house.db, () => {
    const recall = recallOf(house, recallId)
    if (!liftRecall(house.db, { recallId, reason, at: now(house), staffId: caller.staffId })) throw new AppError('recall.lifted', 'lifted already', {})
    markLots(house.db, recall)
  })
  return told(house, recallId)
}

export const recallHandlers = (house: House): Pick<Handlers, Extract<keyof Handlers, `recall.${string}`>> => ({
  'recall.list': (_call, { text, ...asked }) => [...listRecalls(house.db, { ...asked, recallId: null, text: text.trim() })],
  'recall.getRecall': (_call, { recallId }) => recallDetail(house.db, recallOf(house, recallId)),
  'recall.add': atomic((call, input) => add(house, callerOf(call), input)),
  'recall.lift': atomic((call, { recallId, reason }) => lift(house, callerOf(call), recallId, reason)),
})
