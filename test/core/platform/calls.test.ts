import { describe, expect, it } from 'vitest'
import type { BusinessDate } from '../../../electron/contract/index.ts'
import { fen } from '../../../electron/contract/index.ts'
import type { InsuredBasket, PlatformClient, UploadRow } from '../../../electron/core/platform/client.ts'
import { ID_NUMBER, basket, idCard, insurance, operator, person, settlementOutput, socialCard, soldRow, voucher } from './people-and-baskets.ts'
import type { Double, Till } from './platform-double.ts'
import { ok, openTill, refuse, startDouble } from './platform-double.ts'

const open = async (change?: Parameters<typeof openTill>[1]): Promise<{ double: Double } & Till> => {
  const double = await startDouble()
  return { double, ...openTill(double.url, change) }
}
const last = (double: Double) => {
  const heard = double.heard.at(-1)
  if (heard === undefined) throw new Error('nothing was heard')
  return heard
}
const answeredTo = async <T>(call: Promise<T>): Promise<T> => call
const message = async (prepared: ReturnType<PlatformClient['prepareSettle']>) => {
  const result = await prepared
  if (result.kind !== 'prepared') throw new Error(JSON.stringify(result))
  return result.message
}

describe('1101 person', () => {
  it.each([
    ['e-voucher', voucher, { mdtrt_cert_type: '01', mdtrt_cert_no: voucher.number }],
    ['ID card', idCard, { mdtrt_cert_type: '02', mdtrt_cert_no: ID_NUMBER }],
    ['social card', socialCard, { mdtrt_cert_type: '03', mdtrt_cert_no: 'A12345678', card_sn: socialCard.cardSerial }],
  ])('is asked by %s', async (_name, credential, expected) => {
    const { double, client } = await open()
    double.respond = ok({ baseinfo: { psn_no: '1', psn_cert_type: '01', certno: ID_NUMBER, psn_name: '张三丰', gend: '2', age: '46.0' }, insuinfo: [], idetinfo: [] })
    expect(await client.readPerson(operator, credential)).toMatchObject({ kind: 'answered', value: { gender: 'female', ageTenths: 460, insurances: [] } })
    expect(last(double).envelope).toMatchObject({ infno: '1101', sign_no: '359754', input: { data: { ...expected, psn_cert_type: '01', certno: ID_NUMBER, psn_name: '张三丰' } } })
  })

  it('about a social card without its serial is not sent', async () => {
    const { double, client } = await open()
    expect(await client.readPerson(operator, { ...socialCard, cardSerial: null })).toMatchObject({ kind: 'not-sent', code: 'platform.invalid-request', detail: { field: 'data.card_sn' } })
    expect(double.heard.map((heard) => heard.infno)).toEqual(['9001'])
  })

  it('answered about somebody else is contradictory', async () => {
    const { double, client } = await open()
    double.respond = ok({ baseinfo: { psn_no: '1', psn_cert_type: '01', certno: '999999195512030029', psn_name: '李四', gend: '2', age: 70 }, insuinfo: [] })
    expect(await client.readPerson(operator, voucher)).toMatchObject({ kind: 'unknown', code: 'platform.contradictory' })
  })

  it('refused is refused, in the platform\'s cleaned words, with the person\'s name and number covered', async () => {
    const { double, client } = await open()
    double.respond = refuse(`cn.hsa.X.Y: 参保人张三丰（${ID_NUMBER}）未参保null`)
    const outcome = await client.readPerson(operator, voucher)
    expect(outcome).toMatchObject({ kind: 'refused', code: 'platform.refused', detail: { infcode: '-1', infno: '1101' } })
    expect(outcome.kind === 'refused' && outcome.detail['text']).toBe('参保人张**（999***********9016）未参保')
  })

  it.each([['1', true], ['2', false], ['4', false], ['', true]])('state %j of an insurance means active: %j', async (state, active) => {
    const { double, client } = await open()
    double.respond = ok({ baseinfo: { psn_no: '1', psn_cert_type: '01', certno: ID_NUMBER, psn_name: '张三丰', gend: '1', age: 46 }, insuinfo: { insutype: '390', psn_type: '15', balc: '', psn_insu_stas: state, insuplc_admdvs: '430100' } })
    expect(await client.readPerson(operator, voucher)).toMatchObject({ value: { insurances: [{ active, balanceFen: 0, civilServant: false }] } })
  })
})

