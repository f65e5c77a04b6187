import type { Dispatcher } from 'undici'
import { cleanMessage } from './clean-message.ts'
import type { FetchedToken } from './access-token.ts'
import { NoToken } from './access-token.ts'
import { parseWireJson } from './wire-json.ts'
import { wireText } from './wire-text.ts'

const MAX_TOKEN_BYTES = 100_000
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value)
const asText = (value: unknown): string => (typeof value === 'string' ? value : '')

/** RFC 6749 §5, or the same inside `data`, `result` or `output`, as gateways wrap it. null: there is no token in it. */
export const readToken = (bytes: Uint8Array, usualSeconds: number): FetchedToken | { readonly refused: { readonly code: string; readonly words: string } } => {
  let value: unknown
  try {
    value = parseWireJson(wireText(bytes))
  } catch {
    return { refused: { code: 'no-json', words: '' } }
  }
  if (!isRecord(value)) return { refused: { code: 'no-json', words: '' } }
  const whole = value
  const holder = [whole, whole['data'], whole['result'], whole['output']].filter(isRecord).find((each) => asText(each['access_token']) !== '')
  if (holder === undefined) {
    const words = ['error_description', 'message', 'msg', 'err_msg'].map((name) => asText(whole[name])).find((text) => text !== '') ?? ''
    return { refused: { code: asText(whole['error']) || asText(whole['code']) || 'no-token', words: cleanMessage(words) } }
  }
  const told = Number(asText(holder['expires_in']))
  return { token: asText(holder['access_token']), lifetimeSeconds: Number.isFinite(told) && told > 0 ? told : usualSeconds }
}

export interface TokenCall {
  readonly dispatcher: Dispatcher
  readonly url: URL
  readonly clientId: string
  readonly clientSecret: string
  readonly send: 'form' | 'json'
  readonly usualSeconds: number
  readonly timeoutMs: number
}

/** Client credentials (RFC 6749 §4.4). Throws NoToken. Neither the request nor the answer is ever logged. */
export const fetchToken = async (call: TokenCall): Promise<FetchedToken> => {
  const fields = { grant_type: 'client_credentials', client_id: call.clientId, client_secret: call.clientSecret }
  const [type, body] = call.send === 'form' ? ['application/x-www-form-urlencoded', new URLSearchParams(fields).toString()] : ['application/json; charset=utf-8', JSON.stringify(fields)]
  const chunks: Uint8Array[] = []
  try {
    const response = await call.dispatcher.request({
      origin: call.url.origin, path: call.url.pathname + call.url.search, method: 'POST', body,
      headers: { 'content-type': type, accept: 'application/json' }, signal: AbortSignal.timeout(call.timeoutMs), headersTimeout: call.timeoutMs, bodyTimeout: call.timeoutMs,
    })
    let size = 0
    for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
      size += chunk.length
      if (size > MAX_TOKEN_BYTES) throw new NoToken('refused', 'too-large', '')
      chunks.push(chunk)
    }
  } catch (error) {
    if (error instanceof NoToken) throw error
    throw new NoToken('not-connected', error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'token', '')
  }
  const read = readToken(Buffer.concat(chunks), call.usualSeconds)
  if ('refused' in read) throw new NoToken('refused', read.refused.code, read.refused.words)
  return read
}
