import type { Sale, Status, TillEvent } from '../../electron/contract/index.ts'
import { formatFen } from '../../electron/domain/amounts.ts'
import { showIfCurrent, speakScreen } from './till.ts'
import type { Till } from './till.ts'

const keepStatus = (till: Till, status: Status): void => till.store.set({ status, clockAhead: status.now - till.now() })

/** A sale that was 待确认 and is not any more: the cashier hears how it ended, once. */
const sayHowItEnded = (till: Till, sale: Sale): void => {
  const { status, sale: shown } = till.store.get()
  if (shown?.saleId === sale.saleId || !(status?.unconfirmed.some((other) => other.saleId === sale.saleId) ?? false)) return
  const values = { receipt: sale.receiptNumber, cash: formatFen(sale.dueFen) }
  if (sale.status === 'reversed') speakScreen(till, 'notice', 'reversed-behind', values)
  else if (sale.status === 'due' || sale.status === 'closed') speakScreen(till, 'notice', 'settled-late', values)
}

export const onTillEvent = (till: Till, event: TillEvent): void => {
  switch (event.type) {
    case 'status':
      return keepStatus(till, event.status)
    case 'sale':
      sayHowItEnded(till, event.sale)
      return showIfCurrent(till, event.sale)
  }
}
