import { z } from 'zod'
import { PurchaseKind } from '../../contract/sale.ts'
import { AuditSection } from './profile-sections/audit.ts'
import { Admdvs, Infno, LocalUrl, Milliseconds, Pattern } from './profile-sections/fields.ts'
import { FilesSection } from './profile-sections/files.ts'
import { LimitsSection } from './profile-sections/limits.ts'
import { MappingSection } from './profile-sections/mapping.ts'
import { NamesSection } from './profile-sections/names.ts'
import { ReconcileSection } from './profile-sections/reconcile.ts'
import { SealingSection, TransportSection } from './profile-sections/transport.ts'

export type { KeyReference } from './profile-sections/fields.ts'

/**
 * Everything in which one province's interface differs from another's, as data: the code never names a province.
 * A value that no public paper confirms is a setting here with a safe default (platform.md §8.4).
 */

const Envelope = z.strictObject({
  admvs: Admdvs,
  receiverSystem: z.string().min(1).max(10),
  interfaceVersion: z.string().min(1).max(6),
  operatorType: z.string().min(1).max(3),
  signType: z.string().max(10),
  deviceNumber: z.string().max(100),
  deviceSafety: z.string().max(2000),
  cipherInfo: z.string().max(1024),
  /** What an unused envelope value is: nothing, or (Hunan's samples) the text `null`. */
  unused: z.enum(['empty-text', 'null-text']),
  /** `insuplc_admdvs` of a call about nobody. */
  regionWithoutPerson: z.enum(['own-area', 'unused']),
  /** A few areas want `input` as a JSON text. */
  inputAs: z.enum(['object', 'json-text']),
  /** Unused fields inside `input`. */
  unusedInput: z.enum(['omit', 'empty', 'null-text']),
})

const MessageIds = z.strictObject({
  /** Last four digits, counted within a second. Two tills of one institution need ranges that do not meet: the number is the call's identity for ever. */
  from: z.int().min(0).max(9999),
  to: z.int().min(0).max(9999),
}).refine((range) => range.from <= range.to, '`from` must not be above `to`')

const Timeouts = z.strictObject({
  connectMs: Milliseconds,
  defaultMs: Milliseconds,
  /** By transaction: from the first byte out to the last byte in. */
  perTransaction: z.record(Infno, Milliseconds),
}).refine((t) => [t.defaultMs, ...Object.values(t.perTransaction)].every((ms) => ms > t.connectMs), 'every time-out must be longer than connectMs, else a call that never connected would count as unknown')

const Purchase = z.strictObject({
  medType: z.string().min(1).max(6),
  offered: z.boolean(),
  /** A chronic filing of the person must be chosen. */
  needsFiling: z.boolean(),
})

