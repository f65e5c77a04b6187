import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startPractice } from '../../electron/practice/server.ts'
import type { Practice } from '../../electron/practice/server.ts'
import { filled } from './support/examples.ts'
import { area, cancelInput, DRUGS, freshCodes, returnedRow, rowResult, settle, soldRow } from './support/messages.ts'
import { NOON, person, signedIn } from './support/shop.ts'
import type { Json, Shop } from './support/shop.ts'

let practice: Practice
let shop: Shop
beforeEach(async () => {
  practice = await startPractice({ clock: () => NOON, profile: { answerForms: 'plain' } })
  shop = await signedIn(practice)
})
afterEach(() => practice.close())

const goods = (key: string, change: Json = {}): Json => ({
  med_list_codg: DRUGS.famotidine.code, fixmedins_hilist_id: 'ITEM-0', fixmedins_bchno: key, rx_flag: '0', manu_date: '2025-01-10', expy_end: '2027-12-31', manu_lotnum: 'A2401',
  spler_name: '供应商', purc_invo_no: 'INV-9', medins_prod_purc_no: '', trdn_flag: '0', memo: '', ...change,
})
const take = (key: string, change: Json = {}): Json => filled(shop, '3501', { invinfo: goods(key, { inv_cnt: 12, drugtracinfo: [], ...change }) })
const changed = (key: string, change: Json = {}): Json => filled(shop, '3502', { invinfo: goods(key, { inv_chg_type: '105', cnt: 2.5, pric: 5.6, ...change }) })
const bought = (key: string, change: Json = {}): Json => filled(shop, '3503', { purcinfo: goods(key, { purc_retn_cnt: 10, finl_trns_pric: 3.25, ...change }) })
const sentBack = (key: string, change: Json = {}): Json => filled(shop, '3504', { purcinfo: goods(key, { purc_retn_cnt: 4, ...change }) })
const upload = async (infno: string, input: Json): Promise<string> => {
  const { retRslt, msgRslt } = rowResult(await shop.ok(infno, input))
  return retRslt === '1' ? 'ok' : msgRslt
}
const ask = async (infno: string, more: Json = {}): Promise<Json[]> =>
  (await shop.ok(infno, { data: { fixmedins_code: 'P99999900001', begndate: '2026-11-01', enddate: '2026-11-30', medins_list_codg: 'ITEM-0', ...(infno === '3512' ? {} : { fixmedins_bchno: '' }), ...more } })).output as Json[]

describe('what is uploaded is what is asked for', () => {
  test('a count, by its own number, with its lot and dates', async () => {
    const { result } = (await shop.ok('3501', take('K1', { inv_cnt: 12.5 }))) as { result: Json }
    expect(await ask('3508')).toMatchObject([
      { medinsProdInvNo: result.medins_prod_inv_no, invCnt: 12.5, invdate: '2026-11-21', fixmedinsBchno: 'K1', manuLotnum: 'A2401', expyEnd: '2027-12-31', medinsListCodg: 'ITEM-0', rxFlag: '0', valiFlag: '1' },
    ])
  })

  test('changes, purchases and their returns, each where it belongs', async () => {
    expect(await upload('3502', changed('C1'))).toBe('ok')
    expect(await upload('3503', bought('P1'))).toBe('ok')
    expect(await upload('3504', sentBack('P1'))).toBe('ok')
    expect(await ask('3509')).toMatchObject([{ invChgType: '105', cnt: 2.5, pric: 5.6, fixmedinsBchno: 'C1' }])
    expect(await ask('3510')).toMatchObject([{ prodRetnFlag: '0', purcRetnCnt: 10, finlTrnsPric: 3.25, splerName: '供应商' }, { prodRetnFlag: '1', purcRetnCnt: 4 }])
    expect(await ask('3508')).toEqual([])
  })

  test('sales with their returns as rows of their own', async () => {
    const codes = freshCodes('famotidine', 2)
    await shop.ok('3505', soldRow(shop, 'famotidine', codes, { fixmedins_bchno: 'S1', phar_name: '练习药师' }))
    await shop.ok('3506', returnedRow(shop, 'famotidine', codes, { fixmedins_bchno: 'S1' }))
    expect(await ask('3511')).toMatchObject([
      { fixmedinsBchno: 'S1', selRetnCnt: 2, hiFeesetlType: '0', pharName: '练习药师', manuLotnum: 'A2401' },
      { fixmedinsBchno: 'S1', selRetnCnt: -2 },
    ])
  })

  test('codes that came in, a row a code', async () => {
    const [one, two] = freshCodes('famotidine', 2) as [string, string]
    await shop.ok('3501', take('K1', { drugtracinfo: [{ drug_trac_codg: one }, { drug_trac_codg: two }] }))
    expect((await ask('3512')).map(({ drugTracCodg }) => drugTracCodg)).toEqual([one, two])
    expect((await ask('3512', { drug_trac_codg: two })).length).toBe(1)
  })

  test('a filter that does not fit finds nothing; neither does another shop or another month', async () => {
    await shop.ok('3502', changed('C1'))
    expect((await ask('3509', { inv_chg_type: '105' })).length).toBe(1)
    expect(await ask('3509', { inv_chg_type: '106' })).toEqual([])
    expect(await ask('3509', { fixmedins_bchno: 'C2' })).toEqual([])
    expect(await ask('3509', { begndate: '2026-10-01', enddate: '2026-10-31' })).toEqual([])
    const question = { fixmedins_code: 'P99999900002', begndate: '2026-11-01', enddate: '2026-11-30', medins_list_codg: 'ITEM-0', fixmedins_bchno: '' }
    expect(await shop.refusal('3509', { data: question })).toContain('与报文头不一致')
    expect(await shop.refusal('3509', { data: { ...question, fixmedins_code: 'P99999900001', medins_list_codg: '' } })).toContain('必须传其中一个字段')
    expect(await shop.refusal('3509', { data: { ...question, fixmedins_code: 'P99999900001', begndate: '2026-12-01' } })).toContain('晚于结束日期')
  })
})

