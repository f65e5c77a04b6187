import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { isAppError } from '../../../electron/contract/index.ts'
import type { Credential } from '../../../electron/contract/index.ts'
import { createCredentialReader } from '../../../electron/core/platform/credential-reader-http.ts'
import { ID_NUMBER, operator } from './people-and-baskets.ts'
import { practiceProfile } from './platform-double.ts'

const QR = '4240000000000000000099000000'
const who = { userName: '张三丰', idNo: ID_NUMBER, idType: '01' }

const service = async (respond: (request: IncomingMessage, question: any, response: ServerResponse) => void) => {
  const heard: { path: string; question: any }[] = []
  const server = createServer((request, response) => {
    let text = ''
    request.on('data', (chunk) => { text += chunk })
    request.on('end', () => {
      const question = JSON.parse(text)
      heard.push({ path: String(request.url), question })
      respond(request, question, response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => { server.closeAllConnections(); server.close() })
  return { heard, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}
const say = (value: unknown, status = 200) => (_request: IncomingMessage, _question: unknown, response: ServerResponse): void => {
  response.statusCode = status
  response.end(typeof value === 'string' ? value : JSON.stringify(value))
}
const reader = (serviceUrl: string | null, timeoutMs = 2000) => {
  const profile = practiceProfile()
  return createCredentialReader({ profile: { ...profile, credentials: { ...profile.credentials, serviceUrl, timeoutMs } } })
}
const failure = async (work: Promise<unknown>): Promise<{ code: string; text: string; reason: unknown }> => {
  const error: unknown = await work.then(() => null, (thrown: unknown) => thrown)
  if (!isAppError(error)) throw new Error(`no AppError: ${String(error)}`)
  return { code: error.code, text: JSON.stringify(error.toBody()), reason: error.detail['reason'] }
}

describe('the credential reader', () => {
  it('gives an e-voucher\'s QR to the local service, in whose name and for a pharmacy purchase', async () => {
    const { heard, url } = await service(say({ ...who, ecToken: 'TOKEN1', insuOrg: '430100' }))
    expect(await reader(url).resolve(operator, { kind: 'e-voucher', qr: QR })).toEqual({ kind: 'e-voucher', number: 'TOKEN1', cardSerial: null, idType: '01', idNumber: ID_NUMBER, name: '张三丰' })
    expect(heard).toEqual([{ path: '/ecert', question: { qr: QR, orgId: 'P99999900001', businessType: '02121', operatorId: 'C01', operatorName: '测试甲' } }])
  })

  it('reads a social card with its serial', async () => {
    const { heard, url } = await service(say({ ...who, cardNumber: 'A1', cardSn: 'SN1' }))
    expect(await reader(url).resolve(operator, { kind: 'social-card', cardNumber: 'A1' })).toMatchObject({ kind: 'social-card', number: 'A1', cardSerial: 'SN1', name: '张三丰' })
    expect(heard).toEqual([{ path: '/social-card', question: { cardNumber: 'A1' } }])
  })

  it('asks for the name of an ID card, and asks nobody when it was typed', async () => {
    const { heard, url } = await service(say(who))
    expect(await reader(url).resolve(operator, { kind: 'id-card', idNumber: ID_NUMBER })).toEqual({ kind: 'id-card', number: ID_NUMBER, cardSerial: null, idType: '01', idNumber: ID_NUMBER, name: '张三丰' })
    expect(heard.map((call) => call.path)).toEqual(['/id-card'])
    expect(await reader(null).resolve(operator, { kind: 'id-card', idNumber: ID_NUMBER, name: ' 张三丰 ' })).toMatchObject({ name: '张三丰', idType: '01', number: ID_NUMBER })
    expect(heard).toHaveLength(1)
  })

  it('says that a voucher is expired when the service says so', async () => {
    const { url } = await service(say({ code: 'E01', message: '二维码已过期' }, 400))
    expect((await failure(reader(url).resolve(operator, { kind: 'e-voucher', qr: QR }))).code).toBe('credential.expired')
  })

  const unreadable: readonly (readonly [string, Parameters<typeof service>[0], string])[] = [
    ['refuses', say({ message: '无效的二维码' }, 400), 'refused'],
    ['knows nobody', say({}, 404), 'not-known'],
    ['answers half of it', say({ userName: '张三丰' }), 'unexpected-answer'],
    ['answers garbage', say('<html>'), 'no-json'],
    ['answers far too much', say('x'.repeat(300_000)), 'not-reachable'],
    ['hangs up', (_request, _question, response) => { response.destroy() }, 'not-reachable'],
    ['says nothing', () => {}, 'timeout'],
  ]
  it.each(unreadable)('says unreadable when the service %s', async (_name, respond, reason) => {
    const { url } = await service(respond)
    const found = await failure(reader(url, 400).resolve(operator, { kind: 'e-voucher', qr: QR }))
    expect(found).toMatchObject({ code: 'credential.unreadable', reason })
    for (const secret of [QR, ID_NUMBER, '张三丰']) expect(found.text).not.toContain(secret)
  })

  it('asks for the name where nobody can read the card', async () => {
    const { url } = await service(say({}, 404))
    for (const serviceUrl of [null, url]) expect((await failure(reader(serviceUrl).resolve(operator, { kind: 'id-card', idNumber: ID_NUMBER }))).code).toBe('credential.name-required')
  })

  it('without a service reads no voucher and no card', async () => {
    const credentials: Credential[] = [{ kind: 'e-voucher', qr: QR }, { kind: 'social-card', cardNumber: 'A1' }]
    for (const credential of credentials) expect(await failure(reader(null).resolve(operator, credential))).toMatchObject({ code: 'credential.unreadable', reason: 'no-service' })
  })
})
