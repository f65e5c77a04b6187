import type { BusinessDate, Cure, Instant, SaleId } from '../../contract/index.ts'
import { AppError, isAppError } from '../../contract/index.ts'
import { businessDate } from '../../domain/calendar.ts'
import type { Finding, MatchRules, OurSale, TheirList, TheirRow } from '../../domain/reconcile/books.ts'
import { groupKeyText } from '../../domain/reconcile/books.ts'
import type { Comparison } from '../../domain/reconcile/compare-books.ts'
import { compareBooks } from '../../domain/reconcile/compare-books.ts'
import { conclude } from '../../domain/reconcile/conclude.ts'
import { sameSums, theirSums } from '../../domain/reconcile/their-sums.ts'
import type { Reading } from '../../domain/reconcile/their-sums.ts'
import { inTransaction } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'
import type { Caller, House } from '../house.ts'
import { now, today } from '../now.ts'
import type { Operator } from '../platform/client.ts'
import { getPerson } from '../person/person-store.ts'
import { settledInsurance } from '../person/settled-insurance.ts'
import { refusalError } from '../platform/outcome-error.ts'
import { getSaleRow } from '../sale/sale-store.ts'
import { getSettlementRow } from '../settlement/settlement-store.ts'
import { askDetail } from './ask-detail.ts'
import { figuresOfRow } from './figures-of-row.ts'
import type { BookedSale, OurGroup } from './our-books.ts'
import { daysOf, findSale, ourGroups, ourSales } from './our-books.ts'
import type { AskedGroup, NewDifference, StoredSide } from './reconcile-store.ts'
import { endDeadRuns, failRun, noteAbsence, saveRun, startRun } from './reconcile-store.ts'

const statements = perDatabase((db) => ({
  // At night the province is asked in the name of who sold last: somebody it knows.
  nightOperator: db.prepare(`select staff.staff_id as operatorId, staff.name as operatorName from staff left join (select staff_id, max(receipt_number) as last from sale group by staff_id) as sold using (staff_id)
    where active = 1 order by sold.last is null, sold.last desc, role = 'manager' desc limit 1`),
}))

/** One comparison at a time: the day this house is asking about. */
const running = new WeakMap<House, BusinessDate>()
export const runningDate = (house: House): BusinessDate | null => running.get(house) ?? null

export const operatorFor = (house: House, caller: Caller | 'nightly'): Operator => {
  if (caller !== 'nightly') return { operatorId: caller.staffId, operatorName: caller.staffName }
  const operator = statements(house.db).nightOperator.get() as Operator | undefined
  if (operator === undefined) throw new AppError('session.required', 'nobody works here: no operator to ask as')
  return operator
}

/** A group asked by 3201, and what the lists make of it. */
interface Asked { readonly group: OurGroup; readonly balanced: boolean; readonly explanation: string; readonly at: Instant }
interface Proven { readonly reading: Reading }

const askTotals = async (house: House, operator: Operator, date: BusinessDate, group: OurGroup): Promise<{ readonly balanced: boolean; readonly explanation: string }> => {
  const sign = group.refund && house.profile.reconcile.refundSign === 'negative' ? -1 : 1
  const signed = (amount: OurGroup['totalFen']): OurGroup['totalFen'] => (sign * amount + 0) as OurGroup['totalFen']
  const answer = await house.platform.totals(operator, { ...group, from: date, to: date, totalFen: signed(group.totalFen), fundFen: signed(group.fundFen), accountFen: signed(group.accountFen) })
  if (answer.kind !== 'answered') throw refusalError(answer)
  return answer.value
}

/** Every (clearing type, office) has one pair of lists; 3202 does not ask by insurance type. */
interface DetailKey { readonly clearingType: string; readonly clearingOffice: string }
const detailKeyText = ({ clearingType, clearingOffice }: DetailKey): string => `${clearingType}|${clearingOffice}`

const isOpen = (sale: OurSale): boolean => sale.settlement === 'open' || sale.refund === 'open'

