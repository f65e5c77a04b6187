import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { recognise, recogniseInFull } from '../../../electron/domain/recognition/recognise.ts'
import type { RecogniseInput } from '../../../electron/domain/recognition/recognise.ts'
import { digits, GS, gs1Symbol, msfx, text82 } from './made-up-codes.ts'

/** The short way is right when it says what the long way says; everything else about both is in the other tests. */
const sameBothWays = (raw: string, more: Partial<RecogniseInput> = {}): void => {
  expect(recognise({ raw, ...more })).toEqual(recogniseInFull(raw, { raw, ...more }))
}
const tail = fc.constantFrom('', '\r', '\r\n', '\t', '\n\n', ' ')
const aim = fc.constantFrom('', ']d2', ']C1', ']Q3', ']c1', ']e0', ']C0', ']Q1')
const known = { levels: { '8900001': 2, '8921761': 3 }, baseCodes: {} }
const runs = { numRuns: 5_000 }

test('20 digits from 8: the short way and the long way say the same', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        msfx,
        digits(19).map((rest) => `8${rest}`),
        fc.constantFrom('8'.repeat(20), `8900001${'0'.repeat(13)}`, '89000010000000000001', '8900001000000000000A', '８9000010000000000001'),
      ),
      tail,
      aim,
      (code, after, before) => {
        sameBothWays(before + code + after, { known })
        sameBothWays(code + after)
        sameBothWays(code + after, { aim: before, known })
      },
    ),
    runs,
  )
})

test('a GS1 symbol, whole, cut, or with a character changed: the short way and the long way say the same', () => {
  const changed = fc
    .tuple(
      gs1Symbol,
      fc.nat(80),
      fc.constantFrom('', '0', '8', 'A', '-', '<', '~', '^', '\u001d', ' ', '(', '批', '/MA.156.', '01', '=', '.'),
      fc.boolean(),
      fc.boolean(),
    )
    .map(([symbol, at, put, replace, cut]) => symbol.text.slice(0, at) + put + (cut ? '' : symbol.text.slice(at + (replace ? 1 : 0))))
  fc.assert(
    fc.property(
      fc.oneof(
        gs1Symbol.map(({ text }) => text),
        changed,
      ),
      tail,
      aim,
      fc.boolean(),
      fc.constantFrom(2026, 2051),
      (text, after, before, keepsSeparators, thisYear) => {
        sameBothWays(before + text + after, { keepsSeparators, thisYear })
        sameBothWays(before + text.replaceAll(GS, '') + after, { keepsSeparators, thisYear })
        sameBothWays(before + GS + text + GS + after, { keepsSeparators, thisYear })
        sameBothWays(text + after, { aim: before.slice(1), keepsSeparators, thisYear })
        sameBothWays(before + text, { aim: ']d2' })
      },
    ),
    runs,
  )
})

test('digits and hyphens behind AI 01: the short way and the long way say the same', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^010?6999[\d-]{0,40}$/), aim, (text, before) => {
      sameBothWays(before + text)
    }),
    runs,
  )
  fc.assert(
    fc.property(text82, aim, (text, before) => {
      sameBothWays(`${before}0106999000000018${text}`)
      sameBothWays(`${before}010699900000001821${text}`)
    }),
    runs,
  )
})

test('every published code: the short way and the long way say the same', () => {
  const vectors = JSON.parse(readFileSync(new URL('../vectors/trace-vectors.json', import.meta.url), 'utf8')) as readonly { readonly raw: string }[]
  for (const { raw } of vectors) for (const after of ['', '\r', '\r\n']) sameBothWays(raw + after)
})

test('a field, a symbology told apart or a substitute asks the long way', () => {
  expect(recognise({ raw: '89012345678901234567', aim: 'C0' }).aim).toBe(']C0')
  expect(recognise({ raw: '89012345678901234567', field: 'prescription' }).kind).toBe('rx-trace')
  expect(recognise({ raw: '0106999000000018' + '10A~21B', substitutes: ['~'] })).toMatchObject({ kind: 'gs1', lot: 'A', serial: 'B' })
})
