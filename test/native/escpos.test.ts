import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import type { ReceiptBlock, ReceiptDocument } from '../../electron/contract/receipt.ts'
import { buildReceipt } from '../../electron/domain/receipt/build-receipt.ts'
import { displayWidth, pad } from '../../electron/domain/receipt/layout.ts'
import { encodeReceipt, PRINTER_58, PRINTER_80 } from '../../native/protocols/escpos.ts'
import type { PrinterProfile } from '../../native/protocols/escpos.ts'
import { columnsOf, gbkBytes } from '../../native/protocols/gbk.ts'
import { hasGlyph } from '../../native/protocols/line-raster.ts'
import { sampleReceipt } from '../domain/receipt/sample-receipt.ts'
import { decodeEscpos } from './decode-escpos.ts'

const text = (value: string, style: Partial<Extract<ReceiptBlock, { type: 'text' }>> = {}): ReceiptBlock => ({
  type: 'text',
  text: value,
  align: 'left',
  bold: false,
  size: 'normal',
  ...style,
})
const documentOf = (...blocks: ReceiptBlock[]): ReceiptDocument => ({ width: '58', columns: 32, title: 'test', blocks })
const decodeText = (value: string): ReturnType<typeof decodeEscpos>['lines'][number] | undefined =>
  decodeEscpos(encodeReceipt(documentOf(text(value)), PRINTER_58).bytes).lines[0]

describe.each([
  ['58', PRINTER_58],
  ['80', PRINTER_80],
] as const)('a whole receipt on %s mm', (width, profile: PrinterProfile) => {
  const document = buildReceipt(sampleReceipt, width)
  const { bytes, missing } = encodeReceipt(document, profile)
  const decoded = decodeEscpos(bytes)

  test('reads back as the document, line by line', () => {
    const expected = document.blocks.flatMap((block) => {
      if (block.type === 'text') return [block.text]
      if (block.type === 'row') return [block.columns.map((column) => pad(column.text, column.columns, column.align)).join('')]
      return block.type === 'rule' ? ['-'.repeat(document.columns)] : block.type === 'qr' ? [''] : []
    })
    expect(decoded.lines.map((line) => line.text.trimEnd())).toEqual(expected.map((line) => line.trimEnd()))
    expect(missing).toEqual([])
  })
  test('no line is wider than the paper', () => {
    for (const line of decoded.lines) expect(displayWidth(line.text) * (line.double ? 2 : 1)).toBeLessThanOrEqual(document.columns)
  })
  test('begins by taking the printer out of any state, ends by cutting, and never opens the drawer', () => {
    expect([...bytes.subarray(0, 4)]).toEqual([0x1b, 0x40, 0x1c, 0x26])
    expect(decoded.commands.at(-1)).toBe('cut 66')
    const all = Buffer.from(bytes)
    for (const pulse of ['1b70', '1014', '1004', '1005']) expect(all.includes(Buffer.from(pulse, 'hex'))).toBe(false)
  })
  test('lines with characters outside GBK are pictures, the others are not', () => {
    const drawn = decoded.lines.filter((line) => line.drawn).map((line) => line.text)
    expect(drawn.length).toBeGreaterThanOrEqual(2)
    for (const line of decoded.lines) expect(line.drawn).toBe(/[䓬䗪]/.test(line.text))
    for (const picture of decoded.pictures) expect(picture).toMatchObject({ bytesPerRow: profile.dots / 8, rows: 30 })
  })
  test('the QR holds the receipt number', () => {
    expect(decoded.qr).toEqual(['20261121-0031'])
    expect(decoded.commands.filter((command) => command.startsWith('qr'))).toEqual(['qr 65', 'qr 67', 'qr 69', 'qr 80', 'qr 81'])
  })
  test('shop name is double and centred, totals are bold, and every style ends with its line', () => {
    expect(decoded.lines.find((line) => line.text.includes('大药房'))).toMatchObject({ double: true, bold: true, align: 1 })
    expect(decoded.lines.find((line) => line.text.startsWith('合计'))).toMatchObject({ double: false, bold: true, align: 0 })
    expect(decoded.lines.find((line) => line.text.startsWith('小票号'))).toMatchObject({ double: false, bold: false, align: 0 })
  })
})

