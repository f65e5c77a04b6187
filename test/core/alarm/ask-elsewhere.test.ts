import { describe, expect, it } from 'vitest'
import { isAppError } from '../../../electron/contract/index.ts'
import type { TillEvent } from '../../../electron/contract/index.ts'
import { loadProfile, shippedProfileFile } from '../../../electron/core/platform/profile-file.ts'
import type { RegionProfile } from '../../../electron/core/platform/profile.ts'
import type { KnownSaleOfPack } from '../../../electron/core/platform/client.ts'
import { findPack } from '../../../electron/core/trace/pack-store.ts'
import { garbled, lost, offline, refused } from '../../support/fake-platform.ts'
import { codeOf } from '../../support/small-shop.ts'
import type { Till } from '../../support/till.ts'
import { openTill } from '../../support/till.ts'

const practice = loadProfile(shippedProfileFile('practice'))
const asking = (askElsewhere: RegionProfile['trace']['askElsewhere']): RegionProfile => ({ ...practice, trace: { ...practice.trace, askElsewhere } })
const foreign: KnownSaleOfPack = { institution: 'P99999900002', here: false, rowKey: 'S20260101000101', at: '2026-11-20 10:00:00', split: false }
const own: KnownSaleOfPack = { ...foreign, institution: 'P99999900001', here: true }
const settled = async (till: Till): Promise<void> => {
  // Everything a scan set in motion has run.
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve))
  await till.client.query('system.getStatus', {})
}
const alarmEvents = (till: Till): Extract<TillEvent, { type: 'alarm' }>[] => till.events.filter((event) => event.type === 'alarm')

describe('beside the scan', () => {
  it('a pack that the country knows as sold elsewhere is told to the till at once; the scan itself was accepted and not delayed', async () => {
    const till = await openTill({ profile: asking('always') })
    const code = codeOf('amoxicillin', 1)
    till.platform.soldBy.set(code, [foreign])
    const release = till.platform.keepWaiting('3513')
    const sale = await till.start()
    expect((await till.scan(sale, code)).verdict.outcome).toMatch(/accept|notice/)
    await settled(till)
    expect(alarmEvents(till)).toEqual([])
    release()
    await expect.poll(() => alarmEvents(till).length).toBe(1)
    expect(alarmEvents(till)[0]?.alarm).toMatchObject({ code, kind: 'sold-elsewhere', source: 'platform-3513', saleId: sale.saleId, packState: 'in-sale' })
    expect((await till.get(sale)).blockers.map((blocker) => blocker.code)).toContain('pack-alarmed')
    const alarm = await till.client.query('alarm.getAlarm', { alarmId: alarmEvents(till)[0]?.alarm.alarmId ?? '' })
    expect(alarm.said).toBe('3513 · P99999900002 · 2026-11-20 10:00:00')
  })

  it.each([
    ['never', 'received', 0],
    ['never', 'unreceived', 0],
    ['when-unreceived', 'received', 0],
    ['when-unreceived', 'unreceived', 1],
    ['always', 'received', 1],
    ['always', 'unreceived', 1],
  ] as const)('asked %s, a pack that was %s is asked about %i times', async (askElsewhere, which, times) => {
    const till = await openTill({ profile: asking(askElsewhere) })
    const sale = await till.start()
    const { verdict } = await till.scan(sale, codeOf('ibuprofen', which === 'received' ? 1 : 77), which === 'received' ? {} : { answer: 'sell-anyway' })
    expect(verdict.outcome).toMatch(/accept|notice/)
    await settled(till)
    expect(till.platform.count('3513')).toBe(times)
  })

  it("asks with the drug and the code, in the cashier's name", async () => {
    const till = await openTill({ profile: asking('always') })
    const code = codeOf('amoxicillin', 1)
    await till.scan(await till.start(), code)
    await settled(till)
    expect(till.platform.calls.find((call) => call.name === '3513')?.about).toMatchObject({ code, nationalCode: expect.stringMatching(/^X/) })
  })

  it('does not ask twice within ten minutes about a code, and not at all while the line is down', async () => {
    const till = await openTill({ profile: asking('always') })
    const code = codeOf('amoxicillin', 1)
    const scanAndGiveUp = async (): Promise<void> => {
      const sale = await till.start()
      await till.scan(sale, code)
      await settled(till)
      await till.client.command('sale.voidSale', { saleId: sale.saleId, reason: 'again' })
    }
    await scanAndGiveUp()
    await scanAndGiveUp()
    expect(till.platform.count('3513')).toBe(1)
    till.clock.now += 600_001
    till.platform.down(true)
    await scanAndGiveUp()
    expect(till.platform.count('3513')).toBe(1)
    till.platform.down(false)
    await scanAndGiveUp()
    expect(till.platform.count('3513')).toBe(2)
  })

  it.each([
    ['is lost', lost()],
    ['is garbage', garbled()],
    ['never left', offline()],
    ['is a refusal', refused('该交易未开通')],
  ])(
    'a question whose answer %s changes nothing: the sale goes on, it is noted in the log, and the platform is left alone for a while',
    async (_how, ending) => {
      const till = await openTill({ profile: asking('always') })
      till.platform.will('3513', ending, ending, ending)
      const sale = await till.start()
      expect((await till.scan(sale, codeOf('amoxicillin', 1))).verdict.outcome).toMatch(/accept|notice/)
      await settled(till)
      expect((await till.scan(sale, codeOf('amoxicillin', 2))).verdict.outcome).toMatch(/accept|notice/)
      await settled(till)
      expect(till.platform.count('3513')).toBe(1)
      expect(till.log.join('\n')).toContain('3513')
      expect(till.log.join('\n')).not.toContain(codeOf('amoxicillin', 1))
      expect(alarmEvents(till)).toEqual([])
      expect((await till.get(sale)).blockers.map((blocker) => blocker.code)).not.toContain('pack-alarmed')
      const { status } = await till.tender(sale, (await till.get(sale)).dueFen)
      expect(status).toBe('closed')
      till.clock.now += 60_001
      await till.scan(await till.start(), codeOf('amoxicillin', 3))
      await settled(till)
      expect(till.platform.count('3513')).toBe(2)
    },
  )

  it('a code too long for the question is not asked about, and the next pack is', async () => {
    const till = await openTill({ profile: asking('always') })
    till.platform.will('3513', { kind: 'not-sent', code: 'platform.invalid-request', detail: { field: 'data.drug_trac_codg' } })
    const sale = await till.start()
    await till.scan(sale, codeOf('amoxicillin', 1))
    await settled(till)
    await till.scan(sale, codeOf('amoxicillin', 2))
    await settled(till)
    expect(till.platform.count('3513')).toBe(2)
  })

  it('a platform client that throws, against its promise, changes nothing either', async () => {
    const till = await openTill({ profile: asking('always') })
    till.platform.will('3513', () => {
      throw new Error('a defect')
    })
    const sale = await till.start()
    expect((await till.scan(sale, codeOf('amoxicillin', 1))).verdict.outcome).toMatch(/accept|notice/)
    await settled(till)
    expect(till.log.join('\n')).toContain('3513 not asked')
  })

  it('a burst of scans asks a few at a time and remembers no queue without end', async () => {
    const till = await openTill({ profile: asking('always'), packsPerLot: 90 })
    const releases = [till.platform.keepWaiting('3513'), till.platform.keepWaiting('3513')]
    const sale = await till.start()
    for (let nth = 1; nth <= 90; nth += 1) await till.scan(sale, codeOf('ibuprofen', nth))
    await settled(till)
    expect(till.platform.count('3513')).toBe(2)
    for (const release of releases) release()
    await expect.poll(() => till.platform.count('3513')).toBe(52)
    await settled(till)
    expect(till.platform.count('3513')).toBe(52)
  })
})

