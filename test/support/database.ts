import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { WritableDb } from '../../electron/core/db/database.ts'
import { openDatabase } from '../../electron/core/db/open-database.ts'

export const migrationsFolder = path.join(path.dirname(fileURLToPath(import.meta.url)), '..', '..', 'migrations')
/** 2026-11-21 09:00 in Shanghai. */
export const NINE_OCLOCK = Date.UTC(2026, 10, 21, 1, 0, 0)

/** A real database in memory with every migration applied. Close it, or let the process end. */
export const emptyDatabase = (clock: () => number = () => NINE_OCLOCK): WritableDb =>
  openDatabase({ file: ':memory:', key: null, migrationsFolder, clock, appVersion: 'test' })
