import type { PracticeSamples } from '../../contract/index.ts'
import type { ReadableDb } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'
import { findDrugFacts } from '../drug/drug-store.ts'
import { cartonOf, expectedPack } from '../goods/cascade.ts'
import { digitsKey } from '../trace/pack-key.ts'
import { barcodeOf, gtinOf, isGs1, neverReceivedCode, outerPackCode, packCode, productId, soldElsewhereCode } from './demo-codes.ts'
import { DELIVERED } from './demo-delivery.ts'
import {
  ALARM_LIST_ROWS,
  DELIVERED_ROWS,
  EXPIRED_ROWS,
  EXPIRES_TODAY_ROW,
  GS1_ROWS,
  LOCKED_ROW,
  NEAR_EXPIRY_DAYS,
  NO_MANUFACTURE_DATE_ROWS,
  RECALLED_ROW,
  SOLD_BEFORE,
  UNCODED_ROWS,
  VIRTUAL_ROWS,
} from './demo-plan.ts'

const FIRST_PACKS = `state in (select value from json_each(@states)) and (@empty is null or (units_left = 0) = @empty) order by pack_key limit @count`
const statements = perDatabase((db) => ({
  ofLot: db.prepare(`select code from pack_shown where pack_key between @first and @last and ${FIRST_PACKS}`).pluck(),
  ofGs1Lot: db.prepare(`select code from pack_shown where pack_key in (select pack_key from other_code where code between @first and @last) and ${FIRST_PACKS}`).pluck(),
}))

const SHELF = ['in-stock', 'returned']

/** First packs of a lot that are in one of the states: what was sold in the meantime makes room for the next. */
const packsOfLot = (
  db: ReadableDb,
  row: number,
  lotOrdinal: number,
  count = 1,
  states: readonly string[] = SHELF,
  empty: 0 | 1 | null = null,
): readonly string[] => {
  const [first, last] = [packCode(row, lotOrdinal, 1), packCode(row, lotOrdinal, 999_999)]
  const asked = { count, states: JSON.stringify(states), empty }
  const found = isGs1(row) ? statements(db).ofGs1Lot.all({ ...asked, first, last }) : statements(db).ofLot.all({ ...asked, first: digitsKey(first), last: digitsKey(last) })
  return found as string[]
}

const labelOf = (db: ReadableDb, row: number, note = ''): string => {
  const drug = findDrugFacts(db, productId(row))
  if (drug === null) throw new Error('a sample of a drug the demo shop does not have')
  return `${drug.genericName} ${drug.packSpec}${note === '' ? '' : ` · ${note}`}`
}

type PackSample = PracticeSamples['packs'][number]

