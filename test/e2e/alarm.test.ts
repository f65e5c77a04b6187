import { beforeAll, describe, expect, it } from 'vitest'
import { soldElsewhereCode } from '../../electron/core/demo-shop/demo-codes.ts'
import { byTestId, counts, eventually, isShown, openPage, openTill, says, textOf, verdict, waitFor, waitForGone, wholePage } from './support/counter.ts'
import { press, type, wedge } from './support/keyboard.ts'
import { pack, wallet } from './support/codes.ts'
import { useShop } from './support/open-till.ts'
import { shoot } from './support/screens.ts'
import type { TillWindow } from './support/till-window.ts'

/** Amoxicillin that only the province knows as sold by another shop. */
const foreign = soldElsewhereCode(214, 5)

/** A phone's picture: 3000×2000, drawn by the browser itself. */
const pictureFile = async ({ page }: TillWindow): Promise<Buffer> => {
  const base64 = await page.evaluate(async () => {
    const canvas = document.createElement('canvas')
    canvas.width = 3000
    canvas.height = 2000
    const draw = canvas.getContext('2d')
    if (draw === null) return ''
    draw.fillStyle = '#e8d9b0'
    draw.fillRect(0, 0, 3000, 2000)
    draw.fillStyle = '#7a1b1b'
    draw.fillRect(300, 300, 2400, 500)
    draw.fillStyle = '#222222'
    for (let bar = 0; bar < 90; bar += 1) draw.fillRect(400 + bar * 24, 1200, 6 + (bar % 3) * 5, 400)
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
    const bytes = new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0))
    let text = ''
    for (const byte of bytes) text += String.fromCharCode(byte)
    return btoa(text)
  })
  return Buffer.from(base64, 'base64')
}
const act = async (window: TillWindow, digit: string): Promise<void> => {
  await press(window, 'Enter')
  await waitFor(window, 'alarm-actions')
  await type(window, digit)
}
const rowsShown = (window: TillWindow): Promise<string | null> => byTestId(window, 'alarm-table').getAttribute('data-rows')

