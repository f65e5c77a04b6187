import { beforeAll, describe, expect, it } from 'vitest'
import { drug, pack } from './support/codes.ts'
import { byTestId, counts, eventually, fieldValue, isShown, lines, openPage, openTill, says, textOf, waitFor, waitForGone } from './support/counter.ts'
import { commit, compose, press, pressWhileComposing, type, wedge } from './support/keyboard.ts'
import { useShop } from './support/open-till.ts'
import { shoot } from './support/screens.ts'
import type { TillWindow } from './support/till-window.ts'

const selectedResult = async ({ page }: TillWindow): Promise<string | null> =>
  page.locator('[data-testid^=found-][aria-selected=true]').first().getAttribute('data-testid')
const results = ({ page }: TillWindow): Promise<readonly string[]> =>
  page.evaluate(() => [...document.querySelectorAll<HTMLElement>('[data-testid^=found-]')].map((row) => row.dataset['testid'] ?? ''))

/** Walks to a drug of the result list as a person does. */
const walkTo = async (window: TillWindow, drugId: string): Promise<void> => {
  await byTestId(window, `found-${drugId}`).waitFor()
  for (let step = 0; step < 40 && (await selectedResult(window)) !== `found-${drugId}`; step += 1) await press(window, 'ArrowDown')
  expect(await selectedResult(window)).toBe(`found-${drugId}`)
}

