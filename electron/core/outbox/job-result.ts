import type { ErrorCode, ErrorDetail } from '../../contract/index.ts'

/** done and parked: already stored with the effect · later: the runner puts it back with a delay. `unasked`: the platform was not asked, so it says nothing of the line. */
export type JobResult =
  | { readonly kind: 'done'; readonly unasked?: true }
  | { readonly kind: 'parked'; readonly unasked?: true }
  | { readonly kind: 'later'; readonly error: { readonly code: ErrorCode; readonly detail: ErrorDetail } }

export const notYet = (outcome: { readonly code: ErrorCode; readonly detail: ErrorDetail }): JobResult => ({ kind: 'later', error: { code: outcome.code, detail: outcome.detail } })
