import type { PaperWidth } from '../../contract/receipt.ts'

/** At 203 dpi a column is 12 dots: 384 and 576 dots (devices.md §2.1). */
export const COLUMNS: Readonly<Record<PaperWidth, number>> = { '58': 32, '80': 48 }

const INVISIBLE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufeff]|\p{Variation_Selector}/gu

/**
 * Text as it may go to paper: one line, composed, no control characters (a drug name must not carry a printer command), and the yen sign mapped
 * before anything is counted: U+00A5 is not in GBK and its replacement is two columns wide.
 */
export const printable = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\n\t\u00a0]/g, ' ')
    .replace(INVISIBLE, '')
    .replaceAll('\u00a5', '\uffe5')

/** ASCII is one column; everything else a receipt printer draws in two, also ·, × and ① which a terminal draws narrow. */
export const charWidth = (character: string): 1 | 2 => (character >= ' ' && character <= '~' ? 1 : 2)

export const displayWidth = (text: string): number => {
  let width = 0
  for (const character of text) width += charWidth(character)
  return width
}

/** Never first on a line. */
const CLOSING = /^[，。；：、！？）】》〉」』”’％℃]$/

/** ASCII words stay together, every wide character stands alone. */
const TOKEN = / +|[!-~]+|[^ -~]/gu

const chop = (word: string, columns: number): string[] => {
  const parts: string[] = []
  for (let at = 0; at < word.length; at += columns) parts.push(word.slice(at, at + columns))
  return parts
}

/**
 * Lines of at most `columns` (2 or more). Nothing is cut: the lines joined are the text but for blanks at the breaks.
 * A word longer than a line fills its lines to the end, so that a long code takes as few as it can.
 */
export const wrap = (text: string, columns: number): string[] => {
  if (columns < 2) throw new RangeError(`cannot wrap into ${columns} columns`)
  const tokens = [...printable(text).matchAll(TOKEN)].flatMap(([token]) => (token.length > columns && token !== ' ' ? chop(token, columns) : [token]))
  const lines: string[] = []
  let line: string[] = []
  let width = 0
  const end = (): void => {
    lines.push(line.join('').trimEnd())
    line = []
    width = 0
  }
  for (const token of tokens) {
    const wide = displayWidth(token)
    if (width + wide > columns) {
      const carried = CLOSING.test(token) && line.length > 1 ? line.pop() : undefined
      end()
      if (carried !== undefined && displayWidth(carried) + wide <= columns) {
        line = [carried]
        width = displayWidth(carried)
      } else if (carried !== undefined) {
        lines.push(carried)
      }
    }
    // A blank at the start of a continued line is the break itself.
    if (token.trim() === '' && line.length === 0 && lines.length > 0) continue
    line.push(token)
    width += wide
  }
  if (line.length > 0 || lines.length === 0) end()
  return lines
}

/** Blanks before or behind, to exactly `columns`; a longer text is returned as it is. */
export const pad = (text: string, columns: number, align: 'left' | 'right' | 'center'): string => {
  const free = Math.max(0, columns - displayWidth(text))
  const before = align === 'left' ? 0 : align === 'right' ? free : Math.floor(free / 2)
  return ' '.repeat(before) + text + ' '.repeat(free - before)
}
