import { mkdirSync } from 'node:fs'
import type { Instant } from '../contract/index.ts'
import { APP_VERSION, databaseFile, MIGRATIONS } from '../core/core.ts'
import type { WritableDb } from '../core/db/database.ts'
import { keyFromFile } from '../core/db/key-file.ts'
import { openDatabase } from '../core/db/open-database.ts'
import { removeSecret, secretNames, setSecret } from '../core/platform/secret-store.ts'
import type { Language } from '../domain/sentences/names.ts'
import { EXIT } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { keyFile } from './open-shop.ts'
import { fileFrom, say } from './terminal.ts'
import type { Terminal } from './terminal.ts'

export interface SecretOptions { readonly data: string; readonly lang: Language }

const LONGEST_SECRET = 10_000

/** The till must be closed: a shop's data has one owner. A shop that is not there yet is begun, so that keys come before the first start. Errors database.*. */
const withDatabase = <T>(terminal: Terminal, data: string, work: (db: WritableDb) => T): T => {
  const folder = fileFrom(terminal, data)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = databaseFile(folder)
  const db = openDatabase({ file, key: keyFromFile(keyFile(folder), file), migrationsFolder: MIGRATIONS, clock: terminal.clock, appVersion: APP_VERSION })
  try {
    return work(db)
  } finally {
    db.close()
  }
}

/** The key itself comes from standard input: an argument could be read by everybody on the machine. */
export const runSecretSet = async (terminal: Terminal, name: string, { data, lang }: SecretOptions): Promise<ExitCode> => {
  const value = (await terminal.stdin()).replace(/\r?\n$/, '')
  if (value === '' || value.length > LONGEST_SECRET || /[\r\n]/.test(value)) {
    terminal.err(say(lang, '请把密钥作为一行由标准输入给出\n', 'give the key as one line on standard input\n'))
    return EXIT.usage
  }
  withDatabase(terminal, data, (db) => setSecret(db, name, value, terminal.clock() as Instant))
  terminal.err(say(lang, `已保存 ${name}，下次打开收银台时使用\n`, `${name} is kept and used when the till is opened next\n`))
  return EXIT.done
}

export const runSecretList = (terminal: Terminal, { data }: SecretOptions): ExitCode => {
  terminal.out(`${JSON.stringify(withDatabase(terminal, data, secretNames), null, 1)}\n`)
  return EXIT.done
}

export const runSecretRemove = (terminal: Terminal, name: string, { data, lang }: SecretOptions): ExitCode => {
  if (withDatabase(terminal, data, (db) => removeSecret(db, name))) return EXIT.done
  terminal.err(say(lang, `没有名为 ${name} 的密钥\n`, `there is no key named ${name}\n`))
  return EXIT.otherwise
}