describe('finding a drug, typing and scanning side by side', () => {
  const shop = useShop()
  beforeAll(() => openTill(shop()))

  it('finds by initials from the first letter on, walks with the arrows and takes with Enter exactly what is marked', async () => {
    const { window } = shop()
    // A letter typed at the screen opens the search with it.
    await type(window, 'a')
    await eventually(() => fieldValue(window, 'find-input')).toBe('a')
    await byTestId(window, 'find-results').waitFor()
    await type(window, 'mxl')
    await eventually(() => fieldValue(window, 'find-input')).toBe('amxl')
    await eventually(async () => (await results(window)).includes(`found-${drug.amoxicillin}`)).toBe(true)
    expect(await textOf(window, 'find-results')).toContain('阿莫西林胶囊')
    await shoot(window, 'find-initials')
    await walkTo(window, drug.amoxicillin)
    await press(window, 'Enter')
    await waitForGone(window, 'find-results')
    await eventually(() => counts(window)).toEqual([`${drug.amoxicillin} 0/1`])
    // The pack that is scanned next goes onto that line.
    await wedge(window, pack.amoxicillin(1))
    await eventually(() => counts(window)).toEqual([`${drug.amoxicillin} 1/1`])
  })

  it('says what it searched when nothing is found, offers what is near, and Enter takes nothing', async () => {
    const { window } = shop()
    await press(window, 'F2')
    await type(window, 'zzqx')
    await waitFor(window, 'find-nothing')
    expect(await textOf(window, 'find-nothing')).toContain('zzqx')
    await shoot(window, 'find-nothing')
    await press(window, 'Enter')
    expect(await counts(window)).toEqual([`${drug.amoxicillin} 1/1`])
    // A slip of a name that is there: the nearest are offered.
    await press(window, 'Control+A', 'Backspace')
    await commit(window, '阿莫西宁胶囊')
    await eventually(() => textOf(window, 'find-nothing')).toContain('阿莫西林')
    await shoot(window, 'find-nearest')
    // Esc empties first, then closes.
    await press(window, 'Escape')
    await eventually(() => fieldValue(window, 'find-input')).toBe('')
    await press(window, 'Escape')
    await eventually(() => isShown(window, 'find-input')).toBe(false)
  })

  it('eats no letter of a person who types at any speed, nor of one who corrects', async () => {
    const { window } = shop()
    await press(window, 'F2')
    for (const gap of [150, 90, 60, 45, 30]) {
      await press(window, 'Control+A', 'Backspace')
      await type(window, 'lianhua6g', gap)
      await eventually(() => fieldValue(window, 'find-input')).toBe('lianhua6g')
    }
    await press(window, 'Control+A', 'Backspace')
    await type(window, 'anlo')
    await press(window, 'Backspace', 'Backspace')
    await type(window, 'ldp')
    await press(window, 'Home')
    await type(window, '5 ')
    await eventually(() => fieldValue(window, 'find-input')).toBe('5 anldp')
    // As fast as keys can go, but no Enter: a person’s key roll, shown a moment later.
    await press(window, 'Control+A', 'Backspace')
    await wedge(window, 'bly', { gapMs: 3, enter: false })
    await eventually(() => fieldValue(window, 'find-input')).toBe('bly')
    await press(window, 'Escape', 'Escape')
    await eventually(() => isShown(window, 'find-input')).toBe(false)
    expect(await counts(window)).toEqual([`${drug.amoxicillin} 1/1`])
  })

  it('does nothing on Enter, arrows and Esc while an input method composes, and searches the word it hands over', async () => {
    const { window } = shop()
    await press(window, 'F2')
    // Something is found and marked already: that is what Enter must not take.
    await type(window, 'a')
    await byTestId(window, 'find-results').waitFor()
    await eventually(() => selectedResult(window)).not.toBeNull()
    const marked = await selectedResult(window)
    await compose(window, 'lianhua')
    for (const key of ['ArrowDown', 'Enter', 'Escape', 'Enter'] as const) await pressWhileComposing(window, key)
    expect(await isShown(window, 'find-input')).toBe(true)
    expect(await selectedResult(window)).toBe(marked)
    expect(await counts(window)).toEqual([`${drug.amoxicillin} 1/1`])
    await commit(window, '连花')
    await eventually(() => fieldValue(window, 'find-input')).toBe('a连花')
    await press(window, 'Control+A', 'Backspace')
    await compose(window, 'lianhua')
    await commit(window, '连花清瘟')
    await eventually(() => fieldValue(window, 'find-input')).toBe('连花清瘟')
    await byTestId(window, `found-${drug.lianhua}`).waitFor()
    expect(await counts(window)).toEqual([`${drug.amoxicillin} 1/1`])
    await walkTo(window, drug.lianhua)
    await press(window, 'Enter')
    await eventually(() => counts(window)).toEqual([`${drug.amoxicillin} 1/1`, `${drug.lianhua} 0/1`])
  })

  it('takes a scan of digits in the middle of a composition, and the field holds what the person had made of it', async () => {
    const { window } = shop()
    await press(window, 'F2')
    await compose(window, 'ammm')
    await wedge(window, pack.lianhua(1), { inputMethod: true })
    await eventually(() => counts(window)).toEqual([`${drug.amoxicillin} 1/1`, `${drug.lianhua} 1/1`])
    expect(await fieldValue(window, 'find-input')).not.toMatch(/\d/)
    await commit(window, '')
    await press(window, 'Escape', 'Escape', 'Escape')
    await eventually(() => isShown(window, 'find-input')).toBe(false)
  })

  it('takes back what a late delivery had let into the field: the keys’ own times say it was a scan', async () => {
    const { window } = shop()
    await press(window, 'F2')
    await type(window, 'bu')
    const delivered = wedge(window, pack.lianhua(2), { deliveredLateMs: 900 })
    // For a moment they look typed; nothing a person typed may wait that long.
    await eventually(() => fieldValue(window, 'find-input')).toBe(`bu${pack.lianhua(2).slice(0, 3)}`)
    await delivered
    await eventually(() => counts(window)).toEqual([`${drug.amoxicillin} 1/1`, `${drug.lianhua} 2/2`])
    expect(await fieldValue(window, 'find-input')).toBe('bu')
    await press(window, 'Escape', 'Escape')
    await eventually(() => isShown(window, 'find-input')).toBe(false)
  })

  it('refuses a scan of letters that an input method swallowed, and says to switch it off', async () => {
    const { window } = shop()
    await wedge(window, pack.aspirin(1), { inputMethod: true })
    const said = await says(window, 'scan-input-method')
    expect(said.sentence).toContain('输入法')
    await press(window, 'Enter')
    expect((await counts(window)).length).toBe(2)
    await wedge(window, pack.aspirin(1))
    await eventually(() => counts(window)).toContain(`${drug.aspirin} 1/1`)
  })

  it('lets no scan land in a field: search, quantity, ID number, note, cash; the pack goes to the sale where it belongs', async () => {
    const { window } = shop()
    // Search.
    await press(window, 'F2')
    await type(window, 'bu')
    await wedge(window, pack.domperidone(1), { gapMs: 10 })
    await eventually(() => counts(window)).toContain(`${drug.domperidone} 1/1`)
    expect(await fieldValue(window, 'find-input').catch(() => 'bu')).toBe('bu')
    await press(window, 'Escape', 'Escape')
    // Quantity: one digit typed, then a scan.
    await type(window, '2')
    await wedge(window, pack.ganmaoling(1))
    await eventually(() => counts(window)).toContain(`${drug.ganmaoling} 1/1`)
    expect((await lines(window)).map(({ quantity }) => quantity.replace(/\D/g, ''))).toEqual(['1', '2', '1', '1', '1'])
    await press(window, 'Escape')
    // ID number, with the focus in it.
    await press(window, 'F3', 'Tab')
    await eventually(() => window.page.evaluate(() => (document.activeElement as HTMLElement).dataset['testid'])).toBe('person-number')
    await type(window, '9999')
    await wedge(window, pack.domperidone(2))
    await says(window, 'drug-in-person-step')
    expect(await fieldValue(window, 'person-number')).toBe('9999')
    expect(await counts(window)).toContain(`${drug.domperidone} 1/1`)
    await shoot(window, 'verdict-drug-in-person-step')
    await press(window, 'Enter', 'Escape', 'Escape')
    await waitForGone(window, 'person-reader')
    // A dialog's note.
    await press(window, 'F5')
    await waitFor(window, 'hold-dialog')
    await type(window, 'red')
    await wedge(window, pack.domperidone(2))
    await eventually(() => counts(window)).toContain(`${drug.domperidone} 2/2`)
    expect(await fieldValue(window, 'hold-note')).toBe('red')
    await press(window, 'Escape')
    await waitForGone(window, 'hold-dialog')
    // Cash.
    await press(window, 'F9')
    await waitFor(window, 'pay-dialog')
    await type(window, '5')
    await wedge(window, pack.ibuprofen(3))
    await eventually(() => byTestId(window, 'say-line').getAttribute('data-code')).toBe('drug-in-payment-step')
    expect(await fieldValue(window, 'pay-given')).toBe('5')
    await press(window, 'Escape')
    await waitForGone(window, 'pay-dialog')
    expect(await counts(window)).not.toContain(`${drug.ibuprofen} 1/1`)
  })

  it('hears a scan on a page that sells nothing, says so, and puts it nowhere', async () => {
    const { window } = shop()
    const before = await counts(window)
    await openPage(window, 'uploads')
    await waitFor(window, 'uploads-page')
    await type(window, 'a')
    await wedge(window, pack.ibuprofen(3))
    await eventually(() => byTestId(window, 'say-line').getAttribute('data-code')).toBe('no-scan-here')
    expect(await fieldValue(window, 'filter')).toBe('a')
    await press(window, 'Escape', 'Escape')
    await waitFor(window, 'till')
    expect(await counts(window)).toEqual(before)
  })
})