/** Rows may speak of sales of other days: those are looked up, so that nothing of ours is called foreign. */
const withNamedSales = (house: House, date: BusinessDate, sales: readonly BookedSale[], lists: readonly TheirList[]): readonly BookedSale[] => {
  const known = new Set(sales.flatMap((sale) => [...sale.messageIds, ...(sale.setlId === null ? [] : [sale.setlId])]))
  const more = new Map<string, BookedSale>()
  for (const { rows } of lists) {
    for (const row of rows) {
      if (known.has(row.messageId) || known.has(row.setlId)) continue
      const found = findSale(house, row, date)
      if (found !== null && !sales.some((sale) => sale.saleId === found.saleId)) more.set(found.saleId, found)
    }
  }
  return [...sales, ...more.values()]
}

/** Which reading of the lists the province's own sums confirm; null: none. */
const prove = async (house: House, operator: Operator, date: BusinessDate, asked: Asked, readings: readonly Reading[]): Promise<Proven | null> => {
  for (const reading of readings) {
    const balanced = sameSums(reading.sums, asked.group) ? asked.balanced : (await askTotals(house, operator, date, { ...asked.group, ...reading.sums })).balanced
    if (balanced) return { reading }
  }
  return null
}

/** Rows of nobody here belong to the one group that differs; where several do, to none. */
const foreignOf = (comparison: Comparison, asked: Asked, all: readonly Asked[]): readonly TheirRow[] => {
  const differing = all.filter(({ group, balanced }) => !balanced && group.refund === asked.group.refund && detailKeyText(group) === detailKeyText(asked.group))
  return differing.length === 1 && differing[0] === asked ? comparison.matching.foreign : []
}

const CURES: Readonly<Record<Finding['kind'], readonly Cure[]>> = {
  'settle-booked': ['book-here', 'by-hand'], 'settle-void': ['release-here'], 'cancel-booked': ['return-here'], 'cancel-void': ['keep-here'],
  'settle-missing': ['by-hand'], 'refund-missing': ['cancel-there', 'by-hand'], 'booked-after-all': ['reverse-there', 'cancel-there', 'by-hand'], 'refunded-there': ['by-hand'], 'amount-differs': ['by-hand'],
  'unknown-to-us': ['by-hand'], 'several-there': ['by-hand'], unclear: ['by-hand'], unexplained: ['by-hand'],
}
/** What the row must hold for the cure. */
const curesOf = ({ kind, theirs, sale }: Finding): readonly Cure[] => CURES[kind].filter((cure) => {
  if (cure === 'book-here') return theirs !== null && theirs.setlId !== '' && theirs.visitId !== '' && figuresOfRow(theirs, null) !== null
  if (cure === 'cancel-there') return kind === 'refund-missing' || (theirs !== null && theirs.setlId !== '' && theirs.visitId !== '')
  if (cure === 'reverse-there') return sale !== null && sale.messageId !== ''
  return true
})

/** Booked figures, or (so that a person has something to compare with) those of the trial. */
const ourSide = (sale: OurSale | null): StoredSide | null => {
  if (sale === null) return null
  const { amounts } = sale
  const { trial, cashFen } = sale as BookedSale
  const shown = amounts ?? trial
  return {
    setlId: sale.setlId ?? '', visitId: '', totalFen: shown?.totalFen ?? null, fundFen: shown?.fundFen ?? null, accountFen: shown?.accountFen ?? null, cashFen: amounts === null ? (trial?.cashFen ?? null) : cashFen,
    trial: amounts === null && trial !== null, words: '', complete: true, held: null,
  }
}
const theirSide = (finding: Finding, complete: boolean, held: StoredSide['held']): StoredSide => {
  const { theirs } = finding
  const cashFen = theirs === null || finding.refund ? null : (held?.figures.cashFen ?? figuresOfRow(theirs, (finding.sale as BookedSale | null)?.trial ?? null)?.cashFen ?? null)
  return {
    setlId: theirs?.setlId ?? '', visitId: theirs?.visitId ?? '', totalFen: theirs?.totalFen ?? null, fundFen: theirs?.fundFen ?? null, accountFen: theirs?.accountFen ?? null, cashFen, trial: false,
    words: theirs?.memo ?? '', complete, held,
  }
}

const toDifference = (house: House, date: BusinessDate, finding: Finding, complete: boolean, held: StoredSide['held'] = null): NewDifference => {
  const { kind, sale, theirs, refund } = finding
  const messageId = sale?.messageId || theirs?.messageId || ''
  return {
    differenceId: house.newId(), date, kind, refund, saleId: sale?.saleId ?? null, messageId, cures: curesOf(finding), ours: ourSide(sale), theirs: theirSide(finding, complete, held),
    subject: [date, kind, refund ? 1 : 0, sale?.saleId ?? (theirs?.messageId || theirs?.setlId) ?? ''].join('|'),
  }
}

