import { AppError } from '../../contract/index.ts'
import type { CommandName, Output, ParsedInput, ProcedureName, StreamName } from '../../contract/index.ts'
import type { Caller } from '../house.ts'
import type { Connection } from './connection.ts'

/** One call as a handler sees it. */
export interface Call {
  /** Null only in procedures anybody may call; `callerOf` says so in one word elsewhere. */
  readonly caller: Caller | null
  readonly connection: Connection
  /** Of a command; a query has none. */
  readonly commandId: string | null
  /** Epoch ms. */
  readonly at: number
}

type Answering<N extends ProcedureName> = (call: Call, input: ParsedInput<N>) => Output<N> | Promise<Output<N>>
/** Returns what stops the stream. */
type Streaming<N extends StreamName> = (call: Call, input: ParsedInput<N>, push: (data: Output<N>) => void) => () => void

/** One function a procedure of the contract. An area exports `Pick<Handlers, 'drug.searchDrugs' | …>`; core.ts puts them together. */
export type Handlers = { readonly [N in ProcedureName]: N extends StreamName ? Streaming<N> : Answering<N> }

/** Who is asking, in a procedure that needs sign-in. Error session.required. */
export const callerOf = (call: Call): Caller => {
  if (call.caller === null) throw new AppError('session.required', 'no one is signed in on this connection')
  return call.caller
}

const ATOMIC = Symbol('atomic')
type Atomic<N extends CommandName> = ((call: Call, input: ParsedInput<N>) => Output<N> | Promise<Output<N>>) & { [ATOMIC]?: (input: never) => boolean }

/**
 * Marks a command whose effect is one synchronous transaction: the dispatcher then commits effect, stored answer and audit row together, so that a repeat after a crash
 * finds either all or nothing (and one commit is paid instead of two). `when`: only for these inputs; for the others the handler may await.
 */
export const atomic = <N extends CommandName>(handler: Answering<N>, when: (input: ParsedInput<N>) => boolean = () => true): Answering<N> => {
  const marked: Atomic<N> = (call, input) => handler(call, input)
  marked[ATOMIC] = when
  return marked
}

export const isAtomic = (handler: unknown, input: unknown): boolean => {
  const when = (handler as { [ATOMIC]?: (input: unknown) => boolean })[ATOMIC]
  return when !== undefined && when(input)
}
