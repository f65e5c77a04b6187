import { createHash, randomUUID } from 'node:crypto'
import { sm2, sm3, sm4 } from 'sm-crypto-v2'
import { beforeEach, describe, expect, test } from 'vitest'
import { practiceAccess } from '../../electron/practice/profile.ts'
import type { PracticeProfileInput } from '../../electron/practice/profile.ts'
import { startPractice } from '../../electron/practice/server.ts'
import type { Practice } from '../../electron/practice/server.ts'
import { variant } from '../../electron/practice/variants.ts'
import { zipOne } from '../../electron/practice/zip.ts'
import { idCard } from './support/messages.ts'
import { NOON, openShop, person } from './support/shop.ts'
import type { Json, Shop } from './support/shop.ts'

/** A bare client of our own for each door; its SM2 to SM4 come from another library than the province's. */

const clock = { now: NOON }
beforeEach(() => {
  clock.now = NOON
})
const open = async (profile: PracticeProfileInput): Promise<{ practice: Practice; shop: Shop }> => {
  const practice = await startPractice({ clock: () => clock.now, profile: { answerForms: 'plain', ...profile } })
  return { practice, shop: openShop(practice, () => clock.now) }
}
const signInInput = { signIn: { opter_no: practiceAccess.operatorNumber, mac: '00-00-5E-00-53-01', ip: '127.0.0.1' } }
const post = async (url: string, body: string, headers: Record<string, string> = {}): Promise<{ status: number; text: string; body: Json; bytes: Buffer; type: string }> => {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body })
  const bytes = Buffer.from(await response.arrayBuffer())
  let parsed: unknown = {}
  try { parsed = JSON.parse(bytes.toString('utf8')) } catch { /* the test looks at the bytes */ }
  return { status: response.status, text: bytes.toString('utf8'), body: parsed as Json, bytes, type: response.headers.get('content-type') ?? '' }
}

describe('the door with x-tif headers', () => {
  let practice: Practice
  let shop: Shop
  beforeEach(async () => {
    ;({ practice, shop } = await open(variant('tif')))
    return () => practice.close()
  })
  const tif = (change: Record<string, string> = {}, secret: string = practiceAccess.secretKey): Record<string, string> => {
    const timestamp = change['x-tif-timestamp'] ?? String(Math.floor(clock.now / 1000))
    const nonce = change['x-tif-nonce'] ?? randomUUID()
    return { 'x-tif-paasid': practiceAccess.accessKey, 'x-tif-timestamp': timestamp, 'x-tif-nonce': nonce, 'x-tif-signature': createHash('sha256').update(timestamp + secret + nonce + timestamp).digest('hex'), ...change }
  }
  const envelope = (infno: string, input: unknown): string => JSON.stringify(shop.envelope(infno, JSON.stringify(input), { recer_sys_code: 'MBS_LOCAL', infver: 'V1.0' }))
  const call = (infno: string, input: unknown, headers = tif()) => post(`${practice.addresses.tif}/${infno}`, envelope(infno, input), headers)

  test('lets a signed call in, at the address of the transaction and at the one address', async () => {
    expect((await call('9001', signInInput)).body).toMatchObject({ infcode: 0 })
    expect((await post(practice.addresses.tif, envelope('9001', signInInput), tif())).body).toMatchObject({ infcode: 0 })
  })

  test.each([
    ['x-tif-paasid', '缺少x-tif请求头'], ['x-tif-timestamp', '缺少x-tif请求头'], ['x-tif-nonce', '缺少x-tif请求头'], ['x-tif-signature', '缺少x-tif请求头'],
  ])('refuses a call without %s, with one code for everything', async (name, msg) => {
    const { [name]: _gone, ...headers } = tif()
    const reply = await call('9001', signInInput, headers)
    expect([reply.status, reply.body]).toEqual([200, { code: '999', msg }])
  })

  test('refuses who it does not know, a time that is over or in milliseconds, and a signature of another secret or in other letters', async () => {
    const upper = tif()
    for (const [headers, msg] of [
      [tif({ 'x-tif-paasid': 'nobody' }), 'x-tif-paasid未注册'],
      [tif({ 'x-tif-timestamp': String(Math.floor(clock.now / 1000) - 1801) }), 'x-tif-timestamp时间戳已过期'],
      [tif({ 'x-tif-timestamp': String(Math.floor(clock.now / 1000) + 1801) }), 'x-tif-timestamp时间戳已过期'],
      [tif({ 'x-tif-timestamp': String(clock.now) }), 'x-tif-timestamp时间戳已过期'],
      [tif({}, 'another'), 'x-tif-signature签名校验失败'],
      [{ ...upper, 'x-tif-signature': (upper['x-tif-signature'] ?? '').toUpperCase() }, 'x-tif-signature签名校验失败'],
    ] as const) expect((await call('9001', signInInput, headers)).body).toEqual({ code: '999', msg })
  })

  test('takes each nonce once', async () => {
    const headers = tif()
    expect((await call('9001', signInInput, headers)).body).toMatchObject({ infcode: 0 })
    expect((await call('9001', signInInput, headers)).body).toEqual({ code: '999', msg: 'x-tif-nonce重复,请求被拒绝' })
  })

  test('shows on the province\'s page what stands in the text, and nobody\'s number', async () => {
    const signIn = (await call('9001', signInInput)).body.output as Json
    shop.signNo = String((signIn.signinoutb as Json).sign_no)
    const who = person('employee')
    expect((await call('1101', { data: idCard(who) })).body).toMatchObject({ infcode: 0 })
    const shown = await shownAt(practice)
    expect(shown).toContain('certno')
    for (const personal of [who.idNumber, who.psnNo, who.name]) expect(shown).not.toContain(personal)
  })

  test('refuses inside the envelope: another transaction than the address names, input as an object', async () => {
    expect((await post(`${practice.addresses.tif}/1101`, envelope('9001', signInInput), tif())).body).toMatchObject({ infcode: -1 })
    const body = JSON.stringify(shop.envelope('9001', signInInput, { recer_sys_code: 'MBS_LOCAL', infver: 'V1.0' }))
    expect((await post(`${practice.addresses.tif}/9001`, body, tif())).body).toMatchObject({ infcode: -1, err_msg: '交易输入(input)应为JSON文本' })
  })
})

