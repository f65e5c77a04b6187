/** The province's time: the true one, one that stands still, one that runs from a time of its own, all moved by what a lesson says. */
export interface AdjustableClock {
  readonly now: () => number
  /** null: the true time again. */
  set(time: { readonly at: number; readonly runs: boolean } | null): void
  /** As it was at the start. */
  reset(): void
  kind(): 'true' | 'runs' | 'stands'
}

export const adjustableClock = (base: () => number, start: { readonly at: number; readonly runs: boolean } | null, shiftMinutes: () => number): AdjustableClock => {
  let own = start
  let since = base()
  const set = (time: typeof own): void => {
    own = time
    since = base()
  }
  return {
    now: () => (own === null ? base() : own.runs ? own.at + (base() - since) : own.at) + shiftMinutes() * 60_000,
    set,
    reset: () => set(start),
    kind: () => (own === null ? 'true' : own.runs ? 'runs' : 'stands'),
  }
}
