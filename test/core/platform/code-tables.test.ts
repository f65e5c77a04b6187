import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { checkCodes, hasCodeTable } from '../../../electron/core/platform/code-tables.ts'
import { NamesSection } from '../../../electron/core/platform/profile-sections/names.ts'
import { date, text } from '../../../electron/core/platform/wire-fields.ts'

const schema = z.strictObject({
  data: z.strictObject({ insutype: text(6, 'insutype'), poolarea_no: text(6, 'poolarea_no').optional(), psn_name: text(50).optional(), day: date().optional() }).refine(() => true),
  lines: z.array(z.strictObject({ rx_flag: text(3, 'rx_flag') })).optional(),
})
const check = (input: unknown, dictionaries: object = {}) => () => { checkCodes(schema, input, NamesSection.parse({ dictionaries }).dictionaries) }

describe('codes of what is sent', () => {
  it('pass when the official tables have them; a dictionary without a table is taken as it is', () => {
    expect(check({ data: { insutype: '310', poolarea_no: 'anything', psn_name: '张三' }, lines: [{ rx_flag: '0' }, { rx_flag: '1' }] })).not.toThrow()
    expect([hasCodeTable('insutype'), hasCodeTable('med_type'), hasCodeTable('poolarea_no')]).toEqual([true, true, false])
  })

  it('keep a message at home when the tables do not have them, and say where without saying what', () => {
    expect(check({ data: { insutype: '999' } })).toThrow(/"path": \[\s*"data",\s*"insutype"\s*\]/)
    expect(check({ data: { insutype: '999' } })).not.toThrow(/999/)
    expect(check({ data: { insutype: '310' }, lines: [{ rx_flag: '0' }, { rx_flag: '7' }] })).toThrow(/no code of rx_flag/)
    expect(check({ data: { insutype: ' 310' } })).toThrow(/no code of insutype/)
  })

  it('are those of the province as well, where the profile names them, and unchecked where it says so', () => {
    expect(check({ data: { insutype: '999' } }, { also: { insutype: ['999'] } })).not.toThrow()
    expect(check({ data: { insutype: '999' } }, { also: { rx_flag: ['999'], constructor: ['999'] } })).toThrow(/no code of insutype/)
    expect(check({ data: { insutype: '999' } }, { check: false })).not.toThrow()
  })
})
