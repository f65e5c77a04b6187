import type { BusinessDate } from '../contract/index.ts'
import { perDatabase } from './db/statements.ts'
import type { House } from './house.ts'
import { today } from './now.ts'

const books = perDatabase((db) => ({
  newest: db.prepare(`select business_date from sale where sold_at is not null order by business_date desc limit 1`).pluck(),
  asked: '' as string,
  day: null as BusinessDate | null,
}))

/** Two years ahead of the clock nobody sells: that clock was wrong then, and a shop must not stand still for ever because of it. */
const NONSENSE_DAYS = 730
const DAY_MS = 86_400_000

/**
 * The day that decides whether something may still be sold: the clock's, but never before the newest day on which something was sold. A clock that was set back makes no expired lot good.
 * Asked anew whenever the clock says another day than last time.
 */
export const sellingDay = (house: Pick<House, 'clock' | 'db'>): { readonly day: BusinessDate; readonly clockBehind: boolean } => {
  const clockDay = today(house)
  const known = books(house.db)
  if (known.asked !== clockDay) {
    known.asked = clockDay
    known.day = (known.newest.get() as BusinessDate | undefined) ?? null
  }
  const { day } = known
  if (day === null || day <= clockDay || Date.parse(day) - Date.parse(clockDay) > NONSENSE_DAYS * DAY_MS) return { day: clockDay, clockBehind: false }
  return { day, clockBehind: true }
}
