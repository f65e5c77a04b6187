import { describe, expect, test } from 'vitest'
import type { Instant, Output } from '../../../electron/contract/index.ts'
import { lotsOutOfBalance } from '../../../electron/core/stock/move-stock.ts'
import { firstSeePack } from '../../../electron/core/trace/pack-ledger.ts'
import { giveKey } from '../../../electron/core/trace/pack-key.ts'
import { lost, PEOPLE } from '../../support/fake-platform.ts'
import { codeOf, drugIdOf, lotNumberOf } from '../../support/small-shop.ts'
import { openTill } from '../../support/till.ts'
import type { Till } from '../../support/till.ts'

const PACK = codeOf('amoxicillin', 1)
const life = (till: Till, code: string = PACK): Promise<Output<'trace.getLife'>> => till.client.query('trace.getLife', { code })
const seen = (till: Till, code: string = PACK): Promise<Output<'trace.getPatientView'>> => till.client.query('trace.getPatientView', { code })
const onHand = (till: Till): number => till.db.prepare(`select on_hand from lot where lot_number = ?`).pluck().get(lotNumberOf('amoxicillin', 1)) as number

describe('one pack’s life', () => {
  test('tells where it is, to whom it went, when that was settled and when the country was told', async () => {
    const till = await openTill()
    await till.sellInsured(PACK)
    await till.outbox()
    const told = await life(till)
    expect(told).toMatchObject({ pack: { code: PACK, state: 'settled', lotNumber: lotNumberOf('amoxicillin', 1) }, recalled: false, actions: [], alarms: [], soldElsewhere: null })
    expect(told.sales).toMatchObject([{ status: 'closed', insured: true, personMasked: '张*', settlementState: 'settled', upload: { state: 'uploaded', doneAt: till.clock.now }, returnUpload: { state: 'none' }, soldAt: till.clock.now }])
    expect(told.sales[0]?.settledAt).not.toBeNull()
    expect(told.links).toMatchObject([{ value: PACK.slice(0, 7), trust: 'confirmed', at: null }])
    expect(told.pack.events.map(({ kind }) => kind)).toEqual(['received', 'put-in-sale', 'settled', 'uploaded'])
    expect(JSON.stringify(told)).not.toContain(PEOPLE[0]!.name)
  })

  test('keeps every sale, the last first, with its return', async () => {
    const till = await openTill()
    const first = await till.sell(PACK)
    await till.outbox()
    till.clock.now += 60_000
    await till.giveBack(first)
    await till.outbox()
    await till.sell(PACK)
    const { sales, pack } = await life(till)
    expect(sales).toMatchObject([{ status: 'closed', upload: { state: 'waiting' } }, { receiptNumber: first.receiptNumber, status: 'returned', returnedAt: till.clock.now, upload: { state: 'uploaded' }, returnUpload: { state: 'uploaded' } }])
    expect(pack.events.map(({ kind }) => kind)).toEqual(['received', 'put-in-sale', 'sold', 'uploaded', 'returned', 'return-uploaded', 'put-in-sale', 'sold'])
  })

  test('shows the papers, the carton, the learnt link and the alarm around it', async () => {
    const till = await openTill()
    const lotId = till.db.prepare(`select lot_id from lot where lot_number = ?`).pluck().get(lotNumberOf('amoxicillin', 1))
    const key = giveKey(till.db, { code: PACK, identifier: null, serial: null })
    const carton = giveKey(till.db, { code: '89002131010214009999', identifier: null, serial: null })
    const at = till.clock.now
    till.db.prepare(`insert into delivery (delivery_id, document_number, supplier, told_at, content_hash) values ('D1', 'SH-0007', '测试医药', ?, 'x')`).run(at)
    till.db.prepare(`insert into delivery_code (delivery_id, pack_key, drug_id, lot_id, level, received_at, received_by) values ('D1', ?, ?, ?, 1, ?, 'P1')`).run(key, drugIdOf('amoxicillin'), lotId, at)
    till.db.prepare(`insert into carton (pack_key, drug_id, level, source, told_at, opened_at) values (?, ?, 3, 'D1', ?, ?)`).run(carton, drugIdOf('amoxicillin'), at, at)
    till.db.prepare(`insert into carton_content (carton_key, child_key) values (?, ?)`).run(carton, key)
    till.db.prepare(`insert into code_link (link_id, kind, value, drug_id, level, source, trust, learnt_by, first_seen_at, last_verified_at) values ('K1', 'trace-identifier', '8900999', ?, 1, 'shop', 'provisional', 'P1', ?, ?)`).run(drugIdOf('amoxicillin'), at, at)
    till.db.prepare(`insert into link_use (link_id, pack_key, at) values ('K1', ?, ?)`).run(key, at)
    till.db.prepare(`insert into alarm (alarm_id, pack_key, kind, source, told_at, status, place) values ('A1', ?, 'suspicion', 'shop', ?, 'open', '红盒')`).run(key, at)
    till.db.prepare(`insert into foreign_sale (pack_key, source, told_at) values (?, 'alarm-list', ?)`).run(key, at)
    const pharmacist = till.db.prepare(`select name from staff where staff_id = 'P1'`).pluck().get()
    expect(await life(till)).toMatchObject({
      deliveries: [{ documentNumber: 'SH-0007', supplier: '测试医药', receivedAt: at, receivedBy: pharmacist }],
      carton: { code: '89002131010214009999', level: 3, openedAt: at },
      links: [{ value: '8900999', trust: 'provisional', learntBy: pharmacist, at }],
      alarms: [{ kind: 'suspicion', status: 'open', place: '红盒' }],
      soldElsewhere: { source: 'alarm-list', toldAt: at },
    })
  })

  test('is not made up for a code this shop never saw, and the code is not said again', async () => {
    const till = await openTill()
    const error = await life(till, '134512345678901234').catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'pack.not-found', detail: {} })
    expect(String((error as Error).message)).not.toContain('1345')
  })
})

