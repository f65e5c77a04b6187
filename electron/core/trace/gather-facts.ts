import type { BusinessDate, CounterStep, DrugId, Instant, LineId, PackState, Quantity, SaleId, SaleStatus, VerdictAnswer } from '../../contract/index.ts'
import { quantity } from '../../contract/index.ts'
import { addDays } from '../../domain/calendar.ts'
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
import { findLotByNumber, sellableLots } from '../stock/lot-store.ts'
import type { KnownGoods } from './known-goods.ts'
import { knownGoods, prepareKnownGoods } from './known-goods.ts'
import { eventNumber, stateOf } from './ledger-codes.ts'
import { codeOf, isDigitsKey, keyOfPack } from './pack-key.ts'
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
  readonly repeats?: RepeatCounter | undefined
}

type SaleColumns = [saleId: SaleId, receiptNumber: string, saleStatus: SaleStatus, soldAt: Instant | null]
type LineColumns = [
  lineId: LineId, drugId: DrugId, drugName: string, lotId: CandidateLine['lotId'], lotNumber: string, codeRequirement: CandidateLine['codeRequirement'], sellUnit: CandidateLine['sellUnit'],
  quantity: Quantity, quantitySet: 0 | 1, uncodedPacks: number, packs: string,
]
type SurroundingColumns = [carton: 1 | null, alarm: string | null, documentNumber: string | null, lotRef: number | null]

