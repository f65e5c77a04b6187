import { z } from 'zod'
import { text } from '../wire-fields.ts'

/** 2601 reverse: for a call whose answer never came. Under a new message id; the paper prints no output. */
export const input = z.strictObject({ data: z.strictObject({ psn_no: text(30), omsgid: text(30), oinfno: text(4) }) })

export const build = (original: { readonly messageId: string; readonly infno: string; readonly personNumber: string }): z.infer<typeof input> =>
  input.parse({ data: { psn_no: original.personNumber, omsgid: original.messageId, oinfno: original.infno } })
