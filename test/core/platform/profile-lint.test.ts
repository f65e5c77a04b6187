import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'jsonc-parser'
import { describe, expect, it } from 'vitest'
import { nearestName, profileSchema, RULES } from '../../../electron/core/platform/profile-explain.ts'
import { loadProfile, shippedProfileFile, shippedProfiles } from '../../../electron/core/platform/profile-file.ts'
import { KEY_WORDS } from '../../../electron/core/platform/profile-key-words.ts'
import { lintProfile } from '../../../electron/core/platform/profile-lint.ts'
import { RegionProfile } from '../../../electron/core/platform/profile.ts'

const text = (name: string): string => readFileSync(shippedProfileFile(name), 'utf8')
/** The reference profile with the example's values filled in: nothing to say about it. */
const filled = (): string => text('hunan')
  .replace('https://platform-address-of-your-area.invalid/csb', 'https://gateway.example/csb')
  .replace('"P43010000000", "name": "请填写定点药店名称"', '"P43010012345", "name": "某药店"')
  .replace('"from": 1, "to": 9999', '"from": 1000, "to": 1999')
const said = (source: string): readonly string[] => lintProfile(source).map(({ severity, line, path, zh, en }) => `${severity} ${line} ${path}: ${zh} | ${en}`)
const lineOf = (source: string, part: string): number => source.slice(0, source.indexOf(part)).split('\n').length
/** Changes one place of the profile; the finding must stand there. */
const withChange = (from: string, to: string): { readonly source: string; readonly line: number; readonly findings: ReturnType<typeof lintProfile> } => {
  const source = filled().replace(from, to)
  if (source === filled()) throw new Error(`nothing like ${from}`)
  return { source, line: lineOf(source, to), findings: lintProfile(source) }
}