const statements = perDatabase((db) => {
  prepareKnownGoods(db)
  return {
    // The hot path: a number by its primary key. Every table more would be opened at every scan, asked or not.
    facts: db.prepare(`select facts from pack where pack_key = ?`).pluck(),
    sale: db.prepare(`select sale_id, receipt_number, status, sold_at from sale where sale_ref = ?`).raw(),
    // What papers and people said of a pack that is not in the ledger. The oldest paper that still waits for it.
    spokenOf: db
      .prepare(`select exists (select 1 from carton where pack_key = asked.key) or exists (select 1 from delivery_code where pack_key = asked.key and received_at is null)
        or exists (select 1 from alarm where pack_key = asked.key and status <> 'closed') from (select ? as key) as asked`)
      .pluck(),
    surrounding: db
      .prepare(`select (select 1 from carton where pack_key = asked.key), (select alarm_id from alarm where pack_key = asked.key and status <> 'closed' limit 1), delivery.document_number, lot.lot_ref
      from (select ? as key) as asked left join delivery_code on delivery_code.pack_key = asked.key and level = 1 and received_at is null left join delivery using (delivery_id) left join lot using (lot_id)
      order by delivery.told_at, delivery_id limit 1`)
      .raw(),
    unitsLeft: db.prepare(`select units_left from split_pack where pack_key = ?`).pluck(),
    since: db.prepare(`select at from pack_event where pack_key = ? and kind = ? order by seq desc limit 1`).pluck(),
    underReview: db.prepare(`select exists (select 1 from link_use join code_link using (link_id) where pack_key = ? and trust = 'provisional')`).pluck(),
    // Of recalled and expired lots nothing is left to sell.
    listed: db.prepare(`select coalesce(sum(iif(recalled = 0 and expires_on >= @from, packs_left, 0)), 0), count(*) from uncoded_stock join lot using (lot_id) where uncoded_stock.drug_id = @drugId and closed_at is null`).raw(),
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
const NO_UNITS = quantity(0)
const NOTHING_LEFT: readonly PackState[] = ['sold', 'settled', 'destroyed', 'transferred']

/** Under a link that nobody has reviewed: only where the code's front has one. */
const isUnderReview = (db: ReadableDb, goods: KnownGoods, key: bigint, identifier: string): boolean =>
  goods.front(identifier).candidates.some(({ trust }) => trust === 'provisional') && statements(db).underReview.get(key) === 1

const scannedPack = (db: ReadableDb, goods: KnownGoods, key: bigint, { identifier }: PackTrace, facts: number, forSale: SaleId | null): ScannedPack => {
  // sale_ref << 24 | lot_ref << 4 | state (migration 0090); read here by arithmetic, which takes more than 32 bits.
  const state = stateOf(facts % 16)
  const known = goods.lot(Math.floor(facts / 16) % 1_048_576)
  const saleRef = Math.floor(facts / 16_777_216)
  const by = statements(db)
  const sale = saleRef === 0 ? undefined : (by.sale.get(saleRef) as SaleColumns | undefined)
  const event = SINCE[state]
  const split = state === 'split-open'
  const sold = state === 'sold' || state === 'settled'
  const unitsLeft = split ? (by.unitsLeft.get(key) as Quantity | undefined) : NOTHING_LEFT.includes(state) ? undefined : known?.whole
  return {
    state,
    saleId: sale?.[0] ?? null,
    receiptNumber: sale?.[1] ?? null,
    saleStatus: sale?.[2] ?? null,
    since: event === undefined ? null : ((sold ? sale?.[3] : null) ?? (by.since.get(key, event) as Instant | undefined) ?? null),
    unitsLeft: unitsLeft ?? NO_UNITS,
    drug: known?.drug ?? null,
    lot: known?.lot ?? null,
    onLineOfSale: split && forSale !== null && by.onLine.get(key, forSale) === 1,
    provisional: (state === 'in-stock' || state === 'returned') && isUnderReview(db, goods, key, identifier),
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
const notAPack = (db: ReadableDb, goods: KnownGoods, code: Recognised, { day, policy }: ScanContext): Pick<VerdictFacts, 'candidates' | 'uncoded'> | null => {
  if (code.kind === 'partial') return { candidates: goods.front(code.drugIdentifier).candidates, uncoded: NO_UNCODED }
  if (code.kind !== 'gtin' && code.kind !== 'gs1' && code.kind !== 'gs1-url') return null
  const { candidates } = goods.front(gtinOfBarcode(code.gtin))
  const [only] = candidates
  const [left, listed] = candidates.length === 1 && only !== undefined ? (statements(db).listed.get({ drugId: only.drug.drugId, from: addDays(day, policy.lastSaleDaysBefore) }) as [number, number]) : [0, 0]
  return { candidates, uncoded: { left, listed: listed > 0 } }
}

/** Everything but the pack's own row, of a pack that is in the ledger. */
const unseen: Pick<VerdictFacts, 'candidates' | 'neverIssued' | 'carton' | 'expected' | 'alarmed'> = { candidates: [], neverIssued: null, carton: null, expected: null, alarmed: false }

const surroundings = (db: ReadableDb, goods: KnownGoods, trace: PackTrace, key: bigint | null): typeof unseen => {
  const front = goods.front(trace.identifier)
  // Neither a carton nor on a paper nor under an alarm.
  if (key === null || statements(db).spokenOf.get(key) !== 1) return { ...unseen, ...front }
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

/** What the symbol's own lot and the shelf say of a pack that is not in the ledger. */
const lotFacts = (db: ReadableDb, goods: KnownGoods, context: ScanContext, trace: PackTrace, drugId: DrugId): Pick<VerdictFacts, 'lotBySymbol' | 'recalledBySymbol' | 'lotFound'> => {
  const { lot } = trace
  const named = lot === null ? null : findLotByNumber(db, drugId, lot)
  // Looked for when it is about to be sold, not while the cashier is asked.
  const asked = context.answer !== null || context.policy.unreceived === 'notice'
  return {
    lotBySymbol: named === null ? null : { lotId: named.lotId, lotNumber: named.lotNumber, expiresOn: named.expiresOn, recalled: named.recalled },
    recalledBySymbol: goods.recalled(drugId, lot),
    lotFound: !asked || named !== null || (lot !== null && trace.expiry !== null) || sellableLots(db, drugId, context.day, context.policy.lastSaleDaysBefore).length > 0,
  }
}
const NO_LOT_FACTS = { lotBySymbol: null, recalledBySymbol: false, lotFound: true } as const
const NO_UNCODED: VerdictFacts['uncoded'] = { left: 0, listed: false }

/** A GS1 symbol may order its elements otherwise than when the pack was first seen: it is called as it was then. */
const asStored = (db: ReadableDb, trace: PackTrace, key: bigint | null): PackTrace =>
  key === null || isDigitsKey(key) ? trace : { ...trace, code: codeOf(db, key) as PackTrace['code'] }

type Found = Omit<VerdictFacts, 'code' | 'step' | 'answer' | 'policy' | 'clockBehind' | 'saleId' | 'selectedLineId' | 'today'>

/** One literal for every case: facts of one shape are read faster, and nothing is forgotten. */
const factsOf = (code: Recognised, { step, answer, policy, clockBehind, saleId, selectedLineId, day }: ScanContext, found: Found): VerdictFacts => ({
  code, step, answer, policy, clockBehind, saleId, selectedLineId, today: day,
  trace: found.trace, issuerKnown: found.issuerKnown, mayLearn: found.mayLearn, picked: found.picked, pack: found.pack, candidates: found.candidates, neverIssued: found.neverIssued, carton: found.carton,
  expected: found.expected, alarmed: found.alarmed, lotBySymbol: found.lotBySymbol, recalledBySymbol: found.recalledBySymbol, lotFound: found.lotFound, uncoded: found.uncoded,
  soldElsewhere: found.soldElsewhere, repeats: found.repeats, lines: found.lines,
})
const NOTHING: Found = {
  trace: null, issuerKnown: true, mayLearn: false, picked: null, pack: null, ...unseen, ...NO_LOT_FACTS, uncoded: NO_UNCODED, soldElsewhere: null, repeats: 1, lines: [],
}

const pickedIn = (goods: KnownGoods, { picked }: ScanContext): VerdictFacts['picked'] => {
  const drug = picked === null ? null : goods.drug(picked.drugId)
  return drug === null || picked === null ? null : { drug, level: picked.level }
}

const ofLedgerPack = (db: ReadableDb, goods: KnownGoods, context: ScanContext, trace: PackTrace, issuerKnown: boolean, key: bigint, facts: number): Found => {
  const { saleId, selectedLineId, repeats } = context
  const pack = scannedPack(db, goods, key, trace, facts, saleId)
  const source = goods.soldElsewhere(key)
  const sold = pack.state === 'sold' || pack.state === 'settled'
  const drugId = pack.drug?.drugId ?? null
  const { lot } = trace
  return {
    // Each field by its name: a spread of two dozen takes as long as a look-up.
    trace, issuerKnown, pack,
    mayLearn: false, picked: null, candidates: unseen.candidates, neverIssued: null, carton: null, expected: null, alarmed: false, lotBySymbol: null, lotFound: true, uncoded: NO_UNCODED,
    soldElsewhere: source === null ? null : { source },
    // It has its lot; only where its symbol names another is that one looked at too.
    recalledBySymbol: !sold && lot !== null && drugId !== null && lot !== pack.lot?.lotNumber && goods.recalled(drugId, lot),
    repeats: sold && repeats !== undefined ? repeats.count(trace.code, pack.since ?? (0 as Instant)) : 1,
    lines: saleId === null || sold ? NOTHING.lines : linesFor(db, saleId, drugId, selectedLineId),
  }
}

const ofNewPack = (db: ReadableDb, goods: KnownGoods, context: ScanContext, trace: PackTrace, issuerKnown: boolean, key: bigint | null): Found => {
  const { saleId, selectedLineId } = context
  const around = surroundings(db, goods, trace, key)
  const source = key === null ? null : goods.soldElsewhere(key)
  const picked = pickedIn(goods, context)
  const [only, second] = around.candidates
  const chosen = second === undefined && only?.trust === 'confirmed' ? only.drug : (picked?.drug ?? only?.drug)
  const drugId = around.expected?.drug.drugId ?? chosen?.drugId ?? null
  return {
    ...NOTHING,
    ...around,
    ...(drugId === null ? NO_LOT_FACTS : lotFacts(db, goods, context, trace, drugId)),
    trace,
    issuerKnown,
    picked,
    mayLearn: context.mayLearn && (only !== undefined || linkValue('trace-identifier', trace.identifier) !== null),
    soldElsewhere: source === null ? null : { source },
    lines: saleId === null ? NOTHING.lines : linesFor(db, saleId, drugId, selectedLineId),
  }
}

/** Everything `decide` needs about this code, by as few statements as its kind asks for: a pack takes one, and one more in a sale. */
export const gatherFacts = (db: ReadableDb, code: Recognised, context: ScanContext): VerdictFacts => {
  const { step } = context
  if (step !== 'drug') return factsOf(code, context, NOTHING)
  const by = statements(db)
  const known = traceOf(code)
  const scanned = known ?? candidateTrace(code)
  const filtered = filterByStep(code, step)
  if (scanned === null || (filtered.outcome !== 'accept' && filtered.reason !== 'unknown-code')) {
    const goods = knownGoods(db)
    return factsOf(code, context, { ...NOTHING, ...notAPack(db, goods, code, context), picked: pickedIn(goods, context) })
  }
  const key = keyOfPack(db, scanned)
  const trace = asStored(db, scanned, key)
  const facts = key === null ? undefined : (by.facts.get(key) as number | undefined)
  const goods = knownGoods(db)
  const issuerKnown = known !== null
  return factsOf(code, context, key === null || facts === undefined ? ofNewPack(db, goods, context, trace, issuerKnown, key) : ofLedgerPack(db, goods, context, trace, issuerKnown, key, facts))
}
