import type { BusinessDate, DrugId, Instant, LotId } from '../../contract/index.ts'
import { unitPrice, wholeUnits } from '../../contract/index.ts'
import { priceFromDecimal } from '../../domain/amounts.ts'
import { addDays, businessDate, startOfDay } from '../../domain/calendar.ts'
import type { WritableDb } from '../db/database.ts'
import { inTransaction } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'
import { insertDrug } from '../drug/drug-store.ts'
import { createStaff } from '../session/staff-store.ts'
import { insertLot } from '../stock/lot-store.ts'
import { moveStock } from '../stock/move-stock.ts'
import { setSetting } from '../system/settings.ts'
import { eventNumber, stateNumber } from '../trace/ledger-codes.ts'
import { digitsKey } from '../trace/pack-key.ts'
import { receivePack } from '../trace/pack-ledger.ts'
import { barcodeOf, gs1Pack, isGs1, lotFront, pieceId, productId, soldElsewhereCode } from './demo-codes.ts'
import { demoPieces, demoProducts, isKeptInShop, isPrescriptionOnly } from './demo-data.ts'
import type { Piece, Product } from './demo-data.ts'
import { learnBefore, linkPieceCode, linkProductCodes } from './demo-map.ts'
import { ALARM_LIST_ROWS, plannedLots, VIRTUAL_ROWS } from './demo-plan.ts'
import { tellDelivery } from './demo-delivery.ts'
import { listUncoded, tellRecall } from './demo-uncoded.ts'
import { sellBefore } from './demo-yesterday.ts'

export interface DemoHouse {
  readonly clock: () => number
  readonly newId: () => string
}

export const DEMO_STAFF = [
  { staffId: '1001', name: '张小敏', role: 'cashier', pin: '1001', licenceNumber: null },
  { staffId: '2001', name: '李正', role: 'pharmacist', pin: '2001', licenceNumber: 'PRACTICE-YS-2001' },
  { staffId: '9001', name: '王经理', role: 'manager', pin: '9001', licenceNumber: null },
] as const

const statements = perDatabase((db) => ({
  hasDrugs: db.prepare(`select 1 from drug limit 1`).pluck(),
  // Thirty thousand packs in two statements a lot: a first start must not wait for them.
  receivePacks: db.prepare(`with recursive n (i) as (select 1 union all select i + 1 from n where i < @packs)
    insert into pack (pack_key, facts) select @front + i, ((select lot_ref from lot where lot_id = @lotId) << 4) | @state from n`),
  receiveEvents: db.prepare(`with recursive n (i) as (select 1 union all select i + 1 from n where i < @packs)
    insert into pack_event (pack_key, seq, at, kind, staff_ref, note) select @front + i, 1, @at, @kind, (select staff_ref from staff where staff_id = @staffId), @note from n`),
  addForeign: db.prepare(`insert into foreign_sale (pack_key, source, told_at) values (?, 'alarm-list', ?) on conflict (pack_key) do nothing`),
}))

const shelfOf = (zone: string, row: number): string => `${zone}${String(1 + (row % 8)).padStart(2, '0')}-${1 + (row % 5)}`

const insertProduct = (db: WritableDb, product: Product): void => {
  const prescriptionOnly = isPrescriptionOnly(product)
  insertDrug(db, {
    ...product,
    drugId: productId(product.row),
    barcode: barcodeOf(product.row),
    prescriptionOnly,
    packPrice: priceFromDecimal(product.packPriceYuan) ?? unitPrice(0),
    codeRequirement: VIRTUAL_ROWS.includes(product.row) ? 'virtual' : 'scan',
    shelf: shelfOf(prescriptionOnly ? 'R' : product.kind === 'western' ? 'A' : 'B', product.row),
  })
}

/** Decoction pieces are weighed: a pack is a gram, and their codes are not collected for now (rules.md §1.4). */
const insertPiece = (db: WritableDb, piece: Piece): void =>
  insertDrug(db, {
    drugId: pieceId(piece.row),
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
    packPrice: unitPrice(Math.round((priceFromDecimal(piece.kilogramPriceYuan) ?? 0) / 1000)),
    codeRequirement: 'none',
    shelf: shelfOf('Y', piece.row),
  })

interface ArrivingLot {
  readonly drugId: DrugId
  readonly row: number
  readonly ordinal: number
  readonly manufacturedOn: BusinessDate | null
  readonly expiresOn: BusinessDate
  readonly recalled: boolean
  readonly packs: number
  readonly unitsPerPack: number
  readonly coding: 'msfx' | 'gs1' | 'none'
}

