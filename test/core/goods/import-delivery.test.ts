import { describe, expect, test } from 'vitest'
import type { GoodsScan, LotId, Output, PaperNote } from '../../../electron/contract/index.ts'
import { MAX_PAPER_CODES } from '../../../electron/contract/index.ts'
import { barcodeOf, identifierOf, productId } from '../../../electron/core/demo-shop/demo-codes.ts'
import { cartonAround, cartonOf, expectedPack, packsIn } from '../../../electron/core/goods/cascade.ts'
import { resolveIdentifier } from '../../../electron/core/map/resolve.ts'
import { findLotByNumber, lotsOf } from '../../../electron/core/stock/lot-store.ts'
import { findPack } from '../../../electron/core/trace/pack-store.ts'
import { addDays } from '../../../electron/domain/calendar.ts'
import { codeOf } from '../../support/small-shop.ts'
import { openTill } from '../../support/till.ts'
import type { Till } from '../../support/till.ts'
import { carton, csv, DRUG, EXPIRES, inner, oneCarton, pack, paper, ROW, TODAY } from './papers.ts'
import type { Row } from './papers.ts'

const pharmacist = (): Promise<Till> => openTill({ staffId: 'P1', shift: false })
const told = async (till: Till, rows: readonly Row[], documentNumber?: string): Promise<Output<'goods.importDelivery'>> => till.client.command('goods.importDelivery', paper(rows, documentNumber))
const problems = (notes: readonly PaperNote[]): readonly (readonly [number | null, string])[] => notes.map(({ line, problem }) => [line, problem] as const)
const nothingTaken = (till: Till): void => {
  for (const table of ['delivery', 'delivery_code', 'carton', 'carton_content']) expect(till.db.prepare(`select count(*) from ${table}`).pluck().get()).toBe(0)
}

