/** Every named step of a sale at which the power may go. test/fault pulls the plug at each and compares the books. */
export const CRASH_POINTS = [
  'scan:before-commit', 'scan:after-commit',
  'settle:before-intent', 'settle:intent-committed', 'settle:answer-received', 'settle:answer-in-transaction', 'settle:answer-committed',
  'tender:before-commit', 'tender:after-commit',
  'reverse:before-send', 'reverse:answer-received', 'reverse:answer-committed',
  'cancel:intent-committed', 'cancel:answer-received', 'cancel:answer-committed',
  'upload:leased', 'upload:answer-received', 'upload:answer-committed',
] as const
/** Named steps of comparing books with the province, and of a confirmed cure. */
export const RECONCILE_POINTS = [
  'reconcile:started', 'reconcile:totals-answered', 'reconcile:file-uploaded', 'reconcile:result-fetched', 'reconcile:before-commit', 'reconcile:committed',
  'reconcile:cure-in-transaction', 'reconcile:cure-intent-committed', 'reconcile:cure-answer-received',
] as const
/** Named steps of a catalogue that is fetched, built beside and taken over. */
export const CATALOGUE_POINTS = ['catalogue:fetched', 'catalogue:built', 'catalogue:pointed'] as const
export type CrashPoint = (typeof CRASH_POINTS)[number] | (typeof RECONCILE_POINTS)[number] | (typeof CATALOGUE_POINTS)[number]
