import { batchUploads } from '../transactions/batch-uploads.ts'
import { deleteGoods } from '../transactions/stock-delete.ts'
import { stockQueries } from '../transactions/stock-query.ts'
import { stockUploads } from '../transactions/stock-upload.ts'
import type { Open } from './open.ts'

/** Stock, purchases, batch forms and their queries. */
export const stock: Open = {
  ...stockUploads,
  ...stockQueries,
  3507: deleteGoods,
  ...batchUploads,
}
