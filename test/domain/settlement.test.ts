import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SettlementState } from '../../electron/contract/index.ts'
import { SettlementState as States } from '../../electron/contract/index.ts'
import type { Settlement, SettlementEffect, SettlementEvent } from '../../electron/domain/settlement.ts'
import { mayChangeBasket, next, saleStatusFor } from '../../electron/domain/settlement.ts'

const DRAFT: Settlement = { state: 'draft', settleMessageId: null }
const event = fc.oneof(
  fc.constantFrom(...([
    'basket-changed', 'quote-asked', 'quote-answered', 'quote-refused', 'quote-lost', 'settle-answered', 'settle-refused', 'settle-not-sent', 'settle-lost', 'reverse-asked', 'reverse-accepted', 'reverse-refused',
    'reverse-lost', 'cancel-asked', 'cancel-accepted', 'cancel-refused', 'cancel-not-sent', 'cancel-lost', 'orphaned',
  ] as const)).map((type): SettlementEvent => ({ type })),
  fc.constantFrom('m1', 'm2', 'm3').map((messageId): SettlementEvent => ({ type: 'settle-asked', messageId })),
  fc.constantFrom('never-booked' as const, 'retry-reversal' as const).map((decision): SettlementEvent => ({ type: 'person-decided', decision })),
  fc.tuple(fc.constantFrom('reconciled-booked' as const, 'reconciled-void' as const), fc.constantFrom('m1', 'm2', 'm3'), fc.boolean()).map(([type, messageId, complete]): SettlementEvent => ({ type, evidence: { messageId, complete } })),
)
/** All reachable lives: what the platform, the line, the power and the people may do, in any order. */
const play = (events: readonly SettlementEvent[]): { readonly settlement: Settlement; readonly effects: readonly SettlementEffect[]; readonly path: readonly SettlementState[] } => {
  let settlement = DRAFT
  const effects: SettlementEffect[] = []
  const path: SettlementState[] = ['draft']
  for (const happened of events) {
    const step = next(settlement, happened)
    if (step === null) continue
    settlement = step.settlement
    effects.push(...step.effects)
    path.push(settlement.state)
  }
  return { settlement, effects, path }
}
const through = (...events: SettlementEvent[]): Settlement => {
  let settlement = DRAFT
  for (const happened of events) {
    const step = next(settlement, happened)
    if (step === null) throw new Error(`${happened.type} cannot happen in ${settlement.state}`)
    settlement = step.settlement
  }
  return settlement
}
const SETTLING = [{ type: 'quote-asked' }, { type: 'quote-answered' }, { type: 'settle-asked', messageId: 'm1' }] as const
const LOST = [...SETTLING, { type: 'settle-lost' }] as const
/** Long random lives rarely get far; these start in the middle. */
const life = fc.tuple(fc.constantFrom<readonly SettlementEvent[]>([], SETTLING, LOST, [...SETTLING, { type: 'settle-answered' }], [...LOST, { type: 'reverse-asked' }]), fc.array(event, { maxLength: 40 })).map(([start, rest]) => [...start, ...rest])

