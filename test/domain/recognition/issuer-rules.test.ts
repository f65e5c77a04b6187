import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mapKey, MSFX, parseIssuerRules, readIssued, SHIPPED_RULES } from '../../../electron/domain/recognition/issuer-rules.ts'
import type { IssuerRules } from '../../../electron/domain/recognition/issuer-rules.ts'
import { recognise } from '../../../electron/domain/recognition/recognise.ts'
import { traceOf } from '../../../electron/domain/recognition/trace-of.ts'
import { alipay, idNumber, msfx, unionpay, voucher, wechat } from './made-up-codes.ts'

/** Made up from end to end: no such issuer, no such form. */
const MADE_UP = {
  issuer: 'DEMO-A',
  name: '示例发码方',
  pattern: '^DA(?<drug>\\d{6})(?<level>[123])(?<pack>[0-9A-Z]{9,11})$',
  identifier: { group: 'drug' },
  serial: { group: 'pack' },
  level: { by: 'digit', at: 9, levels: { '1': 1, '2': 2, '3': 3 } },
  certainty: 'K',
  source: 'made up for this test',
  examples: ['DA1234561ABCDEFGHI'],
}
const rulesOf = (...rules: readonly object[]): IssuerRules => {
  const parsed = parseIssuerRules(JSON.stringify(rules))
  if ('errors' in parsed) throw new Error(parsed.errors.join('\n'))
  return parsed.rules
}
const errorsOf = (...rules: readonly unknown[]): readonly string[] => {
  const parsed = parseIssuerRules(JSON.stringify(rules))
  return 'errors' in parsed ? parsed.errors : []
}
const withRules = (issuers: IssuerRules, raw: string, levels: Readonly<Record<string, number>> = {}): ReturnType<typeof recognise> =>
  recognise({ raw, known: { levels, baseCodes: {}, issuers } })

describe('the table of issuers', () => {
  test('ships one row, and that row reads what the short way reads', () => {
    expect(SHIPPED_RULES.compiled.map(({ rule }) => rule)).toEqual([MSFX])
    fc.assert(
      fc.property(msfx, (code) => {
        const read = readIssued(code, SHIPPED_RULES)
        expect(recognise({ raw: code })).toMatchObject({
          kind: 'drug-trace',
          issuer: read?.rule.issuer,
          drugIdentifier: read?.drugIdentifier,
          serial: read?.serial,
        })
      }),
    )
  })
  test('a rule of a file makes another issuer’s code a pack, without code of ours', () => {
    const rules = rulesOf(MADE_UP)
    const code = withRules(rules, ' DA1234562ABC1234567\r')
    expect(code).toMatchObject({ kind: 'drug-trace', issuer: 'DEMO-A', drugIdentifier: '123456', serial: 'ABC1234567', level: 2 })
    expect(code.because).toContain('the form of 示例发码方 (certainty K)')
    expect(traceOf(code)).toMatchObject({
      code: 'DA1234562ABC1234567',
      issuer: 'DEMO-A',
      identifier: 'DEMO-A/123456',
      packKey: 'DA1234562ABC1234567',
      level: 2,
    })
    expect(recognise({ raw: 'DA1234562ABC1234567' }).kind).toBe('unknown')
  })
  test('parts may be cut by place, to the end; the level may be the table’s', () => {
    const rules = rulesOf({
      ...MADE_UP,
      pattern: '^7[0-9]{19,23}$',
      identifier: { from: 2, to: 8 },
      serial: { from: 9, to: null },
      level: { by: 'table' },
      examples: [],
    })
    expect(withRules(rules, '71234567000000000123456', { 'DEMO-A/1234567': 3 })).toMatchObject({
      drugIdentifier: '1234567',
      serial: '000000000123456',
      level: 3,
    })
    expect(withRules(rules, '71234567000000000123456', { '1234567': 3 })).toMatchObject({ level: null })
  })
  test('equal digits of two issuers are two drugs in the map; 码上放心’s stand bare', () => {
    expect(mapKey('MSFX', '8900001')).toBe('8900001')
    expect(mapKey('DEMO-A', '8900001')).not.toBe(mapKey('DEMO-B', '8900001'))
  })
  test('the surer rule goes first, then the file’s order', () => {
    const rule = (issuer: string, certainty: string): object => ({
      ...MADE_UP,
      issuer,
      certainty,
      pattern: '^7\\d{19}$',
      identifier: { from: 1, to: 7 },
      serial: { from: 8, to: 20 },
      level: { by: 'none' },
      examples: [],
    })
    expect(withRules(rulesOf(rule('DEMO-K', 'K'), rule('DEMO-M', 'M'), rule('DEMO-M2', 'M')), '71234567890123456789')).toMatchObject({ issuer: 'DEMO-M' })
  })
  test('a serial of zeros is a filler under every rule', () => {
    expect(withRules(rulesOf(MADE_UP), 'DA1234562000000000').kind).toBe('placeholder')
  })
})

