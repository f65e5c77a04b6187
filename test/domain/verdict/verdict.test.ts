import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { BusinessDate, DrugId, Instant, LineId, LotId, Quantity, SaleId, VerdictReason } from '../../../electron/contract/index.ts'
import { quantity, SCAN_KINDS, Verdict, VERDICT_REASONS, wholeUnits } from '../../../electron/contract/index.ts'
import { recognise } from '../../../electron/domain/recognition/recognise.ts'
import { traceOf } from '../../../electron/domain/recognition/trace-of.ts'
import type { Decision } from '../../../electron/domain/verdict/decide.ts'
import { decide } from '../../../electron/domain/verdict/decide.ts'
import type { CandidateLine, ScannedDrug, ScannedPack, VerdictFacts } from '../../../electron/domain/verdict/facts.ts'
import { targetLine } from '../../../electron/domain/verdict/target-line.ts'

const TODAY = '2026-11-21' as BusinessDate
const MINE = '01900000-0000-7000-8000-000000000001' as SaleId
const THEIRS = '01900000-0000-7000-8000-000000000002' as SaleId
const CODE = '89002131010214000001'
const VOUCHER = '4243669509084040896099330000'
const ID_NUMBER = '999999199001010016'
const PAYMENT = '134567890123456789'

const DRUG: ScannedDrug = { drugId: 'P0214' as DrugId, name: '阿莫西林胶囊', kind: 'western', codeRequirement: 'scan', smallestUnit: '粒' }
const OTHER_DRUG: ScannedDrug = { ...DRUG, drugId: 'P0010' as DrugId, name: '多潘立酮片' }
const PIECES: ScannedDrug = { drugId: 'T0002' as DrugId, name: '白芷', kind: 'pieces', codeRequirement: 'none', smallestUnit: 'g' }
const LOT = { lotId: '01900000-0000-7000-8000-0000000000a1' as LotId, lotNumber: 'A2401', expiresOn: '2028-03-01' as BusinessDate, recalled: false }
const PACK: ScannedPack = {
  state: 'in-stock',
  saleId: null,
  receiptNumber: null,
  saleStatus: null,
  changedAt: Date.UTC(2026, 10, 21, 1, 12) as Instant,
  unitsLeft: wholeUnits(24),
  drug: DRUG,
  lot: LOT,
  onLineOfSale: false,
}
const LINE: CandidateLine = {
  lineId: '01900000-0000-7000-8000-0000000000b1' as LineId,
  drugId: DRUG.drugId,
  drugName: DRUG.name,
  lotId: LOT.lotId,
  lotNumber: LOT.lotNumber,
  codeRequirement: 'scan',
  sellUnit: 'pack',
  quantity: wholeUnits(2),
  packs: [{ quantity: wholeUnits(24) }],
}
const SPLIT_LINE: CandidateLine = { ...LINE, lineId: '01900000-0000-7000-8000-0000000000b2' as LineId, sellUnit: 'unit', quantity: wholeUnits(6), packs: [] }

const facts = (given: Partial<Omit<VerdictFacts, 'code' | 'trace'>> & { readonly raw?: string } = {}): VerdictFacts => {
  const { raw = CODE, ...rest } = given
  const code = recognise({ raw, step: rest.step ?? 'drug' })
  return {
    code,
    trace: (rest.step ?? 'drug') === 'drug' ? traceOf(code) : null,
    step: 'drug',
    answer: null,
    now: Date.UTC(2026, 10, 21, 6) as Instant,
    today: TODAY,
    nearExpiryDays: 90,
    lastSaleDaysBefore: 0,
    saleId: MINE,
    selectedLineId: null,
    strict: false,
    pack: null,
    identified: null,
    soldElsewhere: null,
    repeats: 1,
    lines: [],
    ...rest,
  }
}
const on = (given: Parameters<typeof facts>[0]): Decision => decide(facts(given))
const pack = (given: Partial<ScannedPack>): ScannedPack => ({ ...PACK, ...given })
const IDENTIFIED = { drug: DRUG, level: 1 }

