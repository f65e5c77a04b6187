import { beforeAll, describe, expect, it } from 'vitest'
import { drug, pack, wallet } from './support/codes.ts'
import {
  byTestId,
  counts,
  eventually,
  fenOf,
  isShown,
  lines,
  openTill,
  receiptText,
  says,
  textOf,
  verdict,
  waitFor,
  waitForGone,
  wholePage,
} from './support/counter.ts'
import { press, pushScan, type, wedge } from './support/keyboard.ts'
import { useShop } from './support/open-till.ts'
import { shoot } from './support/screens.ts'

describe('self-paid sales, quantities and held sales', () => {
  const shop = useShop()
  beforeAll(() => openTill(shop()))

  it('takes cash and shows the change while it is typed and after', async () => {
    const { window } = shop()
    await wedge(window, pack.ibuprofen(2))
    await eventually(() => counts(window)).toEqual([`${drug.ibuprofen} 1/1`])
    expect(await byTestId(window, 'totals').getAttribute('data-state')).toBe('self-paid')
    // F8 has nothing to try here, and says so.
    await press(window, 'F8')
    expect((await says(window, 'trial-not-needed')).word).toBe('自费单')
    await press(window, 'F9')
    await waitFor(window, 'pay-dialog')
    expect(await fenOf(window, 'pay-due')).toBe(2262)
    await type(window, '20')
    await eventually(() => textOf(window, 'pay-change-row')).toBe('还差2.62')
    await press(window, 'Enter')
    await eventually(() => byTestId(window, 'say-line').getAttribute('data-code')).toBe('sale.tender-short')
    await shoot(window, 'pay-short')
    await press(window, 'Backspace', 'Backspace')
    await type(window, '50')
    await eventually(() => fenOf(window, 'pay-change')).toBe(2738)
    await press(window, 'Enter')
    await waitFor(window, 'paid-dialog')
    expect(await fenOf(window, 'paid-change')).toBe(2738)
    const { text } = await receiptText(window)
    expect(text).toContain(pack.ibuprofen(2))
    expect(text).toContain('收现金50.00找零27.38')
    await press(window, 'Enter')
    await waitForGone(window, 'paid-dialog')
  })

  it('says of WeChat that it is recorded and not charged, before and after, and lets a payment code choose the wallet', async () => {
    const { window } = shop()
    await wedge(window, pack.ganmaoling(1))
    await eventually(() => counts(window)).toEqual([`${drug.ganmaoling} 1/1`])
    await press(window, 'F9')
    await waitFor(window, 'pay-dialog')
    await press(window, 'ArrowDown')
    expect(await byTestId(window, 'pay-wechat').getAttribute('aria-checked')).toBe('true')
    expect(await textOf(window, 'pay-recorded')).toContain('仅登记，未扣款')
    expect(await isShown(window, 'pay-change-row')).toBe(false)
    // Another wallet's code: chosen by the scan, and its digits are nowhere.
    await wedge(window, wallet.alipay)
    await eventually(() => byTestId(window, 'pay-alipay').getAttribute('aria-checked')).toBe('true')
    expect(await byTestId(window, 'pay-given').inputValue()).toBe('')
    expect(await wholePage(window)).not.toContain(wallet.alipay)
    await wedge(window, wallet.wechat)
    await eventually(() => byTestId(window, 'pay-wechat').getAttribute('aria-checked')).toBe('true')
    await shoot(window, 'pay-wechat')
    // A pack is not a payment.
    await wedge(window, pack.ganmaoling(2))
    await eventually(() => byTestId(window, 'say-line').getAttribute('data-code')).toBe('drug-in-payment-step')
    await press(window, 'Enter')
    await waitFor(window, 'paid-dialog')
    expect(await textOf(window, 'paid-dialog')).toContain('微信 · 仅登记')
    expect((await receiptText(window)).text).toContain('收微信15.80')
    await press(window, 'Enter')
    await waitForGone(window, 'paid-dialog')
    expect(await counts(window)).toEqual([])
  })

  it('sets a quantity by digits and Enter, shows n of m, refuses to settle with the reason and jumps to the line', async () => {
    const { window } = shop()
    await wedge(window, pack.amoxicillin(1))
    await wedge(window, pack.domperidone(1))
    await eventually(() => counts(window)).toEqual([`${drug.amoxicillin} 1/1`, `${drug.domperidone} 1/1`])
    await press(window, 'ArrowUp')
    await eventually(async () => (await lines(window)).map(({ selected }) => selected)).toEqual([true, false])
    await type(window, '3')
    await eventually(async () => (await lines(window))[0]?.quantity).toContain('3')
    await press(window, 'Enter')
    await eventually(() => counts(window)).toEqual([`${drug.amoxicillin} 1/3`, `${drug.domperidone} 1/1`])
    expect((await lines(window))[0]?.notes).toContain('还差 2 盒')
    // Esc takes typed digits back and changes nothing.
    await type(window, '9')
    await press(window, 'Escape', 'ArrowDown')
    await eventually(async () => (await lines(window)).map(({ quantity }) => quantity)).toEqual(['3盒', '1盒'])
    await press(window, 'F9')
    const refused = await says(window, 'missing-codes')
    expect(refused.tone).toBe('refuse')
    expect(refused.sentence).toContain('还差 2 盒')
    await eventually(async () => (await lines(window)).map(({ selected }) => selected)).toEqual([true, false])
    expect(await isShown(window, 'pay-dialog')).toBe(false)
    await shoot(window, 'till-missing-codes')
    // Down to what was scanned is fine, below it is not.
    await press(window, 'Enter')
    await type(window, '0')
    await press(window, 'Enter')
    expect((await says(window, 'quantity-whole')).tone).toBe('refuse')
    await type(window, '-')
    await eventually(() => counts(window)).toEqual([`${drug.amoxicillin} 1/2`, `${drug.domperidone} 1/1`])
    await type(window, '1')
    await press(window, 'Enter')
    await eventually(() => counts(window)).toEqual([`${drug.amoxicillin} 1/1`, `${drug.domperidone} 1/1`])
    // The quantity was set by hand and its codes are there: one more is a question.
    await wedge(window, pack.amoxicillin(2))
    expect((await says(window, 'count-over')).tone).toBe('ask')
    await press(window, 'Enter')
    await eventually(() => counts(window)).toEqual([`${drug.amoxicillin} 2/2`, `${drug.domperidone} 1/1`])
    await type(window, '1')
    await press(window, 'Enter')
    expect((await says(window, 'sale.quantity-below-scanned')).sentence).toContain('已扫')
    expect(await counts(window)).toEqual([`${drug.amoxicillin} 2/2`, `${drug.domperidone} 1/1`])
  })

  it('voids a line with scanned codes only with a reason, and its packs can be sold again', async () => {
    const { window } = shop()
    await press(window, 'Home', 'Delete')
    await waitFor(window, 'void-dialog')
    await shoot(window, 'void-line')
    await press(window, 'Escape')
    await waitForGone(window, 'void-dialog')
    expect((await counts(window)).length).toBe(2)
    await press(window, 'Delete')
    await waitFor(window, 'void-dialog')
    await type(window, '2')
    await waitForGone(window, 'void-dialog')
    await eventually(() => counts(window)).toEqual([`${drug.domperidone} 1/1`])
    await wedge(window, pack.amoxicillin(1))
    expect((await says(window, 'pack-ok')).tone).toBe('accept')
    await eventually(() => counts(window)).toEqual([`${drug.domperidone} 1/1`, `${drug.amoxicillin} 1/1`])
  })

  it('sells twelve tablets of a bottle: split, quantity, the bottle scanned and opened on the cashier’s word', async () => {
    const { window } = shop()
    // A line without a code first: the split line says what it wants.
    await type(window, 'wssc')
    await waitFor(window, 'find-results')
    await byTestId(window, `found-${drug.vitaminC}`).waitFor()
    while ((await byTestId(window, `found-${drug.vitaminC}`).getAttribute('aria-selected')) !== 'true') await press(window, 'ArrowDown')
    await press(window, 'Enter')
    await eventually(() => counts(window)).toContain(`${drug.vitaminC} 0/1`)
    await press(window, 'F11')
    await waitFor(window, 'split-dialog')
    await type(window, '12')
    await eventually(() => textOf(window, 'split-dialog')).toContain('每瓶 100 片')
    await shoot(window, 'split-dialog')
    await press(window, 'Enter')
    await waitForGone(window, 'split-dialog')
    await eventually(async () => (await lines(window)).find(({ drugId }) => drugId === drug.vitaminC)?.quantity).toBe('12片')
    await wedge(window, pack.vitaminC(1))
    const asked = await verdict(window)
    if (asked.code !== 'split-pack-ok') {
      await says(window, 'open-split-pack')
      await press(window, 'Enter')
    }
    await says(window, 'split-pack-ok')
    await eventually(() => counts(window)).toContain(`${drug.vitaminC} 1/1`)
    // 2.70 for 100: twelve are 0.324, half up 0.32.
    expect((await lines(window)).find(({ drugId }) => drugId === drug.vitaminC)?.amount).toBe('0.32')
    await shoot(window, 'till-split')
  })

  it('holds this sale, serves another customer, and recalls it as it was', async () => {
    const { window } = shop()
    const held = await counts(window)
    expect(held.length).toBe(3)
    const total = await fenOf(window, 'total')
    await press(window, 'F5')
    await waitFor(window, 'hold-dialog')
    await type(window, 'bag')
    await press(window, 'Enter')
    await waitForGone(window, 'hold-dialog')
    expect((await says(window, 'held')).word).toBe('已挂单')
    expect(await counts(window)).toEqual([])
    await eventually(() => textOf(window, 'strip-held')).toContain('1')
    // A held pack belongs to that sale.
    await wedge(window, pack.domperidone(1))
    expect((await says(window, 'in-another-sale')).tone).toBe('refuse')
    await press(window, 'Enter')
    await pushScan(window, pack.ganmaoling(2))
    await eventually(() => counts(window)).toEqual([`${drug.ganmaoling} 1/1`])
    await press(window, 'F9')
    await waitFor(window, 'pay-dialog')
    await press(window, 'Enter')
    await waitFor(window, 'paid-dialog')
    await press(window, 'Enter')
    await waitForGone(window, 'paid-dialog')
    await press(window, 'F6')
    await byTestId(window, 'recall-row').first().waitFor()
    expect(await textOf(window, 'recall-row')).toContain('bag')
    await shoot(window, 'recall')
    await press(window, 'Enter')
    await eventually(() => counts(window)).toEqual(held)
    expect(await fenOf(window, 'total')).toBe(total)
    expect(await isShown(window, 'strip-held')).toBe(false)
    // The whole sale goes, with a reason.
    await press(window, 'Delete')
    await waitFor(window, 'void-dialog')
    await press(window, 'Delete')
    await type(window, '2')
    await waitForGone(window, 'void-dialog')
    expect((await says(window, 'voided')).tone).toBe('notice')
    expect(await counts(window)).toEqual([])
  })
})
