import type { BusinessDate, DrugId, Instant, LinkKind, LotId } from '../../contract/index.ts'
import { wholeUnits } from '../../contract/index.ts'
import { addDays } from '../../domain/calendar.ts'
import type { WritableDb } from '../db/database.ts'
import { getDrugFacts } from '../drug/drug-store.ts'
import { noteLinkUse } from '../map/learn-link.ts'
import { insertLink } from '../map/link-store.ts'
import { linkValue } from '../map/link-value.ts'
import { tellLink } from '../map/tell-link.ts'
import { insertLot } from '../stock/lot-store.ts'
import { moveStock } from '../stock/move-stock.ts'
import { firstSeePack } from '../trace/pack-ledger.ts'
import { barcodeOf, gtinOf, identifierOf, isGs1, learntIdentifier, learntPackCode, pieceId, productId } from './demo-codes.ts'
import type { Piece, Product } from './demo-data.ts'
import { LEARNT_ROW, OUTER_PACK_ROWS, VIRTUAL_ROWS } from './demo-plan.ts'

type Ids = { readonly newId: () => string }

/** Said of every identifier and bar code of the demo shop: it belongs to no real goods. */
const MADE_UP = 'made up for practice'
/** National codes and approval numbers are the real ones of the table (tables/NOTICE.md). */
const FROM_TABLE = 'product table of the practice shop'

const told =
  (db: WritableDb, { newId }: Ids, drugId: DrugId, at: Instant) =>
  (kind: LinkKind, text: string, level: number | null, note: string): void => {
    const value = linkValue(kind, text)
    if (value !== null) tellLink(db, newId, { kind, value, drugId, level, note }, 'chain', at)
  }

/** What the chain's file would say of a product: every front of its trace codes, its bar code, NHSA code and approval number. */
export const linkProductCodes = (db: WritableDb, ids: Ids, { row, nationalCode, approvalNumber }: Product, at: Instant): void => {
  const tell = told(db, ids, productId(row), at)
  if (!VIRTUAL_ROWS.includes(row)) tell('trace-identifier', isGs1(row) ? gtinOf(row) : identifierOf(row), 1, MADE_UP)
  if (OUTER_PACK_ROWS.includes(row)) for (const level of [2, 3] as const) tell('trace-identifier', identifierOf(row, level), level, MADE_UP)
  tell('barcode', barcodeOf(row), null, MADE_UP)
  tell('national-code', nationalCode, null, FROM_TABLE)
  tell('approval-number', approvalNumber, null, FROM_TABLE)
}
export const linkPieceCode = (db: WritableDb, ids: Ids, { row, nationalCode }: Piece, at: Instant): void =>
  told(db, ids, pieceId(row), at)('national-code', nationalCode, null, FROM_TABLE)

/** The afternoon before, the pharmacist held boxes with an unknown front and said which item they are: a link to review, and two packs that only it names. */
export const learnBefore = (db: WritableDb, { newId }: Ids, today: BusinessDate, at: Instant): void => {
  const drugId = productId(LEARNT_ROW)
  const linkId = insertLink(db, {
    linkId: newId(),
    kind: 'trace-identifier',
    value: learntIdentifier,
    drugId,
    level: 1,
    source: 'shop',
    sourceNote: '新包装，盒上标识未见过',
    trust: 'provisional',
    learntBy: '2001',
    at,
  })
  const lotId = newId() as LotId
  const expiresOn = addDays(today, 320)
  insertLot(db, {
    lotId,
    drugId,
    lotNumber: `${expiresOn.slice(2, 4)}${expiresOn.slice(5, 7)}N1`,
    manufacturedOn: addDays(expiresOn, -730),
    expiresOn,
    recalled: false,
  })
  moveStock(db, { lotId, kind: 'received', quantity: wholeUnits(2 * getDrugFacts(db, drugId).unitsPerPack), saleId: null, lineId: null, at, newId })
  for (const nth of [1, 2]) {
    firstSeePack(db, { code: learntPackCode(nth), lotId, at, staffId: '2001' })
    noteLinkUse(db, linkId, learntPackCode(nth), at)
  }
}