describe('reading about a person', () => {
  it('2001 names the purchase by the profile\'s code and reads every fund', async () => {
    const { double, client } = await open()
    double.respond = ok({ trtinfo: [
      { psn_no: '1', trt_chk_type: '01', fund_pay_type: '310100', trt_enjymnt_flag: '0', begndate: '2026-01-01', enddate: null, trt_chk_rslt: '欠费' },
      { psn_no: '1', trt_chk_type: '01', fund_pay_type: '310200', trt_enjymnt_flag: 1, begndate: '2026-01-01 00:00:00', enddate: '2026-12-31' },
    ] })
    expect(await client.readEntitlement(operator, person, insurance, 'chronic', 'M03900', '高血压')).toMatchObject({ kind: 'answered', value: [
      { entitled: false, reason: '欠费', fundType: '310100', from: '2026-01-01', to: null }, { entitled: true, reason: '', fundType: '310200', from: '2026-01-01', to: '2026-12-31' },
    ] })
    expect(last(double).envelope).toMatchObject({ insuplc_admdvs: '430100', input: { data: { psn_no: person.personNumber, insutype: '310', fixmedins_code: 'P99999900001', med_type: '14', begntime: '2026-11-21 09:00:00', dise_codg: 'M03900', dise_name: '高血压' } } })
  })

  it('2001 about a purchase kind that the profile does not know is not sent', async () => {
    const { client } = await open()
    for (const kind of ['gift', 'constructor', '__proto__']) expect(await client.readEntitlement(operator, person, insurance, kind, null, null)).toMatchObject({ kind: 'not-sent', code: 'platform.invalid-request' })
  })

  it('5301 and 2001 without any row are empty lists', async () => {
    const { double, client } = await open()
    for (const output of [null, {}, { feedetail: null, trtinfo: null }, { feedetail: [], trtinfo: [] }]) {
      double.respond = ok(output)
      expect(await client.readFilings(operator, person, insurance)).toMatchObject({ kind: 'answered', value: [] })
      expect(await client.readEntitlement(operator, person, insurance, 'pharmacy', null, null)).toMatchObject({ kind: 'answered', value: [] })
    }
  })

  it('5206 told month by month counts as of the latest month', async () => {
    const { double, client } = await open()
    const row = (cum_ym: string, cum: unknown) => ({ insutype: '310', year: '2026', cum_ym, cum_type_code: 'Q1', cum })
    double.respond = ok({ cuminfo: [row('202609', 10), row('202611', '30.5'), row('202610', 20), { ...row('202601', 7), cum_type_code: 'Q2' }] })
    expect(await client.readAccumulators(operator, person, insurance)).toMatchObject({ kind: 'answered', value: [{ typeCode: 'Q1', amountFen: 3050 }, { typeCode: 'Q2', amountFen: 700 }] })
  })

  it('an amount that is no amount is no answer', async () => {
    const { double, client } = await open()
    for (const cum of ['12.345', 'viel', null, [], { a: 1 }]) {
      double.respond = ok({ cuminfo: [{ insutype: '310', year: '2026', cum_ym: '202611', cum_type_code: 'Q1', cum }] })
      expect(await client.readAccumulators(operator, person, insurance)).toMatchObject({ kind: 'unknown', code: 'platform.unexpected-answer', detail: { field: 'cuminfo.0.cum' } })
    }
  })
})

