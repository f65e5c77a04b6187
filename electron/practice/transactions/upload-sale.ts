import { createHash } from 'node:crypto'
import { sum } from '../amounts.ts'
import type { SaleUpload, Settlement } from '../book-records.ts'
import { nodeOf, rowsOf } from '../call.ts'
import type { Call, Row } from '../call.ts'
import { bookFlags, checkCodes } from '../check-codes.ts'
import { codeTail, registerCode, saleHolder } from '../code-register.ts'
import { dateText } from '../province-time.ts'
import { refuseRow } from '../refusal.ts'
import { isUnused, scaled, textOf } from '../wire-values.ts'

/** The default where a drug has no national code. */
export const NO_NATIONAL_CODE = 'NMLC999'

export const rowResult = (sale: SaleUpload | null): unknown => ({
  result: { retRslt: '1', msgRslt: '', ...(sale === null ? {} : { medins_prod_sel_no: sale.saleNumber }) },
})
export const refusedRowResult = (text: string): unknown => ({ result: { retRslt: '0', msgRslt: text } })

/** Same content, same digest, whatever the order of its keys. */
export const digestOf = (row: Row): string =>
  createHash('sha256')
    .update(JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1))))
    .digest('hex')

/** What of a row is text: its dates, names and numbers of papers. */
export const textsOf = (row: Row): Record<string, string> =>
  Object.fromEntries(Object.entries(row).filter((entry): entry is [string, string] => typeof entry[1] === 'string' && !isUnused(entry[1])))

export const uploadKey = (call: Call, rowKey: string): string => `${call.institution.code}:${rowKey}`

export const codesOf = (row: Row): readonly string[] =>
  rowsOf(row.drugtracinfo)
    .map((trace) => textOf(trace, 'drug_trac_codg'))
    .filter((code) => code !== '')

/** Read and checked alike for sale and return. */
export const readGoods = (call: Call, row: Row): { nationalCode: string; countE4: number; split: boolean; codes: readonly string[]; soldOn: string } => {
  const nationalCode = textOf(row, 'med_list_codg')
  if (nationalCode !== NO_NATIONAL_CODE && call.province.catalogue.drug(nationalCode) === null) refuseRow(`医疗目录编码[${nationalCode}]在医保目录中不存在`)
  const countE4 = scaled(row.sel_retn_cnt, 4) ?? 0
  if (countE4 <= 0) refuseRow('销售/退货数量(sel_retn_cnt)必须大于0')
  const soldOn = textOf(row, 'sel_retn_time').slice(0, 10)
  if (soldOn > dateText(call.now)) refuseRow('销售/退货时间(sel_retn_time)晚于当前日期')
  if (textOf(row, 'manu_date') > soldOn) refuseRow('生产日期(manu_date)晚于销售日期')
  return { nationalCode, countE4, split: textOf(row, 'trdn_flag') === '1', codes: codesOf(row), soldOn }
}

const isInsured = (row: Row): boolean => {
  const type = textOf(row, 'MDTRT_SETL_TYPE')
  if (type !== '' && type !== '1' && type !== '2') refuseRow('就诊结算类型(MDTRT_SETL_TYPE)应为1或2')
  const hasSettlement = textOf(row, 'setl_id') !== ''
  if (type === '1' && !hasSettlement) refuseRow('医保结算必须填写结算ID(setl_id)')
  if (type === '2' && hasSettlement) refuseRow('自费结算不应填写结算ID(setl_id)')
  return hasSettlement
}

/** The settlement an insured row names. A cancelled one is taken too (the sale was made, its return follows); a reversed one never was. */
const settlementOf = (call: Call, row: Row): Settlement => {
  const settlement = call.province.store.shelves.settlements.get(textOf(row, 'setl_id'))
  if (settlement === undefined || settlement.institution !== call.institution.code) return refuseRow('结算ID(setl_id)不存在')
  if (settlement.state === 'reversed') refuseRow('该结算已冲正')
  if (settlement.mdtrtId !== textOf(row, 'mdtrt_sn')) refuseRow('就医流水号(mdtrt_sn)与就诊ID不一致')
  const psnNo = textOf(row, 'psn_no')
  if (psnNo !== '' && psnNo !== settlement.psnNo) refuseRow('人员编号(psn_no)与结算信息不一致')
  return settlement
}

