import { fen, quantity, unitPrice, wholeUnits } from '../../../electron/contract/money.ts'
import { SettlementFigures } from '../../../electron/contract/settlement.ts'
import type { BusinessDate, Instant } from '../../../electron/contract/time.ts'
import type { ReceiptInput } from '../../../electron/domain/receipt/receipt-input.ts'

const figures = SettlementFigures.parse({
  totalFen: 13_940, fundFen: 5_320, pooledFundFen: 5_320, personalFen: 8_620, accountFen: 3_000, familyAccountFen: 0, cashFen: 5_620, hospitalFen: 0,
  fullSelfPayFen: 2_500, overLimitFen: 120, preSelfPayFen: 618, inScopeFen: 10_702, deductibleFen: 0, poolingShare: 5000, balanceAfterFen: 123_456, clearingType: '1', funds: [], lines: [],
})

/** Made-up codes and people; rare characters as they occur in real drug names. */
export const sampleReceipt: ReceiptInput = {
  kind: 'sale', practice: true, copy: false,
  shop: { name: '药柜练习大药房', institutionCode: 'H43010200001', address: '湖南省长沙市开福区练习路 88 号', phone: '0731-88888888' },
  receiptNumber: '20261121-0031', tillNumber: '01', cashier: '王芳', at: Date.parse('2026-11-21T06:05:04Z') as Instant, printedAt: null,
  person: { nameMasked: '张*', idMasked: '999***********1234', insuranceName: '职工基本医疗保险', personTypeName: '在职' },
  purchase: { kind: 'chronic', diseaseName: '高血压' },
  lines: [
    {
      name: '阿莫西林胶囊', spec: '0.25g×24粒/盒', maker: '湖南练习制药股份有限公司', lotNumber: 'A2401', expiresOn: '2027-03-31' as BusinessDate, quantity: wholeUnits(2), unitName: '盒', splitPack: false,
      unitPrice: unitPrice(12_300_000), amountFen: fen(2460), chargeLevel: 'A', prescriptionOnly: true,
      packs: [{ code: '89000010000000000017', virtual: false, quantity: quantity(0) }, { code: '89000010000000000024', virtual: false, quantity: quantity(0) }],
    },
    {
      name: '盐酸氮䓬斯汀鼻喷雾剂（进口分包装，名称很长，用来看换行）', spec: '10ml:10mg', maker: '某某（上海）制药\\有限|公司', lotNumber: 'QF26G022', expiresOn: '2027-10-17' as BusinessDate, quantity: wholeUnits(1), unitName: '瓶', splitPack: false,
      unitPrice: unitPrice(89_800_000), amountFen: fen(8_980), chargeLevel: 'B', prescriptionOnly: false,
      packs: [{ code: '0106999000000018112606181727101710QF26G0222122222FPDUA', virtual: false, quantity: quantity(0) }],
    },
    {
      name: '大黄䗪虫丸', spec: '3g×10丸', maker: '', lotNumber: 'B117', expiresOn: '2026-12-31' as BusinessDate, quantity: quantity(60_000), unitName: '丸', splitPack: true,
      unitPrice: unitPrice(4_166_667), amountFen: fen(2_500), chargeLevel: 'C', prescriptionOnly: false,
      packs: [{ code: '89000020000000000014', virtual: false, quantity: quantity(60_000) }, { code: '00000000000000000000000000000099', virtual: true, quantity: quantity(0) }],
    },
  ],
  totalFen: fen(13_940),
  settlement: { settlementId: '430000G0000000000000000001', figures },
  tenders: [{ method: 'cash', amountFen: fen(5_620), givenFen: fen(10_000), changeFen: fen(4_380) }],
  returnReason: null, footer: ['祝您早日康复 ¥', '咨询药师：李*'], qr: '20261121-0031',
}
