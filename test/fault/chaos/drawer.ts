import type { SaleId } from '../../../electron/contract/index.ts'
import type { Money } from '../support/trader.ts'

type Method = Money['method']
export const METHODS: readonly Method[] = ['cash', 'wechat', 'alipay', 'card']

/** What the robot had in its hand: the third book. It is written when money changes hands, never read from the till. */
export interface Drawer {
  readonly give: (money: Money) => void
  /** The till did not take it: the patient has it again. `sure`: the till said so; else it is looked up later. */
  readonly takeBack: (money: Money, sure: boolean) => void
  /** The sale came back: everything that was paid for it goes out again, once. */
  readonly refund: (saleId: SaleId) => void
  /** Payments of which nobody heard whether the till took them, and how the robot found out. */
  readonly unsure: () => readonly Money[]
  readonly clear: (money: Money, taken: boolean) => void
  readonly paid: (saleId: SaleId) => number
  readonly taken: (method: Method) => number
  readonly refunded: (method: Method) => number
  /** Since the shift began. */
  readonly inShift: (method: Method) => number
  readonly newShift: () => void
  readonly looked: () => number
}

export const openDrawer = (): Drawer => {
  interface Entry extends Money { readonly refund: boolean }
  const entries: Entry[] = []
  const unsure: Money[] = []
  const refunds = new Set<SaleId>()
  let shiftFrom = 0
  let looked = 0
  const remove = (money: Money): void => {
    const at = entries.findLastIndex((entry) => !entry.refund && entry.saleId === money.saleId && entry.method === money.method && entry.fen === money.fen)
    if (at === -1) throw new Error('money taken back that was never given')
    entries.splice(at, 1)
    if (at < shiftFrom) shiftFrom -= 1
  }
  const sum = (of: readonly Entry[]): number => of.reduce((total, entry) => total + entry.fen, 0)
  return {
    give: (money) => { entries.push({ ...money, refund: false }) },
    takeBack: (money, sure) => {
      if (sure) remove(money)
      else unsure.push(money)
    },
    refund: (saleId) => {
      if (refunds.has(saleId)) return
      refunds.add(saleId)
      for (const entry of entries.filter((each) => each.saleId === saleId && !each.refund)) entries.push({ ...entry, fen: 0 - entry.fen, refund: true })
    },
    unsure: () => [...unsure],
    clear: (money, taken) => {
      looked += 1
      unsure.splice(unsure.indexOf(money), 1)
      if (!taken) remove(money)
    },
    paid: (saleId) => sum(entries.filter((entry) => entry.saleId === saleId && !entry.refund)),
    taken: (method) => sum(entries.filter((entry) => entry.method === method && !entry.refund)),
    refunded: (method) => sum(entries.filter((entry) => entry.method === method && entry.refund)),
    inShift: (method) => sum(entries.slice(shiftFrom).filter((entry) => entry.method === method)),
    newShift: () => { shiftFrom = entries.length },
    looked: () => looked,
  }
}