describe('characters', () => {
  test('the yen sign goes out as A3 A4, never as a question mark', () => {
    const { bytes, missing } = encodeReceipt(documentOf(text('¥12.50')), PRINTER_58)
    expect(Buffer.from(bytes).subarray(4).toString('hex')).toBe('a3a431322e35300a')
    expect(missing).toEqual([])
  })
  test('trail bytes 5C and 7C are half of a character, not a backslash or a bar', () => {
    const awkward: string[] = []
    for (let lead = 0x81; lead <= 0xfe; lead += 1) for (const trail of [0x5c, 0x7c]) awkward.push(iconv.decode(Buffer.from([lead, trail]), 'gbk'))
    const encodable = awkward.filter((character) => gbkBytes(character) !== null)
    expect(encodable.length).toBeGreaterThan(200)
    for (let at = 0; at < encodable.length; at += 12) {
      const line = `${encodable.slice(at, at + 12).join('')}|\\`
      expect(decodeText(line)).toMatchObject({ text: line, drawn: false })
    }
  })
  test('every character GBK has goes out as two bytes that decode to it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0x4e00, max: 0x9fa5 }), (code) => {
        const character = String.fromCodePoint(code)
        expect(iconv.decode(Buffer.from(gbkBytes(character) ?? []), 'gbk')).toBe(character)
      }),
    )
  })
  test('the euro is drawn: its single byte is misread by many printers', () => {
    expect(gbkBytes('€')).toBeNull()
    expect(decodeText('共 €5')).toMatchObject({ text: '共 €5', drawn: true })
  })
  test('radicals copied from PDF tables become the characters they look like', () => {
    expect(decodeText('⼉童')?.text).toBe('儿童')
    expect(decodeText('30µg')?.text).toBe('30μg')
  })
  test('rare names and drug names are drawn whole, with their latin and digits', () => {
    for (const line of ['地尔硫䓬缓释片 90mg×10片', '收银 𬭎一䶮', '体表面积1.73m²']) expect(decodeText(line)).toMatchObject({ text: line, drawn: true })
  })
  test('what cannot even be drawn is 〓 and reported once, as text and inside a picture', () => {
    expect(hasGlyph('😀')).toBe(false)
    const asText = encodeReceipt(documentOf(text('药😀😀')), PRINTER_58)
    expect(decodeEscpos(asText.bytes).lines[0]).toMatchObject({ text: '药〓〓', drawn: false })
    expect(asText.missing).toEqual(['😀'])
    const inPicture = encodeReceipt(documentOf(text('䓬😀')), PRINTER_58)
    expect(decodeEscpos(inPicture.bytes).lines[0]).toMatchObject({ text: '䓬〓', drawn: true })
    expect(inPicture.missing).toEqual(['😀'])
  })
  test('no text smuggles a command in', () => {
    const { bytes } = encodeReceipt(documentOf(text('a\u001bp\u0000\u0019\u00fab\u0010\u0014')), PRINTER_58)
    expect(decodeEscpos(bytes).lines[0]?.text).toMatch(/^ap.*b$/)
    expect(Buffer.from(bytes).includes(Buffer.from([0x1b, 0x70]))).toBe(false)
  })
  test('columns are counted as the layout counts them, so that nothing wraps', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        expect(columnsOf(value)).toBe(displayWidth(value))
      }),
    )
  })
  test('any text becomes bytes a printer understands, without a question mark of its own', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 12 }), (value) => {
        const { bytes, missing } = encodeReceipt(documentOf(text(value)), PRINTER_58)
        const line = decodeEscpos(bytes).lines[0]
        expect([...(line?.text ?? '')].filter((c) => c === '?').length).toBe([...value].filter((c) => c === '?').length)
        for (const character of missing) expect(value).toContain(character)
      }),
    )
  })
})

describe('pictures', () => {
  test('bold, centred and double lines stay on the paper', () => {
    const { bytes } = encodeReceipt(documentOf(text('䓬药房', { size: 'double', align: 'center', bold: true })), PRINTER_58)
    const [picture] = decodeEscpos(bytes).pictures
    expect(picture).toMatchObject({ bytesPerRow: 48, rows: 60 })
    const ink = Array.from({ length: 384 }, (_, x) =>
      Array.from({ length: 60 }, (__, y) => ((picture?.bits[y * 48 + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1).some((dot) => dot === 1),
    )
    expect(ink.slice(0, 119).some(Boolean)).toBe(false)
    expect(ink.slice(120, 168).some(Boolean)).toBe(true)
    expect(ink.slice(266).some(Boolean)).toBe(false)
  })
  test('no real-time command hides in one', () => {
    for (const character of ['䓬', '䗪', '𬭎']) {
      for (let shift = 0; shift < 8; shift += 1) {
        const bytes = Buffer.from(encodeReceipt(documentOf(text(`${'1'.repeat(shift)}${character}药盒重打`, { bold: shift % 2 === 0 })), PRINTER_58).bytes)
        for (const command of ['1004', '1005', '1014']) expect(bytes.includes(Buffer.from(command, 'hex'))).toBe(false)
      }
    }
  })
  test('a printer without the QR command gets the symbol as a picture', () => {
    const matrix = [
      [true, false, true],
      [false, true, false],
      [true, true, true],
    ]
    const { bytes } = encodeReceipt(documentOf({ type: 'qr', data: 'x' }), { ...PRINTER_58, qr: 'picture' }, () => matrix)
    const [picture] = decodeEscpos(bytes).pictures
    const left = Math.floor((384 - 18) / 2)
    for (const [r, row] of matrix.entries())
      for (const [c, dark] of row.entries()) {
        const [x, y] = [left + c * 6 + 3, (r + 1) * 6 + 3]
        expect(((picture?.bits[y * 48 + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1).toBe(dark ? 1 : 0)
      }
  })
})

test('a document wider than the paper is refused', () => {
  expect(() => encodeReceipt(buildReceipt(sampleReceipt, '80'), PRINTER_58)).toThrow(RangeError)
})
