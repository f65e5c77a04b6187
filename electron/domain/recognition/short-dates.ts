/** The window slides with the year it is read in; callers with a clock hand theirs over. */
export const REFERENCE_YEAR = 2026

const two = (n: number): string => String(n).padStart(2, '0')

/** GS1 rule: 51 or more years ahead is the last century, 50 or more behind is the next. */
export const centuryOf = (twoDigits: number, thisYear: number): number => {
  const inCentury = thisYear % 100
  const ahead = twoDigits - inCentury
  const year = thisYear + ahead
  return ahead >= 51 ? year - 100 : ahead <= -50 ? year + 100 : year
}

const lastDay = (year: number, month: number): number => {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** Written once: `-MM-DD` at month × 32 + day. */
const MONTH_DAY = Array.from({ length: 13 * 32 }, (_, n) => `-${two(n >> 5)}-${two(n & 31)}`)

/** Two digits at `at`; −1 when they are none. */
const twoAt = (text: string, at: number): number => {
  const tens = text.charCodeAt(at) - 48
  const ones = text.charCodeAt(at + 1) - 48
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1
}

/**
 * YYMMDD at `at` → `YYYY-MM-DD`; null when it is no calendar date. DD = 00 names no day: the last of the month for an expiry, else the answer is `YYYY-MM`.
 */
export const shortDateAt = (text: string, at: number, thisYear: number, dayless: 'last-day' | 'month'): string | null => {
  const short = twoAt(text, at)
  const month = twoAt(text, at + 2)
  const day = twoAt(text, at + 4)
  if (short < 0 || month < 1 || month > 12 || day < 0) return null
  const year = centuryOf(short, thisYear)
  const last = lastDay(year, month)
  if (day > last) return null
  if (day === 0 && dayless === 'month') return `${year}-${two(month)}`
  return `${year}${MONTH_DAY[month * 32 + (day === 0 ? last : day)] ?? ''}`
}

/** As `shortDateAt`, of a text that is the date and nothing else. */
export const shortDate = (yymmdd: string, thisYear: number, dayless: 'last-day' | 'month'): string | null =>
  yymmdd.length === 6 ? shortDateAt(yymmdd, 0, thisYear, dayless) : null

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
