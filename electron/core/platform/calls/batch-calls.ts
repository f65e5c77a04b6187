import type { NotSent } from '../call.ts'
import { cleanMessage } from '../clean-message.ts'
import type { Operator, Outcome, PreparedMessage, UploadRow } from '../client.ts'
import { readRowResult } from '../transactions/goods-row.ts'
import * as t3505a from '../transactions/t3505a.ts'
import type { CallParts } from './call-parts.ts'

/** How one row of a batch ended. `not-told`: the answer does not name it. */
export type BatchRowResult =
  | { readonly kind: 'taken'; readonly alreadyUploaded: boolean }
  /** `raw`: the answer that the row would have been given alone. */
  | { readonly kind: 'refused'; readonly text: string; readonly raw: Uint8Array }
  | { readonly kind: 'not-told' }

/** Batch forms of the uploads: 3505A. Each row keeps the key it would have alone, so that asking again, in a batch or alone, is the same upload. */
export interface BatchCalls {
  /** Rows of one region (null: of people who paid themselves); `batchRows` of the profile at most. */
  readonly prepareUploads: (operator: Operator, rows: readonly UploadRow[]) => Promise<{ readonly kind: 'prepared'; readonly message: PreparedMessage } | NotSent>
  /** The results in the order of `rowKeys`. A refusal of the whole message says nothing of any row. */
  readonly sendUploads: (message: PreparedMessage, rowKeys: readonly string[]) => Promise<Outcome<readonly BatchRowResult[]>>
}

export const createBatchCalls = ({ profile, sender, mask }: CallParts): BatchCalls => {
  const alreadyUploaded = new RegExp(profile.upload.alreadyUploadedPattern, 'u')
  const resultOf = (row: t3505a.SoldRowOutcome | undefined): BatchRowResult => {
    if (row === undefined || row.kind === 'not-told') return { kind: 'not-told' }
    if (row.kind === 'taken') return { kind: 'taken', alreadyUploaded: false }
    const text = mask.words(cleanMessage(row.message))
    return alreadyUploaded.test(text) ? { kind: 'taken', alreadyUploaded: true } : { kind: 'refused', text, raw: Buffer.from(JSON.stringify({ infcode: 0, output: { result: { retRslt: '0', msgRslt: row.message } } })) }
  }
  return {
    prepareUploads: (operator, rows) => sender.prepareSigned(operator, { infno: '3505A', schema: t3505a.inputOf(profile), region: rows[0]?.insured?.region ?? null, input: () => t3505a.build(rows, profile) }),
    sendUploads: async (message, rowKeys) => {
      const { infno } = message
      const reply = await sender.sendStored(message)
      // Some say the fate of the whole message where single rows have theirs.
      const whole = sender.understand(reply, infno, readRowResult)
      if (whole.kind !== 'answered') return whole
      if (whole.value.kind === 'refused') return { kind: 'refused', code: 'platform.refused', detail: { infno, text: mask.words(cleanMessage(whole.value.message)) }, raw: whole.raw }
      return sender.understand(reply, infno, (output) => {
        const told = new Map(t3505a.read(output).map((row) => [row.rowKey, row]))
        return rowKeys.map((rowKey) => resultOf(told.get(rowKey)))
      })
    },
  }
}
