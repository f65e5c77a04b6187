import type { BusinessDate, DrugId, Instant, LotId, SaleId } from '../../../electron/contract/index.ts'
import { LinkKind, unitPrice, wholeUnits } from '../../../electron/contract/index.ts'
import type { WritableDb } from '../../../electron/core/db/database.ts'
import { insertDrug } from '../../../electron/core/drug/drug-store.ts'
import type { Caller, House } from '../../../electron/core/house.ts'
import { saleStatements, insertLinePack } from '../../../electron/core/sale/sale-store.ts'
import { insertLot } from '../../../electron/core/stock/lot-store.ts'
import { countingIds } from '../../support/counting-ids.ts'
import { emptyDatabase, NINE_OCLOCK } from '../../support/database.ts'
import { addStaff } from '../../support/staff.ts'

export const LINK_KINDS = LinkKind.options
export const AT = NINE_OCLOCK as Instant
export const CASHIER: Caller = { staffId: 'C1', staffName: 'C1', role: 'cashier' }
export const PHARMACIST: Caller = { staffId: 'P1', staffName: 'P1', role: 'pharmacist' }
export const MANAGER: Caller = { staffId: 'M1', staffName: 'M1', role: 'manager' }
/** Made up: identifiers 89…, bar codes 6999…. */
export const DRUGS = ['D1', 'D2', 'D3'].map((drugId, index) => ({
  drugId: drugId as DrugId,
  barcode: ['6999000000018', '6999000000025', '6999000000032'][index] ?? '',
}))
export const [D1, D2, D3] = ['D1', 'D2', 'D3'] as [DrugId, DrugId, DrugId]

export interface MapShop extends Pick<House, 'db' | 'clock' | 'newId'> {
  readonly db: WritableDb
  readonly lotOf: (drugId: DrugId) => LotId
  readonly tick: () => void
}

/** Three drugs with a lot each, three people, no links. */
export const mapShop = (): MapShop => {
  const newId = countingIds()
  let at: number = NINE_OCLOCK
  const db = emptyDatabase()
  for (const [staffId, role] of [
    ['C1', 'cashier'],
    ['P1', 'pharmacist'],
    ['M1', 'manager'],
  ] as const)
    addStaff(db, staffId, role)
  const lots = new Map<DrugId, LotId>()
  DRUGS.forEach(({ drugId, barcode }, index) => {
    insertDrug(db, {
      drugId,
      barcode,
      genericName: `药${index + 1}`,
      tradeName: '',
      spec: '1g',
      packSpec: '1g×10片',
      maker: '示范药厂',
      approvalNumber: `国药准字H9900000${index < 2 ? 1 : 2}`,
      nationalCode: `XA01ABD075A00201010000${index + 1}`,
      insuranceClass: 'none',
      restriction: '',
      prescriptionOnly: false,
      kind: 'western',
      packUnit: '盒',
      smallestUnit: '片',
      unitsPerPack: 10,
      packPrice: unitPrice(1_000_000),
      codeRequirement: 'scan',
      shelf: '',
    })
    const lotId = newId() as LotId
    insertLot(db, { lotId, drugId, lotNumber: `L${index + 1}`, manufacturedOn: null, expiresOn: '2027-12-31' as BusinessDate, recalled: false })
    lots.set(drugId, lotId)
  })
  return {
    db,
    newId,
    clock: () => at,
    tick: () => {
      at += 60_000
    },
    lotOf: (drugId) => lots.get(drugId) ?? ('' as LotId),
  }
}

/** A sale with one line that holds these codes. */
export const saleWith = ({ db, newId, lotOf }: MapShop, drugId: DrugId, codes: readonly string[]): SaleId => {
  const saleId = newId() as SaleId
  saleStatements(db).insertSale.run({
    saleId,
    receiptNumber: `R-${saleId.slice(-4)}`,
    shiftId: null,
    staffId: 'C1',
    openedAt: AT,
    businessDate: '2026-11-21' as BusinessDate,
    copiedFrom: null,
  })
  const lineId = newId() as never
  saleStatements(db).insertLine.run({
    lineId,
    saleId,
    position: 1,
    drugId,
    lotId: lotOf(drugId),
    sellUnit: 'pack',
    quantity: wholeUnits(codes.length),
    unitPrice: unitPrice(1_000_000),
    amountFen: 100,
  })
  for (const code of codes) insertLinePack(db, { lineId, code, quantity: wholeUnits(10) })
  return saleId
}
