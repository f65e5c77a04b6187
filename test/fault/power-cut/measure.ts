import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { existsSync } from 'node:fs'
import { openShopFile, TEST_KEY } from '../../support/real-till.ts'
import { v7 } from 'uuid'
import { stockSmallShop } from '../../support/small-shop.ts'
import { stockUncoded } from '../support/stock-uncoded.ts'
import { databaseFile } from '../../../electron/core/core.ts'
import type { ReplayReport } from './replay.ts'
import type { Rounds } from './ext4-shutdowns.ts'
import { ext4Shutdowns } from './ext4-shutdowns.ts'
import { fullDisks } from './full-disks.ts'
import { recordDay, replayAll } from './record-day.ts'
import { CannotProve, compile } from './tools.ts'

export interface PowerCutOptions {
  readonly states: number
  readonly controlStates: number
  /** Steps of the trader in the recorded day. */
  readonly steps: number
  readonly shutdowns: number
  readonly controlShutdowns: number
  readonly fullDisks: number
  readonly seed: number
  readonly say: (line: string) => void
}

type Replayed = Omit<ReplayReport, 'names'>
export interface PowerCutReport {
  readonly full: Replayed
  readonly normal: Replayed
  readonly off: Replayed
  /** null: cannot be made here, the reason was said. */
  readonly shutdowns: { readonly full: Rounds; readonly normal: Rounds; readonly off: Rounds } | null
  readonly disks: Rounds | null
  /** What makes the run a failure; empty when it proves what it should. */
  readonly verdict: readonly string[]
}

const PACKS_PER_LOT = 40
/** The controls must fail, else the run proves nothing: shares of the states after the first thing was told. */
export const NORMAL_LOSES_AT_LEAST = 0.5
export const OFF_CORRUPTS_AT_LEAST = 0.3

const replayed = (name: string, r: Replayed): string =>
  `${name.padEnd(7)} ${String(r.states).padStart(7)} states (${r.early} before anything was told, ${r.contents} contents, ${r.cuts} cuts, ${r.repeated} drawn again): ${r.sound} sound, ${r.lost} lost, ${r.broken} broken, ${r.corrupt} corrupt; ${(r.milliseconds / 1000).toFixed(0)} s, ${Math.round(r.states / (r.milliseconds / 1000))} a second, ${r.cpuSeconds.toFixed(0)} s of processor`
const rounds = (name: string, r: Rounds): string => `${name.padEnd(7)} ${r.rounds} rounds, ${r.failed} failed; ${r.facts} facts, ${r.messages} messages; ${r.seconds.toFixed(0)} s`

/** A stocked shop with something on the uncoded list, to be copied. */
const makeShop = (folder: string): string => {
  const db = openShopFile(folder, Date.now)
  stockSmallShop(db, { now: Date.now(), newId: v7, packsPerLot: PACKS_PER_LOT })
  stockUncoded(db, v7)
  db.pragma('wal_checkpoint(truncate)')
  db.close()
  return databaseFile(folder)
}

