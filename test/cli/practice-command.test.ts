import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { runCli } from '../../electron/cli/program.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { hearingTerminal } from './support/terminal.ts'

const EXAMPLE = path.join(import.meta.dirname, '../../electron/cli/examples/sale.json')

interface Addresses {
  readonly url: string
  readonly addresses: Readonly<Record<'csb' | 'tif' | 'token' | 'sm' | 'plain', string>>
  readonly localServiceUrl: string
  readonly booksUrl: string
  readonly accessKey: string
  readonly secretKey: string
}

describe('yaogui practice', () => {
  test('says its addresses and keys in one JSON line, answers there, and ends when told', async () => {
    const stop = Promise.withResolvers<void>()
    const told = Promise.withResolvers<Addresses>()
    const terminal = { ...hearingTerminal({ untilStopped: () => stop.promise }), out: (line: string) => told.resolve(JSON.parse(line) as Addresses) }
    const ended = runCli(['practice', '--quiet'], terminal)
    const { url, booksUrl, localServiceUrl, accessKey, secretKey } = await told.promise
    expect([accessKey, secretKey]).toEqual(['yaogui-practice-access', 'yaogui-practice-secret'])
    expect(((await (await fetch(url, { method: 'POST', body: '{}' })).json()) as { code: number }).code).toBe(401)
    expect((await fetch(`${localServiceUrl}/id-card`, { method: 'POST', body: '{"idNumber":"x"}' })).status).toBe(404)
    expect((await fetch(booksUrl, { headers: { _api_access_key: accessKey } })).status).toBe(200)
    stop.resolve()
    expect(await ended).toBe(0)
    await expect(fetch(url)).rejects.toThrow()
  })

  test('runs a fault plan from a file', async () => {
    const folder = temporaryFolder()
    writeFileSync(path.join(folder, 'faults.json'), JSON.stringify({ rules: [{ infno: '*', action: { kind: 'http-status', status: 503 } }] }))
    const stop = Promise.withResolvers<void>()
    const told = Promise.withResolvers<Addresses>()
    const ended = runCli(['practice', '--quiet', '--faults', 'faults.json'], {
      ...hearingTerminal({ untilStopped: () => stop.promise, standsIn: folder }),
      out: (line: string) => told.resolve(JSON.parse(line) as Addresses),
    })
    const { url } = await told.promise
    expect((await fetch(url, { method: 'POST', headers: { _api_name: '1101' }, body: '{}' })).status).toBe(503)
    stop.resolve()
    expect(await ended).toBe(0)
  })

  test('plays the province that a region profile is made for, for a till elsewhere', async () => {
    const stop = Promise.withResolvers<void>()
    const told = Promise.withResolvers<Addresses>()
    const ended = runCli(['practice', '--quiet', '--profile', 'generic-tif'], { ...hearingTerminal({ untilStopped: () => stop.promise }), out: (line: string) => told.resolve(JSON.parse(line) as Addresses) })
    const { addresses, localServiceUrl } = await told.promise
    const till = hearingTerminal()
    const sold = await runCli(['sell', EXAMPLE, '--profile', 'practice-tif', '--platform', addresses.tif, '--local-service', localServiceUrl], till)
    expect([sold, till.complained()]).toEqual([0, ''])
    // Another shape at the same door is told apart: its envelope is not what this province wants.
    const other = hearingTerminal()
    expect(await runCli(['sell', EXAMPLE, '--profile', 'practice', '--platform', addresses.csb], other)).toBe(1)
    stop.resolve()
    expect(await ended).toBe(0)
  })

  test('a file that is none is a wrong call', async () => {
    const folder = temporaryFolder()
    writeFileSync(path.join(folder, 'faults.json'), '{"rules":[{"infno":"2102","action":{"kind":"explode"}}]}')
    const terminal = hearingTerminal({ standsIn: folder })
    expect([await runCli(['practice', '--faults', 'faults.json'], terminal), terminal.said()]).toEqual([2, ''])
    expect(await runCli(['practice', '--port', '70000'], hearingTerminal())).toBe(2)
  })
})
