import type { BookStore } from './book-store.ts'
import type { PersonState, SignIn } from './book-records.ts'
import type { Catalogue } from './catalogue.ts'
import type { Envelope } from './check-envelope.ts'
import type { InsuredPerson } from './people.ts'
import type { PracticeProfile } from './profile.ts'
import type { Answered } from './province.ts'
import { dateText } from './province-time.ts'
import { refuse } from './refusal.ts'
import type { Tables } from './tables.ts'
import { isRecord } from './wire-values.ts'

/** One message and its answer, for whoever watches them pass (passing.ts). */
export type Watch = (message: unknown, answered: Answered) => void

export interface Province {
  readonly profile: PracticeProfile
  readonly tables: Tables
  readonly catalogue: Catalogue
  readonly store: BookStore
  readonly clock: () => number
  /** Known people by person number and by ID number. */
  readonly people: ReadonlyMap<string, InsuredPerson>
  readonly peopleById: ReadonlyMap<string, InsuredPerson>
  readonly watch?: Watch
}

/** One checked message being answered. */
export interface Call extends Envelope {
  readonly province: Province
  readonly now: number
  readonly input: Readonly<Record<string, unknown>>
}

export type Row = Readonly<Record<string, unknown>>

/** A node the tables say is one row; already checked. */
export const nodeOf = (call: Call, name: string): Row => {
  const node = call.input[name]
  return isRecord(node) ? node : refuse(`节点[${name}]不能为空`)
}
/** A list of rows; already checked. */
export const rowsOf = (value: unknown): readonly Row[] => (Array.isArray(value) ? value.filter(isRecord) : [])

/** The person of a number, insured where the envelope says. */
export const personOf = (call: Call, psnNo: string): InsuredPerson => {
  const person = call.province.people.get(psnNo)
  if (person === undefined) return refuse('本地查询错误:该参保人的基本信息为空null')
  if (call.insuranceArea !== person.area) refuse('参保地医保区划(insuplc_admdvs)与人员参保信息不一致')
  return person
}

export const stateOf = (province: Province, person: InsuredPerson): PersonState =>
  province.store.shelves.people.get(person.psnNo) ?? { psnNo: person.psnNo, balanceFen: person.insurance.openingBalanceFen, used: {} }

/** Everything but 9001 needs today's sign-in of the same operator. */
export const checkSignedIn = (call: Call): SignIn => {
  if (call.signNo === '') return refuse('签到编号(sign_no)不能为空,请先签到')
  const signIn = call.province.store.shelves.signIns.get(call.signNo)
  if (signIn === undefined || signIn.institution !== call.institution.code) return refuse('签到编号(sign_no)不存在,请先签到')
  if (signIn.operator !== call.operator) refuse('签到操作员与经办人(opter)不一致')
  if (signIn.date !== dateText(call.now)) refuse('签到已过期,请重新签到')
  if (signIn.outAt !== null) refuse('操作员已签退,请重新签到')
  return signIn
}
