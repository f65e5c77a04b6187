import { mod10VerifiesAt } from './check-digits.ts'
import { isGs1Symbology } from './gs1.ts'

export interface Cleaned {
  readonly text: string
  readonly aim: string | null
  readonly because: readonly string[]
}

/** Full-width ASCII of an input method, its wide blank and its full stop. */
const FULL_WIDTH = /[\uff01-\uff5e\u3000\u3002\uff61]/g
const foldOne = (c: string): string => (c === '\u3000' ? ' ' : c === '\u3002' || c === '\uff61' ? '.' : String.fromCharCode(c.charCodeAt(0) - 0xfee0))
const foldFullWidth = (text: string): string => text.replace(FULL_WIDTH, foldOne)

/** Everything a device may put around a scan but GS (0x1D), which is data. */
const AROUND =
  /^[\s\u0000-\u0008\u000e-\u001c\u001e\u001f\u007f\u200b-\u200f\u2060\ufeff]+|[\s\u0000-\u0008\u000e-\u001c\u001e\u001f\u007f\u200b-\u200f\u2060\ufeff]+$/g
const AIM = /^\](?=[A-Za-z][0-9A-Za-z])../

/** A wedge that misses a Shift sends `]c1`. E/e (EAN, DataBar) and H/h (Code 11, Han Xin) are both in use: their case stays. */
const aimCase = (aim: string): string => {
  const letter = aim.charAt(1)
  return `]${'eEhHz'.includes(letter) ? letter : letter === 'D' || letter === 'd' ? 'd' : letter.toUpperCase()}${aim.slice(2)}`
}

const LABELLED = /药品标识码[^\d]{0,20}([\d\s-]*\d)[^\d]{0,20}序列号[^\d]{0,20}([\d\s-]*\d)/
const LABEL = /^(?:(?:药品|医药)?(?:追溯|溯源|电子监管)码\s*:?\s*)+/
/** Blanks, hyphens and dashes a label, a keyboard or an input method may use between groups. No line break and no TAB: those end a scan. */
const GROUPING = /[ \u00a0\u2000-\u200a\u202f\-\u2010-\u2015\u2212]/g
const GROUPED_DIGITS = /^\d[\d \u00a0\u2000-\u200a\u202f\-\u2010-\u2015\u2212]*[\dXx]$/

/** In a symbol of GS1 a hyphen is data: lot 12-34 is not lot 1234. */
const isElementString = (text: string, aim: string | null): boolean => isGs1Symbology(aim, text) || (/^01\d{14}/.test(text) && mod10VerifiesAt(text, 2, 16))

/** The driver decoded the bytes; here: fold, trim, AIM off, labels off, grouping off (trace-codes.md §2.4). Changes the case of nothing. */
export const clean = (raw: string, deliveredAim: string | undefined): Cleaned => {
  const because: string[] = []
  const folded = foldFullWidth(raw)
  if (folded !== raw) because.push('full-width characters of an input method were folded')
  let text = folded.replace(AROUND, '')
  let aim = deliveredAim === undefined || deliveredAim.trim() === '' ? null : aimCase(`]${deliveredAim.trim().replace(/^\]/, '').slice(0, 2)}`)
  for (let before = ''; before !== text;) {
    before = text
    const prefix = AIM.exec(text)
    if (prefix !== null) {
      aim ??= aimCase(prefix[0])
      text = text.slice(3)
    }
    const labelled = LABELLED.exec(text)
    if (labelled !== null) because.push('the two labelled groups were joined')
    if (labelled !== null) text = `${labelled[1] ?? ''}${labelled[2] ?? ''}`
    const bare = text.replace(LABEL, '')
    if (bare !== text) because.push('a printed label was removed')
    text = bare.replace(AROUND, '')
  }
  if (aim !== null) because.push(`symbology ${aim}`)
  if (GROUPED_DIGITS.test(text) && !isElementString(text, aim)) {
    const joined = text.replace(GROUPING, '')
    if (joined !== text) because.push('blanks and hyphens between digits were removed')
    text = joined
  }
  return { text, aim, because }
}
