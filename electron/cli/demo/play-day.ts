import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { pino } from 'pino'
import type { DrugId } from '../../contract/index.ts'
import { AppError, isAppError } from '../../contract/index.ts'
import { productId } from '../../core/demo-shop/demo-codes.ts'
import { atPractice, practiceDoor } from '../../core/platform/practice-doors.ts'
import { loadProfile, parseProfile, shippedProfileFile, withEndpoint } from '../../core/platform/profile-file.ts'
import type { RegionProfile } from '../../core/platform/profile.ts'
import type { CoreClient } from '../../../renderer/core-client/core-client.ts'
import { startDeviceProcess } from '../device-process.ts'
import { openShop, pinOf } from '../open-shop.ts'
import { startPracticeProcess } from '../practice-process.ts'
import { layCable } from './cable.ts'
import { keepReceiptsIn } from './receipts.ts'
import { expectInto, shelfOf, waitForSaleOn, waitForUploadsOn } from './stage.ts'
import type { Check, Stage, Step } from './stage.ts'
import type { Words } from '../words.ts'

export interface PlayedStep {
  readonly id: string
  readonly title: Words
  readonly ok: boolean
  readonly ms: number
  readonly told: readonly Words[]
  readonly checks: readonly Check[]
  /** Why the step could not be played to its end. */
  readonly broken: string | null
}
export interface PlayedDay {
  readonly ok: boolean
  readonly seed: number
  readonly ms: number
  readonly steps: readonly PlayedStep[]
  readonly receipts: readonly string[]
}

export interface DayOptions {
  /** Empty at the start: the shop's data. */
  readonly folder: string
  /** A practice profile of another shape; absent: the usual one. */
  readonly profileFile?: string
  readonly receiptsFolder: string
  /** The province's books on disk too; else in memory. */
  readonly keepBooks: boolean
  /** Other packs and other jitter; everything must end the same. */
  readonly seed: number
  readonly clock: () => number
  readonly onStep: (step: PlayedStep, number: number) => void
}

/** A settlement's patience in the demo: longer than a busy machine needs, short enough to wait for. */
const SETTLE_MS = 3_000

const impatient = (profile: RegionProfile): RegionProfile => {
  const { timeouts } = profile
  return parseProfile({ ...profile, timeouts: { ...timeouts, connectMs: 1_000, perTransaction: { ...timeouts.perTransaction, 2102: SETTLE_MS } } }, 'demo')
}

/** mulberry32. */
const randomFrom = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const PRODUCTS = 461

const readStock = async (client: CoreClient): Promise<ReadonlyMap<DrugId, number>> => {
  const stock = new Map<DrugId, number>()
  for (let row = 1; row <= PRODUCTS; row += 1) {
    const { drug, lots } = await client.query('drug.getDrug', { drugId: productId(row) })
    stock.set(
      drug.drugId,
      lots.reduce((sum, lot) => sum + lot.onHand, 0),
    )
  }
  return stock
}

const playStep = async (stage: Omit<Stage, 'tell' | 'expect' | 'keepReceipt'>, step: Step, keep: ReturnType<typeof keepReceiptsIn>): Promise<PlayedStep> => {
  const checks: Check[] = []
  const told: Words[] = []
  const expect = expectInto(checks)
  const started = performance.now()
  let broken: string | null = null
  try {
    await step.run({
      ...stage,
      expect,
      tell: (...words) => {
        told.push(words)
      },
      keepReceipt: keep({ client: stage.client, expect }),
    })
  } catch (error) {
    broken = isAppError(error)
      ? `${error.code}: ${error.message} ${JSON.stringify(error.detail)}`
      : error instanceof Error
        ? (error.stack ?? error.message)
        : String(error)
  }
  // What a step let go wrong is over with it.
  stage.province.setFaults([])
  return {
    id: step.id,
    title: step.title,
    ok: broken === null && checks.length > 0 && checks.every((check) => check.ok),
    ms: Math.round(performance.now() - started),
    told,
    checks,
    broken,
  }
}

/** Plays the steps on a new shop and a new province, over real HTTP, and tells how each ended. Throws only when they could not be started. */
export const playDay = async (steps: readonly Step[], options: DayOptions): Promise<PlayedDay> => {
  const started = performance.now()
  const dataFolder = path.join(options.folder, 'shop')
  mkdirSync(path.join(dataFolder, 'log'), { recursive: true, mode: 0o700 })
  const undo: (() => Promise<void>)[] = []
  try {
    const shaped = loadProfile(options.profileFile ?? shippedProfileFile('practice'))
    if (!shaped.practice) throw new AppError('profile.invalid', 'the demo plays with a practice province', { file: shaped.name, problem: 'practice: true' })
    const province = await startPracticeProcess({ quiet: true, variant: practiceDoor(shaped), dataFile: options.keepBooks ? path.join(options.folder, 'province.json') : null })
    undo.push(province.close)
    const profile = atPractice(shaped, province)
    const cable = await layCable(profile.transport.url)
    undo.push(cable.close)
    const devices = startDeviceProcess()
    undo.push(devices.close)
    const shop = await openShop({
      dataFolder,
      demoShop: true,
      devices: devices.channel,
      receipts: options.receiptsFolder,
      outboxEveryMs: 1_000,
      random: randomFrom(options.seed),
      profile: impatient(withEndpoint(profile, { url: cable.url, localServiceUrl: province.localServiceUrl })),
      log: pino({ level: 'info', base: null }, pino.destination({ dest: path.join(dataFolder, 'log', 'yaogui.log'), sync: true, mode: 0o600 })),
    })
    undo.push(shop.close)
    const { client } = shop
    await shop.signIn('1001', pinOf('1001', {}) ?? '')
    const receipts: string[] = []
    const stage = {
      client,
      province,
      cable,
      clock: options.clock,
      startedAt: options.clock(),
      openingStock: await readStock(client),
      received: new Map<DrugId, number>(),
      sales: new Map(),
      takePack: shelfOf(options.seed),
      waitForSale: waitForSaleOn(client),
      waitForUploads: waitForUploadsOn(client),
    }
    const played: PlayedStep[] = []
    for (const step of steps) {
      const result = await playStep(stage, step, keepReceiptsIn(options.receiptsFolder, receipts))
      played.push(result)
      options.onStep(result, played.length)
    }
    return {
      ok: played.length > 0 && played.every((step) => step.ok),
      seed: options.seed,
      ms: Math.round(performance.now() - started),
      steps: played,
      receipts,
    }
  } finally {
    for (const close of undo.toReversed()) await close()
  }
}
