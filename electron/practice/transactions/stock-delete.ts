import { nodeOf } from '../call.ts'
import type { Call } from '../call.ts'
import { codeTail, registerCode, releaseCode, saleHolder, salesOfCode } from '../code-register.ts'
import { refuseRow } from '../refusal.ts'
import { textOf } from '../wire-values.ts'
import { stockKey } from './stock-upload.ts'
import { uploadKey } from './upload-sale.ts'

/** A returned pack would be sold again by the deletion of its return: only when nobody sold it meanwhile. */
const deleteReturn = (call: Call, rowKey: string): boolean => {
  const { store } = call.province
  const back = store.shelves.returns.get(uploadKey(call, rowKey))
  if (back === undefined) return false
  const sale = store.shelves.sales.get(uploadKey(call, back.saleKey))
  if (sale !== undefined) {
    // Looked at first: a row of a batch that is refused must have written nothing.
    const again = sale.insured || sale.split ? undefined : sale.codes.find((code) => salesOfCode(store, code).length > 0)
    if (again !== undefined) refuseRow(`追溯码[${codeTail(again)}]退货后已再次销售,退货记录不能删除`)
    if (!sale.insured)
      for (const code of sale.codes)
        registerCode(store, code, { holder: saleHolder(sale.institution, sale.rowKey), institution: sale.institution, nationalCode: sale.nationalCode, split: sale.split, at: sale.at })
    store.put('sales', uploadKey(call, sale.rowKey), { ...sale, returnedBy: null })
  }
  store.remove('returns', uploadKey(call, rowKey))
  return true
}

const deleteSale = (call: Call, rowKey: string): boolean => {
  const { store } = call.province
  const sale = store.shelves.sales.get(uploadKey(call, rowKey))
  if (sale === undefined) return false
  if (sale.returnedBy !== null) {
    store.remove('returns', uploadKey(call, sale.returnedBy))
  } else if (!sale.insured) for (const code of sale.codes) releaseCode(store, code, saleHolder(sale.institution, sale.rowKey))
  store.remove('sales', uploadKey(call, rowKey))
  return true
}

const deletePurchase = (call: Call, rowKey: string): boolean => {
  const { store } = call.province
  const purchase = store.shelves.stockRows.get(stockKey(call, 'purchase', rowKey))
  const returned = store.shelves.stockRows.get(stockKey(call, 'purchase-return', rowKey))
  const others = [...store.shelves.stockRows.values()].some(
    (row) => row.kind === 'purchase-return' && purchase !== undefined && row.institution === purchase.institution && row.purchase === purchase.number && row.rowKey !== rowKey,
  )
  if (others) refuseRow('该采购记录已有退货记录,不能删除')
  if (returned !== undefined) store.remove('stockRows', stockKey(call, 'purchase-return', rowKey))
  if (purchase !== undefined) store.remove('stockRows', stockKey(call, 'purchase', rowKey))
  return purchase !== undefined || returned !== undefined
}

const deleteStockRow = (call: Call, kind: 'take' | 'change', rowKey: string): boolean => {
  const key = stockKey(call, kind, rowKey)
  const known = call.province.store.shelves.stockRows.get(key) !== undefined
  if (known) call.province.store.remove('stockRows', key)
  return known
}

/**
 * Takes out what was uploaded under one batch number: 1 counts, 2 changes, 3 purchases and their returns, 4 sales and their returns.
 * A settlement keeps its codes: what was paid for is not unsold by a deletion. Throws a RowRefusal.
 */
export const deleteUploads = (call: Call, rowKey: string, dataType: string): void => {
  const found = ((): boolean => {
    switch (dataType) {
      case '1':
        return deleteStockRow(call, 'take', rowKey)
      case '2':
        return deleteStockRow(call, 'change', rowKey)
      case '3':
        return deletePurchase(call, rowKey)
      case '4': {
        const returned = deleteReturn(call, rowKey)
        return deleteSale(call, rowKey) || returned
      }
      default:
        return refuseRow(`进销存数据类型(inv_data_type)的值[${dataType.slice(0, 20)}]不在字典中`)
    }
  })()
  if (!found) refuseRow('未找到要删除的记录')
}

/** 3507. */
export const deleteGoods = (call: Call): unknown => {
  const row = nodeOf(call, 'data')
  deleteUploads(call, textOf(row, 'fixmedins_bchno'), textOf(row, 'inv_data_type'))
  return { result: { retRslt: '1', msgRslt: '' } }
}
