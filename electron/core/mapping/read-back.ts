import type { BusinessDate } from '../../contract/index.ts'
import { AppError } from '../../contract/index.ts'
import { businessDate } from '../../domain/calendar.ts'
import type { House } from '../house.ts'
import { now } from '../now.ts'
import type { Operator } from '../platform/client.ts'
import type { HeldMapping } from '../platform/transactions/t1317.ts'
import { getSetting, setSetting } from '../system/settings.ts'
import { inTransaction } from '../db/database.ts'
import { storeHeld } from './mapping-store.ts'

/** When theirs were read, up to which of their days, and how many were about items that we do not have. */
export interface LastRead { readonly at: number; readonly since: BusinessDate; readonly foreign: number }
export const lastRead = (house: House): LastRead | null => {
  const text = getSetting(house.db, 'mapping.read')
  return text === null ? null : (JSON.parse(text) as LastRead)
}

const FROM_THE_BEGINNING = '2000-01-01' as BusinessDate
/** More than any shop's mappings; a province that answers every page with the same rows ends here. */
const MOST_PAGES = 500

/**
 * 1317 page by page, all pages before anything is stored: half an answer changes nothing. Since the newest day we saw, that day included, because the paper knows days only.
 * Errors: platform.* of the page that failed.
 */
export const readBack = async (house: House, operator: Operator, whole: boolean): Promise<{ readonly rows: number; readonly changed: number; readonly foreign: number }> => {
  const { db, profile, platform } = house
  const last = whole ? null : lastRead(house)
  const since = last?.since ?? FROM_THE_BEGINNING
  const today = businessDate(now(house))
  const held: HeldMapping[] = []
  let first = ''
  for (let page = 1; ; page += 1) {
    if (page > MOST_PAGES) throw new AppError('platform.unexpected-answer', 'pages without an end', { infno: '1317', page })
    const answer = await platform.mapping.heldPage(operator, { since, page, pageSize: profile.mapping.pageSize })
    if (answer.kind !== 'answered') throw new AppError(answer.code, `mappings not read: ${answer.kind}`, answer.detail)
    const { rows, held: own } = answer.value
    const mark = JSON.stringify(own)
    if (page === 1) first = mark
    // A province that knows no pages sends the first one again and again.
    else if (rows > 0 && mark === first) break
    held.push(...own)
    if (rows < profile.mapping.pageSize) break
  }
  const rows = held.map((row) => ({
    newId: house.newId(), drugId: row.drugId, nationalCode: row.nationalCode, from: row.from, to: row.to, valid: row.valid,
    held: { code: row.nationalCode, name: row.name, spec: row.spec, packSpec: row.packSpec, unit: row.unit, maker: '', approvalNumber: row.approvalNumber },
  }))
  return inTransaction(db, () => {
    const { changed, foreign } = storeHeld(db, rows, since === FROM_THE_BEGINNING, now(house))
    const newest = held.reduce<BusinessDate>((latest, row) => (row.updatedOn !== null && row.updatedOn > latest && row.updatedOn <= today ? row.updatedOn : latest), since)
    setSetting(db, 'mapping.read', JSON.stringify({ at: now(house), since: newest, foreign: since === FROM_THE_BEGINNING ? foreign : (last?.foreign ?? 0) + foreign } satisfies LastRead))
    return { rows: held.length, changed, foreign }
  })
}
