import { beforeAll, describe, expect, it } from 'vitest'
import { pack } from './support/codes.ts'
import { byTestId, counts, eventually, openPage, openTill, textOf, waitFor, waitForGone } from './support/counter.ts'
import { press, wedge } from './support/keyboard.ts'
import type { PracticeProcess } from './support/practice-process.ts'
import { useShop } from './support/open-till.ts'
import { shoot } from './support/screens.ts'
import type { TillWindow } from './support/till-window.ts'

const PACKS = [pack.lianhua, pack.amoxicillin, pack.domperidone, pack.ibuprofen, pack.ganmaoling, pack.vitaminC, pack.telmisartan].map((of) => of(2))
const payExact = async (window: TillWindow): Promise<void> => {
  await press(window, 'F9')
  await waitFor(window, 'pay-dialog')
  await press(window, 'Enter')
  await waitFor(window, 'paid-dialog')
  await press(window, 'Enter')
  await waitForGone(window, 'paid-dialog')
}

describe('uploads while the province does not answer', () => {
  const shop = useShop({ ownProvince: true })
  const province = (): PracticeProcess => {
    const { practice } = shop()
    if (practice === null) throw new Error('no province')
    return practice
  }
  beforeAll(() => openTill(shop(), 'manager'))

  it('pause after several failures, and the page says since when, what waits and when the next try is', async () => {
    const { window } = shop()
    await eventually(() => textOf(window, 'strip-uploads')).toMatch(/待上传 0/)
    await province().setDown(3_600)
    for (const raw of PACKS) await wedge(window, raw)
    await eventually(() => counts(window)).toHaveLength(PACKS.length)
    await payExact(window)
    await openPage(window, 'uploads')
    await waitFor(window, 'drain')
    await eventually(() => byTestId(window, 'drain-breaker').getAttribute('data-state')).toMatch(/open|trying/)
    await eventually(() => textOf(window, 'drain-left')).toBe(String(PACKS.length))
    expect(await textOf(window, 'drain-rest')).toMatch(/起暂停上传.*收银与医保结算不受影响/)
    await shoot(window, 'uploads-paused')
  })

  it('go on when one got through, asked for by hand, and the page shows how fast', async () => {
    const { window } = shop()
    await province().setDown(null)
    await press(window, 'F9')
    await eventually(() => byTestId(window, 'drain-breaker').getAttribute('data-state')).toBe('closed')
    await eventually(() => textOf(window, 'drain-left')).toBe('0')
    expect(await textOf(window, 'drain-rate')).toMatch(/^\d+$/)
    await shoot(window, 'uploads-drained')
  })

  it('show what the platform said of a refused row, persons covered, and uncovered for a manager who says why', async () => {
    const { window } = shop()
    await press(window, 'Escape')
    await waitFor(window, 'till')
    await province().setFaults({ rules: [{ infno: '3505', nth: 1, action: { kind: 'row-refused', text: '参保人手机13812345678不符' } }] })
    await wedge(window, pack.lianhua(3))
    await eventually(() => counts(window)).toHaveLength(1)
    await payExact(window)
    await openPage(window, 'uploads')
    await eventually(() => byTestId(window, 'uploads-table').getAttribute('data-rows')).toBe('1')
    await press(window, 'Enter')
    await waitFor(window, 'repair')
    await press(window, 'F7')
    await eventually(() => textOf(window, 'message-answer')).toContain('138****5678')
    expect(await textOf(window, 'message-request')).toContain('"infno": "3505"')
    await shoot(window, 'uploads-message')
    await press(window, 'F6')
    await waitFor(window, 'message-reason')
    await byTestId(window, 'message-reason').fill('核对平台应答')
    await press(window, 'Enter')
    await eventually(() => textOf(window, 'message-answer')).toContain('13812345678')
    await press(window, 'Escape', 'Escape', 'Escape')
  })
})
