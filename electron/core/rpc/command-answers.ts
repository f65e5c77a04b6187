import { hash } from 'node:crypto'
import { AppError } from '../../contract/index.ts'
import type { WritableDb } from '../db/database.ts'
import { one } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'

const KEPT_MS = 7 * 24 * 3600 * 1000

const statements = perDatabase(db => ({
  find: db.prepare('select name, input_hash, answer from command_answer where command_id = ?'),
  insert: db.prepare('insert into command_answer (command_id, name, input_hash, answer, answered_at) values (?, ?, ?, ?, ?)'),
  purge: db.prepare('delete from command_answer where command_id in (select command_id from command_answer where answered_at < ? limit ?)'),
}))

/** Of the parsed input, so that neither key order nor defaults left out make another command of it. */
export const hashInput = (name: string, input: unknown): string => hash('sha256', `${name}\n${JSON.stringify(input)}`)

/** An identifier stands for one command for ever. Error rpc.invalid-input. */
export const refuseReuse = (commandId: string): never => {
  throw new AppError('rpc.invalid-input', `command id ${commandId} was used for another command`, { path: 'commandId', problem: 'reused' })
}

/** The answer this command was given, as JSON text; null if it was never done. */
export const findAnswer = (db: WritableDb, commandId: string, name: string, inputHash: string): string | null => {
  const row = statements(db).find.get(commandId) as { name: string; input_hash: string; answer: string } | undefined
  if (row === undefined) return null
  return row.name === name && row.input_hash === inputHash ? row.answer : refuseReuse(commandId)
}

export const storeAnswer = (db: WritableDb, row: { readonly commandId: string; readonly name: string; readonly inputHash: string; readonly answer: string; readonly at: number }): void =>
  one(statements(db).insert.run(row.commandId, row.name, row.inputHash, row.answer, row.at), 'answer of a command')

/** Few enough not to be felt beside a sale. */
const PURGED_AT_ONCE = 500

/** Nobody repeats a command after a week. Drops some of the oldest; returns how many. */
export const purgeAnswers = (db: WritableDb, now: number): number => statements(db).purge.run(now - KEPT_MS, PURGED_AT_ONCE).changes
