import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { expect, it } from 'vitest'
import { fromBuffer } from 'yauzl'
import { openShop } from '../../../electron/cli/open-shop.ts'
import { runCli } from '../../../electron/cli/program.ts'
import { playSale } from '../../../electron/cli/sell/play-sale.ts'
import { parseSaleScript } from '../../../electron/cli/sell/sale-script.ts'
import type { ReadableDb } from '../../../electron/core/db/database.ts'
import { practicePeople } from '../../../electron/practice/people.ts'
import { practiceAccess } from '../../../electron/practice/profile.ts'
import { startPractice } from '../../../electron/practice/server.ts'
import { hearingTerminal } from '../../cli/support/terminal.ts'
import { PRACTICE_SHAPES, shapedProfile } from '../../support/practice-shapes.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const example = parseSaleScript(JSON.parse(readFileSync(path.join(import.meta.dirname, '../../../electron/cli/examples/sale.json'), 'utf8')), 'sale.json')
const { expect: _asSold, ...script } = example
/** Other packs of the same drugs in the demo shop. */
const CODES = [['89000091010010000006', '89000091010010000007', '89003751010376000005'], ['89000091010010000008', '89000091010010000009', '89003751010376000004']]
const again = (nth: number, more: object = {}) => ({ ...script, ...more, scans: script.scans.map((scan, at) => ({ ...scan, code: CODES[nth]?.[at] ?? scan.code })) })
const PHONE = '13812345678'
const PAYMENT_CODE = '134567890123456789'

/** Wherever one of these stands in a message that was really sent or answered, its value is a secret. Written down anew, not taken from the mask. */
const PERSONAL = /^(psn_name|psnName|certno|certNo|psn_no|psnNo|mdtrt_cert_no|card_sn|brdy|ecToken|emp_name|opter_name|phar_name|phar_prac_cert_no|sel_retn_opter_name|tel)$/
const collect = (value: unknown, into: Set<string>): void => {
  if (Array.isArray(value)) for (const item of value) collect(item, into)
  else if (typeof value === 'object' && value !== null) {
    for (const [name, field] of Object.entries(value)) {
      if (typeof field === 'string' && PERSONAL.test(name) && field.length > 1 && field !== 'null') into.add(field)
      else if (typeof field === 'string' && field.startsWith('{')) {
        try { collect(JSON.parse(field), into) } catch { /* no JSON */ }
      } else collect(field, into)
    }
  }
}
const secretsSent = (db: ReadableDb): Set<string> => {
  const found = new Set<string>()
  for (const { request, answer } of db.prepare(`select request, answer from platform_message`).all() as { request: Buffer; answer: Buffer | null }[]) {
    for (const bytes of [request, answer]) {
      if (bytes === null) continue
      try { collect(JSON.parse(bytes.toString('utf8')), found) } catch { /* garbled on purpose */ }
    }
  }
  return found
}
const keysOf = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(keysOf)
  if (typeof value !== 'object' || value === null) return []
  const fields = Object.entries(value)
  return fields.length === 1 && fields[0]?.[0] === 'value' && typeof fields[0][1] === 'string' ? [fields[0][1]] : fields.flatMap(([, field]) => keysOf(field))
}

const everyFile = (folder: string): string[] => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name))
const unzip = (bytes: Buffer): Promise<Map<string, Buffer>> => new Promise((resolve, reject) => {
  const entries = new Map<string, Buffer>()
  fromBuffer(bytes, { lazyEntries: true }, (error, zip) => {
    if (error !== null) return reject(error)
    zip.on('entry', (entry: { fileName: string }) => {
      zip.openReadStream(entry as never, (failed, stream) => {
        if (failed !== null) return reject(failed)
        const chunks: Buffer[] = []
        stream.on('data', (chunk: Buffer) => chunks.push(chunk))
        stream.on('end', () => { entries.set(entry.fileName, Buffer.concat(chunks)); zip.readEntry() })
      })
    })
    zip.on('end', () => resolve(entries))
    zip.readEntry()
  })
})

