import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { drug, pack, person } from './support/codes.ts'
import { byTestId, counts, eventually, openPage, openTill, says, textOf, verdict, waitFor, waitForGone } from './support/counter.ts'
import { press, type, wedge } from './support/keyboard.ts'
import { useShop } from './support/open-till.ts'
import { shoot } from './support/screens.ts'
import type { TillWindow } from './support/till-window.ts'

/** The province's own page, opened beside the till as a trainer does. */
const openBeside = async (window: TillWindow, address: string): Promise<TillWindow> => {
  const page = await window.page.context().newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(`script: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`)
  })
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`))
  })
  await page.goto(address)
  return { page, cdp: await page.context().newCDPSession(page), complaints }
}

const playing = (window: TillWindow): Promise<string | null> => byTestId(window, 'lessons').getAttribute('data-playing')
const openLessons = async (window: TillWindow): Promise<void> => {
  await openPage(window, 'lessons')
  await waitFor(window, 'lessons')
}
const backToTill = async (window: TillWindow): Promise<void> => {
  await press(window, 'Escape')
  await waitFor(window, 'till')
}
const readPerson = async (window: TillWindow): Promise<void> => {
  await press(window, 'F3')
  await waitFor(window, 'person-reader')
  await wedge(window, person.employee.eVoucher)
  await waitForGone(window, 'person-reader')
  await eventually(() => textOf(window, 'person-entitlement')).toContain('✓')
}

describe('lessons in the training menu, and the province’s own page beside the till', () => {
  const shop = useShop()
  let province: TillWindow
  beforeAll(() => openTill(shop()))
  afterEach(() => {
    expect(province?.complaints.splice(0) ?? []).toEqual([])
  })
  afterAll(() => province?.page.close())

  it('lists ten lessons with what happens and what to do, by keys, and says that nothing goes wrong now', async () => {
    const { window } = shop()
    await openLessons(window)
    expect(await playing(window)).toBe('all-well')
    expect(await byTestId(window, 'lessons').locator('[role=option]').count()).toBe(10)
    await press(window, 'ArrowDown')
    await eventually(() => textOf(window, 'lesson-words')).toMatch(/余额不足.*会发生什么.*应该怎么做/s)
    await type(window, '6')
    await eventually(() => textOf(window, 'lesson-words')).toContain('应答丢失')
    await shoot(window, 'lessons', { dark: true, docs: 'lessons' })
  })

  it('gives the address of the page, which shows the messages so far and nobody’s name', async () => {
    const { window } = shop()
    const address = await textOf(window, 'lesson-page')
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/ui#key=/)
    province = await openBeside(window, address)
    await byTestId(province, 'line').first().waitFor()
    // The key does not stay in the address.
    expect(province.page.url()).toMatch(/\/ui$/)
    expect(await byTestId(province, 'live').getAttribute('data-live')).toBe('true')
    await eventually(() => byTestId(province, 'line').evaluateAll((lines) => lines.some(({ dataset }) => (dataset as DOMStringMap)['infno'] === '9001'))).toBe(true)
    await shoot(province, 'province-idle')
  })

  it('“balance too low”: refused at the till with the figures, seen on the other side, gone when the lesson ends', async () => {
    const { window } = shop()
    await window.page.bringToFront()
    await press(window, 'ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowUp')
    await press(window, 'Enter')
    await eventually(() => playing(window)).toBe('balance-too-low')
    await backToTill(window)
    await wedge(window, pack.domperidone(1))
    await eventually(() => counts(window)).toEqual([`${drug.domperidone} 1/1`])
    await readPerson(window)
    await press(window, 'F8')
    const told = await says(window, 'platform.refused')
    expect(told.sentence).toContain('个人账户余额不足')
    await press(window, 'Enter')
    await eventually(() => byTestId(province, 'line').first().getAttribute('data-outcome')).toBe('refused')
    await eventually(() => textOf(province, 'lesson-strip')).toContain('余额不足')
    await openLessons(window)
    await eventually(() => playing(window)).toBe('balance-too-low')
    await press(window, 'Delete')
    await eventually(() => playing(window)).toBe('all-well')
    await backToTill(window)
    await press(window, 'F8')
    await says(window, 'quoted')
  })

  it('“answer lost”: booked at the province, unknown at the till, reversed by itself; both seen on the page', async () => {
    const { window } = shop()
    await openLessons(window)
    await type(window, '6')
    await press(window, 'Enter')
    await eventually(() => playing(window)).toBe('answer-lost')
    await backToTill(window)
    await press(window, 'F9')
    await eventually(() => byTestId(province, 'line').evaluateAll((lines) => lines.filter(({ dataset }) => (dataset as DOMStringMap)['infno'] === '2102').map(({ dataset }) => (dataset as DOMStringMap)['outcome']))).toContain('lost')
    await eventually(() => byTestId(province, 'line').evaluateAll((lines) => lines.filter(({ dataset }) => (dataset as DOMStringMap)['infno'] === '2601').map(({ dataset }) => (dataset as DOMStringMap)['outcome']))).toContain('accepted')
    await province.page.bringToFront()
    await byTestId(province, 'tab-settlements').click()
    await eventually(() => textOf(province, 'table-settlements')).toContain('已冲正')
    await shoot(province, 'province-answer-lost', { docs: 'province' })
  })

  it('shows one message from both sides by its official names, masked until asked for', async () => {
    await byTestId(province, 'filter-infno').fill('2102')
    await byTestId(province, 'line').first().click()
    await waitFor(province, 'message')
    const sent = (): Promise<string> => textOf(province, 'side-sent')
    expect(await sent()).toMatch(/人员姓名.*psn_name.*张\*/s)
    expect(await textOf(province, 'because')).toContain('应答丢在路上')
    expect(await textOf(province, 'side-answered')).toContain('基金支付总额')
    await shoot(province, 'province-message', { docs: 'province-message' })
    await byTestId(province, 'personal').click()
    await eventually(sent).toContain('张三')
    await byTestId(province, 'personal').click()
    await eventually(sent).not.toContain('张三')
    await province.page.keyboard.press('Escape')
    await waitFor(province, 'books')
    await byTestId(province, 'filter-infno').fill('')
  })

  it('ends the lesson from the page, and the till knows', async () => {
    const { window } = shop()
    await byTestId(province, 'lesson-end').click()
    await waitForGone(province, 'lesson-strip')
    await window.page.bringToFront()
    await press(window, 'Enter')
    await openLessons(window)
    await eventually(() => playing(window)).toBe('all-well')
    await backToTill(window)
  })

  it('“clock off” and “sold elsewhere”: the till says what it is, and sells when the lesson is over', async () => {
    const { window } = shop()
    const play = async (digit: string, name: string): Promise<void> => {
      await openLessons(window)
      await type(window, digit)
      await press(window, 'Enter')
      await eventually(() => playing(window)).toBe(name)
      await backToTill(window)
    }
    await play('9', 'clock-off')
    await wedge(window, pack.lianhua(1))
    await eventually(() => counts(window)).toEqual([`${drug.lianhua} 1/1`])
    // Known from before, with its age; the quote needs the province.
    await readPerson(window)
    await eventually(() => textOf(window, 'person-balance')).toContain('缓存')
    await press(window, 'F8')
    expect((await says(window, 'platform.clock-skew')).tone).toBe('refuse')
    await press(window, 'Enter')
    await play('4', 'sold-elsewhere')
    await readPerson(window)
    await press(window, 'F8')
    await eventually(() => byTestId(window, 'totals').getAttribute('data-state')).toBe('trial')
    await press(window, 'F9')
    await eventually(() => byTestId(province, 'line').first().textContent()).toContain('已在其他机构销售')
    await eventually(async () => (await verdict(window)).tone).toBe('refuse')
    await shoot(window, 'lesson-sold-elsewhere')
    await press(window, 'Enter')
    await play('1', 'all-well')
  })

  it('speaks English as well, and exports the run', async () => {
    await province.page.bringToFront()
    await byTestId(province, 'language').click()
    await eventually(() => province.page.title()).toBe('Practice province')
    await shoot(province, 'province-english')
    const [download] = await Promise.all([province.page.waitForEvent('download'), byTestId(province, 'export').click()])
    expect(download.suggestedFilename()).toMatch(/^practice-run-\d{14}\.json$/)
    const run = JSON.parse(await (await download.createReadStream()).toArray().then((chunks) => Buffer.concat(chunks as Buffer[]).toString('utf8'))) as { messages: { infno: string }[]; personalValues: string }
    expect(run.personalValues).toBe('masked')
    expect(run.messages.some(({ infno }) => infno === '2601')).toBe(true)
  })
})
