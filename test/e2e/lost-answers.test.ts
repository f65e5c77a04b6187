import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { drug, pack, person } from './support/codes.ts'
import { byTestId, counts, eventually, isShown, openTill, receiptText, says, textOf, waitFor, waitForGone } from './support/counter.ts'
import { press, wedge } from './support/keyboard.ts'
import type { PracticeProcess, ProvinceBooks } from './support/practice-process.ts'
import { useShop } from './support/open-till.ts'
import { shoot } from './support/screens.ts'
import type { TillWindow } from './support/till-window.ts'

/** Scan, voucher, trial, settle: up to the moment the answer should come. */
const settleInsured = async (window: TillWindow, code: string, voucher: string): Promise<void> => {
  await wedge(window, code)
  await eventually(async () => (await counts(window)).length).toBe(1)
  await press(window, 'F3')
  await waitFor(window, 'person-reader')
  await wedge(window, voucher)
  await waitForGone(window, 'person-reader')
  await eventually(() => textOf(window, 'person-entitlement')).toContain('✓')
  await press(window, 'F8')
  await eventually(() => byTestId(window, 'totals').getAttribute('data-state')).toBe('trial')
  await press(window, 'F9')
}

const serveSelfPaid = async (window: TillWindow, code: string): Promise<void> => {
  await wedge(window, code)
  await eventually(async () => (await counts(window)).length).toBe(1)
  await press(window, 'F9')
  await waitFor(window, 'pay-dialog')
  await press(window, 'Enter')
  await waitFor(window, 'paid-dialog')
  expect((await receiptText(window)).text).toContain(code)
  await press(window, 'Enter')
  await waitForGone(window, 'paid-dialog')
}

const holders = (books: ProvinceBooks, code: string): number => books.codes.find((record) => record.code === code)?.sales.length ?? 0

const openRecall = async (window: TillWindow): Promise<void> => {
  await press(window, 'F6')
  await waitFor(window, 'recall-dialog')
}

