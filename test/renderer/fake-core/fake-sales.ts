import { AppError, fen } from '../../../electron/contract/index.ts'
import type { ParsedInput, Sale, SettlementStoryItem } from '../../../electron/contract/index.ts'
import { splitUnitPrice } from '../../../electron/domain/amounts.ts'
import { CATALOGUE } from './catalogue.ts'
import { fakeFigures } from './fake-figures.ts'
import { PEOPLE } from './people.ts'
import { keep, lineFor, now, saleOf, startSale, uuid, withQuantity } from './fake-shop.ts'
import type { FakeShop } from './fake-shop.ts'

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms)
  })

const settle = async (shop: FakeShop, saleId: string): Promise<Sale> => {
  const sale = keep(shop, { ...saleOf(shop, saleId), status: 'settling', settlementState: 'settling', waitingSince: now() }, false)
  await pause(shop.faults.delayMs)
  const asked: Sale = { ...saleOf(shop, saleId), waitingSince: null }
  if (shop.faults.settle === 'refuse')
    return keep(
      shop,
      { ...asked, status: 'open', settlementState: 'refused', refusal: { code: 'platform.refused', detail: { text: '个人账户余额不足，请重新预结算' } } },
      false,
    )
  if (shop.faults.settle === 'lose') return keep(shop, { ...asked, status: 'unconfirmed', settlementState: 'unknown' }, false)
  const settled = asked.quote ?? fakeFigures(asked)
  shop.outbox.push({
    outboxId: uuid(),
    kind: 'upload-sale',
    status: 'pending',
    saleId: asked.saleId,
    receiptNumber: asked.receiptNumber,
    subject: asked.lines[0]?.name ?? '',
    attempts: 0,
    createdAt: now(),
    dueAt: now(),
    doneAt: null,
    error: null,
    repair: 'none',
    messageId: null,
  })
  const status = settled.cashFen === 0 ? 'closed' : 'due'
  return keep(shop, { ...sale, ...asked, status, settlementState: 'settled', settled, closedAt: status === 'closed' ? now() : null, upload: 'waiting' }, false)
}

const quote = async (shop: FakeShop, saleId: string): Promise<Sale> => {
  const sale = saleOf(shop, saleId)
  if (sale.blockers.length > 0) throw new AppError('sale.blocked', 'blocked', { blocker: sale.blockers[0]?.code ?? '' })
  if (shop.faults.offline) throw new AppError('platform.offline', 'offline')
  await pause(shop.faults.delayMs)
  return keep(shop, { ...saleOf(shop, saleId), quote: fakeFigures(sale), settlementState: 'quoted' }, false)
}

const takeTender = (shop: FakeShop, input: ParsedInput<'sale.takeTender'>): Sale => {
  const sale = saleOf(shop, input.saleId)
  if (input.method !== 'cash' && input.givenFen > sale.dueFen) throw new AppError('sale.tender-excess', 'excess')
  const amount = Math.min(input.givenFen, sale.dueFen)
  const tender = {
    tenderId: uuid(),
    method: input.method,
    amountFen: fen(amount),
    givenFen: input.givenFen,
    changeFen: fen(input.givenFen - amount),
    at: now(),
    refund: false,
  }
  const done = amount === sale.dueFen
  return keep(
    shop,
    {
      ...sale,
      tenders: [...sale.tenders, tender],
      status: done ? 'closed' : 'due',
      closedAt: done ? now() : null,
      upload: done && sale.upload === 'none' ? 'waiting' : sale.upload,
    },
    false,
  )
}

