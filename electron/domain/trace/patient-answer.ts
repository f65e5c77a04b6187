import type { ErrorDetail, Instant, PatientAnswer, PatientReason, PatientView } from '../../contract/index.ts'

export type PatientRecord = PatientView['records'][number]

export interface PatientFacts {
  /** Sales of this pack, newest first: ours (sold here), and one elsewhere when we were told of it. */
  readonly records: readonly PatientRecord[]
  /** Its drug is not collected (饮片): no row was ever queued. */
  readonly collected: boolean
  /** The newest upload of ours waits for a person. */
  readonly parked: boolean
  readonly now: Instant
}

/** In the country's books: told, and its return not told. */
const stands = (record: PatientRecord): boolean => record.toldAt !== null && record.returnToldAt === null

/**
 * What the national look-up shows a patient (rules.md §1.3): none · one sale, theirs · one sale, not theirs · two or more. By our own books: sales and returns that the platform took, and what it
 * or the alarm list told of elsewhere. "Theirs" is the person for whom our sale was settled; a self-paid sale names nobody.
 */
export const patientAnswer = ({ records, collected, parked, now }: PatientFacts): { readonly answer: PatientAnswer; readonly reason: PatientReason; readonly detail: ErrorDetail } => {
  const shown = records.filter(stands)
  const here = shown.filter(({ place }) => place === 'here')
  const [first] = here
  const latest = records.find(({ place }) => place === 'here')
  const untold = latest !== undefined && latest.returnedAt === null && latest.toldAt === null
  const detail: ErrorDetail = {
    count: shown.length,
    receiptNumber: (first ?? latest)?.receiptNumber ?? null,
    person: first?.personMasked ?? null,
    agoMs: first?.toldAt === null || first === undefined ? null : now - first.toldAt,
    soldAt: latest?.at ?? null,
  }
  const say = (answer: PatientAnswer, reason: PatientReason): ReturnType<typeof patientAnswer> => ({ answer, reason, detail })
  if (shown.length > 1) return say('several', here.length > 1 ? 'here-twice' : 'here-and-elsewhere')
  if (first !== undefined) {
    if (first.returnedAt !== null) return say('one-theirs', 'return-not-told')
    return first.personMasked === null ? say('one-theirs', 'theirs-self-paid') : say('one-theirs', 'theirs')
  }
  if (shown.length === 1) return say('one-not-theirs', untold ? 'elsewhere-and-waiting' : 'elsewhere')
  if (latest === undefined) return say('none', 'none-not-sold')
  if (latest.returnedAt !== null) return say('none', 'none-returned')
  if (!collected) return say('none', 'none-not-collected')
  return say('none', parked ? 'none-held-up' : 'none-waiting')
}
