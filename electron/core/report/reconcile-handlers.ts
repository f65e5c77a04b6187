import type { House } from '../house.ts'
import type { Handlers } from '../rpc/handlers.ts'
import { atomic, callerOf } from '../rpc/handlers.ts'
import { asksThere, decideDifference } from './decide-difference.ts'
import { nextNight } from './nightly.ts'
import { runTotals } from './reconcile-totals.ts'
import { getDay, listDays } from './reconcile-view.ts'
import { runReconciliation } from './run-reconciliation.ts'

export const reconcileHandlers = (house: House): Pick<Handlers, 'reconcile.runTotals' | 'reconcile.listDays' | 'reconcile.getDay' | 'reconcile.runDay' | 'reconcile.decideDifference'> => ({
  'reconcile.runTotals': (call, { from, to }) => runTotals(house, callerOf(call), from, to),
  'reconcile.listDays': (_call, { days }) => ({ days: [...listDays(house, days)], nextRunAt: nextNight(house) }),
  'reconcile.getDay': (_call, { date }) => getDay(house, date),
  'reconcile.runDay': async (call, { date }) => {
    await runReconciliation(house, callerOf(call), date)
    return getDay(house, date)
  },
  'reconcile.decideDifference': atomic((call, { differenceId, cure, reason }) => decideDifference(house, callerOf(call), differenceId, { cure, reason }), ({ cure }) => !asksThere(cure)),
})
