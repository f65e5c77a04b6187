import { z } from 'zod'
import { rows, someText, someTime, someFlag } from '../answer-fields.ts'
import type { AnswerRow } from '../wire-row.ts'
import { day, flag, optional, words } from '../wire-row.ts'

/** What the questions about goods that were uploaded (3508–3512) ask and answer alike. The answers are camel case, as printed. */

/** The paper prints both keys as required and says in a note that one of them must be sent: the note counts. */
export const goodsQuestion = {
  institutionCode: ['fixmedins_code', words(30)],
  drugId: ['medins_list_codg', optional(words(150))],
  rowKey: ['fixmedins_bchno', optional(words(30))],
  from: ['begndate', day()],
  to: ['enddate', day()],
  nationalCode: ['med_list_codg', optional(words(50))],
} as const
export const ONE_KEY = { path: ['medins_list_codg'], message: 'one key must be given' }
export const hasKey = (...names: readonly string[]) => (data: Readonly<Record<string, unknown>>): boolean => names.some((name) => data[name] !== undefined)

/** Filters that all of them take. */
export const goodsFilters = {
  drugName: ['medins_list_name', optional(words(100))],
  prescriptionOnly: ['rx_flag', optional(flag(3, 'rx_flag'))],
  specialItem: ['list_sp_item_flag', optional(words(3, 'list_sp_item_flag'))],
  note: ['memo', optional(words(500))],
  valid: ['vali_flag', optional(flag(3, 'vali_flag'))],
  rowId: ['rid', optional(words(40))],
  creatorId: ['crter_id', optional(words(20))],
  creatorName: ['crter_name', optional(words(50))],
  creatorOffice: ['crte_optins_no', optional(words(20))],
  handlerId: ['opter_id', optional(words(20))],
  handlerName: ['opter_name', optional(words(50))],
  office: ['optins_no', optional(words(20))],
  poolingArea: ['poolarea_no', optional(words(6))],
} as const

/** What every row of the answers says. */
export const heldGoods = {
  institutionCode: ['fixmedinsCode', someText(30)],
  nationalCode: ['medListCodg', someText(50)],
  drugId: ['medinsListCodg', someText(150)],
  drugName: ['medinsListName', someText(100)],
  rowKey: ['fixmedinsBchno', someText(30)],
  prescriptionOnly: ['rxFlag', someFlag(3, 'rx_flag')],
  specialItem: ['listSpItemFlag', someText(3, 'list_sp_item_flag')],
  note: ['memo', someText(500)],
  valid: ['valiFlag', someFlag(3, 'vali_flag')],
  rowId: ['rid', someText(40)],
  creatorId: ['crterId', someText(20)],
  creatorName: ['crterName', someText(50)],
  creatorOffice: ['crteOptinsNo', someText(20)],
  createdAt: ['crteTime', someTime()],
  updatedAt: ['updtTime', someTime()],
  handlerId: ['opterId', someText(20)],
  handlerName: ['opterName', someText(50)],
  handledAt: ['optTime', someTime()],
  office: ['optinsNo', someText(20)],
  poolingArea: ['poolareaNo', someText(6)],
} as const

/** The node is called `output` inside the output; seen without it elsewhere in the family. Throws ZodError. */
export const readHeldGoods = <T>(row: AnswerRow<T>, answer: unknown): readonly T[] =>
  z.preprocess((value) => (typeof value === 'object' && value !== null && 'output' in value ? value.output : value), rows(row.words)).parse(answer ?? null)
