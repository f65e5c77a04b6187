import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { BusinessDate, Instant } from '../../electron/contract/time.ts'
import {
  addDays,
  ageOn,
  businessDate,
  compactToInstant,
  daysBetween,
  instantToCompact,
  instantToLocal,
  isExpired,
  localToInstant,
  nearExpiry,
  parseDate,
  startOfDay,
  timeOfDay,
} from '../../electron/domain/calendar.ts'

const at = (iso: string): Instant => Date.parse(iso) as Instant
const date = (text: string): BusinessDate => text as BusinessDate
const anyInstant = fc.integer({ min: 0, max: Date.UTC(2199, 11, 31) }).map((n) => n as Instant)
const anyDate = fc.integer({ min: 0, max: 80_000 }).map((n) => new Date(n * 86_400_000).toISOString().slice(0, 10) as BusinessDate)

test('the business date turns at midnight in Shanghai, not in Greenwich', () => {
  expect(businessDate(at('2026-11-21T15:59:59.999Z'))).toBe('2026-11-21')
  expect(businessDate(at('2026-11-21T16:00:00Z'))).toBe('2026-11-22')
  expect(instantToLocal(at('2026-11-21T16:00:00Z'))).toBe('2026-11-22 00:00:00')
  expect(instantToCompact(at('2026-11-21T06:05:04Z'))).toBe('20261121140504')
  expect(timeOfDay(at('2026-11-21T06:05:04Z'))).toBe('14:05')
})

test('local and compact times read back to the same second', () => {
  fc.assert(
    fc.property(anyInstant, (instant) => {
      const second = instant - (instant % 1000)
      expect(localToInstant(instantToLocal(instant))).toBe(second)
      expect(compactToInstant(instantToCompact(instant))).toBe(second)
    }),
  )
  expect(compactToInstant('20261121140504123')).toBe(at('2026-11-21T06:05:04.123Z'))
})

test.each(['', '2026-02-31 00:00:00', '2026-01-01 24:00:00', '2026-01-01 00:60:00', '2026-1-1 0:0:0', '1969-01-01 00:00:00', 'x'])('no time: %j', (text) => {
  expect(localToInstant(text)).toBeNull()
})

test('only real calendar dates are dates', () => {
  expect(parseDate('2028-02-29')).toBe('2028-02-29')
  expect(parseDate('20280229')).toBe('2028-02-29')
  for (const text of ['2027-02-29', '20260231', '2026-13-01', '2026-00-10', '2026-0101', '202601-01', '', '2026']) expect(parseDate(text)).toBeNull()
  fc.assert(
    fc.property(fc.string(), (text) => {
      const parsed = parseDate(text)
      if (parsed !== null) expect(parsed.replaceAll('-', '')).toBe(text.replaceAll('-', ''))
    }),
  )
})

test('adding days and counting them are inverse', () => {
  fc.assert(
    fc.property(anyDate, fc.integer({ min: -5000, max: 5000 }), (day, n) => {
      expect(daysBetween(day, addDays(day, n))).toBe(n)
      expect(addDays(addDays(day, n), -n)).toBe(day)
    }),
  )
  expect(addDays(date('2028-02-28'), 2)).toBe('2028-03-01')
})

test('days are counted as the Gregorian calendar has them, from year 0 to 9999', () => {
  fc.assert(
    fc.property(fc.integer({ min: Date.UTC(2000, 0, 1) / 86_400_000 - 730_485, max: 2_932_896 }), (day) => {
      const text = new Date(day * 86_400_000).toISOString().slice(0, 10)
      expect(daysBetween(date('1970-01-01'), date(text))).toBe(day)
      expect(parseDate(text)).toBe(text)
    }),
  )
  for (const text of ['2100-02-29', '2026-13-01', '2026-00-10', '2026-04-31', '2026-01-00', '9999-99-99']) expect(parseDate(text)).toBeNull()
  expect(parseDate('2000-02-29')).toBe('2000-02-29')
})

test('a day starts where its date starts', () => {
  fc.assert(
    fc.property(
      anyDate.filter((day) => day > '1970-01-01'),
      (day) => {
        expect(businessDate(startOfDay(day))).toBe(day)
        expect(businessDate((startOfDay(day) - 1) as Instant)).toBe(addDays(day, -1))
      },
    ),
  )
})

describe('expiry', () => {
  test('the expiry day itself is the last day of sale', () => {
    expect(isExpired(date('2026-11-21'), date('2026-11-21'))).toBe(false)
    expect(isExpired(date('2026-11-21'), date('2026-11-22'))).toBe(true)
  })
  test('a shop may stop earlier, never later', () => {
    expect(isExpired(date('2026-11-21'), date('2026-11-21'), 1)).toBe(true)
    expect(isExpired(date('2026-11-21'), date('2026-11-20'), 1)).toBe(false)
  })
  test('near expiry ends where expiry begins', () => {
    expect(nearExpiry(date('2026-11-21'), date('2026-11-21'), 90)).toBe(true)
    expect(nearExpiry(date('2027-02-19'), date('2026-11-21'), 90)).toBe(true)
    expect(nearExpiry(date('2027-02-20'), date('2026-11-21'), 90)).toBe(false)
    expect(nearExpiry(date('2026-11-20'), date('2026-11-21'), 90)).toBe(false)
  })
  test('a pack is expired, near expiry or neither, and once expired stays so', () => {
    fc.assert(
      fc.property(anyDate, anyDate, fc.integer({ min: 0, max: 400 }), (expiresOn, today, days) => {
        expect(isExpired(expiresOn, today) && nearExpiry(expiresOn, today, days)).toBe(false)
        if (isExpired(expiresOn, today)) expect(isExpired(expiresOn, addDays(today, 1))).toBe(true)
      }),
    )
  })
})

test('age counts full years', () => {
  expect(ageOn(date('1980-11-22'), date('2026-11-21'))).toBe(45)
  expect(ageOn(date('1980-11-21'), date('2026-11-21'))).toBe(46)
  expect(ageOn(date('2027-01-01'), date('2026-11-21'))).toBeNull()
})
