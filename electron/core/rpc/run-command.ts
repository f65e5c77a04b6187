import type { Logger } from 'pino'
import { isAppError } from '../../contract/index.ts'
import type { Procedure } from '../../contract/index.ts'
import { auditDetail, saleIdOf } from '../audit/audit-detail.ts'
import { appendAudit } from '../audit/audit-log.ts'
import { asDatabaseError } from '../db/database-errors.ts'
import type { WritableDb } from '../db/database.ts'
import { inTransaction } from '../db/database.ts'
import { findAnswer, hashInput, refuseReuse, storeAnswer } from './command-answers.ts'
import type { Call } from './handlers.ts'

/**
 * Sign-in and sign-out act on the connection, so another connection's stored answer would be a lie; and a hash of a PIN is as good as the PIN.
 * What is revealed is shown while a key is held and kept nowhere: asked again it is audited again. So is who was looked for: the hash of an ID number is as good as the number.
 */
const NEVER_STORED: ReadonlySet<string> = new Set(['session.signIn', 'session.signOut', 'person.revealPerson', 'trace.findPatients', 'trace.listPatientPacks', 'message.reveal'])

export interface CommandRunner {
  readonly db: WritableDb
  readonly log: Logger
  /** Commands on their way: a repeat joins. */
  readonly running: Map<string, { readonly hash: string; readonly answer: Promise<string> }>
}

export interface Command {
  readonly name: string
  readonly procedure: Procedure
  /** Effect, answer and audit row in one transaction (handlers.ts). */
  readonly atomic: boolean
  readonly run: (call: Call) => unknown
  readonly call: Call & { readonly commandId: string }
  readonly input: unknown
}

const audit = (runner: CommandRunner, { name, procedure, call, input }: Command, outcome: string): void => {
  if (!procedure.audit) return
  // Who asked; for a sign-in, who is signed in by it.
  const staffId = call.caller?.staffId ?? call.connection.caller()?.staffId ?? null
  appendAudit(runner.db, { at: call.at, staffId, action: name, saleId: saleIdOf(input), outcome, detail: auditDetail(input) })
}

/** The refusal stands whether or not its row could be written. */
const auditFailure = (runner: CommandRunner, command: Command, error: unknown): void => {
  try {
    const known = asDatabaseError(error)
    audit(runner, command, isAppError(known) ? known.code : 'rpc.internal')
  } catch (auditError) {
    runner.log.error({ action: command.name, err: asDatabaseError(auditError) }, 'audit row not written')
  }
}

/** Does a command once and gives its answer as JSON text; a repeat gets the first one's answer. A failed command leaves no answer, so it may be repeated. */
export const runCommand = (runner: CommandRunner, command: Command): string | Promise<string> => {
  const { name, call, input } = command
  const { db, running } = runner
  const { commandId } = call
  const once = !NEVER_STORED.has(name)
  const inputHash = once ? hashInput(name, input) : ''
  if (once) {
    const inFlight = running.get(commandId)
    if (inFlight !== undefined) return inFlight.hash === inputHash ? inFlight.answer : refuseReuse(commandId)
    const known = findAnswer(db, commandId, name, inputHash)
    if (known !== null) return known
  }

  const record = (output: unknown): string => {
    const answer = JSON.stringify(output)
    if (once) storeAnswer(db, { commandId, name, inputHash, answer, at: call.at })
    audit(runner, command, 'ok')
    return answer
  }
  const finish = (output: unknown): string => {
    try {
      return inTransaction(db, () => record(output))
    } catch (error) {
      // The effect is committed: saying "failed" would be untrue.
      runner.log.error({ action: name, err: asDatabaseError(error) }, 'answer of a finished command not stored')
      return JSON.stringify(output)
    }
  }
  const failed = (error: unknown): never => {
    auditFailure(runner, command, error)
    throw error
  }

  try {
    if (command.atomic) {
      return inTransaction(db, () => {
        const output = command.run(call)
        if (output instanceof Promise) throw new TypeError(`${name} is marked atomic but awaits`)
        return record(output)
      })
    }
    const output = command.run(call)
    if (!(output instanceof Promise)) return finish(output)
    const answer = output.then(finish, failed).finally(() => running.delete(commandId))
    if (once) running.set(commandId, { hash: inputHash, answer })
    return answer
  } catch (error) {
    return failed(error)
  }
}
