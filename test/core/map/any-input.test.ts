import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { contract, isAppError } from '../../../electron/contract/index.ts'
import { importLinks } from '../../../electron/core/map/import-links.ts'
import { linkValue } from '../../../electron/core/map/link-value.ts'
import { lookUp } from '../../../electron/core/map/look-up.ts'
import { LINK_KINDS, MANAGER, mapShop } from './map-shop.ts'
import type { MapShop } from './map-shop.ts'

let shop: MapShop
beforeAll(() => {
  shop = mapShop()
})

const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`))
const scanned = fc.oneof(
  fc.string({ maxLength: 512, unit: 'binary' }).filter((text) => text !== ''),
  fc.integer({ min: 1, max: 40 }).chain(digits),
  fc.stringMatching(/^[A-Z0-9./_-]{1,60}$/),
  fc.constantFrom(
    '01069990000000181',
    '(01)06999000000018(21)AB',
    'MA.156.M0.100104.12345678',
    'https://id.gs1.org/01/06999000000018',
    '国药准字H99000001',
    ''.padEnd(512, '8'),
  ),
)

describe('whatever is scanned or typed', () => {
  test('is looked up with an answer that fits the contract', () => {
    fc.assert(
      fc.property(scanned, (text) => {
        const found = lookUp(shop.db, text)
        expect(contract['map.lookUp'].output.safeParse(found).error).toBeUndefined()
      }),
      { numRuns: 500 },
    )
  })
  test('is a value of a kind in one form only: written again it is the same', () => {
    fc.assert(
      fc.property(fc.constantFrom(...LINK_KINDS), scanned, (kind, text) => {
        const value = linkValue(kind, text)
        if (value !== null) expect(linkValue(kind, value)).toBe(value)
      }),
      { numRuns: 1_000 },
    )
  })
  test('is never a payment code, a voucher, a bank card or a telephone number, under whatever kind', () => {
    const bearer = fc.oneof(
      fc.stringMatching(/^1[0-5]\d{16}$/),
      fc.stringMatching(/^28\d{16}$/),
      fc.stringMatching(/^62\d{17}$/),
      fc.stringMatching(/^424\d{25}$/),
      fc.stringMatching(/^1[3-9]\d{9}$/),
    )
    fc.assert(
      fc.property(fc.constantFrom(...LINK_KINDS), bearer, fc.boolean(), (kind, code, prefixed) => {
        expect(linkValue(kind, prefixed ? `UNKNOWN/${code}` : code)).toBeNull()
      }),
      { numRuns: 500 },
    )
  })
})

describe('whatever stands in a file', () => {
  const cell = fc.oneof(
    fc.constantFrom(
      'trace-identifier',
      'barcode',
      'never-issued',
      'issued',
      '8900001',
      '06999000000018',
      '6999000000018',
      'D1',
      'D2',
      '1',
      '2',
      '',
      '"',
      'a,b',
      '\n',
      '\uFEFF',
    ),
    fc.string({ maxLength: 30 }),
  )
  const line = fc.oneof(
    fc.array(cell, { maxLength: 6 }).map((cells) => cells.join(',')),
    fc.tuple(fc.integer({ min: 8_900_001, max: 8_900_999 }), fc.constantFrom('D1', 'D2', 'D9')).map(([front, drug]) => `trace-identifier,${front},${drug},1,`),
  )
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.array(line, { maxLength: 12 }).map((lines) => new TextEncoder().encode(['kind,value,drug,level,note', ...lines].join('\n'))),
  )
  test('is taken or refused with a reason, every line is accounted for, and a refused file leaves no trace', () => {
    let taken = 0
    let refusedFiles = 0
    fc.assert(
      fc.property(bytes, fc.boolean(), (file, leaveOut) => {
        const before = shop.db.prepare('select * from code_link order by link_id').all()
        try {
          const report = importLinks(shop, MANAGER, file, { source: 'chain', fileName: 'f', dryRun: false, leaveOut })
          expect(report.lines.filter(({ outcome }) => outcome === 'refused').length).toBe(report.refused)
          expect(report.lines.every(({ outcome, refusal }) => (outcome === 'refused') === (refusal !== null))).toBe(true)
          if (!report.taken) expect(shop.db.prepare('select * from code_link order by link_id').all()).toEqual(before)
          taken += Number(report.taken && report.new > 0)
        } catch (error) {
          if (!isAppError(error)) throw error
          expect(error.code).toBe('map.file-invalid')
          refusedFiles += 1
        }
      }),
      { numRuns: 400 },
    )
    expect(refusedFiles).toBeGreaterThan(0)
    expect(taken).toBeGreaterThan(0)
  })
})
