import type { Fen } from '../../contract/money.ts'
import type { PaperWidth, ReceiptBlock, ReceiptDocument } from '../../contract/receipt.ts'
import { formatFen, formatQuantity, formatUnitPrice, negate } from '../amounts.ts'
import { instantToLocal } from '../calendar.ts'
import { maskText } from '../masking.ts'
import { nameOf } from '../sentences/names.ts'
import { amountBlocks, dashes, indentedBlocks, textBlocks } from './blocks.ts'
import { COLUMNS, displayWidth, printable } from './layout.ts'
import type { ReceiptInput, ReceiptLine } from './receipt-input.ts'

/** Since 2026 the receipt carries the trace codes (医保发〔2025〕7号). Goods that may come back are the quality rules' matter (GSP art. 172). */
const LEGAL = ['本小票所列追溯码与药盒一一对应，可在国家医保服务平台查询，数据约两日后可见。', '除质量原因外，药品一经售出不得退换。请保留小票。']

/** Money of a return is the sale's, negated. */
type Money = (amount: Fen) => string
const moneyOf =
  (kind: ReceiptInput['kind']): Money =>
  (amount) =>
    formatFen(kind === 'return' ? negate(amount) : amount)

const headBlocks = (input: ReceiptInput, columns: number): ReceiptBlock[] => {
  const { shop } = input
  const centred = (text: string, bold = false): ReceiptBlock[] => textBlocks(text, columns, { align: 'center', bold })
  return [
    ...(input.practice ? centred('【练习】非真实交易', true) : []),
    ...(input.copy ? centred(`【重打】${input.printedAt === null ? '' : instantToLocal(input.printedAt)}`, true) : []),
    ...textBlocks(shop.name, columns, { align: 'center', bold: true, size: displayWidth(printable(shop.name)) * 2 <= columns ? 'double' : 'normal' }),
    ...centred(input.kind === 'return' ? '退货凭证' : '销售小票', true),
    ...centred(`定点机构 ${shop.institutionCode}`),
    ...[shop.address, shop.phone].filter((text) => text !== '').flatMap((text) => centred(text)),
    dashes,
  ]
}

const saleBlocks = (input: ReceiptInput, columns: number): ReceiptBlock[] => {
  const line = (label: string, text: string): ReceiptBlock[] => (text === '' ? [] : textBlocks(`${label} ${text}`, columns))
  const { person, purchase } = input
  return [
    ...line(input.kind === 'return' ? '原小票' : '小票号', input.receiptNumber),
    ...line(input.kind === 'return' ? '退货' : '时间', instantToLocal(input.at)),
    ...line('收银', `${input.cashier}  机号 ${input.tillNumber}`),
    ...(person === null
      ? []
      : [
          ...line('参保人', `${maskText(person.nameMasked)} ${maskText(person.idMasked)}`),
          ...line('险种', `${person.insuranceName} ${person.personTypeName}`.trim()),
        ]),
    ...(purchase === null ? [] : line('类型', `${nameOf('purchaseKind', purchase.kind, 'zh')} ${purchase.diseaseName ?? ''}`.trim())),
    ...(input.returnReason === null ? [] : line('原因', maskText(input.returnReason))),
    dashes,
  ]
}

/** Before the name, where no line can break between them. */
const marksOf = (line: ReceiptLine): string =>
  [
    line.chargeLevel === null ? '' : `[${nameOf('chargeLevel', line.chargeLevel, 'zh')}]`,
    line.prescriptionOnly ? '[处方]' : '',
    line.splitPack ? '[拆零]' : '',
  ].join('')

/** Codes in full: on one line where they fit, else filling their lines. */
const packBlocks = (line: ReceiptLine, columns: number): ReceiptBlock[] => {
  const { withoutCode = 0 } = line
  return [
    ...(line.packs.length === 0 ? [] : textBlocks(`追溯码 ${line.packs.length} 个`, columns)),
    ...line.packs.flatMap((pack) => {
      const note = `${pack.virtual ? ' (虚拟码)' : ''}${line.splitPack && pack.quantity > 0 ? ` (取${formatQuantity(pack.quantity)}${line.unitName})` : ''}`
      const indent = displayWidth(pack.code) <= columns - 2 ? 2 : 0
      return [
        ...indentedBlocks(displayWidth(pack.code + note) <= columns - indent ? pack.code + note : pack.code, columns, indent),
        ...(note !== '' && displayWidth(pack.code + note) > columns - indent ? indentedBlocks(note.trim(), columns, 2) : []),
      ]
    }),
    ...(withoutCode === 0 ? [] : textBlocks(`无追溯码 ${withoutCode}${line.unitName} (无码库)`, columns)),
  ]
}

