import { useSyncExternalStore } from 'react'

export interface Store<S> {
  readonly get: () => S
  readonly set: (change: Partial<S> | ((state: S) => Partial<S>)) => void
  readonly subscribe: (listener: () => void) => () => void
}

export const createStore = <S extends object>(initial: S): Store<S> => {
  let state = initial
  const listeners = new Set<() => void>()
  return {
    get: () => state,
    set: (change) => {
      const next = { ...state, ...(typeof change === 'function' ? change(state) : change) }
      state = next
      for (const listener of listeners) listener()
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** `select` must return a stored value, not a new one. */
export const useStore = <S, T>(store: Store<S>, select: (state: S) => T): T => useSyncExternalStore(store.subscribe, () => select(store.get()))
