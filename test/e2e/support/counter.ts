import { expect } from 'vitest'
import { press, type } from './keyboard.ts'
import type { Shop } from './open-till.ts'
import type { TillWindow } from './till-window.ts'

/** As long as a loaded machine may need; what is awaited comes in milliseconds. */
const PATIENCE = { timeout: 20_000, interval: 40 } as const

/** Waits until what is read is so. */
export const eventually = <T>(read: () => T | Promise<T>) => expect.poll(read, PATIENCE)

const STAFF = { cashier: ['1', '1001'], pharmacist: ['2', '2001'], manager: ['3', '9001'] } as const

export const byTestId = ({ page }: TillWindow, id: string) => page.getByTestId(id)
export const textOf = async (window: TillWindow, id: string): Promise<string> =>
  ((await byTestId(window, id).first().textContent({ timeout: 20_000 })) ?? '').trim()
export const isShown = (window: TillWindow, id: string): Promise<boolean> => byTestId(window, id).first().isVisible()
export const waitFor = (window: TillWindow, id: string): Promise<void> => byTestId(window, id).first().waitFor()
export const waitForGone = (window: TillWindow, id: string): Promise<void> => byTestId(window, id).first().waitFor({ state: 'hidden' })
export const fenOf = async (window: TillWindow, id: string): Promise<number> =>
  Number(await byTestId(window, id).first().getAttribute('data-fen', { timeout: 20_000 }))

/** A digit for the name, the PIN, Enter. */
export const signIn = async (window: TillWindow, who: keyof typeof STAFF = 'cashier'): Promise<void> => {
  const [digit, pin] = STAFF[who]
  await waitFor(window, 'staff')
  await press(window, digit)
  await waitFor(window, 'pin')
  await type(window, pin)
  await press(window, 'Enter')
  await waitForGone(window, 'sign-in')
}

/** Signed in, the float counted: ready for the first customer. */
export const openTill = async ({ window }: Shop, who: keyof typeof STAFF = 'cashier', float = '200'): Promise<void> => {
  await signIn(window, who)
  await waitFor(window, 'open-shift')
  await type(window, float)
  await press(window, 'Enter')
  await waitForGone(window, 'open-shift')
  await waitFor(window, 'till')
}

export interface ShownVerdict {
  readonly tone: string
  readonly code: string
  readonly word: string
  readonly sentence: string
  readonly action: string
}

/** What the banner says now. */
export const verdict = ({ page }: TillWindow): Promise<ShownVerdict> =>
  page.evaluate(() => {
    const banner = document.querySelector<HTMLElement>('[data-testid=verdict]')
    const text = (id: string): string => banner?.querySelector(`[data-testid=${id}]`)?.textContent?.trim() ?? ''
    return {
      tone: banner?.dataset['tone'] ?? '',
      code: banner?.dataset['code'] ?? '',
      word: text('verdict-word'),
      sentence: [text('verdict-subject'), text('verdict-sentence')].filter(Boolean).join(' · '),
      action: text('verdict-action'),
    }
  })

export const says = async (window: TillWindow, code: string): Promise<ShownVerdict> => {
  await eventually(async () => (await verdict(window)).code).toBe(code)
  return verdict(window)
}

export interface ShownLine {
  readonly drugId: string
  readonly scanned: number
  readonly needed: number
  readonly quantity: string
  readonly amount: string
  readonly selected: boolean
  readonly notes: string
}

/** The sale's lines as the grid shows them. */
export const lines = ({ page }: TillWindow): Promise<readonly ShownLine[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('[data-testid=sale-line]')].map((row) => ({
      drugId: row.dataset['drugId'] ?? '',
      scanned: Number(row.dataset['scanned']),
      needed: Number(row.dataset['needed']),
      quantity: row.querySelector('[data-testid=line-quantity]')?.textContent ?? '',
      amount: row.querySelector('[data-testid=line-amount]')?.textContent ?? '',
      selected: row.classList.contains('is-selected'),
      notes: row.querySelector('[data-testid=line-notes]')?.textContent ?? '',
    })),
  )

/** Drug and n/m of every line, as `P0399 2/2`. */
export const counts = async (window: TillWindow): Promise<readonly string[]> =>
  (await lines(window)).map(({ drugId, scanned, needed }) => `${drugId} ${scanned}/${needed}`)

/** The receipt's text as it stands on the paper, blanks left out: a code may be broken over two lines. */
export const receiptText = async ({ page }: TillWindow): Promise<{ readonly width: string; readonly text: string }> => {
  const paper = page.getByTestId('receipt')
  await paper.waitFor()
  return { width: (await paper.getAttribute('data-width')) ?? '', text: ((await paper.textContent()) ?? '').replace(/\s/g, '') }
}

/** Everything the page holds, hidden parts, attributes and field contents too. */
export const wholePage = ({ page }: TillWindow): Promise<string> =>
  page.evaluate(() =>
    [
      document.documentElement.outerHTML,
      ...[...document.querySelectorAll('input, textarea')].map((field) => (field as HTMLInputElement).value),
      location.href,
      JSON.stringify({ ...localStorage }),
      JSON.stringify({ ...sessionStorage }),
    ].join('\n'),
  )

export const fieldValue = ({ page }: TillWindow, id: string): Promise<string> => page.getByTestId(id).inputValue({ timeout: 20_000 })

/** The menu's entry, by its own digit or the arrows. */
export const openPage = async (
  window: TillWindow,
  id: 'shift' | 'sales' | 'pack' | 'alarm' | 'map' | 'mapping' | 'catalogue' | 'goods' | 'uncoded' | 'recall' | 'uploads' | 'reconcile' | 'audit' | 'language' | 'practice' | 'lessons' | 'theme',
): Promise<void> => {
  await press(window, 'F10')
  await waitFor(window, 'menu')
  await byTestId(window, `menu-${id}`).waitFor()
  const position = await window.page.evaluate(
    (entry) => [...document.querySelectorAll('[data-testid^=menu-]')].findIndex((element) => (element as HTMLElement).dataset['testid'] === `menu-${entry}`),
    id,
  )
  for (let step = 0; step < position; step += 1) await press(window, 'ArrowDown')
  await press(window, 'Enter')
}
