import { beforeEach, describe, expect, test } from 'vitest'
import { FaultPlan, runFaultPlan } from '../../electron/practice/fault-plan.ts'
import type { FaultAction } from '../../electron/practice/fault-plan.ts'
import { startPractice } from '../../electron/practice/server.ts'
import type { Practice, PracticeLogLine } from '../../electron/practice/server.ts'
import { area, DRUGS, freshCodes, idCard, purchase, reverseInput, rowResult, settle, soldRow } from './support/messages.ts'
import { NOON, person, signedIn } from './support/shop.ts'
import type { Json, Reply, Shop } from './support/shop.ts'

let practice: Practice
let shop: Shop
let lines: PracticeLogLine[] = []
beforeEach(async () => {
  lines = []
  practice = await startPractice({ clock: () => NOON, log: (line) => lines.push(line), profile: { answerForms: 'plain' } })
  shop = await signedIn(practice)
  return () => practice.close()
})

const who = person('employee')
const read = { data: idCard(who) }
const input = (): Json => purchase(shop, who, [{ drug: 'famotidine', count: 1, price: 5.6 }])
const on = (infno: string, action: FaultAction, more: Json = {}): void => practice.setFaults({ rules: [{ infno, action, ...more }] })
/** A settlement under fire: what came back (null = nothing usable) and whether it was booked. */
const attempt = async (): Promise<{ reply: Reply | null; booked: boolean; msgid: string }> => {
  const msgid = shop.newMsgid()
  const reply = await shop.call('2102', input(), { ...area(who), msgid }).catch(() => null)
  return { reply, booked: practice.books.settlementOfMessage(msgid) !== undefined, msgid }
}

const setlinfoOf = (reply: Reply | null): Json => {
  if (reply === null) throw new Error('no answer came back')
  return (reply.body.output as Json).setlinfo as Json
}

