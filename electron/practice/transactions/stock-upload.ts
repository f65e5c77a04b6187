import type { StockRow } from '../records/stock.ts'
import { nodeOf, rowsOf } from '../call.ts'
import type { Call, Row } from '../call.ts'
import { dateText } from '../province-time.ts'
import { refuseRow, RowRefusal } from '../refusal.ts'
import { isUnused, scaled, textOf } from '../wire-values.ts'
import { codesOf, digestOf, NO_NATIONAL_CODE, textsOf } from './upload-sale.ts'

type Kind = StockRow['kind']

export const stockKey = (call: Call, kind: Kind, rowKey: string): string => `${call.institution.code}:${kind}:${rowKey}`

interface Form {
  readonly kind: Kind
  readonly count: string
  readonly price: string
  readonly happened: string
  readonly prefix: string
  /** What the answer calls the province's number. */
  readonly numberField: string
}

const FORMS: Readonly<Record<Kind, Form>> = {
  take: { kind: 'take', count: 'inv_cnt', price: 'pric', happened: 'invdate', prefix: 'I', numberField: 'medins_prod_inv_no' },
  change: { kind: 'change', count: 'cnt', price: 'pric', happened: 'inv_chg_time', prefix: 'C', numberField: 'medins_prod_inv_chg_no' },
  purchase: { kind: 'purchase', count: 'purc_retn_cnt', price: 'finl_trns_pric', happened: 'purc_retn_stoin_time', prefix: 'P', numberField: 'medins_prod_purc_no' },
  'purchase-return': {
    kind: 'purchase-return', count: 'purc_retn_cnt', price: 'finl_trns_pric', happened: 'purc_retn_stoin_time', prefix: 'R', numberField: 'medins_prod_purc_no',
  },
}

const labels: Readonly<Record<string, string>> = { inv_cnt: '库存数量', cnt: '数量', purc_retn_cnt: '采购/退货数量' }

/** A count may find an empty shelf; everything else moves something. */
const countOf = (form: Form, row: Row): number => {
  const count = scaled(row[form.count], 4) ?? refuseRow(`${labels[form.count]}(${form.count})超出范围`)
  if (form.kind === 'take' ? count < 0 : count <= 0) refuseRow(`${labels[form.count]}(${form.count})必须大于${form.kind === 'take' ? '等于' : ''}0`)
  return count
}

const checkDates = (call: Call, form: Form, row: Row): void => {
  const today = dateText(call.now)
  const day = textOf(row, form.happened).slice(0, 10)
  if (day > today) refuseRow(`日期(${form.happened})晚于当前日期`)
  const [made, expires] = [textOf(row, 'manu_date'), textOf(row, 'expy_end')]
  if (made > today) refuseRow('生产日期(manu_date)晚于当前日期')
  if (made !== '' && expires !== '' && expires <= made) refuseRow('有效期止(expy_end)早于生产日期(manu_date)')
  // A shop buys nothing that is over; what is over may be counted, written off and sent back.
  if (form.kind === 'purchase' && expires !== '' && expires < day) refuseRow('药品已过有效期(expy_end)')
}

const bought = (call: Call): readonly StockRow[] =>
  [...call.province.store.shelves.stockRows.values()].filter((row) => row.institution === call.institution.code && row.kind === 'purchase')

/** By the province's number, else by the batch number of the purchase, else by drug, supplier and invoice: a return may carry a batch number of its own. */
const purchaseOf = (call: Call, row: Row): StockRow => {
  const number = textOf(row, 'medins_prod_purc_no')
  const purchases = bought(call)
  const found =
    number === ''
      ? (purchases.find((purchase) => purchase.rowKey === textOf(row, 'fixmedins_bchno')) ??
        purchases.find(
          (purchase) =>
            purchase.nationalCode === textOf(row, 'med_list_codg') &&
            purchase.itemId === textOf(row, 'fixmedins_hilist_id') &&
            purchase.row.spler_name === textOf(row, 'spler_name') &&
            purchase.row.purc_invo_no === textOf(row, 'purc_invo_no'),
        ))
      : purchases.find((purchase) => purchase.number === number)
  if (found === undefined) return refuseRow('未找到对应的采购记录')
  if (found.nationalCode !== textOf(row, 'med_list_codg')) refuseRow('药品与采购记录不一致')
  return found
}

const checkReturned = (call: Call, purchase: StockRow, countE4: number): void => {
  let returned = countE4
  for (const row of call.province.store.shelves.stockRows.values())
    if (row.kind === 'purchase-return' && row.institution === call.institution.code && row.purchase === purchase.number) returned += row.countE4
  if (returned > purchase.countE4) refuseRow('退货数量超过采购数量')
}

