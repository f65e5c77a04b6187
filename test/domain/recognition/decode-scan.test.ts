import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeScan, rawHex } from '../../../electron/domain/recognition/decode-scan.ts'
import { recognise } from '../../../electron/domain/recognition/recognise.ts'

const proper = (bytes: Uint8Array): string | null => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

test('bytes are read as UTF-8 exactly when they are, else byte for byte with a note', () => {
  const nearUtf8 = fc.array(
    fc.constantFrom(
      [0x41],
      [0xe8, 0x8d, 0xaf],
      [0xc0, 0x80],
      [0xe0, 0x80, 0xaf],
      [0xf0, 0x80, 0x80, 0xaf],
      [0xed, 0xa0, 0x80],
      [0xf0, 0x9f, 0x92, 0x8a],
      [0xf4, 0x90, 0x80, 0x80],
      [0xe8, 0x8d],
      [0x80],
      [0xff],
      [0x1d],
    ),
    { maxLength: 12 },
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 40 }),
        fc.string({ unit: 'binary' }).map((text) => new TextEncoder().encode(text)),
        nearUtf8.map((parts) => Uint8Array.from(parts.flat())),
      ),
      (bytes) => {
        const { text, note } = decodeScan(bytes)
        const utf8 = proper(bytes)
        expect(note === null).toBe(utf8 !== null)
        expect(text).toBe(utf8 ?? Buffer.from(bytes).toString('latin1'))
      },
    ),
    { numRuns: 5_000 },
  )
})

test('the hex of bytes and of the text they say is the same', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      const bytes = new TextEncoder().encode(text)
      expect(rawHex(bytes)).toBe(Buffer.from(bytes).toString('hex'))
      expect(rawHex(text)).toBe(rawHex(bytes))
    }),
  )
  expect(rawHex('\ud800')).toBe('eda080')
})

test('bytes are recognised like the text they say; bad ones never throw and say so', () => {
  const code = '89012345678901234567'
  expect(recognise({ raw: new TextEncoder().encode(`${code}\r`) })).toEqual(recognise({ raw: `${code}\r` }))
  expect(recognise({ raw: Uint8Array.from([...new TextEncoder().encode(code), 0xff]) })).toMatchObject({ kind: 'unknown' })
  expect(recognise({ raw: Uint8Array.from([0xb9, 0xfa]) }).because[0]).toBe('invalid UTF-8, read byte by byte')
  expect(recognise({ raw: new Uint8Array(1_000_000) })).toMatchObject({ kind: 'invalid', error: 'too-long' })
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 700 }), (raw) => {
      expect(recognise({ raw }).because.length).toBeGreaterThan(0)
    }),
  )
})
