import type { FaultAction, FaultPlan } from '../../../electron/practice/fault-plan.ts'
import type { PracticeProfileInput } from '../../../electron/practice/profile.ts'
import type { Random } from '../support/random.ts'

/** Longer than a till waits. */
export const TIMEOUT_MS = 1_500
const LATE_MS = TIMEOUT_MS + 700

/** Every kind of fault the province knows, in each of its forms. */
const ACTIONS: readonly FaultAction[] = [
  { kind: 'lose-answer-after-booking', how: 'destroy' }, { kind: 'lose-answer-after-booking', how: 'hang' },
  { kind: 'lose-before-booking', how: 'destroy' }, { kind: 'lose-before-booking', how: 'hang' },
  { kind: 'delay', ms: 120, when: 'before' }, { kind: 'delay', ms: LATE_MS, when: 'before' }, { kind: 'delay', ms: LATE_MS, when: 'after' },
  { kind: 'refuse', text: '练习拒绝', infcode: -1 }, { kind: 'refuse', text: '调用业务服务超时', infcode: -1 }, { kind: 'refuse', text: '未签到,请先签到', infcode: -1 },
  { kind: 'row-refused', text: '练习行级拒绝' },
  { kind: 'garble', how: 'truncated', when: 'after' }, { kind: 'garble', how: 'html', when: 'before' }, { kind: 'garble', how: 'empty', when: 'after' }, { kind: 'garble', how: 'not-json', when: 'after' },
  { kind: 'gateway', which: 'missing-headers' }, { kind: 'gateway', which: 'user' }, { kind: 'gateway', which: 'timestamp' }, { kind: 'gateway', which: 'signature' },
  { kind: 'close-mid-body' },
  { kind: 'duplicate-delivery', answer: 'first' }, { kind: 'duplicate-delivery', answer: 'second' },
  { kind: 'http-status', status: 502, when: 'before' }, { kind: 'http-status', status: 504, when: 'after' },
  { kind: 'wrong-refmsgid' }, { kind: 'contradictory-figures' },
  { kind: 'down', seconds: 1.5 },
]
/** What matters is disturbed more often. */
const TARGETS = ['2102', '2102', '2102', '2102', '2103', '2103', '2103', '2601', '2601', '2601', '3505', '3505', '3506', '2101', '1101', '3592B', '9001', '3201', '3202', '9101', '9102', '5203', '6101', '*'] as const

export interface Weather {
  readonly next: () => FaultPlan
}

/** Plans drawn by the seed; every action comes once before any comes twice. */
export const createWeather = (random: Random): Weather => {
  let left: FaultAction[] = []
  const draw = (): FaultAction => {
    if (left.length === 0) left = [...ACTIONS]
    return left.splice(random.between(0, left.length - 1), 1)[0] ?? { kind: 'close-mid-body' }
  }
  return {
    next: () => ({
      rules: Array.from({ length: random.between(2, 6) }, () => {
        const action = draw()
        const infno = action.kind === 'row-refused' ? random.pick(['3505', '3506'] as const) : action.kind === 'contradictory-figures' || action.kind === 'wrong-refmsgid' ? random.pick(['2101', '2102', '2103'] as const) : random.pick(TARGETS)
        // What cuts off everything, or makes everybody wait, comes seldom.
        const rare = action.kind === 'down' || infno === '*' || ('how' in action && action.how === 'hang') || (action.kind === 'delay' && action.ms === LATE_MS)
        return { infno, probability: rare ? 0.06 : random.pick([0.1, 0.25, 0.5]), seed: random.between(1, 1_000_000), action }
      }),
    }),
  }
}

/**
 * What no public paper says of a province (platform.md §8): the till stands every variant, one a phase.
 * One that neither undoes a settlement nor names the message it was booked by leaves nothing but the telephone: that pair is not drawn.
 */
export const drawProvince = (random: Random): PracticeProfileInput => {
  const reversalOfUnknown = random.pick(['accept', 'accept', 'accept-and-forget', 'refuse'] as const)
  const reversalOfBooked = random.pick(['accept', 'accept', 'accept', 'refuse'] as const)
  return {
    reversalOfUnknown,
    reversalOfBooked,
    repeatedMessage: random.pick(['refuse', 'same-answer'] as const),
    repeatedRowKey: random.pick(['refuse', 'accept-same'] as const),
    cancelAnswersSettlement: random.pick(['original', 'new'] as const),
    answerForms: random.pick(['mixed', 'plain'] as const),
    signInAgain: random.pick(['accept', 'accept', 'refuse'] as const),
    traceQuery: random.pick(['country', 'own-uploads'] as const),
    refundTotals: random.pick(['either', 'negative'] as const),
    detail: {
      lists: random.pick(['all', 'differing'] as const),
      reversed: random.pick(['nowhere', 'pair'] as const),
      answeredSign: random.pick(['negative', 'positive'] as const),
      refundMessage: random.pick(['own', 'original'] as const),
      namesMessage: reversalOfBooked === 'refuse' || reversalOfUnknown === 'accept-and-forget' || random.chance(0.7),
    },
  }
}