/** Throws CannotProve when there is no compiler; what needs root says so and is left out. */
export const measurePowerCuts = async (options: PowerCutOptions): Promise<PowerCutReport> => {
  const { seed, say } = options
  // A memory file system: thousands of states a second must not wait for a disk.
  const folder = mkdtempSync(path.join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'yaogui-power-'))
  try {
    const library = compile('record', folder)
    const template = makeShop(folder)
    say(`seed ${seed}, key ${TEST_KEY.length * 8} bits`)
    const replayOf = async (synchronous: 'FULL' | 'NORMAL' | 'OFF', states: number): Promise<Replayed> => {
      const day = await recordDay({ folder, library, template, packsPerLot: PACKS_PER_LOT, steps: synchronous === 'FULL' ? options.steps : Math.min(options.steps, 60), seed, synchronous })
      say(`recorded ${synchronous} in ${day.seconds.toFixed(1)} s: ${day.messages} messages; ${JSON.stringify(day.counts)}`)
      const report = await replayAll({ log: day.log, template, folder, states: Math.ceil(states * 1.02), seed, evenly: synchronous !== 'FULL' })
      rmSync(day.log)
      say(replayed(synchronous, report))
      for (const example of report.examples.slice(0, synchronous === 'FULL' ? 5 : 1)) say(`        ${example}`)
      return report
    }
    const full = await replayOf('FULL', options.states)
    const normal = await replayOf('NORMAL', options.controlStates)
    const off = await replayOf('OFF', options.controlStates)
    const inRoot = async <T>(what: string, work: () => Promise<T>): Promise<T | null> => {
      try {
        return await work()
      } catch (error) {
        if (!(error instanceof CannotProve)) throw error
        say(`${what}: not here, ${error.message}`)
        return null
      }
    }
    const shutdowns = options.shutdowns === 0 ? null : await inRoot('ext4 shutdowns', async () => {
      const shared = { folder, template, packsPerLot: PACKS_PER_LOT, seed }
      const say3 = (name: string, r: Rounds): Rounds => {
        say(rounds(name, r))
        for (const example of r.examples.slice(0, name === 'ext4' ? 5 : 1)) say(`        ${example}`)
        return r
      }
      return {
        full: say3('ext4', await ext4Shutdowns({ ...shared, rounds: options.shutdowns, synchronous: 'FULL' })),
        normal: say3('NORMAL', await ext4Shutdowns({ ...shared, rounds: options.controlShutdowns, synchronous: 'NORMAL' })),
        off: say3('OFF', await ext4Shutdowns({ ...shared, rounds: options.controlShutdowns, synchronous: 'OFF' })),
      }
    })
    const disks = options.fullDisks === 0 ? null : await inRoot('full disks', () => fullDisks({ folder, template, packsPerLot: PACKS_PER_LOT, rounds: options.fullDisks, seed }))
    if (disks !== null) {
      say(rounds('disk', disks))
      say(`        ${JSON.stringify(disks.counts)}`)
      for (const example of disks.examples) say(`        ${example}`)
    }
    return { full, normal, off, shutdowns, disks, verdict: judge({ full, normal, off, shutdowns, disks }, options) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const share = (part: number, { states, early }: Replayed): number => part / Math.max(1, states - early)

const judge = ({ full, normal, off, shutdowns, disks }: Omit<PowerCutReport, 'verdict'>, options: PowerCutOptions): readonly string[] => {
  const wrong: string[] = []
  const must = (holds: boolean, text: string): void => {
    if (!holds) wrong.push(text)
  }
  must(full.states >= options.states, `only ${full.states} of ${options.states} states`)
  must(full.lost + full.lostAgain + full.broken + full.corrupt === 0, `${full.lost + full.lostAgain} states lost something, ${full.broken} broke a rule, ${full.corrupt} are corrupt: ${full.examples.join(' | ')}`)
  must(share(normal.lost, normal) >= NORMAL_LOSES_AT_LEAST, `void: the NORMAL control lost only ${(100 * share(normal.lost, normal)).toFixed(0)} %`)
  must(share(off.corrupt, off) >= OFF_CORRUPTS_AT_LEAST, `void: the OFF control corrupted only ${(100 * share(off.corrupt, off)).toFixed(0)} %`)
  if (shutdowns !== null) {
    must(shutdowns.full.failed === 0, `${shutdowns.full.failed} ext4 shutdowns failed: ${shutdowns.full.examples.join(' | ')}`)
    must(shutdowns.normal.failed * 2 >= shutdowns.normal.rounds, `void: NORMAL failed in ${shutdowns.normal.failed} of ${shutdowns.normal.rounds} ext4 shutdowns`)
    must(shutdowns.off.failed * 2 >= shutdowns.off.rounds, `void: OFF failed in ${shutdowns.off.failed} of ${shutdowns.off.rounds} ext4 shutdowns`)
  }
  if (disks !== null) {
    must(disks.failed === 0, `${disks.failed} full disks failed: ${disks.examples.join(' | ')}`)
    must((disks.counts['refused disk.full'] ?? 0) > 0, 'void: no disk was ever full')
  }
  return wrong
}
