import { AppError, LineId, SaleId, fen, wholeUnits } from '../../../electron/contract/index.ts'
import type { BusinessDate, Instant, OutboxItem, Pack, Sale, SaleLine, SaleSummary, Shift, Staff, Status, TillEvent } from '../../../electron/contract/index.ts'
import { lineAmount, sumFen } from '../../../electron/domain/amounts.ts'
import { businessDate } from '../../../electron/domain/calendar.ts'
import type { Stocked } from './catalogue.ts'

/** The fake's whole world; nothing is stored. `faults` are switched from the browser console or a script. */
export interface FakeShop {
  staff: Staff | null
  shift: Shift | null
  sales: Map<string, Sale>
  outbox: OutboxItem[]
  packs: Map<string, Pack>
  receipts: number
  lineState: Status['line']
  wrongPins: number
  listeners: Set<(event: TillEvent) => void>
  faults: { offline: boolean; settle: 'answer' | 'lose' | 'refuse'; delayMs: number }
}

export const STAFF: readonly Staff[] = [
  { staffId: '01', name: '周敏', role: 'cashier' },
  { staffId: '02', name: '吴药师', role: 'pharmacist' },
  { staffId: '03', name: '郑店长', role: 'manager' },
]

export const now = (): Instant => Date.now() as Instant
export const today = (): BusinessDate => businessDate(now())

export const createShop = (): FakeShop => ({
  staff: null,
  shift: null,
  sales: new Map(),
  outbox: [],
  packs: new Map(),
  receipts: 0,
  wrongPins: 0,
  listeners: new Set(),
  lineState: { state: 'online', since: now(), latencyMs: 32, clockSkewMs: 120 },
  faults: { offline: false, settle: 'answer', delayMs: 250 },
})

export const uuid = (): string => crypto.randomUUID()

export const summary = (sale: Sale): SaleSummary => {
  const figures = sale.settled
  return {
    saleId: sale.saleId,
    receiptNumber: sale.receiptNumber,
    status: sale.status,
    openedAt: sale.openedAt,
    closedAt: sale.closedAt,
    staffName: sale.staffName,
    insured: sale.insured,
    personMasked: sale.person?.nameMasked ?? null,
    totalFen: sale.totalFen,
    fundFen: figures?.fundFen ?? fen(0),
    accountFen: figures?.accountFen ?? fen(0),
    cashFen: figures?.cashFen ?? sale.totalFen,
    lineCount: sale.lines.length,
    firstDrug: sale.lines[0]?.name ?? '',
    upload: sale.upload,
    settlementState: sale.settlementState,
    heldNote: sale.heldNote,
  }
}

export const statusOf = (shop: FakeShop): Status => {
  const sales = [...shop.sales.values()]
  const waiting = shop.outbox.filter((item) => item.status === 'pending')
  return {
    shopName: '百草堂大药房（解放路店）',
    tillNumber: '01',
    practice: true,
    appVersion: '0.1.0',
    businessDate: today(),
    now: now(),
    line: shop.lineState,
    outbox: { waiting: waiting.length, oldestAt: waiting[0]?.createdAt ?? null, parked: shop.outbox.filter((item) => item.status === 'parked').length, perHour: null, breaker: { state: 'closed', since: null, nextTryAt: null, code: null } },
    unconfirmed: sales.filter((s) => s.status === 'unconfirmed').map(summary),
    due: sales.filter((s) => s.status === 'due').map(summary),
    held: sales.filter((s) => s.status === 'held').length,
    openAlarms: 0,
    openDifferences: 0,
    shiftOpen: shop.shift !== null,
    profileName: '练习省',
    purchaseKinds: ['pharmacy', 'chronic', 'two-disease', 'outpatient'],
    staleAfterMinutes: 30,
    slowAfterMs: 3000,
  }
}

const blockersOf = (shop: FakeShop, sale: Sale): Sale['blockers'] => {
  const blockers: Sale['blockers'] = []
  if (sale.lines.length === 0) blockers.push({ code: 'empty', lineId: null, detail: {} })
  for (const line of sale.lines) {
    if (line.codeRequirement === 'scan' && line.packsScanned < line.packsNeeded)
      blockers.push({ code: 'missing-codes', lineId: line.lineId, detail: { missing: line.packsNeeded - line.packsScanned, name: line.name } })
  }
  if (sale.insured && sale.person === null) blockers.push({ code: 'needs-person', lineId: null, detail: {} })
  if (sale.insured && sale.person !== null && sale.person.insurances[sale.person.chosenInsurance]?.active === false)
    blockers.push({ code: 'insurance-inactive', lineId: null, detail: {} })
  if (sale.purchaseType.kind === 'chronic' && sale.purchaseType.diseaseCode === null) blockers.push({ code: 'filing-required', lineId: null, detail: {} })
  if (shop.shift === null) blockers.push({ code: 'no-shift', lineId: null, detail: {} })
  return blockers
}

