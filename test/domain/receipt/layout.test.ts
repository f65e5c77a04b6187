import fc from 'fast-check'
import { expect, test } from 'vitest'
import { displayWidth, pad, printable, wrap } from '../../../electron/domain/receipt/layout.ts'

const text = fc.oneof(
  fc
    .array(fc.constantFrom('阿莫西林', '胶囊', '，', '0.25g', ' ', '89012345678901234567', '¥12.50', '（', '）', '䓬', '𬭎', '×', '\n', 'GS1-A/B'), {
      maxLength: 20,
    })
    .map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 80 }),
)

test('full-width characters count two, also · and × which a screen draws narrow', () => {
  expect(displayWidth('阿莫西林0.25g')).toBe(13)
  expect(displayWidth('·×①')).toBe(6)
  expect(displayWidth('𬭎')).toBe(2)
})

test('the yen sign is mapped before anything is counted', () => {
  expect(printable('¥12.50')).toBe('￥12.50')
  expect(displayWidth(printable('¥12.50'))).toBe(7)
  expect(wrap('¥12.50', 6)).toEqual(['￥', '12.50'])
})

test('no control character, also no printer command, gets through', () => {
  expect(printable('a\u001b@b\u0010\u0004\u0001c\nd\u200be\ufe0f')).toBe('a@bc de')
})

test('every line fits, and nothing but blanks at the breaks is lost', () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 2, max: 48 }), (raw, columns) => {
      const lines = wrap(raw, columns)
      expect(lines.length).toBeGreaterThan(0)
      for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(columns)
      expect(lines.join('').replaceAll(' ', '')).toBe(printable(raw).replaceAll(' ', ''))
    }),
    { numRuns: 500 },
  )
})

test('words and amounts stay whole where they fit, long codes fill their lines', () => {
  expect(wrap('阿莫西林胶囊 0.25g', 16)).toEqual(['阿莫西林胶囊', '0.25g'])
  expect(wrap('89012345678901234567', 32)).toEqual(['89012345678901234567'])
  const code = '0106999000000018112606181727101710QF26G0222122222FPDUA'
  expect(wrap(code, 32)).toEqual([code.slice(0, 32), code.slice(32)])
})

test('a closing mark is not the first of a line', () => {
  expect(wrap('甲乙丙丁，戊', 8)).toEqual(['甲乙丙', '丁，戊'])
})

test('padding fills exactly, and never cuts', () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 60 }), fc.constantFrom('left', 'right', 'center'), (raw, columns, align) => {
      const shown = printable(raw)
      const padded = pad(shown, columns, align)
      expect(displayWidth(padded)).toBe(Math.max(columns, displayWidth(shown)))
      expect(padded).toContain(shown)
    }),
  )
})

test('a column too narrow for one character is refused', () => {
  expect(() => wrap('甲', 1)).toThrow(RangeError)
})
