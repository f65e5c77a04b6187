import { describe, expect, it } from 'vitest'
import { drug } from './support/codes.ts'
import { byTestId, eventually, isShown, openPage, openTill, signIn, textOf, waitFor, waitForGone } from './support/counter.ts'
import { press, type } from './support/keyboard.ts'
import { useShop } from './support/open-till.ts'
import { shoot } from './support/screens.ts'
import type { TillWindow } from './support/till-window.ts'

const rows = (window: TillWindow): Promise<string | null> => byTestId(window, 'mapping-table').getAttribute('data-rows')
const tab = (window: TillWindow): Promise<string | null> => byTestId(window, 'mapping-tabs').getAttribute('data-tab')
const count = async (window: TillWindow, kind: string): Promise<number> => Number(/\d+$/.exec(await textOf(window, `mapping-tab-${kind}`))?.[0] ?? -1)
const shown = (window: TillWindow): Promise<string | null> => byTestId(window, 'mapping-drug').getAttribute('data-status')
const goTo = async (window: TillWindow, kind: string): Promise<void> => {
  for (let step = 0; step < 7 && (await tab(window)) !== kind; step += 1) await press(window, 'F4')
  await eventually(() => tab(window)).toBe(kind)
}

describe('the catalogue mapping, by the keyboard', () => {
  const shop = useShop()

  it('shows a cashier what is mapped and that a pharmacist does the rest', async () => {
    await openTill(shop())
    const { window } = shop()
    await openPage(window, 'mapping')
    await waitFor(window, 'mapping-page')
    await eventually(() => count(window, 'unmapped')).toBeGreaterThan(700)
    expect(await textOf(window, 'mapping-standing')).toContain('还没有读取过省平台的对照')
    expect(await byTestId(window, 'mapping-upload').isDisabled()).toBe(true)
    await shoot(window, 'mapping-never-read')
    await press(window, 'F12')
    await signIn(window, 'pharmacist')
    await waitFor(window, 'mapping-page')
  })

  it('reads what the province holds, and counts each kind', async () => {
    const { window } = shop()
    await press(window, 'F8')
    await eventually(() => count(window, 'in-force')).toBeGreaterThan(400)
    expect(await textOf(window, 'say-line')).toContain('省平台现有本店对照')
    for (const kind of ['differs', 'expired', 'expiring']) expect(await count(window, kind), kind).toBeGreaterThan(2)
    expect(await textOf(window, 'mapping-standing')).toContain('平台对照读取于 刚刚')
    await shoot(window, 'mapping-read', { dark: true })
  })

  it('puts both sides beside each other and says what differs in words', async () => {
    const { window } = shop()
    await goTo(window, 'differs')
    await eventually(() => shown(window)).toBe('differs')
    expect(await textOf(window, 'mapping-drug')).toMatch(/≠ (规格不同|批准文号不同)/)
    expect(await textOf(window, 'mapping-do')).toContain('请核对药盒')
    await shoot(window, 'mapping-differs')
    // The first differs in its strength only: a way of writing, says whoever looks at the box.
    const differing = await count(window, 'differs')
    await press(window, 'F9')
    await waitFor(window, 'mapping-same')
    expect(await textOf(window, 'mapping-same')).toContain('规格不同')
    await shoot(window, 'mapping-same')
    await press(window, 'Enter')
    await waitForGone(window, 'mapping-same')
    await eventually(() => count(window, 'differs')).toBe(differing - 1)
    await goTo(window, 'expiring')
    await eventually(() => textOf(window, 'mapping-drug')).toContain('请提前重新对照')
    await shoot(window, 'mapping-expiring')
  })

  it('uploads one drug, then all that are ready, and they come to be in force by themselves', async () => {
    const { window } = shop()
    await goTo(window, 'expired')
    await eventually(() => shown(window)).toBe('expired')
    const before = await count(window, 'expired')
    await press(window, 'F9')
    await eventually(() => count(window, 'expired')).toBe(before - 1)
    await goTo(window, 'unmapped')
    const inForce = await count(window, 'in-force')
    await press(window, 'F6')
    await waitFor(window, 'mapping-ready')
    await shoot(window, 'mapping-upload-ready')
    await press(window, 'Enter')
    await waitForGone(window, 'mapping-ready')
    await eventually(() => count(window, 'in-force')).toBeGreaterThan(inForce + 300)
    await eventually(() => count(window, 'under-way')).toBe(0)
    await eventually(() => count(window, 'unmapped')).toBe(0)
    expect(await count(window, 'refused')).toBe(0)
    await shoot(window, 'mapping-all')
  })

  it('withdraws one after a question, and finds a drug by typing', async () => {
    const { window } = shop()
    await goTo(window, 'in-force')
    await type(window, drug.lianhua)
    await eventually(() => rows(window)).toBe('1')
    await eventually(() => textOf(window, 'mapping-drug')).toContain('连花清瘟颗粒')
    await press(window, 'F11')
    await waitFor(window, 'mapping-withdraw-dialog')
    await shoot(window, 'mapping-withdraw')
    await press(window, 'Enter')
    await waitForGone(window, 'mapping-withdraw-dialog')
    await eventually(() => rows(window)).toBe('0')
    await goTo(window, 'unmapped')
    await eventually(() => rows(window)).toBe('1')
    await eventually(() => textOf(window, 'mapping-drug')).toContain('已撤销')
    await press(window, 'F9')
    await eventually(() => rows(window)).toBe('0')
    await press(window, 'Escape')
  })

  it('says the same in English', async () => {
    const { window } = shop()
    await openPage(window, 'language')
    await press(window, 'Escape')
    await openPage(window, 'mapping')
    await waitFor(window, 'mapping-page')
    await goTo(window, 'differs')
    await eventually(() => shown(window)).toBe('differs')
    expect(await textOf(window, 'mapping-drug')).toMatch(/≠ (other strength|other approval number)/)
    expect(await isShown(window, 'mapping-refusal')).toBe(false)
    await shoot(window, 'mapping-differs-en')
  })
})
