import type { BusinessDate, CounterStep, DrugId, Instant, LineId, PackState, Quantity, SaleId, SaleStatus, VerdictAnswer } from '../../contract/index.ts'
import { quantity } from '../../contract/index.ts'
import type { Recognised } from '../../domain/recognition/recognised.ts'
import { filterByStep } from '../../domain/recognition/step-filter.ts'
import { candidateTrace } from '../../domain/recognition/candidate-trace.ts'
import { traceOf } from '../../domain/recognition/trace-of.ts'
import type { PackTrace } from '../../domain/recognition/trace-of.ts'
import type { CandidateLine, ScannedPack, VerdictFacts, VerdictPolicy } from '../../domain/verdict/facts.ts'
import type { ReadableDb } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'
import { cartonOf } from '../goods/cascade.ts'
import { gtinOfBarcode, linkValue } from '../map/link-value.ts'
import { isRecalled } from '../recall/recall-store.ts'
import { findLotByNumber, sellableLots } from '../stock/lot-store.ts'
import type { KnownGoods } from './known-goods.ts'
import { knownGoods, prepareKnownGoods } from './known-goods.ts'
import { eventNumber, stateOf } from './ledger-codes.ts'
import { codeOf, digitsKey, keyOfPack } from './pack-key.ts'
import type { RepeatCounter } from './repeat-counter.ts'

/** What the caller of `gatherFacts` knows and the database does not. */
export interface ScanContext {
  readonly step: CounterStep
  readonly saleId: SaleId | null
  readonly answer: VerdictAnswer | null
  readonly selectedLineId: LineId | null
  /** What the cashier says the code is. */
  readonly picked: { readonly drugId: DrugId; readonly level: number } | null
  readonly mayLearn: boolean
  readonly day: BusinessDate
  readonly clockBehind: boolean
  readonly policy: VerdictPolicy
  /** Counts scans of packs already sold here; without it every repeat is the first. */
  readonly repeats?: RepeatCounter
}

type PackColumns = [version: number, facts: number | null, foreignSource: string | null, saleId: SaleId | null, receiptNumber: string | null, saleStatus: SaleStatus | null, soldAt: Instant | null]
type LineColumns = [
  lineId: LineId, drugId: DrugId, drugName: string, lotId: CandidateLine['lotId'], lotNumber: string, codeRequirement: CandidateLine['codeRequirement'], sellUnit: CandidateLine['sellUnit'],
  quantity: Quantity, quantitySet: 0 | 1, uncodedPacks: number, packs: string,
]
type SurroundingColumns = [carton: 1 | null, alarm: string | null, documentNumber: string | null, lotRef: number | null]

const statements = perDatabase((db) => {
  prepareKnownGoods(db)
  return {
    // The hot path: one statement by primary keys, positional columns. Always one row, for the version.
    pack: db
      .prepare(`select goods_version.version, pack.facts, foreign_sale.source, sale.sale_id, sale.receipt_number, sale.status, sale.sold_at
      from temp.goods_version, (select ? as key) as asked left join main.pack on pack.pack_key = asked.key left join main.foreign_sale on foreign_sale.pack_key = asked.key left join main.sale on sale.sale_ref = pack.sale_ref`)
      .raw(),
    version: db.prepare(`select version from temp.goods_version`).pluck(),
    // What papers and people said of a pack that is not in the ledger. The oldest paper that still waits for it.
    surrounding: db
      .prepare(`select (select 1 from carton where pack_key = asked.key), (select alarm_id from alarm where pack_key = asked.key and status <> 'closed' limit 1), delivery.document_number, lot.lot_ref
      from (select ? as key) as asked left join delivery_code on delivery_code.pack_key = asked.key and level = 1 and received_at is null left join delivery using (delivery_id) left join lot using (lot_id)
      order by delivery.told_at, delivery_id limit 1`)
      .raw(),
    unitsLeft: db.prepare(`select units_left from split_pack where pack_key = ?`).pluck(),
    since: db.prepare(`select at from pack_event where pack_key = ? and kind = ? order by seq desc limit 1`).pluck(),
    underReview: db.prepare(`select exists (select 1 from link_use join code_link using (link_id) where pack_key = ? and trust = 'provisional')`).pluck(),
    listed: db.prepare(`select coalesce(sum(packs_left), 0), count(*) from uncoded_stock where drug_id = ? and closed_at is null`).raw(),
    lines: db
      .prepare(`select line_id, sale_line.drug_id, generic_name, lot_id, lot_number, code_requirement, sell_unit, quantity, quantity_set,
      (select coalesce(sum(packs), 0) from uncoded_use where uncoded_use.line_id = sale_line.line_id),
      (select json_group_array(json_array(sale_line_pack.quantity, exists (select 1 from virtual_code where virtual_code.pack_key = sale_line_pack.pack_key))) from sale_line_pack where sale_line_pack.line_id = sale_line.line_id)
    from sale_line join drug using (drug_id) join lot using (lot_id)
    where sale_id = ? and voided_reason is null and (sale_line.drug_id = ? or line_id = ?) order by position`)
      .raw(),
    onLine: db
      .prepare(`select 1 from sale_line_pack join sale_line using (line_id) where sale_line_pack.pack_key = ? and sale_line.sale_id = ? and voided_reason is null limit 1`)
      .pluck(),
  }
})

