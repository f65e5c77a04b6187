import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { practicePeople } from '../../electron/practice/people.ts'
import { startPractice } from '../../electron/practice/server.ts'
import type { Practice } from '../../electron/practice/server.ts'
import { area, idCard, settle } from './support/messages.ts'
import { NOON, person, signedIn } from './support/shop.ts'
import type { Json, Shop } from './support/shop.ts'

let practice: Practice
let shop: Shop
let now = NOON
beforeAll(async () => {
  practice = await startPractice({ clock: () => now, profile: { answerForms: 'plain' } })
  shop = await signedIn(practice, () => now)
})
afterAll(() => practice.close())

const local = async (path: string, body: unknown): Promise<{ status: number; body: Json }> => {
  const response = await fetch(`${practice.localServiceUrl}${path}`, { method: 'POST', body: JSON.stringify(body) })
  return { status: response.status, body: (await response.json()) as Json }
}
const voucherRequest = (qr: string): Json => ({ qr, orgId: 'P99999900001', businessType: '02121', operatorId: '1001', operatorName: '练习员' })

describe('the people', () => {
  test('are made up and well formed: ID region 999999 with a right check digit, vouchers of province 43', () => {
    const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    for (const who of practicePeople()) {
      const sum = weights.reduce((total, weight, i) => total + weight * Number(who.idNumber[i]), 0)
      expect(who.idNumber.slice(0, 6)).toBe('999999')
      expect('10X98765432'[sum % 11]).toBe(who.idNumber[17])
      expect(who.idNumber.slice(6, 14)).toBe(who.born.replaceAll('-', ''))
      expect(Number(who.idNumber[16]) % 2 === 1 ? '1' : '2').toBe(who.gender)
      expect(who.eVoucher).toMatch(/^424\d{19}430000$/)
      expect(who.eVoucher).toHaveLength(28)
    }
    expect(new Set(practicePeople().flatMap((who) => [who.idNumber, who.eVoucher, who.socialCard, who.psnNo])).size).toBe(practicePeople().length * 4)
  })
})

describe('the box on the till', () => {
  test('decodes a voucher into a token that 1101 takes', async () => {
    const who = person('employee')
    const decoded = await local('/ecert', voucherRequest(who.eVoucher))
    expect(decoded).toMatchObject({ status: 200, body: { userName: who.name, idNo: who.idNumber, idType: '01', insuOrg: '999900' } })
    const output = await shop.ok('1101', { data: { ...idCard(who), mdtrt_cert_type: '01', mdtrt_cert_no: decoded.body.ecToken } })
    expect(output.baseinfo).toMatchObject({ psn_no: who.psnNo })
  })
  test('gives another token at each reading', async () => {
    const [first, second] = [
      await local('/ecert', voucherRequest(person('employee').eVoucher)),
      await local('/ecert', voucherRequest(person('employee').eVoucher)),
    ]
    expect(first.body.ecToken).not.toBe(second.body.ecToken)
  })
  test('reads cards', async () => {
    const who = person('retired-chronic')
    expect(await local('/social-card', { cardNumber: who.socialCard })).toEqual({
      status: 200,
      body: { userName: who.name, idNo: who.idNumber, idType: '01', cardNumber: who.socialCard, cardSn: who.cardSerial },
    })
    expect(await local('/id-card', { idNumber: who.idNumber })).toEqual({ status: 200, body: { userName: who.name, idNo: who.idNumber, idType: '01' } })
  })
  test.each([
    ['/ecert', voucherRequest(`424${'0'.repeat(25)}`), 404, '医保电子凭证二维码无效或已过期'],
    ['/ecert', { ...voucherRequest('x'), businessType: '01101' }, 400, '02121'],
    ['/ecert', { ...voucherRequest('x'), businessType: '99999' }, 400, '不在字典中'],
    ['/ecert', { ...voucherRequest('x'), orgId: 'P00000000000' }, 400, '未登记'],
    ['/ecert', { qr: 'x' }, 400, '请求参数错误'],
    ['/social-card', { cardNumber: '1' }, 404, '未读到社会保障卡'],
    ['/id-card', { idNumber: '1' }, 404, '未读到居民身份证'],
    ['/fingerprint', {}, 404, '本地服务不存在'],
  ])('%s %o is refused with %i', async (path, body, status, text) => {
    const answer = await local(path, body)
    expect([answer.status, answer.body.code]).toEqual([status, status])
    expect(answer.body.message).toContain(text)
  })
  test('can be told to take each QR once only', async () => {
    const strict = await startPractice({ profile: { voucherReadAgain: 'refuse' } })
    try {
      const read = async (): Promise<number> =>
        (await fetch(`${strict.localServiceUrl}/ecert`, { method: 'POST', body: JSON.stringify(voucherRequest(person('employee').eVoucher)) })).status
      expect([await read(), await read(), await read()]).toEqual([200, 410, 410])
    } finally {
      await strict.close()
    }
  })
})

