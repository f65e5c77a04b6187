import type { Recall } from '../../contract/index.ts'
import { AppError } from '../../contract/index.ts'
import { inTransaction } from '../db/database.ts'
import { getDrugFacts } from '../drug/drug-store.ts'
import type { Caller, House } from '../house.ts'
import { now } from '../now.ts'
import { insertRecall, markLots, openSalesWith, standingRecall } from './recall-store.ts'

export interface NewRecall {
  readonly drugId: string
  /** null: every lot. */
  readonly lotNumber: string | null
  readonly reason: string
  readonly source: string
}

/** Lots here and lots to come are recalled from now on. Errors: drug.not-found, recall.twice. */
export const enterRecall = (house: Pick<House, 'db' | 'newId' | 'clock'>, caller: Caller, { drugId, lotNumber, reason, source }: NewRecall): string => {
  const { db } = house
  const recallId = house.newId()
  const goods = { drugId, lotNumber: lotNumber?.normalize('NFKC') ?? null }
  inTransaction(db, () => {
    const drug = getDrugFacts(db, drugId)
    if (standingRecall(db, goods) !== null) throw new AppError('recall.twice', 'recalled already', { drugName: drug.genericName, lotNumber: goods.lotNumber })
    insertRecall(db, { ...goods, recallId, reason, source, at: now(house), staffId: caller.staffId })
    markLots(db, goods)
  })
  return recallId
}

/** Tills that hold such goods hear of it at once. */
export const tellTills = (house: House, recall: Pick<Recall, 'drugId' | 'lotNumber'>): void => {
  for (const saleId of openSalesWith(house.db, recall)) house.changed({ saleId })
}
