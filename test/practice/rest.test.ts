import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startPractice } from '../../electron/practice/server.ts'
import type { Practice } from '../../electron/practice/server.ts'
import { filled, voucherOf } from './support/examples.ts'
import { area, cancelInput, settle } from './support/messages.ts'
import { dictionary } from './support/paper.ts'
import { NOON, person, signedIn } from './support/shop.ts'
import type { Json, Shop } from './support/shop.ts'

const SHOP = 'P99999900001'
let practice: Practice
let shop: Shop
const who = person('retired-chronic')
const here = area(who)
beforeEach(async () => {
  practice = await startPractice({ clock: () => NOON, profile: { answerForms: 'plain' } })
  shop = await signedIn(practice)
})
afterEach(() => practice.close())
const chronic = (): Promise<{ setlinfo: Json; output: Json }> => settle(shop, who, [{ drug: 'metformin', count: 2, price: 3.56 }, { drug: 'metforminSlow', count: 1, price: 7.18 }], { med_type: '14', dise_codg: 'M01600' })
const key = (setlinfo: Json): Json => ({ psn_no: who.psnNo, setl_id: setlinfo.setl_id, mdtrt_id: setlinfo.mdtrt_id })
const sum = (rows: readonly Json[], code: string): number => Math.round(rows.reduce((total, row) => total + Number(row[code]), 0) * 100) / 100

describe('a settlement asked for again', () => {
  test('5203 is what 2102 answered, and says when it was cancelled', async () => {
    const { setlinfo, output } = await chronic()
    const again = await shop.ok('5203', { data: key(setlinfo) }, here)
    for (const code of ['setl_id', 'mdtrt_id', 'psn_no', 'medfee_sumamt', 'fund_pay_sumamt', 'hifp_pay', 'act_pay_dedc', 'inscp_scp_amt', 'medins_setl_id', 'balc', 'clr_type']) expect([code, (again.setlinfo as Json)[code]]).toEqual([code, setlinfo[code]])
    expect(again.setlinfo).toMatchObject({ psn_pay: setlinfo.psn_part_amt, cash_payamt: setlinfo.psn_cash_pay, refd_setl_flag: '0', year: '2026' })
    expect(again.setldetail).toEqual(output.setldetail)
    await shop.ok('2103', cancelInput(who, setlinfo), here)
    expect((await shop.ok('5203', { data: key(setlinfo) }, here)).setlinfo).toMatchObject({ refd_setl_flag: '1' })
  })

  test('5203 adds the family account to the account, as its note says', async () => {
    const child = person('family')
    const { setlinfo } = await settle(shop, child, [{ drug: 'famotidine', count: 1, price: 5.6 }], { acct_used_flag: '2' })
    expect(setlinfo).toMatchObject({ acct_pay: 0, acct_mulaid_pay: 5.6 })
    const again = await shop.ok('5203', { data: { ...key(setlinfo), psn_no: child.psnNo } }, area(child))
    expect(again.setlinfo).toMatchObject({ acct_pay: 5.6, acct_mulaid_pay: 5.6, cash_payamt: 0 })
  })

  test('5204 splits every line so that the sums are those of the settlement', async () => {
    const { setlinfo } = await chronic()
    const lines = (await shop.ok('5204', { data: key(setlinfo) }, here)) as unknown as Json[]
    expect(lines.length).toBe(2)
    for (const [line, total] of [['det_item_fee_sumamt', 'medfee_sumamt'], ['preselfpay_amt', 'preselfpay_amt'], ['inscp_scp_amt', 'inscp_scp_amt'], ['overlmt_amt', 'overlmt_selfpay'], ['fulamt_ownpay_amt', 'fulamt_ownpay_amt']] as const)
      expect([line, sum(lines, line)]).toEqual([line, Number(setlinfo[total])])
  })

  test('5205 lists a chronic purchase while it stands; a common one never', async () => {
    await settle(shop, who, [{ drug: 'famotidine', count: 1, price: 5.6 }])
    const { setlinfo } = await chronic()
    const asked = { data: { psn_no: who.psnNo, begntime: '2026-11-21 00:00:00', endtime: '' } }
    expect(((await shop.ok('5205', asked, here)).feedetail as Json[]).map(({ cnt, fixmedins_code }) => [cnt, fixmedins_code])).toEqual([[2, SHOP], [1, SHOP]])
    expect((await shop.ok('5205', { data: { ...asked.data, begntime: '2026-11-22 00:00:00' } }, here)).feedetail).toEqual([])
    await shop.ok('2103', cancelInput(who, setlinfo), here)
    expect((await shop.ok('5205', asked, here)).feedetail).toEqual([])
  })

  test('100001 says in items what the settlement says in sums', async () => {
    const { setlinfo } = await chronic()
    const items = (await shop.ok('100001', { data: { psn_No: who.psnNo, setl_Id: setlinfo.setl_id, mdtrt_Id: setlinfo.mdtrt_id } })).data as Json[]
    expect(sum(items, 'fundPayAmt')).toBe(Number(setlinfo.fund_pay_sumamt))
    expect(sum(items, 'polItemPaySum')).toBe(Number(setlinfo.medfee_sumamt))
  })

  test('the three numbers must belong together; a reversed settlement never was', async () => {
    const { setlinfo } = await chronic()
    for (const infno of ['5203', '5204']) {
      expect(await shop.refusal(infno, { data: { ...key(setlinfo), mdtrt_id: 'other' } }, here)).toContain('mdtrt_id')
      expect(await shop.refusal(infno, { data: { ...key(setlinfo), setl_id: 'other' } }, here)).toContain('不存在')
      expect(await shop.refusal(infno, { data: { ...key(setlinfo), psn_no: person('employee').psnNo } }, here)).toContain('人员编号')
    }
    await shop.ok('2601', { data: { psn_no: who.psnNo, omsgid: setlinfo.medins_setl_id, oinfno: '2102' } }, here)
    expect(await shop.refusal('5203', { data: key(setlinfo) }, here)).toContain('不存在')
  })
})

