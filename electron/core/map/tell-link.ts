import type { CodeLink, Instant, LinkSource } from '../../contract/index.ts'
import type { ReadableDb, WritableDb } from '../db/database.ts'
import { inTransaction } from '../db/database.ts'
import type { House } from '../house.ts'
import { now } from '../now.ts'
import { NAMES_ONE_ITEM } from './learn-link.ts'
import { confirmLinkByFile, correctLink, findLiveLink, findMark, findRevokedLink, insertLink, linksOfValue, verifyLink } from './link-store.ts'
import type { CodeOfDrug } from './link-store.ts'
import { linkValue } from './link-value.ts'

/** Sources other than this shop's own pharmacists. */
export type ToldSource = Exclude<LinkSource, 'shop'>
export interface ToldLink extends CodeOfDrug {
  readonly note: string
}

export type Conflict =
  /** A pharmacist here confirmed the code for another item. */
  | 'confirmed-here-for-another'
  /** A pharmacist here confirmed another level. */
  | 'confirmed-here-otherwise'
  /** A pharmacist here revoked just this link. */
  | 'revoked-here'
  /** A source that knows better says another level. */
  | 'better-source'
  | 'never-issued'
/** What the till will do otherwise from now on. */
export type ToldNotice = 'shared' | 'hides-provisional'
export type ToldOutcome =
  | { readonly outcome: 'new'; readonly notice: ToldNotice | null; readonly others: readonly string[] }
  | { readonly outcome: 'changed'; readonly change: 'level' | 'confirmed' }
  | { readonly outcome: 'unchanged' }
  | { readonly outcome: 'conflict'; readonly conflict: Conflict; readonly others: readonly string[] }

/** Who knows better about a level. A supplier's paper is reviewed like what was learnt here. */
const KNOWS: Readonly<Record<ToldSource, number>> = { national: 4, platform: 3, chain: 2, delivery: 1 }

const confirmedHere = ({ trust, source, reviewedAt }: CodeLink): boolean => trust === 'confirmed' && (source === 'shop' || reviewedAt !== null)
const namesOf = (links: readonly CodeLink[]): readonly string[] => links.map(({ drugId, drugName }) => `${drugId} ${drugName}`)
const conflict = (why: Conflict, others: readonly CodeLink[] = []): ToldOutcome => ({ outcome: 'conflict', conflict: why, others: namesOf(others) })

const weighKnown = (known: CodeLink, told: ToldLink, source: ToldSource): ToldOutcome => {
  const same = known.level === told.level
  if (known.trust === 'provisional') {
    if (source === 'delivery') return same ? { outcome: 'unchanged' } : conflict('better-source', [known])
    return { outcome: 'changed', change: same ? 'confirmed' : 'level' }
  }
  if (same) return { outcome: 'unchanged' }
  if (confirmedHere(known)) return conflict('confirmed-here-otherwise', [known])
  return known.source === 'shop' || KNOWS[source] >= KNOWS[known.source] ? { outcome: 'changed', change: 'level' } : conflict('better-source', [known])
}

/** What would become of it. What a pharmacist of this shop confirmed or revoked is never overruled: that is a conflict, for a person. */
export const weighLink = (db: ReadableDb, told: ToldLink, source: ToldSource): ToldOutcome => {
  const known = findLiveLink(db, told)
  if (known !== null) return weighKnown(known, told, source)
  const revoked = findRevokedLink(db, told)
  if (revoked !== null && revoked.reviewedBy !== null) return conflict('revoked-here', [revoked])
  if (told.kind === 'trace-identifier' && findMark(db, told.value) !== null) return conflict('never-issued')
  if (!NAMES_ONE_ITEM.includes(told.kind)) return { outcome: 'new', notice: null, others: [] }
  const others = linksOfValue(db, told.kind, told.value)
  const firm = others.filter(confirmedHere)
  if (firm.length > 0) return conflict('confirmed-here-for-another', firm)
  const confirmed = others.filter(({ trust }) => trust === 'confirmed')
  if (confirmed.length > 0) return { outcome: 'new', notice: 'shared', others: namesOf(confirmed) }
  return { outcome: 'new', notice: others.length > 0 && source !== 'delivery' ? 'hides-provisional' : null, others: namesOf(others) }
}

const NAMED: Readonly<Record<ToldSource, string>> = { national: 'national file', chain: 'chain file', platform: 'platform', delivery: 'delivery paper' }

/** Weighs one link and, unless it is a conflict, writes it. `told.value` as `linkValue` gives it. Call in the transaction of its file or answer. */
export const tellLink = (db: WritableDb, newId: () => string, told: ToldLink, source: ToldSource, at: Instant): ToldOutcome =>
  inTransaction(db, () => {
    const outcome = weighLink(db, told, source)
    const { kind, value, drugId, level, note } = told
    const linkId = findLiveLink(db, told)?.linkId ?? ''
    const reason = `${NAMED[source]}${note === '' ? '' : `: ${note}`}`
    switch (outcome.outcome) {
      case 'new':
        insertLink(db, {
          linkId: newId(),
          kind,
          value,
          drugId,
          level,
          source,
          sourceNote: note,
          trust: source === 'delivery' ? 'provisional' : 'confirmed',
          learntBy: null,
          at,
        })
        break
      case 'changed':
        if (outcome.change === 'level') correctLink(db, { linkId, level, source, sourceNote: note, reason, at })
        else confirmLinkByFile(db, { linkId, reason, at })
        break
      case 'unchanged':
        verifyLink(db, linkId, at)
        break
      case 'conflict':
        break
    }
    return outcome
  })

/** The platform, or a supplier's paper, named a drug together with one of its codes. Null: the value is no such code. */
export const takeToldLink = (house: Pick<House, 'db' | 'clock' | 'newId'>, told: ToldLink, source: 'platform' | 'delivery'): ToldOutcome | null => {
  const value = linkValue(told.kind, told.value)
  const level = told.kind === 'trace-identifier' ? (told.level ?? 1) : null
  return value === null ? null : tellLink(house.db, house.newId, { ...told, value, level }, source, now(house))
}