describe('2101 trial and 2102 settlement', () => {
  it('the trial becomes figures in fen, lines found by their position, funds named', async () => {
    const { double, client } = await open()
    double.respond = (heard, response) => ok(settlementOutput(heard.envelope['msgid'], { trial: true }))(heard, response)
    const outcome = await client.trial(operator, basket)
    expect(outcome).toMatchObject({
      kind: 'answered', value: {
        setlId: null, visitId: 'VISIT1', clearingOffice: '999900', clearingType: '14',
        figures: {
          totalFen: 2872, fundFen: 1830, pooledFundFen: 1830, personalFen: 1042, accountFen: 1000, familyAccountFen: 0, cashFen: 42, hospitalFen: 0, overLimitFen: 12, preSelfPayFen: 246, inScopeFen: 2614, poolingShare: 7000, balanceAfterFen: 149_000,
          funds: [{ code: '310100', name: '城镇职工基本医疗保险统筹基金', amountFen: 1830, limitFen: 500_000, process: '26.14×0.7' }],
          lines: [
            { lineId: basket.lines[0]?.lineId, amountFen: 2460, quantity: 20_000, unitPrice: 12_300_000, priceLimit: null, level: 'B', selfPayShare: 1000, preSelfPayFen: 246, message: '' },
            { lineId: basket.lines[1]?.lineId, amountFen: 412, quantity: 80_000, unitPrice: 515_000, priceLimit: 500_000, level: 'A', selfPayShare: null, overLimitFen: 12 },
          ],
        },
      },
    })
    expect(last(double).envelope.input.drugdetail[0]).not.toHaveProperty('durg_trac_info')
  })

  it('the settlement carries one entry a code inside its line, the split one marked', async () => {
    const { double, client } = await open()
    const prepared = await message(client.prepareSettle(operator, basket))
    expect(double.heard.map((heard) => heard.infno)).toEqual(['9001'])
    double.respond = ok(settlementOutput(prepared.messageId))
    expect(await client.sendSettle(prepared, basket)).toMatchObject({ kind: 'answered', value: { setlId: 'SETL1', settledAt: '2026-11-21 09:00:01' } })
    const { envelope, text } = last(double)
    expect(text).toBe(Buffer.from(prepared.body).toString())
    expect(envelope).toMatchObject({ infno: '2102', msgid: prepared.messageId, insuplc_admdvs: '430100', opter: 'C01', opter_name: '测试甲', sign_no: '359754' })
    expect(envelope.input.druginfo).toEqual({
      psn_no: person.personNumber, mdtrt_cert_type: '01', mdtrt_cert_no: voucher.number, psn_cert_type: '01', certno: ID_NUMBER, psn_type: '11', psn_name: '张三丰', begntime: '2026-11-21 09:00:00', medfee_sumamt: 28.72, insutype: '310',
      dise_codg: 'M03900', dise_name: '高血压', acct_used_flag: '1', med_type: '14',
    })
    expect(envelope.input.drugdetail).toEqual([
      { feedetl_sn: 1, rx_circ_flag: '0', fee_ocur_time: '2026-11-21 09:00:00', med_list_codg: 'XC09CAX089A001010100001', medins_list_codg: 'D1', det_item_fee_sumamt: 24.6, cnt: 2, pric: 12.3,
        durg_trac_info: [{ feedetl_sn: '1', drug_trac_codg: '89000000000000000001', trdn_flag: '0' }, { feedetl_sn: '1', drug_trac_codg: '89000000000000000002', trdn_flag: '0' }] },
      { feedetl_sn: 2, rx_circ_flag: '0', fee_ocur_time: '2026-11-21 09:00:00', med_list_codg: 'ZA01AAG0001010100002', medins_list_codg: 'D2', det_item_fee_sumamt: 4.12, cnt: 8, pric: 0.515,
        durg_trac_info: [{ feedetl_sn: '2', drug_trac_codg: '89000010000000000009', trdn_flag: '1' }] },
    ])
  })

  it('the node of the codes is called as the profile says', async () => {
    const { client } = await open((profile) => ({ ...profile, wireNames: { ...profile.wireNames, renamed: { '2102.drugdetail.durg_trac_info': 'drug_trac_info' } } }))
    const { input } = JSON.parse(Buffer.from((await message(client.prepareSettle(operator, basket))).body).toString())
    expect(input.drugdetail[0].drug_trac_info).toHaveLength(2)
    expect(input.drugdetail[0]).not.toHaveProperty('durg_trac_info')
  })

  const spoilt: readonly (readonly [string, Partial<InsuredBasket>, string])[] = [
    ['a person type that is wider than 2102 allows', { insurance: { ...insurance, personType: '1401' } }, 'druginfo.psn_type'],
    ['an ID number that is wider than 2102 allows', { person: { ...person, idNumber: 'A'.repeat(21) } }, 'druginfo.certno'],
    ['a name that is wider than 2102 allows', { person: { ...person, name: '长'.repeat(21) } }, 'druginfo.psn_name'],
    ['an insurance type that no code table has', { insurance: { ...insurance, insuranceType: '998' } }, 'druginfo.insutype'],
    ['lines that do not add up', { totalFen: fen(2873) }, ''],
    ['no lines', { lines: [], totalFen: fen(0) }, 'drugdetail'],
    ['two lines at one position', { lines: basket.lines.map((line) => ({ ...line, position: 1 })) }, ''],
    ['a line without national code', { lines: basket.lines.map((line) => ({ ...line, nationalCode: '' })) }, 'drugdetail.0.med_list_codg'],
    ['a code wider than the node', { lines: basket.lines.map((line) => ({ ...line, packs: [{ code: '8'.repeat(101), split: false }] })) }, 'drugdetail.0.durg_trac_info.0.drug_trac_codg'],
  ]
  it.each(spoilt)('with %s is never built', async (_name, change, field) => {
    const { double, client, log } = await open()
    expect(await client.prepareSettle(operator, { ...basket, ...change })).toMatchObject({ kind: 'not-sent', code: 'platform.invalid-request', detail: { infno: '2102', field } })
    expect(double.heard.map((heard) => heard.infno)).toEqual(['9001'])
    expect(log()).not.toContain(person.name)
  })

  const contradictions: readonly (readonly [string, Parameters<typeof settlementOutput>[1]])[] = [
    ['another total', { setlinfo: { medfee_sumamt: 28.73, fund_pay_sumamt: 18.31 } }],
    ['a total that is not fund and person', { setlinfo: { fund_pay_sumamt: 18.31 } }],
    ['a personal share that is not account and cash', { setlinfo: { psn_cash_pay: 0.43 } }],
    ['a negative payment whose sums agree', { setlinfo: { fund_pay_sumamt: 30, psn_part_amt: -1.28, acct_pay: 0, psn_cash_pay: -1.28 } }],
    ['another person', { setlinfo: { psn_no: '999' } }],
    ['a line that is missing', { lines: (lines) => lines.slice(1) }],
    ['a line that nobody asked about', { lines: (lines) => lines.map((line, n) => (n === 1 ? { ...line, feedetl_sn: '3' } : line)) }],
    ['one line twice', { lines: (lines) => lines.map((line) => ({ ...line, feedetl_sn: '1' })) }],
    ['another amount of a line', { lines: (lines) => lines.map((line, n) => (n === 0 ? { ...line, det_item_fee_sumamt: 24.61 } : line)) }],
    ['another count of a line', { lines: (lines) => lines.map((line, n) => (n === 0 ? { ...line, cnt: 3 } : line)) }],
    ['another price of a line', { lines: (lines) => lines.map((line, n) => (n === 0 ? { ...line, pric: 12.31 } : line)) }],
  ]
  it.each(contradictions)('answered with %s is contradictory, and so unknown', async (_name, change) => {
    const { double, client } = await open()
    const prepared = await message(client.prepareSettle(operator, basket))
    double.respond = ok(settlementOutput(prepared.messageId, change))
    expect(await client.sendSettle(prepared, basket)).toMatchObject({ kind: 'unknown', code: 'platform.contradictory' })
  })

  it('the family account is part of what the person pays, the hospital\'s share part of the total', async () => {
    const { double, client } = await open()
    const prepared = await message(client.prepareSettle(operator, basket))
    double.respond = ok(settlementOutput(prepared.messageId, { setlinfo: { fund_pay_sumamt: 17.3, hosp_part_amt: 1, acct_pay: 4, acct_mulaid_pay: 6, psn_cash_pay: 0.42 } }))
    expect(await client.sendSettle(prepared, basket)).toMatchObject({ kind: 'answered', value: { figures: { hospitalFen: 100, familyAccountFen: 600, accountFen: 400, cashFen: 42 } } })
  })

  it('secondary amounts may be missing, the six of the equations and the two numbers may not', async () => {
    const { double, client } = await open()
    const prepared = await message(client.prepareSettle(operator, basket))
    double.respond = ok(settlementOutput(prepared.messageId, { setlinfo: { hifdm_pay: undefined, act_pay_dedc: null, balc: '', acct_mulaid_pay: 'null', hosp_part_amt: undefined, pool_prop_selfpay: undefined } }))
    expect(await client.sendSettle(prepared, basket)).toMatchObject({ kind: 'answered', value: { figures: { deductibleFen: 0, poolingShare: 0 } } })
    for (const field of ['setl_id', 'mdtrt_id', 'medfee_sumamt', 'fund_pay_sumamt', 'psn_part_amt', 'acct_pay', 'psn_cash_pay', 'psn_no']) {
      double.respond = ok(settlementOutput(prepared.messageId, { setlinfo: { [field]: null } }))
      expect(await client.sendSettle(prepared, basket)).toMatchObject({ kind: 'unknown', code: 'platform.unexpected-answer', detail: { field: `setlinfo.${field}` } })
    }
  })

  it('an answer that names another message as its settlement is logged, or contradictory where the profile says so', async () => {
    const lenient = await open()
    const prepared = await message(lenient.client.prepareSettle(operator, basket))
    lenient.double.respond = ok(settlementOutput('another'))
    expect(await lenient.client.sendSettle(prepared, basket)).toMatchObject({ kind: 'answered' })
    expect(lenient.log()).toContain('names another message than ours')
    const strict = openTill(lenient.double.url, (profile) => ({ ...profile, answers: { ...profile.answers, foreignSettlementId: 'contradictory' } }), lenient.db)
    expect(await strict.client.sendSettle(prepared, basket)).toMatchObject({ kind: 'unknown', code: 'platform.contradictory' })
  })

  it('a refusal is a refusal: nothing was booked', async () => {
    const { double, client } = await open()
    const prepared = await message(client.prepareSettle(operator, basket))
    double.respond = refuse('个人账户余额不足', '1')
    expect(await client.sendSettle(prepared, basket)).toMatchObject({ kind: 'refused', code: 'platform.refused', detail: { text: '个人账户余额不足' } })
  })

  it('goods without codes have no node of codes', async () => {
    const { client } = await open()
    const bare = { ...basket, lines: basket.lines.map((line) => ({ ...line, packs: [] })) }
    const { input } = JSON.parse(Buffer.from((await message(client.prepareSettle(operator, bare))).body).toString())
    expect(input.drugdetail[0]).not.toHaveProperty('durg_trac_info')
  })
})

