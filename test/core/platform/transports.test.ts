import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { pino } from 'pino'
import { describe, expect, it, onTestFinished } from 'vitest'
import { isAppError } from '../../../electron/contract/index.ts'
import { writeZipRows } from '../../../electron/core/files/zip-rows.ts'
import type { ResolvedCredential } from '../../../electron/core/platform/client.ts'
import { createPlatformClient } from '../../../electron/core/platform/create-client.ts'
import { loadProfile, parseProfile, shippedProfileFile } from '../../../electron/core/platform/profile-file.ts'
import type { RegionProfile } from '../../../electron/core/platform/profile.ts'
import { sortedFields } from '../../../electron/core/platform/plain-signature.ts'
import { tifHeaders } from '../../../electron/core/platform/tif-signature.ts'
import { readToken } from '../../../electron/core/platform/token-call.ts'
import { replaceValues, valueAt } from '../../../electron/core/platform/top-level.ts'
import { fieldsInOrder } from '../../../electron/practice/doors/plain.ts'
import { tifSignature } from '../../../electron/practice/doors/tif.ts'
import { practicePeople } from '../../../electron/practice/people.ts'
import { practiceAccess } from '../../../electron/practice/profile.ts'
import { startPractice } from '../../../electron/practice/server.ts'
import type { Practice } from '../../../electron/practice/server.ts'
import { NINE_OCLOCK, emptyDatabase } from '../../support/database.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { PRACTICE_SHAPES, shapedProfile } from '../../support/practice-shapes.ts'

const operator = { operatorId: 'C01', operatorName: '练习员' }
const someone = practicePeople().find(({ known, idNumber }) => known && /^\d{17}[\dX]$/.test(idNumber))
if (someone === undefined) throw new Error('nobody is known')
const card: ResolvedCredential = { kind: 'id-card', number: someone.idNumber, cardSerial: null, idType: '01', idNumber: someone.idNumber, name: someone.name }
const original = { messageId: 'P99999900001202611210900009999', infno: '2102', personNumber: someone.psnNo, region: someone.area }

interface Passed { readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: string }
interface Line { readonly passed: readonly Passed[]; readonly origin: string; answer: ((call: Passed) => { readonly status: number; readonly body: string } | null) | null }

