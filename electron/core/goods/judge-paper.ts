import type { BusinessDate, DrugId, PaperNote, PaperProblem } from '../../contract/index.ts'
import { isExpired } from '../../domain/calendar.ts'
import { checkPaper } from '../../domain/goods/check-paper.ts'
import { maskText } from '../../domain/masking.ts'
import { recognise } from '../../domain/recognition/recognise.ts'
import type { ReadableDb } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'
import type { DrugFacts } from '../drug/drug-store.ts'
import { drugsByApprovalNumber, drugsByBarcode, drugsByNationalCode, findDrugFacts } from '../drug/drug-store.ts'
import { resolveIdentifier } from '../map/resolve.ts'
import { isRecalled } from '../recall/recall-store.ts'
import { findLotByNumber } from '../stock/lot-store.ts'
import { codeOf, keyOf, keyOfPack } from '../trace/pack-key.ts'
import { findPack } from '../trace/pack-store.ts'
import { cartonAround, cartonOf } from './cascade.ts'
import { papersOf } from './goods-store.ts'
import type { UnderstoodLine } from './understand-line.ts'

/** A line whose drug is ours. */
export interface JudgedLine extends UnderstoodLine {
  readonly drugId: DrugId
}
export interface Judged {
  readonly lines: readonly JudgedLine[]
  readonly notes: readonly PaperNote[]
}

const statements = perDatabase((db) => ({ soldElsewhere: db.prepare(`select 1 from foreign_sale where pack_key = ?`).pluck() }))

/** What the paper calls a drug: our own code first, then the codes that are everybody's. */
const drugsCalled = (db: ReadableDb, text: string): readonly DrugId[] => {
  const own = findDrugFacts(db, text)
  if (own !== null) return [own.drugId]
  const code = recognise({ raw: text, step: 'drug' })
  switch (code.kind) {
    case 'gtin':
    case 'gs1':
      return [...new Set([code.gtin, code.gtin.replace(/^0/, ''), code.gtin.replace(/^0{6}/, '')].flatMap((barcode) => drugsByBarcode(db, barcode)))]
    case 'approval-number':
      return drugsByApprovalNumber(db, code.normalised)
    default: {
      const national = drugsByNationalCode(db, text)
      return national.length > 0 ? national : [...drugsByBarcode(db, text), ...drugsByApprovalNumber(db, text)]
    }
  }
}

type Found = { readonly drug: DrugFacts } | { readonly problem: PaperProblem; readonly detail: PaperNote['detail'] }

/** One approval number covers several packings: then the code itself, if the map knows it, says which. */
const drugOf = (db: ReadableDb, line: UnderstoodLine, called: readonly DrugId[]): Found => {
  const named = line.trace === null ? [] : resolveIdentifier(db, line.trace.identifier).candidates.map(({ drugId }) => drugId)
  const [drugId, ...others] = called.length > 1 ? called.filter((candidate) => named.includes(candidate)) : called
  if (drugId === undefined || others.length > 0) return { problem: called.length === 0 ? 'drug-unknown' : 'drug-ambiguous', detail: { drug: maskText(line.drug), count: called.length } }
  const drug = findDrugFacts(db, drugId)
  if (drug === null) return { problem: 'drug-unknown', detail: { drug: maskText(line.drug) } }
  return drug.codeRequirement === 'none' ? { problem: 'drug-without-codes', detail: { drugName: drug.genericName } } : { drug }
}

type Tell = (problem: PaperProblem, refuses: boolean, detail?: PaperNote['detail']) => void

/** The paper against the three-code map: a paper that gives another drug's codes is how swapped goods come in (rules.md §1.5). */
const againstMap = (db: ReadableDb, line: UnderstoodLine, drug: DrugFacts, tell: Tell): void => {
  if (line.trace === null) return
  const { candidates, neverIssued } = resolveIdentifier(db, line.trace.identifier)
  if (neverIssued !== null) tell('never-issued', true, { source: neverIssued })
  const confirmed = candidates.filter(({ trust }) => trust === 'confirmed')
  const same = confirmed.find(({ drugId }) => drugId === drug.drugId)
  const [other] = confirmed
  if (same !== undefined && same.level !== line.level) tell('level-differs', true, { mapLevel: same.level, packLevel: line.level })
  if (same === undefined && other !== undefined) tell('code-of-other-drug', true, { drugName: drug.genericName, otherDrugName: findDrugFacts(db, other.drugId)?.genericName ?? other.drugId })
}

