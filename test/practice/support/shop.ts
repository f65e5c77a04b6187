import { createHmac } from 'node:crypto'
import { practicePeople } from '../../../electron/practice/people.ts'
import type { InsuredPerson } from '../../../electron/practice/people.ts'
import { practiceAccess } from '../../../electron/practice/profile.ts'
import type { Practice } from '../../../electron/practice/server.ts'

/** 2026-11-21 10:00:00 in Shanghai. */
export const NOON = Date.UTC(2026, 10, 21, 2, 0, 0)

export type Json = Record<string, unknown>
export interface Reply {
  readonly status: number
  readonly text: string
  readonly body: Json
}

const shanghai = (at: number): string => new Date(at + 8 * 3_600_000).toISOString()
export const timeOf = (at: number): string => shanghai(at).slice(0, 19).replace('T', ' ')
export const dateOf = (at: number): string => shanghai(at).slice(0, 10)

export const person = (key: string): InsuredPerson =>
  practicePeople().find((candidate) => candidate.key === key) ??
  (() => {
    throw new Error(`no person ${key}`)
  })()

/** A bare client of our own making: signs, wraps, posts. Knows nothing of the real client. */
export interface Shop {
  clock: () => number
  signNo: string
  /** The till's own box beside the gateway. */
  readonly localServiceUrl: string
  /** Next message number. */
  newMsgid(): string
  envelope(infno: string, input: unknown, change?: Json): Json
  headers(infno: string, change?: Record<string, string>): Record<string, string>
  /** Posts a body as it is. */
  post(infno: string, body: string, headers?: Record<string, string>): Promise<Reply>
  /** Envelope, signature, post. */
  call(infno: string, input: unknown, change?: Json): Promise<Reply>
  /** As call, but the answer must be accepted; gives its output. */
  ok(infno: string, input: unknown, change?: Json): Promise<Json>
  /** As call, but the answer must be refused; gives the text. */
  refusal(infno: string, input: unknown, change?: Json): Promise<string>
  signIn(): Promise<void>
}

export const sign = (headers: Record<string, string>, secret: string): string =>
  createHmac('sha1', secret)
    .update(['_api_access_key', '_api_name', '_api_timestamp', '_api_version'].map((name) => `${name}=${headers[name] ?? ''}`).join('&'))
    .digest('base64')

export const errorText = (body: Json): string => String(body.err_msg ?? body.message ?? '')

export const openShop = (practice: Practice, clock: () => number = () => NOON): Shop => {
  let sequence = 0
  const shop: Shop = {
    clock,
    signNo: '',
    localServiceUrl: practice.localServiceUrl,
    newMsgid: () => {
      sequence += 1
      // Four digits a second: a walk through all tables sends more than they have room for.
      const second = shop.clock() + Math.floor(sequence / 10_000) * 1000
      return `${practiceAccess.institutionCode}${timeOf(second).replace(/\D/g, '')}${String(sequence % 10_000).padStart(4, '0')}`
    },
    envelope: (infno, input, change = {}) => ({
      infno,
      msgid: shop.newMsgid(),
      mdtrtarea_admvs: practiceAccess.area,
      insuplc_admdvs: '',
      recer_sys_code: '99',
      dev_no: '',
      dev_safe_info: '',
      cainfo: '',
      signtype: '',
      infver: '1.0.0',
      opter_type: '1',
      opter: practiceAccess.operatorNumber,
      opter_name: practiceAccess.operatorName,
      inf_time: timeOf(shop.clock()),
      fixmedins_code: practiceAccess.institutionCode,
      fixmedins_name: practiceAccess.institutionName,
      sign_no: shop.signNo,
      input,
      ...change,
    }),
    headers: (infno, change = {}) => {
      const headers: Record<string, string> = {
        _api_name: infno,
        _api_version: '1.0.0',
        _api_timestamp: String(shop.clock()),
        _api_access_key: practiceAccess.accessKey,
        ...change,
      }
      return { _api_signature: sign(headers, practiceAccess.secretKey), 'content-type': 'application/json;charset=UTF-8', ...headers }
    },
    post: async (infno, body, headers = shop.headers(infno)) => {
      const response = await fetch(practice.url, { method: 'POST', headers, body })
      const text = await response.text()
      // 9102 answers with the file itself.
      if (response.headers.get('content-type') === 'application/octet-stream') return { status: response.status, text, body: { infcode: 0, output: null, err_msg: '' } }
      let parsed: unknown = null
      try {
        parsed = JSON.parse(text)
      } catch {
        /* the test looks at `text` */
      }
      return { status: response.status, text, body: (parsed ?? {}) as Json }
    },
    call: (infno, input, change = {}) => shop.post(infno, JSON.stringify(shop.envelope(infno, input, change))),
    ok: async (infno, input, change = {}) => {
      const { body, text } = await shop.call(infno, input, change)
      if (Number(body.infcode) !== 0) throw new Error(`${infno} was refused: ${text}`)
      return body.output as Json
    },
    refusal: async (infno, input, change = {}) => {
      const { body, text } = await shop.call(infno, input, change)
      if (body.infcode === undefined || Number(body.infcode) === 0) throw new Error(`${infno} was not refused: ${text.slice(0, 300)}`)
      return errorText(body)
    },
    signIn: async () => {
      const output = await shop.ok('9001', { signIn: { opter_no: practiceAccess.operatorNumber, mac: '00-00-5E-00-53-01', ip: '127.0.0.1' } })
      shop.signNo = String((output.signinoutb as Json).sign_no)
    },
  }
  return shop
}

export const signedIn = async (practice: Practice, clock?: () => number): Promise<Shop> => {
  const shop = openShop(practice, clock)
  await shop.signIn()
  return shop
}
