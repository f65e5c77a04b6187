export interface Decoded {
  readonly text: string
  /** Null: proper UTF-8. */
  readonly note: string | null
}

/** How many bytes a sequence has by its first byte; 0: no first byte of any. */
const sequenceLength = (first: number): number =>
  first < 0x80 ? 1 : first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : 0
const SMALLEST = [0, 0, 0x80, 0x800, 0x10000]

/** Strict UTF-8: no overlong forms, no surrogates, nothing cut off. Null: it is something else. */
const decodeUtf8 = (bytes: Uint8Array): string | null => {
  let text = ''
  for (let at = 0; at < bytes.length;) {
    const first = bytes[at] ?? 0
    const length = sequenceLength(first)
    if (length === 0 || at + length > bytes.length) return null
    let point = length === 1 ? first : first & (0x7f >> length)
    for (let i = 1; i < length; i += 1) {
      const next = bytes[at + i] ?? 0
      if ((next & 0xc0) !== 0x80) return null
      point = (point << 6) | (next & 0x3f)
    }
    if (point < (SMALLEST[length] ?? 0) || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return null
    text += String.fromCodePoint(point)
    at += length
  }
  return text
}

/** What a scanner's bytes say. Total: what is not UTF-8 is taken byte for byte (Latin-1), so that nothing is lost and ASCII stays ASCII; the note says so. */
export const decodeScan = (bytes: Uint8Array): Decoded => {
  const text = decodeUtf8(bytes)
  if (text !== null) return { text, note: null }
  let latin = ''
  for (const byte of bytes) latin += String.fromCharCode(byte)
  return { text: latin, note: 'invalid UTF-8, read byte by byte' }
}

const hex = (byte: number): string => byte.toString(16).padStart(2, '0')
const utf8 = (point: number): number[] => {
  if (point < 0x80) return [point]
  if (point < 0x800) return [0xc0 | (point >> 6), 0x80 | (point & 0x3f)]
  if (point < 0x10000) return [0xe0 | (point >> 12), 0x80 | ((point >> 6) & 0x3f), 0x80 | (point & 0x3f)]
  return [0xf0 | (point >> 18), 0x80 | ((point >> 12) & 0x3f), 0x80 | ((point >> 6) & 0x3f), 0x80 | (point & 0x3f)]
}

/** The bytes as delivered, in hex; of a text its UTF-8 (a lone surrogate keeps its number). Never print that of a payment code, voucher or ID. */
export const rawHex = (raw: string | Uint8Array): string =>
  (typeof raw === 'string' ? Array.from(raw, (character) => utf8(character.codePointAt(0) ?? 0)).flat() : Array.from(raw)).map(hex).join('')
