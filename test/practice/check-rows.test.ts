import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTransactions } from '../../electron/practice/province.ts'
import { startPractice } from '../../electron/practice/server.ts'
import type { Practice } from '../../electron/practice/server.ts'
import { idCard, purchase, soldRow, freshCodes, area } from './support/messages.ts'
import { asRead, dictionary, paper } from './support/paper.ts'
import type { PaperField, PaperNode } from './support/paper.ts'
import { sampleOf } from './support/samples.ts'
import { filled } from './support/examples.ts'
import { NOON, errorText, person, signedIn } from './support/shop.ts'
import type { Json, Shop } from './support/shop.ts'

let practice: Practice
let shop: Shop
beforeAll(async () => {
  practice = await startPractice({ clock: () => NOON, profile: { answerForms: 'plain' } })
  shop = await signedIn(practice)
})
afterAll(() => practice.close())

/** The rows of a node inside an input, as objects that may be changed. */
const rowsIn = (input: Json, node: PaperNode, nodes: readonly PaperNode[]): Json[] => {
  const find = (value: unknown): Json[] => (Array.isArray(value) ? (value as Json[]) : [value as Json])
  if (node.node === '') return [input]
  if (node.nested !== true) return find(input[node.node ?? ''])
  // Rows may stand in rows that stand in others.
  return nodes.filter((other) => other.fields.some((field) => field.code === node.node)).flatMap((other) => rowsIn(input, other, nodes).flatMap((row) => find(row[node.node ?? ''])))
}

interface Spoilt {
  readonly title: string
  readonly value: unknown
  readonly text: string
}

/** Every way in which one field can break its row of the tables. */
const spoilings = (field: PaperField): readonly Spoilt[] => {
  const list: Spoilt[] = []
  const add = (title: string, value: unknown, text: string): unknown => list.push({ title, value, text })
  if (field.required)
    for (const [title, value] of [
      ['absent', undefined],
      ['null', null],
      ['empty', ''],
      ['blank', '   '],
    ] as const)
      add(title, value, '不能为空')
  switch (field.kind) {
    case 'text':
      add('a number', 5, '类型错误')
      add('control characters', 'a\u0001', field.width === 1 ? '' : '控制字符')
      if (field.width !== undefined) add('too long', '长'.repeat(field.width + 1), `长度不能超过${field.width}`)
      if (field.dictionary !== undefined && dictionary.has(field.dictionary)) add('outside its dictionary', field.width === 1 ? '~' : '~~', '不在字典中')
      break
    case 'number':
      add('words', 'abc', '不是有效的数值')
      add('an exponent', 1e-7, '不是有效的数值')
      add('a list', [1], '不是有效的数值')
      if (field.digits !== undefined) {
        const decimals = field.decimals ?? 0
        add('one decimal too many', `1.${'1'.repeat(decimals + 1)}`, `小数位不能超过${decimals}位`)
        add('one digit too many', '9'.repeat(field.digits - decimals + 1), `整数位不能超过${field.digits - decimals}位`)
      }
      break
    case 'date':
      for (const value of ['20261121', '2026-11-21 00:00:00', '2026-02-30', '2026/11/21']) add(value, value, 'yyyy-MM-dd')
      break
    case 'datetime':
      for (const value of ['2026-11-21', '2026-11-21T10:00:00', '2026-02-30 10:00:00', '2026-11-21 24:00:00', '2026-11-21 10:60:00', '20261121100000'])
        add(value, value, 'HH:mm:ss')
      break
    case 'nested':
      add('one row', { x: 1 }, '应为多行数据')
      break
  }
  return list
}

/** Optional by the tables, wanted by the business: one of several, or what a pharmacy's visit needs. */
const WANTED: Readonly<Record<string, readonly string[]>> = {
  1201: ['fixmedins_code'],
  2171: ['mdtrt_regno'],
  3101: ['trig_scen'],
  3102: ['trig_scen'],
  3508: ['medins_list_codg'],
  3509: ['medins_list_codg'],
  3510: ['medins_list_codg'],
  3511: ['medins_list_codg'],
  3512: ['medins_list_codg'],
  7201: ['ecToken', 'regSn'],
  7211: ['drugName'],
  '2203A': ['rxfixmedinsCode', 'rxfixmedinsName', 'rxIn', 'rxfilename'],
}

