import type { LineId, Quantity, Sale, SaleLine, SaleStatus, SellUnit } from '../../electron/contract/index.ts'
import { QUANTITY_ONE } from '../../electron/contract/index.ts'
import { CLAIM_BLOCKERS } from '../../electron/domain/claim-check/stand-of-violations.ts'
import { quantityFromDecimal } from '../../electron/domain/amounts.ts'
import { SILENCE } from './say.ts'
import { attempt, showSale, speak, speakScreen } from './till.ts'
import type { Till } from './till.ts'

const FINISHED: ReadonlySet<SaleStatus> = new Set<SaleStatus>(['closed', 'returning', 'returned', 'reversed', 'voided', 'unconfirmed', 'held'])

/** The sale that takes the next pack: the one on the screen, or a new one when that is done. Errors of sale.startSale. */
export const ensureSale = async (till: Till): Promise<Sale> => {
  const { sale } = till.store.get()
  if (sale !== null && !FINISHED.has(sale.status)) return sale
  const started = await till.core.command('sale.startSale', {})
  till.store.set({ overlay: null, waiting: null })
  showSale(till, started)
  return started
}

/** Clears the screen for the next customer. What was on it lives on in core. */
export const nextCustomer = (till: Till): void =>
  till.store.set({
    sale: null,
    selected: null,
    flash: null,
    digits: '',
    overlay: null,
    panel: 'none',
    waiting: null,
    halfCredential: null,
    payMethod: null,
    heard: SILENCE,
  })

export const selectedLine = (till: Till): SaleLine | null => {
  const { sale, selected } = till.store.get()
  return sale?.lines.find((line) => line.lineId === selected) ?? null
}

export const moveSelection = (till: Till, by: number): void => {
  const { sale, selected } = till.store.get()
  if (sale === null || sale.lines.length === 0) return
  const index = sale.lines.findIndex((line) => line.lineId === selected)
  const next = sale.lines[Math.min(sale.lines.length - 1, Math.max(0, index + by))]
  if (next !== undefined) till.store.set({ selected: next.lineId, digits: '' })
}

export const addDrug = (till: Till, drugId: string): Promise<null> =>
  attempt(till, async () => {
    const sale = await ensureSale(till)
    const added = await till.core.command('sale.addDrug', { saleId: sale.saleId, drugId: drugId as SaleLine['drugId'] })
    showSale(till, added.sale, added.lineId)
    till.play('ok')
    return null
  })

const setQuantity = (till: Till, line: SaleLine, quantity: Quantity): Promise<null> =>
  attempt(till, async () => {
    const { sale } = till.store.get()
    if (sale === null) return null
    showSale(till, await till.core.command('sale.setQuantity', { saleId: sale.saleId, lineId: line.lineId, quantity }), line.lineId)
    return null
  })

/** Digits, and one point where the line is sold by weight. */
export const typeDigits = (till: Till, text: string): boolean => {
  if (selectedLine(till) === null || till.store.get().sale?.status !== 'open') return false
  const digits = till.store.get().digits + text
  if (!/^\d{1,4}(\.\d{0,2})?$/.test(digits)) return false
  till.store.set({ digits })
  return true
}

export const applyDigits = (till: Till): boolean => {
  const { digits } = till.store.get()
  const line = selectedLine(till)
  if (digits === '' || line === null) return false
  till.store.set({ digits: '' })
  const quantity = quantityFromDecimal(digits)
  const whole = line.codeRequirement !== 'none'
  if (quantity === null || quantity <= 0 || (whole && quantity % QUANTITY_ONE !== 0)) speakScreen(till, 'refuse', 'quantity-whole')
  else void setQuantity(till, line, quantity)
  return true
}

export const stepQuantity = (till: Till, by: 1 | -1): void => {
  const line = selectedLine(till)
  if (line === null) return
  const quantity = line.quantity + by * QUANTITY_ONE
  if (quantity > 0) void setQuantity(till, line, quantity as Quantity)
}

/** Without codes a line goes at once; with codes a reason is asked first. */
export const askVoidLine = (till: Till): void => {
  const line = selectedLine(till)
  const status = till.store.get().sale?.status
  if (line === null || status !== 'open') return speakScreen(till, 'notice', 'nothing-to-void')
  if (line.packs.some((pack) => !pack.virtual)) till.store.set({ overlay: { kind: 'void', lineId: line.lineId } })
  else void voidLine(till, line.lineId, '')
}

export const voidLine = (till: Till, lineId: LineId, reason: string): Promise<null> =>
  attempt(till, async () => {
    const { sale } = till.store.get()
    if (sale === null) return null
    const left = await till.core.command('sale.voidLine', { saleId: sale.saleId, lineId, reason })
    till.store.set({ overlay: null })
    showSale(till, left)
    return null
  })

export const voidSale = (till: Till, reason: string): Promise<null> =>
  attempt(till, async () => {
    const { sale } = till.store.get()
    if (sale === null) return null
    await till.core.command('sale.voidSale', { saleId: sale.saleId, reason })
    nextCustomer(till)
    speakScreen(till, 'notice', 'voided', { receipt: sale.receiptNumber })
    return null
  })

export const askSplit = (till: Till): void => {
  const line = selectedLine(till)
  if (line === null || till.store.get().sale?.status !== 'open') return speakScreen(till, 'notice', 'nothing-to-split')
  till.store.set({ overlay: { kind: 'split', lineId: line.lineId } })
}

export const setSellUnit = (till: Till, lineId: LineId, sellUnit: SellUnit, quantity: Quantity): Promise<null> =>
  attempt(till, async () => {
    const { sale } = till.store.get()
    if (sale === null) return null
    const changed = await till.core.command('sale.setSellUnit', { saleId: sale.saleId, lineId, sellUnit, quantity })
    till.store.set({ overlay: null })
    showSale(till, changed, lineId)
    return null
  })

/** So many packs of a line come from the uncoded list. */
export const takeUncoded = (till: Till, lineId: LineId, packs: number): Promise<null> =>
  attempt(till, async () => {
    const { sale } = till.store.get()
    if (sale === null) return null
    const changed = await till.core.command('sale.useUncoded', { saleId: sale.saleId, lineId, packs })
    till.store.set({ overlay: null })
    showSale(till, changed, changed.lines.some((line) => line.lineId === lineId) ? lineId : null)
    till.play('ok')
    return null
  })

/** Says the first thing that is missing and goes to its line. `settling`: a trial is wanted first too. */
export const speakBlocker = (till: Till, sale: Sale, settling: boolean): boolean => {
  const claim: readonly string[] = CLAIM_BLOCKERS
  const blocker = sale.blockers.find((other) => settling || (other.code !== 'quote-first' && !claim.includes(other.code)))
  if (blocker === undefined) return false
  if (blocker.lineId !== null) showSale(till, sale, blocker.lineId)
  speak(till, {
    tone: 'refuse',
    sound: 'wrong-step',
    source: { kind: 'blocker', code: blocker.code, detail: blocker.detail },
    answers: claim.includes(blocker.code)
      ? [
          { key: 'Enter', label: 'see-claim', run: () => till.store.set({ overlay: { kind: 'claim' } }) },
          { key: 'Escape', label: 'back', run: () => {} },
        ]
      : [{ key: 'Enter', label: 'understood', run: () => {} }],
  })
  return true
}