describe('a fault', () => {
  test.each(['destroy', 'hang'] as const)('loses the answer after booking (%s): nothing comes back, the money is booked', async (how) => {
    on('2102', { kind: 'lose-answer-after-booking', how })
    if (how === 'hang') {
      const msgid = shop.newMsgid()
      const body = JSON.stringify(shop.envelope('2102', input(), { ...area(who), msgid }))
      await expect(fetch(practice.url, { method: 'POST', headers: shop.headers('2102'), body, signal: AbortSignal.timeout(200) })).rejects.toThrow(
        /timeout|aborted/i,
      )
      expect(practice.books.settlementOfMessage(msgid)).toMatchObject({ state: 'booked' })
    } else expect(await attempt()).toMatchObject({ reply: null, booked: true })
  })

  test('loses the call before booking: nothing comes back, nothing is booked, and a reversal keeps it so', async () => {
    on('2102', { kind: 'lose-before-booking', how: 'destroy' })
    const lost = await attempt()
    expect(lost).toMatchObject({ reply: null, booked: false })
    practice.setFaults({})
    expect(await shop.ok('2601', reverseInput(who, lost.msgid), area(who))).toBeNull()
    expect(await shop.refusal('2102', input(), { ...area(who), msgid: lost.msgid })).toBe('原交易已冲正')
  })

  test('delays before booking, so that a reversal overtakes the original', async () => {
    on('2102', { kind: 'delay', ms: 300, when: 'before' })
    const msgid = shop.newMsgid()
    const late = shop.call('2102', input(), { ...area(who), msgid })
    await new Promise((resolve) => setTimeout(resolve, 50))
    await shop.ok('2601', reverseInput(who, msgid), area(who))
    expect((await late).body.err_msg).toBe('原交易已冲正')
    expect(practice.books.settlements()).toEqual([])
  })

  test('delays after booking: the money is booked while the client waits', async () => {
    on('2102', { kind: 'delay', ms: 300, when: 'after' })
    const msgid = shop.newMsgid()
    const late = shop.call('2102', input(), { ...area(who), msgid })
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(practice.books.settlementOfMessage(msgid)).toMatchObject({ state: 'booked' })
    expect(Number((await late).body.infcode)).toBe(0)
  })

  test('refuses in a text of its own, after the checks', async () => {
    on('2102', { kind: 'refuse', text: '中心系统维护', infcode: -2 })
    expect((await attempt()).reply?.body).toMatchObject({ infcode: -2, err_msg: '中心系统维护', output: null })
    expect(await shop.refusal('2102', {}, area(who))).toContain('节点[druginfo]不能为空')
  })

  test('refuses one row of the stock family, and only of it', async () => {
    on('*', { kind: 'row-refused', text: '库存不足' })
    expect(rowResult(await shop.ok('3505', soldRow(shop, 'famotidine', freshCodes('famotidine', 1))))).toEqual({ retRslt: '0', msgRslt: '库存不足' })
    expect(practice.books.saleUploads()).toEqual([])
    expect((await attempt()).booked).toBe(true)
    expect(
      await shop.ok('3592B', { data: { med_list_codg: DRUGS.famotidine.code, fixmedins_hilist_id: 'I', fixmedins_hilist_name: 'N', fixmedins_bchno: 'B' } }),
    ).toHaveProperty('result.drug_trac_codg')
  })

  test.each(['truncated', 'html', 'empty', 'not-json'] as const)('garbles the answer (%s) after booking, or before', async (how) => {
    on('2102', { kind: 'garble', how, when: 'after' })
    const after = await attempt()
    expect(after.booked).toBe(true)
    expect(() => JSON.parse(after.reply?.text ?? '') as unknown).toThrow(SyntaxError)
    on('2102', { kind: 'garble', how, when: 'before' })
    const before = await attempt()
    expect(before.booked).toBe(false)
    expect(() => JSON.parse(before.reply?.text ?? '') as unknown).toThrow(SyntaxError)
  })

  test.each([
    ['missing-headers', '缺少服务网关的请求头!'],
    ['user', '非法用户!'],
    ['timestamp', '签名时间戳超时!'],
    ['signature', '签名不一致!'],
  ] as const)('plays the gateway refusal %s', async (which, message) => {
    on('2102', { kind: 'gateway', which })
    const { reply, booked } = await attempt()
    expect([reply?.body, booked]).toEqual([{ code: 401, message }, false])
  })

  test('breaks the line in the middle of the body, after booking', async () => {
    on('2102', { kind: 'close-mid-body' })
    expect(await attempt()).toMatchObject({ reply: null, booked: true })
  })

  test('delivers a message twice: booked once, answered by the first or the second', async () => {
    on('2102', { kind: 'duplicate-delivery', answer: 'first' })
    const first = await attempt()
    expect([Number(first.reply?.body.infcode), practice.books.settlements().length]).toEqual([0, 1])
    on('2102', { kind: 'duplicate-delivery', answer: 'second' })
    const second = await attempt()
    expect([second.reply?.body.err_msg, second.booked, practice.books.settlements().length]).toEqual(['发送方报文ID(msgid)重复', true, 2])
  })

  test('answers with an HTTP status before or after booking', async () => {
    on('2102', { kind: 'http-status', status: 502, when: 'before' })
    expect(await attempt()).toMatchObject({ reply: { status: 502 }, booked: false })
    on('2102', { kind: 'http-status', status: 500, when: 'after' })
    expect(await attempt()).toMatchObject({ reply: { status: 500 }, booked: true })
  })

  test('answers for another message', async () => {
    on('2102', { kind: 'wrong-refmsgid' })
    const { reply, booked, msgid } = await attempt()
    const setlinfo = setlinfoOf(reply)
    expect(booked).toBe(true)
    expect(setlinfo.medins_setl_id).toMatch(/^P99999900002/)
    expect(setlinfo.medins_setl_id).not.toBe(msgid)
    expect(reply?.body.inf_refmsgid).toBe(setlinfo.medins_setl_id)
  })

  test('answers figures that contradict each other; the books do not', async () => {
    on('2102', { kind: 'contradictory-figures' })
    const { reply, msgid } = await attempt()
    const setlinfo = setlinfoOf(reply)
    expect(setlinfo).toMatchObject({ medfee_sumamt: 5.6, acct_pay: 5.6, psn_cash_pay: 1 })
    expect(practice.books.settlementOfMessage(msgid)).toMatchObject({ cashFen: 0 })
  })

  test('takes the gateway down for a while; the box on the till stays', async () => {
    on('2102', { kind: 'down', seconds: 0.3 })
    expect(await attempt()).toMatchObject({ reply: null, booked: false })
    practice.setFaults({})
    await expect(shop.ok('1101', read)).rejects.toThrow('fetch failed')
    expect((await fetch(`${practice.localServiceUrl}/id-card`, { method: 'POST', body: JSON.stringify({ idNumber: who.idNumber }) })).status).toBe(200)
    await new Promise((resolve) => setTimeout(resolve, 350))
    expect(await shop.ok('1101', read)).toHaveProperty('baseinfo')
  })

  test('of the voucher service is named 6101', async () => {
    practice.setFaults({ rules: [{ infno: '6101', action: { kind: 'lose-before-booking', how: 'destroy' } }] })
    await expect(fetch(`${practice.localServiceUrl}/ecert`, { method: 'POST', body: '{}' })).rejects.toThrow()
    expect((await fetch(`${practice.localServiceUrl}/id-card`, { method: 'POST', body: '{}' })).status).toBe(400)
    practice.setFaults({ rules: [{ infno: '*', action: { kind: 'lose-before-booking', how: 'destroy' } }] })
    expect((await fetch(`${practice.localServiceUrl}/ecert`, { method: 'POST', body: '{}' })).status).toBe(400)
  })
})

