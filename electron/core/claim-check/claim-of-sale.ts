import type { BusinessDate, ClaimStage, SaleId } from '../../contract/index.ts'
import { sumFen } from '../../domain/amounts.ts'
import { parseDate } from '../../domain/calendar.ts'
import { idVerifies } from '../../domain/recognition/check-digits.ts'
import { perDatabase } from '../db/statements.ts'
import type { House } from '../house.ts'
import { now } from '../now.ts'
import { filedDiseaseName } from '../person/filed-disease.ts'
import { personOf } from '../person/read-person.ts'
import type { PlatformPerson } from '../platform/client.ts'
import type { ClaimLine, ClaimQuestion } from '../platform/transactions/claim-question.ts'
import { getLineDetails } from '../sale/line-details.ts'
import { getSaleRow } from '../sale/sale-store.ts'
import { figuresOf, getSettlementRow } from '../settlement/settlement-store.ts'

const statements = perDatabase((db) => ({
  kinds: db.prepare(`select drug_id, kind from sale_line join drug using (drug_id) where sale_id = ?`),
}))

const RESIDENT_ID = '01'
/** As 1101 said it, else as a resident's ID number says it; null: nobody told us. */
const bornOn = ({ bornOn: told, idType, idNumber }: PlatformPerson): BusinessDate | null => told ?? (idType === RESIDENT_ID && idVerifies(idNumber) ? parseDate(idNumber.slice(6, 14)) : null)

/** The visit number that 3505 also sends for a self-paid sale. */
export const ownVisitId = (receiptNumber: string): string => `V${receiptNumber.replaceAll('-', '')}`

/** The open sale as the province's rules are asked about it. */
export const claimOfSale = (house: House, saleId: SaleId, stage: ClaimStage): ClaimQuestion => {
  const { db } = house
  const sale = getSaleRow(db, saleId)
  const { person, insurance } = personOf(house, sale)
  const kinds = new Map((statements(db).kinds.all(saleId) as { drug_id: string; kind: ClaimLine['kind'] }[]).map((row) => [row.drug_id, row.kind]))
  const lines = getLineDetails(db, saleId)
  const settlement = getSettlementRow(db, saleId)
  return {
    stage, visitId: ownVisitId(sale.receipt_number), person, bornOn: bornOn(person), insurance, purchaseKind: sale.purchase_kind, at: now(house),
    disease: sale.disease_code === null ? null : { code: sale.disease_code, name: filedDiseaseName(db, sale) ?? sale.disease_code },
    totalFen: sumFen(lines.map((line) => line.amount_fen)),
    lines: lines.map((line) => ({
      lineId: line.line_id, nationalCode: line.national_code, drugId: line.drug_id, name: line.generic_name, spec: line.pack_spec === '' ? line.spec : line.pack_spec, kind: kinds.get(line.drug_id) ?? 'western',
      unitName: line.sell_unit === 'pack' ? line.pack_unit : line.smallest_unit, insuranceClass: line.insurance_class, quantity: line.quantity, unitPrice: line.unit_price, amountFen: line.amount_fen,
    })),
    figures: settlement?.quote_revision === sale.revision ? figuresOf(settlement.quote) : null,
  }
}
