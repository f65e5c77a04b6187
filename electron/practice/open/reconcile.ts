import { sum, yuanText } from '../amounts.ts'
import type { Settlement } from '../book-records.ts'
import { nodeOf } from '../call.ts'
import type { Call, Row } from '../call.ts'
import type { RESULT_COLUMNS, SHOP_COLUMNS } from '../detail-rules.ts'
import { fileUntil, findFile, storeFile, unzipRows, zipRows } from '../files.ts'
import { compactTime, dateText, timeText } from '../province-time.ts'
import { refuse } from '../refusal.ts'
import { scaled, textOf } from '../wire-values.ts'
import type { Open } from './open.ts'

interface Amounts { readonly totalFen: number; readonly fundFen: number; readonly accountFen: number }
/** A line of the shop's file; amounts as they stand there. */
interface ShopRow extends Amounts { readonly line: number; readonly setlId: string; readonly mdtrtId: string; readonly psnNo: string; readonly refund: boolean }
/** A booking or a refund in the centre's books; amounts positive. */
interface CentreRow extends Amounts { readonly settlement: Settlement; readonly refund: boolean; readonly msgid: string }

const AMOUNT = /^-?\d{1,14}(?:\.\d{1,2})?$/

const readShopRow = (call: Call, cells: readonly (string | null)[], line: number): ShopRow => {
  const { shopColumns } = call.province.profile.detail
  const say = (text: string): never => refuse(`明细文件第${line}行${text}`)
  const cell = (column: (typeof SHOP_COLUMNS)[number]): string => {
    const at = shopColumns.indexOf(column)
    if (at === -1) return ''
    const value = cells[at] ?? null
    return value === null || value.trim() === '' ? say(`${column}不能为空`) : value
  }
  const key = (column: 'setl_id' | 'mdtrt_id' | 'psn_no'): string => {
    const value = cell(column)
    return Array.from(value).length > 30 ? say(`${column}长度不能超过30`) : value
  }
  const amount = (column: 'medfee_sumamt' | 'fund_pay_sumamt' | 'acct_pay'): number => {
    const value = cell(column)
    if (value === '') return 0
    return AMOUNT.test(value) ? (scaled(value, 2) ?? say(`${column}超出范围`)) : say(`${column}不是有效的数值`)
  }
  const flag = cell('refd_setl_flag')
  if (flag !== '0' && flag !== '1' && shopColumns.includes('refd_setl_flag')) say('refd_setl_flag的值不在字典中')
  return { line, setlId: key('setl_id'), mdtrtId: key('mdtrt_id'), psnNo: key('psn_no'), totalFen: amount('medfee_sumamt'), fundFen: amount('fund_pay_sumamt'), accountFen: amount('acct_pay'), refund: flag === '1' }
}

interface Asked { readonly from: string; readonly to: string; readonly refund: boolean; readonly clearingType: string }

/** The centre's books of the period: settlements by their time, refunds by theirs. */
const centreRows = (call: Call, asked: Asked): readonly CentreRow[] => {
  const { store, profile } = call.province
  const within = (at: number): boolean => asked.from <= dateText(at) && dateText(at) <= asked.to
  const rows: CentreRow[] = []
  for (const settlement of store.shelves.settlements.values()) {
    if (settlement.institution !== call.institution.code || settlement.clearingType !== asked.clearingType) continue
    if (settlement.state === 'reversed' && profile.detail.reversed === 'nowhere') continue
    if (!asked.refund && within(settlement.at)) rows.push({ settlement, refund: false, msgid: settlement.msgid, totalFen: settlement.totalFen, fundFen: settlement.fundFen, accountFen: settlement.accountFen })
    if (asked.refund && settlement.state !== 'booked' && within(settlement.endedAt ?? 0)) {
      const msgid = profile.detail.refundMessage === 'own' ? (settlement.endedBy ?? '') : settlement.msgid
      rows.push({ settlement, refund: true, msgid, totalFen: settlement.totalFen, fundFen: settlement.fundFen, accountFen: settlement.accountFen })
    }
  }
  return rows
}

const askedOf = (call: Call, row: Row): Asked => {
  const [from, to] = [textOf(row, 'stmt_begndate'), textOf(row, 'stmt_enddate')]
  if (from > to) refuse('对账开始日期(stmt_begndate)晚于结束日期(stmt_enddate)')
  if (textOf(row, 'setl_optins') !== call.institution.area) refuse('结算经办机构(setl_optins)与定点医药机构不一致')
  const flag = textOf(row, 'fixmedins_refd_setl_flag')
  if (flag !== '0' && flag !== '1') refuse('定点医药机构退费结算标志(fixmedins_refd_setl_flag)的值不在字典中')
  const dictionary = textOf(row, 'refd_setl_flag')
  if (dictionary !== '' && dictionary !== flag) refuse('退费结算标志(refd_setl_flag)与定点医药机构退费结算标志不一致')
  return { from, to, refund: flag === '1', clearingType: textOf(row, 'clr_type') }
}

const checkSign = (call: Call, row: ShopRow): void => {
  const { refundSign } = call.province.profile.detail
  const [wrongly, word] = row.refund && refundSign !== 'positive' ? [row.totalFen > 0 && refundSign === 'negative', '应为负数'] : [row.totalFen < 0, '应为正数']
  if (wrongly) refuse(`明细文件第${row.line}行medfee_sumamt${word}`)
}

