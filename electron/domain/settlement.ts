import type { SaleStatus, SettlementState } from '../contract/index.ts'

/**
 * The life of one sale's settlement with the platform. Pure: what happened goes in, the new state and what must be done in the same transaction come out.
 *
 * Rules (platform.md §8): intent is stored before the request leaves · a lost, broken or contradictory answer is `unknown`, never "failed" ·
 * `unknown` is left only through the platform, or by a person with evidence · nothing is asked to settle twice while its outcome is open.
 */
export interface Settlement {
  readonly state: SettlementState
  /** Identity of the one 2102 whose outcome counts. Cleared only when the platform surely booked nothing. */
  readonly settleMessageId: string | null
}

/**
 * What the province's own books of a day (3201 + 3202) say of one settlement. `messageId`: the 2102 they speak of.
 * `complete`: every day on which it can have been booked is over and was listed whole, so that what is not in the list is not in the books.
 */
export interface BooksEvidence { readonly messageId: string; readonly complete: boolean }

export type SettlementEvent =
  | { readonly type: 'basket-changed' }
  | { readonly type: 'quote-asked' }
  | { readonly type: 'quote-answered' }
  | { readonly type: 'quote-refused' }
  /** A trial books nothing: a lost one is simply no quote. */
  | { readonly type: 'quote-lost' }
  | { readonly type: 'settle-asked'; readonly messageId: string }
  | { readonly type: 'settle-answered' }
  | { readonly type: 'settle-refused' }
  /** The request surely never reached the platform. */
  | { readonly type: 'settle-not-sent' }
  | { readonly type: 'settle-lost' }
  | { readonly type: 'reverse-asked' }
  | { readonly type: 'reverse-accepted' }
  | { readonly type: 'reverse-refused' }
  | { readonly type: 'reverse-lost' }
  | { readonly type: 'cancel-asked' }
  | { readonly type: 'cancel-accepted' }
  | { readonly type: 'cancel-refused' }
  | { readonly type: 'cancel-not-sent' }
  | { readonly type: 'cancel-lost' }
  /** Core was killed or could not store the answer: whatever was on its way has no answer any more. */
  | { readonly type: 'orphaned' }
  | { readonly type: 'person-decided'; readonly decision: 'never-booked' | 'retry-reversal' | 'still-settled' }
  /** Confirmed by a person: the province's books show the settlement, and no refund of it. */
  | { readonly type: 'reconciled-booked'; readonly evidence: BooksEvidence }
  /** Confirmed by a person: the province's books do not have the settlement, or show its refund as well. */
  | { readonly type: 'reconciled-void'; readonly evidence: BooksEvidence }

/** Done in the transaction that stores the new state. */
export type SettlementEffect =
  /** Stock leaves, packs are settled, uploads are queued, the sale is due. */
  | 'book-sale'
  /** Packs go back to stock; nothing was sold. */
  | 'release-packs'
  | 'queue-reversal'
  | 'queue-cancel'
  /** The truth is known: what was queued or parked to find it out is over. */
  | 'drop-reversal'
  | 'drop-cancel'
  /** Refund tenders, stock and packs back, return uploads queued. */
  | 'book-return'

export interface Step { readonly settlement: Settlement; readonly effects: readonly SettlementEffect[] }

const to = (settlement: Settlement, state: SettlementState, ...effects: SettlementEffect[]): Step => ({ settlement: { ...settlement, state }, effects })
/** Nothing was booked: the message id is spent, a new settlement takes a new one. */
const unbooked = (state: SettlementState, ...effects: SettlementEffect[]): Step => ({ settlement: { state, settleMessageId: null }, effects })

/** Evidence speaks of one message: of another, or of none, it says nothing about this settlement. */
const about = (now: Settlement, evidence: BooksEvidence): boolean => now.settleMessageId !== null && now.settleMessageId === evidence.messageId
/** Both states wait for one thing: was the 2102 booked. A row in the books is proof by itself; an absence only in books that are whole. */
const reconciled = (now: Settlement, event: SettlementEvent): Step | null => {
  if (event.type === 'reconciled-booked' && about(now, event.evidence)) return to(now, 'settled', 'drop-reversal', 'book-sale')
  if (event.type === 'reconciled-void' && about(now, event.evidence) && event.evidence.complete) return to(now, 'reversed', 'drop-reversal', 'release-packs')
  return null
}

