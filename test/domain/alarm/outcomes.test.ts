import { expect, it } from 'vitest'
import { PackState } from '../../../electron/contract/index.ts'
import { possibleOutcomes } from '../../../electron/domain/alarm/outcomes.ts'

it('every state of a pack has a way out, and clearing it is always one', () => {
  for (const state of [null, ...PackState.options])
    expect({ state, outcomes: possibleOutcomes(state) }).toEqual({ state, outcomes: expect.arrayContaining(['genuine-released']) })
})

it('a pack in an open sale ends in no other way: it leaves the sale first', () => {
  expect(possibleOutcomes('in-sale')).toEqual(['genuine-released'])
})

it('what was sold here cannot be destroyed or sent back by us', () => {
  for (const state of ['sold', 'settled'] as const) expect(possibleOutcomes(state)).toEqual(['left-the-shop', 'genuine-released'])
})

it('a locked pack may be cleared, sent back, handed over or destroyed', () => {
  expect([...possibleOutcomes('locked')].sort()).toEqual(['destroyed', 'genuine-released', 'handed-to-authority', 'returned-to-supplier'])
})
