import { beforeEach, describe, expect, test } from 'vitest'
import type { PracticeProfileInput } from '../../electron/practice/profile.ts'
import { startPractice } from '../../electron/practice/server.ts'
import type { Practice } from '../../electron/practice/server.ts'
import { area, cancelInput, DRUGS, freshCodes, purchase, returnedRow, reverseInput, rowResult, settle, soldRow } from './support/messages.ts'
import type { DrugKey } from './support/messages.ts'
import { NOON, person, signedIn } from './support/shop.ts'
import type { Json, Shop } from './support/shop.ts'

let practice: Practice
let shop: Shop
const open = async (profile: PracticeProfileInput = {}): Promise<void> => {
  await practice?.close()
  practice = await startPractice({ clock: () => NOON, profile: { answerForms: 'plain', ...profile } })
  shop = await signedIn(practice)
}
beforeEach(async () => {
  await open()
  return () => practice.close()
})

const who = person('employee')
const here = area(who)
const send = async (infno: string, input: Json, change: Json = {}): Promise<{ retRslt: string; msgRslt: string }> =>
  rowResult(await shop.ok(infno, input, change))
const OK = { retRslt: '1', msgRslt: '' }

describe('3505 of a self-paid sale', () => {
  test('is taken, and its packs are sold in the country', async () => {
    const codes = freshCodes('famotidine', 2)
    expect(await send('3505', soldRow(shop, 'famotidine', codes))).toMatchObject(OK)
    expect(practice.books.salesOfCode(codes[0]!)).toMatchObject([{ institution: 'P99999900001' }])
    expect(await shop.refusal('2102', purchase(shop, who, [{ drug: 'famotidine', count: 1, price: 5.6, codes: [codes[0]!] }]), here)).toContain(
      '已在本机构销售',
    )
    expect(practice.books.saleUploads()).toMatchObject([{ insured: false, countE4: 20_000, codes, returnedBy: null }])
  })

  const refused: readonly [string, Json, string][] = [
    ['too few codes', { sel_retn_cnt: 3 }, '追溯码数量2与销售数量3不一致'],
    ['no codes', { drugtracinfo: [] }, '药品追溯码(drug_trac_codg)不能为空'],
    ['an empty code', { drugtracinfo: [{ drug_trac_codg: '' }] }, '不能为空'],
    ['the same code twice', { drugtracinfo: [{ drug_trac_codg: '89000001000000077777' }, { drug_trac_codg: '89000001000000077777' }] }, '重复上传'],
    ['a code sold elsewhere', { drugtracinfo: [{ drug_trac_codg: '89000009999999000002' }, { drug_trac_codg: '89000001000000077777' }] }, '已在其他机构销售'],
    ['an expired pack', { expy_end: '2026-11-20' }, '已过有效期'],
    ['a pack made after it was sold', { manu_date: '2026-11-22' }, '生产日期'],
    ['a drug that is not in the catalogue', { med_list_codg: 'XA02BAF006A001010199999' }, '在医保目录中不存在'],
    ['a count of nothing', { sel_retn_cnt: 0 }, '必须大于0'],
    ['a sale of tomorrow', { sel_retn_time: '2026-11-22 09:00:00' }, '晚于当前日期'],
    ['an unknown settlement type', { MDTRT_SETL_TYPE: '3' }, 'MDTRT_SETL_TYPE'],
    ['a settlement number', { setl_id: '1' }, '自费结算不应填写结算ID'],
    ['insured without a settlement number', { MDTRT_SETL_TYPE: '1' }, '必须填写结算ID'],
  ]
  test.each(refused)('is refused at row level for %s: infcode 0, retRslt 0', async (_, change, text) => {
    const result = await send('3505', soldRow(shop, 'famotidine', freshCodes('famotidine', 2), change))
    expect(result.retRslt).toBe('0')
    expect(result.msgRslt).toContain(text)
    expect(practice.books.saleUploads()).toEqual([])
  })

  test('the expiry day itself is the last day of sale', async () => {
    expect(await send('3505', soldRow(shop, 'famotidine', freshCodes('famotidine', 1), { expy_end: '2026-11-21' }))).toMatchObject(OK)
  })

  test('a row key known already is a repeat; by the profile the same content is taken again', async () => {
    const input = soldRow(shop, 'famotidine', freshCodes('famotidine', 1))
    await send('3505', input)
    expect(await send('3505', input)).toEqual({ retRslt: '0', msgRslt: '定点医药机构批次流水号(fixmedins_bchno)重复' })
    await open({ repeatedRowKey: 'accept-same' })
    await send('3505', input)
    expect(await send('3505', input)).toMatchObject(OK)
    expect((await send('3505', { selinfo: { ...(input.selinfo as Json), memo: 'other' } })).retRslt).toBe('0')
    expect(practice.books.saleUploads()).toHaveLength(1)
  })

  test('a split pack may come again with its code', async () => {
    const [code] = freshCodes('famotidine', 1)
    for (let i = 0; i < 2; i += 1) expect(await send('3505', soldRow(shop, 'famotidine', [code!], { trdn_flag: '1', sel_retn_cnt: 6 }))).toMatchObject(OK)
    expect(practice.books.flags()).toMatchObject([{ kind: 'split-repeat', code }])
  })

  test('pieces need no code, a drug without national code is taken by its default', async () => {
    expect(await send('3505', soldRow(shop, 'famotidine', [], { med_list_codg: 'T500202822', sel_retn_cnt: 12.5 }))).toMatchObject(OK)
    expect(await send('3505', soldRow(shop, 'famotidine', freshCodes('famotidine', 1), { med_list_codg: 'NMLC999' }))).toMatchObject(OK)
  })
})