describe('the linter of region profiles', () => {
  it('has nothing to say about a whole one', () => {
    expect(said(filled())).toEqual([])
    expect(said(text('practice'))).toEqual([])
  })

  it.each([
    ['a misspelt key', '"clearingOffice"', '"clearingOfice"', 'clearingOfice', '没有“clearingOfice”这个键，是不是“clearingOffice”', 'there is no key clearingOfice; clearingOffice?'],
    ['a misspelt key of a transport', '"apiVersion"', '"apiversion"', 'transport.apiversion', '没有“apiversion”这个键，是不是“apiVersion”', 'there is no key apiversion; apiVersion?'],
    ['a misspelt key of a record', '"two-disease"', '"two-diseases"', 'purchaseKinds.two-diseases', '没有“two-diseases”这个键，是不是“two-disease”', 'there is no key two-diseases; two-disease?'],
    ['a key that is none', '"signType"', '"colour"', 'envelope.colour', '没有“colour”这个键', 'there is no key colour'],
    ['a text for a number', '"connectMs": 5000', '"connectMs": "5000"', 'timeouts.connectMs', '应为数，写的是文字', 'a number is expected, a text is written'],
    ['a number for a text', '"operatorType": "1"', '"operatorType": 1', 'envelope.operatorType', '应为文字，写的是数', 'a text is expected, a number is written'],
    ['a value too small', '"keepAliveMs": 4000', '"keepAliveMs": 0', 'transport.keepAliveMs', '至少 1', 'at least 1'],
    ['a value too large', '"returnDays": 10', '"returnDays": 99999', 'trace.returnDays', '最多 3650', 'at most 3650'],
    ['a text of the wrong length', '"clearingOffice": "430100"', '"clearingOffice": "4301"', 'clearingOffice', '应正好 6 个字', 'exactly 6 characters'],
    ['an empty text', '"apiVersion": "1.0.0"', '"apiVersion": ""', 'transport.apiVersion', '不能为空', 'must not be empty'],
    ['none of the choices', '"unreceived": "ask"', '"unreceived": "maybe"', 'trace.unreceived', '应为 "ask" | "notice" | "refuse" 之一', 'one of "ask" | "notice" | "refuse"'],
    ['a kind of transport nobody knows', '"kind": "csb"', '"kind": "ftp"', 'transport.kind', '应为 "csb" | "tif" | "oauth" | "plain" 之一', 'one of "csb" | "tif" | "oauth" | "plain"'],
    ['a key written down bare', '"accessKey": { "secret": "platform.accessKey" }', '"accessKey": "abc"', 'transport.accessKey', '密钥只写名字', 'a key is named'],
    ['http outside this machine', 'https://gateway.example', 'http://gateway.example', 'transport.url', '平台不在本机时必须用 https', 'https, unless the platform runs on this machine'],
    ['a pattern that is none', '"clockSkewPattern": "签名时间戳超时"', '"clockSkewPattern": "("', 'transport.clockSkewPattern', '不是合规的正则表达式', 'a regular expression'],
    ['a transaction that is none', '"2101": 30000', '"21": 30000', 'timeouts.perTransaction.21', '应为交易编号', 'a transaction number'],
    ['a name of the older shape', '"insuredType": "1",', '"insuredType": "1", "settlementTypeField": "MDTRT_SETL_TYPE",', 'upload.settlementTypeField', '旧版配置的键；现写为 wireNames.renamed', 'of an older shape of profiles'],
    ['another meaning of a reversal', '"accepted": "void"', '"accepted": "settled"', 'reversalOfUnknown.accepted', '应为 "void" 之一', 'one of "void"'],
  ])('explains %s where it stands, in both languages', (_what, from, to, path, zh, en) => {
    const { findings, line } = withChange(from, to)
    const found = findings.find((finding) => finding.path === path && finding.zh.includes(zh))
    expect(found, JSON.stringify(findings)).toMatchObject({ severity: 'error', line, en: expect.stringContaining(en) })
    expect(found?.column).toBeGreaterThan(1)
  })

  it('says what is missing, at the object that misses it', () => {
    const { findings, source } = withChange('"receiverSystem": "99",', '')
    expect(findings).toMatchObject([{ severity: 'error', path: 'envelope.receiverSystem', zh: '缺“receiverSystem”', en: 'receiverSystem is missing', line: lineOf(source, '"envelope": {') }])
  })

  it('tells every mistake of a file at once, in the order of its lines', () => {
    const source = filled().replace('"connectMs": 5000', '"connectMs": null').replace('"name": "湖南"', '"name": 1').replace('"returnDays": 10', '"returnDays": -1')
    const lines = lintProfile(source).map(({ line }) => line)
    expect(lines).toHaveLength(3)
    expect(lines).toEqual(lines.toSorted((a, b) => a - b))
  })

  it.each([
    ['{ "name": "x" "practice": true }', '两项之间缺逗号', 1, 15],
    ['{\n "name" "x" }', '键名后缺冒号', 2, 9],
    ['{ "name": "x", /* never ends', '注释没有结束', 1, 16],
    ['', '文件是空的', 1, 1],
    ['{ "a": "\\d" }', '反斜杠后的字符不合规', 1, 8],
  ])('of %j says what is wrong with the file itself', (source, zh, line, column) => {
    expect(lintProfile(source)[0]).toMatchObject({ severity: 'error', line, column, zh: expect.stringContaining(zh) })
  })

  it('refuses a name that stands twice', () => {
    const { findings } = withChange('"clearingOffice": "430100",', '"clearingOffice": "430200", "clearingOffice": "430100",')
    expect(findings).toMatchObject([{ severity: 'error', path: 'clearingOffice', en: expect.stringContaining('stands twice') }])
  })

  it.each([
    ['a key in clear', '{ "secret": "platform.secretKey" }', '{ "value": "s3cret-key" }', 'transport.secretKey', 'a key in clear'],
    ['a pattern that matches everything', '"alreadyCancelledPattern": "已撤销|已经撤销|重复撤销"', '"alreadyCancelledPattern": "(已撤销)?"', 'cancel.alreadyCancelledPattern', 'matches the empty text'],
    ['a time-out longer than any gateway\'s', '"2102": 30000', '"2102": 300000', 'timeouts.perTransaction.2102', 'longer than gateways'],
    ['a settlement that is given up too soon', '"2102": 30000', '"2102": 8000', 'timeouts.perTransaction.2102', 'shorter than the platform’s own limit'],
    ['message numbers of every till', '"from": 1000, "to": 1999', '"from": 1, "to": 9999', 'messageIds', 'overlaps the default range'],
    ['too few message numbers', '"from": 1000, "to": 1999', '"from": 1000, "to": 1009', 'messageIds', 'fewer than 100'],
    ['a region without a name', '"admvs": "430100"', '"admvs": "439901"', 'envelope.admvs', 'has no name in names.regions'],
    ['a refusal that may have arrived', '"404", "429"]', '"404", "504"]', 'transport.refusedBeforePlatform[4]', 'would be made again'],
    ['connections kept too long', '"keepAliveMs": 4000', '"keepAliveMs": 90000', 'transport.keepAliveMs', 'closing one'],
    ['the example\'s institution', '"某药店"', '"请填写定点药店名称"', 'institution.name', 'the example’s value'],
  ])('warns of %s, which is legal', (_what, from, to, path, en) => {
    const { findings, line } = withChange(from, to)
    expect(findings).toMatchObject([{ severity: 'warning', path, line, en: expect.stringContaining(en) }])
    expect(findings[0]?.zh).not.toBe('')
    expect(() => RegionProfile.parse(parse(filled().replace(from, to)))).not.toThrow()
  })

  it('warns of a shop that can settle nothing', () => {
    const source = filled().replaceAll('"offered": true', '"offered": false')
    expect(lintProfile(source)).toMatchObject([{ severity: 'warning', path: 'purchaseKinds', en: expect.stringContaining('nothing can be settled') }])
  })

  it('has Chinese words for every rule of the schema\'s own', () => {
    const folder = path.resolve(import.meta.dirname, '../../../electron/core/platform')
    const sources = [path.join(folder, 'profile.ts'), ...readdirSync(path.join(folder, 'profile-sections')).map((name) => path.join(folder, 'profile-sections', name))].map((file) => readFileSync(file, 'utf8')).join('\n')
    // A rule ends its line, or a default follows it.
    const told = [...sources.matchAll(/(?:, |error: |^ *\}, )'((?:[^'\\]|\\.)+)'(?:\)|, path:)/gm)].map(([, message]) => (message ?? '').replaceAll("\\'", "'")).filter((message) => message.includes(' ') || /^[A-Za-z]{2,4}[:-]/.test(message))
    expect(told.length).toBeGreaterThan(12)
    expect(told.filter((message) => !Object.hasOwn(RULES, message) && !/[\u4e00-\u9fff]/.test(message))).toEqual([])
  })

  it('names the nearest key and none where none is near', () => {
    expect(nearestName('timeout', ['timeouts', 'transport'])).toBe('timeouts')
    expect(nearestName('TimeOuts', ['timeouts'])).toBe('timeouts')
    expect(nearestName('xyz', ['timeouts', 'transport'])).toBeNull()
  })

  it('explains an issue of every kind that a broken profile can have', () => {
    const broken: readonly unknown[] = [null, [], 'text', {}, { transport: null }, { transport: { kind: 'tif' } }, { transport: { kind: 'oauth', token: [] } }, { sealing: { kind: 'sm2-sm4', mode: 'cbc' } }, { names: { regions: { x: 'y' } } }, { limits: { inFlight: 1.5, rates: { 1: 2 } } }]
    for (const value of broken) {
      const findings = lintProfile(JSON.stringify(value))
      expect(findings.length, JSON.stringify(value)).toBeGreaterThan(0)
      for (const { zh, en, line } of findings) expect([zh.length > 1, en.length > 1, line]).toEqual([true, true, 1])
    }
  })
})

