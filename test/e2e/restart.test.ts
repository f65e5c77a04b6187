import { beforeAll, describe, expect, it } from 'vitest'
import { drug, pack, person } from './support/codes.ts'
import { byTestId, counts, eventually, fenOf, isShown, openTill, receiptText, says, signIn, textOf, waitFor, waitForGone } from './support/counter.ts'
import { press, type, wedge } from './support/keyboard.ts'
import type { PracticeProcess } from './support/practice-process.ts'
import { useShop } from './support/open-till.ts'
import { shoot } from './support/screens.ts'

describe('a reload and a power cut in the middle of a sale', () => {
  const shop = useShop({ ownProvince: true })
  const province = (): PracticeProcess => {
    const { practice } = shop()
    if (practice === null) throw new Error('no province')
    return practice
  }
  const sold = [`${drug.lianhua} 2/2`, `${drug.ganmaoling} 1/2`]
  beforeAll(() => openTill(shop()))

  it('has the sale on the screen after a reload, still signed in', async () => {
    const { window } = shop()
    for (const code of [pack.lianhua(1), pack.lianhua(2), pack.ganmaoling(1)]) await wedge(window, code)
    await eventually(() => counts(window)).toEqual([`${drug.lianhua} 2/2`, `${drug.ganmaoling} 1/1`])
    await type(window, '2')
    await press(window, 'Enter')
    await eventually(() => counts(window)).toEqual(sold)
    await press(window, 'F3')
    await waitFor(window, 'person-reader')
    await wedge(window, person.employee.eVoucher)
    await waitForGone(window, 'person-reader')
    await eventually(() => textOf(window, 'person-entitlement')).toContain('✓')
    await window.page.reload()
    await waitFor(window, 'till')
    await eventually(() => counts(window)).toEqual(sold)
    expect((await says(window, 'resumed')).word).toBe('接着做')
    expect(await textOf(window, 'person-name')).toContain('张*')
    expect(await isShown(window, 'sign-in')).toBe(false)
  })

  it('rests calmly when the host is gone, and after a kill -9, a new start and a sign-in the sale goes on to its end', async () => {
    await shop().killHost()
    await waitFor(shop().window, 'connection')
    expect(await textOf(shop().window, 'connection')).toContain('已录入的内容都在')
    await shoot(shop().window, 'connection-lost')
    await shop().startAgain()
    const { window } = shop()
    await signIn(window)
    await eventually(() => counts(window)).toEqual(sold)
    expect(await textOf(window, 'person-name')).toContain('张*')
    expect(await isShown(window, 'open-shift')).toBe(false)
    await wedge(window, pack.ganmaoling(2))
    await eventually(() => counts(window)).toEqual([`${drug.lianhua} 2/2`, `${drug.ganmaoling} 2/2`])
    await press(window, 'F8')
    await says(window, 'quoted')
    await press(window, 'F9')
    await waitFor(window, 'pay-dialog')

    // Settled, the money not yet taken: the plug again.
    const due = await fenOf(window, 'pay-due')
    await shop().killHost()
    await shop().startAgain()
    const again = shop().window
    await signIn(again)
    await eventually(() => textOf(again, 'strip-due')).toContain('1')
    await press(again, 'F6')
    await byTestId(again, 'recall-row').first().waitFor()
    await press(again, 'Enter')
    await waitFor(again, 'pay-dialog')
    expect(await fenOf(again, 'pay-due')).toBe(due)
    await press(again, 'Enter')
    await waitFor(again, 'paid-dialog')
    expect((await receiptText(again)).text).toContain(pack.ganmaoling(2))
    await press(again, 'Enter')
    await waitForGone(again, 'paid-dialog')
    expect((await province().books()).settlements.map(({ state }) => state)).toEqual(['booked'])
  })

  it('killed while the province was settling, it neither knows nor asks twice: the sale is reversed by itself and its pack is sellable', async () => {
    const before = shop().window
    await wedge(before, pack.domperidone(1))
    await eventually(() => counts(before)).toEqual([`${drug.domperidone} 1/1`])
    await press(before, 'F3')
    await waitFor(before, 'person-reader')
    await wedge(before, person.employee.eVoucher)
    await waitForGone(before, 'person-reader')
    await eventually(() => textOf(before, 'person-entitlement')).toContain('✓')
    await press(before, 'F8')
    await says(before, 'quoted')
    await province().setFaults({ rules: [{ infno: '2102', nth: 1, action: { kind: 'delay', ms: 3_000, when: 'after' } }] })
    await press(before, 'F9')
    await waitFor(before, 'elapsed')
    await eventually(async () => (await province().books()).settlements.length).toBe(2)
    await shop().killHost()
    await shop().startAgain()
    const { window } = shop()
    await signIn(window)
    await eventually(async () => (await province().books()).settlements.map(({ state }) => state)).toEqual(['booked', 'reversed'])
    await eventually(() => isShown(window, 'strip-unconfirmed')).toBe(false)
    await press(window, 'F6')
    await byTestId(window, 'recall-row').first().waitFor()
    await eventually(() => byTestId(window, 'recall-row').first().getAttribute('data-status')).toBe('reversed')
    await press(window, 'Escape')
    await waitForGone(window, 'recall-dialog')
    await wedge(window, pack.domperidone(1))
    expect((await says(window, 'pack-ok')).tone).toBe('accept')
    expect(await counts(window)).toEqual([`${drug.domperidone} 1/1`])
  })
})
