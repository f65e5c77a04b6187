import { findRule } from './benefit/rules.ts'
import type { BenefitRule } from './benefit/rules.ts'
import type { Call } from './call.ts'
import type { Filing, InsuredPerson } from './people.ts'
import { dateText } from './province-time.ts'

export type Entitlement =
  | { readonly entitled: true; readonly rule: BenefitRule; readonly filings: readonly Filing[] }
  | { readonly entitled: false; readonly rule: BenefitRule | null; readonly reason: string }

const covers = (filing: Filing, date: string): boolean => filing.begins <= date && (filing.ends === null || date <= filing.ends)

export const validFilings = (filings: readonly Filing[], at: number): readonly Filing[] => filings.filter((filing) => covers(filing, dateText(at)))

/** `diseaseCode` '' is allowed for the two-disease scheme: every registered disease is then a candidate. */
const filingsFor = (rule: BenefitRule, person: InsuredPerson, diseaseCode: string, at: number): readonly Filing[] | string => {
  if (rule.needs === 'nothing') return []
  const registered = rule.needs === 'filing' ? person.filings : person.twoDiseases
  const kind = rule.needs === 'filing' ? '门诊慢特病备案' : '两病登记'
  if (diseaseCode === '' && rule.needs === 'filing') return '门诊慢特病购药必须填写病种编码(dise_codg)'
  const named = diseaseCode === '' ? registered : registered.filter((filing) => filing.code === diseaseCode)
  if (named.length === 0) return `未查询到病种[${diseaseCode}]的${kind}`
  const valid = validFilings(named, at)
  return valid.length > 0 ? valid : `病种[${diseaseCode}]的${kind}不在有效期内`
}

/** Whether this person may buy so, and under which rule. */
export const entitlementOf = (call: Call, person: InsuredPerson, insutype: string, medType: string, diseaseCode: string, at: number): Entitlement => {
  const { profile, tables } = call.province
  const { insurance } = person
  const rule = findRule(profile.benefit, insutype, medType, insurance.psnType)
  const no = (reason: string): Entitlement => ({ entitled: false, rule, reason })
  if (insurance.insutype !== insutype) return no(`人员未参加${tables.nameOf('insutype', insutype)}`)
  if (insurance.status !== '1') return no(`人员参保状态为${tables.nameOf('psn_insu_stas', insurance.status)},不能享受医保待遇`)
  if (person.area !== call.institution.area) return no('异地参保人员,请使用异地购药交易')
  if (call.institution.suspended) return no('定点医药机构已暂停医保服务')
  if (rule === null) return no(`${tables.nameOf('insutype', insutype)}未开通医疗类别[${medType}]${tables.nameOf('med_type', medType)}`)
  const filings = filingsFor(rule, person, diseaseCode, at)
  return typeof filings === 'string' ? no(filings) : { entitled: true, rule, filings }
}
