import fc from 'fast-check'
import type { CrashPoint } from '../../../../electron/core/crash-points.ts'
import { CRASH_POINTS } from '../../../../electron/core/crash-points.ts'
import type { FaultAction } from '../../../../electron/practice/fault-plan.ts'
import type { PracticeProfileInput } from '../../../../electron/practice/profile.ts'
import type { DrugKey } from '../../../support/small-shop.ts'

/** Chronic people, family accounts, civil servants, small balances: every way the province divides an amount. */
export const PATIENTS = [
  'employee',
  'small-balance',
  'retired-chronic',
  'resident-chronic',
  'civil-servant',
  'family',
  'account-must-cover',
  'low-income',
] as const
export const CODED: readonly DrugKey[] = ['amoxicillin', 'ibuprofen', 'coldTablets', 'amlodipine', 'granules']
export const PACKS_PER_LOT = 4
/** So many packs of lot 1 of these came without codes, and stand on the uncoded list. */
export const UNCODED: readonly DrugKey[] = ['amoxicillin', 'ibuprofen']
export const UNCODED_PACKS = 3

interface Pack {
  readonly drug: DrugKey
  readonly nth: number
  readonly lot: 1 | 2
}
export interface Fault {
  readonly infno: string
  readonly nth: number
  readonly action: FaultAction
}

/** `sale`: which of the sales so far, counted from the newest. */
export type Action =
  | { readonly do: 'start' | 'outbox' | 'restart' | 'plug' | 'line-up' | 'reconcile' | 'shift' | 'repair' }
  | { readonly do: 'scan'; readonly sale: number; readonly pack: Pack }
  | { readonly do: 'add-virtual'; readonly sale: number; readonly drug: 'enema' | 'salts'; readonly units: number }
  | { readonly do: 'uncoded'; readonly sale: number; readonly drug: DrugKey; readonly packs: number }
  | { readonly do: 'add-units'; readonly sale: number; readonly units: number; readonly nth: number }
  | {
      readonly do: 'add-piece' | 'void-line' | 'hold' | 'recall' | 'void' | 'copy' | 'quote' | 'settle' | 'return' | 'resolve' | 'remove-person' | 'self-pay'
      readonly sale: number
    }
  | { readonly do: 'quantity'; readonly sale: number; readonly whole: number }
  | { readonly do: 'person'; readonly sale: number; readonly who: (typeof PATIENTS)[number] }
  | { readonly do: 'kind'; readonly sale: number; readonly kind: 'pharmacy' | 'chronic' | 'outpatient' }
  | { readonly do: 'tender'; readonly sale: number; readonly how: 'exact' | 'part' | 'more' | 'card' }
  | {
      readonly do: 'whole-sale'
      readonly packs: readonly Pack[]
      readonly who: (typeof PATIENTS)[number] | null
      readonly pay: boolean
      readonly back: boolean
      /** Loose tablets beside the packs. */
      readonly units: number
      /** Packs from the uncoded list beside them. */
      readonly uncoded: number
      readonly faults: readonly Fault[]
    }
  | { readonly do: 'faults'; readonly faults: readonly Fault[] }
  | { readonly do: 'line-down'; readonly seconds: number }
  | { readonly do: 'crash-at'; readonly point: CrashPoint }
  | { readonly do: 'till-clock'; readonly minutes: number }
  | { readonly do: 'time'; readonly minutes: number }

const sale = fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: 0, max: 6 }) })
const pack: fc.Arbitrary<Pack> = fc.record({
  drug: fc.constantFrom(...CODED),
  nth: fc.integer({ min: 1, max: PACKS_PER_LOT }),
  lot: fc.constantFrom(1 as const, 1 as const, 2 as const),
})
const who = fc.constantFrom(...PATIENTS)