describe('put aside', () => {
  test('a pharmacist locks, only a manager releases; both say why and it stays in stock', async () => {
    const till = await openTill()
    const before = onHand(till)
    expect((await till.refusal('trace.lockPack', { code: PACK, reason: '包装破损' })).code).toBe('session.forbidden')
    const pharmacist = await till.window('P1')
    const manager = await till.window('M1')
    const locked = await pharmacist.command('trace.lockPack', { code: PACK, reason: '包装破损' })
    expect(locked).toMatchObject({ pack: { state: 'locked' }, actions: ['release', 'destroy', 'transfer'] })
    expect(locked.pack.events.at(-1)).toMatchObject({ kind: 'locked', note: '包装破损' })
    const sale = await till.start()
    expect((await till.scan(sale, PACK)).verdict.outcome).toBe('refuse')
    await expect(pharmacist.command('trace.releasePack', { code: PACK, reason: '核查无误' })).rejects.toMatchObject({ code: 'session.forbidden' })
    expect(await manager.command('trace.releasePack', { code: PACK, reason: '核查无误' })).toMatchObject({ pack: { state: 'in-stock' } })
    expect(onHand(till)).toBe(before)
    expect((await till.scan(sale, PACK)).verdict.outcome).toMatch(/accept|notice/)
  })

  test('an open alarm keeps a pack locked', async () => {
    const till = await openTill()
    const manager = await till.window('M1')
    await manager.command('trace.lockPack', { code: PACK, reason: '来源存疑' })
    const key = giveKey(till.db, { code: PACK, identifier: null, serial: null })
    till.db.prepare(`insert into alarm (alarm_id, pack_key, kind, source, told_at, status) values ('A1', ?, 'suspicion', 'shop', 1, 'reported')`).run(key)
    await expect(manager.command('trace.releasePack', { code: PACK, reason: '核查无误' })).rejects.toMatchObject({ code: 'pack.alarm-open' })
    till.db.prepare(`update alarm set status = 'closed'`).run()
    expect((await manager.command('trace.releasePack', { code: PACK, reason: '核查无误' })).pack.state).toBe('in-stock')
  })

  test('destroyed and transferred goods leave the stock with the ledger, once', async () => {
    const till = await openTill()
    const manager = await till.window('M1')
    const before = onHand(till)
    const units = (await life(till)).pack.unitsLeft
    await manager.command('trace.destroyPack', { code: PACK, reason: '过期' })
    expect(onHand(till)).toBe(before - units)
    const moved = await manager.command('trace.transferPack', { code: codeOf('amoxicillin', 2), reason: '调往其他门店', document: 'DB-0012' })
    expect(moved.pack).toMatchObject({ state: 'transferred', unitsLeft: 0 })
    expect(moved.pack.events.at(-1)).toMatchObject({ kind: 'transferred', document: 'DB-0012', note: '调往其他门店' })
    expect(onHand(till)).toBe(before - 2 * units)
    expect(lotsOutOfBalance(till.db)).toEqual([])
    await expect(manager.command('trace.destroyPack', { code: PACK, reason: '过期' })).rejects.toMatchObject({ code: 'pack.wrong-state', detail: { packState: 'destroyed' } })
    await expect(manager.command('trace.lockPack', { code: PACK, reason: '过期' })).rejects.toMatchObject({ code: 'pack.wrong-state' })
    expect(onHand(till)).toBe(before - 2 * units)
    expect((await life(till)).actions).toEqual([])
  })

  test('an opened pack takes only what is left in it out of the stock', async () => {
    const till = await openTill()
    const manager = await till.window('M1')
    const code = codeOf('chlorphenamine', 1)
    const sale = await till.start()
    const { lineId } = await till.add(sale, 'chlorphenamine', 'unit')
    await till.setQuantity(sale, lineId, 30)
    await till.scan(sale, code, { answer: 'open-pack' })
    await till.tender(sale, (await till.get(sale)).dueFen)
    const before = till.db.prepare(`select on_hand from lot where lot_number = ?`).pluck().get(lotNumberOf('chlorphenamine', 1)) as number
    expect((await life(till, code)).pack).toMatchObject({ state: 'split-open', unitsLeft: 700_000 })
    await manager.command('trace.destroyPack', { code, reason: '包装破损' })
    expect(till.db.prepare(`select on_hand from lot where lot_number = ?`).pluck().get(lotNumberOf('chlorphenamine', 1))).toBe(before - 700_000)
    expect(lotsOutOfBalance(till.db)).toEqual([])
  })

  test('a pack in a sale or sold is not put aside', async () => {
    const till = await openTill()
    const manager = await till.window('M1')
    const sale = await till.start()
    await till.scan(sale, PACK)
    for (const state of ['in-sale', 'sold']) {
      if (state === 'sold') await till.tender(sale, (await till.get(sale)).dueFen)
      await expect(manager.command('trace.destroyPack', { code: PACK, reason: '过期' })).rejects.toMatchObject({ code: 'pack.wrong-state', detail: { packState: state } })
    }
  })
})

