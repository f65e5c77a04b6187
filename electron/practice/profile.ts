import { z } from 'zod'
import { BenefitRules, practiceBenefitRules } from './benefit/rules.ts'
import { ClaimRules, MappingRules } from './claim-rules.ts'
import { DetailRules } from './detail-rules.ts'
import { FileRules } from './file-rules.ts'
import { NamesSection } from './names.ts'

/** Well-known constants: whoever can reach the practice province may use it. */
export const practiceAccess = {
  accessKey: 'yaogui-practice-access',
  secretKey: 'yaogui-practice-secret',
  institutionCode: 'P99999900001',
  institutionName: '药柜练习大药房',
  area: '999900',
  /** SM keys of the doors that sign and encrypt: as well known as the rest. */
  sm2PrivateKey: '69d11200547ac0ac7fbfff103073204557689ab4239c9276912b22092d4e6bf1',
  sm2PublicKey: '0416b893cf5b52a3eb1d05348e546a356952bffec3d2d2dc1ba8c641f413f7965307a528b8a7ac4f1708d4298d95d71e4962eee004cf1174e10ffe2df8fd9dc465',
  platformSm2PublicKey: '048e4fe4db8f97c09807547d78786613cb5693ab536ff07927a283de9013b9baa3546a8771649d1dc6f99d2202ef02dd1f52db7ceedba2e750a58f84b56a6cf09a',
  sm4Key: '9f1c2d3e4b5a69788796a5b4c3d2e1f0',
  operatorNumber: '1001',
  operatorName: '练习员',
} as const

const Institution = z.strictObject({ code: z.string().length(12), name: z.string(), area: z.string().length(6), suspended: z.boolean().default(false) })
export type Institution = z.infer<typeof Institution>

const institutions: z.input<typeof Institution>[] = [
  { code: practiceAccess.institutionCode, name: practiceAccess.institutionName, area: practiceAccess.area },
  { code: 'P99999900002', name: '练习隔壁药店', area: practiceAccess.area },
  { code: 'P99999900009', name: '练习停业药店', area: practiceAccess.area, suspended: true },
]

const minutes = z.number().positive()
const PLATFORM_KEY = { privateKey: 'd7d6333aed7dac058b0eced3d4dbb6f57ae347c78edfc30fe887da89ef47828b', publicKey: practiceAccess.platformSm2PublicKey }
const hex = (digits: number) => z.string().regex(new RegExp(`^[0-9a-f]{${digits}}$`), `${digits} hexadecimal digits`)

/**
 * How this province answers. Every setting marked [U] is confirmed by no public source: the default is the safe one, and a client must stand all of them.
 * `z.input` of this schema is what a file or a caller gives: everything has a default.
 */
