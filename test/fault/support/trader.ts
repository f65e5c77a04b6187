import type { BusinessDate, CommandName, Input, LineId, Output, Sale, SaleId } from '../../../electron/contract/index.ts'
import { fen, isAppError, wholeUnits } from '../../../electron/contract/index.ts'
import { identifierOf, productId } from '../../../electron/core/demo-shop/demo-codes.ts'
import { allBackWhole } from '../../../electron/domain/sale/return-rules.ts'
import { practicePeople } from '../../../electron/practice/people.ts'
import type { CoreClient } from '../../../renderer/core-client/core-client.ts'
import type { DrugKey } from '../../support/small-shop.ts'
import { barcode, codeOf, drugIdOf, PIECE_ID, ROWS } from '../../support/small-shop.ts'
import type { Fact } from './facts.ts'
import { factOfSale } from './facts.ts'
import type { Random } from './random.ts'

/** What people do at a counter all day, drawn by a seed: one robot for everything that is to be disturbed. */

const CODED: readonly DrugKey[] = ['amoxicillin', 'ibuprofen', 'coldTablets', 'amlodipine', 'granules']
const PATIENTS = ['employee', 'small-balance', 'retired-chronic', 'resident-chronic', 'civil-servant', 'family', 'account-must-cover', 'low-income']
const METHODS = ['cash', 'cash', 'cash', 'wechat', 'alipay', 'card'] as const

export interface Money {
  readonly saleId: SaleId
  readonly method: (typeof METHODS)[number]
  readonly fen: number
}

export interface TraderParts {
  readonly client: CoreClient
  readonly pharmacist: CoreClient
  readonly manager: CoreClient
  readonly random: Random
  /** Packs in each lot of the shop and the first of them, and the serial from which this counter's own deliveries count. */
  readonly packsPerLot: number
  readonly packsFrom?: number
  readonly serialsFrom: number
  /** Told as soon as core has said it. */
  readonly tell: (fact: Fact) => void
  /** Money that changes hands, before the till hears of it; and back when the till did not take it. `code`: why. */
  readonly money?: { readonly give: (money: Money) => void; readonly takeBack: (money: Money, code: string) => void }
  /** Every refusal, by command and code; an answer that must not be ends the run. */
  readonly refused?: (name: CommandName, code: string) => void
  readonly today: () => string
}
const NOT_TAKEN = 'not-taken'

export interface Trader {
  /** One thing that happens at the counter. Resolves with its name. */
  readonly step: () => Promise<string>
  readonly counts: Readonly<Record<string, number>>
}

