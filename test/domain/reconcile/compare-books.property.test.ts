import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Fen } from '../../../electron/contract/index.ts'
import type { Amounts, Finding, MatchRules, OurSale, Sums, TheirList, TheirRow } from '../../../electron/domain/reconcile/books.ts'
import { compareBooks } from '../../../electron/domain/reconcile/compare-books.ts'
import { conclude } from '../../../electron/domain/reconcile/conclude.ts'
import { sameSums, theirSums } from '../../../electron/domain/reconcile/their-sums.ts'
import type { Reading } from '../../../electron/domain/reconcile/their-sums.ts'

/** One purchase, as each side has it. `ours` null: only they know it. */
interface Truth {
  readonly ours: 'settled' | 'cancelled' | 'unknown' | 'reversed' | 'cancel-unknown' | null
  readonly theirs: 'nothing' | 'booked' | 'refunded' | 'reversed'
  readonly total: number
  /** What they have more than we. */
  readonly more: number
}
/** A province's way of listing. */
interface Way {
  readonly lists: 'all' | 'differing'
  readonly shopOnly: boolean
  readonly pairs: boolean
  readonly pairsCount: boolean
  readonly refundMessage: 'own' | 'original'
  readonly sign: 1 | -1
  readonly names: 'both' | 'message' | 'number'
  readonly matchBy: MatchRules['matchBy']
  readonly said: MatchRules['lists']
}

const GROUP = { insuranceType: '310', clearingType: '41', clearingOffice: '999900' }
const amounts = (total: number): Amounts => ({ totalFen: total as Fen, fundFen: Math.floor(total / 2) as Fen, accountFen: Math.floor(total / 4) as Fen })

const oursOf = (truth: Truth, at: number): OurSale => {
  const { ours } = truth
  const had = ours === 'settled' || ours === 'cancelled' || ours === 'cancel-unknown'
  return {
    saleId: `s${at}`, group: GROUP, messageId: `m${at}`, messageIds: [`m${at}`, `c${at}`], setlId: had ? `n${at}` : null,
    settlement: had ? 'booked' : ours === 'unknown' ? 'open' : 'none', refund: ours === 'cancelled' ? 'booked' : ours === 'cancel-unknown' ? 'open' : 'none', amounts: had ? amounts(truth.total) : null,
  }
}
const has = (truth: Truth, way: Way, refund: boolean): boolean => truth.theirs === 'reversed' ? way.pairs : refund ? truth.theirs === 'refunded' : truth.theirs === 'booked' || truth.theirs === 'refunded'

/** The province writes its list by itself: nothing of the code under test. */
const listOf = (truths: readonly Truth[], way: Way, refund: boolean): TheirList => {
  const rows: TheirRow[] = []
  truths.forEach((truth, at) => {
    const there = has(truth, way, refund)
    const inFile = refund ? truth.ours === 'cancelled' : truth.ours === 'settled' || truth.ours === 'cancelled' || truth.ours === 'cancel-unknown'
    const message = refund && way.refundMessage === 'own' ? `c${at}` : `m${at}`
    const sum = amounts(truth.total + truth.more)
    const signed = (amount: Fen): Fen => (refund ? way.sign * amount : amount) as Fen
    const base = { line: rows.length + 1, personNumber: 'p', visitId: way.names === 'message' ? '' : `v${at}`, messageId: way.names === 'number' ? '' : message, setlId: way.names === 'message' ? '' : `n${at}`, refund }
    if (there) {
      const agrees = inFile && truth.more === 0
      if (agrees && way.lists === 'differing') return
      rows.push({ ...base, agrees, memo: agrees ? '' : inFile ? '金额不一致' : '机构端不存在该结算数据', totalFen: signed(sum.totalFen), fundFen: signed(sum.fundFen), accountFen: signed(sum.accountFen) })
    } else if (inFile && way.shopOnly) rows.push({ ...base, agrees: false, memo: '中心端不存在该结算数据', totalFen: null, fundFen: null, accountFen: null })
  })
  return { refund, rows }
}
const truthSums = (truths: readonly Truth[], way: Way, refund: boolean): Sums => truths.reduce<Sums>((sums, truth) => {
  if (truth.theirs === 'reversed' ? !way.pairsCount : !has(truth, way, refund)) return sums
  const more = amounts(truth.total + truth.more)
  return { count: sums.count + 1, totalFen: (sums.totalFen + more.totalFen) as Fen, fundFen: (sums.fundFen + more.fundFen) as Fen, accountFen: (sums.accountFen + more.accountFen) as Fen }
}, { count: 0, totalFen: 0 as Fen, fundFen: 0 as Fen, accountFen: 0 as Fen })

