import { AppError } from '../../contract/index.ts'
import type { CodeLink, DrugId, Instant, LinkId, LinkKind, LinkSource, LinkTrust } from '../../contract/index.ts'
import type { ReadableDb, WritableDb } from '../db/database.ts'
import { one } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'

/** A code of a product and the item it means. */
export interface CodeOfDrug {
  readonly kind: LinkKind
  /** As `linkValue` writes it. */
  readonly value: string
  readonly drugId: DrugId
  /** Only a trace identifier has one. */
  readonly level: number | null
}
export interface NewLink extends CodeOfDrug {
  readonly linkId: string
  readonly source: LinkSource
  readonly sourceNote: string
  readonly trust: 'confirmed' | 'provisional'
  readonly learntBy: string | null
  readonly at: Instant
}

const COLUMNS = `code_link.link_id as linkId, code_link.kind, code_link.value, code_link.drug_id as drugId, drug.generic_name as drugName, drug.spec, drug.maker, code_link.level, code_link.source,
  code_link.source_note as sourceNote, code_link.trust, learnt.name as learntBy, code_link.first_seen_at as firstSeenAt, code_link.last_verified_at as lastVerifiedAt,
  reviewed.name as reviewedBy, code_link.reviewed_at as reviewedAt, code_link.reason`
const FROM = `from code_link join drug using (drug_id) left join staff as learnt on learnt.staff_id = code_link.learnt_by left join staff as reviewed on reviewed.staff_id = code_link.reviewed_by`

const statements = perDatabase((db) => ({
  get: db.prepare(`select ${COLUMNS} ${FROM} where code_link.link_id = ?`),
  live: db.prepare(
    `select ${COLUMNS} ${FROM} where code_link.kind = @kind and code_link.value = @value and code_link.drug_id = @drugId and code_link.trust <> 'revoked'`,
  ),
  ofValue: db.prepare(
    `select ${COLUMNS} ${FROM} where code_link.kind = @kind and code_link.value = @value and code_link.trust <> 'revoked' order by code_link.drug_id`,
  ),
  ofDrug: db.prepare(`select ${COLUMNS} ${FROM} where code_link.drug_id = ? and code_link.trust <> 'revoked' order by code_link.level, code_link.value`),
  revokedHere: db.prepare(
    `select ${COLUMNS} ${FROM} where code_link.drug_id = @drugId and code_link.kind = @kind and code_link.value = @value and code_link.trust = 'revoked' order by code_link.reviewed_at desc limit 1`,
  ),
  list: db.prepare(`select ${COLUMNS} ${FROM}
    where (@kind is null or code_link.kind = @kind) and (@trust is null or code_link.trust = @trust) and (@drugId is null or code_link.drug_id = @drugId)
      and (@text = '' or instr(upper(code_link.value || ' ' || code_link.drug_id || ' ' || drug.generic_name || ' ' || code_link.source_note), upper(@text)) > 0)
    order by code_link.first_seen_at desc, code_link.link_id desc limit @limit`),
  toReview: db.prepare(`select count(*) from code_link where trust = 'provisional'`).pluck(),
  insert: db.prepare(`insert into code_link (link_id, kind, value, drug_id, level, source, source_note, trust, learnt_by, first_seen_at, last_verified_at)
    values (@linkId, @kind, @value, @drugId, @level, @source, @sourceNote, @trust, @learntBy, @at, @at)`),
  verify: db.prepare(`update code_link set last_verified_at = max(last_verified_at, @at) where link_id = @linkId and trust <> 'revoked'`),
  correct:
    db.prepare(`update code_link set level = @level, source = @source, source_note = @sourceNote, trust = 'confirmed', last_verified_at = max(last_verified_at, @at), reason = @reason
    where link_id = @linkId and trust <> 'revoked'`),
  confirmByFile: db.prepare(
    `update code_link set trust = 'confirmed', last_verified_at = max(last_verified_at, @at), reason = @reason where link_id = @linkId and trust = 'provisional'`,
  ),
  confirm: db.prepare(
    `update code_link set trust = 'confirmed', last_verified_at = max(last_verified_at, @at), reviewed_by = @staffId, reviewed_at = @at where link_id = @linkId and trust <> 'revoked'`,
  ),
  revoke: db.prepare(
    `update code_link set trust = 'revoked', reviewed_by = @staffId, reviewed_at = @at, reason = @reason where link_id = @linkId and trust <> 'revoked'`,
  ),
  mark: db.prepare(`select source from identifier_mark where identifier = ? and mark = 'never-issued'`).pluck(),
  addMark: db.prepare(`insert into identifier_mark (identifier, mark, source, told_at) values (@identifier, 'never-issued', @source, @at)`),
  liftMark: db.prepare(`delete from identifier_mark where identifier = ?`),
}))

