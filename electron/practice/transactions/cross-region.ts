import { lineFen, sum, yuan, yuanText } from '../amounts.ts'
import { rowsOf, stateOf } from '../call.ts'
import type { Call, Row } from '../call.ts'
import type { InsuredPerson } from '../people.ts'
import { compactTime, isDate } from '../province-time.ts'
import type { RegionOrder } from '../records/rest.ts'
import { refuse } from '../refusal.ts'
import { isUnused, scaled, textOf } from '../wire-values.ts'

/** Fields of these transactions stand in `input` itself. */
const flatOf = (call: Call): Row => call.input

const checkShop = (call: Call, row: Row): void => {
  if (textOf(row, 'fixmedins_code') !== '' && textOf(row, 'fixmedins_code') !== call.institution.code) refuse('定点医药机构编号(fixmedins_code)与报文头不一致')
}

const stranger = (call: Call, idNumber: string): InsuredPerson => {
  const person = call.province.peopleById.get(idNumber)
  if (person === undefined) return refuse('本地查询错误:该参保人的基本信息为空null')
  if (person.area === call.institution.area) refuse('该人员为本地参保,请使用本地购药交易')
  return person
}

const personFields = (person: InsuredPerson): Readonly<Record<string, unknown>> => ({
  psn_name: person.name, gend: person.gender, brdy: person.born, psn_type: person.insurance.psnType, insutype: person.insurance.insutype,
})

/** 2161: a person insured elsewhere, by the number of the identity card. */
export const readStranger = (call: Call): unknown => {
  const row = flatOf(call)
  checkShop(call, row)
  const person = stranger(call, textOf(row, 'ssn'))
  if (textOf(row, 'insuplc') !== person.area) refuse('参保地(insuplc)与人员参保信息不一致')
  if (person.insurance.status !== '1') refuse('人员参保状态不正常,不能享受医保待遇')
  return {
    psn_no: person.psnNo,
    ...personFields(person),
    ssn: person.idNumber,
    emp_name: person.insurance.employer,
    insuplc_admdvs: person.area,
    outmed_fundmgt_optins_fulname: '练习外地医疗保障局',
    acct_balc: yuan(stateOf(call.province, person).balanceFen),
  }
}

const readOrderLine = (row: Row, index: number): { readonly amountFen: number; readonly row: Record<string, unknown> } => {
  const where = `feedetl第${index + 1}行:`
  const price = scaled(row.pric, 6) ?? 0
  const count = scaled(row.cnt, 4) ?? 0
  const amountFen = scaled(row.amt, 2) ?? 0
  if (price <= 0 || count <= 0 || amountFen <= 0) refuse(`${where}单价、数量、金额必须大于0`)
  if (Math.abs(lineFen(price, count) - amountFen) > 1) refuse(`${where}单价(pric)乘数量(cnt)与金额(amt)的差值大于0.01`)
  return { amountFen, row: { ...row } }
}

const checkPerson = (row: Row, person: InsuredPerson): void => {
  const same: readonly (readonly [string, string, string])[] = [
    ['psn_no', '个人管理码', person.psnNo],
    ['psn_name', '姓名', person.name],
    ['gend', '性别', person.gender],
    ['brdy', '出生日期', person.born],
    ['psn_type', '参保人员类别', person.insurance.psnType],
    ['insutype', '险种类型', person.insurance.insutype],
    ['insuplc', '参保地', person.area],
  ]
  for (const [code, name, value] of same) if (textOf(row, code) !== value) refuse(`${name}(${code})与人员参保信息不一致`)
}

