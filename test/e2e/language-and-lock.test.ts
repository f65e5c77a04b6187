import { beforeAll, describe, expect, it } from 'vitest'
import { drug, pack, person } from './support/codes.ts'
import { byTestId, counts, eventually, fenOf, isShown, openPage, openTill, says, signIn, textOf, verdict, waitFor, waitForGone } from './support/counter.ts'
import { press, type, wedge } from './support/keyboard.ts'
import { useShop } from './support/open-till.ts'
import { shoot } from './support/screens.ts'
import type { TillWindow } from './support/till-window.ts'

/** Where data stands that is Chinese in every language: names of goods, makers, people, the shop, what the province said; the receipt, which is a Chinese document. */
const DATA = [
  '.line-drug',
  '.line-maker',
  '.unit',
  '[data-note=platform]',
  '.found h3',
  '.found-spec',
  '.found-maker',
  '.found-stock',
  '.strip-shop',
  '.sign-in-shop',
  '[data-testid=strip-staff]',
  '[data-testid=person-name] b',
  '[data-testid=person-insurance]',
  '.filing',
  '[data-testid=person-year]',
  '[data-testid=receipt]',
  '.recall-row .clip',
  '.ant-table-cell',
  '.detail-line',
  '.choice-label',
  '.choice-aside',
  '.sale-header',
  '.dialog-lead b',
  '.pin-who b',
  '[data-testid=verdict-subject]',
  '[data-testid=shift-facts]',
  '[data-testid=pack]',
  '.group-name',
]

/** Scanned while another line lacks codes: its name is in the sentence, not in the basket. */
const SCANNED = '多潘立酮片'

/** Text in Han characters that is no data: a string somebody forgot to translate. Attributes too. */
const untranslated = ({ page }: TillWindow): Promise<readonly string[]> =>
  page.evaluate(([data, scanned]) => {
    const han = /\p{Script=Han}/u
    const found: string[] = []
    // A sentence may name a drug of the basket, or the one that was scanned.
    const names = [scanned, ...[...document.querySelectorAll('.line-drug b')].map((name) => name.textContent ?? '')]
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const text = names.reduce((rest, name) => rest.replaceAll(name, ''), node.textContent ?? '')
      if (han.test(text) && node.parentElement?.closest(data) === null) found.push(`${node.parentElement.className}: ${text.trim()}`)
    }
    for (const element of document.body.querySelectorAll('[title], [placeholder], [aria-label]'))
      for (const name of ['title', 'placeholder', 'aria-label'])
        if (han.test(element.getAttribute(name) ?? '') && element.closest(data) === null) found.push(`@${name}: ${element.getAttribute(name) ?? ''}`)
    return found
  }, [DATA.join(', '), SCANNED] as const)

const inEnglish = async (window: TillWindow, name: string, docs?: string): Promise<void> => {
  expect.soft(await untranslated(window), name).toEqual([])
  await shoot(window, `en-${name}`, docs === undefined ? {} : { docs })
}

