import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { BusinessDate, PaperProblem } from '../../../electron/contract/index.ts'
import { checkPaper } from '../../../electron/domain/goods/check-paper.ts'
import type { PaperCode } from '../../../electron/domain/goods/check-paper.ts'

const row = (line: number, more: Partial<PaperCode>): PaperCode => ({
  line, code: `c${line}`, parent: null, level: 1, drug: 'P1', lotNumber: 'L', manufacturedOn: '2025-01-01' as BusinessDate, expiresOn: '2027-12-31' as BusinessDate, ...more,
})
const problems = (rows: readonly PaperCode[]): readonly PaperProblem[] => checkPaper(rows).filter(({ refuses }) => refuses).map(({ problem }) => problem)

/** A forest of three levels: parents by place in the list above. */
const forest = fc.record({ cartons: fc.integer({ min: 0, max: 3 }), inners: fc.array(fc.nat(), { maxLength: 6 }), packs: fc.array(fc.nat(), { minLength: 1, maxLength: 30 }) }).map(({ cartons, inners, packs }) => {
  const rows: PaperCode[] = []
  for (let n = 0; n < cartons; n += 1) rows.push(row(rows.length + 1, { code: `k${n}`, level: 3 }))
  for (const [n, at] of inners.entries()) rows.push(row(rows.length + 1, { code: `m${n}`, level: 2, parent: cartons === 0 || at % (cartons + 1) === cartons ? null : `k${at % (cartons + 1)}` }))
  const outers = rows.map(({ code }) => code)
  for (const [n, at] of packs.entries()) rows.push(row(rows.length + 1, { code: `p${n}`, parent: outers[at % (outers.length + 1)] ?? null }))
  return rows
})

describe('what a paper says of packages', () => {
  test('any forest whose levels fall is taken, in any order of its lines', () => {
    fc.assert(fc.property(forest.chain((rows) => fc.shuffledSubarray([...rows], { minLength: rows.length })), (rows) => {
      expect(problems(rows)).toEqual([])
    }))
  })

  test('any ring is told, whatever hangs on it, and once', () => {
    fc.assert(
      fc.property(forest, fc.integer({ min: 2, max: 6 }), (rows, length) => {
        const ring = Array.from({ length }, (_, n) => row(rows.length + n + 1, { code: `r${n}`, level: 2, parent: `r${(n + 1) % length}` }))
        const hanging = row(rows.length + length + 1, { code: 'h', parent: 'r0' })
        const notes = checkPaper([...rows, ...ring, hanging]).filter(({ problem }) => problem === 'cycle')
        expect(notes).toMatchObject([{ line: rows.length + 1, refuses: true, detail: { count: length } }])
      }),
    )
  })

  test('a code changed to another one of the paper is told, as a repeat or as two parents', () => {
    fc.assert(
      fc.property(forest, fc.nat(), fc.nat(), (rows, a, b) => {
        const [from, to] = [rows[a % rows.length], rows[b % rows.length]]
        fc.pre(from !== undefined && to !== undefined && from !== to && from.level === 1)
        const changed = rows.map((one) => (one === from && to !== undefined ? { ...one, code: to.code } : one))
        expect(problems(changed).some((problem) => problem === 'code-twice' || problem === 'two-parents')).toBe(true)
      }),
    )
  })

  test('what is missing, upside down or mixed is told with its line', () => {
    expect(checkPaper([row(1, { parent: 'nowhere' })])).toMatchObject([{ line: 1, problem: 'parent-missing' }])
    expect(checkPaper([row(1, { parent: 'c1' })])).toMatchObject([{ line: 1, problem: 'parent-is-itself' }])
    expect(checkPaper([row(1, { level: 1 }), row(2, { level: 1, parent: 'c1' })])).toMatchObject([{ line: 2, problem: 'parent-level', detail: { parentLevel: 1, childLevel: 1 } }])
    expect(checkPaper([row(1, { level: 2 }), row(2, { drug: 'P2', parent: 'c1' })])).toMatchObject([{ line: 2, problem: 'mixed-carton' }])
    expect(checkPaper([row(1, { level: 2 })])).toMatchObject([{ line: 1, problem: 'carton-without-content', refuses: false }])
  })

  test('a lot has one pair of dates; another drug’s lot of the same number is another lot', () => {
    const later = '2028-01-01' as BusinessDate
    expect(checkPaper([row(1, {}), row(2, { expiresOn: later })])).toMatchObject([{ line: 2, problem: 'lot-dates-differ', detail: { other: 1 } }])
    expect(checkPaper([row(1, {}), row(2, { manufacturedOn: null })])).toMatchObject([{ line: 2, problem: 'lot-dates-differ' }])
    expect(checkPaper([row(1, {}), row(2, { drug: 'P2', expiresOn: later }), row(3, { lotNumber: 'M', expiresOn: later })])).toEqual([])
    expect(checkPaper([row(1, { manufacturedOn: later })])).toMatchObject([{ line: 1, problem: 'dates-reversed' }])
  })
})
