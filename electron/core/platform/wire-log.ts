import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import { pino } from 'pino'
import type { Logger } from 'pino'
// @ts-expect-error -- published without types
import pinoRoll from 'pino-roll'

interface RollStream extends NodeJS.EventEmitter { write: (line: string) => boolean; end: () => void }
interface RollOptions { readonly file: string; readonly extension: string; readonly size: string; readonly frequency: 'daily'; readonly limit: { readonly count: number; readonly removeOtherLogFiles: boolean }; readonly mode: number; readonly sync: boolean }
const openRolling = pinoRoll as (options: RollOptions) => Promise<RollStream>

export interface WireLogLimits {
  /** Of one file. */
  readonly size: string
  /** Files beside the one that is written. */
  readonly files: number
  readonly days: number
}
const LIMITS: WireLogLimits = { size: '10m', files: 20, days: 30 }
const DAY_MS = 86_400_000
const NAME = 'wire'

export const wireLogFolder = (dataFolder: string): string => path.join(dataFolder, 'log', 'wire')
const filesOf = (folder: string): readonly string[] => readdirSync(folder).filter((name) => name.startsWith(`${NAME}.`) && name.endsWith('.log')).map((name) => path.join(folder, name))

export interface WireLog { readonly log: Logger; readonly close: () => void }

/** What was said to and by the platform, masked, in files of its own beside the database: a new one a day and whenever one is full, the oldest dropped, for nobody else to read. A disk that is full loses lines, never a sale. */
export const openWireLog = async (dataFolder: string, now: number, limits: WireLogLimits = LIMITS): Promise<WireLog> => {
  const folder = wireLogFolder(dataFolder)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  for (const file of filesOf(folder)) if (now - statSync(file).mtimeMs > limits.days * DAY_MS) rmSync(file, { force: true })
  const stream = await openRolling({ file: path.join(folder, NAME), extension: '.log', size: limits.size, frequency: 'daily', limit: { count: limits.files, removeOtherLogFiles: true }, mode: 0o600, sync: true })
  let lost = 0
  stream.on('error', () => { lost += 1 })
  const log = pino({ level: 'info', base: null }, {
    write: (line: string) => {
      try {
        stream.write(lost === 0 ? line : `${JSON.stringify({ level: 40, msg: 'lines could not be written', lost })}\n${line}`)
        lost = 0
      } catch {
        lost += 1
      }
    },
  })
  return { log, close: () => { stream.end() } }
}

/** Oldest first. */
export const wireLogFiles = (dataFolder: string): readonly string[] => {
  try {
    return filesOf(wireLogFolder(dataFolder)).map((file) => ({ file, at: statSync(file).mtimeMs })).toSorted((a, b) => a.at - b.at).map(({ file }) => file)
  } catch {
    return []
  }
}
