import type { Logger } from 'pino'
import { contractHash } from '../../contract/contract-hash.ts'
import { surelyFits } from '../../contract/quick-check.ts'
import { AppError, ClientMessage, MAX_MESSAGE_CHARS, contract, isAppError } from '../../contract/index.ts'
import type { Channel, Procedure, ProcedureName, ServerMessage } from '../../contract/index.ts'
import { maskText } from '../../domain/masking.ts'
import { asDatabaseError } from '../db/database-errors.ts'
import type { WritableDb } from '../db/database.ts'
import type { Caller } from '../house.ts'
import { mayCall, newConnection } from './connection.ts'
import type { Connection } from './connection.ts'
import { isAtomic } from './handlers.ts'
import type { Call, Handlers } from './handlers.ts'
import { runCommand } from './run-command.ts'
import type { CommandRunner } from './run-command.ts'

export interface DispatcherOptions {
  readonly handlers: Partial<Handlers>
  readonly db: WritableDb
  readonly clock: () => number
  readonly log: Logger
  readonly appVersion: string
}

export interface Dispatcher {
  /** Answers everything that comes over this channel until it closes. The same connection twice: the same window again, still signed in. */
  readonly serve: (channel: Channel, connection?: Connection) => void
  /** Takes no new calls, lets running commands end (at most `graceMs`), closes every channel. */
  readonly close: (graceMs: number) => Promise<void>
}

type Untyped = (call: Call, input: unknown, push?: (data: unknown) => void) => unknown

