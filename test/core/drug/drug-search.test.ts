import { beforeAll, describe, expect, test } from 'vitest'
import type { BusinessDate, DrugId, Instant } from '../../../electron/contract/index.ts'
import { contract, wholeUnits } from '../../../electron/contract/index.ts'
import { v7 } from 'uuid'
import type { WritableDb } from '../../../electron/core/db/database.ts'
import { drugHandlers } from '../../../electron/core/drug/drug-handlers.ts'
import { createDrugSearch } from '../../../electron/core/drug/drug-search.ts'
import { getDrugFacts, insertDrug } from '../../../electron/core/drug/drug-store.ts'
import { spell } from '../../../electron/core/drug/spell.ts'
import { lotsOf } from '../../../electron/core/stock/lot-store.ts'
import { moveStock } from '../../../electron/core/stock/move-stock.ts'
import { buildDrugIndex } from '../../../electron/domain/drug-search/drug-index.ts'
import { searchDrugs } from '../../../electron/domain/drug-search/search-drugs.ts'
import { foldText } from '../../../electron/domain/drug-search/fold-text.ts'
import { NINE_OCLOCK } from '../../support/database.ts'
import { demoDatabase } from '../demo-shop/demo-house.ts'
import initials from './drug-name-initials.json' with { type: 'json' }

const TODAY = '2026-11-21' as BusinessDate

describe('pinyin of drug names', () => {
  const read = (name: string): string[] => spell(foldText(name)).map((readings) => readings.join('/'))
  test('puts the right reading before the usual misreading', () => {
    expect(read('枸橼酸')).toEqual(['ju/gou', 'yuan', 'suan'])
    expect(read('重组人干扰素')[0]).toBe('chong/zhong')
    expect(read('参苓白术')).toEqual(['shen/can', 'ling', 'bai', 'zhu'])
    expect(read('小儿肺咳颗粒')[3]).toBe('ke/hai')
  })
  test('leaves letters and digits, ü is typed v', () => {
    expect(read('维生素B6')).toEqual(['wei', 'sheng', 'su', 'b', '6'])
    expect(read('铝碳酸镁')[0]).toBe('lv')
  })
})

describe('search quality over real drug names', () => {
  const names = initials as [name: string, typed: string, corrected: string][]
  const index = buildDrugIndex(
    [...new Set(names.map(([name]) => name))].map((genericName, i) => ({
      drugId: `D${i}`,
      genericName,
      tradeName: '',
      spec: '',
      packSpec: '',
      maker: '',
      approvalNumber: '',
      barcode: null,
      nationalCode: '',
    })),
    spell,
  )
  /** Share of names that are among the first ten for what is typed. */
  const recall = (typedOf: (name: string, typed: string, corrected: string) => string | null): number => {
    let asked = 0
    let found = 0
    for (const [name, typed, corrected] of names) {
      const text = typedOf(name, typed, corrected)
      if (text === null || text === '') continue
      asked += 1
      if (searchDrugs(index, text, 10, () => true).groups.some((group) => foldText(group.genericName) === foldText(name))) found += 1
    }
    expect(asked).toBeGreaterThan(1000)
    return found / asked
  }
  const hanzi = (name: string): string => [...foldText(name)].filter((character) => /\p{Script=Han}/u.test(character)).join('')
  const full = (name: string): string =>
    spell(foldText(name))
      .map((readings) => readings[0] ?? '')
      .join('')
  test('by the corrected initials', () => {
    expect(recall((_name, _typed, corrected) => corrected.toLowerCase())).toBeGreaterThanOrEqual(0.995)
  })
  test('by the initials as pinyin-pro reads them', () => {
    expect(recall((_name, typed) => typed.toLowerCase())).toBeGreaterThanOrEqual(0.995)
  })
  test('by its hanzi', () => {
    expect(recall((name) => foldText(name))).toBeGreaterThanOrEqual(0.995)
  })
  test('by full pinyin', () => {
    expect(recall((name) => full(name))).toBeGreaterThanOrEqual(0.995)
  })
  test('by one hanzi followed by initials', () => {
    expect(
      recall((name, _typed, corrected) => (hanzi(name) === foldText(name) && name.length > 2 ? (name[0] ?? '') + corrected.slice(1).toLowerCase() : null)),
    ).toBeGreaterThanOrEqual(0.995)
  })
  test('by the initials from the third character on', () => {
    expect(recall((_name, _typed, corrected) => (corrected.length >= 5 ? corrected.slice(2).toLowerCase() : null))).toBeGreaterThanOrEqual(0.985)
  })
  test('by its first four hanzi, as far as names differ there', () => {
    expect(recall((name) => hanzi(name).slice(0, 4))).toBeGreaterThanOrEqual(0.95)
  })
  test('a name typed with one wrong letter is found or offered', () => {
    let asked = 0
    let helped = 0
    for (const [name, , corrected] of names.filter((_, i) => i % 9 === 0)) {
      if (corrected.length < 4) continue
      asked += 1
      const typo = `${corrected.slice(0, 2)}Q${corrected.slice(3)}`.toLowerCase()
      const { groups, nearest } = searchDrugs(index, typo, 10, () => true)
      if (groups.some((group) => group.genericName === name) || nearest.includes(name)) helped += 1
    }
    expect(asked).toBeGreaterThan(100)
    expect(helped / asked).toBeGreaterThanOrEqual(0.9)
  })
})

