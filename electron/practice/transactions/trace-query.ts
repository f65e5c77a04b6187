import type { SaleUpload } from '../book-records.ts'
import { nodeOf } from '../call.ts'
import type { Call, Row } from '../call.ts'
import { salesOfCode } from '../code-register.ts'
import { dateText, timeText } from '../province-time.ts'
import { refuse } from '../refusal.ts'
import { textOf } from '../wire-values.ts'

const ONE_OF = ['med_list_codg', 'medins_list_codg', 'fixmedins_bchno', 'mdtrt_id', 'certno'] as const
/** Keys that only the asking shop's own rows can answer: another shop's item numbers, visits and patients are nobody's business. */
const OWN_KEYS = ['medins_list_codg', 'fixmedins_bchno', 'mdtrt_id', 'certno', 'psn_no'] as const
const MOST_ROWS = 500

const wanted = (row: Row, field: string, value: string): boolean => textOf(row, field) === '' || textOf(row, field) === value
const inPeriod = (row: Row, day: string): boolean =>
  (textOf(row, 'begndate') === '' || day >= textOf(row, 'begndate')) && (textOf(row, 'enddate') === '' || day <= textOf(row, 'enddate'))

const ownRow = (call: Call, sale: SaleUpload, code: string): unknown => ({
  fixmedinsCode: sale.institution,
  medListCodg: sale.nationalCode,
  medinsListCodg: sale.itemId,
  medinsListName: sale.itemName,
  fixmedinsBchno: sale.rowKey,
  mdtrtId: sale.visit,
  mdtrtSetlType: sale.insured ? '1' : '2',
  drugTracCodg: code,
  psnNo: sale.psnNo,
  trdnFlag: sale.split ? '1' : '0',
  opterName: sale.sellerName,
  memo: sale.returnedBy === null ? '' : '已退货',
  crteTime: timeText(sale.at),
  updtTime: timeText(sale.at),
  fixBlngAdmdvs: call.institution.area,
})

/** What this shop uploaded as sold. */
const ownSales = (call: Call, row: Row): unknown[] => {
  const { store, people } = call.province
  return [...store.shelves.sales.values()]
    .filter(
      (sale) =>
        sale.institution === call.institution.code &&
        wanted(row, 'med_list_codg', sale.nationalCode) &&
        wanted(row, 'medins_list_codg', sale.itemId) &&
        wanted(row, 'fixmedins_bchno', sale.rowKey) &&
        wanted(row, 'mdtrt_id', sale.visit) &&
        wanted(row, 'psn_no', sale.psnNo) &&
        wanted(row, 'certno', people.get(sale.psnNo)?.idNumber ?? '') &&
        inPeriod(row, sale.soldAt.slice(0, 10)),
    )
    .flatMap((sale) => sale.codes.filter((code) => wanted(row, 'drug_trac_codg', code)).map((code) => ownRow(call, sale, code)))
}

/** One named pack that others sold: where and when, never to whom or by whom. A sale they took back is no sale. */
const foreignSales = (call: Call, row: Row): unknown[] => {
  const { province, institution } = call
  const code = textOf(row, 'drug_trac_codg')
  if (province.profile.traceQuery === 'own-uploads' || code === '' || OWN_KEYS.some((key) => textOf(row, key) !== '')) return []
  return salesOfCode(province.store, code).flatMap((sale) => {
    const nationalCode = sale.nationalCode || (province.catalogue.nationalCodeOfIdentifier(code.slice(0, 7)) ?? '')
    if (sale.institution === institution.code || !wanted(row, 'med_list_codg', nationalCode) || !inPeriod(row, dateText(sale.at))) return []
    return [
      {
        fixmedinsCode: sale.institution,
        medListCodg: nationalCode,
        drugTracCodg: code,
        trdnFlag: sale.split ? '1' : '0',
        memo: '',
        crteTime: timeText(sale.at),
        updtTime: timeText(sale.at),
        fixBlngAdmdvs: province.profile.institutions.find((other) => other.code === sale.institution)?.area ?? '',
      },
    ]
  })
}

/** 3513: sales of goods with trace codes, a row a code. Field names are camel case in this answer, as the paper has them. Whether it tells of other shops' sales the paper does not say: `traceQuery`. */
export const querySoldCodes = (call: Call): unknown => {
  const row = nodeOf(call, 'data')
  if (textOf(row, 'fixmedins_code') !== call.institution.code) refuse('定点医药机构编号(fixmedins_code)与报文头不一致')
  if (ONE_OF.every((code) => textOf(row, code) === ''))
    refuse('医疗目录编码、医药机构目录编码、定点医药机构批次流水号、就诊ID、人员证件号码中,必须传其中一个字段')
  if (textOf(row, 'begndate') !== '' && textOf(row, 'enddate') !== '' && textOf(row, 'begndate') > textOf(row, 'enddate'))
    refuse('开始日期(begndate)晚于结束日期(enddate)')
  const found = [...ownSales(call, row), ...foreignSales(call, row)].slice(0, MOST_ROWS)
  return { output: found.map((sale, index) => ({ ...(sale as object), rid: `${call.msgid}-${index + 1}` })) }
}
