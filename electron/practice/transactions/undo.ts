import type { Settlement } from '../book-records.ts'
import { nodeOf, personOf, stateOf } from '../call.ts'
import type { Call } from '../call.ts'
import { releaseCode, settlementHolder } from '../code-register.ts'
import { compactTime } from '../province-time.ts'
import { refuse } from '../refusal.ts'
import { textOf } from '../wire-values.ts'
import { cancellationAnswer } from './settlement-answer.ts'

/** Gives back balances, accumulators and codes. The record stays, ended. */
const endSettlement = (call: Call, settlement: Settlement, state: 'cancelled' | 'reversed'): void => {
  const { province } = call
  const person = province.store.shelves.people.get(settlement.psnNo)!
  const used = person.used[settlement.usedKey]!
  province.store.put('people', person.psnNo, {
    ...person,
    balanceFen: person.balanceFen + settlement.accountFen,
    used: {
      ...person.used,
      [settlement.usedKey]: {
        deductibleFen: used.deductibleFen - settlement.deductibleFen,
        fundFen: used.fundFen - settlement.pooledFen,
        subsidyFen: used.subsidyFen - settlement.subsidyFen,
        accountFen: used.accountFen - settlement.accountFen,
      },
    },
  })
  if (settlement.payerPsnNo !== null && settlement.familyAccountFen > 0) {
    const payer = province.store.shelves.people.get(settlement.payerPsnNo)!
    province.store.put('people', payer.psnNo, { ...payer, balanceFen: payer.balanceFen + settlement.familyAccountFen })
  }
  for (const line of settlement.lines) for (const { code } of line.codes) releaseCode(province.store, code, settlementHolder(settlement.setlId))
  province.store.put('settlements', settlement.setlId, { ...settlement, state, endedAt: call.now, endedBy: call.msgid })
}

/** 2103: only an answered, booked settlement of this shop. */
export const cancelSettlement = (call: Call): unknown => {
  const row = nodeOf(call, 'data')
  const { store, profile } = call.province
  const person = personOf(call, textOf(row, 'psn_no'))
  const settlement = store.shelves.settlements.get(textOf(row, 'setl_id'))
  if (settlement === undefined || settlement.institution !== call.institution.code || settlement.state === 'reversed') return refuse('结算ID(setl_id)不存在')
  if (settlement.mdtrtId !== textOf(row, 'mdtrt_id')) refuse('就诊ID(mdtrt_id)与结算信息不一致')
  if (settlement.psnNo !== person.psnNo) refuse('人员编号(psn_no)与结算信息不一致')
  if (settlement.state === 'cancelled') refuse('该结算已撤销')
  endSettlement(call, settlement, 'cancelled')
  const setlId =
    profile.cancelAnswersSettlement === 'original'
      ? settlement.setlId
      : `${call.institution.area}${compactTime(call.now).slice(0, 8)}${String(store.next('settlement')).padStart(10, '0')}`
  const output = cancellationAnswer(call, settlement, setlId, stateOf(call.province, person).balanceFen)
  store.put('booked', call.msgid, { msgid: call.msgid, infno: call.infno, setlId: settlement.setlId, at: call.now, output })
  return output
}

/**
 * 2601: only for an unanswered call. Asked again it is accepted again. A call that never arrived (or was refused) is remembered,
 * so that a late original is refused.
 */
export const reverseMessage = (call: Call): unknown => {
  const row = nodeOf(call, 'data')
  const { store, profile } = call.province
  const person = personOf(call, textOf(row, 'psn_no'))
  const omsgid = textOf(row, 'omsgid')
  const oinfno = textOf(row, 'oinfno')
  if (!profile.reversible.includes(oinfno)) refuse(`交易[${oinfno}]不允许冲正`)
  if (!omsgid.startsWith(call.institution.code) || omsgid.length !== 30) refuse('原发送方报文ID(omsgid)不属于本机构')
  const earlier = store.shelves.reversals.get(omsgid)
  const original = store.shelves.booked.get(omsgid)
  if (original !== undefined && original.infno !== oinfno) refuse('原交易编号(oinfno)与原交易不一致')
  const settlement = original?.setlId === undefined || original.setlId === null ? undefined : store.shelves.settlements.get(original.setlId)
  if (settlement !== undefined && settlement.psnNo !== person.psnNo) refuse('人员编号(psn_no)与原交易不一致')
  if (settlement?.state === 'cancelled') refuse('原交易已撤销,不能冲正')
  if (earlier === undefined) {
    if (settlement === undefined && profile.reversalOfUnknown === 'refuse') refuse('未找到原交易')
    if (settlement !== undefined && profile.reversalOfBooked === 'refuse') refuse('原交易已参与对账,不允许冲正')
    if (settlement !== undefined) endSettlement(call, settlement, 'reversed')
    if (settlement !== undefined || profile.reversalOfUnknown !== 'accept-and-forget') store.put('reversals', omsgid, { omsgid, oinfno, byMsgid: call.msgid, setlId: settlement?.setlId ?? null, at: call.now })
  }
  store.put('booked', call.msgid, { msgid: call.msgid, infno: call.infno, setlId: settlement?.setlId ?? null, at: call.now, output: null })
  return null
}
