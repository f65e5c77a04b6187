import { readFileSync } from 'node:fs'
import { createServer as createTlsServer } from 'node:https'
import { createServer } from 'node:net'
import path from 'node:path'
import type { AddressInfo } from 'node:net'
import type { ServerResponse } from 'node:http'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { PreparedMessage } from '../../../electron/core/platform/client.ts'
import type { PlatformConnection } from '../../../electron/core/platform/create-client.ts'
import { basket, operator } from './people-and-baskets.ts'
import { settlementOutput } from './people-and-baskets.ts'
import type { Heard } from './platform-double.ts'
import { ok, openTill, refuse, say, startDouble } from './platform-double.ts'

const prepared = async (client: PlatformConnection): Promise<PreparedMessage> => {
  const result = await client.prepareSettle(operator, basket)
  if (result.kind !== 'prepared') throw new Error(JSON.stringify(result))
  return result.message
}
const quick = { connectMs: 200, defaultMs: 400, perTransaction: { '9001': 4000 } }
const settleAgainst = async (respond: (heard: Heard, response: ServerResponse) => void, change: Parameters<typeof openTill>[1] = (profile) => ({ ...profile, timeouts: quick })) => {
  const double = await startDouble()
  const till = openTill(double.url, change)
  const message = await prepared(till.client)
  double.respond = respond
  const outcome = await till.client.sendSettle(message, basket)
  return { outcome, double, till, message }
}

describe('a settlement whose answer does not come', () => {
  it('is unknown when the platform takes longer than the profile allows', async () => {
    const { outcome } = await settleAgainst(() => {})
    expect(outcome).toMatchObject({ kind: 'unknown', code: 'platform.timeout', detail: { infno: '2102', reason: 'timeout' }, raw: null })
  })

  it('is unknown when the answer starts but drips past the deadline', async () => {
    const { outcome } = await settleAgainst((_heard, response) => {
      response.write('{"infcode"')
      const drip = setInterval(() => response.write(' '), 50)
      response.on('close', () => clearInterval(drip))
    })
    expect(outcome).toMatchObject({ kind: 'unknown', code: 'platform.timeout' })
  })

  it('is unknown when the connection breaks before the answer', async () => {
    const { outcome } = await settleAgainst((_heard, response) => { response.destroy() })
    expect(outcome).toMatchObject({ kind: 'unknown', code: 'platform.timeout', detail: { reason: 'broken' } })
  })

  it('is unknown when the connection breaks in the middle of the body, and what came is kept', async () => {
    const { outcome } = await settleAgainst((heard, response) => {
      const whole = JSON.stringify({ infcode: 0, output: settlementOutput(heard.envelope['msgid']) })
      response.setHeader('content-length', whole.length)
      response.write(whole.slice(0, 80), () => setTimeout(() => response.destroy(), 30))
    })
    expect(outcome).toMatchObject({ kind: 'unknown', code: 'platform.unexpected-answer', detail: { reason: 'broken' } })
    expect(outcome.kind === 'unknown' && Buffer.from(outcome.raw ?? []).toString().startsWith('{"infcode":0')).toBe(true)
  })

  it.each([
    ['garbage', say(200, '<html>网关</html>')],
    ['nothing', say(200, '')],
    ['half a JSON', say(200, '{"infcode":0,"output":{')],
    ['JSON that is no envelope', say(200, '[1,2]')],
    ['an envelope whose infcode stands twice', say(200, '{"infcode":-1,"infcode":0,"output":null}')],
    ['a bad gateway', say(502, '<html>bad gateway</html>')],
    ['an internal error with a code', say(500, '{"code":500,"message":"后端服务超时"}')],
    ['a gateway time-out with a code', say(200, '{"code":504,"message":"后端服务无响应"}')],
    ['ok without an output', ok(null)],
    ['ok whose output is no settlement', ok({ result: { retRslt: 1 } })],
  ])('is unknown when the answer is %s', async (_name, respond) => {
    const { outcome } = await settleAgainst(respond)
    expect(outcome).toMatchObject({ kind: 'unknown', code: 'platform.unexpected-answer' })
  })

  it('is unknown when the answer is larger than anything sensible', async () => {
    const { outcome } = await settleAgainst((_heard, response) => { response.end('x'.repeat(200_000)) }, (profile) => ({ ...profile, answers: { ...profile.answers, maxBytes: 100_000 } }))
    expect(outcome).toMatchObject({ kind: 'unknown', code: 'platform.unexpected-answer', detail: { reason: 'too-large' } })
  })

  it('is unknown when the platform refuses in words that leave it open', async () => {
    const { outcome } = await settleAgainst(refuse('调用核心服务超时'))
    expect(outcome).toMatchObject({ kind: 'unknown', code: 'platform.unexpected-answer', detail: { reason: 'open-refusal' } })
  })

  it('is never sent twice by the client itself', async () => {
    const { double } = await settleAgainst((_heard, response) => { response.destroy() })
    expect(double.heard.filter((heard) => heard.infno === '2102')).toHaveLength(1)
  })
})

