import { describe, expect, test } from 'vitest'
import type { Fen } from '../../../electron/contract/index.ts'
import type { MatchRules, OurSale, Standing, TheirList, TheirRow } from '../../../electron/domain/reconcile/books.ts'
import { compareBooks } from '../../../electron/domain/reconcile/compare-books.ts'
import { matchRows } from '../../../electron/domain/reconcile/match-rows.ts'
import { sameSums, theirSums } from '../../../electron/domain/reconcile/their-sums.ts'
import type { Reading } from '../../../electron/domain/reconcile/their-sums.ts'

const GROUP = { insuranceType: '310', clearingType: '41', clearingOffice: '999900' }
const RULES: MatchRules = { matchBy: 'msgid-then-setl_id', lists: 'unsaid', absent: /中心.{0,8}不存在/u, several: /多条/u }
const fen = (amount: number): Fen => amount as Fen
const sale = (name: string, settlement: Standing, more: Partial<OurSale> = {}): OurSale => ({
  saleId: name, group: GROUP, messageId: `m-${name}`, messageIds: [`m-${name}`], setlId: settlement === 'booked' ? `n-${name}` : null, settlement, refund: 'none',
  amounts: settlement === 'booked' ? { totalFen: fen(100), fundFen: fen(60), accountFen: fen(30) } : null, ...more,
})
const row = (name: string, more: Partial<TheirRow> = {}): TheirRow => ({
  line: 1, messageId: `m-${name}`, setlId: `n-${name}`, visitId: 'v', personNumber: 'p', refund: false, agrees: true, memo: '', totalFen: fen(100), fundFen: fen(60), accountFen: fen(30), ...more,
})
const lists = (settlements: readonly TheirRow[], refunds: readonly TheirRow[] = []): readonly TheirList[] => [{ refund: false, rows: settlements }, { refund: true, rows: refunds }]
const readings = (ours: readonly OurSale[], theirs: readonly TheirList[], refund = false, foreign: readonly TheirRow[] | 'all' = 'all'): readonly Reading[] => {
  const comparison = compareBooks(ours, theirs, RULES)
  return theirSums(comparison, GROUP, refund, foreign === 'all' ? comparison.matching.foreign : foreign)
}
const sums = (count: number, totalFen: number, fundFen: number, accountFen: number) => ({ count, totalFen, fundFen, accountFen })

describe('sums', () => {
  test('are the same only when all four are', () => {
    const one = { count: 1, totalFen: fen(100), fundFen: fen(60), accountFen: fen(30) }
    expect(sameSums(one, { ...one })).toBe(true)
    for (const other of [{ ...one, count: 2 }, { ...one, totalFen: fen(101) }, { ...one, fundFen: fen(61) }, { ...one, accountFen: fen(31) }]) expect(sameSums(one, other)).toBe(false)
  })
  test('add up what both have, what only they have, and nothing of other days or groups', () => {
    const ours = [sale('a', 'booked'), sale('open', 'open'), sale('undone', 'none'), sale('other-day', 'elsewhere'), sale('other-group', 'booked', { group: { ...GROUP, insuranceType: '390' } })]
    const theirs = lists([
      row('a'), row('open', { agrees: false, totalFen: fen(7), fundFen: fen(5), accountFen: fen(1) }), row('undone', { agrees: false, totalFen: fen(11), fundFen: fen(0), accountFen: fen(11) }),
      row('other-day'), row('other-group'), row('strange', { agrees: false, totalFen: fen(1_000), fundFen: fen(0), accountFen: fen(0) }),
    ])
    expect(readings(ours, theirs)[0]?.sums).toEqual(sums(4, 1_118, 65, 42))
    expect(readings(ours, theirs, false, [])[0]?.sums).toEqual(sums(3, 118, 65, 42))
    expect(readings(ours, theirs, true)[0]?.sums).toEqual(sums(0, 0, 0, 0))
  })
  test('of refunds are without sign, however they are listed', () => {
    const ours = [sale('a', 'booked', { refund: 'booked' })]
    for (const sign of [1, -1]) expect(readings(ours, lists([row('a')], [row('a', { refund: true, totalFen: fen(sign * 100), fundFen: fen(sign * 60), accountFen: fen(sign * 30) })]), true)[0]?.sums).toEqual(sums(1, 100, 60, 30))
  })
  test('are ours for a row without amounts, and cannot be told for one that we have no amounts of', () => {
    expect(readings([sale('a', 'booked')], lists([row('a', { totalFen: null, fundFen: null, accountFen: null })]))[0]?.sums).toEqual(sums(1, 100, 60, 30))
    for (const missing of ['totalFen', 'fundFen', 'accountFen'] as const) expect(readings([sale('open', 'open')], lists([row('open', { [missing]: null })]))).toEqual([])
  })
  test('are not told at all beside a row that can be read in two ways, of the same direction and group', () => {
    const unclear = row('a', { agrees: false, memo: '?', totalFen: null })
    expect(readings([sale('a', 'booked')], lists([unclear]))).toEqual([])
    expect(readings([sale('a', 'booked')], lists([row('a'), row('a', { agrees: false })]))).toEqual([])
    // Of the other direction it leaves these sums alone.
    expect(readings([sale('a', 'booked')], lists([unclear]), true)).not.toEqual([])
    // Of another group too.
    expect(readings([sale('a', 'booked', { group: { ...GROUP, clearingType: '14' } })], lists([unclear]))).not.toEqual([])
  })
  test('have two readings where a settlement of ours is not mentioned: it agrees, or it is missing', () => {
    expect(readings([sale('a', 'open'), sale('b', 'booked')], lists([row('a', { agrees: false, memo: '机构端不存在该结算数据' })]))).toEqual([
      { sums: sums(2, 200, 120, 60), silentMissing: false, withPairs: false },
      { sums: sums(1, 100, 60, 30), silentMissing: true, withPairs: false },
    ])
  })
  test('have two readings where a settlement is shown with its reversal, ours or strange: counted or not; and then nothing is called missing', () => {
    const undone = { agrees: false, memo: '机构端不存在该结算数据' }
    for (const ours of [[sale('a', 'open'), sale('b', 'booked')], [sale('a', 'none'), sale('b', 'booked')], [sale('b', 'booked')]]) {
      const theirs = lists([row('a', undone)], [row('a', { ...undone, refund: true, totalFen: fen(-100), fundFen: fen(-60), accountFen: fen(-30) })])
      expect(readings(ours, theirs)).toEqual([
        { sums: sums(1, 100, 60, 30), silentMissing: false, withPairs: false },
        { sums: sums(2, 200, 120, 60), silentMissing: false, withPairs: true },
      ])
      expect(readings(ours, theirs, true)).toEqual([
        { sums: sums(0, 0, 0, 0), silentMissing: false, withPairs: false },
        { sums: sums(1, 100, 60, 30), silentMissing: false, withPairs: true },
      ])
    }
  })
})