/** Stores a sale after a change and tells the till. */
export const keep = (shop: FakeShop, sale: Sale, basketChanged: boolean): Sale => {
  const totalFen = sumFen(sale.lines.map((line) => line.amountFen))
  const base: Sale = { ...sale, totalFen, quote: basketChanged ? null : sale.quote, refusal: basketChanged ? null : sale.refusal }
  const figures = base.settled ?? base.quote
  const taken = base.tenders.reduce((sum, tender) => sum + (tender.refund ? 0 : tender.amountFen), 0)
  const kept: Sale = {
    ...base,
    blockers: base.status === 'open' ? blockersOf(shop, base) : [],
    dueFen: fen(Math.max(0, (base.insured ? (figures?.cashFen ?? 0) : totalFen) - taken)),
  }
  shop.sales.set(kept.saleId, kept)
  for (const listener of shop.listeners) listener({ type: 'sale', sale: kept })
  tellStatus(shop)
  return kept
}
export const tellStatus = (shop: FakeShop): void => {
  for (const listener of shop.listeners) listener({ type: 'status', status: statusOf(shop) })
}

export const saleOf = (shop: FakeShop, saleId: string): Sale => {
  const sale = shop.sales.get(saleId)
  if (sale === undefined) throw new AppError('sale.not-found', 'no such sale')
  return sale
}

export const startSale = (shop: FakeShop): Sale =>
  keep(
    shop,
    {
      saleId: SaleId.parse(uuid()),
      receiptNumber: `${today().replaceAll('-', '')}-${String(++shop.receipts).padStart(4, '0')}`,
      status: 'open',
      openedAt: now(),
      closedAt: null,
      staffName: shop.staff?.name ?? '',
      insured: false,
      person: null,
      purchaseType: { kind: 'pharmacy', diseaseCode: null, diseaseName: null },
      lines: [],
      totalFen: fen(0),
      blockers: [],
      settlementState: 'draft',
      refusal: null,
      quote: null,
      settled: null,
      waitingSince: null,
      dueFen: fen(0),
      tenders: [],
      upload: 'none',
      claimCheck: { state: 'off', at: null, error: null, violations: [] },
      returnUpload: 'none',
      heldNote: '',
    },
    true,
  )

export const lineFor = ({ drug, lots }: Stocked): SaleLine => {
  const lot = lots[0]
  if (lot === undefined) throw new AppError('drug.no-lot', 'no lot')
  const needed = drug.codeRequirement === 'none' ? 0 : 1
  return {
    lineId: LineId.parse(uuid()),
    drugId: drug.drugId,
    name: drug.genericName,
    spec: drug.packSpec,
    maker: drug.maker,
    prescriptionOnly: drug.prescriptionOnly,
    insuranceClass: drug.insuranceClass,
    codeRequirement: drug.codeRequirement,
    lotId: lot.lotId,
    lotNumber: lot.lotNumber,
    expiresOn: lot.expiresOn,
    nearExpiry: drug.drugId === 'D006',
    sellUnit: 'pack',
    unitName: drug.packUnit,
    quantity: wholeUnits(1),
    unitPrice: drug.packPrice,
    amountFen: lineAmount(drug.packPrice, wholeUnits(1)),
    packsScanned: 0,
    packsNeeded: needed,
    packs: [],
    recalled: false,
    uncodedPacks: 0,
    uncodedFetched: true,
  }
}

/** A code or a quantity more on a line; n of m and the amount follow. */
export const withQuantity = (line: SaleLine, count: number): SaleLine => {
  const quantity = wholeUnits(count)
  const packsNeeded = line.codeRequirement === 'none' ? 0 : line.sellUnit === 'unit' ? 1 : count
  const packs =
    line.codeRequirement === 'virtual' && line.packs.length < packsNeeded
      ? [
          ...line.packs,
          ...Array.from({ length: packsNeeded - line.packs.length }, (_, i) => ({
            code: `8900099${String(Date.now() + i).padStart(13, '0')}`,
            virtual: true,
            quantity: wholeUnits(1),
          })),
        ]
      : line.packs
  return { ...line, quantity, packsNeeded, packs, packsScanned: packs.length, amountFen: lineAmount(line.unitPrice, quantity) }
}
