import type { OutboxKind, SaleId } from '../../contract/index.ts'
import type { WritableDb } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'

export interface OutboxRow {
  readonly outbox_id: string
  readonly kind: OutboxKind
  readonly aggregate_id: SaleId
  readonly effect_key: string
  readonly payload: string
  readonly attempts: number
}

/** Longer than any job is ever put off. */
export const LONGEST_BACK_OFF_MS = 300_000
/** How long a claimed job may take before another run may take it over; more than any platform deadline. */
export const LEASE_MS = 120_000

const statements = perDatabase((db) => ({
  // The head of outbox_ready; equal times in the order in which they were written.
  head: db.prepare(`select outbox_id, kind, aggregate_id, of_line, due_at, rowid as place from outbox where status = 'pending' and waits_for is null and kind = @kind and due_at <= @dueBy order by due_at, rowid limit 1`),
  ofSale: db.prepare(`select outbox_id, kind, aggregate_id, of_line, due_at, rowid as place from outbox where aggregate_id = @saleId and status = 'pending' and waits_for is null and due_at <= @dueBy order by due_at, rowid limit 1`),
  // A line's return waits for its sale (3505 before 3506) …
  ownSale: db.prepare(`select outbox_id from outbox where of_line = @lineId and kind = 'upload-sale' and status <> 'done' limit 1`).pluck(),
  // … and the next sale of a pack for whatever is not told of its last one, unless both took loose units of it (test/core/outbox/opened-after-return). Nothing else waits: neither the rows of one sale for each other, nor a reversal or cancellation for an upload.
  lastOfPack: db.prepare(`select earlier.outbox_id from sale_line as line cross join sale_line_pack as mine on mine.line_id = line.line_id
      cross join sale_line_pack as theirs on theirs.pack_key = mine.pack_key and theirs.line_id <> mine.line_id
      cross join sale_line as their_line on their_line.line_id = theirs.line_id
      cross join outbox as earlier indexed by outbox_open_line on earlier.of_line = theirs.line_id and earlier.status <> 'done'
    where line.line_id = @lineId and (line.sell_unit = 'pack' or their_line.sell_unit = 'pack') and earlier.rowid < @place limit 1`).pluck(),
  wait: db.prepare(`update outbox set waits_for = @waitsFor where outbox_id = @outboxId`),
  lease: db.prepare(`update outbox set status = 'leased', leased_until = @until, attempts = attempts + 1 where outbox_id = @outboxId
    returning outbox_id, kind, aggregate_id, effect_key, payload, attempts`),
  expired: db.prepare(`select outbox_id from outbox where status = 'leased' and leased_until <= @now union all select outbox_id from outbox where status = 'leased' and leased_until > @tooFar`).pluck(),
  release: db.prepare(`update outbox set status = 'pending', leased_until = null, due_at = @now where outbox_id = @outboxId`),
  // A due time beyond every back-off was set by another clock.
  nearer: db.prepare(`update outbox set due_at = @now where status in ('pending', 'leased') and status = 'pending' and due_at > @tooFar`),
}))

interface Candidate { readonly outbox_id: string; readonly kind: OutboxKind; readonly aggregate_id: SaleId; readonly of_line: string | null; readonly due_at: number; readonly place: number }

const blockerOf = (db: WritableDb, { kind, of_line, place }: Candidate): string | null => {
  if (of_line === null) return null
  if (kind === 'upload-return') return (statements(db).ownSale.get({ lineId: of_line }) as string | undefined) ?? null
  if (kind === 'upload-sale') return (statements(db).lastOfPack.get({ lineId: of_line, place }) as string | undefined) ?? null
  return null
}

export interface ClaimWhat {
  /** What may be asked now, in the order of importance; equally important kinds go by age. */
  readonly kinds: readonly (readonly OutboxKind[])[]
  readonly now: number
  /** Due later than now counts as due: the one message that tries whether the platform is back. */
  readonly early?: boolean
  /** Only this sale's. */
  readonly saleId?: SaleId | null
}

/** The next job in the order in which things happened to a pack, leased to this process. Only inside a transaction; null: nothing is due. */
export const claimJob = (db: WritableDb, { kinds, now, early = false, saleId = null }: ClaimWhat): OutboxRow | null => {
  if (!db.inTransaction) throw new Error('a job is claimed inside a transaction')
  const dueBy = early ? Number.MAX_SAFE_INTEGER : now
  const next = (): Candidate | null => {
    if (saleId !== null) return (statements(db).ofSale.get({ saleId, dueBy }) as Candidate | undefined) ?? null
    for (const group of kinds) {
      const heads = group.map((kind) => statements(db).head.get({ kind, dueBy }) as Candidate | undefined).filter((head) => head !== undefined)
      const [first] = heads.toSorted((a, b) => a.due_at - b.due_at || a.place - b.place)
      if (first !== undefined) return first
    }
    return null
  }
  for (;;) {
    const candidate = next()
    if (candidate === null) return null
    const waitsFor = blockerOf(db, candidate)
    if (waitsFor === null) return statements(db).lease.get({ outboxId: candidate.outbox_id, until: now + LEASE_MS }) as OutboxRow
    statements(db).wait.run({ outboxId: candidate.outbox_id, waitsFor })
  }
}

/** What a process that died, or a clock that jumped, left behind. `inHand`: what this process works on, whatever the clock says of its lease. */
export const recoverJobs = (db: WritableDb, now: number, inHand: ReadonlySet<string>): void => {
  for (const outboxId of statements(db).expired.all({ now, tooFar: now + LEASE_MS }) as string[]) if (!inHand.has(outboxId)) statements(db).release.run({ outboxId, now })
  statements(db).nearer.run({ now, tooFar: now + LONGEST_BACK_OFF_MS })
}
