import { describe, expect, test } from 'vitest'
import type { Input, Instant, LotId, Output } from '../../../electron/contract/index.ts'
import { receivePack } from '../../../electron/core/trace/pack-ledger.ts'
import { giveKey } from '../../../electron/core/trace/pack-key.ts'
import { codeOf, drugIdOf, lotNumberOf } from '../../support/small-shop.ts'
import { PEOPLE } from '../../support/fake-platform.ts'
import { openTill } from '../../support/till.ts'
import type { Till } from '../../support/till.ts'

type Found = Output<'trace.searchPacks'>
const search = (till: Till, text: string, more: Partial<Input<'trace.searchPacks'>> = {}): Promise<Found> => till.client.query('trace.searchPacks', { text, ...more })
const codes = ({ rows }: Pick<Found, 'rows'>): readonly string[] => rows.map(({ code }) => code)
const allPages = async (till: Till, text: string, more: Partial<Input<'trace.searchPacks'>>): Promise<readonly string[]> => {
  const found: string[] = []
  let after: string | null = null
  let pages = 0
  do {
    const page: Found = await search(till, text, { ...more, after })
    found.push(...codes(page))
    after = page.next
    pages += 1
  } while (after !== null && pages < 100)
  expect(after).toBeNull()
  return found
}
const PACK = codeOf('amoxicillin', 1)

test('a whole code finds its pack, with where it stands and how far its upload is', async () => {
  const till = await openTill()
  const sale = await till.sell(PACK)
  const waiting = await search(till, ` ${PACK.slice(0, 4)} ${PACK.slice(4)} `)
  expect(waiting).toMatchObject({ sense: 'code', subject: PACK, next: null, rows: [{ code: PACK, state: 'sold', lotNumber: lotNumberOf('amoxicillin', 1), receiptNumber: sale.receiptNumber, changedAt: till.clock.now, upload: 'waiting' }] })
  await till.outbox()
  expect((await search(till, PACK)).rows[0]?.upload).toBe('uploaded')
  await till.giveBack(sale)
  expect((await search(till, PACK)).rows[0]).toMatchObject({ state: 'returned', receiptNumber: sale.receiptNumber, upload: 'waiting' })
})

test('the front of a code is a range of the ledger, in the order of the codes, page by page', async () => {
  const till = await openTill()
  const front = PACK.slice(0, 7)
  const all = [1, 2].flatMap((lot) => [1, 2, 3, 4, 5, 6].map((nth) => codeOf('amoxicillin', nth, lot as 1 | 2))).toSorted()
  expect(codes(await search(till, front))).toEqual(all)
  const first = await search(till, front, { limit: 5 })
  expect(first.sense).toBe('code-front')
  expect(codes(first)).toEqual(all.slice(0, 5))
  expect(await allPages(till, front, { limit: 5 })).toEqual(all)
  expect(codes(await search(till, PACK.slice(0, 19)))).toEqual(all.filter((code) => code.startsWith(PACK.slice(0, 19))))
})

test('codes that are no 20 digits are found whole, by their front and by their identifier', async () => {
  const till = await openTill()
  const lotId = till.db.prepare(`select lot_id from lot where lot_number = ?`).pluck().get(lotNumberOf('amoxicillin', 1)) as LotId
  const gs1 = ['A1', 'A2', 'B1'].map((serial) => ({ code: `010699900000001821${serial}`, identifier: '06999000000018', serial }))
  for (const pack of gs1) receivePack(till.db, { ...pack, lotId, staffId: 'P1', at: till.clock.now as Instant })
  expect(codes(await search(till, gs1[1]!.code))).toEqual([gs1[1]!.code])
  expect(codes(await search(till, '01069990000000182'))).toEqual(gs1.map(({ code }) => code))
  expect(codes(await search(till, '010699900000001821A'))).toEqual(gs1.slice(0, 2).map(({ code }) => code))
  expect(await allPages(till, '6999000000018', { limit: 1 })).toEqual(gs1.map(({ code }) => code))
  // A code somebody told of, but no pack of this shop's.
  giveKey(till.db, { code: '010699900000001821Z9', identifier: '06999000000018', serial: 'Z9' })
  expect(await allPages(till, '06999000000018', { limit: 2 })).toEqual(gs1.map(({ code }) => code))
})

test('a lot is its packs: what lies here first, then what was sold, the last sale first', async () => {
  const till = await openTill()
  await till.sell(codeOf('amoxicillin', 2))
  await till.sell(codeOf('amoxicillin', 5), codeOf('amoxicillin', 1))
  const lot = lotNumberOf('amoxicillin', 1)
  const found = await search(till, lot.toLowerCase())
  expect(found).toMatchObject({ sense: 'lot', subject: lot })
  expect(codes(found)).toEqual([3, 4, 6, 5, 1, 2].map((nth) => codeOf('amoxicillin', nth)))
  expect(await allPages(till, lot, { limit: 1 })).toEqual([3, 4, 6, 5, 1, 2].map((nth) => codeOf('amoxicillin', nth)))
  expect(codes(await search(till, lot, { states: ['sold'] }))).toEqual([5, 1, 2].map((nth) => codeOf('amoxicillin', nth)))
  expect(codes(await search(till, lot, { states: ['in-stock'] }))).toEqual([3, 4, 6].map((nth) => codeOf('amoxicillin', nth)))
})

