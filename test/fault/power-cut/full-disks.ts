import { copyFileSync, mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { databaseFile } from '../../../electron/core/core.ts'
import { startPractice } from '../../../electron/practice/server.ts'
import { randomFrom } from '../support/random.ts'
import { startCoreProcess } from './core-process.ts'
import type { Rounds } from './ext4-shutdowns.ts'
import { lookAfter, mountedMemory } from './ext4-shutdowns.ts'
import { LOSSES } from './record-day.ts'

const DISK_BYTES = 16 * 1024 * 1024

/** A disk that fills up while core works, at a moment and to an extent drawn by the seed; half of the time there is room again before the evening. Throws CannotProve. */
export const fullDisks = async (options: { readonly folder: string; readonly template: string; readonly packsPerLot: number; readonly rounds: number; readonly seed: number }): Promise<Rounds> => {
  const started = performance.now()
  const disk = path.join(options.folder, 'disk')
  mkdirSync(disk)
  const random = randomFrom(options.seed)
  const examples: string[] = []
  const counts: Record<string, number> = {}
  const total = { failed: 0, facts: 0, messages: 0 }
  const sent: { messageId: string; infno: string }[] = []
  const practice = await startPractice({ port: 0, faults: { rules: [...LOSSES(options.seed)] }, log: ({ msgid, infno }) => {
    if (msgid.length === 30) sent.push({ messageId: msgid, infno })
  } })
  try {
    for (let round = 0; round < options.rounds; round += 1) {
      const unmount = mountedMemory(disk, DISK_BYTES)
      try {
        const shop = path.join(disk, 'shop')
        const filler = path.join(disk, 'filler')
        mkdirSync(shop)
        copyFileSync(options.template, databaseFile(shop))
        sent.length = 0
        const core = startCoreProcess()
        core.begin({ folder: shop, url: practice.url, localServiceUrl: practice.localServiceUrl, seed: options.seed + round, steps: 60, packsPerLot: options.packsPerLot, synchronous: 'FULL', facts: 'stdout' })
        await core.playing
        await sleep(random.between(0, 300))
        const { bavail, bsize } = statfsSync(disk)
        writeFileSync(filler, new Uint8Array(Math.max(0, bavail * bsize - random.between(0, 60) * 1024)))
        if (random.chance(0.5)) {
          await Promise.race([sleep(random.between(200, 900)), core.ended])
          rmSync(filler)
        }
        const end = await core.ended
        for (const [what, n] of Object.entries(end.counts)) counts[what] = (counts[what] ?? 0) + n
        const wrong = [...(end.code === 0 ? [] : [`core ended with ${String(end.code)} ${String(end.signal)}: ${end.complaint.split('\n').slice(0, 3).join(' ')}`]), ...lookAfter(shop, core.facts, sent)]
        total.facts += core.facts.length
        total.messages += sent.length
        if (wrong.length > 0) {
          total.failed += 1
          if (examples.length < 5) examples.push(`round ${round}: ${wrong[0]}`)
        }
      } finally {
        unmount()
      }
    }
  } finally {
    await practice.close()
  }
  return { rounds: options.rounds, ...total, counts, examples, seconds: (performance.now() - started) / 1000 }
}