describe('3505 of an insured sale', () => {
  const insured = (setlinfo: Json, change: Json = {}): Json => ({
    MDTRT_SETL_TYPE: '1',
    setl_id: setlinfo.setl_id,
    mdtrt_sn: setlinfo.mdtrt_id,
    psn_no: who.psnNo,
    ...change,
  })
  const bought = async (drug: DrugKey = 'famotidine'): Promise<{ codes: string[]; setlinfo: Json; msgid: string }> => {
    const codes = freshCodes(drug, 2)
    return { codes, ...(await settle(shop, who, [{ drug, count: 2, price: 5.6, codes }])) }
  }

  test('names its settlement and carries its codes', async () => {
    const { codes, setlinfo } = await bought()
    expect(await send('3505', soldRow(shop, 'famotidine', codes, insured(setlinfo)), here)).toMatchObject(OK)
    expect(practice.books.salesOfCode(codes[0]!)).toHaveLength(1)
  })

  test.each([
    ['a settlement nobody made', { setl_id: '999' }, '结算ID(setl_id)不存在'],
    ['another visit', { mdtrt_sn: '1' }, '就诊ID不一致'],
    ['another drug', { med_list_codg: DRUGS.metformin.code }, '药品与结算明细不一致'],
    ['a code that was not settled', { drugtracinfo: [{ drug_trac_codg: '89000001000000088888' }], sel_retn_cnt: 1 }, '与结算明细不一致'],
  ])('is refused at row level for %s', async (_, change, text) => {
    const { codes, setlinfo } = await bought()
    const result = await send('3505', soldRow(shop, 'famotidine', codes, insured(setlinfo, change)), here)
    expect([result.retRslt, result.msgRslt.includes(text)]).toEqual(['0', true])
  })

  test('uploads each settled pack once', async () => {
    const { codes, setlinfo } = await bought()
    await send('3505', soldRow(shop, 'famotidine', [codes[0]!], insured(setlinfo)), here)
    expect((await send('3505', soldRow(shop, 'famotidine', [codes[0]!], insured(setlinfo)), here)).msgRslt).toContain('重复上传')
    expect(await send('3505', soldRow(shop, 'famotidine', [codes[1]!], insured(setlinfo)), here)).toMatchObject(OK)
  })

  test('does not upload more than was settled', async () => {
    const [code] = freshCodes('famotidine', 1)
    const { setlinfo } = await settle(shop, who, [{ drug: 'famotidine', count: 6, price: 0.24, codes: [code!], split: true }])
    const part = (count: number): Json => soldRow(shop, 'famotidine', [code!], insured(setlinfo, { trdn_flag: '1', sel_retn_cnt: count }))
    expect(await send('3505', part(4), here)).toMatchObject(OK)
    expect(await send('3505', part(3), here)).toEqual({ retRslt: '0', msgRslt: '销售数量超过结算数量' })
    expect(await send('3505', part(2), here)).toMatchObject(OK)
  })

  test('of a settlement cancelled meanwhile is still taken, of a reversed one not', async () => {
    const cancelled = await bought()
    await shop.ok('2103', cancelInput(who, cancelled.setlinfo), here)
    expect(await send('3505', soldRow(shop, 'famotidine', cancelled.codes, insured(cancelled.setlinfo)), here)).toMatchObject(OK)
    const reversed = await bought()
    await shop.ok('2601', reverseInput(who, reversed.msgid), here)
    expect(await send('3505', soldRow(shop, 'famotidine', reversed.codes, insured(reversed.setlinfo)), here)).toMatchObject({
      retRslt: '0',
      msgRslt: '该结算已冲正',
    })
  })

  test("needs the person's area in the envelope", async () => {
    const { codes, setlinfo } = await bought()
    expect(await shop.refusal('3505', soldRow(shop, 'famotidine', codes, insured(setlinfo)))).toContain('insuplc_admdvs')
  })

  test('comes back by 3506 only after 2103, under a row key of its own', async () => {
    const { codes, setlinfo } = await bought()
    await send('3505', soldRow(shop, 'famotidine', codes, insured(setlinfo)), here)
    const back = (): Json => returnedRow(shop, 'famotidine', codes, { setl_id: setlinfo.setl_id, mdtrt_sn: setlinfo.mdtrt_id, psn_no: who.psnNo })
    expect(await send('3506', back(), here)).toEqual({ retRslt: '0', msgRslt: '医保结算未撤销,不能退货' })
    await shop.ok('2103', cancelInput(who, setlinfo), here)
    expect(await send('3506', back(), here)).toMatchObject(OK)
    expect(practice.books.returnUploads()).toHaveLength(1)
    expect(await send('3506', back(), here)).toMatchObject({ retRslt: '0', msgRslt: '未找到对应的销售记录' })
  })
})

