import { describe, expect, test } from 'vitest'
import { fen, wholeUnits } from '../../../electron/contract/index.ts'
import type { Instant, LineFigures, Sale } from '../../../electron/contract/index.ts'
import { ageOf, duration, isStale } from '../../../renderer/view/ages.ts'
import { countedFen } from '../../../renderer/view/counts.ts'
import { lineNotes, packDots } from '../../../renderer/view/line-notes.ts'
import { nextStep } from '../../../renderer/view/next-step.ts'
import { purchaseChoices } from '../../../renderer/view/purchase-choices.ts'
import { decisionsFor, saleActions } from '../../../renderer/view/sale-actions.ts'
import { splitSubject } from '../../../renderer/view/split-subject.ts'
import { changeFor, likelyNotes, totalsOf } from '../../../renderer/view/totals.ts'
import { CATALOGUE } from '../fake-core/catalogue.ts'
import { fakeFigures } from '../fake-core/fake-figures.ts'
import { createShop, keep, lineFor, startSale, withQuantity } from '../fake-core/fake-shop.ts'
import { PEOPLE } from '../fake-core/people.ts'

const stocked = (index: number) => {
  const entry = CATALOGUE[index]
  if (entry === undefined) throw new Error('no such drug')
  return entry
}
const saleWith = (change: (sale: Sale) => Partial<Sale>): Sale => {
  const shop = createShop()
  shop.shift = { ...({} as NonNullable<typeof shop.shift>) }
  const sale = startSale(shop)
  return keep(shop, { ...sale, ...change(sale) }, false)
}
const line = withQuantity(lineFor(stocked(1)), 2)

describe('ages', () => {
  test('grow from words to seconds, minutes, hours and days', () => {
    expect([0, 9_000, 10_000, 59_000, 60_000, 3_599_000, 3_600_000, 86_400_000].map((ms) => ageOf(0, ms))).toEqual([
      { unit: 'now' },
      { unit: 'now' },
      { unit: 'seconds', count: 10 },
      { unit: 'seconds', count: 59 },
      { unit: 'minutes', count: 1 },
      { unit: 'minutes', count: 59 },
      { unit: 'hours', count: 1 },
      { unit: 'days', count: 1 },
    ])
  })
  test('a clock that runs behind shows no negative age', () => {
    expect(ageOf(5_000, 1_000)).toEqual({ unit: 'now' })
  })
  test('durations count seconds, then minutes with seconds, then hours', () => {
    expect([0, 4_900, 192_000, 3_720_000].map(duration)).toEqual(['0″', '4″', '3′12″', '1 h 02′'])
  })
  test('a fact grows stale on the screen without being asked for again', () => {
    const fresh = { source: 'live' as const, fetchedAt: 0 as Instant, stale: false }
    expect(isStale(fresh, 30 * 60_000, 30)).toBe(false)
    expect(isStale(fresh, 30 * 60_000 + 1, 30)).toBe(true)
    expect(isStale({ ...fresh, stale: true }, 0, 30)).toBe(true)
  })
})

describe('what stands under a line', () => {
  const figures = (over: Partial<LineFigures>): LineFigures => ({
    lineId: line.lineId,
    amountFen: line.amountFen,
    quantity: line.quantity,
    unitPrice: line.unitPrice,
    priceLimit: null,
    level: 'A',
    selfPayShare: null,
    fullSelfPayFen: fen(0),
    overLimitFen: fen(0),
    preSelfPayFen: fen(0),
    inScopeFen: line.amountFen,
    message: '',
    ...over,
  })
  test('says how many codes are missing', () => {
    expect(lineNotes(line, [], null)).toEqual([{ kind: 'missing', count: 2 }])
  })
  test('does not say twice what the blocker of missing codes says', () => {
    expect(lineNotes(line, [{ code: 'missing-codes', lineId: line.lineId, detail: {} }], null)).toEqual([{ kind: 'missing', count: 2 }])
  })
  test('shows every part that the fund does not take, and the platform’s own words', () => {
    const notes = lineNotes(
      { ...line, packs: [...line.packs, ...['a', 'b'].map((code) => ({ code, virtual: false, quantity: line.quantity }))] },
      [],
      figures({ overLimitFen: fen(864), preSelfPayFen: fen(778), selfPayShare: 1_250, message: ' 限门诊慢特病 ' }),
    )
    expect(notes).toEqual([
      { kind: 'over-limit', amount: '8.64' },
      { kind: 'first-share', amount: '7.78', percent: '12.5%' },
      { kind: 'platform', text: '限门诊慢特病' },
    ])
  })
  test('is silent for goods that are not collected', () => {
    expect(lineNotes(withQuantity(lineFor(stocked(11)), 30), [], null)).toEqual([])
  })
  test('dots show scanned and wanted packs, up to eight', () => {
    expect([packDots(1, 2), packDots(3, 2), packDots(0, 8), packDots(1, 9)]).toEqual(['●○', '●●●', '○○○○○○○○', ''])
  })
})

