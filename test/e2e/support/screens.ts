import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { expect } from 'vitest'
import { practicePeople } from '../../../electron/practice/people.ts'
import { inspectLooks } from './inspect-looks.ts'
import { SIZE } from './till-window.ts'
import type { TillWindow } from './till-window.ts'

const FOLDER = path.resolve('test-output/screens')
const DOCS = path.resolve('docs/screens')
const SIZES = [SIZE, { width: 1920, height: 1080 }] as const

const settled = (page: TillWindow['page']): Promise<void> =>
  page.evaluate(async () => {
    await document.fonts.ready
    for (let frame = 0; frame < 3; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve))
  })

export interface ShootOptions {
  readonly dark?: boolean
  /** The practice dock's own labels name made-up people. */
  readonly withDock?: boolean
  /** A picture of the READMEs: the light one at 1366×768 is kept under docs/screens by YAOGUI_DOCS_SCREENS=1 npm run test:e2e. */
  readonly docs?: string
}

/**
 * A picture of the page at both sizes, and what must hold of every picture: nothing scrolls out of the window, no text is cut without saying so or stands on a ground it cannot be read on, nobody's name or number is in it.
 */
export const shoot = async ({ page }: TillWindow, name: string, { dark = false, withDock = false, docs }: ShootOptions = {}): Promise<void> => {
  mkdirSync(FOLDER, { recursive: true })
  const before = await page.evaluate(() => document.documentElement.dataset['theme'])
  for (const theme of dark ? ['light', 'dark'] : ['light']) {
    await page.evaluate((chosen) => {
      document.documentElement.dataset['theme'] = chosen
    }, theme)
    for (const size of SIZES) {
      await page.setViewportSize(size)
      await settled(page)
      const file = `${name}${theme === 'dark' ? '-dark' : ''}-${size.width}x${size.height}`
      await page.screenshot({ path: path.join(FOLDER, `${file}.png`), animations: 'disabled', caret: 'hide' })
      if (docs !== undefined && process.env['YAOGUI_DOCS_SCREENS'] === '1' && size === SIZE) {
        mkdirSync(DOCS, { recursive: true })
        copyFileSync(path.join(FOLDER, `${file}.png`), path.join(DOCS, `${docs}${theme === 'dark' ? '-dark' : ''}.png`))
      }
      const looks = await page.evaluate(inspectLooks)
      writeFileSync(path.join(FOLDER, `${file}.json`), JSON.stringify(looks, null, 1))
      expect.soft(looks.overflow, `${file}: the page scrolls`).toEqual([])
      expect.soft(looks.clipped, `${file}: text is cut`).toEqual([])
      expect.soft(looks.contrast, `${file}: contrast below AA`).toEqual([])
    }
  }
  await page.evaluate((chosen) => {
    document.documentElement.dataset['theme'] = chosen ?? 'light'
  }, before)
  await page.setViewportSize(SIZE)
  await settled(page)
  const text = await page.evaluate(() => document.body.textContent ?? '')
  for (const { name: full, idNumber, eVoucher } of practicePeople()) {
    if (!withDock) expect.soft(text, `${name}: a name in clear`).not.toContain(full)
    expect.soft(text, `${name}: an ID in clear`).not.toContain(idNumber)
    expect.soft(text, `${name}: a voucher in clear`).not.toContain(eVoucher)
  }
}
