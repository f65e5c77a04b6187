import { v7 } from 'uuid'
import { beforeAll, describe, expect, test } from 'vitest'
import type { BusinessDate, Instant, VerdictReason } from '../../../electron/contract/index.ts'
import { Drug, PracticeSamples } from '../../../electron/contract/index.ts'
import type { WritableDb } from '../../../electron/core/db/database.ts'
import { barcodeOf, identifierOf, outerPackCode, packCode, soldElsewhereCode } from '../../../electron/core/demo-shop/demo-codes.ts'
import { DELIVERED } from '../../../electron/core/demo-shop/demo-delivery.ts'
import { demoProducts, isKeptInShop, isPrescriptionOnly } from '../../../electron/core/demo-shop/demo-data.ts'
import { GS1_ROWS, OUTER_PACK_ROWS, VIRTUAL_ROWS } from '../../../electron/core/demo-shop/demo-plan.ts'
import { demoSamples } from '../../../electron/core/demo-shop/demo-samples.ts'
import { DEMO_STAFF, loadDemoShop } from '../../../electron/core/demo-shop/load-demo-shop.ts'
import { getDrug, listDrugFacts } from '../../../electron/core/drug/drug-store.ts'
import { cartonOf } from '../../../electron/core/goods/cascade.ts'
import { listDeliveries } from '../../../electron/core/goods/goods-store.ts'
import { getShift } from '../../../electron/core/shift/shift-store.ts'
import { lotsOf } from '../../../electron/core/stock/lot-store.ts'
import { lotsOutOfBalance } from '../../../electron/core/stock/move-stock.ts'
import { gatherFacts } from '../../../electron/core/trace/gather-facts.ts'
import { putInSale } from '../../../electron/core/trace/pack-ledger.ts'
import { mod10Verifies } from '../../../electron/domain/recognition/check-digits.ts'
import { recognise } from '../../../electron/domain/recognition/recognise.ts'
import { traceOf } from '../../../electron/domain/recognition/trace-of.ts'
import { decide } from '../../../electron/domain/verdict/decide.ts'
import { emptyDatabase, NINE_OCLOCK } from '../../support/database.ts'
import { demoDatabase } from './demo-house.ts'

const TODAY = '2026-11-21' as BusinessDate
let db: WritableDb
const value = (sql: string): unknown => db.prepare(sql).pluck().get()
const values = (sql: string): unknown[] => db.prepare(sql).pluck().all()

beforeAll(() => {
  db = demoDatabase()
})

const verdictOn = (database: WritableDb, code: string, today = TODAY) =>
  decide(
    gatherFacts(database, recognise({ raw: code, step: 'drug' }), {
      step: 'drug',
      saleId: null,
      answer: null,
      selectedLineId: null,
      picked: null,
      mayLearn: true,
      day: today,
      clockBehind: false,
      policy: { nearExpiryDays: 90, lastSaleDaysBefore: 0, unreceived: 'ask', splitPolicy: 'repeat-with-counter', strict: false },
    }),
  )