/** When it came to this state; what is only on the shelf, nobody asks. */
const SINCE: Partial<Readonly<Record<PackState, number>>> = {
  sold: eventNumber('sold'), settled: eventNumber('settled'), returned: eventNumber('returned'), locked: eventNumber('locked'), destroyed: eventNumber('destroyed'), transferred: eventNumber('transferred'),
}
const NOTHING_LEFT: readonly PackState[] = ['sold', 'settled', 'destroyed', 'transferred']

const scannedPack = (db: ReadableDb, goods: KnownGoods, key: bigint, [, facts, , saleId, receiptNumber, saleStatus, soldAt]: PackColumns, forSale: SaleId | null): ScannedPack | null => {
  if (facts === null) return null
  // sale_ref << 24 | lot_ref << 4 | state (migration 0090); read here by arithmetic, which takes more than 32 bits.
  const state = stateOf(facts % 16)
  const known = goods.lot(Math.floor(facts / 16) % 1_048_576)
  const by = statements(db)
  const event = SINCE[state]
  const split = state === 'split-open'
  const since = event === undefined ? null : ((state === 'sold' || state === 'settled' ? soldAt : null) ?? (by.since.get(key, event) as Instant | undefined) ?? null)
  const unitsLeft = split ? (by.unitsLeft.get(key) as Quantity | undefined) : NOTHING_LEFT.includes(state) ? undefined : known?.whole
  return {
    state,
    saleId,
    receiptNumber,
    saleStatus,
    since,
    unitsLeft: unitsLeft ?? quantity(0),
    drug: known?.drug ?? null,
    lot: known?.lot ?? null,
    onLineOfSale: split && forSale !== null && by.onLine.get(key, forSale) === 1,
    provisional: (state === 'in-stock' || state === 'returned') && goods.somethingProvisional() && by.underReview.get(key) === 1,
  }
}

const linesFor = (db: ReadableDb, saleId: SaleId, drugId: DrugId | null, selectedLineId: LineId | null): readonly CandidateLine[] =>
  (statements(db).lines.all(saleId, drugId, selectedLineId) as LineColumns[]).map(
    ([lineId, lineDrugId, drugName, lotId, lotNumber, codeRequirement, sellUnit, lineQuantity, quantitySet, uncodedPacks, packs]) => ({
      lineId,
      drugId: lineDrugId,
      drugName,
      lotId,
      lotNumber,
      codeRequirement,
      sellUnit,
      quantity: lineQuantity,
      quantitySet: quantitySet === 1,
      uncodedPacks,
      packs: (JSON.parse(packs) as [Quantity, 0 | 1][]).map(([taken, virtual]) => ({ quantity: taken, virtual: virtual === 1 })),
    }),
  )

/** Of a code that is no pack's: which drug it may name. */
const notAPack = (db: ReadableDb, goods: KnownGoods, code: Recognised): Pick<VerdictFacts, 'candidates' | 'uncoded'> | null => {
  if (code.kind === 'partial') return { candidates: goods.front(code.drugIdentifier).candidates, uncoded: { left: 0, listed: false } }
  if (code.kind !== 'gtin' && code.kind !== 'gs1' && code.kind !== 'gs1-url') return null
  const { candidates } = goods.front(gtinOfBarcode(code.gtin))
  const [only] = candidates
  const [left, listed] = candidates.length === 1 && only !== undefined ? (statements(db).listed.get(only.drug.drugId) as [number, number]) : [0, 0]
  return { candidates, uncoded: { left, listed: listed > 0 } }
}

/** Everything but the pack's own row, of a pack that is in the ledger. */
const unseen: Pick<VerdictFacts, 'candidates' | 'neverIssued' | 'carton' | 'expected' | 'alarmed'> = { candidates: [], neverIssued: null, carton: null, expected: null, alarmed: false }

const surroundings = (db: ReadableDb, goods: KnownGoods, trace: PackTrace, key: bigint | null): typeof unseen => {
  const front = goods.front(trace.identifier)
  // Without a key nobody ever spoke of it.
  if (key === null) return { ...unseen, ...front }
  const [isCarton, alarm, document, lotRef] = statements(db).surrounding.get(key) as SurroundingColumns
  const carton = isCarton === null ? null : cartonOf(db, trace)
  const cartonDrug = carton === null ? null : goods.drug(carton.drugId)
  const expected = document === null || lotRef === null ? null : goods.lot(lotRef)
  return {
    ...front,
    carton: carton === null || cartonDrug === null ? null : { drug: cartonDrug, level: carton.level, packs: carton.packs, opened: carton.opened },
    expected: expected === null ? null : { document: document ?? '', drug: expected.drug, lot: expected.lot },
    alarmed: alarm !== null,
  }
}