describe('undoing', () => {
  const settled = { setlId: 'SETL1', visitId: 'VISIT1', personNumber: person.personNumber, region: '430100' }
  const undone = { mdtrt_id: 'VISIT1', setl_id: 'SETL2', medfee_sumamt: -28.72, fund_pay_sumamt: -18.3, psn_part_amt: -10.42, acct_pay: -10, psn_cash_pay: -0.42, setl_time: '2026-11-21 10:00:00', balc: 1500 }

  it('2103 names the settlement and reads negative figures', async () => {
    const { double, client } = await open()
    const prepared = await message(client.prepareCancel(operator, settled))
    double.respond = ok({ setlinfo: undone, setldetail: [] })
    expect(await client.sendCancel(prepared)).toMatchObject({ kind: 'answered', value: { alreadyCancelled: false, cancelledAt: '2026-11-21 10:00:00', figures: { totalFen: -2872, cashFen: -42, lines: [] } } })
    expect(last(double).envelope).toMatchObject({ infno: '2103', insuplc_admdvs: '430100', input: { data: { setl_id: 'SETL1', mdtrt_id: 'VISIT1', psn_no: person.personNumber } } })
  })

  it('2103 is read where an area names the two amounts otherwise, the standard names winning', async () => {
    const { double, client } = await open()
    const prepared = await message(client.prepareCancel(operator, settled))
    const { psn_part_amt, psn_cash_pay, ...rest } = undone
    double.respond = ok({ setlinfo: { ...rest, psn_pay: psn_part_amt, cash_payamt: psn_cash_pay } })
    expect(await client.sendCancel(prepared)).toMatchObject({ kind: 'answered', value: { figures: { personalFen: -1042, cashFen: -42 } } })
    double.respond = ok({ setlinfo: { ...undone, psn_pay: 5, cash_payment: 6 } })
    expect(await client.sendCancel(prepared)).toMatchObject({ kind: 'answered', value: { figures: { personalFen: -1042, cashFen: -42 } } })
  })

  it('2103 whose sums break is contradictory', async () => {
    const { double, client } = await open()
    const prepared = await message(client.prepareCancel(operator, settled))
    double.respond = ok({ setlinfo: { ...undone, acct_pay: -9 } })
    expect(await client.sendCancel(prepared)).toMatchObject({ kind: 'unknown', code: 'platform.contradictory' })
  })

  it('2103 refused because it is cancelled already is an answer; refused otherwise is a refusal', async () => {
    const { double, client } = await open()
    const prepared = await message(client.prepareCancel(operator, settled))
    double.respond = refuse('该结算记录已撤销,不能重复操作')
    expect(await client.sendCancel(prepared)).toMatchObject({ kind: 'answered', value: { alreadyCancelled: true, figures: null, cancelledAt: null } })
    double.respond = refuse('已清算,不允许操作')
    expect(await client.sendCancel(prepared)).toMatchObject({ kind: 'refused', code: 'platform.refused' })
  })

  it('2601 names the lost message under a message id of its own', async () => {
    const { double, client } = await open()
    const original = { messageId: 'P99999900001202611210859590001', infno: '2102', personNumber: person.personNumber, region: '430100' }
    const prepared = await message(client.prepareReverse(operator, original))
    expect(prepared.messageId).not.toBe(original.messageId)
    expect(await client.sendReverse(prepared)).toMatchObject({ kind: 'answered' })
    expect(last(double).envelope.input).toEqual({ data: { psn_no: person.personNumber, omsgid: original.messageId, oinfno: '2102' } })
    double.respond = refuse('未找到原交易')
    expect(await client.sendReverse(prepared)).toMatchObject({ kind: 'refused', detail: { text: '未找到原交易' } })
  })
})

