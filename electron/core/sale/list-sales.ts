import type { Fen, SaleId, SaleStatus, SaleSummary } from '../../contract/index.ts'
import { fen } from '../../contract/index.ts'
import { maskName } from '../../domain/masking.ts'
import { perDatabase } from '../db/statements.ts'
import type { House } from '../house.ts'
import { uploadState } from '../outbox/outbox-store.ts'
import { traceOf } from '../../domain/recognition/trace-of.ts'
import { today } from '../now.ts'
import { keyOf, keyOfPack } from '../trace/pack-key.ts'
import { readCode } from '../trace/read-code.ts'

// Word for word the condition of the index `sale_status`: only so is it used, and a year of closed sales is not read to find the three that are open.
const LIVE = `status not in ('closed', 'voided', 'returned', 'reversed')`
const ASKED = `(@anyStatus = 1 or status in (select value from json_each(@statuses)))`
// Receipt numbers count up within a till: the newest is the last, and their index is there.
const NEWEST = `order by receipt_number desc limit @limit`

const statements = perDatabase((db) => ({
  live: db.prepare(`select sale_id from sale indexed by sale_status where ${LIVE} and ${ASKED} ${NEWEST}`).pluck(),
  newest: db.prepare(`select sale_id from sale where ${ASKED} ${NEWEST}`).pluck(),
  ofDay: db.prepare(`select sale_id from sale indexed by sale_date where business_date = @date and ${ASKED} ${NEWEST}`).pluck(),
  withText: db.prepare(`select sale_id from sale where sale_id in (
      select sale_id from sale where instr(receipt_number, @text) > 0
      union select sale_id from sale_line join sale_line_pack using (line_id) where pack_key = @key
      union select sale_id from sale_line where drug_id in (select drug_id from drug where instr(generic_name, @text) > 0))
    and (@date is null or business_date = @date) and ${ASKED} ${NEWEST}`).pluck(),
  summary: db.prepare(`select sale.sale_id as saleId, receipt_number as receiptNumber, sale.status, opened_at as openedAt, closed_at as closedAt, staff.name as staffName, insured, insured_person.name as personName,
      coalesce((select sum(amount_fen) from sale_line where sale_line.sale_id = sale.sale_id and voided_reason is null), 0) as totalFen,
      coalesce(figures ->> 'fundFen', 0) as fundFen, coalesce((figures ->> 'accountFen') + (figures ->> 'familyAccountFen'), 0) as accountFen, figures ->> 'cashFen' as cashFen,
      (select count(*) from sale_line where sale_line.sale_id = sale.sale_id and voided_reason is null) as lineCount,
      coalesce((select generic_name from sale_line join drug using (drug_id) where sale_line.sale_id = sale.sale_id and voided_reason is null order by position limit 1), '') as firstDrug,
      coalesce(state, 'draft') as settlementState, held_note as heldNote
    from sale join staff using (staff_id) left join settlement using (sale_id) left join insured_person using (person_id) where sale_id = ?`),
}))

type SummaryRow = Omit<SaleSummary, 'insured' | 'personMasked' | 'upload' | 'cashFen'> & { readonly insured: 0 | 1; readonly personName: string | null; readonly cashFen: Fen | null }

/** One sale in a list. */
export const summaryOf = (house: House, saleId: SaleId): SaleSummary => {
  const { personName, insured, cashFen, ...row } = statements(house.db).summary.get(saleId) as SummaryRow
  return {
    ...row, insured: insured === 1, personMasked: personName === null ? null : maskName(personName), cashFen: cashFen ?? fen(row.totalFen - row.fundFen - row.accountFen), upload: uploadState(house.db, saleId, 'upload-sale'),
  }
}

const LIVE_STATUSES: ReadonlySet<SaleStatus> = new Set(['open', 'held', 'settling', 'unconfirmed', 'due', 'returning'])

/** A whole trace code, as typed or as a scanner delivers it. */
const keyOfText = (house: House, text: string): bigint | null => {
  if (text === '') return null
  const trace = traceOf(readCode(house.db, { raw: text, step: 'drug', thisYear: Number(today(house).slice(0, 4)) }))
  return trace === null ? keyOf(house.db, text) : keyOfPack(house.db, trace)
}

/** Newest first. `text`: part of a receipt number or of a drug's name, or a whole trace code. */
export const listSales = (house: House, filter: { readonly date: string | null; readonly statuses: readonly SaleStatus[]; readonly text: string; readonly limit: number }): readonly SaleSummary[] => {
  const { date, limit } = filter
  const text = filter.text.trim()
  const { live, newest, ofDay, withText } = statements(house.db)
  const key = keyOfText(house, text)
  const asked = { limit, anyStatus: filter.statuses.length === 0 ? 1 : 0, statuses: JSON.stringify(filter.statuses) }
  const onlyLive = filter.statuses.length > 0 && filter.statuses.every((status) => LIVE_STATUSES.has(status))
  const found = text !== '' ? withText.all({ ...asked, text, key, date }) : date !== null ? ofDay.all({ ...asked, date }) : onlyLive ? live.all(asked) : newest.all(asked)
  return (found as SaleId[]).map((saleId) => summaryOf(house, saleId))
}
