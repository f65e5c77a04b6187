import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { Pool } from 'undici'
import { v7 } from 'uuid'
import { pino } from 'pino'
import type { Core } from '../../electron/core/core.ts'
import { assembleCore, databaseFile } from '../../electron/core/core.ts'
import { inTransaction } from '../../electron/core/db/database.ts'
import { openDatabase } from '../../electron/core/db/open-database.ts'
import { claimJob } from '../../electron/core/outbox/claim-jobs.ts'
import { createPlatformClient } from '../../electron/core/platform/create-client.ts'
import { createCredentialReader } from '../../electron/core/platform/credential-reader-http.ts'
import { loadProfile, shippedProfileFile, withEndpoint } from '../../electron/core/platform/profile-file.ts'
import { judgeCode } from '../../electron/core/trace/judge-code.ts'
import { fillBacklog } from '../support/backlog.ts'
import { migrationsFolder } from '../support/database.ts'
import { codeOf, stockSmallShop } from '../support/small-shop.ts'
import { print, probeDisk, quantile, timedSync } from './measure.ts'

/** What the province takes to answer. */
const PLATFORM_MS = 80

/** A province that answers everything well after 80 ms, and loses, breaks or refuses one answer in fifty (after booking: the row is sent again, and known already). */
const startSlow = async (faulty: boolean) => {
  const booked = new Set<string>()
  let heard = 0
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const envelope = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { infno: string; input: { selinfo?: { fixmedins_bchno: string } } }
      const say = (output: unknown): void => { response.end(JSON.stringify({ infcode: 0, inf_refmsgid: '1', refmsg_time: '20261121090000000', respond_time: null, err_msg: '', output })) }
      if (envelope.infno === '9001') return say({ signinoutb: { sign_no: '1', sign_time: '2026-11-21 09:00:00' } })
      heard += 1
      const nth = heard
      setTimeout(() => {
        const key = envelope.input.selinfo?.fixmedins_bchno ?? ''
        const known = booked.has(key)
        booked.add(key)
        if (faulty && nth % 150 === 50) return void response.destroy()
        if (faulty && nth % 150 === 100) { response.statusCode = 502; return void response.end('<html>502</html>') }
        if (faulty && nth % 150 === 0 && !known) { booked.delete(key); return void response.destroy() }
        if (known) return say({ result: { retRslt: '0', msgRslt: '定点医药机构批次流水号(fixmedins_bchno)重复' } })
        say({ result: { retRslt: '1', msgRslt: '' } })
      }, PLATFORM_MS)
    })
  })
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/csb`
  return { url, booked, heard: () => heard, close: () => new Promise<void>((resolve) => { server.closeAllConnections(); server.close(() => resolve()) }) }
}

interface Shop { readonly core: Core; readonly close: () => Promise<void> }
const openShop = (folder: string, url: string, inFlight: number, batchRows = 1): Shop => {
  mkdirSync(folder, { recursive: true })
  const clock = Date.now
  const db = openDatabase({ file: databaseFile(folder), key: new Uint8Array(32).fill(7), migrationsFolder, clock, appVersion: 'bench' })
  stockSmallShop(db, { now: clock(), newId: v7, packsPerLot: 100 })
  const endpoint = withEndpoint(loadProfile(shippedProfileFile('practice')), { url, localServiceUrl: null })
  const profile = { ...endpoint, limits: { ...endpoint.limits, inFlight, batchRows } }
  const log = pino({ level: 'silent' })
  const platform = createPlatformClient({ profile, db, clock, log, secrets: {}, environment: {}, device: { mac: '02:00:00:00:00:01', ip: '192.0.2.1' } })
  const core = assembleCore({ db, platform, profile, clock, log, newId: v7, credentials: createCredentialReader({ profile }), outboxEveryMs: null, devices: null, printer: { kind: 'file', folder } })
  return { core, close: () => core.close() }
}

/** Until every row is told: what was lost comes back after its pause, so the clock of the drain is the one on the wall. */
const drain = async ({ core }: Shop, rows: number): Promise<{ readonly ms: number; readonly full: number }> => {
  const left = core.house.db.prepare(`select count(*) from outbox where status <> 'done'`).pluck()
  const started = performance.now()
  let full = Number.NaN
  for (;;) {
    await core.outbox.run()
    const open = left.get() as number
    // The rate is that of the backlog; the last lost answers wait for their pause alone.
    if (Number.isNaN(full)) full = ((rows - open) / (performance.now() - started)) * 1_000
    if (open === 0) return { ms: performance.now() - started, full }
    await sleep(50)
  }
}

/** What this machine can get out of the same province now: n loops that send ready bytes and keep nothing. */
const bareRate = async (url: string, inFlight: number, count: number): Promise<number> => {
  const { origin, pathname } = new URL(url)
  const pool = new Pool(origin, { connections: null, pipelining: 1 })
  let sent = 0
  const started = performance.now()
  await Promise.all(Array.from({ length: inFlight }, async () => {
    while (sent < count) {
      sent += 1
      const body = JSON.stringify({ infno: '3505', input: { selinfo: { fixmedins_bchno: `bare-${sent}`, padding: 'x'.repeat(1_200) } } })
      const answer = await pool.request({ method: 'POST', path: pathname, body, headers: { 'content-type': 'application/json' } })
      await answer.body.text()
    }
  }))
  const rate = (count / (performance.now() - started)) * 1_000
  await pool.close()
  return rate
}

/** Rows a second against n / 80 ms, and against what bare loops get at the same moment. */
export const benchDrain = async (folder: string, rows: number): Promise<void> => {
  for (const [name, inFlight, faulty] of [['8 on their way', 8, false], ['8, with faults', 8, true], ['16, with faults', 16, true]] as const) {
    const province = await startSlow(faulty)
    const shop = openShop(join(folder, `drain-${inFlight}-${String(faulty)}`), province.url, inFlight)
    const count = rows
    fillBacklog(shop.core.house.db, { rows: count, at: Date.now() - 60_000 })
    const before = await startSlow(false)
    const bare = await bareRate(before.url, inFlight, Math.min(rows, 600))
    await before.close()
    const used = process.cpuUsage()
    const { ms, full } = await drain(shop, count)
    const cpu = process.cpuUsage(used)
    const ideal = (inFlight * 1_000) / PLATFORM_MS
    console.log(`${`drain of ${count} rows, ${name}`.padEnd(46)} ${full.toFixed(1)} rows/s ÷ ${ideal.toFixed(1)} ideal = ${(full / ideal).toFixed(3)}   aim ≥ 0.90 · ÷ ${bare.toFixed(1)} bare loops just before = ${(full / bare).toFixed(3)} · whole ${(ms / 1_000).toFixed(1)} s · told ${province.booked.size} of ${count} · messages ${province.heard()} · ${((cpu.user + cpu.system) / 1_000 / count).toFixed(2)} ms of processor a row (both sides)`)
    await shop.close()
    await province.close()
  }
}

/** What a scan waits for while the backlog goes: the verdict alone, and with the wait for its turn of the loop. */
export const benchBeside = async (folder: string, rows: number): Promise<void> => {
  const province = await startSlow(false)
  const shop = openShop(join(folder, 'beside'), province.url, 8)
  const { house } = shop.core
  const verdict = (n: number): unknown => judgeCode(house, { raw: codeOf('amoxicillin', 1 + (n % 90)), step: 'drug', saleId: null }).decision
  const samples = async (): Promise<{ readonly own: number[]; readonly turn: number[] }> => {
    const own: number[] = []
    const turn: number[] = []
    const until = performance.now() + 6_000
    for (let n = 0; performance.now() < until; n += 1) {
      const due = performance.now() + 3
      await sleep(3)
      own.push(timedSync(() => verdict(n), 1))
      turn.push((performance.now() - due) * 1_000)
    }
    return { own, turn }
  }
  await samples()
  const idle = await samples()
  fillBacklog(house.db, { rows, at: Date.now() - 60_000 })
  const draining = drain(shop, rows)
  await sleep(500)
  const busy = await samples()
  console.log(`  (left when the sampling ended: ${house.db.prepare(`select count(*) from outbox where status <> 'done'`).pluck().get() as number})`)
  for (const [name, key] of [['scan verdict while uploading', 'own'], ['the same with its wait for the loop', 'turn']] as const) {
    const at = (q: number): string => `p${q * 100} ${quantile(busy[key], q).toFixed(0)} ÷ ${quantile(idle[key], q).toFixed(0)} µs idle = ${(quantile(busy[key], q) / quantile(idle[key], q)).toFixed(2)}`
    console.log(`${name.padEnd(46)} ${at(0.5)} · ${at(0.99)} (${busy[key].length} scans)`)
  }
  await draining
  await shop.close()
  await province.close()
}

/** One claim with few rows, with a backlog, and with a year behind it; each put back. */
export const benchClaims = (folder: string): void => {
  const shop = openShop(join(folder, 'claims'), 'http://127.0.0.1:9/csb', 8)
  const { db } = shop.core.house
  const now = Date.now()
  const release = db.prepare(`update outbox set status = 'pending', leased_until = null where outbox_id = ?`)
  const measure = (): number[] => {
    const times: number[] = []
    for (let round = 0; round < 400; round += 1) {
      inTransaction(db, () => {
        const start = process.hrtime.bigint()
        const job = claimJob(db, { kinds: [['upload-sale', 'upload-return']], now })
        times.push(Number(process.hrtime.bigint() - start) / 1_000)
        if (job === null) throw new Error('nothing to claim')
        release.run(job.outbox_id)
      })
    }
    return times.slice(50)
  }
  fillBacklog(db, { rows: 10, at: now - 60_000 })
  const few = measure()
  fillBacklog(db, { rows: 10_000, at: now - 50_000, first: 1_001 })
  print({ name: 'claim, 10,000 waiting', ours: measure(), baseline: few, against: 'claim, 10 waiting', aim: '≤ 1.5' })
  fillBacklog(db, { rows: 250_000, at: now - 86_400_000, first: 20_001, status: 'done' })
  print({ name: 'claim, and 250,000 done', ours: measure(), baseline: few, against: 'claim, 10 waiting', aim: '≤ 1.5' })
  void shop.close()
}

if (import.meta.main) {
  const { mkdtempSync, rmSync } = await import('node:fs')
  const { tmpdir, loadavg } = await import('node:os')
  const { values } = parseArgs({ options: { rows: { type: 'string', default: '10000' } } })
  const folder = mkdtempSync(join(tmpdir(), 'yaogui-bench-outbox-'))
  console.log(`load ${loadavg()[0]?.toFixed(2) ?? '?'}`)
  probeDisk(folder)
  try {
    benchClaims(folder)
    await benchBeside(folder, Number(values.rows))
    await benchDrain(folder, Number(values.rows))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
