import type { DrugId, ItemCode, LinkKind, MappedItem, Output } from '../../contract/index.ts'
import { candidateTrace } from '../../domain/recognition/candidate-trace.ts'
import type { Recognised } from '../../domain/recognition/recognised.ts'
import { traceOf } from '../../domain/recognition/trace-of.ts'
import type { ReadableDb } from '../db/database.ts'
import { drugsByApprovalNumber, drugsByBarcode, drugsByNationalCode, findDrugFacts } from '../drug/drug-store.ts'
import { companyDifference } from './company-part.ts'
import { findMark, findRevokedLink, linksOfDrug, linksOfValue } from './link-store.ts'
import { barcodeOfGtin, linkValue } from './link-value.ts'
import { readCode } from '../trace/read-code.ts'

interface Asked {
  readonly kind: LinkKind
  readonly value: string
}

/** One number may stand in the map under two kinds: the GTIN of a box is its bar code, and a 本位码 has a GTIN's digits. */
const ofGtin = (gtin: string): readonly Asked[] => [
  { kind: 'trace-identifier', value: gtin },
  { kind: 'barcode', value: barcodeOfGtin(gtin) },
]

/** Which codes of a product stand in what was scanned. Empty: none, and the text is not repeated. */
export const codesIn = (code: Recognised): readonly Asked[] => {
  switch (code.kind) {
    case 'drug-trace':
      return [{ kind: 'trace-identifier', value: traceOf(code)?.identifier ?? code.drugIdentifier }]
    case 'partial':
      return [{ kind: 'trace-identifier', value: code.drugIdentifier }]
    case 'gs1':
    case 'gs1-url':
      return ofGtin(code.gtin)
    case 'gtin':
      return ofGtin(code.gtin).toReversed()
    case 'gs1-ambiguous':
      return code.gtin === null ? [] : ofGtin(code.gtin)
    case 'udi': {
      const identifier = traceOf(code)?.identifier ?? code.drugIdentifier
      return identifier === null ? [] : [{ kind: 'trace-identifier', value: identifier }]
    }
    case 'nhsa-drug':
    case 'nhsa-tcm-patent':
    case 'nhsa-herb':
      return [{ kind: 'national-code', value: code.normalised }]
    case 'approval-number':
      return [{ kind: 'approval-number', value: code.normalised }]
    case 'nmpa-base-code':
      return [{ kind: 'base-code', value: code.normalised }, ...ofGtin(code.normalised)]
    case 'unknown': {
      // As a pack's code, or as the map itself writes it.
      const identifier = candidateTrace(code)?.identifier ?? linkValue('trace-identifier', code.normalised)
      return identifier === null ? [] : [{ kind: 'trace-identifier', value: identifier }]
    }
    default:
      return []
  }
}

/** Items by their own record, where the map says nothing (yet). */
const byRecord = (db: ReadableDb, { kind, value }: Asked): readonly DrugId[] => {
  switch (kind) {
    case 'barcode':
      return drugsByBarcode(db, value)
    case 'national-code':
      return drugsByNationalCode(db, value)
    case 'approval-number':
      return drugsByApprovalNumber(db, value)
    case 'trace-identifier':
    case 'base-code':
      return []
  }
}

const KIND_ORDER: readonly LinkKind[] = ['trace-identifier', 'barcode', 'national-code', 'approval-number', 'base-code']

/** An item and all its codes: those of the map, and those that only its own record has. */
export const mappedItem = (db: ReadableDb, drugId: string, asked: readonly Asked[]): MappedItem | null => {
  const drug = findDrugFacts(db, drugId)
  if (drug === null) return null
  const isAsked = (kind: LinkKind, value: string): boolean => asked.some((one) => one.kind === kind && one.value === value)
  const linked = linksOfDrug(db, drugId).map(({ kind, value, level, linkId, source, trust, firstSeenAt, lastVerifiedAt, learntBy }): ItemCode => ({
    kind,
    value,
    level,
    linkId,
    source,
    trust,
    firstSeenAt,
    lastVerifiedAt,
    learntBy,
    asked: isAsked(kind, value),
  }))
  const own: readonly Asked[] = [
    { kind: 'barcode', value: drug.barcode ?? '' },
    { kind: 'national-code', value: drug.nationalCode },
    { kind: 'approval-number', value: drug.approvalNumber },
  ]
  const recorded = own
    .filter(({ kind, value }) => value !== '' && !linked.some((code) => code.kind === kind && code.value === value))
    .map(({ kind, value }): ItemCode => ({
      kind,
      value,
      level: null,
      linkId: null,
      source: 'item',
      trust: findRevokedLink(db, { kind, value, drugId: drug.drugId }) === null ? 'confirmed' : 'revoked',
      firstSeenAt: null,
      lastVerifiedAt: null,
      learntBy: null,
      asked: isAsked(kind, value),
    }))
  const codes = [...linked, ...recorded].toSorted(
    (a, b) => KIND_ORDER.indexOf(a.kind) - KIND_ORDER.indexOf(b.kind) || (a.level ?? 0) - (b.level ?? 0) || (a.value < b.value ? -1 : 1),
  )
  const valuesOf = (kind: LinkKind): readonly string[] => codes.filter((code) => code.kind === kind && code.trust !== 'revoked').map(({ value }) => value)
  return {
    drugId: drug.drugId,
    name: drug.genericName,
    spec: drug.spec,
    packSpec: drug.packSpec,
    maker: drug.maker,
    codes,
    companyDifference: companyDifference(valuesOf('national-code'), valuesOf('base-code')),
  }
}

/** Any code → the items it may mean, with all their codes: three codes from one scan (trace-codes.md §3.5). */
export const lookUp = (db: ReadableDb, text: string): Output<'map.lookUp'> => {
  const code = readCode(db, { raw: text, step: 'drug' })
  const asked = codesIn(code)
  const drugIds = new Set(asked.flatMap((one) => [...linksOfValue(db, one.kind, one.value).map(({ drugId }) => drugId), ...byRecord(db, one)]))
  // Our own item number is nobody's code but ours.
  if (asked.length === 0 && code.kind === 'unknown' && findDrugFacts(db, code.normalised) !== null) drugIds.add(code.normalised as DrugId)
  const identifier = asked.find(({ kind }) => kind === 'trace-identifier')?.value
  return {
    kind: code.kind,
    asked: asked[0] ?? null,
    neverIssued: identifier === undefined ? null : findMark(db, identifier),
    items: [...drugIds].toSorted().flatMap((drugId) => mappedItem(db, drugId, asked) ?? []),
  }
}
