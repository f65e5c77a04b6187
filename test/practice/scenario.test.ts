import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readScenarioPacks, scenarioPacks } from '../../electron/practice/scenario-pack.ts'
import { startPractice } from '../../electron/practice/server.ts'
import type { Practice } from '../../electron/practice/server.ts'
import { claimInput, voucherOf } from './support/examples.ts'
import { area, freshCodes, idCard, purchase, settle, totalsInput, trial } from './support/messages.ts'
import { NOON, person, signedIn } from './support/shop.ts'
import type { Json, Shop } from './support/shop.ts'

let now = NOON
let practice: Practice
let shop: Shop
const who = person('employee')
const famotidine = (count = 1): { drug: 'famotidine'; count: number; price: number } => ({ drug: 'famotidine', count, price: 5.6 })
beforeEach(async () => {
  now = NOON
  practice = await startPractice({ clock: () => now, profile: { answerForms: 'plain' } })
  shop = await signedIn(practice, () => now)
})
afterEach(() => practice.close())
const balance = (): number => practice.books.person(who.psnNo)!.balanceFen
const stmt = async (change: Json = {}): Promise<string> => String(((await shop.ok('3201', totalsInput(shop, change))).stmtinfo as Json).stmt_rslt)

describe('the packs', () => {
  test('are ten lessons, each with a title, what happens and what to do in both languages', () => {
    expect(scenarioPacks().map(({ name }) => name)).toEqual([
      'all-well', 'balance-too-low', 'voucher-expired', 'sold-elsewhere', 'down-at-noon', 'answer-lost', 'reconcile-differs', 'slow-line', 'clock-off', 'claim-check-finds',
    ])
    for (const { zh, en } of scenarioPacks()) {
      expect(zh.title + zh.happens + zh.todo).toMatch(/^[^a-zA-Z]*(F\d+[^a-zA-Z]*)*$/)
      expect(en.title + en.happens + en.todo).not.toMatch(/[\u4e00-\u9fff]/)
    }
  })

  test('a pack that varies what cannot be varied, has no words or another name than its file is refused with a reason', () => {
    const folder = mkdtempSync(join(tmpdir(), 'packs-'))
    const good = { name: 'a-lesson', order: 1, zh: { title: '一', happens: '二', todo: '三' }, en: { title: '1', happens: '2', todo: '3' } }
    const refusal = (pack: object): string => {
      writeFileSync(join(folder, 'a-lesson.json'), JSON.stringify(pack))
      try {
        return `${readScenarioPacks(folder).length}`
      } catch (error) {
        return String(error)
      }
    }
    try {
      expect(refusal(good)).toBe('1')
      expect(refusal({ ...good, profile: { names: {} } })).toContain('names cannot be varied')
      expect(refusal({ ...good, profile: { voucherTokenMinutes: 'long' } })).toContain('voucherTokenMinutes')
      expect(refusal({ ...good, faults: { rules: [{ infno: '2102', action: { kind: 'nothing' } }] } })).toContain('a-lesson.json')
      expect(refusal({ ...good, en: { title: '1', happens: '2' } })).toContain('todo')
      expect(refusal({ ...good, name: 'another' })).toContain('named after the pack')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('a lesson', () => {
  test('balance too low: refused with both figures, self-paid still goes, and the money is back afterwards but for what was spent', async () => {
    practice.playScenario('balance-too-low')
    expect(balance()).toBe(500)
    expect(await shop.refusal('2102', purchase(shop, who, [famotidine()]), area(who))).toMatch(/个人账户余额不足:余额5\.00元,本次需账户支付5\.60元/)
    const { setlinfo } = await settle(shop, who, [{ drug: 'famotidine', count: 1, price: 3 }])
    expect(setlinfo.acct_pay).toBe(3)
    practice.playScenario(null)
    expect(balance()).toBe(150_000 - 300)
    expect((await settle(shop, who, [famotidine()])).setlinfo.acct_pay).toBe(5.6)
  })

  test('balance too low leaves nobody richer, also when played twice and when its settlement is cancelled later', async () => {
    const before = practice.books.people().map(({ psnNo, balanceFen }) => [psnNo, balanceFen])
    practice.playScenario('balance-too-low')
    practice.playScenario('balance-too-low')
    const { setlinfo } = await settle(shop, who, [{ drug: 'famotidine', count: 1, price: 3 }])
    practice.playScenario('all-well')
    await shop.ok('2103', { data: { setl_id: setlinfo.setl_id, mdtrt_id: setlinfo.mdtrt_id, psn_no: who.psnNo } }, area(who))
    expect(practice.books.people().map(({ psnNo, balanceFen }) => [psnNo, balanceFen])).toEqual(before)
  })

  test('voucher expired: good while it is fresh, refused six seconds later, good again when it is shown again', async () => {
    practice.playScenario('voucher-expired')
    const credential = async (): Promise<Json> => ({ ...idCard(who), mdtrt_cert_type: '01', mdtrt_cert_no: await voucherOf(shop, 'employee') })
    const shown = await credential()
    expect(await shop.ok('1101', { data: shown })).toHaveProperty('baseinfo')
    now += 7_000
    expect(await shop.refusal('2101', trial(shop, who, [famotidine()], shown), area(who))).toBe('医保电子凭证令牌已失效,请重新扫码')
    expect(await shop.ok('2101', trial(shop, who, [famotidine()], await credential()), area(who))).toHaveProperty('setlinfo')
  })

  test('sold elsewhere: the first pack of a drug is refused and asked about, another pack of it is good', async () => {
    practice.playScenario('sold-elsewhere')
    const [first, second] = freshCodes('famotidine', 2) as [string, string]
    const asked = (await shop.ok('3513', { data: { fixmedins_code: 'P99999900001', med_list_codg: 'XA02BAF006A001010100269', drug_trac_codg: first } })).output as Json[]
    expect(asked.map(({ fixmedinsCode }) => fixmedinsCode)).toEqual(['P99999900002'])
    for (let again = 0; again < 2; again += 1)
      expect(await shop.refusal('2102', purchase(shop, who, [{ ...famotidine(), codes: [first] }]), area(who))).toContain('已在其他机构销售')
    await shop.ok('2102', purchase(shop, who, [{ ...famotidine(), codes: [second] }]), area(who))
    practice.playScenario(null)
    await shop.ok('2102', purchase(shop, who, [{ ...famotidine(), codes: [first] }]), area(who))
  })

  test('line down: cut off until it ends', async () => {
    practice.playScenario('down-at-noon')
    await expect(shop.call('1101', { data: idCard(who) })).rejects.toThrow()
    await expect(shop.call('1101', { data: idCard(who) })).rejects.toThrow()
    practice.playScenario(null)
    expect(await shop.ok('1101', { data: idCard(who) })).toHaveProperty('baseinfo')
  })

  test('answer lost: booked once, its answer lost, the reversal taken, the next settlement answered', async () => {
    practice.playScenario('answer-lost')
    const msgid = shop.newMsgid()
    await expect(shop.call('2102', purchase(shop, who, [famotidine()]), { ...area(who), msgid })).rejects.toThrow()
    expect(practice.books.settlementOfMessage(msgid)?.state).toBe('booked')
    await shop.ok('2601', { data: { psn_no: who.psnNo, omsgid: msgid, oinfno: '2102' } }, area(who))
    expect(practice.books.settlementOfMessage(msgid)?.state).toBe('reversed')
    expect((await settle(shop, who, [famotidine()])).setlinfo.setl_id).toBeDefined()
  })

  test('reconciliation differs: one settlement more and one yuan more, and balanced again afterwards', async () => {
    const { setlinfo } = await settle(shop, who, [famotidine()])
    const ours = { medfee_sumamt: setlinfo.medfee_sumamt, fund_pay_sumamt: setlinfo.fund_pay_sumamt, acct_pay: setlinfo.acct_pay, fixmedins_setl_cnt: 1 }
    expect(await stmt(ours)).toBe('0')
    practice.playScenario('reconcile-differs')
    expect(await stmt(ours)).toBe('1')
    expect(practice.books.settlements().map(({ totalFen, fundFen }) => [totalFen, fundFen])).toEqual([[660, 100], [990, 0]])
    practice.playScenario(null)
    expect(await stmt(ours)).toBe('0')
    expect(practice.books.settlements().length).toBe(1)
  })

  test('slow line: nothing is lost, everything takes its time', async () => {
    practice.playScenario('slow-line')
    const started = performance.now()
    await shop.ok('1101', { data: idCard(who) })
    // Longer than any answer without the lesson; not a measure of speed.
    expect(performance.now() - started).toBeGreaterThan(2_000)
  })

  test('clock off: the gateway refuses the signature as too old, and takes it again afterwards', async () => {
    practice.playScenario('clock-off')
    expect((await shop.call('1101', { data: idCard(who) })).body).toEqual({ code: 401, message: '签名时间戳超时!' })
    practice.playScenario(null)
    expect(await shop.ok('1101', { data: idCard(who) })).toHaveProperty('baseinfo')
  })

  test('claim check: two packs of a drug are found excessive, one is not, and two are silent again afterwards', async () => {
    const found = async (packs: number): Promise<Json[]> => (await shop.ok('3102', claimInput(shop, '3102', { orders: [{ cnt: packs }] }))).result as Json[]
    expect(await found(2)).toEqual([])
    practice.playScenario('claim-check-finds')
    expect(await found(2)).toMatchObject([{ rule_name: '超量购药', sev_deg: '2' }])
    expect(await found(1)).toEqual([])
    practice.playScenario(null)
    expect(await found(2)).toEqual([])
  })

  test('that nobody knows is refused and the one that plays goes on', () => {
    practice.playScenario('balance-too-low')
    expect(() => practice.playScenario('nothing-of-the-kind')).toThrow()
    expect(balance()).toBe(500)
  })

  test('does not outlive the province: what it changed is taken back at the next start', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lesson-'))
    const dataFile = join(folder, 'books.json')
    try {
      const first = await startPractice({ dataFile, clock: () => now })
      first.playScenario('reconcile-differs')
      first.playScenario('balance-too-low')
      expect(first.books.person(who.psnNo)!.balanceFen).toBe(500)
      await first.close()
      const second = await startPractice({ dataFile, clock: () => now })
      expect(second.books.person(who.psnNo)!.balanceFen).toBe(150_000)
      expect(second.books.settlements()).toEqual([])
      await second.close()
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
