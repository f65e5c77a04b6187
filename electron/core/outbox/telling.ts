import type { OutboxKind, SaleId } from '../../contract/index.ts'
import type { House } from '../house.ts'

const BEAT_MS = 250
/** Sales told of at most in a beat; of the others a window reads the state when it shows them. */
const SALES_IN_A_BEAT = 8

/** Tells the tills what the outbox did: at once when it is quiet, a few times a second while thousands of rows go. */
export const createTelling = (house: House): ((saleId: SaleId, kind: OutboxKind) => void) => {
  let waiting = new Set<SaleId>()
  let timer: NodeJS.Timeout | undefined
  const say = (): void => {
    for (const saleId of waiting) house.changed({ saleId })
    if (waiting.size > 0) house.changed('status')
    waiting = new Set()
  }
  return (saleId, kind) => {
    if (kind !== 'upload-sale' && kind !== 'upload-return') {
      house.changed({ saleId })
      house.changed('status')
      return
    }
    if (timer === undefined) {
      waiting.add(saleId)
      say()
      timer = setTimeout(() => {
        timer = undefined
        say()
      }, BEAT_MS)
      timer.unref()
    } else if (waiting.size < SALES_IN_A_BEAT) waiting.add(saleId)
  }
}
