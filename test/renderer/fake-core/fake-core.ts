import { AppError, contract, fen } from '../../../electron/contract/index.ts'
import type { Instant, Output, ParsedInput, ProcedureName, Shift } from '../../../electron/contract/index.ts'
import type { CoreClient } from '../../../renderer/core-client/core-client.ts'
import { CATALOGUE, traceCode } from './catalogue.ts'
import { FAKE_SALES } from './fake-sales.ts'
import { fakeReceipt } from './fake-receipt.ts'
import { fakeScan } from './fake-scan.ts'
import { PEOPLE } from './people.ts'
import { STAFF, createShop, now, statusOf, summary, tellStatus, uuid } from './fake-shop.ts'
import type { FakeShop } from './fake-shop.ts'

type Handlers = { readonly [N in ProcedureName]?: (shop: FakeShop, input: ParsedInput<N>) => Output<N> | Promise<Output<N>> }

const shiftOf = (shop: FakeShop): Shift | null => {
  if (shop.shift === null) return null
  const tenders = [...shop.sales.values()].flatMap((sale) => sale.tenders)
  const totals = (['cash', 'wechat', 'alipay', 'card'] as const).map((method) => {
    const sales = tenders.filter((t) => t.method === method && !t.refund).reduce((sum, t) => sum + t.amountFen, 0)
    return { method, salesFen: fen(sales), refundsFen: fen(0), expectedFen: fen(sales + (method === 'cash' ? (shop.shift?.floatFen ?? 0) : 0)) }
  })
  return { ...shop.shift, totals, saleCount: [...shop.sales.values()].filter((sale) => sale.status === 'closed').length }
}

