import { beforeAll, describe, expect, it } from 'vitest'
import { pack, person } from './support/codes.ts'
import { byTestId, counts, eventually, openPage, openTill, says, textOf, waitFor, waitForGone } from './support/counter.ts'
import { press, wedge } from './support/keyboard.ts'
import { useShop } from './support/open-till.ts'
import { shoot } from './support/screens.ts'

describe('an answer that was lost, and a reversal that the province refuses', () => {
  const shop = useShop({ ownProvince: true, settleTimeoutMs: 15_000 })
  beforeAll(() => openTill(shop(), 'manager'))

  it('stays unconfirmed; the comparison finds it in the province’s list; a manager confirms, and the patient’s part is due', async () => {
    const { window, practice } = shop()
    await practice!.setFaults({ rules: [
      { infno: '2102', nth: 1, action: { kind: 'lose-answer-after-booking' } },
      { infno: '2601', action: { kind: 'refuse', text: '原交易已参与对账,不允许冲正' } },
    ] })
    await wedge(window, pack.domperidone(1))
    await eventually(async () => (await counts(window)).length).toBe(1)
    await press(window, 'F3')
    await waitFor(window, 'person-reader')
    await wedge(window, person.smallBalance.eVoucher)
    await waitForGone(window, 'person-reader')
    await eventually(() => textOf(window, 'person-entitlement')).toContain('✓')
    await press(window, 'F8')
    await eventually(() => byTestId(window, 'totals').getAttribute('data-state')).toBe('trial')
    await press(window, 'F9')
    expect((await says(window, 'unconfirmed')).word).toBe('待确认')
    await press(window, 'Enter')
    await openPage(window, 'reconcile')
    await waitFor(window, 'reconcile-page')
    await waitFor(window, 'reconcile-not-run')
    await shoot(window, 'reconcile-not-run')
    // Until the reversal has been refused; then the day is compared.
    await eventually(async () => (await practice!.books()).settlements.length).toBe(1)
    await eventually(async () => {
      await press(window, 'F9')
      await waitFor(window, 'reconcile-result')
      return byTestId(window, 'difference-table').getAttribute('data-rows')
    }).toBe('1')
    await eventually(() => byTestId(window, 'difference').getAttribute('data-kind')).toBe('settle-booked')
    await eventually(() => textOf(window, 'strip-differences')).toMatch(/对账差异.*1/)
    expect(await byTestId(window, 'reconcile-result').getAttribute('data-balanced')).toBe('false')
    await shoot(window, 'reconcile-difference')
    // What is not confirmed changes nothing.
    await press(window, 'Enter')
    await waitFor(window, 'difference-dialog')
    await shoot(window, 'reconcile-cures')
    await press(window, '1')
    await waitFor(window, 'cure-confirm')
    await window.page.keyboard.type('已核对中心明细')
    await shoot(window, 'reconcile-confirm')
    await press(window, 'Escape')
    await waitForGone(window, 'cure-confirm')
    expect((await practice!.books()).settlements[0]?.state).toBe('booked')
    await press(window, '1')
    await waitFor(window, 'cure-confirm')
    await press(window, 'Enter')
    await waitForGone(window, 'difference-dialog')
    await waitFor(window, 'difference-decided')
    await eventually(() => textOf(window, 'strip-due')).toMatch(/1/)
    await waitForGone(window, 'strip-unconfirmed')
    await press(window, 'F9')
    await eventually(() => byTestId(window, 'reconcile-result').getAttribute('data-balanced')).toBe('true')
    expect((await practice!.books()).settlements).toMatchObject([{ state: 'booked', cashFen: 30 }])
    await shoot(window, 'reconcile-decided')
    await press(window, 'F6')
    await waitFor(window, 'day-report')
    expect(await byTestId(window, 'day-report-text').inputValue()).toContain('已核对中心明细')
    await shoot(window, 'reconcile-report')
    await press(window, 'Escape')
    await waitForGone(window, 'day-report')
    await press(window, 'Escape')
    await waitFor(window, 'till')
  })

  it('is told in English too', async () => {
    const { window } = shop()
    await openPage(window, 'language')
    await eventually(() => window.page.evaluate(() => document.documentElement.lang)).toBe('en')
    await press(window, 'Escape')
    await openPage(window, 'reconcile')
    await waitFor(window, 'difference')
    await shoot(window, 'en-reconcile-decided')
    await press(window, 'Escape')
  })
})
