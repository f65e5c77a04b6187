import { createHash } from 'node:crypto'

export interface TifKeys { readonly paasId: string; readonly secretKey: string }

/** Headers of a TIF gateway (platform.md §1): SHA-256 of timestamp + secret + nonce + timestamp, in hexadecimal letters of the gateway's case. `timestamp` as it stands in the header. */
export const tifHeaders = (timestamp: string, nonce: string, keys: TifKeys, hexCase: 'lower' | 'upper'): Readonly<Record<string, string>> => {
  const signature = createHash('sha256').update(timestamp + keys.secretKey + nonce + timestamp, 'utf8').digest('hex')
  return { 'x-tif-paasid': keys.paasId, 'x-tif-timestamp': timestamp, 'x-tif-nonce': nonce, 'x-tif-signature': hexCase === 'upper' ? signature.toUpperCase() : signature }
}