export const PracticeProfile = z.strictObject({
  keys: z
    .array(z.strictObject({ accessKey: z.string().min(1), secretKey: z.string().min(1) }))
    .min(1)
    .default([{ accessKey: practiceAccess.accessKey, secretKey: practiceAccess.secretKey }]),
  institutions: z
    .array(Institution)
    .min(1)
    .default(institutions.map((raw) => Institution.parse(raw))),
  apiVersion: z.string().default('1.0.0'),
  /** `input` as an object, or as a JSON text; behind the door that encrypts, what is inside is an object always. */
  inputAs: z.enum(['object', 'json-text']).default('object'),
  /** Whether `cainfo` must be the SM3 of the input's characters. */
  cainfo: z.enum(['free', 'sm3']).default('free'),
  /** Letters of the signature at /tif [U]. */
  tif: z.strictObject({ hexCase: z.enum(['lower', 'upper']).default('lower') }).prefault({}),
  /** Token, keys and user id of /oauth/token and /sm. */
  sm: z
    .strictObject({
      tokenSeconds: z.number().positive().default(3600),
      clientId: z.string().min(1).default(practiceAccess.accessKey),
      clientPublicKey: hex(130).default(practiceAccess.sm2PublicKey),
      platform: z.strictObject({ privateKey: hex(64), publicKey: hex(130) }).default(PLATFORM_KEY),
      sm4Key: hex(32).default(practiceAccess.sm4Key),
    })
    .prefault({}),
  /** User id of the signature at /plain; its key is that of /sm. */
  plain: z.strictObject({ userId: z.string().min(1).default('1234567812345678') }).prefault({}),
  interfaceVersion: z.string().default('1.0.0'),
  receiverSystem: z.string().default('99'),
  signatureWindowMinutes: minutes.default(30),
  /** HTTP status beside a gateway refusal [U]. */
  gatewayStatus: z.int().min(200).max(599).default(200),
  maxBodyBytes: z.int().positive().default(1_000_000),
  /** Between the time inside `msgid` and `inf_time`. */
  messageIdToleranceMinutes: minutes.default(30),
  /** `inf_time` may lie this far back (a stored message sent again) and at most 30 minutes ahead. */
  messageAgeHours: z.number().positive().default(72),
  /** Purchase time and fee times of 2101/2102 around now. */
  purchaseAgeHours: z.number().positive().default(24),
  /** Field tables of another edition. */
  settlementTraceNode: z
    .string()
    .regex(/^[a-z_]+$/)
    .default('durg_trac_info'),
  /** Other spellings of another edition (names.ts). */
  names: NamesSection,
  fieldOverrides: z
    .array(z.strictObject({ infno: z.string(), node: z.string(), code: z.string(), width: z.int().positive().optional(), required: z.boolean().optional() }))
    .default([]),
  /** Answers change their form by the message number as provinces do (infcode as text, class names and server marks in texts), or never. */
  answerForms: z.enum(['mixed', 'plain']).default('mixed'),
  /** After 9002, a further 9001 of the same operator on the same day [U]. */
  signInAgain: z.enum(['accept', 'refuse']).default('accept'),
  /** An e-voucher QR read twice: reusable in practice, or once only as in the field. */
  voucherReadAgain: z.enum(['accept', 'refuse']).default('accept'),
  voucherTokenMinutes: minutes.default(1440),
  /** What 5301 lists: the paper says the valid ones. */
  filings: z.enum(['valid', 'all']).default('valid'),
  /** A message number that was booked already (2102, 2103, 2601) arrives again [U]. */
  repeatedMessage: z.enum(['refuse', 'same-answer']).default('refuse'),
  /** A whole pack whose code the country already shows as sold [U]. */
  repeatedCode: z.enum(['refuse', 'accept-and-flag']).default('refuse'),
  /** 3513 about a named pack: its sales in the whole country, or only what the asking shop uploaded [U]. */
  traceQuery: z.enum(['country', 'own-uploads']).default('country'),
  /** A code whose identifier belongs to another drug of the catalogue. */
  foreignIdentifier: z.enum(['accept-and-flag', 'refuse']).default('accept-and-flag'),
  /** 2601 for a call that never arrived [U]: accepted and remembered, so that a late original is refused; accepted and forgotten, so that a late original is booked; or refused. */
  reversalOfUnknown: z.enum(['accept', 'accept-and-forget', 'refuse']).default('accept'),
  /** 2601 for a booked call [U beyond the paper]: accepted, or refused, as a province does whose day is closed. */
  reversalOfBooked: z.enum(['accept', 'refuse']).default('accept'),
  reversible: z.array(z.string()).default(['2102']),
  /** 3505/3506 with a `fixmedins_bchno` known already [U]. */
  repeatedRowKey: z.enum(['refuse', 'accept-same']).default('refuse'),
  /** 3505A and 3506A when a row of several is wrong [U]: each row its own fate, or the whole message refused. */
  batchUploads: z.enum(['each-row', 'all-or-none']).default('each-row'),
  /** Rows that one message of 3505A, 3506A or 3507A may hold [U]. */
  batchRows: z.int().min(1).default(100),
  /** `setl_id` in the answer to 2103 [U]. */
  cancelAnswersSettlement: z.enum(['original', 'new']).default('original'),
  /** Sign of the sums of refunds in 3201 [U]. */
  refundTotals: z.enum(['either', 'negative', 'positive']).default('either'),
  /** Everybody's account must cover what it may pay (no mixing with cash), not only that of people marked so. */
  accountMustCover: z.boolean().default(false),
  benefit: BenefitRules.default(practiceBenefitRules),
  files: FileRules,
  detail: DetailRules,
  claims: ClaimRules,
  mapping: MappingRules,
})
export type PracticeProfile = z.output<typeof PracticeProfile>
export type PracticeProfileInput = z.input<typeof PracticeProfile>
