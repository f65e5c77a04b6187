import type { InvalidReason } from './recognised.ts'

/** One application identifier: what may stand after it. */
export interface ElementRule {
  readonly ai: string
  /** The same as a number, and its digits. */
  readonly number: number
  readonly width: number
  /** Length of a fixed value; 0 when variable, ended by GS or the end. */
  readonly fixed: number
  readonly shortest: number
  readonly longest: number
  /** So many characters are digits, the rest of set 82. */
  readonly digitsFirst: number
  readonly date: 'last-day' | 'month' | null
  /** Its place in a set of identifiers; 0: not met on a drug's label. */
  readonly bit: number
}

/**
 * GS1 General Specifications, by value format. `9` a digit, `c` a character of set 82, `{n}` and `{n,m}` lengths. `d` in an identifier is any digit.
 * The whole list, not only a pharmacy's: an identifier that is not known here makes a symbol unreadable.
 */
const FORMATS: readonly (readonly [format: string, identifiers: string])[] = [
  ['9{18}', '00 8006 8017 8018 8026'],
  ['9{14}', '01 02 03 8001'],
  ['9{13}', '410 411 412 413 414 415 416 417 7001'],
  ['9{2}', '20 7241'],
  ['c{1,20}', '10 21 22 243 254 420 4302 4303 710 711 712 713 714 715 716 717 7020 7021 7022 8002 8012'],
  ['c{1,28}', '235'],
  ['c{1,30}', '240 241 250 251 400 401 403 7002 7023 8004 8010 90'],
  ['9{1,6}', '242'],
  ['9{13}c{0,17}', '253'],
  ['9{13}9{0,12}', '255'],
  ['9{1,8}', '30 37'],
  ['9{6}', '11 12 13 15 16 17 31dd 32dd 33dd 34dd 35dd 36dd 395d 7006 8005'],
  ['9{1,15}', '390d 392d'],
  ['9{3}9{1,15}', '391d 393d'],
  ['9{4}', '394d 8111'],
  ['9{17}', '402'],
  ['9{3}c{1,9}', '421'],
  ['9{3}', '422 424 426'],
  ['9{3}9{0,12}', '423 425'],
  ['c{1,3}', '427 7008'],
  ['c{1,35}', '4300 4301 4310 4311 4320'],
  ['c{1,70}', '4304 4305 4306 4312 4313 4314 4315 4316 8110 8112 8200'],
  ['c{2}', '4307 4317'],
  ['9{1}', '4321 4322 4323'],
  ['9{10}', '4324 4325 7003'],
  ['9{1,4}', '7004'],
  ['c{1,12}', '7005'],
  ['9{6,12}', '7007'],
  ['c{1,10}', '7009'],
  ['c{1,2}', '7010'],
  ['9{6}9{0,4}', '7011'],
  ['9{3}c{1,27}', '703d'],
  ['9{1}c{3}', '7040'],
  ['c{3,30}', '723d'],
  ['c{1,25}', '7242 8013 8014 8020'],
  ['9{14}c{0,16}', '8003'],
  ['c{1,34}', '8007'],
  ['9{8}9{0,4}', '8008'],
  ['c{1,50}', '8009'],
  ['9{1,12}', '8011'],
  ['9{1,10}', '8019'],
  ['c{1,90}', '8030 91 92 93 94 95 96 97 98 99'],
]
/** Begins with YYMMDD: an expiry without a day ends with its month; of a production date only the month is known. */
const DATES: Readonly<Record<string, 'last-day' | 'month'>> = {
  '11': 'month',
  '12': 'last-day',
  '13': 'month',
  '15': 'last-day',
  '16': 'last-day',
  '17': 'last-day',
  '7003': 'last-day',
  '7006': 'month',
  '8008': 'month',
}

/** Identifiers that share a drug's label: only these are looked for inside a value that no separator ends. */
const ON_A_LABEL = ['01', '10', '11', '13', '15', '17', '21', '30', '37', '240']
export const bitsOf = (identifiers: readonly string[]): number => identifiers.reduce((set, ai) => set | (1 << ON_A_LABEL.indexOf(ai)), 0)

