import { describe, expect, test } from 'vitest'
import type { DrugId, Input, Instant, LotId } from '../../../electron/contract/index.ts'
import { packCode } from '../../../electron/core/demo-shop/demo-codes.ts'
import { tellCascade } from '../../../electron/core/goods/cascade.ts'
import { loadProfile, shippedProfileFile } from '../../../electron/core/platform/profile-file.ts'
import type { RegionProfile } from '../../../electron/core/platform/profile.ts'
import { giveKey } from '../../../electron/core/trace/pack-key.ts'
import { drugIdOf, codeOf, barcode, lotNumberOf } from '../../support/small-shop.ts'
import type { Till } from '../../support/till.ts'
import { openTill } from '../../support/till.ts'

/** Nobody knows this front. */
const NEW_FRONT = (nth: number): string => `8988888${String(nth).padStart(13, '0')}`
const DAY_MS = 86_400_000

const withTrace = (trace: Partial<RegionProfile['trace']>): RegionProfile => {
  const profile = loadProfile(shippedProfileFile('practice'))
  return { ...profile, trace: { ...profile.trace, ...trace } }
}
const lotOf = ({ db }: Till, drugId: DrugId, lotNumber: string): LotId => db.prepare(`select lot_id from lot where drug_id = ? and lot_number = ?`).pluck().get(drugId, lotNumber) as LotId
const named = (code: string) => ({ code, identifier: code.slice(0, 7), serial: code.slice(7) })
const stockOf = ({ db }: Till, lotId: LotId): number => db.prepare(`select on_hand from lot where lot_id = ?`).pluck().get(lotId) as number
const stateOf = ({ db }: Till, code: string): unknown => db.prepare(`select state from pack_shown where code = ?`).pluck().get(code)
const eventsOf = async ({ client }: Till, code: string): Promise<string[]> => (await client.query('trace.getPack', { code })).events.map(({ kind }) => kind)

/** A delivery's paper with these packs, perhaps in a carton; nothing was received. */
const expectPacks = (till: Till, codes: readonly string[], carton?: string): LotId => {
  const { db, clock } = till
  const drugId = drugIdOf('amoxicillin')
  const lotId = lotOf(till, drugId, lotNumberOf('amoxicillin', 1))
  db.prepare(`insert into delivery (delivery_id, document_number, supplier, told_at, content_hash) values ('D1', 'SH-2026-0001', '练习医药', ?, 'x')`).run(clock.now)
  for (const code of codes) db.prepare(`insert into delivery_code (delivery_id, pack_key, drug_id, lot_id, level) values ('D1', ?, ?, ?, 1)`).run(giveKey(db, named(code)), drugId, lotId)
  if (carton !== undefined) tellCascade(db, { carton: { ...named(carton), drugId, level: 3 }, children: codes.map(named), source: 'delivery', at: clock.now as Instant })
  return lotId
}

