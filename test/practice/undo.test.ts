import { beforeEach, describe, expect, test } from 'vitest'
import type { PracticeProfileInput } from '../../electron/practice/profile.ts'
import { startPractice } from '../../electron/practice/server.ts'
import type { Practice } from '../../electron/practice/server.ts'
import { area, cancelInput, freshCodes, purchase, reverseInput, settle } from './support/messages.ts'
import type { Wanted } from './support/messages.ts'
import { NOON, person, signedIn } from './support/shop.ts'
import type { Json, Shop } from './support/shop.ts'

let practice: Practice
let shop: Shop
const who = person('retired-chronic')
const here = area(who)
const chronic = { med_type: '14', dise_codg: 'M03900' }
const basket = (): Wanted[] => [{ drug: 'enalapril', count: 10, price: 2.38 }]

const open = async (profile: PracticeProfileInput = {}): Promise<void> => {
  await practice?.close()
  practice = await startPractice({ clock: () => NOON, profile: { answerForms: 'plain', ...profile } })
  shop = await signedIn(practice)
}
beforeEach(async () => {
  await open()
  return () => practice.close()
})

describe('2103', () => {
  test('answers the negated amounts and gives everything back', async () => {
    const codes = freshCodes('enalapril', 10)
    const { setlinfo } = await settle(shop, who, [{ ...basket()[0]!, codes }], chronic)
    const output = await shop.ok('2103', cancelInput(who, setlinfo), here)
    expect(output.setlinfo).toMatchObject({
      setl_id: setlinfo.setl_id,
      mdtrt_id: setlinfo.mdtrt_id,
      medfee_sumamt: -23.8,
      fund_pay_sumamt: -20.23,
      hifp_pay: -20.23,
      psn_part_amt: -3.57,
      acct_pay: -3.57,
      psn_cash_pay: 0,
      inscp_scp_amt: -23.8,
      pool_prop_selfpay: 0.85,
      balc: 860,
    })
    expect((output.setldetail as Json[]).map((row) => row.fund_payamt)).toEqual([-20.23, -3.57])
    expect(practice.books.person(who.psnNo)).toEqual({
      psnNo: who.psnNo,
      balanceFen: 86_000,
      used: { '2026:310:14:M03900': { deductibleFen: 0, fundFen: 0, subsidyFen: 0, accountFen: 0 } },
    })
    expect(practice.books.settlement(String(setlinfo.setl_id))).toMatchObject({ state: 'cancelled', endedAt: NOON })
    expect(practice.books.salesOfCode(codes[0]!)).toEqual([])
    // The packs may be sold again.
    expect((await settle(shop, who, [{ ...basket()[0]!, codes }], chronic)).setlinfo).toMatchObject({ medfee_sumamt: 23.8 })
  })

  test("gives a family member's account back to its owner", async () => {
    const { setlinfo } = await settle(shop, person('family'), [{ drug: 'famotidine', count: 2, price: 5.6 }], { acct_used_flag: '2' })
    expect((await shop.ok('2103', cancelInput(person('family'), setlinfo), area(person('family')))).setlinfo).toMatchObject({
      acct_mulaid_pay: -11.2,
      acct_pay: 0,
    })
    expect(practice.books.person(person('employee').psnNo)?.balanceFen).toBe(150_000)
  })

  test('is refused the second time, in words a client can tell success from', async () => {
    const { setlinfo } = await settle(shop, who, basket(), chronic)
    await shop.ok('2103', cancelInput(who, setlinfo), here)
    expect(await shop.refusal('2103', cancelInput(who, setlinfo), here)).toBe('该结算已撤销')
    expect(practice.books.person(who.psnNo)?.balanceFen).toBe(86_000)
  })

  test.each([
    ['an unknown settlement', { setl_id: '999' }, '不存在'],
    ['another visit', { mdtrt_id: '1' }, '就诊ID'],
    ['another person', { psn_no: person('employee').psnNo }, '人员编号'],
  ])('is refused for %s', async (_, change, text) => {
    const { setlinfo } = await settle(shop, who, basket(), chronic)
    expect(await shop.refusal('2103', { data: { ...(cancelInput(who, setlinfo).data as Json), ...change } }, here)).toContain(text)
    expect(practice.books.settlements()).toMatchObject([{ state: 'booked' }])
  })

  test('may answer a settlement number of its own, by the profile', async () => {
    await open({ cancelAnswersSettlement: 'new' })
    const { setlinfo } = await settle(shop, who, basket(), chronic)
    const output = await shop.ok('2103', cancelInput(who, setlinfo), here)
    expect((output.setlinfo as Json).setl_id).not.toBe(setlinfo.setl_id)
    expect((output.setlinfo as Json).mdtrt_id).toBe(setlinfo.mdtrt_id)
  })

  test("of another shop's settlement is refused", async () => {
    const { setlinfo } = await settle(shop, who, basket(), chronic)
    const stamp = '20261121100000'
    const neighbour = { fixmedins_code: 'P99999900002' }
    const signed = await shop.ok('9001', { signIn: { opter_no: '1001', mac: 'm', ip: 'i' } }, { ...neighbour, msgid: `P99999900002${stamp}0001` })
    const change = { ...neighbour, ...here, sign_no: (signed.signinoutb as Json).sign_no, msgid: `P99999900002${stamp}0002` }
    expect(await shop.refusal('2103', cancelInput(who, setlinfo), change)).toContain('不存在')
  })
})