/** A wire between till and province that shows what travels, and may answer in the province's place. */
const tap = async (practice: Practice): Promise<Line> => {
  const passed: Passed[] = []
  const line = { passed, origin: '', answer: null as Line['answer'] }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks)
      const call = { path: request.url ?? '', headers: request.headers, body: body.toString('utf8') }
      passed.push(call)
      const instead = line.answer?.(call) ?? null
      if (instead !== null) return void response.writeHead(instead.status).end(instead.body)
      const { host: _host, connection: _connection, 'transfer-encoding': _coding, ...headers } = request.headers as Record<string, string>
      fetch(new URL(call.path, practice.url), { method: request.method ?? 'POST', headers, body }).then(async (answer) => {
        response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' }).end(Buffer.from(await answer.arrayBuffer()))
      }, () => response.destroy())
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return Object.assign(line, { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
}

const shapeOf = (name: string) => {
  const found = PRACTICE_SHAPES.find((shape) => shape.name.includes(name))
  if (found === undefined) throw new Error(name)
  return found
}

const meet = async (name: string, change: (profile: RegionProfile) => unknown = (profile) => profile) => {
  const clock = { now: NINE_OCLOCK, theirs: 0 }
  const shape = shapeOf(name)
  const practice = await startPractice({ clock: () => clock.now + clock.theirs, profile: { ...shape.province, answerForms: 'plain' } })
  const line = await tap(practice)
  const moved = JSON.parse(JSON.stringify(shapedProfile(shape, practice, 3000)).replaceAll(new URL(practice.url).origin, line.origin)) as RegionProfile
  const profile = parseProfile(change(moved), 'test')
  const lines: string[] = []
  const client = createPlatformClient({
    profile, db: emptyDatabase(() => clock.now), clock: () => clock.now, secrets: {}, environment: {}, device: { mac: '02:00:00:00:00:01', ip: '127.0.0.1' },
    log: pino({ level: 'trace' }, { write: (text: string) => { lines.push(text) } }),
  })
  onTestFinished(async () => {
    await client.close()
    await practice.close()
  })
  const reverse = async () => {
    const prepared = await client.prepareReverse(operator, original)
    if (prepared.kind !== 'prepared') throw new Error(JSON.stringify(prepared))
    return { message: prepared.message, outcome: await client.sendReverse(prepared.message) }
  }
  return { client, clock, line, practice, profile, log: () => lines.join(''), reverse, read: () => client.readPerson(operator, card) }
}
const transportOf = <K extends RegionProfile['transport']['kind']>(profile: RegionProfile, kind: K): Extract<RegionProfile['transport'], { kind: K }> => {
  if (profile.transport.kind !== kind) throw new Error(profile.transport.kind)
  return profile.transport as Extract<RegionProfile['transport'], { kind: K }>
}
const changed = (kind: RegionProfile['transport']['kind'], change: object) => (profile: RegionProfile): unknown => ({ ...profile, transport: { ...transportOf(profile, kind), ...change } })

describe('every way to the platform', () => {
  it.each(PRACTICE_SHAPES.map(({ name }) => name))('%s: keys, tokens and people are neither in the log nor, where it is sealed, on the wire', async (name) => {
    const { read, reverse, line, log, practice } = await meet(name)
    expect(await read()).toMatchObject({ kind: 'answered', value: { personNumber: someone.psnNo } })
    const { message, outcome } = await reverse()
    expect(outcome).toMatchObject({ kind: 'answered' })
    expect(practice.books.reversal(original.messageId)).toBeDefined()
    // What is stored before sending is the plain message, whatever travels.
    expect(JSON.parse(Buffer.from(message.body).toString())).toMatchObject({ infno: '2601', msgid: message.messageId })
    expect(Buffer.from(message.body).toString()).toContain(someone.psnNo)
    const secrets = [practiceAccess.secretKey, practiceAccess.sm2PrivateKey, practiceAccess.sm4Key, someone.idNumber, someone.name]
    const bearers = line.passed.flatMap(({ headers }) => headers.authorization?.slice('Bearer '.length) ?? [])
    for (const secret of [...secrets, ...bearers]) expect(log()).not.toContain(secret)
    const wire = line.passed.filter(({ path }) => path !== '/oauth/token').map(({ body }) => body).join('\n')
    for (const secret of secrets.slice(0, 3)) expect(wire).not.toContain(secret)
    expect(wire.includes(someone.idNumber)).toBe(!name.includes('SM4'))
  })

  it.each(PRACTICE_SHAPES.map(({ name }) => name))('%s: sends a stored message again as the same call', async (name) => {
    const { client, reverse, line } = await meet(name)
    const { message } = await reverse()
    const again = await client.sendReverse({ ...message, body: Uint8Array.from(message.body) })
    expect(again.kind).toMatch(/answered|unknown/)
    const numbers = line.passed.flatMap(({ body }) => (body.includes('"2601"') ? [valueAt(body, 'msgid')] : []))
    expect(numbers).toEqual([JSON.stringify(message.messageId), JSON.stringify(message.messageId)])
  })

  it.each(PRACTICE_SHAPES.flatMap(({ name }) => (['multipart', 'json-bytes'] as const).map((upload) => [name, upload] as const)))('%s: files go out (%s) and come back as they were', async (name, upload) => {
    const { client, line } = await meet(name, (profile) => ({ ...profile, files: { ...profile.files, upload } }))
    const folder = temporaryFolder()
    const [sent, back] = [path.join(folder, 'rows.zip'), path.join(folder, 'back.zip')]
    await writeZipRows(sent, 'rows.txt', Array.from({ length: 500 }, (_, at) => [String(at), someone.psnNo, null]))
    const up = await client.files.upload(operator, { fileName: 'rows.zip', path: sent })
    if (up.kind !== 'answered') throw new Error(JSON.stringify(up))
    const down = await client.files.download(operator, { fileQueryNumber: up.value.fileQueryNumber, fileName: 'rows.zip', catalogue: false }, back)
    expect(down).toMatchObject({ kind: 'answered', value: { bytes: readFileSync(sent).length } })
    expect(readFileSync(back).equals(readFileSync(sent))).toBe(true)
    expect(line.passed.some(({ headers }) => String(headers['content-type']).startsWith('multipart/form-data'))).toBe(upload === 'multipart')
  })

  it('a token that is refused is replaced before a file goes out, and before one comes back', async () => {
    const { client, clock } = await meet('token', (profile) => ({ ...profile, files: { ...profile.files, upload: 'multipart' } }))
    await client.readPerson(operator, card)
    const folder = temporaryFolder()
    const [sent, back] = [path.join(folder, 'rows.zip'), path.join(folder, 'back.zip')]
    await writeZipRows(sent, 'rows.txt', [['1']])
    clock.theirs = 3_600_000
    const up = await client.files.upload(operator, { fileName: 'rows.zip', path: sent })
    if (up.kind !== 'answered') throw new Error(JSON.stringify(up))
    clock.theirs = 7_200_000
    expect((await client.files.download(operator, { fileQueryNumber: up.value.fileQueryNumber, fileName: 'rows.zip', catalogue: false }, back)).kind).toBe('answered')
    expect(readFileSync(back).equals(readFileSync(sent))).toBe(true)
  })

  it('tells a clock that is off, where the time is signed', async () => {
    for (const name of ['csb', 'tif']) {
      const { read, clock, client } = await meet(name)
      clock.theirs = 3_600_000
      expect(await read()).toMatchObject({ kind: 'not-sent', code: 'platform.clock-skew' })
      expect(client.line().state).toBe('online')
    }
  })

  it('refuses to start with a key that is none', () => {
    const sm = loadProfile(shippedProfileFile('practice-sm'))
    for (const broken of [{ privateKey: { value: 'abc' } }, { platformPublicKey: { value: '04' } }, { sm4Key: { value: 'short' } }, { privateKey: { secret: 'nowhere' } }]) {
      const profile = parseProfile({ ...sm, sealing: { ...sm.sealing, ...broken } }, 'test')
      const start = (): unknown => createPlatformClient({ profile, db: emptyDatabase(() => NINE_OCLOCK), clock: () => NINE_OCLOCK, secrets: {}, environment: {}, log: pino({ level: 'silent' }) })
      let code = ''
      try { start() } catch (error) { code = isAppError(error) ? error.code : String(error) }
      expect(code).toBe('profile.invalid')
    }
  })
})

describe('CSB headers', () => {
  it('carry milliseconds, or seconds where the profile says so', async () => {
    for (const [unit, stamp] of [['ms', String(NINE_OCLOCK)], ['s', String(NINE_OCLOCK / 1000)]] as const) {
      const { read, line } = await meet('csb', changed('csb', { timestampUnit: unit }))
      const outcome = await read()
      expect(line.passed[0]?.headers['_api_timestamp']).toBe(stamp)
      // The practice province knows milliseconds only.
      expect(outcome.kind).toBe(unit === 'ms' ? 'answered' : 'not-sent')
    }
  })
})

describe('TIF headers', () => {
  it('are the SHA-256 of timestamp, secret, nonce and timestamp again', () => {
    // printf '1700000000sknonce1700000000' | openssl dgst -sha256
    const signature = 'ac9e68d77a960cce3bc4e50d340a44dbaa5fc7fe23b1ba213d4841cde860a3ca'
    const headers = tifHeaders('1700000000', 'nonce', { paasId: 'pa', secretKey: 'sk' }, 'lower')
    expect(headers).toEqual({ 'x-tif-paasid': 'pa', 'x-tif-timestamp': '1700000000', 'x-tif-nonce': 'nonce', 'x-tif-signature': signature })
    expect(tifHeaders('1700000000', 'nonce', { paasId: 'pa', secretKey: 'sk' }, 'upper')['x-tif-signature']).toBe(signature.toUpperCase())
    expect(tifSignature('sk', '1700000000', 'nonce')).toBe(signature)
  })

  it('carry seconds and a nonce of their own each time; the transaction stands behind the address', async () => {
    const { read, line } = await meet('tif')
    await read()
    expect(line.passed.map(({ path }) => path)).toEqual(['/tif/9001', '/tif/1101'])
    expect(line.passed.map(({ headers }) => headers['x-tif-timestamp'])).toEqual(Array(2).fill(String(NINE_OCLOCK / 1000)))
    expect(new Set(line.passed.map(({ headers }) => headers['x-tif-nonce'])).size).toBe(2)
    expect(line.passed.map(({ body }) => typeof (JSON.parse(body) as { input: unknown }).input)).toEqual(['string', 'string'])
  })

  it('go to one address where the profile says so', async () => {
    const { read, line } = await meet('tif', changed('tif', { address: 'one-path' }))
    expect((await read()).kind).toBe('answered')
    expect(line.passed.map(({ path }) => path)).toEqual(['/tif', '/tif'])
  })

  it('that are refused leave the call unsent, by the words where the code says nothing', async () => {
    const { read } = await meet('tif', changed('tif', { secretKey: { value: 'another-secret' } }))
    expect(await read()).toMatchObject({ kind: 'not-sent', code: 'platform.gateway', detail: { gatewayCode: '999', text: 'x-tif-signature签名校验失败' } })
    const { read: other } = await meet('tif', changed('tif', { hexCase: 'upper' }))
    expect(await other()).toMatchObject({ kind: 'not-sent', detail: { gatewayCode: '999' } })
  })

  it('whose refusal may be a time-out behind the gateway leave the outcome open', async () => {
    const { reverse, line } = await meet('tif')
    line.answer = ({ path }) => (path.endsWith('/2601') ? { status: 200, body: '{"code":"999","msg":"后端服务响应超时"}' } : null)
    expect((await reverse()).outcome).toMatchObject({ kind: 'unknown', code: 'platform.unexpected-answer', detail: { gatewayCode: '999' } })
  })
})

describe('a token', () => {
  const tokenCalls = ({ passed }: Line): number => passed.filter(({ path }) => path === '/oauth/token').length

  it('is fetched once for calls at the same time, and kept', async () => {
    const { client, line } = await meet('token')
    const people = await Promise.all(Array.from({ length: 8 }, () => client.readPerson(operator, card)))
    expect(people.map(({ kind }) => kind)).toEqual(Array(8).fill('answered'))
    expect(tokenCalls(line)).toBe(1)
    expect(new Set(line.passed.flatMap(({ headers }) => headers.authorization ?? [])).size).toBe(1)
  })

  it('is replaced before its end', async () => {
    const { read, line, clock } = await meet('token')
    await read()
    clock.now += (3600 - 61) * 1000
    await read()
    expect(tokenCalls(line)).toBe(1)
    clock.now += 2000
    expect((await read()).kind).toBe('answered')
    expect(tokenCalls(line)).toBe(2)
  })

  it('that is refused is replaced once, for all that were refused with it, and each message sent again as it is', async () => {
    const { client, line, practice, clock } = await meet('token')
    await client.readPerson(operator, card)
    // The gateway's clock runs ahead of ours: it forgets the token while we still trust it.
    clock.theirs = 3_600_000 - 1000
    clock.now += 2000
    line.answer = null
    const before = line.passed.length
    const people = await Promise.all(Array.from({ length: 5 }, () => client.readPerson(operator, card)))
    expect(people.map(({ kind }) => kind)).toEqual(Array(5).fill('answered'))
    expect(tokenCalls(line)).toBe(2)
    const sent = line.passed.slice(before).filter(({ path }) => path === '/sm').map(({ body }) => valueAt(body, 'msgid'))
    expect(sent.length).toBeGreaterThan(5)
    expect(new Set(sent).size).toBe(5)
    expect(practice.books.messages().filter(({ infno }) => infno === '1101')).toHaveLength(6)
  })

  it('that is refused again leaves the call unsent', async () => {
    const { reverse, line, read } = await meet('token')
    await read()
    line.answer = ({ path, body }) => (path === '/sm' && body.includes('"2601"') ? { status: 401, body: '{"code":"401","msg":"访问令牌无效"}' } : null)
    expect((await reverse()).outcome).toMatchObject({ kind: 'not-sent', code: 'platform.gateway', detail: { gatewayCode: '401', text: '访问令牌无效' } })
    expect(line.passed.filter(({ body }) => body.includes('"2601"'))).toHaveLength(2)
  })

  it('that a web server in front refuses is replaced too', async () => {
    const { read, line } = await meet('token')
    await read()
    let refused = false
    line.answer = ({ path }) => {
      if (refused || path !== '/sm') return null
      refused = true
      return { status: 401, body: '<html>Unauthorized</html>' }
    }
    expect((await read()).kind).toBe('answered')
    expect([refused, tokenCalls(line)]).toEqual([true, 2])
  })

  it('that nobody gives leaves the call unsent: refused, unreachable, or not understood', async () => {
    const { read, line } = await meet('token', (profile) => ({ ...profile, transport: { ...transportOf(profile, 'oauth'), token: { ...transportOf(profile, 'oauth').token, clientSecret: { value: 'another-secret' } } } }))
    expect(await read()).toMatchObject({ kind: 'not-sent', code: 'platform.gateway', detail: { gatewayCode: 'invalid_client', text: '客户端认证失败' } })
    expect(line.passed.map(({ path }) => path)).toEqual(['/oauth/token'])
    const { read: unreachable, client } = await meet('token', (profile) => ({ ...profile, transport: { ...transportOf(profile, 'oauth'), token: { ...transportOf(profile, 'oauth').token, url: 'http://127.0.0.1:9/token' } } }))
    expect(await unreachable()).toMatchObject({ kind: 'not-sent', code: 'platform.offline' })
    expect(client.line().state).toBe('offline')
    const { read: odd, line: oddLine } = await meet('token')
    oddLine.answer = ({ path }) => (path === '/oauth/token' ? { status: 200, body: '<html>' } : null)
    expect(await odd()).toMatchObject({ kind: 'not-sent', code: 'platform.gateway', detail: { gatewayCode: 'no-json' } })
  })

  it('is asked for as a form or as JSON', async () => {
    const { read, line } = await meet('token', (profile) => ({ ...profile, transport: { ...transportOf(profile, 'oauth'), token: { ...transportOf(profile, 'oauth').token, send: 'json' } } }))
    expect((await read()).kind).toBe('answered')
    expect(JSON.parse(line.passed[0]?.body ?? '')).toMatchObject({ grant_type: 'client_credentials' })
  })

  it.each([
    ['{"access_token":"t1","expires_in":60}', { token: 't1', lifetimeSeconds: 60 }],
    ['{"access_token":"t1","expires_in":"7200","token_type":"bearer"}', { token: 't1', lifetimeSeconds: 7200 }],
    ['{"code":0,"data":{"access_token":"t1"}}', { token: 't1', lifetimeSeconds: 900 }],
    ['{"access_token":"t1","expires_in":-1}', { token: 't1', lifetimeSeconds: 900 }],
    ['{"code":"40001","msg":"应用未授权"}', { refused: { code: '40001', words: '应用未授权' } }],
    ['{"access_token":""}', { refused: { code: 'no-token', words: '' } }],
    ['[]', { refused: { code: 'no-json', words: '' } }],
  ])('is read from %s', (text, read) => {
    expect(readToken(Buffer.from(text), 900)).toEqual(read)
  })
})

describe('an answer that is sealed', () => {
  it.each([['signature', 'platform.contradictory'], ['cipher', 'platform.unexpected-answer']] as const)('with a wrong %s leaves the outcome open', async (which, code) => {
    const { read, practice, log } = await meet('token')
    practice.setFaults({ rules: [{ infno: '1101', action: { kind: 'wrong-seal', which } }] })
    const outcome = await read()
    expect(outcome).toMatchObject({ kind: 'unknown', code, detail: { reason: `seal-${which}` } })
    expect(practice.books.messages().at(-1)).toMatchObject({ infno: '1101', infcode: 0 })
    expect(log()).not.toContain(someone.idNumber)
  })

  it('should be, and comes in clear, is nobody\'s word either, whether it says yes or no', async () => {
    const { reverse, line, read } = await meet('token')
    await read()
    const forge = (infcode: number) => ({ body }: Passed): { status: number; body: string } | null =>
      (body.includes('"2601"') ? { status: 200, body: JSON.stringify({ infcode, err_msg: infcode === 0 ? '' : '原交易不存在', output: { result: '1' } }) } : null)
    line.answer = forge(0)
    expect((await reverse()).outcome).toMatchObject({ kind: 'unknown', code: 'platform.contradictory', detail: { reason: 'seal-unsealed' } })
    line.answer = forge(-1)
    expect((await reverse()).outcome).toMatchObject({ kind: 'unknown', code: 'platform.contradictory', detail: { reason: 'seal-unsealed' } })
  })

  it('of a message that was tampered with on its way is a refusal outside the envelope', async () => {
    for (const [pick, words] of [['input', '报文解密失败'], ['cainfo', '报文签名验证失败']] as const) {
      const { read } = await meet('token', (profile) => ({
        ...profile,
        sealing: { ...profile.sealing, ...(pick === 'input' ? { sm4Key: { value: '0'.repeat(32) } } : { userId: { value: 'SOMEBODY-ELSE' } }) },
      }))
      expect(await read()).toMatchObject({ kind: 'not-sent', code: 'platform.gateway', detail: { text: words } })
    }
    const { read } = await meet('signed envelope', changed('plain', { userId: 'SOMEBODY-ELSE' }))
    expect(await read()).toMatchObject({ kind: 'not-sent', detail: { gatewayCode: '994' } })
  })
})

describe('the characters that are signed', () => {
  const envelope = '{ "b" : 12.30, "a":"x\\"y,}" ,"input":{"n":[1,{"a":2}],"a":"}"}, "cainfo":"" ,"z":null,"e":"null"}'

  it('are those that stand in the message', () => {
    expect(['a', 'b', 'input', 'z', 'cainfo', 'none'].map((name) => valueAt(envelope, name))).toEqual(['"x\\"y,}"', '12.30', '{"n":[1,{"a":2}],"a":"}"}', 'null', '""', null])
    const sealed = replaceValues(envelope, { input: '"S"', cainfo: '"C"', none: '1' })
    expect(JSON.parse(sealed)).toEqual({ b: 12.3, a: 'x"y,}', input: 'S', cainfo: 'C', z: null, e: 'null' })
    expect(sealed).toContain('"b" : 12.30')
  })

  it('are found in a message of megabytes', () => {
    const large = JSON.stringify({ infno: '9101', input: { in: 'A\\"'.repeat(4_000_000), rows: Array(100_000).fill({ a: '1' }) }, cainfo: '' })
    expect(valueAt(large, 'cainfo')).toBe('""')
    expect(valueAt(large, 'input')?.length).toBeGreaterThan(12_000_000)
  })

  it('stand in the order of their names, without what is empty, as the province reads them too', () => {
    expect(sortedFields(envelope)).toBe('a=x"y,}&b=12.30&input={"n":[1,{"a":2}],"a":"}"}')
    expect(fieldsInOrder(envelope)).toBe(sortedFields(envelope))
  })
})
