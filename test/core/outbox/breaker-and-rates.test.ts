import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCircuitBreaker } from '../../../electron/core/outbox/circuit-breaker.ts'
import { createTokenBucket } from '../../../electron/core/outbox/token-bucket.ts'
import { createWireSlots } from '../../../electron/core/outbox/wire-slots.ts'

const LIMITS = { opensAfter: 3, firstTryAfterMs: 1_000, longestPauseMs: 8_000 }
const breaker = () => createCircuitBreaker(LIMITS, () => 0)
const lost = (of: ReturnType<typeof breaker>, now: number, times = 1): void => { for (let n = 0; n < times; n += 1) of.failed(now, 'platform.timeout', false) }

describe('a circuit breaker', () => {
  it('opens after so many failures in a row, and an answer in between starts the count anew', () => {
    const it = breaker()
    lost(it, 0, 2)
    expect(it.answered()).toBe(false)
    lost(it, 0, 2)
    expect(it.ask(0)).toBe('all')
    lost(it, 0)
    expect(it.ask(0)).toBe('none')
    expect(it.report()).toEqual({ state: 'open', since: 0, nextTryAt: 1_000, code: 'platform.timeout' })
  })

  it('lets one message at a time find out, doubles its pauses up to the longest, and closes at the first answer', () => {
    const it = breaker()
    lost(it, 0, 3)
    let now = 0
    const pauses: number[] = []
    for (let n = 0; n < 5; n += 1) {
      const { nextTryAt } = it.report()
      pauses.push((nextTryAt ?? 0) - now)
      now = nextTryAt ?? 0
      expect([it.ask(now), it.ask(now), it.report().state]).toEqual(['one', 'none', 'trying'])
      it.failed(now, 'platform.offline', true)
    }
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 8_000])
    expect(it.report().since).toBe(0)
    expect(it.answered()).toBe(true)
    expect([it.ask(now), it.report().state, it.report().code]).toEqual(['all', 'closed', null])
  })

  it('does not take a message that was on its way already for the one that tries', () => {
    const it = breaker()
    lost(it, 0, 3)
    expect(it.ask(1_000)).toBe('one')
    lost(it, 1_100, 5)
    expect(it.ask(60_000)).toBe('none')
    it.giveBack()
    expect(it.ask(60_000)).toBe('one')
  })

  it('is tried at once when a person asks, and after a clock that was set back', () => {
    const it = breaker()
    lost(it, 1_000_000, 3)
    expect(it.ask(1_000_000 - 86_400_000)).toBe('one')
    it.failed(1_000_000, 'platform.offline', true)
    expect(it.ask(1_000_000)).toBe('none')
    it.hurry(1_000_000)
    expect(it.ask(1_000_000)).toBe('one')
  })
})

describe('a rate', () => {
  it('never lets more through in any stretch of time than its rate and one burst', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 20 }), fc.array(fc.integer({ min: -2_000, max: 400 }), { maxLength: 200 }), (perSecond, burst, steps) => {
      const bucket = createTokenBucket({ perSecond, burst })
      let now = 1_000_000
      let forward = 0
      let taken = 0
      for (const step of steps) {
        now += step
        forward += Math.max(0, step)
        if (bucket.take(now)) taken += 1
      }
      expect(taken).toBeLessThanOrEqual(burst + (forward / 1_000) * perSecond + 1e-6)
    }))
  })

  it('says how long to wait, and that is enough', () => {
    const bucket = createTokenBucket({ perSecond: 4, burst: 2 })
    expect([bucket.take(0), bucket.take(0), bucket.take(0), bucket.waitMs(0)]).toEqual([true, true, false, 250])
    expect([bucket.take(249), bucket.take(250)]).toEqual([false, true])
  })
})

it('so many messages are on their way at once and no more, in the order in which they came', async () => {
  const slots = createWireSlots(3)
  let there = 0
  let most = 0
  const order: number[] = []
  await Promise.all(Array.from({ length: 40 }, async (_unused, n) => {
    const leave = await slots.enter()
    order.push(n)
    there += 1
    most = Math.max(most, there)
    await new Promise((resolve) => { setImmediate(resolve) })
    there -= 1
    leave()
    leave()
  }))
  expect(most).toBe(3)
  expect(order).toEqual(Array.from({ length: 40 }, (_unused, n) => n))
})
