import type { SaleId } from '../../contract/index.ts'
import { sumFen } from '../../domain/amounts.ts'
import type { House } from '../house.ts'
import { now } from '../now.ts'
import { personOf } from '../person/read-person.ts'
import { filedDiseaseName } from '../person/filed-disease.ts'
import type { InsuredBasket } from '../platform/client.ts'
import { getLinePackRows, getSaleRow } from '../sale/sale-store.ts'
import { getLineDetails } from '../sale/line-details.ts'
import { sentCodes } from '../trace/sent-codes.ts'

/** The sale as the platform is shown it. Pieces without a code requirement travel without codes. */
export const basketOf = (house: House, saleId: SaleId): InsuredBasket => {
  const { db } = house
  const sale = getSaleRow(db, saleId)
  const packs = getLinePackRows(db, saleId)
  const lines = getLineDetails(db, saleId)
  return {
    ...personOf(house, sale),
    purchaseKind: sale.purchase_kind,
    diseaseCode: sale.disease_code,
    diseaseName: filedDiseaseName(db, sale),
    useAccount: true,
    at: now(house),
    totalFen: sumFen(lines.map((line) => line.amount_fen)),
    lines: lines.map((line) => ({
      position: line.position,
      lineId: line.line_id,
      nationalCode: line.national_code,
      drugId: line.drug_id,
      amountFen: line.amount_fen,
      quantity: line.quantity,
      unitPrice: line.unit_price,
      packs: sentCodes(house.db, house.profile.trace, { split: line.sell_unit === 'unit', codes: packs.filter((pack) => pack.line_id === line.line_id).map((pack) => pack.code) }).map((code) => ({ code, split: line.sell_unit === 'unit' })),
    })),
  }
}
