import { beforeEach, describe, expect, test } from 'vitest'
import { unzipRows, zipRows } from '../../electron/practice/files.ts'
import type { PracticeProfileInput } from '../../electron/practice/profile.ts'
import type { Practice } from '../../electron/practice/server.ts'
import { startPractice } from '../../electron/practice/server.ts'
import { area, cancelInput, reverseInput, settle } from './support/messages.ts'
import { dateOf, NOON, person, signedIn } from './support/shop.ts'
import type { Json, Shop } from './support/shop.ts'

const who = person('employee')
type Cells = (string | null)[]
interface Booked { readonly msgid: string; readonly setlinfo: Json }

let practice: Practice
let shop: Shop
const open = async (detail: PracticeProfileInput['detail'] = {}, rest: PracticeProfileInput = {}): Promise<void> => {
  practice = await startPractice({ clock: () => NOON, profile: { answerForms: 'plain', ...rest, detail } })
  shop = await signedIn(practice, () => NOON)
}
beforeEach(() => async () => practice.close())

const buy = (): Promise<Booked> => settle(shop, who, [{ drug: 'famotidine', count: 2, price: 5.6 }]) as never
/** Our row of it: 11.20, all from the account. */
const rowOf = ({ setlinfo }: Booked, refund = false, sign = '-'): Cells =>
  [String(setlinfo['setl_id']), String(setlinfo['mdtrt_id']), who.psnNo, `${refund ? sign : ''}11.20`, '0.00', `${refund ? sign : ''}11.20`, refund ? '1' : '0']
const upload = async (rows: readonly Cells[]): Promise<string> =>
  String((await shop.ok('9101', { fsUploadIn: { in: Buffer.from(zipRows('ours.txt', rows)).toString('base64'), filename: 'ours.zip', fixmedins_code: 'P99999900001' } }))['file_qury_no'])
const input = (file: string, rows: readonly Cells[], refund: boolean, change: Json = {}): Json => {
  const counted = rows.filter((row) => row[6] === (refund ? '1' : '0'))
  const sum = Math.round(counted.reduce((total, row) => total + Number(row[3]), 0) * 100) / 100
  return { data: {
    setl_optins: '999900', file_qury_no: file, stmt_begndate: dateOf(NOON), stmt_enddate: dateOf(NOON), medfee_sumamt: sum, fund_pay_sumamt: 0, cash_payamt: 0, fixmedins_setl_cnt: counted.length, clr_type: '41',
    refd_setl_flag: refund ? '1' : '0', fixmedins_refd_setl_flag: refund ? '1' : '0', ...change,
  } }
}
const ask = async (rows: readonly Cells[], refund = false, change: Json = {}): Promise<readonly (readonly (string | null)[])[]> => {
  const { fileinfo } = (await shop.ok('3202', input(await upload(rows), rows, refund, change))) as { fileinfo: Json }
  expect(fileinfo['dld_endtime']).toMatch(/^2026-11-28 /)
  const answer = await fetch(practice.url, { method: 'POST', headers: shop.headers('9102'), body: JSON.stringify(shop.envelope('9102', { fsDownloadIn: { file_qury_no: fileinfo['file_qury_no'], filename: fileinfo['filename'], fixmedins_code: 'P99999900001' } })) })
  return unzipRows(new Uint8Array(await answer.arrayBuffer()), 10)
}
const refusal = async (rows: readonly Cells[], refund = false, change: Json = {}): Promise<string> => shop.refusal('3202', input(await upload(rows), rows, refund, change))