/** The file and the message it goes with: every row in order, none twice, and their sums the message's. */
const readShopFile = (call: Call, row: Row, asked: Asked): readonly ShopRow[] => {
  const { detail } = call.province.profile
  const file = findFile(call, textOf(row, 'file_qury_no'))
  if (file === null || file.catalogue) return refuse('文件查询号(file_qury_no)不存在')
  if (file.expired) refuse('明细文件已过期')
  const rows = unzipRows(file.bytes, detail.shopColumns.length).map((cells, index) => readShopRow(call, cells, index + 1))
  if (rows.length === 0 && detail.emptyFile === 'refuse') refuse('明细文件没有数据')
  const seen = new Set<string>()
  for (const one of rows) {
    checkSign(call, one)
    if (!asked.refund && one.refund) refuse(`明细文件第${one.line}行为退费数据,与退费结算标志不符`)
    const key = `${one.setlId}|${one.refund}`
    if (seen.has(key)) refuse(`明细文件第${one.line}行重复`)
    seen.add(key)
  }
  const counted = rows.filter((one) => one.refund === asked.refund)
  if (asked.refund) {
    if (detail.refundRows === 'refund-only' && counted.length !== rows.length) refuse('退费对账文件只能有退费数据')
    if (detail.refundRows === 'pair') for (const one of counted) if (!seen.has(`${one.setlId}|false`)) refuse(`明细文件第${one.line}行缺少对应的正向数据`)
  }
  const fen = (code: string): number => scaled(row[code], 2) ?? refuse(`${code}超出范围`)
  if ((scaled(row.fixmedins_setl_cnt, 0) ?? -1) !== counted.length) refuse(`定点医药机构结算笔数(fixmedins_setl_cnt)与明细文件不一致,文件${counted.length}笔`)
  if (fen('medfee_sumamt') !== sum(counted, (one) => one.totalFen)) refuse('医疗费总额(medfee_sumamt)与明细文件不一致')
  if (fen('fund_pay_sumamt') !== sum(counted, (one) => one.fundFen)) refuse('基金支付总额(fund_pay_sumamt)与明细文件不一致')
  fen('cash_payamt')
  return rows
}

type ResultRow = Readonly<Record<(typeof RESULT_COLUMNS)[number], string | null>>

const compare = (call: Call, asked: Asked, shop: readonly ShopRow[]): readonly ResultRow[] => {
  const { detail } = call.province.profile
  const sign = (refund: boolean): number => (refund && detail.answeredSign === 'negative' ? -1 : 1)
  const result = (of: CentreRow, balanced: boolean, memo: string | null): ResultRow => ({
    psn_no: of.settlement.psnNo, mdtrt_id: detail.namesSettlement ? of.settlement.mdtrtId : null, setl_id: detail.namesSettlement ? of.settlement.setlId : null, msgid: detail.namesMessage ? of.msgid : null,
    stmt_rslt: balanced ? '0' : '1', refd_setl_flag: of.refund ? '1' : '0', memo,
    medfee_sumamt: yuanText(sign(of.refund) * of.totalFen), fund_pay_sumamt: yuanText(sign(of.refund) * of.fundFen), acct_pay: yuanText(sign(of.refund) * of.accountFen),
  })
  const rows: ResultRow[] = []
  const matched = new Set<CentreRow>()
  // The settlement that comes with its refund may be of any day.
  const centre = centreRows(call, asked)
  const known = asked.refund ? [...centre, ...centreRows(call, { ...asked, refund: false, from: '0000-01-01', to: '9999-12-31' })] : centre
  for (const one of shop) {
    const [found, several] = known.filter((row) => row.settlement.setlId === one.setlId && row.refund === one.refund)
    if (found === undefined) {
      if (!detail.listsShopOnly) continue
      rows.push({ psn_no: one.psnNo, mdtrt_id: detail.namesSettlement ? one.mdtrtId : null, setl_id: detail.namesSettlement ? one.setlId : null, msgid: null, stmt_rslt: '1', refd_setl_flag: one.refund ? '1' : '0', memo: '中心端不存在该结算数据', medfee_sumamt: null, fund_pay_sumamt: null, acct_pay: null })
      continue
    }
    matched.add(found)
    if (several !== undefined) {
      rows.push({ ...result(found, false, '中心端有多条明细'), mdtrt_id: null, setl_id: null })
      continue
    }
    const wrong = [
      one.psnNo !== found.settlement.psnNo && '人员编号', one.mdtrtId !== found.settlement.mdtrtId && '就诊ID', Math.abs(one.totalFen) !== found.totalFen && '医疗费总额',
      Math.abs(one.fundFen) !== found.fundFen && '基金支付总额', Math.abs(one.accountFen) !== found.accountFen && '个人账户支出',
    ].filter((word) => word !== false)
    if (wrong.length > 0) rows.push(result(found, false, `${wrong.join('、')}不一致`))
    else if (detail.lists === 'all') rows.push(result(found, true, null))
  }
  if (detail.listsCentreOnly) for (const row of centre) if (!matched.has(row)) rows.push(result(row, false, '机构端不存在该结算数据'))
  return rows
}

/** 3202: the shop's file against the centre's books; the result waits as a file. Books nothing. */
const reconcileDetail = (call: Call): unknown => {
  const row = nodeOf(call, 'data')
  const asked = askedOf(call, row)
  const shop = readShopFile(call, row, asked)
  const { resultColumns } = call.province.profile.detail
  const name = `3202_${call.institution.code}_${compactTime(call.now)}_${asked.refund ? '1' : '0'}`
  const bytes = zipRows(`${name}.txt`, compare(call, asked, shop).map((one) => resultColumns.map((column) => one[column])))
  return { fileinfo: { file_qury_no: storeFile(call, { fileName: `${name}.zip`, bytes }), filename: `${name}.zip`, dld_endtime: timeText(fileUntil(call)) } }
}

/** 3202 and what it needs. */
export const reconcile: Open = { 3202: reconcileDetail }
