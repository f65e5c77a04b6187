import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { BusinessDate, DrugId, Instant, LineId, LotId, Quantity, SaleId, VerdictReason } from '../../../electron/contract/index.ts'
import { PackState, quantity, SCAN_KINDS, SoundClass, Verdict, VERDICT_REASONS, VerdictAnswer, wholeUnits } from '../../../electron/contract/index.ts'
import { recognise } from '../../../electron/domain/recognition/recognise.ts'
import type { PackTrace } from '../../../electron/domain/recognition/trace-of.ts'
import { candidateTrace } from '../../../electron/domain/recognition/candidate-trace.ts'
import { traceOf } from '../../../electron/domain/recognition/trace-of.ts'
import { sentence } from '../../../electron/domain/sentences/sentence.ts'
import type { Decision } from '../../../electron/domain/verdict/decide.ts'
import { decide } from '../../../electron/domain/verdict/decide.ts'
import { effectOf } from '../../../electron/domain/verdict/effect-of.ts'
import type { Candidate, CandidateLine, ScannedDrug, ScannedPack, VerdictFacts, VerdictPolicy } from '../../../electron/domain/verdict/facts.ts'
import { targetLine } from '../../../electron/domain/verdict/target-line.ts'

const fail = (why: string): never => {
  throw new Error(why)
}
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
  since: Date.UTC(2026, 10, 21, 1, 12) as Instant,
  unitsLeft: wholeUnits(24),
  drug: DRUG,
  lot: LOT,
  onLineOfSale: false,
  provisional: false,
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
  quantitySet: false,
  uncodedPacks: 0,
  packs: [{ quantity: wholeUnits(24) }],
}
/** Set to two by hand, with both its codes. */
const FULL_LINE: CandidateLine = { ...LINE, quantitySet: true, packs: [{ quantity: wholeUnits(24) }, { quantity: wholeUnits(24) }] }
const SPLIT_LINE: CandidateLine = { ...LINE, lineId: '01900000-0000-7000-8000-0000000000b2' as LineId, sellUnit: 'unit', quantity: wholeUnits(6), packs: [] }

type Given = Partial<Omit<VerdictFacts, 'code' | 'trace' | 'policy'>> & { readonly raw?: string; readonly trace?: PackTrace; readonly policy?: Partial<VerdictPolicy> }

const facts = (given: Given = {}): VerdictFacts => {
  const { raw = CODE, trace, policy, ...rest } = given
  const code = recognise({ raw, step: rest.step ?? 'drug' })
  return {
    code,
    trace: trace ?? ((rest.step ?? 'drug') === 'drug' ? traceOf(code) : null),
    issuerKnown: trace === undefined,
    step: 'drug',
    answer: null,
    picked: null,
    today: TODAY,
    clockBehind: false,
    policy: { nearExpiryDays: 90, lastSaleDaysBefore: 0, unreceived: 'ask', splitPolicy: 'repeat-with-counter', strict: false, ...policy },
    saleId: MINE,
    selectedLineId: null,
    pack: null,
    candidates: [],
    neverIssued: null,
    carton: null,
    expected: null,
    lotBySymbol: null,
    recalledBySymbol: false,
    lotFound: true,
    alarmed: false,
    mayLearn: true,
    uncoded: { left: 0, listed: false },
    soldElsewhere: null,
    repeats: 1,
    lines: [],
    ...rest,
  }
}
const on = (given: Given): Decision => decide(facts(given))
const pack = (given: Partial<ScannedPack>): ScannedPack => ({ ...PACK, ...given })
const candidate = (given: Partial<Candidate> = {}): Candidate => ({ linkId: 'link', drug: DRUG, level: 1, trust: 'confirmed', ...given })
const IDENTIFIED = [candidate()]
const BOTH = [candidate(), candidate({ drug: OTHER_DRUG })]
const EXPECTED = { document: 'D-2026-1107', drug: DRUG, lot: LOT }
const CARTON = { drug: DRUG, level: 3, packs: 40, opened: false }
/** As an unknown issuer's code would be guessed at. */
const UNKNOWN_CODE = '70071234567890123456'
const GUESSED = candidateTrace(recognise({ raw: UNKNOWN_CODE, step: 'drug' })) ?? fail('not a candidate')

