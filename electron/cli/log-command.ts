import { createReadStream, createWriteStream, existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { contract, isAppError } from '../contract/index.ts'
import { contractHash } from '../contract/contract-hash.ts'
import { APP_VERSION, databaseFile } from '../core/core.ts'
import { keyFromFile } from '../core/db/key-file.ts'
import { openForReading } from '../core/db/open-database.ts'
import { wireLogFiles } from '../core/platform/wire-log.ts'
import { maskText } from '../domain/masking.ts'
import type { Language } from '../domain/sentences/names.ts'
import { runDoctor } from './doctor/doctor-command.ts'
import { EXIT } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { keyFile } from './open-shop.ts'
import { readProfile } from './shop-place.ts'
import type { PlaceOptions } from './shop-place.ts'
import { fileFrom, say } from './terminal.ts'
import type { Terminal } from './terminal.ts'

export interface LogExportOptions extends PlaceOptions {
  readonly data: string
  readonly lang: Language
}

/** A line is masked where it is written; once more here, in case an older program wrote it. */
async function* maskedLines(file: string): AsyncGenerator<string> {
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) yield `${maskText(line)}\n`
}

/** The profile as it is used; a key that somebody wrote into it instead of naming it is left out. */
const withoutKeys = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutKeys)
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value)
  if (fields.length === 1 && fields[0]?.[0] === 'value') return { value: '***' }
  return Object.fromEntries(fields.map(([name, field]) => [name, withoutKeys(field)]))
}

const readOr = (read: () => unknown): unknown => {
  try {
    return read()
  } catch (error) {
    return { error: isAppError(error) ? error.code : error instanceof Error ? error.name : 'unknown' }
  }
}

/** How many wait, are parked and why; nothing of any sale. */
const outboxOf = (dataFolder: string): unknown => {
  const file = databaseFile(dataFolder)
  if (!existsSync(file)) return { error: 'no database' }
  const db = openForReading(file, keyFromFile(keyFile(dataFolder), file))
  try {
    return {
      counts: db.prepare(`select kind, status, count(*) as rows, min(created_at) as oldestAt, max(attempts) as mostAttempts from outbox where status <> 'done' group by kind, status order by kind, status`).all(),
      reasons: db.prepare(`select kind, status, error ->> '$.code' as code, count(*) as rows from outbox where status <> 'done' and error is not null group by kind, status, code order by rows desc limit 100`).all(),
      done: db.prepare(`select count(*) from outbox where status = 'done'`).pluck().get(),
      messages: db.prepare(`select infno, outcome, count(*) as rows from platform_message group by infno, outcome order by infno`).all(),
      schema: db.prepare(`select max(version) from schema_migration`).pluck().get(),
    }
  } finally {
    db.close()
  }
}

const doctorsWords = async (terminal: Terminal, options: LogExportOptions): Promise<string> => {
  let said = ''
  await runDoctor({ ...terminal, out: (text) => { said += text } }, { ...options, json: true })
  return said
}

const ordinaryLogs = (dataFolder: string): readonly string[] => {
  const folder = path.join(dataFolder, 'log')
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.log')).map((name) => path.join(folder, name)) : []
}

/** Everything that somebody who helps from afar needs, in one ZIP: the masked logs, what doctor finds, versions, the profile without keys, what waits and why. Nothing in it names a person. */
export const runLogExport = async (terminal: Terminal, file: string, options: LogExportOptions): Promise<ExitCode> => {
  const dataFolder = fileFrom(terminal, options.data)
  const target = fileFrom(terminal, file)
  const zip = new ZipFile()
  const add = (name: string, value: unknown): void => zip.addBuffer(Buffer.from(`${maskText(typeof value === 'string' ? value : JSON.stringify(value, null, 1))}\n`), name, { mode: 0o600 })
  add('versions.json', { app: APP_VERSION, contract: contractHash(contract), node: process.version, platform: `${process.platform} ${process.arch}`, versions: process.versions, exportedAt: new Date(terminal.clock()).toISOString() })
  add('profile.json', readOr(() => withoutKeys(readProfile(terminal, options))))
  add('outbox.json', readOr(() => outboxOf(dataFolder)))
  add('doctor.json', await doctorsWords(terminal, options))
  const logs = [...ordinaryLogs(dataFolder).map((log) => ({ log, name: `log/${path.basename(log)}` })), ...wireLogFiles(dataFolder).map((log) => ({ log, name: `log/wire/${path.basename(log)}` }))]
  for (const { log, name } of logs) zip.addReadStream(Readable.from(maskedLines(log)), name, { mode: 0o600 })
  zip.end()
  await pipeline(zip.outputStream, createWriteStream(target, { mode: 0o600 }))
  terminal.err(say(options.lang, `${logs.length} 个日志和体检结果写入 ${target}\n`, `${logs.length} logs and doctor's findings written to ${target}\n`))
  return EXIT.done
}
