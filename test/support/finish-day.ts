import type { OutboxItem, Sale } from '../../electron/contract/index.ts'
import { fen, isAppError } from '../../electron/contract/index.ts'
import type { CoreClient } from '../../renderer/core-client/core-client.ts'

const FINAL = ['closed', 'returned', 'reversed', 'voided']

export interface DayToFinish {
  readonly client: CoreClient
  readonly manager: CoreClient
  /** Lets time go by on both sides; called before each round. */
  readonly passTime: (round: number) => void
  /** What the province's own screen says about a parked settlement. */
  readonly wasBooked: (sale: Sale) => boolean
  /** Told of every parked upload before it is repaired. */
  readonly onParked?: (item: OutboxItem) => void
  /** Also gives up what is still being made. Default true. */
  readonly voidOpen?: boolean
}

const bringToEnd = async ({ client, manager, wasBooked, voidOpen = true }: DayToFinish, sale: Sale): Promise<void> => {
  const { saleId } = sale
  if (sale.settlementState === 'parked') {
    await manager.command('sale.decideParked', { saleId, decision: wasBooked(sale) ? 'retry-reversal' : 'never-booked', evidence: '省平台界面' })
  } else if (sale.status === 'due') await client.command('sale.takeTender', { saleId, method: 'cash', givenFen: fen(sale.dueFen) })
  else if ((sale.status === 'open' || sale.status === 'held') && voidOpen) await client.command('sale.voidSale', { saleId, reason: '收工' })
}

/** Puts parked uploads back, with the date where one is missing. */
export const repair = async ({ client, onParked }: Pick<DayToFinish, 'client' | 'onParked'>): Promise<void> => {
  for (const item of await client.query('outbox.listItems', { statuses: ['parked'] })) {
    if (item.kind === 'reverse-settlement') continue
    onParked?.(item)
    const again = { outboxId: item.outboxId, ...(item.repair === 'lot-manufactured-on' ? { lotManufacturedOn: '2025-06-01' as never } : {}) }
    // The date given for one row of a lot has put the others back.
    await client.command('outbox.retryItem', again).catch((error: unknown) => {
      if (!isAppError(error) || error.code !== 'outbox.not-parked') throw error
    })
  }
}

/** Somebody repairs what is parked and finishes what is open, until nothing is left to do. False: it never came to an end. */
export const finishDay = async (day: DayToFinish, rounds = 30): Promise<boolean> => {
  const { client } = day
  for (let round = 1; round <= rounds; round += 1) {
    day.passTime(round)
    await client.command('shift.openShift', { floatFen: fen(0) }).catch(() => null)
    for (const { saleId, status } of await client.query('sale.listSales', { limit: 500 }))
      if (!FINAL.includes(status)) await bringToEnd(day, await client.query('sale.getSale', { saleId }))
    await client.command('outbox.runNow', {})
    await repair(day)
    const waiting = (await client.query('outbox.listItems', { limit: 1000 })).length
    const unfinished = (await client.query('sale.listSales', { limit: 500 })).filter(
      (sale) => !FINAL.includes(sale.status) && (day.voidOpen !== false || (sale.status !== 'open' && sale.status !== 'held')),
    )
    if (waiting === 0 && unfinished.length === 0) return true
  }
  return false
}