/** Losses are broken lines mostly: hanging ones cost a test its time-out. */
const faultAction: fc.Arbitrary<FaultAction> = fc.oneof(
  { weight: 18, arbitrary: fc.constant<FaultAction>({ kind: 'lose-answer-after-booking', how: 'destroy' }) },
  { weight: 12, arbitrary: fc.constant<FaultAction>({ kind: 'lose-before-booking', how: 'destroy' }) },
  { weight: 1, arbitrary: fc.constantFrom<FaultAction>({ kind: 'lose-answer-after-booking', how: 'hang' }, { kind: 'lose-before-booking', how: 'hang' }) },
  // Longer than the till waits: booked after the till gave it up.
  { weight: 1, arbitrary: fc.constantFrom<FaultAction>({ kind: 'delay', ms: 300, when: 'before' }, { kind: 'delay', ms: 300, when: 'after' }) },
  { weight: 1, arbitrary: fc.constantFrom<FaultAction>({ kind: 'delay', ms: 30, when: 'before' }, { kind: 'delay', ms: 30, when: 'after' }) },
  { weight: 9, arbitrary: fc.constant<FaultAction>({ kind: 'refuse', text: '练习拒绝', infcode: -1 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<FaultAction>(
      { kind: 'refuse', text: '调用业务服务超时', infcode: -1 },
      { kind: 'refuse', text: '未签到,请先签到', infcode: -1 },
    ),
  },
  { weight: 6, arbitrary: fc.constant<FaultAction>({ kind: 'row-refused', text: '练习行级拒绝' }) },
  {
    weight: 9,
    arbitrary: fc.record({
      kind: fc.constant('garble' as const),
      how: fc.constantFrom('truncated' as const, 'html' as const, 'empty' as const, 'not-json' as const),
      when: fc.constantFrom('before' as const, 'after' as const),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('gateway' as const),
      which: fc.constantFrom('missing-headers' as const, 'user' as const, 'timestamp' as const, 'signature' as const),
    }),
  },
  { weight: 6, arbitrary: fc.constant<FaultAction>({ kind: 'close-mid-body' }) },
  { weight: 6, arbitrary: fc.constantFrom<FaultAction>({ kind: 'duplicate-delivery', answer: 'first' }, { kind: 'duplicate-delivery', answer: 'second' }) },
  {
    weight: 6,
    arbitrary: fc.constantFrom<FaultAction>({ kind: 'http-status', status: 502, when: 'before' }, { kind: 'http-status', status: 504, when: 'after' }),
  },
  { weight: 1, arbitrary: fc.constant<FaultAction>({ kind: 'wrong-refmsgid' }) },
  { weight: 6, arbitrary: fc.constant<FaultAction>({ kind: 'contradictory-figures' }) },
)
const fault: fc.Arbitrary<Fault> = fc.record({
  infno: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom('2102', '2103', '2601') },
    { weight: 2, arbitrary: fc.constantFrom('3505', '3506') },
    { weight: 1, arbitrary: fc.constantFrom('2101', '1101', '3592B', '9001', '3201', '*') },
  ),
  nth: fc.integer({ min: 1, max: 2 }),
  action: faultAction,
})
/** Of a settlement and what follows from it. */
const ownFault: fc.Arbitrary<Fault> = fc.record({
  infno: fc.constantFrom('2102', '2102', '2103', '2601', '3505', '3506'),
  nth: fc.constant(1),
  action: faultAction,
})
const faults = fc.array(fault, { minLength: 1, maxLength: 4 }).map((rules): Action => ({ do: 'faults', faults: rules }))

const onSale = <D extends Extract<Action, { sale: number; drug?: never }>['do']>(...names: readonly D[]): fc.Arbitrary<Action> =>
  fc.record({ do: fc.constantFrom(...names), sale }) as fc.Arbitrary<Action>
const simple = (
  ...names: readonly Extract<Action, { do: 'start' | 'outbox' | 'restart' | 'plug' | 'line-up' | 'reconcile' | 'shift' | 'repair' }>['do'][]
): fc.Arbitrary<Action> => fc.constantFrom(...names).map((name): Action => ({ do: name }))

