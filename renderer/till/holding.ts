import type { SaleId, SaleSummary } from '../../electron/contract/index.ts'
import { nextCustomer } from './current-sale.ts'
import { attempt, showSale, speakScreen } from './till.ts'
import type { Till } from './till.ts'

/** F5. While the platform is asked the sale is simply left: its answer puts it where F6 finds it. */
export const askHold = (till: Till): void => {
  const { sale, waiting } = till.store.get()
  if (sale === null || (sale.lines.length === 0 && sale.person === null) || sale.status === 'closed') return speakScreen(till, 'notice', 'nothing-yet')
  if (waiting !== null && waiting.what !== 'person') {
    till.store.set((state) => ({ behind: [...state.behind, sale.saleId] }))
    nextCustomer(till)
  } else if (sale.status === 'due') nextCustomer(till)
  else till.store.set({ overlay: { kind: 'hold' } })
}

export const hold = (till: Till, note: string): Promise<null> =>
  attempt(till, async () => {
    const { sale } = till.store.get()
    if (sale === null) return null
    await till.core.command('sale.holdSale', { saleId: sale.saleId, note })
    nextCustomer(till)
    speakScreen(till, 'notice', 'held', { receipt: sale.receiptNumber })
    return null
  })

/** An unfinished sale on the screen is held first: recalling never loses work. */
const putAside = async (till: Till): Promise<void> => {
  const { sale } = till.store.get()
  if (sale?.status === 'open' && sale.lines.length > 0) await till.core.command('sale.holdSale', { saleId: sale.saleId, note: '' })
  nextCustomer(till)
}

/** What Enter does in the recall list. */
export const recall = (till: Till, row: Pick<SaleSummary, 'saleId' | 'status' | 'receiptNumber'>): Promise<null> =>
  attempt(till, async () => {
    const { saleId, status, receiptNumber } = row
    if (status === 'unconfirmed' || status === 'settling' || status === 'returning') {
      till.store.set({ overlay: { kind: 'story', saleId } })
      return null
    }
    if (status === 'reversed' || status === 'voided') return copyToNew(till, saleId)
    await putAside(till)
    const sale = status === 'held' ? await till.core.command('sale.recallSale', { saleId }) : await till.core.query('sale.getSale', { saleId })
    showSale(till, sale)
    if (sale.status === 'due') till.store.set({ overlay: { kind: 'pay' } })
    else speakScreen(till, 'notice', 'recalled', { receipt: receiptNumber })
    return null
  })

export const copyToNew = (till: Till, saleId: SaleId): Promise<null> =>
  attempt(till, async () => {
    await putAside(till)
    const copy = await till.core.command('sale.copyToNew', { saleId })
    till.store.set({ page: 'till' })
    showSale(till, copy)
    speakScreen(till, 'notice', 'copied', { receipt: copy.receiptNumber })
    return null
  })

/** The power went, or the page was loaded again: the sale that was being made is on the screen again. */
export const resume = (till: Till): Promise<null> =>
  attempt(till, async () => {
    const open = await till.core.query('sale.listSales', { statuses: ['open', 'settling'], limit: 5 })
    const row = open.find((sale) => sale.lineCount > 0) ?? open[0]
    if (row === undefined || till.store.get().sale !== null) return null
    const sale = await till.core.query('sale.getSale', { saleId: row.saleId })
    showSale(till, sale)
    if (sale.lines.length > 0) speakScreen(till, 'notice', 'resumed', { receipt: sale.receiptNumber })
    return null
  })
