import { fork, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const main = new URL('../../electron/practice/main.ts', import.meta.url).pathname
let folder: string
let running: ChildProcess[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'practice-main-'))
  running = []
})
afterEach(() => {
  for (const child of running) child.kill('SIGKILL')
  rmSync(folder, { recursive: true })
})

const start = (args: string[]): ChildProcess => {
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  running.push(child)
  return child
}
const firstLine = async (child: ChildProcess): Promise<{ url: string; localServiceUrl: string; accessKey: string }> => {
  for await (const line of createInterface({ input: child.stdout! })) return JSON.parse(line) as { url: string; localServiceUrl: string; accessKey: string }
  throw new Error('no line')
}

describe('the practice province alone', () => {
  test('says its address in its first line, answers there, and keeps its books when told to stop', async () => {
    const data = join(folder, 'books.json')
    const child = start(['--data', data, '--quiet'])
    const ready = await firstLine(child)
    expect(ready).toEqual({
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/csb$/),
      addresses: { csb: ready.url, tif: expect.stringMatching(/\/tif$/), token: expect.stringMatching(/\/oauth\/token$/), sm: expect.stringMatching(/\/sm$/), plain: expect.stringMatching(/\/plain$/) },
      localServiceUrl: expect.stringMatching(/\/local$/),
      booksUrl: expect.stringMatching(/\/local\/books$/),
      pageUrl: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/ui#key=yaogui-practice-access$/),
      accessKey: 'yaogui-practice-access',
      secretKey: 'yaogui-practice-secret',
    })
    expect(await (await fetch(ready.url, { method: 'POST', body: '{}' })).json()).toEqual({ code: 401, message: '缺少服务网关的请求头!' })
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
    expect(JSON.parse(readFileSync(data, 'utf8'))).toMatchObject({ version: 1 })
    expect(existsSync(`${data}.journal`)).toBe(false)
  })

  test("forked, says it by message, takes orders, and ends with its parent's channel", async () => {
    const child = fork(main, ['--quiet'], { stdio: 'ignore' })
    running.push(child)
    const [ready] = (await once(child, 'message')) as [{ url: string }]
    child.send({ type: 'set-down', seconds: 60 })
    await expect
      .poll(() =>
        fetch(ready.url, { method: 'POST' }).then(
          () => 'up',
          () => 'down',
        ),
      )
      .toBe('down')
    child.send({ type: 'set-down', seconds: null })
    await expect
      .poll(() =>
        fetch(ready.url, { method: 'POST' }).then(
          () => 'up',
          () => 'down',
        ),
      )
      .toBe('up')
    child.disconnect()
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  test('plays the profile and the faults of its files', async () => {
    const [profile, faults] = [join(folder, 'profile.json'), join(folder, 'faults.json')]
    writeFileSync(profile, JSON.stringify({ gatewayStatus: 403, keys: [{ accessKey: 'mine', secretKey: 'secret' }] }))
    writeFileSync(faults, JSON.stringify({ rules: [{ infno: '9999', action: { kind: 'http-status', status: 503 } }] }))
    const ready = await firstLine(start(['--profile', profile, '--faults', faults, '--quiet']))
    expect(ready.accessKey).toBe('mine')
    expect((await fetch(ready.url, { method: 'POST', body: '{}' })).status).toBe(403)
    expect((await fetch(ready.url, { method: 'POST', body: '{}', headers: { _api_name: '9999' } })).status).toBe(503)
  })

  test.each([
    [['--profile', 'bad.json'], 'gatewayStatus'],
    [['--faults', 'missing.json'], 'missing.json'],
    [['--port', '70000'], '--port'],
  ])('%j ends with status 2 and a reason', async (args, reason) => {
    writeFileSync(join(folder, 'bad.json'), '{"gatewayStatus":"x"}')
    const child = start(args.map((arg) => (arg.endsWith('.json') ? join(folder, arg) : arg)))
    let said = ''
    child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()))
    expect(await once(child, 'close')).toEqual([2, null])
    expect(said).toContain(reason)
  })
})
