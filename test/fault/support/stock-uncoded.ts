import type { WritableDb } from '../../../electron/core/db/database.ts'
import type { DrugKey } from '../../support/small-shop.ts'
import { drugIdOf } from '../../support/small-shop.ts'
import { receiveWithoutCodes } from '../../support/uncoded-stock.ts'

const DRUGS: readonly DrugKey[] = ['ibuprofen']
export const UNCODED_PACKS = 30

/** Packs that came without codes, on the uncoded list. */
export const stockUncoded = (db: WritableDb, newId: () => string): void => {
  for (const drug of DRUGS) {
    const lotId = receiveWithoutCodes(db, newId, drug, UNCODED_PACKS)
    db.prepare(`insert into uncoded_stock (uncoded_id, drug_id, lot_id, reason, quantity, packs_left, evidence, told_at, told_by) values (?, ?, ?, 'bought-before', ?, ?, '测试库存', 0, 'P1')`)
      .run(newId(), drugIdOf(drug), lotId, UNCODED_PACKS, UNCODED_PACKS)
  }
}