describe('a settlement whose answer does not come', () => {
  const shop = useShop({ ownProvince: true, settleTimeoutMs: 15_000 })
  const province = (): PracticeProcess => {
    const { practice } = shop()
    if (practice === null) throw new Error('no province')
    return practice
  }
  beforeAll(() => openTill(shop()))
  afterEach(() => province().setFaults({ rules: [] }))

  for (const [kind, booked] of [
    ['lose-answer-after-booking', 1],
    ['lose-before-booking', 0],
  ] as const) {
    const code = pack.domperidone(booked + 1)
    it(`lost ${booked === 1 ? 'after' : 'before'} it was booked: 待确认 in the strip, the next customer at once, 已冲正 by itself, its codes sellable again`, async () => {
      const { window } = shop()
      const before = await province().books()
      // The reversal is lost as well, until somebody has been served.
      await province().setFaults({
        rules: [
          { infno: '2102', nth: 1, action: { kind } },
          { infno: '2601', action: { kind: 'lose-before-booking' } },
        ],
      })
      await settleInsured(window, code, person.employee.eVoucher)
      const told = await says(window, 'unconfirmed')
      expect(told.word).toBe('待确认')
      expect(told.sentence).toContain('不会重复扣')
      await eventually(() => textOf(window, 'strip-unconfirmed')).toMatch(/待确认.*1/)
      if (booked === 1) await shoot(window, 'unconfirmed-told', { docs: 'unconfirmed' })
      // The screen is the next customer's already.
      expect(await counts(window)).toEqual([])
      await press(window, 'Enter')
      await serveSelfPaid(window, pack.ganmaoling(booked + 1))
      expect(await isShown(window, 'strip-unconfirmed')).toBe(true)
      // Meanwhile its pack is nobody's.
      await wedge(window, code)
      expect((await says(window, 'in-unconfirmed-sale')).tone).toBe('refuse')
      await press(window, 'Enter')
      await openRecall(window)
      await byTestId(window, 'recall-row').first().waitFor()
      await eventually(() => byTestId(window, 'recall-row').first().getAttribute('data-status')).toBe('unconfirmed')
      await press(window, 'Enter')
      await waitFor(window, 'story-dialog')
      await eventually(() => textOf(window, 'story')).toContain('结算答复丢失')
      await shoot(window, `story-unconfirmed-${booked}`)
      await press(window, 'Escape')
      await waitForGone(window, 'story-dialog')
      await shoot(window, `strip-unconfirmed-${booked}`, { dark: booked === 1 })

      // The province answers again, nobody does anything: it ends.
      await province().setFaults({ rules: [] })
      await expect.poll(() => isShown(window, 'strip-unconfirmed'), { timeout: 60_000, interval: 50 }).toBe(false)
      expect((await says(window, 'reversed-behind')).word).toBe('已冲正')
      const after = await province().books()
      expect(after.settlements.filter(({ state }) => state === 'booked').length).toBe(before.settlements.filter(({ state }) => state === 'booked').length)
      expect(after.settlements.length - before.settlements.length).toBe(booked)
      expect(after.reversals.length - before.reversals.length).toBe(1)
      expect(holders(after, code)).toBe(0)

      // Copied into a new sale, it settles: once.
      await openRecall(window)
      await byTestId(window, 'recall-row').first().waitFor()
      await eventually(() => byTestId(window, 'recall-row').first().getAttribute('data-status')).toBe('reversed')
      await press(window, 'Enter')
      await eventually(() => counts(window)).toEqual([`${drug.domperidone} 1/1`])
      await press(window, 'F3')
      await waitFor(window, 'person-reader')
      await wedge(window, person.employee.eVoucher)
      await waitForGone(window, 'person-reader')
      await eventually(() => textOf(window, 'person-entitlement')).toContain('✓')
      await press(window, 'F8')
      await eventually(() => byTestId(window, 'totals').getAttribute('data-state')).toBe('trial')
      await press(window, 'F9')
      await waitFor(window, 'paid-dialog')
      await press(window, 'Enter')
      await waitForGone(window, 'paid-dialog')
      const settled = await province().books()
      expect(settled.settlements.filter(({ state }) => state === 'booked').length).toBe(before.settlements.filter(({ state }) => state === 'booked').length + 1)
      expect(holders(settled, code)).toBe(1)
    })
  }

  it('counts the seconds of a slow answer, offers to hold after three, and the sale left behind is settled and asks for its money', async () => {
    const { window } = shop()
    await province().setFaults({ rules: [{ infno: '2102', nth: 1, action: { kind: 'delay', ms: 6_000, when: 'after' } }] })
    // Something to pay in cash, so that it waits for its money.
    await settleInsured(window, pack.lianhua(1), person.employee.eVoucher)
    await waitFor(window, 'elapsed')
    await eventually(() => textOf(window, 'verdict')).toContain('可挂单接待下一位')
    await shoot(window, 'settling-slow')
    await press(window, 'F5')
    await eventually(() => counts(window)).toEqual([])
    await says(window, 'settled-behind')
    await eventually(() => textOf(window, 'strip-due')).toContain('1')
    await openRecall(window)
    await byTestId(window, 'recall-row').first().waitFor()
    await eventually(() => byTestId(window, 'recall-row').first().getAttribute('data-status')).toBe('due')
    await press(window, 'Enter')
    await waitFor(window, 'pay-dialog')
    await press(window, 'Enter')
    await waitFor(window, 'paid-dialog')
    expect((await receiptText(window)).text).toContain(pack.lianhua(1))
    await press(window, 'Enter')
    await waitForGone(window, 'paid-dialog')
    await eventually(() => isShown(window, 'strip-due')).toBe(false)
  })

  it('shows a refusal in the province’s words, keeps the sale, and settles it after', async () => {
    const { window } = shop()
    await province().setFaults({ rules: [{ infno: '2102', nth: 1, action: { kind: 'refuse', text: '该参保人本日购药次数已达上限' } }] })
    await settleInsured(window, pack.domperidone(5), person.retired.eVoucher)
    const refused = await says(window, 'platform.refused')
    expect(refused.tone).toBe('refuse')
    expect(refused.sentence).toContain('该参保人本日购药次数已达上限')
    await shoot(window, 'refused-by-province')
    await press(window, 'Enter')
    expect(await counts(window)).toEqual([`${drug.domperidone} 1/1`])
    await press(window, 'F8')
    await says(window, 'quoted')
    await press(window, 'F9')
    await waitFor(window, 'paid-dialog')
    await press(window, 'Enter')
    await waitForGone(window, 'paid-dialog')
  })
})
