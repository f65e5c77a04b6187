import type { BusinessDate, LineId, SaleId } from '../../contract/index.ts'
import { perDatabase } from '../db/statements.ts'
import type { House } from '../house.ts'

const statements = perDatabase((db) => ({
  unmapped: db.prepare(`select line_id from sale_line join drug using (drug_id) where sale_id = @saleId and voided_reason is null and not exists (
      select 1 from catalogue_mapping as mapping where mapping.drug_id = drug.drug_id and mapping.national_code = drug.national_code and mapping.state in ('held', 'withdrawing')
        and begins_on <= @today and (ends_on is null or ends_on >= @today))`).pluck(),
}))

/** Lines of drugs without a mapping in force, where the region settles none without one. */
export const unmappedLines = (house: House, saleId: SaleId, today: BusinessDate): readonly LineId[] =>
  (house.profile.mapping.required ? (statements(house.db).unmapped.all({ saleId, today }) as LineId[]) : [])
