import { parse } from 'csv-parse/sync'
import { AppError } from '../../contract/index.ts'
import type { Instant } from '../../contract/index.ts'
import { localToInstant, parseDate, startOfDay } from '../../domain/calendar.ts'
import { maskText } from '../../domain/masking.ts'
import { appendAudit } from '../audit/audit-log.ts'
import type { ReadableDb } from '../db/database.ts'
import { inTransaction } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'
import type { Caller, House } from '../house.ts'
import { now } from '../now.ts'
import { eventNumber } from '../trace/ledger-codes.ts'
import type { NamedPack } from '../trace/pack-key.ts'
import { giveKey, keyOf } from '../trace/pack-key.ts'
import { findPack } from '../trace/pack-store.ts'
import { putForeignSale } from './alarm-store.ts'
import { packNamed } from './pack-code.ts'
import { enterAlarm } from './raise-alarm.ts'

export const LARGEST_ALARM_LIST = 32 * 1024 * 1024
const MOST_LINES = 500_000
const HEADING = ['code', 'source', 'told at'] as const
const LONGEST_SOURCE = 80
const DAY_MS = 86_400_000

export interface AlarmListReport {
  /** Different packs named. */
  readonly packs: number
  /** Not known as sold elsewhere before. */
  readonly new: number
  readonly known: number
  /** Alarms opened: packs of this shop. */
  readonly alarms: number
  /** Sold here before the list was told: the list may mean our own sale. Nothing was entered for these. */
  readonly ownSales: readonly string[]
}

interface Listed {
  readonly named: NamedPack
  readonly code: string
  readonly source: string
  readonly toldAt: Instant
}
interface Read {
  readonly record: readonly string[]
  readonly info: { readonly lines: number }
}

const invalid = (problem: string, line: number | null = null): AppError =>
  new AppError('alarm.list-invalid', `alarm list: ${problem}${line === null ? '' : ` in line ${line}`}`, { problem: `list-${problem}`, line })

const readRecords = (bytes: Uint8Array): readonly Read[] => {
  if (bytes.length > LARGEST_ALARM_LIST) throw invalid('too-large')
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw invalid('not-utf-8')
  }
  try {
    return parse(text, {
      info: true,
      bom: true,
      trim: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: 1_000,
    }) as unknown as readonly Read[]
  } catch {
    throw invalid('not-csv')
  }
}

const instantOf = (text: string): Instant | null => {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? parseDate(text) : null
  return day === null ? localToInstant(text.length === 16 ? `${text}:00` : text) : startOfDay(day)
}

/** The whole file or an error that names the first line at fault. */
const readList = (db: ReadableDb, bytes: Uint8Array, at: Instant): readonly Listed[] => {
  const [heading, ...rows] = readRecords(bytes)
  if (heading === undefined || heading.record.map((name) => name.toLowerCase()).join() !== HEADING.join()) throw invalid('heading')
  if (rows.length > MOST_LINES) throw invalid('too-large')
  const listed = new Map<string, Listed>()
  for (const { record, info } of rows) {
    const [raw = '', source = '', told = ''] = record
    if (record.length !== HEADING.length) throw invalid('columns', info.lines)
    const named = packNamed(db, raw)
    if (named === null) throw invalid('code', info.lines)
    if (source === '' || Array.from(source).length > LONGEST_SOURCE) throw invalid('source', info.lines)
    const toldAt = instantOf(told)
    if (toldAt === null || toldAt > at + DAY_MS) throw invalid('told-at', info.lines)
    const { code } = named
    const earlier = listed.get(code)
    if (earlier === undefined || toldAt < earlier.toldAt) listed.set(code, { named, code, source, toldAt })
  }
  return [...listed.values()]
}

const statements = perDatabase((db) => ({
  soldAt: db.prepare(`select min(at) from pack_event where pack_key = ? and kind in (${eventNumber('sold')}, ${eventNumber('settled')})`).pluck(),
}))

/** A list of codes sold in the country holds ours too. */
const mayBeOurs = (db: ReadableDb, { code, toldAt }: Listed): boolean => {
  const key = keyOf(db, code)
  const soldAt = key === null ? null : (statements(db).soldAt.get(key) as number | null)
  return soldAt !== null && soldAt <= toldAt
}

/** Packs that were sold or stolen elsewhere, from a list: CSV `code,source,told at`. All or nothing. Errors: alarm.list-invalid, session.forbidden. */
export const importAlarmList = (house: House, caller: Caller, bytes: Uint8Array, fileName: string): AlarmListReport => {
  if (caller.role === 'cashier') throw new AppError('session.forbidden', 'needs pharmacist', { needs: 'pharmacist' })
  const { db, newId } = house
  const at = now(house)
  const listed = readList(db, bytes, at)
  const report = inTransaction(db, () => {
    const ownSales: string[] = []
    let [fresh, known, alarms] = [0, 0, 0]
    for (const entry of listed) {
      if (mayBeOurs(db, entry)) {
        ownSales.push(entry.code)
        continue
      }
      const { named, code, source, toldAt } = entry
      const isNew = putForeignSale(db, { key: giveKey(db, named), source, at: toldAt })
      if (isNew) fresh += 1
      else known += 1
      const state = findPack(db, code)?.state
      // Nobody sets aside what is not here.
      if (!isNew || state === undefined || state === 'destroyed' || state === 'transferred') continue
      enterAlarm(db, { newId, at, staffId: caller.staffId }, { code, named, kind: 'sold-elsewhere', source, saleId: null, note: '', toldAt })
      alarms += 1
    }
    const counts = { packs: listed.length, new: fresh, known, alarms }
    appendAudit(db, {
      at,
      staffId: caller.staffId,
      action: 'alarm.importList',
      saleId: null,
      outcome: 'ok',
      detail: { file: maskText(fileName), ...counts, ownSales: ownSales.length },
    })
    return { ...counts, ownSales }
  })
  house.changed('status')
  return report
}
