import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, statfsSync, statSync, writeSync, openSync, closeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { v7 } from 'uuid'
import type { BusinessDate, Instant } from '../../../electron/contract/index.ts'
import { databaseFile } from '../../../electron/core/core.ts'
import { CRASH_POINTS, RECONCILE_POINTS } from '../../../electron/core/crash-points.ts'
import { openForReading } from '../../../electron/core/db/open-database.ts'
import { businessDate, startOfDay } from '../../../electron/domain/calendar.ts'
import type { RegionProfile } from '../../../electron/core/platform/profile.ts'
import { practiceAccess } from '../../../electron/practice/profile.ts'
import type { PracticeProfileInput } from '../../../electron/practice/profile.ts'
import { openShopFile, TEST_KEY, testProfile } from '../../support/real-till.ts'
import { stockSmallShop } from '../../support/small-shop.ts'
import type { Fact } from '../support/facts.ts'
import { factChecker } from '../support/facts.ts'
import { randomFrom } from '../support/random.ts'
import { brokenRules } from '../support/shop-invariants.ts'
import { stockUncoded } from '../support/stock-uncoded.ts'
import type { Trader } from '../support/trader.ts'
import { createTrader } from '../support/trader.ts'
import { mountedMemory } from '../power-cut/ext4-shutdowns.ts'
import { CannotProve } from '../power-cut/tools.ts'
import type { Drawer } from './drawer.ts'
import { openDrawer } from './drawer.ts'
import { openProvince } from './province.ts'
import type { Evening } from './settle-down.ts'
import { closeShift, eveningRound, reconcile } from './settle-down.ts'
import type { ProvinceBooks, TillComparison } from './three-books.ts'
import { compareProvince, compareTill, printTable } from './three-books.ts'
import type { Till } from './till.ts'
import { openTill } from './till.ts'
import { createWeather, drawProvince, TIMEOUT_MS } from './weather.ts'

export interface ChaosOptions {
  readonly minutes: number
  readonly seed: number
  readonly tills: number
  /** Tills of one institution share its number ranges and are not reconciled: 3201 counts them all. */
  readonly institutions: number
  readonly phaseSeconds: number
  readonly say: (line: string) => void
}
export interface ChaosReport {
  readonly counts: Readonly<Record<string, number>>
  /** Everything that must not be; empty when the books agree to the fen and pack for pack. */
  readonly trouble: readonly string[]
  /** Kept when there is trouble. */
  readonly folder: string
}

const DISK_BYTES = 256 * 1024 * 1024
const PACKS_PER_LOT = 400
const MINUTE = 60_000
/** How often the books are compared until nothing is open. */
const EVENINGS = 8

interface Counter {
  readonly till: Till
  readonly drawer: Drawer
  readonly trader: Trader
  readonly institution: string
  readonly facts: Fact[]
  skewMs: number
  filler: string | null
}

const institutionOf = (n: number): string => `P9999993${String(n + 1).padStart(4, '0')}`

