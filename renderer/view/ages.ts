import type { Freshness } from '../../electron/contract/index.ts'

/** An age as a unit and a count: the language file makes words of it. */
export type Age = { readonly unit: 'now' } | { readonly unit: 'seconds' | 'minutes' | 'hours' | 'days'; readonly count: number }

export const ageOf = (at: number, now: number): Age => {
  const seconds = Math.max(0, Math.floor((now - at) / 1000))
  if (seconds < 10) return { unit: 'now' }
  if (seconds < 60) return { unit: 'seconds', count: seconds }
  if (seconds < 3_600) return { unit: 'minutes', count: Math.floor(seconds / 60) }
  return seconds < 86_400 ? { unit: 'hours', count: Math.floor(seconds / 3_600) } : { unit: 'days', count: Math.floor(seconds / 86_400) }
}

/** Stale by core's word, or because it grew old on the screen since. */
export const isStale = (fresh: Freshness, now: number, staleAfterMinutes: number): boolean =>
  fresh.stale || (fresh.fetchedAt !== null && now - fresh.fetchedAt > staleAfterMinutes * 60_000)

/** `3′12″`, `1 h 02′`: for how long a line is down, a call is waiting. */
export const duration = (ms: number): string => {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const minutes = Math.floor(seconds / 60)
  if (minutes === 0) return `${seconds}″`
  if (minutes < 60) return `${minutes}′${String(seconds % 60).padStart(2, '0')}″`
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}′`
}