/** What the symbol's own lot and the shelf say. A pack in the ledger has its lot; only where its symbol names another is that one looked at too. */
const lotFacts = (db: ReadableDb, context: ScanContext, trace: PackTrace, drugId: DrugId, pack: ScannedPack | null): Pick<VerdictFacts, 'lotBySymbol' | 'recalledBySymbol' | 'lotFound'> => {
  const { lot } = trace
  const recalledBySymbol = (pack === null || (lot !== null && lot !== pack.lot?.lotNumber)) && isRecalled(db, drugId, lot)
  if (pack !== null) return { lotBySymbol: null, recalledBySymbol, lotFound: true }
  const named = lot === null ? null : findLotByNumber(db, drugId, lot)
  const lotBySymbol = named === null ? null : { lotId: named.lotId, lotNumber: named.lotNumber, expiresOn: named.expiresOn, recalled: named.recalled }
  // Looked for when it is about to be sold, not while the cashier is asked.
  const asked = context.answer !== null || context.policy.unreceived === 'notice'
  const lotFound = !asked || named !== null || (lot !== null && trace.expiry !== null) || sellableLots(db, drugId, context.day, context.policy.lastSaleDaysBefore).length > 0
  return { lotBySymbol, recalledBySymbol, lotFound }
}

/** A GS1 symbol may order its elements otherwise than when the pack was first seen: it is called as it was then. */
const asStored = (db: ReadableDb, trace: PackTrace, key: bigint | null): PackTrace =>
  key === null || digitsKey(trace.code) !== null ? trace : { ...trace, code: codeOf(db, key) as PackTrace['code'] }

/** Everything `decide` needs about this code, by as few statements as its kind asks for: a pack on the shelf takes one, and one more in a sale. */
export const gatherFacts = (db: ReadableDb, code: Recognised, context: ScanContext): VerdictFacts => {
  const { step, saleId, answer, selectedLineId, day, clockBehind, policy, picked, mayLearn, repeats } = context
  const nothing: VerdictFacts = {
    code, step, answer, policy, clockBehind, saleId, selectedLineId, mayLearn, today: day, trace: null, issuerKnown: true, picked: null, pack: null, ...unseen, lotBySymbol: null, recalledBySymbol: false, lotFound: true, uncoded: { left: 0, listed: false },
    soldElsewhere: null, repeats: 1, lines: [],
  }
  if (step !== 'drug') return nothing
  const by = statements(db)
  const known = traceOf(code)
  const scanned = known ?? candidateTrace(code)
  const filtered = filterByStep(code, step)
  if (scanned === null || (filtered.outcome !== 'accept' && filtered.reason !== 'unknown-code')) {
    const goods = knownGoods(db, by.version.get() as number)
    const drug = picked === null ? null : goods.drug(picked.drugId)
    return { ...nothing, ...notAPack(db, goods, code), picked: drug === null || picked === null ? null : { drug, level: picked.level } }
  }
  const key = keyOfPack(db, scanned)
  const trace = asStored(db, scanned, key)
  const row = by.pack.get(key) as PackColumns
  const goods = knownGoods(db, row[0])
  const pack = key === null ? null : scannedPack(db, goods, key, row, saleId)
  const around = pack === null ? surroundings(db, goods, trace, key) : unseen
  const pickedDrug = picked === null ? null : goods.drug(picked.drugId)
  const [only] = around.candidates
  const drugId = pack?.drug?.drugId ?? around.expected?.drug.drugId ?? pickedDrug?.drugId ?? only?.drug.drugId ?? null
  const sold = pack?.state === 'sold' || pack?.state === 'settled'
  return {
    ...nothing,
    ...around,
    trace,
    issuerKnown: known !== null,
    picked: pickedDrug === null || picked === null ? null : { drug: pickedDrug, level: picked.level },
    pack,
    soldElsewhere: row[2] === null ? null : { source: row[2] },
    repeats: sold && repeats !== undefined ? repeats.count(trace.code, pack.since ?? (0 as Instant)) : 1,
    ...(sold || drugId === null ? {} : lotFacts(db, context, trace, drugId, pack)),
    mayLearn: mayLearn && (around.candidates.length > 0 || linkValue('trace-identifier', trace.identifier) !== null),
    lines: saleId === null || sold ? [] : linesFor(db, saleId, drugId, selectedLineId),
  }
}
