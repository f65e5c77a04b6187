import { beforeAll, describe, expect, it } from 'vitest'
import { drug, pack, person } from './support/codes.ts'
import { byTestId, counts, eventually, isShown, openPage, openTill, says, textOf, verdict, waitFor, waitForGone } from './support/counter.ts'
import { press, wedge } from './support/keyboard.ts'
import type { PracticeProcess } from './support/practice-process.ts'
import { useShop } from './support/open-till.ts'
import { shoot } from './support/screens.ts'
import type { TillWindow } from './support/till-window.ts'

const readPerson = async (window: TillWindow, voucher: string): Promise<void> => {
  await press(window, 'F3')
  await waitFor(window, 'person-reader')
  await wedge(window, voucher)
  await waitForGone(window, 'person-reader')
  await eventually(() => byTestId(window, 'person').getAttribute('data-state')).toBe('read')
}
const payExact = async (window: TillWindow): Promise<void> => {
  await press(window, 'F9')
  await waitFor(window, 'pay-dialog')
  await press(window, 'Enter')
  await waitFor(window, 'paid-dialog')
  await press(window, 'Enter')
  await waitForGone(window, 'paid-dialog')
}
const lineState = (window: TillWindow): Promise<string | null> => byTestId(window, 'strip-line').getAttribute('data-state')

describe('the line to the province is down and comes back', () => {
  const shop = useShop({ ownProvince: true })
  const province = (): PracticeProcess => {
    const { practice } = shop()
    if (practice === null) throw new Error('no province')
    return practice
  }
  beforeAll(() => openTill(shop()))

  it('is online, and a person is read', async () => {
    const { window } = shop()
    await eventually(() => lineState(window)).toBe('online')
    // The evening before's uploads go first.
    await eventually(() => textOf(window, 'strip-uploads')).toMatch(/待上传 0/)
    await wedge(window, pack.domperidone(1))
    await eventually(() => counts(window)).toEqual([`${drug.domperidone} 1/1`])
    await readPerson(window, person.employee.eVoucher)
    await eventually(() => textOf(window, 'person-entitlement')).toContain('✓')
  })

  it('says of the insured sale why not, and offers hold and self-paid; the strip shows offline and since when', async () => {
    const { window } = shop()
    await province().setDown(3_600)
    // Calls that break off find out: one lost answer is a lost answer, two are a line that is down.
    for (let ask = 0; ask < 4 && (await lineState(window)) !== 'offline'; ask += 1) {
      await press(window, 'F8')
      const said = await says(window, 'platform.timeout')
      expect(said.sentence).toContain('没有按时答复')
      await press(window, 'Enter')
    }
    await eventually(() => lineState(window)).toBe('offline')
    expect(await textOf(window, 'strip-line')).toMatch(/离线 ?\d+″/)
    await press(window, 'F8')
    await eventually(async () => (await verdict(window)).tone).toBe('refuse')
    expect(await isShown(window, 'answer-hold')).toBe(true)
    expect(await isShown(window, 'answer-self-paid')).toBe(true)
    await shoot(window, 'offline-insured')
  })

  it('holds that sale, and sells a second one self-paid as offered; both keys answer the question', async () => {
    const { window } = shop()
    await press(window, 'F5')
    await waitFor(window, 'hold-dialog')
    await press(window, 'Enter')
    await waitForGone(window, 'hold-dialog')
    await eventually(() => textOf(window, 'strip-held')).toContain('1')

    await wedge(window, pack.ganmaoling(1))
    await eventually(() => counts(window)).toEqual([`${drug.ganmaoling} 1/1`])
    // Read before: shown from memory with its age, not as if it were new.
    await press(window, 'F3')
    await waitFor(window, 'person-reader')
    await wedge(window, person.employee.eVoucher)
    await eventually(() => textOf(window, 'person-balance')).toContain('缓存')
    await shoot(window, 'offline-cached-person')
    await press(window, 'F8')
    await eventually(async () => (await verdict(window)).tone).toBe('refuse')
    await press(window, 'F4')
    await eventually(() => byTestId(window, 'purchase').getAttribute('data-kind')).toBe('self-paid')
    await payExact(window)
  })

  it('says of a person never read here that nothing is known while the line is down', async () => {
    const { window } = shop()
    await wedge(window, pack.lianhua(1))
    await eventually(() => counts(window)).toEqual([`${drug.lianhua} 1/1`])
    await press(window, 'F3')
    await waitFor(window, 'person-reader')
    await wedge(window, person.retired.eVoucher)
    await says(window, 'person.not-cached')
    await press(window, 'Enter', 'Escape')
    await waitForGone(window, 'person-reader')
    await payExact(window)
  })

  it('lets the uploads wait, with count and age, and says why on their page', async () => {
    const { window } = shop()
    await eventually(() => textOf(window, 'strip-uploads')).toMatch(/待上传 2.*最久/)
    await openPage(window, 'uploads')
    await waitFor(window, 'uploads-page')
    await eventually(() => byTestId(window, 'uploads-table').getAttribute('data-rows')).toBe('2')
    expect(await textOf(window, 'uploads-table')).toContain('感冒灵颗粒')
    await shoot(window, 'uploads-waiting')
    await press(window, 'Escape')
    await waitFor(window, 'till')
    expect((await province().books()).sales.filter(({ itemName }) => itemName.includes('感冒灵')).length).toBe(0)
  })

  it('knows a line that cannot even be opened at once, and says it in one word', async () => {
    const { window } = shop()
    await province().stop()
    await press(window, 'F6')
    await byTestId(window, 'recall-row').first().waitFor()
    await press(window, 'Enter')
    await eventually(() => counts(window)).toEqual([`${drug.domperidone} 1/1`])
    await press(window, 'F8')
    const said = await says(window, 'insured-offline')
    expect(said.word).toBe('离线')
    expect(said.sentence).toContain('连不上省平台')
    expect(await isShown(window, 'answer-hold')).toBe(true)
    expect(await isShown(window, 'answer-self-paid')).toBe(true)
    await press(window, 'Enter')
    expect(await counts(window)).toEqual([`${drug.domperidone} 1/1`])
    // Still with the fund: nothing was decided for the cashier.
    expect(await byTestId(window, 'purchase').getAttribute('data-kind')).toBe('pharmacy')
  })

  it('sends the uploads by itself when the line is back, and the insured sale is settled', async () => {
    const { window } = shop()
    await province().startAgain()
    await eventually(() => lineState(window)).toBe('online')
    await eventually(() => textOf(window, 'strip-uploads')).toMatch(/待上传 0/)
    expect((await province().books()).sales.filter(({ itemName }) => itemName.includes('感冒灵') || itemName.includes('连花清瘟颗粒')).length).toBe(2)
    await press(window, 'F8')
    await says(window, 'quoted')
    await press(window, 'F9')
    await waitFor(window, 'paid-dialog')
    await press(window, 'Enter')
    await waitForGone(window, 'paid-dialog')
    expect((await province().books()).settlements.filter(({ state }) => state === 'booked').length).toBe(1)
  })
})
