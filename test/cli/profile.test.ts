import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { runCli } from '../../electron/cli/program.ts'
import type { SaleResult } from '../../electron/cli/sell/play-sale.ts'
import { readProfileText, shippedProfileFile } from '../../electron/core/platform/profile-file.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { hearingTerminal } from './support/terminal.ts'

const EXAMPLE = path.join(import.meta.dirname, '../../electron/cli/examples/sale.json')
const run = async (args: readonly string[], standsIn?: string) => {
  const terminal = hearingTerminal(standsIn === undefined ? {} : { standsIn })
  const code = await runCli(args, terminal)
  return { code, said: terminal.said(), complained: terminal.complained() }
}

describe('yaogui profile check', () => {
  test('of a usable profile ends with 0 and lists what is suspicious', async () => {
    expect(await run(['profile', 'check', 'practice'])).toEqual({ code: 0, said: '可以使用\n', complained: '' })
    const { code, said } = await run(['profile', 'check', 'hunan', '--lang', 'en'])
    expect(code).toBe(0)
    expect(said).toMatch(/^hunan\.jsonc:\d+:\d+ warning transport\.url: still the example’s value: put in the shop’s own\n/)
    expect(said).toMatch(/\nusable, \d warnings\n$/)
  })

  test('of a broken one ends with 2 and names every mistake with its line and column', async () => {
    const folder = temporaryFolder()
    const broken = readProfileText(shippedProfileFile('practice')).replace('"clearingOffice"', '"clearingOfice"').replace('"connectMs": 1500', '"connectMs": "soon"')
    writeFileSync(path.join(folder, 'mine.jsonc'), broken)
    const { code, said } = await run(['profile', 'check', 'mine.jsonc'], folder)
    expect(code).toBe(2)
    expect(said).toMatch(/mine\.jsonc:\d+:3 错误 clearingOfice: 没有“clearingOfice”这个键，是不是“clearingOffice”\n/)
    expect(said).toMatch(/mine\.jsonc:\d+:18 错误 timeouts\.connectMs: 应为数，写的是文字\n/)
    expect(said).toMatch(/不能使用：3 处错误\n$/)
    const asJson = await run(['profile', 'check', 'mine.jsonc', 'practice', '--json'], folder)
    expect(asJson.code).toBe(2)
    const report = JSON.parse(asJson.said) as { file: string; findings: { severity: string; line: number; zh: string; en: string }[] }[]
    expect(report.map(({ file, findings }) => [file, findings.length])).toEqual([['mine.jsonc', 3], ['practice', 0]])
  })

  test('reads an older plain JSON file, and tells what of an older shape is where now', async () => {
    const folder = temporaryFolder()
    const { traceCodes, ...rest } = JSON.parse(readProfileText(shippedProfileFile('practice')).replace(/^\s*\/\/.*$/gm, '')) as { traceCodes: object }
    writeFileSync(path.join(folder, 'plain.json'), JSON.stringify({ ...rest, traceCodes }))
    expect((await run(['profile', 'check', 'plain.json'], folder)).code).toBe(0)
    writeFileSync(path.join(folder, 'older.json'), JSON.stringify({ ...rest, traceCodes: { ...traceCodes, settleNode: 'drug_trac_info' } }))
    const { code, said } = await run(['profile', 'check', 'older.json', '--lang', 'en'], folder)
    expect(code).toBe(2)
    expect(said).toContain('traceCodes.settleNode: of an older shape of profiles; now "2102.drugdetail.durg_trac_info"')
  })

  test('of a file that is not there ends with 2', async () => {
    const { code, complained } = await run(['profile', 'check', 'nowhere.jsonc'])
    expect([code, complained.includes('profile.invalid')]).toEqual([2, true])
  })
})

describe('yaogui profile', () => {
  test('schema prints a JSON Schema that names every section', async () => {
    const { code, said } = await run(['profile', 'schema'])
    const schema = JSON.parse(said) as { type: string; additionalProperties: boolean; properties: Record<string, unknown> }
    expect([code, schema.type, schema.additionalProperties]).toEqual([0, 'object', false])
    expect(Object.keys(schema.properties)).toEqual(expect.arrayContaining(['transport', 'sealing', 'envelope', 'limits', 'reconcile', 'files', 'audit', 'mapping', 'wireNames']))
  })

  test('list names what --profile takes', async () => {
    expect((await run(['profile', 'list'])).said.trim().split('\n')).toEqual(['generic-tif', 'hunan', 'practice', 'practice-sm', 'practice-tif', 'sm'])
  })
})

describe('yaogui sell', () => {
  test.each(['practice', 'practice-tif', 'practice-sm'])('works unchanged with the profile %s', async (profile) => {
    const { code, said, complained } = await run(['sell', EXAMPLE, '--profile', profile])
    expect([code, complained]).toEqual([0, ''])
    expect(JSON.parse(said) as SaleResult).toMatchObject({
      ok: true, status: 'closed', differences: [], figures: { totalFen: 41_00, accountFen: 25_20, cashFen: 15_80, balanceAfterFen: 1474_80 },
      uploads: [{ kind: 'upload-sale', status: 'done' }, { kind: 'upload-sale', status: 'done' }],
    })
  })
})
