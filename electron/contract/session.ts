import { z } from 'zod'
import { command, query } from './procedure.ts'
import { Instant } from './time.ts'
import { Fen } from './money.ts'

/** Ordered: a manager may all a pharmacist may, a pharmacist all a cashier may. */
export const Role = z.enum(['cashier', 'pharmacist', 'manager'])
export type Role = z.infer<typeof Role>

export const StaffId = z.string().min(1).max(20)
export const Staff = z.strictObject({ staffId: StaffId, name: z.string(), role: Role })
export type Staff = z.infer<typeof Staff>

/** Methods are recorded, never charged, until a payment provider is connected. */
export const TenderMethod = z.enum(['cash', 'wechat', 'alipay', 'card'])
export type TenderMethod = z.infer<typeof TenderMethod>

/** What the system expects per method. `expectedFen` of cash includes the opening float. */
export const ShiftTotals = z.strictObject({
  method: TenderMethod,
  salesFen: Fen,
  refundsFen: Fen,
  expectedFen: Fen,
})
export const Shift = z.strictObject({
  shiftId: z.uuid(),
  staffId: StaffId,
  staffName: z.string(),
  openedAt: Instant,
  closedAt: Instant.nullable(),
  floatFen: Fen,
  saleCount: z.int(),
  refundCount: z.int(),
  totals: z.array(ShiftTotals),
  insuredFundFen: Fen,
  insuredAccountFen: Fen,
  /** Set at close: what the cashier counted, and counted − expected. */
  counted: z.array(z.strictObject({ method: TenderMethod, countedFen: Fen, differenceFen: Fen })),
})
export type Shift = z.infer<typeof Shift>

export const sessionProcedures = {
  'session.listStaff': query({ input: z.strictObject({}), output: z.array(Staff), permission: 'public' }),
  'session.getCurrent': query({ input: z.strictObject({}), output: z.strictObject({ staff: Staff.nullable() }), permission: 'public' }),
  /** Errors: session.wrong-pin (detail.attemptsLeft), session.locked-out (detail.untilMinutes). */
  'session.signIn': command({ input: z.strictObject({ staffId: StaffId, pin: z.string().regex(/^\d{4,12}$/) }), output: z.strictObject({ staff: Staff }), permission: 'public' }),
  'session.signOut': command({ input: z.strictObject({}), output: z.strictObject({}), permission: 'public' }),
  'shift.getCurrent': query({ input: z.strictObject({}), output: z.strictObject({ shift: Shift.nullable() }) }),
  'shift.openShift': command({ input: z.strictObject({ floatFen: Fen }), output: Shift }),
  /** Refused while a sale of the shift waits for payment (shift.sales-open); unknown settlements do not block and are named in the result. */
  'shift.closeShift': command({
    input: z.strictObject({ counted: z.array(z.strictObject({ method: TenderMethod, countedFen: Fen })) }),
    output: z.strictObject({ shift: Shift, unknownSales: z.int() }),
  }),
}
