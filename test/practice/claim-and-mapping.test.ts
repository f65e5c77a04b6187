import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startPractice } from '../../electron/practice/server.ts'
import type { Practice } from '../../electron/practice/server.ts'
import { claimInput, mappingRow } from './support/examples.ts'
import { DRUGS } from './support/messages.ts'
import { NOON, signedIn } from './support/shop.ts'
import type { Json, Shop } from './support/shop.ts'

let practice: Practice
let shop: Shop
beforeAll(async () => {
  practice = await startPractice({ clock: () => NOON, profile: { answerForms: 'plain', mapping: { opening: 'none' } } })
  shop = await signedIn(practice)
})
afterAll(() => practice.close())

const order = (change: Json): Json => ({ cnt: 1, sumamt: 5.6, ...change })
const found = async (orders: readonly Json[], more: { readonly who?: string; readonly visit?: Json } = {}, infno = '3101'): Promise<Json[]> => (await shop.ok(infno, claimInput(shop, infno, { ...more, orders }))).result as Json[]
const rules = async (...about: Parameters<typeof found>): Promise<string[]> => (await found(...about)).map(({ rule_id, sev_deg }) => `${String(rule_id)} ${String(sev_deg)}`)

describe('the rules of 3101 and 3102', () => {
  test('find nothing in an ordinary basket', async () => {
    expect(await found([order({}), order({ hilist_code: DRUGS.metformin.code, hilist_name: '盐酸二甲双胍片' })])).toEqual([])
  })

  test.each([
    ['the same ingredient in two strengths', [order({ hilist_code: DRUGS.metformin.code }), order({ hilist_code: DRUGS.metformin.code.replace(DRUGS.metformin.code, 'XA10BAE021A010032180463') })], ['R01 2']],
    ['the same drug on two lines is not twice', [order({}), order({})], []],
    ['more packs than a purchase may have', [order({ cnt: 11 })], ['R02 2']],
    ['ten packs are ten packs, loose units are no packs', [order({ cnt: 10 }), order({ cnt: 30, spec_unt: '片' })], []],
    ['two lines of one drug that are too many together', [order({ cnt: 6 }), order({ cnt: 6 })], ['R02 2']],
    ['a drug for men', [order({ hilist_name: '前列舒通胶囊' })], ['R03 1']],
    ['a child’s drug for an adult', [order({ hilist_name: '小儿肺咳颗粒' })], ['R04 3']],
    ['a restricted drug without its diagnosis', [order({ hilist_code: 'XG03EBQ136A001010104735', hilist_name: '炔雌醇环丙孕酮片' })], ['R05 3']],
  ] as const)('%s', async (_what, orders, expected) => {
    expect(await rules(orders)).toEqual(expected)
    expect(await rules(orders, {}, '3102')).toEqual(expected)
  })

  test('a drug for women is found for a man only', async () => {
    const orders = [order({ hilist_name: '益母草颗粒' })]
    expect(await rules(orders, { who: 'employee' })).toEqual(['R03 1'])
    expect(await rules(orders)).toEqual([])
  })

  test('a finding names the line and says in words what is wrong and by which rule', async () => {
    const [violation] = await found([order({}), order({ cnt: 12, hilist_name: '法莫替丁片' })])
    expect(violation).toMatchObject({ rule_name: '超量购药', vola_amt_stas: '1', vola_bhvr_type: '2' })
    expect(String(violation!.vola_cont)).toContain('超过单次购药上限10盒')
    expect(violation!.judge_result_detail_dtos).toMatchObject([{ rx_id: 'line-1', vola_item_type: '1' }, { rx_id: 'line-2', vola_item_type: '1' }])
  })

  test.each([
    ['a total that is not the lines’', { medfee_sumamt: 1 }, '总费用'],
    ['another institution', { medins_id: 'P99999900002' }, '与报文头不一致'],
    ['another visit', { mdtrt_id: 'V2' }, '与当前就诊标识'],
  ])('are not asked with %s', async (_what, visit, text) => {
    expect(await shop.refusal('3101', claimInput(shop, '3101', { orders: [order({})], visit }))).toContain(text)
  })

  test('are not asked about a drug that no catalogue has, one line twice, or an invented day of birth', async () => {
    expect(await shop.refusal('3101', claimInput(shop, '3101', { orders: [order({ hilist_code: 'X' })] }))).toContain('在医保目录中不存在')
    expect(await shop.refusal('3101', claimInput(shop, '3101', { orders: [order({ rx_id: 'a' }), order({ rx_id: 'a' })] }))).toContain('重复')
    const input = claimInput(shop, '3101', { orders: [order({})] })
    ;((input.data as Json).patient_dtos as Json[])[0]!.brdy = '1999-01-01'
    expect(await shop.refusal('3101', input)).toContain('出生日期')
  })
})