describe('the demo shop', () => {
  test('carries all 461 products and the decoction pieces, each as the contract wants a drug', () => {
    const drugs = listDrugFacts(db)
    expect(drugs.filter((drug) => drug.drugId.startsWith('P'))).toHaveLength(461)
    expect(drugs.filter((drug) => drug.kind === 'pieces')).toHaveLength(300)
    for (const { drugId } of drugs) expect(Drug.safeParse(getDrug(db, drugId, TODAY)).error).toBeUndefined()
    expect(getDrug(db, 'P0001', TODAY)).toMatchObject({
      genericName: '法莫替丁片',
      approvalNumber: '国药准字H41023392',
      nationalCode: 'XA02BAF006A001010100269',
      packPrice: 5_600_000,
      unitsPerPack: 24,
      smallestUnit: '片',
      packUnit: '盒',
      insuranceClass: 'A',
    })
    expect(getDrug(db, 'T0002', TODAY)).toMatchObject({ genericName: '白芷', packUnit: 'g', unitsPerPack: 1, packPrice: 55_200, codeRequirement: 'none' })
  })
  test('is loaded once', () => {
    const before = value('select count(*) from pack_event')
    expect(loadDemoShop(db, { clock: () => NINE_OCLOCK, newId: v7 })).toBe(false)
    expect(value('select count(*) from pack_event')).toBe(before)
  })
  test('is loaded whole or not at all', () => {
    const broken = emptyDatabase()
    let ids = 0
    expect(() =>
      loadDemoShop(broken, {
        clock: () => NINE_OCLOCK,
        newId: () => {
          ids += 1
          if (ids === 1500) throw new Error('power gone')
          return v7()
        },
      }),
    ).toThrow('power gone')
    for (const table of ['staff', 'drug', 'pack', 'setting', 'sale']) expect(broken.prepare(`select count(*) from ${table}`).pluck().get()).toBe(0)
  })
  test('has the same codes on every machine, whatever the day', () => {
    const later = demoDatabase(() => NINE_OCLOCK + 200 * 86_400_000)
    const codes = 'select code, state from pack_shown order by code'
    expect(later.prepare(codes).all()).toEqual(db.prepare(codes).all())
  })
  test('has books that agree: stock is the sum of movements, packs are the stock, the shift has counted right', () => {
    expect(lotsOutOfBalance(db)).toEqual([])
    // Units in packs of a lot = the lot's stock; a sold pack has none left.
    expect(
      values(`select lot_number from lot join (select lot_id, sum(units_left) as units from pack_shown group by lot_id) using (lot_id) where units <> on_hand`),
    ).toEqual([])
    expect(value(`select count(*) from pack where (select count(*) from pack_event where pack_event.pack_key = pack.pack_key) = 0`)).toBe(0)
    const shift = getShift(db, value('select shift_id from shift') as string)
    expect(shift).toMatchObject({ saleCount: 3, refundCount: 0 })
    expect(shift.closedAt).not.toBeNull()
    expect(shift.counted.every((row) => row.differenceFen === 0)).toBe(true)
    expect(value(`select sum(amount_fen) from tender`)).toBe(value(`select sum(amount_fen) from sale_line`))
    // Every line that was sold waits to be uploaded; nobody claims that it was.
    expect(value(`select count(*) from outbox where status = 'pending'`)).toBe(value(`select count(*) from sale_line`))
    expect(db.pragma('foreign_key_check')).toEqual([])
  })
  test('lets three people sign in and one be the pharmacist of the uploads', () => {
    expect(db.prepare('select staff_id as staffId, role, licence_number is not null as licensed from staff order by staff_id').all()).toEqual(
      DEMO_STAFF.map(({ staffId, role }) => ({ staffId, role, licensed: role === 'pharmacist' ? 1 : 0 })),
    )
  })
  test('keeps no fentanyl and no abortion drugs, though the table lists them', () => {
    const absent = demoProducts()
      .filter((product) => !isKeptInShop(product))
      .map((product) => product.genericName)
    expect(absent).toContain('枸橼酸芬太尼注射液')
    expect(absent).toContain('米非司酮片')
    expect(absent).not.toContain('精蛋白重组人胰岛素注射液')
    expect(value(`select count(*) from lot join drug using (drug_id) where generic_name like '%芬太尼%'`)).toBe(0)
  })
  test('asks a prescription for injections and antibiotics, not for a cold remedy', () => {
    const of = (name: string) =>
      demoProducts()
        .filter((product) => product.genericName === name)
        .map(isPrescriptionOnly)
    expect(of('阿莫西林胶囊')).toEqual([true, true, true])
    expect(of('丹参注射液')).toEqual([true, true])
    expect(of('维生素c注射液')).toEqual([true, true])
    expect(of('苯磺酸氨氯地平片')).toEqual([true, true, true])
    expect(of('感冒灵颗粒')).toEqual([false])
    expect(of('布洛芬缓释胶囊')).toEqual([false, false])
  })
  test('makes up its codes where no real goods can be', () => {
    for (let row = 1; row <= 461; row += 1) {
      expect(barcodeOf(row)).toMatch(/^6999\d{9}$/)
      expect(mod10Verifies(barcodeOf(row))).toBe(true)
      for (const level of [1, 2, 3] as const) expect(Number(identifierOf(row, level))).toSatisfy((n: number) => n >= 8_900_000 && n <= 8_999_999)
    }
    expect(value(`select count(*) from code_link where kind in ('trace-identifier', 'barcode') and source = 'chain' and source_note <> 'made up for practice'`)).toBe(0)
    expect(value(`select count(distinct value) from code_link where kind = 'trace-identifier' and source = 'chain'`)).toBe(461 - VIRTUAL_ROWS.length + 2 * OUTER_PACK_ROWS.length)
    expect(values(`select value from code_link where kind = 'trace-identifier' and value not glob '89[0-9][0-9][0-9][0-9][0-9]' and value not glob '06999*'`)).toEqual([])
    expect(soldElsewhereCode(1, 3)).toBe('89000009999999000003')
  })
  test('links every code of a drug, and leaves one link to be reviewed with the packs that only it names', () => {
    expect(value(`select count(*) from code_link where kind = 'barcode'`)).toBe(461)
    expect(value(`select count(*) from drug where national_code <> '' and not exists (select 1 from code_link where kind = 'national-code' and code_link.drug_id = drug.drug_id and value = national_code)`)).toBe(0)
    expect(value(`select count(*) from drug where approval_number <> '' and not exists (select 1 from code_link where kind = 'approval-number' and code_link.drug_id = drug.drug_id)`)).toBeLessThan(10)
    expect(value(`select count(*) from code_link join link_use using (link_id) where trust = 'provisional' and drug_id = 'P0398'`)).toBe(2)
  })
  test('names every pack by a code that recognition reads back as one pack of that drug', () => {
    const codes = [1, 10, 214, 461, ...GS1_ROWS].flatMap((row) => [packCode(row, 1, 1), packCode(row, 2, 999), packCode(row, 1, 210_021)])
    for (const code of codes) expect(traceOf(recognise({ raw: code, step: 'drug' }))?.code).toBe(code)
    for (const code of values('select code from pack_shown order by code limit 40') as string[])
      expect(traceOf(recognise({ raw: code, step: 'drug' }))?.code).toBe(code)
    expect(traceOf(recognise({ raw: outerPackCode(214, 2, 7), step: 'drug' }))?.identifier).toBe(identifierOf(214, 2))
  })
  test('has two lots without codes on the uncoded list, all of their stock, and the paper of its recall', () => {
    expect(values(`select packs_left || ' ' || reason from uncoded_stock order by told_at, uncoded_id`)).toEqual(['8 bought-before', '5 made-without'])
    expect(values(`select lot_number from lot join uncoded_stock using (lot_id) join drug on drug.drug_id = lot.drug_id where on_hand <> packs_left * units_per_pack * 10000`)).toEqual([])
    expect(value(`select count(*) from pack_shown where lot_id in (select lot_id from uncoded_stock)`)).toBe(0)
    expect(values(`select lot_number from recall where lifted_at is null`)).toEqual(values('select lot_number from lot where recalled = 1'))
  })

  test('has one delivery that waits at the back door: two cartons of ten, three loose packs, nothing of it in stock', () => {
    const [delivery] = listDeliveries(db, 10)
    expect(delivery).toMatchObject({ documentNumber: 'PD20261121-01', expected: 23, received: 0, endedAt: null })
    expect(DELIVERED.cartons.map((code) => cartonOf(db, code)?.packs)).toEqual([10, 10])
    expect(DELIVERED.inners.map((code) => cartonOf(db, code)?.packs)).toEqual([5, 5])
    for (const code of [...DELIVERED.cartons, ...DELIVERED.inners, ...DELIVERED.packs, ...DELIVERED.loose]) expect(code).toMatch(/^89\d{18}$/)
    expect(value(`select sum(on_hand) from lot join delivery_code using (lot_id)`)).toBe(0)
    expect(value(`select count(*) from delivery_code join pack using (pack_key)`)).toBe(0)
  })
  test('has the lots that a counter has to stumble over', () => {
    const count = (where: string): unknown => value(`select count(*) from lot where ${where}`)
    expect(count(`expires_on = '2026-11-20'`)).toBe(5)
    expect(count(`expires_on = '${TODAY}'`)).toBe(1)
    expect(count(`expires_on > '${TODAY}' and expires_on <= '2027-02-19'`)).toBe(10)
    expect(count('recalled = 1')).toBe(1)
    expect(count('manufactured_on is null')).toBe(3)
    expect(count('manufactured_on >= expires_on')).toBe(0)
    for (const row of ['P0009', 'P0349', 'P0429', 'P0378']) expect(lotsOf(db, row)).toHaveLength(2)
  })
})

