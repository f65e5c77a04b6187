/** A number of the wire: a JSON number or a decimal text (`feedetl_sn` is a number of 30 digits, which JSON cannot carry as one). */
const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/

export interface Decimal {
  readonly negative: boolean
  readonly whole: string
  readonly fraction: string
}

/** A JS number came from JSON, so its shortest text is what was sent. Exponents and non-decimals are null. */
export const parseDecimal = (value: unknown): Decimal | null => {
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value : ''
  const match = DECIMAL.exec(text)
  if (match === null) return null
  return { negative: match[1] === '-', whole: (match[2] ?? '').replace(/^0+(?=\d)/, ''), fraction: (match[3] ?? '').replace(/0+$/, '') }
}

/** As an integer in 10⁻ᵈ; null when it has more decimals or leaves the safe integers. */
export const scaled = (value: unknown, decimals: number): number | null => {
  const decimal = parseDecimal(value)
  if (decimal === null || decimal.fraction.length > decimals) return null
  const magnitude = Number(decimal.whole + decimal.fraction.padEnd(decimals, '0'))
  if (!Number.isSafeInteger(magnitude)) return null
  return decimal.negative && magnitude !== 0 ? -magnitude : magnitude
}

/** Unused: absent, null, blank text, or (Hunan samples) the text `null`. */
export const isUnused = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'string' && (value.trim() === '' || value.trim() === 'null'))

export const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Text of a checked field; '' when unused. */
export const textOf = (row: Readonly<Record<string, unknown>>, code: string): string => {
  const value = row[code]
  return isUnused(value) ? '' : String(value).trim()
}
