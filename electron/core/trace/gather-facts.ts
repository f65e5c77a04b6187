import type {
  BusinessDate,
  CodeRequirement,
  CounterStep,
  DrugId,
  Instant,
  LineId,
  LotId,
  Quantity,
  SaleId,
  SaleStatus,
  SellUnit,
  VerdictAnswer,
} from '../../contract/index.ts'
import type { Recognised } from '../../domain/recognition/recognised.ts'
import { filterByStep } from '../../domain/recognition/step-filter.ts'
import { traceOf } from '../../domain/recognition/trace-of.ts'
import type { CandidateLine, ScannedDrug, ScannedPack, VerdictFacts } from '../../domain/verdict/facts.ts'
import type { ReadableDb } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'
import { drugsByBarcode } from '../drug/drug-store.ts'
import { stateOf } from './ledger-codes.ts'
import { keyOfPack } from './pack-key.ts'
import { UNITS_LEFT_SQL } from './pack-store.ts'
import type { RepeatCounter } from './repeat-counter.ts'
import { resolveIdentifier } from './three-code-map.ts'

/** What the caller of `gatherFacts` knows and the database does not. */
export interface ScanContext {
  readonly step: CounterStep
  readonly saleId: SaleId | null
  readonly answer: VerdictAnswer | null
  readonly selectedLineId: LineId | null
  readonly now: Instant
  readonly today: BusinessDate
  readonly nearExpiryDays: number
  readonly lastSaleDaysBefore?: number
  /** Refuse a pack of another drug than the selected line's while that line lacks codes. Default false. */
  readonly strict?: boolean
  /** Counts scans of packs already sold here; without it every repeat is the first. */
  readonly repeats?: RepeatCounter
}

type PackColumns = [
  state: number,
  saleId: SaleId | null,
  unitsLeft: Quantity,
  changedAt: Instant,
  drugId: DrugId | null,
  drugName: string,
  drugKind: ScannedDrug['kind'],
  codeRequirement: CodeRequirement,
  smallestUnit: string,
  lotId: LotId | null,
  lotNumber: string,
  expiresOn: BusinessDate,
  recalled: 0 | 1,
  receiptNumber: string | null,
  saleStatus: SaleStatus | null,
  foreignSource: string | null,
]
type LineColumns = [
  lineId: LineId,
  drugId: DrugId,
  drugName: string,
  lotId: LotId,
  lotNumber: string,
  codeRequirement: CodeRequirement,
  sellUnit: SellUnit,
  quantity: Quantity,
  packs: string,
]

const statements = perDatabase((db) => ({
  // The hot path: one statement by primary keys, positional columns (a quarter faster than objects).
  pack: db
    .prepare(`select pack.state, sale.sale_id, ${UNITS_LEFT_SQL}, coalesce(sale.sold_at, (select max(at) from pack_event where pack_event.pack_key = pack.pack_key), 0), drug.drug_id, drug.generic_name, drug.kind, drug.code_requirement, drug.smallest_unit,
      lot.lot_id, lot.lot_number, lot.expires_on, lot.recalled, sale.receipt_number, sale.status, foreign_sale.source
    from pack left join split_pack using (pack_key) left join lot on lot.lot_ref = pack.lot_ref left join drug on drug.drug_id = lot.drug_id left join sale on sale.sale_ref = pack.sale_ref left join foreign_sale using (pack_key)
    where pack.pack_key = ?`)
    .raw(),
  foreign: db.prepare(`select source from foreign_sale where pack_key = ?`).pluck(),
  drug: db.prepare(`select drug_id, generic_name, kind, code_requirement, smallest_unit from drug where drug_id = ?`).raw(),
  // What is there to scan: packs from the uncoded list and the codes fetched for them are left out.
  lines: db
    .prepare(`select line_id, sale_line.drug_id, generic_name, lot_id, lot_number, code_requirement, sell_unit, quantity - 10000 * coalesce((select sum(packs) from uncoded_use where uncoded_use.line_id = sale_line.line_id), 0),
      (select json_group_array(sale_line_pack.quantity) from sale_line_pack where sale_line_pack.line_id = sale_line.line_id
        and (code_requirement <> 'scan' or not exists (select 1 from virtual_code where virtual_code.pack_key = sale_line_pack.pack_key)))
    from sale_line join drug using (drug_id) join lot using (lot_id)
    where sale_id = ? and voided_reason is null and (sale_line.drug_id = ? or line_id = ?) order by position`)
    .raw(),
  onLine: db
    .prepare(
      `select 1 from sale_line_pack join sale_line using (line_id) where sale_line_pack.pack_key = ? and sale_line.sale_id = ? and voided_reason is null limit 1`,
    )
    .pluck(),
}))

