import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { PracticeProfileInput } from '../../electron/practice/profile.ts'
import { startPractice } from '../../electron/practice/server.ts'
import type { Practice } from '../../electron/practice/server.ts'
import { area, DRUGS, freshCodes, purchase, settle, traceCode, trial } from './support/messages.ts'
import type { DrugKey, Wanted } from './support/messages.ts'
import { NOON, person, signedIn, timeOf } from './support/shop.ts'
import type { Json, Shop } from './support/shop.ts'

let practice: Practice
let shop: Shop
const plain: PracticeProfileInput = { answerForms: 'plain' }
beforeEach(async () => {
  practice = await startPractice({ clock: () => NOON, profile: plain })
  shop = await signedIn(practice)
  return () => practice.close()
})

const withProfile = async (profile: PracticeProfileInput, body: (till: Shop, province: Practice) => Promise<void>): Promise<void> => {
  const province = await startPractice({ clock: () => NOON, profile: { ...plain, ...profile } })
  try {
    await body(await signedIn(province), province)
  } finally {
    await province.close()
  }
}

const one: readonly Wanted[] = [{ drug: 'famotidine', count: 2, price: 5.6 }]
const refusal = (who: ReturnType<typeof person>, wanted: readonly Wanted[], change: Json = {}): Promise<string> =>
  shop.refusal('2102', purchase(shop, who, wanted, change), area(who))