/** What to scan when there is no scanner: the same choice on every machine, as long as nothing was sold. Empty where no demo shop is loaded. */
export const demoSamples = (db: ReadableDb): Pick<PracticeSamples, 'packs' | 'codes'> => {
  if (findDrugFacts(db, productId(1)) === null) return { packs: [], codes: [] }
  const lot = (group: string, row: number, { ordinal = 1, count = 1, note = '', states = SHELF, empty = null as 0 | 1 | null } = {}): readonly PackSample[] =>
    packsOfLot(db, row, ordinal, count, states, empty).map((code, n, all) => ({
      group,
      label: labelOf(db, row, all.length > 1 ? `第 ${n + 1} 盒` : note),
      code,
    }))
  const made = (group: string, row: number, code: string, note = ''): PackSample => ({ group, label: labelOf(db, row, note), code })
  const soldRows = [
    ...new Set(
      SOLD_BEFORE.flat()
        .filter((line) => line.packs > 0)
        .map((line) => line.row),
    ),
  ]

  return {
    packs: [
      ...[400, 375, 403, 428].flatMap((row) => lot('可售', row)),
      ...lot('同药两盒', 399, { count: 2 }),
      ...lot('同药两盒', 214, { count: 2 }),
      ...[10, 214, 398].flatMap((row) => lot('甲类', row)),
      ...[286, 343, 61].flatMap((row) => lot('乙类', row)),
      ...[349, 376, 52].flatMap((row) => lot('自费', row)),
      ...[148, 156, 31, 35, 142].flatMap((row) => lot('慢病用药', row)),
      ...[43, 283, 353].flatMap((row) => lot('拆零', row, { note: '整瓶，可拆' })),
      ...lot('拆零（已开封）', 353, { states: ['split-open'], empty: 0, note: '还有余量' }),
      ...lot('拆零（已拆空）', 353, { states: ['split-open'], empty: 1, note: '已空' }),
      ...GS1_ROWS.slice(0, 3).flatMap((row) => lot('GS1 追溯码', row, { note: '进口' })),
      ...[...NEAR_EXPIRY_DAYS.keys()].slice(0, 4).flatMap((row) => lot('近效期', row)),
      ...lot('今日到期', EXPIRES_TODAY_ROW, { ordinal: 2, note: '今天是最后一天' }),
      ...EXPIRED_ROWS.flatMap((row) => lot('已过期', row, { ordinal: 2, note: '昨天到期' })),
      ...lot('召回', RECALLED_ROW, { ordinal: 2 }),
      ...lot('锁定', LOCKED_ROW, { states: ['locked'] }),
      ...soldRows.flatMap((row) => lot('已售', row, { states: ['sold', 'settled'] })),
      ...ALARM_LIST_ROWS.slice(0, 3).map((row) => made('外店已售', row, soldElsewhereCode(row, 1), '本店警示名单')),
      ...ALARM_LIST_ROWS.slice(0, 3).map((row) => made('外店已售（仅省平台知道）', row, soldElsewhereCode(row, 5), '上传时才会被拒')),
      ...[10, 375, 398].map((row) => made('从未入库', row, neverReceivedCode(row, 1))),
      made('中码', 214, outerPackCode(214, 2, 1), '中包装'),
      made('中码', 398, outerPackCode(398, 2, 1), '中包装'),
      made('大码', 398, outerPackCode(398, 3, 1), '整箱'),
      ...DELIVERED.cartons.filter((code) => cartonOf(db, code)?.opened === false).map((code) => made('到货未收（整箱）', DELIVERED_ROWS.cartons, code, '10 盒')),
      ...DELIVERED.inners.filter((code) => cartonOf(db, code)?.opened === false).map((code) => made('到货未收（中包装）', DELIVERED_ROWS.cartons, code, '5 盒')),
      ...[...DELIVERED.packs.slice(-2), ...DELIVERED.loose.slice(0, 2)].filter((code) => expectedPack(db, code) !== null).map((code) => made('到货未收（单盒）', DELIVERED.loose.includes(code) ? DELIVERED_ROWS.loose : DELIVERED_ROWS.cartons, code)),
      ...NO_MANUFACTURE_DATE_ROWS.flatMap((row) => lot('缺生产日期', row, { note: '上传会等待补录' })),
      ...Object.values(UNCODED_ROWS).map((row) => made('无码库', row, barcodeOf(row), '扫商品条码')),
      ...VIRTUAL_ROWS.map((row) => made('无码（虚拟码）', row, barcodeOf(row), '扫商品条码')),
      ...[214, 286, 376].map((row) => made('商品条码', row, barcodeOf(row))),
    ],
    codes: [
      { label: '未知标识的追溯码', code: '89099990000000000123' },
      { label: '只有标识、没有序列号', code: '8900213' },
      { label: '微信付款码', code: '134567890123456789' },
      { label: '支付宝付款码', code: '281234567890123456' },
      { label: '云闪付付款码', code: '6212345678901234567' },
      { label: '身份证号（测试）', code: '999999199001010016' },
      { label: '医保药品代码', code: 'XA02BAF006A001010100269' },
      { label: '快递箱码', code: '00169990000000000015' },
      { label: '占位码', code: '99999999999999999999' },
      { label: '少一位的追溯码', code: '8900213101021400001' },
      { label: 'GS1 缺分隔符', code: `01${gtinOf(60)}10AB12321XYZ789` },
      { label: '无法识别', code: 'YAOGUI-TEST-0001' },
    ],
  }
}
