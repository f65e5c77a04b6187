import { z } from 'zod'
import { row, someTime } from '../answer-fields.ts'
import { text } from '../wire-fields.ts'

/** 9002 sign-out, at the end of the day: the same operator may not be able to sign in again that day. Its answer says only when; the node is named like its field, a misprint of the paper, so any node will do. */
export const input = z.strictObject({ signOut: z.strictObject({ sign_no: text(30), opter_no: text(20) }) })

export const build = (signNumber: string, operatorId: string): z.infer<typeof input> => input.parse({ signOut: { sign_no: signNumber, opter_no: operatorId } })

export const outputNodes = { sign_time: z.object({ sign_time: someTime() }) }
const output = z.record(z.string(), z.unknown()).nullable()

/** When, as the platform writes it; empty when it does not. Never a reason to doubt that the sign-out was taken. */
export const read = (answer: unknown): { readonly signedOutAt: string } => {
  const nodes = Object.values(output.safeParse(answer ?? null).data ?? {})
  const told = nodes.map((node) => row(outputNodes.sign_time).safeParse(node).data?.sign_time ?? '').find((time) => time !== '')
  return { signedOutAt: told ?? '' }
}