describe('totals', () => {
  test('an insured sale without a trial has no cash amount to say aloud', () => {
    const sale = saleWith(() => ({ insured: true, lines: [line] }))
    expect(totalsOf(sale)).toMatchObject({ state: 'untried', cashFen: null, totalFen: 6_180 })
  })
  test('a trial and a settlement are different states with the platform’s cash', () => {
    const sale = saleWith(() => ({ insured: true, lines: [line] }))
    const figures = fakeFigures(sale)
    expect(totalsOf({ ...sale, quote: figures })).toMatchObject({ state: 'trial', cashFen: figures.cashFen })
    expect(totalsOf({ ...sale, quote: figures, settled: figures, status: 'due' })).toMatchObject({ state: 'settled', cashFen: figures.cashFen })
  })
  test('a self-paid sale is all cash', () => {
    expect(totalsOf(saleWith(() => ({ lines: [line] })))).toMatchObject({ state: 'self-paid', cashFen: 6_180 })
  })
  test('nothing on the screen is nothing to pay', () => {
    expect(totalsOf(null)).toMatchObject({ state: 'none', totalFen: 0, cashFen: 0 })
  })
  test('change and shortfall never come together', () => {
    expect(changeFor(fen(2_463), fen(10_000))).toEqual({ changeFen: 7_537, shortFen: 0 })
    expect(changeFor(fen(2_463), fen(2_000))).toEqual({ changeFen: 0, shortFen: 463 })
  })
  test('likely notes are above the due, rising and without the exact amount', () => {
    expect(likelyNotes(fen(2_463))).toEqual([2_500, 3_000, 4_000, 5_000])
    expect(likelyNotes(fen(5_000))).toEqual([6_000, 10_000])
  })
})

describe('packs from the uncoded list', () => {
  const codes = (n: number, virtual: boolean) => Array.from({ length: n }, (_, i) => ({ code: `${virtual ? 'v' : 's'}${i}`, virtual, quantity: line.quantity }))
  const kinds = (change: Partial<typeof line>): unknown => lineNotes({ ...line, quantity: wholeUnits(3), ...change }, [], null).map((note) => [note.kind, 'count' in note ? note.count : null])
  test('stand under their line, apart from what is still to scan and to fetch', () => {
    expect(kinds({ uncodedPacks: 2 })).toEqual([
      ['missing', 1],
      ['uncoded', 2],
      ['virtual-waiting', 2],
    ])
    expect(kinds({ uncodedPacks: 2, packs: [...codes(1, false), ...codes(2, true)] })).toEqual([['uncoded', 2]])
    expect(kinds({ uncodedPacks: 3, uncodedFetched: false })).toEqual([['uncoded', 3]])
    expect(kinds({})).toEqual([['missing', 3]])
  })
})