describe('3505 and 3506 uploads', () => {
  const send = async (till: { double: Double } & Till, row: UploadRow, direction: 'sale' | 'return', respond: Double['respond']) => {
    const prepared = await message(till.client.prepareUpload(operator, row, direction))
    till.double.respond = respond
    return till.client.sendUpload(prepared)
  }
  const taken = ok({ result: { retRslt: 1, msgRslt: '' } })

  it('a sale row says what the official table wants', async () => {
    const till = await open()
    expect(await send(till, soldRow, 'sale', taken)).toMatchObject({ kind: 'answered', value: { alreadyUploaded: false } })
    expect(last(till.double).envelope).toMatchObject({ infno: '3505', insuplc_admdvs: '430100' })
    expect(last(till.double).envelope.input).toEqual({ selinfo: {
      med_list_codg: 'XC09CAX089A001010100001', fixmedins_hilist_id: 'D1', fixmedins_hilist_name: '缬沙坦胶囊', fixmedins_bchno: 'S-20261121-0001-1', prsc_dr_name: '无', phar_name: '测试乙', phar_prac_cert_no: 'ZY0000000001',
      setl_id: 'S1', mdtrt_sn: 'V1', psn_no: person.personNumber, psn_cert_type: '01', certno: ID_NUMBER, psn_name: '张三丰', manu_lotnum: 'A2401', manu_date: '2026-01-05', expy_end: '2028-01-04', rx_flag: '1', trdn_flag: '0',
      finl_trns_pric: 12.3, rtal_docno: '20261121-0001', drug_prod_barc: '6999000000017', sel_retn_cnt: 2, sel_retn_time: '2026-11-21 09:00:00', sel_retn_opter_name: '测试甲', MDTRT_SETL_TYPE: '1',
      drugtracinfo: [{ drug_trac_codg: '89000000000000000001' }, { drug_trac_codg: '89000000000000000002' }],
    } })
  })

  it('a self-paid row says so, names our own visit and nobody', async () => {
    const till = await open()
    await send(till, { ...soldRow, insured: null, barcode: null, split: true }, 'sale', taken)
    const { selinfo } = last(till.double).envelope.input
    expect(selinfo).toMatchObject({ MDTRT_SETL_TYPE: '2', mdtrt_sn: 'OWN1', trdn_flag: '1' })
    for (const field of ['setl_id', 'psn_no', 'psn_cert_type', 'certno', 'psn_name', 'drug_prod_barc']) expect(selinfo).not.toHaveProperty(field)
    expect(last(till.double).envelope.insuplc_admdvs).toBe('999900')
  })

  it('a return row has the fields of 3506 only, with a positive count', async () => {
    const till = await open()
    await send(till, soldRow, 'return', taken)
    const { selinfo } = last(till.double).envelope.input
    expect(last(till.double).infno).toBe('3506')
    expect(selinfo).toMatchObject({ sel_retn_cnt: 2, mdtrt_sn: 'V1', drugtracinfo: [{ drug_trac_codg: '89000000000000000001' }, { drug_trac_codg: '89000000000000000002' }] })
    for (const field of ['phar_name', 'rtal_docno', 'prsc_dr_name', 'MDTRT_SETL_TYPE', 'medins_prod_sel_no']) expect(selinfo).not.toHaveProperty(field)
  })

  it('the spelling of the settlement type is the profile\'s', async () => {
    const till = await open((profile) => ({ ...profile, wireNames: { ...profile.wireNames, renamed: { '3505.selinfo.MDTRT_SETL_TYPE': 'mdtrt_setl_type' } } }))
    await send(till, soldRow, 'sale', taken)
    expect(last(till.double).envelope.input.selinfo).toMatchObject({ mdtrt_setl_type: '1' })
  })

  it('has two levels of success: a row refused inside an ok answer is a refused row', async () => {
    const till = await open()
    for (const retRslt of [0, '0', 2]) {
      expect(await send(till, soldRow, 'sale', ok({ result: { retRslt, msgRslt: '生产日期晚于销售时间' } }))).toMatchObject({ kind: 'refused', code: 'upload.row-refused', detail: { text: '生产日期晚于销售时间' } })
    }
  })

  it('an upload that is there already is uploaded, said on either level', async () => {
    const till = await open()
    for (const respond of [refuse('定点医药机构批次流水号已存在'), ok({ result: { retRslt: '0', msgRslt: '该数据已上传' } })]) {
      expect(await send(till, soldRow, 'sale', respond)).toMatchObject({ kind: 'answered', value: { alreadyUploaded: true } })
    }
  })

  it('an ok without a row result counts or not as the profile says', async () => {
    const lenient = await open()
    for (const output of [null, '', {}, { result: null }]) expect(await send(lenient, soldRow, 'sale', ok(output))).toMatchObject({ kind: 'answered' })
    const strict = await open((profile) => ({ ...profile, upload: { ...profile.upload, rowResult: 'required' } }))
    expect(await send(strict, soldRow, 'sale', ok(null))).toMatchObject({ kind: 'unknown', code: 'platform.unexpected-answer' })
  })

  it.each([
    ['without a manufacture date', { manufacturedOn: '' as BusinessDate }, 'selinfo.manu_date'],
    ['without a pharmacist', { pharmacistName: '' }, 'selinfo.phar_name'],
    ['without a licence', { pharmacistLicence: '' }, 'selinfo.phar_prac_cert_no'],
    ['with a key that is too long', { rowKey: 'K'.repeat(31) }, 'selinfo.fixmedins_bchno'],
    ['with a code wider than 3505 allows', { traceCodes: ['8'.repeat(31)] }, 'selinfo.drugtracinfo.0.drug_trac_codg'],
  ])('a row %s is never built', async (_name, change, field) => {
    const { client } = await open()
    expect(await client.prepareUpload(operator, { ...soldRow, ...change }, 'sale')).toMatchObject({ kind: 'not-sent', code: 'platform.invalid-request', detail: { field } })
  })

  it('a code of 100 characters goes with a return, as its table is wider', async () => {
    const { client } = await open()
    expect(await client.prepareUpload(operator, { ...soldRow, traceCodes: ['8'.repeat(100)] }, 'return')).toMatchObject({ kind: 'prepared' })
  })
})

