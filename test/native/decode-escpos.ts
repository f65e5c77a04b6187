import iconv from 'iconv-lite'
import { inflateSync } from 'node:zlib'
import { GLYPH_BITMAPS, GLYPH_CHARACTERS } from '../../native/protocols/glyph-bitmaps.ts'

/** What a GBK printer would make of the bytes. Throws at the first byte it does not know: the encoder may send nothing else. */
export interface Decoded {
  readonly lines: readonly { readonly text: string; readonly align: number; readonly bold: boolean; readonly double: boolean; readonly drawn: boolean }[]
  readonly commands: readonly string[]
  readonly qr: readonly string[]
  readonly pictures: readonly { readonly bytesPerRow: number; readonly rows: number; readonly bits: Uint8Array }[]
}

const bitmaps = inflateSync(Buffer.from(GLYPH_BITMAPS, 'base64'))
const byPicture = new Map(Array.from(GLYPH_CHARACTERS, (character, index) => [bitmaps.subarray(index * 72, index * 72 + 72).toString('hex'), character]))

/** Reads a plain drawn line back, column by column; wide glyphs first. */
const readPicture = (bytesPerRow: number, bits: Uint8Array): string => {
  const dot = (x: number, y: number): boolean => ((bits[y * bytesPerRow + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) !== 0
  const cell = (x: number, dots: number): string => {
    const glyph = new Uint8Array(72)
    for (let y = 0; y < 24; y += 1)
      for (let dx = 0; dx < dots; dx += 1) if (dot(x + dx, y + 6)) glyph[y * 3 + (dx >> 3)] = (glyph[y * 3 + (dx >> 3)] ?? 0) | (0x80 >> (dx & 7))
    return Buffer.from(glyph).toString('hex')
  }
  let text = ''
  for (let x = 0; x < bytesPerRow * 8;) {
    const narrow = byPicture.get(cell(x, 12))
    const wide = byPicture.get(cell(x, 24))
    if (narrow !== undefined && narrow <= '~') {
      text += narrow
      x += 12
    } else if (wide !== undefined) {
      text += wide
      x += 24
    } else {
      text += ' '
      x += 12
    }
  }
  return text.trimEnd()
}

export const decodeEscpos = (bytes: Uint8Array): Decoded => {
  const lines: { text: string; align: number; bold: boolean; double: boolean; drawn: boolean }[] = []
  const commands: string[] = []
  const qr: string[] = []
  const pictures: { bytesPerRow: number; rows: number; bits: Uint8Array }[] = []
  let line: number[] = []
  let align = 0
  let bold = false
  let double = false
  let stored = ''
  const at = (i: number): number => {
    const byte = bytes[i]
    if (byte === undefined) throw new Error('the bytes end in the middle of a command')
    return byte
  }
  const is = (i: number, ...expected: number[]): boolean => expected.every((byte, offset) => bytes[i + offset] === byte)
  for (let i = 0; i < bytes.length;) {
    if (is(i, 0x1b, 0x40)) {
      commands.push('ESC @')
      i += 2
    } else if (is(i, 0x1c, 0x26)) {
      commands.push('FS &')
      i += 2
    } else if (is(i, 0x1b, 0x61)) {
      align = at(i + 2)
      i += 3
    } else if (is(i, 0x1b, 0x45)) {
      bold = at(i + 2) === 1
      i += 3
    } else if (is(i, 0x1d, 0x21)) {
      double = at(i + 2) === 0x11
      i += 3
    } else if (is(i, 0x1b, 0x64)) {
      commands.push(`feed ${at(i + 2)}`)
      i += 3
    } else if (is(i, 0x1d, 0x56)) {
      commands.push(`cut ${at(i + 2)}`)
      i += 4
    } else if (is(i, 0x1d, 0x76, 0x30, 0x00)) {
      if (line.length > 0) throw new Error('a picture in the middle of a line')
      const [bytesPerRow, rows] = [at(i + 4) + at(i + 5) * 256, at(i + 6) + at(i + 7) * 256]
      const bits = bytes.subarray(i + 8, i + 8 + bytesPerRow * rows)
      if (bits.length !== bytesPerRow * rows) throw new Error('a picture is cut off')
      pictures.push({ bytesPerRow, rows, bits })
      lines.push({ text: readPicture(bytesPerRow, bits), align, bold, double, drawn: true })
      i += 8 + bits.length
    } else if (is(i, 0x1d, 0x28, 0x6b)) {
      const length = at(i + 3) + at(i + 4) * 256
      const body = bytes.subarray(i + 5, i + 5 + length)
      if (body[1] === 0x50) stored = new TextDecoder().decode(body.subarray(3))
      if (body[1] === 0x51) qr.push(stored)
      commands.push(`qr ${body[1]}`)
      i += 5 + length
    } else if (at(i) === 0x0a) {
      lines.push({ text: iconv.decode(Buffer.from(line), 'gbk'), align, bold, double, drawn: false })
      line = []
      i += 1
    } else if (at(i) >= 0x20 && at(i) < 0x7f) {
      line.push(at(i))
      i += 1
    } else if (at(i) > 0x80 && at(i) < 0xff && at(i + 1) >= 0x40 && at(i + 1) !== 0x7f) {
      line.push(at(i), at(i + 1))
      i += 2
    } else throw new Error(`unexpected byte ${at(i).toString(16)} at ${i}`)
  }
  if (line.length > 0) throw new Error('the last line is not ended')
  return { lines, commands, qr, pictures }
}