describe('1101', () => {
  test('answers who it is, how insured and with which balance', async () => {
    const who = person('employee')
    expect(await shop.ok('1101', { data: idCard(who) })).toEqual({
      baseinfo: {
        psn_no: who.psnNo,
        psn_cert_type: '01',
        certno: who.idNumber,
        psn_name: '张三',
        gend: '1',
        naty: '1',
        brdy: '1980-01-01',
        age: 46.8,
        exp_content: '',
      },
      insuinfo: [
        {
          balc: 1500,
          insutype: '310',
          psn_type: '11',
          psn_insu_stas: '1',
          psn_insu_date: '2010-01-01',
          paus_insu_date: null,
          cvlserv_flag: '0',
          insuplc_admdvs: '999900',
          emp_name: '练习某某公司',
        },
      ],
      idetinfo: [],
    })
  })
  test('shows paused insurance instead of refusing it', async () => {
    expect((await shop.ok('1101', { data: idCard(person('paused')) })).insuinfo).toMatchObject([{ psn_insu_stas: '2', paus_insu_date: '2024-06-01' }])
  })
  test('takes a social card with its serial', async () => {
    const who = person('employee')
    const card = { ...idCard(who), mdtrt_cert_type: '03', mdtrt_cert_no: who.socialCard }
    expect(await shop.ok('1101', { data: { ...card, card_sn: who.cardSerial } })).toHaveProperty('baseinfo')
    expect(await shop.refusal('1101', { data: card })).toContain('卡识别码(card_sn)不能为空')
    expect(await shop.refusal('1101', { data: { ...card, card_sn: person('paused').cardSerial } })).toContain('社会保障卡与人员信息不一致')
  })
  test('does not know a person who can be read but is not insured anywhere', async () => {
    const who = person('unknown')
    const decoded = await local('/ecert', voucherRequest(who.eVoucher))
    expect(decoded.status).toBe(200)
    expect(await shop.refusal('1101', { data: { ...idCard(who), mdtrt_cert_type: '01', mdtrt_cert_no: decoded.body.ecToken } })).toBe(
      '本地查询错误:该参保人的基本信息为空null',
    )
  })
  test.each([
    [{ psn_name: '李四' }, '不一致'],
    [{ mdtrt_cert_no: '999999199103120136' }, '不一致'],
    [{ psn_cert_type: '02' }, '为空null'],
    [{ mdtrt_cert_type: '01', mdtrt_cert_no: '4242026000000000000148430000' }, '令牌无效'],
  ])('refuses %o', async (change, text) => {
    expect(await shop.refusal('1101', { data: { ...idCard(person('employee')), ...change } })).toContain(text)
  })
  test("refuses another person's voucher token and an old one", async () => {
    const { body } = await local('/ecert', voucherRequest(person('employee').eVoucher))
    const other = person('retired-chronic')
    expect(await shop.refusal('1101', { data: { ...idCard(other), mdtrt_cert_type: '01', mdtrt_cert_no: body.ecToken } })).toContain('与人员信息不一致')
    const before = now
    now += 1440 * 60_000 + 1
    await shop.signIn()
    expect(await shop.refusal('1101', { data: { ...idCard(person('employee')), mdtrt_cert_type: '01', mdtrt_cert_no: body.ecToken } })).toContain('令牌已失效')
    now = before
    await shop.signIn()
  })
})

describe('2001', () => {
  const ask = async (key: string, change: Json): Promise<Json[]> => {
    const who = person(key)
    const data = {
      psn_no: who.psnNo,
      insutype: who.insurance.insutype,
      fixmedins_code: 'P99999900001',
      med_type: '41',
      begntime: '2026-11-21 10:00:00',
      ...change,
    }
    return (await shop.ok('2001', { data }, area(who))).trtinfo as Json[]
  }
  test('says per fund who pays', async () => {
    expect(await ask('employee', {})).toMatchObject([
      { fund_pay_type: '310100', trt_enjymnt_flag: '0', trt_chk_rslt: '定点药店购药统筹基金不支付' },
      { fund_pay_type: '310200', trt_enjymnt_flag: '1' },
    ])
    expect(await ask('employee', { med_type: '11' })).toMatchObject([
      { fund_pay_type: '310102', trt_enjymnt_flag: '1' },
      { fund_pay_type: '310200', trt_enjymnt_flag: '1' },
    ])
  })
  test("gives a chronic filing's own dates", async () => {
    expect((await ask('retired-chronic', { med_type: '14', dise_codg: 'M01600' }))[0]).toMatchObject({
      trt_enjymnt_flag: '1',
      begndate: '2021-03-15',
      enddate: '2120-11-01',
    })
  })
  test.each([
    ['paused', {}, '暂停参保'],
    ['other-region', {}, '异地'],
    ['employee', { insutype: '390' }, '未参加'],
    ['employee', { med_type: '18' }, '未开通'],
    ['retired-chronic', { med_type: '14' }, '必须填写病种编码'],
    ['employee', { med_type: '14', dise_codg: 'M01600' }, '未查询到'],
    ['expired-filing', { med_type: '14', dise_codg: 'M04600' }, '不在有效期内'],
    ['resident-chronic', { med_type: '9901', dise_codg: 'M01600' }, '未查询到'],
  ])('%s %o: one fund, not enjoyed, with the reason', async (key, change, reason) => {
    const rows = await ask(key, change)
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ trt_enjymnt_flag: '0' })
    expect(rows[0]!.trt_chk_rslt).toContain(reason)
  })
  test('knows the two-disease registration', async () => {
    expect((await ask('resident-two-disease', { med_type: '9901', dise_codg: 'M03900' }))[0]).toMatchObject({ fund_pay_type: '390100', trt_enjymnt_flag: '1' })
  })
  test("is asked for one's own institution only", async () => {
    const who = person('employee')
    const data = { psn_no: who.psnNo, insutype: '310', fixmedins_code: 'P99999900002', med_type: '41', begntime: '2026-11-21 10:00:00' }
    expect(await shop.refusal('2001', { data }, area(who))).toContain('fixmedins_code')
  })
})

