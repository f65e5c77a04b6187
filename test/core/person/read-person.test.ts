import { expect, test } from 'vitest'
import { lost, offline, PEOPLE, refused } from '../../support/fake-platform.ts'
import { codeOf } from '../../support/small-shop.ts'
import { credentialOf, openTill } from '../../support/till.ts'

const MINUTE = 60_000

test('a voucher brings name and ID masked, insurance, balance, filings, entitlement and accumulators, all live', async () => {
  const till = await openTill()
  till.platform.filings = [
    { diseaseCode: 'M03900', diseaseName: '高血压', from: '2020-01-01' as never, to: null },
    { diseaseCode: 'M01600', diseaseName: '糖尿病', from: '2020-01-01' as never, to: '2026-11-20' as never },
  ]
  const sale = await till.start()
  const { person, insured } = await till.person(sale)
  expect(insured).toBe(true)
  expect(person).toMatchObject({
    nameMasked: '张*',
    gender: 'male',
    age: 46.9,
    credentialKind: 'e-voucher',
    insurances: [{ insuranceType: '310', active: true, balanceFen: 150_000, regionName: '练习统筹区' }],
    identity: { source: 'live', stale: false },
    entitlement: { state: 'entitled' },
    entitlementFreshness: { source: 'live' },
    accumulators: [{ amountFen: 12_300 }],
    accumulatorsFreshness: { source: 'live' },
    filings: [
      { diseaseCode: 'M03900', valid: true },
      { diseaseCode: 'M01600', valid: false },
    ],
  })
  expect(JSON.stringify(person)).not.toContain(PEOPLE[0]!.idNumber)
  expect(JSON.stringify(person)).not.toContain('张三')
})

test('with the line down the last answer is shown with its age, and marked when it is stale', async () => {
  const till = await openTill()
  await till.person(await till.start())
  till.clock.now += 10 * MINUTE
  till.platform.down(true)
  const sale = await till.start()
  const soon = await till.person(sale)
  expect(soon.person).toMatchObject({
    identity: { source: 'cache', fetchedAt: till.clock.now - 10 * MINUTE, stale: false },
    filingsFreshness: { source: 'cache' },
    entitlement: { state: 'entitled' },
  })
  till.clock.now += 21 * MINUTE
  expect((await till.get(sale)).person).toMatchObject({ identity: { source: 'cache', stale: true }, entitlementFreshness: { stale: true } })
  expect(await till.refusal('sale.quoteSale', { saleId: sale.saleId })).toMatchObject({ code: 'sale.blocked', detail: { blocker: 'empty' } })
  await till.scan(sale, codeOf('amoxicillin', 1))
  expect(await till.refusal('sale.quoteSale', { saleId: sale.saleId })).toMatchObject({ code: 'platform.offline' })
  till.platform.down(false)
  expect((await till.client.command('sale.refreshPerson', { saleId: sale.saleId })).person).toMatchObject({ identity: { source: 'live', stale: false } })
})

test('a person never read here cannot be read without a line; the sale stays as it was', async () => {
  const till = await openTill()
  till.platform.down(true)
  const sale = await till.start()
  expect(await till.refusal('sale.readPerson', { saleId: sale.saleId, credential: credentialOf() })).toMatchObject({
    code: 'person.not-cached',
    detail: { cause: 'platform.offline' },
  })
  expect(await till.get(sale)).toMatchObject({ person: null, insured: false })
})

test("the platform's no, no insurance and an unreadable voucher are told apart; a cached person does not hide a no", async () => {
  const till = await openTill()
  const sale = await till.start()
  await till.person(sale)
  till.platform.will('1101', refused('查无此人'))
  const read = { saleId: sale.saleId, credential: credentialOf() }
  expect(await till.refusal('sale.readPerson', read)).toMatchObject({ code: 'platform.refused', detail: { message: '查无此人' } })
  till.platform.will('1101', (usual) => ({ ...usual(), value: { ...PEOPLE[0], insurances: [] } }) as never)
  expect(await till.refusal('sale.readPerson', read)).toMatchObject({ code: 'person.not-insured' })
  expect(await till.refusal('sale.readPerson', { saleId: sale.saleId, credential: { kind: 'e-voucher', qr: '4249999999999999999999999999' } })).toMatchObject({
    code: 'credential.unreadable',
  })
})

test('facts that cannot be had now stay with their age; an unknown entitlement is unknown, not "no"', async () => {
  const till = await openTill()
  till.platform.will('2001', lost())
  till.platform.will('5206', offline())
  const sale = await till.start()
  expect((await till.person(sale)).person).toMatchObject({
    entitlement: { state: 'unknown', reason: '' },
    entitlementFreshness: { source: 'none', fetchedAt: null, stale: true },
    accumulators: [],
    accumulatorsFreshness: { source: 'none' },
  })
  await till.scan(sale, codeOf('amoxicillin', 1))
  expect((await till.quote(sale)).settlementState).toBe('quoted')
})

test('who is not entitled is told why and is not tried; another purchase is another question', async () => {
  const till = await openTill()
  const sale = await till.start()
  await till.scan(sale, codeOf('amoxicillin', 1))
  till.platform.entitled = false
  await till.person(sale)
  expect((await till.get(sale)).blockers).toMatchObject([{ code: 'not-entitled', detail: { text: '未在享受期内' } }, { code: 'quote-first' }])
  expect(await till.refusal('sale.quoteSale', { saleId: sale.saleId })).toMatchObject({ code: 'sale.blocked', detail: { blocker: 'not-entitled' } })
  till.platform.entitled = true
  expect(
    (await till.client.command('sale.setPurchaseType', { saleId: sale.saleId, kind: 'outpatient', diseaseCode: null })).blockers.map((blocker) => blocker.code),
  ).toEqual(['quote-first'])
})

