import { describe, expect, it } from 'vitest'
import { MAX_PHOTO_BYTES, PHOTO_PART_BYTES, isAppError } from '../../../electron/contract/index.ts'
import type { Alarm, Input } from '../../../electron/contract/index.ts'
import { raiseAlarm } from '../../../electron/core/alarm/raise-alarm.ts'
import { lotsOutOfBalance } from '../../../electron/core/stock/move-stock.ts'
import { loadProfile, shippedProfileFile } from '../../../electron/core/platform/profile-file.ts'
import { findPack, showPack } from '../../../electron/core/trace/pack-store.ts'
import { countingIds } from '../../support/counting-ids.ts'
import { offline, refused } from '../../support/fake-platform.ts'
import { codeOf } from '../../support/small-shop.ts'
import type { Till } from '../../support/till.ts'
import { openTill } from '../../support/till.ts'

const newId = countingIds()
const errorOf = async (work: Promise<unknown>): Promise<string> => {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  return isAppError(error) ? error.code : `no AppError: ${String(error)}`
}
/** A JPEG by its first bytes; the rest is noise. */
const jpeg = (bytes: number): Buffer => {
  const picture = Buffer.alloc(bytes, 7)
  picture.set([0xff, 0xd8, 0xff, 0xe0])
  return picture
}
const partsOf = (alarmId: string, picture: Buffer, photoId = newId()): Input<'alarm.addPhoto'>[] => {
  const parts = Math.ceil(picture.length / PHOTO_PART_BYTES)
  return Array.from({ length: parts }, (_, part) => ({
    alarmId,
    photoId,
    part,
    parts,
    data: picture.subarray(part * PHOTO_PART_BYTES, (part + 1) * PHOTO_PART_BYTES).toString('base64'),
  }))
}
const send = async (till: Till, parts: readonly Input<'alarm.addPhoto'>[]): Promise<boolean> => {
  let stored = false
  for (const part of parts) ({ stored } = await till.client.command('alarm.addPhoto', part))
  return stored
}
const onShelf = async (
  kind: 'sold-elsewhere' | 'suspicion' = 'sold-elsewhere',
): Promise<{ till: Till; code: string; alarmId: string; alarm: () => Promise<Alarm> }> => {
  const till = await openTill()
  const code = codeOf('amoxicillin', 1)
  const alarmId = raiseAlarm(
    till.core.house,
    { staffId: 'C1' },
    { code, kind, source: kind === 'suspicion' ? 'counter' : 'alarm-list', saleId: null, note: '' },
  )
  return { till, code, alarmId, alarm: () => till.client.query('alarm.getAlarm', { alarmId }) }
}

describe('marked', () => {
  it('keeps where it lies and what was seen, and forgets neither when marked again', async () => {
    const { till, alarmId, alarm } = await onShelf()
    await till.client.command('alarm.markPack', { alarmId, place: ' 不合格品柜 2 层 ', note: '标签有刮痕' })
    expect(await alarm()).toMatchObject({ place: '不合格品柜 2 层', note: '标签有刮痕', status: 'open' })
  })

  it('set aside by hand it is locked; a text that is no pack is refused without repeating it', async () => {
    const till = await openTill()
    const alarm = await till.client.command('alarm.raiseAlarm', { code: codeOf('ibuprofen', 2), note: 'a sticker over the code' })
    expect(alarm).toMatchObject({ kind: 'suspicion', source: 'counter', packState: 'locked', note: 'a sticker over the code', toldByName: expect.any(String) })
    const error = await till.refusal('alarm.raiseAlarm', { code: '134567890123456789', note: 'a payment code' })
    expect(error.code).toBe('alarm.no-pack-code')
    expect(JSON.stringify(error.toBody())).not.toContain('134567890123456789')
  })
})

