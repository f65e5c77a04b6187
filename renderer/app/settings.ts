import { z } from 'zod'
import { PaperWidth, ScannerHints } from '../../electron/contract/index.ts'
import { createStore } from '../ui/store.ts'
import type { Store } from '../ui/store.ts'

/** What one till's screen remembers; nothing of a sale. */
const Settings = z.object({
  language: z.enum(['zh-CN', 'en']).default('zh-CN'),
  theme: z.enum(['light', 'dark']).default('light'),
  /** 0 silent … 4 loud */
  volume: z.int().min(0).max(4).default(3),
  paper: PaperWidth.default('80'),
  /** What this till's scanner is known to do; null: nobody said. */
  scanner: ScannerHints.nullable().default(null),
})
export type Settings = z.infer<typeof Settings>
export type SettingsStore = Store<Settings>

const NAME = 'yaogui.screen'

const read = (storage: Storage): Settings => {
  try {
    return Settings.parse(JSON.parse(storage.getItem(NAME) ?? '{}'))
  } catch {
    return Settings.parse({})
  }
}

export const createSettings = (storage: Storage): SettingsStore => {
  const store = createStore(read(storage))
  store.subscribe(() => storage.setItem(NAME, JSON.stringify(store.get())))
  return store
}
