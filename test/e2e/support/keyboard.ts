import { setTimeout as sleep } from 'node:timers/promises'
import type { TillWindow } from './till-window.ts'

interface Key {
  readonly code: string
  readonly key: string
  readonly virtual: number
  readonly shift: boolean
  readonly ctrl: boolean
}

const PLAIN: Readonly<Record<string, readonly [code: string, virtual: number]>> = {
  '-': ['Minus', 189],
  '=': ['Equal', 187],
  '[': ['BracketLeft', 219],
  ']': ['BracketRight', 221],
  '\\': ['Backslash', 220],
  ';': ['Semicolon', 186],
  "'": ['Quote', 222],
  ',': ['Comma', 188],
  '.': ['Period', 190],
  '/': ['Slash', 191],
  ' ': ['Space', 32],
}
const SHIFTED: Readonly<Record<string, string>> = {
  _: '-',
  '+': '=',
  '{': '[',
  '}': ']',
  '|': '\\',
  ':': ';',
  '"': "'",
  '<': ',',
  '>': '.',
  '?': '/',
  '!': '1',
  '@': '2',
  '#': '3',
  $: '4',
  '%': '5',
  '^': '6',
  '&': '7',
  '*': '8',
  '(': '9',
  ')': '0',
}

/** The key of a US keyboard that a scanner presses for a character. */
const keyOf = (character: string): Key => {
  const none = { shift: false, ctrl: false }
  // ASCII 29, as scanners send it: Ctrl+].
  if (character === '\u001d') return { code: 'BracketRight', key: ']', virtual: 221, shift: false, ctrl: true }
  if (/^\d$/.test(character)) return { code: `Digit${character}`, key: character, virtual: 48 + Number(character), ...none }
  if (/^[a-z]$/.test(character)) return { code: `Key${character.toUpperCase()}`, key: character, virtual: character.toUpperCase().charCodeAt(0), ...none }
  if (/^[A-Z]$/.test(character)) return { code: `Key${character}`, key: character, virtual: character.charCodeAt(0), shift: true, ctrl: false }
  const shifted = SHIFTED[character]
  if (shifted !== undefined) return { ...keyOf(shifted), key: character, shift: true }
  const plain = PLAIN[character]
  if (plain === undefined) throw new Error(`no key for ${JSON.stringify(character)}`)
  return { code: plain[0], key: character, virtual: plain[1], ...none }
}

const ENTER: Key = { code: 'Enter', key: 'Enter', virtual: 13, shift: false, ctrl: false }

export interface WedgeOptions {
  /** Between two keys, ms. */
  readonly gapMs?: number
  /** A Chinese input method is on: it takes every key before the page hears what it was (keyCode 229), and writes figures into the field by itself. */
  readonly inputMethod?: boolean
  /** The system hands the rest over so much later, after the third key; the keys' own times say that the scanner did not wait. */
  readonly deliveredLateMs?: number
  readonly enter?: boolean
}

/** A scanner that is a keyboard: real key events, a few milliseconds apart, Enter at the end. The times are the keys' own, as the system stamps them. */
export const wedge = async (
  { cdp }: TillWindow,
  code: string,
  { gapMs = 5, inputMethod = false, deliveredLateMs = 0, enter = true }: WedgeOptions = {},
): Promise<void> => {
  const keys = [...[...code].map(keyOf), ...(enter ? [ENTER] : [])]
  const start = Date.now()
  const sent: Promise<unknown>[] = []
  for (const [index, { code: physical, key, virtual, shift, ctrl }] of keys.entries()) {
    const due = start + index * gapMs
    if (Date.now() < due) await sleep(due - Date.now())
    if (index === 3 && deliveredLateMs > 0) await sleep(deliveredLateMs)
    const modifiers = (shift ? 8 : 0) | (ctrl ? 2 : 0)
    const timestamp = due / 1000
    const send = (type: 'rawKeyDown' | 'keyDown' | 'keyUp', extra: object = {}): void => {
      sent.push(cdp.send('Input.dispatchKeyEvent', { type, code: physical, key, windowsVirtualKeyCode: virtual, modifiers, timestamp, ...extra }))
    }
    if (inputMethod) {
      send('rawKeyDown', { key: 'Process', windowsVirtualKeyCode: 229 })
      if (/^\d$/.test(key)) sent.push(cdp.send('Input.insertText', { text: key }))
    } else if (ctrl) send('rawKeyDown')
    else send('keyDown', { text: physical === 'Enter' ? '\r' : key, unmodifiedText: physical === 'Enter' ? '\r' : key })
    send('keyUp')
  }
  await Promise.all(sent)
}

/** A person: one key after the other, no two within a scanner's time. */
export const type = async ({ page }: TillWindow, text: string, gapMs = 60): Promise<void> => {
  for (const character of text) {
    await page.keyboard.press(character === ' ' ? 'Space' : character)
    await sleep(gapMs)
  }
}

/** Function keys and the like, each once. */
export const press = async ({ page }: TillWindow, ...keys: readonly string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key)
}

/** Types letters into an input method: the page hears that some key went, and sees the half-made word underlined in the field. */
export const compose = async ({ cdp }: TillWindow, letters: string): Promise<void> => {
  for (const [index, letter] of [...letters].entries()) {
    const { code } = keyOf(letter)
    await cdp.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', code, key: 'Process', windowsVirtualKeyCode: 229 })
    await cdp.send('Input.imeSetComposition', { text: letters.slice(0, index + 1), selectionStart: index + 1, selectionEnd: index + 1 })
    await cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', code, key: letter })
    await sleep(70)
  }
}

/** A key that the input method keeps for itself while it composes. */
export const pressWhileComposing = async ({ cdp }: TillWindow, code: 'Enter' | 'Escape' | 'ArrowDown'): Promise<void> => {
  await cdp.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', code, key: 'Process', windowsVirtualKeyCode: 229 })
  await cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', code, key: code })
}

/** The input method hands over the word it made. */
export const commit = async ({ cdp }: TillWindow, word: string): Promise<void> => {
  await cdp.send('Input.insertText', { text: word })
}

/** A scan that does not come by keys: the page hears it as the HID path and the practice panel hand it over. */
export const pushScan = async ({ page }: TillWindow, code: string): Promise<void> => {
  await page.evaluate((text) => window.dispatchEvent(new CustomEvent('yaogui:scan', { detail: { text } })), code)
}
