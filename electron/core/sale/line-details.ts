import type { BusinessDate, CodeRequirement, InsuranceClass, SaleId } from '../../contract/index.ts'
import type { ReadableDb } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'
import type { LineRow } from './sale-store.ts'

/** A line with what its drug and lot say. */
export interface LineDetails extends LineRow {
  readonly generic_name: string
  readonly trade_name: string
  readonly spec: string
  readonly pack_spec: string
  readonly maker: string
  readonly national_code: string
  readonly barcode: string | null
  readonly prescription_only: 0 | 1
  readonly insurance_class: InsuranceClass
  readonly code_requirement: CodeRequirement
  readonly pack_unit: string
  readonly smallest_unit: string
  readonly units_per_pack: number
  readonly lot_number: string
  readonly manufactured_on: BusinessDate | null
  readonly expires_on: BusinessDate
  readonly recalled: 0 | 1
  /** Whole packs from the uncoded list. */
  readonly uncoded_packs: number
}

const statements = perDatabase((db) => ({
  details: db.prepare(`select line_id, sale_id, position, drug_id, lot_id, sell_unit, quantity, unit_price, amount_fen, generic_name, trade_name, spec, pack_spec, maker, national_code, barcode, prescription_only,
      insurance_class, code_requirement, pack_unit, smallest_unit, units_per_pack, lot_number, manufactured_on, expires_on, recalled,
      (select coalesce(sum(packs), 0) from uncoded_use where uncoded_use.line_id = sale_line.line_id) as uncoded_packs
    from sale_line join drug using (drug_id) join lot using (lot_id, drug_id) where sale_id = ? and voided_reason is null order by position`),
}))

export const getLineDetails = (db: ReadableDb, saleId: SaleId): readonly LineDetails[] => statements(db).details.all(saleId) as LineDetails[]
