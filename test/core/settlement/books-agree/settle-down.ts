import { setTimeout as sleep } from 'node:timers/promises'
import type { Sale } from '../../../../electron/contract/index.ts'
import { fen, isAppError } from '../../../../electron/contract/index.ts'
import type { World } from './world.ts'
import { LATEST_ARRIVAL_MS } from './world.ts'

const FINAL = ['closed', 'returned', 'reversed', 'voided']
const ROUNDS = 30

/** A manager looks at the province's own screen and says what is true. */
const decide = async (world: World, sale: Sale): Promise<void> => {
  const messageId = world.till.db.prepare('select settle_message_id from settlement where sale_id = ?').pluck().get(sale.saleId) as string
  const booked = world.practice.books.settlementOfMessage(messageId)?.state === 'booked'
  await world.till.manager.command('sale.decideParked', { saleId: sale.saleId, decision: booked ? 'retry-reversal' : 'never-booked', evidence: '省平台界面' })
}

const bringToEnd = async (world: World, sale: Sale): Promise<void> => {
  const { client } = world.till
  const { saleId } = sale
  if (sale.settlementState === 'parked') return decide(world, sale)
  switch (sale.status) {
    case 'held':
    case 'open':
      return void (await client.command('sale.voidSale', { saleId, reason: '收工' }))
    case 'due':
      return void (await client.command('sale.takeTender', { saleId, method: 'cash', givenFen: fen(sale.dueFen) }))
    default:
  }
}

const repair = async (world: World): Promise<void> => {
  const { client } = world.till
  for (const item of await client.query('outbox.listItems', { statuses: ['parked'] })) {
    if (item.kind === 'reverse-settlement') continue
    const again = { outboxId: item.outboxId, ...(item.repair === 'lot-manufactured-on' ? { lotManufacturedOn: '2025-06-01' as never } : {}) }
    // The date given for one row of a lot has put the others back.
    await client.command('outbox.retryItem', again).catch((error: unknown) => { if (!isAppError(error) || error.code !== 'outbox.not-parked') throw error })
  }
}

/** The line is good, the clocks are right, somebody repairs what is parked and finishes what is open: until nothing is left to do. False: it never came to an end. */
export const settleDown = async (world: World): Promise<boolean> => {
  world.practice.setFaults({})
  world.practice.setDown(null)
  world.disarm()
  world.now.skewMs = 0
  await world.revive()
  if (world.delays) await sleep(LATEST_ARRIVAL_MS)
  for (let round = 1; round <= ROUNDS; round += 1) {
    world.now.base += round < 10 ? 6 * 60_000 : 6 * 3_600_000
    const { client, db } = world.till
    await client.command('shift.openShift', { floatFen: fen(0) }).catch(() => null)
    const open = (await client.query('sale.listSales', { limit: 500 })).filter((sale) => !FINAL.includes(sale.status))
    for (const { saleId } of open) await bringToEnd(world, await client.query('sale.getSale', { saleId }))
    await client.command('outbox.runNow', {})
    await repair(world)
    const left = db.prepare(`select (select count(*) from outbox where status <> 'done') + (select count(*) from sale where status not in ('closed', 'returned', 'reversed', 'voided'))`).pluck().get()
    if (left === 0) return true
  }
  return false
}
