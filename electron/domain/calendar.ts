import { Instant } from '../contract/time.ts'
import type { BusinessDate } from '../contract/time.ts'

/** China keeps one zone and no summer time (since 1991), so business time is a fixed shift. */
const SHANGHAI_MS = 8 * 3_600_000
const DAY_MS = 86_400_000

const isoLocal = (at: Instant): string => new Date(at + SHANGHAI_MS).toISOString()

/** The day asked for last: nearly every question is about today, and every scan asks. */
let lastDay = { number: Number.NaN, date: '' as BusinessDate }

/** The business date in Asia/Shanghai. */
export const businessDate = (at: Instant): BusinessDate => {
  const number = Math.floor((at + SHANGHAI_MS) / DAY_MS)
  if (number !== lastDay.number) lastDay = { number, date: isoLocal(at).slice(0, 10) as BusinessDate }
  return lastDay.date
}

/** `yyyy-MM-dd HH:mm:ss`, Asia/Shanghai. */
export const instantToLocal = (at: Instant): string => isoLocal(at).slice(0, 19).replace('T', ' ')

/** `yyyyMMddHHmmss`, Asia/Shanghai. */
export const instantToCompact = (at: Instant): string => isoLocal(at).slice(0, 19).replace(/\D/g, '')

/** `HH:mm`, Asia/Shanghai. */
export const timeOfDay = (at: Instant): string => isoLocal(at).slice(11, 16)

const ZERO = 48
const twoDigits = (text: string, at: number): number => (text.charCodeAt(at) - ZERO) * 10 + text.charCodeAt(at + 1) - ZERO

/**
 * Days since 1970 of a `yyyy-MM-dd` in digits, by arithmetic on a year that begins in March: every scan compares dates, and `Date.parse` takes ten times as long.
 * NaN when month or day are out of range; 31 February is 3 March.
 */
const dayNumber = (date: string): number => {
  const [month, day] = [twoDigits(date, 5), twoDigits(date, 8)]
  if (date.length !== 10 || !(month >= 1 && month <= 12 && day >= 1 && day <= 31)) return Number.NaN
  const year = twoDigits(date, 0) * 100 + twoDigits(date, 2) - (month > 2 ? 0 : 1)
  const leapDays = Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400)
  return year * 365 + leapDays + Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 719_469
}

const dateOfDay = (day: number): BusinessDate => {
  const text = new Date(day * DAY_MS).toISOString()
  if (!/^\d{4}-/.test(text)) throw new RangeError('date outside the years 0000 to 9999')
  return text.slice(0, 10) as BusinessDate
}

/** A real calendar date `yyyy-MM-dd` or `yyyyMMdd`; null for anything else, also for 31 February. */
export const parseDate = (text: string): BusinessDate | null => {
  const match = /^(\d{4})(-?)(\d{2})\2(\d{2})$/.exec(text)
  if (match === null) return null
  const [, year = '', , month = '', day = ''] = match
  const date = `${year}-${month}-${day}`
  const number = dayNumber(date)
  return Number.isNaN(number) || dateOfDay(number) !== date ? null : (date as BusinessDate)
}

const LOCAL = /^(\d{4}-\d{2}-\d{2})[ T]([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d{3})\d*)?$/
const COMPACT = /^(\d{8})([01]\d|2[0-3])([0-5]\d)([0-5]\d)(\d{3})?$/

const toInstant = (match: RegExpExecArray | null): Instant | null => {
  if (match === null) return null
  const [, day = '', hours, minutes, seconds, milliseconds = '0'] = match
  const date = parseDate(day)
  if (date === null) return null
  const ms = dayNumber(date) * DAY_MS + ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(milliseconds) - SHANGHAI_MS
  const parsed = Instant.safeParse(ms)
  return parsed.success ? parsed.data : null
}

/** Reads `yyyy-MM-dd HH:mm:ss` of Asia/Shanghai; null when it is no such time. */
export const localToInstant = (text: string): Instant | null => toInstant(LOCAL.exec(text))

/** Reads `yyyyMMddHHmmss` or, as the platform's answer time, `yyyyMMddHHmmssSSS`. */
export const compactToInstant = (text: string): Instant | null => toInstant(COMPACT.exec(text))

/** 00:00 of the date in Asia/Shanghai. Throws before 1970. */
export const startOfDay = (date: BusinessDate): Instant => Instant.parse(dayNumber(date) * DAY_MS - SHANGHAI_MS)

/** By days: the limits of every scan, asked from today. */
const added = new Map<number, { readonly date: BusinessDate; readonly sum: BusinessDate }>()
const MOST_ADDED = 100

export const addDays = (date: BusinessDate, days: number): BusinessDate => {
  const known = added.get(days)
  if (known !== undefined && known.date === date) return known.sum
  const sum = dateOfDay(dayNumber(date) + days)
  if (added.size >= MOST_ADDED) added.clear()
  added.set(days, { date, sum })
  return sum
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: BusinessDate, to: BusinessDate): number => dayNumber(to) - dayNumber(from)

/** The expiry day itself is the last day of sale (rules.md §4; adjustable to earlier by `lastSaleDaysBefore`). */
export const isExpired = (expiresOn: BusinessDate, today: BusinessDate, lastSaleDaysBefore = 0): boolean =>
  expiresOn < (lastSaleDaysBefore === 0 ? today : addDays(today, lastSaleDaysBefore))

/** Not expired, and at most `days` days are left. */
export const nearExpiry = (expiresOn: BusinessDate, today: BusinessDate, days: number): boolean =>
  expiresOn >= today && expiresOn <= addDays(today, days)

/** Full years of age; null when born in the future. */
export const ageOn = (bornOn: BusinessDate, today: BusinessDate): number | null => {
  const years = Number(today.slice(0, 4)) - Number(bornOn.slice(0, 4)) - (today.slice(5) < bornOn.slice(5) ? 1 : 0)
  return years < 0 ? null : years
}