test('no rule file can make somebody’s payment code, voucher, ID number or link a pack, whatever it claims', () => {
  const greedy = rulesOf(
    ...['1', '2', '3', '4', '6', '9', 'o', '5'].map((head, at) => ({
      ...MADE_UP,
      issuer: `DEMO-${at}`,
      certainty: 'H',
      pattern: `^${head}[0-9a-zA-Z]{15,30}$`,
      identifier: { from: 1, to: 7 },
      serial: { from: 8, to: null },
      level: { by: 'none' },
      examples: [],
    })),
  )
  expect(withRules(greedy, '91234567890123456').kind).toBe('drug-trace')
  fc.assert(
    fc.property(fc.oneof(wechat, alipay, unionpay, voucher, idNumber), fc.constantFrom('drug', 'payment', undefined), (raw, step) => {
      expect(traceOf(recognise({ raw, step, known: { levels: {}, baseCodes: {}, issuers: greedy } }))).toBeNull()
    }),
    { numRuns: 3_000 },
  )
  expect(withRules(greedy, 'https://example.com/91234567890123456').kind).toBe('unknown')
})

test('a rule for few digits does not take what the symbology says is a product’s', () => {
  const rules = rulesOf({
    ...MADE_UP,
    pattern: '^6999\\d{9}$',
    identifier: { from: 1, to: 7 },
    serial: { from: 8, to: 13 },
    level: { by: 'none' },
    examples: [],
  })
  expect(withRules(rules, '6999000000018').kind).toBe('drug-trace')
  expect(withRules(rules, ']E06999000000018').kind).toBe('gtin')
})

describe('a rule file', () => {
  test('may be empty, and must be a list in JSON', () => {
    expect(parseIssuerRules('[]')).toEqual({ rules: { compiled: [] } })
    expect(parseIssuerRules('{')).toEqual({ errors: ['the file is not JSON'] })
    expect(parseIssuerRules('{}')).toEqual({ errors: ['the file is a list of up to 200 rules'] })
    expect(errorsOf(null, 3)).toEqual(['rule 1: is an object', 'rule 2: is an object'])
  })
  test.each<[string, object, string]>([
    ['a field we do not have', { colour: 'red' }, 'has no field colour'],
    ['a built-in issuer', { issuer: 'MSFX' }, 'MSFX is built in'],
    ['an issuer in small letters', { issuer: 'demo' }, 'issuer: 2 to 20 capitals'],
    ['no name', { name: ' ' }, 'name: up to 60'],
    ['no source', { source: '' }, 'source: where'],
    ['an unknown certainty', { certainty: 'A' }, 'certainty: H, M, L or K'],
    ['a group the pattern lacks', { identifier: { group: 'nobody' } }, 'identifier: names the group nobody'],
    ['a part behind the shortest code', { serial: { from: 30, to: 31 } }, 'serial: begins at a character from 1 to 18'],
    ['a part that ends before it begins', { serial: { from: 9, to: 3 } }, 'serial: ends at a character from 9 to 18'],
    ['no part', { serial: 'all' }, 'serial: is {"from": 1, "to": 7}'],
    ['a level from nowhere', { level: { by: 'guess' } }, 'level: is {"by": "table"}'],
    ['a level of 12', { level: { by: 'digit', at: 9, levels: { '1': 12 } } }, 'level: gives each character a level from 1 to 9'],
    ['an example it does not read', { examples: ['DA1234569ABCDEFGHI'] }, 'examples: number 1 is not read by the rule'],
  ])('%s is refused in words', (_, change, said) => {
    expect(errorsOf({ ...MADE_UP, ...change }).join()).toContain(said)
  })
  test.each([
    ['(a+)+$', 'begins with ^ and ends with $'],
    ['^D(a+)+$', 'character 3 is not of its language'],
    ['^D.{20}$', 'character 3 is not of its language'],
    ['^D\\d*$', 'character 5 is not of its language'],
    ['^D\\d{8}|7\\d{9}$', 'character 8 is not of its language'],
    ['^D(?:\\d{8})$', 'character 3 is not of its language'],
    ['^D(?<a>(?<b>\\d{8}))$', 'character 8 is not of its language'],
    ['^D(?<a>\\d{8})(?<a>\\d)$', 'two groups are named a'],
    ['^D(?<a>\\d{8}$', 'a group is not closed'],
    ['^\\d{20}$', 'names no character of its own'],
    ['^[A-Z0-9]{20}$', 'names no character of its own'],
    ['^D?\\d{20}$', 'names no character of its own'],
    ['^D\\d{2}$', '8 to 100 characters'],
    ['^D\\d{200}$', '8 to 100 characters'],
    ['^D\\d{9,8}$', 'the second number of a count is the larger'],
    ['^D12345A\\d{1,9}B\\d{1,9}C\\d{1,9}$', 'at most two counts vary'],
    ['^D\\d{20}\\$', 'begins with ^ and ends with $'],
    ['^D\\s{20}$', 'character 3 is not of its language'],
    [`^D${'A'.repeat(200)}$`, 'a text of up to 200 characters'],
  ])('the pattern %s: %s', (pattern, said) => {
    expect(errorsOf({ ...MADE_UP, pattern, examples: [] }).join()).toContain(said)
  })
  test('any text gets rules or errors, never a throw', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.jsonValue().map((value) => JSON.stringify([{ ...MADE_UP, pattern: value }])),
        ),
        (text) => {
          const parsed = parseIssuerRules(text)
          expect('rules' in parsed || parsed.errors.length > 0).toBe(true)
        },
      ),
    )
  })
  test('every accepted pattern is linear enough: the worst text of its length is answered', () => {
    const rules = rulesOf({
      ...MADE_UP,
      pattern: '^D\\d{4,48}\\d{4,48}X$',
      identifier: { from: 1, to: 2 },
      serial: { from: 1, to: null },
      level: { by: 'none' },
      examples: [],
    })
    expect(withRules(rules, `D${'1'.repeat(98)}`).kind).toBe('unknown')
  })
})
