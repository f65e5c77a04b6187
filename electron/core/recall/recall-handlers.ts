import type { ParsedInput, Recall } from '../../contract/index.ts'
import { AppError } from '../../contract/index.ts'
import { inTransaction } from '../db/database.ts'
import { getDrugFacts } from '../drug/drug-store.ts'
import type { Caller, House } from '../house.ts'
import { now } from '../now.ts'
import type { Handlers } from '../rpc/handlers.ts'
import { atomic, callerOf } from '../rpc/handlers.ts'
import { findRecall, insertRecall, liftRecall, listRecalls, markLots, openSalesWith, recallDetail, standingRecall } from './recall-store.ts'

const recallOf = (house: House, recallId: string): Recall => {
  const recall = findRecall(house.db, recallId)
  if (recall === null) throw new AppError('recall.not-found', 'no such recall', {})
  return recall
}

/** Tills that hold such goods hear of it at once. */
const tellTills = (house: House, recall: Recall): void => {
  for (const saleId of openSalesWith(house.db, recall)) house.changed({ saleId })
  house.changed('status')
}

const add = (house: House, caller: Caller, { drugId, lotNumber, reason, source }: ParsedInput<'recall.add'>): Recall => {
  const recallId = house.newId()
  const goods = { drugId, lotNumber: lotNumber?.normalize('NFKC') ?? null }
  inTransaction(house.db, () => {
    const drug = getDrugFacts(house.db, drugId)
    if (standingRecall(house.db, goods) !== null) throw new AppError('recall.twice', 'recalled already', { drugName: drug.genericName, lotNumber: goods.lotNumber })
    insertRecall(house.db, { ...goods, recallId, reason, source, at: now(house), staffId: caller.staffId })
    markLots(house.db, goods)
  })
  const recall = recallOf(house, recallId)
  tellTills(house, recall)
  return recall
}

const lift = (house: House, caller: Caller, recallId: string, reason: string): Recall => {
  inTransaction(house.db, () => {
    const recall = recallOf(house, recallId)
    if (!liftRecall(house.db, { recallId, reason, at: now(house), staffId: caller.staffId })) throw new AppError('recall.lifted', 'lifted already', {})
    markLots(house.db, recall)
  })
  const recall = recallOf(house, recallId)
  tellTills(house, recall)
  return recall
}

export const recallHandlers = (house: House): Pick<Handlers, Extract<keyof Handlers, `recall.${string}`>> => ({
  'recall.list': (_call, { text, ...asked }) => [...listRecalls(house.db, { ...asked, recallId: null, text: text.trim() })],
  'recall.getRecall': (_call, { recallId }) => recallDetail(house.db, recallOf(house, recallId)),
  'recall.add': atomic((call, input) => add(house, callerOf(call), input)),
  'recall.lift': atomic((call, { recallId, reason }) => lift(house, callerOf(call), recallId, reason)),
})