export const runChaos = async (options: ChaosOptions): Promise<ChaosReport> => {
  const { seed, say } = options
  const random = randomFrom(seed)
  const root = mkdtempSync(path.join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'yaogui-chaos-'))
  const counts: Record<string, number> = {}
  const count = (what: string, n = 1): void => {
    counts[what] = (counts[what] ?? 0) + n
  }
  const trouble: string[] = []
  const complain = (text: string): void => {
    if (trouble.length < 40) {
      trouble.push(text)
      say(`TROUBLE ${text}`)
    } else count('more trouble')
  }
  let worldMs = 0
  const worldNow = (): number => Date.now() + worldMs
  const dates = new Set<BusinessDate>()
  const today = (skewMs = 0): BusinessDate => businessDate((worldNow() + skewMs) as Instant)

  const institutions = Array.from({ length: options.institutions }, (_, n) => ({ code: institutionOf(n), name: `练习药房${n + 1}`, area: practiceAccess.area }))
  const provinceOf = (): PracticeProfileInput => ({ ...drawProvince(random), institutions })
  const firstProvince = provinceOf()
  say(`seed ${seed}: ${options.tills} tills of ${options.institutions} institutions, ${options.minutes} minutes`)
  const province = await openProvince({ dataFile: path.join(root, 'province.json'), profile: firstProvince, offsetMs: () => worldMs })
  const weather = createWeather(random)
  const unmounts: (() => void)[] = []
  let disks = true

  const openCounter = (n: number): Counter => {
    const name = `till ${n + 1}`
    const folder = path.join(root, `till-${n + 1}`)
    mkdirSync(folder)
    if (disks) {
      try {
        unmounts.push(mountedMemory(folder, DISK_BYTES))
      } catch (error) {
        if (!(error instanceof CannotProve)) throw error
        say(`no full disks: ${error.message}`)
        disks = false
      }
    }
    const db = openShopFile(folder, worldNow)
    stockSmallShop(db, { now: worldNow(), newId: v7, packsPerLot: PACKS_PER_LOT, packsFrom: 1 + n * PACKS_PER_LOT })
    stockUncoded(db, v7)
    // Tills of one institution tell their receipts apart by it, and with them their uploads.
    db.prepare(`insert or replace into setting (name, value) values ('till.number', ?)`).run(String(n + 1).padStart(2, '0'))
    db.close()
    const base = testProfile(province, TIMEOUT_MS)
    const institution = institutionOf(n % options.institutions)
    const width = Math.floor(10_000 / options.tills)
    const profile: RegionProfile = { ...base, institution: { ...base.institution, code: institution }, messageIds: { from: n * width, to: (n + 1) * width - 1 } }
    const drawer = openDrawer()
    const facts: Fact[] = []
    let deaths = 0
    const till = openTill({
      name, folder, profile, offsetMs: () => worldMs + counter.skewMs,
      onDeath: async (why, code) => {
        deaths += 1
        count(why === 'killed' ? 'till killed' : `till ended with ${String(code)}`)
        lookInside(counter, deaths % 4 === 0)
        await sleep(random.between(0, 300))
        if (why === 'ended') {
          makeRoom(counter)
          await sleep(300)
        }
      },
      onFailedStart: (codeOfFailure, stack) => {
        count(`failed start ${codeOfFailure}`)
        if (codeOfFailure === 'disk.full') makeRoom(counter)
        else complain(`${name} did not start: ${stack.split('\n').slice(0, 3).join(' ')}`)
      },
      onLog: (line) => noteLogged(name, line),
    })
    const remember = (fact: Fact): void => {
      facts.push(fact)
      if (fact.fact === 'sale' && fact.status === 'returned') drawer.refund(fact.saleId as never)
    }
    const trader = createTrader({
      client: till.cashier, pharmacist: till.pharmacist, manager: till.manager, random: randomFrom(seed + 1 + n), packsPerLot: PACKS_PER_LOT, packsFrom: 1 + n * PACKS_PER_LOT, serialsFrom: 1_000_000 * (n + 1),
      tell: remember, today: () => {
        const date = today(counter.skewMs)
        dates.add(date)
        return date
      },
      money: { give: drawer.give, takeBack: (money, code) => drawer.takeBack(money, !code.startsWith('rpc.')) },
      refused: (command, code) => {
        if (code === 'rpc.internal') complain(`${name}: ${command} ended in rpc.internal`)
      },
    })
    const counter: Counter = { till, drawer, trader, institution, facts, skewMs: 0, filler: null }
    return counter
  }
  const makeRoom = (counter: Counter): void => {
    if (counter.filler === null) return
    rmSync(counter.filler, { force: true })
    counter.filler = null
  }
  const noteLogged = (name: string, line: string): void => {
    const { msg, err } = JSON.parse(line) as { msg?: string; err?: { message?: string; code?: string } }
    const text = `${msg ?? ''} ${err?.code ?? ''} ${err?.message ?? ''}`.trim()
    count(`logged: ${(msg ?? '').slice(0, 60)} ${err?.code ?? (err?.message ?? '').slice(0, 60)}`)
    if (/not understood|contradicts|refused by our own|disk\.full|SQLITE_FULL|ENOSPC|not open|platform\.|nightly|rpc\.not-connected/.test(text)) return
    complain(`${name} logged: ${text.slice(0, 300)}`)
  }
  /** A dead till's books: its rules, and that everything it ever told is there. */
  const lookInside = (counter: Counter, wholly: boolean): void => {
    const small = statSync(databaseFile(counter.till.folder)).size < 12 * 1024 * 1024
    let db: ReturnType<typeof openForReading> | null = null
    try {
      db = openForReading(databaseFile(counter.till.folder), TEST_KEY)
      if (small || wholly) for (const wrong of brokenRules(db)) complain(`${counter.till.name}, dead: ${wrong}`)
      const check = factChecker(db)
      for (const fact of wholly ? counter.facts : counter.facts.slice(-200)) {
        const wrong = check(fact)
        if (wrong !== null) complain(`${counter.till.name}, dead: ${wrong}`)
      }
      count('looked into dead tills')
    } catch (error) {
      if (error instanceof Error && /SQLITE_FULL|disk is full|unable to open|disk I\/O/.test(error.message) && counter.filler !== null) return
      complain(`${counter.till.name}, dead: ${error instanceof Error ? error.message : String(error)}`)
    } finally {
      db?.close()
    }
  }

  const counters = Array.from({ length: options.tills }, (_, n) => openCounter(n))
  const setClocks = (): void => {
    province.setClock(worldMs)
    for (const { till, skewMs } of counters) till.setClock(worldMs + skewMs)
  }
  const allAlive = async (): Promise<void> => {
    for (let tries = 0; !counters.every(({ till }) => till.alive()); tries += 1) {
      if (tries > 600) throw new Error('a till does not come back')
      await sleep(100)
    }
  }

  let over = false
  /** One till's robot: does one thing after the other until the phase is over. */
  const trade = async (counter: Counter, until: number): Promise<void> => {
    while (performance.now() < until && !over) {
      try {
        await counter.trader.step()
        count('steps')
      } catch (error) {
        complain(`${counter.till.name}: ${error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 3).join(' ') : String(error)}`)
      }
    }
  }
  const fillDisk = (counter: Counter): void => {
    const { bavail, bsize } = statfsSync(counter.till.folder)
    const filler = path.join(counter.till.folder, 'filler')
    counter.filler = filler
    const fd = openSync(filler, 'w')
    try {
      const chunk = new Uint8Array(1024 * 1024)
      for (let left = bavail * bsize - random.between(0, 80) * 1024; left > 0; left -= chunk.length) writeSync(fd, chunk, 0, Math.min(left, chunk.length))
    } catch {
      // Core was faster: it is full all the same.
    } finally {
      closeSync(fd)
    }
  }
  /** Everything that goes wrong, drawn by the seed. */
  const disturb = async (until: number): Promise<void> => {
    while (performance.now() < until && !over) {
      await sleep(random.between(100, 1_000))
      const counter = random.pick(counters)
      const draw = random.next()
      if (draw < 0.36) {
        province.setFaults(weather.next())
        count('fault plans')
      } else if (draw < 0.5) {
        counter.till.kill()
        count('kills at random')
      } else if (draw < 0.66) {
        counter.till.crashAt(random.pick([...CRASH_POINTS, ...RECONCILE_POINTS]), random.between(1, 2))
        count('crash points armed')
      } else if (draw < 0.72) {
        count('province killed')
        await province.killAndRestart()
      } else if (draw < 0.77) {
        province.setDown(random.between(5, 35) / 10)
        count('province down')
      } else if (draw < 0.9) {
        // A little wrong, so that the gateway still believes it; or by hours, so that it refuses; then right again.
        counter.skewMs = random.pick([0, 0, 7 * MINUTE, -7 * MINUTE, 25 * MINUTE, -25 * MINUTE, 5 * 60 * MINUTE, -5 * 60 * MINUTE, 26 * 60 * MINUTE])
        counter.till.setClock(worldMs + counter.skewMs)
        count('clock jumps')
      } else if (draw < 0.95) {
        worldMs += random.between(1, 40) * MINUTE
        setClocks()
        count('time passed')
      } else if (disks && counter.filler === null) {
        count('full disks')
        fillDisk(counter)
        await sleep(random.between(500, 2_500))
        makeRoom(counter)
      }
    }
  }

  const evenings = counters.map((counter): Evening => ({
    till: counter.till, drawer: counter.drawer, books: async () => (await province.books()) as ProvinceBooks, count, trouble: complain,
    dates: () => (options.tills > options.institutions ? [] : [...dates].filter((date) => date < today()).toSorted()),
  }))
  const settleDown = async (): Promise<void> => {
    province.setFaults({})
    province.setDown(null)
    for (const counter of counters) {
      counter.skewMs = 0
      makeRoom(counter)
      counter.till.crashAt(null, 0)
    }
    setClocks()
    await allAlive()
    // The latest answer of the weather.
    await sleep(TIMEOUT_MS + 1_500)
    dates.add(today())
    // The night: over midnight, to an hour at which the days before are over.
    worldMs += startOfDay(today()) + 24 * 60 * MINUTE + 65 * MINUTE - worldNow()
    setClocks()
    dates.add(today())
    const left = new Set(evenings)
    for (let round = 1; round <= 24 && left.size > 0; round += 1) {
      worldMs += (round < 12 ? 6 : 30) * MINUTE
      setClocks()
      await Promise.all([...left].map(async (evening) => {
        if (await eveningRound(evening, round)) left.delete(evening)
      }))
    }
    for (const evening of left) complain(`${evening.till.name} never came to an end`)
    // What is left to reconcile once everything else is done, until the evidence asks for nothing more.
    for (let again = 0; again < EVENINGS; again += 1) {
      const open = await Promise.all(evenings.map(reconcile))
      if (open.every((n) => n === 0)) break
      for (const evening of evenings) await eveningRound(evening, 2)
      if (again === EVENINGS - 1) for (const [n, evening] of evenings.entries()) if ((open[n] ?? 0) > 0) complain(`${evening.till.name}: ${String(open[n])} differences stay open`)
    }
  }
  /** How the settlements went, from the tills' own stories. */
  let stories: Readonly<Record<string, number>> = {}
  const compare = async (): Promise<readonly TillComparison[]> => {
    const books = (await province.books()) as ProvinceBooks
    for (const wrong of compareProvince(books)) complain(`the province: ${wrong}`)
    const compared: TillComparison[] = []
    const told: Record<string, number> = {}
    for (const counter of counters) {
      const db = openForReading(databaseFile(counter.till.folder), TEST_KEY)
      try {
        const mine = new Set(db.prepare('select message_id from platform_message').pluck().all() as string[])
        const rows = new Set(db.prepare(`select effect_key from outbox`).pluck().all() as string[])
        const shared = options.tills > options.institutions
        const own: ProvinceBooks = shared ? { ...books, settlements: books.settlements.filter((row) => mine.has(row.msgid)), sales: books.sales.filter((row) => rows.has(row.rowKey)), returns: books.returns.filter((row) => rows.has(row.rowKey)) } : books
        const one = compareTill(counter.till.name, db, own, counter.institution, counter.drawer)
        for (const difference of one.differences) complain(`${one.name}: ${difference}`)
        const check = factChecker(db)
        for (const fact of counter.facts) {
          const wrong = check(fact)
          if (wrong !== null) complain(`${one.name}: ${wrong}`)
        }
        compared.push(one)
        for (const { event, n } of db.prepare('select event, count(*) as n from settlement_event group by event').all() as { event: string; n: number }[]) told[event] = (told[event] ?? 0) + n
        told['ever parked'] = (told['ever parked'] ?? 0) + (db.prepare(`select count(distinct sale_id) from settlement_event where state = 'parked'`).pluck().get() as number)
      } finally {
        db.close()
      }
    }
    stories = told
    return compared
  }

  const began = performance.now()
  const seconds = (): number => Math.round((performance.now() - began) / 1000)
  const progress = setInterval(() => {
    say(`${String(seconds()).padStart(4)} s  ${counts['steps'] ?? 0} steps, ${counts['till killed'] ?? 0} kills, ${counts['province killed'] ?? 0} of the province, ${counts['clock jumps'] ?? 0} clock jumps, ${counts['full disks'] ?? 0} full disks, ${Object.values(province.faults).reduce((a, b) => a + b, 0)} faults, ${Object.values(province.calls).reduce((a, b) => a + b, 0)} calls, ${trouble.length} trouble`)
  }, 10_000)
  let tables: readonly TillComparison[] = []
  try {
    await allAlive()
    for (let phase = 0; phase === 0 || (seconds() < options.minutes * 60 - 5 && trouble.length === 0); phase += 1) {
      const variant = phase === 0 ? firstProvince : provinceOf()
      if (phase > 0) {
        await province.restartAs(variant)
        // The day begins at nine.
        worldMs += 8 * 60 * MINUTE
        setClocks()
      }
      const { institutions: _ours, ...words } = variant
      say(`phase ${phase + 1}, ${today()}: ${JSON.stringify(words)}`)
      for (const { till } of counters) await till.cashier.command('shift.openShift', { floatFen: 20_000 as never }).catch(() => null)
      const until = performance.now() + options.phaseSeconds * 650
      province.setFaults(weather.next())
      await Promise.all([...counters.map((counter) => trade(counter, until)), disturb(until)])
      say(`${String(seconds()).padStart(4)} s  phase ${phase + 1}: evening`)
      await settleDown()
      tables = await compare()
      for (const evening of evenings) await closeShift(evening)
      say(`${String(seconds()).padStart(4)} s  phase ${phase + 1}: three books compared, ${trouble.length} differences`)
    }
  } catch (error) {
    complain(`the run broke: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  } finally {
    over = true
    clearInterval(progress)
    await Promise.all(counters.map(({ till }) => till.close()))
    await province.close().catch(() => {})
  }
  for (const line of province.broken) complain(`the province broke: ${line.slice(0, 400)}`)
  for (const line of printTable(tables)) say(line)
  for (const { trader } of counters) for (const [what, n] of Object.entries(trader.counts)) count(`trade: ${what}`, n)
  for (const [what, n] of Object.entries(province.faults)) count(`fault ${what}`, n)
  for (const [what, n] of Object.entries(province.calls)) count(`call ${what}`, n)
  for (const [what, n] of Object.entries(stories)) count(`settlement ${what}`, n)
  count('payments looked up after a break', counters.reduce((sum, { drawer }) => sum + drawer.looked(), 0))
  let kept = root
  if (trouble.length > 0 && unmounts.length > 0) {
    kept = mkdtempSync(path.join(tmpdir(), 'yaogui-chaos-kept-'))
    cpSync(root, kept, { recursive: true })
  }
  for (const unmount of unmounts) unmount()
  if (trouble.length === 0 || kept !== root) rmSync(root, { recursive: true, force: true })
  return { counts, trouble, folder: kept }
}
