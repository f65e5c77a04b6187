import type { House } from './house.ts'

const ONLINE_MS = 30_000
const OFFLINE_MS = 5_000

/** Keeps the strip's line state true while nobody sells, and says when the line came back. Returns how to stop. */
export const watchLine = (house: House, probing: boolean, onBack: () => void): (() => void) => {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let state = house.platform.line().state
  house.platform.onLine((line) => {
    if (stopped) return
    const back = line.state === 'online' && state === 'offline'
    state = line.state
    house.changed('status')
    if (back) onBack()
  })
  const probe = (): void => {
    house.platform.probe(null).catch((cause: unknown) => house.log.error({ err: cause }, 'probe')).finally(() => {
      if (stopped) return
      timer = setTimeout(probe, house.platform.line().state === 'offline' ? OFFLINE_MS : ONLINE_MS)
      timer.unref()
    })
  }
  if (probing) probe()
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}
