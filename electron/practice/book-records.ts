import { z } from 'zod'
import { auditRecords } from './records/audit.ts'
import { filesRecords } from './records/files.ts'
import { mappingRecords } from './records/mapping.ts'
import { prescriptionRecords } from './records/prescription.ts'
import { reconcileRecords } from './records/reconcile.ts'
import { restRecords } from './records/rest.ts'
import { scenarioRecords } from './records/scenario.ts'
import { stockRecords } from './records/stock.ts'

/** What the province remembers. Amounts in fen, counts in 10⁻⁴, prices in 10⁻⁶ yuan, times in epoch ms. Records are replaced, never changed. */
const text = z.string()
const amount = z.int()
const at = z.number()

export const YearUse = z.strictObject({ deductibleFen: amount, fundFen: amount, subsidyFen: amount, accountFen: amount })
export type YearUse = z.infer<typeof YearUse>

/** `used` by year:insutype:med_type:disease. */
export const PersonState = z.strictObject({ psnNo: text, balanceFen: amount, used: z.record(text, YearUse) })
export type PersonState = z.infer<typeof PersonState>

export const SettledLine = z.strictObject({
  feedetlSn: text,
  nationalCode: text,
  itemCode: text,
  countE4: z.int(),
  priceMicro: z.int(),
  amountFen: amount,
  codes: z.array(z.strictObject({ code: text, split: z.boolean() })),
})
export type SettledLine = z.infer<typeof SettledLine>

export const Settlement = z.strictObject({
  setlId: text,
  mdtrtId: text,
  msgid: text,
  institution: text,
  psnNo: text,
  payerPsnNo: text.nullable(),
  insutype: text,
  medType: text,
  diseaseCode: text,
  clearingType: text,
  clearingOffice: text,
  fundType: text,
  fundName: text,
  usedKey: text,
  at,
  /** booked, then at most one of cancelled (2103) and reversed (2601). */
  state: z.enum(['booked', 'cancelled', 'reversed']),
  endedAt: at.nullable(),
  endedBy: text.nullable(),
  totalFen: amount,
  fundFen: amount,
  pooledFen: amount,
  subsidyFen: amount,
  personalFen: amount,
  accountFen: amount,
  familyAccountFen: amount,
  cashFen: amount,
  fullSelfPayFen: amount,
  overLimitFen: amount,
  preSelfPayFen: amount,
  inScopeFen: amount,
  deductibleFen: amount,
  shareE4: z.int(),
  capLeftFen: amount,
  explanation: text,
  lines: z.array(SettledLine),
})
export type Settlement = z.infer<typeof Settlement>

/** A message with an effect, and what was answered. */
export const BookedMessage = z.strictObject({ msgid: text, infno: text, setlId: text.nullable(), at, output: z.unknown() })
export type BookedMessage = z.infer<typeof BookedMessage>

/** `setlId` null: the original never arrived or was refused; a late one will be refused. */
export const Reversal = z.strictObject({ omsgid: text, oinfno: text, byMsgid: text, setlId: text.nullable(), at })
export type Reversal = z.infer<typeof Reversal>

/** Sales of one code the country knows. `holder`: the settlement or the self-paid upload that took it. */
export const CodeRecord = z.strictObject({
  code: text,
  sales: z.array(z.strictObject({ holder: text, institution: text, nationalCode: text, split: z.boolean(), at })),
})
export type CodeRecord = z.infer<typeof CodeRecord>

export const SaleUpload = z.strictObject({
  rowKey: text,
  saleNumber: text,
  msgid: text,
  institution: text,
  insured: z.boolean(),
  setlId: text,
  visit: text,
  psnNo: text,
  nationalCode: text,
  itemId: text,
  itemName: text,
  countE4: z.int(),
  split: z.boolean(),
  codes: z.array(text),
  lotNumber: text,
  soldAt: text,
  receipt: text,
  sellerName: text,
  at,
  /** `rowKey` of the return that undid it. */
  returnedBy: text.nullable(),
  digest: text,
  /** The texts of the row as sent, for whoever asks for it again (3511). */
  details: z.record(text, text).optional(),
})
export type SaleUpload = z.infer<typeof SaleUpload>

export const ReturnUpload = z.strictObject({
  rowKey: text,
  msgid: text,
  institution: text,
  saleKey: text,
  countE4: z.int(),
  codes: z.array(text),
  at,
  digest: text,
})
export type ReturnUpload = z.infer<typeof ReturnUpload>

export const VirtualCode = z.strictObject({ code: text, institution: text, nationalCode: text, itemId: text, rowKey: text, at })
export type VirtualCode = z.infer<typeof VirtualCode>

export const SignIn = z.strictObject({ signNo: text, institution: text, operator: text, date: text, at, outAt: at.nullable() })
export type SignIn = z.infer<typeof SignIn>

/** A decoded e-voucher: what its token stands for. */
export const Voucher = z.strictObject({ token: text, psnNo: text, at })
export type Voucher = z.infer<typeof Voucher>

/** Recorded for supervision, not refused. */
export const Flag = z.strictObject({
  seq: z.int(),
  kind: z.enum(['repeated-code', 'split-repeat', 'foreign-identifier']),
  code: text,
  institution: text,
  nationalCode: text,
  msgid: text,
  at,
})
export type Flag = z.infer<typeof Flag>

/** Every message that was answered, in order. */
export const AnsweredMessage = z.strictObject({ seq: z.int(), msgid: text, infno: text, infcode: z.int(), text, at })
export type AnsweredMessage = z.infer<typeof AnsweredMessage>

export const RECORDS = {
  people: PersonState,
  settlements: Settlement,
  booked: BookedMessage,
  reversals: Reversal,
  codes: CodeRecord,
  sales: SaleUpload,
  returns: ReturnUpload,
  virtualCodes: VirtualCode,
  signIns: SignIn,
  vouchers: Voucher,
  flags: Flag,
  messages: AnsweredMessage,
  counters: z.int(),
  ...reconcileRecords, ...filesRecords, ...auditRecords, ...mappingRecords, ...stockRecords, ...prescriptionRecords, ...restRecords, ...scenarioRecords,
} as const
export type CollectionName = keyof typeof RECORDS
export type RecordOf<N extends CollectionName> = z.infer<(typeof RECORDS)[N]>