describe('what its patient sees', () => {
  test('nothing, then one sale of theirs with how long ago it was uploaded, then nothing again once it was returned', async () => {
    const till = await openTill()
    expect(await seen(till)).toMatchObject({ answer: 'none', reason: 'none-not-sold', records: [] })
    const sale = await till.sellInsured(PACK)
    expect(await seen(till)).toMatchObject({ answer: 'none', reason: 'none-waiting', records: [{ place: 'here', toldAt: null, personMasked: '张*' }] })
    await till.outbox()
    till.clock.now += 14 * 60_000
    const view = await seen(till)
    expect(view).toMatchObject({ answer: 'one-theirs', reason: 'theirs', detail: { person: '张*', agoMs: 840_000 }, askedAt: till.clock.now })
    expect(JSON.stringify(view)).not.toContain(PEOPLE[0]!.name)
    await till.giveBack(sale)
    expect(await seen(till)).toMatchObject({ answer: 'one-theirs', reason: 'return-not-told' })
    await till.outbox()
    expect(await seen(till)).toMatchObject({ answer: 'none', reason: 'none-returned' })
  })

  test('a self-paid sale carries no name, though a person was read', async () => {
    const till = await openTill()
    await till.sell(PACK)
    await till.outbox()
    expect(await seen(till)).toMatchObject({ answer: 'one-theirs', reason: 'theirs-self-paid', records: [{ personMasked: null }] })
  })

  test('an upload that needs a person is said to be held up; an unconfirmed settlement is no sale yet', async () => {
    const till = await openTill()
    const undated = codeOf('granules', 1)
    await till.sell(undated)
    await till.outbox()
    expect(await seen(till, undated)).toMatchObject({ answer: 'none', reason: 'none-held-up' })
    till.platform.will('2102', lost())
    const sale = await till.start()
    await till.scan(sale, PACK)
    await till.person(sale)
    await till.quote(sale)
    await till.settle(sale)
    expect(await seen(till)).toMatchObject({ answer: 'none', reason: 'none-not-sold' })
  })

  test('a sale elsewhere is one not theirs, and with ours it is more than one; also for a pack that was never here', async () => {
    const till = await openTill()
    const tell = (code: string): unknown => till.db.prepare(`insert into foreign_sale (pack_key, source, told_at) values (?, 'alarm-list', ?)`).run(giveKey(till.db, { code, identifier: null, serial: null }), till.clock.now)
    const stranger = '89999990000000000001'
    await expect(seen(till, stranger)).rejects.toMatchObject({ code: 'pack.not-found' })
    tell(stranger)
    expect(await seen(till, stranger)).toMatchObject({ answer: 'one-not-theirs', reason: 'elsewhere', drugName: null })
    const front = `${PACK.slice(0, 7)}0000000000009`
    tell(front)
    expect((await seen(till, front)).drugName).toBe((await life(till)).pack.drugName)
    await till.sell(PACK)
    await till.outbox()
    tell(PACK)
    expect(await seen(till)).toMatchObject({ answer: 'several', reason: 'here-and-elsewhere', detail: { count: 2 } })
  })
})

test('a pack whose lot nobody knows has a life too', async () => {
  const till = await openTill()
  const lotId = till.db.prepare(`select lot_id from lot where lot_number = ?`).pluck().get(lotNumberOf('amoxicillin', 1))
  firstSeePack(till.db, { code: '89002131010214777777', lotId: lotId as never, staffId: 'C1', at: till.clock.now as Instant })
  till.db.prepare(`update pack set facts = facts & 15 where pack_key = ?`).run(giveKey(till.db, { code: '89002131010214777777', identifier: null, serial: null }))
  expect(await life(till, '89002131010214777777')).toMatchObject({ pack: { drugName: null, lotNumber: null }, spec: null })
  expect((await till.client.query('trace.searchPacks', { text: '', states: ['in-stock'], limit: 1 })).rows[0]).toMatchObject({ code: '89002131010214777777', drugName: null })
  expect((await till.client.query('trace.explainUpload', { code: '89002131010214777777' })).checks[1]).toMatchObject({ result: 'fail', reason: 'drug-unknown' })
})
