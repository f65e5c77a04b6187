import { setTimeout as sleep } from 'node:timers/promises'
import type { BusinessDate, OutboxItem, SaleId, SaleStatus } from '../../../electron/contract/index.ts'
import { fen, isAppError } from '../../../electron/contract/index.ts'
import type { Drawer } from './drawer.ts'
import { METHODS } from './drawer.ts'
import type { ProvinceBooks } from './three-books.ts'
import type { Till } from './till.ts'

/** The evening of one till: what is left to do is done, by what the books say, until nothing is left. */
export interface Evening {
  readonly till: Till
  readonly drawer: Drawer
  readonly books: () => Promise<ProvinceBooks>
  readonly count: (what: string, n?: number) => void
  readonly trouble: (text: string) => void
  /** Compared with the province before the next morning; empty where several tills share one institution's books. */
  readonly dates: () => readonly BusinessDate[]
}

const UNFINISHED: SaleStatus[] = ['open', 'held', 'settling', 'unconfirmed', 'due', 'returning']

/** A refusal is said and tried again in the next round; a defect is trouble. */
const refusal = (evening: Evening, what: string) => (error: unknown): null => {
  if (!isAppError(error)) throw error
  evening.count(`evening: ${what} ${error.code}`)
  if (error.code === 'rpc.internal') evening.trouble(`${evening.till.name}: ${what} ended in rpc.internal`)
  return null
}

const pay = async (evening: Evening, saleId: SaleId, due: number): Promise<void> => {
  const money = { saleId, method: 'cash', fen: due } as const
  evening.drawer.give(money)
  const taken = await evening.till.cashier.command('sale.takeTender', { saleId, method: 'cash', givenFen: fen(due) }).catch(refusal(evening, 'tender'))
  if (taken === null) evening.drawer.takeBack(money, true)
}

/** Told in the wrong order, or twice: nobody should have to repair that. */
const OURS = /未找到对应的销售记录|不能重复结算|重复上传|未撤销/

const repair = async (evening: Evening): Promise<void> => {
  const { cashier } = evening.till
  for (const item of await cashier.query('outbox.listItems', { statuses: ['parked'], limit: 500 })) {
    // A reversal that was refused waits for evidence. A cancellation that was refused is asked again: it is cancelled once only, by its own number.
    if (item.kind === 'reverse-settlement') continue
    if (item.kind === 'cancel-settlement') evening.count('parked cancellations asked again')
    else notePark(evening, item)
    await cashier.command('outbox.retryItem', { outboxId: item.outboxId, ...(item.repair === 'lot-manufactured-on' ? { lotManufacturedOn: '2025-06-01' as BusinessDate } : {}) }).catch(refusal(evening, 'retry'))
  }
}
const notePark = (evening: Evening, { subject, error }: OutboxItem): void => {
  evening.count('parked uploads repaired')
  const words = JSON.stringify(error?.detail ?? {})
  if (OURS.test(words)) evening.trouble(`${evening.till.name}: parked for a fault of ours: ${subject} ${words}`)
}

/** Compares every day and confirms what the evidence allows, as a manager would. Resolves with how many differences are left. */
export const reconcile = async (evening: Evening): Promise<number> => {
  const { manager } = evening.till
  let left = 0
  for (const date of evening.dates()) {
    const day = await manager.command('reconcile.runDay', { date }).catch(refusal(evening, 'runDay'))
    if (day === null) {
      left += 1
      continue
    }
    evening.count(`days ${day.day.state}`)
    if (day.day.state === 'failed') left += 1
    for (const { differenceId, kind, cures, state, theirs, refund } of day.differences) {
      if (state !== 'open') continue
      const [cure] = cures
      evening.count(`difference ${kind}${cure === undefined ? '' : ` → ${cure}`}`)
      left += 1
      // Some provinces list what was reversed, with its refund, and do not say whose it was: both rows together are nothing.
      const nothingTogether = kind === 'unknown-to-us' && day.differences.some((other) => other.kind === kind && other.refund !== refund && other.theirs !== null && other.theirs.setlId === theirs?.setlId && Math.abs(other.theirs.totalFen ?? 0) === Math.abs(theirs.totalFen ?? 0))
      if (cure === undefined || (cure === 'by-hand' && !nothingTogether)) continue
      const decided = await manager.command('reconcile.decideDifference', { differenceId, cure, reason: cure === 'by-hand' ? '已冲正，正负相抵' : '按对账结果处理' }).catch(refusal(evening, `decide ${cure}`))
      if (decided !== null) evening.count('reconciled')
    }
  }
  return left
}

