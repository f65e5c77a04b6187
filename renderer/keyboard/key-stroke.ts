/** One key going down, without the DOM: what the scan machine decides on. */
export interface KeyStroke {
  /** Physical key: says the same under every layout, Caps Lock and most input methods. */
  readonly code: string
  /** What the system says the key means. */
  readonly key: string
  readonly shift: boolean
  readonly ctrl: boolean
  readonly alt: boolean
  readonly meta: boolean
  /** The input method took the key (keyCode 229 or isComposing). */
  readonly composing: boolean
  readonly repeat: boolean
  /** When the key went down, by the event's own clock: handlers may run late, the keys did not. */
  readonly at: number
}

const SHIFTED: Readonly<Record<string, readonly [string, string]>> = {
  Digit1: ['1', '!'],
  Digit2: ['2', '@'],
  Digit3: ['3', '#'],
  Digit4: ['4', '$'],
  Digit5: ['5', '%'],
  Digit6: ['6', '^'],
  Digit7: ['7', '&'],
  Digit8: ['8', '*'],
  Digit9: ['9', '('],
  Digit0: ['0', ')'],
  Minus: ['-', '_'],
  Equal: ['=', '+'],
  BracketLeft: ['[', '{'],
  BracketRight: [']', '}'],
  Backslash: ['\\', '|'],
  Semicolon: [';', ':'],
  Quote: ["'", '"'],
  Backquote: ['`', '~'],
  Comma: [',', '<'],
  Period: ['.', '>'],
  Slash: ['/', '?'],
  Space: [' ', ' '],
}
const KEYPAD: Readonly<Record<string, string>> = { NumpadAdd: '+', NumpadSubtract: '-', NumpadMultiply: '*', NumpadDivide: '/', NumpadDecimal: '.' }

/** What a scanner set to the US layout meant by this key. Caps Lock is not asked: it is the cashier's, not the scanner's. Null: no character. */
export const scannedCharacter = (code: string, shift: boolean): string | null => {
  const letter = /^Key([A-Z])$/.exec(code)?.[1]
  if (letter !== undefined) return shift ? letter : letter.toLowerCase()
  const digit = /^Numpad(\d)$/.exec(code)?.[1]
  if (digit !== undefined) return digit
  const pair = SHIFTED[code]
  return pair === undefined ? (KEYPAD[code] ?? null) : pair[shift ? 1 : 0]
}

const MODIFIER = /^(Shift|Control|Alt|Meta|OS)(Left|Right)?$|^(CapsLock|NumLock|ScrollLock|Fn)$/
export const isModifier = (code: string): boolean => MODIFIER.test(code)

/** A key that would put a character into a field. */
export const isPrintable = (stroke: KeyStroke): boolean => !stroke.ctrl && !stroke.meta && !stroke.alt && Array.from(stroke.key).length === 1
