import { AppError } from '../../contract/index.ts'
import type { DrugId, Instant, LinkId, LinkKind } from '../../contract/index.ts'
import { maskText } from '../../domain/masking.ts'
import type { WritableDb } from '../db/database.ts'
import { inTransaction } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'
import { getDrugFacts } from '../drug/drug-store.ts'
import type { Caller, House } from '../house.ts'
import { now } from '../now.ts'
import { noteEvent } from '../trace/pack-ledger.ts'
import { keyOf } from '../trace/pack-key.ts'
import { findLiveLink, findMark, insertLink, linksOfValue } from './link-store.ts'
import { linkValue } from './link-value.ts'

export interface LearntLink {
  readonly kind: LinkKind
  readonly value: string
  readonly drugId: DrugId
  /** 1 smallest sales pack; null but for a trace identifier. */
  readonly level: number | null
  readonly note: string
}

/** Codes that should name one item: what is confirmed for one is not learnt for another. An approval number covers several packings. */
export const NAMES_ONE_ITEM: readonly LinkKind[] = ['trace-identifier', 'barcode']

/**
 * A pharmacist holds the box and says which item it is: provisional, used at once, shown for review. The same again answers the same link; after a revocation it is a new one.
 * Errors session.forbidden, drug.not-found, map.value-invalid, map.never-issued, map.known-otherwise.
 */
export const learnLink = (house: Pick<House, 'db' | 'clock' | 'newId'>, caller: Caller, learnt: LearntLink): LinkId =>
  inTransaction(house.db, () => {
    const { db } = house
    const { kind, drugId, note } = learnt
    if (caller.role === 'cashier') throw new AppError('session.forbidden', 'links are learnt by pharmacists', { needs: 'pharmacist' })
    const value = linkValue(kind, learnt.value)
    const level = kind === 'trace-identifier' ? (learnt.level ?? 1) : null
    if (value === null) throw new AppError('map.value-invalid', `not a ${kind}`, { kind })
    getDrugFacts(db, drugId)
    const known = findLiveLink(db, { kind, value, drugId })
    if (known !== null) {
      if (known.level === level) return known.linkId
      throw new AppError('map.known-otherwise', 'the link exists at another level', { drugName: known.drugName, level: known.level })
    }
    if (kind === 'trace-identifier' && findMark(db, value) !== null) throw new AppError('map.never-issued', 'this identifier was never given out', { value })
    const other = NAMES_ONE_ITEM.includes(kind) ? linksOfValue(db, kind, value).find((link) => link.trust === 'confirmed') : undefined
    if (other !== undefined) throw new AppError('map.known-otherwise', 'confirmed for another item', { drugName: other.drugName, level: other.level })
    return insertLink(db, {
      linkId: house.newId(),
      kind,
      value,
      drugId,
      level,
      source: 'shop',
      sourceNote: maskText(note),
      trust: 'provisional',
      learntBy: caller.staffId,
      at: now(house),
    })
  })

const statements = perDatabase((db) => ({
  use: db.prepare(
    `insert into link_use (link_id, pack_key, at) select link_id, @key, @at from code_link where link_id = @linkId and trust = 'provisional' on conflict do nothing`,
  ),
}))

/** This pack entered the ledger because the link named its drug. Kept while the link is provisional: of a confirmed one the pack's front and its history say enough. */
export const noteLinkUse = (db: WritableDb, linkId: string, code: string, at: Instant): void =>
  inTransaction(db, () => {
    const key = keyOf(db, code)
    if (key === null) throw new Error('a link was used for a code without a key')
    if (statements(db).use.run({ linkId, key, at }).changes === 1) noteEvent(db, { code, at, staffId: null, document: linkId }, 'learned')
  })