describe('5301', () => {
  test('lists the filings that are valid now, and by the profile all', async () => {
    const list = async (till: Shop, key: string): Promise<unknown> =>
      (await till.ok('5301', { data: { psn_no: person(key).psnNo } }, area(person(key)))).feedetail
    expect(await list(shop, 'retired-chronic')).toEqual([
      { opsp_dise_code: 'M03900', opsp_dise_name: '高血压病', begndate: '2020-10-01', enddate: '2120-11-01' },
      { opsp_dise_code: 'M01600', opsp_dise_name: '糖尿病', begndate: '2021-03-15', enddate: '2120-11-01' },
    ])
    expect(await list(shop, 'expired-filing')).toEqual([])
    const other = await startPractice({ clock: () => NOON, profile: { filings: 'all' } })
    try {
      expect(await list(await signedIn(other), 'expired-filing')).toEqual([
        { opsp_dise_code: 'M04600', opsp_dise_name: '冠心病', begndate: '2018-01-01', enddate: '2023-12-31' },
      ])
    } finally {
      await other.close()
    }
  })
})

describe('5206', () => {
  test("gives the year's accumulators, which settlements feed", async () => {
    const who = person('retired-chronic')
    const list = async (): Promise<Json[]> => (await shop.ok('5206', { data: { psn_no: who.psnNo, cum_ym: '' } }, area(who))).cuminfo as Json[]
    const of = (rows: Json[], code: string): unknown => rows.find((row) => row.cum_type_code === code)?.cum
    const before = await list()
    expect([of(before, 'T0014'), of(before, 'Q0011'), of(before, 'G0014')]).toEqual([0, 0, undefined])
    // 2 × 3.56 = 7.12 in scope × 85 % = 6.052 → 6.05 fund, 1.07 account
    await settle(shop, who, [{ drug: 'metformin', count: 2, price: 3.56 }], { med_type: '14', dise_codg: 'M01600' })
    const after = await list()
    expect([of(after, 'T0014'), of(after, 'G0014')]).toEqual([6.05, 1.07])
    expect(after.every((row) => row.insutype === '310' && row.year === '2026' && row.cum_ym === '202611')).toBe(true)
    expect(await shop.ok('5206', { data: { psn_no: who.psnNo, cum_ym: '202512' } }, area(who))).toMatchObject({
      cuminfo: expect.arrayContaining([expect.objectContaining({ cum_type_code: 'T0014', cum: 0, year: '2025' })]),
    })
  })
  test('refuses a month that is none', async () => {
    expect(await shop.refusal('5206', { data: { psn_no: person('employee').psnNo, cum_ym: '202613' } }, area(person('employee')))).toContain('cum_ym')
  })
})

describe('9001 and 9002', () => {
  const signOut = (signNo: string): Json => ({ signOut: { sign_no: signNo, opter_no: '1001' } })
  test('after 9002 the number is used up; another sign-in gives another', async () => {
    const till = await signedIn(practice, () => now)
    const first = till.signNo
    expect(await till.ok('9002', signOut(first))).toEqual({ sign_time: { sign_time: '2026-11-21 10:00:00' } })
    expect(await till.refusal('1101', { data: idCard(person('employee')) })).toContain('已签退')
    await till.signIn()
    expect(till.signNo).not.toBe(first)
  })
  test('by the profile an operator who left does not come back that day', async () => {
    let at = NOON
    const other = await startPractice({ clock: () => at, profile: { signInAgain: 'refuse' } })
    try {
      const till = await signedIn(other, () => at)
      await till.ok('9002', signOut(till.signNo))
      expect(await till.refusal('9001', { signIn: { opter_no: '1001', mac: 'm', ip: 'i' } })).toContain('不能再次签到')
      at += 24 * 3_600_000
      await till.signIn()
      expect(till.signNo).toMatch(/^20261122/)
    } finally {
      await other.close()
    }
  })
  test('signs in the operator of the envelope', async () => {
    expect(await shop.refusal('9001', { signIn: { opter_no: '1002', mac: 'm', ip: 'i' } })).toContain('opter_no')
  })
})