describe('a code whose drug nobody knows', () => {
  test('is asked about; the pharmacist’s pick is noted as a provisional link, used at once, and the next pack says so', async () => {
    const till = await openTill({ staffId: 'P1' })
    const sale = await till.start()
    const asked = await till.scan(sale, NEW_FRONT(1))
    expect(asked.verdict).toMatchObject({ outcome: 'ask', reason: 'unknown-identifier', answers: ['pick-drug', 'set-aside'] })
    expect(asked.sale.lines).toEqual([])
    const picked = await till.scan(sale, NEW_FRONT(1), { answer: 'pick-drug', drugId: drugIdOf('amoxicillin') })
    expect(picked.verdict).toMatchObject({ outcome: 'notice', reason: 'learned', drugId: drugIdOf('amoxicillin'), detail: { identifier: '8988888' } })
    expect(picked.sale.lines[0]?.packs.map(({ code }) => code)).toEqual([NEW_FRONT(1)])
    expect(till.db.prepare(`select value, level, source, trust, learnt_by from code_link where value = '8988888'`).get()).toEqual({ value: '8988888', level: 1, source: 'shop', trust: 'provisional', learnt_by: 'P1' })
    expect(await eventsOf(till, NEW_FRONT(1))).toEqual(['first-seen', 'learned', 'put-in-sale'])
    expect((await till.scan(sale, NEW_FRONT(2))).verdict).toMatchObject({ reason: 'never-received', answers: ['sell-anyway', 'pick-drug', 'set-aside'], drugId: drugIdOf('amoxicillin') })
    expect((await till.scan(sale, NEW_FRONT(2), { answer: 'sell-anyway' })).verdict).toMatchObject({ outcome: 'notice', reason: 'pack-ok-provisional' })
    expect(till.db.prepare(`select count(*) from link_use`).pluck().get()).toBe(2)
    // Off the counter and scanned again: still under review.
    const lineId = (await till.get(sale)).lines[0]?.lineId
    await till.client.command('sale.voidLine', { saleId: sale.saleId, lineId: lineId as never, reason: '换' })
    expect((await till.scan(sale, NEW_FRONT(1))).verdict.reason).toBe('pack-ok-provisional')
  })
  test('is not taught by a cashier, and nothing is written', async () => {
    const till = await openTill({ staffId: 'C1' })
    const sale = await till.start()
    for (const more of [{}, { answer: 'pick-drug' as const, drugId: drugIdOf('amoxicillin') }]) {
      expect((await till.scan(sale, NEW_FRONT(1), more)).verdict).toMatchObject({ outcome: 'refuse', reason: 'unknown-identifier', detail: { needs: 'pharmacist' } })
    }
    expect(till.db.prepare(`select count(*) from code_link where value = '8988888'`).pluck().get()).toBe(0)
    expect(stateOf(till, NEW_FRONT(1))).toBeUndefined()
  })
  test('of an unknown issuer is sold and learnt the same way', async () => {
    const till = await openTill({ staffId: 'P1' })
    const sale = await till.start()
    const [first, second] = ['70071234567890123456', '70071239999999999999']
    expect((await till.scan(sale, first)).verdict).toMatchObject({ outcome: 'ask', reason: 'unknown-issuer' })
    expect((await till.scan(sale, first, { answer: 'pick-drug', drugId: drugIdOf('ibuprofen') })).verdict).toMatchObject({ reason: 'learned', drugId: drugIdOf('ibuprofen') })
    expect((await till.scan(sale, first)).verdict.reason).toBe('in-this-sale')
    expect((await till.scan(sale, second)).verdict).toMatchObject({ reason: 'never-received', drugId: drugIdOf('ibuprofen') })
  })
  test('without any lot of the drug on the shelf nobody knows its expiry: refused, not thrown', async () => {
    const till = await openTill({ staffId: 'P1' })
    till.db.prepare(`update lot set on_hand = 0 where drug_id = ?`).run(drugIdOf('amoxicillin'))
    const sale = await till.start()
    expect((await till.scan(sale, NEW_FRONT(1), { answer: 'pick-drug', drugId: drugIdOf('amoxicillin') })).verdict).toMatchObject({ outcome: 'refuse', reason: 'lot-unknown' })
    expect((await till.scan(sale, codeOf('amoxicillin', 77), { answer: 'sell-anyway' })).verdict).toMatchObject({ outcome: 'refuse', reason: 'lot-unknown' })
    expect((await till.scan(sale, codeOf('amoxicillin', 77), { answer: 'set-aside' })).verdict.reason).toBe('set-aside')
    expect((await till.scan(sale, codeOf('amoxicillin', 77))).verdict.reason).toBe('locked')
  })
  test('two drugs that claim it are offered; the chosen one is sold', async () => {
    const till = await openTill({ staffId: 'C1' })
    till.db.prepare(`insert into code_link (link_id, kind, value, drug_id, level, source, trust, first_seen_at, last_verified_at) select 'twin', kind, value, ?, level, source, trust, first_seen_at, last_verified_at from code_link where kind = 'trace-identifier' and drug_id = ? and level = 1`)
      .run(drugIdOf('ibuprofen'), drugIdOf('amoxicillin'))
    const sale = await till.start()
    const code = codeOf('amoxicillin', 77)
    const asked = await till.scan(sale, code)
    expect(asked.verdict).toMatchObject({ outcome: 'ask', reason: 'ambiguous-identifier', answers: ['pick-drug', 'set-aside'] })
    expect(asked.verdict.candidates.map(({ drugId }) => drugId).sort()).toEqual([drugIdOf('amoxicillin'), drugIdOf('ibuprofen')].sort())
    expect((await till.scan(sale, code, { answer: 'pick-drug', drugId: drugIdOf('ibuprofen') })).sale.lines[0]).toMatchObject({ drugId: drugIdOf('ibuprofen'), packsScanned: 1 })
  })
  test('that no issuer ever gave out is put away, with an alarm', async () => {
    const till = await openTill({ staffId: 'P1' })
    till.db.prepare(`insert into identifier_mark (identifier, mark, source, told_at) values ('8988888', 'never-issued', '码上放心', 1)`).run()
    const sale = await till.start()
    expect((await till.scan(sale, NEW_FRONT(1), { answer: 'pick-drug', drugId: drugIdOf('amoxicillin') })).verdict).toMatchObject({ outcome: 'refuse', reason: 'never-issued' })
    expect((await till.scan(sale, NEW_FRONT(1), { answer: 'set-aside' })).verdict).toMatchObject({ outcome: 'notice', reason: 'set-aside' })
    expect(till.db.prepare(`select kind, status, sale_id from alarm`).get()).toEqual({ kind: 'suspicion', status: 'open', sale_id: sale.saleId })
    expect((await till.scan(sale, NEW_FRONT(1))).verdict.reason).toBe('locked')
  })
})

