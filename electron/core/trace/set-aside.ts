import { AppError, quantity } from '../../contract/index.ts'
import type { PackAction, PackState } from '../../contract/index.ts'
import { inTransaction } from '../db/database.ts'
import type { ReadableDb } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'
import type { Caller, House } from '../house.ts'
import { now } from '../now.ts'
import type { MovementKind } from '../stock/move-stock.ts'
import { moveStock } from '../stock/move-stock.ts'
import { keyOf } from './pack-key.ts'
import { destroyPack, lockPack, releasePack, transferPack } from './pack-ledger.ts'
import type { PackRow } from './pack-store.ts'
import { findPack } from './pack-store.ts'

const statements = perDatabase((db) => ({
  openAlarm: db.prepare(`select 1 from alarm where pack_key = ? and status <> 'closed' limit 1`).pluck(),
}))

export interface SetAside {
  /** As the ledger has it. */
  readonly code: string
  /** Kept in the pack's history. */
  readonly reason: string
  readonly document?: string
}

const FROM: Readonly<Record<PackAction, readonly PackState[]>> = {
  lock: ['in-stock', 'returned', 'split-open'],
  release: ['locked'],
  destroy: ['in-stock', 'returned', 'split-open', 'locked'],
  transfer: ['in-stock', 'returned', 'locked'],
}
/** What can be done with a pack that stands so. A virtual code is no box: there is nothing to put aside. */
export const actionsFor = (pack: { readonly state: PackState; readonly virtual: boolean }): PackAction[] =>
  pack.virtual ? [] : (Object.keys(FROM) as PackAction[]).filter((action) => FROM[action].includes(pack.state))

export const hasOpenAlarm = (db: ReadableDb, code: string): boolean => statements(db).openAlarm.get(keyOf(db, code)) === 1

const packFor = (db: ReadableDb, code: string, action: PackAction): PackRow => {
  const pack = findPack(db, code)
  if (pack === null) throw new AppError('pack.not-found', 'no such pack in the ledger')
  if (!actionsFor({ state: pack.state, virtual: pack.virtual === 1 }).includes(action)) throw new AppError('pack.wrong-state', `cannot ${action} a pack that is ${pack.state}`, { packState: pack.state })
  return pack
}

type Keeper = Pick<House, 'db' | 'clock' | 'newId' | 'changed'>
const changeOf = (house: Keeper, caller: Caller, { code, reason, document }: SetAside) => ({ code, at: now(house), staffId: caller.staffId, note: reason, ...(document === undefined ? {} : { document }) })

/** The pack goes, and its goods with it: the ledger and the stock in one transaction. */
const leave = (house: Keeper, caller: Caller, what: SetAside, action: 'destroy' | 'transfer', kind: Extract<MovementKind, 'destroyed' | 'transferred'>): void => {
  inTransaction(house.db, () => {
    const { lot_id: lotId, units_left: left } = packFor(house.db, what.code, action)
    ;(action === 'destroy' ? destroyPack : transferPack)(house.db, changeOf(house, caller, what))
    // What left has left, whatever the stock book thought: below zero rather than untrue.
    if (lotId !== null && left > 0) moveStock(house.db, { lotId, kind, quantity: quantity(0 - left), saleId: null, lineId: null, at: now(house), newId: house.newId, mayGoBelowZero: true })
  })
  house.changed('status')
}

/** Sold no more until released; it still lies in the shop. Errors pack.not-found, pack.wrong-state. */
export const lockGoods = (house: Keeper, caller: Caller, what: SetAside): void => {
  inTransaction(house.db, () => {
    packFor(house.db, what.code, 'lock')
    lockPack(house.db, changeOf(house, caller, what))
  })
}
/** Proven good. Errors pack.not-found, pack.wrong-state, pack.alarm-open. */
export const releaseGoods = (house: Keeper, caller: Caller, what: SetAside): void => {
  inTransaction(house.db, () => {
    packFor(house.db, what.code, 'release')
    if (hasOpenAlarm(house.db, what.code)) throw new AppError('pack.alarm-open', 'an open alarm keeps it locked')
    releasePack(house.db, changeOf(house, caller, what))
  })
}
/** Errors pack.not-found, pack.wrong-state. */
export const destroyGoods = (house: Keeper, caller: Caller, what: SetAside): void => leave(house, caller, what, 'destroy', 'destroyed')
/** To another shop, the supplier or the authority, by a paper. Errors pack.not-found, pack.wrong-state. */
export const transferGoods = (house: Keeper, caller: Caller, what: SetAside & { readonly document: string }): void => leave(house, caller, what, 'transfer', 'transferred')
