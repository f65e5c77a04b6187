import { isDeepStrictEqual } from 'node:util'
import type { DrugId, Sale, SaleId, Status, TillEvent } from '../../contract/index.ts'
import { businessDate } from '../../domain/calendar.ts'
import type { BusinessDate, Instant } from '../../contract/index.ts'
import { packCode } from '../../core/demo-shop/demo-codes.ts'
import type { CoreClient } from '../../../renderer/core-client/core-client.ts'
import type { PracticeProcess } from '../practice-process.ts'
import type { Cable } from './cable.ts'
import type { Words } from '../words.ts'

/** One thing that must be so. `expected` is stated by the step from outside knowledge, never taken from the run. */
export interface Check {
  readonly what: string
  readonly expected: unknown
  readonly actual: unknown
  readonly ok: boolean
}

/** Everything a step of the day works with. */
export interface Stage {
  readonly client: CoreClient
  readonly province: PracticeProcess
  /** Between the till and the province. */
  readonly cable: Cable
  readonly clock: () => number
  readonly startedAt: number
  /** Smallest units on hand when the day began, 10⁻⁴, by drug. */
  readonly openingStock: ReadonlyMap<DrugId, number>
  /** What came in since, the same way. */
  readonly received: Map<DrugId, number>
  /** Sales by the name a step gave them, for later steps. */
  readonly sales: Map<string, SaleId>
  /** The next pack of a product on the shelf, lot 1 unless said: no pack is picked twice. */
  readonly takePack: (row: number, lotOrdinal?: number) => string
  readonly tell: (...words: Words) => void
  readonly expect: (what: string, actual: unknown, expected: unknown) => void
  /** As in `watchTill`: resolves when the sale is as wished, with null when that took too long. */
  readonly waitForSale: (saleId: SaleId, wished: (sale: Sale) => boolean) => Promise<Sale | null>
  /** Resolves when no upload waits any more. */
  readonly waitForUploads: () => Promise<void>
  /** Draws the receipt (58 and 80 mm) and prints it through the device process. */
  readonly keepReceipt: (saleId: SaleId, kind: 'sale' | 'return') => Promise<void>
}

export interface Step {
  readonly id: string
  readonly title: Words
  readonly run: (stage: Stage) => Promise<void>
}

export interface Notes {
  readonly checks: Check[]
  readonly told: Words[]
}

const LONGEST_WAIT_MS = 20_000

const waitOn = <T>(client: CoreClient, look: (event: TillEvent) => T | null, first: Promise<T | null>): Promise<T | null> =>
  new Promise((resolve, reject) => {
    const end = (found: T | null): void => {
      clearTimeout(tooLong)
      stop()
      resolve(found)
    }
    const tooLong = setTimeout(() => end(null), LONGEST_WAIT_MS)
    const stop = client.subscribe('till.watchTill', {}, (event) => {
      const found = look(event)
      if (found !== null) end(found)
    })
    // It may be so already.
    first.then(
      (found) => {
        if (found !== null) end(found)
      },
      (cause: unknown) => {
        end(null)
        reject(cause)
      },
    )
  })

export const waitForSaleOn =
  (client: CoreClient): Stage['waitForSale'] =>
  (saleId, wished) => {
    const look = (sale: Sale): Sale | null => (sale.saleId === saleId && wished(sale) ? sale : null)
    return waitOn(client, (event) => (event.type === 'sale' ? look(event.sale) : null), client.query('sale.getSale', { saleId }).then(look))
  }

export const waitForUploadsOn =
  (client: CoreClient): Stage['waitForUploads'] =>
  async () => {
    const look = (status: Status): true | null => (status.outbox.waiting === 0 ? true : null)
    await waitOn(client, (event) => (event.type === 'status' ? look(event.status) : null), client.query('system.getStatus', {}).then(look))
  }

/** Which running number a product begins with: the evening before used the first ones, the seed moves the rest. */
export const shelfOf = (seed: number): Stage['takePack'] => {
  const taken = new Map<string, number>()
  const first = 4 + (Math.abs(Math.trunc(seed)) % 7)
  return (row, lotOrdinal = 1) => {
    const key = `${row}/${lotOrdinal}`
    const running = taken.get(key) ?? first
    taken.set(key, running + 1)
    return packCode(row, lotOrdinal, running)
  }
}

export const expectInto =
  (checks: Check[]): Stage['expect'] =>
  (what, actual, expected) => {
    checks.push({ what, expected, actual, ok: isDeepStrictEqual(actual, expected) })
  }

export const dayOf = (at: number): BusinessDate => businessDate(at as Instant)

export const namedSale = (stage: Pick<Stage, 'sales'>, name: string): SaleId => {
  const saleId = stage.sales.get(name)
  if (saleId === undefined) throw new Error(`an earlier step did not make the sale ${name}`)
  return saleId
}
