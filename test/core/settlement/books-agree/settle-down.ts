import { setTimeout as sleep } from 'node:timers/promises'
import { finishDay } from '../../../support/finish-day.ts'
import type { World } from './world.ts'
import { LATEST_ARRIVAL_MS, notePark, wasBooked } from './world.ts'

/** The line is good, the clocks are right, the manager looks at the province's screen: until nothing is left to do. False: it never came to an end. */
export const settleDown = async (world: World): Promise<boolean> => {
  world.practice.setFaults({})
  world.practice.setDown(null)
  world.disarm()
  world.now.skewMs = 0
  await world.revive()
  if (world.delays) await sleep(LATEST_ARRIVAL_MS)
  const { client, manager } = world.till
  return finishDay({
    client,
    manager,
    onParked: (item) => notePark(world, item),
    passTime: (round) => {
      world.now.base += round < 10 ? 6 * 60_000 : 6 * 3_600_000
    },
    wasBooked: (sale) => wasBooked(world, sale),
  })
}
