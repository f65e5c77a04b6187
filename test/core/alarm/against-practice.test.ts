import { describe, expect, it, onTestFinished } from 'vitest'
import { fen } from '../../../electron/contract/index.ts'
import type { Sale, TillEvent } from '../../../electron/contract/index.ts'
import { soldElsewhereCode } from '../../../electron/core/demo-shop/demo-codes.ts'
import { findPack } from '../../../electron/core/trace/pack-store.ts'
import { receivePack } from '../../../electron/core/trace/pack-ledger.ts'
import { practicePeople } from '../../../electron/practice/people.ts'
import { startPractice } from '../../../electron/practice/server.ts'
import type { PracticeOptions } from '../../../electron/practice/server.ts'
import type { RegionProfile } from '../../../electron/core/platform/profile.ts'
import { NINE_OCLOCK } from '../../support/database.ts'
import { copyTemplate, makeTemplate, openRealTill, testProfile } from '../../support/real-till.ts'
import type { RealTill } from '../../support/real-till.ts'
import { codeOf, ROWS } from '../../support/small-shop.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

/** The real core, the real client, real HTTP, the practice province with its own books. */
const foreignPack = (nth: number): string => soldElsewhereCode(ROWS.amoxicillin, nth)

const open = async (askElsewhere: RegionProfile['trace']['askElsewhere'], options: PracticeOptions = {}) => {
  const clock = (): number => NINE_OCLOCK
  const practice = await startPractice({ clock, ...options })
  const folder = temporaryFolder()
  copyTemplate(makeTemplate(temporaryFolder(), clock, 4), folder)
  const profile = testProfile(practice, 800)
  const till = openRealTill({ folder, clock, profile: { ...profile, trace: { ...profile.trace, askElsewhere } } })
  onTestFinished(async () => {
    await till.close()
    await practice.close()
  })
  const events: TillEvent[] = []
  till.client.subscribe('till.watchTill', {}, (event) => events.push(event))
  await till.client.command('shift.openShift', { floatFen: fen(20_000) })
  // The strip's probe brings the line up.
  await till.core.house.platform.probe({ operatorId: 'C1', operatorName: 'C1' })
  return { till, practice, events }
}
/** A supplier delivered a pack that another shop sold already. */
const deliver = (till: RealTill, code: string): void => {
  const lotId = findPack(till.db, codeOf('amoxicillin', 1))?.lot_id
  if (lotId === undefined || lotId === null) throw new Error('no lot')
  receivePack(till.db, { code, lotId, at: NINE_OCLOCK as never, staffId: 'P1' })
}
const start = (till: RealTill): Promise<Sale> => till.client.command('sale.startSale', {})
const scan = (till: RealTill, sale: Sale, raw: string, answer: 'sell-anyway' | null = null) =>
  till.client.command('sale.scanCode', { saleId: sale.saleId, raw, step: 'drug', via: 'hid', answer })
const insured = async (till: RealTill, sale: Sale): Promise<void> => {
  const who = practicePeople().find((person) => person.key === 'employee')
  if (who === undefined) throw new Error('nobody')
  await till.client.command('sale.readPerson', { saleId: sale.saleId, credential: { kind: 'e-voucher', qr: who.eVoucher } })
  await till.client.command('sale.quoteSale', { saleId: sale.saleId })
}
const alarmOf = (events: readonly TillEvent[]) => events.find((event) => event.type === 'alarm')?.alarm

