import { parseDate } from '../calendar.ts'

/** The window slides with the year it is read in; callers with a clock hand theirs over. */
export const REFERENCE_YEAR = 2026

const two = (n: number): string => String(n).padStart(2, '0')

/** GS1 rule: 51 or more years ahead is the last century, 50 or more behind is the next. */
export const centuryOf = (twoDigits: number, thisYear: number): number => {
  const ahead = twoDigits - (thisYear % 100)
  const century = thisYear - (thisYear % 100)
  if (ahead >= 51) return century - 100 + twoDigits
  return ahead <= -50 ? century + 100 + twoDigits : century + twoDigits
}

const lastDay = (year: number, month: number): number => {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31
}

/**
 * YYMMDD → `YYYY-MM-DD`; null when it is no calendar date. DD = 00 names no day: the last of the month for an expiry, else the answer is `YYYY-MM`.
 */
export const shortDate = (yymmdd: string, thisYear: number, dayless: 'last-day' | 'month'): string | null => {
  if (!/^\d{6}$/.test(yymmdd)) return null
  const year = centuryOf(Number(yymmdd.slice(0, 2)), thisYear)
  const month = Number(yymmdd.slice(2, 4))
  if (month < 1 || month > 12) return null
  if (yymmdd.endsWith('00')) return dayless === 'month' ? `${year}-${two(month)}` : `${year}-${two(month)}-${two(lastDay(year, month))}`
  return parseDate(`${year}-${two(month)}-${yymmdd.slice(4)}`)
}

/** MMYY → `YYYY-MM`. */
export const shortMonth = (mmyy: string, thisYear: number): string | null => {
  const month = Number(mmyy.slice(0, 2))
  return /^\d{4}$/.test(mmyy) && month >= 1 && month <= 12 ? `${centuryOf(Number(mmyy.slice(2)), thisYear)}-${mmyy.slice(0, 2)}` : null
}

/** YYJJJ (day of the year) → `YYYY-MM-DD`. */
export const julianDate = (yyjjj: string, thisYear: number): string | null => {
  if (!/^\d{5}$/.test(yyjjj)) return null
  const year = centuryOf(Number(yyjjj.slice(0, 2)), thisYear)
  let day = Number(yyjjj.slice(2))
  if (day < 1) return null
  for (let month = 1; month <= 12; month += 1) {
    const days = lastDay(year, month)
    if (day <= days) return `${year}-${two(month)}-${two(day)}`
    day -= days
  }
  return null
}
