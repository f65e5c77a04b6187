import { accepted, refused } from './answer.ts'
import type { Answer, Reception } from './answer.ts'
import { openBookStore } from './book-store.ts'
import { checkSignedIn, personOf } from './call.ts'
import type { Call, Province } from './call.ts'
import { loadCatalogue } from './catalogue.ts'
import { checkEnvelope, personNumberIn } from './check-envelope.ts'
import { checkInput } from './check-rows.ts'
import { practicePeople } from './people.ts'
import { audit } from './open/audit.ts'
import { files } from './open/files.ts'
import { mapping } from './open/mapping.ts'
import { prescription } from './open/prescription.ts'
import { reconcile } from './open/reconcile.ts'
import { rest } from './open/rest.ts'
import { stock } from './open/stock.ts'
import type { Open } from './open/open.ts'
import { toEditionNames, toPaperNames } from './names.ts'
import type { PracticeProfile } from './profile.ts'
import { writePrescriptions } from './prescriptions.ts'
import { refuse, Refusal, RowRefusal } from './refusal.ts'
import { loadTables } from './tables.ts'
import { isRecord, textOf } from './wire-values.ts'
import { checkEntitlement, listAccumulators, listFilings, readPerson } from './transactions/person.ts'
import { reconcileTotals } from './transactions/reconcile.ts'
import { settlePurchase, tryPurchase } from './transactions/settle.ts'
import { signIn, signOut } from './transactions/sign-in.ts'
import { querySoldCodes } from './transactions/trace-query.ts'
import { cancelSettlement, reverseMessage } from './transactions/undo.ts'
import { uploadReturn } from './transactions/upload-return.ts'
import { refusedRowResult, uploadSale } from './transactions/upload-sale.ts'
import { issueVirtualCode } from './transactions/virtual-code.ts'

/** What works here. Everything else in the tables is checked and then refused as not opened. */
const OPEN: Open = {
  9001: signIn,
  9002: signOut,
  1101: readPerson,
  2001: checkEntitlement,
  5301: listFilings,
  5206: listAccumulators,
  2101: tryPurchase,
  2102: settlePurchase,
  2103: cancelSettlement,
  2601: reverseMessage,
  3201: reconcileTotals,
  3505: uploadSale,
  3506: uploadReturn,
  '3592B': issueVirtualCode,
  3513: querySoldCodes,
  ...reconcile, ...files, ...audit, ...mapping, ...stock, ...prescription, ...rest,
}

export const openTransactions = (): readonly string[] => Object.keys(OPEN)

/** What books must have before anything is asked of them; what they have already stays. */
export const fillNewBooks = ({ store, people, clock }: Province): void => {
  for (const person of people.values()) {
    if (store.shelves.people.get(person.psnNo) === undefined)
      store.put('people', person.psnNo, { psnNo: person.psnNo, balanceFen: person.insurance.openingBalanceFen, used: {} })
  }
  writePrescriptions(store, [...people.values()], clock())
  store.commit()
}

export const openProvince = (profile: PracticeProfile, dataFile: string | null, clock: () => number): Province => {
  const people = practicePeople().filter((person) => person.known)
  const store = openBookStore(dataFile)
  const province: Province = {
    profile,
    tables: loadTables(profile),
    catalogue: loadCatalogue(),
    store,
    clock,
    people: new Map(people.map((person) => [person.psnNo, person])),
    peopleById: new Map(people.map((person) => [person.idNumber, person])),
  }
  fillNewBooks(province)
  return province
}

/** A fault may say no after the checks, where a real reason would. */
export interface Override {
  readonly refuse?: { readonly text: string; readonly infcode: number }
  readonly rowRefused?: string
}

export interface Answered {
  readonly answer: Answer
  readonly infno: string
  readonly msgid: string
  readonly outcome: 'accepted' | 'refused' | 'row-refused'
  readonly text: string
  /** 9102: sent as application/octet-stream instead of the answer. */
  readonly file: Uint8Array | null
}

