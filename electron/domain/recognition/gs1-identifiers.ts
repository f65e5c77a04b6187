/** One application identifier: what may stand after it. */
export interface ElementRule {
  readonly ai: string
  /** Length of a fixed value; null when variable, ended by GS or the end. */
  readonly fixed: number | null
  readonly shortest: number
  readonly longest: number
  readonly pattern: RegExp
  readonly date: 'last-day' | 'month' | null
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
  ['9{6}', '31dd 32dd 33dd 34dd 35dd 36dd 395d 8005'],
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
/** YYMMDD: an expiry without a day ends with its month; of a production date only the month is known. */
const DATES: Readonly<Record<string, 'last-day' | 'month'>> = {
  '11': 'month',
  '12': 'last-day',
  '13': 'month',
  '15': 'last-day',
  '16': 'last-day',
  '17': 'last-day',
  '7006': 'month',
}

/** Character set 82 of the GS1 General Specifications. */
const SET_82 = '[!"%-?A-Z_a-z]'

const ruleOf = (ai: string, format: string): ElementRule => {
  const lengths = [...format.matchAll(/\{(\d+)(?:,(\d+))?\}/g)].map(([, low = '', high = low]) => [Number(low), Number(high)] as const)
  const shortest = lengths.reduce((sum, [low]) => sum + low, 0)
  const longest = lengths.reduce((sum, [, high]) => sum + high, 0)
  const pattern = new RegExp(`^${format.replaceAll('9{', '[0-9]{').replaceAll('c{', `${SET_82}{`)}$`)
  return { ai, fixed: shortest === longest ? longest : null, shortest, longest, pattern, date: DATES[ai] ?? null }
}

/** `31dd` → 3100 … 3199. */
const spread = (identifier: string): string[] =>
  identifier.includes('d') ? Array.from({ length: 10 }, (_, digit) => identifier.replace('d', String(digit))).flatMap(spread) : [identifier]

const RULES: ReadonlyMap<string, ElementRule> = new Map(
  [...FORMATS.map(([format, identifiers]) => [format, identifiers.split(' ')] as const), ['9{6}', Object.keys(DATES)] as const].flatMap(
    ([format, identifiers]) => identifiers.flatMap(spread).map((ai) => [ai, ruleOf(ai, format)] as const),
  ),
)

export const ruleFor = (ai: string): ElementRule | null => RULES.get(ai) ?? null

/** The identifier that stands at `at`. No identifier is the beginning of another, so the first length that fits is the right one. */
export const ruleAt = (text: string, at: number): ElementRule | null =>
  RULES.get(text.slice(at, at + 2)) ?? RULES.get(text.slice(at, at + 3)) ?? RULES.get(text.slice(at, at + 4)) ?? null
