import type { BusinessDate, Fen, Instant, SaleId, SettlementFigures } from '../../contract/index.ts'
import { addDays, businessDate, instantToLocal, startOfDay } from '../../domain/calendar.ts'
import type { GroupKey, OurSale, Standing, Sums } from '../../domain/reconcile/books.ts'
import { groupKeyText } from '../../domain/reconcile/books.ts'
import type { ReadableDb } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'
import type { House } from '../house.ts'
import { figuresOf } from '../settlement/settlement-store.ts'

/** One sale as our books of a day have it, with what the province's file wants. */
export interface BookedSale extends OurSale {
  readonly saleId: SaleId
  readonly state: string
  readonly visitId: string | null
  readonly personNumber: string
  readonly cashFen: Fen | null
  /** Of a sale without figures: what its trial said. */
  readonly trial: SettlementFigures | null
  readonly receiptNumber: string
  /** When its 2102 left, and its 2103s: the days on which the province may have booked them. */
  readonly settleAskedAt: Instant | null
  readonly cancelAskedAt: readonly Instant[]
}

interface Row {
  readonly saleId: SaleId; readonly state: string; readonly setlId: string | null; readonly visitId: string | null; readonly settledAt: string | null; readonly cancelledAt: string | null
  readonly insuranceType: string | null; readonly clearingType: string | null; readonly clearingOffice: string | null; readonly settleMessageId: string | null
  readonly totalFen: Fen | null; readonly fundFen: Fen | null; readonly accountFen: Fen | null; readonly cashFen: Fen | null; readonly trial: string | null; readonly receiptNumber: string; readonly personNumber: string | null
  /** [[message, infno, created at], …] */
  readonly messages: string
}

// By the time the platform booked, not ours (3201 note 2): the texts of one day are neighbours in the index.
const SALES = `select sale_id as saleId, state, setl_id as setlId, visit_id as visitId, settled_at as settledAt, cancelled_at as cancelledAt, insurance_type as insuranceType,
    coalesce(figures ->> 'clearingType', quote ->> 'clearingType') as clearingType, clearing_office as clearingOffice, settle_message_id as settleMessageId,
    figures ->> 'totalFen' as totalFen, figures ->> 'fundFen' as fundFen, figures ->> 'accountFen' as accountFen, figures ->> 'cashFen' as cashFen, iif(figures is null, quote, null) as trial,
    receipt_number as receiptNumber, insured_person.person_number as personNumber,
    (select json_group_array(json_array(message_id, infno, created_at)) from platform_message where platform_message.sale_id = settlement.sale_id and infno in ('2102', '2103')) as messages
  from settlement join sale using (sale_id) left join insured_person using (person_id)`

const statements = perDatabase((db) => ({
  ofDay: db.prepare(`${SALES} where sale_id in (
      select sale_id from settlement indexed by settlement_booked_at where figures is not null and settled_at >= @date and settled_at < @next
      union select sale_id from settlement indexed by settlement_cancelled_at where cancelled_at is not null and cancelled_at >= @date and cancelled_at < @next
      union select sale_id from platform_message indexed by platform_message_settle where infno = '2102' and created_at >= @from and created_at < @to
      union select sale_id from settlement indexed by settlement_open where state in ('settling', 'unknown', 'reversing', 'parked', 'cancelling', 'cancel-unknown'))`),
  open: db.prepare(`${SALES} where state in ('settling', 'unknown', 'reversing', 'parked', 'cancelling', 'cancel-unknown') order by receipt_number`),
  byMessage: db.prepare(`${SALES} where sale_id = (select sale_id from platform_message where message_id = ?)`),
  byNumber: db.prepare(`${SALES} where setl_id = ?`),
  firstAsked: db.prepare(`select min(created_at) from platform_message where infno = '2102'`).pluck(),
  knownGroups: db.prepare(`select insurance_type as insuranceType, clearing_type as clearingType, clearing_office as clearingOffice from reconcile_known_group where last_date >= ?`),
}))

const OPEN_SETTLEMENT: ReadonlySet<string> = new Set(['settling', 'unknown', 'reversing', 'parked'])
const OPEN_CANCEL: ReadonlySet<string> = new Set(['cancelling', 'cancel-unknown'])
/** How long a group is asked about after its last sale. */
const KNOWN_GROUP_DAYS = 90

/** The days on which the province may have booked what left at this moment. */
export const daysOf = (at: Instant, lateMinutes: number): readonly BusinessDate[] => {
  const around = lateMinutes * 60_000
  const [first, last] = [businessDate(Math.max(0, at - around) as Instant), businessDate((at + around) as Instant)]
  const days = [first]
  for (let day = first; day < last;) days.push(day = addDays(day, 1))
  return days
}

const standingsOf = (row: Row, settleAskedAt: Instant | null, cancelAskedAt: readonly Instant[], date: BusinessDate, lateMinutes: number): { readonly settlement: Standing; readonly refund: Standing } => {
  const on = (text: string | null): boolean => text !== null && text.slice(0, 10) === date
  const asked = (at: Instant): boolean => daysOf(at, lateMinutes).includes(date)
  const settlement = row.settledAt !== null && row.totalFen !== null ? (on(row.settledAt) ? 'booked' : 'elsewhere')
    : OPEN_SETTLEMENT.has(row.state) ? (settleAskedAt !== null && asked(settleAskedAt) ? 'open' : 'elsewhere') : 'none'
  const refund = row.state === 'cancelled' ? (on(row.cancelledAt) ? 'booked' : 'elsewhere')
    : OPEN_CANCEL.has(row.state) ? (cancelAskedAt.some(asked) ? 'open' : 'elsewhere') : 'none'
  return { settlement, refund }
}

