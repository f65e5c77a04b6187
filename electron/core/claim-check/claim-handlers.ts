import type { House } from '../house.ts'
import type { OutboxRunner } from '../outbox/run-outbox.ts'
import { operatorOf } from '../person/read-person.ts'
import type { Handlers } from '../rpc/handlers.ts'
import { atomic, callerOf } from '../rpc/handlers.ts'
import { refuseSelfPaid } from '../sale/refuse-blocked.ts'
import { saleView } from '../sale/sale-view.ts'
import { getSettlementRow } from '../settlement/settlement-store.ts'
import { askClaim, isAsked } from './ask-claim.ts'
import { askPrescriber, keepLines, takeOut } from './decide.ts'

export const claimHandlers = (house: House, runner: OutboxRunner): Pick<Handlers, Extract<keyof Handlers, `claim.${string}`>> => {
  const tell = (): void => {
    queueMicrotask(() => runner.wake())
    house.changed('status')
  }
  return {
    'claim.keepLines': atomic((call, { saleId, key, reason }) => {
      keepLines(house, callerOf(call), saleId, key, reason)
      tell()
      return saleView(house, saleId)
    }),
    'claim.takeOut': atomic((call, { saleId, key, lineId, reason }) => {
      takeOut(house, callerOf(call), saleId, key, lineId, reason.trim())
      tell()
      return saleView(house, saleId)
    }),
    'claim.askPrescriber': atomic((call, { saleId, key, note }) => {
      askPrescriber(house, callerOf(call), saleId, key, note.trim())
      tell()
      return saleView(house, saleId)
    }),
    'claim.askAgain': async (call, { saleId }) => {
      const { revision } = refuseSelfPaid(house, saleId)
      // Once there is a trial, its figures go with the question.
      const tried = getSettlementRow(house.db, saleId)?.quote_revision === revision
      const stage = tried && isAsked(house, 'before-settle') ? 'before-settle' : isAsked(house, 'before-trial') ? 'before-trial' : 'before-settle'
      await askClaim(house, operatorOf(callerOf(call)), saleId, stage, true)
      return saleView(house, saleId)
    },
  }
}
