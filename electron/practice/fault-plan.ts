import { z } from 'zod'

const When = z.enum(['before', 'after'])
const How = z.enum(['destroy', 'hang'])

/** What goes wrong. `before` and `after` mean before and after the message was booked. */
export const FaultAction = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('lose-answer-after-booking'), how: How.default('destroy') }),
  z.strictObject({ kind: z.literal('lose-before-booking'), how: How.default('destroy') }),
  z.strictObject({ kind: z.literal('delay'), ms: z.int().min(0).max(600_000), when: When.default('before') }),
  /** Checked like any message, then refused in the envelope. */
  z.strictObject({ kind: z.literal('refuse'), text: z.string().max(200), infcode: z.int().default(-1) }),
  /** Checked like any message, then refused at row level: only for the stock family. */
  z.strictObject({ kind: z.literal('row-refused'), text: z.string().max(200) }),
  z.strictObject({ kind: z.literal('garble'), how: z.enum(['truncated', 'html', 'empty', 'not-json']).default('truncated'), when: When.default('after') }),
  z.strictObject({ kind: z.literal('gateway'), which: z.enum(['missing-headers', 'user', 'timestamp', 'signature']) }),
  /** Half of the answer, then the line breaks. */
  z.strictObject({ kind: z.literal('close-mid-body') }),
  /** The message is processed twice; one of the two answers comes back. */
  z.strictObject({ kind: z.literal('duplicate-delivery'), answer: z.enum(['first', 'second']).default('first') }),
  z.strictObject({ kind: z.literal('http-status'), status: z.int().min(400).max(599).default(500), when: When.default('before') }),
  /** The answer belongs to another message: `inf_refmsgid` and `medins_setl_id` are foreign. */
  z.strictObject({ kind: z.literal('wrong-refmsgid') }),
  /** One yuan more cash than the equations allow; the books stay right. */
  z.strictObject({ kind: z.literal('contradictory-figures') }),
  /** The answer's signature is over something else, or it is encrypted with another key: only behind the door that seals. */
  z.strictObject({ kind: z.literal('wrong-seal'), which: z.enum(['signature', 'cipher']) }),
  /** Everything from now on is cut off for this long. */
  z.strictObject({ kind: z.literal('down'), seconds: z.number().positive().max(86_400) }),
])
export type FaultAction = z.output<typeof FaultAction>

/** Calls of the till's own box: hit only by their name, not by `*`. */
const LOCAL = new Set(['6101', 'local', 'token'])

/**
 * Which calls a rule hits: of the calls with this `infno` (`*` = every gateway call, 6101 = the local voucher service, token = the token office), counted from 1 since the plan was set,
 * the `nth`, every `every`-th, and of those at random with `probability` (from `seed`); at most `count` of them.
 */
export const FaultRule = z.strictObject({
  infno: z.string().min(1),
  nth: z.int().positive().optional(),
  every: z.int().positive().optional(),
  probability: z.number().min(0).max(1).optional(),
  seed: z.int().default(1),
  count: z.int().positive().optional(),
  action: FaultAction,
})

export const FaultPlan = z.strictObject({ note: z.string().optional(), rules: z.array(FaultRule).default([]) })
export type FaultPlan = z.input<typeof FaultPlan>

/** mulberry32: the same seed gives the same faults. */
const randomFrom = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A running plan: asked once per arriving call, in order of arrival. */
export const runFaultPlan = (plan: FaultPlan): ((infno: string) => readonly FaultAction[]) => {
  const running = FaultPlan.parse(plan).rules.map((rule) => ({ rule, seen: 0, fired: 0, random: randomFrom(rule.seed) }))
  return (infno) => {
    const actions: FaultAction[] = []
    for (const state of running) {
      const { rule } = state
      if (rule.infno !== infno && (rule.infno !== '*' || LOCAL.has(infno))) continue
      state.seen += 1
      const chance = rule.probability === undefined || state.random() < rule.probability
      if (rule.nth !== undefined && state.seen !== rule.nth) continue
      if (rule.every !== undefined && state.seen % rule.every !== 0) continue
      if (!chance || (rule.count !== undefined && state.fired >= rule.count)) continue
      state.fired += 1
      actions.push(rule.action)
    }
    return actions
  }
}