/** The next state and its effects, or null where the event cannot happen in this state: the caller has a bug or came too late and must change nothing. */
export const next = (now: Settlement, event: SettlementEvent): Step | null => {
  switch (now.state) {
    case 'draft':
    case 'quoted':
    case 'refused':
      if (event.type === 'basket-changed') return unbooked('draft')
      if (event.type === 'quote-asked') return unbooked('quoting')
      if (event.type === 'settle-asked' && now.state === 'quoted') return { settlement: { state: 'settling', settleMessageId: event.messageId }, effects: [] }
      return null
    case 'quoting':
      if (event.type === 'quote-answered') return unbooked('quoted')
      if (event.type === 'quote-refused') return unbooked('refused')
      if (event.type === 'quote-lost' || event.type === 'orphaned' || event.type === 'basket-changed') return unbooked('draft')
      return null
    case 'settling':
      if (event.type === 'settle-answered') return to(now, 'settled', 'book-sale')
      if (event.type === 'settle-refused') return unbooked('refused')
      if (event.type === 'settle-not-sent') return unbooked('quoted')
      if (event.type === 'settle-lost' || event.type === 'orphaned') return to(now, 'unknown', 'queue-reversal')
      return null
    case 'unknown':
      if (event.type === 'reverse-asked') return to(now, 'reversing')
      return reconciled(now, event)
    case 'reversing':
      if (event.type === 'reverse-accepted') return to(now, 'reversed', 'release-packs')
      if (event.type === 'reverse-refused') return to(now, 'parked')
      // The queued reversal is still there: it is asked again.
      if (event.type === 'reverse-lost' || event.type === 'orphaned') return to(now, 'unknown')
      return null
    case 'parked':
      if (event.type !== 'person-decided') return reconciled(now, event)
      if (event.decision === 'still-settled') return null
      return event.decision === 'never-booked' ? to(now, 'reversed', 'release-packs') : to(now, 'unknown', 'queue-reversal')
    case 'settled':
      if (event.type === 'cancel-asked') return to(now, 'cancelling')
      return null
    case 'cancelling':
      if (event.type === 'cancel-accepted') return to(now, 'cancelled', 'book-return')
      if (event.type === 'cancel-refused' || event.type === 'cancel-not-sent') return to(now, 'settled')
      if (event.type === 'cancel-lost' || event.type === 'orphaned') return to(now, 'cancel-unknown', 'queue-cancel')
      return null
    case 'cancel-unknown':
      // A settlement can be cancelled once only, by its own number: asking again is safe, and "cancelled already" is the answer we lost.
      if (event.type === 'cancel-accepted') return to(now, 'cancelled', 'book-return')
      // The platform refuses to cancel, and its own screen shows the settlement: it stands.
      if (event.type === 'person-decided' && event.decision === 'still-settled') return to(now, 'settled')
      // Here the refund is the row that proves, and its absence that needs whole books.
      if (event.type === 'reconciled-void' && about(now, event.evidence)) return to(now, 'cancelled', 'drop-cancel', 'book-return')
      if (event.type === 'reconciled-booked' && about(now, event.evidence) && event.evidence.complete) return to(now, 'settled', 'drop-cancel')
      return null
    case 'reversed':
    case 'cancelled':
      return null
  }
}

/** Nothing is open with the platform, and nothing was booked. */
export const mayChangeBasket = (state: SettlementState): boolean => state === 'draft' || state === 'quoted' || state === 'refused'

/** What the till calls the sale while its settlement is in this state. null: the settlement does not decide it. */
export const saleStatusFor = (state: SettlementState): SaleStatus | null => {
  switch (state) {
    case 'draft':
    case 'quoting':
    case 'quoted':
    case 'refused':
      return 'open'
    case 'settling':
      return 'settling'
    case 'unknown':
    case 'reversing':
    case 'parked':
      return 'unconfirmed'
    case 'reversed':
      return 'reversed'
    case 'cancelling':
    case 'cancel-unknown':
      return 'returning'
    case 'cancelled':
      return 'returned'
    case 'settled':
      return null
  }
}