describe('a supplier’s paper', () => {
  test('tells what is to come and how it is packed; nothing is in stock by that', async () => {
    const till = await pharmacist()
    const lots = lotsOf(till.db, DRUG).length
    const { outcome, delivery, notes } = await told(till, oneCarton())
    expect([outcome, delivery?.expected, delivery?.received, delivery?.toldBy, notes]).toEqual(['imported', 10, 0, 'P1', []])
    expect(cartonOf(till.db, carton(1))).toEqual({ drugId: DRUG, level: 3, packs: 10, opened: false })
    expect(cartonOf(till.db, inner(2))).toEqual({ drugId: DRUG, level: 2, packs: 5, opened: false })
    expect(cartonOf(till.db, pack(100))).toBeNull()
    expect(packsIn(till.db, inner(1)).toSorted()).toEqual([100, 101, 102, 103, 104].map((n) => pack(n)))
    expect(cartonAround(till.db, pack(107))).toBe(inner(2))
    const lot = findLotByNumber(till.db, DRUG, 'D-1')
    expect([lotsOf(till.db, DRUG).length - lots, lot?.onHand, lot?.expiresOn]).toEqual([1, 0, EXPIRES])
    expect(expectedPack(till.db, pack(100))).toEqual({ deliveryId: delivery?.deliveryId, drugId: DRUG, lotId: lot?.lotId })
    expect(findPack(till.db, pack(100))).toBeNull()
  })

  test('says the same as CSV, with Chinese headings, tabs or a byte-order mark', async () => {
    const till = await pharmacist()
    const asCsv = csv(oneCarton())
    expect((await till.client.command('goods.importDelivery', asCsv)).outcome).toBe('imported')
    const chinese = asCsv.text.replace(/^[^\r]*/, '单号\t供应商\t追溯码\t上级码\t层级\t药品\t批号\t生产日期\t有效期至').replaceAll(',', '\t')
    for (const text of [`\u{feff}${asCsv.text}`, chinese, paper(oneCarton()).text, paper(oneCarton().toReversed()).text]) {
      expect(await till.client.command('goods.importDelivery', { text })).toMatchObject({ outcome: 'known', delivery: { expected: 10 } })
    }
  })

  test('told twice is answered as it is; other content under its number is refused', async () => {
    const till = await pharmacist()
    await told(till, oneCarton())
    const other = await told(till, [...oneCarton(), { code: pack(999) }])
    expect([other.outcome, problems(other.notes)]).toEqual(['refused', [[null, 'document-differs']]])
    expect((await till.client.query('goods.listDeliveries', {})).map(({ expected }) => expected)).toEqual([10])
    expect((await till.client.command('goods.importDelivery', paper([{ code: pack(500) }], 'PD-1', '另一家公司'))).outcome).toBe('imported')
  })

  test('names a drug by our code, its barcode, NHSA code or approval number', async () => {
    const till = await pharmacist()
    const { drug } = await till.client.query('drug.getDrug', { drugId: DRUG })
    for (const [nth, name] of [DRUG, barcodeOf(ROW), `0${barcodeOf(ROW)}`, drug.nationalCode, drug.approvalNumber].entries()) {
      const { outcome, notes } = await told(till, [{ code: pack(nth), drug: name }], `PD-${nth}`)
      expect([name, outcome, notes]).toEqual([name, 'imported', []])
      expect(expectedPack(till.db, pack(nth))?.drugId).toBe(DRUG)
    }
  })

  test('that names an unknown drug is refused whole and says which', async () => {
    const till = await pharmacist()
    const { outcome, notes } = await told(till, [{ code: pack(1) }, { code: pack(2), drug: 'P9999' }])
    expect([outcome, notes]).toEqual(['refused', [{ line: 2, problem: 'drug-unknown', refuses: true, detail: { drug: 'P9999', count: 0 } }]])
    nothingTaken(till)
  })

  test('says everything that is wrong at once, line by line', async () => {
    const till = await pharmacist()
    const { notes } = await told(till, [{ code: pack(1), parent: inner(1) }, { code: '1', level: 2 }, { code: pack(2), drug: 'P9999', expiresOn: 'soon' }, { code: pack(3), drug: 'P9998' }])
    expect(problems(notes)).toEqual([[2, 'code-invalid'], [3, 'field-invalid'], [4, 'drug-unknown']])
  })

  test.each<[string, readonly Row[], readonly (readonly [number | null, string])[]]>([
    ['a ring', [{ code: carton(1), level: 3, parent: inner(1) }, { code: inner(1), level: 2, parent: carton(1) }, { code: pack(1), parent: inner(1) }], [[1, 'cycle'], [1, 'parent-level']]],
    ['its own parent', [{ code: inner(1), level: 2, parent: inner(1) }], [[1, 'parent-is-itself']]],
    ['a child of two parents', [{ code: inner(1), level: 2 }, { code: inner(2), level: 2 }, { code: pack(1), parent: inner(1) }, { code: pack(1), parent: inner(2) }], [[4, 'two-parents']]],
    ['the same code twice', [{ code: pack(1) }, { code: pack(1) }], [[2, 'code-twice']]],
    ['a parent below its child', [{ code: inner(1), level: 2 }, { code: carton(1), level: 3, parent: inner(1) }], [[2, 'parent-level']]],
    ['a parent without a line', [{ code: pack(1), parent: inner(1) }], [[1, 'parent-missing']]],
    ['two expiry dates in one lot', [{ code: pack(1) }, { code: pack(2), expiresOn: addDays(EXPIRES, 1) }], [[2, 'lot-dates-differ']]],
    ['made after it expires', [{ code: pack(1), manufacturedOn: addDays(EXPIRES, 1) }], [[1, 'dates-reversed']]],
    ['an expiry that our lot does not have', [{ code: pack(1), lotNumber: 'L214-1' }], [[1, 'expiry-differs']]],
    ['codes of another drug', [{ code: pack(1, 286) }], [[1, 'code-of-other-drug']]],
    ['a carton that the map knows as a pack', [{ code: pack(1), level: 3 }], [[1, 'level-differs']]],
    ['a code of nothing', [{ code: '134567890123456789' }], [[1, 'code-invalid']]],
    ['a date that is none', [{ code: pack(1), expiresOn: '2027-02-30' }], [[1, 'field-invalid']]],
    ['a level that is none', [{ code: pack(1), level: 7 }], [[1, 'field-invalid']]],
    ['no lot', [{ code: pack(1), lotNumber: '' }], [[1, 'field-missing']]],
    ['no code at all', [], [[null, 'empty-paper']]],
  ])('with %s is refused with its line', async (_, rows, expected) => {
    const till = await pharmacist()
    const { outcome, notes } = await told(till, rows)
    expect(outcome).toBe('refused')
    expect(problems(notes.filter(({ refuses }) => refuses))).toEqual(expected)
    nothingTaken(till)
  })

  test.each<[string, string, readonly [number | null, string]]>([
    ['no JSON', '{"documentNumber":', [null, 'not-readable']],
    ['no CSV', 'a,"b\nc', [2, 'not-readable']],
    ['no column for lots', csv([{ code: pack(1) }]).text.replace('lot_number', 'lot'), [1, 'column-missing']],
    ['two document numbers', `${csv([{ code: pack(1) }]).text}\r\n${csv([{ code: pack(2) }], 'PD-2').text.split('\r\n')[1]}`, [3, 'document-mixed']],
    ['two suppliers', `${csv([{ code: pack(1) }]).text}\r\n${csv([{ code: pack(2) }], 'PD-1', '乙').text.split('\r\n')[1]}`, [3, 'supplier-mixed']],
    ['nothing', '', [null, 'empty-paper']],
    ['a field that is no text', JSON.stringify({ documentNumber: 'A', supplier: 'B', codes: [{ code: [] }] }), [1, 'field-invalid']],
    ['too many codes', JSON.stringify({ documentNumber: 'A', supplier: 'B', codes: Array.from({ length: MAX_PAPER_CODES + 1 }, () => 1) }), [null, 'too-many-codes']],
  ])('that holds %s is refused', async (_, text, expected) => {
    const till = await pharmacist()
    const { outcome, notes } = await till.client.command('goods.importDelivery', { text })
    expect([outcome, problems(notes)[0]]).toEqual(['refused', expected])
    nothingTaken(till)
  })

  test('warns of packs we have, of other papers, of expired, recalled and suspicious goods, and is taken all the same', async () => {
    const till = await pharmacist()
    till.db.prepare(`insert into recall (recall_id, drug_id, lot_number, reason, source, told_at) values ('r', ?, 'R-1', '', '', 1)`).run(DRUG)
    const gone = addDays(TODAY, -1)
    await told(till, [{ code: pack(1) }], 'PD-0')
    const { outcome, notes } = await told(till, [
      { code: pack(1) }, { code: codeOf('amoxicillin', 1) }, { code: pack(2), lotNumber: 'E-1', expiresOn: gone, manufacturedOn: null }, { code: pack(3), lotNumber: 'R-1' }, { code: inner(9), level: 2 },
    ])
    expect([outcome, problems(notes)]).toEqual(['imported', [[1, 'on-other-delivery'], [2, 'in-ledger'], [3, 'lot-expired'], [4, 'lot-recalled'], [5, 'carton-without-content']]])
    expect(notes.some(({ refuses }) => refuses)).toBe(false)
    expect(findLotByNumber(till.db, DRUG, 'R-1')?.recalled).toBe(true)
  })

  test('does not put a pack of one carton into another, nor the same carton on another level', async () => {
    const till = await pharmacist()
    await told(till, oneCarton())
    const moved = await told(till, [{ code: inner(7), level: 2 }, { code: pack(100), parent: inner(7) }], 'PD-2')
    expect([moved.outcome, problems(moved.notes.filter(({ refuses }) => refuses))]).toEqual(['refused', [[2, 'two-parents']]])
    const lower = await told(till, [{ code: carton(1), level: 2 }], 'PD-3')
    expect([lower.outcome, problems(lower.notes.filter(({ refuses }) => refuses))]).toEqual(['refused', [[1, 'carton-differs']]])
  })

  test('gives a lot its missing date of manufacture, and the upload that waited for it goes', async () => {
    const till = await openTill()
    const sale = await till.sell(codeOf('granules', 1))
    await till.outbox()
    expect((await till.client.query('outbox.listItems', {})).map(({ saleId, status, repair }) => [saleId, status, repair])).toEqual([[sale.saleId, 'parked', 'lot-manufactured-on']])
    const lot = lotsOf(till.db, productId(402)).find(({ lotNumber }) => lotNumber === 'L402-1')
    const made = addDays(lot?.expiresOn ?? TODAY, -700)
    const pharmacistsWindow = await till.window('P1')
    const { outcome } = await pharmacistsWindow.command('goods.importDelivery', paper([{ code: `${identifierOf(402)}5000000000001`, drug: productId(402), lotNumber: 'L402-1', expiresOn: lot?.expiresOn ?? TODAY, manufacturedOn: made }]))
    expect([outcome, findLotByNumber(till.db, productId(402), 'L402-1')?.manufacturedOn]).toEqual(['imported', made])
    await till.outbox()
    expect(await till.client.query('outbox.listItems', {})).toEqual([])
  })

  test('teaches what its cartons are called, for review', async () => {
    const till = await pharmacist()
    await told(till, oneCarton())
    expect(resolveIdentifier(till.db, identifierOf(ROW, 3)).candidates).toMatchObject([{ drugId: DRUG, level: 3, trust: 'provisional' }])
  })

  test('is imported by a pharmacist, not by a cashier, and leaves an audit row without its content', async () => {
    const till = await openTill({ shift: false })
    expect((await till.refusal('goods.importDelivery', paper(oneCarton()))).code).toBe('session.forbidden')
    const window = await till.window('P1')
    await window.command('goods.importDelivery', paper(oneCarton()))
    const rows = till.db.prepare(`select staff_id, outcome, detail from audit_log where action = 'goods.importDelivery'`).raw().all()
    expect(rows).toEqual([['P1', 'ok', '{}']])
  })

  test('a GS1 pack is one pack in whatever order its elements stand', async () => {
    const till = await pharmacist()
    const gtin = `0${barcodeOf(ROW)}`
    const { outcome } = await told(till, [{ code: `01${gtin}21AB1`, lotNumber: 'G-1' }])
    expect(outcome).toBe('imported')
    expect(expectedPack(till.db, { code: `01${gtin}10G-1\u001d21AB1`, identifier: gtin, serial: 'AB1' })?.lotId).toBe(findLotByNumber(till.db, DRUG, 'G-1')?.lotId satisfies LotId | undefined)
    const twice = await told(till, [{ code: `01${gtin}21AB2`, lotNumber: 'G-1' }, { code: `(01)${gtin}(10)G-1(21)AB2`, lotNumber: 'G-1' }], 'PD-2')
    expect(problems(twice.notes)).toEqual([[2, 'code-twice']])
    const otherLot = await told(till, [{ code: `(01)${gtin}(10)G-2(21)AB3`, lotNumber: 'G-1' }], 'PD-3')
    expect(problems(otherLot.notes)).toEqual([[1, 'symbol-differs']])
  })

  test('a carton may carry a shipping label instead of a trace code', async () => {
    const till = await pharmacist()
    const label = '00169990000000000015'
    const { outcome } = await told(till, [{ code: label, level: 3 }, { code: pack(1), parent: label }, { code: pack(2), parent: label }])
    expect([outcome, cartonOf(till.db, label)?.packs]).toEqual(['imported', 2])
    expect(problems((await told(till, [{ code: label }], 'PD-2')).notes)).toEqual([[1, 'code-invalid']])
  })
})

test('codes of an issuer nobody told us of are taken from a paper, and then known at the back door', async () => {
  const till = await pharmacist()
  const strange = '71234567000000000042'
  const scan = (): Promise<GoodsScan> => till.client.command('goods.scanCode', { deliveryId: null, raw: strange, purpose: 'receive' })
  expect(await scan()).toMatchObject({ reason: 'unreadable', code: null })
  expect((await told(till, [{ code: strange }])).outcome).toBe('imported')
  expect(await scan()).toMatchObject({ reason: 'received', code: strange, packs: { received: 1 } })
})

test('a payment code in the wrong column is not repeated in the answer, nor kept', async () => {
  const till = await pharmacist()
  const secret = '134567890123456789'
  const answer = await told(till, [{ code: pack(1), drug: secret }, { code: secret }, { code: pack(2), expiresOn: secret }, { code: pack(3), manufacturedOn: secret }])
  expect(answer.outcome).toBe('refused')
  const kept = ['command_answer', 'audit_log', 'other_code'].flatMap((table) => till.db.prepare(`select * from ${table}`).all())
  expect(JSON.stringify([answer, kept, till.log])).not.toContain(secret)
})
