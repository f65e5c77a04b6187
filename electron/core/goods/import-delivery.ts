import { createHash } from 'node:crypto'
import type { LotId, Output, PaperNote } from '../../contract/index.ts'
import { inTransaction } from '../db/database.ts'
import type { Caller, House } from '../house.ts'
import { takeToldLink } from '../map/tell-link.ts'
import { resolveIdentifier } from '../map/resolve.ts'
import { now, today } from '../now.ts'
import { unparkLot } from '../outbox/outbox-store.ts'
import { isRecalled } from '../recall/recall-store.ts'
import { findLotByNumber, insertLot, setLotManufacturedOn } from '../stock/lot-store.ts'
import { giveKey } from '../trace/pack-key.ts'
import { tellCascade } from './cascade.ts'
import { getDelivery, insertDelivery, insertDeliveryCode, knownPaper } from './goods-store.ts'
import type { JudgedLine } from './judge-paper.ts'
import { judgePaper } from './judge-paper.ts'
import type { Paper } from './read-paper.ts'
import { readPaper } from './read-paper.ts'
import { understandLine } from './understand-line.ts'
import type { UnderstoodLine } from './understand-line.ts'

type Imported = Output<'goods.importDelivery'>

const MOST_NOTES = 200
const answer = (outcome: Imported['outcome'], delivery: Imported['delivery'], notes: readonly PaperNote[]): Imported => ({ outcome, delivery, notes: notes.slice(0, MOST_NOTES), noteCount: notes.length })
const refused = (notes: readonly PaperNote[]): Imported => answer('refused', null, [...notes.filter((note) => note.refuses), ...notes.filter((note) => !note.refuses)])

/** What a paper needs of the house. */
type Shop = Pick<House, 'db' | 'clock' | 'newId' | 'changed'>

/** Of what the paper says, not of how it is written: the order of its lines and a JSON copy of a CSV are the same paper. */
const contentHash = ({ documentNumber, supplier }: Paper, lines: readonly UnderstoodLine[]): string => {
  const content = lines.map(({ code, parent, level, drug, lotNumber, manufacturedOn, expiresOn }) => JSON.stringify([code, parent, level, drug, lotNumber, manufacturedOn, expiresOn])).toSorted()
  return createHash('sha256').update(JSON.stringify([documentNumber, supplier, content])).digest('hex')
}

/** The lot, made if it is new. Its date of manufacture is taken from the paper where we lack it: uploads may have waited for it. */
const lotOf = (house: Shop, line: JudgedLine): LotId => {
  const { db } = house
  const { drugId, lotNumber, manufacturedOn, expiresOn } = line
  const known = findLotByNumber(db, drugId, lotNumber)
  if (known === null) {
    const lotId = house.newId() as LotId
    insertLot(db, { lotId, drugId, lotNumber, manufacturedOn, expiresOn, recalled: isRecalled(db, drugId, lotNumber) })
    return lotId
  }
  if (known.manufacturedOn === null && manufacturedOn !== null) {
    setLotManufacturedOn(db, known.lotId, manufacturedOn)
    unparkLot(db, known.lotId, now(house))
  }
  return known.lotId
}

const write = (house: Shop, caller: Caller, paper: Paper, lines: readonly JudgedLine[], hash: string): string => {
  const { db } = house
  const at = now(house)
  const deliveryId = house.newId()
  insertDelivery(db, { deliveryId, documentNumber: paper.documentNumber, supplier: paper.supplier, at, staffId: caller.staffId, contentHash: hash })
  const lots = new Map<string, LotId>()
  const children = Map.groupBy(lines, (line) => line.parent ?? '')
  const identifiers = new Set<string>()
  for (const line of lines) {
    const { drugId, level } = line
    const lot = JSON.stringify([drugId, line.lotNumber])
    const lotId = lots.get(lot) ?? lotOf(house, line)
    lots.set(lot, lotId)
    insertDeliveryCode(db, { deliveryId, key: giveKey(db, line.named), drugId, lotId, level })
    if (level > 1) tellCascade(db, { carton: { ...line.named, drugId, level }, children: (children.get(line.code) ?? []).map(({ named }) => named), source: 'delivery', at })
    // An unknown issuer's code of another length names one pack, no drug.
    if (line.trace === null || identifiers.has(line.trace.identifier) || (line.trace.issuer === 'UNKNOWN' && line.named.code.length !== 20)) continue
    identifiers.add(line.trace.identifier)
    // The paper names a drug and its codes: learnt for review, so that a carton is told apart from an unknown drug.
    if (resolveIdentifier(db, line.trace.identifier).candidates.length === 0) takeToldLink(house, { kind: 'trace-identifier', value: line.trace.identifier, drugId, level, note: paper.documentNumber }, 'delivery')
  }
  return deliveryId
}

/** A supplier's paper, all or nothing. A paper that was told before is answered as it is. Call in the command's transaction. */
export const importDelivery = (house: Shop, caller: Caller, text: string): Imported => {
  const read = readPaper(text)
  if ('notes' in read) return refused(read.notes)
  const understandings = read.paper.lines.map((line) => understandLine(house.db, line, today(house)))
  const unreadable = understandings.flatMap((understanding) => ('notes' in understanding ? understanding.notes : []))
  const understood = understandings.flatMap((understanding) => ('row' in understanding ? [understanding.row] : []))
  const { documentNumber, supplier } = read.paper
  // What is wrong is said at once, not one kind after the other.
  if (unreadable.length > 0) return refused([...unreadable, ...judgePaper(house.db, understood, today(house), false).notes].toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)))
  const hash = contentHash(read.paper, understood)
  return inTransaction(house.db, () => {
    const known = knownPaper(house.db, supplier, documentNumber)
    if (known !== null) {
      if (known.contentHash === hash) return answer('known', getDelivery(house.db, known.deliveryId), [])
      return refused([{ line: null, problem: 'document-differs', refuses: true, detail: { documentNumber } }])
    }
    const { lines, notes } = judgePaper(house.db, understood, today(house), true)
    if (notes.some((note) => note.refuses)) return refused(notes)
    const deliveryId = write(house, caller, read.paper, lines, hash)
    house.changed('status')
    return answer('imported', getDelivery(house.db, deliveryId), notes)
  })
}
