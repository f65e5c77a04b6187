import { mkdirSync, openSync, writeSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { startCore } from '../../../electron/core/core.ts'
import { newConnection } from '../../../electron/core/rpc/connection.ts'
import { memoryChannelPair } from '../../../electron/core/rpc/memory-channel.ts'
import type { Caller } from '../../../electron/core/house.ts'
import type { Instant } from '../../../electron/contract/index.ts'
import { businessDate } from '../../../electron/domain/calendar.ts'
import type { CoreClient } from '../../../renderer/core-client/core-client.ts'
import { createCoreClient } from '../../../renderer/core-client/core-client.ts'
import { fen, isAppError } from '../../../electron/contract/index.ts'
import { TEST_KEY, testProfile } from '../../support/real-till.ts'
import type { Fact } from '../support/facts.ts'
import { randomFrom } from '../support/random.ts'
import { createTrader } from '../support/trader.ts'
import { repair } from '../../support/finish-day.ts'

/** One core with a trader at its counter, in a process that is going to lose its power. Everything core says is written down below its own folder, in the same breath as its files. */
export interface ChildOrders {
  readonly folder: string
  readonly url: string
  readonly localServiceUrl: string
  readonly seed: number
  readonly steps: number
  readonly packsPerLot: number
  /** Core wants FULL and gets it; the controls take it away again. */
  readonly synchronous: 'FULL' | 'NORMAL' | 'OFF'
  /** Facts to a file in the folder (recorded with the rest), or to stdout (when the folder itself is going to vanish). */
  readonly facts: 'file' | 'stdout'
}

const play = async (orders: ChildOrders): Promise<void> => {
  let ahead = 0
  const clock = (): number => Date.now() + ahead
  mkdirSync(path.join(orders.folder, 'receipts'), { recursive: true })
  const facts = orders.facts === 'file' ? openSync(path.join(orders.folder, 'facts'), 'a') : 1
  const tell = (fact: Fact): void => {
    writeSync(facts, `${JSON.stringify(fact)}\n`)
  }
  const core = await startCore({
    dataFolder: orders.folder, key: TEST_KEY, profile: testProfile(orders, 2_000), clock, outboxEveryMs: null, random: () => 0, devices: null, demoShop: false,
    printer: { kind: 'file', folder: path.join(orders.folder, 'receipts') },
  })
  if (orders.synchronous !== 'FULL') core.house.db.pragma(`synchronous = ${orders.synchronous}`)
  const window = (staffId: string, role: Caller['role']): CoreClient => createCoreClient({
    connect: () => {
      const [ours, theirs] = memoryChannelPair()
      const connection = newConnection()
      connection.setCaller({ staffId, staffName: staffId, role })
      core.serve(theirs, connection)
      return ours
    },
  })
  const client = window('C1', 'cashier')
  const trader = createTrader({
    client, pharmacist: window('P1', 'pharmacist'), manager: window('M1', 'manager'), random: randomFrom(orders.seed), packsPerLot: orders.packsPerLot, serialsFrom: 100_000, tell,
    today: () => businessDate(clock() as Instant),
  })
  // A full disk refuses in words; the counter opens when there is room.
  const refusal = (error: unknown): void => {
    if (!isAppError(error) || error.code === 'rpc.internal') throw error
  }
  await client.command('shift.openShift', { floatFen: fen(20_000) })
  process.send?.({ playing: true })
  for (let step = 0; step < orders.steps; step += 1) {
    // Jobs that were put off become due.
    ahead = Math.min(ahead + 6_000, 20 * 60_000)
    await trader.step()
    if (step % 20 === 19) await repair({ client }).catch(refusal)
  }
  process.send?.({ counts: trader.counts })
  await core.close()
}

// Ready before it is needed: a process takes longer to start than to be cut off.
process.on('message', (orders: ChildOrders) => {
  play(orders).then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
      process.exit(3)
    },
  )
})
process.on('disconnect', () => process.exit(4))
process.send?.({ ready: true })
