import { contractHash } from '../../electron/contract/contract-hash.ts'
import { AppError, MAX_MESSAGE_CHARS, ServerMessage, contract, isAppError } from '../../electron/contract/index.ts'
import { withDefaults } from '../../electron/contract/defaults.ts'
import { surelyFits } from '../../electron/contract/quick-check.ts'
import type { Channel, CommandName, ErrorBody, Input, Output, Procedure, ProcedureName, QueryName, StreamName } from '../../electron/contract/index.ts'

/** connecting: not there yet, first time or again · ready · lost: closed, of another build, or given up. */
export type ConnectionState = 'connecting' | 'ready' | 'lost'

export interface CoreClient {
  /** Errors: AppError with the codes of the procedure, rpc.not-connected, rpc.internal when the answer does not fit the contract. */
  readonly query: <N extends QueryName>(name: N, input: Input<N>) => Promise<Output<N>>
  /** Done once, however often the line breaks: the same commandId is sent again after a reconnect. */
  readonly command: <N extends CommandName>(name: N, input: Input<N>, options?: { readonly commandId?: string }) => Promise<Output<N>>
  /** Begins again by itself after a reconnect. `onEnd`: core ended it (signed out) or refused it. Returns how to stop. */
  readonly subscribe: <N extends StreamName>(name: N, input: Input<N>, listener: (data: Output<N>) => void, onEnd?: (error: AppError | null) => void) => () => void
  readonly state: () => ConnectionState
  /** Why the state is `lost`, if core said so: rpc.contract-mismatch wants a reload. */
  readonly lostBecause: () => AppError | null
  /** Told of every change; returns how to stop. */
  readonly onState: (listener: (state: ConnectionState) => void) => () => void
  readonly appVersion: () => string | null
  readonly close: () => void
}

export interface CoreClientOptions {
  /** Opens a new channel; called again after each loss while `reconnect` holds. Rejecting with an AppError ends it: trying again would not help. */
  readonly connect: () => Channel | Promise<Channel>
  readonly reconnect?: boolean
  /** Milliseconds before attempt n (0, 1, …) of a reconnect. */
  readonly backOff?: (attempt: number) => number
  /** A call that found no line for this long ends in rpc.not-connected. */
  readonly giveUpAfterMs?: number
}

interface Pending {
  readonly text: string
  readonly procedure: Procedure
  readonly name: string
  readonly resolve: (output: never) => void
  readonly reject: (error: AppError) => void
  waiting: ReturnType<typeof setTimeout> | null
}
interface Subscription {
  readonly text: string
  readonly procedure: Procedure
  readonly name: string
  readonly listener: (data: never) => void
  readonly onEnd: ((error: AppError | null) => void) | undefined
}

const asError = ({ code, message, detail }: ErrorBody): AppError => new AppError(code, message, detail)
const notConnected = (): AppError => new AppError('rpc.not-connected', 'no connection to core')

const readMessage = (text: string): ServerMessage | null => {
  try {
    const json: unknown = JSON.parse(text)
    return surelyFits(ServerMessage, json) ? (json as ServerMessage) : ServerMessage.parse(json)
  } catch {
    return null
  }
}