describe('the life of a settlement', () => {
  it('sells at most once, and never both sells and releases', () => {
    fc.assert(fc.property(life, (events) => {
      const { effects } = play(events)
      const count = (effect: SettlementEffect): number => effects.filter((found) => found === effect).length
      expect(count('book-sale') + count('release-packs')).toBeLessThanOrEqual(1)
      expect(count('book-return')).toBeLessThanOrEqual(count('book-sale'))
    }), { numRuns: 5_000 })
  })
  it('keeps the message id while the outcome is open, and has none while nothing was asked', () => {
    fc.assert(fc.property(life, (events) => {
      const { settlement } = play(events)
      expect(settlement.settleMessageId === null).toBe(['draft', 'quoting', 'quoted', 'refused'].includes(settlement.state))
    }), { numRuns: 2_000 })
  })
  it('never asks to settle twice while the first outcome is open', () => {
    fc.assert(fc.property(life, (events) => {
      let settlement = DRAFT
      for (const happened of events) {
        const step = next(settlement, happened)
        if (happened.type === 'settle-asked' && step !== null) expect(settlement).toEqual({ state: 'quoted', settleMessageId: null })
        settlement = step?.settlement ?? settlement
      }
    }), { numRuns: 2_000 })
  })
  it('leaves unknown, parked and cancel-unknown only by the platform, by a person, or by evidence of its own message', () => {
    const open: readonly SettlementState[] = ['unknown', 'parked', 'cancel-unknown']
    const ways: Partial<Record<SettlementState, readonly SettlementEvent['type'][]>> = {
      unknown: ['reverse-asked', 'reconciled-booked', 'reconciled-void'],
      parked: ['person-decided', 'reconciled-booked', 'reconciled-void'],
      'cancel-unknown': ['cancel-accepted', 'person-decided', 'reconciled-booked', 'reconciled-void'],
    }
    fc.assert(fc.property(life, (events) => {
      let settlement = DRAFT
      for (const happened of events) {
        const step = next(settlement, happened)
        if (step !== null && open.includes(settlement.state)) {
          expect(ways[settlement.state]).toContain(happened.type)
          if ('evidence' in happened) expect(happened.evidence.messageId).toBe(settlement.settleMessageId)
        }
        settlement = step?.settlement ?? settlement
      }
    }), { numRuns: 5_000 })
  })
  it('an absence ends nothing while the books are not whole; what is in them is proof by itself', () => {
    const whole = { messageId: 'm1', complete: true }
    const partial = { messageId: 'm1', complete: false }
    const unknown = through(...LOST)
    const parked = through(...LOST, { type: 'reverse-asked' }, { type: 'reverse-refused' })
    for (const open of [unknown, parked]) {
      expect(next(open, { type: 'reconciled-booked', evidence: partial })).toEqual({ settlement: { state: 'settled', settleMessageId: 'm1' }, effects: ['drop-reversal', 'book-sale'] })
      expect(next(open, { type: 'reconciled-void', evidence: whole })).toEqual({ settlement: { state: 'reversed', settleMessageId: 'm1' }, effects: ['drop-reversal', 'release-packs'] })
      expect(next(open, { type: 'reconciled-void', evidence: partial })).toBeNull()
    }
    const cancelLost = through(...SETTLING, { type: 'settle-answered' }, { type: 'cancel-asked' }, { type: 'cancel-lost' })
    expect(next(cancelLost, { type: 'reconciled-void', evidence: partial })).toEqual({ settlement: { state: 'cancelled', settleMessageId: 'm1' }, effects: ['drop-cancel', 'book-return'] })
    expect(next(cancelLost, { type: 'reconciled-booked', evidence: whole })).toEqual({ settlement: { state: 'settled', settleMessageId: 'm1' }, effects: ['drop-cancel'] })
    expect(next(cancelLost, { type: 'reconciled-booked', evidence: partial })).toBeNull()
  })
  it('evidence says nothing of a settlement that waits for nothing, or that is on its way', () => {
    const waiting: readonly SettlementState[] = ['unknown', 'parked', 'cancel-unknown']
    for (const state of States.options) {
      for (const type of ['reconciled-booked', 'reconciled-void'] as const) {
        expect(next({ state, settleMessageId: 'm1' }, { type, evidence: { messageId: 'm1', complete: true } }) !== null, `${type} in ${state}`).toBe(waiting.includes(state))
        expect(next({ state, settleMessageId: 'm1' }, { type, evidence: { messageId: 'm2', complete: true } }), `another message's ${type} in ${state}`).toBeNull()
        expect(next({ state, settleMessageId: null }, { type, evidence: { messageId: 'm1', complete: true } }), `${type} in ${state} without a message`).toBeNull()
      }
    }
  })
  it('hears a late answer, or a second decision, with null', () => {
    const whole = { messageId: 'm1', complete: true }
    for (const type of ['reconciled-booked', 'reconciled-void'] as const) {
      const decided = next(through(...LOST), { type, evidence: whole })?.settlement as Settlement
      for (const late of ['settle-answered', 'settle-refused', 'settle-lost', 'reverse-asked', 'reverse-accepted', 'reverse-refused', 'reverse-lost', 'orphaned'] as const) expect(next(decided, { type: late })).toBeNull()
      for (const again of ['reconciled-booked', 'reconciled-void'] as const) expect(next(decided, { type: again, evidence: whole })).toBeNull()
    }
  })
  it('can always end: from every state some events lead to an end', () => {
    const ends: readonly SettlementState[] = ['reversed', 'cancelled', 'settled', 'draft', 'quoted', 'refused']
    fc.assert(fc.property(life, (events) => {
      let settlement = play(events).settlement
      const wayOut: readonly SettlementEvent[] = [{ type: 'orphaned' }, { type: 'reverse-asked' }, { type: 'reverse-accepted' }, { type: 'person-decided', decision: 'never-booked' }, { type: 'cancel-accepted' }]
      for (const happened of wayOut) settlement = next(settlement, happened)?.settlement ?? settlement
      expect(ends).toContain(settlement.state)
    }))
  })
  it('queues the reversal with the lost answer, and again when a person asks for it', () => {
    expect(next(through(...SETTLING), { type: 'settle-lost' })).toEqual({ settlement: { state: 'unknown', settleMessageId: 'm1' }, effects: ['queue-reversal'] })
    expect(next(through(...LOST, { type: 'reverse-asked' }, { type: 'reverse-refused' }), { type: 'person-decided', decision: 'retry-reversal' })?.effects).toEqual(['queue-reversal'])
  })
  it('takes a crash in any call for a lost answer', () => {
    expect(next(through(...SETTLING), { type: 'orphaned' })?.settlement.state).toBe('unknown')
    expect(next(through(...SETTLING, { type: 'settle-answered' }, { type: 'cancel-asked' }), { type: 'orphaned' })).toMatchObject({ settlement: { state: 'cancel-unknown' }, effects: ['queue-cancel'] })
    expect(next(through({ type: 'quote-asked' }), { type: 'orphaned' })?.settlement.state).toBe('draft')
  })
  it('is a fresh settlement after a refusal or a request that never left', () => {
    expect(next(through(...SETTLING), { type: 'settle-refused' })?.settlement).toEqual({ state: 'refused', settleMessageId: null })
    expect(next(through(...SETTLING), { type: 'settle-not-sent' })?.settlement).toEqual({ state: 'quoted', settleMessageId: null })
  })
  it('answers an event that came too late with null, in every final state', () => {
    fc.assert(fc.property(event, fc.constantFrom<SettlementState>('reversed', 'cancelled'), (happened, state) => {
      expect(next({ state, settleMessageId: 'm1' }, happened)).toBeNull()
    }))
  })
  it('lets the basket change only while nothing is asked or booked', () => {
    expect(States.options.filter(mayChangeBasket)).toEqual(['draft', 'quoted', 'refused'])
  })
  it('calls the sale what the till shows in every state', () => {
    expect(Object.fromEntries(States.options.map((state) => [state, saleStatusFor(state)]))).toEqual({
      draft: 'open', quoting: 'open', quoted: 'open', refused: 'open', settling: 'settling', settled: null, unknown: 'unconfirmed', reversing: 'unconfirmed', parked: 'unconfirmed', reversed: 'reversed',
      cancelling: 'returning', 'cancel-unknown': 'returning', cancelled: 'returned',
    })
  })
})