/** The paper against what the symbol itself says. */
const againstSymbol = ({ trace, lotNumber, expiresOn, level }: UnderstoodLine, tell: Tell): void => {
  if (trace === null) return
  if (trace.level !== null && (trace.level === 1) !== (level === 1)) tell('symbol-differs', true, { field: 'level' })
  if (trace.lot !== null && trace.lot !== lotNumber) tell('symbol-differs', true, { field: 'lot_number' })
  if (trace.expiry !== null && trace.expiry !== expiresOn) tell('symbol-differs', true, { field: 'expires_on' })
}

/** The paper against our ledger, our cartons and other papers. */
const againstLedger = (db: ReadableDb, line: UnderstoodLine, parents: ReadonlyMap<string, UnderstoodLine>, tell: Tell): void => {
  const key = keyOfPack(db, line.named)
  if (key === null) return
  const code = codeOf(db, key)
  const pack = findPack(db, code)
  const carton = cartonOf(db, code)
  if (pack !== null) tell(line.level > 1 ? 'pack-is-carton' : 'in-ledger', line.level > 1, { packState: pack.state })
  if (carton !== null && carton.level !== line.level) tell('carton-differs', true, { known: carton.level })
  const around = cartonAround(db, code)
  const parent = line.parent === null ? undefined : parents.get(line.parent)
  if (around !== null && parent !== undefined && keyOf(db, around) !== keyOfPack(db, parent.named)) tell('two-parents', true)
  if (line.level > 1) return
  const other = papersOf(db, key).find(({ received }) => !received)
  if (other !== undefined) tell('on-other-delivery', false, { documentNumber: other.documentNumber })
  if (statements(db).soldElsewhere.get(key) === 1) tell('sold-elsewhere', false)
}

/** The paper against our lots; each lot once. */
const againstLots = (db: ReadableDb, lines: readonly JudgedLine[], today: BusinessDate): readonly PaperNote[] => {
  const seen = new Set<string>()
  return lines.flatMap((line) => {
    const { drugId, lotNumber, expiresOn, manufacturedOn } = line
    const lot = JSON.stringify([drugId, lotNumber])
    if (seen.has(lot)) return []
    seen.add(lot)
    const notes: PaperNote[] = []
    const tell: Tell = (problem, refuses, detail = {}) => notes.push({ line: line.line, problem, refuses, detail: { lotNumber, ...detail } })
    const known = findLotByNumber(db, drugId, lotNumber)
    if (known !== null && known.expiresOn !== expiresOn) tell('expiry-differs', true, { known: known.expiresOn, told: expiresOn })
    if (known !== null && known.manufacturedOn !== null && manufacturedOn !== null && known.manufacturedOn !== manufacturedOn) tell('manufacture-differs', false, { known: known.manufacturedOn, told: manufacturedOn })
    const drugName = findDrugFacts(db, drugId)?.genericName ?? drugId
    if (isExpired(expiresOn, today)) tell('lot-expired', false, { drugName, expiresOn })
    if (isRecalled(db, drugId, lotNumber)) tell('lot-recalled', false, { drugName })
    return notes
  })
}

/** Everything that stands between this paper and our books, in the order of its lines; nothing is written. `whole`: no line was unreadable. */
export const judgePaper = (db: ReadableDb, understood: readonly UnderstoodLine[], today: BusinessDate, whole: boolean): Judged => {
  const notes: PaperNote[] = []
  const lines: JudgedLine[] = []
  const parents = new Map(understood.map((line) => [line.code, line]))
  const called = new Map<string, readonly DrugId[]>()
  for (const line of understood) {
    const tell: Tell = (problem, refuses, detail = {}) => notes.push({ line: line.line, problem, refuses, detail })
    let candidates = called.get(line.drug)
    if (candidates === undefined) called.set(line.drug, (candidates = drugsCalled(db, line.drug)))
    const found = drugOf(db, line, candidates)
    if ('problem' in found) {
      tell(found.problem, true, found.detail)
      continue
    }
    lines.push({ ...line, drugId: found.drug.drugId })
    againstMap(db, line, found.drug, tell)
    againstSymbol(line, tell)
    againstLedger(db, line, parents, tell)
  }
  // Only of a paper that was understood from end to end: else a missing parent would be our doing.
  if (whole && lines.length === understood.length) notes.push(...checkPaper(lines.map((line) => ({ ...line, drug: line.drugId }))), ...againstLots(db, lines, today))
  return { lines, notes: notes.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)) }
}
