import { createRoot } from 'react-dom/client'
import { QueryClient } from '@tanstack/react-query'
import type { CoreClient } from '../core-client/core-client.ts'
import { startLanguage } from '../i18n/init.ts'
import { captureKeys } from '../keyboard/capture.ts'
import type { ScanRefusal } from '../keyboard/capture.ts'
import { createKeyScopes } from '../keyboard/key-scopes.ts'
import { createScanInput, listenToScanEvents } from '../keyboard/scan-input.ts'
import { DEFAULT_SCANNER } from '../keyboard/scanner-profile.ts'
import { createPlayer } from '../sound/player.ts'
import { INITIAL_TILL } from '../till/till-state.ts'
import { speakScreen } from '../till/till.ts'
import type { Till } from '../till/till.ts'
import { createStore } from '../ui/store.ts'
import type { Tools } from '../ui/tools.ts'
import { App } from './App.tsx'
import { createSettings } from './settings.ts'

const REFUSALS = {
  'input-method': 'scan-input-method',
  'alt-keypad': 'scan-alt-keypad',
  'no-suffix': 'scan-no-suffix',
  'too-long': 'scan-too-long',
} as const satisfies Record<ScanRefusal, string>

/** Puts the till on the page. The core client is a parameter: the product connects, a test brings its own. */
export const startApp = async (root: HTMLElement, core: CoreClient, access: Tools['access']): Promise<Till> => {
  const settings = createSettings(window.localStorage)
  await startLanguage(settings.get().language)
  const till: Till = {
    core,
    store: createStore(INITIAL_TILL),
    now: () => Date.now(),
    play: createPlayer(() => settings.get().volume),
    scanner: () => settings.get().scanner,
    scans: { last: Promise.resolve() },
  }
  const scopes = createKeyScopes()
  const scans = createScanInput()
  captureKeys(window, {
    profile: DEFAULT_SCANNER,
    scopes,
    scans,
    onRefuse: (reason) => speakScreen(till, 'refuse', REFUSALS[reason]),
    onTakeBack: () =>
      till.store.set((state) => ({ digits: '', ...(state.panel === 'find' && state.findText !== '' ? { panel: 'none' as const, findText: '' } : {}) })),
  })
  // A scan as an event: practice and tests only, where no real patient can be touched.
  listenToScanEvents(window, {
    push: (text, via) => {
      if (till.store.get().status?.practice === true) scans.push(text, via)
    },
    listen: scans.listen,
  })
  // Core answers in a millisecond: nothing is cached that could be shown instead of the truth, nothing is asked twice by itself.
  const queries = new QueryClient({
    defaultOptions: {
      queries: { networkMode: 'always', retry: false, refetchOnWindowFocus: false, gcTime: 60_000 },
      mutations: { networkMode: 'always', retry: false },
    },
  })
  createRoot(root).render(<App tools={{ till, scopes, scans, settings, access }} queries={queries} />)
  return till
}