describe('the demo assortment', () => {
  let db: WritableDb
  beforeAll(() => {
    db = demoDatabase()
  })
  const search = (text: string, limit = 20) =>
    drugHandlers({ db, clock: () => NINE_OCLOCK })['drug.searchDrugs'](null as never, { text, limit }) as ReturnType<
      ReturnType<typeof createDrugSearch>['search']
    >

  test('is answered as the contract says, from one letter on', () => {
    for (const text of ['a', 'y', '阿', '6', 'amxl 联邦', 'qqqq', '']) expect(contract['drug.searchDrugs'].output.safeParse(search(text)).error).toBeUndefined()
    expect(search('amxl 联邦').groups[0]).toMatchObject({ genericName: '阿莫西林胶囊', drugs: [{ drugId: 'P0214', packsOnHand: 76 }] })
    expect(search('H44021351')).toMatchObject({ searched: 'h44021351' })
  })
  test('finds every product by name, initials, approval number, barcode, national code and our code', () => {
    const engine = createDrugSearch(db)
    const found = (text: string, drugId: string): boolean =>
      engine.search(text, 50, TODAY).groups.some((group) => group.drugs.some((drug) => drug.drugId === drugId))
    for (let row = 1; row <= 461; row += 1) {
      const drug = getDrugFacts(db, `P${String(row).padStart(4, '0')}`)
      const typed = spell(foldText(drug.genericName))
        .map((readings) => readings[0]?.[0] ?? '')
        .join('')
      for (const text of [drug.genericName, typed, drug.approvalNumber, drug.barcode ?? '', drug.nationalCode, drug.drugId])
        if (text !== '') expect([text, found(text, drug.drugId)]).toEqual([text, true])
    }
  })
  test('shows what is in stock first, and stock as it is after the last sale', () => {
    const engine = createDrugSearch(db)
    const first = (): string | undefined => engine.search('二甲双胍', 20, TODAY).groups[0]?.drugs[0]?.drugId
    expect(first()).toBe('P0030')
    for (const lot of lotsOf(db, 'P0030'))
      moveStock(db, { lotId: lot.lotId, kind: 'sale', quantity: (0 - lot.onHand) as never, saleId: null, lineId: null, at: NINE_OCLOCK as Instant, newId: v7 })
    expect(first()).toBe('P0031')
    expect(engine.search('P0030', 20, TODAY).groups[0]?.drugs[0]?.packsOnHand).toBe(0)
    moveStock(db, {
      lotId: lotsOf(db, 'P0030')[0]?.lotId as never,
      kind: 'received',
      quantity: wholeUnits(100),
      saleId: null,
      lineId: null,
      at: NINE_OCLOCK as Instant,
      newId: v7,
    })
    expect(engine.search('P0030', 20, TODAY).groups[0]?.drugs[0]?.packsOnHand).toBe(1)
  })
  test('counts no expired stock, once the day is over', () => {
    const engine = createDrugSearch(db)
    const packs = (today: string): number | undefined => engine.search('P0378', 20, today as BusinessDate).groups[0]?.drugs[0]?.packsOnHand
    expect((packs('2026-11-21') ?? 0) - (packs('2026-11-22') ?? 0)).toBe(20 + ((378 * 7 + 22) % 41))
  })
  test('finds a drug that was added while it ran', () => {
    const engine = createDrugSearch(db)
    expect(engine.search('缬沙坦', 20, TODAY).groups).toEqual([])
    insertDrug(db, { ...getDrugFacts(db, 'P0156'), drugId: 'NEW1' as DrugId, genericName: '缬沙坦胶囊', barcode: null })
    expect(engine.search('xstjn', 20, TODAY).groups[0]?.genericName).toBe('缬沙坦胶囊')
  })
  test('drug.getDrug shows all lots, first expiring first', () => {
    const answer = drugHandlers({ db, clock: () => NINE_OCLOCK })['drug.getDrug'](null as never, { drugId: 'P0009' as DrugId })
    expect(contract['drug.getDrug'].output.safeParse(answer).error).toBeUndefined()
    expect(answer).toMatchObject({ drug: { genericName: '多潘立酮片' }, lots: [{ expiresOn: '2026-11-20' }, {}] })
    expect(() => drugHandlers({ db, clock: () => NINE_OCLOCK })['drug.getDrug'](null as never, { drugId: 'X' as DrugId })).toThrow(
      expect.objectContaining({ code: 'drug.not-found' }),
    )
  })
})
