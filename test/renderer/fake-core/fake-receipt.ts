import type { ParsedInput, ReceiptBlock, ReceiptDocument } from '../../../electron/contract/index.ts'
import { formatFen, formatQuantity, formatUnitPrice } from '../../../electron/domain/amounts.ts'
import { instantToLocal } from '../../../electron/domain/calendar.ts'
import { saleOf } from './fake-shop.ts'
import type { FakeShop } from './fake-shop.ts'

export const fakeReceipt = (shop: FakeShop, { saleId, width }: ParsedInput<'receipt.getReceipt'>): ReceiptDocument => {
  const sale = saleOf(shop, saleId)
  const columns = width === '58' ? 32 : 48
  const text = (value: string, over: Partial<Extract<ReceiptBlock, { type: 'text' }>> = {}): ReceiptBlock => ({
    type: 'text',
    text: value,
    align: 'left',
    bold: false,
    size: 'normal',
    ...over,
  })
  const row = (left: string, right: string, bold = false): ReceiptBlock => ({
    type: 'row',
    bold,
    columns: [
      { text: left, columns: columns - 12, align: 'left' },
      { text: right, columns: 12, align: 'right' },
    ],
  })
  return {
    width,
    columns,
    title: sale.receiptNumber,
    blocks: [
      text('百草堂大药房', { align: 'center', bold: true, size: 'double' }),
      text('解放路店', { align: 'center' }),
      { type: 'rule', style: 'solid' },
      text(`小票 ${sale.receiptNumber}`),
      text(instantToLocal(sale.openedAt)),
      { type: 'rule', style: 'dashed' },
      ...sale.lines.flatMap((line) => [
        text(`${line.name} ${line.spec}`),
        row(`  ${formatQuantity(line.quantity)}${line.unitName} × ${formatUnitPrice(line.unitPrice)}`, formatFen(line.amountFen)),
        text(`  批号 ${line.lotNumber} 效期 ${line.expiresOn}`),
        ...line.packs.map((pack) => text(`  追溯码 ${pack.code}`)),
      ]),
      { type: 'rule', style: 'dashed' },
      row('合计', formatFen(sale.totalFen), true),
      ...(sale.settled === null
        ? []
        : [
            row('统筹支付', formatFen(sale.settled.fundFen)),
            row('个人账户', formatFen(sale.settled.accountFen)),
            row('现金', formatFen(sale.settled.cashFen)),
          ]),
      { type: 'feed', lines: 1 },
      { type: 'qr', data: `https://example.invalid/r/${sale.receiptNumber}` },
      text('凭小票可查追溯码', { align: 'center' }),
      { type: 'cut' },
    ],
  }
}
