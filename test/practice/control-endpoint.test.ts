import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startPractice } from '../../electron/practice/server.ts'
import type { Practice } from '../../electron/practice/server.ts'
import { area, freshCodes, idCard, purchase, settle, soldRow } from './support/messages.ts'
import { NOON, person, signedIn } from './support/shop.ts'
import type { Json, Shop } from './support/shop.ts'

let practice: Practice
let shop: Shop
const who = person('employee')
const line = { drug: 'famotidine', count: 1, price: 5.6 } as const
beforeEach(async () => {
  practice = await startPractice({ clock: () => NOON, profile: { answerForms: 'plain' } })
  shop = await signedIn(practice)
})
afterEach(() => practice.close())

const KEY = { authorization: 'Bearer yaogui-practice-access' }
const get = async (path: string, headers: Record<string, string> = KEY): Promise<{ status: number; body: Json }> => {
  const answer = await fetch(`${practice.localServiceUrl}${path}`, { headers })
  return { status: answer.status, body: (await answer.json()) as Json }
}
const post = async (path: string, body: unknown, headers: Record<string, string> = KEY): Promise<{ status: number; body: Json }> => {
  const answer = await fetch(`${practice.localServiceUrl}${path}`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: typeof body === 'string' ? body : JSON.stringify(body) })
  return { status: answer.status, body: (await answer.json()) as Json }
}

describe('controls beside the gateway', () => {
  test.each(['/scenario', '/faults', '/clock'])('GET %s wants a key, either way', async (path) => {
    expect((await get(path, {})).status).toBe(401)
    expect((await get(path, { authorization: 'Bearer another' })).status).toBe(401)
    expect((await get(path)).status).toBe(200)
    expect((await get(path, { _api_access_key: 'yaogui-practice-access' })).status).toBe(200)
  })

  test.each([['/scenario', { name: 'answer-lost' }], ['/faults', { rules: [] }], ['/down', { seconds: 1 }], ['/clock', { at: null }], ['/books', { changes: [] }], ['/reset', {}]])(
    'POST %s wants a key and changes nothing without',
    async (path, body) => {
      expect((await post(path, body, {})).status).toBe(401)
      expect((await get('/scenario')).body.playing).toBe(null)
    },
  )

  test.each([['/scenario', { name: 5 }], ['/scenario', { nom: 'x' }], ['/faults', { rules: [{ infno: '2102', action: { kind: 'nothing' } }] }], ['/down', { seconds: -1 }], ['/clock', { at: 'noon' }], ['/books', { changes: [{ kind: 'set-balance', person: 'nobody', fen: 1 }] }], ['/books', 'no json']])(
    'POST %s %j is refused with a reason',
    async (path, body) => {
      const { status, body: said } = await post(path, body)
      expect(status).toBe(400)
      expect(String(said.message).length).toBeGreaterThan(3)
    },
  )

  test('a lesson is listed, played, and ended', async () => {
    const { body } = await get('/scenario')
    expect(body.playing).toBe(null)
    expect(body.pageUrl).toBe(practice.pageAddress())
    expect((body.packs as Json[])[1]).toEqual({ name: 'balance-too-low', zh: expect.objectContaining({ title: '余额不足' }), en: expect.objectContaining({ title: 'Balance too low' }) })
    expect((await post('/scenario', { name: 'no-such-lesson' })).status).toBe(404)
    expect((await post('/scenario', { name: 'balance-too-low' })).body.playing).toBe('balance-too-low')
    expect(practice.books.person(who.psnNo)!.balanceFen).toBe(500)
    expect((await post('/scenario', { name: null })).body.playing).toBe(null)
    expect(practice.books.person(who.psnNo)!.balanceFen).toBe(150_000)
  })

  test('faults and the line go on while a lesson comes and goes', async () => {
    await post('/faults', { rules: [{ infno: '1101', action: { kind: 'refuse', text: '计划好的拒绝' } }] })
    await post('/scenario', { name: 'slow-line' })
    await post('/scenario', { name: null })
    expect(await shop.refusal('1101', { data: idCard(who) })).toBe('计划好的拒绝')
    expect((await get('/faults')).body).toMatchObject({ rules: [{ infno: '1101' }], down: false })
    await post('/down', { seconds: 60 })
    await post('/scenario', { name: 'voucher-expired' })
    await post('/scenario', { name: null })
    await expect(shop.call('1101', { data: idCard(who) })).rejects.toThrow()
    await post('/down', { seconds: null })
    await post('/faults', { rules: [] })
    await shop.ok('1101', { data: idCard(who) })
  })

  test('its time can be set, stand still, run, and be the true one again', async () => {
    expect((await get('/clock')).body).toEqual({ at: '2026-11-21T02:00:00.000Z', local: '2026-11-21 10:00:00', kind: 'true' })
    expect((await post('/clock', { at: '2027-01-01T00:00:00+08:00' })).body).toMatchObject({ local: '2027-01-01 00:00:00', kind: 'stands' })
    expect((await shop.call('1101', { data: idCard(who) })).body.message).toBe('签名时间戳超时!')
    shop.clock = () => Date.UTC(2026, 11, 31, 16, 0, 0)
    await shop.signIn()
    await shop.ok('1101', { data: idCard(who) })
    expect((await post('/clock', { at: '2027-01-01T00:00:00+08:00', runs: true })).body).toMatchObject({ kind: 'runs' })
    expect((await post('/clock', { at: null })).body).toMatchObject({ local: '2026-11-21 10:00:00', kind: 'true' })
  })

  test('the books can be prepared: a balance, a pack sold elsewhere', async () => {
    const [code] = freshCodes('famotidine', 1) as [string]
    await post('/books', { changes: [{ kind: 'set-balance', person: 'employee', fen: 77 }, { kind: 'sold-elsewhere', code }] })
    expect(practice.books.person(who.psnNo)!.balanceFen).toBe(77)
    expect(await shop.refusal('2102', purchase(shop, who, [{ ...line, codes: [code] }]), area(who))).toContain('已在其他机构销售')
  })

  test('a change that cannot be made leaves none of its list', async () => {
    expect((await post('/books', { changes: [{ kind: 'set-balance', person: 'employee', fen: 77 }, { kind: 'add-settlement', person: 'nobody', totalFen: 5 }] })).status).toBe(400)
    expect(practice.books.person(who.psnNo)!.balanceFen).toBe(150_000)
  })
})

