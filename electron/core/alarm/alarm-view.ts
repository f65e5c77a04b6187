import type { Alarm, AlarmSummary, BusinessDate, PackState } from '../../contract/index.ts'
import { AppError } from '../../contract/index.ts'
import { possibleOutcomes } from '../../domain/alarm/outcomes.ts'
import type { ReadableDb } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'
import type { DrugFacts } from '../drug/drug-store.ts'
import { findDrugFacts } from '../drug/drug-store.ts'
import { resolveIdentifier } from '../map/resolve.ts'
import { getLot } from '../stock/lot-store.ts'
import { keyOf } from '../trace/pack-key.ts'
import { findPack, showPack } from '../trace/pack-store.ts'
import type { AlarmRow } from './alarm-store.ts'
import { alarmRows, findAlarmRow, photoRows } from './alarm-store.ts'
import { namedPack } from './raise-alarm.ts'

const statements = perDatabase((db) => ({
  delivery: db.prepare(`select supplier, document_number as documentNumber, date(coalesce(received_at, told_at) / 1000, 'unixepoch', '+8 hours') as receivedOn
    from delivery_code join delivery using (delivery_id) where pack_key = ? order by received_at desc limit 1`),
}))

/** Of its lot; a pack that this shop never had is known by the front of its code, when that means one drug. */
export const drugOfCode = (db: ReadableDb, code: string): DrugFacts | null => {
  const drugId = findPack(db, code)?.drug_id ?? null
  if (drugId !== null) return findDrugFacts(db, drugId)
  const { identifier } = namedPack(code)
  const candidates = identifier === null ? [] : resolveIdentifier(db, identifier).candidates
  const [only] = candidates
  return candidates.length === 1 && only !== undefined ? findDrugFacts(db, only.drugId) : null
}

const summaryOf = (db: ReadableDb, row: AlarmRow): AlarmSummary => {
  const pack = findPack(db, row.code)
  return {
    alarmId: row.alarm_id,
    code: row.code,
    kind: row.kind,
    status: row.status,
    source: row.source,
    toldAt: row.told_at,
    drugName: drugOfCode(db, row.code)?.genericName ?? null,
    lotNumber: pack === null || pack.lot_id === null ? null : getLot(db, pack.lot_id).lotNumber,
    packState: pack?.state ?? null,
    place: row.place,
    photoCount: row.photo_count,
    saleId: row.sale_id,
    receiptNumber: row.receipt_number,
  }
}

/** Error alarm.not-found. */
export const getAlarmRow = (db: ReadableDb, alarmId: string): AlarmRow => {
  const row = findAlarmRow(db, alarmId)
  if (row === null) throw new AppError('alarm.not-found', 'no such alarm', { alarmId })
  return row
}
/** Errors: alarm.not-found, alarm.closed. */
export const openAlarmRow = (db: ReadableDb, alarmId: string): AlarmRow => {
  const row = getAlarmRow(db, alarmId)
  if (row.status === 'closed') throw new AppError('alarm.closed', 'the alarm is closed', { alarmId })
  return row
}

export const listAlarms = (db: ReadableDb, asked: { readonly closed: boolean; readonly limit: number }): readonly AlarmSummary[] => {
  const open = alarmRows(db, 'open', asked.limit)
  const rows = asked.closed ? [...open, ...alarmRows(db, 'closed', asked.limit - open.length)] : open
  return rows.map((row) => summaryOf(db, row))
}
export const alarmSummary = (db: ReadableDb, alarmId: string): AlarmSummary => summaryOf(db, getAlarmRow(db, alarmId))

/** One alarm, whole. Error alarm.not-found. */
export const alarmView = (db: ReadableDb, alarmId: string): Alarm => {
  const row = getAlarmRow(db, alarmId)
  const drug = drugOfCode(db, row.code)
  const key = keyOf(db, row.code)
  const state: PackState | null = findPack(db, row.code)?.state ?? null
  return {
    ...summaryOf(db, row),
    spec: drug === null ? '' : drug.packSpec || drug.spec,
    maker: drug?.maker ?? '',
    said: row.said,
    note: row.note,
    toldByName: row.told_by_name,
    delivery:
      key === null ? null : ((statements(db).delivery.get(key) as { supplier: string; documentNumber: string; receivedOn: BusinessDate } | undefined) ?? null),
    pack: showPack(db, row.code),
    photos: photoRows(db, alarmId).map((photo) => ({
      photoId: photo.photo_id,
      mediaType: photo.media_type,
      bytes: photo.size,
      takenAt: photo.taken_at,
      takenByName: photo.taken_by_name,
    })),
    reportedAt: row.reported_at,
    closedAt: row.closed_at,
    closedByName: row.closed_by_name,
    outcome: row.outcome === '' ? null : row.outcome,
    outcomeNote: row.outcome_note,
    outcomes: row.status === 'closed' ? [] : [...possibleOutcomes(state)],
  }
}
