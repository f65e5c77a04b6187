import { expect, test } from 'vitest'
import { barcode, codeOf, drugIdOf, lotNumberOf } from '../../support/small-shop.ts'
import { openTill } from '../../support/till.ts'

test('a scanned pack becomes a line of its drug, lot and price, with its code and nothing missing', async () => {
  const till = await openTill()
  const sale = await till.start()
  const { verdict, sale: after, lineId } = await till.scan(sale, codeOf('amoxicillin', 1))
  expect(verdict).toMatchObject({ outcome: 'accept', reason: 'pack-ok', code: codeOf('amoxicillin', 1) })
  expect(after.lines).toHaveLength(1)
  expect(after.lines[0]).toMatchObject({
    lineId,
    lotNumber: lotNumberOf('amoxicillin', 1),
    quantity: 10_000,
    amountFen: 1117,
    packsScanned: 1,
    packsNeeded: 1,
    sellUnit: 'pack',
  })
  expect(after.dueFen).toBe(1117)
  expect(after.blockers).toEqual([])
})

test('two packs of one lot are one line of two, another lot is a line of its own', async () => {
  const till = await openTill()
  const sale = await till.start()
  await till.scan(sale, codeOf('amoxicillin', 1))
  await till.scan(sale, codeOf('amoxicillin', 2))
  const { sale: after } = await till.scan(sale, codeOf('amoxicillin', 1, 2))
  expect(after.lines.map((line) => [line.lotNumber, line.quantity, line.packsScanned])).toEqual([
    [lotNumberOf('amoxicillin', 1), 20_000, 2],
    [lotNumberOf('amoxicillin', 2), 10_000, 1],
  ])
})

test('a line found by name counts codes: n of m, and the sale says what is missing', async () => {
  const till = await openTill()
  const sale = await till.start()
  const { lineId } = await till.add(sale, 'amoxicillin')
  const asked = await till.setQuantity(sale, lineId, 3)
  expect(asked.lines[0]).toMatchObject({ packsScanned: 0, packsNeeded: 3 })
  expect(asked.blockers[0]).toMatchObject({ code: 'missing-codes', lineId, detail: { missing: 3 } })
  await till.scan(sale, codeOf('amoxicillin', 1))
  const two = (await till.scan(sale, codeOf('amoxicillin', 2))).sale
  expect(two.lines).toHaveLength(1)
  expect(two.lines[0]).toMatchObject({ packsScanned: 2, packsNeeded: 3, quantity: 30_000 })
  const three = (await till.scan(sale, codeOf('amoxicillin', 3))).sale
  expect(three.blockers).toEqual([])
  expect((await till.scan(sale, codeOf('amoxicillin', 4))).verdict.reason).toBe('count-over')
  const four = (await till.scan(sale, codeOf('amoxicillin', 4), { answer: 'one-more' })).sale
  expect(four.lines[0]).toMatchObject({ packsScanned: 4, packsNeeded: 4 })
})

test('a waiting line gives a pack up to the lot that was really scanned', async () => {
  const till = await openTill()
  const sale = await till.start()
  const { lineId } = await till.add(sale, 'amoxicillin')
  await till.setQuantity(sale, lineId, 2)
  await till.scan(sale, codeOf('amoxicillin', 1))
  const { verdict, sale: after } = await till.scan(sale, codeOf('amoxicillin', 1, 2))
  expect(verdict).toMatchObject({ outcome: 'notice', reason: 'pack-ok-lot-differs' })
  expect(after.lines.map((line) => [line.lotNumber, line.quantity, line.packsScanned, line.packsNeeded])).toEqual([
    [lotNumberOf('amoxicillin', 1), 10_000, 1, 1],
    [lotNumberOf('amoxicillin', 2), 10_000, 1, 1],
  ])
})

test('a whole waiting line changes its lot; and joins the line that the lot has already', async () => {
  const till = await openTill()
  const sale = await till.start()
  await till.add(sale, 'amoxicillin')
  const moved = (await till.scan(sale, codeOf('amoxicillin', 1, 2))).sale
  expect(moved.lines.map((line) => [line.lotNumber, line.packsScanned, line.packsNeeded])).toEqual([[lotNumberOf('amoxicillin', 2), 1, 1]])
  // The first expiring lot again: a new line waits for a pack of lot 1, and a second of lot 2 comes.
  await till.add(sale, 'amoxicillin')
  const joined = (await till.scan(sale, codeOf('amoxicillin', 2, 2))).sale
  expect(joined.lines.map((line) => [line.lotNumber, line.packsScanned, line.packsNeeded])).toEqual([[lotNumberOf('amoxicillin', 2), 2, 2]])
})

