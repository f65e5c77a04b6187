import type { IncomingHttpHeaders } from 'node:http'
import type { Answer } from '../answer.ts'
import type { GatewayReason, GatewayRefusal } from '../gateway.ts'
import { protocolRefusal } from '../gateway.ts'
import type { FaultAction } from '../fault-plan.ts'
import type { PracticeProfile } from '../profile.ts'
import { memberText } from '../raw-member.ts'
import { parseJson } from '../read-body.ts'
import { digest } from '../sm.ts'

/** One way into this province: how a call shows who it is, and what it and its answer are wrapped in. What a message means is the same behind every door. */
export interface Door {
  /** The transaction named outside the message; null: only the message says it. */
  readonly infnoOf: (path: string, headers: IncomingHttpHeaders) => string | null
  /** Before the message is looked at. null: let through. */
  readonly check: (headers: IncomingHttpHeaders, now: number) => GatewayRefusal | null
  /** The message in clear, or why it is not one. */
  readonly open: (text: string) => Opened
  /** The answer as it leaves; a fault may break its seal. */
  readonly seal: (answer: Answer, broken: Extract<FaultAction, { kind: 'wrong-seal' }>['which'] | null) => string
  /** What this door says for a reason, whether it is true or a fault plan's. */
  readonly refusal: (reason: GatewayReason) => GatewayRefusal
  readonly protocol: (status: number, words: string) => GatewayRefusal
}

export type Opened = { readonly ok: true; readonly message: unknown } | { readonly ok: false; readonly refusal: GatewayRefusal }

export const NOT_JSON = '请求报文格式错误,应为JSON!'

export const openJson = (text: string, protocol: Door['protocol'] = protocolRefusal): Opened => {
  const json = parseJson(text)
  return json.ok ? { ok: true, message: json.value } : { ok: false, refusal: protocol(400, NOT_JSON) }
}

/** As openJson; where this province wants it, `cainfo` is the digest of the input as it stands. */
export const openDigested = (profile: PracticeProfile, text: string, door: Pick<Door, 'protocol' | 'refusal'>): Opened => {
  const json = openJson(text, door.protocol)
  if (!json.ok || profile.cainfo === 'free') return json
  const cainfo = typeof json.message === 'object' && json.message !== null && 'cainfo' in json.message ? json.message.cainfo : null
  return cainfo === digest(memberText(text, 'input')) ? json : { ok: false, refusal: door.refusal('signature') }
}

export const headerOf = (headers: IncomingHttpHeaders, name: string): string => {
  const value = headers[name]
  return typeof value === 'string' ? value : ''
}

/** The transaction a message names; '' when it names none. */
export const infnoIn = (message: unknown): string => (typeof message === 'object' && message !== null && 'infno' in message && typeof message.infno === 'string' ? message.infno.slice(0, 10) : '')

/** Refusals of doors that say `msg` and write their codes as text. */
export const textRefusal = (status: number, code: string, words: string): GatewayRefusal => ({ status, body: { code, msg: words } })
