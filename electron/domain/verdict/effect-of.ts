import type { VerdictReason } from '../../contract/index.ts'
import type { Decision } from './told.ts'

/** What is done upon a verdict. `sell-pack`: the code goes onto its line. */
export type Effect = 'none' | 'sell-pack' | 'add-drug' | 'use-uncoded' | 'open-carton' | 'learn-outer' | 'set-aside' | 'read-person'

const EFFECTS: Partial<Record<VerdictReason, Effect>> = {
  'pack-ok': 'sell-pack',
  'pack-ok-near-expiry': 'sell-pack',
  'pack-ok-lot-differs': 'sell-pack',
  'pack-ok-returned': 'sell-pack',
  'pack-ok-provisional': 'sell-pack',
  learned: 'sell-pack',
  'received-by-scan': 'sell-pack',
  'never-received-noted': 'sell-pack',
  'split-pack-ok': 'sell-pack',
  'one-more-ok': 'sell-pack',
  'learned-outer': 'learn-outer',
  'drug-added': 'add-drug',
  'uncoded-ok': 'use-uncoded',
  'carton-opened': 'open-carton',
  'set-aside': 'set-aside',
  'person-read': 'read-person',
}

/** Ask and refuse change nothing; neither does a payment code, which the pay dialog takes. */
export const effectOf = ({ outcome, reason }: Pick<Decision, 'outcome' | 'reason'>): Effect =>
  outcome === 'accept' || outcome === 'notice' ? (EFFECTS[reason] ?? 'none') : 'none'
