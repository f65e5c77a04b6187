import { z } from 'zod'
import { neededText, row, someText } from '../answer-fields.ts'
import type { AnswerOf, WordsOf } from '../wire-row.ts'
import { answerRow, count, day, money, optional, price, sentRow, time, words } from '../wire-row.ts'

/** 2166 purchase of a person insured elsewhere: tried. The table has no nodes: the fields stand in the input itself, the lines under `feedetl`. */
const purchase = sentRow({
  voucherToken: ['ec_token', words(64)],
  institutionCode: ['fixmedins_code', words(20)],
  institutionName: ['fixmedins_name', words(50)],
  region: ['insuplc', words(6)],
  visitArea: ['mdtrtarea', words(6)],
  personNumber: ['psn_no', words(30)],
  socialSecurityNumber: ['ssn', words(18)],
  personName: ['psn_name', words(50)],
  gender: ['gend', words(3, 'gend')],
  bornOn: ['brdy', day()],
  employerNumber: ['emp_no', optional(words(20))],
  employerName: ['emp_name', optional(words(100))],
  visitSerial: ['mdtrtsn', words(20)],
  medType: ['med_type', words(3, 'med_type')],
  personType: ['psn_type', words(3, 'psn_type')],
  insuranceType: ['insutype', words(3, 'insutype')],
  boughtOn: ['dscg_date', day()],
  totalFen: ['medfee_sumamt', money()],
  operatorName: ['opter_name', words(50)],
})

const line = sentRow({
  lineNumber: ['feedetl_sn', words(30)],
  drugId: ['medins_list_codg', words(50)],
  drugName: ['medins_list_name', words(100)],
  insuranceListCode: ['hilist_code', optional(words(50))],
  insuranceListName: ['hilist_name', optional(words(100))],
  insuranceListType: ['hilist_type', words(3, 'hilist_type')],
  level: ['chrgitm_lv', optional(words(3, 'chrgitm_lv'))],
  invoiceItemType: ['med_invo_item_type', optional(words(3, 'med_invo_item_type'))],
  unitPrice: ['pric', price()],
  quantity: ['cnt', count(10, 4)],
  amountFen: ['amt', money()],
  dosageForm: ['dosform', optional(words(20))],
  doseUnit: ['dosunt', optional(words(20))],
  singleDose: ['sin_dos', optional(count(16, 2))],
  spec: ['spec', optional(words(50))],
  origin: ['orplc', optional(words(100))],
  usage: ['used_mtd', optional(words(50))],
  at: ['detl_ocur_time', time()],
  doctorName: ['adm_diag_dr', optional(words(50))],
  operatorName: ['opter_name', words(50)],
  handledAt: ['opt_time', optional(time())],
})
export type OutsidePurchase = WordsOf<typeof purchase> & { readonly lines: readonly WordsOf<typeof line>[] }

export const input = purchase.schema.extend({ feedetl: z.array(line.schema).min(1) })

/** The header's total is the sum of the lines (note 4 of the table). */
const adds = z.custom<OutsidePurchase>((value) => { const { lines, totalFen } = value as OutsidePurchase; return lines.reduce((sum, { amountFen }) => sum + amountFen, 0) === totalFen }, 'lines do not add up to the total')

export const build = (asked: OutsidePurchase): z.infer<typeof input> => {
  adds.parse(asked)
  return input.parse({ ...purchase.write(asked), feedetl: asked.lines.map(line.write) })
}

const order = answerRow({
  registrationNumber: ['mdtrt_regno', neededText(20)],
  notice: ['prmmsg', someText(500)],
  pushed: ['push_flag', someText(10)],
})
export type OutsideOrderPlaced = AnswerOf<typeof order>
export const outputNodes = { '': order.schema }

/** The paper prints the answer among the inputs. `pushed` is `true` or `false`: whether the person's telephone was told. */
export const read = (answer: unknown): OutsideOrderPlaced => row(order.words).parse(answer)
