import { z } from 'zod'
import type { Instant } from '../../contract/index.ts'
import { compactToInstant, instantToLocal, localToInstant } from '../../domain/calendar.ts'
import type { Operator } from './client.ts'
import { cleanMessage } from './clean-message.ts'
import type { RegionProfile } from './profile.ts'
import { dateTime, text } from './wire-fields.ts'
import { parseWireJson } from './wire-json.ts'
import { wireText } from './wire-text.ts'

/** platform.md §2, both spellings admvs / admdvs as printed. Widths where the papers give them; the institution's name is bounded by the profile. */
const Request = z.strictObject({
  infno: text(6),
  msgid: z.string().length(30),
  mdtrtarea_admvs: text(6),
  insuplc_admdvs: z.string().max(6),
  recer_sys_code: text(10),
  dev_no: z.string().max(100),
  dev_safe_info: z.string().max(2000),
  cainfo: z.string().max(1024),
  signtype: z.string().max(10),
  infver: text(6),
  opter_type: text(3),
  opter: text(30),
  opter_name: text(50),
  inf_time: dateTime(),
  fixmedins_code: z.string().length(12),
  fixmedins_name: text(200),
  sign_no: z.string().max(30),
  input: z.unknown(),
})

export interface EnvelopeParts {
  readonly infno: string
  readonly messageId: string
  readonly at: Instant
  readonly operator: Operator
  /** Region of the insured person; null for a call about nobody. */
  readonly region: string | null
  /** Null before sign-in. */
  readonly signNumber: string | null
  /** Already checked by the transaction's own schema. */
  readonly input: unknown
}

/** The exact bytes of a request. Throws ZodError when a value does not fit. */
export const buildRequest = (profile: RegionProfile, parts: EnvelopeParts): Uint8Array => {
  const { envelope, institution } = profile
  const unused = envelope.unused === 'null-text' ? 'null' : ''
  const given = (value: string | null): string => (value === null || value === '' ? unused : value)
  const request = Request.parse({
    infno: parts.infno,
    msgid: parts.messageId,
    mdtrtarea_admvs: envelope.admvs,
    insuplc_admdvs: given(parts.region ?? (envelope.regionWithoutPerson === 'own-area' ? envelope.admvs : null)),
    recer_sys_code: envelope.receiverSystem,
    dev_no: given(envelope.deviceNumber),
    dev_safe_info: given(envelope.deviceSafety),
    cainfo: given(envelope.cipherInfo),
    signtype: given(envelope.signType),
    infver: envelope.interfaceVersion,
    opter_type: envelope.operatorType,
    opter: parts.operator.operatorId,
    opter_name: parts.operator.operatorName,
    inf_time: instantToLocal(parts.at),
    fixmedins_code: institution.code,
    fixmedins_name: institution.name,
    sign_no: given(parts.signNumber),
    input: envelope.inputAs === 'json-text' ? JSON.stringify(parts.input) : parts.input,
  })
  return Buffer.from(JSON.stringify(request), 'utf8')
}

/** Who sent a stored request, and under which sign-in. */
export const senderOf = (body: Uint8Array): { readonly operator: string; readonly signNumber: string } => {
  const request = z.object({ opter: z.string(), sign_no: z.string() }).parse(JSON.parse(Buffer.from(body).toString('utf8')))
  return { operator: request.opter, signNumber: request.sign_no }
}

const asText = (value: unknown): string => (typeof value === 'string' && value !== 'null' ? value : '')

/** When the platform took and answered the call, by its own clock. */
export interface AnswerTimes { readonly receivedAt: Instant | null; readonly respondedAt: Instant | null }

export type Answer =
  /** `remark`: an error text although all is said to be well; `empty`: and nothing came with it. */
  | { readonly kind: 'ok'; readonly output: unknown; readonly remark: string; readonly empty: boolean; readonly times: AnswerTimes }
  /** `withOutput`: a no with all that comes with a yes. */
  | { readonly kind: 'refused'; readonly infcode: string; readonly message: string; readonly withOutput: boolean; readonly times: AnswerTimes }
  /** Not in the envelope: a gateway in front of the platform spoke. */
  | { readonly kind: 'gateway'; readonly code: string; readonly message: string }
  | { readonly kind: 'unreadable'; readonly why: 'no-json' | 'no-envelope' | 'infcode' | 'output-no-json' }

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value)
/** The first of these names that holds words. */
const wordsUnder = (value: Readonly<Record<string, unknown>>, names: readonly string[]): string => names.map((name) => asText(value[name])).find((text) => text.trim() !== '') ?? ''