const toSale = (house: House, row: Row, date: BusinessDate): BookedSale => {
  const messages = JSON.parse(row.messages) as readonly (readonly [string, string, Instant])[]
  const of = (infno: string): readonly (readonly [string, string, Instant])[] => messages.filter((message) => message[1] === infno)
  const counts = row.settleMessageId ?? of('2102').at(-1)?.[0] ?? ''
  const settleAskedAt = of('2102').find(([messageId]) => messageId === counts)?.[2] ?? null
  const cancelAskedAt = of('2103').map(([, , at]) => at)
  const { settlement, refund } = standingsOf(row, settleAskedAt, cancelAskedAt, date, house.profile.reconcile.lateBookingMinutes)
  return {
    saleId: row.saleId, state: row.state, receiptNumber: row.receiptNumber, visitId: row.visitId, personNumber: row.personNumber ?? '', setlId: row.setlId,
    group: { insuranceType: row.insuranceType ?? '', clearingType: row.clearingType ?? '', clearingOffice: row.clearingOffice || house.profile.clearingOffice },
    messageId: counts, messageIds: messages.map(([messageId]) => messageId), settlement, refund, cashFen: row.cashFen, trial: figuresOf(row.trial), settleAskedAt, cancelAskedAt,
    amounts: row.totalFen === null || row.fundFen === null || row.accountFen === null ? null : { totalFen: row.totalFen, fundFen: row.fundFen, accountFen: row.accountFen },
  }
}

/** Everything of ours that the province's books of this day could speak of: booked, refunded, unanswered, and what we say was never booked. */
export const ourSales = (house: House, date: BusinessDate): readonly BookedSale[] => {
  const late = house.profile.reconcile.lateBookingMinutes * 60_000
  const range = { date, next: addDays(date, 1), from: startOfDay(date) - late, to: startOfDay(addDays(date, 1)) + late }
  return (statements(house.db).ofDay.all(range) as Row[]).map((row) => toSale(house, row, date)).filter((sale) => sale.settlement !== 'elsewhere' || sale.refund !== 'elsewhere' && sale.refund !== 'none')
}

/** Sales without a certain end, by the days on which the province may have booked what is open. */
export const openSalesByDay = (house: House): ReadonlyMap<BusinessDate, readonly SaleId[]> => {
  const late = house.profile.reconcile.lateBookingMinutes
  const days = new Map<BusinessDate, SaleId[]>()
  for (const row of statements(house.db).open.all() as Row[]) {
    const { saleId, state, settleAskedAt, cancelAskedAt } = toSale(house, row, '' as BusinessDate)
    const asked = OPEN_CANCEL.has(state) ? cancelAskedAt : settleAskedAt === null ? [] : [settleAskedAt]
    for (const day of new Set(asked.flatMap((at) => daysOf(at, late)))) days.set(day, [...(days.get(day) ?? []), saleId])
  }
  return days
}

/** The sale a row of theirs speaks of, whenever it was. */
export const findSale = (house: House, row: { readonly messageId: string; readonly setlId: string }, date: BusinessDate): BookedSale | null => {
  const { byMessage, byNumber } = statements(house.db)
  const found = (row.messageId === '' ? undefined : byMessage.get(row.messageId)) ?? (row.setlId === '' ? undefined : byNumber.get(row.setlId))
  return found === undefined ? null : toSale(house, found as Row, date)
}

export interface OurGroup extends GroupKey, Sums { readonly refund: boolean }

/** Sums by group and direction, without sign; also of groups that had nothing today: the province must have nothing either. */
export const ourGroups = (house: House, date: BusinessDate, sales: readonly BookedSale[]): readonly OurGroup[] => {
  const groups = new Map<string, GroupKey>()
  const add = (group: GroupKey): void => { if (group.insuranceType !== '' && group.clearingType !== '') groups.set(groupKeyText(group), group) }
  for (const group of statements(house.db).knownGroups.all(addDays(date, -KNOWN_GROUP_DAYS)) as GroupKey[]) add(group)
  for (const sale of sales) add(sale.group)
  return [...groups].toSorted(([one], [other]) => (one < other ? -1 : 1)).flatMap(([key, group]) => [false, true].map((refund): OurGroup => {
    const counted = sales.filter((sale) => groupKeyText(sale.group) === key && (refund ? sale.refund : sale.settlement) === 'booked')
    const sum = (name: 'totalFen' | 'fundFen' | 'accountFen'): Fen => counted.reduce((total, sale) => total + (sale.amounts?.[name] ?? 0), 0) as Fen
    return { ...group, refund, count: counted.length, totalFen: sum('totalFen'), fundFen: sum('fundFen'), accountFen: sum('accountFen') }
  }))
}

/** The first day of which the province can have anything of ours. */
export const firstBusinessDate = (db: ReadableDb): BusinessDate | null => {
  const at = statements(db).firstAsked.get() as number | null
  return at === null ? null : businessDate(at as Instant)
}

/** A time within the day for a booking of which only the day is known: when we asked, if that was the day. */
export const bookedAtOf = (date: BusinessDate, askedAt: Instant | null): string => {
  const asked = askedAt === null ? '' : instantToLocal(askedAt)
  return asked.startsWith(date) ? asked : `${date} ${asked > date ? '23:59:59' : '00:00:00'}`
}
