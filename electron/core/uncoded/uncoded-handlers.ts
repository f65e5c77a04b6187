import type { BusinessDate, ParsedInput, UncodedEntry } from '../../contract/index.ts'
import { AppError } from '../../contract/index.ts'
import { addDays } from '../../domain/calendar.ts'
import { inTransaction } from '../db/database.ts'
import { getDrugFacts } from '../drug/drug-store.ts'
import type { Caller, House } from '../house.ts'
import { now } from '../now.ts'
import type { Handlers } from '../rpc/handlers.ts'
import { atomic, callerOf } from '../rpc/handlers.ts'
import { sellingDay } from '../selling-day.ts'
import { uncodedRoom } from './uncoded-room.ts'
import { closeEntry, findEntry, insertEntry, listEntries } from './uncoded-store.ts'

/** A lot that expires before this day is not sold. */
const sellableFrom = (house: House): BusinessDate => addDays(sellingDay(house).day, house.profile.trace.lastSaleDaysBefore)

const entryOf = (house: House, uncodedId: string): UncodedEntry => {
  const entry = findEntry(house.db, uncodedId, sellableFrom(house))
  if (entry === null) throw new AppError('uncoded.not-found', 'no such entry of the uncoded list', {})
  return entry
}

/** Packs without a code onto the list, with the evidence for them: never more than the lot has beside its coded packs (rules.md §1.1). */
const addEntry = (house: House, caller: Caller, { drugId, lotId, reason, quantity, evidence }: ParsedInput<'uncoded.add'>): UncodedEntry => {
  const { db } = house
  const uncodedId = house.newId()
  inTransaction(db, () => {
    const drug = getDrugFacts(db, drugId)
    if (drug.codeRequirement !== 'scan') throw new AppError('uncoded.not-needed', 'nothing is scanned of this drug', { drugName: drug.genericName })
    const room = uncodedRoom(db, drugId).find((lot) => lot.lotId === lotId)
    if (room === undefined) throw new AppError('drug.no-lot', 'the lot has no stock, or is of another drug', { drugName: drug.genericName })
    if (quantity > room.room) {
      const detail = { drugName: drug.genericName, lotNumber: room.lotNumber, onHand: room.onHandPacks, coded: room.codedPacks, listed: room.listedPacks, room: room.room, wanted: quantity }
      throw new AppError('uncoded.more-than-stock', 'more than the lot has beside its coded packs', detail)
    }
    insertEntry(db, { uncodedId, drugId, lotId, reason, quantity, evidence, at: now(house), staffId: caller.staffId })
  })
  house.changed('status')
  return entryOf(house, uncodedId)
}

const close = (house: House, caller: Caller, uncodedId: string, reason: string): UncodedEntry => {
  inTransaction(house.db, () => {
    entryOf(house, uncodedId)
    if (!closeEntry(house.db, { uncodedId, reason, at: now(house), staffId: caller.staffId })) throw new AppError('uncoded.closed', 'closed already', {})
  })
  house.changed('status')
  return entryOf(house, uncodedId)
}

export const uncodedHandlers = (house: House): Pick<Handlers, Extract<keyof Handlers, `uncoded.${string}`>> => ({
  'uncoded.list': (_call, { text, ...asked }) => [...listEntries(house.db, { ...asked, uncodedId: null, text: text.trim(), from: sellableFrom(house) })],
  'uncoded.getRoom': (_call, { drugId }) => {
    getDrugFacts(house.db, drugId)
    return [...uncodedRoom(house.db, drugId)]
  },
  'uncoded.add': atomic((call, input) => addEntry(house, callerOf(call), input)),
  'uncoded.close': atomic((call, { uncodedId, reason }) => close(house, callerOf(call), uncodedId, reason)),
})
