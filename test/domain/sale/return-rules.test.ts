import { describe, expect, test } from 'vitest'
import type { BusinessDate, PackState, ReturnRefusal, SaleStatus } from '../../../electron/contract/index.ts'
import { RETURN_REFUSALS } from '../../../electron/contract/index.ts'
import type { ReturnFacts } from '../../../electron/domain/sale/return-rules.ts'
import { broughtBackRefusal, daysSince, returnDay, returnRefusals, returnUntil } from '../../../electron/domain/sale/return-rules.ts'
import { sentence } from '../../../electron/domain/sentences/sentence.ts'

const date = (text: string): BusinessDate => text as BusinessDate
const lot = { drugName: '阿莫西林胶囊', lotNumber: 'L1', expiresOn: date('2027-12-31'), recalled: false }
const pack = { code: 'c1', drugName: '阿莫西林胶囊', lotNumber: 'L1', state: 'sold' as PackState, ofThisSale: true, openAlarm: false }
const facts: ReturnFacts = {
  status: 'closed',
  receiptNumber: '20261121-01-0001',
  soldOn: date('2026-11-21'),
  today: date('2026-11-21'),
  newestSaleOn: date('2026-11-21'),
  returnDays: 10,
  shiftOpen: true,
  lots: [lot],
  packs: [pack],
  saleAlarm: false,
}
const reasons = (change: Partial<ReturnFacts>): readonly ReturnRefusal[] => returnRefusals({ ...facts, ...change }).map((refusal) => refusal.reason)

describe('a sale may be returned', () => {
  test('on the day it was sold, and up to the tenth day after', () => {
    expect(reasons({})).toEqual([])
    expect(reasons({ today: date('2026-12-01') })).toEqual([])
    expect(reasons({ today: date('2026-12-02') })).toEqual(['too-late'])
    expect(returnUntil(date('2026-11-21'), 10)).toBe('2026-12-01')
    expect(returnRefusals({ ...facts, today: date('2026-12-02') })[0]?.detail).toMatchObject({ days: 11, returnDays: 10, soldOn: '2026-11-21' })
  })

  test('never after a clock was set back: what was sold since proves the day, and days are never negative', () => {
    expect(reasons({ today: date('2026-11-01'), newestSaleOn: date('2026-12-05') })).toEqual(['too-late'])
    expect(reasons({ today: date('2010-01-01') })).toEqual([])
    expect(daysSince(date('2026-11-21'), date('2010-01-01'))).toBe(0)
    expect(returnDay({ today: date('2026-11-21'), newestSaleOn: null })).toBe('2026-11-21')
  })

  test('also when it is settled and cannot be paid', () => {
    expect(reasons({ status: 'due' })).toEqual([])
  })

  test('with zero days only on the same day', () => {
    expect(reasons({ returnDays: 0 })).toEqual([])
    expect(reasons({ returnDays: 0, today: date('2026-11-22') })).toEqual(['too-late'])
  })
})