export const createCoreClient = (options: CoreClientOptions): CoreClient => {
  const { connect, reconnect = false, backOff = attempt => Math.min(100 * 2 ** attempt, 5_000), giveUpAfterMs = 30_000 } = options
  const pending = new Map<number, Pending>()
  const subscriptions = new Map<number, Subscription>()
  const stateListeners = new Set<(state: ConnectionState) => void>()
  let lastId = 0
  let state: ConnectionState = 'connecting'
  let channel: Channel | null = null
  let version: string | null = null
  let lostBecause: AppError | null = null
  let attempt = 0
  let again: ReturnType<typeof setTimeout> | null = null

  const setState = (next: ConnectionState): void => {
    if (state === next) return
    state = next
    for (const listener of stateListeners) listener(next)
  }

  const drop = (id: number): Pending | null => {
    const call = pending.get(id)
    if (call === undefined) return null
    pending.delete(id)
    if (call.waiting !== null) clearTimeout(call.waiting)
    return call
  }

  const lose = (because: AppError | null): void => {
    lostBecause = because
    if (again !== null) clearTimeout(again)
    const last = channel
    channel = null
    last?.close()
    setState('lost')
    for (const id of [...pending.keys()]) drop(id)?.reject(because ?? notConnected())
    for (const [id, { onEnd }] of subscriptions) {
      subscriptions.delete(id)
      onEnd?.(because ?? notConnected())
    }
  }

  const waitForLine = (id: number, call: Pending): void => {
    call.waiting ??= setTimeout(() => drop(id)?.reject(notConnected()), giveUpAfterMs)
  }

  const ready = (): void => {
    attempt = 0
    setState('ready')
    for (const call of pending.values()) {
      if (call.waiting !== null) clearTimeout(call.waiting)
      call.waiting = null
      channel?.send(call.text)
    }
    for (const { text } of subscriptions.values()) channel?.send(text)
  }

  const finish = (id: number, output: unknown): void => {
    const call = drop(id)
    if (call === null) return
    if (surelyFits(call.procedure.output, output)) return call.resolve(output as never)
    const parsed = call.procedure.output.safeParse(output)
    if (parsed.success) call.resolve(parsed.data as never)
    else call.reject(new AppError('rpc.internal', `answer of ${call.name} does not fit the contract at ${parsed.error.issues[0]?.path.join('.') ?? ''}`))
  }

  const fail = (id: number | null, error: AppError): void => {
    if (id === null) {
      if (error.code === 'rpc.contract-mismatch') lose(error)
      return
    }
    drop(id)?.reject(error)
    const subscription = subscriptions.get(id)
    subscriptions.delete(id)
    subscription?.onEnd?.(error)
  }

  const receive = (message: ServerMessage): void => {
    switch (message.t) {
      case 'result': return finish(message.id, message.output)
      case 'error': return fail(message.id, asError(message.error))
      case 'event': {
        const subscription = subscriptions.get(message.id)
        const parsed = subscription?.procedure.output.safeParse(message.data)
        // Strict like an answer: what does not fit is never shown; core has logged it.
        if (parsed?.success === true) subscription?.listener(parsed.data as never)
        return
      }
      case 'end': {
        const subscription = subscriptions.get(message.id)
        subscriptions.delete(message.id)
        return subscription?.onEnd?.(null)
      }
      case 'welcome':
        version = message.appVersion
        return ready()
    }
  }

  const lineIsDown = (): void => {
    if (state === 'lost') return
    channel = null
    if (!reconnect) return lose(null)
    setState('connecting')
    for (const [id, call] of pending) waitForLine(id, call)
    again = setTimeout(open, backOff(attempt++))
  }

  const open = (): void => {
    const use = (opened: Channel): void => {
      if (state === 'lost') return opened.close()
      channel = opened
      opened.onMessage(text => {
        if (channel !== opened) return
        const message = readMessage(text)
        // Not our core, or a broken line: start over rather than let callers wait.
        if (message === null) opened.close()
        else receive(message)
      })
      opened.onClose(() => { if (channel === opened) lineIsDown() })
      opened.send(JSON.stringify({ t: 'hello', contractHash: contractHash(contract) }))
    }
    try {
      const opened = connect()
      if (opened instanceof Promise) opened.then(use, (error: unknown) => (isAppError(error) ? lose(error) : lineIsDown()))
      else use(opened)
    } catch {
      lineIsDown()
    }
  }

  const call = (name: ProcedureName, input: unknown, commandId: string | undefined): Promise<never> => new Promise((resolve, reject) => {
    if (state === 'lost') return reject(lostBecause ?? notConnected())
    const id = ++lastId
    const text = JSON.stringify({ t: 'call', id, name, input: withDefaults(contract[name].input, input), commandId })
    if (text.length > MAX_MESSAGE_CHARS) return reject(new AppError('rpc.too-large', `${name}: ${text.length} characters`, { chars: text.length, limit: MAX_MESSAGE_CHARS }))
    const procedure: Procedure = contract[name]
    const entry: Pending = { text, procedure, name, resolve, reject, waiting: null }
    pending.set(id, entry)
    if (state === 'ready') channel?.send(text)
    else waitForLine(id, entry)
  })

  open()
  return {
    query: (name, input) => call(name, input, undefined),
    command: (name, input, { commandId = crypto.randomUUID() } = {}) => call(name, input, commandId),
    subscribe: (name, input, listener, onEnd) => {
      const id = ++lastId
      const text = JSON.stringify({ t: 'subscribe', id, name, input: withDefaults(contract[name].input, input) })
      if (state === 'lost') {
        onEnd?.(lostBecause ?? notConnected())
        return () => {}
      }
      subscriptions.set(id, { text, procedure: contract[name], name, listener, onEnd })
      if (state === 'ready') channel?.send(text)
      return () => {
        if (subscriptions.delete(id) && state === 'ready') channel?.send(JSON.stringify({ t: 'unsubscribe', id }))
      }
    },
    state: () => state,
    lostBecause: () => lostBecause,
    onState: listener => {
      stateListeners.add(listener)
      return () => stateListeners.delete(listener)
    },
    appVersion: () => version,
    close: () => lose(null),
  }
}
