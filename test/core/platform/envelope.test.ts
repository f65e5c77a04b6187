import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import type { Instant } from '../../../electron/contract/index.ts'
import { cleanMessage } from '../../../electron/core/platform/clean-message.ts'
import { csbHeaders } from '../../../electron/core/platform/csb-signature.ts'
import { buildRequest, readAnswer } from '../../../electron/core/platform/envelope.ts'
import * as t1101 from '../../../electron/core/platform/transactions/t1101.ts'
import * as t2101 from '../../../electron/core/platform/transactions/t2101.ts'
import * as t5301 from '../../../electron/core/platform/transactions/t5301.ts'
import * as t9001 from '../../../electron/core/platform/transactions/t9001.ts'
import { fillUnused } from '../../../electron/core/platform/wire-fields.ts'
import { parseWireJson, wireNumber } from '../../../electron/core/platform/wire-json.ts'
import { NINE_OCLOCK } from '../../support/database.ts'
import { basket, operator } from './people-and-baskets.ts'
import { practiceProfile } from './platform-double.ts'

const folder = path.join(import.meta.dirname, 'samples')
const sample = (name: string): Uint8Array => readFileSync(path.join(folder, name))
const bytes = (value: unknown): Uint8Array => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))
const today = '2026-11-21' as never

const parts = { infno: '1101', messageId: 'P99999900001202611210900000001', at: NINE_OCLOCK as Instant, operator, region: null, signNumber: null, input: { data: {} } }
const built = (change: Partial<Record<keyof typeof parts, unknown>>, profile = practiceProfile()): any => JSON.parse(Buffer.from(buildRequest(profile, { ...parts, ...change } as never)).toString())

describe('a request', () => {
  it('has every envelope key of the papers, in their order and both spellings of admvs', () => {
    expect(Object.keys(built({}))).toEqual(['infno', 'msgid', 'mdtrtarea_admvs', 'insuplc_admdvs', 'recer_sys_code', 'dev_no', 'dev_safe_info', 'cainfo', 'signtype', 'infver', 'opter_type', 'opter', 'opter_name', 'inf_time', 'fixmedins_code', 'fixmedins_name', 'sign_no', 'input'])
  })

  it('has the keys of the province\'s own sample request', () => {
    const sampled = JSON.parse(Buffer.from(sample('1301-request-hunan-sdk.json')).toString()) as Record<string, unknown>
    expect(Object.keys(built({}))).toEqual(Object.keys(sampled))
    expect(built({})).toMatchObject({ dev_no: 'null', sign_no: 'null', signtype: 'SM2', infver: '1.0.0', recer_sys_code: '99', opter_type: '1', inf_time: '2026-11-21 09:00:00' })
  })

  it('names the insured person\'s region, and our own area when it is about nobody', () => {
    expect(built({ region: '431100' }).insuplc_admdvs).toBe('431100')
    expect(built({}).insuplc_admdvs).toBe('999900')
    const profile = practiceProfile()
    expect(built({}, { ...profile, envelope: { ...profile.envelope, regionWithoutPerson: 'unused', unused: 'empty-text' } }).insuplc_admdvs).toBe('')
  })

  it('carries input as JSON text where an area wants that', () => {
    const profile = practiceProfile()
    expect(built({}, { ...profile, envelope: { ...profile.envelope, inputAs: 'json-text' } }).input).toBe('{"data":{}}')
  })

  it('refuses a message id that is not 30 characters long', () => {
    expect(() => buildRequest(practiceProfile(), { ...parts, messageId: 'short' })).toThrow()
  })

  it('writes amounts with all their decimals, never as floats', () => {
    const text = Buffer.from(buildRequest(practiceProfile(), { ...parts, infno: '2101', input: t2101.build(basket, '14') })).toString()
    expect(text).toContain('"medfee_sumamt":28.72')
    expect(text).toContain('"det_item_fee_sumamt":24.60,"cnt":2,"pric":12.300000')
    expect(text).toContain('"det_item_fee_sumamt":4.12,"cnt":8,"pric":0.515000')
  })

  it('fills what is unused by the province\'s style', () => {
    const input = t2101.build(basket, '14')
    const filled = fillUnused(t2101.input, input, 'empty') as { druginfo: Record<string, unknown>; drugdetail: Record<string, unknown>[] }
    expect(filled.druginfo).toMatchObject({ card_sn: '', dise_codg: 'M03900', exp_content: '' })
    expect(filled.drugdetail[0]).toMatchObject({ rxno: '', prd_days: 0, bilg_dr_name: '' })
    expect(JSON.stringify(filled)).toContain('"pric":12.300000')
    expect((fillUnused(t2101.input, input, 'null-text') as typeof filled).druginfo).toMatchObject({ card_sn: 'null' })
  })
})

