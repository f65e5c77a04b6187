import { beforeAll, describe, expect, it } from 'vitest'
import { barcodeOf, learntIdentifier, learntPackCode, productId } from '../../electron/core/demo-shop/demo-codes.ts'
import { LEARNT_ROW } from '../../electron/core/demo-shop/demo-plan.ts'
import { pack, person, wallet } from './support/codes.ts'
import { byTestId, counts, eventually, openPage, openTill, says, textOf, waitFor, waitForGone, wholePage } from './support/counter.ts'
import { press, pushScan, type, wedge } from './support/keyboard.ts'
import { useShop } from './support/open-till.ts'
import { shoot } from './support/screens.ts'
import type { TillWindow } from './support/till-window.ts'

const rows = (window: TillWindow, table: string) => byTestId(window, table).getAttribute('data-rows')
const openMap = async (window: TillWindow): Promise<void> => {
  await openPage(window, 'map')
  await waitFor(window, 'map-page')
}
const lookUp = async (window: TillWindow, scan: () => Promise<void>, kind: string): Promise<string> => {
  await scan()
  await eventually(() => byTestId(window, 'look-up-found').getAttribute('data-kind')).toBe(kind)
  return textOf(window, 'look-up-found')
}

describe('the three-code map, by the keyboard', () => {
  const shop = useShop()
  beforeAll(() => openTill(shop(), 'pharmacist'))

  it('lists what waits for review first, and walks the other kinds by F4', async () => {
    const { window } = shop()
    await openMap(window)
    await eventually(() => rows(window, 'map-table')).toBe('1')
    expect(await textOf(window, 'map-tab-provisional')).toBe('待复核1')
    expect(await textOf(window, 'map-table')).toContain(learntIdentifier)
    await shoot(window, 'map-to-review', { dark: true })
    await press(window, 'F4')
    await eventually(() => rows(window, 'map-table')).toBe('500')
    await eventually(() => textOf(window, 'map-page')).toContain('只列出最新 500 条')
    await type(window, '8900213')
    await eventually(() => rows(window, 'map-table')).toBe('1')
    expect(await textOf(window, 'map-table')).toContain('阿莫西林胶囊')
    await shoot(window, 'map-confirmed')
    await press(window, 'Escape', 'F4')
    await eventually(() => textOf(window, 'map-table')).toContain('没有这样的对码')
    await press(window, 'F4', 'F4')
    await eventually(() => byTestId(window, 'map-tabs').getAttribute('data-tab')).toBe('provisional')
  })

  it('looks up any code by a scan or by F2: all the codes of its item, with where they are from', async () => {
    const { window } = shop()
    const byScan = await lookUp(window, () => wedge(window, learntPackCode(9)), 'drug-trace')
    for (const text of [learntIdentifier, barcodeOf(LEARNT_ROW), '国药准字', '本店对码 · 李正', '待复核', '连锁总部', '已确认']) expect(byScan).toContain(text)
    expect(await window.page.locator('[data-testid=item-code][data-asked=true]').textContent()).toContain(learntIdentifier)
    await shoot(window, 'map-look-up', { dark: true })
    // The dialog hears the next scan; a typed code does as well.
    expect(await lookUp(window, () => wedge(window, barcodeOf(LEARNT_ROW)), 'gtin')).toContain(learntIdentifier)
    await press(window, 'Escape')
    await waitForGone(window, 'look-up')
    await press(window, 'F2')
    await waitFor(window, 'look-up')
    await type(window, productId(LEARNT_ROW))
    await press(window, 'Enter')
    await eventually(() => byTestId(window, 'look-up-found').getAttribute('data-items')).toBe('1')
    expect(await textOf(window, 'look-up-found')).toContain(learntIdentifier)
    await press(window, 'Escape')
  })

  it('names a payment code, a voucher and an ID by their kind and repeats none of them', async () => {
    const { window } = shop()
    for (const [code, kind] of [
      [wallet.wechat, 'wechat-pay'],
      [person.employee.eVoucher, 'insurance-ecert'],
      [person.employee.idNumber, 'id-card'],
    ] as const) {
      expect(await lookUp(window, () => pushScan(window, code), kind)).toContain('不是药品的编码')
      expect(await wholePage(window)).not.toContain(code)
    }
    await shoot(window, 'map-look-up-payment')
    await press(window, 'Escape')
    await waitForGone(window, 'look-up')
  })

  it('opens one link, goes to a pack that entered under it, sells that pack, and still knows it', async () => {
    const { window } = shop()
    await press(window, 'Enter')
    await waitFor(window, 'link-page')
    await eventually(() => rows(window, 'link-packs')).toBe('2')
    expect(await textOf(window, 'link')).toContain('本店对码 · 李正 新包装，盒上标识未见过')
    expect(await textOf(window, 'link-counts')).toBe('经此进入台账 2 盒 · 在架 2 · 在单中 0 · 已售 0 · 已锁定 0')
    await shoot(window, 'map-link', { dark: true })
    await press(window, 'Enter')
    await waitFor(window, 'pack-page')
    await eventually(() => textOf(window, 'pack-page')).toContain(learntPackCode(1))
    await eventually(() => textOf(window, 'pack-page')).toContain('学得对码')
    await press(window, 'Escape')
    await press(window, 'Escape')
    await waitFor(window, 'till')
    await wedge(window, learntPackCode(1))
    await eventually(() => counts(window)).toEqual([`${productId(LEARNT_ROW)} 1/1`])
    await press(window, 'F9')
    await waitFor(window, 'pay-dialog')
    await press(window, 'Enter')
    await waitFor(window, 'paid-dialog')
    await press(window, 'Enter')
    await waitForGone(window, 'paid-dialog')
  })

  it('confirms a link, then revokes it with a reason: the shelf is locked, the sold pack is named by its receipt', async () => {
    const { window } = shop()
    await openMap(window)
    await eventually(() => rows(window, 'map-table')).toBe('1')
    await press(window, 'Enter')
    await waitFor(window, 'link-page')
    await eventually(() => byTestId(window, 'link').getAttribute('data-trust')).toBe('provisional')
    await press(window, 'F9')
    await eventually(() => byTestId(window, 'link').getAttribute('data-trust')).toBe('confirmed')
    await eventually(() => byTestId(window, 'say-line').getAttribute('data-code')).toBe('link-confirmed')
    await press(window, 'Delete')
    await waitFor(window, 'revoke-dialog')
    expect(await textOf(window, 'revoke-dialog')).toContain('在架的 1 盒')
    await shoot(window, 'map-revoke')
    // Esc loses nothing and revokes nothing.
    await press(window, 'Escape')
    await waitForGone(window, 'revoke-dialog')
    expect(await byTestId(window, 'link').getAttribute('data-trust')).toBe('confirmed')
    await press(window, 'Delete')
    await waitFor(window, 'revoke-dialog')
    await type(window, '1')
    await eventually(() => byTestId(window, 'link').getAttribute('data-trust')).toBe('revoked')
    expect(await textOf(window, 'say-line')).toContain('在架锁定 1 盒 · 已售 1 盒 · 在单中 0 盒')
    expect(await textOf(window, 'link-counts')).toBe('经此进入台账 2 盒 · 在架 0 · 在单中 0 · 已售 1 · 已锁定 1')
    expect(await textOf(window, 'link-packs')).toMatch(new RegExp(`已售${learntPackCode(1)}.*已完成`))
    expect(await textOf(window, 'link')).toContain('对错了药')
    await shoot(window, 'map-link-revoked')
    await press(window, 'Escape')
    await eventually(() => textOf(window, 'map-tab-provisional')).toBe('待复核0')
    await shoot(window, 'map-nothing-to-review')
    await press(window, 'F4', 'F4')
    await eventually(() => rows(window, 'map-table')).toBe('1')
    // What was locked is not sold, and the front means nothing any more.
    expect(await lookUp(window, () => wedge(window, learntPackCode(9)), 'drug-trace')).toContain('没有对到本店的药')
    await press(window, 'Escape')
    await waitForGone(window, 'look-up')
    await press(window, 'Escape')
    await waitFor(window, 'till')
    await wedge(window, learntPackCode(2))
    expect((await says(window, 'locked')).tone).toBe('refuse')
  })

  it('shows the map to a cashier, who may look up and not decide; and all of it in English', async () => {
    const { window } = shop()
    await press(window, 'Escape')
    await openPage(window, 'language')
    await press(window, 'Escape')
    await press(window, 'F12')
    await waitFor(window, 'staff')
    await press(window, '1')
    await waitFor(window, 'pin')
    await type(window, '1001')
    await press(window, 'Enter')
    await waitForGone(window, 'sign-in')
    if (await byTestId(window, 'open-shift').isVisible()) await press(window, 'Escape')
    await openMap(window)
    await press(window, 'F4')
    await type(window, pack.amoxicillin(1).slice(0, 7))
    await eventually(() => rows(window, 'map-table')).toBe('1')
    await shoot(window, 'map-english')
    await press(window, 'Enter')
    await waitFor(window, 'link-page')
    await eventually(() => textOf(window, 'link-page')).toContain('A pharmacist or manager confirms and revokes')
    await press(window, 'Delete')
    expect(await byTestId(window, 'revoke-dialog').isVisible()).toBe(false)
    await shoot(window, 'map-link-english')
    await press(window, 'F1')
    await waitFor(window, 'help')
    expect(await textOf(window, 'help')).toContain('Look up any code')
  })
})
