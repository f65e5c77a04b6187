import { expect, onTestFinished } from 'vitest'
import type {
  AppError,
  CommandName,
  Credential,
  DrugId,
  Input,
  LineId,
  Output,
  Sale,
  SaleId,
  TenderMethod,
  TillEvent,
  VerdictAnswer,
} from '../../electron/contract/index.ts'
import { fen, isAppError, quantity } from '../../electron/contract/index.ts'
import type { Core } from '../../electron/core/core.ts'
import { assembleCore } from '../../electron/core/core.ts'
import type { CrashPoint } from '../../electron/core/crash-points.ts'
import type { WritableDb } from '../../electron/core/db/database.ts'
import { allBackWhole } from '../../electron/domain/sale/return-rules.ts'
import { loadProfile, shippedProfileFile } from '../../electron/core/platform/profile-file.ts'
import type { RegionProfile } from '../../electron/core/platform/profile.ts'
import { memoryChannelPair } from '../../electron/core/rpc/memory-channel.ts'
import type { CoreClient } from '../../renderer/core-client/core-client.ts'
import { createCoreClient } from '../../renderer/core-client/core-client.ts'
import { countingIds } from './counting-ids.ts'
import { emptyDatabase, NINE_OCLOCK } from './database.ts'
import type { FakePlatform } from './fake-platform.ts'
import { fakePlatform, PEOPLE } from './fake-platform.ts'
import type { DrugKey } from './small-shop.ts'
import { drugIdOf, stockSmallShop } from './small-shop.ts'
import { collectingLog } from './silent-log.ts'
import { TEST_PIN } from './staff.ts'

export interface Till {
  readonly core: Core
  readonly db: WritableDb
  readonly platform: FakePlatform
  readonly clock: { now: number }
  readonly log: string[]
  readonly client: CoreClient
  /** Another window, signed in as this person. */
  readonly window: (staffId: string) => Promise<CoreClient>
  readonly events: TillEvent[]
  readonly crash: { at: CrashPoint | null; do: () => void }
  /** The command's error, which must be one. */
  readonly refusal: <N extends CommandName>(name: N, input: Input<N>) => Promise<AppError>

  readonly start: () => Promise<Sale>
  readonly scan: (
    sale: { readonly saleId: SaleId },
    raw: string,
    more?: { readonly answer?: VerdictAnswer; readonly selectedLineId?: LineId; readonly step?: 'drug' | 'person' | 'payment'; readonly drugId?: DrugId; readonly level?: number },
  ) => Promise<Output<'sale.scanCode'>>
  readonly add: (sale: { readonly saleId: SaleId }, drug: DrugKey, sellUnit?: 'pack' | 'unit') => Promise<Output<'sale.addDrug'>>
  readonly setQuantity: (sale: { readonly saleId: SaleId }, lineId: LineId, whole: number) => Promise<Sale>
  readonly person: (sale: { readonly saleId: SaleId }, nth?: number) => Promise<Sale>
  readonly quote: (sale: { readonly saleId: SaleId }) => Promise<Sale>
  readonly settle: (sale: { readonly saleId: SaleId }) => Promise<Sale>
  readonly tender: (sale: { readonly saleId: SaleId }, givenFen: number, method?: TenderMethod) => Promise<Sale>
  readonly get: (sale: { readonly saleId: SaleId }) => Promise<Sale>
  /** A self-paid sale of these codes, paid in cash exactly. */
  readonly sell: (...codes: readonly string[]) => Promise<Sale>
  /** An insured sale of these codes, settled, cash part paid. */
  readonly sellInsured: (...codes: readonly string[]) => Promise<Sale>
  /** Returned as it was sold, every pack brought back whole. */
  readonly giveBack: (sale: { readonly saleId: SaleId }, reason?: string) => Promise<Sale>
  readonly outbox: () => Promise<Output<'outbox.runNow'>>
}

export interface TillOptions {
  readonly profile?: RegionProfile
  readonly shift?: boolean
  readonly staffId?: string
  readonly packsPerLot?: number
}

export const credentialOf = (nth = 0): Credential => ({ kind: 'e-voucher', qr: PEOPLE[nth]?.eVoucher ?? '' })

