import type { BusinessDate, Sale, SaleId, SaleLine } from '../../contract/index.ts'
import { sumFen } from '../../domain/amounts.ts'
import { nearExpiry } from '../../domain/calendar.ts'
import { blockersOf } from '../../domain/sale/blockers.ts'
import { packsNeeded } from '../../domain/sale/packs-needed.ts'
import { alarmedPacks } from '../alarm/alarmed-packs.ts'
import { claimBlockersOf, claimCheckOf } from '../claim-check/claim-view.ts'
import { unnamedPacks } from '../map/lost-name.ts'
import { unmappedLines } from '../mapping/unmapped-lines.ts'
import type { ReadableDb } from '../db/database.ts'
import type { House } from '../house.ts'
import { sellingDay } from '../selling-day.ts'
import { uploadState } from '../outbox/outbox-store.ts'
import { personView } from '../person/person-view.ts'
import { figuresOf, getSettlementRow } from '../settlement/settlement-store.ts'
import { openShiftId } from '../shift/shift-store.ts'
import { codedLine } from './coded-line.ts'
import type { LineDetails } from './line-details.ts'
import { getLineDetails } from './line-details.ts'
import type { LinePackRow } from './sale-store.ts'
import { getLinePackRows, getSaleRow, getTenderRows } from './sale-store.ts'
import { dueOf } from './due.ts'

const lineView = (house: House, line: LineDetails, packs: readonly LinePackRow[], on: BusinessDate): SaleLine => {
  const coded = codedLine(house, line, packs)
  return {
    lineId: line.line_id,
    drugId: line.drug_id as SaleLine['drugId'],
    name: line.generic_name,
    spec: line.pack_spec === '' ? line.spec : line.pack_spec,
    maker: line.maker,
    prescriptionOnly: line.prescription_only === 1,
    insuranceClass: line.insurance_class,
    codeRequirement: line.code_requirement,
    lotId: line.lot_id,
    lotNumber: line.lot_number,
    expiresOn: line.expires_on,
    nearExpiry: nearExpiry(line.expires_on, on, house.profile.nearExpiryDays),
    recalled: line.recalled === 1,
    sellUnit: line.sell_unit,
    unitName: line.sell_unit === 'pack' ? line.pack_unit : line.smallest_unit,
    quantity: line.quantity,
    unitPrice: line.unit_price,
    amountFen: line.amount_fen,
    packsScanned: packs.length,
    packsNeeded: packsNeeded(coded),
    packs: packs.map((pack) => ({ code: pack.code, virtual: pack.virtual === 1, quantity: pack.quantity })),
    uncodedPacks: line.uncoded_packs,
    uncodedFetched: coded.uncodedFetched === true,
  }
}

/** What lies on the counter. Booking a sale does not change it, so one reading serves the view before, the booking and the view after. */
export interface Basket { readonly lines: readonly LineDetails[]; readonly packs: readonly LinePackRow[] }
export const readBasket = (db: ReadableDb, saleId: SaleId): Basket => ({ lines: getLineDetails(db, saleId), packs: getLinePackRows(db, saleId) })

/** A sale as the till shows it, whole: nothing in it is computed a second time in the window. */
export const saleView = (house: House, saleId: SaleId, basket: Basket = readBasket(house.db, saleId)): Sale => {
  const { db, profile } = house
  const sale = getSaleRow(db, saleId)
  const on = sellingDay(house).day
  const packs = Map.groupBy(basket.packs, (pack) => pack.line_id)
  const lines = basket.lines.map((line) => lineView(house, line, packs.get(line.line_id) ?? [], on))
  const settlement = getSettlementRow(db, saleId)
  const claimCheck = claimCheckOf(house, sale, lines.map((line) => line.lineId))
  const person = personView(house, sale)
  const state = settlement?.state ?? 'draft'
  const filing = person?.filings.find((row) => row.diseaseCode === sale.disease_code)
  const editable = sale.status === 'open' || sale.status === 'held'
  return {
    saleId,
    receiptNumber: sale.receipt_number,
    status: sale.status,
    openedAt: sale.opened_at,
    closedAt: sale.closed_at,
    staffName: sale.staff_name,
    insured: sale.insured === 1,
    person,
    purchaseType: { kind: sale.purchase_kind, diseaseCode: sale.disease_code, diseaseName: filing?.diseaseName ?? null },
    lines,
    totalFen: sumFen(lines.map((line) => line.amountFen)),
    blockers: editable
      ? [...blockersOf({
        insured: sale.insured === 1, person, purchaseKind: sale.purchase_kind, diseaseCode: sale.disease_code, filingNeeded: profile.purchaseKinds[sale.purchase_kind]?.needsFiling ?? false,
        shiftOpen: openShiftId(db) !== null, settlementState: state, lines, alarmed: alarmedPacks(db, saleId), unnamed: unnamedPacks(db, saleId), unmapped: sale.insured === 1 ? unmappedLines(house, saleId, on) : [],
        claim: claimBlockersOf(house, claimCheck, (lineId) => lines.find((line) => line.lineId === lineId)?.name ?? null), today: on, lastSaleDaysBefore: profile.trace.lastSaleDaysBefore,
      })]
      : [],
    claimCheck,
    settlementState: state,
    refusal: settlement === null || settlement.refusal === null ? null : (JSON.parse(settlement.refusal) as Sale['refusal']),
    quote: figuresOf(settlement?.quote ?? null),
    settled: figuresOf(settlement?.figures ?? null),
    waitingSince: settlement?.waiting_since ?? null,
    dueFen: dueOf(house, saleId),
    tenders: getTenderRows(db, saleId).map((row) => ({ tenderId: row.tender_id, method: row.method, amountFen: row.amount_fen, givenFen: row.given_fen, changeFen: row.change_fen, at: row.at, refund: row.refund_of !== null })),
    upload: uploadState(db, saleId, 'upload-sale'),
    returnUpload: uploadState(db, saleId, 'upload-return'),
    heldNote: sale.held_note,
  }
}