/** All figures of a settlement that was found in their list; null: not asked, not told, or told of another message than ours. Then the row itself has to do. */
const askHeld = async (house: House, operator: Operator, { kind, sale, theirs }: Finding): Promise<StoredSide['held']> => {
  if (!house.profile.reconcile.askFoundSettlement || kind !== 'settle-booked' || sale === null || theirs === null || theirs.setlId === '' || theirs.visitId === '') return null
  const personId = getSaleRow(house.db, sale.saleId as SaleId).person_id
  if (personId === null) return null
  const { person } = getPerson(house.db, personId)
  const region = settledInsurance(person, getSaleRow(house.db, sale.saleId as SaleId), getSettlementRow(house.db, sale.saleId as SaleId))?.region ?? ''
  const answer = await house.platform.reconcile.settlement(operator, { personNumber: person.personNumber, setlId: theirs.setlId, visitId: theirs.visitId, region })
  if (answer.kind !== 'answered') return null
  const { figures, settledAt, clearingOffice, settlementMessageId, refund } = answer.value
  const same = figures.totalFen === theirs.totalFen && figures.fundFen === theirs.fundFen && (settlementMessageId === '' || settlementMessageId === sale.messageId)
  return same && !refund ? { figures, settledAt, clearingOffice } : null
}

const compareDay = async (house: House, operator: Operator, runId: string, date: BusinessDate, closed: boolean): Promise<{ readonly groups: readonly AskedGroup[]; readonly settle: () => 'balanced' | 'differs' }> => {
  const { db, profile } = house
  const section = profile.reconcile
  const rules: MatchRules = { matchBy: section.detail.matchBy, lists: section.detail.lists, absent: new RegExp(section.detail.absentPattern, 'u'), several: new RegExp(section.detail.severalPattern, 'u') }
  const asked: Asked[] = []
  for (const group of ourGroups(house, date, ourSales(house, date))) {
    const answer = await askTotals(house, operator, date, group)
    asked.push({ group, balanced: answer.balanced, explanation: answer.explanation, at: now(house) })
  }
  house.reach('reconcile:totals-answered')
  // What was answered while we asked counts too: the sums above and the list below must be of the same books.
  const sales = ourSales(house, date)
  const wanted = new Map<string, DetailKey>()
  for (const { group, balanced } of asked) if (!balanced) wanted.set(detailKeyText(group), group)
  for (const sale of sales) if (isOpen(sale)) wanted.set(detailKeyText(sale.group), sale.group)
  const theirs = new Map<Asked, OurGroup | Reading['sums']>()
  const findings: Finding[] = []
  const absent: { readonly finding: Finding; readonly whole: boolean }[] = []
  const unproven: Asked[] = []
  for (const key of wanted.values()) {
    const of = { date, clearingType: key.clearingType, clearingOffice: key.clearingOffice }
    const lists = [await askDetail(house, operator, { ...of, refund: false }, sales), await askDetail(house, operator, { ...of, refund: true }, sales)]
    const here = withNamedSales(house, date, sales.filter((sale) => detailKeyText(sale.group) === detailKeyText(key)), lists)
    const comparison = compareBooks(here, lists, rules)
    const proofs = new Map<string, Proven | null>()
    for (const one of asked.filter(({ group }) => detailKeyText(group) === detailKeyText(key))) {
      const proven = await prove(house, operator, date, one, theirSums(comparison, one.group, one.group.refund, foreignOf(comparison, one, asked)))
      proofs.set(`${groupKeyText(one.group)}|${one.group.refund}`, proven)
      if (proven !== null) theirs.set(one, proven.reading.sums)
      else if (!one.balanced) unproven.push(one)
    }
    const concluded = conclude(comparison, (group, refund) => proofs.get(`${groupKeyText(group)}|${refund}`)?.reading ?? null, { ...section.detail, closed })
    findings.push(...concluded.found)
    absent.push(...concluded.absent)
  }
  // A group that differs, and whose list does not say why, waits for a person too.
  const explains = (finding: Finding, { group }: Asked): boolean => finding.refund === group.refund && (finding.sale === null || groupKeyText(finding.sale.group) === groupKeyText(group))
  for (const one of unproven.filter((one) => !findings.some((finding) => explains(finding, one)))) {
    findings.push({ kind: 'unexplained', sale: null, refund: one.group.refund, theirs: { line: 0, messageId: groupKeyText(one.group), setlId: '', visitId: '', personNumber: '', refund: one.group.refund, agrees: false, memo: one.explanation, totalFen: null, fundFen: null, accountFen: null } })
  }
  const held = new Map<Finding, StoredSide['held']>()
  for (const finding of findings) held.set(finding, await askHeld(house, operator, finding))
  const groups = asked.map((one): AskedGroup => {
    const sums = theirs.get(one) ?? (one.balanced ? one.group : null)
    return { ...one.group, balanced: one.balanced, explanation: one.explanation, askedAt: one.at, theirs: sums === null ? null : { count: sums.count, totalFen: sums.totalFen, fundFen: sums.fundFen, accountFen: sums.accountFen } }
  })
  return {
    groups,
    /** In one transaction: what was found, what was not there, and that the run is over. */
    settle: () => {
      const byId = new Map(ourSales(house, date).map((sale) => [sale.saleId, sale]))
      const differences = findings.map((finding) => toDifference(house, date, finding, closed, held.get(finding) ?? null))
      for (const { finding, whole } of absent) {
        const sale = finding.sale === null ? undefined : byId.get(finding.sale.saleId as BookedSale['saleId'])
        // Answered while we were asking: nothing is left to conclude.
        if (sale === undefined || (finding.refund ? sale.refund : sale.settlement) !== 'open') continue
        const known = noteAbsence(db, { messageId: sale.messageId, refund: finding.refund, date, runId }, whole)
        const days = (finding.refund ? sale.cancelAskedAt : sale.settleAskedAt === null ? [] : [sale.settleAskedAt]).flatMap((at) => daysOf(at, section.lateBookingMinutes))
        if (whole && days.every((day) => known.has(day))) differences.push(toDifference(house, date, finding, true))
      }
      // What is shown now was not absent, whatever an earlier list said.
      for (const { kind, sale, refund } of findings) if (sale !== null && (kind === 'settle-booked' || kind === 'cancel-booked')) noteAbsence(db, { messageId: sale.messageId, refund, date, runId }, false)
      const open = [...byId.values()].some(isOpen)
      const outcome = differences.length > 0 || open || unproven.length > 0 ? 'differs' : 'balanced'
      saveRun(db, { runId, date, at: now(house), outcome, closed, groups, differences })
      return outcome
    },
  }
}

