import { z } from 'zod'
import { Fen } from './money.ts'
import { command } from './procedure.ts'
import { BusinessDate, Instant } from './time.ts'

/** How the person showed who they are. */
export const Credential = z.discriminatedUnion('kind', [
  /** The 28 digits of the e-voucher QR; a bearer token for a minute: never stored or logged in clear. */
  z.strictObject({ kind: z.literal('e-voucher'), qr: z.string().max(200) }),
  /** Name may be left out where a reader or the local service can supply it. */
  z.strictObject({ kind: z.literal('id-card'), idNumber: z.string().max(30), name: z.string().max(50).optional() }),
  z.strictObject({ kind: z.literal('social-card'), cardNumber: z.string().max(32), idNumber: z.string().max(30).optional(), name: z.string().max(50).optional() }),
])
export type Credential = z.infer<typeof Credential>
export const CredentialKind = z.enum(['e-voucher', 'id-card', 'social-card'])
export type CredentialKind = z.infer<typeof CredentialKind>

/** Something fetched from the platform, and how old it is. `live`: answered in this sale; `cache`: the last answer, the line being down; `none`: never had. */
export const Freshness = z.strictObject({ source: z.enum(['live', 'cache', 'none']), fetchedAt: Instant.nullable(), stale: z.boolean() })
export type Freshness = z.infer<typeof Freshness>

export const Insurance = z.strictObject({
  /** National dictionary code, e.g. 310 employees, 390 residents. */
  insuranceType: z.string(),
  insuranceName: z.string(),
  personTypeName: z.string(),
  active: z.boolean(),
  balanceFen: Fen,
  region: z.string(),
  regionName: z.string(),
})
export type Insurance = z.infer<typeof Insurance>

export const ChronicFiling = z.strictObject({ diseaseCode: z.string(), diseaseName: z.string(), from: BusinessDate, to: BusinessDate.nullable(), valid: z.boolean() })
export type ChronicFiling = z.infer<typeof ChronicFiling>

export const Person = z.strictObject({
  personId: z.uuid(),
  nameMasked: z.string(),
  idMasked: z.string(),
  gender: z.enum(['male', 'female', 'unknown']),
  age: z.number(),
  credentialKind: CredentialKind,
  insurances: z.array(Insurance),
  chosenInsurance: z.int(),
  identity: Freshness,
  filings: z.array(ChronicFiling),
  filingsFreshness: Freshness,
  entitlement: z.strictObject({ state: z.enum(['entitled', 'not-entitled', 'unknown']), reason: z.string() }),
  entitlementFreshness: Freshness,
  /** Accumulators of the year, as the platform names them. */
  accumulators: z.array(z.strictObject({ typeCode: z.string(), typeName: z.string(), year: z.string(), amountFen: Fen })),
  accumulatorsFreshness: Freshness,
})
export type Person = z.infer<typeof Person>

export const personProcedures = {
  /** Name and ID in clear, while the key is held; always audited. */
  'person.revealPerson': command({ input: z.strictObject({ personId: z.uuid() }), output: z.strictObject({ name: z.string(), idNumber: z.string() }) }),
}
