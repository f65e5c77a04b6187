import type { Instant, SaleId, SettlementFigures, SettlementState, SettlementStoryItem } from '../../contract/index.ts'
import { SettlementFigures as Figures } from '../../contract/index.ts'
import type { Settlement, SettlementEvent, SettlementEffect } from '../../domain/settlement.ts'
import { next } from '../../domain/settlement.ts'
import type { ReadableDb, WritableDb } from '../db/database.ts'
import { one } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'
import type { Booked } from '../platform/client.ts'

export interface SettlementRow {
  readonly sale_id: SaleId
  readonly state: SettlementState
  readonly quote: string | null
  readonly quote_revision: number | null
  readonly settle_message_id: string | null
  readonly cancel_message_id: string | null
  readonly figures: string | null
  readonly setl_id: string | null
  readonly visit_id: string | null
  readonly settled_at: string | null
  readonly clearing_office: string | null
  readonly insurance_type: string | null
  readonly cancel_figures: string | null
  readonly refusal: string | null
  readonly waiting_since: Instant | null
}

const statements = perDatabase((db) => ({
  get: db.prepare(`select * from settlement where sale_id = ?`),
  create: db.prepare(`insert into settlement (sale_id, state) values (?, 'draft') on conflict do nothing`),
  move: db.prepare(`update settlement set state = @state, settle_message_id = @settleMessageId, waiting_since = @waitingSince where sale_id = @saleId and state = @from`),
  addEvent: db.prepare(`insert into settlement_event (sale_id, at, event, state, message_id, note) values (@saleId, @at, @event, @state, @messageId, @note)`),
  events: db.prepare(`select at, state, event, message_id as messageId, note from settlement_event where sale_id = ? order by event_id`),
  setQuote: db.prepare(`update settlement set quote = @quote, quote_revision = @revision, insurance_type = @insuranceType, refusal = null where sale_id = @saleId`),
  clearQuote: db.prepare(`update settlement set quote = null, quote_revision = null where sale_id = ?`),
  setRefusal: db.prepare(`update settlement set refusal = @refusal where sale_id = @saleId`),
  setBooked: db.prepare(`update settlement set figures = @figures, setl_id = @setlId, visit_id = @visitId, settled_at = @settledAt, clearing_office = @clearingOffice, refusal = null where sale_id = @saleId`),
  setCancelMessage: db.prepare(`update settlement set cancel_message_id = @messageId where sale_id = @saleId`),
  setCancelled: db.prepare(`update settlement set cancel_figures = @figures, cancelled_at = @cancelledAt, refusal = null where sale_id = @saleId`),
  // The condition of the index `settlement_moving`.
  moving: db.prepare(`select sale_id from settlement where state in ('quoting', 'settling', 'reversing', 'cancelling')`).pluck(),
}))

const WAITING: ReadonlySet<SettlementState> = new Set(['quoting', 'settling', 'reversing', 'cancelling'])

export const getSettlementRow = (db: ReadableDb, saleId: SaleId): SettlementRow | null => (statements(db).get.get(saleId) as SettlementRow | undefined) ?? null
export const settlementState = (db: ReadableDb, saleId: SaleId): SettlementState => getSettlementRow(db, saleId)?.state ?? 'draft'
/** A call to the platform is on its way, as far as the database knows. */
export const salesOnTheirWay = (db: ReadableDb): readonly SaleId[] => statements(db).moving.all() as SaleId[]
export const settlementStory = (db: ReadableDb, saleId: SaleId): readonly SettlementStoryItem[] => statements(db).events.all(saleId) as SettlementStoryItem[]

/**
 * Moves a settlement by one event and appends it to the story; the caller carries out the effects in the same transaction.
 * null: the event cannot happen any more (another call came first); nothing was changed.
 */
export const moveSettlement = (db: WritableDb, saleId: SaleId, event: SettlementEvent, at: Instant, about: { readonly messageId?: string; readonly note?: string } = {}): readonly SettlementEffect[] | null => {
  statements(db).create.run(saleId)
  const row = getSettlementRow(db, saleId)
  if (row === null) throw new Error('settlement row vanished')
  const now: Settlement = { state: row.state, settleMessageId: row.settle_message_id }
  const step = next(now, event)
  if (step === null) return null
  const { state, settleMessageId } = step.settlement
  one(statements(db).move.run({ saleId, from: row.state, state, settleMessageId, waitingSince: WAITING.has(state) ? at : null }), 'move settlement')
  statements(db).addEvent.run({ saleId, at, event: event.type, state, messageId: about.messageId ?? null, note: about.note ?? '' })
  return step.effects
}

/** A quote belongs to one revision of the basket and to one insurance. */
export const saveQuote = (db: WritableDb, saleId: SaleId, revision: number, insuranceType: string, figures: SettlementFigures): void => {
  one(statements(db).setQuote.run({ saleId, revision, insuranceType, quote: JSON.stringify(figures) }), 'save quote')
}
export const clearQuote = (db: WritableDb, saleId: SaleId): void => { statements(db).clearQuote.run(saleId) }
export const saveRefusal = (db: WritableDb, saleId: SaleId, refusal: { readonly code: string; readonly detail: unknown } | null): void => {
  one(statements(db).setRefusal.run({ saleId, refusal: refusal === null ? null : JSON.stringify(refusal) }), 'save refusal')
}
export const saveBooked = (db: WritableDb, saleId: SaleId, booked: Booked): void => {
  one(statements(db).setBooked.run({ saleId, figures: JSON.stringify(booked.figures), setlId: booked.setlId, visitId: booked.visitId, settledAt: booked.settledAt, clearingOffice: booked.clearingOffice }), 'save booked settlement')
}
export const saveCancelMessage = (db: WritableDb, saleId: SaleId, messageId: string): void => { one(statements(db).setCancelMessage.run({ saleId, messageId }), 'save cancel message') }
export const saveCancelled = (db: WritableDb, saleId: SaleId, figures: SettlementFigures | null, cancelledAt: string): void => { one(statements(db).setCancelled.run({ saleId, cancelledAt, figures: figures === null ? null : JSON.stringify(figures) }), 'save cancellation') }

export const figuresOf = (text: string | null): SettlementFigures | null => (text === null ? null : Figures.parse(JSON.parse(text)))
