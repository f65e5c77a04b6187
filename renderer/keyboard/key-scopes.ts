/** Keys of the till. Physical names, so that an input method or another layout changes nothing. */
export const KEY_NAMES = [
  'F1',
  'F2',
  'F3',
  'F4',
  'F5',
  'F6',
  'F7',
  'F8',
  'F9',
  'F10',
  'F11',
  'F12',
  'Enter',
  'Escape',
  'ArrowUp',
  'ArrowDown',
  'ArrowLeft',
  'ArrowRight',
  'PageUp',
  'PageDown',
  'Home',
  'End',
  'Delete',
  'Backspace',
  'Insert',
  'Tab',
] as const
export type KeyName = (typeof KEY_NAMES)[number]

export const keyName = (code: string): KeyName | null => {
  if (code === 'NumpadEnter') return 'Enter'
  return KEY_NAMES.find((name) => name === code) ?? null
}

/** Keys that a focused text field needs for editing; the others belong to the screen even then. */
const EDITING: ReadonlySet<KeyName> = new Set<KeyName>(['ArrowLeft', 'ArrowRight', 'Home', 'End', 'Delete', 'Backspace', 'Tab'])
export const staysInField = (name: KeyName): boolean => EDITING.has(name)

export interface KeyScope {
  /** Higher hears first: 0 screen, 10 panel, 20 dialog, 90 lock. Among equals the newest. */
  readonly level: number
  /** What this scope does not handle stops here. */
  readonly modal: boolean
  /** Return false: not handled after all. */
  readonly keys: Partial<Readonly<Record<KeyName, () => void | boolean>>>
  readonly released?: Partial<Readonly<Record<KeyName, () => void>>>
  /** Text typed while no field has the focus. Return false: not for me. */
  readonly typed?: (text: string) => void | boolean
}

export interface KeyScopes {
  readonly add: (scope: () => KeyScope) => () => void
  readonly press: (name: KeyName) => boolean
  readonly release: (name: KeyName) => void
  readonly type: (text: string) => boolean
}

/** Scopes are functions so that a component's newest handlers are called without registering again. */
export const createKeyScopes = (): KeyScopes => {
  let entries: readonly { readonly order: number; readonly scope: () => KeyScope }[] = []
  let order = 0
  const ordered = (): readonly KeyScope[] =>
    entries
      .map((entry) => ({ order: entry.order, scope: entry.scope() }))
      .sort((a, b) => b.scope.level - a.scope.level || b.order - a.order)
      .map((entry) => entry.scope)
  const offer = (handle: (scope: KeyScope) => void | boolean | undefined): boolean => {
    for (const scope of ordered()) {
      const answer = handle(scope)
      if (answer === true) return true
      if (scope.modal) return false
    }
    return false
  }
  return {
    add: (scope) => {
      const entry = { order: order++, scope }
      entries = [...entries, entry]
      return () => {
        entries = entries.filter((other) => other !== entry)
      }
    },
    press: (name) =>
      offer((scope) => {
        const handler = scope.keys[name]
        return handler !== undefined && handler() !== false
      }),
    release: (name) => {
      offer((scope) => {
        scope.released?.[name]?.()
        return false
      })
    },
    type: (text) => offer((scope) => scope.typed !== undefined && scope.typed(text) !== false),
  }
}