const story = (sale: Sale): SettlementStoryItem[] => [
  { at: sale.openedAt, state: 'draft', event: 'opened', messageId: null, note: '' },
  ...(sale.settlementState === 'unknown' || sale.settlementState === 'reversed' || sale.settled !== null
    ? [
        {
          at: (sale.openedAt + 41_000) as SettlementStoryItem['at'],
          state: 'settling' as const,
          event: 'settle-asked',
          messageId: 'H999999990012026112114050001',
          note: '',
        },
      ]
    : []),
  ...(sale.settlementState === 'unknown'
    ? [
        {
          at: (sale.openedAt + 51_000) as SettlementStoryItem['at'],
          state: 'unknown' as const,
          event: 'settle-lost',
          messageId: 'H999999990012026112114050001',
          note: 'platform.timeout',
        },
      ]
    : []),
]

export const FAKE_SALES = {
  'sale.startSale': (shop: FakeShop) => startSale(shop),
  'sale.getSale': (shop: FakeShop, input: ParsedInput<'sale.getSale'>) => saleOf(shop, input.saleId),
  'sale.getStory': (shop: FakeShop, input: ParsedInput<'sale.getStory'>) => story(saleOf(shop, input.saleId)),
  'sale.addDrug': (shop: FakeShop, input: ParsedInput<'sale.addDrug'>) => {
    const stocked = CATALOGUE.find((entry) => entry.drug.drugId === input.drugId)
    if (stocked === undefined) throw new AppError('drug.not-found', 'no such drug')
    if (stocked.drug.packsOnHand === 0) throw new AppError('drug.no-stock', 'none left', { name: stocked.drug.genericName })
    const line = withQuantity(lineFor(stocked), 1)
    return { sale: keep(shop, { ...saleOf(shop, input.saleId), lines: [...saleOf(shop, input.saleId).lines, line] }, true), lineId: line.lineId }
  },
  'sale.setQuantity': (shop: FakeShop, input: ParsedInput<'sale.setQuantity'>) => {
    const sale = saleOf(shop, input.saleId)
    const line = sale.lines.find((other) => other.lineId === input.lineId)
    if (line !== undefined && line.sellUnit === 'pack' && line.codeRequirement === 'scan' && input.quantity / 10_000 < line.packsScanned)
      throw new AppError('sale.quantity-below-scanned', 'below', { scanned: line.packsScanned })
    return keep(
      shop,
      { ...sale, lines: sale.lines.map((other) => (other.lineId === input.lineId ? withQuantity(other, input.quantity / 10_000) : other)) },
      true,
    )
  },
  'sale.setSellUnit': (shop: FakeShop, input: ParsedInput<'sale.setSellUnit'>) => {
    const sale = saleOf(shop, input.saleId)
    return keep(
      shop,
      {
        ...sale,
        lines: sale.lines.map((line) => {
          const drug = CATALOGUE.find((entry) => entry.drug.drugId === line.drugId)?.drug
          if (line.lineId !== input.lineId || drug === undefined) return line
          if (drug.unitsPerPack === 1) throw new AppError('drug.not-splittable', 'not splittable')
          const split = input.sellUnit === 'unit'
          return withQuantity(
            {
              ...line,
              sellUnit: input.sellUnit,
              unitName: split ? drug.smallestUnit : drug.packUnit,
              unitPrice: split ? splitUnitPrice(drug.packPrice, drug.unitsPerPack) : drug.packPrice,
            },
            input.quantity / 10_000,
          )
        }),
      },
      true,
    )
  },
  'sale.voidLine': (shop: FakeShop, input: ParsedInput<'sale.voidLine'>) => {
    const sale = saleOf(shop, input.saleId)
    return keep(shop, { ...sale, lines: sale.lines.filter((line) => line.lineId !== input.lineId) }, true)
  },
  'sale.readPerson': async (shop: FakeShop, input: ParsedInput<'sale.readPerson'>) => {
    if (shop.faults.offline) throw new AppError('platform.offline', 'offline')
    const { credential } = input
    if (credential.kind === 'id-card' && credential.name === undefined) throw new AppError('credential.name-required', 'name')
    await pause(shop.faults.delayMs)
    const key = credential.kind === 'e-voucher' ? credential.qr : credential.kind === 'id-card' ? credential.idNumber : credential.cardNumber
    const sample = PEOPLE.find((person) => [person.eVoucher, person.idNumber, person.socialCard].includes(key))
    if (sample === undefined) throw new AppError('person.not-found', 'nobody')
    return keep(shop, { ...saleOf(shop, input.saleId), person: sample.person(now()), insured: true }, true)
  },
  'sale.refreshPerson': async (shop: FakeShop, input: ParsedInput<'sale.refreshPerson'>) => {
    await pause(shop.faults.delayMs)
    const sale = saleOf(shop, input.saleId)
    const sample = PEOPLE.find((person) => person.person(0).personId === sale.person?.personId)
    return keep(shop, { ...sale, person: sample === undefined ? sale.person : sample.person(now()) }, false)
  },
  'sale.removePerson': (shop: FakeShop, input: ParsedInput<'sale.removePerson'>) =>
    keep(shop, { ...saleOf(shop, input.saleId), person: null, insured: false }, true),
  'sale.chooseInsurance': (shop: FakeShop, input: ParsedInput<'sale.chooseInsurance'>) => {
    const sale = saleOf(shop, input.saleId)
    return keep(shop, { ...sale, person: sale.person === null ? null : { ...sale.person, chosenInsurance: input.index } }, true)
  },
  'sale.setPurchaseType': (shop: FakeShop, input: ParsedInput<'sale.setPurchaseType'>) => {
    const sale = saleOf(shop, input.saleId)
    const filing = sale.person?.filings.find((other) => other.diseaseCode === input.diseaseCode)
    return keep(shop, { ...sale, purchaseType: { kind: input.kind, diseaseCode: input.diseaseCode, diseaseName: filing?.diseaseName ?? null } }, true)
  },
  'sale.setInsured': (shop: FakeShop, input: ParsedInput<'sale.setInsured'>) => keep(shop, { ...saleOf(shop, input.saleId), insured: input.insured }, true),
  'sale.holdSale': (shop: FakeShop, input: ParsedInput<'sale.holdSale'>) =>
    keep(shop, { ...saleOf(shop, input.saleId), status: 'held', heldNote: input.note }, false),
  'sale.recallSale': (shop: FakeShop, input: ParsedInput<'sale.recallSale'>) => keep(shop, { ...saleOf(shop, input.saleId), status: 'open' }, false),
  'sale.voidSale': (shop: FakeShop, input: ParsedInput<'sale.voidSale'>) =>
    keep(shop, { ...saleOf(shop, input.saleId), status: 'voided', closedAt: now() }, false),
  'sale.quoteSale': (shop: FakeShop, input: ParsedInput<'sale.quoteSale'>) => quote(shop, input.saleId),
  'sale.settleSale': (shop: FakeShop, input: ParsedInput<'sale.settleSale'>) => settle(shop, input.saleId),
  'sale.takeTender': takeTender,
  'sale.returnSale': async (shop: FakeShop, input: ParsedInput<'sale.returnSale'>) => {
    await pause(shop.faults.delayMs)
    return keep(shop, { ...saleOf(shop, input.saleId), status: 'returned', settlementState: 'cancelled', returnUpload: 'waiting' }, false)
  },
  'sale.copyToNew': (shop: FakeShop, input: ParsedInput<'sale.copyToNew'>) => {
    const old = saleOf(shop, input.saleId)
    return keep(shop, { ...startSale(shop), lines: old.lines, person: old.person, insured: old.insured, purchaseType: old.purchaseType }, true)
  },
  'sale.resolveNow': (shop: FakeShop, input: ParsedInput<'sale.resolveNow'>) =>
    keep(shop, { ...saleOf(shop, input.saleId), status: 'reversed', settlementState: 'reversed' }, false),
  'sale.decideParked': (shop: FakeShop, input: ParsedInput<'sale.decideParked'>) =>
    keep(shop, { ...saleOf(shop, input.saleId), status: 'reversed', settlementState: 'reversed' }, false),
}
