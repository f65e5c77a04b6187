import { createHash } from 'node:crypto'
import { equalText } from '../gateway.ts'
import type { GatewayReason, GatewayRefusal } from '../gateway.ts'
import type { PracticeProfile } from '../profile.ts'
import type { Door } from './door.ts'
import { headerOf, openDigested, textRefusal } from './door.ts'

const TEXTS: Readonly<Record<GatewayReason, string>> = { 'missing-headers': '缺少x-tif请求头', user: 'x-tif-paasid未注册', timestamp: 'x-tif-timestamp时间戳已过期', signature: 'x-tif-signature签名校验失败' }
const REPLAYED = 'x-tif-nonce重复,请求被拒绝'

/** Hexadecimal SHA-256 of timestamp, secret, nonce and timestamp again. */
export const tifSignature = (secret: string, timestamp: string, nonce: string): string => createHash('sha256').update(`${timestamp}${secret}${nonce}${timestamp}`).digest('hex')

/** /tif and /tif/INFNO: four headers, the time in seconds, each nonce once. One code for every refusal, as in the field. */
export const tifDoor = (profile: PracticeProfile): Door => {
  const refusal = (words: string): GatewayRefusal => textRefusal(profile.gatewayStatus, '999', words)
  const windowMs = profile.signatureWindowMinutes * 60_000
  const seen = new Map<string, number>()
  const forgetOld = (now: number): void => {
    for (const [nonce, at] of seen) {
      if (now - at <= 2 * windowMs) return
      seen.delete(nonce)
    }
  }
  return {
    infnoOf: (path) => /^\/tif\/([0-9A-Za-z]{4,10})$/.exec(path)?.[1] ?? null,
    check: (headers, now) => {
      const [paasId, timestamp, nonce, signature] = ['x-tif-paasid', 'x-tif-timestamp', 'x-tif-nonce', 'x-tif-signature'].map((name) => headerOf(headers, name))
      if (paasId === undefined || timestamp === undefined || nonce === undefined || signature === undefined || [paasId, timestamp, nonce, signature].includes('')) return refusal(TEXTS['missing-headers'])
      const key = profile.keys.find((candidate) => candidate.accessKey === paasId)
      if (key === undefined) return refusal(TEXTS.user)
      if (!/^\d{10}$/.test(timestamp) || Math.abs(now - Number(timestamp) * 1000) > windowMs) return refusal(TEXTS.timestamp)
      const expected = tifSignature(key.secretKey, timestamp, nonce)
      if (!equalText(profile.tif.hexCase === 'upper' ? expected.toUpperCase() : expected, signature)) return refusal(TEXTS.signature)
      forgetOld(now)
      if (nonce.length > 64 || seen.has(nonce)) return refusal(REPLAYED)
      seen.set(nonce, now)
      return null
    },
    open: (text) => openDigested(profile, text, { protocol: (_status, words) => refusal(words), refusal: (reason) => refusal(TEXTS[reason]) }),
    seal: (answer) => JSON.stringify(answer),
    refusal: (reason) => refusal(TEXTS[reason]),
    protocol: (status, words) => textRefusal(status, '999', words),
  }
}
