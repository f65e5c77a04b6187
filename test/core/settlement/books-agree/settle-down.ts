import { setTimeout as sleep } from 'node:timers/promises'
import { finishDay } from '../../../support/finish-day.ts'
import type { World } from './world.ts'
import { LATEST_ARRIVAL_MS } from './world.ts'

/** The line is good, the clocks are right, the manager looks at the province's screen: until nothing is left to do. False: it never came to an end. */
export const settleDown = async (world: World): Promise<boolean> => {
  world.practice.setFaults({})
  world.practice.setDown(null)
  world.disarm()
  world.now.skewMs = 0
  await world.revive()
  if (world.delays) await sleep(LATEST_ARRIVAL_MS)
  const { client, manager, db } = world.till
  return finishDay({
    client,
    manager,
    passTime: (round) => {
      world.now.base += round < 10 ? 6 * 60_000 : 6 * 3_600_000
    },
    wasBooked: ({ saleId }) =>
      world.practice.books.settlementOfMessage(db.prepare('select settle_message_id from settlement where sale_id = ?').pluck().get(saleId) as string)
        ?.state === 'booked',
  })
}
