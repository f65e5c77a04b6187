import type { Channel } from '../../contract/index.ts'

interface End extends Channel { readonly deliver: (text: string) => void; readonly closed: () => void }

const end = (other: () => End): End => {
  const onMessage: ((text: string) => void)[] = []
  const onClose: (() => void)[] = []
  let open = true
  const self: End = {
    send: text => {
      if (open) queueMicrotask(() => other().deliver(text))
    },
    onMessage: listener => { onMessage.push(listener) },
    onClose: listener => { onClose.push(listener) },
    deliver: text => {
      if (open) for (const listener of onMessage) listener(text)
    },
    closed: () => {
      if (!open) return
      open = false
      for (const listener of onClose) listener()
    },
    close: () => {
      self.closed()
      queueMicrotask(() => other().closed())
    },
  }
  return self
}

/** Two ends in one process, for the command line and tests. Messages arrive later, in order, as on a wire. */
export const memoryChannelPair = (): readonly [Channel, Channel] => {
  const a: End = end(() => b)
  const b: End = end(() => a)
  return [a, b]
}
