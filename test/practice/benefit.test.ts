import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lineFen, shareFen } from '../../electron/practice/amounts.ts'
import { computeBenefit, splitLine } from '../../electron/practice/benefit/compute.ts'
import type { BenefitCase, BenefitLine } from '../../electron/practice/benefit/compute.ts'
import { findRule, practiceBenefitRules } from '../../electron/practice/benefit/rules.ts'

const line = (change: Partial<BenefitLine>): BenefitLine => ({
  amountFen: 1000,
  countE4: 10_000,
  class: 'A',
  preSelfPayE4: 0,
  priceLimitMicro: null,
  ...change,
})
const benefitCase = (change: Partial<BenefitCase>): BenefitCase => ({
  lines: [line({})],
  pooling: null,
  yearCapFen: 0,
  used: { deductibleFen: 0, fundFen: 0 },
  subsidyE4: 0,
  account: { kind: 'own', balanceFen: 100_000, paysSelfPaid: false },
  ...change,
})
const pooling = { deductibleFen: 30_000, share: 6000, yearCapFen: 150_000, yearCapByDisease: {} }

describe('one line', () => {
  test('甲 is fully in scope', () => {
    expect(splitLine(line({ amountFen: 1120 }))).toEqual({ fullSelfPayFen: 0, overLimitFen: 0, preSelfPayFen: 0, inScopeFen: 1120 })
  })
  test('乙 leaves its first share to the patient, rounded half up once', () => {
    // 12.35 × 10 % = 1.235 → 1.24
    expect(splitLine(line({ amountFen: 1235, class: 'B', preSelfPayE4: 1000 }))).toEqual({
      fullSelfPayFen: 0,
      overLimitFen: 0,
      preSelfPayFen: 124,
      inScopeFen: 1111,
    })
  })
  test('what is not on the list is all self-paid, without a limit price', () => {
    expect(splitLine(line({ amountFen: 1000, class: 'none', priceLimitMicro: 1 }))).toEqual({
      fullSelfPayFen: 1000,
      overLimitFen: 0,
      preSelfPayFen: 0,
      inScopeFen: 0,
    })
  })
  test('above the limit price the excess is self-paid before any share is taken', () => {
    // 2 × 10.00 at a limit of 8.00: 16.00 count, 4.00 over, 20 % of 16.00 first
    expect(splitLine(line({ amountFen: 2000, countE4: 20_000, class: 'B', preSelfPayE4: 2000, priceLimitMicro: 8_000_000 }))).toEqual({
      fullSelfPayFen: 0,
      overLimitFen: 400,
      preSelfPayFen: 320,
      inScopeFen: 1280,
    })
  })
  test('multiplies exactly and rounds half up once', () => {
    expect(lineFen(5_000, 10_000)).toBe(1)
    expect(lineFen(4_999, 10_000)).toBe(0)
    expect(lineFen(333_333, 30_000)).toBe(100)
    expect(lineFen(1_005_000, 10_000)).toBe(101)
    expect(shareFen(5, 5000)).toBe(3)
  })
})

describe('药店购药 (41): the pooled fund does not pay', () => {
  test('the account pays what is in scope and the first shares, cash the rest', () => {
    const benefit = computeBenefit(
      benefitCase({ lines: [line({ amountFen: 1000 }), line({ amountFen: 2000, class: 'B', preSelfPayE4: 1000 }), line({ amountFen: 500, class: 'none' })] }),
    )
    expect(benefit).toMatchObject({
      totalFen: 3500,
      fundFen: 0,
      personalFen: 3500,
      accountFen: 3000,
      cashFen: 500,
      fullSelfPayFen: 500,
      preSelfPayFen: 200,
      inScopeFen: 2800,
      deductibleFen: 0,
    })
  })
  test('by the profile switch the account pays what is off the list as well', () => {
    const benefit = computeBenefit(
      benefitCase({ lines: [line({ amountFen: 500, class: 'none' })], account: { kind: 'own', balanceFen: 100_000, paysSelfPaid: true } }),
    )
    expect(benefit).toMatchObject({ accountFen: 500, cashFen: 0 })
  })
  test('cash covers what the balance does not', () => {
    expect(computeBenefit(benefitCase({ lines: [line({ amountFen: 2000 })], account: { kind: 'own', balanceFen: 1230, paysSelfPaid: false } }))).toMatchObject({
      accountFen: 1230,
      cashFen: 770,
    })
  })
  test('a family account pays under its own name', () => {
    expect(computeBenefit(benefitCase({ account: { kind: 'family', balanceFen: 600, paysSelfPaid: false } }))).toMatchObject({
      accountFen: 0,
      familyAccountFen: 600,
      cashFen: 400,
    })
  })
})

