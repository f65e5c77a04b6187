import { beforeAll, describe, expect, it } from 'vitest'
import { DELIVERED } from '../../electron/core/demo-shop/demo-delivery.ts'
import { DELIVERED_ROWS } from '../../electron/core/demo-shop/demo-plan.ts'
import { neverReceivedCode, productId } from '../../electron/core/demo-shop/demo-codes.ts'
import { addDays, businessDate } from '../../electron/domain/calendar.ts'
import type { Instant } from '../../electron/contract/index.ts'
import { wallet } from './support/codes.ts'
import { byTestId, counts, eventually, openPage, openTill, says, textOf, waitFor, waitForGone, wholePage } from './support/counter.ts'
import { press, type, wedge } from './support/keyboard.ts'
import { useShop } from './support/open-till.ts'
import { shoot } from './support/screens.ts'
import type { TillWindow } from './support/till-window.ts'

const TODAY = businessDate(Date.now() as Instant)
const [firstCarton, secondCarton] = DELIVERED.cartons
const [firstInner] = DELIVERED.inners

const openGoods = async (window: TillWindow): Promise<void> => {
  await openPage(window, 'goods')
  await waitFor(window, 'goods-page')
  await waitFor(window, 'goods-table')
}
const scanned = async (window: TillWindow, code: string, reason: string): Promise<string> => {
  const nth = Number((await byTestId(window, 'goods-said').getAttribute('data-nth')) ?? 0)
  await wedge(window, code)
  await eventually(async () => Number((await byTestId(window, 'goods-said').getAttribute('data-nth')) ?? 0)).toBe(nth + 1)
  expect(await byTestId(window, 'goods-said').getAttribute('data-code')).toBe(reason)
  return textOf(window, 'goods-said')
}
const counted = (window: TillWindow) => eventually(async () => `${await byTestId(window, 'goods-count').getAttribute('data-done')}/${await byTestId(window, 'goods-count').getAttribute('data-all')}`)

