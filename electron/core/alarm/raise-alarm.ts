import type { AlarmKind, Instant, SaleId } from '../../contract/index.ts'
import { recognise } from '../../domain/recognition/recognise.ts'
import { traceOf } from '../../domain/recognition/trace-of.ts'
import type { WritableDb } from '../db/database.ts'
import { inTransaction } from '../db/database.ts'
import type { Caller, House } from '../house.ts'
import { now } from '../now.ts'
import type { NamedPack } from '../trace/pack-key.ts'
import { codeOf, giveKey } from '../trace/pack-key.ts'
import { lockIfAlarmed, noteEvent } from '../trace/pack-ledger.ts'
import { findPack } from '../trace/pack-store.ts'
import { escalateAlarm, insertAlarm, openAlarmOf, putForeignSale } from './alarm-store.ts'

export interface NewAlarm {
  /** As stored: the normalised trace code. */
  readonly code: string
  /** Of a GS1 or MA code, where it is known: names the pack however its symbol orders its elements. */
  readonly named?: NamedPack
  readonly kind: AlarmKind
  /** Who told: a key of domain/sentences (REASONS) or a list's words. */
  readonly source: string
  readonly saleId: SaleId | null
  /** What people here noted. */
  readonly note: string
  /** What the source said, in its words. */
  readonly said?: string
  /** When the source told it; now, when left out. */
  readonly toldAt?: Instant
}

/** What a stored code tells by itself. */
export const namedPack = (code: string): NamedPack => {
  const trace = traceOf(recognise({ raw: code, step: 'drug' }))
  return trace?.code === code ? { code, identifier: trace.identifier, serial: trace.serial } : { code, identifier: null, serial: null }
}

type Shop = Pick<House, 'db' | 'clock' | 'newId' | 'changed'>

/** `raiseAlarm` without telling the tills: for lists of thousands. Call in a transaction. */
export const enterAlarm = (
  db: WritableDb,
  by: { readonly newId: () => string; readonly at: Instant; readonly staffId: string | null },
  alarm: NewAlarm,
): string => {
  const { kind, source, saleId, note, said = '', toldAt = by.at } = alarm
  const key = giveKey(db, alarm.named ?? namedPack(alarm.code))
  const code = codeOf(db, key)
  // The quick look of every later scan.
  if (kind === 'sold-elsewhere') putForeignSale(db, { key, source, at: toldAt })
  const known = openAlarmOf(db, key)
  const alarmId = known ?? by.newId()
  if (known === null) insertAlarm(db, { alarmId, key, kind, source, at: by.at, staffId: by.staffId, saleId, said, note })
  const more = known !== null && kind === 'sold-elsewhere' && escalateAlarm(db, { alarmId, source, said })
  const change = { code, at: by.at, staffId: by.staffId, document: alarmId }
  if ((known === null || more) && findPack(db, code) !== null) {
    noteEvent(db, { ...change, ...(saleId === null ? {} : { saleId }), note: said === '' ? note : said }, 'alarmed')
  }
  lockIfAlarmed(db, change)
  return alarmId
}

/**
 * A pack under suspicion (rules.md §5): set aside, marked, looked into. Answers the alarm's id; one that is open already is answered again.
 * On the shelf it is locked at once. In an open sale it stands in the way of settling (`pack-alarmed`) and is locked when it leaves the sale. Sold by us, only people can act: the alarm stays open.
 */
export const raiseAlarm = (house: Shop, caller: Pick<Caller, 'staffId'> | null, alarm: NewAlarm): string => {
  const alarmId = inTransaction(house.db, () => enterAlarm(house.db, { newId: house.newId, at: now(house), staffId: caller?.staffId ?? null }, alarm))
  house.changed('status')
  if (alarm.saleId !== null) house.changed({ saleId: alarm.saleId })
  return alarmId
}
