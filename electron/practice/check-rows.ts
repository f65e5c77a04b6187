import { isDate, isTime } from './province-time.ts'
import { refuse } from './refusal.ts'
import type { Field, Node, Tables, Transaction } from './tables.ts'
import { isRecord, isUnused, parseDecimal } from './wire-values.ts'

/** Called when a table names a dictionary that the published code tables lack: accepted, and counted. */
export type DictionaryMiss = (dictionary: string) => void

interface Check {
  readonly tables: Tables
  readonly miss: DictionaryMiss
}

const label = (field: Field): string => `${field.name}(${field.code})`
const length = (text: string): number => Array.from(text).length
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f]/

const checkText = (check: Check, where: string, field: Field, value: unknown): void => {
  if (typeof value !== 'string') return refuse(`${where}${label(field)}类型错误,应为字符型`)
  if (CONTROL.test(value)) return refuse(`${where}${label(field)}含有控制字符`)
  if (field.width !== undefined && length(value) > field.width) return refuse(`${where}${label(field)}长度不能超过${field.width}`)
  if (field.dictionary === undefined) return
  const values = check.tables.dictionary.get(field.dictionary)
  if (values === undefined) return check.miss(field.dictionary)
  if (!values.has(value)) return refuse(`${where}${label(field)}的值[${value.slice(0, 20)}]不在字典中`)
}

const checkNumber = (where: string, field: Field, value: unknown): void => {
  const decimal = parseDecimal(value)
  if (decimal === null) return refuse(`${where}${label(field)}不是有效的数值`)
  const { digits, decimals = 0 } = field
  if (digits === undefined) return
  if (decimal.fraction.length > decimals) return refuse(`${where}${label(field)}小数位不能超过${decimals}位`)
  if (decimal.whole.length > digits - decimals) return refuse(`${where}${label(field)}整数位不能超过${digits - decimals}位`)
}

const checkValue = (check: Check, where: string, field: Field, value: unknown): void => {
  switch (field.kind) {
    case 'text':
      return checkText(check, where, field, value)
    case 'number':
      return checkNumber(where, field, value)
    case 'date':
      return typeof value === 'string' && isDate(value) ? undefined : refuse(`${where}${label(field)}格式错误,应为yyyy-MM-dd`)
    case 'datetime':
      return typeof value === 'string' && isTime(value) ? undefined : refuse(`${where}${label(field)}格式错误,应为yyyy-MM-dd HH:mm:ss`)
    case 'boolean':
      return typeof value === 'boolean' ? undefined : refuse(`${where}${label(field)}类型错误,应为布尔型`)
    case 'nested':
    case 'any':
      return
  }
}

export const checkRow = (check: Check, node: Node, where: string, row: unknown): void => {
  if (!isRecord(row)) return refuse(`${where}应为对象`)
  for (const code of Object.keys(row)) if (!node.fields.has(code)) refuse(`${where}包含未定义的字段[${code.slice(0, 40)}]`)
  for (const field of node.fields.values()) {
    const value = row[field.code]
    if (isUnused(value)) {
      if (field.required) refuse(`${where}${label(field)}不能为空`)
      continue
    }
    const nested = node.nested.get(field.code)
    if (nested === undefined) checkValue(check, where, field, value)
    else checkRows(check, nested, `${where}${field.code}`, value, true)
  }
}

/** `many` wants a list, else one object. An empty list is refused at the top and allowed in a nested node, whose count is a matter of business. */
const checkRows = (check: Check, node: Node, where: string, value: unknown, nested: boolean): void => {
  if (!node.many) return Array.isArray(value) ? refuse(`节点[${where}]应为单行数据`) : checkRow(check, node, `${where}:`, value)
  if (!Array.isArray(value)) return refuse(`节点[${where}]应为多行数据`)
  if (value.length === 0 && !nested) return refuse(`节点[${where}]不能为空`)
  value.forEach((row, index) => checkRow(check, node, `${where}第${index + 1}行:`, row))
}

/** Every rule the official tables state for an input. Throws a Refusal that names the first field at fault. */
export const checkInput = (tables: Tables, miss: DictionaryMiss, transaction: Transaction, input: unknown): void => {
  if (!isRecord(input)) return refuse('交易输入(input)应为对象')
  // A table without node name that nobody has read (errata.ts): whoever answers it checks.
  if (transaction.input.some((node) => node.node === null)) return
  const check = { tables, miss }
  const own = transaction.input.find((node) => node.node === '')
  const named = transaction.input.filter((node) => node.node !== '')
  const known = new Set(named.map((node) => node.node))
  const stray = Object.entries(input).filter(([name]) => !known.has(name))
  if (own === undefined && stray[0] !== undefined) refuse(`包含未定义的节点[${stray[0][0].slice(0, 40)}]`)
  if (own !== undefined) checkRow(check, own, '', Object.fromEntries(stray))
  for (const node of named) {
    const name = node.node ?? ''
    if (input[name] === undefined || input[name] === null) refuse(`节点[${name}]不能为空`)
    checkRows(check, node, name, input[name], false)
  }
}