describe('what is refused', () => {
  test.each([
    ['3501', () => take('K1', { inv_cnt: -1 }), '库存数量(inv_cnt)必须大于等于0'],
    ['3501', () => take('K1', { invdate: '2026-11-22' }), '晚于当前日期'],
    ['3501', () => take('K1', { expy_end: '2025-01-01' }), '有效期止(expy_end)早于生产日期'],
    ['3501', () => take('K1', { med_list_codg: 'XNOTHING' }), '在医保目录中不存在'],
    ['3502', () => changed('C1', { cnt: 0 }), '数量(cnt)必须大于0'],
    ['3503', () => bought('P1', { expy_end: '2026-01-01' }), '药品已过有效期'],
    ['3504', () => sentBack('P9', { purc_invo_no: 'INV-0' }), '未找到对应的采购记录'],
    ['3507', () => ({ data: { fixmedins_bchno: 'P9', inv_data_type: '3' } }), '未找到要删除的记录'],
    ['3507', () => ({ data: { fixmedins_bchno: 'P9', inv_data_type: '7' } }), '不在字典中'],
  ])('%s #%#: %3$s', async (infno, input, text) => {
    expect(await upload(infno, input())).toContain(text)
  })

  test('a row key twice, unless the province takes the same again', async () => {
    expect(await upload('3503', bought('P1'))).toBe('ok')
    expect(await upload('3503', bought('P1'))).toContain('重复')
    // The keys of a count and of a purchase are two books.
    expect(await upload('3501', take('P1'))).toBe('ok')
    const kind = await startPractice({ clock: () => NOON, profile: { repeatedRowKey: 'accept-same' } })
    const till = await signedIn(kind)
    const row = filled(till, '3503', { purcinfo: goods('P1') })
    const first = rowResult(await till.ok('3503', row))
    expect(rowResult(await till.ok('3503', row))).toEqual(first)
    expect(rowResult(await till.ok('3503', { purcinfo: { ...(row.purcinfo as Json), memo: 'other' } })).retRslt).toBe('0')
    await kind.close()
  })

  test('more sent back than was bought, in one return or in several', async () => {
    await shop.ok('3503', bought('P1'))
    const { medins_prod_purc_no: number } = ((await shop.ok('3503', bought('P2'))) as { result: Json }).result
    expect(await upload('3504', sentBack('R1', { medins_prod_purc_no: number, purc_retn_cnt: 11 }))).toContain('退货数量超过采购数量')
    expect(await upload('3504', sentBack('R1', { medins_prod_purc_no: number, purc_retn_cnt: 6 }))).toBe('ok')
    expect(await upload('3504', sentBack('R2', { medins_prod_purc_no: number, purc_retn_cnt: 5 }))).toContain('退货数量超过采购数量')
    expect(await upload('3504', sentBack('R2', { medins_prod_purc_no: number, purc_retn_cnt: 4 }))).toBe('ok')
  })
})

