import process from 'node:process'
import { reachFrom } from '../../../electron/core/crash-here.ts'
import { startCore } from '../../../electron/core/core.ts'
import type { CrashPoint } from '../../../electron/core/crash-points.ts'
import { memoryChannelPair } from '../../../electron/core/rpc/memory-channel.ts'
import type { CoreClient } from '../../../renderer/core-client/core-client.ts'
import { createCoreClient } from '../../../renderer/core-client/core-client.ts'
import { finishDay } from '../../support/finish-day.ts'
import { TEST_KEY, testProfile } from '../../support/real-till.ts'
import { TEST_PIN } from '../../support/staff.ts'
import { playDay } from './scripted-day.ts'

/** What the parent wants: a JSON object as the only argument. A process of its own, so that it can be killed. */
export interface Orders {
  readonly folder: string
  readonly url: string
  readonly localServiceUrl: string
  readonly do: 'play' | 'finish' | 'hold'
  /** The crash point of the environment counts from its nth time. */
  readonly nth?: number
  readonly migrationsFolder?: string
}

const orders = JSON.parse(process.argv[2] ?? '') as Orders
const say = (line: object): void => {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

let ahead = 0
const reached = new Map<string, number>()
const kill = reachFrom(process.env)
const reach = (point: CrashPoint): void => {
  const times = (reached.get(point) ?? 0) + 1
  reached.set(point, times)
  if (times === (orders.nth ?? 1)) kill(point)
}

try {
  say({ starting: true })
  const core = await startCore({
    dataFolder: orders.folder,
    key: TEST_KEY,
    profile: testProfile(orders, 2_000),
    clock: () => Date.now() + ahead,
    outboxEveryMs: null,
    random: () => 0,
    devices: null,
    demoShop: false,
    printer: { kind: 'file', folder: `${orders.folder}/receipts` },
    reach,
    ...(orders.migrationsFolder === undefined ? {} : { migrationsFolder: orders.migrationsFolder }),
  })
  const window = async (staffId: string): Promise<CoreClient> => {
    const client = createCoreClient({
      connect: () => {
        const [ours, theirs] = memoryChannelPair()
        core.serve(theirs)
        return ours
      },
    })
    await client.command('session.signIn', { staffId, pin: TEST_PIN })
    return client
  }
  // A till's clock may be a little ahead: that is how jobs that were put off become due here.
  const passTime = (): void => {
    ahead = Math.min(ahead + 60_000, 20 * 60_000)
  }
  say({ started: true })
  if (orders.do === 'hold') setInterval(() => {}, 1_000)
  else {
    const client = await window('C1')
    if (orders.do === 'play') await playDay(client, (step) => say({ step }), passTime)
    else
      say({
        finished: await finishDay(
          {
            client,
            manager: await window('M1'),
            passTime,
            wasBooked: () => {
              throw new Error('no reversal is refused here')
            },
          },
          20,
        ),
      })
    say({ reached: Object.fromEntries(reached) })
    await core.close()
    say({ closed: true })
    process.exit(0)
  }
} catch (error) {
  say({ failed: error instanceof Error ? ('code' in error ? String(error.code) : (error.stack ?? error.message)) : String(error) })
  process.exit(3)
}