describe('3592B and 3201', () => {
  it('a virtual code is asked for by drug, with the profile\'s word for a missing national code', async () => {
    const { double, client } = await open()
    double.respond = ok({ result: { med_list_codg: '', fixmedins_hilist_id: 'D9', fixmedins_hilist_name: '甘草', drug_trac_codg: 'VT202611210001' } })
    const drug = { nationalCode: '', drugId: 'D9', drugName: '甘草', rowKey: 'K1' }
    expect(await client.virtualCode(operator, drug)).toMatchObject({ kind: 'answered', value: 'VT202611210001' })
    expect(last(double).envelope.input).toEqual({ data: { med_list_codg: 'NMLC999', fixmedins_hilist_id: 'D9', fixmedins_hilist_name: '甘草', fixmedins_bchno: 'K1' } })
    for (const drug_trac_codg of ['', null, '8'.repeat(101)]) {
      double.respond = ok({ result: { drug_trac_codg } })
      expect(await answeredTo(client.virtualCode(operator, drug))).toMatchObject({ kind: 'unknown', code: 'platform.unexpected-answer' })
    }
  })

  it('totals are sent with sign, count and office, and answered balanced or not', async () => {
    const { double, client } = await open()
    const totals = { insuranceType: '310', clearingType: '41', clearingOffice: '', refund: true, from: '2026-11-21' as BusinessDate, to: '2026-11-21' as BusinessDate, count: 3, totalFen: fen(-2872), fundFen: fen(-1830), accountFen: fen(0) }
    double.respond = ok({ stmtinfo: { setl_optins: '999900', stmt_rslt: 0, stmt_rslt_dscr: '平' } })
    expect(await client.totals(operator, totals)).toMatchObject({ kind: 'answered', value: { balanced: true, explanation: '平' } })
    expect(last(double).text).toContain('"medfee_sumamt":-28.72,"fund_pay_sumamt":-18.30,"acct_pay":0.00,"fixmedins_setl_cnt":3,"refd_setl_flag":"1","fixmedins_refd_setl_flag":"1"')
    expect(last(double).envelope.input.data).toMatchObject({ setl_optins: '999900', stmt_begndate: '2026-11-21' })
    double.respond = ok({ stmtinfo: { stmt_rslt: '1', stmt_rslt_dscr: '笔数不一致' } })
    expect(await client.totals(operator, totals)).toMatchObject({ value: { balanced: false, explanation: '笔数不一致' } })
    double.respond = ok({ stmtinfo: { stmt_rslt: 'x' } })
    expect(await client.totals(operator, totals)).toMatchObject({ kind: 'unknown', code: 'platform.unexpected-answer' })
  })
})