/** Puts one row on the shelf and gives it; throws a RowRefusal with the reason. */
export const bookStockRow = (call: Call, kind: Kind, row: Row): StockRow => {
  const { store, profile, catalogue } = call.province
  const form = FORMS[kind]
  const rowKey = textOf(row, 'fixmedins_bchno')
  const digest = digestOf(row)
  const key = stockKey(call, kind, rowKey)
  const known = store.shelves.stockRows.get(key)
  if (known !== undefined)
    return profile.repeatedRowKey === 'accept-same' && known.digest === digest ? known : refuseRow('定点医药机构批次流水号(fixmedins_bchno)重复')
  const nationalCode = textOf(row, 'med_list_codg')
  if (nationalCode !== NO_NATIONAL_CODE && catalogue.drug(nationalCode) === null) refuseRow(`医疗目录编码[${nationalCode}]在医保目录中不存在`)
  const countE4 = countOf(form, row)
  const priceMicro = isUnused(row[form.price]) ? null : scaled(row[form.price], 6)
  if (priceMicro !== null && priceMicro < 0) refuseRow(`单价(${form.price})不能小于0`)
  checkDates(call, form, row)
  const codes = codesOf(row)
  if (new Set(codes).size !== codes.length) refuseRow('药品追溯码(drug_trac_codg)重复')
  const purchase = kind === 'purchase-return' ? purchaseOf(call, row) : null
  if (purchase !== null) checkReturned(call, purchase, countE4)
  const booked: StockRow = {
    kind,
    number: `${form.prefix}${String(store.next(`stock-${kind}`)).padStart(12, '0')}`,
    rowKey,
    institution: call.institution.code,
    msgid: call.msgid,
    operator: call.operator,
    operatorName: call.operatorName,
    nationalCode,
    itemId: textOf(row, 'fixmedins_hilist_id'),
    itemName: textOf(row, 'fixmedins_hilist_name'),
    countE4,
    priceMicro,
    happenedAt: textOf(row, form.happened),
    codes: [...codes],
    purchase: purchase?.number ?? '',
    row: textsOf(row),
    at: call.now,
    digest,
  }
  store.put('stockRows', key, booked)
  return booked
}

/** 3501 3502 3503 3504: one row, its fate in `result` as in the sales' answers; the paper prints no answer. */
const uploadOne =
  (kind: Kind, node: string) =>
  (call: Call): unknown => ({ result: { retRslt: '1', msgRslt: '', [FORMS[kind].numberField]: bookStockRow(call, kind, nodeOf(call, node)).number } })

/** One row's reason, or null: a refused row must not keep the others from the books. */
const attempt = (book: () => void): string | null => {
  try {
    book()
    return null
  } catch (error) {
    if (error instanceof RowRefusal) return error.message
    throw error
  }
}

const failed = (row: Row, text: string, more: Readonly<Record<string, string>>): unknown => ({
  med_list_codg: textOf(row, 'med_list_codg'),
  ...more,
  fixmedins_hilist_id: textOf(row, 'fixmedins_hilist_id'),
  fixmedins_hilist_name: textOf(row, 'fixmedins_hilist_name'),
  fixmedins_bchno: textOf(row, 'fixmedins_bchno'),
  retRslt: '0',
  msgRslt: text,
  memo: textOf(row, 'memo'),
})

/** 3501A has no place for a row's own fate: all rows are booked or none. */
const uploadTakes = (call: Call): unknown => {
  rowsOf(call.input.invinfoDetail).forEach((row, index) => {
    const text = attempt(() => bookStockRow(call, 'take', row))
    if (text !== null) refuseRow(`第${index + 1}行:${text}`)
  })
  return { result: { retRslt: '1', msgRslt: '' } }
}

/** 3502A, 3504A: only the rows that failed are answered. */
const uploadMany =
  (kind: Kind, node: string, answer: string, more: (row: Row) => Readonly<Record<string, string>>) =>
  (call: Call): unknown => ({
    [answer]: rowsOf(call.input[node]).flatMap((row) => {
      const text = attempt(() => bookStockRow(call, kind, row))
      return text === null ? [] : [failed(row, text, more(row))]
    }),
  })

/** 3503A: every row comes back with its fate and its number. */
const uploadPurchases = (call: Call): unknown => ({
  purcinfoDetail: rowsOf(call.input.purcinfoDetail).map((row) => {
    let number = ''
    const text = attempt(() => {
      for (const file of rowsOf(row.purc_invo_file_List)) {
        if (textOf(file, 'fixmedins_bchno') !== textOf(row, 'fixmedins_bchno')) refuseRow('采购单据的批次流水号(fixmedins_bchno)与采购信息不一致')
        if (!/^[0-9A-Za-z+/]+={0,2}$/.test(textOf(file, 'file_data'))) refuseRow('采购单据文件内容(file_data)应为Base64编码')
        if (!/\.\w+$/.test(textOf(file, 'file_name'))) refuseRow('采购单据文件名(file_name)必须带后缀')
      }
      ;({ number } = bookStockRow(call, 'purchase', row))
    })
    const { purc_invo_file_List: _files, ...own } = row
    return { ...own, medins_prod_purc_no: number, retRslt: text === null ? '1' : '0', msgRslt: text ?? '' }
  }),
})

export const stockUploads = {
  3501: uploadOne('take', 'invinfo'),
  3502: uploadOne('change', 'invinfo'),
  3503: uploadOne('purchase', 'purcinfo'),
  3504: uploadOne('purchase-return', 'purcinfo'),
  '3501A': uploadTakes,
  '3502A': uploadMany('change', 'invinfoDetail', 'invinfoErrDetail', (row) => ({ inv_chg_type: textOf(row, 'inv_chg_type') })),
  '3503A': uploadPurchases,
  '3504A': uploadMany('purchase-return', 'purcinfoDetail', 'purcinfoErrDetail', (row) => ({ medins_prod_purc_no: textOf(row, 'medins_prod_purc_no') })),
}
