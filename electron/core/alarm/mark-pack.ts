import { AppError } from '../../contract/index.ts'
import { inTransaction } from '../db/database.ts'
import type { Caller, House } from '../house.ts'
import { now } from '../now.ts'
import { noteEvent } from '../trace/pack-ledger.ts'
import { findPack } from '../trace/pack-store.ts'
import { markAlarm, setReported } from './alarm-store.ts'
import { openAlarmRow } from './alarm-view.ts'
import { packNamed } from './pack-code.ts'
import { raiseAlarm } from './raise-alarm.ts'

/** Somebody here does not trust a pack: it is set aside. Error alarm.no-pack-code. */
export const raiseByHand = (house: House, caller: Caller, code: string, note: string): string => {
  const named = packNamed(house.db, code)
  if (named === null) throw new AppError('alarm.no-pack-code', 'not the code of one pack')
  return raiseAlarm(house, caller, { code: named.code, named, kind: 'suspicion', source: 'counter', saleId: null, note })
}

/** Where it lies now and what was seen on it. Errors: alarm.not-found, alarm.closed. */
export const markPack = (house: House, alarmId: string, place: string, note: string): void => {
  inTransaction(house.db, () => {
    openAlarmRow(house.db, alarmId)
    markAlarm(house.db, { alarmId, place: place.trim(), note: note.trim() })
  })
  house.changed('status')
}

/** Told to a bureau; the report's text is `alarm.getReport`. Errors: alarm.not-found, alarm.closed. */
export const reportAlarm = (house: House, caller: Caller, alarmId: string, to: string): void => {
  inTransaction(house.db, () => {
    const { code } = openAlarmRow(house.db, alarmId)
    setReported(house.db, alarmId, now(house))
    if (findPack(house.db, code) !== null)
      noteEvent(house.db, { code, at: now(house), staffId: caller.staffId, document: alarmId, note: `→ ${to.trim()}` }, 'alarmed')
  })
  house.changed('status')
}