const TOKEN = { grant_type: 'client_credentials', client_id: practiceAccess.accessKey, client_secret: practiceAccess.secretKey }
const form = (fields: Record<string, string>): [string, Record<string, string>] => [new URLSearchParams(fields).toString(), { 'content-type': 'application/x-www-form-urlencoded' }]

const shownAt = async (practice: Practice): Promise<string> => {
  const headers = { _api_access_key: practiceAccess.accessKey }
  const data = async (path: string): Promise<string> => (await fetch(new URL(`/ui/data/${path}`, practice.url), { headers })).text()
  const list = await data('messages')
  const numbers = [...list.matchAll(/"seq":(\d+)/g)].map(([, seq]) => seq)
  return [list, ...(await Promise.all(numbers.map((seq) => data(`message?seq=${seq}`))))].join('\n')
}

describe('the token office', () => {
  let practice: Practice
  beforeEach(async () => {
    ;({ practice } = await open(variant('sm')))
    return () => practice.close()
  })

  test('gives a token for the client\'s secret, asked for as a form or as JSON', async () => {
    for (const [body, headers] of [form(TOKEN), [JSON.stringify(TOKEN), {}] as [string, Record<string, string>]]) {
      const reply = await post(practice.addresses.token, body, headers)
      expect([reply.status, reply.body]).toEqual([200, { access_token: expect.stringMatching(/^[0-9a-f]{48}$/), token_type: 'Bearer', expires_in: 3600 }])
    }
  })

  test('refuses another secret, another client, another grant', async () => {
    for (const change of [{ client_secret: 'x' }, { client_id: 'nobody' }]) {
      const reply = await post(practice.addresses.token, ...form({ ...TOKEN, ...change }))
      expect([reply.status, reply.body]).toEqual([401, { error: 'invalid_client', error_description: '客户端认证失败' }])
    }
    expect((await post(practice.addresses.token, ...form({ ...TOKEN, grant_type: 'password' }))).body).toMatchObject({ error: 'unsupported_grant_type' })
    expect((await post(practice.addresses.token, 'nothing', {})).body).toMatchObject({ error: 'unsupported_grant_type' })
  })
})

