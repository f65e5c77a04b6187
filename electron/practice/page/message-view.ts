import type { Passed } from '../passing.ts'
import type { Field, Node, Tables } from '../tables.ts'
import { isRecord } from '../wire-values.ts'
import { isPersonal, maskedValue } from './mask.ts'

/** One line of one side: a node with its number, or a field with its official name. */
export type ViewRow =
  | { readonly kind: 'node'; readonly depth: number; readonly code: string; readonly row: number | null }
  | {
      readonly kind: 'field'
      readonly depth: number
      readonly code: string
      /** As the tables name it; '' = the tables do not have it. */
      readonly name: string
      readonly value: string
      /** What the code table says of a code. */
      readonly meaning: string
      readonly personal: boolean
      /** The refusal names this field. */
      readonly blamed: boolean
    }

export interface MessageView {
  readonly sent: readonly ViewRow[]
  readonly answered: readonly ViewRow[]
}

/** The tables have only what is inside the envelope. */
const ENVELOPE: Readonly<Record<string, string>> = {
  infno: '交易编号', msgid: '发送方报文ID', mdtrtarea_admvs: '就医地医保区划', insuplc_admdvs: '参保地医保区划', recer_sys_code: '接收方系统代码', dev_no: '设备编号', dev_safe_info: '设备安全信息',
  cainfo: '数字签名信息', signtype: '签名类型', infver: '接口版本号', opter_type: '经办人类别', opter: '经办人', opter_name: '经办人姓名', inf_time: '交易时间', fixmedins_code: '定点医药机构编号',
  fixmedins_name: '定点医药机构名称', sign_no: '交易签到流水号', infcode: '交易状态码', inf_refmsgid: '接收方报文ID', refmsg_time: '接收报文时间', respond_time: '响应报文时间', err_msg: '错误信息',
  message: '错误信息', warn_msg: '提示信息', retRslt: '返回结果', msgRslt: '返回信息', enctype: '加密方式', code: '状态码',
}
/** The box on the till, which is no gateway. */
const BOX: Readonly<Record<string, string>> = {
  qr: '二维码', orgId: '机构ID', businessType: '用码业务类型', operatorId: '操作员工号', operatorName: '操作员姓名', userName: '姓名', idNo: '证件号码', idType: '证件类型', ecToken: '身份核验令牌', insuOrg: '参保地',
}

const LONGEST = 400
const shown = (value: unknown): string => {
  const text = value === null ? 'null' : typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}… (${text.length})` : text
}

interface Side {
  readonly tables: Tables
  readonly nodes: readonly Node[]
  readonly personal: boolean
  readonly blame: ReadonlySet<string>
  readonly rows: ViewRow[]
}

const nodeNamed = (nodes: readonly Node[], name: string): Node | null => nodes.find((node) => node.node === name) ?? null

const fieldRow = (side: Side, depth: number, code: string, field: Field | undefined, value: unknown): void => {
  const meaning = field?.dictionary !== undefined && typeof value === 'string' && value !== '' ? side.tables.nameOf(field.dictionary, value) : ''
  side.rows.push({
    kind: 'field',
    depth,
    code,
    name: field?.name ?? ENVELOPE[code] ?? BOX[code] ?? '',
    value: shown(side.personal ? value : maskedValue(code, value)),
    meaning: meaning === value ? '' : meaning,
    personal: isPersonal(code),
    blamed: side.blame.has(code),
  })
}

const walk = (side: Side, depth: number, node: Node | null, value: Record<string, unknown>): void => {
  for (const [code, inner] of Object.entries(value)) {
    const nested = node?.nested.get(code) ?? (depth === 1 ? nodeNamed(side.nodes, code) : null)
    if (Array.isArray(inner) && inner.some(isRecord)) {
      inner.forEach((row, index) => {
        side.rows.push({ kind: 'node', depth, code, row: index + 1 })
        if (isRecord(row)) walk(side, depth + 1, nested, row)
      })
    } else if (isRecord(inner)) {
      side.rows.push({ kind: 'node', depth, code, row: null })
      walk(side, depth + 1, nested, inner)
    } else fieldRow(side, depth, code, node?.fields.get(code), inner)
  }
}

const sideOf = (tables: Tables, nodes: readonly Node[], inside: 'input' | 'output', message: unknown, personal: boolean, blame: ReadonlySet<string>): readonly ViewRow[] => {
  const side: Side = { tables, nodes, personal, blame, rows: [] }
  if (!isRecord(message)) return side.rows
  const own = nodes.find((node) => node.node === '') ?? null
  const { [inside]: content, ...envelope } = message
  // What was meant first, who sent it and when after.
  if (content !== undefined && content !== null) {
    side.rows.push({ kind: 'node', depth: 0, code: inside, row: null })
    if (Array.isArray(content)) content.forEach((row, index) => {
      side.rows.push({ kind: 'node', depth: 1, code: '', row: index + 1 })
      if (isRecord(row)) walk(side, 2, own, row)
    })
    else if (isRecord(content)) walk(side, 1, own, content)
    else fieldRow(side, 1, inside, undefined, content)
  }
  for (const [code, value] of Object.entries(envelope)) fieldRow(side, 0, code, undefined, value)
  return side.rows
}

/** Both sides field by field, as the tables name them. `personal`: as they are; else masked. */
export const messageView = (tables: Tables, passed: Passed, personal: boolean): MessageView => {
  const transaction = tables.transactions.get(passed.infno)
  const blame = new Set([...passed.text.matchAll(/[([]([A-Za-z_]{3,40})[)\]]/g)].map((match) => match[1] ?? ''))
  return {
    sent: sideOf(tables, transaction?.input ?? [], 'input', passed.sent, personal, blame),
    answered: sideOf(tables, transaction?.output ?? [], 'output', passed.answered, personal, new Set()),
  }
}