describe('2601', () => {
  test('undoes a booked settlement as if it had never been', async () => {
    const codes = freshCodes('enalapril', 10)
    const { msgid } = await settle(shop, who, [{ ...basket()[0]!, codes }], chronic)
    expect(await shop.ok('2601', reverseInput(who, msgid), here)).toBeNull()
    expect(practice.books.settlementOfMessage(msgid)).toMatchObject({ state: 'reversed' })
    expect(practice.books.reversal(msgid)).toMatchObject({ omsgid: msgid, oinfno: '2102' })
    expect(practice.books.person(who.psnNo)?.balanceFen).toBe(86_000)
    expect(practice.books.salesOfCode(codes[0]!)).toEqual([])
  })

  test('is accepted again, and undoes nothing twice', async () => {
    const { msgid } = await settle(shop, who, basket(), chronic)
    await shop.ok('2601', reverseInput(who, msgid), here)
    expect(await shop.ok('2601', reverseInput(who, msgid), here)).toBeNull()
    expect(practice.books.person(who.psnNo)?.balanceFen).toBe(86_000)
    expect(practice.books.reversals()).toHaveLength(1)
  })

  test('of a call that never arrived is accepted; the late original is refused', async () => {
    const late = shop.newMsgid()
    expect(await shop.ok('2601', reverseInput(who, late), here)).toBeNull()
    expect(await shop.refusal('2102', purchase(shop, who, basket(), chronic), { ...here, msgid: late })).toBe('原交易已冲正')
    expect(practice.books.settlements()).toEqual([])
  })

  test('of a settled and reversed number the original is refused as well', async () => {
    const { msgid, input } = await settle(shop, who, basket(), chronic)
    await shop.ok('2601', reverseInput(who, msgid), here)
    expect(await shop.refusal('2102', input, { ...here, msgid })).toBe('原交易已冲正')
  })

  test('of a call that never arrived is by the profile refused, and the late original then books', async () => {
    await open({ reversalOfUnknown: 'refuse' })
    const late = shop.newMsgid()
    expect(await shop.refusal('2601', reverseInput(who, late), here)).toBe('未找到原交易')
    expect(await shop.ok('2102', purchase(shop, who, basket(), chronic), { ...here, msgid: late })).toHaveProperty('setlinfo')
    // Once booked it can be reversed.
    expect(await shop.ok('2601', reverseInput(who, late), here)).toBeNull()
  })

  test.each([['2103'], ['3505'], ['2207']])('does not undo %s', async (oinfno) => {
    expect(await shop.refusal('2601', reverseInput(who, shop.newMsgid(), oinfno), here)).toContain('不允许冲正')
  })

  test("does not undo a cancelled settlement, another person's or another shop's", async () => {
    const { msgid, setlinfo } = await settle(shop, who, basket(), chronic)
    expect(await shop.refusal('2601', reverseInput(person('employee'), msgid), here)).toContain('人员编号(psn_no)与原交易不一致')
    await shop.ok('2103', cancelInput(who, setlinfo), here)
    expect(await shop.refusal('2601', reverseInput(who, msgid), here)).toContain('已撤销')
    expect(await shop.refusal('2601', reverseInput(who, `P99999900002${msgid.slice(12)}`), here)).toContain('不属于本机构')
  })

  test('is not met by 2103: a reversed settlement is no settlement', async () => {
    const { msgid, setlinfo } = await settle(shop, who, basket(), chronic)
    await shop.ok('2601', reverseInput(who, msgid), here)
    expect(await shop.refusal('2103', cancelInput(who, setlinfo), here)).toContain('不存在')
  })
})
