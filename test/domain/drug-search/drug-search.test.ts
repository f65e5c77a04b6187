import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SearchableDrug } from '../../../electron/domain/drug-search/drug-index.ts'
import { buildDrugIndex } from '../../../electron/domain/drug-search/drug-index.ts'
import { foldText, foldWords } from '../../../electron/domain/drug-search/fold-text.ts'
import { changesToPrefix } from '../../../electron/domain/drug-search/nearest-names.ts'
import { searchDrugs } from '../../../electron/domain/drug-search/search-drugs.ts'
import type { Spell } from '../../../electron/domain/drug-search/spelled-name.ts'

const READINGS: Record<string, readonly string[]> = {
  阿: ['a'],
  莫: ['mo'],
  西: ['xi'],
  林: ['lin'],
  胶: ['jiao'],
  囊: ['nang'],
  片: ['pian'],
  克: ['ke'],
  拉: ['la'],
  维: ['wei'],
  酸: ['suan'],
  钾: ['jia'],
  盐: ['yan'],
  二: ['er'],
  甲: ['jia'],
  双: ['shuang'],
  胍: ['gua'],
  注: ['zhu'],
  射: ['she'],
  用: ['yong'],
  钠: ['na'],
  枸: ['ju', 'gou'],
  橼: ['yuan'],
  沙: ['sha'],
  必: ['bi'],
  利: ['li'],
  生: ['sheng'],
  素: ['su'],
  联: ['lian'],
  邦: ['bang'],
  制: ['zhi'],
  药: ['yao'],
  石: ['shi'],
  倍: ['bei'],
  他: ['ta'],
  乐: ['le'],
}
const spell: Spell = (folded) => [...folded].map((character) => READINGS[character] ?? [character])

const drug = (drugId: string, genericName: string, given: Partial<SearchableDrug> = {}): SearchableDrug => ({
  drugId,
  genericName,
  tradeName: '',
  spec: '',
  packSpec: '',
  maker: '',
  approvalNumber: '',
  barcode: null,
  nationalCode: '',
  ...given,
})
const DRUGS = [
  drug('A10', '阿莫西林胶囊', {
    spec: '0.5g',
    maker: '石药',
    barcode: '6999000000018',
    approvalNumber: '国药准字H44021351',
    nationalCode: 'XJ01CAA040E001010104044',
  }),
  drug('A2', '阿莫西林胶囊', { spec: '0.25g', maker: '联邦制药' }),
  drug('A3', '阿莫西林克拉维酸钾片', { spec: '0.375g', maker: '联邦制药' }),
  drug('A4', '注射用阿莫西林钠', { maker: '石药' }),
  drug('M1', '盐酸二甲双胍片', { tradeName: '倍他乐' }),
  drug('G1', '枸橼酸莫沙必利片'),
  drug('V1', '维生素B6片'),
]
const index = buildDrugIndex(DRUGS, spell)
const found = (text: string, inStock: (drugId: string) => boolean = () => true, limit = 50) => searchDrugs(index, text, limit, (row) => inStock(row.drugId))
const names = (text: string): string[] => found(text).groups.map((group) => group.genericName)
const ids = (text: string, inStock?: (drugId: string) => boolean): string[] =>
  found(text, inStock).groups.flatMap((group) => group.drugs.map((row) => row.drugId))

describe('a name is found', () => {
  test.each([
    ['a'],
    ['amxl'],
    ['AMXL'],
    ['amxljn'],
    ['amoxilin'],
    ['amoxi'],
    ['阿莫'],
    ['莫西林'],
    ['阿mxl'],
    ['amo西林'],
    ['amoxl'],
    ['阿moxili'],
    ['a mxl'.replace(' ', "'")],
    ['ａｍｘｌ'],
  ])('by %s', (text) => {
    expect(names(text)[0]).toBe('阿莫西林胶囊')
  })
  test('from its stem, as well as from its salt', () => {
    for (const text of ['ejsg', 'ysejsg', '二甲双胍', 'erjia', 'jsg']) expect(names(text)).toEqual(['盐酸二甲双胍片'])
  })
  test('by the right reading and by the one everybody types', () => {
    for (const text of ['jysms', 'gysms', 'juyuansuan', 'gouyuansuan']) expect(names(text)).toEqual(['枸橼酸莫沙必利片'])
  })
  test('by its trade name, and shown under its generic one', () => {
    for (const text of ['倍他乐', 'btl', 'beita']) expect(names(text)).toEqual(['盐酸二甲双胍片'])
  })
  test('with its letters and digits, or without them', () => {
    for (const text of ['wssb6p', 'wssp', 'wss', 'b6', '维生素b6', 'wssb']) expect(names(text)).toContain('维生素B6片')
  })
  test('the start of a name stands before its stem, and that before its middle', () => {
    expect(names('amxl')).toEqual(['阿莫西林胶囊', '阿莫西林克拉维酸钾片', '注射用阿莫西林钠'])
    expect(names('j')[0]).toBe('枸橼酸莫沙必利片')
  })
})

