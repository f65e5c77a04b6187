import { AppError } from '../../contract/index.ts'
import type { BusinessDate, DrugId, LotId, Output, PackState, ParsedInput, SearchSense } from '../../contract/index.ts'
import { addDays } from '../../domain/calendar.ts'
import { recognise } from '../../domain/recognition/recognise.ts'
import type { ReadableDb } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'
import { getSetting } from '../system/settings.ts'
import { foundPack } from './found-pack.ts'
import { digitsKey } from './pack-key.ts'
import { inOrder, isCursor, isRare, isSold, takePage, walkHeldOfLots, walkIdentifier, walkInSales, walkInStock, walkKeys, walkRare, walkSales, walkSoldOfLots, walkTexts } from './pack-pages.ts'
import type { Walk } from './pack-pages.ts'
import { findPack } from './pack-store.ts'
import { keyOfTyped } from './typed-code.ts'
import { codeOf } from './pack-key.ts'

const DAYS_OF_SHORT_RECEIPTS = 60
const MOST_DRUGS = 12

const statements = perDatabase((db) => ({
  lotsByNumber: db.prepare(`select lot_id as lotId, lot_ref as lotRef from lot where lot_number = ?`),
  lotsOfDrug: db.prepare(`select lot_id as lotId, lot_ref as lotRef from lot where drug_id = ?`),
  receipts: db.prepare(`select receipt_number from sale where receipt_number >= @from and receipt_number < @from || '~' limit 1`).pluck(),
  anyOther: db.prepare(`select 1 from other_code where code >= @front and code < @to limit 1`).pluck(),
  anyOf: db.prepare(`select 1 from other_code where identifier = ? and serial is not null limit 1`).pluck(),
}))

interface Lots { readonly lotId: LotId; readonly lotRef: number }
interface Sense { readonly sense: SearchSense; readonly subject: string; readonly walk: ((after: string | null) => Walk) | null }
/** Drugs that a text means, best first: the till's own search. */
export type DrugFinder = (text: string) => readonly { readonly drugId: DrugId; readonly genericName: string }[]
type Asked = Pick<ParsedInput<'trace.searchPacks'>, 'text' | 'by' | 'states'>

const NOTHING: Sense = { sense: 'nothing', subject: '', walk: null }
const plain = (text: string): string => text.replaceAll(/[\s\u00a0]/g, '').normalize('NFKC')

const ofLots = (db: ReadableDb, lots: readonly Lots[], states: readonly PackState[]) => (after: string | null): Walk =>
  inOrder(after, [
    ...(states.length > 0 && states.every(isSold) ? [] : [{ letters: 'h', walk: () => walkHeldOfLots(db, lots.map(({ lotRef }) => lotRef), after) }]),
    ...(states.length > 0 && !states.some(isSold) ? [] : [{ letters: 's', walk: () => walkSoldOfLots(db, lots.map(({ lotId }) => lotId), after) }]),
  ])

/** Exactly this pack, if this shop ever had it. */
const byWholeCode = (db: ReadableDb, text: string): Sense | null => {
  const key = keyOfTyped(db, text)
  if (key === null || findPack(db, codeOf(db, key)) === null) return null
  const walk = (after: string | null): Walk => (digitsKey(codeOf(db, key)) === null ? walkTexts(db, codeOf(db, key), after) : walkKeys(db, key, key, after))
  return { sense: 'code', subject: codeOf(db, key), walk }
}

/** The first digits of 20: one range of keys. A GTIN, a MA identifier, or the front of any other code. */
const byFront = (db: ReadableDb, typed: string): Sense | null => {
  const text = plain(typed)
  const gtin = /^\d{13,14}$/.test(text) ? text.padStart(14, '0') : text
  if (statements(db).anyOf.get(gtin) === 1) return { sense: 'code-front', subject: '', walk: (after) => walkIdentifier(db, gtin, after) }
  if (/^8\d{3,19}$/.test(text)) {
    const from = digitsKey(text.padEnd(20, '0'))
    const to = digitsKey(text.padEnd(20, '9'))
    if (from !== null && to !== null) return { sense: 'code-front', subject: '', walk: (after) => walkKeys(db, from, to, after) }
  }
  if (text.length < 6 || statements(db).anyOther.get({ front: text, to: `${text}\u{10ffff}` }) !== 1) return null
  return { sense: 'code-front', subject: '', walk: (after) => walkTexts(db, text, after) }
}

/** A whole receipt number (day, till, count), its front, or only this till's last four digits: today's, else yesterday's … */
const byReceipt = (db: ReadableDb, typed: string, today: BusinessDate): Sense | null => {
  const text = plain(typed)
  const short = /^(?:(\d{2})-)?(\d{4})$/.exec(text)
  const fronts = short !== null
    ? Array.from({ length: DAYS_OF_SHORT_RECEIPTS }, (_, days) => `${addDays(today, -days).replaceAll('-', '')}-${short[1] ?? getSetting(db, 'till.number') ?? '01'}-${short[2] ?? ''}`)
    : /^\d{8}(-\d{0,2}(-\d{0,6})?)?$/.test(text)
      ? [text]
      : []
  const receipt = fronts.find((front) => statements(db).receipts.get({ from: front }) !== undefined)
  return receipt === undefined ? null : { sense: 'receipt', subject: receipt, walk: (after) => walkSales(db, { receipt }, after) }
}