/** One example at least for every reason of the contract. */
const EXAMPLES: Record<VerdictReason, Given> = {
  'pack-ok': { pack: PACK },
  'pack-ok-near-expiry': { pack: pack({ lot: { ...LOT, expiresOn: '2027-02-19' as BusinessDate } }) },
  'pack-ok-lot-differs': { pack: PACK, lines: [{ ...LINE, lotId: 'x' as LotId, lotNumber: 'B117' }] },
  'split-pack-ok': { pack: pack({ state: 'split-open', unitsLeft: wholeUnits(10) }), lines: [SPLIT_LINE] },
  'pack-ok-returned': { pack: pack({ state: 'returned' }) },
  'pack-ok-provisional': { pack: pack({ provisional: true }) },
  learned: { picked: { drug: DRUG, level: 1 }, answer: 'pick-drug' },
  'learned-outer': { picked: { drug: DRUG, level: 2 }, answer: 'pick-drug' },
  'received-by-scan': { expected: EXPECTED },
  'never-received-noted': { candidates: IDENTIFIED, answer: 'sell-anyway' },
  'one-more-ok': { pack: PACK, lines: [FULL_LINE], answer: 'one-more' },
  'drug-added': { raw: '6999000002142', candidates: IDENTIFIED, answer: 'add-drug' },
  'uncoded-ok': { raw: '6999000002142', candidates: IDENTIFIED, uncoded: { left: 3, listed: true }, answer: 'use-uncoded' },
  'carton-opened': { carton: CARTON, answer: 'open-carton' },
  'set-aside': { answer: 'set-aside' },
  'ambiguous-identifier': { candidates: BOTH },
  'ambiguous-barcode': { raw: '6999000002142', candidates: BOTH },
  'unknown-issuer': { raw: UNKNOWN_CODE, trace: GUESSED },
  carton: { carton: CARTON },
  'count-over': { pack: PACK, lines: [FULL_LINE] },
  'product-without-code': { raw: '6999000002142', candidates: [candidate({ drug: PIECES })] },
  'uncoded-left': { raw: '6999000002142', candidates: IDENTIFIED, uncoded: { left: 3, listed: true } },
  'never-received-refused': { candidates: IDENTIFIED, policy: { unreceived: 'refuse' } },
  'lot-unknown': { candidates: IDENTIFIED, lotFound: false, answer: 'sell-anyway' },
  destroyed: { pack: pack({ state: 'destroyed' }) },
  transferred: { pack: pack({ state: 'transferred' }) },
  'wrong-level-unknown-drug': { raw: '(01)16999000000602(21)YGAB' },
  'carton-open': { carton: { ...CARTON, opened: true } },
  'never-issued': { neverIssued: '码上放心' },
  'uncoded-empty': { raw: '6999000002142', candidates: IDENTIFIED, uncoded: { left: 0, listed: true } },
  'person-read': { raw: VOUCHER, step: 'person' },
  'never-received': { candidates: IDENTIFIED },
  'product-barcode': { raw: '6999000002142', candidates: IDENTIFIED },
  'ecert-in-drug-step': { raw: VOUCHER },
  'unknown-code': { raw: 'YAOGUI-TEST-0001' },
  'open-split-pack': { pack: PACK, lines: [SPLIT_LINE] },
  'in-this-sale': { pack: pack({ state: 'in-sale', saleId: MINE, saleStatus: 'open' }) },
  'in-another-sale': { pack: pack({ state: 'in-sale', saleId: THEIRS, saleStatus: 'held', receiptNumber: '20261121-01-0007' }) },
  'in-unconfirmed-sale': { pack: pack({ state: 'in-sale', saleId: THEIRS, saleStatus: 'unconfirmed', receiptNumber: '20261121-01-0007' }) },
  'sold-here': { pack: pack({ state: 'sold', saleId: THEIRS, receiptNumber: '20261121-01-0007' }) },
  'sold-elsewhere': { soldElsewhere: { source: 'alarm-list' }, candidates: IDENTIFIED },
  expired: { pack: pack({ lot: { ...LOT, expiresOn: '2026-11-20' as BusinessDate } }) },
  recalled: { pack: pack({ lot: { ...LOT, recalled: true } }) },
  locked: { pack: pack({ state: 'locked' }) },
  'wrong-level': { candidates: [candidate({ level: 2 })] },
  'unknown-identifier': {},
  'wrong-product': { pack: PACK, policy: { strict: true }, selectedLineId: LINE.lineId, lines: [{ ...LINE, drugId: OTHER_DRUG.drugId, drugName: OTHER_DRUG.name }] },
  'split-pack-empty': { pack: pack({ state: 'split-open', unitsLeft: quantity(0) }), lines: [SPLIT_LINE] },
  'split-pack-of-whole': { pack: pack({ state: 'split-open', unitsLeft: wholeUnits(10) }), lines: [LINE] },
  'no-scan-needed': { candidates: [candidate({ drug: { ...DRUG, codeRequirement: 'virtual' } })] },
  'pieces-not-scanned': { candidates: [candidate({ drug: PIECES })] },
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
  'identifier-only': { raw: '8900213', candidates: IDENTIFIED },
  'device-code': { raw: '+EORONB4509F6010/$$10282521960E' },
  'national-code': { raw: 'XA02BAF006A001010100269' },
  'social-card-needs-reader': { raw: 'A12345678', step: 'person' },
  'not-a-person-code': { raw: 'YAOGUI-TEST-0001', step: 'person' },
  'not-a-payment-code': { raw: ID_NUMBER, step: 'payment' },
}

