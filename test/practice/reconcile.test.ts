import { beforeEach, describe, expect, test } from 'vitest'
import { startPractice } from '../../electron/practice/server.ts'
import type { Practice } from '../../electron/practice/server.ts'
import { area, cancelInput, reverseInput, settle, totalsInput } from './support/messages.ts'
import { NOON, person, signedIn } from './support/shop.ts'
import type { Json, Shop } from './support/shop.ts'

let practice: Practice
let shop: Shop
let now = NOON
beforeEach(async () => {
  now = NOON
  practice = await startPractice({ clock: () => now, profile: { answerForms: 'plain' } })
  shop = await signedIn(practice, () => now)
  return () => practice.close()
})
const who = person('employee')
const buy = () => settle(shop, who, [{ drug: 'famotidine', count: 2, price: 5.6 }])
const ask = async (change: Json): Promise<Json> => (await shop.ok('3201', totalsInput(shop, change))).stmtinfo as Json
const nextDay = async (): Promise<void> => {
  now += 24 * 3_600_000
  await shop.signIn()
}

describe('3201', () => {
  test('balances an empty day', async () => {
    expect(await ask({})).toEqual({ setl_optins: '999900', stmt_rslt: '0', stmt_rslt_dscr: '平:笔数0,总额0.00,基金0.00,账户0.00' })
  })

  test('balances what both sides have and names both where they differ', async () => {
    await buy()
    await buy()
    expect(await ask({ medfee_sumamt: 22.4, acct_pay: 22.4, fixmedins_setl_cnt: 2 })).toMatchObject({ stmt_rslt: '0' })
    expect(await ask({ medfee_sumamt: 22.4, acct_pay: 22.4, fixmedins_setl_cnt: 1 })).toEqual({
      setl_optins: '999900',
      stmt_rslt: '1',
      stmt_rslt_dscr: '不平:机构笔数1,总额22.40,基金0.00,账户22.40;中心笔数2,总额22.40,基金0.00,账户22.40',
    })
    for (const change of [{ medfee_sumamt: 22.41 }, { fund_pay_sumamt: 0.01 }, { acct_pay: 22.39 }]) {
      expect(await ask({ medfee_sumamt: 22.4, acct_pay: 22.4, fixmedins_setl_cnt: 2, ...change })).toMatchObject({ stmt_rslt: '1' })
    }
  })

  test('compares one insurance type and one clearing type', async () => {
    await buy()
    const chronic = person('retired-chronic')
    await settle(shop, chronic, [{ drug: 'metformin', count: 2, price: 3.56 }], { med_type: '14', dise_codg: 'M01600' })
    expect(await ask({ clr_type: '14', medfee_sumamt: 7.12, fund_pay_sumamt: 6.05, acct_pay: 1.07, fixmedins_setl_cnt: 1 })).toMatchObject({ stmt_rslt: '0' })
    expect(await ask({ insutype: '390' })).toMatchObject({ stmt_rslt: '0' })
    expect(await ask({ medfee_sumamt: 11.2, acct_pay: 11.2, fixmedins_setl_cnt: 1 })).toMatchObject({ stmt_rslt: '0' })
  })

  test('keeps a cancelled settlement on its day and its refund on the day of the refund', async () => {
    const { setlinfo } = await buy()
    await nextDay()
    await shop.ok('2103', cancelInput(who, setlinfo), area(who))
    const yesterday = { stmt_begndate: '2026-11-21', stmt_enddate: '2026-11-21' }
    expect(await ask({ ...yesterday, medfee_sumamt: 11.2, acct_pay: 11.2, fixmedins_setl_cnt: 1 })).toMatchObject({ stmt_rslt: '0' })
    expect(await ask({ ...yesterday, fixmedins_refd_setl_flag: '1' })).toMatchObject({ stmt_rslt: '0' })
    expect(await ask({})).toMatchObject({ stmt_rslt: '0' })
    const refund = { fixmedins_refd_setl_flag: '1', fixmedins_setl_cnt: 1 }
    expect(await ask({ ...refund, medfee_sumamt: -11.2, acct_pay: -11.2 })).toMatchObject({ stmt_rslt: '0' })
    expect(await ask({ ...refund, medfee_sumamt: 11.2, acct_pay: 11.2 })).toMatchObject({ stmt_rslt: '0' })
    expect(await ask({ ...refund, medfee_sumamt: -11.2, acct_pay: 11.2 })).toMatchObject({ stmt_rslt: '1' })
  })

  test.each([
    ['negative', -11.2, 11.2],
    ['positive', 11.2, -11.2],
  ] as const)('can want the sums of refunds %s', async (refundTotals, right, wrong) => {
    const other = await startPractice({ clock: () => NOON, profile: { refundTotals } })
    try {
      const till = await signedIn(other)
      const { setlinfo } = await settle(till, who, [{ drug: 'famotidine', count: 2, price: 5.6 }])
      await till.ok('2103', cancelInput(who, setlinfo), area(who))
      const asked = async (amount: number): Promise<unknown> =>
        (
          (await till.ok('3201', totalsInput(till, { fixmedins_refd_setl_flag: '1', fixmedins_setl_cnt: 1, medfee_sumamt: amount, acct_pay: amount })))
            .stmtinfo as Json
        ).stmt_rslt
      expect([await asked(right), await asked(wrong)]).toEqual(['0', '1'])
    } finally {
      await other.close()
    }
  })

  test('has never heard of a reversed settlement', async () => {
    const { msgid } = await buy()
    await shop.ok('2601', reverseInput(who, msgid), area(who))
    expect(await ask({})).toMatchObject({ stmt_rslt: '0' })
    expect(await ask({ fixmedins_refd_setl_flag: '1' })).toMatchObject({ stmt_rslt: '0' })
  })

  test.each([
    [{ stmt_begndate: '2026-11-22', stmt_enddate: '2026-11-21' }, '晚于结束日期'],
    [{ setl_optins: '430000' }, 'setl_optins'],
    [{ fixmedins_refd_setl_flag: '2' }, 'fixmedins_refd_setl_flag'],
  ])('refuses %o', async (change, text) => {
    expect(await shop.refusal('3201', totalsInput(shop, change))).toContain(text)
  })
})
