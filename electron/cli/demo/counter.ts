import type {
  AppError,
  Credential,
  CounterStep,
  DrugId,
  Fen,
  Person,
  PurchaseKind,
  Quantity,
  Sale,
  SaleId,
  SellUnit,
  SettlementFigures,
  TenderMethod,
  Verdict,
  VerdictAnswer,
} from '../../contract/index.ts'
import { isAppError, wholeUnits } from '../../contract/index.ts'
import type { Stage } from './stage.ts'
import { money } from './say.ts'
import { allBackWhole } from '../../domain/sale/return-rules.ts'

/** One sale in a cashier's hands. Every call keeps the latest state. */
export interface SaleInHand {
  readonly saleId: SaleId
  readonly sale: () => Sale
  readonly scan: (raw: string, how?: { readonly step?: CounterStep; readonly answer?: VerdictAnswer }) => Promise<Verdict>
  readonly add: (drugId: DrugId, count: number, sellUnit?: SellUnit) => Promise<void>
  readonly read: (credential: Credential) => Promise<Person | null>
  readonly purchase: (kind: PurchaseKind, diseaseCode?: string) => Promise<void>
  readonly selfPaid: () => Promise<void>
  readonly quote: () => Promise<void>
  readonly settle: () => Promise<void>
  readonly take: (method: TenderMethod, givenFen: number) => Promise<void>
  readonly hold: (note: string) => Promise<void>
  readonly recall: () => Promise<void>
  readonly discard: (reason: string) => Promise<void>
  readonly giveBack: (reason: string) => Promise<void>
  readonly look: () => Promise<Sale>
}

const inHand = (stage: Pick<Stage, 'client'>, first: Sale): SaleInHand => {
  const { client } = stage
  let sale = first
  const { saleId } = first
  const keep = (next: Sale): void => {
    sale = next
  }
  return {
    saleId,
    sale: () => sale,
    scan: async (raw, { step = 'drug', answer } = {}) => {
      const scanned = await client.command('sale.scanCode', { saleId, raw, step, via: 'hid', answer: answer ?? null })
      keep(scanned.sale)
      return scanned.verdict
    },
    add: async (drugId, count, sellUnit = 'pack') => {
      const added = await client.command('sale.addDrug', { saleId, drugId, sellUnit })
      keep(added.sale)
      if (count !== 1) keep(await client.command('sale.setQuantity', { saleId, lineId: added.lineId, quantity: wholeUnits(count) as Quantity }))
    },
    read: async (credential) => {
      keep(await client.command('sale.readPerson', { saleId, credential }))
      return sale.person
    },
    purchase: async (kind, diseaseCode) => keep(await client.command('sale.setPurchaseType', { saleId, kind, diseaseCode: diseaseCode ?? null })),
    selfPaid: async () => keep(await client.command('sale.setInsured', { saleId, insured: false })),
    quote: async () => keep(await client.command('sale.quoteSale', { saleId })),
    settle: async () => keep(await client.command('sale.settleSale', { saleId })),
    take: async (method, givenFen) => keep(await client.command('sale.takeTender', { saleId, method, givenFen: givenFen as Fen })),
    hold: async (note) => keep(await client.command('sale.holdSale', { saleId, note })),
    recall: async () => keep(await client.command('sale.recallSale', { saleId })),
    discard: async (reason) => keep(await client.command('sale.voidSale', { saleId, reason })),
    giveBack: async (reason) => keep(await client.command('sale.returnSale', { saleId, reason, packs: allBackWhole(sale.lines) })),
    look: async () => {
      keep(await client.query('sale.getSale', { saleId }))
      return sale
    },
  }
}

export const startSale = async (stage: Pick<Stage, 'client'>): Promise<SaleInHand> => inHand(stage, await stage.client.command('sale.startSale', {}))
export const takeUpSale = async (stage: Pick<Stage, 'client'>, saleId: SaleId): Promise<SaleInHand> =>
  inHand(stage, await stage.client.query('sale.getSale', { saleId }))
export const copySale = async (stage: Pick<Stage, 'client'>, saleId: SaleId): Promise<SaleInHand> =>
  inHand(stage, await stage.client.command('sale.copyToNew', { saleId }))

/** The error a call ends in; null when it did not. Anything but an AppError is a defect and thrown on. */
export const errorOf = async (call: Promise<unknown>): Promise<AppError | null> => {
  try {
    await call
    return null
  } catch (error) {
    if (isAppError(error)) return error
    throw error
  }
}

const FIGURES = ['totalFen', 'fundFen', 'accountFen', 'cashFen', 'fullSelfPayFen', 'overLimitFen', 'preSelfPayFen', 'inScopeFen', 'balanceAfterFen'] as const
export type ExpectedFigures = Partial<Record<(typeof FIGURES)[number], number>>

/** Only the named amounts are compared. */
export const expectFigures = (stage: Stage, what: string, figures: SettlementFigures | null, expected: ExpectedFigures): void => {
  for (const name of FIGURES) if (expected[name] !== undefined) stage.expect(`${what}.${name}`, figures?.[name] ?? null, expected[name])
}

export const tellFigures = (stage: Stage, figures: SettlementFigures | null): void => {
  if (figures === null) return
  const { totalFen, fundFen, accountFen, cashFen, balanceAfterFen } = figures
  stage.tell(
    `合计 ${money(totalFen)} = 基金 ${money(fundFen)} + 账户 ${money(accountFen)} + 现金 ${money(cashFen)}，账户余额 ${money(balanceAfterFen)}`,
    `total ${money(totalFen)} = fund ${money(fundFen)} + account ${money(accountFen)} + cash ${money(cashFen)}, balance ${money(balanceAfterFen)}`,
  )
}

export const packState = async (stage: Pick<Stage, 'client'>, code: string): Promise<string> => (await stage.client.query('trace.getPack', { code })).state

/** Trial, settlement and what must come of it; the patient's part is then still to be taken. */
export const settleAndExpect = async (stage: Stage, hand: SaleInHand, expected: ExpectedFigures): Promise<void> => {
  await hand.quote()
  expectFigures(stage, 'trial', hand.sale().quote, expected)
  await hand.settle()
  expectFigures(stage, 'settled', hand.sale().settled, expected)
  stage.expect('sale.status after settling', hand.sale().status, expected.cashFen === 0 ? 'closed' : 'due')
  tellFigures(stage, hand.sale().settled)
}