/** 2166: the basket becomes an order and is pushed to the person's app; nothing is paid yet. */
export const pushOrder = (call: Call): unknown => {
  const row = flatOf(call)
  const { store } = call.province
  checkShop(call, row)
  const person = stranger(call, textOf(row, 'ssn'))
  checkPerson(row, person)
  if (textOf(row, 'mdtrtarea') !== call.institution.area) refuse('就医地(mdtrtarea)与定点医药机构所属区划不一致')
  if (textOf(row, 'med_type') !== '41') refuse('医疗类别(med_type)应为41药店购药')
  const voucher = store.shelves.vouchers.get(textOf(row, 'ec_token'))
  if (voucher?.psnNo !== person.psnNo) refuse('医保电子凭证令牌无效')
  const boughtOn = textOf(row, 'dscg_date')
  if (!isDate(boughtOn)) refuse('购药日期(dscg_date)格式错误,应为yyyy-MM-dd')
  const visit = textOf(row, 'mdtrtsn')
  for (const order of store.shelves.regionOrders.values())
    if (order.institution === call.institution.code && order.visit === visit) refuse('就诊顺序号(mdtrtsn)重复')
  const lines = rowsOf(call.input.feedetl).map(readOrderLine)
  const totalFen = scaled(row.medfee_sumamt, 2) ?? 0
  const rowsFen = sum(lines, (line) => line.amountFen)
  if (totalFen !== rowsFen) refuse(`医疗费总额(medfee_sumamt)${yuanText(totalFen)}与明细合计${yuanText(rowsFen)}不一致`)
  const registration = `YD${compactTime(call.now).slice(2, 8)}${String(store.next('region-order')).padStart(12, '0')}`
  store.put('regionOrders', registration, {
    registration, visit, institution: call.institution.code, psnNo: person.psnNo, state: 'pushed', totalFen, accountFen: 0, cashFen: 0, boughtOn,
    lines: lines.map((line) => line.row), at: call.now,
  })
  return { mdtrt_regno: registration, prmmsg: '', push_flag: 'true' }
}

const orderOf = (call: Call, registration: string): RegionOrder => {
  const order = call.province.store.shelves.regionOrders.get(registration)
  return order?.institution === call.institution.code ? order : refuse('就诊登记号(mdtrt_regno)不存在')
}
const personOfOrder = (call: Call, order: RegionOrder): InsuredPerson => call.province.people.get(order.psnNo) ?? refuse('本地查询错误:该参保人的基本信息为空null')

/** In a real province the person pays in the app at some time. Here it has happened when the shop asks for the settlement (2171). */
const payInApp = (call: Call, order: RegionOrder): RegionOrder => {
  if (order.state !== 'pushed') return order
  const { store } = call.province
  const state = stateOf(call.province, personOfOrder(call, order))
  const accountFen = Math.min(order.totalFen, Math.max(0, state.balanceFen))
  const paid: RegionOrder = { ...order, state: 'paid', accountFen, cashFen: order.totalFen - accountFen }
  store.put('people', state.psnNo, { ...state, balanceFen: state.balanceFen - accountFen })
  store.put('regionOrders', order.registration, paid)
  return paid
}

const moneyOf = (order: RegionOrder, sign: 1 | -1): Readonly<Record<string, number>> => ({
  medfee_sumamt: yuan(sign * order.totalFen), psn_cashpay: yuan(sign * order.cashFen), acct_payamt: yuan(sign * order.accountFen),
})

/** 2163: a paid order is given back whole. */
export const refundOrder = (call: Call): unknown => {
  const row = flatOf(call)
  checkShop(call, row)
  const order = orderOf(call, textOf(row, 'mdtrt_regno'))
  if (order.state === 'refunded') refuse('该订单已退费')
  if (order.state !== 'paid') refuse('该订单未结算,不能退费')
  const person = personOfOrder(call, order)
  const state = stateOf(call.province, person)
  call.province.store.put('people', state.psnNo, { ...state, balanceFen: state.balanceFen + order.accountFen })
  call.province.store.put('regionOrders', order.registration, { ...order, state: 'refunded' })
  return { ...moneyOf(order, -1), certno: person.idNumber, ...personFields(person), prmmsg: '' }
}

