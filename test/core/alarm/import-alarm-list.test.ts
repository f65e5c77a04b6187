import { describe, expect, it } from 'vitest'
import { isAppError } from '../../../electron/contract/index.ts'
import { importAlarmList, LARGEST_ALARM_LIST } from '../../../electron/core/alarm/import-alarm-list.ts'
import type { AlarmListReport } from '../../../electron/core/alarm/import-alarm-list.ts'
import { findPack } from '../../../electron/core/trace/pack-store.ts'
import { codeOf } from '../../support/small-shop.ts'
import type { Till } from '../../support/till.ts'
import { openTill } from '../../support/till.ts'

const HEAD = 'code,source,told at\n'
const pharmacist = { staffId: 'P1', staffName: 'P1', role: 'pharmacist' } as const
const bytes = (text: string): Uint8Array => Buffer.from(text, 'utf8')
const take = (till: Till, text: string): AlarmListReport => importAlarmList(till.core.house, pharmacist, bytes(text), 'list.csv')
const problemOf = (till: Till, content: Uint8Array): unknown => {
  try {
    importAlarmList(till.core.house, pharmacist, content, 'list.csv')
  } catch (error) {
    return isAppError(error) ? { code: error.code, ...error.detail } : error
  }
  return null
}
const foreignRows = (till: Till): number => till.db.prepare('select count(*) from foreign_sale').pluck().get() as number

describe('a list of packs sold elsewhere', () => {
  it('sets aside what is here, remembers what is not, and counts', async () => {
    const till = await openTill()
    const [mine, unseen] = [codeOf('amoxicillin', 1), codeOf('amoxicillin', 99)]
    const report = take(till, `\uFEFF${HEAD}${mine},市医保局 12 号通报,2026-11-20\n${unseen.replace(/(.{7})/, '$1-')},"通报, 附件",2026-11-20 10:30\n`)
    expect(report).toEqual({ packs: 2, new: 2, known: 0, alarms: 1, ownSales: [] })
    expect(findPack(till.db, mine)?.state).toBe('locked')
    expect(await till.client.query('alarm.listAlarms', {})).toMatchObject([{ code: mine, source: '市医保局 12 号通报' }])
    const sale = await till.start()
    expect((await till.scan(sale, unseen)).verdict).toMatchObject({ reason: 'sold-elsewhere', sound: 'foreign', detail: { source: '通报, 附件' } })
    expect(till.db.prepare(`select count(*) from audit_log where action = 'alarm.importList'`).pluck().get()).toBe(1)
  })

  it('taken twice changes nothing, and a pack named twice counts once', async () => {
    const till = await openTill()
    const line = `${codeOf('ibuprofen', 1)},list,2026-11-20\n`
    take(till, HEAD + line + line)
    expect(take(till, HEAD + line)).toEqual({ packs: 1, new: 0, known: 1, alarms: 0, ownSales: [] })
    expect(await till.client.query('alarm.listAlarms', {})).toHaveLength(1)
  })

  it('told after our own sale may mean our own sale: nothing is entered, the pack is named', async () => {
    const till = await openTill()
    const [before, after] = [codeOf('coldTablets', 1), codeOf('coldTablets', 2)]
    await till.sell(before)
    await till.sell(after)
    const report = take(till, `${HEAD}${before},list,2026-11-20\n${after},list,2026-11-21 20:00\n`)
    // Told a day before we sold it: somebody else did.
    expect(report).toEqual({ packs: 2, new: 1, known: 0, alarms: 1, ownSales: [after] })
    expect(await till.client.query('alarm.listAlarms', {})).toMatchObject([{ code: before, packState: 'sold' }])
  })

  it.each([
    ['no heading', `${codeOf('ibuprofen', 1)},list,2026-11-20\n`, 'list-heading', null],
    ['nothing at all', '', 'list-heading', null],
    ['a missing column', `${HEAD}${codeOf('ibuprofen', 1)},list\n`, 'list-columns', 2],
    ['a code that names no pack', `${HEAD}${codeOf('ibuprofen', 1)},list,2026-11-20\n6901234567892,list,2026-11-20\n`, 'list-code', 3],
    ['a filler', `${HEAD}99999999999999999999,list,2026-11-20\n`, 'list-code', 2],
    ['no source', `${HEAD}${codeOf('ibuprofen', 1)},,2026-11-20\n`, 'list-source', 2],
    ['a source without end', `${HEAD}${codeOf('ibuprofen', 1)},${'长'.repeat(81)},2026-11-20\n`, 'list-source', 2],
    ['a day that is none', `${HEAD}${codeOf('ibuprofen', 1)},list,2026-02-30\n`, 'list-told-at', 2],
    ['a time to come', `${HEAD}${codeOf('ibuprofen', 1)},list,2027-01-01\n`, 'list-told-at', 2],
    ['broken quotes', `${HEAD}"${codeOf('ibuprofen', 1)},list,2026-11-20\n`, 'list-not-csv', null],
  ])('with %s is refused as a whole', async (_what, text, problem, line) => {
    const till = await openTill()
    expect(problemOf(till, bytes(text))).toEqual({ code: 'alarm.list-invalid', problem, line })
    expect(foreignRows(till)).toBe(0)
    expect(await till.client.query('alarm.listAlarms', {})).toEqual([])
  })

  it('too large, or not UTF-8, is not even read', async () => {
    const till = await openTill()
    expect(problemOf(till, Buffer.alloc(LARGEST_ALARM_LIST + 1, 32))).toMatchObject({ problem: 'list-too-large' })
    expect(problemOf(till, Uint8Array.from([0xff, 0xfe, 0x41]))).toMatchObject({ problem: 'list-not-utf-8' })
  })

  it("is no cashier's business", async () => {
    const till = await openTill()
    expect(() => importAlarmList(till.core.house, { staffId: 'C1', staffName: 'C1', role: 'cashier' }, bytes(HEAD), 'list.csv')).toThrow(
      expect.objectContaining({ code: 'session.forbidden' }),
    )
  })
})
