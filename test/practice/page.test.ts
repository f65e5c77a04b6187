import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { request } from 'node:http'
import { isPersonal, masked } from '../../electron/practice/page/mask.ts'
import { CONTENT_SECURITY_POLICY } from '../../electron/practice/page/page-endpoint.ts'
import { watchPassing } from '../../electron/practice/passing.ts'
import { practicePeople } from '../../electron/practice/people.ts'
import { startPractice } from '../../electron/practice/server.ts'
import type { Practice } from '../../electron/practice/server.ts'
import { voucherOf } from './support/examples.ts'
import { area, freshCodes, idCard, purchase, settle, soldRow } from './support/messages.ts'
import { paper } from './support/paper.ts'
import { NOON, person, signedIn } from './support/shop.ts'
import type { Json, Shop } from './support/shop.ts'

let practice: Practice
let shop: Shop
let origin: string
const who = person('employee')
const line = { drug: 'famotidine', count: 1, price: 5.6 } as const
beforeEach(async () => {
  practice = await startPractice({ clock: () => NOON, profile: { answerForms: 'plain' } })
  shop = await signedIn(practice)
  origin = new URL(practice.url).origin
})
afterEach(() => practice.close())

const KEY = { _api_access_key: 'yaogui-practice-access' }
const data = async (path: string): Promise<any> => (await fetch(`${origin}/ui/data/${path}`, { headers: KEY })).json()
const rowsOf = (side: readonly Json[], code: string): Json[] => side.filter((row) => row.code === code)

describe('the page itself', () => {
  test.each([['/ui', 'text/html'], ['/ui/page.js', 'text/javascript'], ['/ui/words.js', 'text/javascript'], ['/ui/page.css', 'text/css']])('%s comes from this server alone, under a strict policy', async (path, type) => {
    const answer = await fetch(origin + path)
    const text = await answer.text()
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toContain(type)
    expect(answer.headers.get('content-security-policy')).toBe(CONTENT_SECURITY_POLICY)
    expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe|\*|https?:/)
    expect(text).not.toMatch(/https?:\/\/|\/\/[a-z]+\.[a-z]|innerHTML|eval\(|style="|onclick="/)
  })

  test('shows nothing to whoever has no key, is no GET, or comes by a foreign name', async () => {
    for (const path of ['state', 'books', 'messages', 'run', 'live', 'message?seq=1']) {
      expect((await fetch(`${origin}/ui/data/${path}`)).status).toBe(401)
      expect((await fetch(`${origin}/ui/data/${path}`, { headers: { _api_access_key: 'guess' } })).status).toBe(401)
    }
    expect((await fetch(`${origin}/ui`, { method: 'POST' })).status).toBe(405)
    expect((await fetch(`${origin}/ui/data/nothing`, { headers: KEY })).status).toBe(404)
    expect((await fetch(`${origin}/ui/../package.json`, { headers: KEY })).status).toBe(404)
    const status = await new Promise<number | undefined>((resolve) => {
      request(`${origin}/ui/data/state`, { headers: { ...KEY, host: 'rebound.example' } }, (answer) => resolve(answer.statusCode)).end()
    })
    expect(status).toBe(403)
  })

  test('both languages say the same things', async () => {
    const { WORDS } = (await import('../../electron/practice/page/static/words.js')) as { WORDS: Record<string, Record<string, string>> }
    expect(Object.keys(WORDS.en!).sort()).toEqual(Object.keys(WORDS['zh-CN']!).sort())
  })
})

