import { expect, test } from 'vitest'
import { startPractice } from '../../electron/practice/server.ts'
import { area, freshCodes, purchase, soldRow, totalsInput } from './support/messages.ts'
import { NOON, person, signedIn } from './support/shop.ts'
import type { Json } from './support/shop.ts'

test('another edition spells as it likes: only its spelling is taken, named in refusals and answered', async () => {
  const practice = await startPractice({
    clock: () => NOON,
    profile: {
      answerForms: 'plain',
      names: { 2102: { durg_trac_info: 'drug_trac_info' }, 3201: { setl_optins: 'clr_optins' }, 3505: { MDTRT_SETL_TYPE: 'mdtrt_setl_type' }, '*': { psn_cash_pay: 'cash_payamt' } },
    },
  })
  try {
    const shop = await signedIn(practice)
    const who = person('employee')
    const input = purchase(shop, who, [{ drug: 'famotidine', count: 1, price: 5.6 }])
    expect(await shop.refusal('2102', input, area(who))).toContain('包含未定义的字段[durg_trac_info]')
    const [row] = input.drugdetail as Json[]
    row!.drug_trac_info = row!.durg_trac_info
    delete row!.durg_trac_info
    const { setlinfo } = (await shop.ok('2102', input, area(who))) as { setlinfo: Json }
    expect(setlinfo).toMatchObject({ cash_payamt: 0 })
    expect(setlinfo).not.toHaveProperty('psn_cash_pay')
    // The codes inside the renamed node were read.
    expect(practice.books.settlements()[0]!.lines[0]!.codes.length).toBe(1)

    const { setl_optins, ...totals } = totalsInput(shop).data as Json
    expect(await shop.refusal('3201', { data: totals })).toContain('(clr_optins)不能为空')
    expect(((await shop.ok('3201', { data: { ...totals, clr_optins: setl_optins } })).stmtinfo as Json).clr_optins).toBe('999900')

    const { MDTRT_SETL_TYPE: type, ...sold } = soldRow(shop, 'famotidine', freshCodes('famotidine', 1)).selinfo as Json
    expect(((await shop.ok('3505', { selinfo: { ...sold, mdtrt_setl_type: type } })).result as Json).retRslt).toBe('1')
  } finally {
    await practice.close()
  }
})

test('a spelling of a transaction or a name the tables lack does not start', async () => {
  await expect(startPractice({ profile: { names: { 9999: { a: 'b' } } } })).rejects.toThrow('names of 9999')
  await expect(startPractice({ profile: { names: { 2102: { nothing: 'b' } } } })).rejects.toThrow('2102 has no name nothing')
})
