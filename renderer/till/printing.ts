import type { PaperWidth, SaleId } from '../../electron/contract/index.ts'
import { attempt, speakScreen } from './till.ts'
import type { Till } from './till.ts'

/** Bytes taken by a printer are not paper in the hand: the sentence says only what is known. */
export const printReceipt = (till: Till, saleId: SaleId, width: PaperWidth, kind: 'sale' | 'return', copy: boolean): Promise<null> =>
  attempt(till, async () => {
    const { target } = await till.core.command('receipt.printReceipt', { saleId, width, kind, copy })
    speakScreen(till, 'notice', 'printed', { target })
    return null
  })