/** So that a message too large to parse still gets its answer to the right call. */
const ID_AT_FRONT = /^\{"t":"(?:call|subscribe)","id":(\d{1,15})\b/

export const createDispatcher = (options: DispatcherOptions): Dispatcher => {
  const { db, clock, log } = options
  const runner: CommandRunner = { db, log, running: new Map() }
  const channels = new Set<Channel>()
  let closing = false

  /** What leaves core: a known error as it is, anything else as rpc.internal with a line in the log. */
  const toBody = (name: string, thrown: unknown): { code: string; message: string; detail: object } => {
    const error = asDatabaseError(thrown)
    if (isAppError(error)) return error.toBody()
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    log.error({ procedure: name, error: maskText(text) }, 'a handler failed unexpectedly')
    return { code: 'rpc.internal', message: `${name} failed unexpectedly`, detail: {} }
  }

  const find = (name: string, wanted: (procedure: Procedure) => boolean): { procedure: Procedure; handler: Untyped } => {
    const procedure: Procedure | undefined = Object.hasOwn(contract, name) ? contract[name as ProcedureName] : undefined
    const handler = procedure === undefined ? undefined : options.handlers[name as ProcedureName]
    if (procedure === undefined || handler === undefined || !wanted(procedure)) throw new AppError('rpc.unknown-procedure', 'no such procedure', { name })
    return { procedure, handler: handler as unknown as Untyped }
  }

  const permit = (procedure: Procedure, caller: Caller | null): void => {
    if (procedure.permission === 'public') return
    if (caller === null) throw new AppError('session.required', 'no one is signed in on this connection')
    if (!mayCall(caller, procedure.permission)) throw new AppError('session.forbidden', `needs ${procedure.permission}`, { needs: procedure.permission })
  }

  const parseInput = (procedure: Procedure, input: unknown): unknown => {
    if (surelyFits(procedure.input, input)) return input
    const parsed = procedure.input.safeParse(input)
    if (parsed.success) return parsed.data
    const issue = parsed.error.issues[0]
    throw new AppError('rpc.invalid-input', issue?.message ?? 'invalid input', { path: issue?.path.join('.') ?? '', problem: issue?.code ?? '' })
  }

  /** What core is about to say. An answer that does not fit is a defect of ours: it does not leave, neither do fields too many. */
  const fitting = (name: string, procedure: Procedure, output: unknown): unknown => {
    if (surelyFits(procedure.output, output)) return output
    const parsed = procedure.output.safeParse(output)
    if (parsed.success) return output
    const issue = parsed.error.issues[0]
    log.error({ procedure: name, path: issue?.path.join('.'), problem: issue?.code }, 'an answer does not fit the contract')
    throw new AppError('rpc.internal', `answer of ${name} does not fit the contract at ${issue?.path.join('.') ?? ''}`)
  }
  const answerOf = (name: string, procedure: Procedure, handler: Untyped, call: Call, input: unknown): unknown => {
    const output = handler(call, input)
    return output instanceof Promise ? output.then((done) => fitting(name, procedure, done)) : fitting(name, procedure, output)
  }

  const serve = (channel: Channel, connection: Connection = newConnection()): void => {
    let greeted = false
    let open = true
    const streams = new Map<number, { readonly procedure: Procedure; readonly stop: () => void }>()
    channels.add(channel)

    const sendText = (text: string): void => {
      if (open) channel.send(text)
    }
    const send = (message: ServerMessage): void => sendText(JSON.stringify(message))
    const sendError = (id: number | null, name: string, thrown: unknown): void => sendText(JSON.stringify({ t: 'error', id, error: toBody(name, thrown) }))
    const sendAnswer = (id: number, name: string, text: string): void => {
      if (text.length > MAX_MESSAGE_CHARS - 100) sendError(id, name, new AppError('rpc.too-large', `answer of ${name} has ${text.length} characters`, { chars: text.length, limit: MAX_MESSAGE_CHARS }))
      else sendText(`{"t":"result","id":${id},"output":${text}}`)
    }

    const answer = (message: Extract<ClientMessage, { t: 'call' }>): void => {
      const { id, name } = message
      try {
        const { procedure, handler } = find(name, p => p.kind !== 'stream')
        const caller = connection.caller()
        permit(procedure, caller)
        const input = parseInput(procedure, message.input)
        const at = clock()
        if (procedure.kind === 'command') {
          const { commandId } = message
          if (commandId === undefined) throw new AppError('rpc.invalid-input', 'a command needs a commandId', { path: 'commandId', problem: 'missing' })
          const text = runCommand(runner, {
            name, procedure, atomic: isAtomic(handler, input), run: (call) => answerOf(name, procedure, handler, call, input), call: { caller, connection, commandId, at }, input,
          })
          if (typeof text === 'string') sendAnswer(id, name, text)
          else text.then(done => sendAnswer(id, name, done), (error: unknown) => sendError(id, name, error))
          return
        }
        const output = answerOf(name, procedure, handler, { caller, connection, commandId: null, at }, input)
        if (output instanceof Promise) output.then((done) => sendAnswer(id, name, JSON.stringify(done))).catch((error: unknown) => sendError(id, name, error))
        else sendAnswer(id, name, JSON.stringify(output))
      } catch (error) {
        sendError(id, name, error)
      }
    }

    const subscribe = ({ id, name, input }: Extract<ClientMessage, { t: 'subscribe' }>): void => {
      try {
        if (streams.has(id)) throw new AppError('rpc.invalid-input', 'this id is subscribed already', { path: 'id', problem: 'reused' })
        const { procedure, handler } = find(name, p => p.kind === 'stream')
        const caller = connection.caller()
        permit(procedure, caller)
        let live = true
        const push = (data: unknown): void => {
          if (!live) return
          try {
            send({ t: 'event', id, data: fitting(name, procedure, data) })
          } catch {
            // Logged; the other events go on.
          }
        }
        const stop = handler({ caller, connection, commandId: null, at: clock() }, parseInput(procedure, input), push) as () => void
        streams.set(id, {
          procedure,
          stop: () => {
            live = false
            streams.delete(id)
            stop()
          },
        })
      } catch (error) {
        sendError(id, name, error)
      }
    }

    const greet = (theirs: string): void => {
      const ours = contractHash(contract)
      if (theirs === ours) {
        greeted = true
        send({ t: 'welcome', contractHash: ours, appVersion: options.appVersion })
      } else {
        sendError(null, 'hello', new AppError('rpc.contract-mismatch', `built from contract ${theirs}, core from ${ours}`, { theirs, ours }))
      }
    }

    const receive = (text: string): void => {
      if (text.length > MAX_MESSAGE_CHARS) {
        const id = ID_AT_FRONT.exec(text)?.[1]
        sendError(id === undefined ? null : Number(id), '', new AppError('rpc.too-large', `message of ${text.length} characters`, { chars: text.length, limit: MAX_MESSAGE_CHARS }))
        return
      }
      let json: unknown
      try {
        json = JSON.parse(text)
      } catch {
        sendError(null, '', new AppError('rpc.invalid-input', 'not JSON', { path: '', problem: 'json' }))
        return
      }
      const parsed = surelyFits(ClientMessage, json) ? { success: true as const, data: json as ClientMessage } : ClientMessage.safeParse(json)
      if (!parsed.success) {
        const id = typeof json === 'object' && json !== null && 'id' in json && Number.isSafeInteger(json.id) ? Number(json.id) : null
        sendError(id, '', new AppError('rpc.invalid-input', 'not a message of the contract', { path: parsed.error.issues[0]?.path.join('.') ?? '', problem: parsed.error.issues[0]?.code ?? '' }))
        return
      }
      const message = parsed.data
      if (message.t === 'hello') greet(message.contractHash)
      else if (message.t === 'unsubscribe') streams.get(message.id)?.stop()
      else if (!greeted || closing) sendError(message.id, message.name, new AppError('rpc.not-connected', closing ? 'core is stopping' : 'say hello first'))
      else if (message.t === 'call') answer(message)
      else subscribe(message)
    }

    const stopListening = connection.onCaller(() => {
      for (const [id, { procedure, stop }] of streams) {
        try {
          permit(procedure, connection.caller())
        } catch {
          stop()
          send({ t: 'end', id })
        }
      }
    })
    channel.onMessage(receive)
    channel.onClose(() => {
      open = false
      channels.delete(channel)
      stopListening()
      for (const { stop } of streams.values()) stop()
    })
  }

  const close = async (graceMs: number): Promise<void> => {
    closing = true
    const running = Promise.allSettled([...runner.running.values()].map(({ answer }) => answer))
    let timer: NodeJS.Timeout | undefined
    await Promise.race([running, new Promise(resolve => { timer = setTimeout(resolve, graceMs) })])
    clearTimeout(timer)
    for (const channel of channels) channel.close()
  }

  return { serve, close }
}
