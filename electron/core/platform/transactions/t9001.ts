import { z } from 'zod'
import { neededText, row, someTime } from '../answer-fields.ts'
import { text } from '../wire-fields.ts'

/** 9001 sign-in: before any other call, once an operator and day. */
export const input = z.strictObject({ signIn: z.strictObject({ opter_no: text(20), mac: text(20), ip: text(20) }) })

export const build = (operatorId: string, device: { readonly mac: string; readonly ip: string }): z.infer<typeof input> =>
  input.parse({ signIn: { opter_no: operatorId, mac: device.mac, ip: device.ip } })

export const outputNodes = { signinoutb: z.object({ sign_time: someTime(), sign_no: neededText(30) }) }
const output = row(z.object({ signinoutb: row(outputNodes.signinoutb) }))

export const read = (answer: unknown): { readonly signNumber: string } => ({ signNumber: z.string().max(30).parse(output.parse(answer).signinoutb.sign_no) })