it.each(PRACTICE_SHAPES.map((shape) => [shape.name, shape] as const))('a day through the gateway of kind %s leaves nobody, no number, no token and no key in any log or in the export for support', { timeout: 90_000 }, async (_name, shape) => {
  const people = practicePeople()
  const [one] = people
  if (one === undefined) throw new Error('nobody to practise with')
  const dataFolder = temporaryFolder()
  mkdirSync(path.join(dataFolder, 'log'), { recursive: true })
  const practice = await startPractice({ profile: shape.province })
  const profile = shapedProfile(shape, practice, 1_500)
  const log = pino({ level: 'trace', base: null }, pino.destination({ dest: path.join(dataFolder, 'log', 'yaogui.log'), sync: true }))
  const shop = await openShop({ dataFolder, demoShop: true, outboxEveryMs: null, log, profile })
  const secrets = new Set<string>([
    PHONE, PAYMENT_CODE, practiceAccess.accessKey, practiceAccess.secretKey, ...keysOf(profile).filter((key) => key.length >= 6),
    ...people.flatMap((person) => [person.name, person.idNumber, person.psnNo, person.eVoucher, person.socialCard, person.cardSerial]),
  ])
  try {
    await shop.signIn('1001', '1001')
    expect(await playSale(shop.client, example)).toMatchObject({ ok: true })
    // A sale undone, and the words of refusals, gateways and proxies that name whoever they like.
    await playSale(shop.client, again(0, { returnReason: `顾客${one.name}退货` }))
    const said = `参保人${one.name}(${one.idNumber},人员编号${one.psnNo},电话${PHONE},凭证${one.eVoucher},卡${one.socialCard})`
    practice.setFaults({ rules: [
      { infno: '2101', nth: 1, action: { kind: 'refuse', text: `${said}待遇冻结`.slice(0, 200), infcode: -1 } },
      { infno: '2102', nth: 1, action: { kind: 'close-mid-body' } },
      { infno: '2601', nth: 1, action: { kind: 'refuse', text: `${said}无交易`.slice(0, 200), infcode: -1 } },
      { infno: '3505', nth: 1, action: { kind: 'row-refused', text: `${said}与结算不符`.slice(0, 200) } },
      { infno: '3505', nth: 2, action: { kind: 'gateway', which: 'signature' } },
      { infno: '3505', nth: 3, action: { kind: 'garble', how: 'html', when: 'after' } },
      { infno: '1101', nth: 2, action: { kind: 'garble', how: 'truncated', when: 'after' } },
    ] })
    await playSale(shop.client, again(1)).catch(() => null)
    await playSale(shop.client, again(1)).catch(() => null)
    const sale = await shop.client.command('sale.startSale', {}).catch(() => null)
    if (sale !== null) {
      for (const step of ['drug', 'person', 'payment'] as const) {
        for (const raw of [PAYMENT_CODE, one.eVoucher, one.idNumber]) await shop.client.command('sale.scanCode', { saleId: sale.saleId, raw, step, via: 'hid' }).catch(() => null)
      }
    }
    for (let round = 0; round < 3; round += 1) await shop.client.command('outbox.runNow', {})
    for (const secret of secretsSent(shop.house.db)) secrets.add(secret)
    for (const name of shop.house.db.prepare(`select name from staff`).pluck().all() as string[]) secrets.add(name)
    const asked = new Set(practice.books.messages().map((message) => message.infno))
    expect([...asked]).toEqual(expect.arrayContaining(['1101', '2101', '2102', '2103', '3505', '3506']))
  } finally {
    await shop.close()
    await practice.close()
  }
  await sleep(50)
  const zipFile = path.join(temporaryFolder(), 'support.zip')
  const terminal = hearingTerminal()
  const exported = await runCli(['log', 'export', zipFile, '--data', dataFolder], terminal)
  expect({ exported, complained: terminal.complained() }).toMatchObject({ exported: 0 })
  const logs = everyFile(path.join(dataFolder, 'log'))
  const wire = logs.filter((file) => file.includes(`${path.sep}wire${path.sep}`))
  expect(wire.map((file) => statSync(file).mode & 0o777)).toEqual([0o600])
  expect(statSync(zipFile).mode & 0o777).toBe(0o600)
  const wireText = readFileSync(wire[0] ?? '', 'utf8')
  for (const infno of ['1101', '2101', '2102', '2103', '3505', '3506']) expect(wireText).toContain(`"infno":"${infno}"`)
  // The ordinary log does not repeat the messages.
  expect(readFileSync(path.join(dataFolder, 'log', 'yaogui.log'), 'utf8')).not.toContain('platform request')
  const entries = await unzip(readFileSync(zipFile))
  expect([...entries.keys()].toSorted()).toEqual(['doctor.json', 'log/wire/wire.1.log', 'log/yaogui.log', 'outbox.json', 'profile.json', 'versions.json'])
  expect(JSON.parse(entries.get('outbox.json')?.toString('utf8') ?? '')).toMatchObject({ counts: expect.anything(), messages: expect.anything() })
  expect(secrets.size).toBeGreaterThan(50)
  const everything = new Map<string, Buffer>([...logs.map((file) => [file, readFileSync(file)] as const), ...entries, [zipFile, readFileSync(zipFile)], ['terminal', Buffer.from(terminal.said() + terminal.complained())]])
  const found = [...everything].flatMap(([file, bytes]) => [...secrets].filter((secret) => bytes.includes(secret)).map((secret) => `${path.basename(file)}: ${secret}`))
  expect(found).toEqual([])
})
