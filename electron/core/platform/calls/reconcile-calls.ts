import type { Operator, Outcome } from '../client.ts'
import type { DetailQuestion } from '../transactions/t3202.ts'
import * as t3202 from '../transactions/t3202.ts'
import type { CallParts } from './call-parts.ts'

export type { DetailQuestion } from '../transactions/t3202.ts'

/** 3202 beside 3201: what differs, line by line. No effect: may be repeated. */
export interface ReconcileCalls {
  /** Compares the uploaded file; the answer says under which number and name the result is to be fetched (9102). */
  detail(operator: Operator, question: DetailQuestion): Promise<Outcome<{ readonly fileQueryNumber: string; readonly fileName: string }>>
}

export const createReconcileCalls = ({ profile, sender }: CallParts): ReconcileCalls => ({
  detail: (operator, question) => sender.ask(operator, { infno: '3202', schema: t3202.input, region: null, input: () => t3202.build(question, profile.clearingOffice) }, t3202.read),
})
