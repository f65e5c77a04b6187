import type { NotSent } from '../call.ts'
import type { Operator, Outcome, PreparedMessage } from '../client.ts'
import type { Prepared } from '../sender.ts'
import type { HeldMapping, MappingPage } from '../transactions/t1317.ts'
import * as t1317 from '../transactions/t1317.ts'
import type { MappingToSend } from '../transactions/t3301.ts'
import * as t3301 from '../transactions/t3301.ts'
import type { MappingToWithdraw } from '../transactions/t3302.ts'
import * as t3302 from '../transactions/t3302.ts'
import type { CallParts } from './call-parts.ts'

/** 3301, 3302, 1317. */
export interface MappingCalls {
  prepareUpload(operator: Operator, mapping: MappingToSend): Promise<Prepared | NotSent>
  prepareWithdrawal(operator: Operator, mapping: MappingToWithdraw): Promise<Prepared | NotSent>
  /** `already`: they refused because what was wanted is so (profile). */
  send(message: PreparedMessage): Promise<Outcome<{ readonly already: boolean }>>
  /** One page of what they hold. No effect. `rows`: how many the page had, ours or not. */
  heldPage(operator: Operator, page: MappingPage): Promise<Outcome<{ readonly rows: number; readonly held: readonly HeldMapping[] }>>
}

export const createMappingCalls = ({ profile, sender }: CallParts): MappingCalls => {
  const already = { 3301: new RegExp(profile.mapping.alreadyMappedPattern, 'u'), 3302: new RegExp(profile.mapping.alreadyWithdrawnPattern, 'u') }
  const { code } = profile.institution
  return {
    prepareUpload: (operator, mapping) => sender.prepareSigned(operator, { infno: '3301', schema: t3301.input, region: null, input: () => t3301.build(mapping) }),
    prepareWithdrawal: (operator, mapping) => sender.prepareSigned(operator, { infno: '3302', schema: t3302.inputOf(profile), region: null, input: () => t3302.build(mapping, profile) }),
    send: async (message) => {
      const reply = await sender.sendStored(message)
      if (reply.kind === 'refused' && already[message.infno === '3302' ? 3302 : 3301].test(reply.message)) return { kind: 'answered', value: { already: true }, raw: reply.raw }
      return sender.understand(reply, message.infno, () => ({ already: false }))
    },
    heldPage: (operator, page) => sender.ask(operator, { infno: '1317', schema: t1317.input, region: null, input: () => t1317.build(page, code) }, (output) => t1317.read(output, code)),
  }
}