/** A message number with an effect is used up; one that was reversed before it arrived must not be booked any more. */
const repeated = (call: Call): { readonly output: unknown } | null => {
  const { store, profile } = call.province
  const booked = store.shelves.booked.get(call.msgid)
  const reversed = store.shelves.reversals.get(call.msgid)
  if (reversed !== undefined && reversed.oinfno === call.infno) refuse('原交易已冲正')
  if (booked === undefined) return null
  return profile.repeatedMessage === 'same-answer' && booked.infno === call.infno ? { output: booked.output } : refuse('发送方报文ID(msgid)重复')
}

const STOCK_FAMILY = /^350[1-7]A?$/

const answerInput = (province: Province, body: unknown, apiName: string, override: Override, now: number): unknown => {
  const envelope = checkEnvelope(province.tables, province.profile, body, now)
  const transaction = province.tables.transactions.get(envelope.infno)
  if (transaction === undefined) return refuse(`交易编号[${envelope.infno}]不存在`)
  if (apiName !== envelope.infno) refuse('交易编号(infno)与服务名称(_api_name)不一致')
  checkInput(province.tables, (dictionary) => province.store.next(`dictionary-miss:${dictionary}`), transaction, envelope.input)
  const input = toPaperNames(province.profile.names, envelope.infno, envelope.input)
  const call: Call = { ...envelope, province, now, input: isRecord(input) ? input : {} }
  if (call.infno !== '9001') checkSignedIn(call)
  const psnNo = personNumberIn(call.input)
  if (psnNo !== '') {
    if (call.insuranceArea === '') refuse('输入含人员编号时参保地医保区划(insuplc_admdvs)不能为空')
    personOf(call, psnNo)
  }
  if (override.refuse !== undefined) throw new Refusal(override.refuse.text, override.refuse.infcode)
  if (override.rowRefused !== undefined && STOCK_FAMILY.test(call.infno)) throw new RowRefusal(override.rowRefused)
  const open = OPEN[call.infno]
  if (open === undefined) return refuse(`交易[${call.infno}]${transaction.name}:该交易未开通`)
  const earlier = repeated(call)
  return toEditionNames(province.profile.names, call.infno, earlier === null ? open(call) : earlier.output)
}

/** Answers one message: everything it books is durable before this returns, or nothing is. */
export const answerMessage = (province: Province, body: unknown, apiName: string, override: Override = {}): Answered => {
  const { store, profile } = province
  const now = province.clock()
  const infno = isRecord(body) ? textOf(body, 'infno').slice(0, 10) : ''
  const msgid = isRecord(body) ? textOf(body, 'msgid').slice(0, 40) : ''
  const reception = (): Reception => ({ profile, area: profile.institutions[0]!.area, msgid, at: now, sequence: store.next('message') })
  const finish = (result: Omit<Answered, 'infno' | 'msgid' | 'file'>, file: Uint8Array | null = null): Answered => {
    const seq = store.next('answered')
    const infcode = Number(result.answer.infcode)
    store.put('messages', String(seq), { seq, msgid, infno, infcode, text: result.text, at: now })
    store.commit()
    const answered = { ...result, infno, msgid, file }
    province.watch?.(body, answered)
    return answered
  }
  try {
    const output = answerInput(province, body, apiName, override, now)
    const file = output instanceof Uint8Array ? output : null
    return finish({ answer: accepted(reception(), file === null ? output : null), outcome: 'accepted', text: '' }, file)
  } catch (error) {
    store.rollback()
    if (error instanceof RowRefusal)
      return finish({ answer: accepted(reception(), refusedRowResult(error.message)), outcome: 'row-refused', text: error.message })
    if (!(error instanceof Refusal)) throw error
    const unknown = isRecord(body) && !province.tables.transactions.has(infno)
    return finish({ answer: refused(reception(), error.message, error.infcode, unknown), outcome: 'refused', text: error.message })
  }
}
