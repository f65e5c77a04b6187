import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { expect, test } from 'vitest'
import { openShop } from '../../electron/cli/open-shop.ts'
import { catalogueFolder } from '../../electron/core/core.ts'
import { currentGeneration } from '../../electron/core/catalogue/generation-store.ts'
import { loadProfile, shippedProfileFile } from '../../electron/core/platform/profile-file.ts'
import { drugArchive } from '../core/catalogue/archives.ts'

const ROWS = 6_000
const ROUNDS = 8

/** mulberry32, so that a failure can be played again. */
const randomFrom = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
}

test('killed at any moment of an import, a shop has the catalogue it had or the one that came, whole, and no file that nobody reads', async () => {
  const seed = Number(process.env['YAOGUI_SEED'] ?? Date.now() % 1_000_000)
  console.log(`seed ${seed} (YAOGUI_SEED)`)
  const random = randomFrom(seed)
  const folder = mkdtempSync(path.join(tmpdir(), 'yaogui-test-'))
  const data = path.join(folder, 'shop')
  const open = () => openShop({ dataFolder: data, profile: loadProfile(shippedProfileFile('practice')), demoShop: true, outboxEveryMs: null })
  const importing = (file: string) => spawn(process.execPath, ['electron/cli/main.ts', 'catalogue', 'import', file, '--data', data, '--staff', '2001'], { stdio: 'ignore' })
  try {
    await (await open()).close()
    // How long it takes here when nobody disturbs it.
    const archives: string[] = []
    for (let version = 1; version <= ROUNDS + 1; version += 1)
      archives.push(await drugArchive(folder, Array.from({ length: ROWS }, (_, index) => ({ id: `${index}`, version: `${version}`, note: `第${version}版` }))))
    const started = performance.now()
    expect((await once(importing(archives[0] ?? ''), 'exit'))[0]).toBe(0)
    const whole = performance.now() - started
    let last = 1
    const endings = new Map<string, number>()
    for (let round = 1; round <= ROUNDS; round += 1) {
      const child = importing(archives[round] ?? '')
      const ended = once(child, 'exit')
      const timer = setTimeout(() => child.kill('SIGKILL'), whole * (0.3 + (round - 1) * 0.15 + random() * 0.15))
      await ended
      clearTimeout(timer)
      const shop = await open()
      try {
        const here = shop.house.catalogue.read((db) => ({
          versions: db.prepare('select distinct version from item').pluck().all() as string[],
          rows: db.prepare('select count(*) from item').pluck().get() as number,
          said: db.prepare(`select version from list where list = '1301'`).pluck().get() as string,
          check: (db.prepare('pragma integrity_check').pluck().get() as string),
        }))
        const now = Number(here?.said)
        expect(here, `round ${round}`).toEqual({ versions: [String(now)], rows: ROWS, said: String(now), check: 'ok' })
        expect([last, round + 1]).toContain(now)
        expect(readdirSync(catalogueFolder(data))).toEqual([currentGeneration(shop.house.db)?.file])
        const ending = now === last ? 'as it was' : 'taken'
        endings.set(ending, (endings.get(ending) ?? 0) + 1)
        last = now
      } finally {
        await shop.close()
      }
    }
    console.log(`${ROUNDS} imports killed: ${[...endings].map(([ending, count]) => `${count} ${ending}`).join(', ')}`)
    expect(endings.get('as it was') ?? 0).toBeGreaterThan(0)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}, 240_000)