describe('普通门诊 (11): deductible, share, cap', () => {
  test("the first purchase of a year below the deductible is the patient's", () => {
    expect(computeBenefit(benefitCase({ lines: [line({ amountFen: 10_000 })], pooling, yearCapFen: 150_000 }))).toMatchObject({
      deductibleFen: 10_000,
      pooledFen: 0,
      personalFen: 10_000,
    })
  })
  test('what is above it is shared', () => {
    // 400.00 − 300.00 = 100.00 × 60 % = 60.00
    expect(computeBenefit(benefitCase({ lines: [line({ amountFen: 40_000 })], pooling, yearCapFen: 150_000 }))).toMatchObject({
      deductibleFen: 30_000,
      pooledFen: 6000,
      personalFen: 34_000,
    })
  })
  test('what was paid of it before counts', () => {
    expect(
      computeBenefit(benefitCase({ lines: [line({ amountFen: 10_000 })], pooling, yearCapFen: 150_000, used: { deductibleFen: 25_000, fundFen: 0 } })),
    ).toMatchObject({ deductibleFen: 5000, pooledFen: 3000 })
  })
  test('the yearly cap ends it', () => {
    expect(
      computeBenefit(benefitCase({ lines: [line({ amountFen: 100_000 })], pooling, yearCapFen: 150_000, used: { deductibleFen: 30_000, fundFen: 149_000 } })),
    ).toMatchObject({ capLeftFen: 1000, pooledFen: 1000, personalFen: 99_000 })
  })
  test('a civil servant is given half of what the fund left above the deductible', () => {
    // 400.00: 60.00 fund, 40.00 left above the deductible, half of it 20.00
    const benefit = computeBenefit(benefitCase({ lines: [line({ amountFen: 40_000 })], pooling, yearCapFen: 150_000, subsidyE4: 5000 }))
    expect(benefit).toMatchObject({ pooledFen: 6000, subsidyFen: 2000, fundFen: 8000, personalFen: 32_000 })
    expect(benefit.explanation).toContain('公务员补助20.00元')
  })
  test('the explanation says the sum in words', () => {
    expect(computeBenefit(benefitCase({ lines: [line({ amountFen: 40_000 })], pooling, yearCapFen: 150_000 })).explanation).toBe(
      '费用总额400.00元,其中全自费0.00元、超限价0.00元、先行自付0.00元,政策范围内400.00元;年度起付线300.00元,此前已付0.00元,本次计起付线300.00元;起付线以上100.00元×60%,年度剩余限额1500.00元,统筹支付60.00元;个人负担340.00元:账户340.00元、现金0.00元',
    )
  })
})

