import { createContext, useContext, useEffect, useRef } from 'react'
import type { KeyScope, KeyScopes } from '../keyboard/key-scopes.ts'
import type { ScanInput, ScanListener } from '../keyboard/scan-input.ts'
import { useStore } from './store.ts'
import type { Store } from './store.ts'
import type { Till } from '../till/till.ts'
import type { TillState } from '../till/till-state.ts'
import type { SettingsStore } from '../app/settings.ts'

/** What every screen can reach. Made once at the start. */
export interface Tools {
  readonly till: Till
  readonly scopes: KeyScopes
  readonly scans: ScanInput
  readonly settings: SettingsStore
  /** Host mode turned this window away: it was opened without a good address. */
  readonly access: Store<{ readonly refused: boolean }>
}

export const ToolsContext = createContext<Tools | null>(null)

export const useTools = (): Tools => {
  const tools = useContext(ToolsContext)
  if (tools === null) throw new Error('ToolsContext is missing')
  return tools
}

export const useTill = (): Till => useTools().till
export const useTillState = <T>(select: (state: TillState) => T): T => useStore(useTools().till.store, select)

/** The keys of a screen, a panel or a dialog, for as long as it is shown. */
export const useKeys = (scope: KeyScope): void => {
  const { scopes } = useTools()
  const latest = useRef(scope)
  latest.current = scope
  useEffect(() => scopes.add(() => latest.current), [scopes])
}

/** The newest screen that listens gets the scans. */
export const useScan = (listener: ScanListener): void => {
  const { scans } = useTools()
  const latest = useRef(listener)
  latest.current = listener
  useEffect(() => scans.listen((text, via) => latest.current(text, via)), [scans])
}