export const RegionProfile = z.strictObject({
  name: z.string().min(1),
  /** Nothing here reaches a real platform: the till shows it. */
  practice: z.boolean(),
  transport: TransportSection,
  sealing: SealingSection,
  envelope: Envelope,
  messageIds: MessageIds,
  institution: z.strictObject({
    code: z.string().length(12, 'the 12 characters of the designated institution\'s number: msgid starts with it'),
    name: z.string().min(1).max(200),
  }),
  clearingOffice: z.string().length(6),
  timeouts: Timeouts,
  /** Purchase kinds: the code sent as `med_type`, and whether F4 offers it. */
  purchaseKinds: z.record(PurchaseKind, Purchase),
  /** Names of what has no national code table. */
  names: z.strictObject({
    accumulators: z.record(z.string(), z.string()),
    regions: z.record(Admdvs, z.string()),
  }),
  signIn: z.strictObject({
    /** A refusal that says the operator is not signed in (any more): nothing was processed. */
    missingPattern: Pattern,
  }),
  traceCodes: z.strictObject({
    /** Widths of `drug_trac_codg`: 30 in older tables, 100 in newer. */
    widths: z.strictObject({ '2102': z.int().positive(), '3505': z.int().positive(), '3506': z.int().positive(), '3513': z.int().positive() }),
  }),
  /** The ledger of packs at the counter: what the papers leave to the province or to the responsible pharmacist (rules.md §1.4, §4, §5). */
  trace: z.strictObject({
    /** Loose units of an opened pack: its code each time with its units counted here · 20 nines · no code at all. */
    splitPolicy: z.enum(['repeat-with-counter', 'fixed-filler', 'not-sent']),
    /** A pack that never came in here by any paper. */
    unreceived: z.enum(['ask', 'notice', 'refuse']),
    /** How a code that is not plain digits is sent: separators taken out · as it stands · with bracketed identifiers · identifier and serial only. */
    outgoingForm: z.enum(['gs-removed', 'gs-kept', 'bracketed', 'identifier-serial']),
    /** When the platform is asked whether a pack was sold elsewhere (3513). */
    askElsewhere: z.enum(['never', 'when-unreceived', 'always']),
    /** A refusal that says another institution sold the pack; a group `code` is what it names of the pack, if only the end of its code. */
    soldElsewherePattern: Pattern,
    /** A sale can be returned for so many days. */
    returnDays: z.int().min(0).max(3650),
    /** Goods without a code (无码库) are settled with a code fetched for them (3592B), or without any. */
    uncoded: z.enum(['virtual-code', 'without']),
    /** The expiry day is the last day of sale; the shop may stop so many days earlier, never later. */
    lastSaleDaysBefore: z.int().min(0).max(365),
    /** While the selected line lacks codes, a pack of another drug is refused. */
    strictLine: z.boolean(),
  }),
  upload: z.strictObject({
    insuredType: z.string().min(1),
    selfPaidType: z.string().min(1),
    /** 3505 requires a prescriber's name although an over-the-counter sale has none. This text says "none"; it is not a name. */
    noPrescriber: z.string().min(1).max(50),
    /** 3592B: national code of a drug that has none. */
    uncodedNationalCode: z.string().min(1),
    /** Whether an answer without `output.result.retRslt` counts: the official table prints no output for 3505 and 3506. */
    rowResult: z.enum(['required', 'when-present']),
    alreadyUploadedPattern: Pattern,
  }),
  cancel: z.strictObject({ alreadyCancelledPattern: Pattern }),
  /** What 2601 for a call whose fate is unknown means (platform.md §8.3). Nothing else is possible yet; the word makes it visible. */
  reversalOfUnknown: z.strictObject({ accepted: z.literal('void'), refused: z.literal('stays-unknown') }),
  answers: z.strictObject({
    /** An answer whose `medins_setl_id` is not our `msgid`: only logged, or contradictory. */
    foreignSettlementId: z.enum(['log', 'contradictory']),
    /** A failure in whose words the platform itself does not know (its own time-outs), or knows the message already (delivered twice, the other answer lost): the fate of a call with an effect stays unknown. null: every failure means nothing was booked. */
    openRefusalPattern: Pattern.nullable(),
    /** Transactions whose `infcode` 0 with an error text and no output is a failure: seen of the claim check in one province (platform.md §2). Of others it is a remark. */
    failedDespiteZero: z.array(Infno).default(['3101', '3102']),
    maxBytes: z.int().min(10_000).max(100_000_000),
  }),
  // Sections with a default for every key: a province writes down only where it differs.
  reconcile: ReconcileSection,
  limits: LimitsSection,
  files: FilesSection,
  audit: AuditSection,
  mapping: MappingSection,
  wireNames: NamesSection,
  staleAfterMinutes: z.int().positive(),
  slowAfterMs: z.int().positive(),
  nearExpiryDays: z.int().nonnegative(),
  credentials: z.strictObject({
    /** The local service that decodes vouchers and reads cards; null: there is none. */
    serviceUrl: LocalUrl.nullable(),
    /** 用码业务类型: 02121 pharmacy purchase. */
    businessType: z.string().length(5),
    timeoutMs: Milliseconds,
    expiredPattern: Pattern,
  }),
}).refine((profile) => profile.transport.kind !== 'plain' || profile.sealing.kind === 'none', { error: 'a plain gateway has its own signature in `cainfo`: nothing else may seal the message', path: ['sealing', 'kind'] })
export type RegionProfile = z.infer<typeof RegionProfile>