/** `yyyyMMddHHmmssSSS` in the papers; a few answers write it as the other times are written. */
const timeOf = (value: unknown): Instant | null => {
  const text = asText(value).trim()
  return compactToInstant(text) ?? localToInstant(text)
}

/** JSON inside a text, inside a text: some gateways wrap what was wrapped already. Throws SyntaxError for JSON that breaks off; other words are words. */
const MOST_WRAPPED = 3
const unwrap = (value: unknown): unknown => {
  let inner = value
  for (let layer = 0; layer < MOST_WRAPPED && typeof inner === 'string' && /^\s*[{["]/.test(inner); layer += 1) inner = parseWireJson(inner)
  return inner
}

/** `output` arrives as an object, a list, JSON text, null, nothing, or as words where there is nothing to say. */
const outputOf = (value: unknown): { readonly output: unknown; readonly words: string } => {
  const inner = unwrap(value)
  if (typeof inner !== 'string') return { output: inner ?? null, words: '' }
  return { output: null, words: asText(inner) }
}

const isNothing = (value: unknown): boolean => value === null || value === undefined || value === '' || value === 'null'
  || (Array.isArray(value) && value.every(isNothing)) || (isRecord(value) && Object.values(value).every(isNothing))
/** What a platform says of a call that went well. */
const PRAISE = /^(成功|操作成功|交易成功|处理成功|调用成功|请求成功|执行成功|success|succeed(ed)?|ok)[!！。.]?$/i

/** Zero, however it is written (0, "0", "0.0"), is success and any other number a failure. What is no number, or 00, is nobody's word. */
const meaningOf = (infcode: string): 'success' | 'failure' | null => (/^0(\.0+)?$/.test(infcode) ? 'success' : /^-?\d+(\.\d+)?$/.test(infcode) && Number(infcode) !== 0 ? 'failure' : null)

/** Whether an output beside a refusal says anything but no; `retRslt` 0 is the stock family's own no. */
const saysMoreThanNo = (output: unknown): boolean => {
  if (isNothing(output)) return false
  const result = isRecord(output) ? output['result'] : undefined
  const rows = Array.isArray(result) ? result : [result]
  return !(rows.length > 0 && rows.every((row) => isRecord(row) && asText(row['retRslt']) === '0'))
}

const gatewayAnswer = (value: Readonly<Record<string, unknown>>): Answer => {
  const code = wordsUnder(value, ['code', 'errcode', 'status']).trim()
  if (code === '') return { kind: 'unreadable', why: 'no-envelope' }
  return { kind: 'gateway', code, message: cleanMessage(wordsUnder(value, ['message', 'msg', 'errmsg', 'error_description', 'error'])) }
}

/** Reads an answer's bytes, whatever they are. Never throws. */
export const readAnswer = (bytes: Uint8Array): Answer => {
  let value: unknown
  try {
    value = unwrap(parseWireJson(wireText(bytes)))
  } catch {
    return { kind: 'unreadable', why: 'no-json' }
  }
  if (!isRecord(value)) return { kind: 'unreadable', why: 'no-envelope' }
  if (value['infcode'] === undefined || value['infcode'] === null) return gatewayAnswer(value)
  const times: AnswerTimes = { receivedAt: timeOf(value['refmsg_time']), respondedAt: timeOf(value['respond_time']) }
  const infcode = asText(value['infcode']).trim()
  // One answer uses `message` for `err_msg`; `warn_msg` says 成功 when all is well.
  const words = wordsUnder(value, ['err_msg', 'message', 'msg'])
  const meaning = meaningOf(infcode)
  if (meaning === null) return { kind: 'unreadable', why: 'infcode' }
  if (meaning === 'failure') return { kind: 'refused', infcode, message: cleanMessage(words || asText(value['warn_msg'])), withOutput: saysMoreThanNo(value['output']), times }
  try {
    const { output, words: instead } = outputOf(value['output'])
    const remark = cleanMessage(words || instead)
    return { kind: 'ok', output, remark: PRAISE.test(remark) ? '' : remark, empty: isNothing(output), times }
  } catch {
    return { kind: 'unreadable', why: 'output-no-json' }
  }
}
