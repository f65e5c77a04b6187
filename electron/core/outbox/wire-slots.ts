export interface WireSlots {
  /** Waits for its turn; returns how to give the slot back. */
  readonly enter: () => Promise<() => void>
}

/** So many messages on their way at once, first come first sent. What is written before and after a message is sent takes none. */
export const createWireSlots = (slots: number): WireSlots => {
  let free = slots
  const waiting: (() => void)[] = []
  const leave = (): void => {
    const next = waiting.shift()
    if (next === undefined) free += 1
    else next()
  }
  const once = (): (() => void) => {
    let left = false
    return () => {
      if (left) return
      left = true
      leave()
    }
  }
  return {
    enter: async () => {
      if (free > 0) free -= 1
      else await new Promise<void>((resolve) => { waiting.push(resolve) })
      return once()
    },
  }
}
