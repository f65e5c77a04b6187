import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openShop } from '../../../electron/cli/open-shop.ts'
import type { SaleResult } from '../../../electron/cli/sell/play-sale.ts'
import { playSale } from '../../../electron/cli/sell/play-sale.ts'
import { parseSaleScript } from '../../../electron/cli/sell/sale-script.ts'
import { startPractice } from '../../../electron/practice/server.ts'
import type { Practice } from '../../../electron/practice/server.ts'
import { compareBooks, openingOf } from '../../support/compare-books.ts'
import { PRACTICE_SHAPES, shapedProfile } from '../../support/practice-shapes.ts'
import type { PracticeShape } from '../../support/practice-shapes.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

/** The example that comes with the command, closed and then returned as a whole: sign-in, person, trial, settlement, uploads, cancellation, uploads of the return. */
const example = parseSaleScript(JSON.parse(readFileSync(path.join(import.meta.dirname, '../../../electron/cli/examples/sale.json'), 'utf8')), 'sale.json')
const { expect: _asSold, ...returned } = { ...example, returnReason: '顾客退货' }
/** Numbers and times of one run. */
const OWN = /(At|Id|No|Key|msgid|digest|visit|endedBy)$/i

/** What a province's books say, without the numbers and times that no two runs share. */
const essence = ({ books }: Practice): unknown => {
  const bare = (row: object): object => Object.fromEntries(Object.entries(row).filter(([name, value]) => (name === 'codes' || typeof value !== 'object') && !OWN.test(name)))
  return {
    settlements: books.settlements().map(bare),
    people: books.people(),
    sales: books.saleUploads().map(bare),
    returns: books.returnUploads().map(bare),
    flags: books.flags().map(bare),
    answered: books.messages().map(({ infno, infcode, text }) => `${infno} ${infcode} ${text}`).toSorted(),
  }
}

interface Played {
  readonly sold: SaleResult
  readonly back: SaleResult
  readonly books: unknown
  readonly differences: readonly string[]
}

const openAt = async (shape: PracticeShape) => {
  const practice = await startPractice({ profile: { ...shape.province, answerForms: 'plain' } })
  const shop = await openShop({ dataFolder: temporaryFolder(), demoShop: true, outboxEveryMs: null, profile: shapedProfile(shape, practice, 4000) })
  onTestFinished(async () => {
    await shop.close()
    await practice.close()
  })
  await shop.signIn('1001', '1001')
  return { practice, shop, opening: openingOf(shop.house.db) }
}

const play = async (shape: PracticeShape): Promise<Played> => {
  const { practice, shop, opening } = await openAt(shape)
  const sold = await playSale(shop.client, example)
  const back = await playSale(shop.client, { ...returned, scans: returned.scans.map((scan, at) => ({ ...scan, code: OTHER_CODES[at] ?? scan.code })) })
  return { sold, back, books: essence(practice), differences: compareBooks(shop.house.db, practice.books, opening) }
}
/** Other packs of the same drugs in the demo shop. */
const OTHER_CODES = ['89000091010010000006', '89000091010010000007', '89003751010376000005']

const figuresOf = ({ figures, status, problem, tenders }: SaleResult): unknown => ({ status, problem, cash: tenders.map(({ method, amountFen }) => [method, amountFen]), figures: figures === null ? null : { ...figures, lines: figures.lines.map(({ lineId: _own, ...line }) => line) } })

describe('the same scripted sale', () => {
  let first: Played | null = null
  it.each(PRACTICE_SHAPES.map((shape) => [shape.name, shape] as const))('goes through the gateway of kind %s, and both books and all figures are those of the others', { timeout: 60_000 }, async (_name, shape) => {
    const played = await play(shape)
    expect(played.sold).toMatchObject({ ok: true, status: 'closed', problem: null, differences: [], figures: { totalFen: 4100, accountFen: 2520, cashFen: 1580 } })
    expect(played.back).toMatchObject({ ok: true, status: 'returned', problem: null })
    expect([...played.sold.uploads, ...played.back.uploads].map((item) => item.status)).toEqual(Array((played.sold.uploads.length + played.back.uploads.length)).fill('done'))
    expect(played.differences).toEqual([])
    first ??= played
    expect(figuresOf(played.sold)).toEqual(figuresOf(first.sold))
    expect(figuresOf(played.back)).toEqual(figuresOf(first.back))
    expect(played.books).toEqual(first.books)
const { answered } = played.books as { readonly answered: readonly string[] }
    expect(answered).toEqual(expect.arrayContaining(['9001', '1101', '2101', '2102', '2103', '3505', '3506'].map((infno) => `${infno} 0 `)))
  })
})

describe('a settlement whose answer is sealed by somebody else', () => {
  it.each(['signature', 'cipher'] as const)('(%s) was booked there and is open here, until the province takes it back', { timeout: 60_000 }, async (which) => {
    const sealed = PRACTICE_SHAPES.find(({ name }) => name.includes('SM4'))
    if (sealed === undefined) throw new Error('no sealed shape')
    const { practice, shop, opening } = await openAt(sealed)
    practice.setFaults({ rules: [{ infno: '2102', nth: 1, action: { kind: 'wrong-seal', which } }] })
    const { expect: _asSold, ...script } = example
    const lost = await playSale(shop.client, script)
    expect(lost).toMatchObject({ ok: false, problem: { code: 'settlement.unknown' }, status: 'reversed', figures: null })
    expect(practice.books.settlements().map(({ state }) => state)).toEqual(['reversed'])
    expect(compareBooks(shop.house.db, practice.books, opening)).toEqual([])
  })
})