describe('3202', () => {
  test('lists what both have, what only one has, and what differs, ten columns each', async () => {
    await open()
    const [one, two, three] = [await buy(), await buy(), await buy()]
    const differs = rowOf(two)
    differs[4] = '1.00'
    const stranger = [...rowOf(one)]
    stranger[0] = '999900202611219999999999'
    expect(await ask([rowOf(one), differs, stranger], false, { fund_pay_sumamt: 1 })).toEqual([
      [who.psnNo, one.setlinfo['mdtrt_id'], one.setlinfo['setl_id'], one.msgid, '0', '0', null, '11.20', '0.00', '11.20'],
      [who.psnNo, two.setlinfo['mdtrt_id'], two.setlinfo['setl_id'], two.msgid, '1', '0', '基金支付总额不一致', '11.20', '0.00', '11.20'],
      [who.psnNo, one.setlinfo['mdtrt_id'], stranger[0], null, '1', '0', '中心端不存在该结算数据', null, null, null],
      [who.psnNo, three.setlinfo['mdtrt_id'], three.setlinfo['setl_id'], three.msgid, '1', '0', '机构端不存在该结算数据', '11.20', '0.00', '11.20'],
    ])
  })
  test('a refund stands in the list of refunds under its own message; a reversed settlement nowhere', async () => {
    await open()
    const [back, gone] = [await buy(), await buy()]
    await shop.ok('2103', cancelInput(who, back.setlinfo), area(who))
    await shop.ok('2601', reverseInput(who, gone.msgid), area(who))
    expect((await ask([rowOf(back)])).map((row) => [row[2], row[4]])).toEqual([[back.setlinfo['setl_id'], '0']])
    const refunds = await ask([rowOf(back), rowOf(back, true)], true)
    expect(refunds.map((row) => [row[2], row[4], row[5], row[7]])).toEqual([[back.setlinfo['setl_id'], '0', '0', '11.20'], [back.setlinfo['setl_id'], '0', '1', '-11.20']])
    expect(refunds[1]?.[3]).not.toBe(back.msgid)
    expect(refunds[1]?.[3]).toMatch(/^P99999900001/)
  })
  test.each([
    ['only what differs', { lists: 'differing' as const }, 0],
    ['not what only the shop has', { listsShopOnly: false }, 1],
  ])('may list %s', async (_name, detail, count) => {
    await open(detail)
    const one = await buy()
    const stranger = [...rowOf(one)]
    stranger[0] = 'none'
    expect(await ask(count === 0 ? [rowOf(one)] : [rowOf(one), stranger])).toHaveLength(count)
  })
  test('may show a reversed settlement with its reversal, and count both in 3201', async () => {
    await open({ reversed: 'pair', totalsCountReversed: true })
    const gone = await buy()
    await shop.ok('2601', reverseInput(who, gone.msgid), area(who))
    expect((await ask([])).map((row) => [row[3], row[5]])).toEqual([[gone.msgid, '0']])
    expect((await ask([], true)).map((row) => row[5])).toEqual(['1'])
  })

  test.each([
    ['a column too many', (row: Cells) => [[...row, 'x']], '列数错误'],
    ['no number of the settlement', (row: Cells) => [[null, ...row.slice(1)]], 'setl_id不能为空'],
    ['a number that is too long', (row: Cells) => [['1'.repeat(31), ...row.slice(1)]], '长度不能超过30'],
    ['an amount with three decimals', (row: Cells) => [[...row.slice(0, 3), '11.200', ...row.slice(4)]], '不是有效的数值'],
    ['an amount below zero', (row: Cells) => [[...row.slice(0, 3), '-11.20', ...row.slice(4)]], '应为正数'],
    ['a flag that is none', (row: Cells) => [[...row.slice(0, 6), '2']], '不在字典中'],
    ['the same twice', (row: Cells) => [row, row], '重复'],
    ['a refund among settlements', (row: Cells) => [[...row.slice(0, 6), '1']], '不符'],
  ])('refuses a file with %s', async (_name, spoil, text) => {
    await open()
    expect(await refusal(spoil(rowOf(await buy())) as Cells[])).toContain(text)
  })
  test.each([
    [{ fixmedins_setl_cnt: 2 }, '笔数'], [{ medfee_sumamt: 11.21 }, '医疗费总额'], [{ fund_pay_sumamt: 0.01 }, '基金支付总额'], [{ stmt_begndate: '2026-11-22', stmt_enddate: '2026-11-21' }, '晚于结束日期'],
    [{ setl_optins: '430000' }, '结算经办机构'], [{ file_qury_no: 'FQ1' }, '文件查询号'], [{ clr_type: 'x' }, '不在字典中'], [{ refd_setl_flag: '1' }, '不一致'], [{ fixmedins_refd_setl_flag: '7', refd_setl_flag: '' }, '不在字典中'],
    [{ stmt_begndate: '2026-13-01' }, '格式错误'], [{ unheard_of: '1' }, '未定义'],
  ])('refuses %o', async (change, text) => {
    await open()
    expect(await refusal([rowOf(await buy())], false, change)).toContain(text)
  })
  test('refuses refunds without, or with, the settlements they undo, where it wants them otherwise; and the wrong sign', async () => {
    await open({ refundRows: 'pair', refundSign: 'negative' })
    const back = await buy()
    await shop.ok('2103', cancelInput(who, back.setlinfo), area(who))
    expect(await refusal([rowOf(back, true)], true)).toContain('缺少对应的正向数据')
    expect(await refusal([rowOf(back), rowOf(back, true, '')], true)).toContain('应为负数')
    await practice.close()
    await open({ refundRows: 'refund-only' })
    const other = await buy()
    await shop.ok('2103', cancelInput(who, other.setlinfo), area(who))
    expect(await refusal([rowOf(other), rowOf(other, true)], true)).toContain('只能有退费数据')
  })
})

describe('2601', () => {
  test('may be refused for what is booked, and may be forgotten for what never arrived', async () => {
    await open({}, { reversalOfBooked: 'refuse', reversalOfUnknown: 'accept-and-forget' })
    const { msgid } = await buy()
    expect(await shop.refusal('2601', reverseInput(who, msgid), area(who))).toContain('不允许冲正')
    const never = shop.newMsgid()
    await shop.ok('2601', reverseInput(who, never), area(who))
    expect(practice.books.reversal(never)).toBeUndefined()
  })
})
