import { LotId, DrugId, unitPrice, wholeUnits } from '../../../electron/contract/index.ts'
import type { Drug, Lot, BusinessDate } from '../../../electron/contract/index.ts'

// Real names, strengths and makers; prices, stock, lots and codes are made up. Identifiers 8900001… are in the invented range.
type Row = readonly [
  id: string,
  generic: string,
  spec: string,
  maker: string,
  approval: string,
  cls: Drug['insuranceClass'],
  rx: boolean,
  yuan: number,
  unitsPerPack: number,
  unit: string,
  stock: number,
  shelf: string,
  initials: string,
]
const ROWS: readonly Row[] = [
  ['D001', '阿莫西林胶囊', '0.25g×24粒', '联邦制药（内蒙古）有限公司', '国药准字H20013015', 'A', true, 12.3, 24, '粒', 36, 'A-03', 'amxljn'],
  ['D002', '缬沙坦胶囊', '80mg×28粒', '北京诺华制药有限公司', '国药准字H20040217', 'B', true, 30.9, 28, '粒', 14, 'A-11', 'xstjn'],
  ['D003', '盐酸二甲双胍片', '0.5g×20片', '中美上海施贵宝制药有限公司', '国药准字H20023370', 'A', true, 18.6, 20, '片', 22, 'B-02', 'ysejsgp'],
  ['D004', '苯磺酸氨氯地平片', '5mg×28片', '辉瑞制药有限公司', '国药准字H10950224', 'A', true, 24.55, 28, '片', 19, 'A-12', 'bhsaldpp'],
  ['D005', '阿托伐他汀钙片', '20mg×28片', '辉瑞制药有限公司', '国药准字H20051408', 'B', true, 86.4, 28, '片', 8, 'A-14', 'atfttgp'],
  ['D006', '连花清瘟胶囊', '0.35g×36粒', '石家庄以岭药业股份有限公司', '国药准字Z20040063', 'A', false, 29.8, 36, '粒', 41, 'C-01', 'lhqwjn'],
  ['D007', '复方甘草片', '100片', '太极集团重庆桐君阁药厂有限公司', '国药准字H50021356', 'A', true, 16.5, 100, '片', 6, 'C-09', 'ffgcp'],
  ['D008', '藿香正气口服液', '10ml×10支', '太极集团重庆涪陵制药厂有限公司', '国药准字Z50020409', 'A', false, 21.9, 10, '支', 30, 'C-04', 'hxzqkfy'],
  ['D009', '维生素C片', '0.1g×100片', '华中药业股份有限公司', '国药准字H42020614', 'none', false, 5.5, 100, '片', 60, 'D-01', 'wsscp'],
  ['D010', '缬沙坦胶囊', '160mg×7粒', '北京诺华制药有限公司', '国药准字H20103521', 'B', true, 27.13, 7, '粒', 5, 'A-11', 'xstjn'],
  ['D011', '缬沙坦氨氯地平片（I）', '80mg/5mg×7片', '北京诺华制药有限公司', '国药准字HJ20150239', 'B', true, 38.2, 7, '片', 0, 'A-11', 'xstaldpp'],
  ['D012', '当归', '统装', '安徽协和成药业饮片有限公司', '', 'A', false, 0.68, 1, '克', 500, 'Z-12', 'dg'],
]

export interface Stocked {
  readonly drug: Drug
  readonly lots: readonly Lot[]
  readonly initials: string
}

const lotId = (n: number): LotId => LotId.parse(`00000000-0000-7000-8000-${String(n).padStart(12, '0')}`)

export const CATALOGUE: readonly Stocked[] = ROWS.map(
  ([id, genericName, packSpec, maker, approvalNumber, insuranceClass, prescriptionOnly, yuan, unitsPerPack, smallestUnit, stock, shelf, initials], index) => ({
    initials,
    drug: {
      drugId: DrugId.parse(id),
      genericName,
      tradeName: '',
      spec: packSpec.split('×')[0] ?? packSpec,
      packSpec,
      maker,
      approvalNumber,
      barcode: `69900000${String(index).padStart(4, '0')}0`,
      nationalCode: '',
      insuranceClass,
      restriction: id === 'D005' ? '限二线用药' : '',
      prescriptionOnly,
      kind: id === 'D012' ? 'pieces' : approvalNumber.includes('Z') ? 'chinese-patent' : 'western',
      packUnit: id === 'D012' ? '克' : '盒',
      smallestUnit,
      unitsPerPack,
      packPrice: unitPrice(Math.round(yuan * 1_000_000)),
      codeRequirement: id === 'D012' ? 'none' : id === 'D009' ? 'virtual' : 'scan',
      shelf,
      packsOnHand: stock,
    },
    lots: [
      {
        lotId: lotId(index),
        lotNumber: `A24${String(index).padStart(2, '0')}`,
        manufacturedOn: '2025-03-10' as BusinessDate,
        expiresOn: (id === 'D006' ? '2027-01-15' : id === 'D007' ? '2026-05-31' : '2028-03-31') as BusinessDate,
        onHand: wholeUnits(stock * unitsPerPack),
      },
    ],
  }),
)

export const traceCode = (drug: number, serial: number): string => `89000${String(drug).padStart(2, '0')}${String(serial).padStart(13, '0')}`
/** 7-digit identifier → drug; 8900090 is a middle pack, 8900091 is a pack sold elsewhere. */
export const drugOfCode = (code: string): Stocked | null => {
  const match = /^89000(\d{2})\d{13}$/.exec(code)
  return match === null ? null : (CATALOGUE[Number(match[1]) - 1] ?? null)
}
