import type { Logger } from 'pino'
import { z } from 'zod'
import type { ErrorDetail, Instant } from '../../contract/index.ts'
import type { WritableDb } from '../db/database.ts'
import type { NotSent, Reply } from './call.ts'
import { notSent, unknown } from './call.ts'
import type { Operator, Outcome, PreparedMessage } from './client.ts'
import { checkCodes } from './code-tables.ts'
import { Contradicted } from './contradicted.ts'
import type { DeviceAddress } from './device-address.ts'
import { buildRequest, senderOf } from './envelope.ts'
import { createMessageIds } from './message-id.ts'
import type { RegionProfile } from './profile.ts'
import type { SignedIn } from './sign-in.ts'
import { createSignIns } from './sign-in.ts'
import * as t9001 from './transactions/t9001.ts'
import * as t9002 from './transactions/t9002.ts'
import { fillUnused } from './wire-fields.ts'
import { createWireNames } from './wire-names.ts'

export interface Question {
  readonly infno: string
  readonly schema: z.ZodType
  /** Region of the insured person; null when the call is about nobody. */
  readonly region: string | null
  /** Builds the input; throws ZodError or RangeError for a value that the tables forbid. */
  readonly input: () => unknown
}
export type Prepared = { readonly kind: 'prepared'; readonly message: PreparedMessage }
/** Reads an answer's output; throws ZodError when it says too little, Contradicted when it cannot be true. */
export type Read<T> = (output: unknown) => T

export interface Sender {
  /** Before or without sign-in. */
  readonly prepare: (operator: Operator, question: Question) => Prepared | NotSent
  /** Signs in when needed. */
  readonly prepareSigned: (operator: Operator, question: Question) => Promise<Prepared | NotSent>
  /** A call without effect: when the platform has forgotten our sign-in, once more with a new one. `by`: another way than one message and one answer (files). */
  readonly ask: <T>(operator: Operator, question: Question, read: Read<T>, by?: (message: PreparedMessage) => Promise<Reply>) => Promise<Outcome<T>>
  /** One stored message with an effect, once. */
  readonly sendStored: (message: PreparedMessage) => Promise<Reply>
  readonly understand: <T>(reply: Reply, infno: string, read: Read<T>) => Outcome<T>
  readonly signOut: (operator: Operator) => Promise<Outcome<null>>
}

/** Field and rule of the first problem; never a value: it may be a person's. */
const problemOf = (error: unknown): ErrorDetail => {
  const issue = error instanceof z.ZodError ? error.issues[0] : undefined
  return issue === undefined ? { problem: error instanceof Error ? error.name : 'unknown' } : { field: issue.path.join('.'), problem: issue.message }
}

interface SenderParts {
  readonly profile: RegionProfile
  readonly db: WritableDb
  readonly clock: () => number
  readonly log: Logger
  readonly device: DeviceAddress
  readonly call: (message: PreparedMessage) => Promise<Reply>
}

