import { z } from 'zod'
import { LineId } from './codes.ts'
import { Fen, Quantity, UnitPrice } from './money.ts'
import { Instant } from './time.ts'

/** States of domain/settlement.ts. */
export const SettlementState = z.enum(['draft', 'quoting', 'quoted', 'refused', 'settling', 'settled', 'unknown', 'reversing', 'reversed', 'cancelling', 'cancel-unknown', 'cancelled', 'parked'])
export type SettlementState = z.infer<typeof SettlementState>

/** The platform's answer to one of our lines. */
export const LineFigures = z.strictObject({
  lineId: LineId,
  amountFen: Fen,
  quantity: Quantity,
  unitPrice: UnitPrice,
  priceLimit: UnitPrice.nullable(),
  /** 甲 A, 乙 B, 丙 C. */
  level: z.enum(['A', 'B', 'C']),
  /** First self-pay share in 10⁻⁴. */
  selfPayShare: z.int().nullable(),
  fullSelfPayFen: Fen,
  overLimitFen: Fen,
  preSelfPayFen: Fen,
  inScopeFen: Fen,
  message: z.string(),
})
export type LineFigures = z.infer<typeof LineFigures>

/** total = fund + personal + hospital; personal = account + family account + cash (platform.md §6). Checked by checkFigures before anything believes them. */
export const SettlementFigures = z.strictObject({
  totalFen: Fen,
  fundFen: Fen,
  pooledFundFen: Fen,
  personalFen: Fen,
  accountFen: Fen,
  familyAccountFen: Fen,
  cashFen: Fen,
  hospitalFen: Fen,
  fullSelfPayFen: Fen,
  overLimitFen: Fen,
  preSelfPayFen: Fen,
  inScopeFen: Fen,
  deductibleFen: Fen,
  /** In 10⁻⁴. */
  poolingShare: z.int(),
  balanceAfterFen: Fen,
  clearingType: z.string(),
  funds: z.array(z.strictObject({ code: z.string(), name: z.string(), amountFen: Fen, limitFen: Fen, process: z.string() })),
  lines: z.array(LineFigures),
})
export type SettlementFigures = z.infer<typeof SettlementFigures>

/** One thing that happened to a settlement; append-only. `words`: a key of domain/sentences with its values. */
export const SettlementStoryItem = z.strictObject({ at: Instant, state: SettlementState, event: z.string(), messageId: z.string().nullable(), note: z.string() })
export type SettlementStoryItem = z.infer<typeof SettlementStoryItem>