const findScannedPack = (db: ReadableDb, key: bigint, saleId: SaleId | null): { readonly pack: ScannedPack; readonly source: string | null } | null => {
  const row = statements(db).pack.get(key) as PackColumns | undefined
  if (row === undefined) return null
  const [
    stateNumber,
    heldBy,
    unitsLeft,
    changedAt,
    drugId,
    name,
    kind,
    codeRequirement,
    smallestUnit,
    lotId,
    lotNumber,
    expiresOn,
    recalled,
    receiptNumber,
    saleStatus,
    source,
  ] = row
  const state = stateOf(stateNumber)
  return {
    source,
    pack: {
      state,
      saleId: heldBy,
      receiptNumber,
      saleStatus,
      changedAt,
      unitsLeft,
      drug: drugId === null ? null : { drugId, name, kind, codeRequirement, smallestUnit },
      lot: lotId === null ? null : { lotId, lotNumber, expiresOn, recalled: recalled === 1 },
      onLineOfSale: state === 'split-open' && saleId !== null && statements(db).onLine.get(key, saleId) === 1,
    },
  }
}

const findScannedDrug = (db: ReadableDb, drugId: string): ScannedDrug | null => {
  const row = statements(db).drug.get(drugId) as [DrugId, string, ScannedDrug['kind'], CodeRequirement, string] | undefined
  return row === undefined ? null : { drugId: row[0], name: row[1], kind: row[2], codeRequirement: row[3], smallestUnit: row[4] }
}

const identify = (db: ReadableDb, identifier: string): VerdictFacts['identified'] => {
  const known = resolveIdentifier(db, identifier)
  const drug = known === null ? null : findScannedDrug(db, known.drugId)
  return known === null || drug === null ? null : { drug, level: known.level }
}

/** GTIN-14 of a product: its own barcode, or an outer pack's by the map. Two products under one barcode: none, a person picks. */
const identifyBarcode = (db: ReadableDb, gtin: string): VerdictFacts['identified'] => {
  const barcodes = [gtin, gtin.replace(/^0/, ''), gtin.replace(/^0{6}/, '')]
  const drugIds = new Set(barcodes.flatMap((barcode) => drugsByBarcode(db, barcode)))
  const [drugId] = drugIds
  if (drugIds.size > 1 || drugId === undefined) return drugIds.size > 1 ? null : identify(db, gtin)
  const drug = findScannedDrug(db, drugId)
  return drug === null ? null : { drug, level: 1 }
}

const identifyOther = (db: ReadableDb, code: Recognised): VerdictFacts['identified'] => {
  switch (code.kind) {
    case 'gtin':
    case 'gs1':
    case 'gs1-url':
      return identifyBarcode(db, code.gtin)
    case 'partial':
      return identify(db, code.drugIdentifier)
    default:
      return null
  }
}

const linesFor = (db: ReadableDb, saleId: SaleId, drugId: DrugId, selectedLineId: LineId | null): readonly CandidateLine[] =>
  (statements(db).lines.all(saleId, drugId, selectedLineId) as LineColumns[]).map(
    ([lineId, lineDrugId, drugName, lotId, lotNumber, codeRequirement, sellUnit, quantity, packs]) => ({
      lineId,
      drugId: lineDrugId,
      drugName,
      lotId,
      lotNumber,
      codeRequirement,
      sellUnit,
      quantity,
      packs: (JSON.parse(packs) as Quantity[]).map((taken) => ({ quantity: taken })),
    }),
  )

/** Everything `decide` needs about this code, by as few statements as its kind asks for: a known pack takes two, a code that is no pack's none. */
export const gatherFacts = (db: ReadableDb, code: Recognised, context: ScanContext): VerdictFacts => {
  const { step, saleId, answer, selectedLineId, now, today, nearExpiryDays, lastSaleDaysBefore = 0, strict = false, repeats } = context
  const asked = { code, step, answer, now, today, nearExpiryDays, lastSaleDaysBefore, saleId, selectedLineId, strict }
  const nothing: VerdictFacts = { ...asked, trace: null, pack: null, identified: null, soldElsewhere: null, repeats: 1, lines: [] }
  if (step !== 'drug') return nothing
  if (filterByStep(code, step).outcome !== 'accept') return { ...nothing, identified: identifyOther(db, code) }
  const trace = traceOf(code)
  if (trace === null) return nothing
  const key = keyOfPack(db, trace)
  const known = key === null ? null : findScannedPack(db, key, saleId)
  const identified = known === null ? identify(db, trace.identifier) : null
  const source = known === null ? key === null ? null : ((statements(db).foreign.get(key) as string | undefined) ?? null) : known.source
  const drugId = known === null ? identified?.drug.drugId : known.pack.drug?.drugId
  const sold = known !== null && (known.pack.state === 'sold' || known.pack.state === 'settled')
  return {
    ...asked,
    trace,
    pack: known?.pack ?? null,
    identified,
    soldElsewhere: source === null ? null : { source },
    repeats: sold ? (repeats?.count(trace.code, known.pack.changedAt) ?? 1) : 1,
    lines: saleId === null || drugId === undefined || sold ? [] : linesFor(db, saleId, drugId, selectedLineId),
  }
}
