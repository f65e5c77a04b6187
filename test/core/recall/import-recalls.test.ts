import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Caller } from '../../../electron/core/house.ts'
import { importRecalls } from '../../../electron/core/recall/import-recalls.ts'
import type { RecallListReport } from '../../../electron/core/recall/import-recalls.ts'
import { isRecalled } from '../../../electron/core/recall/recall-store.ts'
import { isAppError } from '../../../electron/contract/index.ts'
import { codeOf, drugIdOf, lotNumberOf } from '../../support/small-shop.ts'
import type { Till } from '../../support/till.ts'
import { openTill } from '../../support/till.ts'

const PHARMACIST: Caller = { staffId: 'P1', staffName: 'P1', role: 'pharmacist' }
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const take = (till: Till, text: string): RecallListReport => importRecalls(till.core.house, PHARMACIST, bytes(text), 'list.csv')
const HEADING = 'product,lot,reason,source\n'
const refusal = (work: () => unknown): { readonly code: string; readonly detail: unknown } => {
  try {
    work()
  } catch (error) {
    if (isAppError(error)) return error
    throw error
  }
  throw new Error('it was taken')
}

describe('a recall list', () => {
  test('names products by our code, approval number or national code; what is not ours is counted', async () => {
    const till = await openTill()
    const facts = (drug: 'ibuprofen' | 'coldTablets') => till.db.prepare('select approval_number, national_code from drug where drug_id = ?').get(drugIdOf(drug)) as { approval_number: string; national_code: string }
    const report = take(
      till,
      `\uFEFF${HEADING}${drugIdOf('amoxicillin').toLowerCase()},${lotNumberOf('amoxicillin', 1)},溶出度不合格,通告 1\n${facts('ibuprofen').approval_number},*,杂质超标,通告 1\n${facts('coldTablets').national_code},X99,标签错误,通告 1\n国药准字H00000000,A1,不合格,通告 1\n`,
    )
    expect(report).toMatchObject({ rows: 4, new: 3, known: 0, notOurs: 1 })
    expect(report.here).toEqual([
      { drugName: '阿莫西林胶囊', lotNumber: lotNumberOf('amoxicillin', 1), onHandPacks: 6, inSales: 0 },
      { drugName: '布洛芬缓释胶囊', lotNumber: null, onHandPacks: 12, inSales: 0 },
    ])
    expect(isRecalled(till.db, drugIdOf('amoxicillin'), lotNumberOf('amoxicillin', 1))).toBe(true)
    expect(isRecalled(till.db, drugIdOf('amoxicillin'), lotNumberOf('amoxicillin', 2))).toBe(false)
    expect(isRecalled(till.db, drugIdOf('coldTablets'), 'x99')).toBe(true)
    const sale = await till.start()
    expect((await till.scan(sale, codeOf('ibuprofen', 1))).verdict.reason).toBe('recalled')
  })

  test('taken twice enters nothing twice; the same line twice is one recall', async () => {
    const till = await openTill()
    const row = `${drugIdOf('amoxicillin')},L9,不合格,通告 2\n`
    expect(take(till, HEADING + row + row)).toMatchObject({ rows: 2, new: 1, known: 1 })
    expect(take(till, HEADING + row)).toMatchObject({ new: 0, known: 1 })
    expect(till.db.prepare('select count(*) from recall').pluck().get()).toBe(1)
  })

  test('stops sales that are open already', async () => {
    const till = await openTill()
    const sale = await till.start()
    await till.scan(sale, codeOf('amoxicillin', 1))
    expect(take(till, `${HEADING}${drugIdOf('amoxicillin')},*,不合格,通告 3\n`).here).toMatchObject([{ inSales: 1 }])
    expect((await till.get(sale)).blockers).toMatchObject([{ code: 'lot-recalled' }])
  })

  test('is refused whole, with the line at fault: an empty lot is no "every lot"', async () => {
    const till = await openTill()
    const good = `${drugIdOf('amoxicillin')},L1,不合格,通告 4\n`
    for (const [text, problem, line] of [
      ['', 'recall-heading', null],
      ['drug,lot,reason,source\n', 'recall-heading', null],
      [`${HEADING}${good}${drugIdOf('amoxicillin')},,不合格,通告\n`, 'recall-lot', 3],
      [`${HEADING}${good},L1,不合格,通告\n`, 'recall-product', 3],
      [`${HEADING}${good}a,L1,,通告\n`, 'recall-reason', 3],
      [`${HEADING}${good}a,L1,不合格,x\n`, 'recall-source', 3],
      [`${HEADING}a,L1,不合格\n`, 'recall-columns', 2],
      [`${HEADING}"a,L1\n`, 'recall-not-csv', null],
    ] as const)
      expect(refusal(() => take(till, text)), text).toMatchObject({ code: 'recall.list-invalid', detail: { problem, line } })
    expect(refusal(() => importRecalls(till.core.house, PHARMACIST, new Uint8Array([0xff, 0xfe, 0x41]), 'x'))).toMatchObject({ detail: { problem: 'recall-not-utf-8' } })
    expect(refusal(() => importRecalls(till.core.house, { ...PHARMACIST, role: 'cashier' }, bytes(HEADING), 'x'))).toMatchObject({ code: 'session.forbidden' })
    expect(till.db.prepare('select count(*) from recall').pluck().get()).toBe(0)
  })

  test('of whatever bytes is taken or refused in words', async () => {
    const till = await openTill()
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.string({ unit: 'binary', maxLength: 200 }).map((text) => bytes(HEADING + text))), (noise) => {
        try {
          importRecalls(till.core.house, PHARMACIST, noise, 'noise')
        } catch (error) {
          expect(isAppError(error) && error.code).toBe('recall.list-invalid')
        }
      }),
      { numRuns: 300 },
    )
  })
})