const lineBlocks = (input: ReceiptInput, columns: number): ReceiptBlock[] => {
  const money = moneyOf(input.kind)
  const sign = input.kind === 'return' ? '-' : ''
  return input.lines.flatMap((line, index) => [
    ...textBlocks(`${index + 1}.${marksOf(line)} ${line.name} ${line.spec}`, columns),
    ...(line.maker === '' ? [] : indentedBlocks(line.maker, columns, 2)),
    ...indentedBlocks(`批号 ${line.lotNumber}  效期 ${line.expiresOn}`, columns, 2),
    ...amountBlocks(`  ${sign}${formatQuantity(line.quantity)}${line.unitName} × ${formatUnitPrice(line.unitPrice)}`, money(line.amountFen), columns),
    ...packBlocks(line, columns),
  ])
}

const settlementBlocks = ({ settlement, kind }: ReceiptInput, columns: number): ReceiptBlock[] => {
  if (settlement === null) return []
  const { figures } = settlement
  const money = moneyOf(kind)
  const always = (label: string, amount: Fen, bold = false): ReceiptBlock[] => amountBlocks(label, money(amount), columns, bold)
  const whenAny = (label: string, amount: Fen): ReceiptBlock[] => (amount === 0 ? [] : always(label, amount))
  return [
    dashes,
    ...textBlocks(kind === 'return' ? '医保结算（已撤销）' : '医保结算', columns, { bold: true }),
    ...always('医疗费用总额', figures.totalFen),
    ...always('基金支付', figures.fundFen),
    ...whenAny('  其中统筹', figures.pooledFundFen),
    ...whenAny('医药机构负担', figures.hospitalFen),
    ...always('个人账户', figures.accountFen),
    ...whenAny('家庭共济账户', figures.familyAccountFen),
    ...always('个人现金', figures.cashFen, true),
    ...whenAny('  全自费', figures.fullSelfPayFen),
    ...whenAny('  超限价', figures.overLimitFen),
    ...whenAny('  先行自付', figures.preSelfPayFen),
    ...whenAny('  起付标准', figures.deductibleFen),
    // A balance is a state, not a movement.
    ...(kind === 'sale' ? amountBlocks('账户余额', formatFen(figures.balanceAfterFen), columns) : []),
    ...textBlocks(`结算号 ${settlement.settlementId}`, columns),
  ]
}

const tenderBlocks = ({ tenders, kind }: ReceiptInput, columns: number): ReceiptBlock[] => {
  const money = moneyOf(kind)
  if (tenders.length === 0) return []
  return [
    dashes,
    ...tenders.flatMap((tender) => {
      const label = `${kind === 'return' ? '退' : '收'}${nameOf('tenderMethod', tender.method, 'zh')}`
      if (tender.changeFen === 0) return amountBlocks(label, money(tender.amountFen), columns)
      return [...amountBlocks(label, money(tender.givenFen), columns), ...amountBlocks('找零', money(tender.changeFen), columns, true)]
    }),
  ]
}

const footBlocks = (input: ReceiptInput, columns: number): ReceiptBlock[] => [
  dashes,
  ...[...LEGAL, ...input.footer].flatMap((text) => textBlocks(text, columns)),
  ...(input.qr === null
    ? []
    : [{ type: 'feed' as const, lines: 1 }, { type: 'qr' as const, data: input.qr }, ...textBlocks(input.qr, columns, { align: 'center' })]),
  ...(input.practice ? textBlocks('【练习】非真实交易', columns, { align: 'center', bold: true }) : []),
  { type: 'feed', lines: 3 },
  { type: 'cut' },
]

/** The one document that paper, screen and picture show. Every text is wrapped to its columns; nothing is cut (devices.md §2.1). */
export const buildReceipt = (input: ReceiptInput, width: PaperWidth): ReceiptDocument => {
  const columns = COLUMNS[width]
  return {
    width,
    columns,
    title: `${input.kind === 'return' ? '退货' : '小票'} ${input.receiptNumber}`,
    blocks: [
      ...headBlocks(input, columns),
      ...saleBlocks(input, columns),
      ...lineBlocks(input, columns),
      dashes,
      ...amountBlocks(`合计 ${input.lines.length} 种`, `￥${moneyOf(input.kind)(input.totalFen)}`, columns, true),
      ...settlementBlocks(input, columns),
      ...tenderBlocks(input, columns),
      ...footBlocks(input, columns),
    ],
  }
}
