import { createHash } from 'node:crypto'
import type { Sale, SaleStatus } from '../../../electron/contract/index.ts'
import type { ReadableDb } from '../../../electron/core/db/database.ts'

/** What core has told somebody: from then on it must be true, whatever happens to the power. */
export type Fact =
  | { readonly fact: 'sale'; readonly saleId: string; readonly receiptNumber: string; readonly status: SaleStatus; readonly codes: readonly string[]; readonly lines: number; readonly tenderFen: number; readonly settledFen: number | null }
  | { readonly fact: 'scanned'; readonly saleId: string; readonly code: string }
  | { readonly fact: 'received'; readonly code: string }
  | { readonly fact: 'reconciled'; readonly reconciliations: number }
  | { readonly fact: 'uploaded'; readonly saleId: string }

/** What has left for the platform: from then on its number is taken, for these bytes. */
export interface SentMessage {
  readonly messageId: string
  readonly infno: string
  /** sha256 of the body; null: seen only at the other end. */
  readonly digest: string | null
}

export const factOfSale = ({ saleId, receiptNumber, status, lines, tenders, settled }: Sale): Fact => ({
  fact: 'sale', saleId, receiptNumber, status,
  codes: lines.flatMap((line) => line.packs.filter((pack) => !pack.virtual).map((pack) => pack.code)).toSorted(),
  lines: lines.length,
  tenderFen: tenders.reduce((sum, tender) => sum + tender.amountFen, 0),
  settledFen: settled?.totalFen ?? null,
})

/** What may become of a sale that was told to be so. Anything else is a step back. */
const LATER: Record<SaleStatus, readonly SaleStatus[]> = {
  open: ['open', 'held', 'settling', 'unconfirmed', 'due', 'closed', 'returning', 'returned', 'reversed', 'voided'],
  held: ['open', 'held', 'settling', 'unconfirmed', 'due', 'closed', 'returning', 'returned', 'reversed', 'voided'],
  settling: ['settling', 'open', 'unconfirmed', 'due', 'closed', 'returning', 'returned', 'reversed'],
  unconfirmed: ['unconfirmed', 'reversed', 'due', 'closed', 'returning', 'returned'],
  due: ['due', 'closed', 'returning', 'returned'],
  closed: ['closed', 'returning', 'returned'],
  // The platform may refuse to cancel: then the sale stands.
  returning: ['returning', 'returned', 'due', 'closed'],
  returned: ['returned'],
  reversed: ['reversed'],
  voided: ['voided'],
}
/** The basket can no longer change. */
const FIXED: ReadonlySet<SaleStatus> = new Set(['settling', 'unconfirmed', 'due', 'closed', 'returning', 'returned', 'reversed'])
/** Sold or given back: the money taken is known to the fen. */
const PAID: ReadonlySet<SaleStatus> = new Set(['closed'])

interface SaleNow {
  readonly saleId: string
  readonly receiptNumber: string
  readonly status: SaleStatus
  readonly lines: number
  readonly taken: number
  readonly figures: string | null
}

/** How each fact fares in this database: null, or what is wrong. */
export const factChecker = (db: ReadableDb): ((fact: Fact) => string | null) => {
  const sales = new Map((db.prepare(`select sale.sale_id as saleId, receipt_number as receiptNumber, status, figures,
      (select count(*) from sale_line where sale_line.sale_id = sale.sale_id and voided_reason is null) as lines,
      (select coalesce(sum(amount_fen), 0) from tender where tender.sale_id = sale.sale_id and refund_of is null) as taken
    from sale left join settlement using (sale_id)`).all() as SaleNow[]).map((row) => [row.saleId, row]))
  const codes = new Map<string, Set<string>>()
  for (const { saleId, code } of db.prepare(`select sale_line.sale_id as saleId, code from sale_line join sale_line_pack using (line_id) join pack_shown using (pack_key)`).all() as { saleId: string; code: string }[])
    codes.set(saleId, (codes.get(saleId) ?? new Set<string>()).add(code))
  const inLedger = new Set(db.prepare('select code from pack_shown').pluck().all() as string[])
  const untold = new Set(db.prepare(`select aggregate_id from outbox where kind = 'upload-sale' and status <> 'done'`).pluck().all() as string[])
  const reconciliations = db.prepare('select count(*) from reconciliation').pluck().get() as number
  return (fact) => {
    switch (fact.fact) {
      case 'received':
        return inLedger.has(fact.code) ? null : `pack ${fact.code} was received and is not in the ledger`
      case 'reconciled':
        return reconciliations >= fact.reconciliations ? null : `${fact.reconciliations} reconciliations were told, ${reconciliations} are here`
      case 'scanned':
        return codes.get(fact.saleId)?.has(fact.code) === true ? null : `${fact.code} was scanned into sale ${fact.saleId} and is not there`
      case 'uploaded':
        return untold.has(fact.saleId) ? `sale ${fact.saleId} was uploaded and waits again` : null
      case 'sale': {
        const now = sales.get(fact.saleId)
        if (now === undefined) return `sale ${fact.receiptNumber} is not there`
        if (now.receiptNumber !== fact.receiptNumber) return `sale ${fact.receiptNumber} is ${now.receiptNumber} now`
        if (!LATER[fact.status].includes(now.status)) return `sale ${fact.receiptNumber} was ${fact.status} and is ${now.status}`
        if (FIXED.has(fact.status) && now.lines !== fact.lines) return `sale ${fact.receiptNumber} had ${fact.lines} lines and has ${now.lines}`
        const here = codes.get(fact.saleId)
        if (FIXED.has(fact.status) && !fact.codes.every((code) => here?.has(code) === true)) return `sale ${fact.receiptNumber} lost a code`
        if (PAID.has(fact.status) && now.taken < fact.tenderFen) return `sale ${fact.receiptNumber}: ${fact.tenderFen} fen taken, ${now.taken} in the books`
        if (fact.settledFen !== null && (JSON.parse(now.figures ?? '{}') as { totalFen?: number }).totalFen !== fact.settledFen) return `sale ${fact.receiptNumber} lost its settlement`
        return null
      }
    }
  }
}

/** Those whose bytes are stored before they leave: each books something that is not ours to lose. */
const STORED_BEFORE = new Set(['2102', '2103', '2601', '3505', '3506', '3505A', '3506A'])

/** The same for what was sent: its number is never given again, and what has an effect stands here with the very bytes that left. */
export const sentChecker = (db: ReadableDb): ((message: SentMessage) => string | null) => {
  const last = new Map(db.prepare('select second, last from message_sequence').raw().all() as [string, number][])
  const stored = new Map((db.prepare('select message_id as id, infno, request from platform_message').all() as { id: string; infno: string; request: Uint8Array }[]).map((row) => [row.id, row]))
  return ({ messageId, infno, digest }) => {
    const second = messageId.slice(12, 26)
    if ((last.get(second) ?? -1) < Number(messageId.slice(26))) return `message number ${messageId} (${infno}) was sent and could be given again`
    if (!STORED_BEFORE.has(infno)) return null
    const row = stored.get(messageId)
    if (row === undefined) return `${infno} ${messageId} was sent before it was stored`
    if (row.infno !== infno) return `${messageId} was sent as ${infno} and is stored as ${row.infno}`
    return digest === null || digestOf(row.request) === digest ? null : `${infno} ${messageId}: other bytes are stored than were sent`
  }
}

export const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