describe('a pack that another shop sold', () => {
  it('is found out after its scan, before anybody pays', async () => {
    const { till, events } = await open('when-unreceived')
    const sale = await start(till)
    expect((await scan(till, sale, foreignPack(2), 'sell-anyway')).verdict.outcome).toMatch(/accept|notice/)
    await expect.poll(() => alarmOf(events), { timeout: 5_000 }).toMatchObject({ code: foreignPack(2), kind: 'sold-elsewhere', packState: 'in-sale' })
    const { blockers } = await till.client.query('sale.getSale', { saleId: sale.saleId })
    expect(blockers.map(({ code }) => code)).toContain('pack-alarmed')
    await till.client.command('sale.voidSale', { saleId: sale.saleId, reason: 'set aside' })
    expect(findPack(till.db, foreignPack(2))?.state).toBe('locked')
  })

  it('that came by delivery is refused at the settlement, remembered, and not sold after the sale was given up', async () => {
    const { till, practice } = await open('never')
    deliver(till, foreignPack(3))
    const sale = await start(till)
    await scan(till, sale, foreignPack(3))
    await insured(till, sale)
    const after = await till.client.command('sale.settleSale', { saleId: sale.saleId })
    expect(after).toMatchObject({ status: 'open', refusal: { code: 'platform.refused' } })
    expect(practice.books.settlements()).toEqual([])
    expect(await till.client.query('alarm.listAlarms', {})).toMatchObject([{ code: foreignPack(3), source: 'settlement-refused' }])
    await till.client.command('sale.voidSale', { saleId: sale.saleId, reason: 'refused' })
    const next = await start(till)
    expect((await scan(till, next, foreignPack(3))).verdict.outcome).toBe('refuse')
    // Not even a manager puts it back while the platform knows the other sale.
    const [alarm] = await till.client.query('alarm.listAlarms', {})
    await expect(
      till.manager.command('alarm.closeAlarm', { alarmId: alarm?.alarmId ?? '', outcome: 'genuine-released', note: 'looks genuine' }),
    ).rejects.toMatchObject({ code: 'alarm.still-sold-elsewhere' })
  })

  it('paid in cash is found out by its upload', async () => {
    const { till } = await open('never')
    deliver(till, foreignPack(4))
    const sale = await start(till)
    const { sale: scanned } = await scan(till, sale, foreignPack(4))
    await till.client.command('sale.takeTender', { saleId: sale.saleId, method: 'cash', givenFen: scanned.dueFen })
    await till.client.command('outbox.runNow', {})
    expect(await till.client.query('alarm.listAlarms', {})).toMatchObject([{ code: foreignPack(4), source: 'upload-refused', packState: 'sold' }])
  })
})

describe('our own sale', () => {
  it('uploaded and asked about is ours', async () => {
    const { till } = await open('never')
    const code = codeOf('coldTablets', 1)
    const sale = await start(till)
    const { sale: scanned } = await scan(till, sale, code)
    await till.client.command('sale.takeTender', { saleId: sale.saleId, method: 'cash', givenFen: scanned.dueFen })
    await till.client.command('outbox.runNow', {})
    expect(await till.client.command('alarm.askPlatform', { code })).toMatchObject({ answer: 'sold-here', alarmId: null, sales: [{ here: true }] })
    expect(await till.client.query('alarm.listAlarms', {})).toEqual([])
  })
})

describe('a 3513 that fails', () => {
  it.each([
    ['is slow', { kind: 'delay', ms: 3_000, when: 'after' }],
    ['is cut', { kind: 'lose-answer-after-booking', how: 'destroy' }],
    ['talks garbage', { kind: 'garble', how: 'html', when: 'after' }],
    ['refuses', { kind: 'refuse', text: '该交易未开通', infcode: -1 }],
  ] as const)('because it %s leaves the scan and the sale as they are, notes it, and hurries nobody', async (_how, action) => {
    const { till, events } = await open('always', { faults: { rules: [{ infno: '3513', action }] } })
    const sale = await start(till)
    const scanned = await scan(till, sale, codeOf('coldTablets', 1))
    expect(scanned.verdict.outcome).toMatch(/accept|notice/)
    const paid = await till.client.command('sale.takeTender', { saleId: sale.saleId, method: 'cash', givenFen: scanned.sale.dueFen })
    expect(paid.status).toBe('closed')
    await expect.poll(() => till.log.join('\n'), { timeout: 8_000 }).toContain('3513 not answered')
    expect(alarmOf(events)).toBeUndefined()
    expect(await till.client.query('alarm.listAlarms', {})).toEqual([])
    // One silent answer is no line that is down.
    expect(till.core.house.platform.line().state).toBe('online')
  })

  it('and a province that is gone is not even asked', async () => {
    const { till, practice } = await open('always')
    practice.setDown(60)
    await till.core.house.platform.probe({ operatorId: 'C1', operatorName: 'C1' })
    await till.core.house.platform.probe({ operatorId: 'C1', operatorName: 'C1' })
    expect(till.core.house.platform.line().state).toBe('offline')
    const asked = (): number => till.log.filter((line) => line.includes('"infno":"3513"')).length
    const sale = await start(till)
    expect((await scan(till, sale, codeOf('coldTablets', 1))).verdict.outcome).toMatch(/accept|notice/)
    expect(asked()).toBe(0)
  })
})
