import type { Operator, Outcome } from '../client.ts'
import type { DetailQuestion } from '../transactions/t3202.ts'
import * as t3202 from '../transactions/t3202.ts'
import * as t5203 from '../transactions/t5203.ts'
import type { HeldSettlement } from '../transactions/t5203.ts'
import { checkSums } from '../check-figures.ts'
import { Contradicted } from '../contradicted.ts'
import type { CallParts } from './call-parts.ts'

export type { DetailQuestion } from '../transactions/t3202.ts'
export type { HeldSettlement } from '../transactions/t5203.ts'

/** 3202 beside 3201: what differs, line by line. No effect: may be repeated. */
export interface ReconcileCalls {
  /** Compares the uploaded file; the answer says under which number and name the result is to be fetched (9102). */
  detail(operator: Operator, question: DetailQuestion): Promise<Outcome<{ readonly fileQueryNumber: string; readonly fileName: string }>>
  /** 5203: one settlement as the platform holds it, with all its figures but those of the lines. Contradictory when it is about another one or does not add up. */
  settlement(operator: Operator, asked: { readonly personNumber: string; readonly setlId: string; readonly visitId: string; readonly region: string }): Promise<Outcome<HeldSettlement>>
}

export const createReconcileCalls = ({ profile, sender }: CallParts): ReconcileCalls => ({
  detail: (operator, question) => sender.ask(operator, { infno: '3202', schema: t3202.input, region: null, input: () => t3202.build(question, profile.clearingOffice) }, t3202.read),
  settlement: (operator, asked) => sender.ask(operator, { infno: '5203', schema: t5203.input, region: asked.region, input: () => t5203.build(asked) }, (output) => {
    const held = t5203.read(output)
    if (held.setlId !== asked.setlId || held.personNumber !== asked.personNumber) throw new Contradicted({ equation: 'the settlement that was asked about' })
    const broken = checkSums(held.figures)
    if (broken !== null) throw new Contradicted(broken)
    return held
  }),
})
