import { randomBytes } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { Answer } from '../answer.ts'
import { equalText } from '../gateway.ts'
import type { GatewayReason, GatewayRefusal } from '../gateway.ts'
import type { PracticeProfile } from '../profile.ts'
import { parseJson } from '../read-body.ts'
import { decryptText, encryptText, isSigned, signText } from '../sm.ts'
import { isRecord } from '../wire-values.ts'
import type { Door } from './door.ts'
import { headerOf, openJson, textRefusal } from './door.ts'

/** What the doors say that sign the message itself. */
export const SIGNING_TEXTS: Readonly<Record<GatewayReason, readonly [code: string, words: string]>> = {
  'missing-headers': ['401', '缺少访问令牌'], user: ['401', '访问令牌无效'], timestamp: ['401', '访问令牌已过期'], signature: ['994', '报文签名验证失败'],
}
const NOT_OPENED = '报文解密失败'

export interface TokenOffice {
  readonly issue: (headers: IncomingHttpHeaders, body: string, now: number) => { readonly status: number; readonly body: unknown }
  readonly check: (token: string, now: number) => 'good' | 'unknown' | 'expired'
}

/** /oauth/token: client credentials, as a form or as JSON (RFC 6749 §4.4). */
export const openTokenOffice = (profile: PracticeProfile): TokenOffice => {
  const tokens = new Map<string, number>()
  const fieldsOf = (headers: IncomingHttpHeaders, body: string): ReadonlyMap<string, string> => {
    if (/^application\/x-www-form-urlencoded\b/i.test(headerOf(headers, 'content-type'))) return new Map(new URLSearchParams(body))
    const json = parseJson(body)
    return new Map(json.ok && isRecord(json.value) ? Object.entries(json.value).map(([name, value]) => [name, String(value)]) : [])
  }
  return {
    issue: (headers, body, now) => {
      const fields = fieldsOf(headers, body)
      if (fields.get('grant_type') !== 'client_credentials') return { status: 400, body: { error: 'unsupported_grant_type', error_description: '授权类型不支持' } }
      const key = profile.keys.find((candidate) => candidate.accessKey === fields.get('client_id'))
      if (key === undefined || !equalText(key.secretKey, fields.get('client_secret') ?? '')) return { status: 401, body: { error: 'invalid_client', error_description: '客户端认证失败' } }
      const token = randomBytes(24).toString('hex')
      for (const [old, until] of tokens) if (until + 3_600_000 < now) tokens.delete(old)
      tokens.set(token, now + profile.sm.tokenSeconds * 1000)
      return { status: 200, body: { access_token: token, token_type: 'Bearer', expires_in: profile.sm.tokenSeconds } }
    },
    check: (token, now) => {
      const until = tokens.get(token)
      return until === undefined ? 'unknown' : now < until ? 'good' : 'expired'
    },
  }
}

/** /sm: a token, and a message signed with SM2 and encrypted with SM4; its answer the same way. */
export const smDoor = (profile: PracticeProfile, office: TokenOffice): Door => {
  const { clientPublicKey, platform, sm4Key } = profile.sm
  const userId = profile.sm.clientId
  const refusal = (reason: GatewayReason): GatewayRefusal => textRefusal(profile.gatewayStatus, ...SIGNING_TEXTS[reason])
  const opened = (text: string): ReturnType<Door['open']> => {
    const json = openJson(text, (_status, words) => textRefusal(profile.gatewayStatus, '995', words))
    if (!json.ok || !isRecord(json.message)) return json
    const { cainfo } = json.message
    const input = typeof json.message.input === 'string' ? decryptText(json.message.input, sm4Key) : null
    if (input === null) return { ok: false, refusal: textRefusal(profile.gatewayStatus, '995', NOT_OPENED) }
    if (typeof cainfo !== 'string' || !isSigned(input, cainfo, clientPublicKey, userId)) return { ok: false, refusal: refusal('signature') }
    const inner = parseJson(input)
    return inner.ok ? { ok: true, message: { ...json.message, input: inner.value } } : { ok: false, refusal: textRefusal(profile.gatewayStatus, '995', NOT_OPENED) }
  }
  return {
    infnoOf: () => null,
    check: (headers, now) => {
      const bearer = /^Bearer ([\x21-\x7e]{1,200})$/.exec(headerOf(headers, 'authorization'))?.[1]
      if (bearer === undefined) return refusal('missing-headers')
      const state = office.check(bearer, now)
      return state === 'good' ? null : refusal(state === 'expired' ? 'timestamp' : 'user')
    },
    open: opened,
    seal: (answer: Answer, broken) => {
      if (answer.output === null || answer.output === undefined) return JSON.stringify(answer)
      const output = JSON.stringify(answer.output)
      const signed = broken === 'signature' ? `${output} ` : output
      return JSON.stringify({ ...answer, output: encryptText(output, broken === 'cipher' ? 'f'.repeat(32) : sm4Key), cainfo: signText(signed, platform, userId) })
    },
    refusal,
    protocol: (status, words) => textRefusal(status, '995', words),
  }
}
