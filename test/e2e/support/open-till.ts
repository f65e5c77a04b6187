import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFailed } from 'vitest'
import type { Browser } from 'playwright-core'
import { buildRenderer } from '../../../build/build-renderer.mjs'
import type { HostProcess } from '../../support/host-process.ts'
import { startHostProcess } from '../../support/host-process.ts'
import { loadProfile, shippedProfileFile } from '../../../electron/core/platform/profile-file.ts'
import { startPracticeProcess } from './practice-process.ts'
import type { PracticeProcess } from './practice-process.ts'
import { openBrowser, openWindow } from './till-window.ts'
import type { TillWindow } from './till-window.ts'

/** One shop of a test file: fresh data, a host process, a province, a window. */
export interface Shop {
  readonly folder: string
  host: HostProcess
  window: TillWindow
  /** Null where the host starts the province by itself, as `npm start` does. */
  readonly practice: PracticeProcess | null
  /** Power cut: nobody is asked, nothing is finished. */
  readonly killHost: () => Promise<void>
  /** The same shop again, in a new window: the terminal shows a new address. */
  readonly startAgain: () => Promise<void>
}

export interface ShopOptions {
  /** A province beside the host, for tests that make it fail; else the host's own. */
  readonly ownProvince?: boolean
  /** How long a settlement may take before its answer counts as lost, ms. */
  readonly settleTimeoutMs?: number
}

/** The shipped practice profile, with more patience. */
const patientProfile = (folder: string, settleTimeoutMs: number): string => {
  const shipped = loadProfile(shippedProfileFile('practice'))
  const perTransaction = { ...shipped.timeouts.perTransaction, 2102: settleTimeoutMs }
  const file = path.join(folder, 'profile.json')
  writeFileSync(file, JSON.stringify({ ...shipped, timeouts: { ...shipped.timeouts, perTransaction } }))
  return file
}

const openShop = async (browser: Browser, { ownProvince = false, settleTimeoutMs }: ShopOptions): Promise<Shop & { readonly close: () => Promise<void> }> => {
  const folder = mkdtempSync(path.join(tmpdir(), 'yaogui-e2e-'))
  const data = path.join(folder, 'shop')
  const practice = ownProvince ? await startPracticeProcess(folder) : null
  const profile = settleTimeoutMs === undefined ? null : patientProfile(folder, settleTimeoutMs)
  let stopping = false
  const start = async (): Promise<HostProcess> => {
    stopping = false
    const started = await startHostProcess(data, {
      args: [...(practice === null ? [] : ['--platform', practice.url]), ...(profile === null ? [] : ['--profile', profile])],
      environment: { YAOGUI_RENDERER: path.resolve('dist/renderer') },
    })
    started.child.on('exit', (code, signal) => {
      if (!stopping) shop.window.complaints.push(`the host ended by itself: ${String(code)} ${String(signal)}`)
    })
    return started
  }
  const host = await start()
  const shop: Shop & { readonly close: () => Promise<void> } = {
    folder: data,
    host,
    practice,
    window: await openWindow(browser, host.address),
    killHost: async () => {
      stopping = true
      const ended = once(shop.host.child, 'exit')
      shop.host.child.kill('SIGKILL')
      await ended
    },
    startAgain: async () => {
      shop.host = await start()
      await shop.window.page.context().close()
      shop.window = await openWindow(browser, shop.host.address)
    },
    close: async () => {
      stopping = true
      await shop.window.page.context().close()
      await shop.host.stop()
      await practice?.stop()
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
  return shop
}

/** What the cashier saw when a test failed. */
const shootFailure = async ({ window }: Shop, name: string): Promise<void> => {
  const folder = path.resolve('test-output/failed')
  mkdirSync(folder, { recursive: true })
  await window.page.screenshot({ path: path.join(folder, `${name.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 80)}.png`) }).catch(() => undefined)
}

/** Registers a shop for the tests of a file. Every test ends with a page that complained of nothing. */
export const useShop = (options: ShopOptions = {}): (() => Shop) => {
  let browser: Browser | undefined
  let shop: Awaited<ReturnType<typeof openShop>> | undefined
  const current = (): Shop => {
    if (shop === undefined) throw new Error('the shop is not open')
    return shop
  }
  beforeAll(async () => {
    if (!buildRenderer(path.resolve('.'), process.execPath)) throw new Error('the screens could not be built')
    browser = await openBrowser()
    shop = await openShop(browser, options)
  })
  beforeEach(({ task }) => {
    onTestFailed(() => shootFailure(current(), task.name))
  })
  afterEach(() => {
    expect(current().window.complaints.splice(0)).toEqual([])
  })
  afterAll(async () => {
    await shop?.close()
    await browser?.close()
  })
  return current
}
