import type { ReturnUpload, SaleUpload } from '../book-records.ts'
import { nodeOf } from '../call.ts'
import type { Call, Row } from '../call.ts'
import { timeText } from '../province-time.ts'
import type { StockRow } from '../records/stock.ts'
import { refuse } from '../refusal.ts'
import { textOf } from '../wire-values.ts'

const MOST_ROWS = 500

const camel = (code: string): string => code.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
/** The printed answers of these queries count in two decimals where the uploads count in four. */
const hundredths = (e4: number): number => Math.round(e4 / 100) / 100

type Found = Readonly<Record<string, string | number | null>>

/** What every row of these answers has. Lists that say of a drug what kind it is (`list_sp_item_flag`) are nowhere uploaded: 0. */
const common = (call: Call, row: { number: string; rowKey: string; nationalCode: string; itemId: string; itemName: string; operator: string; operatorName: string; at: number }): Found => ({
  med_list_codg: row.nationalCode,
  medins_list_codg: row.itemId,
  medins_list_name: row.itemName.slice(0, 100),
  fixmedins_code: call.institution.code,
  fixmedins_bchno: row.rowKey,
  list_sp_item_flag: '0',
  vali_flag: '1',
  rid: `${call.institution.code}-${row.number}`,
  crter_id: row.operator.slice(0, 20),
  crter_name: row.operatorName,
  opter_id: row.operator.slice(0, 20),
  opter_name: row.operatorName,
  crte_optins_no: call.institution.area,
  optins_no: call.institution.area,
  poolarea_no: call.institution.area,
  crte_time: timeText(row.at),
  updt_time: timeText(row.at),
  opt_time: timeText(row.at),
})

const stockFields: Readonly<Record<StockRow['kind'], (row: StockRow) => Found>> = {
  take: (row) => ({ medins_prod_inv_no: row.number, invdate: row.happenedAt, inv_cnt: hundredths(row.countE4), trdn_flag: '0' }),
  change: (row) => ({ medins_prod_inv_chg_no: row.number, inv_chg_time: row.happenedAt, cnt: row.countE4 / 10_000, pric: (row.priceMicro ?? 0) / 1_000_000 }),
  purchase: (row) => ({ medins_prod_purc_no: row.number, purc_retn_cnt: hundredths(row.countE4), prod_retn_flag: '0' }),
  'purchase-return': (row) => ({ medins_prod_purc_no: row.number, purc_retn_cnt: hundredths(row.countE4), prod_retn_flag: '1' }),
}

/** The uploaded texts whose names the answer has too. */
const SENT = [
  'rx_flag', 'manu_lotnum', 'manu_date', 'expy_end', 'memo', 'inv_chg_type', 'inv_chg_opter_name', 'trdn_flag', 'dynt_no', 'spler_name', 'spler_pmtno', 'prodentp_name', 'aprvno',
  'purc_invo_codg', 'purc_invo_no', 'purc_retn_stoin_time', 'purc_retn_opter_name', 'prod_geay_flag',
] as const
const sentOf = (row: Readonly<Record<string, string>>, names: readonly string[]): Found =>
  Object.fromEntries(names.flatMap((name) => (row[name] === undefined ? [] : [[name, row[name]]])))

const stockRow = (call: Call, row: StockRow): Found => ({
  ...common(call, row),
  ...sentOf(row.row, SENT),
  ...stockFields[row.kind](row),
  ...(row.priceMicro === null || row.kind === 'take' || row.kind === 'change' ? {} : { finl_trns_pric: row.priceMicro / 1_000_000 }),
})

const checkAsked = (call: Call, row: Row, oneOf: readonly string[], said: string): void => {
  if (textOf(row, 'fixmedins_code') !== call.institution.code) refuse('定点医药机构编号(fixmedins_code)与报文头不一致')
  if (textOf(row, 'begndate') > textOf(row, 'enddate')) refuse('开始日期(begndate)晚于结束日期(enddate)')
  if (oneOf.every((code) => textOf(row, code) === '')) refuse(`${said}中,必须传其中一个字段`)
}

const OWN_FILTERS = new Set(['fixmedins_code', 'begndate', 'enddate'])
/** Every field asked with must be that of the row; one the row does not have matches nothing. */
const fits = (asked: Row, found: Found, day: string): boolean =>
  textOf(asked, 'begndate') <= day &&
  day <= textOf(asked, 'enddate') &&
  Object.keys(asked).every((code) => OWN_FILTERS.has(code) || textOf(asked, code) === '' || textOf(asked, code) === String(found[code] ?? ''))