export const createTrader = (parts: TraderParts): Trader => {
  const { client, pharmacist, random, tell } = parts
  const counts: Record<string, number> = {}
  const count = (what: string): void => {
    counts[what] = (counts[what] ?? 0) + 1
  }
  const first = parts.packsFrom ?? 1
  const anyPack = (): number => random.between(first, first + parts.packsPerLot - 1)
  const shelf = CODED.flatMap((drug) => ([1, 2] as const).flatMap((lot) => Array.from({ length: parts.packsPerLot }, (_, n) => codeOf(drug, n + first, lot))))
  const sold: SaleId[] = []
  const held: SaleId[] = []
  const uploaded = new Set<SaleId>()
  let deliveries = 0
  let reconciliations = 0

  /** A refusal is a way things go: null. What core itself calls a defect of its own is not. */
  const attempt = async <N extends CommandName>(name: N, input: Input<N>, by: CoreClient = client, told: (code: string) => void = () => {}): Promise<Output<N> | null> => {
    try {
      return await by.command(name, input)
    } catch (error) {
      if (!isAppError(error)) throw error
      parts.refused?.(name, error.code)
      told(error.code)
      if (error.code === 'rpc.internal') throw error
      count(`refused ${error.code}`)
      return null
    }
  }
  const told = (sale: Sale | null): Sale | null => {
    if (sale !== null) tell(factOfSale(sale))
    return sale
  }
  const find = (saleId: SaleId): Promise<Sale | null> => client.query('sale.getSale', { saleId }).catch(() => null)

  const scan = async (saleId: SaleId, raw: string): Promise<void> => {
    const scanned = await attempt('sale.scanCode', { saleId, raw, step: 'drug', via: 'hid' })
    const answer = scanned?.verdict.outcome === 'ask' ? scanned.verdict.answers[0] : undefined
    const done = answer === undefined ? scanned : await attempt('sale.scanCode', { saleId, raw, step: 'drug', via: 'hid', answer })
    if (done?.sale.lines.some((line) => line.packs.some((pack) => pack.code === raw)) === true) tell({ fact: 'scanned', saleId, code: raw })
  }
  const nextCode = (): string => {
    // Some packs are scanned again that were sold already: a country that knows them must never hear of it.
    const at = random.chance(0.9) ? shelf.length - 1 : random.between(0, shelf.length - 1)
    const [code] = random.chance(0.93) ? shelf.splice(random.between(0, at), 1) : [random.pick(shelf)]
    return code ?? codeOf('amoxicillin', anyPack())
  }
  const addLine = async (saleId: SaleId, drug: DrugKey | 'piece', sellUnit: 'pack' | 'unit', units: number): Promise<LineId | null> => {
    const added = await attempt('sale.addDrug', { saleId, drugId: drug === 'piece' ? PIECE_ID : drugIdOf(drug), sellUnit })
    if (added === null) return null
    await attempt('sale.setQuantity', { saleId, lineId: added.lineId, quantity: wholeUnits(units) })
    return added.lineId
  }
  const pay = async (saleId: SaleId, sale: Sale | null): Promise<Sale | null> => {
    const due = (sale ?? (await find(saleId)))?.dueFen ?? 0
    if (due <= 0) return sale
    const method = random.pick(METHODS)
    // Only what the fund has settled may be paid in parts.
    const inTwo = sale?.settled != null && random.chance(0.3) && due > 1
    for (const part of inTwo ? [Math.floor(due / 2), due - Math.floor(due / 2)] : [due]) {
      const given = { saleId, method, fen: part }
      parts.money?.give(given)
      let why = NOT_TAKEN
      const after = told(await attempt('sale.takeTender', { saleId, method, givenFen: fen(part) }, client, (code) => { why = code }))
      if (after === null) parts.money?.takeBack(given, why)
      sale = after ?? sale
    }
    if (sale?.status === 'closed') count('closed')
    return sale
  }

  const sell = async (): Promise<string> => {
    const started = told(await attempt('sale.startSale', {}))
    if (started === null) return 'sale'
    const { saleId } = started
    for (let packs = random.between(0, 3); packs >= 0; packs -= 1) await scan(saleId, nextCode())
    if (random.chance(0.2)) {
      await addLine(saleId, 'chlorphenamine', 'unit', random.between(1, 150))
      for (const nth of [anyPack(), anyPack()]) await scan(saleId, codeOf('chlorphenamine', nth))
    }
    if (random.chance(0.15)) await addLine(saleId, 'piece', 'pack', random.between(1, 30))
    if (random.chance(0.15)) await attempt('sale.scanCode', { saleId, raw: barcode('enema'), step: 'drug', via: 'hid', answer: 'add-drug' })
    if (random.chance(0.15)) {
      const lineId = await addLine(saleId, 'ibuprofen', 'pack', 1)
      if (lineId !== null && (await attempt('sale.useUncoded', { saleId, lineId, packs: 1 })) !== null) count('uncoded')
    }
    if (random.chance(0.08)) {
      if (told(await attempt('sale.holdSale', { saleId })) !== null) held.push(saleId)
      return 'hold'
    }
    if (random.chance(0.05)) {
      told(await attempt('sale.voidSale', { saleId, reason: '不买' }))
      return 'void'
    }
    return finish(saleId)
  }

  const finish = async (saleId: SaleId): Promise<string> => {
    let sale: Sale | null = null
    if (random.chance(0.7)) {
      const who = random.pick(PATIENTS)
      const read = (): Promise<Sale | null> => attempt('sale.readPerson', { saleId, credential: { kind: 'e-voucher', qr: practicePeople().find((person) => person.key === who)?.eVoucher ?? '' } })
      for (let tries = 0; tries < 3 && (await read()) === null; tries += 1) count('person read again')
      if (random.chance(0.5)) await attempt('sale.setPurchaseType', who.includes('chronic') ? { saleId, kind: 'chronic', diseaseCode: 'M03900' } : { saleId, kind: 'outpatient', diseaseCode: null })
      if ((await attempt('sale.quoteSale', { saleId })) === null) await attempt('sale.quoteSale', { saleId })
      sale = told(await attempt('sale.settleSale', { saleId }))
      if (sale?.settled != null) count('settled')
      if (sale?.status === 'unconfirmed') {
        count('unconfirmed')
        if (random.chance(0.3)) told(await attempt('sale.resolveNow', { saleId }))
        return 'unconfirmed sale'
      }
      if (sale === null || sale.status === 'open') {
        if (random.chance(0.5)) {
          told(await attempt('sale.voidSale', { saleId, reason: '不能结算' }))
          return 'void'
        }
        sale = await attempt('sale.setInsured', { saleId, insured: false })
      }
    }
    sale = await pay(saleId, sale)
    if (sale?.status === 'closed') sold.push(saleId)
    else if (sale?.status === 'open') told(await attempt('sale.voidSale', { saleId, reason: '没有付款' }))
    return 'sale'
  }

  const giveBack = async (): Promise<string> => {
    if (sold.length === 0) return sell()
    const [saleId] = sold.splice(random.between(0, sold.length - 1), 1)
    if (saleId === undefined) return 'return'
    const sale = await find(saleId)
    if (sale === null || sale.status !== 'closed') return 'return'
    const damaged = random.chance(0.2)
    const packs = allBackWhole(sale.lines).map((pack, index) => (damaged && index === 0 ? { ...pack, back: 'damaged' as const } : pack))
    const back = told(await attempt('sale.returnSale', { saleId, reason: '退货', packs }))
    if (back !== null) count(back.status === 'returned' ? 'returned' : `return ${back.status}`)
    if (back?.status === 'returned') for (const pack of packs) if (pack.back === 'sellable') shelf.push(pack.code)
    return 'return'
  }

  const receive = async (): Promise<string> => {
    deliveries += 1
    const drug = random.pick(['amoxicillin', 'ibuprofen'] as const)
    const codes = Array.from({ length: random.between(2, 4) }, (_, n) => `${identifierOf(ROWS[drug])}5${String(parts.serialsFrom + deliveries * 10 + n).padStart(12, '0')}`)
    const rows = codes.map((code) => ({ code, parent: null, level: 1, drug: productId(ROWS[drug]), lotNumber: `D${parts.serialsFrom}-${deliveries}`, manufacturedOn: '2025-06-01', expiresOn: '2028-05-31' }))
    const paper = { documentNumber: `PD-${parts.serialsFrom}-${deliveries}`, supplier: '练习医药公司', codes: rows }
    const imported = await attempt('goods.importDelivery', { text: JSON.stringify(paper) }, pharmacist)
    if (imported?.delivery == null) return 'delivery'
    for (const code of codes) {
      const scanned = await attempt('goods.scanCode', { deliveryId: imported.delivery.deliveryId, raw: code, purpose: 'receive' })
      if (scanned === null || scanned.packs.received !== 1) continue
      tell({ fact: 'received', code })
      count('received')
      shelf.push(code)
    }
    return 'delivery'
  }

  const upload = async (): Promise<string> => {
    await attempt('outbox.runNow', {})
    const sales = await client.query('sale.listSales', { statuses: ['closed'], limit: 500 }).catch(() => [])
    for (const { saleId, upload: state } of sales) {
      if (state !== 'uploaded' || uploaded.has(saleId)) continue
      uploaded.add(saleId)
      tell({ fact: 'uploaded', saleId })
      count('sales uploaded')
    }
    return 'uploads'
  }

  /** The sums of the day; or the day as a whole, with every cure that its evidence allows. */
  const reconcile = async (): Promise<string> => {
    const date = parts.today() as BusinessDate
    if (random.chance(0.5)) {
      if ((await attempt('reconcile.runTotals', { from: date, to: date })) === null) return 'totals'
      reconciliations += 1
      tell({ fact: 'reconciled', reconciliations })
      return 'totals'
    }
    const day = await attempt('reconcile.runDay', { date }, parts.manager)
    for (const { differenceId, cures, state } of day?.differences ?? []) {
      const [cure] = cures
      if (state !== 'open' || cure === undefined || cure === 'by-hand') continue
      if ((await attempt('reconcile.decideDifference', { differenceId, cure, reason: '按对账结果' }, parts.manager)) !== null) count(`cured ${cure}`)
    }
    return 'day compared'
  }

  return {
    counts,
    step: async () => {
      const draw = random.next()
      const done =
        draw < 0.62 ? await sell()
        : draw < 0.76 ? await giveBack()
        : draw < 0.8 && held.length > 0 ? await (async () => {
            const saleId = held.shift()
            if (saleId === undefined || told(await attempt('sale.recallSale', { saleId })) === null) return 'recall'
            return finish(saleId)
          })()
        : draw < 0.92 ? await upload()
        : draw < 0.96 ? await receive()
        : await reconcile()
      count(done)
      return done
    },
  }
}
