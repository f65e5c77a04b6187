import { expect, test } from 'vitest'
import { SILENCE, answered, hear, quiet } from '../../../renderer/till/say.ts'
import type { Say } from '../../../renderer/till/say.ts'

const verdict = (id: number, tone: Say['tone'], sound: Say['sound'], answers = tone === 'ask' || tone === 'refuse'): Say => ({
  id,
  tone,
  sound,
  source: {
    kind: 'verdict',
    verdict: {
      outcome: tone,
      reason: 'pack-ok',
      sound: 'ok',
      kind: 'drug-trace',
      code: null,
      drugId: null,
      drugName: null,
      detail: {},
      answers: [],
      candidates: [],
      saleId: null,
      elapsedMicros: 0,
    },
  },
  answers: answers ? [{ key: 'Enter', label: 'understood', run: () => {} }] : [],
})

test('an accept replaces an accept', () => {
  expect(hear(hear(SILENCE, verdict(1, 'accept', 'ok')), verdict(2, 'accept', 'ok')).says.map((say) => say.id)).toEqual([2])
})

test('a question stays on the screen while the next packs are accepted, and they are told beside it', () => {
  const heard = hear(hear(SILENCE, verdict(1, 'ask', 'ask')), verdict(2, 'accept', 'ok'))
  expect(heard.says.map((say) => say.id)).toEqual([1])
  expect(heard.echo?.id).toBe(2)
})

test('a pack sold elsewhere waits behind a newer question and is shown when that is answered', () => {
  const heard = hear(hear(SILENCE, verdict(1, 'refuse', 'foreign')), verdict(2, 'ask', 'ask'))
  expect(heard.says.map((say) => say.id)).toEqual([2, 1])
  expect(answered(heard, 2).says.map((say) => say.id)).toEqual([1])
})

test('an own repeat gives way to the next scan without an answer', () => {
  expect(hear(hear(SILENCE, verdict(1, 'refuse', 'own-repeat')), verdict(2, 'accept', 'ok')).says.map((say) => say.id)).toEqual([2])
})

test('going to another page ends what was only told and keeps what must be answered', () => {
  expect(quiet(hear(SILENCE, verdict(1, 'notice', 'notice', false)))).toEqual(SILENCE)
  expect(quiet(hear(SILENCE, verdict(1, 'refuse', 'stop'))).says).toHaveLength(1)
})
