import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CRASH_POINTS } from '../../../electron/core/crash-points.ts'
import type { PracticeProfileInput } from '../../../electron/practice/profile.ts'
import { NINE_OCLOCK } from '../../support/database.ts'
import { makeTemplate } from '../../support/real-till.ts'
import { FATES } from './protocol/line.ts'
import type { Play } from './protocol/play-sale.ts'
import { playSale } from './protocol/play-sale.ts'

// YAOGUI_MODEL_SECONDS: how long at most; YAOGUI_MODEL_SEED: which order; YAOGUI_MODEL_ALL=1: every single one, however long it takes.
const SECONDS = Number(process.env['YAOGUI_MODEL_SECONDS'] ?? 100)
const SEED = Number(process.env['YAOGUI_MODEL_SEED'] ?? Date.now() % 2_147_483_647)
const ALL = process.env['YAOGUI_MODEL_ALL'] === '1'

const VARIANTS: readonly PracticeProfileInput[] = (['refuse', 'same-answer'] as const).flatMap((repeatedMessage) =>
  (['accept', 'refuse'] as const).flatMap((reversalOfUnknown) => (['refuse', 'accept-same'] as const).map((repeatedRowKey) => ({ repeatedMessage, reversalOfUnknown, repeatedRowKey }))))
const CRASHES = [null, ...CRASH_POINTS.filter((point) => !point.startsWith('scan:'))]

/** A fault at every message × a fault at the message that mends it × a pulled plug at every step × what nobody knows of the province. */
const every = function* (): Generator<Play> {
  for (const province of VARIANTS) {
    for (const crash of CRASHES) {
      for (const first of FATES) {
        for (const second of FATES) {
          if (first !== 'answered' || second === 'answered') for (const endBy of ['screen', 'books'] as const) yield { province, crash, endBy, fates: { '2102': [first], '2601': [second] } }
          if (first !== 'answered') {
            for (const endBy of ['screen', 'books'] as const) yield { province, crash, endBy, fates: { '2103': [first, second] } }
            yield { province, crash, endBy: 'screen', fates: { '3505': [first], '3506': [second] } }
            yield { province, crash, endBy: 'books', fates: { '2102': [first, second], '2601': ['answered'] } }
          }
        }
      }
    }
  }
}

const random = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 4_294_967_296
  }
}
const shuffled = <T>(items: T[], next: () => number): T[] => {
  for (let at = items.length - 1; at > 0; at -= 1) {
    const other = Math.floor(next() * (at + 1))
    const kept = items[at]!
    items[at] = items[other]!
    items[other] = kept
  }
  return items
}

let folder = ''
let template = ''
beforeAll(() => {
  // Every commit waits for the disk: a memory disk lets a thousand runs go where a real one lets a hundred.
  folder = mkdtempSync(path.join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'yaogui-model-'))
  template = makeTemplate(folder, () => NINE_OCLOCK, 4)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test(
  'whatever becomes of any message of a sale, with the plug pulled at any step: nothing is settled twice, nothing is lost',
  async () => {
    const plays = ALL ? [...every()] : shuffled([...every()], random(SEED))
    const started = performance.now()
    const happened: Record<string, number> = {}
    const failures: string[] = []
    let runs = 0
    for (const play of plays) {
      if (!ALL && performance.now() - started > SECONDS * 1_000) break
      const played = await playSale(template, folder, play)
      runs += 1
      for (const what of played.happened) happened[what] = (happened[what] ?? 0) + 1
      if (played.wrong.length > 0) failures.push(`${JSON.stringify(play)}\n  ${played.wrong.join('\n  ')}`)
      if (failures.length >= 5) break
    }
    console.log(`protocol model: seed ${ALL ? 'all' : SEED}, ${runs} of ${plays.length} runs in ${Math.round((performance.now() - started) / 1000)} s, ${JSON.stringify(happened)}`)
    expect(failures.join('\n')).toBe('')
    expect(runs).toBeGreaterThan(0)
    // On a machine so slow that few were played, rare things may not have happened.
    if (runs < 500) return
    for (const fate of FATES.filter((name) => name !== 'answered')) for (const infno of ['2102', '2103', '2601']) expect(happened[`${infno} ${fate}`] ?? 0, `${infno} ${fate}`).toBeGreaterThan(0)
  },
  ALL ? 3_600_000 : (SECONDS + 120) * 1_000,
)