/** 2167: an order nobody has paid is withdrawn. */
export const cancelOrder = (call: Call): unknown => {
  const row = flatOf(call)
  checkShop(call, row)
  const order = orderOf(call, textOf(row, 'mdtrt_regno'))
  if (order.state === 'cancelled') refuse('该订单已取消')
  if (order.state !== 'pushed') refuse('该订单已结算,请使用退费交易')
  call.province.store.put('regionOrders', order.registration, { ...order, state: 'cancelled' })
  return null
}

/** `required`: what the answer's table wants and the order may lack; the shop's own code stands for the list's. */
const lineRows = (order: RegionOrder, required: boolean): readonly unknown[] =>
  order.lines.map((line) => {
    const { feedetl_sn: _sn, ...own } = line
    if (!required) return own
    const or = (code: string, other: unknown): unknown => (isUnused(own[code]) ? other : own[code])
    return {
      ...own,
      hilist_code: or('hilist_code', own.medins_list_codg),
      hilist_name: or('hilist_name', own.medins_list_name),
      chrgitm_lv: or('chrgitm_lv', '03'),
      med_invo_item_type: or('med_invo_item_type', '09'),
    }
  })

const orderFields = (call: Call, order: RegionOrder): Readonly<Record<string, unknown>> => {
  const person = personOfOrder(call, order)
  return {
    mdtrt_regno: order.registration,
    fixmedins_code: call.institution.code,
    insuplc: person.area,
    mdtrtarea: call.institution.area,
    certno: person.idNumber,
    ...personFields(person),
  }
}

/** 2170: the order of a person that waits to be paid; the newest, where there are several. */
export const queryOrder = (call: Call): unknown => {
  const row = flatOf(call)
  checkShop(call, row)
  const person = stranger(call, textOf(row, 'ssn'))
  const order = [...call.province.store.shelves.regionOrders.values()].findLast(
    (candidate) => candidate.institution === call.institution.code && candidate.psnNo === person.psnNo && candidate.state === 'pushed',
  )
  if (order === undefined) return refuse('未查询到待结算的异地购药订单')
  return {
    ...orderFields(call, order),
    medfee_sumamt: yuan(order.totalFen),
    fixmedins_name: call.institution.name.slice(0, 50),
    dscg_date: order.boughtOn,
    feedetl: lineRows(order, false),
  }
}

/** 2171: settled orders of a person; with its lines when there is one, else a list without. */
export const querySettledOrders = (call: Call): unknown => {
  const row = flatOf(call)
  checkShop(call, row)
  const person = stranger(call, textOf(row, 'ssn'))
  const registration = textOf(row, 'mdtrt_regno')
  const [from, to] = [textOf(row, 'start_date'), textOf(row, 'end_date')]
  if (registration === '') {
    if (!isDate(from) || !isDate(to)) refuse('就诊登记号(mdtrt_regno)为空时,查询购药开始日期(start_date)和结束日期(end_date)不能为空,格式为yyyy-MM-dd')
    if (from > to) refuse('查询购药开始日期(start_date)晚于结束日期(end_date)')
  } else orderOf(call, registration)
  const outTypes = call.province.tables.dictionary.get('out_type')
  const outType = textOf(row, 'out_type')
  if (outType !== '' && outTypes?.has(outType) === false) refuse('异地标志(out_type)的值不在字典中')
  const settled = [...call.province.store.shelves.regionOrders.values()]
    .filter(
      (order) =>
        order.institution === call.institution.code &&
        order.psnNo === person.psnNo &&
        (order.state === 'pushed' || order.state === 'paid') &&
        (registration === '' ? from <= order.boughtOn && order.boughtOn <= to : order.registration === registration),
    )
    .map((order) => payInApp(call, order))
  const rows = settled.map((order) => ({ ...orderFields(call, order), ...moneyOf(order, 1), ssn: person.idNumber, out_type: outType || '1' }))
  const [one] = settled
  if (one === undefined) return refuse('未查询到异地购药结算信息')
  return settled.length === 1 ? { ...rows[0], feedetl: lineRows(one, true) } : rows
}