test('the line can be taken down and put up by hand', async () => {
  practice.setDown(Number.POSITIVE_INFINITY)
  await expect(shop.ok('1101', read)).rejects.toThrow('fetch failed')
  practice.setDown(null)
  expect(await shop.ok('1101', read)).toHaveProperty('baseinfo')
})

test('the log says what was asked, answered and spoilt, and nothing personal', async () => {
  lines = []
  on('2102', { kind: 'lose-answer-after-booking', how: 'destroy' })
  await attempt()
  await settle(shop, who, [{ drug: 'famotidine', count: 1, price: 5.6 }]).catch(() => null)
  await shop.refusal('1101', { data: { ...idCard(who), psn_name: '李四' } })
  expect(lines.map(({ infno, outcome, faults }) => [infno, outcome, faults])).toEqual([
    ['2102', 'lost', ['lose-answer-after-booking']],
    ['2102', 'lost', ['lose-answer-after-booking']],
    ['1101', 'refused', []],
  ])
  for (const secret of [who.idNumber, who.name, '李四', who.eVoucher]) expect(JSON.stringify(lines)).not.toContain(secret)
})

describe('a plan', () => {
  const action: FaultAction = { kind: 'close-mid-body' }
  const hits = (rule: Json, calls: readonly string[]): string => {
    const fires = runFaultPlan({ rules: [{ infno: '2102', action, ...rule }] })
    return calls.map((infno) => (fires(infno).length > 0 ? 'x' : '.')).join('')
  }
  const six = ['2102', '2102', '2102', '2102', '2102', '2102']

  test.each([
    ['every call', {}, six, 'xxxxxx'],
    ['the nth of its kind', { nth: 2 }, ['1101', '2102', '2102', '2102'], '..x.'],
    ['every other', { every: 2 }, six, '.x.x.x'],
    ['the first so many', { count: 2 }, six, 'xx....'],
    ['every other, so many times', { every: 2, count: 1 }, six, '.x....'],
    ['all kinds', { infno: '*', nth: 3 }, ['9001', '1101', '2102', '2102'], '..x.'],
    ['only its kind', {}, ['1101', '3505'], '..'],
    ['never', { probability: 0 }, six, '......'],
    ['surely', { probability: 1 }, six, 'xxxxxx'],
  ])('hits %s', (_, rule, calls, pattern) => {
    expect(hits(rule, calls)).toBe(pattern)
  })

  test('draws the same chances from the same seed', () => {
    const many = Array.from({ length: 200 }, () => '2102')
    const drawn = hits({ probability: 0.3, seed: 7 }, many)
    expect(hits({ probability: 0.3, seed: 7 }, many)).toBe(drawn)
    expect(hits({ probability: 0.3, seed: 8 }, many)).not.toBe(drawn)
    expect([...drawn].filter((hit) => hit === 'x').length).toBeGreaterThan(30)
    expect([...drawn].filter((hit) => hit === 'x').length).toBeLessThan(90)
  })

  test.each([
    [{ rules: [{ infno: '2102', action: { kind: 'explode' } }] }],
    [{ rules: [{ infno: '2102' }] }],
    [{ rules: [{ infno: '2102', action: { kind: 'delay', ms: -1 } }] }],
    [{ rules: [{ infno: '2102', action, nth: 0 }] }],
    [{ rule: [] }],
  ])('%j is refused', (plan) => {
    expect(FaultPlan.safeParse(plan).success).toBe(false)
  })

  test('several rules act on one call', async () => {
    practice.setFaults({
      rules: [
        { infno: '2102', action: { kind: 'delay', ms: 1, when: 'after' } },
        { infno: '2102', nth: 1, action: { kind: 'wrong-refmsgid' } },
        { infno: '2102', action: { kind: 'contradictory-figures' } },
      ],
    })
    const { reply } = await attempt()
    const setlinfo = setlinfoOf(reply)
    expect([setlinfo.psn_cash_pay, String(setlinfo.medins_setl_id).slice(0, 12)]).toEqual([1, 'P99999900002'])
  })
})
