import { randomFillSync } from 'node:crypto'
import { v7 } from 'uuid'

const POOL_BYTES = 4096
const pool = Buffer.alloc(POOL_BYTES)
let used = POOL_BYTES

/** UUIDv7. Randomness is drawn by the page: a sale of thirty lines makes a hundred ids, and asking the system for each costs more than the row it names. */
export const newId = (): string => {
  if (used + 16 > POOL_BYTES) {
    randomFillSync(pool)
    used = 0
  }
  const random = pool.subarray(used, used + 16)
  used += 16
  return v7({ random })
}