describe('a settlement', () => {
  test('of 甲, 乙 and an unlisted drug splits as the rules say', async () => {
    const who = person('employee')
    // 甲 2 × 5.60; 乙 10 % first: 1.23 at its limit; unlisted 0.65
    const { setlinfo, output, msgid } = await settle(shop, who, [
      ...one,
      { drug: 'omeprazole', count: 1, price: 1.23 },
      { drug: 'cimetidine', count: 1, price: 0.65 },
    ])
    expect(setlinfo).toMatchObject({
      psn_no: who.psnNo,
      psn_name: '张三',
      med_type: '41',
      clr_type: '41',
      clr_optins: '999900',
      clr_way: '1',
      medins_setl_id: msgid,
      setl_time: '2026-11-21 10:00:00',
      medfee_sumamt: 13.08,
      fulamt_ownpay_amt: 0.65,
      overlmt_selfpay: 0,
      preselfpay_amt: 0.12,
      inscp_scp_amt: 12.31,
      act_pay_dedc: 0,
      hifp_pay: 0,
      fund_pay_sumamt: 0,
      pool_prop_selfpay: 0,
      psn_part_amt: 13.08,
      acct_pay: 12.43,
      psn_cash_pay: 0.65,
      acct_mulaid_pay: 0,
      balc: 1487.57,
    })
    expect(setlinfo.setl_id).toMatch(/^\d{24}$/)
    expect(output.detlcutinfo).toMatchObject([
      {
        feedetl_sn: '1',
        det_item_fee_sumamt: 11.2,
        cnt: 2,
        pric: 5.6,
        pric_uplmt_amt: 7.28,
        selfpay_prop: 0,
        inscp_scp_amt: 11.2,
        chrgitm_lv: '01',
        med_chrgitm_type: '09',
      },
      { feedetl_sn: '2', selfpay_prop: 0.1, preselfpay_amt: 0.12, inscp_scp_amt: 1.11, chrgitm_lv: '02' },
      { feedetl_sn: '3', selfpay_prop: 1, fulamt_ownpay_amt: 0.65, inscp_scp_amt: 0, pric_uplmt_amt: 0, chrgitm_lv: '03', memo: '目录外药品,全额自费' },
    ])
    expect(output.setldetail).toMatchObject([
      { fund_pay_type: '310100', fund_payamt: 0 },
      { fund_pay_type: '310200', fund_payamt: 12.43, crt_payb_lmt_amt: 12.43 },
    ])
    expect((output.setldetail as Json[])[0]!.setl_proc_info).toContain('本医疗类别统筹基金不支付')
  })

  test('books the account, the year, the codes and the settlement', async () => {
    const who = person('employee')
    const codes = freshCodes('famotidine', 2)
    const { msgid, setlinfo } = await settle(shop, who, [{ drug: 'famotidine', count: 2, price: 5.6, codes }])
    expect(practice.books.person(who.psnNo)).toMatchObject({ balanceFen: 150_000 - 1120, used: { '2026:310:41:': { accountFen: 1120, fundFen: 0 } } })
    expect(practice.books.settlementOfMessage(msgid)).toMatchObject({ setlId: setlinfo.setl_id, state: 'booked', totalFen: 1120, accountFen: 1120, cashFen: 0 })
    for (const code of codes)
      expect(practice.books.salesOfCode(code)).toMatchObject([{ institution: 'P99999900001', nationalCode: DRUGS.famotidine.code, split: false }])
  })

  test('leaves the account alone when it is not to be used', async () => {
    const { setlinfo } = await settle(shop, person('employee'), one, { acct_used_flag: '0' })
    expect(setlinfo).toMatchObject({ acct_pay: 0, psn_cash_pay: 11.2, balc: 1500 })
  })

  test('lets cash cover what a small balance does not', async () => {
    const { setlinfo } = await settle(shop, person('small-balance'), [{ drug: 'famotidine', count: 3, price: 5.6 }])
    expect(setlinfo).toMatchObject({ acct_pay: 12.3, psn_cash_pay: 4.5, balc: 0 })
  })

  test('over the limit price leaves the excess to the patient and says so', async () => {
    const { setlinfo, output } = await settle(shop, person('employee'), [{ drug: 'famotidine', count: 2, price: 8 }])
    expect(setlinfo).toMatchObject({ overlmt_selfpay: 1.44, inscp_scp_amt: 14.56, acct_pay: 14.56, psn_cash_pay: 1.44 })
    expect((output.detlcutinfo as Json[])[0]).toMatchObject({ overlmt_amt: 1.44, memo: '单价超过最高限价,超出部分自费' })
  })

  test('for a chronic filing is shared by the fund', async () => {
    // 10 × 2.33 at the limit 2.33..., retired 85 %
    const { setlinfo, output } = await settle(shop, person('retired-chronic'), [{ drug: 'enalapril', count: 10, price: 2.38 }], {
      med_type: '14',
      dise_codg: 'M03900',
    })
    expect(setlinfo).toMatchObject({
      medfee_sumamt: 23.8,
      inscp_scp_amt: 23.8,
      hifp_pay: 20.23,
      fund_pay_sumamt: 20.23,
      pool_prop_selfpay: 0.85,
      psn_part_amt: 3.57,
      acct_pay: 3.57,
      clr_type: '14',
    })
    expect((output.setldetail as Json[])[0]).toMatchObject({ fund_pay_type: '310100', fund_payamt: 20.23, crt_payb_lmt_amt: 3600 })
    const again = await settle(shop, person('retired-chronic'), [{ drug: 'enalapril', count: 10, price: 2.38 }], { med_type: '14', dise_codg: 'M03900' })
    expect((again.output.setldetail as Json[])[0]).toMatchObject({ crt_payb_lmt_amt: 3579.77 })
  })

  test('of a civil servant carries the subsidy as a fund of its own', async () => {
    const { setlinfo, output } = await settle(shop, person('civil-servant'), [{ drug: 'famotidine', count: 100, price: 5.6 }], { med_type: '11' })
    // 560.00 − 300.00 = 260.00: 60 % 156.00, half of the rest 52.00
    expect(setlinfo).toMatchObject({ act_pay_dedc: 300, hifp_pay: 156, cvlserv_pay: 52, fund_pay_sumamt: 208, psn_part_amt: 352, cvlserv_flag: '1' })
    expect((output.setldetail as Json[]).map((row) => [row.fund_pay_type, row.fund_payamt])).toEqual([
      ['310102', 156],
      ['320100', 52],
      ['310200', 352],
    ])
  })

  test('of a resident has no account, and the two-disease scheme finds the disease by itself', async () => {
    const { setlinfo } = await settle(shop, person('resident-two-disease'), [{ drug: 'metformin', count: 2, price: 3.56 }], { med_type: '9901' })
    expect(setlinfo).toMatchObject({ hifp_pay: 4.98, acct_pay: 0, psn_cash_pay: 2.14, clr_type: '15', psn_type: '16' })
    expect(practice.books.settlements()[0]).toMatchObject({ diseaseCode: 'M01600' })
  })

  test('may be paid by the account of a family member', async () => {
    const { setlinfo } = await settle(shop, person('family'), one, { acct_used_flag: '2' })
    expect(setlinfo).toMatchObject({ acct_pay: 0, acct_mulaid_pay: 11.2, psn_cash_pay: 0, balc: 0 })
    expect(practice.books.person(person('employee').psnNo)?.balanceFen).toBe(150_000 - 1120)
    expect(await refusal(person('employee'), one, { acct_used_flag: '2' })).toBe('未建立个人账户家庭共济关系')
  })

  test('of pieces needs no codes', async () => {
    const who = person('employee')
    const input = purchase(shop, who, [
      { drug: 'famotidine', count: 1, price: 2, codes: [], change: { med_list_codg: 'T500202822', cnt: 12.5, pric: 0.16, det_item_fee_sumamt: 2 } },
    ])
    expect(((await shop.ok('2102', input, area(who))).detlcutinfo as Json[])[0]).toMatchObject({ med_chrgitm_type: '10', cnt: 12.5 })
  })
})