describe('packs on a delivery’s paper', () => {
  test('one is received by being scanned at the till, without suspicion, and its lot has it', async () => {
    const till = await openTill({ profile: withTrace({ unreceived: 'refuse' }) })
    const code = codeOf('amoxicillin', 81)
    const lotId = expectPacks(till, [code])
    const before = stockOf(till, lotId)
    const sale = await till.start()
    const { verdict } = await till.scan(sale, code)
    expect(verdict).toMatchObject({ outcome: 'notice', reason: 'received-by-scan', detail: { document: 'SH-2026-0001', lotNumber: lotNumberOf('amoxicillin', 1) } })
    expect(stockOf(till, lotId)).toBe(before + 24 * 10_000)
    expect(await eventsOf(till, code)).toEqual(['received', 'put-in-sale'])
    expect(till.db.prepare(`select received_by from delivery_code`).pluck().get()).toBe('C1')
  })
  test('a carton offers to be opened; then its packs are on the shelf, and its own code sells nothing', async () => {
    const till = await openTill()
    const packs = [codeOf('amoxicillin', 81), codeOf('amoxicillin', 82), codeOf('amoxicillin', 83)]
    const carton = packCode(1, 1, 900).replace(/^8\d{6}/, '8977777')
    expectPacks(till, packs, carton)
    const sale = await till.start()
    expect((await till.scan(sale, carton)).verdict).toMatchObject({ outcome: 'ask', reason: 'carton', answers: ['open-carton'], detail: { packs: 3, level: 3 } })
    const opened = await till.scan(sale, carton, { answer: 'open-carton' })
    expect(opened.verdict).toMatchObject({ outcome: 'notice', reason: 'carton-opened' })
    expect(opened.sale.lines).toEqual([])
    expect(packs.map((code) => stateOf(till, code))).toEqual(['in-stock', 'in-stock', 'in-stock'])
    expect((await till.scan(sale, carton)).verdict).toMatchObject({ outcome: 'refuse', reason: 'carton-open' })
    expect((await till.scan(sale, packs[1] ?? '')).verdict.reason).toBe('pack-ok')
  })
})

describe('a quantity set by hand', () => {
  test('is not grown in silence: one more pack is asked about', async () => {
    const till = await openTill()
    const sale = await till.start()
    const first = await till.scan(sale, codeOf('amoxicillin', 1))
    await till.setQuantity(sale, first.lineId as never, 2)
    await till.scan(sale, codeOf('amoxicillin', 2))
    expect((await till.scan(sale, codeOf('amoxicillin', 3))).verdict).toMatchObject({ outcome: 'ask', reason: 'count-over', detail: { needed: 2 } })
    expect((await till.get(sale)).lines[0]).toMatchObject({ packsScanned: 2, packsNeeded: 2 })
    const more = await till.scan(sale, codeOf('amoxicillin', 3), { answer: 'one-more' })
    expect(more.verdict).toMatchObject({ outcome: 'accept', reason: 'one-more-ok', detail: { needed: 3 } })
    expect(more.sale.lines).toMatchObject([{ packsScanned: 3, packsNeeded: 3 }])
  })
  test('keeps another drug off while its codes are missing; fewer codes than packs cannot be paid', async () => {
    const till = await openTill()
    const sale = await till.start()
    const { lineId } = await till.scan(sale, codeOf('amoxicillin', 1))
    await till.setQuantity(sale, lineId as never, 2)
    expect((await till.scan(sale, codeOf('ibuprofen', 1), { selectedLineId: lineId as never })).verdict).toMatchObject({ outcome: 'refuse', reason: 'wrong-product' })
    expect((await till.get(sale)).blockers.map(({ code }) => code)).toContain('missing-codes')
    expect((await till.refusal('sale.takeTender', { saleId: sale.saleId, method: 'cash', givenFen: 100_000 as never })).detail).toMatchObject({ blocker: 'missing-codes' })
    expect((await till.scan(sale, codeOf('ibuprofen', 1))).verdict.reason).toBe('pack-ok')
  })
})

