import { yuan } from '../amounts.ts'
import { nodeOf, rowsOf } from '../call.ts'
import type { Call } from '../call.ts'
import type { ClaimBasket } from '../claim-basket.ts'
import { readClaim } from '../claim-basket.ts'
import type { Found } from '../find-violations.ts'
import { findViolations } from '../find-violations.ts'
import { compactTime } from '../province-time.ts'
import { refuse, Refusal } from '../refusal.ts'
import { textOf } from '../wire-values.ts'
import type { Open } from './open.ts'

const ITEM = '2'
const VIOLATING = '1'
const INVOLVED = '2'

const rowOf = (call: Call, basket: ClaimBasket, found: Found): unknown => {
  const { store } = call.province
  const resultId = `JR${compactTime(call.now)}${String(store.next('claim-result')).padStart(8, '0')}`
  const amount = found.violating.reduce((total, order) => total + order.amountFen, 0)
  store.put('claimResults', resultId, { resultId, infno: call.infno, institution: call.institution.code, rule: found.rule, severity: found.severity, visit: basket.visit, at: call.now, answers: [] })
  const details = [...found.violating.map((order) => [order, VIOLATING] as const), ...found.involved.map((order) => [order, INVOLVED] as const)]
  return {
    jr_id: resultId, rule_id: found.rule, rule_name: found.name, vola_cont: found.text, patn_id: basket.patient, mdtrt_id: basket.visit, vola_amt: yuan(amount), vola_amt_stas: '1', sev_deg: found.severity,
    vola_evid: found.basis, vola_bhvr_type: ITEM, task_id: '',
    judge_result_detail_dtos: details.map(([order, type], index) => ({
      jrd_id: `${resultId}-${index + 1}`, patn_id: basket.patient, mdtrt_id: basket.visit, rx_id: order.id, vola_item_type: type, vola_amt: yuan(type === VIOLATING ? order.amountFen : 0),
    })),
  }
}

/** 3101 and 3102: the same rules over the same basket. */
const analyse = (call: Call): unknown => {
  const basket = readClaim(call)
  const { claims } = call.province.profile
  if (claims.answers === 'error-text') throw new Refusal('规则引擎调用失败,请稍后再试', 0)
  const rows = claims.answers === 'clear' ? [] : findViolations(basket, { now: call.now, maxPacks: claims.maxPacks }).map((found) => rowOf(call, basket, found))
  return { result: claims.result === 'one-as-object' && rows.length === 1 ? rows[0] : rows }
}

const STAGES: Readonly<Record<string, string>> = { 1: '3101', 2: '3102' }
const KEEP = '1'
const CHANGE = '2'

/** 3103: each finding's answer is kept beside it; keeping needs a reason. */
const takeFeedback = (call: Call): unknown => {
  const { store, profile } = call.province
  if (profile.claims.feedback === 'refuse') refuse('就诊凭证编号不能为空')
  const data = nodeOf(call, 'data')
  const stage = STAGES[textOf(data, 'warn_type')]
  if (stage === undefined) return refuse('反馈类型(warn_type)的值不在范围内')
  const rows = rowsOf(data['warns'])
  if (rows.length === 0) refuse('处理数据集合(warns)不能为空')
  for (const row of rows) {
    const id = textOf(row, 'warn_rslt_id')
    const way = textOf(row, 'dspo_way')
    const reason = textOf(row, 'dspo_way_rea')
    const result = store.shelves.claimResults.get(id)
    if (result === undefined || result.institution !== call.institution.code) return refuse(`违规标识[${id}]不存在`)
    if (result.infno !== stage) refuse(`违规标识[${id}]与反馈类型不一致`)
    if (way !== KEEP && way !== CHANGE) refuse('处理方式(dspo_way)的值不在范围内')
    if (way === KEEP && reason === '') refuse('处理方式为继续执行时处理原因(dspo_way_rea)不能为空')
    if (profile.claims.repeatedFeedback === 'refuse' && result.answers.length > 0) refuse(`违规标识[${id}]已反馈`)
    store.put('claimResults', id, { ...result, answers: [...result.answers, { way, reason, msgid: call.msgid, at: call.now }] })
  }
  return null
}

/** 3101, 3102, 3103. */
export const audit: Open = { 3101: analyse, 3102: analyse, 3103: takeFeedback }
