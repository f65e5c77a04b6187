import type { CodeRequirement, DrugId, Quantity } from '../../contract/index.ts'
import { wholeUnits } from '../../contract/index.ts'
import { mod10Verifies } from '../../domain/recognition/check-digits.ts'
import type { Candidate, ScannedDrug, ScannedLot } from '../../domain/verdict/facts.ts'
import type { ReadableDb } from '../db/database.ts'
import { onTransactionEnd } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'
import { drugsByBarcode } from '../drug/drug-store.ts'
import { barcodeOfGtin } from '../map/link-value.ts'
import { resolveIdentifier } from '../map/resolve.ts'
import { LOT_RECALLED_SQL, isRecalled } from '../recall/recall-store.ts'

/**
 * Lots, drugs and the fronts of codes, kept between scans: a ledger of years asks the same few thousand again and again.
 * Whatever could change an answer says so by a trigger of this connection. From then on nothing is kept until the transaction is over, whichever way it ended.
 */
const CHANGES: readonly (readonly [table: string, columns: string])[] = [
  ['lot', 'drug_id, lot_number, expires_on, recalled'],
  ['drug', 'barcode, generic_name, kind, code_requirement, smallest_unit, units_per_pack'],
  ['recall', 'drug_id, lot_number, lifted_at'],
  ['code_link', 'value, drug_id, level, trust'],
  ['identifier_mark', 'identifier, mark'],
  ['foreign_sale', 'pack_key, source'],
]
/** A shop has thousands; a million would be somebody else's ledger. */
const MOST = 50_000
/** A longer list of packs sold elsewhere is asked in the file, pack by pack. */
const MOST_FOREIGN = 100_000

export interface KnownLot {
  readonly drug: ScannedDrug
  readonly lot: ScannedLot
  /** Smallest units of a whole pack, 10⁻⁴. */
  readonly whole: Quantity
}
export interface KnownFront {
  readonly candidates: readonly Candidate[]
  readonly neverIssued: string | null
}
interface Memory {
  /** Something changed in a transaction that may still be running. */
  changed: boolean
  readonly lots: Map<number, KnownLot | null>
  readonly drugs: Map<string, ScannedDrug | null>
  readonly fronts: Map<string, KnownFront>
  readonly recalls: Map<string, boolean>
  /** Packs sold elsewhere, all of them; undefined: not read yet, null: too many. */
  foreign: ReadonlyMap<bigint, string> | null | undefined
}

const kept = perDatabase((db): { readonly memory: Memory; readonly goods: KnownGoods } => {
  // Triggers made in a transaction that is undone are gone, and this would still believe in them.
  if (db.inTransaction) throw new Error('known goods are prepared before the first transaction')
  const memory: Memory = { changed: false, lots: new Map(), drugs: new Map(), fronts: new Map(), recalls: new Map(), foreign: undefined }
  db.function('goods_changed', () => {
    memory.changed = true
    return 0
  })
  for (const [table, columns] of CHANGES) {
    for (const [when, name] of [['insert', 'enters'], [`update of ${columns}`, 'changes'], ['delete', 'leaves']])
      db.prepare(`create temp trigger if not exists ${table}_${name} after ${when} on main.${table} begin select goods_changed(); end`).run()
  }
  onTransactionEnd(db, () => {
    if (!memory.changed) return
    forget(memory)
    memory.changed = false
  })
  return { memory, goods: asking(db, memory) }
})

/** Once when the database was opened, outside any transaction. */
export const prepareKnownGoods = (db: ReadableDb): void => void kept(db)

type DrugColumns = [drugId: DrugId, name: string, kind: ScannedDrug['kind'], codeRequirement: CodeRequirement, smallestUnit: string, unitsPerPack: number]
type LotColumns = [...drug: DrugColumns, lotId: ScannedLot['lotId'], lotNumber: string, expiresOn: ScannedLot['expiresOn'], recalled: 0 | 1]
const DRUG = `drug.drug_id, drug.generic_name, drug.kind, drug.code_requirement, drug.smallest_unit, drug.units_per_pack`
const statements = perDatabase((db) => ({
  lot: db.prepare(`select ${DRUG}, lot.lot_id, lot.lot_number, lot.expires_on, ${LOT_RECALLED_SQL} from lot join drug using (drug_id) where lot_ref = ?`).raw(),
  drug: db.prepare(`select ${DRUG} from drug where drug_id = ?`).raw(),
  foreign: db.prepare(`select source from foreign_sale where pack_key = ?`).pluck(),
  allForeign: db.prepare(`select pack_key, source from foreign_sale limit ${MOST_FOREIGN + 1}`).raw().safeIntegers(),
}))

const toDrug = ([drugId, name, kind, codeRequirement, smallestUnit]: DrugColumns): ScannedDrug => ({ drugId, name, kind, codeRequirement, smallestUnit })