/** A till over the real core, a real database in memory, the real contract and a scripted platform. The outbox runs only when asked. */
export const openTill = async (options: TillOptions = {}): Promise<Till> => {
  const clock = { now: NINE_OCLOCK }
  const now = (): number => clock.now
  const newId = countingIds()
  const db = emptyDatabase(now)
  stockSmallShop(db, { now: clock.now, newId, ...(options.packsPerLot === undefined ? {} : { packsPerLot: options.packsPerLot }) })
  const platform = fakePlatform(now)
  const { log, lines } = collectingLog()
  const crash: Till['crash'] = {
    at: null,
    do: () => {
      throw new Error(`crashed at ${String(crash.at)}`)
    },
  }
  const core = assembleCore({
    db,
    platform: platform.client,
    credentials: platform.credentials,
    profile: options.profile ?? loadProfile(shippedProfileFile('practice')),
    clock: now,
    newId,
    log,
    random: () => 0,
    outboxEveryMs: null,
    devices: null,
    printer: { kind: 'file', folder: '-' },
    reach: (point) => {
      if (point === crash.at) crash.do()
    },
  })
  const clients: CoreClient[] = []
  onTestFinished(async () => {
    for (const client of clients) client.close()
    await core.close()
  })
  const window = async (staffId: string): Promise<CoreClient> => {
    const client = createCoreClient({
      connect: () => {
        const [ours, theirs] = memoryChannelPair()
        core.serve(theirs)
        return ours
      },
    })
    clients.push(client)
    await client.command('session.signIn', { staffId, pin: TEST_PIN })
    return client
  }
  const client = await window(options.staffId ?? 'C1')
  const events: TillEvent[] = []
  client.subscribe('till.watchTill', {}, (event) => events.push(event))
  if (options.shift !== false) await client.command('shift.openShift', { floatFen: fen(20_000) })

  const till: Till = {
    core,
    db,
    platform,
    clock,
    log: lines,
    client,
    window,
    events,
    crash,
    refusal: async (name, input) => {
      const error = await client.command(name, input).then(
        () => null,
        (thrown: unknown) => thrown,
      )
      if (!isAppError(error)) throw new Error(`${name} was not refused: ${String(error)}`)
      return error
    },
    start: () => client.command('sale.startSale', {}),
    scan: ({ saleId }, raw, more = {}) => client.command('sale.scanCode', { saleId, raw, step: 'drug', via: 'hid', ...more }),
    add: ({ saleId }, drug, sellUnit = 'pack') => client.command('sale.addDrug', { saleId, drugId: drugIdOf(drug), sellUnit }),
    setQuantity: ({ saleId }, lineId, whole) => client.command('sale.setQuantity', { saleId, lineId, quantity: quantity(whole * 10_000) }),
    person: ({ saleId }, nth = 0) => client.command('sale.readPerson', { saleId, credential: credentialOf(nth) }),
    quote: ({ saleId }) => client.command('sale.quoteSale', { saleId }),
    settle: ({ saleId }) => client.command('sale.settleSale', { saleId }),
    tender: ({ saleId }, givenFen, method = 'cash') => client.command('sale.takeTender', { saleId, method, givenFen: fen(givenFen) }),
    get: ({ saleId }) => client.query('sale.getSale', { saleId }),
    sell: async (...codes) => {
      const sale = await till.start()
      for (const code of codes) expect((await till.scan(sale, code)).verdict.outcome).toMatch(/accept|notice/)
      return till.tender(sale, (await till.get(sale)).dueFen)
    },
    sellInsured: async (...codes) => {
      const sale = await till.start()
      for (const code of codes) expect((await till.scan(sale, code)).verdict.outcome).toMatch(/accept|notice/)
      await till.person(sale)
      await till.quote(sale)
      const settled = await till.settle(sale)
      expect(settled.status).toMatch(/due|closed/)
      return settled.dueFen === 0 ? settled : till.tender(sale, settled.dueFen)
    },
    giveBack: async (sale, reason = '退货') => client.command('sale.returnSale', { saleId: sale.saleId, reason, packs: allBackWhole((await till.get(sale)).lines) }),
    outbox: () => client.command('outbox.runNow', {}),
  }
  return till
}