describe('visits', () => {
  const visit = (change: Json = {}, diagnosis: Json = {}): Json =>
    filled(shop, '2203A', { mdtrtinfo: { mdtrt_id: 'V1', psn_no: who.psnNo, med_type: '14', ...change }, diseinfo: { diag_srt_no: 1, vali_flag: '1', ...diagnosis } })
  const listed = async (med_type = '14'): Promise<Json[]> =>
    (await shop.ok('5201', { data: { psn_no: who.psnNo, begntime: '2026-11-21 00:00:00', endtime: '2026-11-21 23:59:59', med_type, mdtrt_id: '' } }, here)).mdtrtinfo as Json[]

  test('5201 lists settled and reported ones of the kind and time asked for, each once', async () => {
    const { setlinfo } = await chronic()
    await shop.ok('2203A', visit(), here)
    await shop.ok('2203A', visit({ mdtrt_id: setlinfo.mdtrt_id }), here)
    expect((await listed()).map(({ mdtrt_id }) => mdtrt_id)).toEqual([setlinfo.mdtrt_id, 'V1'])
    expect(await listed('41')).toEqual([])
  })

  test('2203A keeps its person and its kind, and wants the prescription of a pharmacy', async () => {
    const { setlinfo } = await chronic()
    expect(await shop.refusal('2203A', visit({ mdtrt_id: setlinfo.mdtrt_id, med_type: '11' }), here)).toBe('每次就诊只能选择一个医疗类别')
    expect(await shop.refusal('2203A', visit({ mdtrt_id: setlinfo.mdtrt_id, psn_no: person('employee').psnNo }), here)).toContain('与人员不一致')
    expect(await shop.refusal('2203A', visit({ rxIn: '' }), here)).toContain('rxIn')
    expect(await shop.refusal('2203A', visit({ mdtrt_id: 'V2' }, { vali_flag: '0' }), here)).toContain('不能作废')
  })
})

