import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ErrorCode } from '../../../electron/contract/index.ts'
import { isAppError } from '../../../electron/contract/index.ts'
import { PurchaseKind } from '../../../electron/contract/sale.ts'
import { loadProfile, parseProfile, resolveKey, shippedProfileFile, withEndpoint } from '../../../electron/core/platform/profile-file.ts'
import { accumulatorName, clearingTypeName, fundName, insuranceName, personTypeName, regionName } from '../../../electron/core/platform/profile-words.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { openTill, practiceProfile } from './platform-double.ts'

const failure = (work: () => unknown): { code: ErrorCode; message: string; problem: unknown } => {
  try {
    work()
  } catch (error) {
    if (isAppError(error)) return { code: error.code, message: error.message, problem: error.detail['problem'] }
    throw error
  }
  throw new Error('did not fail')
}
const hunan = (): any => JSON.parse(JSON.stringify(loadProfile(shippedProfileFile('hunan'))))

describe('a region profile', () => {
  it('comes with the program for practice and for the reference province', () => {
    expect(practiceProfile()).toMatchObject({ practice: true, credentials: { businessType: '02121' } })
    expect(loadProfile(shippedProfileFile('hunan'))).toMatchObject({ practice: false, timeouts: { perTransaction: { 2102: 30_000 } }, traceCodes: { widths: { 2102: 100, 3505: 30, 3506: 100 } } })
  })

  it('knows the code of every purchase kind', () => {
    const kinds = hunan().purchaseKinds as Record<string, { medType: string }>
    expect(PurchaseKind.options.map((kind) => kinds[kind]?.medType)).toEqual(['41', '14', '9901', '11', '18'])
    const { chronic: _gone, ...rest } = kinds
    expect(failure(() => parseProfile({ ...hunan(), purchaseKinds: rest }, 'x.json'))).toMatchObject({ code: 'profile.invalid', problem: expect.stringContaining('purchaseKinds.chronic') })
  })

  it.each([
    ['a misspelt key', (p: any) => ({ ...p, clearingOfice: '430100' }), /clearingOfice/],
    ['a missing value', (p: any) => ({ ...p, clearingOffice: undefined }), /clearingOffice/],
    ['plain http outside this machine', (p: any) => ({ ...p, transport: { ...p.transport, url: 'http://10.1.2.3/csb' } }), /https, unless/],
    ['an address that is none', (p: any) => ({ ...p, transport: { ...p.transport, url: 'csb' } }), /http/],
    ['a credential service on another machine', (p: any) => ({ ...p, credentials: { ...p.credentials, serviceUrl: 'https://10.1.2.3/' } }), /this machine/],
    ['a time-out shorter than connecting', (p: any) => ({ ...p, timeouts: { ...p.timeouts, perTransaction: { 2102: 5000 } } }), /longer than connectMs/],
    ['a pattern that is none', (p: any) => ({ ...p, signIn: { missingPattern: '(' } }), /regular expression/],
    ['an institution number of the wrong length', (p: any) => ({ ...p, institution: { ...p.institution, code: 'P1' } }), /12 characters/],
    ['a message range upside down', (p: any) => ({ ...p, messageIds: { from: 5, to: 4 } }), /from/],
    ['another meaning of a reversal', (p: any) => ({ ...p, reversalOfUnknown: { accepted: 'settled', refused: 'stays-unknown' } }), /void/],
  ])('with %s is refused in words that name it', (_name, change, words) => {
    const found = failure(() => parseProfile(change(hunan()), 'mine.json'))
    expect(found.code).toBe('profile.invalid')
    expect(found.message).toMatch(words)
  })

  it('from a file that is no JSON, or not there, is refused', () => {
    const file = path.join(temporaryFolder(), 'broken.json')
    writeFileSync(file, '{"name":')
    expect(failure(() => loadProfile(file)).code).toBe('profile.invalid')
    writeFileSync(file, readFileSync(shippedProfileFile('practice'), 'utf8').replace('"clearingOffice"', '"clearingOffice": "999800", "clearingOffice"'))
    expect(failure(() => loadProfile(file)).message).toContain('clearingOffice stands twice')
    expect(failure(() => loadProfile(`${file}.not`)).code).toBe('profile.invalid')
  })

  it('from a file with comments, trailing commas and a byte order mark is taken', () => {
    const file = path.join(temporaryFolder(), 'commented.jsonc')
    writeFileSync(file, `\uFEFF// mine\n${JSON.stringify(hunan()).replace(/\}$/, ', /* the end */ }')}`)
    expect(loadProfile(file)).toEqual(loadProfile(shippedProfileFile('hunan')))
  })

  it('with two seals on one message, or a chain without its first block, is refused', () => {
    expect(failure(() => parseProfile({ ...hunan(), sealing: { kind: 'sm3' }, transport: { ...hunan().transport, kind: 'plain', privateKey: { env: 'K' }, accessKey: undefined, secretKey: undefined, apiVersion: undefined, timestampUnit: undefined } }, 'x')).message).toContain('nothing else may seal')
    const keys = { userId: { env: 'U' }, privateKey: { env: 'K' }, platformPublicKey: { env: 'P' }, sm4Key: { env: 'S' } }
    expect(failure(() => parseProfile({ ...hunan(), sealing: { kind: 'sm2-sm4', ...keys, mode: 'cbc' } }, 'x')).message).toContain('first block')
  })

  it('moves the token\'s address with the platform\'s', () => {
    const moved = withEndpoint(loadProfile(shippedProfileFile('practice-sm')), { url: 'http://127.0.0.1:4711/sm', localServiceUrl: null })
    expect(moved.transport).toMatchObject({ url: 'http://127.0.0.1:4711/sm', token: { url: 'http://127.0.0.1:4711/oauth/token' } })
  })

  it('takes another address at run time, checked like the first', () => {
    const moved = withEndpoint(practiceProfile(), { url: 'http://127.0.0.1:4711/csb', localServiceUrl: 'http://127.0.0.1:4712/' })
    expect(moved).toMatchObject({ transport: { url: 'http://127.0.0.1:4711/csb' }, credentials: { serviceUrl: 'http://127.0.0.1:4712/' } })
    expect(failure(() => withEndpoint(practiceProfile(), { url: 'ftp://x', localServiceUrl: null })).code).toBe('profile.invalid')
  })

  it('names its keys, and a key that is nowhere is told when the program starts', () => {
    expect(resolveKey({ secret: 'a' }, { a: '1' }, {})).toBe('1')
    expect(resolveKey({ env: 'A' }, {}, { A: '2' })).toBe('2')
    expect(resolveKey({ value: '3' }, {}, {})).toBe('3')
    expect(failure(() => resolveKey({ secret: 'platform.secretKey' }, {}, {})).message).toContain('platform.secretKey')
    expect(failure(() => resolveKey({ env: 'A' }, {}, { A: '' })).code).toBe('profile.invalid')
    expect(failure(() => openTill('http://127.0.0.1:1/csb', () => hunan())).code).toBe('profile.invalid')
  })
})

describe('names for codes', () => {
  it('come from the national tables and the profile; what has none is shown as its code', () => {
    expect([insuranceName('310'), insuranceName('390'), personTypeName('12'), fundName('310100'), clearingTypeName('41')])
      .toEqual(['职工基本医疗保险', '城乡居民基本医疗保险', '退休', '城镇职工基本医疗保险统筹基金', '药店购药'])
    expect([insuranceName('000'), personTypeName('constructor'), accumulatorName(practiceProfile(), 'X1'), regionName(practiceProfile(), '123456')]).toEqual(['000', 'constructor', 'X1', '123456'])
    expect(regionName(hunan(), '430100')).toBe('长沙市')
  })
})
