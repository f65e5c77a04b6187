import { rows, someDate, someFlag, someText } from '../answer-fields.ts'
import type { AnswerRow } from '../wire-row.ts'
import { day, whole } from '../wire-row.ts'

/** Lists that come page by page (1312, 1316–1319): the paper prints one flat row and no node, provinces wrap the rows as they like. */

/** Which page is asked for: of what changed since a day. */
export const pageFields = {
  updatedAt: ['updt_time', day()],
  page: ['page_num', whole(4)],
  pageSize: ['page_size', whole(4)],
} as const

/** What every row says of its own record. */
export const recordFields = {
  valid: ['vali_flag', someFlag(3, 'vali_flag')],
  rowId: ['rid', someText(40)],
  updatedAt: ['updt_time', someDate()],
  creatorId: ['crter_id', someText(20)],
  creatorName: ['crter_name', someText(50)],
  createdAt: ['crte_time', someDate()],
  creatorOffice: ['crte_optins_no', someText(20)],
  operatorId: ['opter_id', someText(20)],
  operatorName: ['opter_name', someText(50)],
  handledAt: ['opt_time', someDate()],
  office: ['optins_no', someText(20)],
} as const

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** A list · a list under some name beside page numbers · one row by itself · nothing. */
const rowsIn = (answer: unknown, names: readonly string[]): unknown => {
  if (!isRecord(answer)) return answer
  if (names.some((name) => name in answer)) return [answer]
  const lists = Object.values(answer).filter((value) => Array.isArray(value))
  const inner = Object.values(answer).filter((value) => isRecord(value) && names.some((name) => name in value))
  return lists.length === 1 ? lists[0] : inner.length === 1 ? inner : lists.length === 0 && inner.length === 0 ? [] : answer
}

/** The rows of one page; fewer than were asked for: the last one. Throws ZodError. */
export const readPage = <T>(row: AnswerRow<T>, answer: unknown): readonly T[] => rows(row.words).parse(rowsIn(answer, Object.keys(row.schema.shape)))
