import { mkdirSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import WebSocket from 'ws'
import type { Channel } from '../../electron/contract/index.ts'
import { createDispatcher } from '../../electron/core/rpc/dispatcher.ts'
import { sessionHandlers } from '../../electron/core/session/session-handlers.ts'
import { createAccess } from '../../electron/host/access.ts'
import { CONTENT_SECURITY_POLICY, startHttpServer } from '../../electron/host/http-server.ts'
import { listStaticFiles } from '../../electron/host/static-files.ts'
import { createCoreClient } from '../../renderer/core-client/core-client.ts'
import type { CoreClient } from '../../renderer/core-client/core-client.ts'
import { emptyDatabase, NINE_OCLOCK } from '../support/database.ts'
import { collectingLog } from '../support/silent-log.ts'
import { addStaff, TEST_PIN } from '../support/staff.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const start = async (graceMs = 60_000) => {
  const folder = temporaryFolder()
  mkdirSync(path.join(folder, 'web/assets'), { recursive: true })
  writeFileSync(path.join(folder, 'web/index.html'), '<!doctype html><title>till</title>')
  writeFileSync(path.join(folder, 'web/assets/a-1.js'), 'export const x = 1')
  writeFileSync(path.join(folder, 'web/notes.exe'), 'no')
  writeFileSync(path.join(folder, 'secret.key'), 'secret')
  const db = emptyDatabase()
  addStaff(db, 'C1', 'cashier')
  const dispatcher = createDispatcher({ db, log: collectingLog().log, clock: () => NINE_OCLOCK, appVersion: '1', handlers: sessionHandlers({ db }) })
  const tokens: string[] = []
  const access = createAccess({ graceMs, onNewToken: (token) => tokens.push(token) })
  const server = await startHttpServer({ port: 0, files: listStaticFiles(path.join(folder, 'web')), access, serve: dispatcher.serve })
  onTestFinished(server.close)
  const origin = `http://127.0.0.1:${server.port}`

  const ask = (address: string, headers: Record<string, string> = {}, method = 'GET'): Promise<{ status: number; headers: Record<string, string | string[] | undefined>; body: string }> => new Promise((resolve, reject) => {
    // The raw path: fetch would tidy it up.
    const asked = request({ host: '127.0.0.1', port: server.port, path: address, method, headers, agent: false }, (answer) => {
      let body = ''
      answer.on('data', (chunk) => { body += chunk })
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }))
    })
    asked.on('error', reject)
    asked.end()
  })
  const enter = async (token = access.token()): Promise<string> => {
    const answer = await ask('/session', { authorization: `Bearer ${token}` })
    return String(answer.headers['set-cookie'] ?? '').split(';', 1)[0] ?? ''
  }
  const upgrade = (headers: Record<string, string>, address = '/core'): Promise<WebSocket | number> => new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}${address}`, { headers })
    socket.on('open', () => resolve(socket))
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0))
    socket.on('error', () => resolve(-1))
  })
  const asChannel = (socket: WebSocket): Channel => ({
    send: (text) => socket.send(text), onMessage: (listener) => { socket.on('message', (data) => listener(String(data))) }, onClose: (listener) => { socket.on('close', listener) }, close: () => socket.close(),
  })
  const till = async (cookie: string): Promise<CoreClient> => {
    const socket = await upgrade({ origin, cookie })
    if (typeof socket === 'number') throw new Error(`refused with ${socket}`)
    const client = createCoreClient({ connect: () => asChannel(socket) })
    onTestFinished(client.close)
    return client
  }
  return { port: server.port, origin, access, tokens, ask, enter, upgrade, till }
}

test('serves the listed files under the policy, and nothing else', async () => {
  const { ask } = await start()
  const index = await ask('/')
  expect([index.status, index.body]).toEqual([200, '<!doctype html><title>till</title>'])
  expect(index.headers).toMatchObject({ 'content-security-policy': CONTENT_SECURITY_POLICY, 'x-content-type-options': 'nosniff', 'cache-control': 'no-cache', 'content-type': 'text/html; charset=utf-8' })
  expect((await ask('/?x=1')).status).toBe(200)
  const script = await ask('/assets/a-1.js')
  expect([script.status, script.headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable'])
  for (const address of ['/../secret.key', '/..%2fsecret.key', '/%2e%2e/secret.key', '//etc/passwd', '/assets/../../secret.key', '/assets', '/notes.exe', '/nothing', '/index.html/', '/assets\\..\\..\\secret.key']) {
    const answer = await ask(address)
    expect([address, answer.status, answer.body]).toEqual([address, 404, ''])
  }
})

test('the policy allows no inline code, no other origin and no frame', () => {
  expect(CONTENT_SECURITY_POLICY).toContain("default-src 'none'")
  expect(CONTENT_SECURITY_POLICY).toContain("frame-ancestors 'none'")
  expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe|\*|https?:/)
})

test('only reading is possible', async () => {
  const { ask } = await start()
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) expect((await ask('/', {}, method)).status).toBe(405)
  const head = await ask('/', {}, 'HEAD')
  expect([head.status, head.body]).toEqual([200, ''])
})

test('another host name or another page is refused', async () => {
  const { ask, port, origin, enter, upgrade } = await start()
  for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1', `127.0.0.1:${port + 1}`]) expect((await ask('/', { host })).status).toBe(403)
  expect((await ask('/', { host: `localhost:${port}` })).status).toBe(200)
  expect((await ask('/', { origin: 'http://evil.example' })).status).toBe(403)
  expect((await ask('/', { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  expect((await ask('/', { origin })).status).toBe(200)
  const cookie = await enter()
  expect(await upgrade({ cookie, origin: 'http://evil.example' })).toBe(403)
  expect(await upgrade({ cookie, origin: `http://localhost:${port}` })).toBe(403)
  expect(await upgrade({ cookie })).toBe(403)
  expect(await upgrade({ cookie, origin, host: 'evil.example' })).toBe(403)
})