describe('the trial', () => {
  test('books nothing, names no settlement, and gives the same money', async () => {
    const who = person('retired-chronic')
    const wanted: Wanted[] = [
      { drug: 'metforminSlow', count: 3, price: 7.18 },
      { drug: 'metformin', count: 1, price: 3.56 },
    ]
    const change = { med_type: '14', dise_codg: 'M01600' }
    const tried = await shop.ok('2101', trial(shop, who, wanted, change), area(who))
    expect(tried.setlinfo).not.toHaveProperty('setl_id')
    expect(practice.books.settlements()).toEqual([])
    expect(practice.books.person(who.psnNo)).toMatchObject({ balanceFen: 86_000, used: {} })
    const settled = await settle(shop, who, wanted, change)
    const money = (setlinfo: Json): Json => Object.fromEntries(Object.entries(setlinfo).filter(([, value]) => typeof value === 'number'))
    expect(money(tried.setlinfo as Json)).toEqual(money(settled.setlinfo))
    expect(tried.setldetail).toEqual(settled.output.setldetail)
  })

  test('takes no trace codes: its table has no such node', async () => {
    expect(await shop.refusal('2101', purchase(shop, person('employee'), one), area(person('employee')))).toContain('包含未定义的字段[durg_trac_info]')
  })
})

describe('any basket of any person', () => {
  let long: Practice
  let till: Shop
  beforeAll(async () => {
    long = await startPractice({ clock: () => NOON })
    till = await signedIn(long)
  })
  afterAll(() => long.close())

  const drugs = Object.keys(DRUGS).filter((key) => key !== 'vitaminB1') as DrugKey[]
  const anyBasket = fc.array(
    fc.record({ drug: fc.constantFrom(...drugs), count: fc.integer({ min: 1, max: 30 }), price: fc.integer({ min: 1, max: 30_000 }).map((fen) => fen / 100) }),
    { minLength: 1, maxLength: 8 },
  )
  const anyPerson = fc.constantFrom(
    ['employee', '41'],
    ['employee', '11'],
    ['small-balance', '41'],
    ['retired-chronic', '11'],
    ['civil-servant', '11'],
    ['resident-chronic', '41'],
    ['resident-chronic', '11'],
    ['resident-two-disease', '11'],
  )

  test('is settled as tried, its answer keeps every equation, and its lines add up', async () => {
    await fc.assert(
      fc.asyncProperty(anyPerson, anyBasket, fc.constantFrom('0', '1'), async ([key, medType], wanted, acct_used_flag) => {
        const who = person(key!)
        const change = { med_type: medType, acct_used_flag }
        const tried = (await till.ok('2101', trial(till, who, wanted, change), area(who))).setlinfo as Json
        const before = long.books.person(who.psnNo)!
        const { output, setlinfo, msgid } = await settle(till, who, wanted, change)
        const fen = (row: Json, code: string): number => Math.round(Number(row[code]) * 100)
        const s = (code: string): number => fen(setlinfo, code)
        for (const code of ['medfee_sumamt', 'fund_pay_sumamt', 'psn_part_amt', 'acct_pay', 'psn_cash_pay', 'balc', 'act_pay_dedc', 'inscp_scp_amt'])
          expect(setlinfo[code]).toBe(tried[code])
        expect(s('medfee_sumamt')).toBe(s('fund_pay_sumamt') + s('psn_part_amt') + s('hosp_part_amt'))
        expect(s('psn_part_amt')).toBe(s('acct_pay') + s('psn_cash_pay') + s('acct_mulaid_pay'))
        expect(s('fund_pay_sumamt')).toBe(
          ['hifp_pay', 'cvlserv_pay', 'hifes_pay', 'hifmi_pay', 'hifob_pay', 'maf_pay', 'hifdm_pay', 'oth_pay'].reduce((sum, code) => sum + s(code), 0),
        )
        expect(s('medfee_sumamt')).toBe(s('fulamt_ownpay_amt') + s('overlmt_selfpay') + s('preselfpay_amt') + s('inscp_scp_amt'))
        const lines = output.detlcutinfo as Json[]
        for (const [line, header] of [
          ['det_item_fee_sumamt', 'medfee_sumamt'],
          ['fulamt_ownpay_amt', 'fulamt_ownpay_amt'],
          ['overlmt_amt', 'overlmt_selfpay'],
          ['preselfpay_amt', 'preselfpay_amt'],
          ['inscp_scp_amt', 'inscp_scp_amt'],
        ] as const) {
          expect(lines.reduce((sum, row) => sum + fen(row, line), 0)).toBe(s(header))
        }
        const funds = (output.setldetail as Json[]).filter((row) => row.fund_pay_type !== '310200')
        expect(funds.reduce((sum, row) => sum + fen(row, 'fund_payamt'), 0)).toBe(s('fund_pay_sumamt'))
        const booked = long.books.settlementOfMessage(msgid)!
        expect([booked.totalFen, booked.fundFen, booked.accountFen, booked.cashFen]).toEqual([
          s('medfee_sumamt'),
          s('fund_pay_sumamt'),
          s('acct_pay'),
          s('psn_cash_pay'),
        ])
        expect(long.books.person(who.psnNo)!.balanceFen).toBe(before.balanceFen - s('acct_pay'))
      }),
      { numRuns: 60 },
    )
  })
})

