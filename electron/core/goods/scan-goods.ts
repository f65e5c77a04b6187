import type { DrugId, GoodsReason, GoodsScan, ParsedInput } from '../../contract/index.ts'
import { isExpired } from '../../domain/calendar.ts'
import type { Recognised } from '../../domain/recognition/recognised.ts'
import { inTransaction } from '../db/database.ts'
import { findDrugFacts } from '../drug/drug-store.ts'
import type { Caller, House } from '../house.ts'
import { resolveIdentifier } from '../map/resolve.ts'
import { now, today } from '../now.ts'
import { getLot } from '../stock/lot-store.ts'
import { codeOf, keyOfPack } from '../trace/pack-key.ts'
import { findPack } from '../trace/pack-store.ts'
import { cartonOf, expectedPack, packsIn } from './cascade.ts'
import { countPacks } from './count-packs.ts'
import { getDelivery, papersOf, uncounted } from './goods-store.ts'
import type { Receipt } from './receive-packs.ts'
import { receivePacks } from './receive-packs.ts'
import type { GoodsCode } from './understand-line.ts'
import { goodsCodeOf } from './understand-line.ts'
import { readCode } from '../trace/read-code.ts'

type Scan = ParsedInput<'goods.scanCode'>

const NO_PACKS: GoodsScan['packs'] = { inside: 0, received: 0, already: 0, locked: 0, found: 0, foundAlready: 0, notExpected: 0, wrongState: 0 }
const MOST_SHOWN = 20

const HOW: Readonly<Record<GoodsReason, Pick<GoodsScan, 'outcome' | 'sound'>>> = {
  received: { outcome: 'accept', sound: 'ok' },
  'received-in-part': { outcome: 'notice', sound: 'notice' },
  'received-locked': { outcome: 'notice', sound: 'foreign' },
  'received-not-for-sale': { outcome: 'notice', sound: 'notice' },
  'already-received': { outcome: 'notice', sound: 'own-repeat' },
  'already-here': { outcome: 'refuse', sound: 'stop' },
  'not-on-delivery': { outcome: 'refuse', sound: 'stop' },
  'on-other-delivery': { outcome: 'refuse', sound: 'stop' },
  'outer-not-on-paper': { outcome: 'refuse', sound: 'stop' },
  'content-unknown': { outcome: 'refuse', sound: 'stop' },
  'no-trace-code': { outcome: 'refuse', sound: 'wrong-step' },
  unreadable: { outcome: 'refuse', sound: 'stop' },
  counted: { outcome: 'accept', sound: 'ok' },
  'counted-already': { outcome: 'notice', sound: 'own-repeat' },
  'count-not-expected': { outcome: 'notice', sound: 'stop' },
  'count-wrong-state': { outcome: 'notice', sound: 'stop' },
  'count-of-other-goods': { outcome: 'notice', sound: 'notice' },
  'carton-opened': { outcome: 'refuse', sound: 'notice' },
}

/** What is known of the code whatever becomes of the scan. */
interface Subject {
  readonly code: string | null
  readonly level: number | null
  readonly drugId: DrugId | null
  readonly lotNumber: string | null
  readonly outer: ReturnType<typeof cartonOf>
  readonly packs: readonly string[]
}
const NOTHING: Subject = { code: null, level: null, drugId: null, lotNumber: null, outer: null, packs: [] }

const subjectOf = (house: House, { named, trace }: GoodsCode): Subject => {
  const { db } = house
  const key = keyOfPack(db, named)
  const code = key === null ? named.code : codeOf(db, key)
  const outer = cartonOf(db, code)
  const pack = findPack(db, code)
  const mapped = trace === null ? [] : resolveIdentifier(db, trace.identifier).candidates
  const [link] = mapped
  const expected = expectedPack(db, code)
  const drugId = outer?.drugId ?? pack?.drug_id ?? expected?.drugId ?? (mapped.length === 1 ? (link?.drugId ?? null) : null)
  const lotId = pack?.lot_id ?? expected?.lotId ?? null
  const lotNumber = lotId === null ? null : getLot(db, lotId).lotNumber
  // A shipping label is never a pack's.
  if (trace === null && outer === null) return { ...NOTHING, code, level: 3 }
  return { code, level: outer?.level ?? (pack === null && expected === null ? (link?.level ?? null) : 1), drugId, lotNumber, outer, packs: outer === null ? [code] : packsIn(db, code) }
}

