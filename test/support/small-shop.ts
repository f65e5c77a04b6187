import type { BusinessDate, DrugId, Instant, LotId } from '../../electron/contract/index.ts'
import { unitPrice, wholeUnits } from '../../electron/contract/index.ts'
import { priceFromDecimal } from '../../electron/domain/amounts.ts'
import { addDays, businessDate } from '../../electron/domain/calendar.ts'
import type { WritableDb } from '../../electron/core/db/database.ts'
import { inTransaction } from '../../electron/core/db/database.ts'
import { barcodeOf, identifierOf, packCode, pieceId, productId } from '../../electron/core/demo-shop/demo-codes.ts'
import { demoPieces, demoProducts } from '../../electron/core/demo-shop/demo-data.ts'
import { insertDrug } from '../../electron/core/drug/drug-store.ts'
import { tellLink } from '../../electron/core/map/tell-link.ts'
import { insertLot } from '../../electron/core/stock/lot-store.ts'
import { moveStock } from '../../electron/core/stock/move-stock.ts'
import { receivePack } from '../../electron/core/trace/pack-ledger.ts'
import { addStaff } from './staff.ts'

/** Rows of the demo shop's table, so that the practice province knows drug, class and identifier. Prices and classes as there. */
export const ROWS = {
  /** 甲, 24 capsules, 11.17 */
  amoxicillin: 214,
  /** 乙 20 %, 24 capsules, 22.62 */
  ibuprofen: 286,
  /** not on the list, 12 tablets, 13.50 */
  coldTablets: 349,
  /** 甲, 100 tablets, 1.00: sold in tablets */
  chlorphenamine: 353,
  /** 甲 on the hypertension list, 28 tablets, 2.47 */
  amlodipine: 148,
  /** no code on the box: virtual; one piece a pack, 3.00 */
  enema: 19,
  /** virtual, 20 bags, 13.50 */
  salts: 22,
  /** its lots came without a manufacture date, 12 bags, 35.88 */
  granules: 402,
} as const
export type DrugKey = keyof typeof ROWS
const VIRTUAL: readonly DrugKey[] = ['enema', 'salts']
const UNDATED: readonly DrugKey[] = ['granules']

export const drugIdOf = (drug: DrugKey): DrugId => productId(ROWS[drug])
export const codeOf = (drug: DrugKey, nth: number, lot: 1 | 2 = 1): string => packCode(ROWS[drug], lot, nth)
export const barcode = (drug: DrugKey): string => barcodeOf(ROWS[drug])
/** The one decoction piece that is kept: grams, no codes. */
export const PIECE_ROW = 2
export const PIECE_ID = pieceId(PIECE_ROW)

export interface SmallShopOptions {
  readonly now: number
  readonly newId: () => string
  /** Packs in each of the two lots of a drug. */
  readonly packsPerLot?: number
  /** Number of the first pack: shops of one country have no pack in common. */
  readonly packsFrom?: number
}

export const lotNumberOf = (drug: DrugKey, lot: 1 | 2): string => `L${ROWS[drug]}-${lot}`

/** Staff C1, P1 (licensed) and M1 with TEST_PIN; eight drugs of two lots each and one decoction piece. */
export const stockSmallShop = (db: WritableDb, { now, newId, packsPerLot = 6, packsFrom = 1 }: SmallShopOptions): void => {
  const at = (now - 7 * 86_400_000) as Instant
  const today = businessDate(now as Instant)
  inTransaction(db, () => {
    for (const [staffId, role] of [
      ['C1', 'cashier'],
      ['P1', 'pharmacist'],
      ['M1', 'manager'],
    ] as const)
      addStaff(db, staffId, role)
    db.prepare(`update staff set licence_number = 'TEST-LICENCE-1' where staff_id = 'P1'`).run()
    const products = demoProducts()
    for (const [key, row] of Object.entries(ROWS) as [DrugKey, number][]) {
      const product = products.find((candidate) => candidate.row === row)
      if (product === undefined) throw new Error(`no product in row ${row}`)
      const drugId = productId(row)
      const coded = !VIRTUAL.includes(key)
      insertDrug(db, {
        ...product,
        drugId,
        barcode: barcodeOf(row),
        prescriptionOnly: false,
        packPrice: priceFromDecimal(product.packPriceYuan) ?? unitPrice(0),
        codeRequirement: coded ? 'scan' : 'virtual',
        shelf: 'A01-1',
      })
      if (coded) tellLink(db, newId, { kind: 'trace-identifier', value: identifierOf(row), drugId, level: 1, note: 'test' }, 'chain', at)
      for (const lot of [1, 2] as const) {
        const lotId = newId() as LotId
        const expiresOn: BusinessDate = addDays(today, lot === 1 ? 400 : 700)
        insertLot(db, {
          lotId,
          drugId,
          lotNumber: lotNumberOf(key, lot),
          manufacturedOn: UNDATED.includes(key) ? null : addDays(expiresOn, -1095),
          expiresOn,
          recalled: false,
        })
        moveStock(db, { lotId, kind: 'received', quantity: wholeUnits(packsPerLot * product.unitsPerPack), saleId: null, lineId: null, at, newId })
        if (coded)
          for (let nth = packsFrom; nth < packsFrom + packsPerLot; nth += 1)
            receivePack(db, { code: packCode(row, lot, nth), lotId, staffId: 'P1', at })
      }
    }
    const piece = demoPieces().find((candidate) => candidate.row === PIECE_ROW)
    if (piece === undefined) throw new Error('no such decoction piece')
    insertDrug(db, {
      drugId: PIECE_ID,
      genericName: piece.name,
      tradeName: '',
      spec: '饮片',
      packSpec: 'g',
      maker: piece.maker,
      approvalNumber: '',
      barcode: null,
      nationalCode: piece.nationalCode,
      insuranceClass: 'none',
      restriction: '',
      prescriptionOnly: false,
      kind: 'pieces',
      packUnit: 'g',
      smallestUnit: 'g',
      unitsPerPack: 1,
      packPrice: unitPrice(55_200),
      codeRequirement: 'none',
      shelf: 'Y01-1',
    })
    const lotId = newId() as LotId
    insertLot(db, { lotId, drugId: PIECE_ID, lotNumber: 'LY-1', manufacturedOn: addDays(today, -300), expiresOn: addDays(today, 500), recalled: false })
    moveStock(db, { lotId, kind: 'received', quantity: wholeUnits(1000), saleId: null, lineId: null, at, newId })
  })
}
