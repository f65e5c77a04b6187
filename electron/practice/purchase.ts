import { lineFen, sum, yuanText } from './amounts.ts'
import type { BenefitRule } from './benefit/rules.ts'
import { nodeOf, personOf, rowsOf, stateOf } from './call.ts'
import type { Call, Row } from './call.ts'
import type { CatalogueDrug } from './catalogue.ts'
import { identify } from './credential.ts'
import { entitlementOf } from './entitlement.ts'
import type { InsuredPerson } from './people.ts'
import { dateText, parseTime } from './province-time.ts'
import { refuse } from './refusal.ts'
import { scaled, textOf } from './wire-values.ts'

export interface PurchaseLine {
  readonly feedetlSn: string
  readonly drug: CatalogueDrug
  readonly itemCode: string
  readonly amountFen: number
  readonly countE4: number
  readonly priceMicro: number
  readonly codes: readonly { readonly code: string; readonly split: boolean }[]
}

/** A purchase that may be computed: everything the province refuses a basket for is behind us, except its trace codes. */
export interface Purchase {
  readonly person: InsuredPerson
  /** Whose account pays: the person, a family member, nobody. */
  readonly payer: InsuredPerson | null
  readonly insutype: string
  readonly medType: string
  readonly diseaseCode: string
  readonly rule: BenefitRule
  readonly certType: string
  readonly totalFen: number
  readonly lines: readonly PurchaseLine[]
  /** Key of the year's accumulators. */
  readonly usedKey: string
}

/** Above this a figure is a typing error, and sums would leave the safe integers. */
const LARGEST_FEN = 10_000_000_000

const positive = (row: Row, code: string, name: string, decimals: number, where: string): number => {
  const value = scaled(row[code], decimals)
  if (value === null || value > LARGEST_FEN * 10 ** (decimals - 2)) return refuse(`${where}${name}(${code})超出范围`)
  if (value <= 0) refuse(`${where}${name}(${code})必须大于0`)
  return value
}

const checkNear = (call: Call, row: Row, code: string, name: string, where: string): void => {
  const at = parseTime(textOf(row, code)) ?? 0
  if (call.now - at > call.province.profile.purchaseAgeHours * 3_600_000) refuse(`${where}${name}(${code})已过期`)
  if (at - call.now > 30 * 60_000) refuse(`${where}${name}(${code})晚于当前时间`)
}

const readCodes = (call: Call, row: Row, feedetlSn: string, where: string): PurchaseLine['codes'] =>
  rowsOf(row[call.province.profile.settlementTraceNode]).map((trace) => {
    if (textOf(trace, 'feedetl_sn') !== feedetlSn) refuse(`${where}追溯码节点的费用明细流水号(feedetl_sn)与明细不一致`)
    return { code: textOf(trace, 'drug_trac_codg'), split: textOf(trace, 'trdn_flag') === '1' }
  })

const readLine = (call: Call, row: Row, index: number): PurchaseLine => {
  const where = `drugdetail第${index + 1}行:`
  const nationalCode = textOf(row, 'med_list_codg')
  const drug = call.province.catalogue.drug(nationalCode)
  if (drug === null) return refuse(`${where}医疗目录编码[${nationalCode}]在医保目录中不存在`)
  const line = {
    feedetlSn: textOf(row, 'feedetl_sn'),
    drug,
    itemCode: textOf(row, 'medins_list_codg'),
    amountFen: positive(row, 'det_item_fee_sumamt', '明细项目费用总额', 2, where),
    countE4: positive(row, 'cnt', '数量', 4, where),
    priceMicro: positive(row, 'pric', '单价', 6, where),
  }
  // Half up at the client, cut at another: one fen apart is let through.
  if (Math.abs(lineFen(line.priceMicro, line.countE4) - line.amountFen) > 1) refuse(`${where}明细项目费用总额(det_item_fee_sumamt)与数量乘单价不符`)
  if (drug.overLimit === 'refuse' && drug.priceLimitMicro !== null && line.priceMicro > drug.priceLimitMicro) {
    refuse(`${where}药品[${drug.name}]单价${line.priceMicro / 1_000_000}元超过最高限价${drug.priceLimitMicro / 1_000_000}元`)
  }
  checkNear(call, row, 'fee_ocur_time', '费用发生时间', where)
  return { ...line, codes: readCodes(call, row, line.feedetlSn, where) }
}

const readLines = (call: Call): readonly PurchaseLine[] => {
  const lines = rowsOf(call.input.drugdetail).map((row, index) => readLine(call, row, index))
  const seen = new Set<string>()
  for (const line of lines) {
    if (seen.has(line.feedetlSn)) refuse(`费用明细流水号(feedetl_sn)[${line.feedetlSn}]重复`)
    seen.add(line.feedetlSn)
  }
  return lines
}

/** The disease whose list holds every drug: the one named, or the first registered one that fits. */
const chooseDisease = (lines: readonly PurchaseLine[], candidates: readonly { readonly code: string; readonly name: string }[]): string => {
  let outside: PurchaseLine | undefined
  for (const candidate of candidates) {
    outside = lines.find((line) => !line.drug.diseases.includes(candidate.code))
    if (outside === undefined) return candidate.code
  }
  const names = candidates.map((candidate) => candidate.name).join('、')
  return refuse(`药品[${outside?.drug.name ?? ''}]不属于病种[${names}]的用药范围`)
}

const findPayer = (call: Call, person: InsuredPerson, rule: BenefitRule, flag: string): InsuredPerson | null => {
  if (flag === '1') return rule.account ? person : null
  if (flag === '0') return null
  const payer = person.familyPayer === null ? undefined : call.province.people.get(person.familyPayer)
  return payer ?? refuse('未建立个人账户家庭共济关系')
}

/** Reads and checks the input of 2101 or 2102, of which only the second carries trace codes. */
export const readPurchase = (call: Call): Purchase => {
  const info = nodeOf(call, 'druginfo')
  const person = personOf(call, textOf(info, 'psn_no'))
  if (identify(call, info).psnNo !== person.psnNo) refuse('人员编号(psn_no)与证件号码(certno)不一致')
  if (textOf(info, 'psn_type') !== person.insurance.psnType) refuse('人员类别(psn_type)与参保信息不一致')
  checkNear(call, info, 'begntime', '购药时间', '')
  const insutype = textOf(info, 'insutype')
  const medType = textOf(info, 'med_type')
  const entitlement = entitlementOf(call, person, insutype, medType, textOf(info, 'dise_codg'), call.now)
  if (!entitlement.entitled) return refuse(entitlement.reason)
  const { rule } = entitlement
  const payer = findPayer(call, person, rule, textOf(info, 'acct_used_flag'))
  const lines = readLines(call)
  const totalFen = positive(info, 'medfee_sumamt', '医疗费总额', 2, '')
  const rowsFen = sum(lines, (line) => line.amountFen)
  if (totalFen !== rowsFen) refuse(`医疗费总额(medfee_sumamt)${yuanText(totalFen)}与明细合计${yuanText(rowsFen)}不一致`)
  const diseaseCode = rule.needs === 'nothing' ? '' : chooseDisease(lines, entitlement.filings)
  const usedKey = `${dateText(call.now).slice(0, 4)}:${insutype}:${medType}:${diseaseCode}`
  return { person, payer, insutype, medType, diseaseCode, rule, certType: textOf(info, 'mdtrt_cert_type'), totalFen, lines, usedKey }
}

export const payerBalanceFen = (call: Call, purchase: Purchase): number => (purchase.payer === null ? 0 : stateOf(call.province, purchase.payer).balanceFen)
