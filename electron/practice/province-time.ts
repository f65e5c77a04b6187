/** China keeps one zone without summer time: business time is a fixed shift. */
const SHANGHAI_MS = 8 * 3_600_000

const local = (at: number): string => new Date(at + SHANGHAI_MS).toISOString()

/** `yyyy-MM-dd` */
export const dateText = (at: number): string => local(at).slice(0, 10)
/** `yyyy-MM-dd HH:mm:ss` */
export const timeText = (at: number): string => local(at).slice(0, 19).replace('T', ' ')
/** `yyyyMMddHHmmss` */
export const compactTime = (at: number): string => local(at).slice(0, 19).replace(/\D/g, '')
/** `yyyyMMddHHmmssSSS`, the form of `refmsg_time`. */
export const compactTimeMs = (at: number): string => local(at).slice(0, 23).replace(/\D/g, '')

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/
const TIME = /^(\d{4}-\d{2}-\d{2}) ([01]\d|2[0-3]):([0-5]\d):([0-5]\d)$/
const COMPACT = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/

/** A date of the calendar, not merely ten characters: 31 February is refused. */
export const isDate = (text: string): boolean => {
  if (!DATE.test(text)) return false
  const ms = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === text
}

export const isTime = (text: string): boolean => {
  const match = TIME.exec(text)
  return match !== null && isDate(match[1] ?? '')
}

/** Epoch ms of `yyyy-MM-dd HH:mm:ss`; null when it is no such time. */
export const parseTime = (text: string): number | null => (isTime(text) ? Date.parse(`${text.replace(' ', 'T')}Z`) - SHANGHAI_MS : null)

/** Epoch ms of `yyyyMMddHHmmss`; null when it is no such time. */
export const parseCompactTime = (text: string): number | null => {
  const match = COMPACT.exec(text)
  if (match === null) return null
  const [, year, month, day, hours, minutes, seconds] = match
  return parseTime(`${year}-${month}-${day} ${hours}:${minutes}:${seconds}`)
}

/** Whole years and tenths, as 1101 answers an age (4,1). */
export const ageInTenths = (born: string, at: number): number => {
  const days = (Date.parse(`${dateText(at)}T00:00:00Z`) - Date.parse(`${born}T00:00:00Z`)) / 86_400_000
  return Math.max(0, Math.floor((days / 365.2425) * 10))
}
