import type { Blocker, ErrorCode, ErrorDetail, SoundClass, Verdict, VerdictOutcome } from '../../electron/contract/index.ts'

/** Sentences that only a screen can say: nothing of core went wrong. */
export const SCREEN_SAYS = [
  'trial-not-needed',
  'nothing-yet',
  'held',
  'unconfirmed',
  'settled-behind',
  'refused-behind',
  'reversed-behind',
  'settled-late',
  'still-asking',
  'quoted',
  'insured-offline',
  'scan-input-method',
  'scan-alt-keypad',
  'scan-no-suffix',
  'scan-too-long',
  'no-scan-here',
  'pay-first',
  'printed',
  'nothing-to-void',
  'not-begun',
  'recalled',
  'copied',
  'returned',
  'return-unconfirmed',
  'voided',
  'resumed',
  'quantity-whole',
  'nothing-to-split',
  'link-confirmed',
  'link-revoked',
  'link-revoked-follow',
  'pack-sold-elsewhere',
  'pack-sold-elsewhere-behind',
  'country-sold-elsewhere',
  'country-sold-here',
  'country-not-sold',
  'report-copied',
  'report-not-copied',
  'no-sale-of-pack',
  'uncoded-added',
  'recall-added',
  'recall-lifted',
  'picking',
  'claim-found',
  'claim-off',
  'claim-kept',
  'claim-asked',
  'mapping-queued',
  'catalogue-updating',
  'mapping-queued-all',
  'mapping-same',
  'mapping-withdrawn',
  'mapping-read',
] as const
export type ScreenSay = (typeof SCREEN_SAYS)[number]

export type SaySource =
  | { readonly kind: 'verdict'; readonly verdict: Verdict }
  | { readonly kind: 'error'; readonly code: ErrorCode; readonly detail: ErrorDetail }
  | { readonly kind: 'blocker'; readonly code: Blocker['code']; readonly detail: ErrorDetail }
  | { readonly kind: 'screen'; readonly code: ScreenSay; readonly values: ErrorDetail }

/** Labels of answers, keys of the language files. */
export const SAY_ANSWERS = [
  'sell-anyway',
  'add-drug',
  'read-person',
  'open-pack',
  'set-aside',
  'pick-drug',
  'open-carton',
  'one-more',
  'use-uncoded',
  'register-return',
  'other-line',
  'see-alarm',
  'back',
  'understood',
  'hold',
  'self-paid',
  'next-customer',
  'show-story',
  'see-claim',
] as const
export type SayAnswerLabel = (typeof SAY_ANSWERS)[number]
export type AnswerKey = 'Enter' | 'Escape' | 'F3' | 'F4' | 'F5' | 'F6' | 'F7' | '2' | '3'
export interface SayAnswer {
  readonly key: AnswerKey
  readonly label: SayAnswerLabel
  readonly run: () => void
}

export interface Say {
  readonly id: number
  readonly tone: VerdictOutcome
  readonly sound: SoundClass | null
  readonly source: SaySource
  /** First: Enter. None: it fades by itself. */
  readonly answers: readonly SayAnswer[]
}

export interface Heard {
  /** The first is shown; the others wait for their answer. */
  readonly says: readonly Say[]
  /** Something quiet that happened while an answer is still owed: one small line. */
  readonly echo: Say | null
}
export const SILENCE: Heard = { says: [], echo: null }

/** Must be answered even when the next pack is scanned already. The soft ones (own repeat, wrong step, what a screen says) give way. */
const mustBeAnswered = (say: Say): boolean =>
  say.answers.length > 0 && (say.sound === 'foreign' || (say.source.kind === 'screen' && say.source.code === 'claim-found') || (say.source.kind === 'verdict' && (say.tone === 'ask' || say.sound === 'stop')))

export const hear = (before: Heard, say: Say): Heard => {
  const owed = before.says.filter(mustBeAnswered)
  const loud = say.tone === 'ask' || say.tone === 'refuse'
  if (owed.length > 0 && !loud) return { says: owed, echo: say }
  return { says: [say, ...owed], echo: null }
}

/** Another page, another customer's step: what was only told is over, what must be answered stays. */
export const quiet = (before: Heard): Heard => ({ says: before.says.filter(mustBeAnswered), echo: null })

export const answered = (before: Heard, id: number): Heard => ({ says: before.says.filter((say) => say.id !== id), echo: before.echo })
