import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { OutboxItem, Sale, SaleId } from '../../../../electron/contract/index.ts'
import { fen, isAppError, quantity, wholeUnits } from '../../../../electron/contract/index.ts'
import type { CrashPoint } from '../../../../electron/core/crash-points.ts'
import type { RegionProfile } from '../../../../electron/core/platform/profile.ts'
import { practicePeople } from '../../../../electron/practice/people.ts'
import type { PracticeProfileInput } from '../../../../electron/practice/profile.ts'
import type { Practice } from '../../../../electron/practice/server.ts'
import { startPractice } from '../../../../electron/practice/server.ts'
import { NINE_OCLOCK } from '../../../support/database.ts'
import { repair } from '../../../support/finish-day.ts'
import type { RealTill } from '../../../support/real-till.ts'
import { copyTemplate, openRealTill, testProfile } from '../../../support/real-till.ts'
import type { DrugKey } from '../../../support/small-shop.ts'
import { barcode, codeOf, drugIdOf, PIECE_ID } from '../../../support/small-shop.ts'
import type { Action, Fault } from './actions.ts'
import { allBackWhole } from '../../../../electron/domain/sale/return-rules.ts'

const TIMEOUT_MS = 200
/** Longer than the latest answer of the fault plan. */
export const LATEST_ARRIVAL_MS = 380

export interface World {
  readonly practice: Practice
  /** The core of this moment; a dead one is replaced by `revive`. */
  till: RealTill
  readonly now: { base: number; skewMs: number }
  readonly sales: SaleId[]
  /** What must never happen, with the step in which it did. */
  readonly trouble: string[]
  delays: boolean
  /** Plugs pulled, by crash point; `idle` for one between two points. */
  readonly crashes: Record<string, number>
  readonly perform: (action: Action) => Promise<void>
  readonly revive: () => Promise<void>
  readonly disarm: () => void
  readonly end: () => Promise<void>
}

const newest = (world: World, back: number): SaleId | null => world.sales[world.sales.length - 1 - (back % Math.max(1, world.sales.length))] ?? null