test('the same pack twice, a pack in another sale and a pack sold here are told apart, and change nothing', async () => {
  const till = await openTill()
  const sold = await till.sell(codeOf('ibuprofen', 1))
  const other = await till.start()
  await till.scan(other, codeOf('amoxicillin', 2))
  const sale = await till.start()
  await till.scan(sale, codeOf('amoxicillin', 1))
  const again = await till.scan(sale, codeOf('amoxicillin', 1))
  expect(again.verdict).toMatchObject({ outcome: 'refuse', reason: 'in-this-sale', sound: 'own-repeat' })
  const elsewhere = await till.scan(sale, codeOf('amoxicillin', 2))
  expect(elsewhere.verdict).toMatchObject({ outcome: 'refuse', reason: 'in-another-sale', detail: { receiptNumber: other.receiptNumber } })
  const soldHere = await till.scan(sale, codeOf('ibuprofen', 1))
  expect(soldHere.verdict).toMatchObject({ outcome: 'refuse', reason: 'sold-here', sound: 'own-repeat', detail: { receiptNumber: sold.receiptNumber } })
  expect(soldHere.sale.lines).toHaveLength(1)
})

test('a pack that was never received is asked about; sell-anyway enters it, set-aside locks it', async () => {
  const till = await openTill()
  const sale = await till.start()
  const unknown = codeOf('amoxicillin', 77)
  const asked = await till.scan(sale, unknown)
  expect(asked.verdict).toMatchObject({ outcome: 'ask', reason: 'never-received', answers: ['sell-anyway', 'set-aside'] })
  expect(asked.sale.lines).toEqual([])
  const sold = await till.scan(sale, unknown, { answer: 'sell-anyway' })
  expect(sold.sale.lines[0]?.packs.map((pack) => pack.code)).toEqual([unknown])
  const aside = codeOf('amoxicillin', 78)
  const locked = await till.scan(sale, aside, { answer: 'set-aside' })
  expect(locked.verdict).toMatchObject({ outcome: 'notice', reason: 'set-aside' })
  expect(await till.client.query('trace.getPack', { code: aside })).toMatchObject({ state: 'locked' })
  expect((await till.scan(sale, aside)).verdict).toMatchObject({ outcome: 'refuse', reason: 'locked' })
})

test('a product barcode adds the drug when the cashier says so; a drug without codes gets its virtual code at once', async () => {
  const till = await openTill()
  const sale = await till.start()
  expect((await till.scan(sale, barcode('amoxicillin'))).verdict).toMatchObject({ outcome: 'ask', reason: 'product-barcode' })
  const added = await till.scan(sale, barcode('amoxicillin'), { answer: 'add-drug' })
  expect(added.sale.lines[0]).toMatchObject({ drugId: drugIdOf('amoxicillin'), packsScanned: 0, packsNeeded: 1 })
  await till.scan(sale, barcode('enema'), { answer: 'add-drug' })
  await expect.poll(async () => (await till.get(sale)).lines[1]).toMatchObject({ drugId: drugIdOf('enema'), packsScanned: 1, packs: [{ virtual: true }] })
})

test('payment codes, IDs and nonsense in the drug step are verdicts, leave no line and no text in the log or the audit', async () => {
  const till = await openTill()
  const sale = await till.start()
  const secrets = ['134567890123456789', '999999198001010118', '281234567890123456']
  for (const raw of [...secrets, 'nonsense-0001']) {
    const { verdict, sale: after } = await till.scan(sale, raw)
    expect(verdict.outcome).not.toBe('accept')
    expect(verdict.code).toBeNull()
    expect(after.lines).toEqual([])
  }
  const rows =
    JSON.stringify(till.db.prepare('select * from audit_log').all()) + JSON.stringify(till.db.prepare('select * from command_answer').all()) + till.log.join('')
  for (const secret of secrets) expect(rows).not.toContain(secret)
})

test('a sale that is not open takes no scan', async () => {
  const till = await openTill()
  const sale = await till.sell(codeOf('amoxicillin', 1))
  expect(await till.refusal('sale.scanCode', { saleId: sale.saleId, raw: codeOf('amoxicillin', 2), step: 'drug', via: 'hid' })).toMatchObject({
    code: 'sale.wrong-state',
    detail: { status: 'closed' },
  })
})