/** Sold = settled: drug, quantity and codes of the upload must be those of the settlement (rules.md §1.5). */
const checkAgainstSettlement = (call: Call, settlement: Settlement, goods: ReturnType<typeof readGoods>): void => {
  const lines = settlement.lines.filter((line) => line.nationalCode === goods.nationalCode)
  if (lines.length === 0) refuseRow('药品与结算明细不一致')
  const settledCodes = new Set(lines.flatMap((line) => line.codes.map((entry) => entry.code)))
  const stray = goods.codes.find((code) => !settledCodes.has(code))
  if (stray !== undefined) refuseRow(`追溯码[${codeTail(stray)}]与结算明细不一致`)
  const earlier = [...call.province.store.shelves.sales.values()].filter(
    (sale) => sale.setlId === settlement.setlId && sale.nationalCode === goods.nationalCode,
  )
  const again = goods.codes.find((code) => !goods.split && earlier.some((sale) => sale.codes.includes(code)))
  if (again !== undefined) refuseRow(`追溯码[${codeTail(again)}]重复上传`)
  if (sum(earlier, (sale) => sale.countE4) + goods.countE4 > sum(lines, (line) => line.countE4)) refuseRow('销售数量超过结算数量')
}

const checkCount = (call: Call, goods: ReturnType<typeof readGoods>): void => {
  const kind = call.province.catalogue.drug(goods.nationalCode)?.kind
  if (kind === 'pieces') return
  if (goods.codes.length === 0) refuseRow('药品追溯码(drug_trac_codg)不能为空,无追溯码药品请获取虚拟追溯码')
  if (!goods.split && goods.codes.length * 10_000 !== goods.countE4) refuseRow(`追溯码数量${goods.codes.length}与销售数量${goods.countE4 / 10_000}不一致`)
}

/** One row of goods sold: its record, old or new. What it gets wrong is a RowRefusal, thrown before anything of it is on the shelves. */
export const bookSaleRow = (call: Call, row: Row): SaleUpload => {
  const { store, profile, catalogue } = call.province
  const rowKey = textOf(row, 'fixmedins_bchno')
  const digest = digestOf(row)
  const known = store.shelves.sales.get(uploadKey(call, rowKey))
  if (known !== undefined) {
    return profile.repeatedRowKey === 'accept-same' && known.digest === digest ? known : refuseRow('定点医药机构批次流水号(fixmedins_bchno)重复')
  }
  const insured = isInsured(row)
  const psnNo = textOf(row, 'psn_no')
  const goods = readGoods(call, row)
  if (textOf(row, 'expy_end') !== '' && textOf(row, 'expy_end') < goods.soldOn) refuseRow('药品已过有效期(expy_end)')
  checkCount(call, goods)
  const settlement = insured ? settlementOf(call, row) : null
  if (settlement === null) {
    const coded = {
      drug: catalogue.drug(goods.nationalCode),
      nationalCode: goods.nationalCode,
      countE4: goods.countE4,
      codes: goods.codes.map((code) => ({ code, split: goods.split })),
    }
    bookFlags(call, checkCodes(call, [coded], refuseRow))
    for (const code of goods.codes) {
      registerCode(store, code, {
        holder: saleHolder(call.institution.code, rowKey),
        institution: call.institution.code,
        nationalCode: goods.nationalCode,
        split: goods.split,
        at: call.now,
      })
    }
  } else checkAgainstSettlement(call, settlement, goods)
  const sale: SaleUpload = {
    rowKey,
    saleNumber: `S${String(store.next('sale-upload')).padStart(12, '0')}`,
    msgid: call.msgid,
    institution: call.institution.code,
    insured,
    setlId: settlement?.setlId ?? '',
    visit: textOf(row, 'mdtrt_sn'),
    psnNo,
    nationalCode: goods.nationalCode,
    itemId: textOf(row, 'fixmedins_hilist_id'),
    itemName: textOf(row, 'fixmedins_hilist_name'),
    countE4: goods.countE4,
    split: goods.split,
    codes: [...goods.codes],
    lotNumber: textOf(row, 'manu_lotnum'),
    soldAt: textOf(row, 'sel_retn_time'),
    receipt: textOf(row, 'rtal_docno'),
    sellerName: textOf(row, 'sel_retn_opter_name'),
    at: call.now,
    returnedBy: null,
    digest,
    details: textsOf(row),
  }
  store.put('sales', uploadKey(call, rowKey), sale)
  return sale
}

/** 3505. What the row gets wrong is answered at row level. */
export const uploadSale = (call: Call): unknown => rowResult(bookSaleRow(call, nodeOf(call, 'selinfo')))