export const openWorld = async (template: string, provinceProfile: PracticeProfileInput): Promise<World> => {
  const folder = mkdtempSync(path.join(tmpdir(), 'yaogui-books-'))
  copyTemplate(template, folder)
  const now = { base: NINE_OCLOCK, skewMs: 0 }
  const practice = await startPractice({ port: 0, profile: provinceProfile, clock: () => now.base })
  const profile: RegionProfile = testProfile(practice, TIMEOUT_MS)
  let armed: CrashPoint | null = null
  let reviving: Promise<void> | null = null
  const open = (): RealTill => {
    const till = openRealTill({
      folder,
      profile,
      clock: () => now.base + now.skewMs,
      reach: (point) => {
        if (point === armed && !till.isDead()) {
          armed = null
          world.crashes[point] = (world.crashes[point] ?? 0) + 1
          till.pullPlug()
        }
        // Two points are reached when the commit is done and the call is over: nobody is left to throw to.
        if (till.isDead() && !point.endsWith(':after-commit')) throw new Error(`plug pulled at ${point}`)
      },
    })
    return till
  }
  const world: World = {
    practice,
    till: open(),
    now,
    sales: [],
    trouble: [],
    delays: false,
    crashes: {},
    perform: (action) =>
      perform(world, action, (point) => {
        armed = point
      }),
    revive: () => {
      reviving ??= (async () => {
        if (!world.till.isDead()) return
        noteFaults(world)
        await world.till.close()
        world.till = open()
      })().finally(() => {
        reviving = null
      })
      return reviving
    },
    disarm: () => {
      armed = null
    },
    end: async () => {
      await world.till.close()
      await practice.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  await command(world, 'shift.openShift', { floatFen: 10_000 })
  return world
}

/** Defects that core itself noticed while it lived. */
export const noteFaults = (world: World): void => {
  for (const line of world.till.log.splice(0)) {
    const entry = JSON.parse(line) as { level: number; msg: string; err?: { message: string }; error?: string }
    const about = entry.err?.message ?? entry.error ?? ''
    if (entry.level < 50 || /plug pulled|not open|answer not understood|contradicts/.test(about + entry.msg)) continue
    world.trouble.push(`logged: ${entry.msg} ${about.slice(0, 400)}`)
  }
}

/** Told in the wrong order, or twice: nobody should have to repair that. */
export const notePark = (world: World, { subject, error }: OutboxItem): void => {
  const message = String(error?.detail['text'] ?? '')
  if (/未找到对应的销售记录|不能重复结算|重复上传|未撤销/.test(message)) world.trouble.push(`parked for a fault of ours: ${subject} ${message}`)
}

/** What the province's own screen says of a settlement. */
export const wasBooked = (world: World, { saleId }: { readonly saleId: SaleId }): boolean => {
  const messageId = world.till.db.prepare('select settle_message_id from settlement where sale_id = ?').pluck().get(saleId) as string
  return world.practice.books.settlementOfMessage(messageId)?.state === 'booked'
}

/** A refusal is a way things go; a fault of core's own is not, as long as it lives. */
const command = async <T>(world: World, name: string, input: object): Promise<T | null> => {
  const { till } = world
  try {
    return (await till.client.command(name as 'sale.startSale', input as never)) as T
  } catch (error) {
    if (!isAppError(error)) throw error
    if (error.code === 'rpc.internal' && !till.isDead()) world.trouble.push(`${name} ended in rpc.internal`)
    return null
  }
}

const plan = (world: World, faults: readonly Fault[]): void => {
  world.delays ||= faults.some((fault) => fault.action.kind === 'delay')
  world.practice.setFaults({ rules: faults.map((fault) => ({ infno: fault.infno, nth: fault.nth, count: 1, action: fault.action })) })
}

const perform = async (world: World, action: Action, arm: (point: CrashPoint) => void): Promise<void> => {
  world.now.base += 1_000
  const run = <T = Sale>(name: string, input: object): Promise<T | null> => command<T>(world, name, input)
  const find = async (saleId: SaleId): Promise<Sale | null> => world.till.client.query('sale.getSale', { saleId }).catch(() => null)
  const scan = async (saleId: SaleId, raw: string): Promise<void> => {
    const scanned = await run<{ verdict: { outcome: string; answers: string[] } }>('sale.scanCode', { saleId, raw, step: 'drug', via: 'hid' })
    if (scanned?.verdict.outcome === 'ask') await run('sale.scanCode', { saleId, raw, step: 'drug', via: 'hid', answer: scanned.verdict.answers[0] })
  }
  const read = (saleId: SaleId, who: string): Promise<unknown> =>
    run('sale.readPerson', { saleId, credential: { kind: 'e-voucher', qr: practicePeople().find((person) => person.key === who)?.eVoucher ?? '' } })
  const tender = async (saleId: SaleId, how: 'exact' | 'part' | 'more' | 'card'): Promise<void> => {
    const due = (await find(saleId))?.dueFen ?? 0
    await run('sale.takeTender', {
      saleId,
      method: how === 'card' ? 'card' : 'cash',
      givenFen: how === 'part' ? Math.ceil(due / 2) : how === 'more' ? due + 500 : due,
    })
  }
  const loose = async (saleId: SaleId, units: number, nth: number): Promise<void> => {
    const added = await run<{ lineId: string }>('sale.addDrug', { saleId, drugId: drugIdOf('chlorphenamine'), sellUnit: 'unit' })
    if (added === null) return
    await run('sale.setQuantity', { saleId, lineId: added.lineId, quantity: wholeUnits(units) })
    for (const one of [nth, (nth % 4) + 1]) await scan(saleId, codeOf('chlorphenamine', one))
  }
  const giveBack = async (saleId: SaleId): Promise<void> => {
    const sale = await find(saleId)
    if (sale === null) return
    const packs = allBackWhole(sale.lines)
    // Every third return brings its first pack back opened, and the first box without a code too.
    const opened = world.sales.length % 3 === 0
    const [virtual] = sale.lines.flatMap((line) => (line.uncodedPacks > 0 ? line.packs.filter((pack) => pack.virtual) : []))
    const told = packs.map((pack, index) => (opened && index === 0 ? { ...pack, back: 'damaged' } : pack))
    await run('sale.returnSale', { saleId, reason: '退货', packs: opened && virtual !== undefined ? [...told, { code: virtual.code, back: 'damaged' }] : told })
  }
  const uncoded = async (saleId: SaleId, drug: DrugKey, packs: number): Promise<void> => {
    const known = (await find(saleId))?.lines.find((line) => line.drugId === drugIdOf(drug) && line.sellUnit === 'pack')
    const lineId = known?.lineId ?? (await run<{ lineId: string }>('sale.addDrug', { saleId, drugId: drugIdOf(drug) }))?.lineId
    if (lineId !== undefined) await run('sale.useUncoded', { saleId, lineId, packs })
  }
  const begin = async (): Promise<SaleId | null> => {
    const sale = await run('sale.startSale', {})
    if (sale !== null) world.sales.push(sale.saleId)
    return sale?.saleId ?? null
  }

  switch (action.do) {
    case 'start':
      return void (await begin())
    case 'outbox':
      return void (await run('outbox.runNow', {}))
    case 'reconcile':
      return void (await run('reconcile.runTotals', { from: '2026-11-20', to: '2026-11-30' }))
    case 'shift':
      await run('shift.closeShift', { counted: [] })
      await run('shift.openShift', { floatFen: fen(10_000) })
      return
    case 'repair':
      await repair({ client: world.till.client, onParked: (item) => notePark(world, item) }).catch((error: unknown) => {
        // A restart beside it cuts the line; the parked rows are still there for the next repair.
        if (world.till.isDead() || (isAppError(error) && error.code === 'rpc.not-connected')) return
        world.trouble.push(`repair: ${String(error)}`)
      })
      return
    case 'restart':
      await world.till.close()
      return world.revive()
    case 'plug':
      await new Promise((resolve) => setTimeout(resolve, 1 + (world.sales.length % 7)))
      if (!world.till.isDead()) world.crashes['idle'] = (world.crashes['idle'] ?? 0) + 1
      return world.till.pullPlug()
    case 'line-up':
      return world.practice.setDown(null)
    case 'line-down':
      return world.practice.setDown(action.seconds)
    case 'faults':
      return plan(world, action.faults)
    case 'crash-at':
      return arm(action.point)
    case 'till-clock':
      world.now.skewMs = action.minutes * 60_000
      return
    case 'time':
      world.now.base += action.minutes * 60_000
      return
    case 'whole-sale': {
      if (action.faults.length > 0) plan(world, action.faults)
      const saleId = await begin()
      if (saleId === null) return
      for (const { drug, nth, lot } of action.packs) await scan(saleId, codeOf(drug, nth, lot))
      if (action.units > 0) await loose(saleId, action.units, 1 + (action.units % 3))
      if (action.uncoded > 0) await uncoded(saleId, 'amoxicillin', action.uncoded)
      if (action.who !== null) {
        await read(saleId, action.who)
        await run('sale.quoteSale', { saleId })
        await run('sale.settleSale', { saleId })
      }
      if (action.pay) await tender(saleId, 'exact')
      if (action.back) await giveBack(saleId)
      return
    }
    default:
  }
  const saleId = newest(world, action.sale)
  if (saleId === null) return
  switch (action.do) {
    case 'scan':
      return scan(saleId, codeOf(action.pack.drug, action.pack.nth, action.pack.lot))
    case 'add-virtual': {
      if (action.units === 0) return void (await run('sale.scanCode', { saleId, raw: barcode(action.drug), step: 'drug', via: 'hid', answer: 'add-drug' }))
      const added = await run<{ lineId: string }>('sale.addDrug', {
        saleId,
        drugId: drugIdOf(action.drug),
        sellUnit: action.drug === 'salts' ? 'unit' : 'pack',
      })
      if (added !== null)
        await run('sale.setQuantity', {
          saleId,
          lineId: added.lineId,
          quantity: wholeUnits(Math.max(1, action.drug === 'salts' ? action.units : action.units % 3)),
        })
      return
    }
    case 'uncoded':
      return uncoded(saleId, action.drug, action.packs)
    case 'add-units':
      return loose(saleId, action.units, action.nth)
    case 'add-piece':
      return void (await run('sale.addDrug', { saleId, drugId: PIECE_ID }))
    case 'quantity':
    case 'void-line': {
      const line = (await find(saleId))?.lines.at(-1)
      if (line === undefined) return
      if ('whole' in action) await run('sale.setQuantity', { saleId, lineId: line.lineId, quantity: quantity(action.whole * 10_000) })
      else await run('sale.voidLine', { saleId, lineId: line.lineId, reason: '不要' })
      return
    }
    case 'person':
      return void (await read(saleId, action.who))
    case 'kind':
      return void (await run('sale.setPurchaseType', { saleId, kind: action.kind, diseaseCode: action.kind === 'chronic' ? 'M03900' : null }))
    case 'tender':
      return tender(saleId, action.how)
    case 'quote':
      return void (await run('sale.quoteSale', { saleId }))
    case 'settle':
      return void (await run('sale.settleSale', { saleId }))
    case 'return':
      return giveBack(saleId)
    case 'resolve':
      return void (await run('sale.resolveNow', { saleId }))
    case 'remove-person':
      return void (await run('sale.removePerson', { saleId }))
    case 'self-pay':
      return void (await run('sale.setInsured', { saleId, insured: false }))
    case 'hold':
      return void (await run('sale.holdSale', { saleId }))
    case 'recall':
      return void (await run('sale.recallSale', { saleId }))
    case 'void':
      return void (await run('sale.voidSale', { saleId, reason: '不买' }))
    case 'copy': {
      const copy = await run('sale.copyToNew', { saleId })
      if (copy !== null) world.sales.push(copy.saleId)
    }
  }
}
