import type { IssuerRules } from '../../domain/recognition/issuer-rules.ts'
import type { KnownCodes } from '../../domain/recognition/known-codes.ts'
import { PUBLIC_SAMPLES } from '../../domain/recognition/known-codes.ts'
import { recognise } from '../../domain/recognition/recognise.ts'
import type { RecogniseInput } from '../../domain/recognition/recognise.ts'
import type { Recognised } from '../../domain/recognition/recognised.ts'
import type { ReadableDb } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'

const KEPT: { issuers?: IssuerRules | undefined } = {}

/** What this shop knows of codes beyond their form: asked by the recogniser only where two schemes share one (trace-codes.md §2.2). */
const known = perDatabase((db): KnownCodes & typeof KEPT => {
  const linked = db.prepare(`select 1 from code_link where kind = ? and value = ? and trust <> 'revoked' limit 1`).pluck()
  return {
    ...PUBLIC_SAMPLES,
    issuers: undefined,
    isGtin: (gtin) => linked.get('trace-identifier', gtin) === 1,
    isBaseCode: (baseCode) => linked.get('base-code', baseCode) === 1,
  }
})

/** Issuers that are not shipped, from the shop's rule file (`issuer-rules.json` beside the database). */
export const useIssuerRules = (db: ReadableDb, issuers: IssuerRules): void => {
  ;(known(db) as typeof KEPT).issuers = issuers
}

/** `recognise` with what this shop knows. */
export const readCode = (db: ReadableDb, { raw, step, thisYear, aim, sendsAim, keepsSeparators, substitutes }: Omit<RecogniseInput, 'known' | 'field'>): Recognised =>
  recognise({ raw, step, thisYear, aim, sendsAim, keepsSeparators, substitutes, known: known(db) })
