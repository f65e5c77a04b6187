import { beforeAll, describe, expect, it } from 'vitest'
import { byTestId, eventually, openPage, openTill, textOf, waitFor } from './support/counter.ts'
import { press } from './support/keyboard.ts'
import { useShop } from './support/open-till.ts'
import { shoot } from './support/screens.ts'

describe('the national catalogue', () => {
  const shop = useShop({ ownProvince: true })
  beforeAll(() => openTill(shop(), 'pharmacist'))

  it('is nothing at first, comes by one key, and says what came', async () => {
    const { window } = shop()
    await openPage(window, 'catalogue')
    await waitFor(window, 'catalogue-page')
    await eventually(() => textOf(window, 'catalogue-standing')).toContain('本机还没有医保目录')
    await press(window, 'F9')
    await eventually(() => textOf(window, 'say-line')).toContain('正在更新')
    await eventually(() => byTestId(window, 'catalogue-standing').getAttribute('data-generation')).toBe('10')
    await eventually(() => byTestId(window, 'catalogue-standing').getAttribute('data-updating')).toBe('')
    expect(await textOf(window, 'catalogue-lists')).toMatch(/西药中成药.*20260901/)
    expect(await textOf(window, 'catalogue-changes')).toContain('新增')
    await shoot(window, 'catalogue')
  })

  it('answers for one item with its dates, its limit price and its first self-pay share', async () => {
    const { window } = shop()
    await byTestId(window, 'filter').fill('法莫替丁')
    await eventually(() => byTestId(window, 'catalogue-item').getAttribute('data-code')).toMatch(/^XA02BA/)
    expect(await textOf(window, 'catalogue-facts')).toMatch(/甲类.*￥7\.28.*2025-01-01/)
    expect(await textOf(window, 'catalogue-item')).toContain('批准文号')
    await shoot(window, 'catalogue-item')
    await press(window, 'Escape')
    await eventually(() => textOf(window, 'catalogue-lists')).toContain('限价')
  })
})
