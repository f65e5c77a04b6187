import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Sale, SaleId, Verdict } from '../../../electron/contract/index.ts'
import { VerdictAnswer } from '../../../electron/contract/index.ts'
import { loadProfile, shippedProfileFile } from '../../../electron/core/platform/profile-file.ts'
import { scanCode } from '../../../electron/core/sale/scan-code.ts'
import { effectOf } from '../../../electron/domain/verdict/effect-of.ts'
import { barcode, codeOf, drugIdOf } from '../../support/small-shop.ts'
import type { Till } from '../../support/till.ts'
import { openTill } from '../../support/till.ts'

const CALLER = { staffId: 'P1', staffName: 'P1', role: 'pharmacist' } as const
type Answered = { readonly verdict: Verdict; readonly sale: Sale }

/** As the handler does, without the wire. */
const scanning = (till: Till) => (saleId: SaleId, raw: string, more: { readonly answer?: VerdictAnswer | null; readonly drugId?: Verdict['drugId'] } = {}): Answered => {
  const answered = scanCode(till.core.house, CALLER, { saleId, raw, step: 'drug', via: 'hid', answer: null, selectedLineId: null, scanner: null, drugId: null, level: 1, ...more })
  if (answered instanceof Promise) throw new Error('a pack waits for nobody')
  return answered
}
const practice = loadProfile(shippedProfileFile('practice'))

test('twenty thousand scans, distinct, repeated, glued, cut and foreign, are each answered once, and every pack is on one line', { timeout: 120_000 }, async () => {
  const till = await openTill({ staffId: 'P1', profile: { ...practice, trace: { ...practice.trace, unreceived: 'notice', askElsewhere: 'never' } } })
  const scan = scanning(till)
  const counts: Record<string, number> = {}
  let saleId = (await till.start()).saleId
  let answered = 0
  let packs = 0
  for (let n = 0; n < 4_000; n += 1) {
    // Thirty packs, then the next customer.
    if (n % 30 === 0 && n > 0) {
      await till.client.command('sale.holdSale', { saleId, note: '' })
      saleId = (await till.start()).saleId
    }
    const code = codeOf('amoxicillin', 1_000 + n)
    for (const raw of [code, code, `${code}${code}`, code.slice(0, 12), n % 2 === 0 ? '134567890123456789' : `]C0${code}\r\n`]) {
      const { verdict } = scan(saleId, raw)
      counts[verdict.reason] = (counts[verdict.reason] ?? 0) + 1
      answered += 1
      if (effectOf(verdict) === 'sell-pack') packs += 1
    }
  }
  expect(answered).toBe(20_000)
  expect(packs).toBe(4_000)
  expect(counts).toEqual({ 'never-received-noted': 4_000, 'in-this-sale': 6_000, invalid: 4_000, 'unknown-code': 4_000, 'payment-code': 2_000 })
  const { db } = till
  expect(db.prepare(`select count(*), count(distinct pack_key) from sale_line_pack`).raw().get()).toEqual([4_000, 4_000])
  expect(db.prepare(`select count(*) from pack_shown where state = 'in-sale' and code like '8900213%'`).pluck().get()).toBe(4_000)
  expect(db.prepare(`select sum(quantity) / 10000 from sale_line where voided_reason is null`).pluck().get()).toBe(4_000)
})