describe('pictures', () => {
  it('come in parts that fit a message, are stored once, and are read back to the byte', async () => {
    const { till, alarmId, alarm } = await onShelf()
    const picture = jpeg(PHOTO_PART_BYTES * 2 + 17)
    const parts = partsOf(alarmId, picture)
    expect(await send(till, [parts[2], parts[0]] as never)).toBe(false)
    expect((await alarm()).photos).toEqual([])
    expect(await send(till, [parts[1]] as never)).toBe(true)
    // Asked again after a lost answer: the same picture.
    expect(await send(till, parts)).toBe(true)
    const { photos } = await alarm()
    expect(photos).toMatchObject([{ mediaType: 'image/jpeg', bytes: picture.length }])
    const photoId = photos[0]?.photoId ?? ''
    const read = []
    for (let part = 0; part < 3; part += 1) read.push(Buffer.from((await till.client.query('alarm.getPhoto', { photoId, part })).data, 'base64'))
    expect(Buffer.concat(read).equals(picture)).toBe(true)
    expect(await errorOf(till.client.query('alarm.getPhoto', { photoId, part: 3 }))).toBe('alarm.not-found')
  })

  it('that are none, too large, or one too many are refused, and nothing is kept', async () => {
    const { till, alarmId, alarm } = await onShelf()
    expect(await errorOf(send(till, partsOf(alarmId, Buffer.from('<svg onload="alert(1)"/>'))))).toBe('alarm.photo-invalid')
    expect(await errorOf(send(till, partsOf(alarmId, jpeg(MAX_PHOTO_BYTES + 1))))).toBe('alarm.photo-too-large')
    expect(
      await errorOf(
        send(
          till,
          partsOf(alarmId, jpeg(100)).map((part) => ({ ...part, part: 3 })),
        ),
      ),
    ).toBe('alarm.photo-invalid')
    expect((await alarm()).photos).toEqual([])
    for (let nth = 0; nth < 4; nth += 1) await send(till, partsOf(alarmId, jpeg(100 + nth)))
    expect(await errorOf(send(till, partsOf(alarmId, jpeg(999))))).toBe('alarm.too-many-photos')
    expect((await alarm()).photos).toHaveLength(4)
  })

  it('whose rest never comes are forgotten, and a flood of beginnings holds only the newest', async () => {
    const { till, alarmId } = await onShelf()
    const first = partsOf(alarmId, jpeg(PHOTO_PART_BYTES + 1))
    await till.client.command('alarm.addPhoto', first[0] as never)
    for (let nth = 0; nth < 20; nth += 1) await till.client.command('alarm.addPhoto', partsOf(alarmId, jpeg(PHOTO_PART_BYTES + 1))[0] as never)
    expect(await send(till, [first[1]] as never)).toBe(false)
    const late = partsOf(alarmId, jpeg(PHOTO_PART_BYTES + 1))
    await till.client.command('alarm.addPhoto', late[0] as never)
    till.clock.now += 601_000
    expect(await send(till, [late[1]] as never)).toBe(false)
    expect((await till.client.query('alarm.getAlarm', { alarmId })).photos).toEqual([])
  })

  it('never stand in the audit log', async () => {
    const { till, alarmId } = await onShelf()
    await send(till, partsOf(alarmId, jpeg(300)))
    expect(JSON.stringify(till.db.prepare('select * from audit_log').all())).not.toContain(jpeg(300).toString('base64').slice(0, 40))
  })
})

describe('reported', () => {
  it('the text is ready in both languages; that it was sent is noted by a pharmacist, not by a cashier', async () => {
    const { till, alarmId, alarm, code } = await onShelf()
    await till.client.command('alarm.markPack', { alarmId, place: '不合格品柜', note: '' })
    const report = await till.client.query('alarm.getReport', { alarmId })
    for (const text of [report.zh, report.en]) expect(text).toContain(code)
    expect(report.zh).toContain('P99999900001')
    expect((await till.refusal('alarm.reportAlarm', { alarmId, to: '药监局' })).code).toBe('session.forbidden')
    const pharmacist = await till.window('P1')
    expect(await pharmacist.command('alarm.reportAlarm', { alarmId, to: '药监局' })).toMatchObject({ status: 'reported', reportedAt: till.clock.now })
    expect((await alarm()).pack?.events.at(-1)).toMatchObject({ kind: 'alarmed', note: '→ 药监局' })
    expect(await till.client.query('alarm.listAlarms', {})).toHaveLength(1)
  })
})

