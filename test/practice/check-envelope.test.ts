import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startPractice } from '../../electron/practice/server.ts'
import type { Practice } from '../../electron/practice/server.ts'
import { idCard } from './support/messages.ts'
import { NOON, openShop, person, signedIn, timeOf } from './support/shop.ts'
import type { Json, Shop } from './support/shop.ts'

let practice: Practice
let shop: Shop
const who = person('employee')
const read: Json = { data: idCard(who) }
beforeAll(async () => {
  practice = await startPractice({ clock: () => NOON, profile: { answerForms: 'plain' } })
  shop = await signedIn(practice)
})
afterAll(() => practice.close())

describe('the envelope', () => {
  test.each([
    ['infno', '不能为空'],
    ['msgid', '不能为空'],
    ['mdtrtarea_admvs', '不能为空'],
    ['recer_sys_code', '不能为空'],
    ['infver', '不能为空'],
    ['opter_type', '不能为空'],
    ['opter', '不能为空'],
    ['opter_name', '不能为空'],
    ['inf_time', '不能为空'],
    ['fixmedins_code', '不能为空'],
    ['fixmedins_name', '不能为空'],
    ['input', '不能为空'],
  ])('is refused without %s: absent, null, empty and blank', async (field, text) => {
    for (const value of [undefined, null, '', '  ', 'null']) expect(await shop.refusal('1101', read, { [field]: value })).toContain(`(${field})${text}`)
  })

  test.each([
    ['infno', 6],
    ['msgid', 30],
    ['mdtrtarea_admvs', 6],
    ['insuplc_admdvs', 6],
    ['recer_sys_code', 10],
    ['dev_no', 100],
    ['dev_safe_info', 2000],
    ['cainfo', 1024],
    ['signtype', 10],
    ['infver', 6],
    ['opter_type', 3],
    ['opter', 30],
    ['opter_name', 50],
    ['fixmedins_code', 12],
    ['fixmedins_name', 200],
    ['sign_no', 30],
  ])('holds %s to %i characters', async (field, width) => {
    expect(await shop.refusal('1101', read, { [field]: '9'.repeat(width + 1) })).toContain(`(${field})长度不能超过${width}`)
  })

  test('takes the unused fields as absent, empty or the text null', async () => {
    for (const value of [undefined, '', 'null', null]) {
      expect(await shop.ok('1101', read, { dev_no: value, dev_safe_info: value, cainfo: value, signtype: value, insuplc_admdvs: value })).toHaveProperty(
        'baseinfo',
      )
    }
  })

  test('knows its keys by their exact spelling', async () => {
    expect(await shop.refusal('1101', read, { mdtrtarea_admdvs: '999900' })).toContain('未定义的字段[mdtrtarea_admdvs]')
  })

  test('wants texts to be texts', async () => {
    expect(await shop.refusal('1101', read, { opter: 1001 })).toContain('(opter)类型错误')
  })

  test.each([
    ['shorter', 'P9999990000120261121100000001'],
    ['letters in the time', 'P999999000012026112110000A0001'],
    ['no such day', 'P99999900001202602301000000001'],
    ['another institution', 'P99999900002202611211000000001'],
    ['an hour off inf_time', 'P99999900001202611211100000001'],
  ])('refuses a message number with %s', async (_, msgid) => {
    expect(await shop.refusal('1101', read, { msgid })).toContain('msgid')
  })

  test('takes a stored message again within its age, its number belonging to its time', async () => {
    const then = NOON - 20 * 3_600_000
    const stamped = timeOf(then)
    expect(await shop.ok('1101', read, { inf_time: stamped, msgid: `P99999900001${stamped.replace(/\D/g, '')}7777` })).toHaveProperty('baseinfo')
  })

  test.each([[-73 * 3_600_000], [31 * 60_000]])('refuses inf_time %i ms from now', async (drift) => {
    const stamped = timeOf(NOON + drift)
    expect(await shop.refusal('1101', read, { inf_time: stamped, msgid: `P99999900001${stamped.replace(/\D/g, '')}7777` })).toContain('inf_time')
  })

  test.each([
    [{ inf_time: '2026-11-21T10:00:00' }, 'inf_time'],
    [{ inf_time: '2026-02-30 10:00:00' }, 'inf_time'],
    [{ infver: 'V1.0' }, 'infver'],
    [{ recer_sys_code: '98' }, 'recer_sys_code'],
    [{ opter_type: '4' }, 'opter_type'],
    [{ mdtrtarea_admvs: '430000' }, 'mdtrtarea_admvs'],
    [{ fixmedins_code: 'P88888800001' }, 'fixmedins_code'],
  ])('refuses %o', async (change, text) => {
    expect(await shop.refusal('1101', read, change)).toContain(text)
  })

  test('must carry the number the gateway was called by', async () => {
    const body = JSON.stringify(shop.envelope('1101', read))
    expect(String((await shop.post('5301', body)).body.err_msg)).toContain('_api_name')
  })

  test('answers an unknown number under `message`, as one Hunan answer does', async () => {
    const { body } = await shop.call('7777', {})
    expect(Number(body.infcode)).toBe(-1)
    expect(body.err_msg).toBeUndefined()
    expect(body.message).toBe('交易编号[7777]不存在')
  })

  test('is no list and no text', async () => {
    for (const body of ['[]', '"x"', '12', 'null'])
      expect(String((await shop.post('1101', body)).body.message ?? (await shop.post('1101', body)).body.err_msg)).toContain('报文应为JSON对象')
  })
})