describe.each(openTransactions())('%s by the tables', (infno) => {
  const nodes = asRead[infno]!.input

  test('is accepted when it is right', async () => {
    const sample = await sampleOf(shop, infno)
    expect(Number((await shop.call(infno, sample.input, sample.change)).body.infcode)).toBe(0)
  })

  test('refuses every field that breaks its row, naming it', async () => {
    let tried = 0
    for (const node of nodes) {
      for (const field of node.fields) {
        for (const spoilt of spoilings(field)) {
          const sample = await sampleOf(shop, infno)
          const row = rowsIn(sample.input, node, nodes)[0]!
          if (spoilt.value === undefined) delete row[field.code]
          else row[field.code] = spoilt.value
          const { body } = await shop.call(infno, sample.input, sample.change)
          expect([field.code, spoilt.title, Number(body.infcode)]).toEqual([field.code, spoilt.title, -1])
          expect(errorText(body), `${field.code} ${spoilt.title}`).toContain(spoilt.text)
          if (field.kind !== 'nested') expect(errorText(body), spoilt.title).toContain(`${field.name}(${field.code})`)
          tried += 1
        }
      }
    }
    expect(tried).toBeGreaterThan(0)
  })

  test('takes every optional field as absent, null and empty', async () => {
    const optional = nodes.flatMap((node) => node.fields.filter((field) => !field.required && field.kind !== 'nested').map((field) => [node, field] as const))
    for (const value of [undefined, null, '', 'null']) {
      const sample = await sampleOf(shop, infno)
      for (const [node, field] of optional) {
        // A question without one of its keys and a chronic purchase without its disease are refused for reasons of business.
        if (['dise_codg', 'fixmedins_bchno'].includes(field.code) || WANTED[infno]?.includes(field.code) === true) continue
        for (const row of rowsIn(sample.input, node, nodes)) row[field.code] = value
      }
      const { body } = await shop.call(infno, sample.input, sample.change)
      expect([value, Number(body.infcode), errorText(body)]).toEqual([value, 0, ''])
    }
  })

  test('refuses unknown fields and nodes, also by the case of a letter', async () => {
    for (const node of nodes) {
      const sample = await sampleOf(shop, infno)
      const row = rowsIn(sample.input, node, nodes)[0]!
      const first = node.fields[0]!.code
      const other = first === first.toUpperCase() ? first.toLowerCase() : first.toUpperCase()
      row[other] = row[first]
      expect(await shop.refusal(infno, sample.input, sample.change)).toContain(`包含未定义的字段[${other}]`)
    }
    const sample = await sampleOf(shop, infno)
    expect(await shop.refusal(infno, { ...sample.input, extra: {} }, sample.change)).toMatch(/包含未定义的(节点|字段)\[extra\]/)
  })

  test('refuses a missing node, a list for one row and one row for a list', async () => {
    // Where the fields stand in the input itself there is no node to leave out: only the input.
    expect(await shop.refusal(infno, [])).toContain('input')
    for (const node of nodes.filter((candidate) => candidate.nested !== true && candidate.node !== '')) {
      const name = node.node ?? ''
      const sample = await sampleOf(shop, infno)
      const rest = { ...sample.input }
      delete rest[name]
      expect(await shop.refusal(infno, rest, sample.change)).toContain(`节点[${name}]不能为空`)
      const value = sample.input[name]
      const turned = node.rows === 'many' ? (value as unknown[])[0] : [value]
      expect(await shop.refusal(infno, { ...sample.input, [name]: turned }, sample.change)).toContain(node.rows === 'many' ? '应为多行数据' : '应为单行数据')
      expect(await shop.refusal(infno, { ...sample.input, [name]: node.rows === 'many' ? ['x'] : 'x' }, sample.change)).toContain('应为对象')
    }
  })
})