describe('the profiles that come with the program', () => {
  it('are files, and nothing else makes a province', () => {
    expect(shippedProfiles()).toEqual(['generic-tif', 'hunan', 'practice', 'practice-sm', 'practice-tif', 'sm'])
    expect(() => shippedProfileFile('../practice')).toThrow()
    expect(() => shippedProfileFile('nowhere')).toThrow('generic-tif')
  })

  it.each(['generic-tif', 'hunan', 'practice', 'practice-sm', 'practice-tif', 'sm'])('%s is without mistakes, and every line of it is explained', (name) => {
    expect(lintProfile(text(name)).filter(({ severity }) => severity === 'error')).toEqual([])
    const lines = text(name).split('\n')
    // A key stands below a comment, or in a group of keys that one comment opened.
    let explained = false
    for (const line of lines) {
      if (/^\s*\/\//.test(line)) explained = true
      else if (line.trim() === '') explained = false
      else if (/^ {2}"/.test(line)) expect([line, explained]).toEqual([line, true])
    }
    expect(lines.filter((line) => /^\s*\/\//.test(line)).length).toBeGreaterThan(50)
  })

  it.each([['practice-tif', 'generic-tif'], ['practice-sm', 'sm'], ['practice', 'hunan']])('%s has the shape of %s: only who, where and how patient differ', (practice, real) => {
    const shapeOf = (name: string): unknown => {
      const { transport, sealing, envelope, traceCodes, wireNames, upload, cancel, answers, signIn, trace, reversalOfUnknown } = loadProfile(shippedProfileFile(name))
      const unkeyed: unknown = JSON.parse(JSON.stringify({ transport, sealing }, (key, value: unknown) => (/^(url|clientId|clientSecret|paasId|accessKey|secretKey|userId|privateKey|platformPublicKey|sm4Key)$/.test(key) ? key : value)))
      return { unkeyed, envelope: { ...envelope, admvs: '' }, traceCodes, wireNames, upload, cancel, answers, signIn, trace, reversalOfUnknown }
    }
    expect(shapeOf(practice)).toEqual(shapeOf(real))
  })

  it('hold no key in clear but for practice', () => {
    for (const name of ['generic-tif', 'hunan', 'sm']) expect(JSON.stringify(loadProfile(shippedProfileFile(name)))).not.toContain('"value"')
  })
})

interface SchemaNode { readonly description?: string; readonly properties?: Readonly<Record<string, SchemaNode>>; readonly additionalProperties?: SchemaNode | boolean; readonly oneOf?: readonly SchemaNode[]; readonly anyOf?: readonly SchemaNode[] }
const keysOf = (node: SchemaNode, at: string): readonly (readonly [path: string, meaning: string | undefined])[] => [
  ...Object.entries(node.properties ?? {}).flatMap(([name, each]) => [[`${at}.${name}`, each.description] as const, ...keysOf(each, `${at}.${name}`)]),
  ...(typeof node.additionalProperties === 'object' ? keysOf(node.additionalProperties, `${at}.*`) : []),
  ...[...(node.oneOf ?? []), ...(node.anyOf ?? [])].flatMap((each) => keysOf(each, at)),
]

describe('the schema of profiles', () => {
  it('says of every key what it means', () => {
    const keys = keysOf(profileSchema() as SchemaNode, '')
    expect(keys.length).toBeGreaterThan(200)
    expect(keys.filter(([, meaning]) => meaning === undefined || meaning === '').map(([path]) => path)).toEqual([])
  })

  it('has no meaning for a key that is none', () => {
    const keys = new Set(keysOf(profileSchema() as SchemaNode, '').map(([path]) => path.slice(1)))
    expect(Object.keys(KEY_WORDS).filter((path) => !keys.has(path))).toEqual([])
  })

  it('takes every profile that comes with the program, key for key', () => {
    const { properties, required } = profileSchema() as { properties: Record<string, unknown>; required: string[] }
    for (const name of shippedProfiles()) {
      const given = Object.keys(parse(text(name)) as object)
      expect(required.filter((key) => !given.includes(key))).toEqual([])
      expect(given.filter((key) => !(key in properties))).toEqual([])
    }
  })
})
