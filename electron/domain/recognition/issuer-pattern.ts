export interface PatternShape {
  readonly shortest: number
  readonly longest: number
  readonly groups: readonly string[]
}

const LONGEST_PATTERN = 200
/** The platform's field takes 100 characters; below 8 nothing names a pack. */
const SHORTEST_CODE = 8
const LONGEST_CODE = 100

/** One thing that takes one character: a digit, a set, a character as it stands. */
const ATOM = /\\d|\\[.\-/*+$()]|\[(?:\\d|[0-9]-[0-9]|[A-Z]-[A-Z]|[a-z]-[a-z]|[0-9A-Za-z._/*+#:])+\]|[0-9A-Za-z_#:;,@=%&!-]/y
/** A character, or one of a few. */
const IS_OWN = /^(?:\\[^d]|[^\\[]|\[[^\\-]{1,4}\])$/
const COUNT = /\{(\d{1,3})(?:,(\d{1,3}))?\}|\?/y
const GROUP = /\(\?<([A-Za-z]{1,20})>/y

/**
 * A rule's pattern is a regular expression of a small language: `^`, then digits `\d`, sets `[A-Z0-9]`, characters and named groups, each with `{n}`, `{n,m}` or `?`, then `$`.
 * No `*`, `+`, `|`, no group in a group, at most two varying counts: it can neither run away nor match everything.
 */
export const checkPattern = (pattern: unknown): PatternShape | { readonly error: string } => {
  if (typeof pattern !== 'string' || pattern.length > LONGEST_PATTERN) return { error: `a text of up to ${LONGEST_PATTERN} characters` }
  if (!pattern.startsWith('^') || !pattern.endsWith('$') || pattern.endsWith('\\$')) return { error: 'begins with ^ and ends with $' }
  const end = pattern.length - 1
  const groups: string[] = []
  let inGroup = false
  let shortest = 0
  let longest = 0
  let varying = 0
  let own = 0
  for (let at = 1; at < end;) {
    GROUP.lastIndex = at
    const group = inGroup ? null : GROUP.exec(pattern)
    if (group !== null) {
      if (groups.includes(group[1] ?? '')) return { error: `two groups are named ${group[1]}` }
      groups.push(group[1] ?? '')
      inGroup = true
      at += group[0].length
      continue
    }
    if (inGroup && pattern[at] === ')') {
      inGroup = false
      at += 1
      continue
    }
    ATOM.lastIndex = at
    const atom = ATOM.exec(pattern)
    if (atom === null) return { error: `character ${at + 1} is not of its language: \\d, [A-Z0-9], plain characters, (?<name>…), {n}, {n,m}, ?` }
    at += atom[0].length
    COUNT.lastIndex = at
    const count = COUNT.exec(pattern)
    const low = count === null ? 1 : Number(count[1] ?? 0)
    const high = count === null ? 1 : Number(count[2] ?? count[1] ?? 1)
    if (high < low) return { error: `character ${at + 1}: the second number of a count is the larger` }
    at += count?.[0].length ?? 0
    shortest += low
    longest += high
    if (low !== high) varying += 1
    if (low > 0 && IS_OWN.test(atom[0])) own += 1
  }
  if (inGroup) return { error: 'a group is not closed' }
  if (shortest < SHORTEST_CODE || longest > LONGEST_CODE) return { error: `its codes have ${SHORTEST_CODE} to ${LONGEST_CODE} characters` }
  if (varying > 2) return { error: 'at most two counts vary' }
  if (own === 0) return { error: 'names no character of its own: it would match whatever has that length' }
  return { shortest, longest, groups }
}