describe('the gateway\'s signature', () => {
  it('is Base64 of HMAC-SHA1 over the other four headers in order of their names', () => {
    const headers = csbHeaders('2102', '1.0.0', '1763686800000', { accessKey: 'ak', secretKey: 'sk' })
    const expected = createHmac('sha1', 'sk').update('_api_access_key=ak&_api_name=2102&_api_timestamp=1763686800000&_api_version=1.0.0').digest('base64')
    expect(headers).toEqual({ _api_name: '2102', _api_version: '1.0.0', _api_timestamp: '1763686800000', _api_access_key: 'ak', _api_signature: expected })
  })

  it('equals a value worked out by another implementation', () => {
    // printf '_api_access_key=ak&_api_name=2102&_api_timestamp=1763686800000&_api_version=1.0.0' | openssl dgst -sha1 -hmac sk -binary | base64
    expect(csbHeaders('2102', '1.0.0', '1763686800000', { accessKey: 'ak', secretKey: 'sk' })['_api_signature']).toBe('Y1M7d3XWiEfojdFmJu6KxuVhptY=')
  })
})

describe('an answer', () => {
  it('is ok with infcode 0, as number and as text', () => {
    for (const infcode of [0, '0', '0 ']) expect(readAnswer(bytes({ infcode, output: { a: 1 } }))).toMatchObject({ kind: 'ok', output: { a: '1' } })
  })

  it('is a refusal with any other infcode, whatever its output', () => {
    for (const infcode of [-1, '-1', 1, '1', '-1.0', 9000]) expect(readAnswer(bytes({ infcode, output: { a: 1 }, err_msg: '不行' }))).toMatchObject({ kind: 'refused', message: '不行' })
  })

  it('is nobody\'s word when infcode is no number, or a zero that is none', () => {
    for (const infcode of ['', '00', 'ok', 'SUCCESS', '-0', {}, true, []]) expect(readAnswer(bytes({ infcode, output: { a: 1 } }))).toEqual({ kind: 'unreadable', why: 'infcode' })
  })

  it('is read from `message` where a province writes that for err_msg, and from warn_msg last', () => {
    expect(readAnswer(bytes({ infcode: -1, message: '余额不足' }))).toMatchObject({ message: '余额不足' })
    expect(readAnswer(bytes({ infcode: -1, err_msg: null, warn_msg: '稍后再试' }))).toMatchObject({ message: '稍后再试' })
  })

  it('has an output as object, as JSON text, as null or as nothing', () => {
    expect(readAnswer(bytes({ infcode: 0, output: '{"x":{"y":1.50}}' }))).toMatchObject({ kind: 'ok', output: { x: { y: '1.50' } } })
    for (const output of [null, '', 'null', undefined]) expect(readAnswer(bytes({ infcode: 0, output }))).toMatchObject({ kind: 'ok', output: null })
    expect(readAnswer(bytes({ infcode: 0, output: JSON.stringify(JSON.stringify({ x: 1 })) }))).toMatchObject({ kind: 'ok', output: { x: '1' } })
    expect(readAnswer(bytes({ infcode: 0, output: '操作成功' }))).toMatchObject({ kind: 'ok', output: null, remark: '', empty: true })
    expect(readAnswer(bytes({ infcode: 0, output: '结算已受理，稍后查询' }))).toMatchObject({ kind: 'ok', output: null, remark: '结算已受理，稍后查询' })
    expect(readAnswer(bytes({ infcode: 0, output: '{"x":' }))).toEqual({ kind: 'unreadable', why: 'output-no-json' })
  })

  it('keeps an error text that comes with success as a remark', () => {
    expect(readAnswer(bytes({ infcode: 0, err_msg: '规则引擎未返回', output: null }))).toMatchObject({ kind: 'ok', remark: '规则引擎未返回', empty: true })
  })

  it('outside the envelope is a gateway\'s', () => {
    for (const [name, message] of [['missing-headers', '缺少服务网关的请求头!'], ['signature', '签名不一致!'], ['timestamp', '签名时间戳超时!'], ['user', '非法用户!']]) {
      expect(readAnswer(sample(`gateway401-${name}-hunan-sdk.json`))).toEqual({ kind: 'gateway', code: '401', message })
    }
    expect(readAnswer(bytes({ code: '999', msg: '系统维护' }))).toEqual({ kind: 'gateway', code: '999', message: '系统维护' })
  })

  it('is read in GBK, in which some gateways speak, and behind a byte order mark', () => {
    const gbk = iconv.encode('{"code":"999","msg":"系统维护，请稍后"}', 'gbk')
    expect(readAnswer(gbk)).toEqual({ kind: 'gateway', code: '999', message: '系统维护，请稍后' })
    expect(readAnswer(iconv.encode(JSON.stringify({ infcode: -1, err_msg: '账户余额不足' }), 'gbk'))).toMatchObject({ kind: 'refused', message: '账户余额不足' })
    expect(readAnswer(bytes('\uFEFF{"infcode":0,"output":null}'))).toMatchObject({ kind: 'ok' })
  })

  it('is read once more where a gateway wrapped it as a text', () => {
    expect(readAnswer(bytes(JSON.stringify(JSON.stringify({ infcode: 0, output: null }))))).toMatchObject({ kind: 'ok' })
  })

  it('of a refusal tells whether it came with all that comes with a yes', () => {
    const withOutput = (output: unknown): unknown => (readAnswer(bytes({ infcode: -1, output })) as { withOutput?: boolean }).withOutput
    expect([null, {}, [], '', 'null', { result: null }, { result: { retRslt: '0', msgRslt: '重复' } }].map(withOutput)).toEqual(Array(7).fill(false))
    expect([{ setlinfo: { setl_id: '1' } }, '{"setlinfo":{}}', { result: { retRslt: 1 } }].map(withOutput)).toEqual([true, true, true])
  })

  it('reads the platform\'s two times, and does without them', () => {
    expect(readAnswer(sample('9001-response-newtouch-openhis.json'))).toMatchObject({ times: { receivedAt: Date.UTC(2021, 6, 13, 15, 8, 9, 297), respondedAt: Date.UTC(2021, 6, 13, 15, 8, 10, 282) } })
    expect(readAnswer(sample('1101-response-error-hunan-sdk.json'))).toMatchObject({ times: { receivedAt: null, respondedAt: null } })
  })

  it('is unreadable when a name stands twice in one object: which one counts is a guess', () => {
    expect(readAnswer(bytes('{"infcode":-1,"infcode":0,"output":null}'))).toEqual({ kind: 'unreadable', why: 'no-json' })
    expect(readAnswer(bytes('{"infcode":0,"output":[{"a":1},{"a":2}],"x":"\\"infcode\\":"}'))).toMatchObject({ kind: 'ok' })
  })

  it('never throws, whatever the bytes are', () => {
    fc.assert(fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.json().map((text) => bytes(text)), fc.jsonValue().map((value) => bytes({ infcode: value, code: value, err_msg: value, output: value, refmsg_time: value }))), (data) => {
      expect(['ok', 'refused', 'gateway', 'unreadable']).toContain(readAnswer(data).kind)
    }))
    expect(readAnswer(bytes('['.repeat(200_000)))).toEqual({ kind: 'unreadable', why: 'no-json' })
    expect(readAnswer(bytes('['.repeat(5000) + ']'.repeat(5000)))).toEqual({ kind: 'unreadable', why: 'no-json' })
  })
})

