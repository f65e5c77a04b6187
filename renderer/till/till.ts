import { isAppError } from '../../electron/contract/index.ts'
import type { ErrorCode, ErrorDetail, LineId, Sale, ScannerHints, SoundClass, VerdictOutcome } from '../../electron/contract/index.ts'
import type { CoreClient } from '../core-client/core-client.ts'
import type { Store } from '../ui/store.ts'
import { answered, hear, quiet } from './say.ts'
import type { AnswerKey, Say, SayAnswer, ScreenSay } from './say.ts'
import type { Page, TillState } from './till-state.ts'

/** What every action of the till works with. No DOM and no React: a test drives it with a fake core. */
export interface Till {
  readonly core: CoreClient
  readonly store: Store<TillState>
  /** Epoch milliseconds of this screen. */
  readonly now: () => number
  readonly play: (sound: SoundClass) => void
  /** What this till's scanner is known to do. */
  readonly scanner: () => ScannerHints | null
  /** The end of the queue of scans. */
  readonly scans: { last: Promise<unknown> }
}

let lastSayId = 0

export const speak = (till: Till, say: Omit<Say, 'id'>): void => {
  till.store.set((state) => ({ heard: hear(state.heard, { ...say, id: ++lastSayId }) }))
  if (say.sound !== null) till.play(say.sound)
}

export const forget = (till: Till, id: number): void => till.store.set((state) => ({ heard: answered(state.heard, id) }))

const understood = (): SayAnswer => ({ key: 'Enter', label: 'understood', run: () => {} })

export const speakError = (till: Till, error: unknown, answers: readonly SayAnswer[] = [understood()]): void => {
  const { code, detail }: { code: ErrorCode; detail: ErrorDetail } = isAppError(error) ? error : { code: 'rpc.internal', detail: {} }
  speak(till, { tone: 'refuse', sound: 'stop', source: { kind: 'error', code, detail }, answers })
}

const SCREEN_SOUND: Readonly<Record<VerdictOutcome, SoundClass>> = { accept: 'ok', notice: 'notice', ask: 'ask', refuse: 'stop' }
export const speakScreen = (till: Till, tone: VerdictOutcome, code: ScreenSay, values: ErrorDetail = {}, answers: readonly SayAnswer[] = []): void =>
  speak(till, {
    tone,
    sound: SCREEN_SOUND[tone],
    source: { kind: 'screen', code, values },
    answers: answers.length === 0 && tone === 'refuse' ? [understood()] : answers,
  })

/** Gives the answer that this key stands for; false when nothing was asked or the key says nothing. */
export const answerWith = (till: Till, key: AnswerKey): boolean => {
  const say = till.store.get().heard.says[0]
  const answer = say?.answers.find((other) => other.key === key) ?? (key === 'Escape' ? say?.answers.find((other) => other.label === 'understood') : undefined)
  if (say === undefined || answer === undefined) return false
  forget(till, say.id)
  answer.run()
  return true
}

/** A sale as core says it is now; the selection stays on its line, else goes to the last. */
export const showSale = (till: Till, sale: Sale, lineId: LineId | null = null): void => {
  till.store.set((state) => {
    const kept = sale.lines.some((line) => line.lineId === state.selected) ? state.selected : (sale.lines.at(-1)?.lineId ?? null)
    const selected = lineId ?? kept
    // Digits that were typed for one line are no quantity of another.
    return { sale, selected, ...(selected === state.selected ? {} : { digits: '' }), ...(lineId === null ? {} : { flash: { lineId, count: (state.flash?.count ?? 0) + 1 } }) }
  })
}
/** Core told it by itself: only the sale on the screen is shown. */
export const showIfCurrent = (till: Till, sale: Sale): void => {
  if (till.store.get().sale?.saleId === sale.saleId) showSale(till, sale)
}

/** Runs one action on core; what goes wrong is said, and null comes back. */
export const attempt = async <T>(till: Till, work: () => Promise<T>): Promise<T | null> => {
  try {
    return await work()
  } catch (error) {
    speakError(till, error)
    return null
  }
}

export const goTo = (till: Till, page: Page): void => till.store.set((state) => ({ page, overlay: null, panel: 'none', digits: '', heard: quiet(state.heard) }))