test('a pack that was returned and sold again is shown once', async () => {
  const till = await openTill()
  const first = await till.sell(PACK)
  await till.outbox()
  await till.giveBack(first)
  await till.outbox()
  const second = await till.sell(PACK)
  const found = await search(till, lotNumberOf('amoxicillin', 1), { states: ['sold'] })
  expect(found.rows.map(({ code, receiptNumber }) => [code, receiptNumber])).toEqual([[PACK, second.receiptNumber]])
})

test('a drug is found as at the till: by letters, and all its lots are shown', async () => {
  const till = await openTill()
  const found = await search(till, 'blf', { by: 'drug', limit: 200 })
  expect(found.sense).toBe('drug')
  expect(codes(found)).toContain(codeOf('ibuprofen', 6, 2))
  await till.sell(codeOf('ibuprofen', 3, 2))
  const ibuprofen = till.db.prepare(`select generic_name from drug where drug_id = ?`).pluck().get(drugIdOf('ibuprofen')) as string
  const byName = await search(till, ibuprofen)
  expect(byName).toMatchObject({ sense: 'drug', subject: ibuprofen })
  expect(byName.rows).toHaveLength(12)
  expect(byName.rows.at(-1)).toMatchObject({ code: codeOf('ibuprofen', 3, 2), state: 'sold' })
})

test('a receipt is found by its number, by its last four digits and by its day', async () => {
  const till = await openTill()
  const sale = await till.sell(PACK, codeOf('ibuprofen', 1))
  const other = await till.sell(codeOf('ibuprofen', 2))
  for (const text of [sale.receiptNumber, sale.receiptNumber.slice(-4)]) expect(await search(till, text)).toMatchObject({ sense: 'receipt', subject: sale.receiptNumber, rows: [{ code: PACK }, { code: codeOf('ibuprofen', 1) }] })
  const day = await search(till, sale.receiptNumber.slice(0, 9), { by: 'receipt' })
  expect(codes(day)).toEqual([codeOf('ibuprofen', 2), PACK, codeOf('ibuprofen', 1)])
  expect(await allPages(till, sale.receiptNumber.slice(0, 9), { by: 'receipt', limit: 1 })).toEqual(codes(day))
  // Days later four digits still mean the last receipt of that number.
  till.clock.now += 3 * 86_400_000
  expect((await search(till, other.receiptNumber.slice(-4))).subject).toBe(other.receiptNumber)
})

test('without a text: the last sales; with states: all packs that stand so', async () => {
  const till = await openTill()
  await till.sell(codeOf('ibuprofen', 1))
  await till.sell(PACK)
  expect(codes(await search(till, ''))).toEqual([PACK, codeOf('ibuprofen', 1)])
  const stock = await allPages(till, '', { states: ['in-stock'], limit: 7 })
  expect(new Set(stock).size).toBe(stock.length)
  expect(stock).toHaveLength(till.db.prepare(`select count(*) from pack where state = 2`).pluck().get() as number)
  const pharmacist = await till.window('P1')
  await pharmacist.command('trace.lockPack', { code: codeOf('amlodipine', 2), reason: '包装破损' })
  expect(codes(await search(till, '', { states: ['locked'] }))).toEqual([codeOf('amlodipine', 2)])
  expect(await allPages(till, '', { states: ['locked', 'sold'], limit: 1 })).toEqual([codeOf('amlodipine', 2), PACK, codeOf('ibuprofen', 1)])
})

test('an ID number, a voucher or a payment code is not looked up and not shown again', async () => {
  const till = await openTill()
  await till.sellInsured(PACK)
  const id = PEOPLE[0]!.idNumber
  for (const [text, sense] of [[id, 'person-number'], [PEOPLE[0]!.eVoucher, 'nothing'], ['134512345678901234', 'nothing']] as const) {
    const found = await search(till, text)
    expect(found).toEqual({ sense, subject: '', rows: [], next: null })
    expect(JSON.stringify(found)).not.toContain(text)
  }
})

test('a cursor that no page gave out is refused, whatever it is', async () => {
  const till = await openTill()
  for (const after of ['k:', 'x:1', 'k:1;drop table pack', 'h:1', '💊'])
    await expect(search(till, lotNumberOf('amoxicillin', 1), { after })).rejects.toMatchObject({ code: 'rpc.invalid-input' })
  // Of another question: the pages of this one from wherever it falls, never a failure.
  for (const after of ['k:9223372036854775807', 'h:1:1', 's:9999999999999999999', 'r:x', 'o:z', 'l:1:1']) expect(Array.isArray((await search(till, PACK.slice(0, 7), { after })).rows)).toBe(true)
})