interface Result {
  readonly reason: GoodsReason
  readonly detail?: GoodsScan['detail']
  readonly packs?: Partial<GoodsScan['packs']>
  readonly attention?: GoodsScan['attention']
  readonly deliveryId?: string | null
  readonly lotNumber?: string | null
}

const shown = (house: House, codes: readonly string[]): GoodsScan['attention'] => codes.slice(0, MOST_SHOWN).map((code) => ({ code, state: findPack(house.db, code)?.state ?? null }))

const received = (house: House, receipt: Receipt): Pick<Result, 'reason' | 'detail'> => {
  const detail = { received: receipt.received, already: receipt.already, locked: receipt.locked.length, unexpected: receipt.unexpected.length }
  if (receipt.received === 0) return { reason: 'already-received', detail }
  if (receipt.locked.length > 0) return { reason: 'received-locked', detail }
  if (receipt.unexpected.length > 0) return { reason: 'received-in-part', detail }
  const lots = receipt.lots.map((lotId) => getLot(house.db, lotId))
  if (lots.some((lot) => lot.recalled)) return { reason: 'received-not-for-sale', detail: { ...detail, reason: 'recalled' } }
  if (lots.some((lot) => isExpired(lot.expiresOn, today(house)))) return { reason: 'received-not-for-sale', detail: { ...detail, reason: 'expired' } }
  return { reason: 'received', detail }
}

const receive = (house: House, caller: Caller, subject: Subject, deliveryId: string | null): Result => {
  const { db } = house
  const { code, outer, packs, level } = subject
  if (code === null) return { reason: 'unreadable' }
  const key = keyOfPack(db, { code, identifier: null, serial: null })
  const papers = key === null ? [] : papersOf(db, key)
  const paper = papers.find((candidate) => candidate.deliveryId === deliveryId) ?? papers.find((candidate) => !candidate.received) ?? papers[0]
  const open = deliveryId ?? paper?.deliveryId ?? null
  if (paper !== undefined && deliveryId !== null && paper.deliveryId !== deliveryId) return { reason: 'on-other-delivery', detail: { documentNumber: paper.documentNumber } }
  if (outer === null && paper === undefined) {
    const pack = findPack(db, code)
    if (pack !== null) return { reason: 'already-here', detail: { packState: pack.state } }
    return level !== null && level > 1 ? { reason: 'outer-not-on-paper', detail: { level } } : { reason: 'not-on-delivery' }
  }
  if (packs.length === 0) return { reason: 'content-unknown', ...(level === null ? {} : { detail: { level } }) }
  const receipt = receivePacks(house, caller, packs, open)
  const counted = { inside: packs.length, received: receipt.received, already: receipt.already, locked: receipt.locked.length, notExpected: receipt.unexpected.length }
  const [lotId] = receipt.lots
  const result = {
    packs: counted, attention: shown(house, [...receipt.locked, ...receipt.unexpected]), deliveryId: open ?? receipt.deliveries[0] ?? null,
    ...(lotId !== undefined && receipt.lots.length === 1 ? { lotNumber: getLot(db, lotId).lotNumber } : {}),
  }
  // An outer pack that the platform told of, but whose packs are on nobody's paper.
  if (receipt.received + receipt.already === 0) return { ...result, reason: 'outer-not-on-paper', detail: { level } }
  return { ...result, ...received(house, receipt) }
}