describe('messages as they pass', () => {
  test('newest first, each with name, person, outcome, time and the faults that acted', async () => {
    await voucherOf(shop, 'employee')
    await shop.ok('1101', { data: idCard(who) })
    await shop.refusal('1101', { data: { ...idCard(who), psn_name: '' } })
    practice.setFaults({ rules: [{ infno: '2102', action: { kind: 'lose-answer-after-booking', how: 'destroy' } }, { infno: '2001', action: { kind: 'gateway', which: 'user' } }] })
    await expect(shop.call('2102', purchase(shop, who, [line]), area(who))).rejects.toThrow()
    await shop.call('2001', {})
    practice.setDown(60)
    await expect(shop.call('1101', {})).rejects.toThrow()
    const lines = await data('messages')
    expect(lines.map(({ infno, name, person: about, outcome, text, faults }: Json) => [infno, name, about, outcome, text, faults])).toEqual([
      ['1101', '人员信息获取', '', 'lost', 'cut off', ['down']],
      ['2001', '人员待遇享受检查', '', 'gateway', '非法用户!', ['gateway']],
      ['2102', '药店结算', 'employee', 'lost', 'answer lost: accepted ', ['lose-answer-after-booking']],
      ['1101', '人员信息获取', 'employee', 'refused', 'data:人员姓名(psn_name)不能为空', []],
      ['1101', '人员信息获取', 'employee', 'accepted', '', []],
      ['6101', '解析医保电子凭证二维码', 'employee', 'local', '/ecert 200', []],
      ['9001', '签到', '', 'accepted', '', []],
    ])
    for (const { ms } of lines) expect(ms).toBeGreaterThanOrEqual(0)
  })

  test('one opened: both sides by their official names, code values in words, the field a refusal blames', async () => {
    await shop.refusal('1101', { data: { ...idCard(who), psn_name: '' } })
    const [{ seq }] = await data('messages')
    const { sent, answered } = await data(`message?seq=${seq}`)
    expect(rowsOf(sent, 'psn_name')).toEqual([{ kind: 'field', depth: 2, code: 'psn_name', name: '人员姓名', value: '', meaning: '', personal: true, blamed: true }])
    expect(rowsOf(sent, 'psn_cert_type')).toMatchObject([{ name: '人员证件类型', value: '01', meaning: '居民身份证（户口簿）', blamed: false }])
    expect(rowsOf(sent, 'msgid')).toMatchObject([{ name: '发送方报文ID' }])
    expect(rowsOf(answered, 'infcode')).toMatchObject([{ name: '交易状态码', value: '-1' }])
    expect(rowsOf(answered, 'err_msg')[0]!.value).toContain('人员姓名(psn_name)不能为空')
  })

  test('nested rows keep their numbers and names', async () => {
    await settle(shop, who, [{ ...line, count: 2 }])
    const [{ seq }] = await data('messages')
    const { sent, answered } = await data(`message?seq=${seq}`)
    expect(rowsOf(sent, 'durg_trac_info').map(({ row }) => row)).toEqual([1, 2])
    expect(rowsOf(sent, 'drug_trac_codg')).toMatchObject([{ name: '药品追溯码' }, { name: '药品追溯码' }])
    expect(rowsOf(answered, 'fund_pay_sumamt')).toMatchObject([{ name: '基金支付总额', value: '0' }])
  })

  test('who is meant is masked until it is asked for', async () => {
    const token = await voucherOf(shop, 'employee')
    await shop.ok('1101', { data: { ...idCard(who), mdtrt_cert_type: '01', mdtrt_cert_no: token } })
    await settle(shop, who, [line])
    await shop.ok('3505', soldRow(shop, 'famotidine', freshCodes('famotidine', 1), { psn_name: '某顾客甲', certno: who.idNumber }))
    const secrets = [who.name, who.idNumber, who.psnNo, who.eVoucher, token, '某顾客甲']
    const all: string[] = []
    for (const { seq } of await data('messages')) all.push(JSON.stringify(await data(`message?seq=${seq}`)))
    all.push(JSON.stringify(await data('books')), JSON.stringify(await data('run')), JSON.stringify(await data('messages')), JSON.stringify(await data('state')))
    for (const secret of secrets) for (const text of all) expect(text.split(secret).slice(0, -1).map((before) => before.slice(-60) + secret)).toEqual([])
    const clear = JSON.stringify(await data('run?personal=1'))
    for (const secret of secrets) expect(clear).toContain(secret)
    expect(JSON.stringify(await data('books?personal=1'))).toContain(who.psnNo)
  })

  test('nor does a sentence give away who somebody is', async () => {
    practice.setFaults({ rules: [{ infno: '1101', action: { kind: 'refuse', text: `证件${who.idNumber}与凭证${who.eVoucher}、人员${who.psnNo}不符` } }] })
    const said = await shop.refusal('1101', { data: idCard(who) })
    for (const secret of [who.idNumber, who.eVoucher, who.psnNo]) expect(said).toContain(secret)
    const [{ seq }] = await data('messages')
    const text = JSON.stringify([await data('messages'), (await data('run')).messages, await data(`message?seq=${seq}`)])
    for (const secret of [who.idNumber, who.eVoucher, who.psnNo]) expect(text).not.toContain(secret)
    expect(text).toContain('证件99***18与凭证42***00、人员99***01不符')
  })

  test('no value of a person survives masking in any spelling the tables know', () => {
    for (const { idNumber, psnNo, name, eVoucher, socialCard, cardSerial } of practicePeople()) {
      const tree = { data: [{ certno: idNumber, psn_no: psnNo, psn_name: name, patnName: name, userName: name, idNo: idNumber, ssn: idNumber, qr: eVoucher, mdtrt_cert_no: socialCard, card_sn: cardSerial }] }
      const text = JSON.stringify(masked(tree))
      for (const value of [idNumber, psnNo, name, eVoucher, socialCard, cardSerial]) expect(text).not.toContain(value)
    }
  })

  test('every field the tables call a name, a number of a person, a token or a place is one of them', () => {
    const named = new Map<string, string>()
    for (const { input, output } of Object.values(paper)) for (const { fields } of [...input, ...output]) for (const { code, name } of fields) named.set(code, name)
    const said = /姓名|证件号码|联系电话|员电话|地址|令牌$|照片|出生日期|人员编号|个人管理码|单位名称|卡识别码|凭证编号|社会保障号|员(当前)?经度|员纬度|患者身高|患者体重/
    // Of an institution, not of a person.
    const others = new Set(['emp_no'])
    expect([...named].filter(([code, name]) => said.test(name) && !others.has(code) && !isPersonal(code))).toEqual([])
    for (const code of ['fixmedins_name', 'dise_name', 'rule_name', 'hilist_name', 'med_list_codg', 'setl_id', 'msgid', 'drug_trac_codg']) expect([code, isPersonal(code)]).toEqual([code, false])
  })

  test('only the newest are kept, a huge one not at all', async () => {
    const passing = watchPassing({ people: new Map(), tables: { transactions: new Map() } as never }, [])
    const answer = { infcode: 0, output: null } as never
    for (let n = 1; n <= 3_100; n += 1) {
      passing.heard({ msgid: String(n), input: { big: n === 3_100 ? 'x'.repeat(300_000) : 'x'.repeat(12_000) } }, { answer, msgid: String(n), infno: '1', outcome: 'accepted', text: '', file: null })
      passing.ended({ at: n, infno: '1', ms: 1, faults: [], outcome: 'accepted', msgid: String(n), text: '' })
    }
    const kept = passing.list()
    expect(kept.length).toBeLessThan(2_600)
    expect(kept.length).toBeGreaterThan(2_000)
    expect(kept.at(-1)!.seq).toBe(3_100)
    expect(passing.get(3_100)).toMatchObject({ sent: { 报文过大: expect.stringContaining('未保留') } })
    expect(passing.get(1)).toBe(undefined)
    passing.clear()
    expect(passing.list()).toEqual([])
  })

  test('are pushed while they pass, without what is in them', async () => {
    const abort = new AbortController()
    const answer = await fetch(`${origin}/ui/data/live`, { headers: KEY, signal: abort.signal })
    expect(answer.headers.get('content-type')).toContain('text/event-stream')
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader()
    let heard = ''
    await shop.ok('1101', { data: idCard(who) })
    while (!heard.includes('event: passed')) heard += (await reader.read()).value ?? ''
    expect(JSON.parse(/^data: (.*)$/m.exec(heard)![1]!)).toMatchObject({ infno: '1101', outcome: 'accepted', person: 'employee' })
    expect(heard).not.toContain(who.idNumber)
    abort.abort()
  })

  test('an open page does not keep the province from closing', async () => {
    const answer = await fetch(`${origin}/ui/data/live`, { headers: KEY })
    await practice.close()
    expect(await answer.text().catch(() => 'cut off')).toMatch(/^: open|cut off/)
  })
})

