import { createHmac } from 'node:crypto'

export interface CsbKeys { readonly accessKey: string; readonly secretKey: string }

/** Headers of the service gateway (platform.md §1, variant csb): Base64(HMAC-SHA1(secret, the other headers sorted by name, joined `k=v&k=v`)). `timestamp` as it stands in the header. */
export const csbHeaders = (infno: string, version: string, timestamp: string, keys: CsbKeys): Readonly<Record<string, string>> => {
  const signed: Record<string, string> = { _api_name: infno, _api_version: version, _api_timestamp: timestamp, _api_access_key: keys.accessKey }
  const joined = Object.keys(signed).sort().map((name) => `${name}=${signed[name]}`).join('&')
  return { ...signed, _api_signature: createHmac('sha1', keys.secretKey).update(joined, 'utf8').digest('base64') }
}