describe('3103', () => {
  const answer = (id: unknown, change: Json = {}, warn_type = '1'): Json => ({ data: { warn_type, warns: [{ warn_rslt_id: id, dspo_way: '1', dspo_way_rea: '已核对', ...change }] } })
  const finding = async (infno = '3101'): Promise<unknown> => (await found([order({ cnt: 12 })], {}, infno))[0]!.jr_id

  test('keeps what was decided about a finding, again and again', async () => {
    const id = await finding()
    await shop.ok('3103', answer(id))
    await shop.ok('3103', answer(id, { dspo_way: '2', dspo_way_rea: '' }))
    expect(practice.books.claimResults().find(({ resultId }) => resultId === id)!.answers.map(({ way, reason }) => `${way} ${reason}`)).toEqual(['1 已核对', '2 '])
  })

  test('refuses what it did not find, the wrong stage, keeping without a reason, and an unknown way', async () => {
    const id = await finding('3102')
    expect(await shop.refusal('3103', answer('JR0'))).toContain('不存在')
    expect(await shop.refusal('3103', answer(id))).toContain('与反馈类型不一致')
    expect(await shop.refusal('3103', answer(id, { dspo_way_rea: '' }, '2'))).toContain('处理原因')
    expect(await shop.refusal('3103', answer(id, { dspo_way: '3' }, '2'))).toContain('不在范围内')
    expect(await shop.refusal('3103', answer(id, {}, '3'))).toContain('不在范围内')
    await shop.ok('3103', answer(id, {}, '2'))
  })
})

describe('3301 and 3302', () => {
  const upload = (...changes: readonly Json[]): Json => ({ data: changes.map((change) => mappingRow(shop, change)) })
  const withdraw = (itemId: string, change: Json = {}): Json => ({ fixmedins_code: 'P99999900001', fixmedins_hilist_id: itemId, list_type: '101', med_list_codg: DRUGS.famotidine.code, ...change })

  test.each([
    ['a code that no catalogue has', { med_list_codg: 'X1' }, '在医保目录中不存在'],
    ['the wrong list', { list_type: '102' }, '不符'],
    ['an end before its beginning', { begndate: '2027-01-02', enddate: '2027-01-01' }, '早于开始日期'],
    ['an end that is past', { enddate: '2026-01-02' }, '早于当前日期'],
    ['another drug’s approval number', { aprvno: '国药准字H00000001' }, '批准文号'],
  ])('refuse %s', async (_what, change, text) => {
    expect(await shop.refusal('3301', upload({ fixmedins_hilist_id: 'R1', ...change }))).toContain(text)
  })

  test('one period of an item is one mapping: the same again and an overlapping one are refused, the next period is taken', async () => {
    await shop.ok('3301', upload({ fixmedins_hilist_id: 'A1', enddate: '2026-12-31' }))
    expect(await shop.refusal('3301', upload({ fixmedins_hilist_id: 'A1', enddate: '2026-12-31' }))).toContain('已存在')
    expect(await shop.refusal('3301', upload({ fixmedins_hilist_id: 'A1', begndate: '2026-06-01' }))).toContain('时间重叠')
    await shop.ok('3301', upload({ fixmedins_hilist_id: 'A1', begndate: '2027-01-01' }))
  })

  test('rows are taken together or not at all', async () => {
    expect(await shop.refusal('3301', upload({ fixmedins_hilist_id: 'B1' }, { fixmedins_hilist_id: 'B2', med_list_codg: 'X1' }))).toContain('不存在')
    expect(practice.books.mappings().filter(({ itemId }) => itemId.startsWith('B'))).toEqual([])
    await shop.ok('3301', upload({ fixmedins_hilist_id: 'B1' }, { fixmedins_hilist_id: 'B2' }))
  })

  test('a mapping is taken back once; what never was is not found; afterwards it may be made again', async () => {
    await shop.ok('3301', upload({ fixmedins_hilist_id: 'C1' }))
    await shop.ok('3302', withdraw('C1'))
    expect(await shop.refusal('3302', withdraw('C1'))).toContain('已撤销')
    expect(await shop.refusal('3302', withdraw('C2'))).toContain('未找到')
    expect(await shop.refusal('3302', withdraw('C1', { fixmedins_code: 'P99999900002' }))).toContain('与报文头不一致')
    await shop.ok('3301', upload({ fixmedins_hilist_id: 'C1' }))
  })

  test('1317 gives pages from 1, withdrawn ones as invalid, nothing of before the day, nothing of others', async () => {
    const asked = (change: Json): Json => ({ data: { updt_time: '2026-11-21', page_num: 1, page_size: 2, ...change } })
    const page = async (change: Json): Promise<Json[]> => (await shop.ok('1317', asked(change))) as unknown as Json[]
    const all = await page({ page_size: 100 })
    expect(all.map(({ medins_list_codg }) => medins_list_codg)).toContain('C1')
    expect(await page({ page_num: 2 })).toEqual(all.slice(2, 4))
    expect(await page({ page_num: 99 })).toEqual([])
    expect(await page({ updt_time: '2026-11-22' })).toEqual([])
    expect(await page({ medins_list_codg: 'A1', page_size: 100 })).toHaveLength(2)
    expect(await shop.refusal('1317', asked({ fixmedins_code: 'P99999900002' }))).toContain('只能查询本机构')
    expect(await shop.refusal('1317', asked({ page_num: 0 }))).toContain('应从1开始')
  })
})
