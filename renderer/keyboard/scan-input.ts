/** How a code came in: the wedge capture, a device process, a practice panel, a test. */
export type ScanVia = 'hid' | 'serial' | 'wedge' | 'typed' | 'panel'
export type ScanListener = (text: string, via: ScanVia) => void

/** The one door for scans. The newest listener hears them: a dialog that wants the scan takes it from the screen below. */
export interface ScanInput {
  readonly push: ScanListener
  readonly listen: (listener: ScanListener) => () => void
}

export const createScanInput = (): ScanInput => {
  let listeners: readonly ScanListener[] = []
  return {
    push: (text, via) => listeners.at(-1)?.(text, via),
    listen: (listener) => {
      listeners = [...listeners, listener]
      return () => {
        listeners = listeners.filter((other) => other !== listener)
      }
    },
  }
}

/** Practice and tests only: a scan as an event on the window. */
export const SCAN_EVENT = 'yaogui:scan'

export const listenToScanEvents = (target: EventTarget, input: ScanInput): (() => void) => {
  const hear = (event: Event): void => {
    const detail: unknown = event instanceof CustomEvent ? event.detail : null
    if (typeof detail === 'object' && detail !== null && 'text' in detail && typeof detail.text === 'string') input.push(detail.text, 'panel')
  }
  target.addEventListener(SCAN_EVENT, hear)
  return () => target.removeEventListener(SCAN_EVENT, hear)
}
