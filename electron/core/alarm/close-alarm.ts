import type { AlarmOutcome } from '../../contract/index.ts'
import { AppError, quantity } from '../../contract/index.ts'
import { possibleOutcomes } from '../../domain/alarm/outcomes.ts'
import { inTransaction } from '../db/database.ts'
import type { Caller, House } from '../house.ts'
import { now } from '../now.ts'
import { operatorOf } from '../person/read-person.ts'
import { refusalError } from '../platform/outcome-error.ts'
import { moveStock } from '../stock/move-stock.ts'
import { keyOf } from '../trace/pack-key.ts'
import type { PackChange } from '../trace/pack-ledger.ts'
import { destroyPack, noteEvent, releasePack, transferPack } from '../trace/pack-ledger.ts'
import type { PackRow } from '../trace/pack-store.ts'
import { findPack, showPack } from '../trace/pack-store.ts'
import { dropForeignSale, setClosed } from './alarm-store.ts'
import { openAlarmRow } from './alarm-view.ts'
import { askCountry } from './ask-country.ts'

/** Only what was counted in is counted out: a pack that never came in by paper was never stock. */
const takeOffStock = (house: House, pack: PackRow, kind: 'destroyed' | 'transferred', units: number): void => {
  const counted = showPack(house.db, pack.code)?.events.some((event) => event.kind === 'received') === true
  if (pack.lot_id === null || units <= 0 || !counted) return
  moveStock(house.db, {
    lotId: pack.lot_id,
    kind,
    quantity: quantity(0 - units),
    saleId: null,
    lineId: null,
    at: now(house),
    newId: house.newId,
    mayGoBelowZero: true,
  })
}

/** What the outcome does to the pack; what is done already stays done. */
const movePack = (house: House, pack: PackRow, outcome: AlarmOutcome, change: PackChange): void => {
  switch (outcome) {
    case 'genuine-released':
      if (pack.state === 'locked') releasePack(house.db, change)
      return
    case 'destroyed':
      if (pack.state === 'destroyed') return
      takeOffStock(house, pack, 'destroyed', pack.units_left)
      return destroyPack(house.db, change)
    case 'returned-to-supplier':
    case 'handed-to-authority':
      if (pack.state === 'transferred') return
      takeOffStock(house, pack, 'transferred', pack.units_left)
      return transferPack(house.db, change)
    case 'left-the-shop':
      return
  }
}

/**
 * A sale elsewhere must be proven wrong before its pack is sold again: with the manager's evidence, and no word against it from the platform, which is asked once more.
 * Errors: alarm.still-sold-elsewhere, alarm.cannot-ask, platform.*.
 */
const refuseUnproven = async (house: House, caller: Caller, code: string): Promise<void> => {
  const answer = await askCountry(house, operatorOf(caller), code)
  // A province without 3513: the evidence must do.
  if (answer.kind === 'refused' && house.profile.trace.askElsewhere === 'never') return
  if (answer.kind !== 'answered') throw refusalError(answer)
  const foreign = answer.value.find((sale) => !sale.here)
  if (foreign !== undefined) throw new AppError('alarm.still-sold-elsewhere', 'the platform still knows a sale elsewhere', { institution: foreign.institution })
}

/** Errors: alarm.not-found, alarm.closed, alarm.outcome-impossible, and those of `refuseUnproven`. */
export const closeAlarm = async (house: House, caller: Caller, alarmId: string, outcome: AlarmOutcome, note: string): Promise<void> => {
  const { db } = house
  const { code, kind } = openAlarmRow(db, alarmId)
  const refuseImpossible = (): void => {
    const state = findPack(db, code)?.state ?? null
    if (!possibleOutcomes(state).includes(outcome))
      throw new AppError('alarm.outcome-impossible', `${outcome} of a pack that is ${state ?? 'not in the ledger'}`, { packState: state, outcome })
  }
  refuseImpossible()
  if (outcome === 'genuine-released' && kind === 'sold-elsewhere') await refuseUnproven(house, caller, code)
  inTransaction(db, () => {
    // Meanwhile somebody else may have closed it, told more of it, or sold the pack.
    if (openAlarmRow(db, alarmId).kind !== kind)
      throw new AppError('alarm.still-sold-elsewhere', 'it became more than a suspicion meanwhile', { institution: '' })
    refuseImpossible()
    const change = { code, at: now(house), staffId: caller.staffId, document: alarmId }
    const pack = findPack(db, code)
    setClosed(db, { alarmId, at: change.at, staffId: caller.staffId, outcome, note: note.trim() })
    const key = keyOf(db, code)
    if (outcome === 'genuine-released' && key !== null) dropForeignSale(db, key)
    if (pack === null) return
    noteEvent(db, { ...change, note: `${outcome} · ${note.trim()}` }, 'alarm-closed')
    movePack(house, pack, outcome, change)
  })
  house.changed('status')
}