describe('one pack, two tills', () => {
  test('is sold by the one that was first; the other hears where it is', async () => {
    const till = await openTill()
    const other = await till.window('P1')
    const mine = await till.start()
    const theirs = await other.command('sale.startSale', {})
    for (const nth of [1, 2, 3, 4]) {
      const code = codeOf('amoxicillin', nth)
      const ask = [
        () => till.scan(mine, code),
        () => other.command('sale.scanCode', { saleId: theirs.saleId, raw: code, step: 'drug', via: 'hid' }),
      ]
      // Both at once, in either order.
      const answers = await Promise.all((nth % 2 === 0 ? ask : ask.toReversed()).map((go) => go()))
      expect(answers.map(({ verdict }) => verdict.reason)).toEqual(['pack-ok', 'in-another-sale'])
      expect(answers[1]?.verdict).toMatchObject({ outcome: 'refuse', sound: 'own-repeat', saleId: nth % 2 === 0 ? mine.saleId : theirs.saleId })
    }
    const sales = await Promise.all([till.get(mine), till.get(theirs)])
    expect(sales.map(({ lines }) => lines.map(({ packsScanned }) => packsScanned))).toEqual([[2], [2]])
  })
  test('never received, asked about at both: sold by one answer, the other’s answer is refused', async () => {
    const till = await openTill()
    const other = await till.window('P1')
    const mine = await till.start()
    const theirs = await other.command('sale.startSale', {})
    const code = codeOf('amoxicillin', 77)
    const atOther = (answer: VerdictAnswer | null) => other.command('sale.scanCode', { saleId: theirs.saleId, raw: code, step: 'drug', via: 'hid', answer })
    expect([(await till.scan(mine, code)).verdict.reason, (await atOther(null)).verdict.reason]).toEqual(['never-received', 'never-received'])
    const [first, second] = await Promise.all([till.scan(mine, code, { answer: 'sell-anyway' }), atOther('sell-anyway')])
    expect([first.verdict.reason, second.verdict.reason]).toEqual(['never-received-noted', 'in-another-sale'])
    expect((await till.get(theirs)).lines).toEqual([])
  })
})

test('whatever is scanned with whatever answer is answered, never thrown, and sells nothing that is not a pack', { timeout: 60_000 }, async () => {
  const till = await openTill({ staffId: 'P1' })
  const scan = scanning(till)
  const { saleId } = await till.start()
  const good = codeOf('amoxicillin', 1)
  const gs1 = `]d2010${barcode('amoxicillin')}17280320\u001d10A9\u001d21S1`
  const seeds = [good, gs1, codeOf('ibuprofen', 2), barcode('enema'), '4243669509084040896099330000', '999999199001010016', '62123456789012345678', 'MA.156.M0.100000.A.S1', '8900213', '']
  const seed = fc.constantFrom(...seeds)
  const raw = fc.oneof(
    fc.string({ maxLength: 600 }),
    fc.string({ unit: 'binary', maxLength: 600 }),
    fc.uint8Array({ maxLength: 520 }).map((bytes) => new TextDecoder('utf-8').decode(bytes)),
    fc.tuple(seed, seed).map(([a, b]) => a + b),
    fc.tuple(seed, fc.nat(30)).map(([a, at]) => a.slice(0, at)),
    fc.tuple(seed, fc.nat(30), fc.string({ maxLength: 2 })).map(([a, at, put]) => a.slice(0, at) + put + a.slice(at + 1)),
    fc.string({ minLength: 513, maxLength: 4096 }),
  )
  const known = till.db.prepare(`select 1 from pack_shown where code = ?`)
  fc.assert(
    fc.property(raw, fc.option(fc.constantFrom(...VerdictAnswer.options.filter((answer) => answer !== 'read-person'))), fc.option(fc.constantFrom(drugIdOf('amoxicillin'), drugIdOf('salts'), 'NOBODY' as never)), (text, answer, drugId) => {
      const { verdict, sale } = scan(saleId, text, { answer, drugId })
      if (effectOf(verdict) === 'sell-pack') {
        expect(known.get(verdict.code)).toBeDefined()
        expect(sale.lines.flatMap(({ packs }) => packs.map(({ code }) => code))).toContain(verdict.code)
      }
      if (['wechat-pay', 'alipay-pay', 'unionpay', 'id-card', 'insurance-ecert', 'insurance-openplatform'].includes(verdict.kind)) expect(verdict.code).toBeNull()
    }),
    { numRuns: 1_500 },
  )
  expect(till.log.filter((line) => line.includes('"level":50'))).toEqual([])
})
