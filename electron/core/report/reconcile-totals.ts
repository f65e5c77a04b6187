import type { BusinessDate, Fen, ReconcileRow } from '../../contract/index.ts'
import { perDatabase } from '../db/statements.ts'
import type { Caller, House } from '../house.ts'
import { now } from '../now.ts'
import { operatorOf } from '../person/read-person.ts'
import { refusalError } from '../platform/outcome-error.ts'
import { insuranceName } from '../platform/profile-words.ts'

interface Group { readonly insuranceType: string; readonly clearingType: string; readonly clearingOffice: string; readonly refund: 0 | 1; readonly count: number; readonly totalFen: Fen; readonly fundFen: Fen; readonly accountFen: Fen }

const statements = perDatabase((db) => ({
  // By the time the platform booked, not ours (3201 note 2). A cancelled settlement stands in both: once as settled, once as its refund.
  groups: db.prepare(`with booked as (
      select insurance_type, figures ->> 'clearingType' as clearing_type, clearing_office, 0 as refund, figures, settled_at as at from settlement where figures is not null
      union all
      select insurance_type, figures ->> 'clearingType', clearing_office, 1, figures, cancelled_at from settlement where state = 'cancelled'),
    in_period as (select * from booked where substr(at, 1, 10) between @from and @to),
    -- Asked for, and as far as we know never booked: of these the province must have none, so an otherwise empty group is compared too.
    open_ended as (select distinct insurance_type, quote ->> 'clearingType' as clearing_type from settlement join platform_message on message_id = settle_message_id
      where figures is null and quote is not null and date(created_at / 1000 + 28800, 'unixepoch') between @from and @to
        and not exists (select 1 from in_period where in_period.insurance_type = settlement.insurance_type and in_period.clearing_type = quote ->> 'clearingType' and refund = 0))
    select insurance_type as insuranceType, clearing_type as clearingType, clearing_office as clearingOffice, refund, count(*) as count,
      sum(figures ->> 'totalFen') * iif(refund = 1, -1, 1) as totalFen, sum(figures ->> 'fundFen') * iif(refund = 1, -1, 1) as fundFen, sum(figures ->> 'accountFen') * iif(refund = 1, -1, 1) as accountFen
    from in_period group by 1, 2, 3, 4
    union all select insurance_type, clearing_type, '', 0, 0, 0, 0, 0 from open_ended order by 1, 2, 4`),
  unconfirmed: db.prepare(`select count(*) from settlement where state in ('settling', 'unknown', 'reversing', 'parked', 'cancelling', 'cancel-unknown')`).pluck(),
  save: db.prepare(`insert into reconciliation (reconciliation_id, at, from_date, to_date, rows, balanced) values (@id, @at, @from, @to, @rows, @balanced)`),
}))

/** 3201 for every insurance type, clearing type and direction of the period. Errors: platform.*. */
export const runTotals = async (house: House, caller: Caller, from: BusinessDate, to: BusinessDate): Promise<{ balanced: boolean; rows: ReconcileRow[]; unconfirmed: number }> => {
  const { db } = house
  const rows: ReconcileRow[] = []
  for (const group of statements(db).groups.all({ from, to }) as Group[]) {
    const { insuranceType, clearingType, clearingOffice, count, totalFen, fundFen, accountFen } = group
    const refund = group.refund === 1
    const answer = await house.platform.totals(operatorOf(caller), { insuranceType, clearingType, clearingOffice, refund, from, to, count, totalFen, fundFen, accountFen })
    if (answer.kind !== 'answered') throw refusalError(answer)
    rows.push({ insuranceType, insuranceName: insuranceName(insuranceType), clearingType, refund, count, totalFen, fundFen, accountFen, balanced: answer.value.balanced, explanation: answer.value.explanation, askedAt: now(house) })
  }
  const balanced = rows.every((row) => row.balanced)
  statements(db).save.run({ id: house.newId(), at: now(house), from, to, rows: JSON.stringify(rows), balanced: balanced ? 1 : 0 })
  return { balanced, rows, unconfirmed: statements(db).unconfirmed.get() as number }
}
