import { z } from 'zod'
import { neededText, row, someText } from '../answer-fields.ts'
import { text } from '../wire-fields.ts'

/** 3592B virtual trace code: for a drug that has none. */
export const input = z.strictObject({
  data: z.strictObject({ med_list_codg: text(50), fixmedins_hilist_id: text(30), fixmedins_hilist_name: text(200), fixmedins_bchno: text(30), memo: text(500).optional() }),
})

export const build = (drug: { readonly nationalCode: string; readonly drugId: string; readonly drugName: string; readonly rowKey: string }, uncoded: string): z.infer<typeof input> =>
  input.parse({ data: { med_list_codg: drug.nationalCode || uncoded, fixmedins_hilist_id: drug.drugId, fixmedins_hilist_name: drug.drugName, fixmedins_bchno: drug.rowKey } })

export const outputNodes = { result: z.object({ med_list_codg: someText(50), fixmedins_hilist_id: someText(30), fixmedins_hilist_name: someText(200), drug_trac_codg: neededText(500) }) }
const output = row(z.object({ result: row(outputNodes.result) }))

/** The width of 2102 and of our ledger; the table would let 500 through. */
const LONGEST_CODE = 100

export const read = (answer: unknown): string => z.string().max(LONGEST_CODE).parse(output.parse(answer).result.drug_trac_codg)