describe('the door that is signed and encrypted', () => {
  let practice: Practice
  let shop: Shop
  beforeEach(async () => {
    ;({ practice, shop } = await open(variant('sm')))
    return () => practice.close()
  })
  const USER = practiceAccess.accessKey
  const signed = (text: string, userId: string = USER): string =>
    Buffer.from(sm2.doSignature(Buffer.from(text), practiceAccess.sm2PrivateKey, { hash: true, der: true, userId, publicKey: practiceAccess.sm2PublicKey }), 'hex').toString('base64')
  const encrypted = (text: string, key: string = practiceAccess.sm4Key): string => Buffer.from(sm4.encrypt(Buffer.from(text), key, { output: 'string' }), 'hex').toString('base64')
  const token = async (): Promise<Record<string, string>> => ({ authorization: `Bearer ${String((await post(practice.addresses.token, ...form(TOKEN))).body.access_token)}` })
  const sealed = (infno: string, input: unknown, change: Json = {}): string => {
    const text = JSON.stringify(input)
    return JSON.stringify(shop.envelope(infno, encrypted(text), { recer_sys_code: 'YBXT', infver: 'V1.0', cainfo: signed(text), ...change }))
  }
  const opened = (body: Json): Json => {
    const text = new TextDecoder().decode(sm4.decrypt(Buffer.from(String(body.output), 'base64'), practiceAccess.sm4Key, { output: 'array' }))
    const good = sm2.doVerifySignature(Buffer.from(text), Buffer.from(String(body.cainfo), 'base64').toString('hex'), practiceAccess.platformSm2PublicKey, { hash: true, der: true, userId: USER })
    expect(good).toBe(true)
    return JSON.parse(text) as Json
  }

  test('lets a sealed call in and seals its answer', async () => {
    const bearer = await token()
    const reply = await post(practice.addresses.sm, sealed('9001', signInInput), bearer)
    expect(reply.body).toMatchObject({ infcode: 0 })
    shop.signNo = String((opened(reply.body).signinoutb as Json).sign_no)
    const who = person('employee')
    const read = await post(practice.addresses.sm, sealed('1101', { data: idCard(who) }), bearer)
    expect(opened(read.body)).toMatchObject({ baseinfo: { psn_no: who.psnNo } })
    expect(read.text).not.toContain(who.psnNo)
    const shown = await shownAt(practice)
    expect(shown).toContain('certno')
    for (const personal of [who.idNumber, who.psnNo, who.name]) expect(shown).not.toContain(personal)
    expect((await post(practice.addresses.sm, sealed('1101', { data: {} }), bearer)).body).toMatchObject({ infcode: -1, output: null, cainfo: '' })
  })

  test('refuses a call without token, with one it never gave, and with one that is over', async () => {
    const bearer = await token()
    for (const [headers, msg] of [[{}, '缺少访问令牌'], [{ authorization: 'Bearer 00' }, '访问令牌无效'], [{ authorization: 'Basic 00' }, '缺少访问令牌']] as const) {
      expect((await post(practice.addresses.sm, sealed('9001', signInInput), headers)).body).toEqual({ code: '401', msg })
    }
    clock.now += 3600_000
    expect((await post(practice.addresses.sm, sealed('9001', signInInput), bearer)).body).toEqual({ code: '401', msg: '访问令牌已过期' })
  })

  test('refuses outside the envelope what it cannot open, and what somebody else signed', async () => {
    const bearer = await token()
    const text = JSON.stringify(signInInput)
    for (const [change, code] of [
      [{ input: signInInput }, '995'], [{ input: text }, '995'], [{ input: encrypted(text, '0'.repeat(32)) }, '995'], [{ input: encrypted('no JSON'), cainfo: signed('no JSON') }, '995'],
      [{ cainfo: '' }, '994'], [{ cainfo: signed(`${text} `) }, '994'], [{ cainfo: signed(text, 'SOMEBODY') }, '994'], [{ cainfo: '!' }, '994'],
    ] as const) expect((await post(practice.addresses.sm, sealed('9001', signInInput, change), bearer)).body).toMatchObject({ code })
    expect((await post(practice.addresses.sm, 'no JSON', bearer)).body).toMatchObject({ code: '995' })
    expect(practice.books.messages()).toEqual([])
  })

  test('takes files and gives them as octets', async () => {
    const bearer = await token()
    shop.signNo = String((opened((await post(practice.addresses.sm, sealed('9001', signInInput), bearer)).body).signinoutb as Json).sign_no)
    const file = Buffer.from(zipOne('rows.txt', Buffer.from('a\tb\n')))
    const parts = new FormData()
    parts.set('jsonStr', sealed('9101', { fsUploadIn: { filename: 'rows.zip', fixmedins_code: practiceAccess.institutionCode } }))
    parts.set('file', new Blob([file]), 'rows.zip')
    const up = (await (await fetch(practice.addresses.sm, { method: 'POST', headers: bearer, body: parts })).json()) as Json
    expect(up).toMatchObject({ infcode: 0 })
    const number = JSON.stringify(opened(up)).match(/"file_qury_no":"([^"]+)"/)?.[1] ?? ''
    const down = await post(practice.addresses.sm, sealed('9102', { fsDownloadIn: { file_qury_no: number, filename: 'rows.zip', fixmedins_code: practiceAccess.institutionCode } }), bearer)
    expect(down.type).toContain('octet-stream')
    expect(down.bytes.equals(file)).toBe(true)
  })

  test('breaks its own seal when a fault plan says so', async () => {
    const bearer = await token()
    for (const which of ['signature', 'cipher'] as const) {
      practice.setFaults({ rules: [{ infno: '9001', action: { kind: 'wrong-seal', which } }] })
      const { body } = await post(practice.addresses.sm, sealed('9001', signInInput), bearer)
      expect(body).toMatchObject({ infcode: 0 })
      expect(() => opened(body)).toThrow()
    }
  })

  test('obeys a fault plan by the transaction that only the message names, and gives no token when told so', async () => {
    const bearer = await token()
    practice.setFaults({ rules: [{ infno: '9001', nth: 1, action: { kind: 'lose-answer-after-booking' } }, { infno: '9001', nth: 2, action: { kind: 'gateway', which: 'timestamp' } }, { infno: 'token', action: { kind: 'gateway', which: 'user' } }] })
    await expect(post(practice.addresses.sm, sealed('9001', signInInput), bearer)).rejects.toThrow()
    expect(practice.books.signIns()).toHaveLength(1)
    expect((await post(practice.addresses.sm, sealed('9001', signInInput), bearer)).body).toEqual({ code: '401', msg: '访问令牌已过期' })
    expect((await post(practice.addresses.sm, sealed('9001', signInInput), bearer)).body).toMatchObject({ infcode: 0 })
    expect((await post(practice.addresses.token, ...form(TOKEN))).status).toBe(401)
  })
})