describe('a pack under suspicion', () => {
  const shop = useShop()
  beforeAll(() => openTill(shop(), 'manager', '300'))

  it('is handled by keyboard alone: marked, photographed, reported, closed', async () => {
    const { window } = shop()
    await eventually(() => isShown(window, 'strip-alarms')).toBe(true)
    expect(await textOf(window, 'strip-alarms')).toContain('1')
    await openPage(window, 'alarm')
    await waitFor(window, 'alarm-page')
    await eventually(() => rowsShown(window)).toBe('1')
    await waitFor(window, 'alarm')
    await shoot(window, 'alarm-page', { dark: true })

    await act(window, '1')
    await waitFor(window, 'alarm-mark')
    await byTestId(window, 'alarm-place').selectText()
    await type(window, 'A-3')
    await shoot(window, 'alarm-mark')
    await press(window, 'Enter')
    await waitForGone(window, 'alarm-actions')
    await eventually(() => textOf(window, 'alarm')).toContain('A-3')

    await press(window, 'Enter')
    await waitFor(window, 'alarm-actions')
    await shoot(window, 'alarm-actions')
    const buffer = await pictureFile(window)
    const chooser = window.page.waitForEvent('filechooser')
    await type(window, '2')
    await (await chooser).setFiles({ name: 'box.png', mimeType: 'image/png', buffer })
    await waitForGone(window, 'alarm-actions')
    await eventually(() => byTestId(window, 'alarm-photos').getAttribute('data-count')).toBe('1')
    await byTestId(window, 'alarm-photo').waitFor()
    // Drawn anew: smaller than it came.
    await eventually(() => byTestId(window, 'alarm-photo').evaluate((image) => (image instanceof HTMLImageElement ? image.naturalWidth : 0))).toBe(1600)
    await shoot(window, 'alarm-photo')

    await act(window, '3')
    await waitFor(window, 'alarm-report')
    const code = await textOf(window, 'alarm').then((text) => /8\d{19}/.exec(text)?.[0] ?? '?')
    await eventually(() => byTestId(window, 'alarm-report-text').inputValue()).toContain(code)
    expect(await byTestId(window, 'alarm-report-text').inputValue()).toContain('A-3')
    await shoot(window, 'alarm-report')
    await press(window, 'Enter')
    await eventually(() => byTestId(window, 'say-line').getAttribute('data-code')).toMatch(/report-(not-)?copied/)
    await press(window, 'Escape', 'Escape')
    await waitForGone(window, 'alarm-actions')

    await act(window, '4')
    await waitFor(window, 'alarm-to-drug-administration')
    await type(window, '1')
    await waitForGone(window, 'alarm-actions')
    await eventually(() => byTestId(window, 'alarm').getAttribute('data-status')).toBe('reported')

    await act(window, '6')
    await waitFor(window, 'alarm-outcome')
    await shoot(window, 'alarm-outcomes')
    await type(window, '3')
    await waitFor(window, 'alarm-close')
    // Without evidence nothing is closed.
    await press(window, 'Enter')
    expect(await isShown(window, 'alarm-close')).toBe(true)
    await type(window, 'paper 12')
    await press(window, 'Enter')
    await waitForGone(window, 'alarm-actions')
    await eventually(() => rowsShown(window)).toBe('0')
    await eventually(() => isShown(window, 'strip-alarms')).toBe(false)
    await press(window, 'F4')
    await eventually(() => rowsShown(window)).toBe('1')
    await eventually(() => byTestId(window, 'alarm').getAttribute('data-status')).toBe('closed')
    await shoot(window, 'alarm-closed')
    await press(window, 'Escape')
    await waitFor(window, 'till')
  })

  it('that the province tells of after its scan is said at once, blocks the sale, and is locked when the line goes', async () => {
    const { window } = shop()
    await wedge(window, foreign)
    await says(window, 'never-received')
    await press(window, 'Enter')
    await eventually(async () => (await counts(window)).length).toBe(1)
    await says(window, 'pack-sold-elsewhere')
    expect(await verdict(window)).toMatchObject({ tone: 'refuse', word: '他处已售' })
    expect((await verdict(window)).sentence).toContain(foreign.slice(-6))
    await eventually(() => textOf(window, 'strip-alarms')).toContain('1')
    await shoot(window, 'alarm-at-the-till', { dark: true })
    // It stays until it is read, also when something else is scanned.
    await wedge(window, pack.lianhua(2))
    await eventually(async () => (await counts(window)).length).toBe(2)
    expect((await verdict(window)).code).toBe('pack-sold-elsewhere')
    await press(window, 'Enter')
    await press(window, 'F9')
    await says(window, 'pack-alarmed')
    await shoot(window, 'alarm-blocks-the-sale')
    await press(window, 'Enter', 'ArrowUp', 'Delete')
    await waitFor(window, 'void-dialog')
    await type(window, '1')
    await waitForGone(window, 'void-dialog')
    await eventually(async () => (await counts(window)).length).toBe(1)
    await wedge(window, foreign)
    await says(window, 'locked')
    await press(window, 'Enter')
  })

  it('is not put back on sale while the province knows the other sale', async () => {
    const { window } = shop()
    await openPage(window, 'alarm')
    await eventually(() => byTestId(window, 'alarm').getAttribute('data-kind')).toBe('sold-elsewhere')
    await act(window, '5')
    await eventually(() => byTestId(window, 'say-line').getAttribute('data-code')).toBe('country-sold-elsewhere')
    await waitForGone(window, 'alarm-actions')
    await act(window, '6')
    await byTestId(window, 'alarm-outcome-genuine-released').waitFor()
    const position = await window.page.evaluate(() =>
      [...document.querySelectorAll('[data-testid^=alarm-outcome-]')].findIndex(
        (entry) => (entry as HTMLElement).dataset['testid'] === 'alarm-outcome-genuine-released',
      ),
    )
    await type(window, String(position + 1))
    await waitFor(window, 'alarm-close')
    await type(window, 'looks genuine')
    await press(window, 'Enter')
    await eventually(() => byTestId(window, 'say-line').getAttribute('data-code')).toBe('alarm.still-sold-elsewhere')
    await shoot(window, 'alarm-not-released')
    await eventually(() => rowsShown(window)).toBe('1')
    await press(window, 'Escape')
    await waitFor(window, 'till')
  })

  it('is set aside by a scan on its page, in English too', async () => {
    const { window } = shop()
    await openPage(window, 'language')
    await press(window, 'Escape')
    await openPage(window, 'alarm')
    await waitFor(window, 'alarm-page')
    // Nothing of a payment code is shown or kept.
    await wedge(window, wallet.wechat)
    await eventually(() => byTestId(window, 'say-line').getAttribute('data-code')).toBe('alarm.no-pack-code')
    expect(await wholePage(window)).not.toContain(wallet.wechat)
    expect(await isShown(window, 'alarm-raise-dialog')).toBe(false)
    await wedge(window, pack.domperidone(3))
    await waitFor(window, 'alarm-raise-dialog')
    await type(window, 'scratched')
    await shoot(window, 'alarm-raise-english')
    await press(window, 'Enter')
    await waitForGone(window, 'alarm-raise-dialog')
    await eventually(() => rowsShown(window)).toBe('2')
    await shoot(window, 'alarm-page-english')
  })
})
