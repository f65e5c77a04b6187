import type { SaleId, TillEvent } from '../../contract/index.ts'

type What = { readonly saleId: SaleId } | { readonly alarmId: string } | 'status'

export interface TillEvents {
  /** Collected and told after the current transaction: a listener never sees what may still be rolled back. */
  readonly changed: (what: What) => void
  readonly watch: (push: (event: TillEvent) => void) => () => void
}

/** `describe` makes the event when it is told, so many changes of one sale in one turn are one event. */
export const createTillEvents = (describe: (what: What) => TillEvent | null, onError: (cause: unknown) => void): TillEvents => {
  const watchers = new Set<(event: TillEvent) => void>()
  const pending = new Map<string, What>()
  let scheduled = false
  const tell = (): void => {
    scheduled = false
    const all = [...pending.values()]
    pending.clear()
    if (watchers.size === 0) return
    for (const what of all) {
      try {
        const event = describe(what)
        if (event !== null) for (const push of watchers) push(event)
      } catch (cause) {
        onError(cause)
      }
    }
  }
  return {
    changed: (what) => {
      pending.set(what === 'status' ? what : 'saleId' in what ? what.saleId : what.alarmId, what)
      if (scheduled) return
      scheduled = true
      setImmediate(tell)
    },
    watch: (push) => {
      watchers.add(push)
      return () => { watchers.delete(push) }
    },
  }
}