/** One example at least for every reason of the contract. */
const EXAMPLES: Record<VerdictReason, Parameters<typeof facts>[0]> = {
  'pack-ok': { pack: PACK },
  'pack-ok-near-expiry': { pack: pack({ lot: { ...LOT, expiresOn: '2027-02-19' as BusinessDate } }) },
  'pack-ok-lot-differs': { pack: PACK, lines: [{ ...LINE, lotId: 'x' as LotId, lotNumber: 'B117' }] },
  'split-pack-ok': { pack: pack({ state: 'split-open', unitsLeft: wholeUnits(10) }), lines: [SPLIT_LINE] },
  'person-read': { raw: VOUCHER, step: 'person' },
  'never-received': { identified: IDENTIFIED },
  'product-barcode': { raw: '6999000002142', identified: IDENTIFIED },
  'ecert-in-drug-step': { raw: VOUCHER },
  'unknown-code': { raw: 'YAOGUI-TEST-0001' },
  'open-split-pack': { pack: PACK, lines: [SPLIT_LINE] },
  'in-this-sale': { pack: pack({ state: 'in-sale', saleId: MINE, saleStatus: 'open' }) },
  'in-another-sale': { pack: pack({ state: 'in-sale', saleId: THEIRS, saleStatus: 'held', receiptNumber: '20261121-01-0007' }) },
  'in-unconfirmed-sale': { pack: pack({ state: 'in-sale', saleId: THEIRS, saleStatus: 'unconfirmed', receiptNumber: '20261121-01-0007' }) },
  'sold-here': { pack: pack({ state: 'sold', saleId: THEIRS, receiptNumber: '20261121-01-0007' }) },
  'sold-elsewhere': { soldElsewhere: { source: 'alarm-list' }, identified: IDENTIFIED },
  expired: { pack: pack({ lot: { ...LOT, expiresOn: '2026-11-20' as BusinessDate } }) },
  recalled: { pack: pack({ lot: { ...LOT, recalled: true } }) },
  locked: { pack: pack({ state: 'locked' }) },
  'wrong-level': { identified: { drug: DRUG, level: 2 } },
  'unknown-identifier': {},
  'wrong-product': { pack: PACK, strict: true, selectedLineId: LINE.lineId, lines: [{ ...LINE, drugId: OTHER_DRUG.drugId, drugName: OTHER_DRUG.name }] },
  'split-pack-empty': { pack: pack({ state: 'split-open', unitsLeft: quantity(0) }), lines: [SPLIT_LINE] },
  'split-pack-of-whole': { pack: pack({ state: 'split-open', unitsLeft: wholeUnits(10) }), lines: [LINE] },
  'no-scan-needed': { identified: { drug: { ...DRUG, codeRequirement: 'virtual' }, level: 1 } },
  'pieces-not-scanned': { identified: { drug: PIECES, level: 1 } },
  'payment-code': { raw: PAYMENT },
  'id-in-drug-step': { raw: ID_NUMBER },
  'ecert-in-payment-step': { raw: VOUCHER, step: 'payment' },
  'drug-in-person-step': { step: 'person' },
  'drug-in-payment-step': { step: 'payment' },
  'shipping-label': { raw: '00169990000000000015' },
  placeholder: { raw: '99999999999999999999' },
  invalid: { raw: '8900213101021400001' },
  'gs1-ambiguous': { raw: '010699900000060510AB12321XYZ789' },
  'gs1-partial': { raw: ']d21728032710A2803' },
  'identifier-only': { raw: '8900213', identified: IDENTIFIED },
  'device-code': { raw: '+EORONB4509F6010/$$10282521960E' },
  'national-code': { raw: 'XA02BAF006A001010100269' },
  'social-card-needs-reader': { raw: 'A12345678', step: 'person' },
  'not-a-person-code': { raw: 'YAOGUI-TEST-0001', step: 'person' },
  'not-a-payment-code': { raw: ID_NUMBER, step: 'payment' },
}

describe('every reason of the contract', () => {
  test.each(VERDICT_REASONS)('%s is reached', (reason) => {
    expect(on(EXAMPLES[reason]).reason).toBe(reason)
  })
})

