import type { PurchaseKind, Status } from '../../contract/index.ts'
import { PurchaseKind as Kinds } from '../../contract/index.ts'
import type { House } from '../house.ts'
import { now, today } from '../now.ts'
import { drainOf } from '../outbox/drain.ts'
import { outboxCounts } from '../outbox/outbox-store.ts'
import { listSales } from '../sale/list-sales.ts'
import { openShiftId } from '../shift/shift-store.ts'
import { openAlarmCount } from '../alarm/alarm-store.ts'
import { openDifferenceCount } from '../report/reconcile-store.ts'
import { getSetting } from './settings.ts'

/** What the strip shows. */
export const statusOf = (house: House, appVersion: string): Status => {
  const { db, profile } = house
  const waiting = listSales(house, { date: null, statuses: ['unconfirmed', 'returning', 'due', 'held'], text: '', limit: 300 })
  return {
    shopName: getSetting(db, 'shop.name') ?? profile.institution.name,
    tillNumber: getSetting(db, 'till.number') ?? '01',
    practice: profile.practice,
    appVersion,
    businessDate: today(house),
    now: now(house),
    line: house.platform.line(),
    outbox: { ...outboxCounts(db), ...drainOf(house).report(now(house)) },
    unconfirmed: waiting.filter(({ status }) => status === 'unconfirmed' || status === 'returning'),
    due: waiting.filter(({ status }) => status === 'due'),
    held: waiting.filter(({ status }) => status === 'held').length,
    openAlarms: openAlarmCount(db),
    openDifferences: openDifferenceCount(db),
    shiftOpen: openShiftId(db) !== null,
    profileName: profile.name,
    purchaseKinds: Kinds.options.filter((kind: PurchaseKind) => profile.purchaseKinds[kind]?.offered === true),
    staleAfterMinutes: profile.staleAfterMinutes,
    slowAfterMs: profile.slowAfterMs,
  }
}