describe('a settlement that surely never arrived', () => {
  it('is not sent when nobody listens', async () => {
    const double = await startDouble()
    const till = openTill(double.url)
    const message = await prepared(till.client)
    await till.client.close()
    const vacant = createServer()
    await new Promise<void>((resolve) => vacant.listen(0, '127.0.0.1', resolve))
    const { port } = vacant.address() as AddressInfo
    await new Promise((resolve) => vacant.close(resolve))
    const offline = openTill(`http://127.0.0.1:${port}/csb`, undefined, till.db)
    expect(await offline.client.sendSettle(message, basket)).toMatchObject({ kind: 'not-sent', code: 'platform.offline', detail: { reason: 'ECONNREFUSED' } })
    expect(offline.client.line().state).toBe('offline')
  })

  it('is not sent when the connection cannot be made in time', async () => {
    const double = await startDouble()
    const till = openTill(double.url)
    const message = await prepared(till.client)
    // Takes the connection and never says a word of the TLS handshake.
    const mute = createServer()
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => { mute.close() })
    const far = openTill(`https://127.0.0.1:${(mute.address() as AddressInfo).port}/csb`, (profile) => ({ ...profile, timeouts: { connectMs: 300, defaultMs: 5000, perTransaction: {} } }), till.db)
    expect(await far.client.sendSettle(message, basket)).toMatchObject({ kind: 'not-sent', code: 'platform.offline', detail: { reason: 'UND_ERR_CONNECT_TIMEOUT' } })
  })

  it('is not sent when the client is closed', async () => {
    const double = await startDouble()
    const { client } = openTill(double.url)
    const message = await prepared(client)
    await client.close()
    expect(await client.sendSettle(message, basket)).toMatchObject({ kind: 'not-sent', code: 'platform.offline', detail: { reason: 'closed' } })
  })

  it.each([
    ['缺少服务网关的请求头!', 'platform.gateway'], ['签名不一致!', 'platform.gateway'], ['非法用户!', 'platform.gateway'], ['签名时间戳超时!', 'platform.clock-skew'],
  ])('is not sent when the gateway says %s', async (message, code) => {
    const { outcome, till } = await settleAgainst(say(401, JSON.stringify({ code: 401, message })))
    expect(outcome).toMatchObject({ kind: 'not-sent', code, detail: { text: message } })
    expect(till.client.line().state).toBe('online')
  })

  it('is not sent when a web server knows no such address', async () => {
    const { outcome } = await settleAgainst(say(404, '<html>no such page</html>'))
    expect(outcome).toMatchObject({ kind: 'not-sent', code: 'platform.gateway', detail: { gatewayCode: '404' } })
  })
})

describe('a client that is closed in the middle', () => {
  it('leaves the call unknown', async () => {
    const double = await startDouble()
    const { client } = openTill(double.url)
    const message = await prepared(client)
    double.respond = () => { void client.close() }
    expect(await client.sendSettle(message, basket)).toMatchObject({ kind: 'unknown', code: 'platform.timeout' })
  })
})

