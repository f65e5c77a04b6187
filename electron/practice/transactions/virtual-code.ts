import { nodeOf } from '../call.ts'
import type { Call } from '../call.ts'
import { compactTime } from '../province-time.ts'
import { refuse } from '../refusal.ts'
import { textOf } from '../wire-values.ts'
import { NO_NATIONAL_CODE } from './upload-sale.ts'

/** 3592B: a code for one use, for a drug that has none. 20 characters, never taken for a printed code: XN + area + yyMMdd + running number. */
export const issueVirtualCode = (call: Call): unknown => {
  const row = nodeOf(call, 'data')
  const { store, catalogue } = call.province
  const nationalCode = textOf(row, 'med_list_codg')
  if (nationalCode !== NO_NATIONAL_CODE && catalogue.drug(nationalCode) === null) refuse(`医疗目录编码[${nationalCode}]在医保目录中不存在`)
  const itemId = textOf(row, 'fixmedins_hilist_id')
  const code = `XN${call.institution.area}${compactTime(call.now).slice(2, 8)}${String(store.next('virtual-code')).padStart(6, '0')}`
  store.put('virtualCodes', code, { code, institution: call.institution.code, nationalCode, itemId, rowKey: textOf(row, 'fixmedins_bchno'), at: call.now })
  return {
    result: { med_list_codg: nationalCode, fixmedins_hilist_id: itemId, fixmedins_hilist_name: textOf(row, 'fixmedins_hilist_name'), drug_trac_codg: code },
  }
}