const byLot = (db: ReadableDb, typed: string, states: readonly PackState[]): Sense | null => {
  const { lotsByNumber } = statements(db)
  const number = [typed.trim(), typed.trim().toUpperCase()].find((text) => lotsByNumber.get(text) !== undefined)
  return number === undefined ? null : { sense: 'lot', subject: number, walk: ofLots(db, lotsByNumber.all(number) as Lots[], states) }
}

const byDrug = (db: ReadableDb, typed: string, states: readonly PackState[], find: DrugFinder): Sense | null => {
  const drugs = find(typed.trim()).slice(0, MOST_DRUGS)
  if (drugs.length === 0) return null
  const names = [...new Set(drugs.map(({ genericName }) => genericName))]
  const lots = drugs.flatMap(({ drugId }) => statements(db).lotsOfDrug.all(drugId) as Lots[])
  return { sense: 'drug', subject: `${names.slice(0, 3).join('、')}${names.length > 3 ? ' …' : ''}`, walk: ofLots(db, lots, states) }
}

/** Without a text: what is in open sales, set aside or in stock, as asked for; then sold packs by their sales, the last first. */
const byState = (db: ReadableDb, states: readonly PackState[]): Sense => {
  const rare = states.filter(isRare)
  return {
    sense: states.length === 0 ? 'recent' : 'state',
    subject: '',
    walk: (after) =>
      inOrder(after, [
        ...(states.includes('in-sale') ? [{ letters: 'p', walk: () => walkInSales(db, after) }] : []),
        ...(rare.length > 0 ? [{ letters: 't', walk: () => walkRare(db, rare, after) }] : []),
        ...(states.includes('in-stock') ? [{ letters: 'nl', walk: () => walkInStock(db, after) }] : []),
        ...(states.length === 0 || states.some(isSold) ? [{ letters: 'r', walk: () => walkSales(db, { receipt: '' }, after) }] : []),
      ]),
  }
}

/** What somebody's document or purse says is never looked up here, and never shown again. */
const isPersonal = (text: string): Sense | null => {
  switch (recognise({ raw: text, step: 'person' }).kind) {
    case 'id-card':
      return { sense: 'person-number', subject: '', walk: null }
    case 'insurance-ecert':
    case 'insurance-openplatform':
    case 'wechat-pay':
    case 'alipay-pay':
    case 'unionpay':
      return NOTHING
    default:
      return null
  }
}

const senseOf = (db: ReadableDb, { text, by, states }: Asked, today: BusinessDate, find: DrugFinder): Sense => {
  if (text.trim() === '') return byState(db, states)
  switch (by) {
    case 'code':
      return byWholeCode(db, text) ?? byFront(db, text) ?? isPersonal(text) ?? NOTHING
    case 'receipt':
      return byReceipt(db, text, today) ?? NOTHING
    case 'lot':
      return byLot(db, text, states) ?? NOTHING
    case 'drug':
      return byDrug(db, text, states, find) ?? NOTHING
    case 'any':
      return byWholeCode(db, text) ?? byLot(db, text, states) ?? byReceipt(db, text, today) ?? isPersonal(text) ?? byFront(db, text) ?? byDrug(db, text, states, find) ?? NOTHING
  }
}

type Paging = Pick<ParsedInput<'trace.searchPacks'>, 'states' | 'limit' | 'after'>

const page = (db: ReadableDb, walk: Walk, { states, limit }: Paging): Output<'trace.listPatientPacks'> => {
  const { keys, next } = takePage(walk, states, limit)
  return { rows: keys.map((key) => foundPack(db, key)), next }
}

/** Comes from outside. Error rpc.invalid-input. */
const checkCursor = (after: string | null): void => {
  if (after !== null && !isCursor(after)) throw new AppError('rpc.invalid-input', 'no page gave this out', { path: 'after', problem: 'format' })
}

/** One page of the packs that a text means, by an index whatever it is: a code's front is a range of keys, a lot and a drug go by their lots, a receipt by its number. */
export const searchPacks = (db: ReadableDb, asked: ParsedInput<'trace.searchPacks'>, today: BusinessDate, find: DrugFinder): Output<'trace.searchPacks'> => {
  checkCursor(asked.after)
  const { sense, subject, walk } = senseOf(db, asked, today, find)
  return { sense, subject, ...(walk === null ? { rows: [], next: null } : page(db, walk(asked.after), asked)) }
}

/** What was sold to one person, the last sale first. */
export const packsOfPatient = (db: ReadableDb, asked: ParsedInput<'trace.listPatientPacks'>): Output<'trace.listPatientPacks'> => {
  checkCursor(asked.after)
  return page(db, walkSales(db, { personId: asked.personId }, asked.after), asked)
}
