import { v7 } from 'uuid'
import type { WritableDb } from '../../../electron/core/db/database.ts'
import { loadDemoShop } from '../../../electron/core/demo-shop/load-demo-shop.ts'
import { emptyDatabase, NINE_OCLOCK } from '../../support/database.ts'

/** A real database with the demo shop of 2026-11-21, 09:00. */
export const demoDatabase = (clock: () => number = () => NINE_OCLOCK): WritableDb => {
  const db = emptyDatabase(clock)
  loadDemoShop(db, { clock, newId: v7 })
  return db
}
