import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fen } from '../../../electron/contract/money.ts'
import { PaperWidth, ReceiptDocument } from '../../../electron/contract/receipt.ts'
import type { Instant } from '../../../electron/contract/time.ts'
import { buildReceipt } from '../../../electron/domain/receipt/build-receipt.ts'
import { displayWidth } from '../../../electron/domain/receipt/layout.ts'
import type { ReceiptInput } from '../../../electron/domain/receipt/receipt-input.ts'
import { receiptToSvg } from '../../../electron/domain/receipt/receipt-svg.ts'
import { sampleReceipt } from './sample-receipt.ts'

const linesOf = (document: ReceiptDocument): string[] =>
  document.blocks.flatMap((block) =>
    block.type === 'text' ? [block.text] : block.type === 'row' ? [block.columns.map((column) => column.text).join(' ')] : [],
  )
const textOf = (document: ReceiptDocument): string => linesOf(document).join('\n')
const widthsFit = (document: ReceiptDocument): boolean =>
  document.blocks.every((block) => {
    if (block.type === 'text') return displayWidth(block.text) * (block.size === 'double' ? 2 : 1) <= document.columns
    if (block.type === 'row')
      return (
        block.columns.every((column) => displayWidth(column.text) <= column.columns) &&
        block.columns.reduce((sum, column) => sum + column.columns, 0) <= document.columns
      )
    return true
  })

describe.each(PaperWidth.options)('on %s mm', (width) => {
  const document = buildReceipt(sampleReceipt, width)
  const text = textOf(document)

  test('the document is one the contract accepts and every text fits its columns', () => {
    expect(ReceiptDocument.safeParse(document).error).toBeUndefined()
    expect(widthsFit(document)).toBe(true)
  })
  test('shop, number, time, person, money and legal words are on it', () => {
    for (const said of [
      '药柜练习大药房',
      'H43010200001',
      '小票号 20261121-0031',
      '2026-11-21 14:05:04',
      '张* 999***********1234',
      '职工基本医疗保险 在职',
      '门诊慢特病 高血压',
      '￥139.40',
      '【练习】非真实交易',
      '账户余额 1,234.56',
      '430000G0000000000000000001',
    ])
      expect(text).toContain(said)
    expect(text.replaceAll('\n', '')).toContain('本小票所列追溯码')
  })
  test('every trace code is on it in full, twenty digits on one line', () => {
    const joined = linesOf(document).map((line) => line.trim())
    expect(joined).toContain('89000010000000000017')
    expect(joined).toContain('89000010000000000024')
    expect(joined).toContain('89000020000000000014 (取6丸)')
    const packed = linesOf(document).join('').replaceAll(' ', '')
    for (const { code } of sampleReceipt.lines.flatMap((line) => line.packs)) expect(packed).toContain(code)
    expect(packed).toContain('(虚拟码)')
  })
  test('a long name is wrapped, never cut', () => {
    expect(linesOf(document).join('')).toContain('盐酸氮䓬斯汀鼻喷雾剂（进口分包装，名称很长，用来看换行）')
  })
  test('classes, prescription and split marks stand before the name', () => {
    expect(text.replaceAll('\n', '')).toContain('1.[甲][处方] 阿莫西林胶囊')
    expect(text.replaceAll('\n', '')).toContain('3.[自费][拆零] 大黄䗪虫丸')
  })
  test('cash shows what was given and the change', () => {
    expect(text).toMatch(/收现金\s+100\.00/)
    expect(text).toMatch(/找零\s+43\.80/)
  })
  test('a return negates every movement, not the unit price, and shows no balance', () => {
    const back = textOf(
      buildReceipt(
        {
          ...sampleReceipt,
          kind: 'return',
          returnReason: '买错',
          tenders: [{ method: 'cash', amountFen: fen(5_620), givenFen: fen(5_620), changeFen: fen(0) }],
        },
        width,
      ),
    )
    for (const said of [
      '退货凭证',
      '原小票 20261121-0031',
      '-2盒 × 12.30',
      '-24.60',
      '￥-139.40',
      '-53.20',
      '-30.00',
      '退现金',
      '-56.20',
      '原因 买错',
      '医保结算（已撤销）',
    ])
      expect(back).toContain(said)
    expect(back).not.toContain('账户余额')
    expect(back).not.toContain('--')
  })
  test('a copy says so', () => {
    expect(text).not.toContain('重打')
    const copy = buildReceipt({ ...sampleReceipt, copy: true, printedAt: Date.parse('2026-11-21T07:00:00Z') as Instant }, width)
    expect(textOf(copy)).toContain('【重打】2026-11-21 15:00:00')
  })
  test('a self-paid sale has no insurance part and a real one no practice mark', () => {
    const own = textOf(
      buildReceipt(
        {
          ...sampleReceipt,
          practice: false,
          person: null,
          purchase: null,
          settlement: null,
          lines: sampleReceipt.lines.map((line) => ({ ...line, chargeLevel: null })),
        },
        width,
      ),
    )
    for (const absent of ['医保结算', '基金支付', '[甲]', '练习】', '参保人']) expect(own).not.toContain(absent)
    expect(own).toContain('￥139.40')
  })
  test('an ID number that was not masked before is masked here', () => {
    const input: ReceiptInput = { ...sampleReceipt, person: { nameMasked: '张*', idMasked: '999999199001011234', insuranceName: '', personTypeName: '' } }
    expect(textOf(buildReceipt(input, width))).not.toContain('199001011234')
  })
  test('any texts fit, whatever they are', () => {
    const words = fc.string({ unit: 'binary', maxLength: 120 })
    fc.assert(
      fc.property(words, words, words, fc.integer({ min: 0, max: 10 ** 12 }), (name, maker, shop, amount) => {
        const input: ReceiptInput = {
          ...sampleReceipt,
          shop: { ...sampleReceipt.shop, name: shop },
          totalFen: fen(amount),
          lines: sampleReceipt.lines.map((line) => ({ ...line, name, maker, amountFen: fen(amount) })),
        }
        const built = buildReceipt(input, width)
        expect(widthsFit(built)).toBe(true)
        expect(ReceiptDocument.safeParse(built).success).toBe(true)
      }),
    )
  })
  test('the picture has the same words, well-formed, with a QR when a matrix is given', () => {
    const svg = receiptToSvg(document, () => [
      [true, false],
      [false, true],
    ])
    expect(svg).toContain('<path d="M')
    expect(svg.match(/<text /g)?.length).toBeGreaterThan(30)
    expect(svg).not.toMatch(/NaN|undefined/)
    expect(svg.replace(/<[^>]+>/g, '')).toContain('盐酸氮䓬斯汀鼻喷雾剂')
    const hostile = receiptToSvg(buildReceipt({ ...sampleReceipt, shop: { ...sampleReceipt.shop, name: '<script>&"\u0000' } }, width))
    expect(hostile).not.toContain('<script>')
    expect(hostile).not.toContain('\u0000')
    expect(hostile).toContain('&lt;script&gt;&amp;&quot;')
  })
  test('every glyph stands on its column', () => {
    const svg = receiptToSvg(document)
    for (const [, xs = '', shown = ''] of svg.matchAll(/<text [^>]*x="([^"]*)"[^>]*>([^<]*)<\/text>/g)) {
      const glyphs = shown.replace(/&\w+;/g, '&')
      expect(xs.split(' ').length).toBe([...glyphs].length)
      for (const x of xs.split(' ')) expect((Number(x) - 16) % 8).toBe(0)
    }
  })
})
