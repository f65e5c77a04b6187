import process from 'node:process'
import { chromium } from 'playwright-core'
import type { Browser, CDPSession, Page } from 'playwright-core'
import { findChromium } from '../../../build/find-chromium.mjs'

/** The page of a till in a real Chromium, and everything it complained about. */
export interface TillWindow {
  readonly page: Page
  /** For what a keyboard does and Playwright does not: key times, input methods. */
  readonly cdp: CDPSession
  /** Script errors, errors on the console, what the page's policy refused. Empty at the end of every test. */
  readonly complaints: string[]
}

const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--force-color-profile=srgb',
]

export const SIZE = { width: 1366, height: 768 } as const

export const openBrowser = (): Promise<Browser> => {
  const executablePath = findChromium()
  if (executablePath === null) throw new Error('no Chromium or Chrome found; install one, or name it in YAOGUI_CHROMIUM')
  // Chromium's own sandbox refuses to start as root.
  return chromium.launch({ executablePath, headless: true, args: [...FLAGS, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])] })
}

export const openWindow = async (browser: Browser, address: string): Promise<TillWindow> => {
  const context = await browser.newContext({ viewport: SIZE, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce' })
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => {
    complaints.push(`script: ${error.message}`)
  })
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`)
  })
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`))
  })
  await page.goto(address)
  return { page, cdp: await context.newCDPSession(page), complaints }
}