describe('English, the lock, and the practice dock', () => {
  const shop = useShop()
  beforeAll(() => openTill(shop()))

  it('has no Chinese string left on the till in English but data: empty, basket, questions, person, trial, payment, receipt', async () => {
    const { window } = shop()
    await openPage(window, 'language')
    await eventually(() => window.page.evaluate(() => document.documentElement.lang)).toBe('en')
    await inEnglish(window, 'menu')
    await press(window, 'Escape')
    await waitForGone(window, 'menu')
    await inEnglish(window, 'till-empty')
    await wedge(window, pack.lianhua(1))
    await wedge(window, pack.ganmaoling(1))
    await eventually(() => counts(window)).toEqual([`${drug.lianhua} 1/1`, `${drug.ganmaoling} 1/1`])
    await type(window, '2')
    await press(window, 'Enter')
    await eventually(() => counts(window)).toEqual([`${drug.lianhua} 1/1`, `${drug.ganmaoling} 1/2`])
    for (const code of [pack.soldElsewhere, pack.soldHere, pack.expired, pack.neverReceived, pack.middle]) {
      await wedge(window, code)
      await eventually(async () => (await verdict(window)).tone).toMatch(/refuse|ask/)
      await inEnglish(window, `verdict-${(await verdict(window)).code}`)
      await press(window, 'Escape')
    }
    await press(window, 'F9')
    await says(window, 'missing-codes')
    await inEnglish(window, 'missing-codes')
    await press(window, 'Enter')
    await wedge(window, pack.ganmaoling(2))
    await eventually(() => counts(window)).toEqual([`${drug.lianhua} 1/1`, `${drug.ganmaoling} 2/2`])
    await type(window, 'a')
    await waitFor(window, 'find-results')
    await inEnglish(window, 'find')
    await press(window, 'Escape', 'Escape', 'F3')
    await waitFor(window, 'person-reader')
    await inEnglish(window, 'person-reader')
    await wedge(window, person.retired.eVoucher)
    await waitForGone(window, 'person-reader')
    await eventually(() => textOf(window, 'person-entitlement')).toContain('✓')
    await press(window, 'F4')
    await waitFor(window, 'purchase-list')
    await inEnglish(window, 'purchase')
    await press(window, 'Escape', 'F8')
    await says(window, 'quoted')
    await inEnglish(window, 'till-after-trial', 'till-quoted-en')
    await press(window, 'F9')
    await waitFor(window, 'pay-dialog')
    await inEnglish(window, 'pay')
    await press(window, 'ArrowDown')
    await inEnglish(window, 'pay-wechat')
    await press(window, 'Enter')
    await waitFor(window, 'paid-dialog')
    await inEnglish(window, 'paid')
    await press(window, 'Enter')
    await waitForGone(window, 'paid-dialog')
  })

  it('nor on the pages around it: help, sales and their actions, pack, uploads, reconcile, shift', async () => {
    const { window } = shop()
    await press(window, 'F1')
    await waitFor(window, 'help')
    await inEnglish(window, 'help')
    await press(window, 'Escape')
    await waitForGone(window, 'help')
    await press(window, 'F7')
    await waitFor(window, 'sales-page')
    await waitFor(window, 'sale-header')
    await inEnglish(window, 'sales')
    await press(window, 'Enter')
    await waitFor(window, 'sale-actions')
    await inEnglish(window, 'sale-actions')
    await press(window, 'Escape', 'Escape')
    await waitFor(window, 'till')
    for (const page of ['pack', 'uploads', 'reconcile', 'shift'] as const) {
      await openPage(window, page)
      await waitFor(window, `${page === 'uploads' ? 'uploads' : page}-page`)
      if (page === 'pack') {
        await wedge(window, pack.ganmaoling(1))
        await waitFor(window, 'pack')
      }
      if (page === 'reconcile') {
        await press(window, 'F9')
        await waitFor(window, 'reconcile-result')
      }
      await inEnglish(window, page)
      // From a pack's life one step back to the list, then to the till.
      await press(window, ...(page === 'pack' ? (['Escape', 'Escape'] as const) : (['Escape'] as const)))
      await waitFor(window, 'till')
    }
    await openPage(window, 'language')
    await eventually(() => window.page.evaluate(() => document.documentElement.lang)).toBe('zh-CN')
    await press(window, 'Escape')
    await waitForGone(window, 'menu')
  })

  it('locks with F12: nothing goes without a PIN, scans included, and the sale is there for whoever signs in', async () => {
    const { window } = shop()
    await wedge(window, pack.domperidone(1))
    await eventually(() => counts(window)).toEqual([`${drug.domperidone} 1/1`])
    await press(window, 'F12')
    await waitFor(window, 'sign-in')
    expect(await textOf(window, 'sign-in')).toContain('已锁屏')
    await shoot(window, 'locked')
    await wedge(window, pack.domperidone(2))
    await press(window, 'F9', 'F10', 'Escape')
    expect(await isShown(window, 'pay-dialog')).toBe(false)
    expect(await isShown(window, 'menu')).toBe(false)
    await signIn(window, 'manager')
    await eventually(() => counts(window)).toEqual([`${drug.domperidone} 1/1`])
    expect(await textOf(window, 'strip-staff')).toContain('王经理')
  })

  it('counts wrong PINs down, locks the name out in words, and lets another person in', async () => {
    const { window } = shop()
    await press(window, 'F12')
    await waitFor(window, 'staff')
    await press(window, '1')
    await waitFor(window, 'pin')
    for (const left of [4, 3, 2, 1, 0]) {
      await type(window, '9999')
      await press(window, 'Enter')
      await eventually(() => textOf(window, 'sign-in-error')).toContain(left === 0 ? 'PIN' : `还可试 ${left} 次`)
      await eventually(() => byTestId(window, 'pin').inputValue()).toBe('')
    }
    // The right PIN does not help now.
    await type(window, '1001')
    await press(window, 'Enter')
    await eventually(() => byTestId(window, 'sign-in-error').getAttribute('data-code')).toBe('session.locked-out')
    expect(await textOf(window, 'sign-in-error')).toMatch(/已锁定.*约 5 分钟后解锁.*请店长登录/)
    await shoot(window, 'locked-out')
    await press(window, 'Escape')
    await signIn(window, 'pharmacist')
    await eventually(() => counts(window)).toEqual([`${drug.domperidone} 1/1`])
    expect(await fenOf(window, 'total')).toBe(1260)
  })

  it('practises with the mouse: a click on a sample is a scan', async () => {
    const { window } = shop()
    await openPage(window, 'practice')
    await waitFor(window, 'practice')
    await window.page.getByTestId('practice-group-可售').click()
    const sample = window.page.getByTestId('sample').first()
    const first = await sample.getAttribute('data-code')
    await sample.click()
    await eventually(() => counts(window)).toEqual([`${drug.domperidone} 1/1`, `${drug.yinhuang} 1/1`])
    await sample.click()
    await says(window, 'in-this-sale')
    await shoot(window, 'practice-dock', { withDock: true })
    await window.page.getByTestId('practice-group-参保人').click()
    await window.page.getByTestId('sample').first().click()
    await says(window, 'ecert-in-drug-step')
    await window.page.getByTestId('answer-read-person').click()
    await eventually(() => textOf(window, 'person-name')).toContain('张*')
    await window.page.getByTestId('key-F8').click()
    await says(window, 'quoted')
    await window.page.getByTestId('key-F9').click()
    await waitFor(window, 'paid-dialog')
    await window.page.getByTestId('next-customer').click()
    await waitForGone(window, 'paid-dialog')
    // What was sold makes room for the next pack.
    await window.page.getByTestId('practice-group-可售').click()
    await eventually(() => sample.getAttribute('data-code')).not.toBe(first)
  })
})
