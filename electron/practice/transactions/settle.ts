import { computeBenefit } from '../benefit/compute.ts'
import type { Benefit } from '../benefit/compute.ts'
import { yuanText } from '../amounts.ts'
import { stateOf } from '../call.ts'
import type { Call } from '../call.ts'
import { bookFlags, checkCodes } from '../check-codes.ts'
import type { CodeFlag } from '../check-codes.ts'
import { registerCode, settlementHolder } from '../code-register.ts'
import type { Settlement } from '../book-records.ts'
import { compactTime } from '../province-time.ts'
import { payerBalanceFen, readPurchase } from '../purchase.ts'
import type { Purchase } from '../purchase.ts'
import { refuse } from '../refusal.ts'
import { settlementAnswer } from './settlement-answer.ts'

const ownBalanceAfter = (call: Call, purchase: Purchase, benefit: Benefit): number => stateOf(call.province, purchase.person).balanceFen - benefit.accountFen

const compute = (call: Call, purchase: Purchase): Benefit => {
  const { profile } = call.province
  const used = stateOf(call.province, purchase.person).used[purchase.usedKey]
  const { pooling } = purchase.rule
  const benefit = computeBenefit({
    lines: purchase.lines.map((line) => ({
      amountFen: line.amountFen,
      countE4: line.countE4,
      class: line.drug.class,
      preSelfPayE4: line.drug.preSelfPayE4,
      priceLimitMicro: line.drug.priceLimitMicro,
    })),
    pooling,
    yearCapFen: pooling === null ? 0 : (pooling.yearCapByDisease[purchase.diseaseCode] ?? pooling.yearCapFen),
    used: { deductibleFen: used?.deductibleFen ?? 0, fundFen: used?.fundFen ?? 0 },
    subsidyE4: purchase.person.insurance.civilServant ? profile.benefit.civilServantShare : 0,
    account: {
      kind: purchase.payer === null ? 'none' : purchase.payer === purchase.person ? 'own' : 'family',
      balanceFen: payerBalanceFen(call, purchase),
      paysSelfPaid: profile.benefit.accountPaysSelfPaid,
    },
  })
  const mustCover = profile.accountMustCover || purchase.person.accountMustCover
  const balance = payerBalanceFen(call, purchase)
  if (mustCover && purchase.payer !== null && benefit.accountPayableFen > balance) {
    refuse(`个人账户余额不足:余额${yuanText(balance)}元,本次需账户支付${yuanText(benefit.accountPayableFen)}元,请减少药品或不使用个人账户`)
  }
  return benefit
}

const visitNumber = (call: Call): string => `${call.institution.area}${compactTime(call.now)}${String(call.province.store.next('visit')).padStart(8, '0')}`

/** 2101: the same reading, checking and computing as 2102; nothing is booked and there is no `setl_id`. */
export const tryPurchase = (call: Call): unknown => {
  const purchase = readPurchase(call)
  const benefit = compute(call, purchase)
  return settlementAnswer(call, purchase, benefit, {
    setlId: null,
    mdtrtId: visitNumber(call),
    balanceFen: ownBalanceAfter(call, purchase, benefit),
    flags: [],
  })
}

const bookAccounts = (call: Call, purchase: Purchase, benefit: Benefit): void => {
  const { province } = call
  const person = stateOf(province, purchase.person)
  const used = person.used[purchase.usedKey] ?? { deductibleFen: 0, fundFen: 0, subsidyFen: 0, accountFen: 0 }
  province.store.put('people', person.psnNo, {
    ...person,
    balanceFen: person.balanceFen - benefit.accountFen,
    used: {
      ...person.used,
      [purchase.usedKey]: {
        deductibleFen: used.deductibleFen + benefit.deductibleFen,
        fundFen: used.fundFen + benefit.pooledFen,
        subsidyFen: used.subsidyFen + benefit.subsidyFen,
        accountFen: used.accountFen + benefit.accountFen,
      },
    },
  })
  if (purchase.payer === null || benefit.familyAccountFen === 0) return
  const payer = stateOf(province, purchase.payer)
  province.store.put('people', payer.psnNo, { ...payer, balanceFen: payer.balanceFen - benefit.familyAccountFen })
}

const settlementRecord = (call: Call, purchase: Purchase, benefit: Benefit, setlId: string, mdtrtId: string): Settlement => ({
  setlId,
  mdtrtId,
  msgid: call.msgid,
  institution: call.institution.code,
  psnNo: purchase.person.psnNo,
  payerPsnNo: purchase.payer === null || purchase.payer === purchase.person ? null : purchase.payer.psnNo,
  insutype: purchase.insutype,
  medType: purchase.medType,
  diseaseCode: purchase.diseaseCode,
  clearingType: purchase.rule.clearingType,
  clearingOffice: call.institution.area,
  fundType: purchase.rule.fundType,
  fundName: purchase.rule.fundName,
  usedKey: purchase.usedKey,
  at: call.now,
  state: 'booked',
  endedAt: null,
  endedBy: null,
  totalFen: benefit.totalFen,
  fundFen: benefit.fundFen,
  pooledFen: benefit.pooledFen,
  subsidyFen: benefit.subsidyFen,
  personalFen: benefit.personalFen,
  accountFen: benefit.accountFen,
  familyAccountFen: benefit.familyAccountFen,
  cashFen: benefit.cashFen,
  fullSelfPayFen: benefit.fullSelfPayFen,
  overLimitFen: benefit.overLimitFen,
  preSelfPayFen: benefit.preSelfPayFen,
  inScopeFen: benefit.inScopeFen,
  deductibleFen: benefit.deductibleFen,
  shareE4: benefit.shareE4,
  capLeftFen: benefit.capLeftFen,
  explanation: benefit.explanation,
  lines: purchase.lines.map((line) => ({
    feedetlSn: line.feedetlSn,
    nationalCode: line.drug.nationalCode,
    itemCode: line.itemCode,
    countE4: line.countE4,
    priceMicro: line.priceMicro,
    amountFen: line.amountFen,
    codes: [...line.codes],
  })),
})

const bookCodes = (call: Call, purchase: Purchase, setlId: string, flags: readonly CodeFlag[]): void => {
  for (const line of purchase.lines) {
    for (const { code, split } of line.codes) {
      registerCode(call.province.store, code, {
        holder: settlementHolder(setlId),
        institution: call.institution.code,
        nationalCode: line.drug.nationalCode,
        split,
        at: call.now,
      })
    }
  }
  bookFlags(call, flags)
}

/** 2102: money, accumulators and codes in one booking. */
export const settlePurchase = (call: Call): unknown => {
  const { store } = call.province
  const purchase = readPurchase(call)
  const flags = checkCodes(
    call,
    purchase.lines.map((line) => ({ ...line, nationalCode: line.drug.nationalCode })),
    refuse,
  )
  const benefit = compute(call, purchase)
  const setlId = `${call.institution.area}${compactTime(call.now).slice(0, 8)}${String(store.next('settlement')).padStart(10, '0')}`
  const mdtrtId = visitNumber(call)
  const output = settlementAnswer(call, purchase, benefit, { setlId, mdtrtId, balanceFen: ownBalanceAfter(call, purchase, benefit), flags })
  bookAccounts(call, purchase, benefit)
  bookCodes(call, purchase, setlId, flags)
  store.put('settlements', setlId, settlementRecord(call, purchase, benefit, setlId, mdtrtId))
  store.put('booked', call.msgid, { msgid: call.msgid, infno: call.infno, setlId, at: call.now, output })
  return output
}