describe('samples of real provinces', () => {
  const output = (name: string): unknown => {
    const answer = readAnswer(sample(name))
    if (answer.kind !== 'ok') throw new Error(answer.kind)
    return answer.output
  }
  const forced = (name: string): unknown => (parseWireJson(Buffer.from(sample(name)).toString()) as { output: unknown }).output

  it('1101 of Hunan becomes a person', () => {
    expect(t1101.read(output('1101-response-hunan-sdk.json'), today)).toEqual({
      personNumber: '43000030281000120001', name: '张三', idType: '01', idNumber: '999999198001019008', gender: 'male', ageTenths: 355, bornOn: '1990-01-01',
      insurances: [{ insuranceType: '310', personType: '11', active: true, balanceFen: 150_000, civilServant: false, region: '431199' }],
    })
  })

  it('1101 with insuinfo as an object and the region under another name becomes a person too', () => {
    const person = t1101.read(forced('1101-response-yn-ybj-sdk.json'), today)
    expect(person).toMatchObject({ ageTenths: 180, insurances: [{ region: '131002', balanceFen: 500_000, active: true }] })
    expect(readAnswer(sample('1101-response-yn-ybj-sdk.json')).kind).toBe('refused')
  })

  it('1101 wrapped in a list is unwrapped', () => {
    expect(t1101.read([output('1101-response-hunan-sdk.json')], today).personNumber).toBe('43000030281000120001')
  })

  it('an age that is missing comes from the date of birth, and without both there is no person', () => {
    const whole = output('1101-response-hunan-sdk.json') as { baseinfo: Record<string, unknown> }
    expect(t1101.read({ ...whole, baseinfo: { ...whole.baseinfo, age: null } }, today).ageTenths).toBe(360)
    expect(() => t1101.read({ ...whole, baseinfo: { ...whole.baseinfo, age: null, brdy: null } }, today)).toThrow()
  })

  it('5301 and 9001 are understood', () => {
    expect(t5301.read(output('5301-response-newtouch-openhis.json'))).toEqual([{ diseaseCode: 'M03900', diseaseName: '高血压', from: '2020-10-01', to: '2120-11-01' }])
    expect(t9001.read(output('9001-response-newtouch-openhis.json'))).toEqual({ signNumber: '359754' })
  })

  it('refusals are shown without Java names, server marks and glued nulls', () => {
    expect(readAnswer(sample('1101-response-error-hunan-sdk.json'))).toMatchObject({ kind: 'refused', infcode: '-1', message: '请求失败,错误原因：本地查询错误:该参保人的基本信息为空' })
    expect(readAnswer(sample('3103-response-error-fujian.json'))).toMatchObject({ kind: 'refused', message: '就诊凭证编号不能为空' })
  })

  it('every sample is read without throwing', () => {
    const names = readdirSync(folder)
    expect(names.length).toBeGreaterThan(12)
    for (const name of names) expect(readAnswer(sample(name)).kind).toMatch(/ok|refused|gateway|unreadable/)
  })
})