describe('goods without codes', () => {
  const list = (till: Till, packs: number): void => {
    const drugId = drugIdOf('amoxicillin')
    till.db.prepare(`insert into uncoded_stock (uncoded_id, drug_id, lot_id, reason, quantity, packs_left, evidence, told_at, told_by) values ('U1', ?, ?, 'bought-before', 2, ?, '进货单 2024-11', 1, 'M1')`).run(drugId, lotOf(till, drugId, lotNumberOf('amoxicillin', 2)), packs)
  }
  test('the uncoded list gives one pack a barcode scan, and refuses when it ran out', async () => {
    const till = await openTill()
    list(till, 2)
    const sale = await till.start()
    expect((await till.scan(sale, barcode('amoxicillin'))).verdict).toMatchObject({ outcome: 'ask', reason: 'uncoded-left', answers: ['use-uncoded', 'add-drug'], detail: { packsLeft: 2 } })
    for (const left of [1, 0]) {
      expect((await till.scan(sale, barcode('amoxicillin'), { answer: 'use-uncoded' })).verdict).toMatchObject({ outcome: 'accept', reason: 'uncoded-ok', detail: { packsLeft: left } })
    }
    const { lines } = await till.get(sale)
    expect(lines.filter(({ quantity }) => quantity > 0)).toMatchObject([{ lotNumber: lotNumberOf('amoxicillin', 2), quantity: 20_000, uncodedPacks: 2 }])
    expect((await till.scan(sale, barcode('amoxicillin'), { answer: 'use-uncoded' })).verdict).toMatchObject({ outcome: 'refuse', reason: 'uncoded-empty', answers: ['add-drug'] })
    expect((await till.get(sale)).lines).toHaveLength(1)
  })
  test('a drug whose codes are not collected says why and is added', async () => {
    const till = await openTill()
    const sale = await till.start()
    expect((await till.scan(sale, barcode('enema'))).verdict).toMatchObject({ outcome: 'ask', reason: 'product-without-code', detail: { why: 'virtual-code' } })
    expect((await till.scan(sale, barcode('enema'), { answer: 'add-drug' })).verdict).toMatchObject({ reason: 'drug-added', detail: { next: 'then-quantity' } })
  })
})

describe('a pack that was sold elsewhere', () => {
  test('opens the set-aside flow: an alarm, locked, and nothing sells it', async () => {
    const till = await openTill()
    const code = codeOf('amoxicillin', 1)
    till.db.prepare(`insert into foreign_sale (pack_key, source, told_at) values (?, 'alarm-list', 1)`).run(giveKey(till.db, named(code)))
    const sale = await till.start()
    for (const answer of [undefined, 'sell-anyway', 'one-more'] as const) {
      expect((await till.scan(sale, code, answer === undefined ? {} : { answer })).verdict).toMatchObject({ outcome: 'refuse', reason: 'sold-elsewhere', sound: 'foreign', answers: ['set-aside'] })
    }
    expect((await till.scan(sale, code, { answer: 'set-aside' })).verdict).toMatchObject({ outcome: 'notice', reason: 'set-aside' })
    expect(stateOf(till, code)).toBe('locked')
    expect(till.db.prepare(`select kind, source, status from alarm`).get()).toEqual({ kind: 'sold-elsewhere', source: 'alarm-list', status: 'open' })
    expect((await till.get(sale)).lines).toEqual([])
  })
})

describe('a code in another form', () => {
  test('a GS1 pack is the same pack however its symbol orders its elements', async () => {
    const till = await openTill()
    const gtin = `0${barcode('amoxicillin')}`
    const sale = await till.start()
    const first = `]d201${gtin}17280320\u001d10A9\u001d21GS77`.replace('17280320\u001d', '17280320')
    expect((await till.scan(sale, first, { answer: 'sell-anyway' })).verdict).toMatchObject({ reason: 'never-received-noted', detail: { lotNumber: 'A9', expiresOn: '2028-03-20' } })
    expect((await till.scan(sale, `]d201${gtin}21GS77\u001d10A9\u001d17280320`)).verdict.reason).toBe('in-this-sale')
  })
  test('an outer pack’s GTIN of a drug we know names the drug, not "unknown"', async () => {
    const till = await openTill()
    const body = `1${barcode('amoxicillin').slice(0, 12)}`
    const check = [...'0123456789'].find((digit) => [...(body + digit)].reduceRight((sum, d, i, all) => sum + Number(d) * ((all.length - 1 - i) % 2 === 0 ? 1 : 3), 0) % 10 === 0)
    const sale = await till.start()
    expect((await till.scan(sale, `(01)${body}${check ?? ''}(21)C1`)).verdict).toMatchObject({ outcome: 'refuse', reason: 'wrong-level', drugId: drugIdOf('amoxicillin'), detail: { level: 2 } })
  })
})