const HANDLERS: Handlers = {
  ...FAKE_SALES,
  'system.getStatus': statusOf,
  'session.listStaff': () => [...STAFF],
  'session.getCurrent': (shop) => ({ staff: shop.staff }),
  'session.signIn': (shop, { staffId, pin }) => {
    if (pin !== '123456') {
      shop.wrongPins++
      if (shop.wrongPins >= 5) throw new AppError('session.locked-out', 'locked', { untilMinutes: 5 })
      throw new AppError('session.wrong-pin', 'wrong', { attemptsLeft: 5 - shop.wrongPins })
    }
    shop.wrongPins = 0
    const staff = STAFF.find((person) => person.staffId === staffId)
    if (staff === undefined) throw new AppError('session.wrong-pin', 'nobody')
    shop.staff = staff
    return { staff }
  },
  'session.signOut': (shop) => {
    shop.staff = null
    return {}
  },
  'shift.getCurrent': (shop) => ({ shift: shiftOf(shop) }),
  'shift.openShift': (shop, { floatFen }) => {
    shop.shift = {
      shiftId: uuid(),
      staffId: shop.staff?.staffId ?? '01',
      staffName: shop.staff?.name ?? '',
      openedAt: now(),
      closedAt: null,
      floatFen,
      saleCount: 0,
      refundCount: 0,
      totals: [],
      insuredFundFen: fen(0),
      insuredAccountFen: fen(0),
      counted: [],
    }
    tellStatus(shop)
    return shiftOf(shop) ?? shop.shift
  },
  'shift.closeShift': (shop, { counted }) => {
    const shift = shiftOf(shop)
    if (shift === null) throw new AppError('shift.none-open', 'none')
    const closed: Shift = {
      ...shift,
      closedAt: now(),
      counted: counted.map((count) => ({
        ...count,
        differenceFen: fen(count.countedFen - (shift.totals.find((t) => t.method === count.method)?.expectedFen ?? 0)),
      })),
    }
    shop.shift = null
    tellStatus(shop)
    return { shift: closed, unknownSales: [...shop.sales.values()].filter((sale) => sale.status === 'unconfirmed').length }
  },
  'drug.searchDrugs': (_shop, { text, limit }) => {
    const wanted = text.trim().toLowerCase()
    const hits = CATALOGUE.filter(({ drug, initials }) =>
      [initials, drug.genericName, drug.maker, drug.approvalNumber, drug.barcode ?? '', drug.drugId].some((value) => value.toLowerCase().includes(wanted)),
    ).slice(0, limit)
    const names = [...new Set(hits.map(({ drug }) => drug.genericName))]
    return {
      searched: text,
      nearest: hits.length === 0 ? ['阿莫西林胶囊', '阿托伐他汀钙片'] : [],
      groups: names.map((genericName) => ({ genericName, drugs: hits.filter(({ drug }) => drug.genericName === genericName).map(({ drug }) => drug) })),
    }
  },
  'drug.getDrug': (_shop, { drugId }) => {
    const stocked = CATALOGUE.find(({ drug }) => drug.drugId === drugId)
    if (stocked === undefined) throw new AppError('drug.not-found', 'none')
    return { drug: stocked.drug, lots: [...stocked.lots] }
  },
  'trace.getPack': (shop, { code }) => {
    const sale = [...shop.sales.values()].find((other) => other.lines.some((line) => line.packs.some((pack) => pack.code === code)))
    const line = sale?.lines.find((other) => other.packs.some((pack) => pack.code === code))
    if (sale === undefined || line === undefined) throw new AppError('pack.not-found', 'none')
    const event = (minutes: number, kind: Output<'trace.getPack'>['events'][number]['kind'], inSale: boolean) => ({
      at: (sale.openedAt - minutes * 60_000) as Instant,
      kind,
      saleId: inSale ? sale.saleId : null,
      receiptNumber: inSale ? sale.receiptNumber : null,
      staffName: inSale ? sale.staffName : '郑店长',
      document: null,
      note: '',
    })
    return {
      code,
      state: sale.status === 'closed' ? 'settled' : 'in-sale',
      drugId: line.drugId,
      drugName: line.name,
      lotId: line.lotId,
      lotNumber: line.lotNumber,
      expiresOn: line.expiresOn,
      virtual: false,
      unitsLeft: line.quantity,
      firstSeenAt: (sale.openedAt - 9_000_000) as Instant,
      events: [
        event(90_000, 'received', false),
        event(0, 'put-in-sale', true),
        ...(sale.status === 'closed' ? [event(-1, 'sold', true), event(-2, 'uploaded', true)] : []),
      ],
    }
  },
  'person.revealPerson': (_shop, { personId }) => {
    const sample = PEOPLE.find((person) => person.person(0).personId === personId)
    return { name: sample?.name ?? '', idNumber: sample?.idNumber ?? '' }
  },
  'sale.listSales': (shop, { statuses, text, limit }) =>
    [...shop.sales.values()]
      .filter((sale) => statuses.length === 0 || statuses.includes(sale.status))
      .filter((sale) => text === '' || JSON.stringify(sale).includes(text))
      .sort((a, b) => b.openedAt - a.openedAt)
      .slice(0, limit)
      .map(summary),
  'sale.scanCode': async (shop, input) => {
    if (input.step === 'person' && shop.faults.offline) throw new AppError('platform.offline', 'offline')
    return fakeScan(shop, input)
  },
  'receipt.getReceipt': (shop, input) => fakeReceipt(shop, input),
  'receipt.printReceipt': () => ({ target: 'receipts/out.bin', bytes: 1832 }),
  'outbox.listItems': (shop, { statuses }) => shop.outbox.filter((item) => statuses.includes(item.status)),
  'outbox.retryItem': (shop, { outboxId }) => {
    const item = shop.outbox.find((other) => other.outboxId === outboxId)
    if (item === undefined) throw new AppError('outbox.not-found', 'none')
    item.status = 'pending'
    item.error = null
    item.repair = 'none'
    tellStatus(shop)
    return item
  },
  'outbox.runNow': (shop) => {
    for (const item of shop.outbox) if (item.status === 'pending' && !shop.faults.offline) item.status = 'done'
    tellStatus(shop)
    return {
      done: shop.outbox.filter((i) => i.status === 'done').length,
      waiting: shop.outbox.filter((i) => i.status === 'pending').length,
      parked: shop.outbox.filter((i) => i.status === 'parked').length,
    }
  },
  'reconcile.runTotals': () => ({
    balanced: false,
    unconfirmed: 1,
    rows: [
      {
        insuranceType: '310',
        insuranceName: '职工基本医疗保险',
        clearingType: '41',
        refund: false,
        count: 12,
        totalFen: fen(143_260),
        fundFen: fen(51_200),
        accountFen: fen(60_110),
        balanced: true,
        explanation: '',
        askedAt: now(),
      },
      {
        insuranceType: '390',
        insuranceName: '城乡居民基本医疗保险',
        clearingType: '41',
        refund: false,
        count: 3,
        totalFen: fen(20_150),
        fundFen: fen(9_100),
        accountFen: fen(0),
        balanced: false,
        explanation: '平台 2 笔，本店 3 笔：差 30.90 元',
        askedAt: now(),
      },
    ],
  }),
  'practice.listSamples': () => ({
    packs: CATALOGUE.flatMap(({ drug }, index) =>
      drug.codeRequirement === 'scan'
        ? [1, 2, 3].map((serial) => ({ group: '在库药盒', label: `${drug.genericName} ${drug.packSpec} · ${serial}`, code: traceCode(index + 1, serial) }))
        : [],
    ).concat([
      { group: '从未入库', label: '阿莫西林胶囊 · 未入库', code: traceCode(1, 95) },
      { group: '问题药盒', label: '复方甘草片 · 已过期', code: traceCode(7, 1) },
      { group: '问题药盒', label: '缬沙坦 · 外店已售', code: '89000910000000000001' },
      { group: '问题药盒', label: '阿莫西林 · 中包装', code: '89000900000000000001' },
    ]),
    people: PEOPLE.map(({ label, eVoucher, idNumber, socialCard }) => ({ label, eVoucher, idNumber, socialCard })),
    codes: [
      { label: '微信付款码', code: '134567890123456789' },
      { label: '商品条码 69', code: '6990000000501' },
      { label: '残缺的码', code: '89000123' },
    ],
  }),
  'audit.listRows': () => ({
    intact: true,
    rows: Array.from({ length: 40 }, (_, i) => ({
      seq: 140 - i,
      at: (now() - i * 61_000) as Instant,
      staffId: '01',
      action: ['sale.settleSale', 'sale.voidLine', 'person.revealPerson', 'session.signIn'][i % 4] ?? '',
      saleId: null,
      outcome: i % 7 === 0 ? 'sale.blocked' : 'ok',
      hash: 'a3f9c1d2e4b5'.repeat(5),
    })),
  }),
}

export interface FakeCore {
  readonly core: CoreClient
  readonly shop: FakeShop
}

/** Speaks the contract like core, in one process and with nothing stored. Inputs and outputs pass the contract's own schemas. */
export const createFakeCore = (): FakeCore => {
  const shop = createShop()
  const call = async (name: ProcedureName, input: unknown): Promise<never> => {
    await new Promise((resolve) => {
      setTimeout(resolve, 4)
    })
    const handler = HANDLERS[name] as ((shop: FakeShop, input: unknown) => unknown) | undefined
    if (handler === undefined) throw new AppError('rpc.unknown-procedure', name)
    return contract[name].output.parse(await handler(shop, contract[name].input.parse(input))) as never
  }
  return {
    shop,
    core: {
      query: call,
      command: call,
      subscribe: (_name, _input, listener) => {
        const hear = listener as (data: unknown) => void
        shop.listeners.add(hear)
        hear({ type: 'status', status: statusOf(shop) })
        return () => {
          shop.listeners.delete(hear)
        }
      },
      state: () => 'ready',
      lostBecause: () => null,
      onState: () => () => {},
      appVersion: () => '0.1.0',
      close: () => {},
    },
  }
}
