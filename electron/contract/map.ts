import { z } from 'zod'
import { DrugId, SaleId } from './codes.ts'
import { SaleStatus } from './sale.ts'
import { ScanKind } from './scan.ts'
import { command, query } from './procedure.ts'
import { BusinessDate, Instant } from './time.ts'
import { PackState } from './trace.ts'

/** trace-identifier: 7 digits, GTIN-14 or MA identifier at the front of a trace code · base-code: 本位码. Codes of a product, never of a pack. */
export const LinkKind = z.enum(['trace-identifier', 'barcode', 'national-code', 'approval-number', 'base-code'])
export type LinkKind = z.infer<typeof LinkKind>
/** national: national file · chain: the chain's file · platform: its answer · delivery: a supplier's paper · shop: learnt here. */
export const LinkSource = z.enum(['national', 'chain', 'platform', 'delivery', 'shop'])
export type LinkSource = z.infer<typeof LinkSource>
/** provisional: used at once, to be reviewed · revoked: never used again, kept with what was sold under it. */
export const LinkTrust = z.enum(['confirmed', 'provisional', 'revoked'])
export type LinkTrust = z.infer<typeof LinkTrust>
export const LinkId = z.string().regex(/^[0-9a-f-]{32,36}$/).brand<'LinkId'>()
export type LinkId = z.infer<typeof LinkId>

export const CodeLink = z.strictObject({
  linkId: LinkId,
  kind: LinkKind,
  value: z.string(),
  drugId: DrugId,
  drugName: z.string(),
  spec: z.string(),
  maker: z.string(),
  /** 1 smallest sales pack, 2 middle, 3 carton; only a trace identifier has one. */
  level: z.int().nullable(),
  source: LinkSource,
  /** File, answer, paper or remark it came with. */
  sourceNote: z.string(),
  trust: LinkTrust,
  learntBy: z.string().nullable(),
  firstSeenAt: Instant,
  lastVerifiedAt: Instant,
  reviewedBy: z.string().nullable(),
  reviewedAt: Instant.nullable(),
  /** Why it was confirmed by a file, or revoked. */
  reason: z.string(),
})
export type CodeLink = z.infer<typeof CodeLink>

/** A pack that entered the ledger because this link said which drug it is. */
export const LinkedPack = z.strictObject({
  code: z.string(),
  state: PackState,
  lotNumber: z.string().nullable(),
  expiresOn: BusinessDate.nullable(),
  /** No other link and no paper says which drug it is. */
  onlyThisLink: z.boolean(),
  /** Sales it was on, those undone left out. */
  sales: z.array(z.strictObject({ saleId: SaleId, receiptNumber: z.string(), status: SaleStatus, at: Instant })),
})
export type LinkedPack = z.infer<typeof LinkedPack>

export const LinkTrace = z.strictObject({
  /** Sold ones first: they need following up. At most 200. */
  packs: z.array(LinkedPack),
  total: z.int(),
  onShelf: z.int(),
  inSale: z.int(),
  sold: z.int(),
  locked: z.int(),
})
export type LinkTrace = z.infer<typeof LinkTrace>

/** Company part of an NHSA code against digits 4–8 of a 本位码: one published sample agrees, so it warns and never blocks (trace-codes.md §3.1). */
export const CompanyDifference = z.strictObject({ nationalCode: z.string(), baseCode: z.string() })
export type CompanyDifference = z.infer<typeof CompanyDifference>

/** One of an item's codes: of the map, or of the item's own record (`linkId` null). */
export const ItemCode = z.strictObject({
  kind: LinkKind,
  value: z.string(),
  level: z.int().nullable(),
  linkId: LinkId.nullable(),
  source: z.enum([...LinkSource.options, 'item']),
  trust: LinkTrust,
  firstSeenAt: Instant.nullable(),
  lastVerifiedAt: Instant.nullable(),
  learntBy: z.string().nullable(),
  /** This is the code that was looked up. */
  asked: z.boolean(),
})
export type ItemCode = z.infer<typeof ItemCode>
export const MappedItem = z.strictObject({
  drugId: DrugId,
  name: z.string(),
  spec: z.string(),
  packSpec: z.string(),
  maker: z.string(),
  codes: z.array(ItemCode),
  companyDifference: CompanyDifference.nullable(),
})
export type MappedItem = z.infer<typeof MappedItem>

export const mapProcedures = {
  /** Newest first. `text`: part of the code, the item's name, number or the note. `toReview`: all provisional links, whatever the filter. */
  'map.listLinks': query({
    input: z.strictObject({
      text: z.string().max(80).default(''), kind: LinkKind.nullable().default(null), trust: LinkTrust.nullable().default(null), drugId: DrugId.nullable().default(null),
      limit: z.int().min(1).max(1000).default(200),
    }),
    output: z.strictObject({ links: z.array(CodeLink), more: z.boolean(), toReview: z.int() }),
  }),
  /** One link, who else claims its code (`rivals`), and what entered under it. Error map.link-not-found. */
  'map.showLink': query({ input: z.strictObject({ linkId: LinkId }), output: z.strictObject({ link: CodeLink, rivals: z.array(CodeLink), trace: LinkTrace, companyDifference: CompanyDifference.nullable() }) }),
  /** Any code → the items it may mean and all their other codes. What is no product's code is named by its kind and not repeated. */
  'map.lookUp': query({
    input: z.strictObject({ text: z.string().min(1).max(512) }),
    output: z.strictObject({ kind: ScanKind, asked: z.strictObject({ kind: LinkKind, value: z.string() }).nullable(), neverIssued: z.string().nullable(), items: z.array(MappedItem) }),
  }),
  /** Provisional: used at once, shown for review. The same again gives the same link. Errors map.value-invalid, map.known-otherwise, map.never-issued, drug.not-found. */
  'map.learnLink': command({
    input: z.strictObject({ kind: LinkKind, value: z.string().min(1).max(101), drugId: DrugId, level: z.int().min(1).max(9).nullable().default(null), note: z.string().max(200).default('') }),
    output: CodeLink, permission: 'pharmacist',
  }),
  /** A provisional link is confirmed, a confirmed one verified again today. Errors map.link-not-found, map.link-revoked. */
  'map.confirmLink': command({ input: z.strictObject({ linkId: LinkId }), output: CodeLink, permission: 'pharmacist' }),
  /** For good. Packs on the shelf that only this link named are locked; sold ones are told for following up. Errors map.link-not-found, map.link-revoked. */
  'map.revokeLink': command({
    input: z.strictObject({ linkId: LinkId, reason: z.string().min(1).max(200) }),
    output: z.strictObject({ link: CodeLink, trace: LinkTrace, lockedNow: z.int() }), permission: 'pharmacist',
  }),
}
