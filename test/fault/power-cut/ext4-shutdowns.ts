import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, ftruncateSync, mkdirSync, openSync, closeSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { databaseFile } from '../../../electron/core/core.ts'
import { openForReading } from '../../../electron/core/db/open-database.ts'
import { startPractice } from '../../../electron/practice/server.ts'
import { TEST_KEY } from '../../support/real-till.ts'
import { factChecker, sentChecker } from '../support/facts.ts'
import type { Fact } from '../support/facts.ts'
import { randomFrom } from '../support/random.ts'
import { brokenRules } from '../support/shop-invariants.ts'
import type { ChildOrders } from './core-child.ts'
import { startCoreProcess } from './core-process.ts'
import { LOSSES } from './record-day.ts'
import { compile, needsRoot, run } from './tools.ts'

const IMAGE_BYTES = 96 * 1024 * 1024

export interface Rounds {
  readonly rounds: number
  /** Rounds in which something told or sent was gone, a rule broken, or the database damaged. */
  readonly failed: number
  readonly facts: number
  readonly messages: number
  readonly counts: Readonly<Record<string, number>>
  readonly examples: readonly string[]
  readonly seconds: number
}

/** Everything that is wrong in a shop's database after what happened to it. */
export const lookAfter = (folder: string, facts: readonly Fact[], sent: readonly { readonly messageId: string; readonly infno: string }[]): readonly string[] => {
  let db: ReturnType<typeof openForReading> | null = null
  try {
    db = openForReading(databaseFile(folder), TEST_KEY)
    const fact = factChecker(db)
    const message = sentChecker(db)
    return [...brokenRules(db), ...facts.flatMap((each) => fact(each) ?? []), ...sent.flatMap((each) => message({ ...each, digest: null }) ?? [])]
  } catch (error) {
    return [`the database: ${error instanceof Error ? error.message : String(error)}`]
  } finally {
    db?.close()
  }
}

/** Stopped means every thread of it: one that still runs could be told of a sync that the disk never saw. */
const stopWholly = async (pid: number): Promise<void> => {
  process.kill(pid, 'SIGSTOP')
  const running = (): boolean => readdirSync(`/proc/${pid}/task`).some((task) => !/\) [Tt] /.test(readFileSync(`/proc/${pid}/task/${task}/stat`, 'utf8')))
  for (let tries = 0; running(); tries += 1) {
    if (tries > 2_000) throw new Error('the process does not stop')
    await sleep(1)
  }
}

/** Cuts a real ext4 off its disk while core works on it, and looks at what the journal brings back. Throws CannotProve. */
export const ext4Shutdowns = async (options: { readonly folder: string; readonly template: string; readonly packsPerLot: number; readonly rounds: number; readonly seed: number; readonly synchronous: ChildOrders['synchronous'] }): Promise<Rounds> => {
  needsRoot('a file system of its own')
  const started = performance.now()
  const cut = compile('ext4-down', options.folder)
  const image = path.join(options.folder, `ext4-${options.synchronous}.img`)
  const mount = path.join(options.folder, `ext4-${options.synchronous}`)
  const fd = openSync(image, 'w')
  ftruncateSync(fd, IMAGE_BYTES)
  closeSync(fd)
  run('mkfs.ext4', ['-q', '-F', image])
  mkdirSync(mount)
  run('mount', ['-o', 'loop', image, mount])
  const random = randomFrom(options.seed)
  const examples: string[] = []
  const total = { failed: 0, facts: 0, messages: 0 }
  const sent: { messageId: string; infno: string }[] = []
  const practice = await startPractice({ port: 0, faults: { rules: [...LOSSES(options.seed)] }, log: ({ msgid, infno }) => {
    if (msgid.length === 30) sent.push({ messageId: msgid, infno })
  } })
  let next = startCoreProcess()
  try {
    for (let round = 0; round < options.rounds; round += 1) {
      const core = next
      const shop = path.join(mount, `shop-${round}`)
      mkdirSync(shop)
      copyFileSync(options.template, databaseFile(shop))
      run('sync', ['-f', shop])
      sent.length = 0
      core.begin({ folder: shop, url: practice.url, localServiceUrl: practice.localServiceUrl, seed: options.seed + round, steps: 1_000, packsPerLot: options.packsPerLot, synchronous: options.synchronous, facts: 'stdout' })
      await core.playing
      // A control that was told nothing has nothing to lose.
      while (options.synchronous !== 'FULL' && core.facts.length < 8 && core.child.exitCode === null) await sleep(5)
      await sleep(random.between(5, 300))
      const pid = core.child.pid ?? 0
      if (core.child.exitCode !== null) throw new Error(`core ended by itself: ${(await core.ended).complaint}`)
      await stopWholly(pid)
      run(cut, [mount])
      core.child.kill('SIGKILL')
      await core.ended
      next = startCoreProcess()
      run('umount', [mount])
      run('mount', ['-o', 'loop', image, mount])
      const wrong = lookAfter(shop, core.facts, sent)
      total.facts += core.facts.length
      total.messages += sent.length
      if (wrong.length > 0) {
        total.failed += 1
        if (examples.length < 5) examples.push(`round ${round}: ${wrong[0]}`)
      }
      rmSync(shop, { recursive: true, force: true })
    }
  } finally {
    next.child.kill('SIGKILL')
    await practice.close()
    spawnSync('umount', ['-l', mount])
    rmSync(image, { force: true })
  }
  return { rounds: options.rounds, ...total, counts: {}, examples, seconds: (performance.now() - started) / 1000 }
}

export const mountedMemory = (folder: string, bytes: number): (() => void) => {
  needsRoot('a small disk')
  run('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', folder])
  return () => {
    execFileSync('umount', ['-l', folder])
  }
}
