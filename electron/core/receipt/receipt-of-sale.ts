import type { PaperWidth, ReceiptDocument, SaleId } from '../../contract/index.ts'
import { AppError, fen } from '../../contract/index.ts'
import { sumFen } from '../../domain/amounts.ts'
import { maskId, maskName } from '../../domain/masking.ts'
import { buildReceipt } from '../../domain/receipt/build-receipt.ts'
import type { ReceiptInput } from '../../domain/receipt/receipt-input.ts'
import type { House } from '../house.ts'
import { now } from '../now.ts'
import { filedDiseaseName } from '../person/filed-disease.ts'
import { getPerson } from '../person/person-store.ts'
import { settledInsurance } from '../person/settled-insurance.ts'
import { insuranceName, personTypeName } from '../platform/profile-words.ts'
import { getLineDetails } from '../sale/line-details.ts'
import type { SaleRow } from '../sale/sale-store.ts'
import { getLinePackRows, getSaleRow, getTenderRows } from '../sale/sale-store.ts'
import type { SettlementRow } from '../settlement/settlement-store.ts'
import { figuresOf, getSettlementRow } from '../settlement/settlement-store.ts'
import { getSetting } from '../system/settings.ts'

const personOnReceipt = (house: House, sale: SaleRow, settlement: SettlementRow | null): ReceiptInput['person'] => {
  if (sale.person_id === null) return null
  const { person } = getPerson(house.db, sale.person_id)
  const insurance = settledInsurance(person, sale, settlement)
  if (insurance === null) return null
  return { nameMasked: maskName(person.name), idMasked: maskId(person.idNumber), insuranceName: insuranceName(insurance.insuranceType), personTypeName: personTypeName(insurance.personType) }
}

/** The paper of a booked sale or of its return, from what was booked: nothing is computed anew. Error sale.wrong-state before that. */
export const receiptOfSale = (house: House, saleId: SaleId, width: PaperWidth, kind: 'sale' | 'return', copy: boolean): ReceiptDocument => {
  const { db, profile } = house
  const sale = getSaleRow(db, saleId)
  const at = kind === 'sale' ? sale.sold_at : sale.returned_at
  if (at === null) throw new AppError('sale.wrong-state', `sale is ${sale.status}`, { status: sale.status, receiptNumber: sale.receipt_number })
  const settlement = getSettlementRow(db, saleId)
  const figures = figuresOf(settlement?.figures ?? null)
  const packs = getLinePackRows(db, saleId)
  const lines = getLineDetails(db, saleId)
  return buildReceipt({
    kind,
    practice: profile.practice,
    copy,
    shop: { name: getSetting(db, 'shop.name') ?? profile.institution.name, institutionCode: profile.institution.code, address: getSetting(db, 'shop.address') ?? '', phone: getSetting(db, 'shop.phone') ?? '' },
    receiptNumber: sale.receipt_number,
    tillNumber: getSetting(db, 'till.number') ?? '01',
    cashier: sale.staff_name,
    at,
    printedAt: copy ? now(house) : null,
    person: personOnReceipt(house, sale, settlement),
    purchase: figures === null ? null : { kind: sale.purchase_kind, diseaseName: filedDiseaseName(db, sale) ?? sale.disease_code },
    lines: lines.map((line) => ({
      name: line.generic_name,
      spec: line.pack_spec === '' ? line.spec : line.pack_spec,
      maker: line.maker,
      lotNumber: line.lot_number,
      expiresOn: line.expires_on,
      quantity: line.quantity,
      unitName: line.sell_unit === 'pack' ? line.pack_unit : line.smallest_unit,
      splitPack: line.sell_unit === 'unit',
      unitPrice: line.unit_price,
      amountFen: line.amount_fen,
      chargeLevel: figures?.lines.find((row) => row.lineId === line.line_id)?.level ?? null,
      prescriptionOnly: line.prescription_only === 1,
      packs: packs.filter((pack) => pack.line_id === line.line_id).map((pack) => ({ code: pack.code, virtual: pack.virtual === 1, quantity: pack.quantity })),
      withoutCode: Math.max(0, line.uncoded_packs - packs.filter((pack) => pack.line_id === line.line_id && pack.virtual === 1).length),
    })),
    totalFen: sumFen(lines.map((line) => line.amount_fen)),
    settlement: figures === null || settlement === null || settlement.setl_id === null ? null : { settlementId: settlement.setl_id, figures },
    tenders: getTenderRows(db, saleId).filter((row) => (row.refund_of !== null) === (kind === 'return')).map((row) => ({
      method: row.method, amountFen: fen(Math.abs(row.amount_fen)), givenFen: fen(Math.abs(row.given_fen)), changeFen: row.change_fen,
    })),
    returnReason: kind === 'return' ? sale.held_note : null,
    footer: [],
    qr: sale.receipt_number,
  }, width)
}