describe('the platform\'s words', () => {
  it.each([
    ['java.lang.NullPointerException: null', ''],
    ['cn.hsa.core.Foo$Bar.baz：结算失败\n\tat cn.hsa.A.b(A.java:1)', '结算失败'],
    ['余额不足，请先充值（1f2e3d4c5b6a@10.1.2.3:8080）', '余额不足，请先充值'],
    ['规格 0.25g×24 单价 12.30 超过限价', '规格 0.25g×24 单价 12.30 超过限价'],
    ['药品 V1.0.2 版本', '药品 V1.0.2 版本'],
  ])('%j is shown as %j', (raw, shown) => {
    expect(cleanMessage(raw)).toBe(shown)
  })

  it('are bounded', () => {
    expect(cleanMessage('错'.repeat(10_000))).toHaveLength(300)
  })
})

describe('exact decimals', () => {
  it('only plain decimals become numbers', () => {
    for (const bad of ['1e5', '01', '.5', '', 'NaN', '1.', '+1', '1,000.00', '--1']) expect(() => wireNumber(bad)).toThrow()
    expect(JSON.stringify([wireNumber('-0.10'), wireNumber('99999999999999.99')])).toBe('[-0.10,99999999999999.99]')
  })

  it('numbers are read as the digits that were sent', () => {
    expect(parseWireJson('{"a":12.300000,"b":430000302810001200014567,"c":1e-7,"d":[0]}')).toEqual({ a: '12.300000', b: '430000302810001200014567', c: '1e-7', d: ['0'] })
  })
})
