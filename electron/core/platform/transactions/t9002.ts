import { z } from 'zod'
import { text } from '../wire-fields.ts'

/** 9002 sign-out, at the end of the day: the same operator may not be able to sign in again that day. Its answer says only when (the paper's node name is a misprint), so it is not read. */
export const input = z.strictObject({ signOut: z.strictObject({ sign_no: text(30), opter_no: text(20) }) })

export const build = (signNumber: string, operatorId: string): z.infer<typeof input> => input.parse({ signOut: { sign_no: signNumber, opter_no: operatorId } })
