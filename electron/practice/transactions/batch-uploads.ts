import { rowsOf } from '../call.ts'
import type { Call, Row } from '../call.ts'
import { refuse, RowRefusal } from '../refusal.ts'
import { textOf } from '../wire-values.ts'
import { deleteUploads } from './stock-delete.ts'
import { bookReturnRow } from './upload-return.ts'
import { bookSaleRow } from './upload-sale.ts'

/** 3505A, 3506A, 3507A: several rows a message, each with the fate it would have alone; a row refused throws before anything of it is on the shelves. */

const rowsIn = (call: Call, node: string): readonly Row[] => {
  const rows = rowsOf(call.input[node])
  const { batchRows } = call.province.profile
  return rows.length > batchRows ? refuse(`节点[${node}]不能超过${batchRows}行`) : rows
}

interface Fate<T> { readonly row: Row; readonly booked: T | null; readonly text: string | null }

const eachRow = <T>(call: Call, node: string, book: (row: Row) => T): readonly Fate<T>[] =>
  rowsIn(call, node).map((row, index) => {
    try {
      return { row, booked: book(row), text: null }
    } catch (error) {
      if (!(error instanceof RowRefusal)) throw error
      if (call.province.profile.batchUploads === 'all-or-none') refuse(`第${index + 1}行:${error.message}`)
      return { row, booked: null, text: error.message }
    }
  })

/** Every row comes back with what was sent, its fate and the province's number. */
const uploadSales = (call: Call): unknown => ({
  selinfoDetail: eachRow(call, 'selinfoDetail', (row) => bookSaleRow(call, row)).map(({ row, booked, text }) => {
    const { drugtracinfo: _codes, ...own } = row
    return { ...own, retRslt: text === null ? '1' : '0', msgRslt: text ?? '', medins_prod_sel_no: booked?.saleNumber ?? '' }
  }),
})

/** "If some rows fail, the output names them": only those. */
const uploadReturns = (call: Call): unknown => ({
  selinfoErrDetail: eachRow(call, 'selinfoDetail', (row) => bookReturnRow(call, row)).flatMap(({ row, text }) =>
    text === null
      ? []
      : [
          {
            med_list_codg: textOf(row, 'med_list_codg'),
            fixmedins_hilist_id: textOf(row, 'fixmedins_hilist_id'),
            fixmedins_hilist_name: textOf(row, 'fixmedins_hilist_name'),
            fixmedins_bchno: textOf(row, 'fixmedins_bchno'),
            medins_prod_sel_no: textOf(row, 'medins_prod_sel_no'),
            retRslt: '0',
            msgRslt: text,
            memo: textOf(row, 'memo'),
          },
        ],
  ),
})

const deleteMany = (call: Call): unknown => ({
  goodErrDetail: eachRow(call, 'goodDetail', (row) => deleteUploads(call, textOf(row, 'fixmedins_bchno'), textOf(row, 'inv_data_type'))).flatMap(({ row, text }) =>
    text === null ? [] : [{ fixmedins_bchno: textOf(row, 'fixmedins_bchno'), inv_data_type: textOf(row, 'inv_data_type'), retRslt: '0', msgRslt: text }],
  ),
})

export const batchUploads = { '3505A': uploadSales, '3506A': uploadReturns, '3507A': deleteMany }