describe('a settlement is refused', () => {
  test.each([
    ['when insurance is paused', 'paused', {}, '人员参保状态为暂停参保'],
    ['for a person insured in another region', 'other-region', {}, '异地参保人员'],
    ['for an insurance the person has not', 'employee', { insutype: '390' }, '未参加'],
    ['for a purchase type that is not offered', 'employee', { med_type: '18' }, '未开通医疗类别[18]'],
    ['when the person type is not the insured one', 'employee', { psn_type: '12' }, '人员类别(psn_type)'],
    ['when the name is another', 'employee', { psn_name: '李四' }, '不一致'],
    ['when the purchase time is of the day before yesterday', 'employee', { begntime: timeOf(NOON - 25 * 3_600_000) }, '购药时间(begntime)已过期'],
    ['when the purchase time is to come', 'employee', { begntime: timeOf(NOON + 31 * 60_000) }, '晚于当前时间'],
    ['when the header is not the sum of its rows', 'employee', { medfee_sumamt: 11.21 }, '医疗费总额(medfee_sumamt)11.21与明细合计11.20不一致'],
    ['when nothing is sold', 'employee', { medfee_sumamt: 0 }, '必须大于0'],
    ['for a figure out of all measure', 'employee', { medfee_sumamt: 99999999999999.99 }, '超出范围'],
  ])('%s', async (_, key, change, text) => {
    expect(await refusal(person(key), one, change)).toContain(text)
    expect(practice.books.settlements()).toEqual([])
  })

  test.each([
    ['with a drug that is not in the catalogue', { med_list_codg: 'XA02BAF006A001010199999' }, '在医保目录中不存在'],
    ['with the default code of no code', { med_list_codg: 'NMLC999' }, '在医保目录中不存在'],
    ['when an amount is not price × count', { det_item_fee_sumamt: 11.22 }, '与数量乘单价不符'],
    ['when a fee time is old', { fee_ocur_time: timeOf(NOON - 25 * 3_600_000) }, '费用发生时间(fee_ocur_time)已过期'],
    ['for a negative count', { cnt: -2 }, '数量(cnt)必须大于0'],
    ['for a price of nothing', { pric: 0 }, '单价(pric)必须大于0'],
  ])('%s', async (_, change, text) => {
    expect(await refusal(person('employee'), [{ ...one[0]!, change }])).toContain(text)
  })

  test('when two lines have one number', async () => {
    const input = purchase(shop, person('employee'), [...one, { drug: 'metformin', count: 1, price: 3.56 }])
    const rows = input.drugdetail as Json[]
    rows[1]!.feedetl_sn = '1'
    for (const trace of rows[1]!.durg_trac_info as Json[]) trace.feedetl_sn = '1'
    expect(await shop.refusal('2102', input, area(person('employee')))).toContain('费用明细流水号(feedetl_sn)[1]重复')
  })

  test('when one fen is lost to rounding it is not', async () => {
    const { setlinfo } = await settle(shop, person('employee'), [{ drug: 'famotidine', count: 3, price: 3.335, amount: 10 }])
    expect(setlinfo.medfee_sumamt).toBe(10)
  })

  test('above a limit price that may not be passed, already at the trial', async () => {
    const wanted: Wanted[] = [{ drug: 'vitaminB1', count: 1, price: 4 }]
    const text = '药品[维生素B1片]单价4元超过最高限价3.6元'
    expect(await refusal(person('employee'), wanted)).toContain(text)
    expect(await shop.refusal('2101', trial(shop, person('employee'), wanted), area(person('employee')))).toContain(text)
    expect((await settle(shop, person('employee'), [{ drug: 'vitaminB1', count: 1, price: 3.6 }])).setlinfo.medfee_sumamt).toBe(3.6)
  })

  test('when an account that may not be mixed with cash does not cover its part', async () => {
    const wanted: Wanted[] = [{ drug: 'famotidine', count: 3, price: 5.6 }]
    expect(await refusal(person('account-must-cover'), wanted)).toBe('个人账户余额不足:余额12.30元,本次需账户支付16.80元,请减少药品或不使用个人账户')
    expect((await settle(shop, person('account-must-cover'), wanted, { acct_used_flag: '0' })).setlinfo.psn_cash_pay).toBe(16.8)
    expect((await settle(shop, person('account-must-cover'), one)).setlinfo.acct_pay).toBe(11.2)
    await withProfile({ accountMustCover: true }, async (till) => {
      expect(await till.refusal('2102', purchase(till, person('small-balance'), wanted), area(person('small-balance')))).toContain('个人账户余额不足')
    })
  })

  test.each([
    ['without a disease', { med_type: '14' }, '必须填写病种编码'],
    ['for a disease not filed', { med_type: '14', dise_codg: 'M04600' }, '未查询到病种[M04600]'],
    ['for a drug of no filed disease', { med_type: '14', dise_codg: 'M03900' }, '药品[法莫替丁片]不属于病种[高血压病]的用药范围'],
  ])('as chronic %s', async (_, change, text) => {
    expect(await refusal(person('retired-chronic'), one, change)).toContain(text)
  })

  test('as chronic when the filing has run out', async () => {
    expect(await refusal(person('expired-filing'), one, { med_type: '14', dise_codg: 'M04600' })).toContain('不在有效期内')
  })

  test('in a shop whose service is suspended', async () => {
    const closed = { fixmedins_code: 'P99999900009' }
    const stamp = timeOf(NOON).replace(/\D/g, '')
    const signed = await shop.ok('9001', { signIn: { opter_no: '1001', mac: 'm', ip: 'i' } }, { ...closed, msgid: `P99999900009${stamp}0001` })
    const sign_no = (signed.signinoutb as Json).sign_no
    expect(
      await shop.refusal('2102', purchase(shop, person('employee'), one), {
        ...closed,
        ...area(person('employee')),
        sign_no,
        msgid: `P99999900009${stamp}0002`,
      }),
    ).toBe('定点医药机构已暂停医保服务')
  })
})