/** Error map.link-not-found. */
export const getLink = (db: ReadableDb, linkId: string): CodeLink => {
  const link = statements(db).get.get(linkId) as CodeLink | undefined
  if (link === undefined) throw new AppError('map.link-not-found', 'no such link', { linkId })
  return link
}
/** The one link that is not revoked between this code and this item. */
export const findLiveLink = (db: ReadableDb, { kind, value, drugId }: Omit<CodeOfDrug, 'level'>): CodeLink | null =>
  (statements(db).live.get({ kind, value, drugId }) as CodeLink | undefined) ?? null
/** The last one between them that was revoked. */
export const findRevokedLink = (db: ReadableDb, { kind, value, drugId }: Omit<CodeOfDrug, 'level'>): CodeLink | null =>
  (statements(db).revokedHere.get({ kind, value, drugId }) as CodeLink | undefined) ?? null
/** Everything that is not revoked, of a code or of an item. */
export const linksOfValue = (db: ReadableDb, kind: LinkKind, value: string): readonly CodeLink[] => statements(db).ofValue.all({ kind, value }) as CodeLink[]
export const linksOfDrug = (db: ReadableDb, drugId: string): readonly CodeLink[] => statements(db).ofDrug.all(drugId) as CodeLink[]

export interface LinkFilter {
  readonly text: string
  readonly kind: LinkKind | null
  readonly trust: LinkTrust | null
  readonly drugId: DrugId | null
  readonly limit: number
}
/** Newest first. */
export const listLinks = (db: ReadableDb, filter: LinkFilter): { readonly links: readonly CodeLink[]; readonly more: boolean; readonly toReview: number } => {
  const rows = statements(db).list.all({ ...filter, text: filter.text.trim(), limit: filter.limit + 1 }) as CodeLink[]
  return { links: rows.slice(0, filter.limit), more: rows.length > filter.limit, toReview: statements(db).toReview.get() as number }
}

export const insertLink = (db: WritableDb, link: NewLink): LinkId => {
  one(statements(db).insert.run(link), 'insert link')
  return link.linkId as LinkId
}
/** Somebody says again what the link says. */
export const verifyLink = (db: WritableDb, linkId: string, at: Instant): void => one(statements(db).verify.run({ linkId, at }), 'verify link')
/** A source that knows better: its level, and it is confirmed. */
export const correctLink = (
  db: WritableDb,
  change: {
    readonly linkId: string
    readonly level: number | null
    readonly source: LinkSource
    readonly sourceNote: string
    readonly reason: string
    readonly at: Instant
  },
): void => one(statements(db).correct.run(change), 'correct link')
/** A file or an answer says what was learnt here. */
export const confirmLinkByFile = (db: WritableDb, change: { readonly linkId: string; readonly reason: string; readonly at: Instant }): void =>
  one(statements(db).confirmByFile.run(change), 'confirm link by file')
export const confirmLinkByStaff = (db: WritableDb, change: { readonly linkId: string; readonly staffId: string; readonly at: Instant }): void =>
  one(statements(db).confirm.run(change), 'confirm link')
export const markLinkRevoked = (
  db: WritableDb,
  change: { readonly linkId: string; readonly staffId: string; readonly at: Instant; readonly reason: string },
): void => one(statements(db).revoke.run(change), 'revoke link')

/** Who said that this identifier was never given out. */
export const findMark = (db: ReadableDb, identifier: string): string | null => (statements(db).mark.get(identifier) as string | undefined) ?? null
export const addMark = (db: WritableDb, mark: { readonly identifier: string; readonly source: string; readonly at: Instant }): void =>
  one(statements(db).addMark.run(mark), 'mark identifier')
export const liftMark = (db: WritableDb, identifier: string): void => one(statements(db).liftMark.run(identifier), 'lift mark')
