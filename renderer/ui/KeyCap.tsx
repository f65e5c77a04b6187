import type { ReactNode } from 'react'

/** Keys have the names that are printed on them, in every language. */
const SHOWN: Readonly<Record<string, string>> = {
  Escape: 'Esc',
  Delete: 'Del',
  Insert: 'Ins',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
}

export const KeyCap = ({ name }: { readonly name: string }): ReactNode => <kbd className="keycap">{SHOWN[name] ?? name}</kbd>
