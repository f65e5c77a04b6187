import { createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { PracticeProfile } from './profile.ts'

/** Said before the envelope is looked at: HTTP status and the gateway's own body. */
export interface GatewayRefusal {
  readonly status: number
  readonly body: { readonly code: number; readonly message: string } | { readonly code: string; readonly msg: string }
}

const SIGNED = ['_api_access_key', '_api_name', '_api_timestamp', '_api_version'] as const

const TEXTS = { 'missing-headers': '缺少服务网关的请求头!', user: '非法用户!', timestamp: '签名时间戳超时!', signature: '签名不一致!' } as const
export type GatewayReason = keyof typeof TEXTS

export const gatewayRefusal = (profile: PracticeProfile, reason: GatewayReason): GatewayRefusal => ({
  status: profile.gatewayStatus,
  body: { code: 401, message: TEXTS[reason] },
})
export const wordsOf = ({ body }: GatewayRefusal): string => ('message' in body ? body.message : body.msg)
export const protocolRefusal = (status: number, message: string): GatewayRefusal => ({ status, body: { code: status, message } })

/** Base64(HMAC-SHA1(secret, the four other headers sorted by name, joined k=v&k=v)). */
export const csbSignature = (secret: string, headers: Readonly<Record<(typeof SIGNED)[number], string>>): string =>
  createHmac('sha1', secret)
    .update(SIGNED.map((name) => `${name}=${headers[name]}`).join('&'), 'utf8')
    .digest('base64')

export const equalText = (a: string, b: string): boolean => {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}

/** null: let through. In the order headers, user, time, signature. */
export const checkGateway = (profile: PracticeProfile, headers: IncomingHttpHeaders, now: number): GatewayRefusal | null => {
  const read = (name: string): string => (typeof headers[name] === 'string' ? headers[name] : '')
  const sent = {
    _api_access_key: read('_api_access_key'),
    _api_name: read('_api_name'),
    _api_timestamp: read('_api_timestamp'),
    _api_version: read('_api_version'),
  }
  const signature = read('_api_signature')
  if (signature === '' || SIGNED.some((name) => sent[name] === '')) return gatewayRefusal(profile, 'missing-headers')
  const key = profile.keys.find((candidate) => candidate.accessKey === sent._api_access_key)
  if (key === undefined) return gatewayRefusal(profile, 'user')
  const drift = Math.abs(now - Number(sent._api_timestamp))
  if (!/^\d{13}$/.test(sent._api_timestamp) || drift > profile.signatureWindowMinutes * 60_000) return gatewayRefusal(profile, 'timestamp')
  if (!equalText(csbSignature(key.secretKey, sent), signature)) return gatewayRefusal(profile, 'signature')
  if (sent._api_version !== profile.apiVersion) return protocolRefusal(404, '服务版本不存在!')
  return null
}
