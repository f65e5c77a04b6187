import type { SaleUpload } from '../book-records.ts'
import { nodeOf } from '../call.ts'
import type { Call, Row } from '../call.ts'
import { codeTail, releaseCode, saleHolder } from '../code-register.ts'
import { refuseRow } from '../refusal.ts'
import { textOf } from '../wire-values.ts'
import { codesOf, digestOf, readGoods, rowResult, uploadKey } from './upload-sale.ts'

/** By the platform's own sale number, by the same row key, else by visit, drug and codes: a return may carry a row key of its own. */
const saleOf = (call: Call, row: Row): SaleUpload => {
  const { sales } = call.province.store.shelves
  const own = [...sales.values()].filter((sale) => sale.institution === call.institution.code)
  const number = textOf(row, 'medins_prod_sel_no')
  const codes = codesOf(row)
  const sale =
    number === ''
      ? (sales.get(uploadKey(call, textOf(row, 'fixmedins_bchno'))) ??
        own.find(
          (candidate) =>
            candidate.visit === textOf(row, 'mdtrt_sn') &&
            candidate.nationalCode === textOf(row, 'med_list_codg') &&
            candidate.returnedBy === null &&
            codes.every((code) => candidate.codes.includes(code)) &&
            codes.length === candidate.codes.length,
        ))
      : own.find((candidate) => candidate.saleNumber === number)
  return sale ?? refuseRow('未找到对应的销售记录')
}

/** The whole of one uploaded row comes back: its sale; null: known already. What it gets wrong is a RowRefusal. */
export const bookReturnRow = (call: Call, row: Row): SaleUpload | null => {
  const { store, profile } = call.province
  const rowKey = textOf(row, 'fixmedins_bchno')
  const digest = digestOf(row)
  const known = store.shelves.returns.get(uploadKey(call, rowKey))
  if (known !== undefined)
    return profile.repeatedRowKey === 'accept-same' && known.digest === digest ? null : refuseRow('定点医药机构批次流水号(fixmedins_bchno)重复')
  const sale = saleOf(call, row)
  if (sale.returnedBy !== null) refuseRow('该销售记录已退货')
  const goods = readGoods(call, row)
  if (goods.nationalCode !== sale.nationalCode) refuseRow('药品与销售记录不一致')
  if (goods.countE4 !== sale.countE4) refuseRow('退货数量与销售数量不一致')
  const stray = goods.codes.find((code) => !sale.codes.includes(code))
  if (stray !== undefined || goods.codes.length !== sale.codes.length) refuseRow(`追溯码${stray === undefined ? '' : `[${codeTail(stray)}]`}与销售记录不一致`)
  if (sale.insured && store.shelves.settlements.get(sale.setlId)?.state !== 'cancelled') refuseRow('医保结算未撤销,不能退货')
  if (!sale.insured) for (const code of sale.codes) releaseCode(store, code, saleHolder(sale.institution, sale.rowKey))
  store.put('sales', uploadKey(call, sale.rowKey), { ...sale, returnedBy: rowKey })
  store.put('returns', uploadKey(call, rowKey), {
    rowKey,
    msgid: call.msgid,
    institution: call.institution.code,
    saleKey: sale.rowKey,
    countE4: goods.countE4,
    codes: [...goods.codes],
    at: call.now,
    digest,
  })
  return sale
}

/** 3506. */
export const uploadReturn = (call: Call): unknown => rowResult(bookReturnRow(call, nodeOf(call, 'selinfo')))
