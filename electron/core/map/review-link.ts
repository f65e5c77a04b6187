import { AppError } from '../../contract/index.ts'
import type { CodeLink, LinkTrace } from '../../contract/index.ts'
import { maskText } from '../../domain/masking.ts'
import type { ReadableDb } from '../db/database.ts'
import { inTransaction } from '../db/database.ts'
import type { Caller, House } from '../house.ts'
import { now } from '../now.ts'
import { lockPack, noteEvent } from '../trace/pack-ledger.ts'
import { confirmLinkByStaff, getLink, markLinkRevoked } from './link-store.ts'
import { notePacks, packsUnder, traceOfLink } from './link-trace.ts'

const liveLink = (db: ReadableDb, linkId: string): CodeLink => {
  const link = getLink(db, linkId)
  if (link.trust === 'revoked') throw new AppError('map.link-revoked', 'the link was revoked', { value: link.value, drugName: link.drugName })
  return link
}

/** Somebody who may looked at the box: provisional → confirmed, confirmed → verified again. Errors map.link-not-found, map.link-revoked. */
export const confirmLink = (house: Pick<House, 'db' | 'clock'>, caller: Caller, linkId: string): CodeLink =>
  inTransaction(house.db, () => {
    liveLink(house.db, linkId)
    confirmLinkByStaff(house.db, { linkId, staffId: caller.staffId, at: now(house) })
    return getLink(house.db, linkId)
  })

export interface Revocation {
  readonly link: CodeLink
  readonly trace: LinkTrace
  /** Packs that were on the shelf and that nothing else names. */
  readonly lockedNow: number
}

/**
 * The link was wrong: it never answers again. Every pack that entered under it says so in its history; those on the shelf that nothing else names are locked until somebody looks.
 * A pack in an open sale blocks that sale, and is locked when it comes back to the shelf. What is sold stays sold and is told, receipt by receipt. Errors map.link-not-found, map.link-revoked.
 */
export const revokeLink = (house: Pick<House, 'db' | 'clock'>, caller: Caller, linkId: string, why: string): Revocation =>
  inTransaction(house.db, () => {
    const { db } = house
    const at = now(house)
    const reason = maskText(why)
    const link = liveLink(db, linkId)
    const packs = packsUnder(db, link)
    notePacks(db, linkId, packs, at)
    markLinkRevoked(db, { linkId, staffId: caller.staffId, at, reason })
    const onShelf = packs.filter(({ state, onlyThisLink }) => onlyThisLink && (state === 'in-stock' || state === 'returned' || state === 'split-open'))
    const change = { at, staffId: caller.staffId, document: linkId, note: reason }
    for (const { code } of packs) noteEvent(db, { ...change, code }, 'link-revoked')
    for (const { code } of onShelf) lockPack(db, { ...change, code })
    const revoked = getLink(db, linkId)
    return { link: revoked, trace: traceOfLink(db, packsUnder(db, revoked)), lockedNow: onShelf.length }
  })