describe('a pack that may be sold', () => {
  test('is accepted quietly with its lot and expiry', () => {
    expect(on({ pack: PACK })).toEqual({
      outcome: 'accept',
      reason: 'pack-ok',
      sound: 'ok',
      kind: 'drug-trace',
      code: CODE,
      drugId: 'P0214',
      drugName: '阿莫西林胶囊',
      answers: [],
      detail: { drugName: '阿莫西林胶囊', lotNumber: 'A2401', expiresOn: '2028-03-01' },
    })
  })
  test('was returned here before: it may be sold again, unless it expired or was recalled meanwhile', () => {
    expect(on({ pack: pack({ state: 'returned' }) }).reason).toBe('pack-ok')
    expect(on({ pack: pack({ state: 'returned', lot: { ...LOT, recalled: true } }) }).reason).toBe('recalled')
    expect(on({ pack: pack({ state: 'returned', lot: { ...LOT, expiresOn: '2026-11-20' as BusinessDate } }) }).reason).toBe('expired')
  })
  test('near expiry is done and said, with the days left', () => {
    expect(on(EXAMPLES['pack-ok-near-expiry'])).toMatchObject({ outcome: 'notice', sound: 'notice', detail: { days: 90, expiresOn: '2027-02-19' } })
    expect(on({ pack: pack({ lot: { ...LOT, expiresOn: '2027-02-20' as BusinessDate } }) }).reason).toBe('pack-ok')
  })
  test('the expiry day itself is the last day of sale, or an earlier one where the shop says so', () => {
    const lastDay = pack({ lot: { ...LOT, expiresOn: TODAY } })
    expect(on({ pack: lastDay })).toMatchObject({ reason: 'pack-ok-near-expiry', detail: { days: 0 } })
    expect(on({ pack: lastDay, lastSaleDaysBefore: 1 }).reason).toBe('expired')
    expect(on(EXAMPLES.expired)).toMatchObject({ outcome: 'refuse', sound: 'stop', detail: { expiresOn: '2026-11-20', days: 1, lotNumber: 'A2401' } })
  })
  test('is not sold past the date in its own symbol, whatever the received lot says', () => {
    const raw = ']d201069990000006051726112010A2401\u001d21YGAB'
    expect(on({ raw, pack: PACK })).toMatchObject({ reason: 'expired', detail: { expiresOn: '2026-11-20' } })
    expect(on({ raw, identified: IDENTIFIED })).toMatchObject({ reason: 'expired', detail: { lotNumber: 'A2401' } })
    expect(on({ raw: raw.replace('261120', '280320'), pack: PACK }).detail).toMatchObject({ expiresOn: '2028-03-01' })
  })
  test('of another lot than its line is said, as long as the line wants a code', () => {
    expect(on(EXAMPLES['pack-ok-lot-differs'])).toMatchObject({ outcome: 'notice', detail: { lotNumber: 'A2401', lineLotNumber: 'B117' } })
    expect(on({ pack: PACK, lines: [{ ...LINE, lotId: 'x' as LotId, quantity: wholeUnits(1) }] }).reason).toBe('pack-ok')
  })
  test('while another drug is selected is refused only where the counter is strict', () => {
    const { strict: _, ...lenient } = EXAMPLES['wrong-product'] ?? {}
    expect(on(lenient).reason).toBe('pack-ok')
    expect(on(EXAMPLES['wrong-product']).detail).toMatchObject({ wantedDrugName: '多潘立酮片' })
  })
})