describe('3506', () => {
  const sold = async (change: Json = {}): Promise<{ codes: string[]; row: Json; number: unknown }> => {
    const codes = freshCodes('famotidine', 2)
    const row = soldRow(shop, 'famotidine', codes, change)
    const result = await shop.ok('3505', row)
    return { codes, row: row.selinfo as Json, number: (result.result as Json).medins_prod_sel_no }
  }

  test('frees the packs of a self-paid sale', async () => {
    const { codes } = await sold()
    expect(await send('3506', returnedRow(shop, 'famotidine', codes))).toMatchObject(OK)
    expect(practice.books.salesOfCode(codes[0]!)).toEqual([])
    expect(await send('3505', soldRow(shop, 'famotidine', codes))).toMatchObject(OK)
  })

  test("finds its sale by the platform's number or by the sale's row key too", async () => {
    const first = await sold()
    expect(await send('3506', returnedRow(shop, 'famotidine', first.codes, { medins_prod_sel_no: first.number, mdtrt_sn: 'x' }))).toMatchObject(OK)
    const second = await sold()
    expect(await send('3506', returnedRow(shop, 'famotidine', second.codes, { fixmedins_bchno: second.row.fixmedins_bchno, mdtrt_sn: 'x' }))).toMatchObject(OK)
  })

  test.each([
    ['nobody sold', { drugtracinfo: [{ drug_trac_codg: '89000001000000099999' }] }, '未找到'],
    ['of another visit', { mdtrt_sn: 'x' }, '未找到'],
    ['in another quantity', { sel_retn_cnt: 1 }, '退货数量'],
    ['by a number nobody has', { medins_prod_sel_no: 'S1' }, '未找到'],
  ])('refuses at row level what was %s', async (_, change, text) => {
    const { codes } = await sold()
    const result = await send('3506', returnedRow(shop, 'famotidine', codes, change))
    expect([result.retRslt, result.msgRslt.includes(text)]).toEqual(['0', true])
    expect(practice.books.salesOfCode(codes[0]!)).toHaveLength(1)
  })

  test('takes a sale back once, and knows its row key again', async () => {
    const { codes, number } = await sold()
    const input = returnedRow(shop, 'famotidine', codes)
    await send('3506', input)
    expect((await send('3506', input)).msgRslt).toContain('重复')
    expect((await send('3506', returnedRow(shop, 'famotidine', codes, { medins_prod_sel_no: number }))).msgRslt).toContain('已退货')
  })

  test('wants the codes of the sale', async () => {
    const { codes, number } = await sold()
    const swapped = returnedRow(shop, 'famotidine', [codes[0]!, '89000001000000099999'], { medins_prod_sel_no: number })
    expect((await send('3506', swapped)).msgRslt).toContain('与销售记录不一致')
    expect((await send('3506', returnedRow(shop, 'famotidine', codes, { medins_prod_sel_no: number, med_list_codg: DRUGS.metformin.code }))).msgRslt).toContain(
      '药品与销售记录不一致',
    )
  })
})

describe('3592B', () => {
  const ask = (change: Json = {}): Json => ({
    data: { med_list_codg: DRUGS.famotidine.code, fixmedins_hilist_id: 'ITEM-0', fixmedins_hilist_name: '法莫替丁片', fixmedins_bchno: 'B1', ...change },
  })
  const issue = async (change: Json = {}): Promise<string> => String(((await shop.ok('3592B', ask(change))).result as Json).drug_trac_codg)

  test('issues 20 characters that no printed code looks like, another each time', async () => {
    const [first, second] = [await issue(), await issue()]
    expect(first).toMatch(/^XN999900261121\d{6}$/)
    expect(first).toHaveLength(20)
    expect(second).not.toBe(first)
    expect(practice.books.virtualCodes()).toMatchObject([{ code: first, nationalCode: DRUGS.famotidine.code }, { code: second }])
  })

  test('its code is good for one sale of that drug', async () => {
    const code = await issue()
    expect(await shop.refusal('2102', purchase(shop, who, [{ drug: 'metformin', count: 1, price: 3.56, codes: [code] }]), here)).toContain('与药品不一致')
    await settle(shop, who, [{ drug: 'famotidine', count: 1, price: 5.6, codes: [code] }])
    expect(await shop.refusal('2102', purchase(shop, who, [{ drug: 'famotidine', count: 1, price: 5.6, codes: [code] }]), here)).toContain('已在本机构销售')
  })

  test('answers for a drug without national code under the default, not for one that does not exist', async () => {
    expect(await issue({ med_list_codg: 'NMLC999' })).toMatch(/^XN/)
    expect(await shop.refusal('3592B', ask({ med_list_codg: 'XA02BAF006A001010199999' }))).toContain('在医保目录中不存在')
  })
})