/** A parked settlement that no list speaks of: somebody looks at the province's own screen. */
const decideByScreen = async (evening: Evening): Promise<void> => {
  const { manager } = evening.till
  const { settlements } = await evening.books()
  for (const { saleId } of await manager.query('sale.listSales', { statuses: ['unconfirmed'], limit: 500 })) {
    const sale = await manager.query('sale.getSale', { saleId })
    if (sale.settlementState !== 'parked') continue
    const messages = (await manager.query('sale.getStory', { saleId })).flatMap((item) => (item.event === 'settle-asked' && item.messageId !== null ? [item.messageId] : []))
    const booked = settlements.some((row) => row.msgid === messages.at(-1) && row.state === 'booked')
    evening.count(`by the province's screen: ${booked ? 'asked again' : 'never booked'}`)
    await manager.command('sale.decideParked', { saleId, decision: booked ? 'retry-reversal' : 'never-booked', evidence: '省平台界面' }).catch(refusal(evening, 'decideParked'))
  }
}

/** One round. True: nothing is left to do. */
export const eveningRound = async (evening: Evening, round: number): Promise<boolean> => {
  const { till, drawer } = evening
  const { cashier } = till
  await cashier.command('shift.openShift', { floatFen: fen(20_000) }).catch((error: unknown) => (isAppError(error) && error.code === 'shift.already-open' ? null : refusal(evening, 'shift')(error)))
  for (const money of drawer.unsure()) {
    const sale = await cashier.query('sale.getSale', { saleId: money.saleId })
    const taken = sale.tenders.reduce((sum, tender) => sum + (tender.refund ? 0 : tender.amountFen), 0)
    drawer.clear(money, taken >= drawer.paid(money.saleId))
  }
  for (const { saleId, status } of await cashier.query('sale.listSales', { statuses: UNFINISHED, limit: 500 })) {
    const sale = await cashier.query('sale.getSale', { saleId })
    if (status === 'due') await pay(evening, saleId, sale.dueFen)
    else if (status === 'open' || status === 'held') {
      if (sale.tenders.length > 0 && sale.dueFen > 0) await pay(evening, saleId, sale.dueFen)
      else await cashier.command('sale.voidSale', { saleId, reason: '收工' }).catch(refusal(evening, 'void'))
    }
  }
  await cashier.command('outbox.runNow', {}).catch(refusal(evening, 'outbox'))
  await repair(evening)
  if (round >= 3 && round % 2 === 1) await reconcile(evening)
  if (round >= 6 && round % 4 === 2) await decideByScreen(evening)
  for (const { saleId } of await cashier.query('sale.listSales', { statuses: ['returned'], limit: 500 })) drawer.refund(saleId)
  const waiting = await cashier.query('outbox.listItems', { limit: 100 })
  const unfinished = await cashier.query('sale.listSales', { statuses: UNFINISHED, limit: 100 })
  if (round > 18) for (const item of waiting.slice(0, 3)) evening.trouble(`${till.name}, round ${round}: still waits: ${item.subject} ${item.status} ${JSON.stringify(item.error)}`)
  if (round > 18) for (const sale of unfinished.slice(0, 3)) evening.trouble(`${till.name}, round ${round}: sale ${sale.receiptNumber} is ${sale.status}/${sale.settlementState}`)
  return waiting.length === 0 && unfinished.length === 0 && drawer.unsure().length === 0
}

/** Counts the drawer: what the till expects of every method is what is there. */
export const closeShift = async (evening: Evening): Promise<void> => {
  const { till, drawer } = evening
  const counted = METHODS.map((method) => ({ method, countedFen: fen(drawer.inShift(method) + (method === 'cash' ? 20_000 : 0)) }))
  const { shift } = await till.cashier.command('shift.closeShift', { counted })
  for (const { method, differenceFen } of shift.counted) if (differenceFen !== 0) evening.trouble(`${till.name}: ${method} in the drawer differs from the shift by ${differenceFen} fen`)
  drawer.newShift()
  await sleep(0)
}
