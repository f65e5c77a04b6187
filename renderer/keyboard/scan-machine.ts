import { isModifier, isPrintable, scannedCharacter } from './key-stroke.ts'
import type { KeyStroke } from './key-stroke.ts'
import { GROUP_SEPARATOR } from './scanner-profile.ts'
import type { ScannerProfile } from './scanner-profile.ts'

/**
 * Tells a wedge scanner from a person, by the keys' own times alone.
 * Keys that may be a scan are held back; they become one scan, or they are typed after all. Timers only decide when held keys become visible,
 * never what they were: a key that shows late that the others were a scan takes them back.
 */
export interface HeldKey {
  /** What a scanner meant (US layout). */
  readonly meant: string
  /** What a person typed; empty for what is no text and for what the input method took. */
  readonly typed: string
}

export interface ScanState {
  readonly held: readonly HeldKey[]
  /** How many of `held` were already given to the field. */
  readonly released: number
  readonly firstAt: number
  readonly lastAt: number
  /** Something of this burst went its own way into the field. */
  readonly leaked: boolean
  /** Why the burst cannot be trusted as a scan. */
  readonly spoiled: 'none' | 'input-method' | 'alt-keypad'
}

export type ScanEffect =
  /** A burst begins: remember what the focused field holds. */
  | { readonly type: 'remember' }
  | { readonly type: 'type'; readonly text: string }
  /** What landed in the field was a scan: put back what was remembered. */
  | { readonly type: 'take-back' }
  | { readonly type: 'scan'; readonly text: string }
  | { readonly type: 'refuse'; readonly reason: 'input-method' | 'alt-keypad' | 'no-suffix' | 'too-long' }

export interface ScanStep {
  readonly state: ScanState
  readonly swallow: boolean
  readonly effects: readonly ScanEffect[]
}

export const IDLE: ScanState = { held: [], released: 0, firstAt: 0, lastAt: 0, leaked: false, spoiled: 'none' }

const LONG_WITHOUT_SUFFIX = 12
const TRUSTED_AFTER = 4

const patience = (profile: ScannerProfile, count: number): number => (count < TRUSTED_AFTER ? profile.keyMs + profile.jitterMs : profile.stallMs)

const goesOn = (profile: ScannerProfile, state: ScanState, at: number): boolean =>
  state.held.length > 0 && at - state.lastAt <= patience(profile, state.held.length)

/** One long pause is forgiven, a slow hand is not. */
const fastEnough = (profile: ScannerProfile, state: ScanState, at: number): boolean =>
  (at - state.firstAt) / state.held.length <= profile.keyMs + profile.jitterMs

const unreleasedText = (state: ScanState): string =>
  state.held
    .slice(state.released)
    .map((key) => key.typed)
    .join('')

/** Held keys become typing. So many so fast came from a scanner that sends no Enter: nothing is eaten, but it is said. */
const typeEffects = (state: ScanState): readonly ScanEffect[] => {
  if (state.released === state.held.length) return []
  const text = unreleasedText(state)
  const typed: readonly ScanEffect[] = text === '' ? [] : [{ type: 'type', text }]
  return state.held.length >= LONG_WITHOUT_SUFFIX ? [...typed, { type: 'refuse', reason: 'no-suffix' }] : typed
}

const pass = (state: ScanState, effects: readonly ScanEffect[]): ScanStep => ({ state, swallow: false, effects })

const begin = (at: number): ScanState => ({ ...IDLE, firstAt: at, lastAt: at })

const add = (state: ScanState, key: HeldKey, at: number): ScanState => ({ ...state, held: [...state.held, key], lastAt: at })

const separatorName = (stroke: KeyStroke): string => (stroke.ctrl ? `Control+${stroke.code}` : stroke.code)

const endScan = (profile: ScannerProfile, state: ScanState): ScanStep => {
  const before: readonly ScanEffect[] = state.released > 0 || state.leaked ? [{ type: 'take-back' }] : []
  if (state.spoiled !== 'none') return { state: IDLE, swallow: true, effects: [...before, { type: 'refuse', reason: state.spoiled }] }
  const text = state.held.map((key) => key.meant).join('')
  const end: ScanEffect = text.length > profile.maximumLength ? { type: 'refuse', reason: 'too-long' } : { type: 'scan', text }
  return { state: IDLE, swallow: true, effects: [...before, end] }
}

/** A key that the input method, or Alt with the keypad, turns into text by itself: it cannot be held, only counted. */
const countLeaked = (state: ScanState, stroke: KeyStroke, before: readonly ScanEffect[], spoiled: ScanState['spoiled']): ScanStep => {
  const meant = scannedCharacter(stroke.code, stroke.shift) ?? ''
  const shown = typeEffects(state)
  const grown = add(state, { meant, typed: '' }, stroke.at)
  return pass({ ...grown, released: grown.held.length, leaked: true, spoiled }, [...before, ...shown])
}

/** One key down. `swallow`: the event must not reach the page. */
export const feed = (profile: ScannerProfile, current: ScanState, stroke: KeyStroke): ScanStep => {
  if (isModifier(stroke.code)) return pass(current, [])
  const running = !stroke.repeat && goesOn(profile, current, stroke.at)
  const before = running ? [] : typeEffects(current)
  const state = running ? current : begin(stroke.at)
  const start: readonly ScanEffect[] = running ? [] : [...before, { type: 'remember' }]

  if (profile.suffixes.includes(stroke.code) && !stroke.ctrl && !stroke.alt && !stroke.meta) {
    if (running && state.held.length >= profile.minimumLength && fastEnough(profile, state, stroke.at)) {
      return endScan(profile, state)
    }
    return pass(IDLE, running ? typeEffects(state) : before)
  }
  const separator = separatorName(stroke)
  if (profile.separatorKeys.includes(separator) && (running || separator.startsWith('Control+'))) {
    return { state: add(state, { meant: GROUP_SEPARATOR, typed: '' }, stroke.at), swallow: true, effects: start }
  }
  if (stroke.repeat) return pass(IDLE, before)
  if (stroke.alt && /^Numpad\d$/.test(stroke.code)) return countLeaked(state, stroke, start, 'alt-keypad')
  if (stroke.composing) {
    // A digit keeps its meaning under an input method, unless it chose a candidate of letters before it.
    const digit = /^(Digit|Numpad)\d$/.test(stroke.code) && !stroke.shift
    return countLeaked(state, stroke, start, digit ? state.spoiled : 'input-method')
  }
  if (isPrintable(stroke)) {
    if (state.held.length >= profile.maximumLength) return pass(IDLE, [...typeEffects(state), { type: 'refuse', reason: 'too-long' }])
    return {
      state: add(state, { meant: scannedCharacter(stroke.code, stroke.shift) ?? stroke.key, typed: stroke.key }, stroke.at),
      swallow: true,
      effects: start,
    }
  }
  return pass(IDLE, running ? typeEffects(state) : before)
}

/** Held keys have waited long enough to be seen. They stay known: a key that was pressed in time may still make them a scan. */
export const tick = (profile: ScannerProfile, state: ScanState, now: number): ScanStep => {
  if (state.held.length === state.released || goesOn(profile, state, now)) return pass(state, [])
  return pass({ ...state, released: state.held.length }, typeEffects(state))
}

/** When `tick` has something to do; null when nothing is held back. */
export const dueAt = (profile: ScannerProfile, state: ScanState): number | null =>
  state.held.length > state.released ? state.lastAt + patience(profile, state.held.length) + 1 : null
