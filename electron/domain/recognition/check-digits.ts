/** GS1 mod 10 of the digits from `from` to before `to`, the last being the check digit; weights 3,1,3,1… from the right. 0: it verifies; −1: one is no digit. */
export const mod10At = (text: string, from: number, to: number): number => {
  let sum = 0
  let at = to - 1
  for (; at > from; at -= 2) {
    const once = text.charCodeAt(at) - 48
    const thrice = text.charCodeAt(at - 1) - 48
    if (!(once >= 0 && once <= 9 && thrice >= 0 && thrice <= 9)) return -1
    sum += once + 3 * thrice
  }
  if (at < from) return sum % 10
  const first = text.charCodeAt(at) - 48
  return first >= 0 && first <= 9 ? (sum + first) % 10 : -1
}

export const mod10VerifiesAt = (text: string, from: number, to: number): boolean => mod10At(text, from, to) === 0

/** The check digit that belongs behind these digits. */
export const mod10Digit = (body: string): string => String((10 - mod10At(`${body}0`, 0, body.length + 1)) % 10)

/** Of a whole text. Also right for the 本位码. */
export const mod10Verifies = (digits: string): boolean => mod10VerifiesAt(digits, 0, digits.length)

const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** GB 11643: 17 digits and a check character, X in either case. */
export const idVerifies = (id: string): boolean => {
  let sum = 0
  for (let i = 0; i < 17; i += 1) sum += Number(id[i]) * (ID_WEIGHTS[i] ?? 0)
  return '10X98765432'[sum % 11] === id.charAt(17).toUpperCase()
}

const HIBC_ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%'

/** HIBC mod 43 over the whole string, the last character being the check. */
export const hibcVerifies = (text: string): boolean => {
  let sum = 0
  for (const character of text.slice(0, -1)) {
    const value = HIBC_ALPHABET.indexOf(character)
    if (value < 0) return false
    sum += value
  }
  return HIBC_ALPHABET[sum % 43] === text.at(-1)
}

const MA_SYMBOLS = '-.@$,*+%/#!^~'

/** MA maps every character to decimal digits; h–z start at 45, as 43 and 44 are skipped (trace-codes.md §1.4). */
const maDigits = (character: string): string | null => {
  const code = character.charCodeAt(0)
  if (/^[0-9]$/.test(character)) return character
  if (/^[A-Z]$/.test(character)) return String(code - 55)
  if (/^[a-g]$/.test(character)) return String(code - 61)
  if (/^[h-z]$/.test(character)) return String(code - 59)
  const symbol = MA_SYMBOLS.indexOf(character)
  return symbol < 0 ? null : String(64 + symbol)
}

/** The check digit that belongs to `text`, or null: a character without a value, or a 9, over which public implementations disagree. */
export const maCheckDigit = (text: string): string | null => {
  if (text.includes('9')) return null
  let joined = ''
  for (const character of text) {
    const mapped = maDigits(character)
    if (mapped === null) return null
    joined += mapped
  }
  let sum = 0
  for (let i = joined.length - 1, second = false; i >= 0; i -= 1, second = !second) {
    const value = Number(joined[i]) * (second ? 2 : 1)
    sum += value > 9 ? value - 9 : value
  }
  return String((10 - (sum % 10)) % 10)
}