describe('what the tables leave open', () => {
  test('a number may come as a decimal text, as feedetl_sn of 30 digits must', async () => {
    const who = person('employee')
    const input = purchase(
      shop,
      who,
      [{ drug: 'famotidine', count: 1, price: 5.6, change: { cnt: '1.0000', pric: '5.600000', det_item_fee_sumamt: '5.60' } }],
      { medfee_sumamt: '5.60' },
    )
    const row = (input.drugdetail as Json[])[0]!
    row.feedetl_sn = '123456789012345678901234567890'
    for (const trace of row.durg_trac_info as Json[]) trace.feedetl_sn = row.feedetl_sn
    const output = await shop.ok('2102', input, area(who))
    expect((output.detlcutinfo as Json[])[0]!.feedetl_sn).toBe('123456789012345678901234567890')
  })

  test('the excess decimals of floating arithmetic are refused, not rounded', async () => {
    const input = purchase(shop, person('employee'), [{ drug: 'famotidine', count: 3, price: 0.1, amount: 0.1 * 3 }], { medfee_sumamt: 0.3 })
    expect(await shop.refusal('2102', input, area(person('employee')))).toContain('(det_item_fee_sumamt)小数位不能超过2位')
  })

  test('a list of no rows is refused', async () => {
    const input = purchase(shop, person('employee'), [{ drug: 'famotidine', count: 1, price: 5.6 }])
    expect(await shop.refusal('2102', { ...input, drugdetail: [] }, area(person('employee')))).toContain('节点[drugdetail]不能为空')
  })

  test('the row at fault is named', async () => {
    const input = purchase(shop, person('employee'), [
      { drug: 'famotidine', count: 1, price: 5.6 },
      { drug: 'metformin', count: 1, price: 3.56, change: { med_list_codg: '' } },
    ])
    expect(await shop.refusal('2102', input, area(person('employee')))).toContain('drugdetail第2行:医疗目录编码(med_list_codg)不能为空')
  })

  test('a dictionary that the code tables lack is accepted and counted', async () => {
    const before = practice.books.dictionaryMisses().rx_circ_flag ?? 0
    await shop.ok('3505', soldRow(shop, 'famotidine', freshCodes('famotidine', 1), { rx_circ_flag: '7' }))
    expect(practice.books.dictionaryMisses().rx_circ_flag).toBe(before + 1)
    // Nothing of a refused message stays, not even the count.
    await shop.ok('3505', soldRow(shop, 'famotidine', [], { rx_circ_flag: '7' }))
    expect(practice.books.dictionaryMisses().rx_circ_flag).toBe(before + 1)
  })

  test('input is an object', async () => {
    for (const input of ['{}', [], 5, true]) expect(await shop.refusal('1101', input)).toContain('input')
  })

  test('a profile lays its own names and widths over the tables', async () => {
    const other = await startPractice({
      clock: () => NOON,
      profile: {
        settlementTraceNode: 'drug_trac_info',
        fieldOverrides: [
          { infno: '3505', node: 'drugtracinfo', code: 'drug_trac_codg', width: 19 },
          { infno: '1101', node: 'data', code: 'card_sn', required: true },
        ],
      },
    })
    try {
      const till = await signedIn(other)
      const who = person('employee')
      const input = purchase(till, who, [{ drug: 'famotidine', count: 1, price: 5.6 }])
      expect(await till.refusal('2102', input, area(who))).toContain('包含未定义的字段[durg_trac_info]')
      const row = (input.drugdetail as Json[])[0]!
      row.drug_trac_info = row.durg_trac_info
      delete row.durg_trac_info
      expect(await till.ok('2102', input, area(who))).toHaveProperty('setlinfo')
      expect(await till.refusal('3505', soldRow(till, 'famotidine', freshCodes('famotidine', 1)))).toContain('长度不能超过19')
      expect(await till.refusal('1101', { data: idCard(who) })).toContain('卡识别码(card_sn)不能为空')
    } finally {
      await other.close()
    }
  })

  test('a profile that names a field the tables lack does not start', async () => {
    await expect(startPractice({ profile: { fieldOverrides: [{ infno: '3505', node: 'selinfo', code: 'nothing', width: 3 }] } })).rejects.toThrow(
      'no field 3505.selinfo.nothing',
    )
  })
})

describe('transactions that are not open', () => {
  const closed = Object.keys(paper).filter((infno) => !openTransactions().includes(infno))

  test.each(closed)('%s is answered in the envelope, never by an error', async (infno) => {
    const text = await shop.refusal(infno, {})
    const named = paper[infno]!.input.every((node) => node.node !== null)
    expect(text).toMatch(named && paper[infno]!.input.length > 0 ? /节点\[\w+\]不能为空/ : /该交易未开通/)
  })

  test('are checked first, then refused as not opened', async () => {
    // 6101 belongs to the till's own box.
    expect(await shop.refusal('6101', {})).toMatch(/不能为空/)
    expect(await shop.refusal('6101', filled(shop, '6101'))).toMatch(/^交易\[6101\].*:该交易未开通$/)
  })
})
