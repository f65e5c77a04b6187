import { writeFile } from 'node:fs/promises'
import type { Exchange } from '../../../../electron/core/platform/exchange.ts'
import type { Gateway } from '../../../../electron/core/platform/gateway.ts'
import { answerMessage } from '../../../../electron/practice/province.ts'
import type { Answered } from '../../../../electron/practice/province.ts'
import type { Province } from '../../../../electron/practice/call.ts'

/** What may become of one message with an effect, from the wire's side. */
export const FATES = [
  'answered', 'not-connected', 'lost-before', 'lost-after', 'late', 'cut-answer', 'other-answer', 'refused', 'open-refusal', 'refused-but-booked',
  'twice-first', 'twice-second', 'contradictory', 'gateway-timeout',
] as const
export type Fate = (typeof FATES)[number]

/** Fates by transaction: the first, the second … call; after them everything is answered. */
export type Fates = Readonly<Partial<Record<string, readonly Fate[]>>>

export interface ProvinceLine extends Gateway {
  /** From now on nothing goes wrong any more, and what is still on its way arrives. */
  readonly heal: () => void
  /** Every fate that came true, as `infno fate`. */
  readonly happened: string[]
  readonly trouble: string[]
}

const EFFECT = new Set(['2102', '2103', '2601', '3505', '3506'])

/**
 * The way to the province without a network: the real client at one end, the real practice province at the other, and between them what the fates say.
 * `stored`: the committed bytes of a message, so that nothing leaves that a power cut could make unsaid.
 */
export const createProvinceLine = (options: { readonly province: Province; readonly fates: Fates; readonly stored: (messageId: string) => Uint8Array | null }): ProvinceLine => {
  const { province, fates, stored } = options
  const seen: Record<string, number> = {}
  const happened: string[] = []
  const trouble: string[] = []
  const onItsWay: (() => void)[] = []
  let healthy = false

  const bytesOf = (answer: unknown): Uint8Array => Buffer.from(JSON.stringify(answer), 'utf8')
  const answer = (bytes: Uint8Array, status = 200): Exchange => {
    const at = province.clock()
    return { kind: 'answer', status, bytes, latencyMs: 1, sentAt: at, receivedAt: at, serverDate: null }
  }
  const noAnswer = (reason: 'timeout' | 'broken', bytes: Uint8Array | null = null): Exchange => ({ kind: 'no-answer', reason, bytes })

  const send = async (infno: string, body: Uint8Array): Promise<Exchange> => {
    // What a till does beside the call must be able to happen before the answer.
    await Promise.resolve()
    const text = Buffer.from(body).toString('utf8')
    const message: unknown = JSON.parse(text)
    const deliver = (override: Parameters<typeof answerMessage>[3] = {}): Answered => answerMessage(province, message, infno, override)
    for (const arrive of onItsWay.splice(0)) arrive()
    if (!EFFECT.has(infno)) return answer(bytesOf(deliver().answer))

    const { msgid } = message as { readonly msgid: string }
    const intent = stored(msgid)
    if (intent === null || !Buffer.from(intent).equals(Buffer.from(body))) trouble.push(`${infno} ${msgid} left without being stored as it left`)
    seen[infno] = (seen[infno] ?? 0) + 1
    const fate: Fate = healthy ? 'answered' : (fates[infno]?.[seen[infno] - 1] ?? 'answered')
    if (fate !== 'answered') happened.push(`${infno} ${fate}`)
    switch (fate) {
      case 'answered':
        return answer(bytesOf(deliver().answer))
      case 'not-connected':
        return { kind: 'not-connected', reason: 'ECONNREFUSED' }
      case 'lost-before':
        return noAnswer('timeout')
      case 'lost-after':
        deliver()
        return noAnswer('timeout')
      case 'late':
        onItsWay.push(() => deliver())
        return noAnswer('timeout')
      case 'cut-answer': {
        const whole = bytesOf(deliver().answer)
        return noAnswer('broken', whole.subarray(0, Math.floor(whole.length / 2)))
      }
      case 'other-answer':
        deliver()
        return answer(Buffer.from('<html><body>502 Bad Gateway</body></html>'), 502)
      case 'refused':
        return answer(bytesOf(deliver({ refuse: { text: '练习拒绝', infcode: -1 } }).answer))
      case 'open-refusal':
        return answer(bytesOf(deliver({ refuse: { text: '调用业务服务超时', infcode: -1 } }).answer))
      case 'refused-but-booked':
        deliver()
        return answer(bytesOf({ infcode: -1, inf_refmsgid: null, refmsg_time: null, respond_time: null, err_msg: '调用业务服务超时', output: null }))
      case 'twice-first': {
        const first = deliver().answer
        deliver()
        return answer(bytesOf(first))
      }
      case 'twice-second':
        deliver()
        return answer(bytesOf(deliver().answer))
      case 'contradictory': {
        const said = deliver().answer
        const output = said.output as { setlinfo?: Record<string, unknown> } | null
        if (output?.setlinfo === undefined) return answer(bytesOf({ ...said, output: 'x' }))
        return answer(bytesOf({ ...said, output: { ...output, setlinfo: { ...output.setlinfo, psn_cash_pay: Number(output.setlinfo['psn_cash_pay']) + 1 } } }))
      }
      case 'gateway-timeout':
        deliver()
        return answer(bytesOf({ code: 504, message: '后端服务超时!' }))
    }
  }
  return {
    send,
    download: async (infno, body, toPath) => {
      const { file, answer: said } = answerMessage(province, JSON.parse(Buffer.from(body).toString('utf8')), infno)
      if (file === null) return answer(bytesOf(said))
      await writeFile(toPath, file)
      return { kind: 'file', bytes: file.length, latencyMs: 1 }
    },
    sendForm: () => Promise.reject(new Error('files go inside the message here')),
    happened,
    trouble,
    heal: () => {
      healthy = true
      for (const arrive of onItsWay.splice(0)) arrive()
    },
    close: async () => {},
  }
}
