import type { Logger } from 'pino'
import type { ErrorDetail } from '../../contract/index.ts'
import type { Outcome, PreparedMessage } from './client.ts'
import type { AnswerTimes } from './envelope.ts'
import { readAnswer } from './envelope.ts'
import type { Exchange, Gateway } from './gateway.ts'
import type { LineMonitor } from './line-monitor.ts'
import type { RegionProfile } from './profile.ts'
import type { WireMask } from './wire-mask.ts'

export type NotSent = Extract<Outcome<never>, { kind: 'not-sent' }>
export type Unknown = Extract<Outcome<never>, { kind: 'unknown' }>
/** One message answered, before its output is understood. */
export type Reply =
  | { readonly kind: 'ok'; readonly output: unknown; readonly raw: Uint8Array }
  | { readonly kind: 'refused'; readonly infcode: string; readonly message: string; readonly detail: ErrorDetail; readonly withOutput: boolean; readonly raw: Uint8Array }
  | NotSent
  | Unknown

export const notSent = (code: NotSent['code'], detail: ErrorDetail): NotSent => ({ kind: 'not-sent', code, detail })
export const unknown = (code: Unknown['code'], detail: ErrorDetail, raw: Uint8Array | null): Unknown => ({ kind: 'unknown', code, detail, raw })

type Answered = Extract<Exchange, { kind: 'answer' }>

/** Ours − theirs. By the answer's two times as in NTP; by the HTTP date (whole seconds) when a gateway answered without them. */
const skewOf = (answer: Answered, times: AnswerTimes | null): number | null => {
  const middle = (answer.sentAt + answer.receivedAt) / 2
  if (times?.receivedAt != null) {
    const { receivedAt, respondedAt } = times
    const thought = respondedAt === null ? null : respondedAt - receivedAt
    // Some answers carry a copied or absurd second time: then the first alone.
    if (thought === null || thought < 0 || thought > answer.latencyMs + 1000) return Math.round(middle - receivedAt)
    return Math.round(middle - (receivedAt + thought / 2))
  }
  return answer.serverDate === null ? null : Math.round(middle - (answer.serverDate + 500))
}

/** Statuses that a web server gives without handing the call on. */
const REFUSED_STATUS = new Set([301, 302, 303, 307, 308, 400, 401, 403, 404, 405, 407, 411, 413, 414, 415, 417, 421, 426, 429, 431])

export interface CallParts {
  readonly profile: RegionProfile
  readonly gateway: Gateway
  readonly line: LineMonitor
  readonly log: Logger
  /** Where messages are written down, masked: apart from the ordinary log. */
  readonly wire: Logger
  readonly mask: WireMask
}

/** What an exchange means, and tells the line's monitor. Never throws. */
export const createConclude = ({ profile, line, log, mask }: Omit<CallParts, 'gateway' | 'wire'>): ((message: PreparedMessage, exchange: Exchange) => Reply) => {
  const skewed = new RegExp(profile.transport.clockSkewPattern, 'u')
  const refusedBefore = new Set(profile.transport.refusedBeforePlatform)
  const failsDespiteZero = new Set(profile.answers.failedDespiteZero)
  const { refusedWordsPattern } = profile.transport
  const refusedWords = refusedWordsPattern === null ? null : new RegExp(refusedWordsPattern, 'u')

  const understand = ({ infno }: PreparedMessage, exchange: Answered): Reply => {
    const { bytes, status, latencyMs, broken } = exchange
    const answer = readAnswer(bytes)
    const clockSkewMs = skewOf(exchange, answer.kind === 'ok' || answer.kind === 'refused' ? answer.times : null)
    line.answered(latencyMs, clockSkewMs)
    // Signed by somebody else, or not at all: what it says is not the platform's word, be it yes or no.
    if (broken !== undefined) return unknown(broken === 'cipher' ? 'platform.unexpected-answer' : 'platform.contradictory', { infno, reason: `seal-${broken}`, status }, bytes)
    switch (answer.kind) {
      case 'ok':
        if (answer.remark !== '') {
          const message = mask.words(answer.remark)
          log.warn({ infno, remark: message }, 'platform answered ok with a remark')
          if (answer.empty && failsDespiteZero.has(infno)) return { kind: 'refused', infcode: '0', message, detail: { infno, infcode: '0', text: message }, withOutput: false, raw: bytes }
        }
        return { kind: 'ok', output: answer.output, raw: bytes }
      case 'refused': {
        const message = mask.words(answer.message)
        return { kind: 'refused', infcode: answer.infcode, message, detail: { infno, infcode: answer.infcode, text: message }, withOutput: answer.withOutput, raw: bytes }
      }
      case 'gateway': {
        const message = mask.words(answer.message)
        if (skewed.test(answer.message)) return notSent('platform.clock-skew', { infno, text: message, clockSkewMs })
        if (refusedBefore.has(answer.code) || refusedWords?.test(answer.message) === true) return notSent('platform.gateway', { infno, text: message, gatewayCode: answer.code })
        return unknown('platform.unexpected-answer', { infno, text: message, gatewayCode: answer.code, status }, bytes)
      }
      case 'unreadable':
        if (REFUSED_STATUS.has(status)) return notSent('platform.gateway', { infno, text: '', gatewayCode: String(status) })
        return unknown('platform.unexpected-answer', { infno, reason: answer.why, status }, bytes)
    }
  }

  return (message, exchange) => {
    const { infno } = message
    switch (exchange.kind) {
      case 'answer':
        return understand(message, exchange)
      case 'not-connected':
        line.notConnected()
        return notSent('platform.offline', { infno, reason: exchange.reason })
      case 'not-admitted':
        return notSent('platform.gateway', { infno, text: mask.words(exchange.message), gatewayCode: exchange.reason })
      case 'no-answer':
        if (exchange.reason === 'too-large') return unknown('platform.unexpected-answer', { infno, reason: exchange.reason }, null)
        line.noAnswer()
        return unknown(exchange.reason === 'broken' && exchange.bytes !== null ? 'platform.unexpected-answer' : 'platform.timeout', { infno, reason: exchange.reason }, exchange.bytes)
    }
  }
}

/** Sends one message and says what kind of ending it had. Never throws. */
export const createCall = (parts: CallParts): ((message: PreparedMessage) => Promise<Reply>) => {
  const { gateway, wire, mask } = parts
  const conclude = createConclude(parts)
  return async (message) => {
    const { infno, messageId } = message
    wire.info({ infno, messageId, request: mask.wire(message.body) }, 'platform request')
    const exchange = await gateway.send(infno, message.body)
    // The log line comes first: masking the answer also learns whom a refusal may name.
    wire.info({
      infno, messageId, ended: exchange.kind, ...(exchange.kind === 'answer' ? { status: exchange.status, latencyMs: exchange.latencyMs } : { reason: exchange.reason }),
      ...(exchange.kind === 'not-connected' || exchange.kind === 'not-admitted' || exchange.bytes === null ? {} : { answer: mask.wire(exchange.bytes) }),
    }, 'platform answer')
    return conclude(message, exchange)
  }
}