describe('the door without anything', () => {
  let practice: Practice
  let shop: Shop
  beforeEach(async () => {
    ;({ practice, shop } = await open(variant('plain')))
    return () => practice.close()
  })
  const call = (change: (fields: Record<string, unknown>) => Record<string, unknown> = (fields) => fields) => {
    const fields = shop.envelope('9001', signInInput, { recer_sys_code: 'fsi' })
    const joined = Object.keys(fields).sort().filter((name) => name !== 'cainfo' && fields[name] !== '').map((name) => `${name}=${name === 'input' ? JSON.stringify(fields[name]) : String(fields[name])}`).join('&')
    const cainfo = Buffer.from(sm2.doSignature(Buffer.from(joined), practiceAccess.sm2PrivateKey, { hash: true, der: true, userId: '1234567812345678', publicKey: practiceAccess.sm2PublicKey }), 'hex').toString('base64')
    return post(practice.addresses.plain, JSON.stringify(change({ ...fields, cainfo })))
  }

  test('takes a message that is signed as a whole', async () => {
    expect((await call()).body).toMatchObject({ infcode: 0 })
  })

  test('refuses one of which anything is another\'s', async () => {
    for (const change of [{ opter: '9999' }, { msgid: 'x' }, { cainfo: '' }, { input: {} }, { extra: '1' }]) {
      expect((await call((fields) => ({ ...fields, ...change }))).body).toEqual({ code: '994', msg: '报文签名验证失败' })
    }
  })
})

describe('a province that wants a digest', () => {
  test('takes `cainfo` as the SM3 of the input\'s own characters, and nothing else', async () => {
    const { practice, shop } = await open({ cainfo: 'sm3' })
    try {
      const body = (cainfo: string): string => JSON.stringify(shop.envelope('9001', signInInput, { cainfo }))
      expect((await shop.post('9001', body(sm3(JSON.stringify(signInInput))))).body).toMatchObject({ infcode: 0 })
      for (const wrong of ['', sm3('{}'), sm3(`${JSON.stringify(signInInput)} `)]) expect((await shop.post('9001', body(wrong))).body).toEqual({ code: 401, message: '签名不一致!' })
    } finally {
      await practice.close()
    }
  })
})
