import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { startCore } from '../../../electron/core/core.ts'
import { loadProfile, shippedProfileFile } from '../../../electron/core/platform/profile-file.ts'
import { issuerRulesFile, readIssuerRules } from '../../../electron/core/trace/issuer-rules-file.ts'
import { readCode, useIssuerRules } from '../../../electron/core/trace/read-code.ts'
import { uploadOf } from '../../support/fake-platform.ts'
import { collectingLog } from '../../support/silent-log.ts'
import { drugIdOf } from '../../support/small-shop.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { openTill } from '../../support/till.ts'

/** Made up from end to end: no such issuer, no such form. */
const RULE = {
  issuer: 'DEMO-A', name: '示例发码方', pattern: '^DA(?<drug>\\d{6})(?<level>[123])(?<pack>[0-9A-Z]{9,11})$', identifier: { group: 'drug' }, serial: { group: 'pack' },
  level: { by: 'digit', at: 9, levels: { '1': 1, '2': 2, '3': 3 } }, certainty: 'K', source: 'made up for this test', examples: ['DA1234561ABCDEFGHI'],
}
const fileOf = (text: string): string => {
  const folder = temporaryFolder()
  mkdirSync(folder, { recursive: true })
  writeFileSync(issuerRulesFile(folder), text)
  return folder
}
const coreOn = async (dataFolder: string) => {
  const { log, lines } = collectingLog()
  const core = await startCore({
    dataFolder, key: Buffer.alloc(32, 1), profile: loadProfile(shippedProfileFile('practice')), devices: null, printer: { kind: 'file', folder: path.join(dataFolder, 'receipts') }, demoShop: false, log, outboxEveryMs: null,
  })
  const { kind } = readCode(core.house.db, { raw: 'DA1234561ABCDEFGHI', step: 'drug' })
  await core.close()
  return { kind, log: lines.join('\n') }
}

describe('a rule file beside the database adds an issuer without code', () => {
  test('read at the start; without one its codes are of an unknown issuer', async () => {
    expect((await coreOn(fileOf(JSON.stringify([RULE])))).kind).toBe('drug-trace')
    expect((await coreOn(temporaryFolder())).kind).toBe('unknown')
    expect(readIssuerRules(issuerRulesFile(temporaryFolder()))).toBeNull()
  })

  test('a wrong one is told, none of it is used, and the till opens all the same', async () => {
    for (const text of [JSON.stringify([RULE, { ...RULE, pattern: '.*' }]), 'no JSON', 'x'.repeat(1024 * 1024 + 1)]) {
      const { kind, log } = await coreOn(fileOf(text))
      expect(kind).toBe('unknown')
      expect(log).toContain('issuer-rules.json is wrong and not used')
    }
  })

  test('its packs are asked about once, then known by their front, one pack a code, and uploaded as they stand', async () => {
    const till = await openTill({ staffId: 'P1' })
    const read = readIssuerRules(issuerRulesFile(fileOf(JSON.stringify([RULE]))))
    if (read === null || 'errors' in read) throw new Error('a good file')
    useIssuerRules(till.db, read.rules)
    const sale = await till.start()
    expect((await till.scan(sale, 'DA7654321PACK00001')).verdict).toMatchObject({ outcome: 'ask', reason: 'unknown-identifier', detail: { identifier: 'DEMO-A/765432' } })
    expect((await till.scan(sale, 'DA7654321PACK00001', { answer: 'pick-drug', drugId: drugIdOf('amoxicillin') })).verdict.reason).toBe('learned')
    expect((await till.scan(sale, 'DA7654321PACK00002', { answer: 'sell-anyway' })).verdict).toMatchObject({ outcome: 'notice', drugId: drugIdOf('amoxicillin') })
    expect((await till.scan(sale, 'DA7654321PACK00002')).verdict.reason).toBe('in-this-sale')
    expect((await till.scan(sale, 'DA7654323PACK00003')).verdict).toMatchObject({ outcome: 'refuse', reason: 'wrong-level', drugId: drugIdOf('amoxicillin') })
    await till.tender(sale, 100_000)
    await till.outbox()
    expect(till.platform.calls.filter((call) => call.name === '3505').map((call) => uploadOf(call).traceCodes)).toEqual([['DA7654321PACK00001', 'DA7654321PACK00002']])
    expect((await till.scan(await till.start(), 'DA7654321PACK00001')).verdict.reason).toBe('sold-here')
  })
})

test('a number that could be an outer pack or a base code is what the shop’s map says it is', async () => {
  const till = await openTill()
  const link = (kind: string, value: string): void => {
    till.db.prepare(`insert into code_link (link_id, kind, value, drug_id, source, trust, first_seen_at, last_verified_at) values (?, ?, ?, ?, 'chain', 'confirmed', 1, 1)`).run(`${kind}-${value}`, kind, value, drugIdOf('amoxicillin'))
  }
  const collision = '86900483000019'
  expect(readCode(till.db, { raw: collision }).kind).toBe('nmpa-base-code')
  link('trace-identifier', collision)
  const outer = readCode(till.db, { raw: collision })
  expect([outer.kind, outer.because.join(' ')]).toEqual(['gtin', expect.stringMatching(/shop|map|known/i)])
  link('base-code', collision)
  expect(['nmpa-base-code', 'gtin']).toContain(readCode(till.db, { raw: collision }).kind)
})
