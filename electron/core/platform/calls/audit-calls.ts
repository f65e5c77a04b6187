import { setTimeout as sleep } from 'node:timers/promises'
import { notSent, unknown } from '../call.ts'
import type { NotSent } from '../call.ts'
import type { Operator, Outcome, PreparedMessage } from '../client.ts'
import type { Prepared } from '../sender.ts'
import type { ClaimQuestion, FoundViolation } from '../transactions/claim-question.ts'
import * as t3101 from '../transactions/t3101.ts'
import * as t3102 from '../transactions/t3102.ts'
import type { ClaimAnswer } from '../transactions/t3103.ts'
import * as t3103 from '../transactions/t3103.ts'
import type { CallParts } from './call-parts.ts'

/** 3101, 3102, 3103. */
export interface AuditCalls {
  /** What the province's rules find in a basket. No effect; within the profile's own time limit. */
  check(operator: Operator, question: ClaimQuestion): Promise<Outcome<readonly FoundViolation[]>>
  prepareFeedback(operator: Operator, answer: ClaimAnswer): Promise<Prepared | NotSent>
  /** A refusal that says it was told already (profile) is an answer. */
  sendFeedback(message: PreparedMessage): Promise<Outcome<{ readonly alreadyTold: boolean }>>
}

export const createAuditCalls = ({ profile, sender }: CallParts): AuditCalls => {
  const alreadyTold = new RegExp(profile.audit.alreadyToldPattern, 'u')
  const medTypeOf = (purchaseKind: string): string => {
    const kinds: Readonly<Record<string, { readonly medType: string }>> = profile.purchaseKinds
    const medType = Object.hasOwn(kinds, purchaseKind) ? kinds[purchaseKind]?.medType : undefined
    if (medType === undefined) throw new RangeError('no such purchase kind in the profile')
    return medType
  }

  const ask = (operator: Operator, question: ClaimQuestion): Promise<Outcome<readonly FoundViolation[]>> => {
    const [infno, { input, build, read }] = question.stage === 'before-trial' ? (['3101', t3101] as const) : (['3102', t3102] as const)
    return sender.ask(operator, { infno, schema: input, region: question.insurance.region, input: () => build(question, medTypeOf(question.purchaseKind), profile) }, (output) => read(output, question))
  }

  return {
    check: async (operator, question) => {
      const over = new AbortController()
      const late = sleep(profile.audit.timeLimitMs, null, { signal: over.signal }).then(
        () => unknown('platform.timeout', { infno: question.stage === 'before-trial' ? '3101' : '3102', reason: 'time-limit' }, null),
        () => notSent('platform.offline', {}),
      )
      try {
        return await Promise.race([ask(operator, question), late])
      } finally {
        over.abort()
      }
    },
    prepareFeedback: (operator, answer) => sender.prepareSigned(operator, { infno: '3103', schema: t3103.input, region: null, input: () => t3103.build(answer) }),
    sendFeedback: async (message) => {
      const reply = await sender.sendStored(message)
      if (reply.kind === 'refused' && alreadyTold.test(reply.message)) return { kind: 'answered', value: { alreadyTold: true }, raw: reply.raw }
      return sender.understand(reply, message.infno, () => ({ alreadyTold: false }))
    },
  }
}
