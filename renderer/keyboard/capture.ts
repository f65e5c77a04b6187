import { isModifier } from './key-stroke.ts'
import type { KeyStroke } from './key-stroke.ts'
import { keyName, staysInField } from './key-scopes.ts'
import type { KeyScopes } from './key-scopes.ts'
import { IDLE, dueAt, feed, tick } from './scan-machine.ts'
import type { ScanEffect, ScanState } from './scan-machine.ts'
import type { ScanInput } from './scan-input.ts'
import type { ScannerProfile } from './scanner-profile.ts'
import { remember, restore, textField, typeInto } from './text-field.ts'
import type { Remembered } from './text-field.ts'

export type ScanRefusal = Extract<ScanEffect, { type: 'refuse' }>['reason']

export interface CaptureOptions {
  readonly profile: ScannerProfile
  readonly scopes: KeyScopes
  readonly scans: ScanInput
  readonly onRefuse: (reason: ScanRefusal) => void
  /** Text given to the screen turned out to be the head of a scan: the screen forgets what it did with it. */
  readonly onTakeBack: () => void
}

const strokeOf = (event: KeyboardEvent): KeyStroke => ({
  code: event.code,
  key: event.key,
  shift: event.shiftKey,
  ctrl: event.ctrlKey,
  alt: event.altKey,
  meta: event.metaKey,
  composing: event.isComposing || event.keyCode === 229,
  repeat: event.repeat,
  at: event.timeStamp,
})

/** Input waits in the browser's queue: a timer that runs first must not decide. */
const inputIsPending = (): boolean => {
  const scheduling: unknown = Reflect.get(navigator, 'scheduling')
  if (typeof scheduling !== 'object' || scheduling === null || !('isInputPending' in scheduling) || typeof scheduling.isInputPending !== 'function')
    return false
  return scheduling.isInputPending() === true
}

/** One listener for the whole window, before anything else hears a key: scans, function keys and typing without a field all start here. */
export const captureKeys = (win: Window, options: CaptureOptions): (() => void) => {
  const { profile, scopes, scans } = options
  let state: ScanState = IDLE
  let memory: Remembered | null = null
  let timer: ReturnType<typeof setTimeout> | null = null

  const focusedField = () => textField(win.document.activeElement)

  const run = (effects: readonly ScanEffect[]): void => {
    for (const effect of effects) {
      switch (effect.type) {
        case 'remember':
          memory = remember(focusedField())
          break
        case 'type': {
          const field = focusedField()
          if (field !== null) typeInto(field, effect.text)
          else scopes.type(effect.text)
          break
        }
        case 'take-back':
          restore(memory)
          options.onTakeBack()
          break
        case 'scan':
          scans.push(effect.text, 'wedge')
          break
        case 'refuse':
          options.onRefuse(effect.reason)
          break
      }
    }
  }

  const arm = (): void => {
    if (timer !== null) clearTimeout(timer)
    timer = null
    const due = dueAt(profile, state)
    if (due !== null) timer = setTimeout(release, Math.max(0, due - win.performance.now()))
  }
  const release = (): void => {
    timer = null
    if (inputIsPending()) {
      timer = setTimeout(release, 4)
      return
    }
    const step = tick(profile, state, win.performance.now())
    state = step.state
    run(step.effects)
    arm()
  }

  const swallow = (event: KeyboardEvent): void => {
    event.preventDefault()
    event.stopImmediatePropagation()
  }

  const onButton = (): boolean =>
    win.document.activeElement instanceof HTMLElement && win.document.activeElement.matches('button, a[href], [role="button"], [role="tab"], summary')

  const onKeyDown = (event: KeyboardEvent): void => {
    const stroke = strokeOf(event)
    // A lone space on a button presses it: no code starts with one.
    if (stroke.code === 'Space' && state.held.length === state.released && focusedField() === null && onButton()) return
    const step = feed(profile, state, stroke)
    state = step.state
    run(step.effects)
    arm()
    if (step.swallow) {
      swallow(event)
      return
    }
    const name = keyName(stroke.code)
    if (name === null || isModifier(stroke.code)) return
    const isFunctionKey = /^F\d+$/.test(name)
    if (isFunctionKey) event.preventDefault()
    // Enter and Esc belong to the input method while it composes.
    if (stroke.composing || (stroke.repeat && (isFunctionKey || name === 'Enter' || name === 'Escape'))) return
    if (stroke.ctrl || stroke.meta || stroke.alt) return
    if (focusedField() !== null && staysInField(name)) return
    if (name === 'Enter' && onButton()) return
    if (scopes.press(name)) swallow(event)
  }

  const onKeyUp = (event: KeyboardEvent): void => {
    const name = keyName(event.code)
    if (name !== null) scopes.release(name)
  }
  /** A key released in another window is never heard. */
  const onBlur = (): void => scopes.release('Insert')

  win.addEventListener('keydown', onKeyDown, true)
  win.addEventListener('keyup', onKeyUp, true)
  win.addEventListener('blur', onBlur)
  return () => {
    win.removeEventListener('keydown', onKeyDown, true)
    win.removeEventListener('keyup', onKeyUp, true)
    win.removeEventListener('blur', onBlur)
    if (timer !== null) clearTimeout(timer)
  }
}
