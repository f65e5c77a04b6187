import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { csbSignature } from '../../electron/practice/gateway.ts'
import { startPractice } from '../../electron/practice/server.ts'
import type { Practice } from '../../electron/practice/server.ts'
import { NOON, openShop, sign } from './support/shop.ts'
import type { Shop } from './support/shop.ts'

let practice: Practice
let shop: Shop
beforeAll(async () => {
  practice = await startPractice({ clock: () => NOON, profile: { maxBodyBytes: 5000 } })
  shop = openShop(practice)
})
afterAll(() => practice.close())

const anyBody = (): string => JSON.stringify(shop.envelope('9001', { signIn: { opter_no: '1001', mac: 'm', ip: 'i' } }))

describe('the gateway', () => {
  test('signs with HMAC-SHA1 over the four other headers sorted by name', () => {
    const headers = { _api_access_key: 'ak', _api_name: '1101', _api_timestamp: '1732154400000', _api_version: '1.0.0' }
    // echo -n '_api_access_key=ak&_api_name=1101&_api_timestamp=1732154400000&_api_version=1.0.0' | openssl dgst -sha1 -hmac secret -binary | base64
    expect(csbSignature('secret', headers)).toBe('NUFnvXTxZzt3koDKwl93VtZWVV8=')
    expect(sign(headers, 'secret')).toBe('NUFnvXTxZzt3koDKwl93VtZWVV8=')
  })

  test.each(['_api_name', '_api_version', '_api_timestamp', '_api_access_key', '_api_signature'])(
    'refuses a call without %s outside the envelope',
    async (name) => {
      const headers = shop.headers('9001')
      delete headers[name]
      const reply = await shop.post('9001', anyBody(), headers)
      expect(reply.body).toEqual({ code: 401, message: '缺少服务网关的请求头!' })
    },
  )

  test('refuses an access key it does not know', async () => {
    const reply = await shop.post('9001', anyBody(), shop.headers('9001', { _api_access_key: 'nobody' }))
    expect(reply.body).toEqual({ code: 401, message: '非法用户!' })
  })

  test('refuses a signature made with another secret', async () => {
    const headers = shop.headers('9001')
    headers._api_signature = sign(headers, 'another')
    expect((await shop.post('9001', anyBody(), headers)).body).toEqual({ code: 401, message: '签名不一致!' })
  })

  test('refuses a signature of another call', async () => {
    const headers = shop.headers('9001')
    headers._api_name = '1101'
    expect((await shop.post('1101', anyBody(), headers)).body).toEqual({ code: 401, message: '签名不一致!' })
  })

  test.each([
    [30 * 60_000, true],
    [-30 * 60_000, true],
    [30 * 60_000 + 1, false],
    [-30 * 60_000 - 1, false],
  ])('lets a clock %i ms off pass: %s', async (drift, passes) => {
    const reply = await shop.post('9001', anyBody(), shop.headers('9001', { _api_timestamp: String(NOON + drift) }))
    if (passes) expect(reply.body.infcode).toBeDefined()
    else expect(reply.body).toEqual({ code: 401, message: '签名时间戳超时!' })
  })

  test('wants the timestamp in milliseconds', async () => {
    const reply = await shop.post('9001', anyBody(), shop.headers('9001', { _api_timestamp: String(NOON / 1000) }))
    expect(reply.body).toEqual({ code: 401, message: '签名时间戳超时!' })
  })

  test('knows one version of the service', async () => {
    const reply = await shop.post('9001', anyBody(), shop.headers('9001', { _api_version: '2.0.0' }))
    expect(reply.body).toEqual({ code: 404, message: '服务版本不存在!' })
  })

  test('refuses a body that is no JSON, no UTF-8, too large or of another type', async () => {
    expect((await shop.post('9001', '{"infno":')).body.code).toBe(400)
    const latin = await fetch(practice.url, { method: 'POST', headers: shop.headers('9001'), body: Buffer.from([0x7b, 0xff, 0xfe, 0x7d]) })
    expect(((await latin.json()) as { code: number }).code).toBe(400)
    const large = await shop.post('9001', JSON.stringify({ x: 'y'.repeat(6000) }))
    expect([large.status, large.body.code]).toEqual([413, 413])
    const form = await shop.post('9001', anyBody(), { ...shop.headers('9001'), 'content-type': 'text/plain' })
    expect(form.body.code).toBe(415)
  })

  test('answers only POST on its one path', async () => {
    expect((await fetch(practice.url)).status).toBe(405)
    expect((await fetch(practice.url.replace('/csb', '/other'), { method: 'POST' })).status).toBe(404)
  })

  test('answers gateway refusals with the HTTP status of the profile', async () => {
    const other = await startPractice({ profile: { gatewayStatus: 401 } })
    try {
      const response = await fetch(other.url, { method: 'POST', body: '{}' })
      expect([response.status, await response.json()]).toEqual([401, { code: 401, message: '缺少服务网关的请求头!' }])
    } finally {
      await other.close()
    }
  })
})