describe('a pack that was sold', () => {
  test('here, is soft twice and warns on the third scan; the sentence knows when and on which receipt', () => {
    const sold = { ...PACK, state: 'settled', saleId: THEIRS, receiptNumber: '20261121-01-0007' } as const
    expect([1, 2, 3, 4].map((repeats) => on({ pack: sold, repeats }).sound)).toEqual(['own-repeat', 'own-repeat', 'stop', 'stop'])
    expect(on({ pack: sold }).detail).toEqual({
      drugName: '阿莫西林胶囊',
      soldAt: sold.changedAt,
      soldAtText: '09:12',
      soldToday: true,
      receiptNumber: '20261121-01-0007',
      repeats: 1,
    })
    expect(on({ pack: sold, today: '2026-11-23' as BusinessDate }).detail).toMatchObject({ soldAtText: '11-21 09:12', soldToday: false })
  })
  test('elsewhere, is never soft, also when we had received it ourselves', () => {
    for (const given of [{ identified: IDENTIFIED }, { pack: PACK }, { pack: pack({ state: 'returned' }) }, { pack: pack({ state: 'split-open' }) }, {}]) {
      expect(on({ ...given, soldElsewhere: { source: 'alarm-list' } })).toMatchObject({
        outcome: 'refuse',
        reason: 'sold-elsewhere',
        sound: 'foreign',
        answers: [],
      })
    }
  })
  test('here, is ours even when a list of the country holds the code too', () => {
    expect(on({ pack: pack({ state: 'sold' }), soldElsewhere: { source: 'alarm-list' } }).reason).toBe('sold-here')
  })
  test('four sounds tell ok, own repeat, foreign and stop apart', () => {
    const sounds = [EXAMPLES['pack-ok'], EXAMPLES['sold-here'], EXAMPLES['sold-elsewhere'], EXAMPLES.expired].map((given) => on(given).sound)
    expect(new Set(sounds).size).toBe(4)
  })
})

describe('a pack in a sale', () => {
  test('of this counter is a double scan; of another sale it names the receipt and whether it is on hold', () => {
    expect(on(EXAMPLES['in-this-sale'])).toMatchObject({ outcome: 'refuse', sound: 'own-repeat' })
    expect(on(EXAMPLES['in-another-sale']).detail).toMatchObject({ receiptNumber: '20261121-01-0007', held: true })
    expect(on({ pack: pack({ state: 'in-sale', saleId: THEIRS, saleStatus: 'settling' }) }).reason).toBe('in-unconfirmed-sale')
    expect(on({ pack: pack({ state: 'in-sale', saleId: MINE, saleStatus: 'open' }), saleId: null }).reason).toBe('in-another-sale')
  })
})

describe('a pack that was never received', () => {
  test('is asked about, done and said when sold anyway, locked when set aside', () => {
    expect(on({ identified: IDENTIFIED })).toMatchObject({ outcome: 'ask', sound: 'ask', drugId: 'P0214', answers: ['sell-anyway', 'set-aside'] })
    expect(on({ identified: IDENTIFIED, answer: 'sell-anyway' })).toMatchObject({ outcome: 'notice', reason: 'never-received', code: CODE })
    expect(on({ identified: IDENTIFIED, answer: 'set-aside' })).toMatchObject({ outcome: 'refuse', reason: 'locked' })
  })
  test('is not sold anyway when it is a middle pack, expired, sold elsewhere or unknown', () => {
    const answer = 'sell-anyway' as const
    expect(on({ identified: { drug: DRUG, level: 3 }, answer })).toMatchObject({ outcome: 'refuse', reason: 'wrong-level', detail: { level: 3 } })
    expect(on({ raw: '(01)06999000000605(17)261120(21)YGAB', identified: IDENTIFIED, answer }).reason).toBe('expired')
    expect(on({ ...EXAMPLES['sold-elsewhere'], answer }).outcome).toBe('refuse')
    expect(on({ answer })).toMatchObject({ outcome: 'refuse', reason: 'unknown-identifier', detail: { identifier: '8900213' }, code: CODE })
  })
  test('tells its level by its own GTIN where the map does not know it', () => {
    expect(on({ raw: '(01)16999000000602(21)YGAB' })).toMatchObject({ reason: 'wrong-level', detail: { level: 2 } })
  })
})