describe('a sale is not returned', () => {
  const wrong: readonly (readonly [SaleStatus, ReturnRefusal])[] = [
    ['open', 'not-sold'],
    ['held', 'not-sold'],
    ['voided', 'not-sold'],
    ['reversed', 'not-sold'],
    ['settling', 'unconfirmed'],
    ['unconfirmed', 'unconfirmed'],
    ['returning', 'returning'],
    ['returned', 'returned'],
  ]
  test.each(wrong)('while it is %s, and nothing else is said about it', (status, reason) => {
    expect(reasons({ status, lots: [{ ...lot, recalled: true }], shiftOpen: false })).toEqual([reason])
  })

  test('twice', () => {
    expect(reasons({ status: 'returned' })).toEqual(['returned'])
  })

  test('with recalled or expired goods; the expiry day itself is good', () => {
    expect(reasons({ lots: [{ ...lot, recalled: true }] })).toEqual(['recalled'])
    expect(reasons({ lots: [{ ...lot, expiresOn: date('2026-11-21') }] })).toEqual([])
    expect(reasons({ lots: [{ ...lot, expiresOn: date('2026-11-20') }] })).toEqual(['expired'])
  })

  test('over an open alarm, of a pack or of the sale', () => {
    expect(reasons({ packs: [{ ...pack, openAlarm: true }] })).toEqual(['alarm'])
    expect(reasons({ saleAlarm: true })).toEqual(['alarm'])
  })

  test('when a pack went elsewhere since', () => {
    const of = (state: PackState, more: Partial<typeof pack> = {}): readonly ReturnRefusal[] => reasons({ packs: [{ ...pack, ...more, state }] })
    expect(of('settled')).toEqual([])
    expect(of('split-open')).toEqual([])
    expect(of('settled', { ofThisSale: false })).toEqual(['sold-again'])
    expect(of('locked')).toEqual(['locked'])
    expect(of('destroyed')).toEqual(['destroyed'])
    expect(of('transferred')).toEqual(['transferred'])
    for (const state of ['in-stock', 'in-sale', 'returned'] as const) expect(of(state)).toEqual(['sold-again'])
  })

  test('without a shift; and everything that stands in the way is said at once, the same of one drug only once', () => {
    expect(reasons({ shiftOpen: false })).toEqual(['no-shift'])
    expect(reasons({ today: date('2027-01-31'), lots: [{ ...lot, recalled: true }], packs: [{ ...pack, state: 'locked' }, { ...pack, code: 'c2', state: 'locked' }], shiftOpen: false })).toEqual([
      'recalled',
      'locked',
      'too-late',
      'no-shift',
    ])
  })
})

describe('what was brought back', () => {
  const packs = [
    { code: 'a', mustScan: true },
    { code: 'b', mustScan: true },
    { code: 'v', mustScan: false },
  ]
  const clerk = { isManager: false, unscannableReason: '' }
  const both = [
    { code: 'a', back: 'sellable' },
    { code: 'b', back: 'damaged' },
  ] as const

  test('is every pack with a code of its own, whole or damaged', () => {
    expect(broughtBackRefusal(packs, both, clerk)).toBeNull()
    expect(broughtBackRefusal([], [], clerk)).toBeNull()
    expect(broughtBackRefusal(packs, [both[0]], clerk)).toEqual({ reason: 'packs-missing', detail: { missing: 1 } })
  })
  test('is not one pack twice, and no pack of another sale', () => {
    expect(broughtBackRefusal(packs, [...both, both[0]], clerk)?.reason).toBe('scanned-already')
    expect(broughtBackRefusal(packs, [...both, { code: 'x', back: 'sellable' }], clerk)?.reason).toBe('other-sale')
  })
  test('may be a pack whose code cannot be read: a manager says so, and why', () => {
    const torn = [both[0], { code: 'b', back: 'unscannable' as const }]
    expect(broughtBackRefusal(packs, torn, clerk)?.reason).toBe('needs-manager')
    expect(broughtBackRefusal(packs, torn, { isManager: true, unscannableReason: ' ' })?.reason).toBe('reason-missing')
    expect(broughtBackRefusal(packs, torn, { isManager: true, unscannableReason: '二维码磨花' })).toBeNull()
  })
})

test('every refusal has a sentence in both languages, of what happened and what to do, without gaps and with its values', () => {
  const detail = { receiptNumber: '20261121-01-0001', status: 'held', soldOn: '2026-11-21', days: 11, returnDays: 10, drugName: '阿莫西林胶囊', lotNumber: 'L1', expiresOn: '2026-11-20', missing: 2 }
  for (const language of ['zh', 'en'] as const) {
    const seen = new Set<string>()
    for (const reason of RETURN_REFUSALS) {
      for (const values of [detail, {}]) {
        const { word, text, action } = sentence('error', 'sale.not-returnable', { ...values, reason }, language)
        for (const part of [word, text, action]) expect(part, `${reason} ${language}`).not.toMatch(/[[\]{}|]|undefined|^$/)
      }
      const full = sentence('return', reason, detail, language).text
      expect(seen.has(full), `${reason}: ${full}`).toBe(false)
      seen.add(full)
    }
    expect(sentence('return', 'too-late', detail, language).text).toMatch(/2026-11-21.*11.*10/)
  }
})
