import { z } from 'zod'
import {
  AppError,
  Credential,
  DrugId,
  ErrorCode,
  PaperWidth,
  PurchaseKind,
  SaleStatus,
  TenderMethod,
  VerdictAnswer,
  VerdictOutcome,
  VerdictReason,
} from '../../contract/index.ts'
import type { Fen } from '../../contract/index.ts'
import { parseYuanToFen } from '../../domain/amounts.ts'

/** Money as people write it, in yuan: "12.30". */
const Yuan = z.string().transform((text, context): Fen => {
  const amount = parseYuanToFen(text)
  if (amount === null) context.addIssue({ code: 'custom', message: 'an amount in yuan such as "12.30"' })
  return amount ?? (0 as Fen)
})

/** What the scan must say; without it a refused or unanswered scan ends the script. */
const ExpectedVerdict = z.strictObject({ outcome: VerdictOutcome.optional(), reason: VerdictReason.optional() })

const Scan = z.strictObject({
  code: z.string().min(1).max(512),
  answer: VerdictAnswer.optional(),
  /** With `pick-drug`: which drug the code is. */
  drugId: DrugId.optional(),
  expect: ExpectedVerdict.optional(),
})

/** A line by our drug id or by a search that finds exactly one drug; `split`: `quantity` counts smallest units. Its codes come with `scans`. */
const ItemLine = z
  .strictObject({
    drugId: DrugId.optional(),
    search: z.string().min(1).max(80).optional(),
    quantity: z.int().min(1).max(9999).default(1),
    split: z.boolean().default(false),
  })
  .refine((item) => (item.drugId === undefined) !== (item.search === undefined), 'either drugId or search')

const Expected = z.strictObject({
  status: SaleStatus.optional(),
  /** Code of the error or refusal the sale must end in. */
  problem: ErrorCode.optional(),
  totalYuan: Yuan.optional(),
  fundYuan: Yuan.optional(),
  accountYuan: Yuan.optional(),
  cashYuan: Yuan.optional(),
})

/** One sale from the patient to the receipt. Keys that are not here are refused: a misspelt expectation must not pass. */
export const SaleScript = z.strictObject({
  note: z.string().optional(),
  /** null: nobody is read, the sale is self-paid. */
  credential: Credential.nullable().default(null),
  /** false: self-paid although somebody was read. */
  insured: z.boolean().optional(),
  insuranceIndex: z.int().nonnegative().optional(),
  purchaseType: z.strictObject({ kind: PurchaseKind, diseaseCode: z.string().max(30).nullable().default(null) }).optional(),
  items: z.array(ItemLine).max(200).default([]),
  scans: z.array(Scan).max(2000).default([]),
  /** In order, until the patient's part is paid. "due": exactly what is left. Without any: cash, exactly. */
  tenders: z
    .array(z.strictObject({ method: TenderMethod, yuan: z.union([z.literal('due'), Yuan]).default('due') }))
    .max(20)
    .default([{ method: 'cash', yuan: 'due' }]),
  paper: PaperWidth.default('80'),
  /** When given, the closed sale is returned again as a whole (2103 and 3506). */
  returnReason: z.string().min(1).max(200).optional(),
  expect: Expected.optional(),
})
export type SaleScript = z.output<typeof SaleScript>

/** Error script.invalid names every wrong key and what was expected. */
export const parseSaleScript = (value: unknown, source: string): SaleScript => {
  const parsed = SaleScript.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new AppError('script.invalid', `${source}:\n${z.prettifyError(parsed.error)}`, {
    file: source,
    problem: issue === undefined ? '' : `${issue.path.join('.')}: ${issue.message}`,
  })
}
