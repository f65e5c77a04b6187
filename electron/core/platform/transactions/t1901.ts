import { z } from 'zod'
import type { BusinessDate } from '../../../contract/index.ts'
import { date, text } from '../wire-fields.ts'

/** 1901 code table: read-only and about nobody, so the line is probed with it. The answer itself is not used. */
export const input = z.strictObject({
  data: z.strictObject({ type: text(30), parent_value: text(10), admdvs: text(6, 'admdvs'), date: date(), Vali_Flag: text(3, 'vali_flag') }),
})

export const build = (area: string, today: BusinessDate): z.infer<typeof input> =>
  input.parse({ data: { type: 'insutype', parent_value: 'insutype', admdvs: area, date: today, Vali_Flag: '1' } })