describe('a row', () => {
  const said = (rows: readonly TheirRow[], ours = [sale('a', 'booked')], rules = RULES) => matchRows(ours, [{ refund: false, rows }], rules)
  test('is found by its message, else by its number, or only as the profile says', () => {
    expect(said([row('a', { setlId: 'x' })]).sales[0]?.settlement.kind).toBe('row')
    expect(said([row('a', { messageId: '' })]).sales[0]?.settlement.kind).toBe('row')
    expect(said([row('a', { setlId: 'x' })], undefined, { ...RULES, matchBy: 'setl_id' }).foreign).toHaveLength(1)
    expect(said([row('a', { messageId: '' })], undefined, { ...RULES, matchBy: 'msgid' }).foreign).toHaveLength(1)
    expect(said([row('a', { messageId: '' })], undefined, { ...RULES, matchBy: 'setl_id' }).sales[0]?.settlement.kind).toBe('row')
  })
  test('whose message is one sale and whose number another proves nothing', () => {
    expect(said([row('a', { setlId: 'n-b' })], [sale('a', 'booked'), sale('b', 'booked')]).sales.map(({ settlement }) => settlement.kind)).toEqual(['unclear', 'nothing'])
  })
  test('says in words that they have none or several; an agreeing row has no such words', () => {
    expect(said([row('a', { agrees: false, memo: '中心端不存在该结算数据' })]).sales[0]?.settlement.kind).toBe('absent')
    expect(said([row('a', { agrees: false, memo: '中心端有多条明细' })]).sales[0]?.settlement.kind).toBe('several')
    expect(said([row('a', { agrees: true, memo: '中心端不存在该结算数据' })]).sales[0]?.settlement.kind).toBe('row')
  })
  test('without a number means several where the list gives numbers, and nothing where it never does', () => {
    const bare = row('a', { agrees: false, memo: '', setlId: '' })
    expect(said([bare, row('z')]).sales[0]?.settlement.kind).toBe('several')
    expect(said([bare]).sales[0]?.settlement.kind).toBe('row')
  })
  test('of nobody is strange, unless it says that they do not have it', () => {
    expect(said([row('z')]).foreign).toHaveLength(1)
    expect(said([row('z', { agrees: false, memo: '中心端不存在该结算数据' })]).foreign).toEqual([])
    // Words of absence on a row that agrees contradict themselves: shown.
    expect(said([row('z', { agrees: true, memo: '中心端不存在该结算数据' })]).foreign).toHaveLength(1)
  })
  test('twice in one list is several; the settlement beside its refund in the other list is the same one', () => {
    expect(said([row('a'), row('a')]).sales[0]?.settlement.kind).toBe('several')
    const both = matchRows([sale('a', 'booked', { refund: 'booked' })], lists([row('a')], [row('a'), row('a', { refund: true })]), RULES)
    expect([both.sales[0]?.settlement.kind, both.sales[0]?.refund.kind]).toEqual(['row', 'row'])
    const torn = matchRows([sale('a', 'booked', { refund: 'booked' })], lists([row('a')], [row('a', { agrees: false, memo: '中心端不存在该结算数据' })]), RULES)
    expect(torn.sales[0]?.settlement.kind).toBe('unclear')
    const many = matchRows([sale('a', 'booked', { refund: 'booked' })], lists([row('a')], [row('a'), row('a')]), RULES)
    expect(many.sales[0]?.settlement.kind).toBe('several')
  })
})