describe('split packs', () => {
  test('an open one goes to a split line only, once, and while units are left', () => {
    const open = pack({ state: 'split-open', unitsLeft: wholeUnits(10) })
    expect(on({ pack: open, lines: [SPLIT_LINE] })).toMatchObject({ outcome: 'accept', detail: { unitsLeft: '10粒' } })
    expect(on({ pack: open }).reason).toBe('split-pack-of-whole')
    expect(on({ pack: { ...open, onLineOfSale: true }, lines: [SPLIT_LINE] }).reason).toBe('in-this-sale')
    expect(on({ pack: open, lines: [{ ...SPLIT_LINE, packs: [{ quantity: wholeUnits(6) }] }] }).reason).toBe('split-pack-of-whole')
  })
  test('a whole one is opened only after the question', () => {
    expect(on(EXAMPLES['open-split-pack'])).toMatchObject({ outcome: 'ask', answers: ['open-pack'] })
    expect(on({ ...EXAMPLES['open-split-pack'], answer: 'open-pack' })).toMatchObject({
      outcome: 'accept',
      reason: 'split-pack-ok',
      detail: { unitsLeft: '24粒' },
    })
  })
  test('the selected line decides where both kinds want a code, else the whole-pack line', () => {
    const lines = [SPLIT_LINE, LINE]
    expect(targetLine({ lines, selectedLineId: null }, DRUG.drugId)).toBe(LINE)
    expect(targetLine({ lines, selectedLineId: SPLIT_LINE.lineId }, DRUG.drugId)).toBe(SPLIT_LINE)
    expect(targetLine({ lines, selectedLineId: null }, OTHER_DRUG.drugId)).toBeNull()
    expect(on({ pack: PACK, lines, selectedLineId: SPLIT_LINE.lineId }).reason).toBe('open-split-pack')
    expect(on({ pack: PACK, lines }).reason).toBe('pack-ok')
  })
})

describe('codes that are no pack', () => {
  test('a product barcode asks to add the drug, and only if the shop carries it', () => {
    expect(on(EXAMPLES['product-barcode'])).toMatchObject({ outcome: 'ask', answers: ['add-drug'], drugId: 'P0214', code: null })
    expect(on({ ...EXAMPLES['product-barcode'], answer: 'add-drug' })).toMatchObject({ outcome: 'accept', reason: 'product-barcode' })
    expect(on({ raw: '6999000002142' })).toMatchObject({ outcome: 'refuse', reason: 'product-barcode', answers: [] })
  })
  test('a voucher in the drug step offers to read the person, and is then read', () => {
    expect(on(EXAMPLES['ecert-in-drug-step'])).toMatchObject({ outcome: 'ask', answers: ['read-person'] })
    expect(on({ raw: VOUCHER, answer: 'read-person' })).toMatchObject({ outcome: 'accept', reason: 'person-read' })
    expect(on({ raw: ID_NUMBER, step: 'person' })).toMatchObject({ outcome: 'accept', reason: 'person-read' })
    expect(on({ raw: PAYMENT, step: 'payment' })).toMatchObject({ outcome: 'accept', sound: 'ok' })
  })
  test('an answer that does not belong to the question changes nothing', () => {
    for (const answer of ['sell-anyway', 'add-drug', 'read-person', 'open-pack', 'set-aside'] as const) {
      for (const reason of [
        'expired',
        'recalled',
        'locked',
        'sold-here',
        'sold-elsewhere',
        'wrong-level',
        'payment-code',
        'unknown-code',
        'invalid',
      ] as const) {
        expect(on({ ...EXAMPLES[reason], answer })).toEqual(on(EXAMPLES[reason]))
      }
    }
  })
  test('of a payment code, an ID or a voucher no digit is in the verdict', () => {
    for (const [raw, step] of [
      [PAYMENT, 'drug'],
      [PAYMENT, 'person'],
      [ID_NUMBER, 'drug'],
      [ID_NUMBER, 'person'],
      [ID_NUMBER, 'payment'],
      [VOUCHER, 'drug'],
      [VOUCHER, 'person'],
      [VOUCHER, 'payment'],
    ] as const) {
      const said = JSON.stringify(on({ raw, step }))
      for (let at = 0; at + 5 <= raw.length; at += 1) expect(said).not.toContain(raw.slice(at, at + 5))
    }
  })
})