describe('closed', () => {
  const closeAs = async (till: Till, alarmId: string, outcome: Input<'alarm.closeAlarm'>['outcome'], note = '公函 12 号'): Promise<Alarm> =>
    (await till.window('M1')).command('alarm.closeAlarm', { alarmId, outcome, note })

  it('by nobody but a manager', async () => {
    const { till, alarmId } = await onShelf('suspicion')
    expect((await till.refusal('alarm.closeAlarm', { alarmId, outcome: 'genuine-released', note: 'looks fine' })).code).toBe('session.forbidden')
    expect(await errorOf((await till.window('P1')).command('alarm.closeAlarm', { alarmId, outcome: 'genuine-released', note: 'looks fine' }))).toBe(
      'session.forbidden',
    )
  })

  it('a cleared suspicion goes back on sale, and can be sold', async () => {
    const { till, alarmId, code } = await onShelf('suspicion')
    expect(await closeAs(till, alarmId, 'genuine-released')).toMatchObject({
      status: 'closed',
      outcome: 'genuine-released',
      outcomeNote: '公函 12 号',
      outcomes: [],
      packState: 'in-stock',
    })
    expect(till.platform.count('3513')).toBe(0)
    await till.sell(code)
    expect(showPack(till.db, code)?.events.map(({ kind }) => kind)).toEqual([
      'received',
      'alarmed',
      'locked',
      'alarm-closed',
      'released',
      'put-in-sale',
      'sold',
    ])
  })

  it('a sale elsewhere must be proven wrong: the platform is asked, and its silence or its word against it keeps the pack locked', async () => {
    const { till, alarmId, code } = await onShelf()
    till.platform.soldBy.set(code, [{ institution: 'P99999900002', here: false, rowKey: '', at: '', split: false }])
    expect(await errorOf(closeAs(till, alarmId, 'genuine-released'))).toBe('alarm.still-sold-elsewhere')
    till.platform.will('3513', offline(), refused('未开通'))
    expect(await errorOf(closeAs(till, alarmId, 'genuine-released'))).toBe('platform.offline')
    expect(await errorOf(closeAs(till, alarmId, 'genuine-released'))).toBe('platform.refused')
    expect(findPack(till.db, code)?.state).toBe('locked')
    expect((await till.scan(await till.start(), code)).verdict.outcome).toBe('refuse')
    till.platform.soldBy.delete(code)
    await closeAs(till, alarmId, 'genuine-released')
    await till.sell(code)
  })

  it('in a province without 3513 the evidence must do', async () => {
    const practice = loadProfile(shippedProfileFile('practice'))
    const till = await openTill({ profile: { ...practice, trace: { ...practice.trace, askElsewhere: 'never' } } })
    const code = codeOf('amoxicillin', 1)
    const alarmId = raiseAlarm(till.core.house, null, { code, kind: 'sold-elsewhere', source: 'alarm-list', saleId: null, note: '' })
    till.platform.will('3513', offline(), refused('该交易未开通'))
    expect(await errorOf(closeAs(till, alarmId, 'genuine-released'))).toBe('platform.offline')
    expect(await closeAs(till, alarmId, 'genuine-released')).toMatchObject({ packState: 'in-stock' })
  })

  it.each([
    ['destroyed', 'destroyed'],
    ['returned-to-supplier', 'transferred'],
    ['handed-to-authority', 'transferred'],
  ] as const)('%s takes it off the stock for ever, without asking the platform', async (outcome, state) => {
    const { till, alarmId, code } = await onShelf()
    const lotId = findPack(till.db, code)?.lot_id
    const onHand = (): number => till.db.prepare('select on_hand from lot where lot_id = ?').pluck().get(lotId) as number
    const before = onHand()
    expect(await closeAs(till, alarmId, outcome)).toMatchObject({ packState: state })
    expect(before - onHand()).toBe(240_000)
    expect(lotsOutOfBalance(till.db)).toEqual([])
    expect(till.platform.count('3513')).toBe(0)
    expect((await till.scan(await till.start(), code)).verdict.outcome).not.toMatch(/accept|notice/)
    expect(await errorOf(closeAs(till, alarmId, outcome))).toBe('alarm.closed')
  })

  it('a pack that lies in an open sale, or was sold, is not said to be destroyed', async () => {
    const till = await openTill()
    const code = codeOf('coldTablets', 1)
    const sale = await till.start()
    await till.scan(sale, code)
    const alarmId = raiseAlarm(till.core.house, null, { code, kind: 'sold-elsewhere', source: 'alarm-list', saleId: null, note: '' })
    expect(await errorOf(closeAs(till, alarmId, 'destroyed'))).toBe('alarm.outcome-impossible')
    const other = codeOf('coldTablets', 2)
    const sold = await till.sell(other)
    const gone = raiseAlarm(till.core.house, null, { code: other, kind: 'sold-elsewhere', source: 'upload-refused', saleId: sold.saleId, note: '' })
    expect(await errorOf(closeAs(till, gone, 'handed-to-authority'))).toBe('alarm.outcome-impossible')
    expect(await closeAs(till, gone, 'left-the-shop')).toMatchObject({ status: 'closed', packState: 'sold' })
  })

  it('closed alarms are shown when asked for, and stay out of the strip; the next word about the pack opens a new one', async () => {
    const { till, alarmId, code } = await onShelf('suspicion')
    await closeAs(till, alarmId, 'genuine-released')
    expect(await till.client.query('alarm.listAlarms', {})).toEqual([])
    expect(await till.client.query('alarm.listAlarms', { closed: true })).toMatchObject([{ alarmId, status: 'closed' }])
    expect((await till.client.query('system.getStatus', {})).openAlarms).toBe(0)
    expect(raiseAlarm(till.core.house, null, { code, kind: 'suspicion', source: 'counter', saleId: null, note: '' })).not.toBe(alarmId)
    expect(findPack(till.db, code)?.state).toBe('locked')
  })

  it('is not changed any more', async () => {
    const { till, alarmId } = await onShelf('suspicion')
    await closeAs(till, alarmId, 'genuine-released')
    expect((await till.refusal('alarm.markPack', { alarmId, place: 'x', note: '' })).code).toBe('alarm.closed')
    expect(await errorOf(send(till, partsOf(alarmId, jpeg(100))))).toBe('alarm.closed')
    expect((await till.refusal('alarm.markPack', { alarmId: newId(), place: 'x', note: '' })).code).toBe('alarm.not-found')
  })
})