describe('batches', () => {
  const rows = (infno: string, node: string, over: readonly Json[]): Json => ({ [node]: over.map((one) => (filled(shop, infno, { [node]: one })[node] as Json[])[0]) })

  test('3501A: all rows or none', async () => {
    expect(await upload('3501A', rows('3501A', 'invinfoDetail', [goods('K1'), goods('K2', { inv_cnt: -1 })]))).toMatch(/^第2行:.*大于等于0/)
    expect(await ask('3508')).toEqual([])
    expect(await upload('3501A', rows('3501A', 'invinfoDetail', [goods('K1'), goods('K2')]))).toBe('ok')
    expect((await ask('3508')).length).toBe(2)
  })

  test('3502A and 3504A answer the rows that failed, and book the others', async () => {
    const change = (key: string, more: Json = {}): Json => goods(key, { inv_chg_type: '106', trac_codg_pac_hery: '1', drugtracinfo: [], ...more })
    const output = await shop.ok('3502A', rows('3502A', 'invinfoDetail', [change('C1'), change('C2', { cnt: 0 }), change('C1')]))
    expect((output.invinfoErrDetail as Json[]).map(({ fixmedins_bchno, retRslt }) => [fixmedins_bchno, retRslt])).toEqual([['C2', '0'], ['C1', '0']])
    expect((await ask('3509')).map(({ fixmedinsBchno }) => fixmedinsBchno)).toEqual(['C1'])
    await shop.ok('3503', bought('P1'))
    const back = await shop.ok('3504A', rows('3504A', 'purcinfoDetail', [goods('P1', { purc_retn_cnt: 3 }), goods('P9', { purc_retn_cnt: 3, purc_invo_no: 'x' })]))
    expect((back.purcinfoErrDetail as Json[]).map(({ msgRslt }) => msgRslt)).toEqual(['未找到对应的采购记录'])
  })

  test('3503A gives every row back with its fate and its number', async () => {
    const file = (key: string, more: Json = {}): Json => ({ purc_invo_file_List: [{ fixmedins_bchno: key, file_data: 'eA==', file_name: 'a.pdf', ...more }] })
    const output = await shop.ok('3503A', rows('3503A', 'purcinfoDetail', [goods('P1', file('P1')), goods('P2', file('P1')), goods('P3', file('P3', { file_name: 'a' }))]))
    expect((output.purcinfoDetail as Json[]).map(({ fixmedins_bchno, retRslt, medins_prod_purc_no }) => [fixmedins_bchno, retRslt, medins_prod_purc_no === ''])).toEqual([
      ['P1', '1', false], ['P2', '0', true], ['P3', '0', true],
    ])
  })
})

describe('deletion', () => {
  const remove = (key: string, type: string): Promise<string> => upload('3507', { data: { fixmedins_bchno: key, inv_data_type: type } })

  test('takes out what it names and nothing else; the key is free again', async () => {
    await shop.ok('3501', take('K1'))
    await shop.ok('3503', bought('K1'))
    expect(await remove('K1', '1')).toBe('ok')
    expect(await ask('3508')).toEqual([])
    expect((await ask('3510')).length).toBe(1)
    expect(await upload('3501', take('K1'))).toBe('ok')
  })

  test('of a purchase takes its return of the same key along, and stops at a return of another key', async () => {
    await shop.ok('3503', bought('P1'))
    const { medins_prod_purc_no: number } = ((await shop.ok('3503', bought('P2'))) as { result: Json }).result
    await shop.ok('3504', sentBack('P1'))
    await shop.ok('3504', sentBack('R2', { medins_prod_purc_no: number }))
    expect(await remove('P1', '3')).toBe('ok')
    expect(await remove('P2', '3')).toContain('已有退货记录')
    expect(await remove('R2', '3')).toBe('ok')
    expect(await remove('P2', '3')).toBe('ok')
    expect(await ask('3510')).toEqual([])
  })

  test('of a self-paid sale frees its packs; of an insured one the settlement keeps them', async () => {
    const [own, paid] = freshCodes('famotidine', 2) as [string, string]
    const who = person('employee')
    await shop.ok('3505', soldRow(shop, 'famotidine', [own], { fixmedins_bchno: 'S1' }))
    const { setlinfo } = await settle(shop, who, [{ drug: 'famotidine', count: 1, price: 5.6, codes: [paid] }])
    const insured = { fixmedins_bchno: 'S2', setl_id: setlinfo.setl_id, mdtrt_sn: setlinfo.mdtrt_id, psn_no: who.psnNo, MDTRT_SETL_TYPE: '1' }
    await shop.ok('3505', soldRow(shop, 'famotidine', [paid], insured), area(who))
    expect(practice.books.salesOfCode(own).length).toBe(1)
    expect(await remove('S1', '4')).toBe('ok')
    expect(await remove('S2', '4')).toBe('ok')
    expect(practice.books.salesOfCode(own)).toEqual([])
    expect(practice.books.salesOfCode(paid).length).toBe(1)
    await shop.ok('2103', cancelInput(who, setlinfo), area(who))
    expect(practice.books.salesOfCode(paid)).toEqual([])
  })

  test('of a return alone makes the sale stand again, unless the pack was sold meanwhile', async () => {
    const codes = freshCodes('famotidine', 1)
    await shop.ok('3505', soldRow(shop, 'famotidine', codes, { fixmedins_bchno: 'S1' }))
    await shop.ok('3506', returnedRow(shop, 'famotidine', codes, { fixmedins_bchno: 'B1' }))
    expect(await remove('B1', '4')).toBe('ok')
    expect(practice.books.saleUploads()[0]!.returnedBy).toBe(null)
    expect(practice.books.salesOfCode(codes[0]!).length).toBe(1)
    await shop.ok('3506', returnedRow(shop, 'famotidine', codes, { fixmedins_bchno: 'B2' }))
    await shop.ok('3505', soldRow(shop, 'famotidine', codes, { fixmedins_bchno: 'S2' }))
    expect(await remove('B2', '4')).toContain('已再次销售')
  })
})
