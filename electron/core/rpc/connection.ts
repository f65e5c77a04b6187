import type { Role } from '../../contract/index.ts'
import type { Caller } from '../house.ts'

/** Who signed in here. One for a window; where the transport can tell that a new channel is the same window again, it hands over the same connection. */
export interface Connection {
  readonly caller: () => Caller | null
  /** Null signs out. */
  readonly setCaller: (caller: Caller | null) => void
  /** Told of sign-in and sign-out; returns how to stop listening. */
  readonly onCaller: (listener: () => void) => () => void
}

export const newConnection = (): Connection => {
  let current: Caller | null = null
  const listeners = new Set<() => void>()
  return {
    caller: () => current,
    setCaller: caller => {
      current = caller
      for (const listener of listeners) listener()
    },
    onCaller: listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

const RANK: Readonly<Record<Role, number>> = { cashier: 1, pharmacist: 2, manager: 3 }
export const mayCall = (caller: Caller, wanted: Role): boolean => RANK[caller.role] >= RANK[wanted]