const count = (house: House, caller: Caller, subject: Subject, { deliveryId, countedSince }: Scan): Result => {
  const { db } = house
  const { code, outer, packs, level } = subject
  if (code === null) return { reason: 'unreadable' }
  if (outer === null && level !== null && level > 1 && findPack(db, code) === null) return { reason: 'outer-not-on-paper', detail: { level } }
  if (outer?.opened === true) return { reason: 'carton-opened', detail: { level: outer.level } }
  if (packs.length === 0) return { reason: 'content-unknown' }
  const { found, foundAlready, notExpected, wrong } = countPacks(house, caller, packs, countedSince, deliveryId === null ? '' : getDelivery(db, deliveryId).documentNumber)
  const states = [...new Set(wrong.map(({ state }) => state))]
  const detail = { found, foundAlready, notExpected: notExpected.length, wrongState: wrong.length, ...(states.length === 1 && states[0] !== undefined ? { packState: states[0] } : {}) }
  const result = {
    detail, packs: { inside: packs.length, found, foundAlready, notExpected: notExpected.length, wrongState: wrong.length },
    attention: shown(house, [...wrong.map((pack) => pack.code), ...notExpected]), deliveryId,
  }
  if (wrong.length > 0) return { ...result, reason: 'count-wrong-state' }
  if (notExpected.length > 0) return { ...result, reason: 'count-not-expected' }
  if (found === 0) return { ...result, reason: 'counted-already' }
  const ofDelivery = deliveryId === null || packs.every((pack) => papersOf(db, keyOfPack(db, { code: pack, identifier: null, serial: null }) ?? 0n).some((paper) => paper.deliveryId === deliveryId))
  return { ...result, reason: ofDelivery ? 'counted' : 'count-of-other-goods' }
}

const missingAfter = (house: House, { purpose, deliveryId, countedSince }: Scan, subject: Subject): number | null => {
  if (purpose !== 'count') return null
  const since = countedSince ?? now(house)
  if (deliveryId !== null) return uncounted(house.db, { deliveryId }, since)
  const lotId = subject.packs[0] === undefined ? null : (findPack(house.db, subject.packs[0])?.lot_id ?? null)
  return lotId === null ? null : uncounted(house.db, { lotId }, since)
}

const refusalOf = (code: Recognised): Result => (code.kind === 'invalid' || code.kind === 'unknown' || code.kind === 'gs1-ambiguous' ? { reason: 'unreadable' } : { reason: 'no-trace-code', detail: { codeKind: code.kind } })

/**
 * One scan at the back door or along the shelf. Any code of a cascade stands for every smallest pack in it; a repeat does nothing twice and says so.
 * Nothing of a payment code, voucher or ID is kept or answered. Call in the command's transaction. Error goods.delivery-not-found.
 */
export const scanGoods = (house: House, caller: Caller, scan: Scan): GoodsScan => inTransaction(house.db, () => {
  if (scan.deliveryId !== null) getDelivery(house.db, scan.deliveryId)
  const code = readCode(house.db, { raw: scan.raw, step: 'drug', thisYear: Number(today(house).slice(0, 4)) })
  const read = goodsCodeOf(code)
  // Of an unknown issuer only what a paper named: any other text may be somebody's secret, and is not repeated.
  const goods = read?.trace?.issuer === 'UNKNOWN' && keyOfPack(house.db, read.named) === null ? null : read
  const subject = goods === null ? NOTHING : subjectOf(house, goods)
  const result = goods === null ? refusalOf(code) : scan.purpose === 'receive' ? receive(house, caller, subject, scan.deliveryId) : count(house, caller, subject, scan)
  const { reason, detail = {}, packs = {}, attention = [], deliveryId = scan.deliveryId } = result
  const drugName = subject.drugId === null ? null : (findDrugFacts(house.db, subject.drugId)?.genericName ?? null)
  const lotNumber = result.lotNumber ?? subject.lotNumber
  return {
    ...HOW[reason], reason, code: subject.code, level: subject.level, drugId: subject.drugId, drugName, lotNumber,
    detail: { ...detail, drugName, lotNumber },
    packs: { ...NO_PACKS, ...packs }, attention,
    delivery: deliveryId === null ? null : getDelivery(house.db, deliveryId),
    missing: missingAfter(house, scan, subject),
  }
})