describe('a patient', () => {
  const find = (till: Till, text: string) => till.client.command('trace.findPatients', { text })

  test('is found by whole ID number, person number, name or masked name, and only masked', async () => {
    const till = await openTill()
    await till.sellInsured(PACK)
    const [person] = PEOPLE
    for (const text of [person!.idNumber, `${person!.idNumber.slice(0, 6)} ${person!.idNumber.slice(6, 14)} ${person!.idNumber.slice(14)}`, person!.personNumber, person!.name, '张*']) {
      const { people } = await find(till, text)
      expect(people).toMatchObject([{ nameMasked: '张*', idMasked: '999***********0118', sales: 1, lastSoldAt: till.clock.now }])
    }
    for (const text of ['张', '李*', person!.idNumber.slice(0, 12), '999999198001010126']) expect((await find(till, text)).people).toEqual([])
  })

  test('has the packs that were sold to them, the last first; asking leaves who asked and about whom, never what was typed', async () => {
    const till = await openTill()
    await till.sell(codeOf('ibuprofen', 1))
    await till.sellInsured(PACK)
    await till.sellInsured(codeOf('ibuprofen', 2))
    const [person] = PEOPLE
    const { people } = await find(till, person!.idNumber)
    const personId = people[0]?.personId ?? ''
    const found = await till.client.command('trace.listPatientPacks', { personId })
    expect(codes(found)).toEqual([codeOf('ibuprofen', 2), PACK])
    const first = await till.client.command('trace.listPatientPacks', { personId, limit: 1 })
    expect(codes(await till.client.command('trace.listPatientPacks', { personId, limit: 1, after: first.next }))).toEqual([PACK])

    const audit = till.db.prepare(`select staff_id, action, detail from audit_log where action in ('trace.findPatients', 'trace.listPatientPacks') order by seq`).all()
    expect(audit.slice(0, 2)).toEqual([
      { staff_id: 'C1', action: 'trace.findPatients', detail: '{}' },
      { staff_id: 'C1', action: 'trace.listPatientPacks', detail: JSON.stringify({ personId, }) },
    ])
    const kept = JSON.stringify([till.db.prepare(`select * from audit_log`).all(), till.db.prepare(`select * from command_answer`).all(), till.log])
    expect(kept).not.toContain(person!.idNumber)
    expect(kept).not.toContain(person!.name)
    expect(till.db.prepare(`select count(*) from command_answer where name like 'trace.%Patient%'`).pluck().get()).toBe(0)
  })
})

const LARGE = /^SCAN (pack|pack_event|sale|sale_line|sale_line_pack|line|mine|theirs|insured_person|outbox|earlier|lot|other_code|link_use|delivery_code|carton_content|alarm)\b(?!.*USING (COVERING )?INDEX (pack_lot|pack_rare))/

test('every question goes by an index: none reads all packs, lines, sales or people', async () => {
  const till = await openTill()
  const asked = new Set<string>()
  const prepare = till.db.prepare.bind(till.db)
  ;(till.db as { prepare: unknown }).prepare = (sql: string) => {
    asked.add(sql)
    return prepare(sql)
  }
  await till.sellInsured(PACK)
  for (const text of [PACK, PACK.slice(0, 7), '010699', '06999000000018', lotNumberOf('amoxicillin', 1), 'amxl', '', '0001', '20261121-']) await search(till, text)
  for (const states of [['in-stock'], ['locked'], ['sold']] as const) await search(till, '', { states: [...states] })
  for (const text of [PEOPLE[0]!.idNumber, '张三', '张*']) await till.client.command('trace.findPatients', { text })
  for (const name of ['trace.getLife', 'trace.explainUpload', 'trace.getPatientView'] as const) await till.client.query(name, { code: PACK })
  const ours = [...asked].filter((sql) => /pack|sale_line|insured_person|other_code|lot_number/.test(sql) && /^\s*select/.test(sql))
  expect(ours.length).toBeGreaterThan(25)
  const read = ours.flatMap((sql) => {
    const names = [...new Set([...sql.matchAll(/@(\w+)/g)].map(([, name = '']) => name))]
    const values = (sql.match(/\?/g) ?? []).map(() => null)
    const plan = prepare(`explain query plan ${sql}`).all(...(names.length > 0 ? [Object.fromEntries(names.map((name) => [name, null]))] : values)) as { detail: string }[]
    return plan.filter(({ detail }) => LARGE.test(detail)).map(({ detail }) => `${detail} ← ${sql.slice(0, 160)}`)
  })
  expect(read).toEqual([])
})