describe('for any basket', () => {
  const anyLine = fc
    .record({
      countE4: fc.integer({ min: 1, max: 1_000_000 }),
      price: fc.integer({ min: 1, max: 3_000_000_000 }),
      class: fc.constantFrom('A' as const, 'B' as const, 'none' as const),
      preSelfPayE4: fc.integer({ min: 0, max: 10_000 }),
      limit: fc.option(fc.integer({ min: 0, max: 3_000_000_000 })),
    })
    .map(({ countE4, price, class: level, preSelfPayE4, limit }): BenefitLine => ({
      countE4,
      amountFen: lineFen(price, countE4),
      class: level,
      preSelfPayE4,
      priceLimitMicro: limit,
    }))
  const anyCase = fc.record({
    lines: fc.array(anyLine, { minLength: 1, maxLength: 30 }),
    pooling: fc.option(
      fc.record({
        deductibleFen: fc.integer({ min: 0, max: 100_000 }),
        share: fc.integer({ min: 0, max: 10_000 }),
        yearCapFen: fc.constant(0),
        yearCapByDisease: fc.constant({}),
      }),
    ),
    yearCapFen: fc.integer({ min: 0, max: 1_000_000 }),
    used: fc.record({ deductibleFen: fc.integer({ min: 0, max: 200_000 }), fundFen: fc.integer({ min: 0, max: 2_000_000 }) }),
    subsidyE4: fc.integer({ min: 0, max: 10_000 }),
    account: fc.record({
      kind: fc.constantFrom('own' as const, 'family' as const, 'none' as const),
      balanceFen: fc.integer({ min: 0, max: 10_000_000 }),
      paysSelfPaid: fc.boolean(),
    }),
  })

  test('every equation holds and nothing is negative', () => {
    fc.assert(
      fc.property(anyCase, (basket) => {
        const b = computeBenefit(basket)
        for (const value of Object.values(b)) if (typeof value === 'number') expect(Number.isSafeInteger(value) && value >= 0).toBe(true)
        expect(b.totalFen).toBe(b.fundFen + b.personalFen)
        expect(b.personalFen).toBe(b.accountFen + b.cashFen + b.familyAccountFen)
        expect(b.fundFen).toBe(b.pooledFen + b.subsidyFen)
        expect(b.totalFen).toBe(b.fullSelfPayFen + b.overLimitFen + b.preSelfPayFen + b.inScopeFen)
        b.lines.forEach((split, i) => {
          expect(split.fullSelfPayFen + split.overLimitFen + split.preSelfPayFen + split.inScopeFen).toBe(basket.lines[i]!.amountFen)
          expect(Math.min(split.fullSelfPayFen, split.overLimitFen, split.preSelfPayFen, split.inScopeFen)).toBeGreaterThanOrEqual(0)
        })
        expect(b.fundFen).toBeLessThanOrEqual(b.inScopeFen - b.deductibleFen)
        expect(b.pooledFen).toBeLessThanOrEqual(b.capLeftFen)
        expect(b.accountFen + b.familyAccountFen).toBeLessThanOrEqual(basket.account.balanceFen)
        if (basket.pooling === null) expect(b.fundFen + b.deductibleFen).toBe(0)
        if (basket.account.kind === 'none') expect(b.cashFen).toBe(b.personalFen)
        if (!basket.account.paysSelfPaid) expect(b.cashFen).toBeGreaterThanOrEqual(b.fullSelfPayFen + b.overLimitFen)
      }),
      { numRuns: 500 },
    )
  })

  test('within a year the fund never pays more than the cap and the deductible is paid once', () => {
    fc.assert(
      fc.property(fc.array(fc.array(anyLine, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 20 }), (purchases) => {
        let used = { deductibleFen: 0, fundFen: 0 }
        for (const lines of purchases) {
          const b = computeBenefit(benefitCase({ lines, pooling, yearCapFen: pooling.yearCapFen, used }))
          used = { deductibleFen: used.deductibleFen + b.deductibleFen, fundFen: used.fundFen + b.pooledFen }
        }
        expect(used.deductibleFen).toBeLessThanOrEqual(pooling.deductibleFen)
        expect(used.fundFen).toBeLessThanOrEqual(pooling.yearCapFen)
        if (used.fundFen > 0) expect(used.deductibleFen).toBe(pooling.deductibleFen)
      }),
    )
  })
})

describe('the practice rules', () => {
  const rules = practiceBenefitRules()
  test('a rule for the person type comes before the general one', () => {
    expect(findRule(rules, '310', '11', '12')?.pooling?.share).toBe(7000)
    expect(findRule(rules, '310', '11', '11')?.pooling?.share).toBe(6000)
  })
  test('residents have no account and no rule for 特药', () => {
    expect(findRule(rules, '390', '41', '15')?.account).toBe(false)
    expect(findRule(rules, '390', '18', '15')).toBeNull()
  })
  test('the two-disease scheme pays at least half, as the national rule has it', () => {
    expect(findRule(rules, '390', '9901', '16')?.pooling?.share).toBeGreaterThanOrEqual(5000)
  })
})
