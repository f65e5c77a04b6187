import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import path from 'node:path'
import { pino } from 'pino'
import type { Logger } from 'pino'

const MAX_BYTES = 20 * 1024 * 1024

/** One file and the one before it; written as it happens, so that the last lines before a crash are there. */
export const openLog = (dataFolder: string): Logger => {
  const folder = path.join(dataFolder, 'log')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = path.join(folder, 'yaogui.log')
  if (existsSync(file) && statSync(file).size > MAX_BYTES) renameSync(file, path.join(folder, 'yaogui.1.log'))
  return pino({ level: 'info', base: null }, pino.destination({ dest: file, sync: true, mode: 0o600 }))
}
