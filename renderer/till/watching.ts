import type { AlarmSummary, Sale, Status, TillEvent } from '../../electron/contract/index.ts'
import { formatFen } from '../../electron/domain/amounts.ts'
import { sayFindings } from './claim.ts'
import { attempt, showIfCurrent, speak, speakScreen } from './till.ts'
import type { Till } from './till.ts'

const keepStatus = (till: Till, status: Status): void =>
  till.store.set((state) => ({
    status,
    clockAhead: status.now - till.now(),
    awaited: [...new Set([...state.awaited, ...status.unconfirmed.map((sale) => sale.saleId)])],
  }))

/** A sale that was 待确认 and is not any more: the cashier hears how it ended, once, in whichever order status and sale are told. */
const sayHowItEnded = (till: Till, sale: Sale): void => {
  const { awaited, sale: shown } = till.store.get()
  if (sale.status === 'unconfirmed') {
    if (!awaited.includes(sale.saleId)) till.store.set({ awaited: [...awaited, sale.saleId] })
    return
  }
  if (!awaited.includes(sale.saleId)) return
  till.store.set({ awaited: awaited.filter((id) => id !== sale.saleId) })
  if (shown?.saleId === sale.saleId) return
  const values = { receipt: sale.receiptNumber, cash: formatFen(sale.dueFen) }
  if (sale.status === 'reversed') speakScreen(till, 'notice', 'reversed-behind', values)
  else if (sale.status === 'due' || sale.status === 'closed') speakScreen(till, 'notice', 'settled-late', values)
}

/** Told after the scan: the pack lies in the cashier's hand, or was sold meanwhile. Said on the till that has the sale; the others see the strip. */
const sayAlarm = (till: Till, alarm: AlarmSummary): void => {
  const values = { drug: alarm.drugName ?? '', tail: alarm.code.slice(-6), receipt: alarm.receiptNumber ?? '' }
  const { sale } = till.store.get()
  if (sale === null || sale.saleId !== alarm.saleId) return speakScreen(till, 'notice', 'pack-sold-elsewhere-behind', values)
  speak(till, {
    tone: 'refuse',
    sound: 'foreign',
    source: { kind: 'screen', code: 'pack-sold-elsewhere', values },
    answers: [{ key: 'Enter', label: 'understood', run: () => {} }],
  })
}

export const onTillEvent = (till: Till, event: TillEvent): void => {
  switch (event.type) {
    case 'status':
      return keepStatus(till, event.status)
    case 'sale':
      sayHowItEnded(till, event.sale)
      sayFindings(till, event.sale)
      return showIfCurrent(till, event.sale)
    case 'alarm':
      return sayAlarm(till, event.alarm)
  }
}

/** The line was gone for a while: what is on the screen is asked for again. */
export const catchUp = (till: Till): Promise<null> =>
  attempt(till, async () => {
    const { sale } = till.store.get()
    if (sale !== null) showIfCurrent(till, await till.core.query('sale.getSale', { saleId: sale.saleId }))
    return null
  })
