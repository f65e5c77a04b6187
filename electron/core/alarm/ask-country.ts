import { AppError } from '../../contract/index.ts'
import type { House } from '../house.ts'
import type { KnownSaleOfPack, Operator, Outcome } from '../platform/client.ts'
import { perDatabase } from '../db/statements.ts'
import type { ReadableDb } from '../db/database.ts'
import { keyOf } from '../trace/pack-key.ts'
import { sentCodes } from '../trace/sent-codes.ts'
import { drugOfCode } from './alarm-view.ts'

const statements = perDatabase((db) => ({
  // An upload's row key is made from the receipt and the line (outbox.effect_key); the line must have held this very pack.
  ours: db
    .prepare(
      `select exists (select 1 from outbox join sale_line_pack on sale_line_pack.line_id = outbox.payload ->> 'lineId' where outbox.effect_key = @rowKey and sale_line_pack.pack_key = @key)`,
    )
    .pluck(),
}))

/** Our own sale is ours under whatever institution number the platform keeps it. */
const isOurs = (db: ReadableDb, code: string, sale: KnownSaleOfPack): boolean => {
  const key = keyOf(db, code)
  return sale.here || (sale.rowKey !== '' && key !== null && statements(db).ours.get({ rowKey: sale.rowKey, key }) === 1)
}

/** Which sales of this pack the country knows, ours told apart (3513). Never throws for what the platform does; error alarm.cannot-ask for a code whose drug nobody knows: the question needs it. */
export const askCountry = async (house: House, operator: Operator, code: string): Promise<Outcome<readonly KnownSaleOfPack[]>> => {
  const drug = drugOfCode(house.db, code)
  if (drug === null) throw new AppError('alarm.cannot-ask', 'whose drug this code is, is not known')
  const [sent = code] = sentCodes(house.db, house.profile.trace, { split: false, codes: [code] })
  const answer = await house.platform.soldElsewhere(operator, { nationalCode: drug.nationalCode, code: sent })
  return answer.kind === 'answered' ? { ...answer, value: answer.value.map((sale) => ({ ...sale, here: isOurs(house.db, code, sale) })) } : answer
}

/** What a sale elsewhere is remembered with. */
export const saidBy3513 = (sale: KnownSaleOfPack): string => ['3513', sale.institution, sale.at].filter((part) => part !== '').join(' · ')