describe('the clock', () => {
  test('set back makes no expired lot good: the newest day in the books decides', async () => {
    const till = await openTill()
    await till.sell(codeOf('ibuprofen', 1))
    const lotId = lotOf(till, drugIdOf('amoxicillin'), lotNumberOf('amoxicillin', 1))
    till.db.prepare(`update lot set expires_on = '2026-11-20' where lot_id = ?`).run(lotId)
    till.clock.now -= 10 * DAY_MS
    const sale = await till.start()
    const { verdict } = await till.scan(sale, codeOf('amoxicillin', 1))
    expect(verdict).toMatchObject({ outcome: 'refuse', reason: 'expired', detail: { booksDate: '2026-11-21' } })
    till.db.prepare(`update lot set expires_on = '2026-11-21' where lot_id = ?`).run(lotId)
    expect((await till.scan(sale, codeOf('amoxicillin', 1))).verdict).toMatchObject({ outcome: 'notice', reason: 'pack-ok-near-expiry' })
    till.clock.now += 11 * DAY_MS
    const blocked = (await till.get(sale)).blockers
    expect(blocked.map(({ code }) => code)).toContain('lot-expired')
  })
  test('forward again is followed at once', async () => {
    const till = await openTill()
    const lotId = lotOf(till, drugIdOf('amoxicillin'), lotNumberOf('amoxicillin', 1))
    till.db.prepare(`update lot set expires_on = '2026-11-21' where lot_id = ?`).run(lotId)
    const sale = await till.start()
    const check = async () => (await till.client.query('trace.checkCode', { raw: codeOf('amoxicillin', 1), step: 'drug', saleId: sale.saleId })).verdict.reason
    expect(await check()).toBe('pack-ok-near-expiry')
    till.clock.now += DAY_MS
    expect(await check()).toBe('expired')
  })
})

describe('trace.checkCode', () => {
  test('says what the counter would say and changes nothing, not even the count of repeats', async () => {
    const till = await openTill()
    await till.sell(codeOf('amoxicillin', 1))
    const before = till.db.prepare(`select count(*) from pack_event`).pluck().get()
    const check = async (raw: string, saleId: string | null = null) => (await till.client.query('trace.checkCode', { raw, step: 'drug', saleId: saleId as never })).verdict
    for (let n = 0; n < 4; n += 1) expect(await check(codeOf('amoxicillin', 1))).toMatchObject({ reason: 'sold-here', sound: 'own-repeat', detail: { repeats: 1 } })
    expect(await check(codeOf('amoxicillin', 2))).toMatchObject({ outcome: 'accept', reason: 'pack-ok' })
    expect(await check('')).toMatchObject({ outcome: 'refuse', reason: 'invalid' })
    expect(await check('8'.repeat(4096))).toMatchObject({ outcome: 'refuse', reason: 'invalid' })
    expect(till.db.prepare(`select count(*) from pack_event`).pluck().get()).toBe(before)
  })
})

describe('what the scanner is known to do', () => {
  const GTIN = `0${barcode('amoxicillin')}`
  // Lot and serial without the separator between them: nobody can tell where one ends.
  const LOST = `]d201${GTIN}1728010110AB12321XYZ789`
  const checked = async (raw: string, scanner: ScannerHintsInput | null) => (await (await openTill()).client.query('trace.checkCode', { raw, step: 'drug', scanner })).verdict
  type ScannerHintsInput = NonNullable<Input<'trace.checkCode'>['scanner']>

  test('a lost separator is doubted unless this scanner is known to keep them; what it sends instead is one', async () => {
    expect((await checked(LOST, null)).reason).toBe('gs1-ambiguous')
    expect((await checked(LOST, { keepsSeparators: true })).kind).toBe('gs1')
    const tilde = LOST.replace('2321XYZ', '23~21XYZ')
    expect((await checked(tilde, null)).reason).toBe('gs1-ambiguous')
    expect((await checked(tilde, { substitutes: ['~'] })).kind).toBe('gs1')
  })
  test('the symbology may come apart from the text', async () => {
    expect((await checked('86900483000019', null)).kind).toBe('nmpa-base-code')
    expect((await checked('86900483000019', { aim: 'I1' })).kind).toBe('gtin')
  })
  test('a scanner that always says the symbology and did not has lost the beginning', async () => {
    expect((await checked(codeOf('amoxicillin', 1), null)).reason).toBe('pack-ok')
    expect((await checked(codeOf('amoxicillin', 1), { sendsAim: true })).outcome).toBe('refuse')
  })
})