const wholeSale: fc.Arbitrary<Action> = fc.record({
  do: fc.constant('whole-sale' as const),
  packs: fc.array(pack, { minLength: 1, maxLength: 3 }),
  who: fc.oneof({ weight: 2, arbitrary: who }, { weight: 1, arbitrary: fc.constant(null) }),
  pay: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  back: fc.oneof({ weight: 2, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  units: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 120 }) }),
  uncoded: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: UNCODED_PACKS }) }),
  faults: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.array(ownFault, { minLength: 1, maxLength: 3 }) }),
})
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 22, arbitrary: wholeSale },
  { weight: 12, arbitrary: faults },
  { weight: 6, arbitrary: simple('outbox') },
  { weight: 4, arbitrary: simple('start') },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('scan' as const), sale, pack }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('add-virtual' as const),
      sale,
      drug: fc.constantFrom('enema' as const, 'salts' as const),
      units: fc.integer({ min: 0, max: 25 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('uncoded' as const), sale, drug: fc.constantFrom(...UNCODED), packs: fc.integer({ min: 0, max: UNCODED_PACKS + 1 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('add-units' as const),
      sale,
      units: fc.integer({ min: 1, max: 150 }),
      nth: fc.integer({ min: 1, max: PACKS_PER_LOT }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('quantity' as const), sale, whole: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('person' as const), sale, who }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('kind' as const), sale, kind: fc.constantFrom('pharmacy' as const, 'chronic' as const, 'outpatient' as const) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('tender' as const),
      sale,
      how: fc.constantFrom('exact' as const, 'exact' as const, 'part' as const, 'more' as const, 'card' as const),
    }),
  },
  { weight: 5, arbitrary: onSale('quote') },
  { weight: 6, arbitrary: onSale('settle') },
  { weight: 4, arbitrary: onSale('return') },
  { weight: 4, arbitrary: onSale('resolve') },
  { weight: 3, arbitrary: onSale('add-piece', 'void-line', 'hold', 'recall', 'void', 'copy', 'remove-person', 'self-pay') },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('line-down' as const), seconds: fc.constantFrom(0.01, 0.05) }) },
  { weight: 1, arbitrary: simple('line-up', 'reconcile', 'shift', 'repair') },
  { weight: 12, arbitrary: fc.record({ do: fc.constant('crash-at' as const), point: fc.constantFrom(...CRASH_POINTS) }) },
  { weight: 2, arbitrary: simple('restart') },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('till-clock' as const), minutes: fc.integer({ min: -20, max: 20 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('time' as const), minutes: fc.constantFrom(0.1, 1, 6, 60, 600) }) },
)
/** What happens at once: one action mostly, else two or three, and the plug may be pulled in the middle. */
const step: fc.Arbitrary<readonly Action[]> = fc.oneof(
  { weight: 12, arbitrary: action.map((one) => [one]) },
  { weight: 4, arbitrary: fc.array(action, { minLength: 2, maxLength: 3 }) },
  { weight: 1, arbitrary: fc.tuple(action, simple('plug')) },
)
export const day: fc.Arbitrary<readonly (readonly Action[])[]> = fc.array(step, { minLength: 6, maxLength: 26, size: 'max' })

/** What no public paper says of a province: the till stands every variant. */
export const province: fc.Arbitrary<PracticeProfileInput> = fc.record({
  repeatedMessage: fc.constantFrom('refuse' as const, 'same-answer' as const),
  repeatedRowKey: fc.constantFrom('refuse' as const, 'accept-same' as const),
  reversalOfUnknown: fc.constantFrom('accept' as const, 'accept' as const, 'refuse' as const),
  cancelAnswersSettlement: fc.constantFrom('original' as const, 'new' as const),
  answerForms: fc.constantFrom('mixed' as const, 'plain' as const),
})