describe('samples to scan', () => {
  const EXPECTED: Record<string, readonly VerdictReason[]> = {
    可售: ['pack-ok'],
    同药两盒: ['pack-ok'],
    甲类: ['pack-ok'],
    乙类: ['pack-ok'],
    自费: ['pack-ok'],
    慢病用药: ['pack-ok'],
    拆零: ['pack-ok'],
    '拆零（已开封）': ['split-pack-of-whole'],
    '拆零（已拆空）': ['split-pack-empty'],
    'GS1 追溯码': ['pack-ok'],
    近效期: ['pack-ok-near-expiry'],
    今日到期: ['pack-ok-near-expiry'],
    已过期: ['expired'],
    召回: ['recalled'],
    锁定: ['locked'],
    已售: ['sold-here'],
    外店已售: ['sold-elsewhere'],
    '外店已售（仅省平台知道）': ['never-received'],
    从未入库: ['never-received'],
    中码: ['wrong-level'],
    大码: ['wrong-level'],
    '到货未收（整箱）': ['carton'],
    '到货未收（中包装）': ['carton'],
    '到货未收（单盒）': ['received-by-scan'],
    缺生产日期: ['pack-ok'],
    无码库: ['uncoded-left'],
    '无码（虚拟码）': ['product-without-code'],
    商品条码: ['product-barcode'],
  }
  test('each group says of itself what the counter will say', () => {
    const { packs } = demoSamples(db)
    expect([...new Set(packs.map((sample) => sample.group))]).toEqual(Object.keys(EXPECTED))
    for (const { group, label, code } of packs) expect([`${group} ${label}`, verdictOn(db, code).reason]).toEqual([`${group} ${label}`, EXPECTED[group]?.[0]])
  })
  test('classes and splitting are true of the drugs shown', () => {
    const drugOf = (code: string) => getDrug(db, verdictOn(db, code).drugId ?? '', TODAY)
    for (const { group, code } of demoSamples(db).packs) {
      if (group === '甲类') expect(drugOf(code).insuranceClass).toBe('A')
      if (group === '乙类') expect(drugOf(code).insuranceClass).toBe('B')
      if (group === '自费') expect(drugOf(code).insuranceClass).toBe('none')
      if (group.startsWith('拆零')) expect(drugOf(code).unitsPerPack).toBeGreaterThan(1)
      if (group.startsWith('无码')) expect(drugOf(code).codeRequirement).toBe(group === '无码库' ? 'scan' : 'virtual')
    }
  })
  test('other codes are refused or asked about, each by a reason of its own, none of them shown', () => {
    const { codes } = demoSamples(db)
    const verdicts = codes.map(({ code }) => verdictOn(db, code))
    expect(verdicts.map((verdict) => verdict.reason)).toEqual([
      'unknown-identifier',
      'identifier-only',
      'payment-code',
      'payment-code',
      'payment-code',
      'id-in-drug-step',
      'national-code',
      'shipping-label',
      'placeholder',
      'invalid',
      'gs1-ambiguous',
      'unknown-code',
    ])
    expect(verdicts.filter((verdict) => verdict.code !== null).map((verdict) => verdict.reason)).toEqual(['unknown-identifier'])
  })
  test('are stable, and what was scanned makes room for the next pack', () => {
    const fresh = demoDatabase()
    const first = demoSamples(fresh)
    expect(demoSamples(demoDatabase())).toEqual(first)
    expect(PracticeSamples.safeParse({ ...first, people: [] }).success).toBe(true)
    const sold = first.packs.find((sample) => sample.group === '可售')?.code ?? ''
    putInSale(fresh, { code: sold, saleId: fresh.prepare('select sale_id from sale limit 1').pluck().get() as never, at: NINE_OCLOCK as Instant, staffId: '1001' })
    const second = demoSamples(fresh).packs.find((sample) => sample.group === '可售')?.code ?? ''
    expect(second).not.toBe(sold)
    expect(verdictOn(fresh, second).reason).toBe('pack-ok')
  })
  test('there are none where no demo shop is', () => {
    expect(demoSamples(emptyDatabase())).toEqual({ packs: [], codes: [] })
  })
})