describe('the line', () => {
  it('is unknown at first, online after any answer, and tells its listeners of changes only', async () => {
    const double = await startDouble()
    const { client, clock } = openTill(double.url)
    const seen: string[] = []
    client.onLine((line) => seen.push(line.state))
    expect(client.line()).toMatchObject({ state: 'unknown', latencyMs: null, clockSkewMs: null })
    clock.now += 5000
    expect(await client.probe(null)).toMatchObject({ state: 'online', since: clock.now })
    await client.probe(operator)
    expect(seen).toEqual(['online'])
    expect(client.line().latencyMs).toBeGreaterThanOrEqual(0)
  })

  it('measures the clock against the platform\'s two times, ours minus theirs', async () => {
    const double = await startDouble()
    const { client, clock } = openTill(double.url)
    double.respond = ok(null, { refmsg_time: '20261121085950000', respond_time: '20261121085950000' })
    expect((await client.probe(null)).clockSkewMs).toBe(10_000)
    clock.now -= 3_600_000
    expect(Math.round(((await client.probe(null)).clockSkewMs ?? 0) / 1000)).toBe(-3590)
  })

  it('is measured by the HTTP date when only a gateway answered, and the skew stands beside the refusal', async () => {
    const double = await startDouble()
    const till = openTill(double.url)
    const message = await prepared(till.client)
    double.respond = (_heard, response) => {
      response.setHeader('date', new Date(till.clock.now - 2 * 3_600_000).toUTCString())
      response.end('{"code":401,"message":"签名时间戳超时!"}')
    }
    const outcome = await till.client.sendSettle(message, basket)
    expect(outcome).toMatchObject({ kind: 'not-sent', code: 'platform.clock-skew' })
    expect(Math.round(Number(outcome.kind === 'not-sent' ? outcome.detail['clockSkewMs'] : 0) / 60_000)).toBe(120)
  })

  it('stays online after one lost answer, goes offline after two, comes back with the next answer', async () => {
    const double = await startDouble()
    const { client } = openTill(double.url)
    const seen: string[] = []
    await client.probe(null)
    client.onLine((line) => seen.push(line.state))
    double.respond = (_heard, response) => { response.destroy() }
    expect((await client.probe(null)).state).toBe('online')
    expect((await client.probe(null)).state).toBe('offline')
    double.respond = ok(null)
    expect((await client.probe(null)).state).toBe('online')
    expect(seen).toEqual(['offline', 'online'])
  })

  it('keeps its connections for calls that follow each other', async () => {
    const double = await startDouble()
    const { client } = openTill(double.url)
    const ports = new Set<unknown>()
    double.respond = (heard, response) => {
      ports.add(response.socket?.remotePort)
      ok(null)(heard, response)
    }
    for (let n = 0; n < 10; n += 1) await client.probe(null)
    expect(ports.size).toBeLessThanOrEqual(2)
  })
})

describe('a platform behind TLS', () => {
  const pem = (name: string): string => readFileSync(path.join(import.meta.dirname, 'tls', name), 'utf8')
  const listen = async (): Promise<{ url: string; heard: () => number }> => {
    let calls = 0
    const server = createTlsServer({ key: pem('test-only.key.pem'), cert: pem('test-only.cert.pem') }, (_request, response) => {
      calls += 1
      response.end('{"infcode":0,"output":null}')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => { server.closeAllConnections(); server.close() })
    return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/csb`, heard: () => calls }
  }

  it('with a private authority is believed where the profile names that authority', async () => {
    const { url } = await listen()
    const { client } = openTill(url, (profile) => ({ ...profile, transport: { ...profile.transport, privateCa: pem('test-only.cert.pem') } }))
    expect((await client.probe(null)).state).toBe('online')
  })

  it('that cannot prove who it is gets not one byte', async () => {
    const { url, heard } = await listen()
    const { client } = openTill(url)
    expect((await client.probe(null)).state).toBe('offline')
    expect(heard()).toBe(0)
  })
})