describe('the books', () => {
  test('are those of the province, people with what they used this year', async () => {
    const { setlinfo } = await settle(shop, person('retired-chronic'), [{ drug: 'metformin', count: 2, price: 3.56 }], { med_type: '14', dise_codg: 'M01600' })
    const tables: { id: string; columns: { id: string }[]; rows: unknown[][]; total: number }[] = await data('books')
    const table = (id: string): Json[] => {
      const { columns, rows } = tables.find((one) => one.id === id)!
      return rows.map((row) => Object.fromEntries(columns.map((column, index) => [column.id, row[index]])))
    }
    expect(table('settlements')).toMatchObject([{ person: 'retired-chronic', state: 'booked', total: 712, fund: Number(setlinfo.fund_pay_sumamt) * 100, setlId: setlinfo.setl_id }])
    expect(table('people').find((row) => row.person === 'retired-chronic')).toMatchObject({ name: '王*', fund: Math.round(Number(setlinfo.hifp_pay) * 100), balance: Math.round(Number(setlinfo.balc) * 100) })
    expect(table('codes').length).toBe(2)
    expect(table('signIns')).toMatchObject([{ operator: '1001', state: 'in' }])
    expect(table('prescriptions').length).toBe(7)
    for (const { columns, rows } of tables) for (const row of rows) expect(row.length).toBe(columns.length)
  })

  test('a run is exported whole: messages of both sides, books, lesson and faults', async () => {
    practice.playScenario('voucher-expired')
    await settle(shop, who, [line])
    const run = await data('run')
    expect(run).toMatchObject({ scenario: 'voucher-expired', personalValues: 'masked', exportedAt: '2026-11-21 10:00:00' })
    expect(run.messages.at(-1)).toMatchObject({ infno: '2102', sent: { infno: '2102' }, answered: { infcode: 0 } })
    expect(run.books.length).toBe(10)
  })
})