describe('the next key', () => {
  const scannedLine = { ...line, packs: [{ code: 'a', virtual: false, quantity: line.quantity }], packsScanned: 2, packsNeeded: 2 }
  test('is a scan while codes are missing', () => {
    expect(
      nextStep(
        saleWith(() => ({ lines: [line] })),
        false,
      ),
    ).toBeNull()
  })
  test('is F3, F8, F9 as an insured sale goes on', () => {
    const noPerson = saleWith(() => ({ insured: true, lines: [scannedLine] }))
    expect(nextStep(noPerson, false)).toBe('F3')
    const withPerson = saleWith(() => ({ insured: true, lines: [scannedLine], person: PEOPLE[0]?.person(0) ?? null }))
    expect(nextStep(withPerson, false)).toBe('F8')
    expect(nextStep({ ...withPerson, quote: fakeFigures(withPerson) }, false)).toBe('F9')
    expect(nextStep(withPerson, true)).toBeNull()
  })
  test('is F9 for a self-paid sale and for one that is settled', () => {
    const sale = saleWith(() => ({ lines: [scannedLine] }))
    expect(nextStep(sale, false)).toBe('F9')
    expect(nextStep({ ...sale, status: 'due' }, false)).toBe('F9')
    expect(nextStep({ ...sale, status: 'closed' }, false)).toBeNull()
  })
})

test('F4 offers a disease kind once for every valid filing, and self-paid last', () => {
  expect(purchaseChoices(['pharmacy', 'chronic'], PEOPLE[0]?.person(0) ?? null)).toEqual([
    { kind: 'pharmacy', diseaseCode: null, diseaseName: null },
    { kind: 'chronic', diseaseCode: 'M03900', diseaseName: '高血压' },
    'self-paid',
  ])
  // The filing of this person is over: the kind is offered, core says that the filing is missing.
  expect(purchaseChoices(['chronic'], PEOPLE[1]?.person(0) ?? null)).toEqual([{ kind: 'chronic', diseaseCode: null, diseaseName: null }, 'self-paid'])
})

test('a closed sale can be returned, a reversed one copied, a parked one decided by a manager only', () => {
  const sale = saleWith(() => ({ lines: [line] }))
  expect(saleActions({ ...sale, status: 'closed' }, false)).toEqual(['return', 'show-receipt', 'reprint'])
  expect(saleActions({ ...sale, status: 'reversed' }, false)).toEqual(['copy'])
  expect(saleActions({ ...sale, status: 'unconfirmed', settlementState: 'parked' }, false)).toEqual(['resolve'])
  expect(saleActions({ ...sale, status: 'unconfirmed', settlementState: 'parked' }, true)).toEqual(['resolve', 'decide'])
  // A lost cancellation is decided once the platform refused to repeat it, not while it is merely lost.
  const returning = { ...sale, status: 'returning', settlementState: 'cancel-unknown' } as const
  expect(saleActions({ ...returning, refusal: { code: 'platform.timeout', detail: {} } }, true)).not.toContain('decide')
  expect(saleActions({ ...returning, refusal: { code: 'settlement.cancel-refused', detail: {} } }, true)).toContain('decide')
  expect(decisionsFor({ ...returning, refusal: { code: 'settlement.cancel-refused', detail: {} } })).toEqual(['still-settled'])
  // Settled, and the patient cannot pay the rest.
  expect(saleActions({ ...sale, status: 'due' }, false)).toEqual(['return'])
  expect(saleActions({ ...sale, status: 'open' }, true)).toEqual([])
})

test('a sentence that begins with the drug gives it to the headline, another keeps it', () => {
  expect(splitSubject('缬沙坦 · 该盒已在本单中', '缬沙坦')).toEqual({ subject: '缬沙坦', text: '该盒已在本单中' })
  expect(splitSubject('这是 缬沙坦 的商品条码', '缬沙坦')).toEqual({ subject: null, text: '这是 缬沙坦 的商品条码' })
  expect(splitSubject('Valsartan · this pack is sold', 'Valsartan')).toEqual({ subject: 'Valsartan', text: 'This pack is sold' })
  expect(splitSubject('已读取', null)).toEqual({ subject: null, text: '已读取' })
})

test('an empty count is nothing taken, a word is no count', () => {
  expect([countedFen(undefined), countedFen(' '), countedFen('12.5'), countedFen('很多')]).toEqual([0, 0, 1_250, null])
})
