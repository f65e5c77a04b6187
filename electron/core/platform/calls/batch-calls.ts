import type { NotSent } from '../call.ts'
import type { Operator, Outcome, PreparedMessage, UploadRow } from '../client.ts'
import type { CallParts } from './call-parts.ts'

/** How one row of a batch ended. `not-told`: the answer does not name it. */
export type BatchRowResult =
  | { readonly kind: 'taken'; readonly alreadyUploaded: boolean }
  | { readonly kind: 'refused'; readonly text: string }
  | { readonly kind: 'not-told' }

/** Batch forms of the uploads: 3505A. Each row keeps the key it would have alone, so that asking again, in a batch or alone, is the same upload. */
export interface BatchCalls {
  /** Rows of one region (null: of people who paid themselves); `batchRows` of the profile at most. */
  readonly prepareUploads: (operator: Operator, rows: readonly UploadRow[]) => Promise<{ readonly kind: 'prepared'; readonly message: PreparedMessage } | NotSent>
  /** The results in the order of `rowKeys`. A refusal of the whole message says nothing of any row. */
  readonly sendUploads: (message: PreparedMessage, rowKeys: readonly string[]) => Promise<Outcome<readonly BatchRowResult[]>>
}

export const createBatchCalls = (_parts: CallParts): BatchCalls => ({
  prepareUploads: () => Promise.reject(new Error('3505A is not written yet')),
  sendUploads: () => Promise.reject(new Error('3505A is not written yet')),
})
