import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { v7 } from 'uuid'
import type { SaleId } from '../../../electron/contract/index.ts'
import { practicePeople } from '../../../electron/practice/people.ts'
import { practiceAccess } from '../../../electron/practice/profile.ts'
import { startPractice } from '../../../electron/practice/server.ts'
import { finishDay } from '../../support/finish-day.ts'
import { openRealTill, openShopFile, testProfile } from '../../support/real-till.ts'
import { stockSmallShop } from '../../support/small-shop.ts'
import { randomFrom } from '../support/random.ts'
import { stockUncoded } from '../support/stock-uncoded.ts'
import { createTrader } from '../support/trader.ts'
import { openDrawer } from './drawer.ts'
import { runChaos } from './run-chaos.ts'
import type { ProvinceBooks } from './three-books.ts'
import { compareProvince, compareTill } from './three-books.ts'

const seed = Number(process.env['YAOGUI_CHAOS_SEED'] ?? 20_261_122)

test('three tills against a province that misbehaves, killed and with wrong clocks and full disks: three books, no difference', async () => {
  const { counts, trouble, folder } = await runChaos({ minutes: 1.2, seed, tills: 3, institutions: 3, phaseSeconds: 36, say: (line) => console.log(`chaos: ${line}`) })
  expect(trouble, `seed ${seed}, kept in ${folder}`).toEqual([])
  console.log(`chaos: ${JSON.stringify(counts)}`)
  for (const happened of ['till killed', 'clock jumps', 'trade: settled', 'trade: closed', 'trade: returned', 'settlement reverse-accepted']) expect(counts[happened] ?? 0, happened).toBeGreaterThan(0)
}, 600_000)

test('the comparison of the three books notices a fen, a pack and a row too many or too few in any of them', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'yaogui-three-books-'))
  const fresh = openShopFile(folder, Date.now)
  stockSmallShop(fresh, { now: Date.now(), newId: v7, packsPerLot: 40 })
  stockUncoded(fresh, v7)
  fresh.close()
  const practice = await startPractice({ port: 0 })
  const now = { at: Date.now() }
  const till = openRealTill({ folder, profile: testProfile(practice, 2_000), clock: () => now.at })
  try {
    const drawer = openDrawer()
    const trader = createTrader({
      client: till.client, pharmacist: till.manager, manager: till.manager, random: randomFrom(seed), packsPerLot: 40, serialsFrom: 100_000, today: () => '2026-11-22',
      tell: (fact) => {
        if (fact.fact === 'sale' && fact.status === 'returned') drawer.refund(fact.saleId as SaleId)
      },
      money: { give: drawer.give, takeBack: (money) => drawer.takeBack(money, true) },
    })
    await till.client.command('shift.openShift', { floatFen: 0 as never })
    for (let step = 0; step < 60; step += 1) await trader.step()
    expect(await finishDay({ client: till.client, manager: till.manager, passTime: () => { now.at += 60_000 }, wasBooked: () => false })).toBe(true)
    const books = (await (await fetch(`${practice.localServiceUrl}/books`, { headers: { _api_access_key: practiceAccess.accessKey } })).json()) as ProvinceBooks
    const compare = (changed: Partial<ProvinceBooks> = {}): readonly string[] => compareTill('till', till.db, { ...books, ...changed }, practiceAccess.institutionCode, drawer).differences
    expect(compare()).toEqual([])
    expect(compareProvince(books)).toEqual([])

    const [settlement] = books.settlements.filter((row) => row.state === 'booked')
    const [upload] = books.sales
    const [code] = books.codes.filter((row) => row.sales.length > 0)
    if (settlement === undefined || upload === undefined || code === undefined) throw new Error('nothing was sold')
    const others = books.settlements.filter((row) => row !== settlement)
    expect(compare({ settlements: others }).join()).toMatch(/unknown there/)
    expect(compare({ settlements: [...others, { ...settlement, fundFen: settlement.fundFen + 1 }] }).join()).toMatch(/settled fundFen/)
    expect(compare({ settlements: [...books.settlements, { ...settlement, setlId: 'twice', msgid: 'another' }] }).join()).toMatch(/nothing here/)
    expect(compare({ settlements: [...others, { ...settlement, state: 'cancelled' }] }).join()).toMatch(/is cancelled there, settled here/)
    expect(compare({ sales: books.sales.slice(1) }).join()).toMatch(/was not uploaded/)
    expect(compare({ sales: [...books.sales, { ...upload, rowKey: 'twice' }] }).join()).toMatch(/lines uploaded/)
    expect(compare({ codes: books.codes.filter((row) => row !== code) }).join()).toMatch(/codes sold/)
    expect(compare({ codes: [...books.codes.filter((row) => row !== code), { ...code, sales: [...code.sales, ...code.sales] }] }).join()).toMatch(/codes sold/)
    const [person] = books.people.filter((row) => practicePeople().some((known) => known.psnNo === row.psnNo))
    if (person === undefined) throw new Error('nobody was insured')
    expect(compareProvince({ ...books, people: [{ ...person, balanceFen: person.balanceFen - 1 }] }).join()).toMatch(/account of/)

    till.db.exec('begin')
    till.db.prepare(`update tender set amount_fen = amount_fen + 1 where tender_id = (select tender_id from tender where method = 'cash' and refund_of is null limit 1)`).run()
    expect(compare().join()).toMatch(/cash taken/)
    till.db.exec('rollback')
    till.db.exec('begin')
    till.db.prepare(`update lot set on_hand = on_hand + 1 where lot_ref = 1`).run()
    expect(compare().join()).toMatch(/on hand/)
    till.db.exec('rollback')
    drawer.give({ saleId: 'nobody' as SaleId, method: 'cash', fen: 1 })
    expect(compare().join()).toMatch(/cash taken/)
  } finally {
    await till.close()
    await practice.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