describe('what hangs on the institution', () => {
  test('1201 finds by number or by a part of the name', async () => {
    for (const asked of [{ fixmedins_code: SHOP, fixmedins_name: '' }, { fixmedins_code: '', fixmedins_name: '药柜' }])
      expect((await shop.ok('1201', { medinsinfo: { fixmedins_type: '2', ...asked } })).medinsinfo).toMatchObject({ fixmedins_code: SHOP, fixmedins_type: '2' })
    expect(await shop.refusal('1201', { medinsinfo: { fixmedins_type: '1', fixmedins_code: SHOP, fixmedins_name: '' } })).toContain('未查询到')
    expect(await shop.refusal('1201', { medinsinfo: { fixmedins_type: '2', fixmedins_code: '', fixmedins_name: '' } })).toContain('至少填写一项')
  })

  test('1901 gives a code table as it is', async () => {
    const ask = async (type: string, flag = '1'): Promise<Json[]> => (await shop.ok('1901', { data: { type, parent_value: '0', admdvs: '999900', date: '2026-11-21', Vali_Flag: flag } })).list as Json[]
    expect((await ask('med_type')).map(({ value }) => value)).toEqual([...dictionary.get('med_type')!])
    expect((await ask('setl_type')).length).toBe(dictionary.get('setl_type')?.size ?? 0)
    expect(await ask('no_such_table')).toEqual([])
    expect(await ask('med_type', '0')).toEqual([])
  })

  test('5302 binds the people of this area here', async () => {
    expect((await shop.ok('5302', { data: { psn_no: who.psnNo, biz_appy_type: '03' } }, here)).psnfixmedin).toMatchObject([{ fixmedins_code: SHOP, psn_no: who.psnNo }])
    const stranger = person('other-region')
    expect((await shop.ok('5302', { data: { psn_no: stranger.psnNo, biz_appy_type: '03' } }, area(stranger))).psnfixmedin).toEqual([])
  })

  test('9601 knows a face, not a smudge, and after 9602 the day is excused', async () => {
    const shown = { medins_code: SHOP, psn_no: who.psnNo, psn_cert_type: '01', certno: who.idNumber, psn_name: who.name, recog_biz: '15' }
    const ask = async (recog_pic: string): Promise<unknown> => ((await shop.ok('9601', filled(shop, '9601', { recogInfo: { ...shown, recog_pic } }), here)).recogRslt as Json).recog_rslt
    expect(await ask('A'.repeat(400))).toBe('1')
    expect(await ask('AAAA')).toBe('0')
    expect(await shop.refusal('9601', filled(shop, '9601', { recogInfo: { ...shown, psn_name: '别人' } }), here)).toContain('不一致')
    await shop.ok('9602', filled(shop, '9602', { spregInfo: { ...shown, sp_dcla_pic: 'AAAA' } }), here)
    expect(await ask('A'.repeat(400))).toBe('4')
  })
})

