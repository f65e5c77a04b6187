import { inTransaction } from '../db/database.ts'
import type { House } from '../house.ts'
import { now } from '../now.ts'
import type { Handlers } from '../rpc/handlers.ts'
import { atomic, callerOf } from '../rpc/handlers.ts'
import { closeShift, getShift, openShift, openShiftId } from './shift-store.ts'

export const shiftHandlers = (house: House): Pick<Handlers, 'shift.getCurrent' | 'shift.openShift' | 'shift.closeShift'> => ({
  'shift.getCurrent': () => {
    const shiftId = openShiftId(house.db)
    return { shift: shiftId === null ? null : getShift(house.db, shiftId) }
  },
  'shift.openShift': atomic((call, { floatFen }) => {
    const shiftId = house.newId()
    inTransaction(house.db, () => openShift(house.db, shiftId, callerOf(call).staffId, now(house), floatFen))
    house.changed('status')
    return getShift(house.db, shiftId)
  }),
  'shift.closeShift': atomic((_call, { counted }) => {
    const closed = inTransaction(house.db, () => closeShift(house.db, now(house), counted))
    house.changed('status')
    return closed
  }),
})