const judge = (truths: readonly Truth[], way: Way, closed = true) => {
  const ours = truths.map((truth, at) => ({ truth, at })).filter(({ truth }) => truth.ours !== null).map(({ truth, at }) => oursOf(truth, at))
  const rules: MatchRules = { matchBy: way.matchBy, lists: way.said, absent: /中心.{0,8}(无|不存在)/u, several: /多条/u }
  const comparison = compareBooks(ours, [listOf(truths, way, false), listOf(truths, way, true)], rules)
  const confirmed = new Map<boolean, Reading | null>([false, true].map((refund) => [refund, theirSums(comparison, GROUP, refund, comparison.matching.foreign).find((reading) => sameSums(reading.sums, truthSums(truths, way, refund))) ?? null]))
  return { comparison, confirmed, ...conclude(comparison, (_group, refund) => confirmed.get(refund) ?? null, { absenceProof: 'detail-and-totals', listsTheirsOnly: true, closed }) }
}
const named = (findings: readonly Finding[]): readonly string[] => findings.map(({ kind, sale, theirs }) => `${sale?.saleId ?? `s${/\d+/.exec(theirs?.messageId || theirs?.setlId || '')?.[0] ?? '?'}`} ${kind}`).toSorted()

/** What a careful clerk with both books on the table says. */
const expected = (truth: Truth, way: Way): readonly string[] => {
  const { ours, theirs, more } = truth
  const booked = theirs === 'booked' || theirs === 'refunded'
  switch (ours) {
    case null:
      // A strange settlement beside its own refund is nothing together, where their number says that they belong together.
      return theirs === 'booked' ? ['unknown-to-us'] : theirs === 'refunded' && way.names === 'message' ? ['unknown-to-us', 'unknown-to-us'] : []
    case 'settled':
      if (!booked) return ['settle-missing']
      return [...(more === 0 ? [] : ['amount-differs']), ...(theirs === 'refunded' ? ['refunded-there'] : [])]
    case 'cancelled':
      if (!booked) return ['settle-missing', 'refund-missing']
      return [...(more === 0 ? [] : ['amount-differs']), ...(theirs === 'refunded' ? (more === 0 ? [] : ['amount-differs']) : ['refund-missing'])]
    case 'unknown':
      return [theirs === 'booked' ? 'settle-booked' : 'settle-void']
    case 'reversed':
      return theirs === 'booked' ? ['booked-after-all'] : []
    case 'cancel-unknown':
      if (!booked) return ['settle-missing', 'cancel-void']
      return [...(more === 0 ? [] : ['amount-differs']), theirs === 'refunded' ? 'cancel-booked' : 'cancel-void']
  }
}

const truth: fc.Arbitrary<Truth> = fc.record({
  ours: fc.constantFrom<Truth['ours']>('settled', 'settled', 'settled', 'cancelled', 'unknown', 'reversed', 'cancel-unknown', null), theirs: fc.constantFrom<Truth['theirs']>('booked', 'booked', 'nothing', 'refunded', 'reversed'),
  total: fc.integer({ min: 1, max: 5_000 }), more: fc.constantFrom(0, 0, 0, 0, 7),
}).filter(({ ours, theirs }) =>
  // Reversed there, a settlement that we have an answer of; or unknown to us and reversed: no list could tell it from one that never was.
  !(theirs === 'reversed' && ours !== 'unknown' && ours !== 'reversed') && !(ours === 'reversed' && theirs === 'refunded'))
const books = fc.array(truth, { maxLength: 12 })
const way: fc.Arbitrary<Way> = fc.record({
  lists: fc.constantFrom('all' as const, 'differing' as const), shopOnly: fc.boolean(), pairs: fc.boolean(), pairsCount: fc.boolean(), refundMessage: fc.constantFrom('own' as const, 'original' as const), sign: fc.constantFrom(1 as const, -1 as const),
  names: fc.constantFrom('both' as const, 'message' as const), matchBy: fc.constantFrom<MatchRules['matchBy']>('msgid', 'msgid-then-setl_id'), said: fc.constant<MatchRules['lists']>('unsaid'),
}).map((one) => ({ ...one, pairsCount: one.pairs && one.pairsCount }))

