import Database from 'better-sqlite3'
import { AppError } from '../../contract/index.ts'

/**
 * One core for a database. Holds an exclusive transaction on a second, empty file: the operating system drops it when the process dies, however it dies,
 * and the database itself stays readable for a look from outside. Error database.locked.
 */
export const lockDatabase = (file: string): { readonly release: () => void } => {
  const lock = new Database(`${file}-lock`, { timeout: 0 })
  try {
    lock.pragma('journal_mode = memory')
    lock.exec('begin exclusive')
  } catch (error) {
    lock.close()
    throw new AppError('database.locked', `another process works with ${file}`, {}, error)
  }
  return { release: () => { lock.close() } }
}