test('a token lets one window in, once, and the next token is announced', async () => {
  const { access, ask, enter, tokens } = await start()
  const token = access.token()
  const answer = await ask('/session', { authorization: `Bearer ${token}` })
  expect(answer.status).toBe(204)
  expect(String(answer.headers['set-cookie'])).toMatch(/^yaogui-\d+=[\w-]{32}; Path=\/; HttpOnly; SameSite=Strict$/)
  expect((await ask('/session', { authorization: `Bearer ${token}` })).status).toBe(401)
  expect(tokens).toEqual([access.token()])
  expect(access.token()).not.toBe(token)
  expect(await enter(access.token())).not.toBe('')
  for (const authorization of ['Bearer ', 'Bearer x', 'Basic abc', `Bearer ${'x'.repeat(5000)}`, `Bearer ${token}x`]) expect((await ask('/session', { authorization })).status).toBe(401)
})

test('core is reached with the cookie only', async () => {
  const { ask, enter, upgrade, origin, port } = await start()
  expect(await upgrade({ origin })).toBe(401)
  expect(await upgrade({ origin, cookie: `yaogui-${port}=guess` })).toBe(401)
  expect((await ask('/session', {})).status).toBe(401)
  const cookie = await enter()
  expect((await ask('/session', { cookie })).status).toBe(204)
  expect(await upgrade({ origin, cookie }, '/other')).toBe(404)
  expect(await upgrade({ origin, cookie })).toBeInstanceOf(WebSocket)
})

test('a window that reloads is still signed in, another window is not', async () => {
  const { enter, till } = await start()
  const cookie = await enter()
  const first = await till(cookie)
  await first.command('session.signIn', { staffId: 'C1', pin: TEST_PIN })
  first.close()
  const reloaded = await till(cookie)
  expect((await reloaded.query('session.getCurrent', {})).staff?.staffId).toBe('C1')
  const other = await till(await enter())
  expect((await other.query('session.getCurrent', {})).staff).toBe(null)
})

test('a window that stays away is signed out', async () => {
  const { enter, till } = await start(30)
  const cookie = await enter()
  const first = await till(cookie)
  await first.command('session.signIn', { staffId: 'C1', pin: TEST_PIN })
  first.close()
  await new Promise((resolve) => setTimeout(resolve, 150))
  expect((await (await till(cookie)).query('session.getCurrent', {})).staff).toBe(null)
})

test('a message beyond the limit ends the line, not core', async () => {
  const { enter, till, upgrade, origin } = await start()
  const cookie = await enter()
  const socket = await upgrade({ cookie, origin })
  if (typeof socket === 'number') throw new Error('refused')
  const closed = new Promise((resolve) => socket.on('close', resolve))
  socket.send('x'.repeat(3_500_000))
  expect(await closed).toBe(1009)
  expect(await (await till(cookie)).query('session.listStaff', {})).toHaveLength(1)
})