describe('both books side by side', () => {
  test('where the province lists what each side lacks, every difference is found and nothing else, however it lists and signs', () => {
    fc.assert(fc.property(books, way.map((one) => ({ ...one, shopOnly: true })), (truths, one) => {
      // Pairs that count beside pairs that do not: no sums could be told apart. Less is concluded then, see below.
      fc.pre(!(one.pairs && !one.pairsCount && truths.some(({ ours, theirs }) => (ours === 'unknown' || ours === null) && theirs === 'refunded') && truths.some(({ theirs }) => theirs === 'reversed')))
      const { found, absent } = judge(truths, one)
      expect(named([...found, ...absent.filter(({ whole }) => whole).map(({ finding }) => finding)])).toEqual(truths.flatMap((each, at) => expected(each, one).map((kind) => `s${at} ${kind}`)).toSorted())
    }), { numRuns: 4_000 })
  })

  test('where it leaves things out, less is said, but never anything that is not so', () => {
    const anyWay = fc.record({ one: way, names: fc.constantFrom<Way['names']>('both', 'message', 'number'), matchBy: fc.constantFrom<MatchRules['matchBy']>('msgid', 'setl_id', 'msgid-then-setl_id') }).map(({ one, ...other }): Way => ({ ...one, ...other }))
    fc.assert(fc.property(books, anyWay, (truths, one) => {
      const { found, absent } = judge(truths, one)
      // A row that does not name its message, or is not matched by it, may be of a sale whose number we never heard; where we are told to go by what it does not have, everything is strange.
      const strange = one.names === 'number' || one.matchBy === 'setl_id' || (one.matchBy === 'msgid' && one.names !== 'both')
      fc.pre(!(one.matchBy === 'msgid' && one.names === 'number') && !(one.matchBy === 'setl_id' && one.names === 'message'))
      const right = new Set(truths.flatMap((each, at) => [...expected(each, one), ...(strange ? ['unknown-to-us'] : [])].map((kind) => `s${at} ${kind}`)))
      for (const said of named([...found, ...absent.filter(({ whole }) => whole).map(({ finding }) => finding)])) expect(right, JSON.stringify(truths)).toContain(said)
    }), { numRuns: 4_000 })
  })

  test('while the day is not over, absence is never proof', () => {
    fc.assert(fc.property(books, way, (truths, one) => {
      expect(judge(truths, one, false).absent.every(({ whole }) => !whole)).toBe(true)
    }))
  })

  test('a list that was cut off proves no absence: the sums say that something is missing', () => {
    fc.assert(fc.property(books.map((truths) => truths.filter(({ ours, theirs }) => theirs !== 'nothing' || ours === 'unknown')).filter((truths) => truths.some(({ ours, theirs }) => ours === 'unknown' && theirs === 'booked')), way, fc.nat(), (truths, one, nth) => {
      const victims = truths.map((each, at) => ({ each, at })).filter(({ each }) => each.ours === 'unknown' && each.theirs === 'booked')
      const victim = victims[nth % victims.length]!.at
      const cut = truths.map((each, at) => (at === victim ? { ...each, theirs: 'nothing' as const } : each))
      const ours = truths.map((each, at) => oursOf(each.ours === null ? { ...each, ours: 'settled' } : each, at)).filter((_, at) => truths[at]!.ours !== null)
      const rules: MatchRules = { matchBy: one.matchBy, lists: one.said, absent: /中心.{0,8}(无|不存在)/u, several: /多条/u }
      const comparison = compareBooks(ours, [listOf(cut, one, false), listOf(cut, one, true)], rules)
      const real = truthSums(truths, one, false)
      const confirmed = theirSums(comparison, GROUP, false, comparison.matching.foreign).find((reading) => sameSums(reading.sums, real)) ?? null
      // Only if what was cut off happens to weigh exactly what another reading adds.
      fc.pre(confirmed === null || !confirmed.silentMissing && !confirmed.withPairs)
      const { absent } = conclude(comparison, (_group, refund) => (refund ? null : confirmed), { absenceProof: 'detail-and-totals', listsTheirsOnly: true, closed: true })
      expect(absent.filter(({ finding, whole }) => whole && finding.sale?.saleId === `s${victim}`)).toEqual([])
    }), { numRuns: 1_000 })
  })

  test('the order of rows, of sales and of lists does not matter', () => {
    fc.assert(fc.property(books, way, fc.integer(), (truths, one, seed) => {
      const ours = truths.map((each, at) => oursOf({ ...each, ours: each.ours ?? 'settled' }, at))
      const rules: MatchRules = { matchBy: one.matchBy, lists: one.said, absent: /中心.{0,8}(无|不存在)/u, several: /多条/u }
      const lists = [listOf(truths, one, false), listOf(truths, one, true)]
      const turned = <T>(items: readonly T[]): readonly T[] => [...items].toSorted((a, b) => (JSON.stringify(a).length * 31 + seed) % 7 - (JSON.stringify(b).length * 31 + seed) % 7).toReversed()
      const [straight, other] = [compareBooks(ours, lists, rules), compareBooks(turned(ours), turned(lists).map((list) => ({ ...list, rows: turned(list.rows) })), rules)]
      expect(named([...other.shown, ...other.silent, ...other.absent])).toEqual(named([...straight.shown, ...straight.silent, ...straight.absent]))
    }), { numRuns: 500 })
  })
})