const receiveLot = (db: WritableDb, { newId }: DemoHouse, lot: ArrivingLot, at: Instant): void => {
  const lotId = newId() as LotId
  const { packs } = lot
  // A made-up lot number that names the month of expiry.
  insertLot(db, { ...lot, lotId, lotNumber: `${lot.expiresOn.slice(2, 4)}${lot.expiresOn.slice(5, 7)}${String(lot.row % 100).padStart(2, '0')}${lot.ordinal}` })
  moveStock(db, { lotId, kind: 'received', quantity: wholeUnits(packs * lot.unitsPerPack), saleId: null, lineId: null, at, newId })
  const note = '期初入库'
  if (lot.coding === 'gs1') {
    for (let n = 1; n <= packs; n += 1)
      receivePack(db, { ...gs1Pack(lot.row, lot.ordinal, n), lotId, at, staffId: '2001', note })
  }
  if (lot.coding !== 'msfx') return
  const front = digitsKey(`${lotFront(lot.row, lot.ordinal)}000000`)
  statements(db).receivePacks.run({ packs, front, lotId, state: stateNumber('in-stock') })
  statements(db).receiveEvents.run({ packs, front, kind: eventNumber('received'), at, staffId: '2001', note })
}

const receiveProduct = (db: WritableDb, house: DemoHouse, product: Product, today: BusinessDate, at: Instant): void => {
  const { row, unitsPerPack } = product
  const coding = VIRTUAL_ROWS.includes(row) ? 'none' : isGs1(row) ? 'gs1' : 'msfx'
  for (const { ordinal, expiresInDays, shelfLifeDays, manufactureDateKnown, recalled, packs } of plannedLots(row)) {
    const expiresOn = addDays(today, expiresInDays)
    const manufacturedOn = manufactureDateKnown ? addDays(expiresOn, -shelfLifeDays) : null
    receiveLot(db, house, { drugId: productId(row), row, ordinal, manufacturedOn, expiresOn, recalled, packs, unitsPerPack, coding }, at)
  }
}

const receivePiece = (db: WritableDb, house: DemoHouse, { row }: Piece, today: BusinessDate, at: Instant): void => {
  const expiresOn = addDays(today, 500 + (row % 200))
  receiveLot(
    db,
    house,
    {
      drugId: pieceId(row),
      row,
      ordinal: 1,
      manufacturedOn: addDays(expiresOn, -1095),
      expiresOn,
      recalled: false,
      packs: 3000 + (row % 7) * 500,
      unitsPerPack: 1,
      coding: 'none',
    },
    at,
  )
}

/**
 * Fills an empty database with a shop to practise in: staff, 461 real products and 300 decoction pieces, made-up codes, lots, packs and an evening's sales.
 * One transaction; does nothing (false) where drugs are already, the demo shop's or a real one's.
 */
export const loadDemoShop = (db: WritableDb, house: DemoHouse): boolean => {
  if (statements(db).hasDrugs.get() === 1) return false
  const now = house.clock() as Instant
  const today = businessDate(now)
  const receivedAt = (now - 7 * 86_400_000) as Instant
  inTransaction(db, () => {
    setSetting(db, 'shop.name', '练习大药房')
    setSetting(db, 'till.number', '01')
    setSetting(db, 'shop.address', '练习区示范路 1 号')
    setSetting(db, 'shop.phone', '000-00000000')
    for (const staff of DEMO_STAFF) createStaff(db, staff)
    for (const product of demoProducts()) {
      insertProduct(db, product)
      linkProductCodes(db, house, product, receivedAt)
      if (isKeptInShop(product)) receiveProduct(db, house, product, today, receivedAt)
    }
    for (const piece of demoPieces()) {
      insertPiece(db, piece)
      linkPieceCode(db, house, piece, receivedAt)
      receivePiece(db, house, piece, today, receivedAt)
    }
    for (const row of ALARM_LIST_ROWS) for (const nth of [1, 2, 3]) statements(db).addForeign.run(digitsKey(soldElsewhereCode(row, nth)), receivedAt)
    sellBefore(db, house, now)
    tellDelivery(db, house, today)
    listUncoded(db, house, today, receivedAt)
    tellRecall(db, house, receivedAt)
    learnBefore(db, house, today, (startOfDay(today) - 8 * 3_600_000) as Instant)
  })
  return true
}