describe('reset', () => {
  test('is as a start with empty books: a second run answers what the first did, number by number', async () => {
    const run = async (): Promise<Json> => {
      await shop.signIn()
      const { setlinfo } = await settle(shop, who, [{ ...line, codes: ['89000001000000008877'] }])
      await shop.ok('3505', soldRow(shop, 'famotidine', ['89000001000000008878']))
      return setlinfo
    }
    await post('/reset', {})
    const { medins_setl_id: _first, ...first } = await run()
    await post('/scenario', { name: 'answer-lost' })
    await post('/faults', { rules: [{ infno: '*', action: { kind: 'http-status' } }] })
    await post('/down', { seconds: 60 })
    await post('/reset', {})
    const { medins_setl_id: _second, ...second } = await run()
    expect(second).toEqual(first)
    expect(practice.books.settlements().length).toBe(1)
  })

  test('is on disk as well: nothing of before comes back', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'reset-'))
    const dataFile = join(folder, 'books.json')
    try {
      const first = await startPractice({ dataFile, clock: () => NOON })
      const till = await signedIn(first)
      await settle(till, who, [line])
      first.reset()
      await till.signIn()
      // A kill: no closing snapshot, only the journal.
      expect(readFileSync(`${dataFile}.journal`, 'utf8')).not.toContain('settlements')
      await first.close()
      const second = await startPractice({ dataFile, clock: () => NOON })
      expect(second.books.settlements()).toEqual([])
      expect(second.books.signIns().length).toBe(1)
      expect(second.books.person(who.psnNo)!.balanceFen).toBe(150_000)
      await second.close()
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