describe('for any facts', () => {
  const drug = fc.constantFrom(DRUG, OTHER_DRUG, PIECES, { ...DRUG, codeRequirement: 'virtual' as const })
  const line = fc
    .record({
      sellUnit: fc.constantFrom('pack' as const, 'unit' as const),
      units: fc.integer({ min: 1, max: 30 }),
      own: fc.boolean(),
      scanned: fc.array(fc.integer({ min: 1, max: 24 }), { maxLength: 3 }),
    })
    .map(({ sellUnit, units, own, scanned }): CandidateLine => ({
      ...LINE,
      sellUnit,
      quantity: wholeUnits(units),
      drugId: own ? DRUG.drugId : OTHER_DRUG.drugId,
      packs: scanned.map((n) => ({ quantity: wholeUnits(n) })),
    }))
  const raw = fc.oneof(
    fc.constantFrom(CODE, VOUCHER, ID_NUMBER, PAYMENT, '6999000002142', ...Object.values(EXAMPLES).map((given) => given?.raw ?? CODE)),
    fc.string(),
    fc.stringMatching(/^8\d{19}$/),
    fc.stringMatching(/^\d{0,30}$/),
    fc.string({ unit: 'binary' }),
  )
  const anyPack = fc.record({
    state: fc.constantFrom(
      'in-stock' as const,
      'in-sale' as const,
      'sold' as const,
      'settled' as const,
      'returned' as const,
      'locked' as const,
      'split-open' as const,
    ),
    saleId: fc.constantFrom(null, MINE, THEIRS),
    receiptNumber: fc.constantFrom(null, 'R'),
    saleStatus: fc.constantFrom(null, 'open' as const, 'held' as const, 'settling' as const, 'unconfirmed' as const),
    changedAt: fc.integer({ min: 0, max: 4_000_000_000_000 }).map((n) => n as Instant),
    unitsLeft: fc.integer({ min: 0, max: 240_000 }).map((n) => n as Quantity),
    drug: fc.option(drug),
    lot: fc.option(
      fc.record({
        lotId: fc.constant(LOT.lotId),
        lotNumber: fc.string(),
        expiresOn: fc.constantFrom('2026-11-20', '2026-11-21', '2026-12-01', '2029-01-01').map((d) => d as BusinessDate),
        recalled: fc.boolean(),
      }),
    ),
    onLineOfSale: fc.boolean(),
  })
  const anyFacts = fc.record({
    raw,
    step: fc.constantFrom('drug' as const, 'person' as const, 'payment' as const),
    answer: fc.constantFrom(null, 'sell-anyway' as const, 'add-drug' as const, 'read-person' as const, 'open-pack' as const, 'set-aside' as const),
    pack: fc.option(anyPack),
    identified: fc.option(fc.record({ drug, level: fc.integer({ min: 1, max: 9 }) })),
    soldElsewhere: fc.option(fc.constant({ source: 'alarm-list' })),
    repeats: fc.integer({ min: 1, max: 5 }),
    lines: fc.array(line, { maxLength: 3 }),
    saleId: fc.constantFrom(null, MINE),
    selectedLineId: fc.constantFrom(null, LINE.lineId),
    strict: fc.boolean(),
  })
  test('there is a verdict in the form of the contract', () => {
    fc.assert(
      fc.property(anyFacts, (given) => {
        const decision = on(given)
        expect(Verdict.safeParse({ ...decision, elapsedMicros: 0 }).error).toBeUndefined()
        expect(SCAN_KINDS).toContain(decision.kind)
        // An ask can be answered, and what is not asked needs no answer.
        expect(decision.answers.length > 0).toBe(decision.outcome === 'ask')
      }),
      { numRuns: 2000 },
    )
  })
  test('nothing expired, recalled, locked, sold, held or known from elsewhere is ever allowed', () => {
    fc.assert(
      fc.property(
        anyFacts.filter((given) => given.step === 'drug'),
        (given) => {
          const decision = on(given)
          if (decision.outcome !== 'accept' && decision.outcome !== 'notice') return
          if (decision.reason === 'person-read' || decision.reason === 'product-barcode') return
          expect(given.soldElsewhere).toBeNull()
          if (given.pack === null) expect(given.identified?.level).toBe(1)
          else {
            expect(['in-stock', 'returned', 'split-open']).toContain(given.pack.state)
            expect(given.pack.lot?.recalled ?? false).toBe(false)
            expect((given.pack.lot?.expiresOn ?? TODAY) >= TODAY).toBe(true)
          }
        },
      ),
      { numRuns: 2000 },
    )
  })
})
