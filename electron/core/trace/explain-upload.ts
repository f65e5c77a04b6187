import { AppError } from '../../contract/index.ts'
import type { SaleId, UploadStory } from '../../contract/index.ts'
import { fetchesMissing } from '../../domain/sale/packs-needed.ts'
import { checkUpload } from '../../domain/trace/upload-checks.ts'
import type { EarlierUpload, PackGoods, SoldLine, UploadFacts } from '../../domain/trace/upload-facts.ts'
import type { ReadableDb } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'
import type { House } from '../house.ts'
import { codedLine } from '../sale/coded-line.ts'
import { getLineDetails } from '../sale/line-details.ts'
import { getLinePackRows, getSaleRow } from '../sale/sale-store.ts'
import { getSettlementRow } from '../settlement/settlement-store.ts'
import { codeOf } from './pack-key.ts'
import type { PackLine } from './pack-lines.ts'
import { linesOfPack } from './pack-lines.ts'
import { findPack } from './pack-store.ts'
import { sentCodes } from './sent-codes.ts'

const statements = perDatabase((db) => ({
  goods: db.prepare(`select drug_id as drugId, generic_name as drugName, code_requirement as requirement, national_code as nationalCode, lot_id as lotId, lot_number as lotNumber, manufactured_on as manufacturedOn
    from lot join drug using (drug_id) where lot_id = ?`),
  // As upload-line.ts picks one.
  licensed: db.prepare(`select 1 from staff where licence_number is not null and active = 1 limit 1`).pluck(),
  // What the outbox's claim waits for: any pack of this line, told of later than an earlier line of the same pack (outbox-store.ts).
  earlier: db.prepare(`select earlier.outbox_id as outboxId, earlier.aggregate_id as saleId, receipt_number as receiptNumber, earlier.status = 'parked' as parked
    from sale_line_pack as mine join sale_line_pack as theirs on theirs.pack_key = mine.pack_key and theirs.line_id <> mine.line_id join sale_line as their_line on their_line.line_id = theirs.line_id
      join outbox as earlier on earlier.aggregate_id = their_line.sale_id and earlier.payload ->> 'lineId' = theirs.line_id and earlier.status <> 'done'
      join sale on sale.sale_id = earlier.aggregate_id left join outbox as job on job.outbox_id = @outboxId
    where mine.line_id = @lineId and (job.rowid is null or earlier.rowid < job.rowid) order by (earlier.status = 'parked') desc, earlier.rowid limit 1`),
}))

type GoodsRow = Omit<PackGoods, 'lot'> & NonNullable<PackGoods['lot']>
const goodsOf = (db: ReadableDb, lotId: string | null): PackGoods | null => {
  const row = lotId === null ? undefined : (statements(db).goods.get(lotId) as GoodsRow | undefined)
  if (row === undefined) return null
  const { lotId: id, lotNumber, manufacturedOn, ...drug } = row
  return { ...drug, lot: { lotId: id, lotNumber, manufacturedOn } }
}

/** As upload-line.ts counts them. */
const codesToFetch = (house: Pick<House, 'db' | 'profile'>, line: PackLine): number => {
  const details = getLineDetails(house.db, line.saleId).find((row) => row.line_id === line.lineId)
  const packs = getLinePackRows(house.db, line.saleId).filter((row) => row.line_id === line.lineId)
  return details === undefined ? 0 : fetchesMissing(codedLine(house, details, packs))
}

const soldLine = (house: Pick<House, 'db' | 'profile'>, line: PackLine): SoldLine => ({
  saleId: line.saleId, receiptNumber: line.receiptNumber, saleStatus: line.saleStatus, soldAt: line.soldAt, returnedAt: line.returnedAt, insured: line.insured, sellUnit: line.sellUnit, codesToFetch: codesToFetch(house, line),
})

/** The ledger names a sale that has no line with this code. */
const saleWithoutLine = (db: ReadableDb, saleId: SaleId): SoldLine => {
  const sale = getSaleRow(db, saleId)
  return { saleId, receiptNumber: sale.receipt_number, saleStatus: sale.status, soldAt: sale.sold_at, returnedAt: sale.returned_at, insured: sale.insured === 1, sellUnit: 'pack', codesToFetch: 0 }
}

const earlierOf = (db: ReadableDb, line: PackLine, outboxId: string | null): EarlierUpload | null => {
  const row = statements(db).earlier.get({ lineId: line.lineId, outboxId }) as (Omit<EarlierUpload, 'parked'> & { readonly parked: 0 | 1 }) | undefined
  return row === undefined ? null : { ...row, parked: row.parked === 1 }
}

/** Why this pack's sale (or, once that is told, its return) is not with the platform: ten checks over what core/outbox does. `saleId`: of that sale. Errors pack.not-found, sale.not-found. */
export const explainUpload = (house: Pick<House, 'db' | 'profile' | 'platform'>, key: bigint | null, saleId: SaleId | null): UploadStory => {
  const { db, profile } = house
  const code = key === null ? null : codeOf(db, key)
  const pack = code === null ? null : findPack(db, code)
  if (key === null || code === null || pack === null) throw new AppError('pack.not-found', 'no such pack in the ledger')
  const lines = linesOfPack(db, key)
  // A sold pack's sale is the ledger's; of any other, the last sale that counts.
  const wanted = saleId ?? pack.sale_id
  const line = (wanted === null ? lines[0] : lines.find((row) => row.saleId === wanted)) ?? null
  if (saleId !== null && line === null) throw new AppError('sale.not-found', 'the pack was not on that sale', { saleId })
  const without = line === null && wanted !== null ? saleWithoutLine(db, wanted) : null
  const about = line?.sale?.status === 'done' && (line.return !== null || line.saleStatus === 'returning') ? 'return' : 'sale'
  const job = line === null ? null : line[about]
  const settlement = line === null && without === null ? null : getSettlementRow(db, (line ?? without)?.saleId ?? ('' as SaleId))
  const split = line?.sellUnit === 'unit'
  const sent = sentCodes(db, profile.trace, { split, codes: [code] })[0] ?? null
  const facts: UploadFacts = {
    state: pack.state,
    virtual: pack.virtual === 1,
    about,
    goods: goodsOf(db, line?.lotId ?? pack.lot_id),
    line: line === null ? without : soldLine(house, line),
    onLine: line !== null,
    sentAs: sent === null ? 'none' : split && profile.trace.splitPolicy === 'fixed-filler' ? 'filler' : 'own',
    sentLength: sent?.length ?? 0,
    width: profile.traceCodes.widths[about === 'sale' ? '3505' : '3506'],
    licensed: statements(db).licensed.get() === 1,
    settlement: settlement === null ? null : { state: settlement.state, numbered: settlement.setl_id !== null && settlement.visit_id !== null },
    earlier: line === null || line.sellUnit === 'unit' || about === 'return' ? null : earlierOf(db, line, job?.outboxId ?? null),
    soldBefore: line !== null && lines.some((row) => row.saleRef < line.saleRef && row.soldAt !== null),
    platform: house.platform.line().state,
    job,
  }
  return {
    code,
    drugName: facts.goods?.drugName ?? null,
    lotNumber: facts.goods?.lot?.lotNumber ?? null,
    receiptNumber: facts.line?.receiptNumber ?? null,
    saleId: facts.line?.saleId ?? null,
    about,
    status: job?.status ?? null,
    checks: [...checkUpload(facts)],
  }
}
