import fc from 'fast-check'
import { expect, test } from 'vitest'
import { OUTGOING_FORMS, outgoingCode } from '../../../electron/domain/recognition/outgoing-code.ts'
import type { OutgoingForm } from '../../../electron/domain/recognition/outgoing-code.ts'
import { recognise } from '../../../electron/domain/recognition/recognise.ts'
import { traceOf } from '../../../electron/domain/recognition/trace-of.ts'
import type { PackTrace } from '../../../electron/domain/recognition/trace-of.ts'
import { GS, gs1Symbol, msfx } from './made-up-codes.ts'

const packOf = (raw: string): PackTrace => {
  const trace = traceOf(recognise({ raw }))
  if (trace === null) throw new Error('no pack')
  return trace
}
const SYMBOL = `]d210LOT${GS}0106999000000018${GS}21SER${GS}17271231`

test.each<[OutgoingForm, string]>([
  ['gs-removed', '10LOT010699900000001821SER17271231'],
  ['gs-kept', `10LOT${GS}0106999000000018${GS}21SER${GS}17271231`],
  ['bracketed', '(10)LOT(01)06999000000018(21)SER(17)271231'],
  ['identifier-serial', '010699900000001821SER'],
])('the form %s of a GS1 symbol', (form, code) => {
  expect(outgoingCode(form, packOf(SYMBOL))).toBe(code)
})

test('every form is listed, and the code kept is the first of them', () => {
  expect(OUTGOING_FORMS).toEqual(['gs-removed', 'gs-kept', 'bracketed', 'identifier-serial'])
  expect(packOf(SYMBOL).code).toBe(outgoingCode('gs-removed', packOf(SYMBOL)))
})

test('codes of other issuers have one form', () => {
  for (const form of OUTGOING_FORMS) {
    expect(outgoingCode(form, packOf('89012345678901234567'))).toBe('89012345678901234567')
    expect(outgoingCode(form, packOf('MA.156.M0.100350.01004YA10017.S1.L2'))).toBe('MA.156.M0.100350.01004YA10017.S1.L2')
  }
})

test('what a form sends is the same pack when it is scanned again', () => {
  fc.assert(
    fc.property(gs1Symbol, (symbol) => {
      const trace = packOf(`]d2${symbol.text}`)
      if (!symbol.text.includes(GS)) return
      for (const form of ['gs-kept', 'bracketed'] as const)
        expect(traceOf(recognise({ raw: outgoingCode(form, trace) ?? '', keepsSeparators: true }))?.packKey).toBe(trace.packKey)
    }),
  )
})

test('a code longer than the widest field has no form, and is not cut', () => {
  expect(outgoingCode('gs-kept', { issuer: 'GS1', symbol: `0106999000000018${'9'.repeat(90)}`, identifier: '06999000000018', serial: '1' })).toBeNull()
})

test('a pack has one key, however its symbol orders its elements and whatever else it says', () => {
  fc.assert(
    fc.property(gs1Symbol, fc.shuffledSubarray(['10', '11', '17']), (symbol, extras) => {
      const all = recognise({ raw: `]d2${symbol.text}`, keepsSeparators: true })
      if (all.kind !== 'gs1') throw new Error(all.kind)
      const values: Readonly<Record<string, string>> = { '10': symbol.lot, '11': '260101', '17': '281231' }
      const other = recognise({ raw: `(21)${symbol.serial}${extras.map((ai) => `(${ai})${values[ai]}`).join('')}(01)${symbol.gtin}` })
      // Brackets inside a serial end it in the human-readable line: that one cannot be compared.
      if (/[()]/.test(symbol.serial)) return
      expect(traceOf(other)?.packKey).toBe(traceOf(all)?.packKey)
    }),
  )
  fc.assert(
    fc.property(msfx, (code) => {
      expect(packOf(code).packKey).toBe(code)
    }),
  )
})
