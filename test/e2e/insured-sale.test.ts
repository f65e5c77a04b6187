import { describe, expect, it } from 'vitest'
import { drug, pack, person } from './support/codes.ts'
import { byTestId, counts, eventually, fenOf, isShown, lines, openTill, receiptText, says, textOf, verdict, waitFor, waitForGone } from './support/counter.ts'
import { press, pushScan, type, wedge } from './support/keyboard.ts'
import { useShop } from './support/open-till.ts'
import { shoot } from './support/screens.ts'

describe('an insured sale by keyboard and scanner, the province started by the host', () => {
  const shop = useShop()

  it('opens in sign-in, and after PIN and float the till waits for the first pack', async () => {
    const { window } = shop()
    await waitFor(window, 'staff')
    await shoot(window, 'sign-in')
    await openTill(shop())
    expect((await verdict(window)).tone).toBe('ready')
    expect(await textOf(window, 'strip-staff')).toContain('张小敏')
    expect(await isShown(window, 'strip-practice')).toBe(true)
    // The token is out of sight.
    expect(window.page.url()).not.toContain('token')
    await shoot(window, 'till-empty', { dark: true })
  })

  it('takes two packs of one drug and one of another, reads the e-voucher, tries, settles, takes the cash and shows every code on the receipt at both widths', async () => {
    const { window } = shop()
    const codes = [pack.lianhua(1), pack.lianhua(2), pack.ganmaoling(1)]
    await wedge(window, pack.lianhua(1), { gapMs: 1 })
    expect((await says(window, 'pack-ok')).word).toBe('可售')
    await eventually(() => counts(window)).toEqual([`${drug.lianhua} 1/1`])
    await wedge(window, pack.lianhua(2), { gapMs: 5 })
    await eventually(() => counts(window)).toEqual([`${drug.lianhua} 2/2`])
    await wedge(window, pack.ganmaoling(1), { gapMs: 10 })
    await eventually(() => counts(window)).toEqual([`${drug.lianhua} 2/2`, `${drug.ganmaoling} 1/1`])
    expect(await fenOf(window, 'total')).toBe(2353 * 2 + 1580)

    await press(window, 'F3')
    await waitFor(window, 'person-reader')
    await shoot(window, 'till-person-wanted')
    await wedge(window, person.employee.eVoucher)
    await waitForGone(window, 'person-reader')
    await eventually(() => textOf(window, 'person-name')).toContain('张*')
    expect(await textOf(window, 'person-insurance')).toContain('职工基本医疗保险')
    expect(await textOf(window, 'person-balance')).toContain('1,500.00')
    await eventually(() => textOf(window, 'person-entitlement')).toContain('✓')
    expect(await byTestId(window, 'totals').getAttribute('data-state')).toBe('untried')

    await press(window, 'F8')
    await eventually(() => byTestId(window, 'totals').getAttribute('data-state')).toBe('trial')
    expect(await textOf(window, 'stamp')).toBe('预')
    // The province allows 18.83 a box: what is over it, and what is off the list, the account does not pay here. The lines say which is which.
    expect(await fenOf(window, 'total-account')).toBe(1883 * 2)
    expect(await fenOf(window, 'total-cash')).toBe((2353 - 1883) * 2 + 1580)
    expect((await lines(window)).map(({ notes }) => notes)).toEqual([
      '超限价自付 9.40平台：单价超过最高限价,超出部分自费',
      '全自费 15.80平台：目录外药品,全额自费',
    ])
    await shoot(window, 'till-after-trial', { dark: true, docs: 'till-quoted' })

    await press(window, 'F9')
    await waitFor(window, 'pay-dialog')
    expect(await fenOf(window, 'pay-due')).toBe(2520)
    expect(await textOf(window, 'stamp')).toBe('已')
    await shoot(window, 'pay-cash')
    await type(window, '30')
    await eventually(() => fenOf(window, 'pay-change')).toBe(480)
    await shoot(window, 'pay-change', { docs: 'payment' })
    await press(window, 'Enter')
    await waitFor(window, 'paid-dialog')
    expect(await fenOf(window, 'paid-change')).toBe(480)
    for (const width of ['80', '58']) {
      await eventually(async () => (await receiptText(window)).width).toBe(width)
      const { text } = await receiptText(window)
      for (const code of codes) expect(text, `${width} mm`).toContain(code)
      expect(text).toContain('基金支付')
      await shoot(window, `paid-${width}mm`, width === '80' ? { docs: 'receipt' } : {})
      await press(window, '2')
    }
    await eventually(async () => (await receiptText(window)).width).toBe('80')

    await press(window, 'Enter')
    await waitForGone(window, 'paid-dialog')
    expect(await counts(window)).toEqual([])
    expect(await byTestId(window, 'person').getAttribute('data-state')).toBe('none')
    await eventually(() => textOf(window, 'strip-uploads')).toMatch(/待上传 0/)
  })

  it('sells again with the voucher scanned among the packs: it asks, Enter reads the person, and a code handed over without keys counts the same', async () => {
    const { window } = shop()
    await pushScan(window, pack.domperidone(1))
    await eventually(() => counts(window)).toEqual([`${drug.domperidone} 1/1`])
    await wedge(window, person.retired.eVoucher)
    const asked = await says(window, 'ecert-in-drug-step')
    expect(asked.tone).toBe('ask')
    await shoot(window, 'verdict-ask')
    await press(window, 'Enter')
    await eventually(() => textOf(window, 'person-name')).toContain('王*')
    await eventually(() => textOf(window, 'person-filings')).toContain('高血压')
    await press(window, 'F4')
    await waitFor(window, 'purchase-list')
    await shoot(window, 'purchase-list')
    await press(window, 'Escape', 'F8')
    await eventually(() => byTestId(window, 'totals').getAttribute('data-state')).toBe('trial')
    await press(window, 'F9')
    // The account pays it all: nothing to take, the receipt is there at once.
    await waitFor(window, 'paid-dialog')
    expect((await receiptText(window)).text).toContain(pack.domperidone(1))
    // The next pack is the next customer's.
    await wedge(window, pack.domperidone(2))
    await waitForGone(window, 'paid-dialog')
    await eventually(() => byTestId(window, 'person').getAttribute('data-state')).toBe('none')
    await eventually(() => counts(window)).toEqual([`${drug.domperidone} 1/1`])
    expect(await byTestId(window, 'totals').getAttribute('data-state')).toBe('self-paid')
  })

  it('buys for a filed chronic disease: F4 and a digit, what the province allows for it the fund pays its share of, what it does not is refused in its words', async () => {
    const { window } = shop()
    await press(window, 'Delete')
    await waitFor(window, 'void-dialog')
    await press(window, 'Delete', '2')
    await waitForGone(window, 'void-dialog')
    for (const code of [pack.amlodipine(1), pack.amlodipine(2), pack.telmisartan(1), pack.lianhua(3)]) await wedge(window, code)
    await eventually(() => counts(window)).toEqual([`${drug.amlodipine} 2/2`, `${drug.telmisartan} 1/1`, `${drug.lianhua} 1/1`])
    await press(window, 'F3')
    await waitFor(window, 'person-reader')
    await wedge(window, person.retired.eVoucher)
    await waitForGone(window, 'person-reader')
    await eventually(() => textOf(window, 'person-filings')).toContain('高血压')
    await press(window, 'F4')
    await waitFor(window, 'purchase-list')
    await press(window, '2')
    await eventually(() => byTestId(window, 'purchase').getAttribute('data-kind')).toBe('chronic')
    expect(await textOf(window, 'purchase')).toContain('高血压病')
    await eventually(() => textOf(window, 'person-entitlement')).toContain('✓')
    await press(window, 'F8')
    const refused = await says(window, 'platform.refused')
    expect(refused.sentence).toContain('药品[连花清瘟颗粒]不属于病种[高血压病]的用药范围')
    await press(window, 'Enter', 'Delete')
    await waitFor(window, 'void-dialog')
    await press(window, '2')
    await waitForGone(window, 'void-dialog')
    await eventually(() => counts(window)).toEqual([`${drug.amlodipine} 2/2`, `${drug.telmisartan} 1/1`])
    await press(window, 'F8')
    await says(window, 'quoted')
    expect(await fenOf(window, 'total-fund')).toBeGreaterThan(0)
    expect(await fenOf(window, 'total')).toBe(
      (await fenOf(window, 'total-fund')) + (await fenOf(window, 'total-account')) + (await fenOf(window, 'total-cash')),
    )
    await shoot(window, 'till-chronic', { dark: true, docs: 'till-chronic' })
    await press(window, 'F9')
    // The account covers the rest.
    await waitFor(window, 'paid-dialog')
    await eventually(async () => (await receiptText(window)).text).toContain('门诊慢特病高血压病')
    // A long receipt is read with the arrows.
    const scrolled = (): Promise<number> => window.page.evaluate(() => document.querySelector('.paid-receipt')?.scrollTop ?? 0)
    expect(await scrolled()).toBe(0)
    await press(window, 'End')
    await eventually(scrolled).toBeGreaterThan(100)
    await shoot(window, 'paid-chronic')
    await press(window, 'Enter')
    await waitForGone(window, 'paid-dialog')
  })
})