describe('every reason of the contract', () => {
  test.each(VERDICT_REASONS)('%s is reached, with words in both languages, a sound, and something to do next', (reason) => {
    const said = on(EXAMPLES[reason])
    expect(said.reason).toBe(reason)
    expect(SoundClass.options).toContain(said.sound)
    for (const language of ['zh', 'en'] as const) {
      const { word, text, action } = sentence('verdict', reason, said.detail, language)
      for (const part of [word, text, action]) expect(part).toMatch(/^[^{}[\]|]+$/)
    }
    // What can be answered says its key: Enter gives a question's first answer and puts a foreign pack aside; at any other refusal it only says that it was read.
    const key = said.outcome === 'ask' || said.sound === 'foreign' ? 'Enter' : '2'
    if (said.answers.length > 0) for (const language of ['zh', 'en'] as const) expect(sentence('verdict', reason, said.detail, language).action).toContain(key)
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
      candidates: [],
      saleId: null,
      detail: { drugName: '阿莫西林胶囊', lotNumber: 'A2401', expiresOn: '2028-03-01' },
    })
  })
  test('was returned here before: it may be sold again, unless it expired or was recalled meanwhile', () => {
    expect(on({ pack: pack({ state: 'returned' }) })).toMatchObject({ outcome: 'notice', reason: 'pack-ok-returned', detail: { eventAt: '09:12', eventToday: true } })
    expect(sentence('verdict', 'pack-ok-returned', on({ pack: pack({ state: 'returned' }) }).detail, 'zh').text).toContain('曾退回本店（今天 09:12）')
    expect(on({ pack: pack({ state: 'returned', lot: { ...LOT, recalled: true } }) }).reason).toBe('recalled')
    expect(on({ pack: pack({ state: 'returned', lot: { ...LOT, expiresOn: '2026-11-20' as BusinessDate } }) }).reason).toBe('expired')
  })
  test('near expiry is done and said, with the days left', () => {
    expect(on(EXAMPLES['pack-ok-near-expiry'])).toMatchObject({ outcome: 'notice', sound: 'notice', detail: { nearDays: 90, expiresOn: '2027-02-19' } })
    expect(on({ pack: pack({ lot: { ...LOT, expiresOn: '2027-02-20' as BusinessDate } }) }).reason).toBe('pack-ok')
  })
  test('the expiry day itself is the last day of sale, or an earlier one where the shop says so', () => {
    const lastDay = pack({ lot: { ...LOT, expiresOn: TODAY } })
    expect(on({ pack: lastDay })).toMatchObject({ reason: 'pack-ok-near-expiry', detail: { nearDays: 0 } })
    expect(on({ pack: lastDay, policy: { lastSaleDaysBefore: 1 } })).toMatchObject({ reason: 'expired', detail: { lastSaleDaysBefore: 1 } })
    expect(on(EXAMPLES.expired)).toMatchObject({ outcome: 'refuse', sound: 'stop', detail: { expiresOn: '2026-11-20', days: 1, lotNumber: 'A2401' } })
  })
  test('is not sold past the date in its own symbol, whatever the received lot says', () => {
    const raw = ']d201069990000006051726112010A2401\u001d21YGAB'
    expect(on({ raw, pack: PACK })).toMatchObject({ reason: 'expired', detail: { expiresOn: '2026-11-20' } })
    expect(on({ raw, candidates: IDENTIFIED })).toMatchObject({ reason: 'expired', detail: { lotNumber: 'A2401' } })
    expect(on({ raw: raw.replace('261120', '280320'), pack: PACK }).detail).toMatchObject({ expiresOn: '2028-03-01' })
  })
  test('of another lot than its line is said, as long as the line wants a code', () => {
    expect(on(EXAMPLES['pack-ok-lot-differs'])).toMatchObject({ outcome: 'notice', detail: { lotNumber: 'A2401', lineLotNumber: 'B117' } })
    expect(on({ pack: PACK, lines: [{ ...LINE, lotId: 'x' as LotId, quantity: wholeUnits(1) }] }).reason).toBe('pack-ok')
  })
  test('while another drug is selected is refused only where the counter is strict', () => {
    const { policy: _, ...lenient } = EXAMPLES['wrong-product']
    expect(on(lenient).reason).toBe('pack-ok')
    expect(on(EXAMPLES['wrong-product']).detail).toMatchObject({ wantedDrugName: '多潘立酮片', next: 'finish-line' })
  })
})