const ruleOf = (ai: string, format: string): ElementRule => {
  const parts = [...format.matchAll(/([9c])\{(\d+)(?:,(\d+))?\}/g)].map(([, type = '', low = '', high = low]) => ({
    digits: type === '9',
    low: Number(low),
    high: Number(high),
  }))
  const shortest = parts.reduce((sum, { low }) => sum + low, 0)
  const longest = parts.reduce((sum, { high }) => sum + high, 0)
  const digitsFirst = parts.reduce((sum, { digits, high }) => (digits ? sum + high : sum), 0)
  return {
    ai,
    number: Number(ai),
    width: ai.length,
    fixed: shortest === longest ? longest : 0,
    shortest,
    longest,
    digitsFirst,
    date: DATES[ai] ?? null,
    bit: ON_A_LABEL.includes(ai) ? bitsOf([ai]) : 0,
  }
}

/** `31dd` → 3100 … 3199. */
const spread = (identifier: string): string[] =>
  identifier.includes('d') ? Array.from({ length: 10 }, (_, digit) => identifier.replace('d', String(digit))).flatMap(spread) : [identifier]

const ALL = FORMATS.flatMap(([format, identifiers]) =>
  identifiers
    .split(' ')
    .flatMap(spread)
    .map((ai) => ruleOf(ai, format)),
)
const RULES: ReadonlyMap<string, ElementRule> = new Map(ALL.map((rule) => [rule.ai, rule]))

/** The first two digits say how long an identifier is; by number, because a scan has no time for text. */
const LENGTHS = new Uint8Array(100)
const BY_NUMBER: (ElementRule | null)[] = Array.from({ length: 10_000 }, () => null)
for (const rule of ALL) {
  LENGTHS[Number(rule.ai.slice(0, 2))] = rule.ai.length
  BY_NUMBER[Number(rule.ai)] = rule
}

export const ruleFor = (ai: string): ElementRule | null => RULES.get(ai) ?? null

/** 0–9, else something from 10 on or below 0. */
const digitAt = (text: string, at: number): number => text.charCodeAt(at) - 48

/** The identifier that stands at `at`. */
export const ruleAt = (text: string, at: number): ElementRule | null => {
  const tens = digitAt(text, at)
  const ones = digitAt(text, at + 1)
  if (!(tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9)) return null
  let number = tens * 10 + ones
  const length = LENGTHS[number] ?? 0
  if (length === 0) return null
  for (let i = 2; i < length; i += 1) {
    const digit = digitAt(text, at + i)
    if (!(digit >= 0 && digit <= 9)) return null
    number = number * 10 + digit
  }
  return BY_NUMBER[number] ?? null
}

/** Character set 82 of the GS1 General Specifications; 2: a digit of it. */
const SET_82 = new Uint8Array(128)
for (const character of '!"%&\'()*+,-./:;<=>?_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz') SET_82[character.charCodeAt(0)] = 1
for (const digit of '0123456789') SET_82[digit.charCodeAt(0)] = 2

const isDigit = (code: number): boolean => code >= 48 && code <= 57

/** How far the characters fit the identifier's format, up to `to`; a GS fits none. Their number is not looked at. */
export const fitsUntil = (rule: ElementRule, text: string, from: number, to: number): number => {
  const letters = from + rule.digitsFirst
  let at = from
  while (at < to && at < letters && isDigit(text.charCodeAt(at))) at += 1
  if (at < letters) return at
  while (at < to && (SET_82[text.charCodeAt(at)] ?? 0) !== 0) at += 1
  return at
}

/** What is wrong with a value; its date is not looked at. */
export const misfit = (rule: ElementRule, text: string, from: number, to: number): InvalidReason | null => {
  const length = to - from
  if (length < rule.shortest || length > rule.longest) return `ai${rule.ai}-length`
  return fitsUntil(rule, text, from, to) === to ? null : `ai${rule.ai}-format`
}
