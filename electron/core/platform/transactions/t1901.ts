import { z } from 'zod'
import type { BusinessDate } from '../../../contract/index.ts'
import { neededText, rows, someDate, someFlag, someText, someWhole } from '../answer-fields.ts'
import { date, text } from '../wire-fields.ts'
import type { AnswerOf } from '../wire-row.ts'
import { answerRow } from '../wire-row.ts'

/** 1901 code table: read-only and about nobody, so the line is probed with it. The probe does not look at the answer. */
export const input = z.strictObject({
  data: z.strictObject({ type: text(30), parent_value: text(10), admdvs: text(6, 'admdvs'), date: date(), Vali_Flag: text(3, 'vali_flag') }),
})

export const build = (area: string, today: BusinessDate): z.infer<typeof input> =>
  input.parse({ data: { type: 'insutype', parent_value: 'insutype', admdvs: area, date: today, Vali_Flag: '1' } })

const code = answerRow({
  dictionary: ['type', someText(30)],
  name: ['label', someText(50)],
  value: ['value', neededText(20)],
  parent: ['parentValue', someText(10)],
  order: ['sort', someWhole(30)],
  valid: ['valiFlag', someFlag(3, 'vali_flag')],
  creatorId: ['createUser', someText(30)],
  createdOn: ['createDate', someDate()],
  version: ['version', someWhole(20)],
})
export type DictionaryCode = AnswerOf<typeof code>
export const outputNodes = { list: code.schema }

const output = z.object({ list: rows(code.words).optional() }).nullable()
export const read = (answer: unknown): readonly DictionaryCode[] => output.parse(answer ?? null)?.list ?? []