describe('our own sale', () => {
  it('is never taken for a foreign one: by our institution, or by the row key of the line that sold this pack', async () => {
    const till = await openTill({ profile: asking('never') })
    const code = codeOf('coldTablets', 1)
    const sale = await till.sell(code)
    till.platform.soldBy.set(code, [own])
    expect(await till.client.command('alarm.askPlatform', { code })).toMatchObject({ answer: 'sold-here', sales: [{ here: true }], alarmId: null })
    // The platform keeps us under another number: the row key and the pack on its line say that it is ours.
    const rowKey = `S${sale.receiptNumber.replaceAll('-', '')}001`
    till.platform.soldBy.set(code, [{ ...foreign, institution: 'OLDNUMBER', rowKey }])
    expect(await till.client.command('alarm.askPlatform', { code })).toMatchObject({ answer: 'sold-here', alarmId: null })
    // Another shop with the same receipt number, another pack: foreign.
    const other = codeOf('coldTablets', 2)
    till.platform.soldBy.set(other, [{ ...foreign, rowKey }])
    expect(await till.client.command('alarm.askPlatform', { code: other })).toMatchObject({ answer: 'sold-elsewhere', alarmId: expect.any(String) })
    expect(findPack(till.db, other)?.state).toBe('locked')
    expect(await till.client.query('alarm.listAlarms', {})).toHaveLength(1)
  })

  it('beside a foreign one does not hide it: the alarm opens, and the pack stays sold', async () => {
    const till = await openTill({ profile: asking('never') })
    const code = codeOf('coldTablets', 1)
    await till.sell(code)
    till.platform.soldBy.set(code, [own, foreign])
    expect(await till.client.command('alarm.askPlatform', { code })).toMatchObject({ answer: 'sold-elsewhere' })
    expect(findPack(till.db, code)?.state).toBe('sold')
  })
})

describe('by hand', () => {
  it('answers what is known, and says so when nothing is', async () => {
    const till = await openTill()
    expect(await till.client.command('alarm.askPlatform', { code: codeOf('ibuprofen', 5) })).toEqual({ answer: 'not-sold', sales: [], alarmId: null })
  })

  it('says why it cannot ask', async () => {
    const till = await openTill()
    const codes = async (code: string): Promise<string> => (await till.refusal('alarm.askPlatform', { code })).code
    expect(await codes('281234567890123456')).toBe('alarm.no-pack-code')
    // A front that the map does not know: the paper's question wants the drug.
    expect(await codes('89999991234567890123')).toBe('alarm.cannot-ask')
    till.platform.will('3513', offline())
    expect(await codes(codeOf('ibuprofen', 5))).toBe('platform.offline')
  })

  it("leaves the platform's words in the alarm, and the till says nothing twice", async () => {
    const till = await openTill()
    const code = codeOf('ibuprofen', 5)
    till.platform.soldBy.set(code, [foreign])
    await till.client.command('alarm.askPlatform', { code })
    await settled(till)
    expect(alarmEvents(till)).toEqual([])
    expect((await till.client.query('alarm.listAlarms', {}))[0]).toMatchObject({ code, source: 'platform-3513' })
  })
})

it('every alarm error is one of the closed list', async () => {
  const till = await openTill()
  const error = await till.client.query('alarm.getAlarm', { alarmId: '01939b00-0000-7000-8000-00000000dead' }).then(
    () => null,
    (thrown: unknown) => thrown,
  )
  expect(isAppError(error) && error.code).toBe('alarm.not-found')
})