describe('3513', () => {
  const ask = async (change: Json): Promise<Json[]> => (await shop.ok('3513', { data: { fixmedins_code: 'P99999900001', ...change } })).output as Json[]

  test('says what this shop uploaded, a row a code', async () => {
    const codes = freshCodes('famotidine', 2)
    const row = soldRow(shop, 'famotidine', codes)
    await send('3505', row)
    await send('3505', soldRow(shop, 'metformin', freshCodes('metformin', 1)))
    const found = await ask({ med_list_codg: DRUGS.famotidine.code })
    expect(found).toMatchObject(codes.map((code) => ({ drugTracCodg: code, mdtrtSetlType: '2', trdnFlag: '0', memo: '' })))
    expect(await ask({ med_list_codg: DRUGS.famotidine.code, drug_trac_codg: codes[1] })).toHaveLength(1)
    expect(await ask({ fixmedins_bchno: (row.selinfo as Json).fixmedins_bchno, begndate: '2026-11-22' })).toEqual([])
    await send('3506', returnedRow(shop, 'famotidine', codes))
    expect((await ask({ mdtrt_id: 'OWN0000001', drug_trac_codg: codes[0] }))[0]).toMatchObject({ memo: '已退货' })
  })

  test('tells where and when another shop sold a named pack, and nothing of whoever bought it', async () => {
    const pack = `${8_900_000 + DRUGS.famotidine.index}9999999000003`
    const [row, ...more] = await ask({ med_list_codg: DRUGS.famotidine.code, drug_trac_codg: pack })
    expect(more).toEqual([])
    expect(row).toMatchObject({ fixmedinsCode: 'P99999900002', medListCodg: DRUGS.famotidine.code, drugTracCodg: pack, crteTime: '2024-01-15 08:00:00' })
    for (const field of ['psnNo', 'certno', 'psnName', 'mdtrtId', 'opterName', 'fixmedinsBchno']) expect(row).not.toHaveProperty(field)
    // Asked about another drug, another time, by a key of one's own, or about no pack in particular: nothing of others.
    expect(await ask({ med_list_codg: DRUGS.metformin.code, drug_trac_codg: pack })).toEqual([])
    expect(await ask({ med_list_codg: DRUGS.famotidine.code, drug_trac_codg: pack, begndate: '2024-01-16' })).toEqual([])
    expect(await ask({ fixmedins_bchno: 'x', drug_trac_codg: pack })).toEqual([])
    expect((await ask({ med_list_codg: DRUGS.famotidine.code })).map((sale) => sale.fixmedinsCode)).not.toContain('P99999900002')
  })

  test('keeps to what the shop itself uploaded where the province is so', async () => {
    const practice = await startPractice({ clock: () => NOON, profile: { traceQuery: 'own-uploads' } })
    const asking = await signedIn(practice)
    const pack = `${8_900_000 + DRUGS.famotidine.index}9999999000003`
    const { output } = await asking.ok('3513', { data: { fixmedins_code: 'P99999900001', med_list_codg: DRUGS.famotidine.code, drug_trac_codg: pack } })
    expect(output).toEqual([])
    await practice.close()
  })

  test("wants one of its keys and one's own institution", async () => {
    expect(await shop.refusal('3513', { data: { fixmedins_code: 'P99999900001', drug_trac_codg: 'x' } })).toContain('必须传其中一个字段')
    expect(await shop.refusal('3513', { data: { fixmedins_code: 'P99999900002', mdtrt_id: 'x' } })).toContain('fixmedins_code')
    expect(await shop.refusal('3513', { data: { fixmedins_code: 'P99999900001', mdtrt_id: 'x', begndate: '2026-11-22', enddate: '2026-11-21' } })).toContain('晚于结束日期')
    expect(await shop.refusal('3513', { data: { fixmedins_code: 'P99999900001', mdtrt_id: 'x', drug_trac_codg: '8'.repeat(31) } })).toContain('drug_trac_codg')
  })
})
