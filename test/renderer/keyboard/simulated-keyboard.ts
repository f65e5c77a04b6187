import { IDLE, feed, tick } from '../../../renderer/keyboard/scan-machine.ts'
import type { ScanEffect } from '../../../renderer/keyboard/scan-machine.ts'
import { DEFAULT_SCANNER } from '../../../renderer/keyboard/scanner-profile.ts'
import type { ScannerProfile } from '../../../renderer/keyboard/scanner-profile.ts'
import type { KeyStroke } from '../../../renderer/keyboard/key-stroke.ts'

const PLAIN: Readonly<Record<string, string>> = {
  '-': 'Minus',
  '=': 'Equal',
  '[': 'BracketLeft',
  ']': 'BracketRight',
  '\\': 'Backslash',
  ';': 'Semicolon',
  "'": 'Quote',
  '`': 'Backquote',
  ',': 'Comma',
  '.': 'Period',
  '/': 'Slash',
  ' ': 'Space',
}
const SHIFTED: Readonly<Record<string, string>> = {
  '!': 'Digit1',
  '@': 'Digit2',
  '#': 'Digit3',
  $: 'Digit4',
  '%': 'Digit5',
  '^': 'Digit6',
  '&': 'Digit7',
  '*': 'Digit8',
  '(': 'Digit9',
  ')': 'Digit0',
  _: 'Minus',
  '+': 'Equal',
  '{': 'BracketLeft',
  '}': 'BracketRight',
  '|': 'Backslash',
  ':': 'Semicolon',
  '"': 'Quote',
  '~': 'Backquote',
  '<': 'Comma',
  '>': 'Period',
  '?': 'Slash',
}
const physical = (character: string): { code: string; shift: boolean } => {
  if (/[0-9]/.test(character)) return { code: `Digit${character}`, shift: false }
  if (/[a-z]/.test(character)) return { code: `Key${character.toUpperCase()}`, shift: false }
  if (/[A-Z]/.test(character)) return { code: `Key${character}`, shift: true }
  const plain = PLAIN[character]
  if (plain !== undefined) return { code: plain, shift: false }
  const shifted = SHIFTED[character]
  if (shifted === undefined) throw new Error(`no key types ${JSON.stringify(character)}`)
  return { code: shifted, shift: true }
}

export const stroke = (at: number, over: Partial<KeyStroke> & { readonly code: string }): KeyStroke => ({
  key: 'Unidentified',
  shift: false,
  ctrl: false,
  alt: false,
  meta: false,
  composing: false,
  repeat: false,
  at,
  ...over,
})

/** The key for a character, as the US layout has it. */
export const keyFor = (character: string, at: number, over: Partial<KeyStroke> = {}): KeyStroke =>
  stroke(at, { ...physical(character), key: character, ...over })
export const enter = (at: number, over: Partial<KeyStroke> = {}): KeyStroke => stroke(at, { code: 'Enter', key: 'Enter', ...over })

/** A field with the machine in front of it. `lateTick`: how long after its time each timer runs; a negative number: timers run even before keys that were already pressed. */
export const simulate = (
  strokes: readonly KeyStroke[],
  options: { readonly profile?: ScannerProfile; readonly lateTick?: number; readonly field?: string } = {},
) => {
  const profile = options.profile ?? DEFAULT_SCANNER
  let state = IDLE
  let field = options.field ?? ''
  let remembered = field
  const scans: string[] = []
  const refusals: string[] = []
  const passed: string[] = []
  const apply = (effects: readonly ScanEffect[]): void => {
    for (const effect of effects) {
      switch (effect.type) {
        case 'remember':
          remembered = field
          break
        case 'type':
          field += effect.text
          break
        case 'take-back':
          field = remembered
          break
        case 'scan':
          scans.push(effect.text)
          break
        case 'refuse':
          refusals.push(effect.reason)
          break
      }
    }
  }
  const runTimers = (now: number): void => {
    const step = tick(profile, state, now)
    state = step.state
    apply(step.effects)
  }
  for (const key of strokes) {
    runTimers(key.at - (options.lateTick ?? 0))
    const step = feed(profile, state, key)
    state = step.state
    apply(step.effects)
    if (step.swallow) continue
    // What the page does with a key that reaches it.
    if (key.composing) field += key.code.startsWith('Digit') ? key.code.slice(5) : '字'
    else if (key.key.length === 1 && !key.ctrl && !key.alt) field += key.key
    else if (!/^(Shift|Control|Alt)/.test(key.code)) passed.push(key.code)
  }
  runTimers((strokes.at(-1)?.at ?? 0) + 1_000)
  return { field, scans, refusals, passed }
}

/** Characters at a steady pace; returns the strokes and the time after the last. */
export const typed = (
  text: string,
  from: number,
  gap: number | readonly number[],
  over: Partial<KeyStroke> = {},
): { readonly strokes: readonly KeyStroke[]; readonly end: number } => {
  let at = from
  const strokes = Array.from(text).map((character, index) => {
    if (index > 0) at += typeof gap === 'number' ? gap : (gap[index % gap.length] ?? 0)
    return keyFor(character, at, over)
  })
  return { strokes, end: at }
}
export const scanned = (
  text: string,
  from: number,
  gap: number | readonly number[],
  over: Partial<KeyStroke> = {},
): { readonly strokes: readonly KeyStroke[]; readonly end: number } => {
  const body = typed(text, from, gap, over)
  const end = body.end + (typeof gap === 'number' ? gap : (gap[0] ?? 0))
  return { strokes: [...body.strokes, enter(end)], end }
}
