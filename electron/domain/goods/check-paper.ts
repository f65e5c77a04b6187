import type { PaperNote, PaperProblem } from '../../contract/goods.ts'
import type { BusinessDate } from '../../contract/time.ts'

/** One code of a supplier's paper, its code and its parent's as the ledger stores them. */
export interface PaperCode {
  readonly line: number
  readonly code: string
  readonly parent: string | null
  /** 1 smallest sales pack, 2 middle, 3 carton (trace-codes.md §1.2). */
  readonly level: number
  /** The drug as the paper names it; its meaning is looked up elsewhere. */
  readonly drug: string
  readonly lotNumber: string
  readonly manufacturedOn: BusinessDate | null
  readonly expiresOn: BusinessDate
}

const note = (line: number, problem: PaperProblem, detail: PaperNote['detail'] = {}): PaperNote => ({ line, problem, refuses: true, detail })

const byCode = (codes: readonly PaperCode[]): ReadonlyMap<string, PaperCode> => {
  const first = new Map<string, PaperCode>()
  for (const row of codes) if (!first.has(row.code)) first.set(row.code, row)
  return first
}

const repeats = (codes: readonly PaperCode[], first: ReadonlyMap<string, PaperCode>): readonly PaperNote[] =>
  codes.flatMap((row) => {
    const other = first.get(row.code)
    if (other === undefined || other === row) return []
    return [note(row.line, other.parent === row.parent ? 'code-twice' : 'two-parents', { other: other.line })]
  })

/** Each ring is told once, at its first line. */
const rings = (codes: readonly PaperCode[], first: ReadonlyMap<string, PaperCode>): readonly PaperNote[] => {
  const notes: PaperNote[] = []
  const done = new Set<string>()
  for (const row of codes) {
    const path = new Set<string>()
    let at: PaperCode | undefined = row
    while (at !== undefined && !done.has(at.code) && !path.has(at.code)) {
      path.add(at.code)
      at = at.parent === null || at.parent === at.code ? undefined : first.get(at.parent)
    }
    if (at !== undefined && path.has(at.code)) {
      const entered = at.code
      const ring = [...path].slice([...path].indexOf(entered))
      notes.push(note(Math.min(...ring.map((code) => first.get(code)?.line ?? row.line)), 'cycle', { count: ring.length }))
    }
    for (const code of path) done.add(code)
  }
  return notes
}

const parents = (codes: readonly PaperCode[], first: ReadonlyMap<string, PaperCode>): readonly PaperNote[] =>
  codes.flatMap((row) => {
    if (row.parent === null) return []
    if (row.parent === row.code) return [note(row.line, 'parent-is-itself')]
    const parent = first.get(row.parent)
    if (parent === undefined) return [note(row.line, 'parent-missing')]
    if (parent.level <= row.level) return [note(row.line, 'parent-level', { parentLevel: parent.level, childLevel: row.level })]
    return parent.drug === row.drug ? [] : [note(row.line, 'mixed-carton')]
  })

const lots = (codes: readonly PaperCode[]): readonly PaperNote[] => {
  const first = new Map<string, PaperCode>()
  return codes.flatMap((row) => {
    if (row.manufacturedOn !== null && row.manufacturedOn > row.expiresOn) return [note(row.line, 'dates-reversed')]
    const lot = JSON.stringify([row.drug, row.lotNumber])
    const other = first.get(lot)
    if (other === undefined) first.set(lot, row)
    else if (other.expiresOn !== row.expiresOn || other.manufacturedOn !== row.manufacturedOn) return [note(row.line, 'lot-dates-differ', { other: other.line })]
    return []
  })
}

const empty = (codes: readonly PaperCode[]): readonly PaperNote[] => {
  const holding = new Set(codes.map((row) => row.parent))
  return codes.flatMap((row) => (row.level > 1 && !holding.has(row.code) ? [{ line: row.line, problem: 'carton-without-content', refuses: false, detail: {} } as const] : []))
}

/** What a paper says that cannot be, whatever the shop knows: every code once, packages a forest whose levels fall, one drug a package, one pair of dates a lot. In the order of its lines. */
export const checkPaper = (codes: readonly PaperCode[]): readonly PaperNote[] => {
  const first = byCode(codes)
  return [...repeats(codes, first), ...rings(codes, first), ...parents(codes, first), ...lots(codes), ...empty(codes)].toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0))
}