describe('trace codes of a settlement', () => {
  const who = person('employee')
  const codes = freshCodes('famotidine', 4)
  const line = (change: Partial<Wanted>): Wanted[] => [{ drug: 'famotidine', count: 2, price: 5.6, codes: codes.slice(0, 2), ...change }]

  test.each([
    ['none', line({ codes: [] }), '未上传追溯码'],
    ['one too few', line({ codes: codes.slice(0, 1) }), '追溯码数量1与销售数量2不一致'],
    ['one too many', line({ codes: codes.slice(0, 3) }), '追溯码数量3与销售数量2不一致'],
    ['a broken pack sold as whole', line({ count: 1.5, price: 5.6, amount: 8.4 }), '与销售数量1.5不一致'],
    ['the same twice', line({ codes: [codes[0]!, codes[0]!] }), '重复上传'],
    ['one that another shop sold', line({ codes: [codes[0]!, '89000009999999000001'] }), '已在其他机构销售'],
    ['one with blanks', line({ codes: [codes[0]!, '8900000 1000000000001'] }), '格式不正确'],
    ['a virtual code nobody issued', line({ codes: [codes[0]!, 'XN999900261121000999'] }), '未发放'],
  ])('are refused: %s', async (_, wanted, text) => {
    expect(await refusal(who, wanted)).toContain(text)
    expect(practice.books.salesOfCode(codes[0]!)).toEqual([])
  })

  test('the same on two lines is refused', async () => {
    expect(await refusal(who, [...line({ count: 1, codes: [codes[0]!] }), ...line({ count: 1, codes: [codes[0]!] })])).toContain('重复上传')
  })

  test('a pack settled once is not settled again', async () => {
    await settle(shop, who, line({}))
    expect(await refusal(person('civil-servant'), line({ count: 1, codes: [codes[1]!] }))).toContain('已在本机构销售')
  })

  test('by the profile a repeat is accepted and recorded', async () => {
    await withProfile({ repeatedCode: 'accept-and-flag' }, async (till, province) => {
      const { output } = await settle(till, who, line({ codes: [codes[0]!, '89000009999999000001'] }))
      expect((output.detlcutinfo as Json[])[0]!.memo).toBe('追溯码重复,已记录监管')
      expect(province.books.flags()).toMatchObject([{ kind: 'repeated-code', code: '89000009999999000001' }])
    })
  })

  test('a split pack may repeat its code: accepted, recorded', async () => {
    const split = { split: true, count: 6, price: 0.24, codes: [codes[3]!] }
    await settle(shop, who, line(split))
    await settle(shop, who, line(split))
    expect(practice.books.salesOfCode(codes[3]!)).toHaveLength(2)
    expect(practice.books.flags()).toMatchObject([{ kind: 'split-repeat', code: codes[3] }])
    expect(await refusal(who, line({ count: 1, codes: [codes[3]!] }))).toContain('已在本机构销售')
  })

  test('a line is split or whole, not both', async () => {
    const input = purchase(shop, who, line({}))
    const traces = (input.drugdetail as Json[])[0]!.durg_trac_info as Json[]
    traces[0]!.trdn_flag = '1'
    expect(await shop.refusal('2102', input, area(who))).toContain('拆零标志(trdn_flag)不一致')
    traces[0]!.feedetl_sn = '9'
    expect(await shop.refusal('2102', input, area(who))).toContain('与明细不一致')
  })

  test("another drug's identifier is recorded, or by the profile refused", async () => {
    const foreign = [traceCode('metformin', 77), traceCode('metformin', 78)]
    await settle(shop, who, line({ codes: foreign }))
    expect(practice.books.flags()).toMatchObject([{ kind: 'foreign-identifier' }, { kind: 'foreign-identifier' }])
    await withProfile({ foreignIdentifier: 'refuse' }, async (till) => {
      expect(await till.refusal('2102', purchase(till, who, line({ codes: foreign })), area(who))).toContain('与药品[法莫替丁片]不一致')
    })
  })

  test('serials 9999999000001 to …009 of every practice identifier count as sold elsewhere, others not', () => {
    expect(practice.books.salesOfCode('89004609999999000009')).toMatchObject([{ holder: 'elsewhere', institution: 'P99999900002' }])
    for (const code of ['89004619999999000001', '89000009999999000010', '89000009999999000000', '88999999999999000001'])
      expect(practice.books.salesOfCode(code)).toEqual([])
  })
})