test('an e-voucher in the drug step is asked about and then read; an ID in the person step too', async () => {
  const till = await openTill()
  const sale = await till.start()
  const voucher = PEOPLE[0]!.eVoucher
  const asked = await till.scan(sale, voucher)
  expect(asked.verdict).toMatchObject({ outcome: 'ask', reason: 'ecert-in-drug-step', answers: ['read-person'], code: null })
  const read = await till.scan(sale, voucher, { answer: 'read-person' })
  expect(read).toMatchObject({ verdict: { outcome: 'accept', reason: 'person-read' }, sale: { insured: true, person: { credentialKind: 'e-voucher' } } })
  const other = await till.start()
  expect((await till.scan(other, PEOPLE[0]!.idNumber, { step: 'person' })).sale).toMatchObject({
    insured: true,
    person: { credentialKind: 'id-card', nameMasked: '张*' },
  })
})

test('removing the person makes the sale self-paid again', async () => {
  const till = await openTill()
  const sale = await till.start()
  await till.scan(sale, codeOf('amoxicillin', 1))
  await till.person(sale)
  await till.client.command('sale.setPurchaseType', { saleId: sale.saleId, kind: 'outpatient', diseaseCode: null })
  expect(await till.client.command('sale.removePerson', { saleId: sale.saleId })).toMatchObject({
    insured: false,
    person: null,
    purchaseType: { kind: 'pharmacy', diseaseCode: null },
  })
  expect(await till.refusal('sale.setInsured', { saleId: sale.saleId, insured: true })).toMatchObject({ code: 'sale.insured-needs-person' })
  expect(await till.refusal('sale.chooseInsurance', { saleId: sale.saleId, index: 0 })).toMatchObject({ code: 'person.not-insured' })
  expect(await till.refusal('sale.refreshPerson', { saleId: sale.saleId })).toMatchObject({ code: 'sale.insured-needs-person' })
})

test('a reading that ends after the sale was held or paid changes nothing', async () => {
  const till = await openTill()
  const sale = await till.start()
  await till.scan(sale, codeOf('amoxicillin', 1))
  const release = till.platform.keepWaiting('1101')
  const reading = till.client.command('sale.readPerson', { saleId: sale.saleId, credential: credentialOf() }).then(
    () => null,
    (error: unknown) => error,
  )
  await expect.poll(() => till.platform.count('1101')).toBe(1)
  await till.tender(sale, 1117)
  release()
  expect(await reading).toMatchObject({ code: 'sale.wrong-state' })
  expect(await till.get(sale)).toMatchObject({ status: 'closed', person: null, insured: false })
})

test('the clear name and ID are shown on demand only, audited, and stored with no answer', async () => {
  const till = await openTill()
  const { person } = await till.person(await till.start())
  expect(await till.client.command('person.revealPerson', { personId: person!.personId })).toEqual({ name: '张三', idNumber: PEOPLE[0]!.idNumber })
  const manager = await till.window('M1')
  const { rows, intact } = await manager.query('audit.listRows', { limit: 20 })
  expect(intact).toBe(true)
  expect(rows.filter((row) => row.action === 'person.revealPerson')).toMatchObject([{ staffId: 'C1', outcome: 'ok' }])
  const kept =
    JSON.stringify(till.db.prepare('select * from command_answer').all()) + JSON.stringify(till.db.prepare('select * from audit_log').all()) + till.log.join('')
  expect(kept).not.toContain(PEOPLE[0]!.idNumber)
  expect(kept).not.toContain('张三')
})

test('a person insured twice is cancelled and uploaded in the region of the insurance that paid, though the list changed its order', async () => {
  const till = await openTill()
  const [one] = PEOPLE
  const second = { ...one!.insurances[0]!, insuranceType: '390', region: '998800' }
  till.platform.people = [{ ...one!, insurances: [one!.insurances[0]!, second] }]
  const sale = await till.start()
  await till.scan(sale, codeOf('amoxicillin', 1))
  await till.person(sale)
  await till.client.command('sale.chooseInsurance', { saleId: sale.saleId, index: 1 })
  await till.quote(sale)
  const { dueFen } = await till.settle(sale)
  await till.tender(sale, dueFen)
  till.platform.people = [{ ...one!, insurances: [second, one!.insurances[0]!] }]
  await till.person(await till.start())
  await till.outbox()
  expect(till.platform.calls.find((call) => call.name === '3505')?.about).toMatchObject({ insured: { region: '998800' } })
  await till.giveBack(sale, '退')
  expect(till.platform.calls.find((call) => call.name === '2103')?.about).toMatchObject({ region: '998800' })
})

test('a trial belongs to the insurances it was asked with: when another reading changed them it is asked again', async () => {
  const till = await openTill()
  const sale = await till.start()
  await till.scan(sale, codeOf('amoxicillin', 1))
  await till.person(sale)
  await till.quote(sale)
  const [one] = PEOPLE
  till.platform.people = [{ ...one!, insurances: [{ ...one!.insurances[0]!, insuranceType: '390' }] }]
  await till.client.command('sale.refreshPerson', { saleId: sale.saleId })
  expect(await till.refusal('sale.settleSale', { saleId: sale.saleId })).toMatchObject({ code: 'sale.quote-outdated' })
  expect((await till.quote(sale)).settlementState).toBe('quoted')
  expect((await till.settle(sale)).status).toBe('due')
})