const remember = <K, V>(map: Map<K, V>, key: K, value: V): V => {
  if (map.size >= MOST) map.clear()
  map.set(key, value)
  return value
}

const findDrug = (db: ReadableDb, drugs: Memory['drugs'], drugId: string): ScannedDrug | null => {
  const known = drugs.get(drugId)
  if (known !== undefined) return known
  const row = statements(db).drug.get(drugId) as DrugColumns | undefined
  return remember(drugs, drugId, row === undefined ? null : toDrug(row))
}

const asking = (db: ReadableDb, goods: Memory) => {
  return {
    lot: (lotRef: number): KnownLot | null => {
      const known = goods.lots.get(lotRef)
      if (known !== undefined) return known
      const row = statements(db).lot.get(lotRef) as LotColumns | undefined
      if (row === undefined) return null
      const [, , , , , unitsPerPack, lotId, lotNumber, expiresOn, recalled] = row
      const drug = toDrug(row as unknown as DrugColumns)
      return remember(goods.lots, lotRef, { drug, lot: { lotId, lotNumber, expiresOn, recalled: recalled === 1 }, whole: wholeUnits(unitsPerPack) })
    },
    drug: (drugId: string): ScannedDrug | null => findDrug(db, goods.drugs, drugId),
    /** What the front of a code means: 7 digits, GTIN-14 or MA identifier. */
    front: (identifier: string): KnownFront => {
      const known = goods.fronts.get(identifier)
      if (known !== undefined) return known
      const byName = named(db, goods.drugs, identifier)
      return remember(goods.fronts, identifier, {
        candidates: byName.length > 0 ? byName : smallerPackOf(db, goods.drugs, identifier),
        neverIssued: resolveIdentifier(db, identifier).neverIssued,
      })
    },
    /** Is this lot of the drug under a recall? Null: no lot is known, only a recall of every lot counts. */
    recalled: (drugId: string, lotNumber: string | null): boolean => {
      const key = `${drugId} ${lotNumber ?? ''}`
      return goods.recalls.get(key) ?? remember(goods.recalls, key, isRecalled(db, drugId, lotNumber))
    },
    /** Who said that this pack was sold elsewhere; null: nobody. */
    soldElsewhere: (key: bigint): string | null => {
      if (goods.foreign === undefined) {
        const all = statements(db).allForeign.all() as [bigint, string][]
        goods.foreign = all.length > MOST_FOREIGN ? null : new Map(all)
      }
      return (goods.foreign === null ? (statements(db).foreign.get(key) as string | undefined) : goods.foreign.get(key)) ?? null
    },
  }
}
export type KnownGoods = ReturnType<typeof asking>

const forget = (memory: Memory): void => {
  memory.lots.clear()
  memory.drugs.clear()
  memory.fronts.clear()
  memory.recalls.clear()
  memory.foreign = undefined
}

/** What the shop knows now. One object a connection: every scan asks. */
export const knownGoods = (db: ReadableDb): KnownGoods => {
  const { memory, goods } = kept(db)
  if (memory.changed) {
    forget(memory)
    memory.changed = db.inTransaction
  }
  return goods
}

const candidates = (db: ReadableDb, drugs: Memory['drugs'], found: readonly { readonly linkId: string | null; readonly drugId: string; readonly level: number; readonly trust: Candidate['trust'] }[]): readonly Candidate[] =>
  found.flatMap(({ linkId, drugId, level, trust }): Candidate[] => {
    const drug = findDrug(db, drugs, drugId)
    return drug === null ? [] : [{ linkId, drug, level, trust }]
  })

/** By the map; a GTIN of a smallest pack also by the barcode that drugs carry here: who else claims it is not hidden. */
const named = (db: ReadableDb, drugs: Memory['drugs'], identifier: string): readonly Candidate[] => {
  const byMap = candidates(db, drugs, resolveIdentifier(db, identifier).candidates)
  if (!/^0\d{13}$/.test(identifier)) return byMap
  const others = drugsByBarcode(db, barcodeOfGtin(identifier)).filter((drugId) => !byMap.some(({ drug }) => drug.drugId === drugId))
  return [...byMap, ...candidates(db, drugs, others.map((drugId) => ({ linkId: null, drugId, level: 1, trust: 'confirmed' })))]
}

/** An outer pack's GTIN that nobody told us, of a product that we know: same digits under another indicator (trace-codes.md §1.2). "Known product, other level" is not "unknown drug". */
const smallerPackOf = (db: ReadableDb, drugs: Memory['drugs'], identifier: string): readonly Candidate[] => {
  if (!/^[1-8]\d{13}$/.test(identifier)) return []
  const body = `0${identifier.slice(1, 13)}`
  const check = '0123456789'.split('').find((digit) => mod10Verifies(body + digit)) ?? ''
  return named(db, drugs, body + check).map((candidate) => ({ ...candidate, linkId: null, level: Number(identifier[0]) + 1 }))
}