export const createSender = ({ profile, db, clock, log, device, call }: SenderParts): Sender => {
  const messageIds = createMessageIds(db, clock, profile.institution.code, profile.messageIds)
  const names = createWireNames(profile.wireNames)
  const signInMissing = new RegExp(profile.signIn.missingPattern, 'u')
  const leavesOpen = profile.answers.openRefusalPattern === null ? null : new RegExp(profile.answers.openRefusalPattern, 'iu')

  const build = (operator: Operator, signNumber: string | null, question: Question): Prepared | NotSent => {
    const { infno, region, schema } = question
    const { unusedInput } = profile.envelope
    try {
      const input = question.input()
      checkCodes(schema, input, profile.wireNames.dictionaries)
      const messageId = messageIds.next()
      const body = buildRequest(profile, { infno, messageId, at: clock() as Instant, operator, region, signNumber, input: names.outgoing(infno, unusedInput === 'omit' ? input : fillUnused(schema, input, unusedInput)) })
      return { kind: 'prepared', message: { messageId, infno, body } }
    } catch (error) {
      if (!(error instanceof z.ZodError || error instanceof RangeError)) throw error
      const detail = { infno, ...problemOf(error) }
      log.error(detail, 'request refused by our own tables')
      return notSent('platform.invalid-request', detail)
    }
  }

  const signIn = async (operator: Operator): Promise<SignedIn | NotSent> => {
    const prepared = build(operator, null, { infno: '9001', schema: t9001.input, region: null, input: () => t9001.build(operator.operatorId, device) })
    if (prepared.kind !== 'prepared') return prepared
    const outcome = understand(await call(prepared.message), '9001', t9001.read)
    switch (outcome.kind) {
      case 'answered':
        return { kind: 'signed-in', signNumber: outcome.value.signNumber }
      case 'not-sent':
        return outcome
      case 'refused':
      case 'unknown':
        // Whether we are signed in may be unknown; the call that needed it has certainly not left.
        return notSent('platform.sign-in-failed', { ...outcome.detail, reason: outcome.code })
    }
  }
  const signIns = createSignIns(db, clock, signIn)

  const understand = <T>(reply: Reply, infno: string, read: Read<T>): Outcome<T> => {
    if (reply.kind === 'refused') return { kind: 'refused', code: 'platform.refused', detail: reply.detail, raw: reply.raw }
    if (reply.kind !== 'ok') return reply
    try {
      return { kind: 'answered', value: read(names.incoming(infno, reply.output)), raw: reply.raw }
    } catch (error) {
      const contradicted = error instanceof Contradicted
      const detail = { infno, ...(contradicted ? error.detail : problemOf(error)) }
      log.error(detail, contradicted ? 'the answer contradicts itself or the question' : 'answer not understood')
      return unknown(contradicted ? 'platform.contradictory' : 'platform.unexpected-answer', detail, reply.raw)
    }
  }

  const signInWasMissing = (reply: Reply): boolean => reply.kind === 'refused' && signInMissing.test(reply.message)
  /** Drops the number under which the message went out, whoever stored it and when. */
  const forgetSignIn = (message: PreparedMessage): void => {
    const { operator, signNumber } = senderOf(message.body)
    signIns.forget(operator, signNumber)
  }

  const prepareSigned = async (operator: Operator, question: Question): Promise<Prepared | NotSent> => {
    const signed = await signIns.current(operator)
    return signed.kind === 'signed-in' ? build(operator, signed.signNumber, question) : signed
  }

  return {
    prepare: (operator, question) => build(operator, signIns.known(operator), question),
    prepareSigned,
    understand,
    ask: async (operator, question, read, by = call) => {
      for (let attempt = 1; ; attempt += 1) {
        const prepared = await prepareSigned(operator, question)
        if (prepared.kind !== 'prepared') return prepared
        const reply = await by(prepared.message)
        if (signInWasMissing(reply)) forgetSignIn(prepared.message)
        if (attempt === 1 && signInWasMissing(reply)) continue
        return understand(reply, question.infno, read)
      }
    },
    sendStored: async (message) => {
      const reply = await call(message)
      if (reply.kind !== 'refused') return reply
      if (signInWasMissing(reply)) {
        // Nothing was processed. The stored bytes carry the dead number: prepare it anew, under a new message id.
        forgetSignIn(message)
        return notSent('platform.sign-in-failed', reply.detail)
      }
      if (reply.withOutput) return unknown('platform.contradictory', { ...reply.detail, equation: 'refused, with an output' }, reply.raw)
      if (leavesOpen?.test(reply.message) === true) return unknown('platform.unexpected-answer', { ...reply.detail, reason: 'open-refusal' }, reply.raw)
      return reply
    },
    signOut: async (operator) => {
      const signNumber = signIns.known(operator)
      if (signNumber === null) return { kind: 'answered', value: null, raw: new Uint8Array() }
      const prepared = build(operator, signNumber, { infno: '9002', schema: t9002.input, region: null, input: () => t9002.build(signNumber, operator.operatorId) })
      if (prepared.kind !== 'prepared') return prepared
      const outcome = understand(await call(prepared.message), '9002', () => null)
      if (outcome.kind === 'answered') forgetSignIn(prepared.message)
      return outcome
    },
  }
}