const answer = (call: Call, infno: string, found: readonly Found[]): unknown => {
  const printed = call.province.tables.transactions.get(infno)?.output[0]?.fields
  return {
    output: found
      .slice(0, MOST_ROWS)
      .map((row) => Object.fromEntries(Object.entries(row).flatMap(([code, value]) => (printed?.has(camel(code)) === true ? [[camel(code), value]] : [])))),
  }
}

const NEED_ONE = ['medins_list_codg', 'fixmedins_bchno'] as const
const NEED_ONE_SAID = '医药机构目录编码、定点医药机构批次流水号'

const ownStock = (call: Call, kinds: readonly StockRow['kind'][]): readonly StockRow[] =>
  [...call.province.store.shelves.stockRows.values()].filter((row) => row.institution === call.institution.code && kinds.includes(row.kind))

/** 3508 counts, 3509 changes, 3510 purchases and their returns: what was uploaded, as it was uploaded. */
const queryStock =
  (...kinds: readonly StockRow['kind'][]) =>
  (call: Call): unknown => {
    const asked = nodeOf(call, 'data')
    checkAsked(call, asked, NEED_ONE, NEED_ONE_SAID)
    return answer(
      call,
      call.infno,
      ownStock(call, kinds).flatMap((row) => {
        const found = stockRow(call, row)
        return fits(asked, found, row.happenedAt.slice(0, 10)) ? [found] : []
      }),
    )
  }

/** What the pharmacy said of people and prescription, as far as the answer has it. */
const SOLD = [
  'prsc_dr_cert_type', 'prsc_dr_certno', 'phar_cert_type', 'phar_certno', 'phar_name', 'phar_prac_cert_no', 'psn_cert_type', 'certno', 'psn_name', 'manu_date', 'expy_end', 'rx_flag', 'memo',
] as const

const saleRow = (call: Call, sale: SaleUpload, back: ReturnUpload | null): Found => {
  const sent = sale.details ?? {}
  return {
    ...common(call, { ...sale, number: sale.saleNumber, operator: '', operatorName: sale.sellerName }),
    ...sentOf(sent, SOLD),
    ...(back === null ? {} : { fixmedins_bchno: back.rowKey, crte_time: timeText(back.at), updt_time: timeText(back.at), opt_time: timeText(back.at) }),
    bilg_dr_name: sent.prsc_dr_name ?? '',
    hi_feesetl_type: sale.insured ? '1' : '0',
    setl_id: sale.setlId,
    psn_no: sale.psnNo,
    manu_lotnum: sale.lotNumber,
    trdn_flag: sale.split ? '1' : '0',
    sel_retn_time: back === null ? sale.soldAt : timeText(back.at),
    sel_retn_cnt: hundredths(back === null ? sale.countE4 : -back.countE4),
    sel_retn_opter_name: sale.sellerName,
    medins_prod_sel_no: sale.saleNumber,
  }
}

/** 3511: sales, and their returns as rows of their own with a negative count. */
const querySales = (call: Call): unknown => {
  const asked = nodeOf(call, 'data')
  checkAsked(call, asked, NEED_ONE, NEED_ONE_SAID)
  const { shelves } = call.province.store
  const returns = [...shelves.returns.values()]
  const found = [...shelves.sales.values()]
    .filter((sale) => sale.institution === call.institution.code)
    .flatMap((sale) => {
      const back = returns.find((candidate) => candidate.institution === sale.institution && candidate.saleKey === sale.rowKey) ?? null
      return [saleRow(call, sale, null), ...(back === null ? [] : [saleRow(call, sale, back)])]
    })
  return answer(call, call.infno, found.filter((row) => fits(asked, row, String(row.sel_retn_time).slice(0, 10))))
}

/** 3512: codes that came in with counts and changes, a row a code. */
const queryInboundCodes = (call: Call): unknown => {
  const asked = nodeOf(call, 'data')
  checkAsked(call, asked, [...NEED_ONE, 'med_list_codg'], `医疗目录编码、${NEED_ONE_SAID}`)
  const found = ownStock(call, ['take', 'change']).flatMap((row) =>
    row.codes.flatMap((code) => {
      const one = { ...stockRow(call, row), drug_trac_codg: code, fix_blng_admdvs: call.institution.area }
      return fits(asked, one, row.happenedAt.slice(0, 10)) ? [one] : []
    }),
  )
  return answer(call, call.infno, found)
}

export const stockQueries = {
  3508: queryStock('take'),
  3509: queryStock('change'),
  3510: queryStock('purchase', 'purchase-return'),
  3511: querySales,
  3512: queryInboundCodes,
}
