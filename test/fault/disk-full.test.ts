import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { expect, test } from 'vitest'
import { fen, isAppError } from '../../electron/contract/index.ts'
import { practicePeople } from '../../electron/practice/people.ts'
import { startPractice } from '../../electron/practice/server.ts'
import { compareBooks, openingOf } from '../support/compare-books.ts'
import { finishDay } from '../support/finish-day.ts'
import { copyTemplate, makeTemplate, openRealTill, testProfile } from '../support/real-till.ts'
import { codeOf } from '../support/small-shop.ts'
import type { DrugKey } from '../support/small-shop.ts'

const MOUNT_BYTES = 12 * 1024 * 1024
const DRUGS: readonly DrugKey[] = ['amoxicillin', 'ibuprofen', 'coldTablets', 'amlodipine']
const PACKS = 120

/** A disk of its own, small; null where this machine does not let us have one. */
const mountSmallDisk = (): { readonly folder: string; readonly unmount: () => void } | null => {
  const folder = mkdtempSync(path.join(tmpdir(), 'yaogui-disk-'))
  try {
    if (process.platform !== 'linux' || process.getuid?.() !== 0) throw new Error('needs root on Linux')
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${MOUNT_BYTES}`, 'tmpfs', folder], { stdio: 'pipe' })
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    console.log(`disk-full: skipped, no small disk can be mounted here (${error instanceof Error ? error.message.split('\n')[0] : String(error)})`)
    return null
  }
  return {
    folder,
    unmount: () => {
      execFileSync('umount', ['-l', folder])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

test('a full disk refuses what cannot be stored, in words, loses nothing that was stored, and everything goes on when there is room', async (context) => {
  const disk = mountSmallDisk()
  if (disk === null) return context.skip('no small disk can be mounted here')
  const made = mkdtempSync(path.join(tmpdir(), 'yaogui-disk-template-'))
  const now = { at: Date.now() }
  const practice = await startPractice({ port: 0, clock: () => now.at })
  try {
    copyTemplate(
      makeTemplate(made, () => now.at, PACKS),
      disk.folder,
    )
    const till = openRealTill({ folder: disk.folder, profile: testProfile(practice, 2_000), clock: () => now.at })
    const opening = openingOf(till.db)
    const { client } = till
    const filler = path.join(disk.folder, 'filler')
    const free = (): number => {
      const { bavail, bsize } = statfsSync(disk.folder)
      return bavail * bsize
    }
    await client.command('shift.openShift', { floatFen: fen(0) })
    const codes: Record<string, number> = {}
    const told = new Map<string, number>()
    let closed = 0
    let settled = 0
    /** One sale as far as it goes; every ending must be an answer or a known refusal. */
    const sell = async (insured: boolean): Promise<void> => {
      const attempt = async (): Promise<void> => {
        const sale = await client.command('sale.startSale', {})
        const drug = DRUGS[(closed + settled) % DRUGS.length]!
        codes[drug] = (codes[drug] ?? 0) + 1
        await client.command('sale.scanCode', { saleId: sale.saleId, raw: codeOf(drug, codes[drug]), step: 'drug', via: 'hid' })
        if (insured) {
          await client.command('sale.readPerson', { saleId: sale.saleId, credential: { kind: 'e-voucher', qr: practicePeople()[0]!.eVoucher } })
          await client.command('sale.quoteSale', { saleId: sale.saleId })
          if ((await client.command('sale.settleSale', { saleId: sale.saleId })).settlementState === 'settled') settled += 1
        }
        const { dueFen, status } = await client.query('sale.getSale', { saleId: sale.saleId })
        if (status === 'open' || status === 'due') await client.command('sale.takeTender', { saleId: sale.saleId, method: 'cash', givenFen: fen(dueFen) })
        closed += 1
      }
      await attempt().catch((error: unknown) => {
        if (!isAppError(error)) throw error
        told.set(error.code, (told.get(error.code) ?? 0) + 1)
      })
    }

    await sell(false)
    await sell(true)
    expect([closed, settled, told.size]).toEqual([2, 1, 0])
    // The log was grown beforehand and swallows some sales: fill the disk, then sell until it says no.
    writeFileSync(filler, new Uint8Array(Math.max(0, free() - 40_000)))
    for (let turn = 0; turn < 300 && (told.get('disk.full') ?? 0) < 6; turn += 1) await sell(turn % 3 === 0)
    expect(told.get('disk.full'), `${free()} bytes free, ${JSON.stringify([...told])}`).toBeGreaterThanOrEqual(6)
    expect([...told.keys()].filter((code) => code === 'rpc.internal')).toEqual([])
    const during = { closed, settled }
    expect(till.db.prepare(`select count(*) from sale where status = 'closed'`).pluck().get()).toBe(during.closed)
    await client.command('outbox.runNow', {}).catch((error: unknown) => expect(error).toMatchObject({ code: 'disk.full' }))

    rmSync(filler)
    await sell(false)
    await sell(true)
    expect(closed).toBe(during.closed + 2)
    const ended = await finishDay({
      client,
      manager: till.manager,
      passTime: () => {
        now.at += 60_000
      },
      wasBooked: () => false,
    })
    expect(ended).toBe(true)
    const wrong = compareBooks(till.db, practice.books, opening)
    console.log(
      `disk-full: ${during.closed} sales closed and ${during.settled} settled before the disk was full, refusals ${JSON.stringify(Object.fromEntries(told))}`,
    )
    await till.close()
    expect(wrong).toEqual([])
  } finally {
    await practice.close()
    disk.unmount()
    rmSync(made, { recursive: true, force: true })
  }
})
