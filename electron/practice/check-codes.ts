import type { Flag } from './book-records.ts'
import type { Call } from './call.ts'
import { codeTail, salesOfCode } from './code-register.ts'
import type { CatalogueDrug } from './catalogue.ts'

export interface CodedLine {
  readonly drug: CatalogueDrug | null
  readonly nationalCode: string
  readonly countE4: number
  readonly codes: readonly { readonly code: string; readonly split: boolean }[]
}

export type CodeFlag = Pick<Flag, 'kind' | 'code' | 'nationalCode'>

/** Whatever the platform takes for a trace code: printable, no blanks. Lengths and alphabets differ by issuer. */
const CODE = /^[\x21-\x7e]{7,100}$/
const UNIT = 10_000

/** Decoction pieces and granules are not collected for now (医保发〔2025〕7号). */
const needsCodes = (line: CodedLine): boolean => line.drug?.kind !== 'pieces'

/** One pack, one code. Split packs: at least one code, whatever was taken from it. */
const checkCount = (line: CodedLine, name: string, no: (text: string) => never): void => {
  if (!needsCodes(line)) return
  if (line.codes.length === 0) return no(`药品[${name}]未上传追溯码`)
  const split = line.codes.filter((entry) => entry.split).length
  if (split !== 0 && split !== line.codes.length) return no(`药品[${name}]同一明细的拆零标志(trdn_flag)不一致`)
  if (split !== 0) return
  if (line.countE4 % UNIT !== 0 || line.codes.length !== line.countE4 / UNIT)
    no(`药品[${name}]追溯码数量${line.codes.length}与销售数量${line.countE4 / UNIT}不一致`)
}

const checkVirtual = (call: Call, line: CodedLine, code: string, no: (text: string) => never): void => {
  const issued = call.province.store.shelves.virtualCodes.get(code)
  if (issued === undefined) return /^XN/.test(code) ? no(`虚拟追溯码[${codeTail(code)}]未发放`) : undefined
  if (issued.institution !== call.institution.code) return no(`虚拟追溯码[${codeTail(code)}]不属于本机构`)
  if (issued.nationalCode !== line.nationalCode) no(`虚拟追溯码[${codeTail(code)}]与药品不一致`)
}

/**
 * Every code of one message. Calls `no` for what is refused; returns what is let through but recorded for supervision
 * (Hunan: a repeated code of a split pack does not block).
 */
export const checkCodes = (call: Call, lines: readonly CodedLine[], no: (text: string) => never): readonly CodeFlag[] => {
  const { profile, store, catalogue } = call.province
  const flags: CodeFlag[] = []
  const seen = new Set<string>()
  for (const line of lines) {
    const name = line.drug?.name ?? line.nationalCode
    checkCount(line, name, no)
    for (const { code, split } of line.codes) {
      if (!CODE.test(code)) no(`药品[${name}]追溯码格式不正确`)
      if (seen.has(code)) no(`追溯码[${codeTail(code)}]重复上传`)
      seen.add(code)
      checkVirtual(call, line, code, no)
      const owner = /^8\d{19}$/.test(code) ? catalogue.nationalCodeOfIdentifier(code.slice(0, 7)) : null
      if (owner !== null && owner !== line.nationalCode) {
        if (profile.foreignIdentifier === 'refuse') no(`追溯码[${codeTail(code)}]与药品[${name}]不一致`)
        flags.push({ kind: 'foreign-identifier', code, nationalCode: line.nationalCode })
      }
      const sales = salesOfCode(store, code)
      if (sales.length === 0) continue
      if (split) flags.push({ kind: 'split-repeat', code, nationalCode: line.nationalCode })
      else if (profile.repeatedCode === 'refuse')
        no(`追溯码[${codeTail(code)}]已在${sales.some((sale) => sale.institution !== call.institution.code) ? '其他机构' : '本机构'}销售,不能重复结算`)
      else flags.push({ kind: 'repeated-code', code, nationalCode: line.nationalCode })
    }
  }
  return flags
}

export const bookFlags = (call: Call, flags: readonly CodeFlag[]): void => {
  const { store } = call.province
  for (const flag of flags) {
    const seq = store.next('flag')
    store.put('flags', String(seq), { ...flag, seq, institution: call.institution.code, msgid: call.msgid, at: call.now })
  }
}
