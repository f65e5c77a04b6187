import { checkRow } from './check-rows.ts'
import type { Institution, PracticeProfile } from './profile.ts'
import { parseCompactTime, parseTime } from './province-time.ts'
import { parseJson } from './read-body.ts'
import { refuse } from './refusal.ts'
import type { Field, Node, Tables } from './tables.ts'
import { isRecord, isUnused, textOf } from './wire-values.ts'

/** Widths as the national interface publishes them; `infno` and `fixmedins_name` are wider here because Hunan's own numbers and many names are. */
const text = (code: string, name: string, width: number, required: boolean): [string, Field] => [code, { code, name, kind: 'text', width, required }]
const FIELDS = new Map<string, Field>([
  text('infno', '交易编号', 6, true),
  text('msgid', '发送方报文ID', 30, true),
  text('mdtrtarea_admvs', '就医地医保区划', 6, true),
  text('insuplc_admdvs', '参保地医保区划', 6, false),
  text('recer_sys_code', '接收方系统代码', 10, true),
  text('dev_no', '设备编号', 100, false),
  text('dev_safe_info', '设备安全信息', 2000, false),
  text('cainfo', '数字签名信息', 1024, false),
  text('signtype', '签名类型', 10, false),
  text('infver', '接口版本号', 6, true),
  text('opter_type', '经办人类别', 3, true),
  text('opter', '经办人', 30, true),
  text('opter_name', '经办人姓名', 50, true),
  ['inf_time', { code: 'inf_time', name: '交易时间', kind: 'datetime', required: true }],
  text('fixmedins_code', '定点医药机构编号', 12, true),
  text('fixmedins_name', '定点医药机构名称', 200, true),
  text('sign_no', '交易签到流水号', 30, false),
  ['input', { code: 'input', name: '交易输入', kind: 'any', required: true }],
])
const ENVELOPE: Node = { node: null, many: false, fields: FIELDS, nested: new Map() }

/** A checked envelope; `input` is not looked at yet. */
export interface Envelope {
  readonly infno: string
  readonly msgid: string
  readonly insuranceArea: string
  readonly operator: string
  readonly operatorName: string
  readonly signNo: string
  readonly institution: Institution
  readonly input: unknown
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** Institution code (12) + yyyyMMddHHmmss + 4 digits, the time close to `inf_time`. */
const checkMessageId = (profile: PracticeProfile, msgid: string, institutionCode: string, sentAt: number): void => {
  if (!/^[0-9A-Za-z]{12}\d{18}$/.test(msgid)) refuse('发送方报文ID(msgid)格式错误,应为定点医药机构编号(12)+时间(14)+顺序号(4)')
  if (!msgid.startsWith(institutionCode)) refuse('发送方报文ID(msgid)与定点医药机构编号不一致')
  const stamped = parseCompactTime(msgid.slice(12, 26))
  if (stamped === null) return refuse('发送方报文ID(msgid)中的时间无效')
  if (Math.abs(stamped - sentAt) > profile.messageIdToleranceMinutes * MINUTE) refuse('发送方报文ID(msgid)中的时间与交易时间(inf_time)不符')
}

/** One form only: a province that wants a text does not read an object. */
const inputOf = ({ inputAs }: PracticeProfile, input: unknown): unknown => {
  if (inputAs === 'object') return typeof input === 'string' ? refuse('交易输入(input)应为JSON对象') : input
  const json = typeof input === 'string' ? parseJson(input) : { ok: false as const }
  return json.ok ? json.value : refuse('交易输入(input)应为JSON文本')
}

export const checkEnvelope = (tables: Tables, profile: PracticeProfile, body: unknown, now: number): Envelope => {
  if (!isRecord(body)) return refuse('报文应为JSON对象')
  checkRow({ tables, miss: () => undefined }, ENVELOPE, '报文头:', body)
  const institution = profile.institutions.find((candidate) => candidate.code === textOf(body, 'fixmedins_code'))
  if (institution === undefined) return refuse('定点医药机构编号(fixmedins_code)未登记')
  const sentAt = parseTime(textOf(body, 'inf_time')) ?? now
  if (sentAt - now > 30 * MINUTE || now - sentAt > profile.messageAgeHours * HOUR) refuse('交易时间(inf_time)与中心时间相差过大')
  checkMessageId(profile, textOf(body, 'msgid'), institution.code, sentAt)
  if (textOf(body, 'infver') !== profile.interfaceVersion) refuse(`接口版本号(infver)应为${profile.interfaceVersion}`)
  if (textOf(body, 'recer_sys_code') !== profile.receiverSystem) refuse(`接收方系统代码(recer_sys_code)应为${profile.receiverSystem}`)
  if (!['1', '2', '3'].includes(textOf(body, 'opter_type'))) refuse('经办人类别(opter_type)的值不在字典中')
  if (textOf(body, 'mdtrtarea_admvs') !== institution.area) refuse('就医地医保区划(mdtrtarea_admvs)与定点医药机构所属区划不一致')
  return {
    infno: textOf(body, 'infno'),
    msgid: textOf(body, 'msgid'),
    insuranceArea: textOf(body, 'insuplc_admdvs'),
    operator: textOf(body, 'opter'),
    operatorName: textOf(body, 'opter_name'),
    signNo: textOf(body, 'sign_no'),
    institution,
    input: inputOf(profile, body.input),
  }
}

/** `insuplc_admdvs` is needed as soon as the input carries a person number. Gives that number, or ''. */
export const personNumberIn = (input: unknown): string => {
  if (!isRecord(input)) return ''
  for (const node of Object.values(input)) {
    for (const row of Array.isArray(node) ? node : [node]) if (isRecord(row) && !isUnused(row.psn_no)) return textOf(row, 'psn_no')
  }
  return ''
}
