import type { AlarmKind, AlarmOutcome, AlarmStatus, Instant, PhotoType, SaleId } from '../../contract/index.ts'
import type { ReadableDb, WritableDb } from '../db/database.ts'
import { one } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'
import { codeSql } from '../trace/pack-key.ts'

export interface AlarmRow {
  readonly alarm_id: string
  readonly code: string
  readonly kind: AlarmKind
  readonly source: string
  readonly told_at: Instant
  readonly told_by: string | null
  readonly told_by_name: string | null
  readonly sale_id: SaleId | null
  readonly receipt_number: string | null
  readonly said: string
  readonly note: string
  readonly place: string
  readonly status: AlarmStatus
  readonly reported_at: Instant | null
  readonly closed_at: Instant | null
  readonly closed_by_name: string | null
  readonly outcome: AlarmOutcome | ''
  readonly outcome_note: string
  readonly photo_count: number
}
export interface PhotoRow {
  readonly photo_id: string
  readonly media_type: PhotoType
  readonly size: number
  readonly taken_at: Instant
  readonly taken_by_name: string | null
}

const SELECT = `select alarm.alarm_id, ${codeSql('alarm.pack_key')} as code, alarm.kind, alarm.source, alarm.told_at, alarm.told_by, teller.name as told_by_name, alarm.sale_id, sale.receipt_number, alarm.said, alarm.note,
    alarm.place, alarm.status, alarm.reported_at, alarm.closed_at, closer.name as closed_by_name, alarm.outcome, alarm.outcome_note,
    (select count(*) from alarm_photo where alarm_photo.alarm_id = alarm.alarm_id) as photo_count
  from alarm left join staff as teller on teller.staff_id = alarm.told_by left join staff as closer on closer.staff_id = alarm.closed_by left join sale on sale.sale_id = alarm.sale_id`

const statements = perDatabase((db) => ({
  get: db.prepare(`${SELECT} where alarm.alarm_id = ?`),
  // The condition of the index `alarm_open`.
  open: db.prepare(`${SELECT} where alarm.status <> 'closed' order by alarm.told_at desc, alarm.alarm_id desc limit ?`),
  closed: db.prepare(`${SELECT} where alarm.status = 'closed' order by alarm.told_at desc, alarm.alarm_id desc limit ?`),
  countOpen: db.prepare(`select count(*) from alarm where status <> 'closed'`).pluck(),
  openOfPack: db.prepare(`select alarm_id from alarm where pack_key = ? and status <> 'closed'`).pluck(),
  insert: db.prepare(
    `insert into alarm (alarm_id, pack_key, kind, source, told_at, told_by, sale_id, said, note, status) values (@alarmId, @key, @kind, @source, @at, @staffId, @saleId, @said, @note, 'open')`,
  ),
  escalate: db.prepare(`update alarm set kind = 'sold-elsewhere', source = @source, said = @said where alarm_id = @alarmId and kind = 'suspicion'`),
  mark: db.prepare(`update alarm set place = @place, note = @note where alarm_id = @alarmId and status <> 'closed'`),
  report: db.prepare(`update alarm set status = 'reported', reported_at = @at where alarm_id = @alarmId and status <> 'closed'`),
  close: db.prepare(
    `update alarm set status = 'closed', closed_at = @at, closed_by = @staffId, outcome = @outcome, outcome_note = @note where alarm_id = @alarmId and status <> 'closed'`,
  ),
  putForeign: db.prepare(`insert into foreign_sale (pack_key, source, told_at) values (@key, @source, @at) on conflict (pack_key) do nothing`),
  dropForeign: db.prepare(`delete from foreign_sale where pack_key = ?`),
  foreign: db.prepare(`select source from foreign_sale where pack_key = ?`).pluck(),
  photos: db.prepare(
    `select photo_id, media_type, length(bytes) as size, taken_at, staff.name as taken_by_name from alarm_photo left join staff on staff.staff_id = alarm_photo.taken_by where alarm_id = ? order by taken_at, photo_id`,
  ),
  photo: db.prepare(`select media_type, bytes from alarm_photo where photo_id = ?`),
  insertPhoto: db.prepare(
    `insert into alarm_photo (photo_id, alarm_id, media_type, bytes, taken_at, taken_by) values (@photoId, @alarmId, @mediaType, @bytes, @at, @staffId)`,
  ),
}))

export const findAlarmRow = (db: ReadableDb, alarmId: string): AlarmRow | null => (statements(db).get.get(alarmId) as AlarmRow | undefined) ?? null
export const alarmRows = (db: ReadableDb, which: 'open' | 'closed', limit: number): readonly AlarmRow[] => statements(db)[which].all(limit) as AlarmRow[]
export const openAlarmCount = (db: ReadableDb): number => statements(db).countOpen.get() as number
/** Null: no alarm of this pack is open. */
export const openAlarmOf = (db: ReadableDb, key: bigint): string | null => (statements(db).openOfPack.get(key) as string | undefined) ?? null

export const insertAlarm = (
  db: WritableDb,
  alarm: {
    readonly alarmId: string
    readonly key: bigint
    readonly kind: AlarmKind
    readonly source: string
    readonly at: Instant
    readonly staffId: string | null
    readonly saleId: SaleId | null
    readonly said: string
    readonly note: string
  },
): void => one(statements(db).insert.run(alarm), 'insert alarm')
/** A suspicion that turned out to be more; what is more already stays as it was first told. */
export const escalateAlarm = (db: WritableDb, alarm: { readonly alarmId: string; readonly source: string; readonly said: string }): boolean =>
  statements(db).escalate.run(alarm).changes === 1
export const markAlarm = (db: WritableDb, mark: { readonly alarmId: string; readonly place: string; readonly note: string }): void =>
  one(statements(db).mark.run(mark), 'mark alarm')
export const setReported = (db: WritableDb, alarmId: string, at: Instant): void => one(statements(db).report.run({ alarmId, at }), 'report alarm')
export const setClosed = (
  db: WritableDb,
  end: { readonly alarmId: string; readonly at: Instant; readonly staffId: string; readonly outcome: AlarmOutcome; readonly note: string },
): void => one(statements(db).close.run(end), 'close alarm')

/** The first who told stays: a second voice changes nothing. */
export const putForeignSale = (db: WritableDb, sale: { readonly key: bigint; readonly source: string; readonly at: Instant }): boolean =>
  statements(db).putForeign.run(sale).changes === 1
export const dropForeignSale = (db: WritableDb, key: bigint): void => {
  statements(db).dropForeign.run(key)
}
/** Who said that it was sold elsewhere; null: nobody. */
export const foreignSourceOf = (db: ReadableDb, key: bigint): string | null => (statements(db).foreign.get(key) as string | undefined) ?? null

export const photoRows = (db: ReadableDb, alarmId: string): readonly PhotoRow[] => statements(db).photos.all(alarmId) as PhotoRow[]
export const findPhoto = (db: ReadableDb, photoId: string): { readonly media_type: PhotoType; readonly bytes: Uint8Array } | null =>
  (statements(db).photo.get(photoId) as { media_type: PhotoType; bytes: Uint8Array } | undefined) ?? null
export const insertPhoto = (
  db: WritableDb,
  photo: {
    readonly photoId: string
    readonly alarmId: string
    readonly mediaType: PhotoType
    readonly bytes: Uint8Array
    readonly at: Instant
    readonly staffId: string
  },
): void => one(statements(db).insertPhoto.run(photo), 'insert photo')
