import { nodeOf } from '../call.ts'
import type { Call } from '../call.ts'
import { timeText } from '../province-time.ts'
import { refuse } from '../refusal.ts'
import { textOf } from '../wire-values.ts'

const ONE_OF = ['med_list_codg', 'medins_list_codg', 'fixmedins_bchno', 'mdtrt_id', 'certno'] as const
const MOST_ROWS = 500

/** 3513: what this shop uploaded as sold, one row a code. Field names are camel case in this answer, as the paper has them. */
export const querySoldCodes = (call: Call): unknown => {
  const row = nodeOf(call, 'data')
  const { store, people } = call.province
  if (textOf(row, 'fixmedins_code') !== call.institution.code) refuse('定点医药机构编号(fixmedins_code)与报文头不一致')
  if (ONE_OF.every((code) => textOf(row, code) === ''))
    refuse('医疗目录编码、医药机构目录编码、定点医药机构批次流水号、就诊ID、人员证件号码中,必须传其中一个字段')
  const wanted = (code: string, value: string): boolean => textOf(row, code) === '' || textOf(row, code) === value
  const output: unknown[] = []
  for (const sale of store.shelves.sales.values()) {
    const person = people.get(sale.psnNo)
    const day = sale.soldAt.slice(0, 10)
    if (sale.institution !== call.institution.code || !wanted('med_list_codg', sale.nationalCode) || !wanted('medins_list_codg', sale.itemId)) continue
    if (
      !wanted('fixmedins_bchno', sale.rowKey) ||
      !wanted('mdtrt_id', sale.visit) ||
      !wanted('psn_no', sale.psnNo) ||
      !wanted('certno', person?.idNumber ?? '')
    )
      continue
    if ((textOf(row, 'begndate') !== '' && day < textOf(row, 'begndate')) || (textOf(row, 'enddate') !== '' && day > textOf(row, 'enddate'))) continue
    for (const code of sale.codes) {
      if (!wanted('drug_trac_codg', code)) continue
      output.push({
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
        rid: `${sale.saleNumber}-${output.length + 1}`,
        memo: sale.returnedBy === null ? '' : '已退货',
        crteTime: timeText(sale.at),
        updtTime: timeText(sale.at),
        fixBlngAdmdvs: call.institution.area,
      })
    }
  }
  return { output: output.slice(0, MOST_ROWS) }
}