describe('a message number that was booked', () => {
  test('is refused when it comes again, whatever it carries', async () => {
    const { msgid, input } = await settle(shop, person('employee'), one)
    expect(await shop.refusal('2102', input, { ...area(person('employee')), msgid })).toBe('发送方报文ID(msgid)重复')
    expect(practice.books.settlements()).toHaveLength(1)
  })

  test('is by the profile answered with the same money and booked once', async () => {
    await withProfile({ repeatedMessage: 'same-answer' }, async (till, province) => {
      const { msgid, input, output } = await settle(till, person('employee'), one)
      expect(await till.ok('2102', input, { ...area(person('employee')), msgid })).toEqual(output)
      expect(province.books.settlements()).toHaveLength(1)
      expect(province.books.person(person('employee').psnNo)?.balanceFen).toBe(150_000 - 1120)
    })
  })

  test('a refused one may be sent again', async () => {
    const msgid = shop.newMsgid()
    const input = purchase(shop, person('employee'), one)
    expect(
      await shop.refusal('2102', { ...input, druginfo: { ...(input.druginfo as Json), medfee_sumamt: 1 } }, { ...area(person('employee')), msgid }),
    ).toContain('不一致')
    expect(await shop.ok('2102', input, { ...area(person('employee')), msgid })).toHaveProperty('setlinfo')
  })
})
