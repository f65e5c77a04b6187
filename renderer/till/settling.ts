import { isAppError } from '../../electron/contract/index.ts'
import type { Fen, Sale, SaleId, TenderMethod } from '../../electron/contract/index.ts'
import { formatFen } from '../../electron/domain/amounts.ts'
import { nextCustomer, speakBlocker } from './current-sale.ts'
import { sayClaim } from './claim.ts'
import { choosePurchase } from './person.ts'
import { SILENCE } from './say.ts'
import type { SayAnswer } from './say.ts'
import { attempt, showIfCurrent, showSale, speak, speakError, speakScreen } from './till.ts'
import type { Till } from './till.ts'

const shownSale = (till: Till): Sale | null => till.store.get().sale

/** Insured without a line to the province: say why, offer the two ways on. */
const offlineAnswers = (till: Till): readonly SayAnswer[] => [
  { key: 'F5', label: 'hold', run: () => till.store.set({ overlay: { kind: 'hold' } }) },
  {
    key: 'F4',
    label: 'self-paid',
    run: () => {
      void choosePurchase(till, 'self-paid')
    },
  },
  { key: 'Enter', label: 'understood', run: () => {} },
]

const speakRefusal = (till: Till, sale: Sale): void => {
  if (sale.refusal !== null)
    speak(till, { tone: 'refuse', sound: 'stop', source: { kind: 'error', ...sale.refusal }, answers: [{ key: 'Enter', label: 'understood', run: () => {} }] })
}

const speakFailure = (till: Till, error: unknown): void => {
  // What the claim check found at the last moment was said when the sale was told.
  if (isAppError(error) && error.code === 'sale.blocked' && String(error.detail['blocker']).startsWith('claim-')) return sayClaim(till)
  if (isAppError(error) && error.code === 'platform.offline') speakScreen(till, 'refuse', 'insured-offline', {}, offlineAnswers(till))
  // No answer, or one that cannot be used: whoever waits at the counter is offered the same two ways.
  else if (isAppError(error) && error.code.startsWith('platform.')) speakError(till, error, offlineAnswers(till))
  else speakError(till, error)
}

/** Trial and settlement: the screen counts seconds, and the sale may be left behind meanwhile. */
const ask = async (till: Till, sale: Sale, what: 'quote' | 'settle'): Promise<void> => {
  till.store.set({ waiting: { what, since: till.now(), saleId: sale.saleId }, panel: 'none', heard: SILENCE })
  try {
    const after = await till.core.command(what === 'quote' ? 'sale.quoteSale' : 'sale.settleSale', { saleId: sale.saleId })
    if (shownSale(till)?.saleId === after.saleId) answeredHere(till, after, what)
    else await answeredBehind(till, after)
  } catch (error) {
    if (shownSale(till)?.saleId !== sale.saleId) await holdBehind(till, sale.saleId)
    speakFailure(till, error)
  } finally {
    if (till.store.get().waiting?.saleId === sale.saleId) till.store.set({ waiting: null })
    till.store.set((state) => ({ behind: state.behind.filter((id) => id !== sale.saleId) }))
  }
}

const answeredHere = (till: Till, sale: Sale, what: 'quote' | 'settle'): void => {
  showSale(till, sale)
  if (sale.status === 'unconfirmed') {
    nextCustomer(till)
    speakScreen(till, 'ask', 'unconfirmed', { receipt: sale.receiptNumber }, [
      { key: 'Enter', label: 'next-customer', run: () => {} },
      { key: 'F6', label: 'show-story', run: () => till.store.set({ overlay: { kind: 'story', saleId: sale.saleId } }) },
    ])
  } else if (sale.refusal !== null && sale.status === 'open') speakRefusal(till, sale)
  else if (what === 'quote') speakScreen(till, 'accept', 'quoted', { cash: formatFen(sale.quote?.cashFen ?? sale.dueFen) })
  else if (sale.status === 'due' || sale.status === 'closed') {
    till.play('ok')
    openPay(till)
  }
}

/** What was said before is over: the dialog shows only what is said while paying. */
const openPay = (till: Till): void => till.store.set({ overlay: { kind: 'pay' }, panel: 'none', heard: SILENCE, payMethod: null })

/** The cashier serves somebody else already: say it softly, and put the sale where F6 finds it. */
const answeredBehind = async (till: Till, sale: Sale): Promise<void> => {
  const values = { receipt: sale.receiptNumber, cash: formatFen(sale.dueFen) }
  if (sale.status === 'due' || sale.status === 'closed') speakScreen(till, 'notice', 'settled-behind', values)
  else if (sale.status === 'unconfirmed') speakScreen(till, 'notice', 'unconfirmed', values)
  else if (sale.status === 'open') {
    await holdBehind(till, sale.saleId)
    if (sale.refusal !== null) speakScreen(till, 'notice', 'refused-behind', values)
  }
}
const holdBehind = (till: Till, saleId: SaleId): Promise<unknown> => attempt(till, () => till.core.command('sale.holdSale', { saleId, note: '' }))

/** F8. */
export const quote = (till: Till): void => {
  const { sale, waiting } = till.store.get()
  if (waiting !== null) return
  if (sale === null || sale.lines.length === 0) return speakScreen(till, 'notice', 'nothing-yet')
  if (sale.status !== 'open') return
  if (!sale.insured) return speakScreen(till, 'notice', 'trial-not-needed')
  if (!speakBlocker(till, sale, false)) void ask(till, sale, 'quote')
}

/** F9: settles an insured sale, takes the money of a settled or self-paid one. */
export const settle = (till: Till): void => {
  const { sale, waiting } = till.store.get()
  if (waiting !== null) return
  if (sale === null) return speakScreen(till, 'notice', 'nothing-yet')
  if (sale.status === 'due' || sale.status === 'closed') return openPay(till)
  if (sale.status !== 'open' || speakBlocker(till, sale, true)) return
  if (sale.insured) void ask(till, sale, 'settle')
  else openPay(till)
}

/** Records what was taken. The tender that covers the due closes the sale: the receipt comes. */
export const takeTender = (till: Till, method: TenderMethod, givenFen: Fen): Promise<null> =>
  attempt(till, async () => {
    const sale = shownSale(till)
    if (sale === null) return null
    showIfCurrent(till, await till.core.command('sale.takeTender', { saleId: sale.saleId, method, givenFen }))
    till.store.set({ heard: SILENCE })
    till.play('ok')
    return null
  })
