import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { SAMPLES } from './transaction-samples.ts'

/** Notes of the tables that say plainly "required when …" or "one of …". */

type Words = Readonly<Record<string, unknown>>
const build = (infno: string, change: (words: Words) => Words): unknown => {
  const { build: make, args: [first, ...rest] } = SAMPLES[infno] ?? { build: () => null, args: [] }
  const words = Array.isArray(first) ? (first as readonly Words[]).map(change) : change(first as Words)
  return (make as (...args: readonly unknown[]) => unknown)(words, ...rest)
}
const without = (...names: readonly string[]) => (words: Words): Words => Object.fromEntries(Object.entries(words).filter(([name]) => !names.includes(name)))
const withWords = (more: Words) => (words: Words): Words => ({ ...words, ...more })

const unsettled = (words: Words): Words => ({ ...words, insured: { ...(words['insured'] as object), setlId: undefined } })

const refused: readonly (readonly [what: string, infno: string, change: (words: Words) => Words, field: string])[] = [
  ['a social card without its serial number', '1101', withWords({ cardSerial: null }), 'card_sn'],
  ['an institution without name and number', '1201', without('institutionName', 'institutionCode'), 'fixmedins_code'],
  ['a settlement elsewhere asked without number and days', '2171', without('registrationNumber', 'from'), 'start_date'],
  ['a finding that is kept without a reason', '3103', withWords({ reason: '' }), 'dspo_way_rea'],
  ['stock asked for without a key', '3508', without('drugId', 'rowKey'), 'medins_list_codg'],
  ['changes asked for without a key', '3509', without('drugId', 'rowKey'), 'medins_list_codg'],
  ['purchases asked for without a key', '3510', without('drugId', 'rowKey'), 'medins_list_codg'],
  ['sales asked for without a key', '3511', without('drugId', 'rowKey'), 'medins_list_codg'],
  ['inbound codes asked for without a key', '3512', without('drugId', 'rowKey', 'nationalCode'), 'medins_list_codg'],
  ['a prescription without voucher and registration', '7201', without('voucherToken'), 'ecToken'],
  ['a prescription with voucher and registration', '7201', withWords({ registrationSerial: '1' }), 'ecToken'],
  ['a prescription of another region that is not named', '7201', without('region'), 'outPoolareaNo'],
  ['a prescription dispensed for cash that is not named', '7207', withWords({ insured: false, cashFen: null }), 'psnCashPay'],
  ['drugs asked for without code and name', '7211', without('nationalCode', 'nationalCodes', 'drugName'), 'medListCodg'],
  ['more than a hundred drugs a page', '7211', withWords({ pageSize: 101 }), 'pageSize'],
  ['lines of another region that do not add up', '2166', withWords({ totalFen: 1 }), ''],
  ['an insured row without its settlement', '3505', unsettled, 'setl_id'],
  ['an insured row of a batch without its settlement', '3505A', unsettled, 'setl_id'],
]

describe('notes of the official tables', () => {
  it.each(refused)('%s never leaves: %s', (_what, infno, change, field) => {
    let problem: unknown = null
    try {
      build(infno, change)
    } catch (error) {
      problem = error instanceof z.ZodError ? error.issues.map(({ path }) => String(path.at(-1) ?? '')) : error
    }
    expect(problem).toContain(field)
  })

  const taken: readonly (readonly [what: string, infno: string, change: (words: Words) => Words])[] = [
    ['an ID card without serial number', '1101', withWords({ kind: 'id-card', cardSerial: null })],
    ['an institution by its name alone', '1201', without('institutionCode')],
    ['a settlement elsewhere by its number alone', '2171', without('from', 'to')],
    ['a changed order without a reason', '3103', withWords({ way: 'change', reason: '' })],
    ['stock by the key of a row alone', '3508', without('drugId')],
    ['a prescription by registration instead of the voucher', '7201', (words) => withWords({ registrationSerial: '1' })(without('voucherToken')(words))],
    ['a prescription of this region', '7201', (words) => withWords({ elsewhere: false })(without('outsideArea', 'region')(words))],
    ['an insured prescription without cash', '7207', withWords({ insured: true, cashFen: null })],
    ['a self-paid row without a settlement', '3505', withWords({ insured: null })],
    ['drugs by name alone', '7211', without('nationalCode', 'nationalCodes')],
  ]
  it.each(taken)('%s is taken: %s', (_what, infno, change) => {
    expect(build(infno, change)).toBeTypeOf('object')
  })
})
