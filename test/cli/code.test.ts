import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { runCli } from '../../electron/cli/program.ts'
import { hearingTerminal } from './support/terminal.ts'

interface Vector {
  readonly raw: string
  readonly expect: Readonly<Record<string, unknown>>
}
const vectors = JSON.parse(readFileSync(new URL('../domain/vectors/trace-vectors.json', import.meta.url), 'utf8')) as readonly Vector[]
/** Two-digit years in the vectors were read in 2026. */
const in2026 = (): number => Date.UTC(2026, 10, 21)

/** Of a region that does not exist: an ID number by its check digit, a payment code by its first digits. */
const NOBODY = '119999199001010119'

describe('yaogui code', () => {
  test('says of every public vector what was published of it, one line each', async () => {
    const terminal = hearingTerminal({ clock: in2026 })
    expect(await runCli(['code', '--json', '--', ...vectors.map((vector) => vector.raw)], terminal)).toBe(0)
    const lines = terminal
      .said()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(lines.map((line, index) => Object.fromEntries(Object.keys(vectors[index]?.expect ?? {}).map((field) => [field, line[field]])))).toEqual(
      vectors.map((vector) => vector.expect),
    )
    expect(terminal.complained()).toBe('')
  })

  test('prints one object for one code and a list for several', async () => {
    const one = hearingTerminal()
    await runCli(['code', '89000091010010000004'], one)
    expect(JSON.parse(one.said())).toMatchObject({ kind: 'drug-trace', issuer: 'MSFX', drugIdentifier: '8900009', serial: '1010010000004' })
    const two = hearingTerminal()
    await runCli(['code', '89000091010010000004', '6901234567892'], two)
    expect((JSON.parse(two.said()) as { kind: string }[]).map(({ kind }) => kind)).toEqual(['drug-trace', 'gtin'])
  })

  test('reads codes from stdin, so that a payment code need not stand in the history', async () => {
    const terminal = hearingTerminal({ input: '134567890123456789\r\n\n89000091010010000004\n' })
    expect(await runCli(['code', '--json', '-'], terminal)).toBe(0)
    expect(
      terminal
        .said()
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as { kind: string }).kind),
    ).toEqual(['wechat-pay', 'drug-trace'])
  })

  test('lets the step decide where the same digits mean two things', async () => {
    const kindIn = async (step: string): Promise<unknown> => {
      const terminal = hearingTerminal()
      await runCli(['code', '--json', '--step', step, NOBODY], terminal)
      return (JSON.parse(terminal.said()) as { kind: unknown }).kind
    }
    expect([await kindIn('payment'), await kindIn('person')]).toEqual(['wechat-pay', 'id-card'])
  })

  test.each([
    ['a payment code', '134567890123456789'],
    ['an ID number', '999999198001010118'],
    ['an e-voucher', '4242026000000000000148430000'],
  ])('never repeats %s', async (_, secret) => {
    const terminal = hearingTerminal()
    expect(await runCli(['code', secret], terminal)).toBe(0)
    expect(terminal.said() + terminal.complained()).not.toContain(secret.slice(4, 14))
  })

  test('with --explain says why, and shows the bytes of goods’ codes only', async () => {
    const terminal = hearingTerminal()
    const secret = '134567890123456789'
    expect(await runCli(['code', '--json', '--explain', '89000091010010000004', secret, '4242026000000000000148430000', '999999198001010118'], terminal)).toBe(
      0,
    )
    const [pack, ...others] = terminal
      .said()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(pack).toMatchObject({ kind: 'drug-trace', rawHex: '3839303030303931303130303130303030303034', normalised: '89000091010010000004' })
    expect(pack?.['because']).toContain('the form of 码上放心 (certainty H)')
    for (const other of others) expect(other).toMatchObject({ rawHex: null, normalised: null })
    expect(terminal.said()).not.toContain(secret.slice(4, 14))
  })

  test('takes issuers from a rule file, and says what is wrong with one', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'yaogui-rules-'))
    try {
      const file = path.join(folder, 'rules.json')
      const rule = {
        issuer: 'DEMO',
        name: '示例',
        pattern: '^D\\d{19}$',
        identifier: { from: 2, to: 8 },
        serial: { from: 9, to: 20 },
        level: { by: 'none' },
        certainty: 'K',
        source: 'made up',
        examples: [],
      }
      writeFileSync(file, JSON.stringify([rule]))
      const terminal = hearingTerminal()
      expect(await runCli(['code', '--json', '--rules', file, 'D1234567000000000001'], terminal)).toBe(0)
      expect(JSON.parse(terminal.said())).toMatchObject({ kind: 'drug-trace', issuer: 'DEMO', drugIdentifier: '1234567', serial: '000000000001', level: null })
      writeFileSync(file, JSON.stringify([{ ...rule, pattern: '^(a+)+$' }]))
      const complaining = hearingTerminal()
      expect(await runCli(['code', '--rules', file, 'D1234567000000000001'], complaining)).toBe(2)
      expect(complaining.complained()).toContain('rule 1: pattern: character 2 is not of its language')
      expect(await runCli(['code', '--rules', path.join(folder, 'none.json'), '1'], hearingTerminal())).toBe(2)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  test('tells a prescription’s code by the field it was scanned into', async () => {
    const terminal = hearingTerminal()
    await runCli(['code', '--json', '--field', 'prescription', '89000091010010000004'], terminal)
    expect(JSON.parse(terminal.said())).toMatchObject({ kind: 'rx-trace', drugIdentifier: null })
  })

  test('refuses a step it does not know and a call without a code', async () => {
    expect(await runCli(['code', '--step', 'kitchen', '1'], hearingTerminal())).toBe(2)
    expect(await runCli(['code'], hearingTerminal())).toBe(2)
  })
})

describe('yaogui --help', () => {
  const commands = [['demo'], ['sell'], ['practice'], ['code'], ['outbox', 'list'], ['outbox', 'retry'], ['doctor']]
  test('names every command and every exit code', async () => {
    const terminal = hearingTerminal()
    expect(await runCli(['--help'], terminal)).toBe(0)
    for (const name of ['demo', 'sell', 'practice', 'code', 'outbox', 'doctor']) expect(terminal.said()).toMatch(new RegExp(`^ {2}${name}\\b`, 'm'))
    for (const code of [0, 1, 2, 3, 70]) expect(terminal.said()).toMatch(new RegExp(`^ {2}${code} +\\S`, 'm'))
  })
  test.each(commands)('explains %s %s in Chinese and English, option by option', async (...name) => {
    const terminal = hearingTerminal()
    expect(await runCli([...name, '--help'], terminal)).toBe(0)
    const options = terminal
      .said()
      .split('\n')
      .filter((line) => /^ {2}(-|--)\w/.test(line))
    expect(options.length).toBeGreaterThan(0)
    for (const line of options) expect(line).toMatch(/JSON|\p{Script=Han}/u)
  })
  test('an unknown command or option is a wrong call', async () => {
    expect(await runCli(['vend'], hearingTerminal())).toBe(2)
    expect(await runCli(['doctor', '--dta', 'x'], hearingTerminal())).toBe(2)
  })
})