const paper = (rows: readonly { readonly code: string; readonly drug?: string }[], documentNumber: string): string => {
  const expiresOn = addDays(TODAY, 400)
  return ['单号,供应商,追溯码,上级码,层级,药品,批号,生产日期,有效期至', ...rows.map(({ code, drug = productId(214) }) => [documentNumber, '练习批发', code, '', 1, drug, 'E2E-1', addDays(expiresOn, -1000), expiresOn].join(','))].join('\r\n')
}
const importPaper = async ({ page }: TillWindow, text: string): Promise<void> => {
  const chooser = page.waitForEvent('filechooser')
  await page.keyboard.press('F2')
  await (await chooser).setFiles({ name: 'paper.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
}

describe('goods that come in, by scanner and keyboard', () => {
  const shop = useShop()
  beforeAll(async () => {
    await openTill(shop(), 'pharmacist')
    // Playwright begins to catch file dialogs a moment after somebody listens: from the start, then.
    shop().window.page.on('filechooser', () => {})
  })

  it('lists the deliveries that wait; one scan of an inner pack brings in its five packs', async () => {
    const { window } = shop()
    await openGoods(window)
    await eventually(() => textOf(window, 'goods-table')).toContain('未收')
    await shoot(window, 'goods-list', { dark: true })
    await press(window, 'Enter')
    await waitFor(window, 'delivery-page')
    await counted(window).toBe('0/23')
    await shoot(window, 'goods-delivery')
    expect(await scanned(window, firstInner, 'received')).toContain('收入 5 盒')
    await counted(window).toBe('5/23')
    await shoot(window, 'goods-received', { dark: true })
  })

  it('the carton brings in the rest of it; scanned again nothing happens twice', async () => {
    const { window } = shop()
    expect(await scanned(window, firstCarton, 'received')).toContain('收入 5 盒')
    expect(await scanned(window, firstCarton, 'already-received')).toContain('没有重复计入')
    await counted(window).toBe('10/23')
    await shoot(window, 'goods-again')
  })

  it('turns away what is not on the paper and what is no trace code, without keeping it', async () => {
    const { window } = shop()
    expect(await scanned(window, neverReceivedCode(10, 3), 'not-on-delivery')).toContain('没有入库')
    await shoot(window, 'goods-not-on-paper')
    expect(await scanned(window, wallet.wechat, 'no-trace-code')).toContain('微信付款码')
    expect(await wholePage(window)).not.toContain(wallet.wechat)
    await counted(window).toBe('10/23')
  })

  it('a pack that was sold elsewhere comes in locked, unmistakably', async () => {
    const { window } = shop()
    const said = await scanned(window, DELIVERED.loose[2] ?? '', 'received-locked')
    expect(said).toContain('已锁定')
    expect(said).toContain(DELIVERED.loose[2])
    await counted(window).toBe('11/23')
    await shoot(window, 'goods-locked', { dark: true })
  })

  it('F6 shows what has not come, F4 counts what is on the shelf', async () => {
    const { window } = shop()
    await press(window, 'F6')
    await waitFor(window, 'packages')
    expect(await window.page.locator('[data-testid=packages-missing] li').count()).toBe(12)
    expect(await textOf(window, 'packages-cartons')).toContain('10/10')
    await shoot(window, 'goods-packages')
    await press(window, 'Enter')
    await waitFor(window, 'carton')
    await eventually(() => textOf(window, 'carton-children')).toContain(firstInner)
    await shoot(window, 'goods-carton')
    await press(window, 'Escape')
    await waitFor(window, 'packages')
    // A scan is looked at here, not received.
    await wedge(window, firstInner)
    await eventually(() => textOf(window, 'carton-children')).toContain('在库')
    await press(window, 'Escape', 'Escape')
    await waitForGone(window, 'packages')
    await press(window, 'F4')
    await eventually(() => byTestId(window, 'goods-count').getAttribute('data-counting')).toBe('true')
    await counted(window).toBe('0/10')
    expect(await scanned(window, firstInner, 'counted')).toContain('点到 5 盒')
    await counted(window).toBe('5/10')
    expect(await scanned(window, DELIVERED.packs[0] ?? '', 'counted-already')).toContain('没有重复计数')
    expect(await scanned(window, DELIVERED.packs[15] ?? '', 'count-not-expected')).toContain('账上却没有入库')
    await shoot(window, 'goods-count')
    await press(window, 'F4')
    await counted(window).toBe('11/23')
  })

  it('is ended with packs missing only with a word about them', async () => {
    const { window } = shop()
    await press(window, 'F8')
    await waitFor(window, 'end-delivery')
    expect(await textOf(window, 'end-delivery')).toContain('还有 12 盒没有到')
    await press(window, 'Enter')
    await waitFor(window, 'end-delivery')
    await type(window, 'shao 12')
    await shoot(window, 'goods-end')
    await press(window, 'Enter')
    await waitForGone(window, 'end-delivery')
    await eventually(() => textOf(window, 'delivery-page')).toContain('李正 结束收货 shao 12')
    await press(window, 'Escape')
    await waitFor(window, 'goods-page')
    await eventually(() => textOf(window, 'goods-table')).toContain('已结束')
  })

  it('a supplier’s paper is refused with its lines, or taken; the same again is known', async () => {
    const { window } = shop()
    await importPaper(window, paper([{ code: DELIVERED.packs[0] ?? '' }, { code: neverReceivedCode(214, 7), drug: 'P9999' }, { code: '1' }], 'PD-E2E-0'))
    await waitFor(window, 'paper')
    expect(await byTestId(window, 'paper-outcome').getAttribute('data-outcome')).toBe('refused')
    await shoot(window, 'goods-paper-refused')
    await press(window, 'Escape')
    await waitForGone(window, 'paper')
    const good = paper([{ code: neverReceivedCode(214, 8) }, { code: neverReceivedCode(214, 9) }], 'PD-E2E-1')
    await importPaper(window, good)
    await waitFor(window, 'paper')
    expect(await byTestId(window, 'paper-outcome').getAttribute('data-outcome')).toBe('imported')
    await shoot(window, 'goods-paper-taken')
    await press(window, 'Escape')
    await waitForGone(window, 'paper')
    // On the list, any code comes in on whichever paper names it.
    expect(await scanned(window, neverReceivedCode(214, 9), 'received')).toContain('E2E-1')
    await importPaper(window, good)
    await eventually(() => byTestId(window, 'paper-outcome').getAttribute('data-outcome')).toBe('known')
    await press(window, 'Enter')
    await waitFor(window, 'delivery-page')
    await counted(window).toBe('1/2')
    await press(window, 'Escape', 'Escape')
    await waitFor(window, 'till')
  })

  it('a carton at the till offers to open it; its packs are then sold like any other', async () => {
    const { window } = shop()
    await wedge(window, secondCarton)
    const asked = await says(window, 'carton')
    expect(asked.tone).toBe('ask')
    await shoot(window, 'till-carton')
    await press(window, 'Enter')
    await says(window, 'carton-opened')
    await wedge(window, DELIVERED.packs[15] ?? '')
    await eventually(() => counts(window)).toEqual([`${productId(DELIVERED_ROWS.cartons)} 1/1`])
    await wedge(window, secondCarton)
    await says(window, 'carton-open')
  })

  it('speaks English', async () => {
    const { window } = shop()
    await press(window, 'Escape')
    await openPage(window, 'language')
    await press(window, 'Escape')
    await openGoods(window)
    await press(window, 'Enter')
    await waitFor(window, 'delivery-page')
    await scanned(window, firstCarton, 'on-other-delivery')
    await shoot(window, 'goods-english')
  })
})
