import { describe, expect, test } from 'vitest'
import { compareBooks } from '../../electron/cli/demo/compare-books.ts'
import type { TillBooks } from '../../electron/cli/demo/compare-books.ts'
import type { ProvinceBooks } from '../../electron/cli/demo/province-books.ts'
import { shopDay } from '../../electron/cli/demo/day.ts'
import { playDay } from '../../electron/cli/demo/play-day.ts'
import { readProvinceBooks } from '../../electron/cli/demo/province-books.ts'
import type { Step } from '../../electron/cli/demo/stage.ts'
import { readTillBooks } from '../../electron/cli/demo/till-books.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const SHOP = 'P99999900001'
const WANTED = [
  'open-shift',
  'insured-two-packs',
  'insured-mixed-lines',
  'self-paid',
  'split-pack',
  'answer-lost-after-booking',
  'return-insured',
  'return-self-paid',
]

interface Both {
  readonly till: TillBooks
  readonly province: ProvinceBooks
}

/** Real books of half a day, once for all spoilings. */
const halfADay = async (): Promise<Both> => {
  let both: Both | null = null
  const read: Step = {
    id: 'read',
    title: ['', ''],
    run: async (stage) => {
      await stage.waitForUploads()
      both = { till: await readTillBooks(stage.client), province: await readProvinceBooks(stage.province) }
    },
  }
  const folder = temporaryFolder()
  await playDay([...shopDay.filter((step) => WANTED.includes(step.id)), read], {
    folder,
    receiptsFolder: `${folder}/receipts`,
    seed: 2,
    keepBooks: false,
    clock: Date.now,
    onStep: () => {},
  })
  if (both === null) throw new Error('the books were not read')
  return both
}

type Province = ProvinceBooks
type Till = { readonly sales: TillBooks['sales']; readonly outbox: TillBooks['outbox'] }
type Spoil = (till: Till, province: Province) => void

const first = <T>(list: readonly T[], wished: (one: T) => boolean = () => true): T => {
  const found = list.find(wished)
  if (found === undefined) throw new Error('the half day has no such record')
  return found
}
const insured = (till: Till): TillBooks['sales'][number] => first(till.sales, ({ sale }) => sale.settlementState === 'settled')
const inState = (province: Province, state: string): Province['settlements'][number] => first(province.settlements, (row) => row.state === state)
const change = <T extends object>(record: T, changes: { readonly [K in keyof T]?: unknown }): void => {
  Object.assign(record, changes)
}
const UNKNOWN_CODE = '89000000000000000001'

const SPOILS: readonly (readonly [what: string, about: RegExp, spoil: Spoil])[] = [
  [
    'a fen of a settlement there',
    /money of settlement/,
    (_, province) => {
      inState(province, 'booked').cashFen += 1
    },
  ],
  [
    'a fen of a settlement here',
    /money of settlement/,
    (till) => {
      const { settled } = insured(till).sale
      if (settled !== null) change(settled, { accountFen: settled.accountFen - 1 })
    },
  ],
  [
    'a settlement that only stands there',
    /^settlement \d/,
    (_, province) => {
      province.settlements.push({ ...first(province.settlements), setlId: '9', msgid: 'x', state: 'booked' })
    },
  ],
  [
    'a settlement that only stands here',
    /^settlement of/,
    (till, province) => {
      province.settlements.splice(
        province.settlements.findIndex((row) => row.msgid === insured(till).settleMessages.at(-1)),
        1,
      )
    },
  ],
  ['a lost settlement that was never reversed', /^settlement of/, (_, province) => change(inState(province, 'reversed'), { state: 'booked' })],
  [
    'a reversal the province does not know',
    /^settlement of/,
    (_, province) => {
      province.reversals.length = 0
    },
  ],
  ['a cancelled settlement that still stands', /^settlement of/, (_, province) => change(inState(province, 'cancelled'), { state: 'booked' })],
  [
    'another pack in a settlement',
    /packs of settlement/,
    (_, province) => change(first(first(inState(province, 'booked').lines).codes), { code: UNKNOWN_CODE }),
  ],
  [
    'a pack sold twice there',
    /^pack …/,
    (_, province) => {
      first(province.codes, (code) => code.sales.length === 1).sales.push({ institution: SHOP })
    },
  ],
  [
    'a pack not given back there',
    /^pack …/,
    (_, province) => {
      first(province.codes, (code) => code.sales.length === 0).sales.push({ institution: SHOP })
    },
  ],
  [
    'a pack only the province sold',
    /^pack …/,
    (_, province) => {
      province.codes.push({ code: UNKNOWN_CODE, sales: [{ institution: SHOP }] })
    },
  ],
  [
    'a missing upload',
    /^upload of/,
    (_, province) => {
      province.sales.shift()
    },
  ],
  [
    'an upload of nothing',
    /^upload of/,
    (_, province) => {
      province.sales.push({ ...first(province.sales), receipt: '20000101-01-0001' })
    },
  ],
  [
    'another quantity',
    /^upload of/,
    (_, province) => {
      first(province.sales).countE4 += 10_000
    },
  ],
  [
    'a return the province did not see',
    /^upload of/,
    (_, province) =>
      change(
        first(province.sales, (row) => row.returnedBy !== null),
        { returnedBy: null },
      ),
  ],
  [
    'a returned row too many',
    /^returned rows/,
    (_, province) => {
      province.returns.push(first(province.returns))
    },
  ],
  [
    'a fen missing in the drawer',
    /^money of 2/,
    (till) => {
      const tender = first(first(till.sales, ({ sale }) => sale.tenders.length === 1).sale.tenders)
      change(tender, { amountFen: tender.amountFen - 1 })
    },
  ],
  [
    'a refund not paid',
    /^money of 2/,
    (till) => {
      first(till.sales, ({ sale }) => sale.status === 'returned' && sale.tenders.length > 0).sale.tenders.pop()
    },
  ],
  ['a sale without an end', /^sale 2/, (till) => change(first(till.sales, ({ sale }) => sale.status === 'voided').sale, { status: 'unconfirmed' })],
  ['an upload that waits', /^outbox/, (till) => change(first(till.outbox), { status: 'pending' })],
]

describe('two books of one half day', () => {
  test('agree, and every kind of difference is found and named', { timeout: 60_000 }, async () => {
    const { till, province } = await halfADay()
    expect(till.sales.length).toBeGreaterThan(10)
    expect(compareBooks(till, province, SHOP)).toEqual([])
    for (const [what, about, spoil] of SPOILS) {
      const both = structuredClone({ till, province })
      spoil(both.till, both.province)
      const findings = compareBooks(both.till, both.province, SHOP)
      expect(
        findings.some((finding) => about.test(finding.about)),
        `${what}: ${JSON.stringify(findings)}`,
      ).toBe(true)
    }
  })
})