describe('words narrow', () => {
  test('name and maker, in any order and any spelling', () => {
    for (const text of ['amxl 石药', 'sy amxl', '阿莫　石药', 'shiyao amx']) expect(ids(text)).toEqual(['A10', 'A4'])
  })
  test('name and strength', () => {
    expect(ids('amxl 0.25')).toEqual(['A2'])
    expect(ids('amxl 0.25g 联邦')).toEqual(['A2'])
    expect(ids('amxl 0.25g 石药')).toEqual([])
  })
  test('a maker alone finds all its drugs', () => {
    expect(ids('联邦').toSorted()).toEqual(['A2', 'A3'])
  })
})

describe('codes are found by their beginning', () => {
  test.each(['6999000000018', '699900', '国药准字H44021351', 'h44021351', '44021351', 'H4402', 'XJ01CAA040E001010104044', 'xj01caa', 'A10'])('%s', (text) => {
    expect(ids(text)).toContain('A10')
  })
  test('and name one drug when complete', () => {
    for (const text of ['6999000000018', 'H44021351', 'XJ01CAA040E001010104044']) expect(ids(text)).toEqual(['A10'])
  })
})

describe('order', () => {
  test('in a group what is in stock stands first, then by strength', () => {
    expect(ids('amxljn')).toEqual(['A2', 'A10'])
    expect(ids('amxljn', (id) => id === 'A10')).toEqual(['A10', 'A2'])
  })
  test('a group in stock stands before one that only matches better', () => {
    expect(found('amxl', (id) => id === 'A4').groups[0]?.genericName).toBe('注射用阿莫西林钠')
    // But what was named exactly is shown first, if only to say that there is none.
    expect(found('阿莫西林胶囊', (id) => id === 'A4').groups[0]?.genericName).toBe('阿莫西林胶囊')
  })
  test('strengths are weights: 5mg, 0.25g, 0.5g, 1g', () => {
    const specs = ['1g', '0.25g', '5mg', '0.5g', '250μg']
    const byWeight = buildDrugIndex(
      specs.map((spec, i) => drug(`S${i}`, '维生素B6片', { spec })),
      spell,
    )
    expect(searchDrugs(byWeight, 'wss', 9, () => true).groups[0]?.drugs.map((row) => row.spec)).toEqual(['250μg', '5mg', '0.25g', '0.5g', '1g'])
  })
  test('the limit counts drugs and cuts no group', () => {
    expect(found('amxl', undefined, 1).groups.map((group) => group.drugs.length)).toEqual([2])
    expect(found('amxl', undefined, 3).groups).toHaveLength(2)
  })
})

describe('nothing found', () => {
  test('offers what is one typing error away, and says what was searched', () => {
    expect(found('amxk')).toMatchObject({ groups: [], searched: 'amxk', nearest: expect.arrayContaining(['阿莫西林胶囊']) })
    expect(found('阿莫西宁').nearest).toContain('阿莫西林胶囊')
    expect(found('amoxlin').nearest).toEqual([])
    expect(found('amoixlin').nearest).toContain('阿莫西林胶囊')
    expect(found('qqqqqq').nearest).toEqual([])
  })
  test('is the answer to an empty word, and not everything', () => {
    for (const text of ['', ' ', '　', '()', '-']) expect(found(text)).toEqual({ groups: [], nearest: [], searched: '' })
  })
})

describe('for any text', () => {
  test('there is an answer whose every drug is one of ours, once', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ maxLength: 80 }), fc.string({ unit: 'binary', maxLength: 80 }), fc.stringMatching(/^[a-z阿莫西林 ]{0,20}$/)), (text) => {
        const shown = found(text).groups.flatMap((group) => group.drugs)
        expect(new Set(shown).size).toBe(shown.length)
        for (const row of shown) expect(DRUGS).toContain(row)
      }),
      { numRuns: 500 },
    )
  })
  test('every beginning of every spelling of a name finds it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...DRUGS), fc.nat(20), fc.nat(20), fc.constantFrom('hanzi', 'full', 'initials'), (row, from, length, spelling) => {
        const folded = [...foldText(row.genericName)].slice(from % foldText(row.genericName).length)
        const typed = folded
          .map((character) =>
            spelling === 'hanzi' ? character : spelling === 'full' ? (READINGS[character]?.[0] ?? character) : (READINGS[character]?.[0]?.[0] ?? character),
          )
          .join('')
          .slice(0, 1 + length)
        expect(ids(typed)).toContain(row.drugId)
      }),
      { numRuns: 500 },
    )
  })
})

test('folding is idempotent and leaves only what is compared', () => {
  expect(foldText('硝酸咪康唑乳膏【达克宁】 2%×20g')).toBe('硝酸咪康唑乳膏达克宁220g')
  expect(foldWords(' ＡＭＸＬ　石药 ( ')).toEqual(['amxl', '石药'])
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(foldText(foldText(text))).toBe(foldText(text))
    }),
  )
})

test('changes are counted up to the limit: replaced, missing, surplus, swapped', () => {
  expect([
    changesToPrefix('amxl', 'amxljn', 1),
    changesToPrefix('amxk', 'amxljn', 1),
    changesToPrefix('axl', 'amxljn', 1),
    changesToPrefix('ammxl', 'amxljn', 1),
    changesToPrefix('maxl', 'amxljn', 1),
    changesToPrefix('zzxl', 'amxljn', 1),
  ]).toEqual([0, 1, 1, 1, 1, 2])
})