describe('a pack that was sold', () => {
  test('here, is soft twice and warns on the third scan; the sentence knows when and on which receipt', () => {
    const sold = { ...PACK, state: 'settled', saleId: THEIRS, receiptNumber: '20261121-01-0007' } as const
    expect([1, 2, 3, 4].map((repeats) => on({ pack: sold, repeats }).sound)).toEqual(['own-repeat', 'own-repeat', 'stop', 'stop'])
    expect(on({ pack: sold }).detail).toEqual({
      drugName: '阿莫西林胶囊',
      soldAt: sold.since,
      soldAtText: '09:12',
      soldToday: true,
      receiptNumber: '20261121-01-0007',
      repeats: 1,
    })
    expect(on({ pack: sold, today: '2026-11-23' as BusinessDate }).detail).toMatchObject({ soldAtText: '11-21 09:12', soldToday: false })
  })
  test('elsewhere, is never soft, also when we had received it ourselves', () => {
    for (const given of [{ candidates: IDENTIFIED }, { pack: PACK }, { pack: pack({ state: 'returned' }) }, { pack: pack({ state: 'split-open' }) }, {}]) {
      expect(on({ ...given, soldElsewhere: { source: 'alarm-list' } })).toMatchObject({
        outcome: 'refuse',
        reason: 'sold-elsewhere',
        sound: 'foreign',
        answers: ['set-aside'],
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
  test('is asked about, done and said when sold anyway, put away when set aside', () => {
    expect(on({ candidates: IDENTIFIED })).toMatchObject({ outcome: 'ask', sound: 'ask', drugId: 'P0214', answers: ['sell-anyway', 'set-aside'] })
    expect(on({ candidates: IDENTIFIED, answer: 'sell-anyway' })).toMatchObject({ outcome: 'notice', reason: 'never-received-noted', code: CODE })
    expect(on({ candidates: IDENTIFIED, answer: 'set-aside' })).toMatchObject({ outcome: 'notice', reason: 'set-aside', detail: { cause: 'never-received' } })
  })
  test('is sold at once or not at all where the region says so', () => {
    expect(on({ candidates: IDENTIFIED, policy: { unreceived: 'notice' } })).toMatchObject({ outcome: 'notice', reason: 'never-received-noted' })
    for (const answer of [null, 'sell-anyway', 'one-more', 'pick-drug'] as const) {
      expect(on({ candidates: IDENTIFIED, policy: { unreceived: 'refuse' }, answer })).toMatchObject({ outcome: 'refuse', answers: ['set-aside'] })
    }
    expect(on({ policy: { unreceived: 'refuse' } })).toMatchObject({ outcome: 'refuse', reason: 'never-received-refused', drugId: null, answers: ['set-aside'] })
    expect(on({ policy: { unreceived: 'refuse' }, picked: { drug: DRUG, level: 1 }, answer: 'pick-drug' }).reason).toBe('never-received-refused')
  })
  test('is not sold anyway when it is a middle pack, expired, recalled, sold elsewhere or unknown', () => {
    const answer = 'sell-anyway' as const
    expect(on({ candidates: [candidate({ level: 3 })], answer })).toMatchObject({ outcome: 'refuse', reason: 'wrong-level', drugId: 'P0214', detail: { level: 3 } })
    expect(on({ raw: '(01)06999000000605(17)261120(21)YGAB', candidates: IDENTIFIED, answer }).reason).toBe('expired')
    expect(on({ candidates: IDENTIFIED, recalledBySymbol: true, answer }).reason).toBe('recalled')
    expect(on({ candidates: IDENTIFIED, lotBySymbol: { ...LOT, recalled: true }, answer }).reason).toBe('recalled')
    expect(on({ candidates: IDENTIFIED, lotBySymbol: { ...LOT, expiresOn: '2026-11-20' as BusinessDate }, answer }).reason).toBe('expired')
    expect(on({ candidates: IDENTIFIED, alarmed: true, answer }).reason).toBe('locked')
    expect(on({ ...EXAMPLES['sold-elsewhere'], answer }).outcome).toBe('refuse')
    expect(on({ answer })).toMatchObject({ outcome: 'ask', reason: 'unknown-identifier', detail: { identifier: '8900213' }, code: CODE })
  })
  test('tells its level by its own GTIN where the map does not know it', () => {
    expect(on({ raw: '(01)16999000000602(21)YGAB' })).toMatchObject({ outcome: 'refuse', drugId: null, detail: { level: 2, identifier: '16999000000602' } })
  })
  test('but is on a delivery’s paper is received by its scan, without suspicion, unless its lot may not be sold', () => {
    expect(on({ expected: EXPECTED })).toMatchObject({ outcome: 'notice', reason: 'received-by-scan', detail: { document: 'D-2026-1107', lotNumber: 'A2401' } })
    expect(on({ expected: { ...EXPECTED, lot: { ...LOT, expiresOn: '2026-12-01' as BusinessDate } } })).toMatchObject({ reason: 'pack-ok-near-expiry', detail: { also: 'received-by-scan' } })
    expect(on({ expected: { ...EXPECTED, lot: { ...LOT, recalled: true } } }).reason).toBe('recalled')
    expect(on({ expected: EXPECTED, soldElsewhere: { source: 'alarm-list' } }).reason).toBe('sold-elsewhere')
    expect(on({ expected: EXPECTED, policy: { unreceived: 'refuse' } }).reason).toBe('received-by-scan')
  })
  test('is asked about when its paper and the map name two drugs', () => {
    const disputed = { expected: EXPECTED, candidates: [candidate({ drug: OTHER_DRUG })] }
    expect(on(disputed)).toMatchObject({ outcome: 'ask', reason: 'ambiguous-identifier', candidates: [{ drugId: 'P0214' }, { drugId: 'P0010' }] })
    expect(on({ ...disputed, answer: 'pick-drug', picked: { drug: DRUG, level: 1 } }).reason).toBe('received-by-scan')
    expect(on({ ...disputed, answer: 'pick-drug', picked: { drug: OTHER_DRUG, level: 1 } })).toMatchObject({ reason: 'never-received-noted', drugId: 'P0010' })
  })
})

describe('a code whose drug is not known', () => {
  test('is asked about; the picked drug is noted and sold at once, to be reviewed', () => {
    expect(on({})).toMatchObject({ outcome: 'ask', reason: 'unknown-identifier', answers: ['pick-drug', 'set-aside'], code: CODE })
    expect(on(EXAMPLES.learned)).toMatchObject({ outcome: 'notice', reason: 'learned', drugId: 'P0214', detail: { identifier: '8900213', drugName: '阿莫西林胶囊' } })
    expect(on({ ...EXAMPLES.learned, policy: { unreceived: 'notice' } }).reason).toBe('learned')
  })
  test('of an unknown issuer goes the same way, but a payment code, a voucher or an ID never does', () => {
    expect(on(EXAMPLES['unknown-issuer'])).toMatchObject({ outcome: 'ask', answers: ['pick-drug', 'set-aside'], detail: { identifier: 'UNKNOWN/7007123' } })
    expect(on({ ...EXAMPLES['unknown-issuer'], answer: 'pick-drug', picked: { drug: DRUG, level: 1 } })).toMatchObject({ reason: 'learned', code: UNKNOWN_CODE })
    expect(on({ ...EXAMPLES['unknown-issuer'], candidates: [candidate({ trust: 'provisional' })], answer: 'sell-anyway' }).reason).toBe('pack-ok-provisional')
    for (const raw of [PAYMENT, VOUCHER, ID_NUMBER]) {
      const said = on({ raw, trace: GUESSED, answer: 'pick-drug', picked: { drug: DRUG, level: 1 } })
      expect(said.code).toBeNull()
      expect(['accept', 'notice']).not.toContain(said.outcome)
    }
  })
  test('is not taught by a cashier: the pharmacist is fetched', () => {
    expect(on({ mayLearn: false })).toMatchObject({ outcome: 'refuse', reason: 'unknown-identifier', answers: ['set-aside'], detail: { needs: 'pharmacist' } })
    expect(on({ ...EXAMPLES.learned, mayLearn: false }).outcome).toBe('refuse')
    expect(on({ candidates: BOTH, mayLearn: false, answer: 'pick-drug', picked: { drug: DRUG, level: 1 } })).toMatchObject({ reason: 'never-received-noted', drugId: 'P0214' })
    expect(on({ candidates: [candidate({ trust: 'provisional' })], mayLearn: false }).answers).toEqual(['sell-anyway', 'set-aside'])
  })
  test('claimed by two drugs is never guessed; the picked one is sold without another link', () => {
    expect(on({ candidates: BOTH })).toMatchObject({ outcome: 'ask', candidates: [{ drugId: 'P0214', name: '阿莫西林胶囊' }, { drugId: 'P0010' }], detail: { candidates: '阿莫西林胶囊、多潘立酮片' } })
    expect(on({ candidates: BOTH, answer: 'pick-drug', picked: { drug: OTHER_DRUG, level: 1 } })).toMatchObject({ reason: 'never-received-noted', drugId: 'P0010' })
    expect(on({ candidates: BOTH, answer: 'pick-drug' }).reason).toBe('ambiguous-identifier')
  })
  test('a picked drug neither talks a confirmed link away nor makes expired goods good', () => {
    const picked = { drug: OTHER_DRUG, level: 1 }
    expect(on({ candidates: IDENTIFIED, picked, answer: 'pick-drug' })).toMatchObject({ outcome: 'ask', reason: 'never-received', drugId: 'P0214' })
    expect(on({ pack: PACK, picked, answer: 'pick-drug' })).toMatchObject({ reason: 'pack-ok', drugId: 'P0214' })
    expect(on({ raw: '(01)06999000000605(17)261120(21)YGAB', picked, answer: 'pick-drug' }).reason).toBe('expired')
    expect(on({ picked: { drug: PIECES, level: 1 }, answer: 'pick-drug' }).reason).toBe('pieces-not-scanned')
  })
  test('with a link that waits for review can be told otherwise: then the cashier’s word is another link', () => {
    const provisional = [candidate({ trust: 'provisional' })]
    expect(on({ candidates: provisional })).toMatchObject({ reason: 'never-received', answers: ['sell-anyway', 'pick-drug', 'set-aside'] })
    expect(on({ candidates: provisional, answer: 'pick-drug', picked: { drug: OTHER_DRUG, level: 1 } })).toMatchObject({ reason: 'learned', drugId: 'P0010' })
    expect(on({ candidates: provisional, answer: 'pick-drug' }).reason).toBe('never-received')
  })
  test('picked as an outer pack is noted and not sold', () => {
    expect(on(EXAMPLES['learned-outer'])).toMatchObject({ outcome: 'notice', detail: { level: 2 } })
  })
  test('that no issuer ever gave out sounds like a foreign pack and is set aside', () => {
    expect(on(EXAMPLES['never-issued'])).toMatchObject({ outcome: 'refuse', sound: 'foreign', answers: ['set-aside'] })
    expect(on({ ...EXAMPLES['never-issued'], picked: { drug: DRUG, level: 1 }, answer: 'pick-drug' }).outcome).toBe('refuse')
  })
})

describe('a carton', () => {
  test('offers to be opened, with its packs; itself it is never sold', () => {
    expect(on({ carton: CARTON })).toMatchObject({ outcome: 'ask', answers: ['open-carton'], drugName: '阿莫西林胶囊', detail: { packs: 40, level: 3 } })
    expect(on({ carton: CARTON, answer: 'open-carton' })).toMatchObject({ outcome: 'notice', reason: 'carton-opened' })
    for (const answer of ['sell-anyway', 'pick-drug', 'one-more'] as const) expect(on({ carton: CARTON, answer, picked: { drug: DRUG, level: 1 } }).reason).toBe('carton')
    expect(on({ carton: { ...CARTON, packs: 0 } }).reason).toBe('wrong-level')
  })
})

describe('one pack more than was said', () => {
  test('is asked about where the quantity was set by hand, and only there', () => {
    expect(on({ pack: PACK, lines: [FULL_LINE] })).toMatchObject({ outcome: 'ask', reason: 'count-over', answers: ['one-more'], detail: { needed: 2 } })
    expect(on(EXAMPLES['one-more-ok'])).toMatchObject({ outcome: 'accept', detail: { needed: 3 } })
    expect(on({ pack: PACK, lines: [{ ...FULL_LINE, quantitySet: false }] }).reason).toBe('pack-ok')
    expect(on({ pack: PACK, lines: [{ ...FULL_LINE, packs: LINE.packs }] }).reason).toBe('pack-ok')
  })
  test('packs from the uncoded list need no scan', () => {
    expect(on({ pack: PACK, lines: [{ ...FULL_LINE, packs: LINE.packs, uncodedPacks: 1 }] }).reason).toBe('count-over')
  })
  test('comes before the question whether it was received; that one’s answer settles both', () => {
    const given = { candidates: IDENTIFIED, lines: [FULL_LINE] }
    expect(on(given).reason).toBe('count-over')
    expect(on({ ...given, answer: 'one-more' }).reason).toBe('never-received')
    expect(on({ ...given, answer: 'sell-anyway' }).reason).toBe('never-received-noted')
  })
  test('while a line set by hand is selected and lacks codes, another drug is refused', () => {
    const selected = { ...LINE, drugId: OTHER_DRUG.drugId, drugName: OTHER_DRUG.name, quantitySet: true }
    expect(on({ pack: PACK, selectedLineId: LINE.lineId, lines: [selected] })).toMatchObject({ outcome: 'refuse', reason: 'wrong-product', detail: { wantedDrugName: '多潘立酮片' } })
    expect(on({ pack: PACK, selectedLineId: LINE.lineId, lines: [{ ...selected, quantitySet: false }] }).reason).toBe('pack-ok')
  })
})

describe('a clock that was set back', () => {
  test('does not make an expired lot good: the books’ day decides, and the sentence says so', () => {
    const expiresOn = '2026-11-20' as BusinessDate
    expect(on({ pack: pack({ lot: { ...LOT, expiresOn } }), clockBehind: true })).toMatchObject({ reason: 'expired', detail: { booksDate: TODAY } })
  })
})

describe('split packs', () => {
  test('an open one goes to a split line only, once, and while units are left', () => {
    const open = pack({ state: 'split-open', unitsLeft: wholeUnits(10) })
    expect(on({ pack: open, lines: [SPLIT_LINE] })).toMatchObject({ outcome: 'accept', detail: { unitsLeft: '10粒' } })
    expect(on({ pack: open, lines: [SPLIT_LINE], policy: { splitPolicy: 'not-sent' } }).detail).toMatchObject({ sent: 'not-sent' })
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
    expect(on(EXAMPLES['drug-added'])).toMatchObject({ outcome: 'accept', drugId: 'P0214', detail: { next: 'then-scan' } })
    expect(on({ raw: '6999000002142' })).toMatchObject({ outcome: 'refuse', reason: 'product-barcode', answers: [] })
  })
  test('of a drug without codes it says why none is asked for', () => {
    const raw = '6999000002142'
    const why = (drug: ScannedDrug): unknown => on({ raw, candidates: [candidate({ drug })] }).detail['why']
    expect([PIECES, { ...PIECES, name: '黄芪配方颗粒' }, { ...DRUG, codeRequirement: 'virtual' as const }, { ...DRUG, codeRequirement: 'none' as const }].map(why)).toEqual(['pieces', 'granules', 'virtual-code', 'not-collected'])
    expect(on({ raw, candidates: [candidate({ drug: PIECES })], answer: 'add-drug' }).reason).toBe('drug-added')
  })
  test('of a drug on the uncoded list it takes one from there, and refuses when nothing is left', () => {
    expect(on(EXAMPLES['uncoded-left'])).toMatchObject({ outcome: 'ask', answers: ['use-uncoded', 'add-drug'], detail: { packsLeft: 3 } })
    expect(on(EXAMPLES['uncoded-ok'])).toMatchObject({ outcome: 'accept', detail: { packsLeft: 2 } })
    expect(on({ ...EXAMPLES['uncoded-empty'], answer: 'use-uncoded' })).toMatchObject({ outcome: 'refuse', reason: 'uncoded-empty', answers: ['add-drug'] })
    expect(on({ ...EXAMPLES['product-barcode'], answer: 'use-uncoded' }).reason).toBe('uncoded-empty')
    expect(on({ ...EXAMPLES['uncoded-empty'], answer: 'add-drug' }).reason).toBe('drug-added')
  })
  test('of two drugs it asks which', () => {
    expect(on(EXAMPLES['ambiguous-barcode'])).toMatchObject({ outcome: 'ask', answers: ['pick-drug'], candidates: [{ drugId: 'P0214' }, { drugId: 'P0010' }] })
    const picked = { drug: OTHER_DRUG, level: 1 }
    expect(on({ ...EXAMPLES['ambiguous-barcode'], answer: 'pick-drug', picked })).toMatchObject({ reason: 'drug-added', drugId: 'P0010' })
    expect(on({ ...EXAMPLES['product-barcode'], answer: 'pick-drug', picked }).drugId).toBe('P0214')
  })
  test('a misread says what went wrong, as far as it can be known', () => {
    const problem = (raw: string): unknown => on({ raw }).detail['problem']
    expect([problem('8900213101021400001'), problem(`${CODE}\r\n${CODE}`), problem(''), problem('8'.repeat(600)), problem('(01)06999000000605(17)261399(21)A')]).toEqual([
      'misread-length', 'misread-two-scans', 'misread-empty', 'misread-too-long', 'misread-date',
    ])
    expect(sentence('verdict', 'invalid', on({ raw: `${CODE}\r\n${CODE}` }).detail, 'zh').text).toBe('两次扫码连成了一个 · 没有计入')
    expect(sentence('verdict', 'invalid', {}, 'en').text).toBe('This code is incomplete or its check does not fit · not counted')
  })
  test('a voucher in the drug step offers to read the person, and is then read', () => {
    expect(on(EXAMPLES['ecert-in-drug-step'])).toMatchObject({ outcome: 'ask', answers: ['read-person'] })
    expect(on({ raw: VOUCHER, answer: 'read-person' })).toMatchObject({ outcome: 'accept', reason: 'person-read' })
    expect(on({ raw: ID_NUMBER, step: 'person' })).toMatchObject({ outcome: 'accept', reason: 'person-read' })
    expect(on({ raw: PAYMENT, step: 'payment' })).toMatchObject({ outcome: 'accept', sound: 'ok' })
  })
  test('an answer that does not belong to the question changes nothing', () => {
    for (const answer of VerdictAnswer.options) {
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
        const asked = on(EXAMPLES[reason])
        if (!asked.answers.includes(answer)) expect(on({ ...EXAMPLES[reason], answer })).toEqual(asked)
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
      quantitySet: fc.boolean(),
      scanned: fc.array(fc.integer({ min: 1, max: 24 }), { maxLength: 3 }),
    })
    .map(({ sellUnit, units, own, quantitySet, scanned }): CandidateLine => ({
      ...LINE,
      sellUnit,
      quantitySet,
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
  const lot = fc.record({
    lotId: fc.constant(LOT.lotId),
    lotNumber: fc.string(),
    expiresOn: fc.constantFrom('2026-11-20', '2026-11-21', '2026-12-01', '2029-01-01').map((d) => d as BusinessDate),
    recalled: fc.boolean(),
  })
  const anyPack = fc.record({
    state: fc.constantFrom(...PackState.options),
    saleId: fc.constantFrom(null, MINE, THEIRS),
    receiptNumber: fc.constantFrom(null, 'R'),
    saleStatus: fc.constantFrom(null, 'open' as const, 'held' as const, 'settling' as const, 'unconfirmed' as const),
    since: fc.option(fc.integer({ min: 0, max: 4_000_000_000_000 }).map((n) => n as Instant)),
    provisional: fc.boolean(),
    unitsLeft: fc.integer({ min: 0, max: 240_000 }).map((n) => n as Quantity),
    drug: fc.option(drug),
    lot: fc.option(lot),
    onLineOfSale: fc.boolean(),
  })
  const anyFacts = fc.record({
    raw,
    step: fc.constantFrom('drug' as const, 'person' as const, 'payment' as const),
    answer: fc.constantFrom(null, ...VerdictAnswer.options),
    picked: fc.option(fc.record({ drug, level: fc.integer({ min: 1, max: 3 }) })),
    pack: fc.option(anyPack),
    candidates: fc.uniqueArray(fc.record({ linkId: fc.constant('link'), drug, level: fc.integer({ min: 1, max: 3 }), trust: fc.constantFrom('confirmed' as const, 'provisional' as const) }), { maxLength: 3, selector: (one) => one.drug.drugId }),
    neverIssued: fc.option(fc.constant('码上放心'), { freq: 5 }),
    carton: fc.option(fc.record({ drug, level: fc.integer({ min: 2, max: 3 }), packs: fc.integer({ min: 0, max: 40 }), opened: fc.boolean() }), { freq: 1 }),
    expected: fc.option(fc.record({ document: fc.string(), drug, lot })),
    recalledBySymbol: fc.boolean(),
    lotBySymbol: fc.option(lot),
    lotFound: fc.boolean(),
    alarmed: fc.boolean(),
    mayLearn: fc.boolean(),
    clockBehind: fc.boolean(),
    issuerKnown: fc.boolean(),
    uncoded: fc.record({ left: fc.integer({ min: 0, max: 3 }), listed: fc.boolean() }),
    soldElsewhere: fc.option(fc.constant({ source: 'alarm-list' }), { freq: 1 }),
    repeats: fc.integer({ min: 1, max: 5 }),
    lines: fc.array(line, { maxLength: 3 }),
    saleId: fc.constantFrom(null, MINE),
    selectedLineId: fc.constantFrom(null, LINE.lineId),
    policy: fc.record({ unreceived: fc.constantFrom('ask' as const, 'notice' as const, 'refuse' as const), strict: fc.boolean() }),
  })
  test('there is a verdict in the form of the contract', () => {
    fc.assert(
      fc.property(anyFacts, (given) => {
        const decision = on(given)
        expect(Verdict.safeParse({ ...decision, elapsedMicros: 0 }).error).toBeUndefined()
        expect(SCAN_KINDS).toContain(decision.kind)
        // An ask can be answered; what is done needs no answer.
        if (decision.outcome === 'ask') expect(decision.answers).not.toEqual([])
        if (decision.outcome === 'accept' || decision.outcome === 'notice') expect(decision.answers).toEqual([])
      }),
      { numRuns: 2000 },
    )
  })
  test('nothing expired, recalled, locked, sold, destroyed, gone, impossible or known from elsewhere is ever sold', () => {
    fc.assert(
      fc.property(
        anyFacts.filter((given) => given.step === 'drug'),
        (given) => {
          const all = facts(given)
          const decision = decide(all)
          if (effectOf(decision) !== 'sell-pack') return
          expect(decision.code).toBe(all.trace?.code)
          expect(given.soldElsewhere).toBeNull()
          expect(given.recalledBySymbol).toBe(false)
          expect((all.trace?.expiry ?? TODAY) >= TODAY).toBe(true)
          if (given.pack === null) {
            expect([given.carton, given.neverIssued, given.alarmed]).toEqual([null, null, false])
            const said = [given.expected?.drug, ...given.candidates.filter(({ level }) => level === 1).map(({ drug }) => drug), given.picked?.drug]
            expect(said.map((drug) => drug?.drugId)).toContain(decision.drugId)
            expect(given.candidates.length < 2 || given.picked !== null || given.expected !== null).toBe(true)
          } else {
            expect(['in-stock', 'returned', 'split-open']).toContain(given.pack.state)
            expect(given.pack.lot?.recalled ?? false).toBe(false)
            expect((given.pack.lot?.expiresOn ?? TODAY) >= TODAY).toBe(true)
          }
        },
      ),
      { numRuns: 5000 },
    )
  })
  test('an answer never turns a refusal into a sale unless the refusal offered it', () => {
    fc.assert(
      fc.property(anyFacts, (given) => {
        const asked = on({ ...given, answer: null, picked: null })
        const answered = on(given)
        if (asked.outcome === 'refuse' && given.answer !== null && !asked.answers.includes(given.answer)) expect(effectOf(answered)).toBe('none')
      }),
      { numRuns: 3000 },
    )
  })
})