describe('the sign-in number', () => {
  test('is wanted by everything but 9001', async () => {
    expect(await shop.refusal('1101', read, { sign_no: '' })).toContain('sign_no')
    expect(await shop.refusal('1101', read, { sign_no: '20261121999999' })).toContain('不存在')
    expect(await shop.refusal('9002', { signOut: { sign_no: shop.signNo, opter_no: '1001' } }, { sign_no: null })).toContain('sign_no')
  })

  test('belongs to one operator', async () => {
    expect(await shop.refusal('1101', read, { opter: '1002' })).toContain('经办人(opter)不一致')
  })

  test('is good for its day only', async () => {
    let now = NOON
    const other = await startPractice({ clock: () => now })
    try {
      const till = await signedIn(other, () => now)
      now += 24 * 3_600_000
      expect(await till.refusal('1101', read)).toContain('签到已过期')
    } finally {
      await other.close()
    }
  })

  test('of another institution is unknown here', async () => {
    const neighbour = { fixmedins_code: 'P99999900002', msgid: `P99999900002${timeOf(NOON).replace(/\D/g, '')}0001` }
    expect(await shop.refusal('1101', read, neighbour)).toContain('签到编号(sign_no)不存在')
  })
})

describe('the insured area', () => {
  test("is wanted as soon as the input carries a person number, and must be that person's", async () => {
    const input = { data: { psn_no: who.psnNo } }
    expect(await shop.refusal('5301', input)).toContain('insuplc_admdvs)不能为空')
    expect(await shop.refusal('5301', input, { insuplc_admdvs: '998800' })).toContain('参保信息不一致')
    expect(await shop.ok('5301', input, { insuplc_admdvs: '999900' })).toEqual({ feedetail: [] })
  })

  test('is not wanted where the person number is left empty', async () => {
    // An empty psn_no is refused by the field table, not by the area rule.
    expect(await shop.refusal('5301', { data: { psn_no: '' } })).toContain('人员编号(psn_no)不能为空')
  })
})

test('the log keeps every answered message in order, refused ones too', async () => {
  const own = await startPractice({ clock: () => NOON })
  try {
    const till = openShop(own)
    await till.refusal('1101', read)
    await till.signIn()
    await till.ok('1101', read)
    expect(own.books.messages().map(({ seq, infno, infcode }) => [seq, infno, infcode])).toEqual([
      [1, '1101', -1],
      [2, '9001', 0],
      [3, '1101', 0],
    ])
  } finally {
    await own.close()
  }
})
