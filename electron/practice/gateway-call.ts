import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Province } from './call.ts'
import type { FaultAction } from './fault-plan.ts'
import type { Door } from './doors/door.ts'
import { infnoIn } from './doors/door.ts'
import { wordsOf } from './gateway.ts'
import type { GatewayRefusal } from './gateway.ts'
import { answerMessage } from './province.ts'
import type { Answered, Override } from './province.ts'
import { parseJson } from './read-body.ts'
import type { Message } from './read-message.ts'
import { readMessage, withFile } from './read-message.ts'
import { sendFile } from './send-file.ts'
import { closeMidBody, garbled, spoilAnswer } from './spoil-answer.ts'

/** How one arriving call ended. */
export interface Said {
  readonly outcome: 'accepted' | 'refused' | 'row-refused' | 'gateway' | 'local' | 'lost' | 'failed'
  readonly msgid: string
  readonly text: string
}

export interface Line {
  readonly wait: (ms: number) => Promise<void>
  readonly lose: (response: ServerResponse, how: 'destroy' | 'hang') => Promise<void>
}

const JSON_TYPE = 'application/json;charset=UTF-8'

export const send = (response: ServerResponse, status: number, text: string, type = JSON_TYPE): void => {
  if (response.destroyed || response.headersSent) return
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(text) }).end(text)
}

type Kind<K extends FaultAction['kind']> = Extract<FaultAction, { kind: K }>
const find = <K extends FaultAction['kind']>(actions: readonly FaultAction[], kind: K): Kind<K> | undefined =>
  actions.find((action): action is Kind<K> => action.kind === kind)

const delay = async (actions: readonly FaultAction[], when: 'before' | 'after', line: Line): Promise<void> => {
  for (const action of actions) if (action.kind === 'delay' && action.when === when) await line.wait(action.ms)
}

const said = (outcome: Said['outcome'], text: string, msgid = ''): Said => ({ outcome, text, msgid })

const sayGateway = (response: ServerResponse, refusal: GatewayRefusal): Said => {
  send(response, refusal.status, JSON.stringify(refusal.body))
  return said('gateway', wordsOf(refusal))
}

/** Faults that keep a call from being booked; null: it goes on. */
const failBefore = async (door: Door, response: ServerResponse, actions: readonly FaultAction[], line: Line): Promise<Said | null> => {
  await delay(actions, 'before', line)
  const loss = find(actions, 'lose-before-booking')
  if (loss !== undefined) {
    await line.lose(response, loss.how)
    return said('lost', 'before booking')
  }
  const http = find(actions, 'http-status')
  if (http?.when === 'before') {
    send(response, http.status, `HTTP ${http.status}`, 'text/plain')
    return said('lost', `HTTP ${http.status} before booking`)
  }
  const garble = find(actions, 'garble')
  if (garble?.when === 'before') {
    send(response, 200, garbled('{"infcode":0,"inf_refmsgid":null,"output":{}}', garble.how))
    return said('lost', 'garbled before booking')
  }
  const forced = find(actions, 'gateway')
  return forced === undefined ? null : sayGateway(response, door.refusal(forced.which))
}

/** Sends the answer, or what the faults leave of it. */
const sendAnswer = async (province: Province, door: Door, request: IncomingMessage, response: ServerResponse, answered: Answered, actions: readonly FaultAction[], line: Line): Promise<Said> => {
  await delay(actions, 'after', line)
  const loss = find(actions, 'lose-answer-after-booking')
  if (loss !== undefined) {
    await line.lose(response, loss.how)
    return said('lost', `answer lost: ${answered.outcome} ${answered.text}`, answered.msgid)
  }
  const text = door.seal(spoilAnswer(answered.answer, actions), find(actions, 'wrong-seal')?.which ?? null)
  const http = find(actions, 'http-status')
  const garble = find(actions, 'garble')
  const cut = garble?.how === 'truncated'
  if (answered.file !== null && http?.when !== 'after' && (garble === undefined || cut)) {
    const { file } = answered
    // Cut short where the file was made, and sent as if it were whole: only its contents tell.
    sendFile(request, response, cut ? file.subarray(0, Math.floor(file.length / 2)) : file, { range: province.profile.files.range, half: find(actions, 'close-mid-body') !== undefined })
  } else if (http?.when === 'after') send(response, http.status, `HTTP ${http.status}`, 'text/plain')
  else if (find(actions, 'close-mid-body') !== undefined) closeMidBody(response, text)
  else if (garble !== undefined) send(response, 200, garbled(text, garble.how), garble.how === 'html' ? 'text/html' : JSON_TYPE)
  else send(response, 200, text)
  return said(answered.outcome, answered.text, answered.msgid)
}

export interface Arrived {
  readonly body: Message
  readonly typed: boolean
  /** What the request says it is, before anything is checked: this is what a fault plan goes by. */
  readonly infno: string
  readonly named: string | null
}

/** A call as far as it can be read without believing any of it. */
export const receive = async (province: Province, door: Door, request: IncomingMessage, path: string): Promise<Arrived> => {
  const named = door.infnoOf(path, request.headers)
  const { body, typed } = await readMessage(request, named, province.profile)
  if (named !== null || !body.ok) return { body, typed, infno: named ?? '', named }
  const json = parseJson(body.text)
  return { body, typed, infno: json.ok ? infnoIn(json.value) : '', named }
}

/** One call at the gateway: headers, body, message, answer, each with what the fault plan does to it. */
export const answerCall = async (
  province: Province,
  door: Door,
  arrived: Arrived,
  request: IncomingMessage,
  response: ServerResponse,
  actions: readonly FaultAction[],
  line: Line,
): Promise<Said> => {
  const { body, typed } = arrived
  const failed = await failBefore(door, response, actions, line)
  if (failed !== null) return failed
  const refusal = door.check(request.headers, province.clock())
  if (refusal !== null) return sayGateway(response, refusal)
  if (!body.ok) {
    if (body.why === 'aborted') return said('lost', 'request aborted')
    return sayGateway(response, body.why === 'too-large' ? door.protocol(413, '请求报文过大!') : door.protocol(400, '请求报文编码错误,应为UTF-8!'))
  }
  if (!typed) return sayGateway(response, door.protocol(415, '请求报文类型错误,应为application/json!'))
  const opened = door.open(body.text)
  if (!opened.ok) return sayGateway(response, opened.refusal)
  const message = body.file === null ? opened.message : withFile(opened.message, body.file)
  if (body.file !== null && message === null) return sayGateway(response, door.protocol(400, '请求报文格式错误,应为JSON!'))
  const apiName = arrived.named ?? infnoIn(message)
  const [no, row] = [find(actions, 'refuse'), find(actions, 'row-refused')]
  const override: Override = { ...(no === undefined ? {} : { refuse: no }), ...(row === undefined ? {} : { rowRefused: row.text }) }
  const first = answerMessage(province, message, apiName, override)
  const duplicate = find(actions, 'duplicate-delivery')
  const second = duplicate === undefined ? first : answerMessage(province, message, apiName, override)
  return sendAnswer(province, door, request, response, duplicate?.answer === 'second' ? second : first, actions, line)
}