/**
 * Compares one day with the province: 3201 for every group; where it differs, or a sale of the day is unconfirmed, 3202 with its files, and 3201 again with what the lists say, so that they are known
 * to be whole. Asks only; differences are stored with proposed cures for a person. A platform that does not answer leaves the day `failed`, with the earlier findings as they were.
 */
export const runReconciliation = async (house: House, caller: Caller | 'nightly', date: BusinessDate): Promise<'balanced' | 'differs' | 'failed'> => {
  const { db } = house
  if (date > today(house)) throw new AppError('reconcile.future-day', 'the day has not come', { date })
  const busy = running.get(house)
  if (busy !== undefined) throw new AppError('reconcile.running', 'a comparison is under way', { date: busy })
  running.set(house, date)
  try {
    const operator = operatorFor(house, caller)
    // By the province's clock, as far as it is known: a till that runs ahead would take an open day for a whole one.
    const closed = date < businessDate(Math.max(0, house.clock() - (house.platform.line().clockSkewMs ?? 0)) as Instant)
    const runId = house.newId()
    inTransaction(db, () => {
      endDeadRuns(db, now(house))
      startRun(db, { runId, date, staffId: caller === 'nightly' ? null : caller.staffId, at: now(house), closed })
    })
    house.reach('reconcile:started')
    try {
      const compared = await compareDay(house, operator, runId, date, closed)
      house.reach('reconcile:before-commit')
      const outcome = inTransaction(db, compared.settle)
      house.reach('reconcile:committed')
      return outcome
    } catch (cause) {
      if (!isAppError(cause)) throw cause
      house.log.warn({ code: cause.code, date }, 'books could not be compared')
      inTransaction(db, () => failRun(db, { runId, date, at: now(house), error: { code: cause.code, detail: cause.detail } }))
      return 'failed'
    }
  } finally {
    running.delete(house)
    house.changed('status')
  }
}