describe('a person insured elsewhere', () => {
  const stranger = person('other-region')
  const order = async (change: Json = {}, line: Json = {}): Promise<Json> =>
    filled(shop, '2166', {
      '': {
        ec_token: await voucherOf(shop, 'other-region'), fixmedins_code: SHOP, insuplc: stranger.area, mdtrtarea: '999900', psn_no: stranger.psnNo, ssn: stranger.idNumber, psn_name: stranger.name,
        gend: stranger.gender, brdy: stranger.born, mdtrtsn: 'SN1', med_type: '41', psn_type: stranger.insurance.psnType, insutype: stranger.insurance.insutype, dscg_date: '2026-11-21', medfee_sumamt: 800, ...change,
      },
      feedetl: { pric: 400, cnt: 2, amt: 800, ...line },
    })
  const balance = (): number => practice.books.person(stranger.psnNo)!.balanceFen
  const settled = (registration: unknown): Json => ({ fixmedins_code: SHOP, mdtrt_regno: registration, ssn: stranger.idNumber })

  test('is read, the order pushed, paid in the app up to the balance, refunded whole, once', async () => {
    expect(await shop.ok('2161', { ssn: stranger.idNumber, insuplc: stranger.area, fixmedins_code: SHOP })).toMatchObject({ psn_no: stranger.psnNo, acct_balc: 700 })
    const { mdtrt_regno: registration, push_flag } = await shop.ok('2166', await order())
    expect(push_flag).toBe('true')
    expect(balance()).toBe(70_000)
    expect(await shop.ok('2170', { fixmedins_code: SHOP, ssn: stranger.idNumber })).toMatchObject({ mdtrt_regno: registration, medfee_sumamt: 800, feedetl: [{ amt: 800 }] })
    expect(await shop.refusal('2163', { fixmedins_code: SHOP, mdtrt_regno: registration, opter_name: 'x' })).toContain('未结算')
    expect(await shop.ok('2171', settled(registration))).toMatchObject({ acct_payamt: 700, psn_cashpay: 100, medfee_sumamt: 800, feedetl: [{ hilist_code: 'x' }] })
    expect(balance()).toBe(0)
    expect(await shop.refusal('2167', { fixmedins_code: SHOP, mdtrt_regno: registration, opter_name: 'x' })).toContain('已结算')
    expect(await shop.refusal('2170', { fixmedins_code: SHOP, ssn: stranger.idNumber })).toContain('未查询到')
    expect(await shop.ok('2163', { fixmedins_code: SHOP, mdtrt_regno: registration, opter_name: 'x' })).toMatchObject({ acct_payamt: -700, psn_cashpay: -100 })
    expect(balance()).toBe(70_000)
    expect(await shop.refusal('2163', { fixmedins_code: SHOP, mdtrt_regno: registration, opter_name: 'x' })).toContain('已退费')
  })

  test('an unpaid order is withdrawn and never paid', async () => {
    const { mdtrt_regno: registration } = await shop.ok('2166', await order())
    await shop.ok('2167', { fixmedins_code: SHOP, mdtrt_regno: registration, opter_name: 'x' })
    expect(await shop.refusal('2171', settled(registration))).toContain('未查询到')
    expect(balance()).toBe(70_000)
  })

  test('several settled orders come as a list without lines', async () => {
    await shop.ok('2166', await order({ mdtrtsn: 'SN1' }))
    await shop.ok('2166', await order({ mdtrtsn: 'SN2' }))
    const rows = (await shop.ok('2171', { fixmedins_code: SHOP, mdtrt_regno: '', ssn: stranger.idNumber, start_date: '2026-11-01', end_date: '2026-11-30' })) as unknown as Json[]
    expect(rows.map(({ acct_payamt, feedetl }) => [acct_payamt, feedetl])).toEqual([[700, undefined], [0, undefined]])
    expect(await shop.refusal('2171', { fixmedins_code: SHOP, mdtrt_regno: '', ssn: stranger.idNumber, start_date: '', end_date: '' })).toContain('不能为空')
  })

  test.each([
    [{ medfee_sumamt: 799 }, {}, '与明细合计800.00不一致'],
    [{}, { amt: 800.02 }, '差值大于0.01'],
    [{}, { cnt: -2 }, '必须大于0'],
    [{ psn_name: '别人' }, {}, '姓名(psn_name)'],
    [{ insuplc: '999900' }, {}, '参保地(insuplc)'],
    [{ med_type: '11' }, {}, '应为41'],
    [{ dscg_date: '20261121' }, {}, 'yyyy-MM-dd'],
    [{ ec_token: 'x' }, {}, '令牌无效'],
  ])('2166 with %j %j is refused: %s', async (change, line, text) => {
    expect(await shop.refusal('2166', await order(change, line))).toContain(text)
  })

  test('a visit number is used once; a local person goes the local way', async () => {
    await shop.ok('2166', await order())
    expect(await shop.refusal('2166', await order())).toContain('就诊顺序号(mdtrtsn)重复')
    expect(await shop.refusal('2161', { ssn: who.idNumber, insuplc: who.area, fixmedins_code: SHOP })).toContain('本地参保')
  })
})
