import type { Output, SaleId } from '../../contract/index.ts'
import { AppError } from '../../contract/index.ts'
import type { Caller, House } from '../house.ts'
import { operatorOf } from '../person/read-person.ts'
import type { KnownSaleOfPack, Operator } from '../platform/client.ts'
import { refusalError } from '../platform/outcome-error.ts'
import { askCountry, saidBy3513 } from './ask-country.ts'
import { packNamed } from './pack-code.ts'
import { raiseAlarm } from './raise-alarm.ts'

/** Asked lately is known: for ten minutes nobody asks again. */
const KNOWN_FOR_MS = 600_000
const MOST_KNOWN = 10_000
const MOST_WAITING = 50
const LANES = 2
/** After a question without an answer the platform is left alone for a while, doubled each time: a slow 3513 must not look like a line that is down. */
const PAUSE_MS = 60_000
const LONGEST_PAUSE_MS = 1_800_000

interface Question {
  readonly operator: Operator
  readonly code: string
  readonly saleId: SaleId
}
interface Asking {
  readonly asked: Map<string, number>
  readonly waiting: Question[]
  lanes: number
  failures: number
  pausedUntil: number
}
const askings = new WeakMap<House, Asking>()
const askingOf = (house: House): Asking => {
  const known = askings.get(house)
  if (known !== undefined) return known
  const begun: Asking = { asked: new Map(), waiting: [], lanes: 0, failures: 0, pausedUntil: 0 }
  askings.set(house, begun)
  return begun
}

const remember = (asking: Asking, code: string, at: number): void => {
  asking.asked.delete(code)
  asking.asked.set(code, at)
  const oldest = asking.asked.keys().next()
  if (asking.asked.size > MOST_KNOWN && oldest.done !== true) asking.asked.delete(oldest.value)
}

/** Opens the alarm when the country knows a sale that is not ours; null: it does not. */
const raiseIfForeign = (house: House, operator: Operator, code: string, saleId: SaleId | null, sales: readonly KnownSaleOfPack[]): string | null => {
  const foreign = sales.find((sale) => !sale.here)
  if (foreign === undefined) return null
  const alarmId = raiseAlarm(
    house,
    { staffId: operator.operatorId },
    { code, kind: 'sold-elsewhere', source: 'platform-3513', saleId, note: '', said: saidBy3513(foreign) },
  )
  // Asked by hand, the answer says it.
  if (saleId !== null) house.changed({ alarmId })
  return alarmId
}

const answerOne = async (house: House, { operator, code, saleId }: Question): Promise<void> => {
  const asking = askingOf(house)
  const tail = code.slice(-6)
  try {
    const answer = await askCountry(house, operator, code)
    if (answer.kind === 'answered') {
      asking.failures = 0
      raiseIfForeign(house, operator, code, saleId, answer.value)
      return
    }
    house.log.warn({ pack: `…${tail}`, ended: answer.kind, code: answer.code }, '3513 not answered; the scan stands')
    // A code that the table cannot hold says nothing of the platform; one that is silent, slow, gone or without 3513 is left alone.
    if (answer.code === 'platform.invalid-request') return
    asking.failures += 1
    asking.pausedUntil = house.clock() + Math.min(PAUSE_MS * 2 ** (asking.failures - 1), LONGEST_PAUSE_MS)
  } catch (cause) {
    house.log.warn({ pack: `…${tail}`, err: cause }, '3513 not asked; the scan stands')
  }
}

const runLane = async (house: House, asking: Asking): Promise<void> => {
  for (let question = asking.waiting.shift(); question !== undefined; question = asking.waiting.shift()) {
    // After a failure the others are not known either: they may be asked again.
    if (house.clock() < asking.pausedUntil) asking.asked.delete(question.code)
    else await answerOne(house, question)
  }
}

/**
 * Asks the platform about a pack that was just accepted, beside the cashier's work: never delays, never throws, only online, not twice within ten minutes.
 * A sale elsewhere opens the alarm and is told to the till at once.
 */
export const askBeside = (house: House, caller: Caller, question: { readonly code: string; readonly saleId: SaleId; readonly received: boolean }): void => {
  const { askElsewhere } = house.profile.trace
  if (askElsewhere === 'never' || (askElsewhere === 'when-unreceived' && question.received)) return
  askSoon(house, operatorOf(caller), question.code, question.saleId)
}

/** The same, whatever the profile says of scans: a refusal spoke of a sale elsewhere and named no pack. */
export const askSoon = (house: House, operator: Operator, code: string, saleId: SaleId): void => {
  const asking = askingOf(house)
  const at = house.clock()
  if (house.platform.line().state !== 'online' || at < asking.pausedUntil || asking.waiting.length >= MOST_WAITING) return
  const before = asking.asked.get(code)
  if (before !== undefined && Math.abs(at - before) < KNOWN_FOR_MS) return
  remember(asking, code, at)
  asking.waiting.push({ operator, code, saleId })
  if (asking.lanes >= LANES) return
  asking.lanes += 1
  // After the scan's own transaction.
  queueMicrotask(() => {
    runLane(house, asking)
      .catch((cause: unknown) => house.log.error({ err: cause }, '3513'))
      .finally(() => {
        asking.lanes -= 1
      })
  })
}

/** By hand, now. Errors: alarm.no-pack-code, alarm.cannot-ask, platform.*. */
export const askPlatform = async (house: House, caller: Caller, raw: string): Promise<Output<'alarm.askPlatform'>> => {
  const named = packNamed(house.db, raw)
  if (named === null) throw new AppError('alarm.no-pack-code', 'not the code of one pack')
  const { code } = named
  const operator = operatorOf(caller)
  const answer = await askCountry(house, operator, code)
  if (answer.kind !== 'answered') throw refusalError(answer)
  remember(askingOf(house), code, house.clock())
  const alarmId = raiseIfForeign(house, operator, code, null, answer.value)
  return {
    answer: alarmId !== null ? 'sold-elsewhere' : answer.value.length > 0 ? 'sold-here' : 'not-sold',
    sales: answer.value.map(({ here, institution, at, split }) => ({ here, institution, at, split })),
    alarmId,
  }
}
