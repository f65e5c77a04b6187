import { describe, expect, it, onTestFinished } from 'vitest'
import type { LineId, Sale } from '../../../electron/contract/index.ts'
import { fen, isAppError, quantity } from '../../../electron/contract/index.ts'
import type { RegionProfile } from '../../../electron/core/platform/profile.ts'
import { practicePeople } from '../../../electron/practice/people.ts'
import { startPractice } from '../../../electron/practice/server.ts'
import type { PracticeOptions } from '../../../electron/practice/server.ts'
import { NINE_OCLOCK } from '../../support/database.ts'
import { copyTemplate, makeTemplate, openRealTill, testProfile } from '../../support/real-till.ts'
import { codeOf } from '../../support/small-shop.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

type Audit = RegionProfile['audit']

/** The real core and client, real HTTP, the practice province. Two packs of a drug are a finding here; nothing else in the small shop is. */
const open = async (audit: Partial<Audit> = {}, options: PracticeOptions = {}) => {
  const now = { at: NINE_OCLOCK }
  const clock = (): number => now.at
  const practice = await startPractice({ clock, ...options, profile: { claims: { maxPacks: 1 }, ...options.profile } })
  const folder = temporaryFolder()
  copyTemplate(makeTemplate(temporaryFolder(), clock, 6), folder)
  const profile = testProfile(practice, 900)
  const till = openRealTill({ folder, clock, profile: { ...profile, audit: { ...profile.audit, ...audit } } })
  onTestFinished(async () => {
    await till.close()
    await practice.close()
  })
  await till.client.command('shift.openShift', { floatFen: fen(20_000) })
  const { client, manager, core } = till
  const get = (sale: Sale): Promise<Sale> => client.query('sale.getSale', { saleId: sale.saleId })
  let serial = 0
  const scan = (sale: Sale, drug: Parameters<typeof codeOf>[0] = 'amoxicillin') => {
    serial += 1
    return client.command('sale.scanCode', { saleId: sale.saleId, raw: codeOf(drug, serial), step: 'drug', via: 'hid' })
  }
  /** An insured basket of so many packs, tried. */
  const tried = async (packs: number): Promise<Sale> => {
    const sale = await client.command('sale.startSale', {})
    for (let nth = 0; nth < packs; nth += 1) await scan(sale)
    await client.command('sale.readPerson', { saleId: sale.saleId, credential: { kind: 'e-voucher', qr: practicePeople()[0]!.eVoucher } })
    return quote(sale)
  }
  /** The trial, and 3101 that runs beside it. */
  const quote = async (sale: Sale): Promise<Sale> => {
    await client.command('sale.quoteSale', { saleId: sale.saleId })
    await expect.poll(async () => (await get(sale)).claimCheck.state).not.toBe('asking')
    return get(sale)
  }
  const settle = (sale: Sale): Promise<Sale> => client.command('sale.settleSale', { saleId: sale.saleId })
  const blockedBy = async (sale: Sale): Promise<unknown> => {
    const error = await settle(sale).catch((thrown: unknown) => thrown)
    return isAppError(error) ? (error.detail['blocker'] ?? error.code) : error
  }
  const keyOf = (sale: Sale): string => sale.claimCheck.violations[0]!.key
  const keep = (sale: Sale, reason = '慢性病，药师核对过用量') => manager.command('claim.keepLines', { saleId: sale.saleId, key: keyOf(sale), reason })
  const tell = () => client.command('outbox.runNow', {})
  return { till, practice, now, client, manager, core, get, scan, tried, quote, settle, blockedBy, keyOf, keep, tell }
}
const infnosOf = (practice: Awaited<ReturnType<typeof startPractice>>): readonly string[] => practice.books.messages().map((message) => message.infno).filter((infno) => /^(31|2101|2102)/.test(infno))

describe('an insured sale in which the rules find nothing', () => {
  it('is asked about once before the trial and once before it is settled, and settles', async () => {
    const { practice, tried, settle } = await open()
    const sale = await tried(1)
    expect(sale.claimCheck).toMatchObject({ state: 'clear', error: null, violations: [] })
    const settled = await settle(sale)
    expect(settled.status).toMatch(/due|closed/)
    expect(infnosOf(practice).toSorted()).toEqual(['2101', '2102', '3101', '3102'])
    expect(practice.books.claimResults()).toEqual([])
  })

  it('is not asked about where the profile does not want it, nor when it is self-paid', async () => {
    const off = await open({ beforeTrial: false, beforeSettle: false })
    const sale = await off.tried(2)
    expect(sale.claimCheck.state).toBe('off')
    await off.settle(sale)
    expect(infnosOf(off.practice)).toEqual(['2101', '2102'])

    const { client, scan, practice } = await open()
    const cash = await client.command('sale.startSale', {})
    await scan(cash)
    await scan(cash)
    expect((await client.command('sale.takeTender', { saleId: cash.saleId, method: 'cash', givenFen: fen(100_000) })).status).toBe('closed')
    expect(infnosOf(practice)).toEqual([])
  })
})

describe('a finding that wants a pharmacist', () => {
  it('is shown with the rule’s own words and its line, does not stop the trial and stops the settlement', async () => {
    const { tried, blockedBy, practice } = await open()
    const sale = await tried(2)
    expect(sale.quote).not.toBeNull()
    expect(sale.claimCheck).toMatchObject({
      state: 'violations',
      violations: [{ ruleName: '超量购药', severity: 'highly-suspect', demand: 'decide', open: true, decision: null, stages: ['before-trial'], lines: [{ lineId: sale.lines[0]!.lineId, role: 'violating' }], amountFen: sale.totalFen }],
    })
    expect(sale.claimCheck.violations[0]!.text).toContain('超过单次购药上限1')
    expect(sale.blockers.map(({ code }) => code)).toEqual(['claim-undecided'])
    expect(await blockedBy(sale)).toBe('claim-undecided')
    expect(practice.books.settlements()).toEqual([])
  })

  it('is kept by a pharmacist with a reason, and the province is told about every number under which it found it', async () => {
    const { till, tried, keep, settle, tell, get, client, practice, keyOf } = await open()
    const sale = await tried(2)
    await expect(client.command('claim.keepLines', { saleId: sale.saleId, key: keyOf(sale), reason: '不是药师' })).rejects.toMatchObject({ code: 'session.forbidden' })
    const kept = await keep(sale)
    expect(kept.claimCheck.violations[0]).toMatchObject({ open: false, decision: { action: 'keep', reason: '慢性病，药师核对过用量', staffName: 'M1', feedback: 'waiting' } })
    expect(kept.quote).not.toBeNull()
    const settled = await settle(kept)
    expect(settled.status).toMatch(/due|closed/)
    expect(settled.claimCheck.violations[0]).toMatchObject({ stages: ['before-trial', 'before-settle'], open: false })
    await tell()
    expect((await get(sale)).claimCheck.violations[0]!.decision).toMatchObject({ feedback: 'told' })
    const results = practice.books.claimResults()
    expect(results.map(({ infno, answers }) => [infno, answers.map(({ way, reason }) => [way, reason])])).toEqual([
      ['3101', [['1', '慢性病，药师核对过用量']]],
      ['3102', [['1', '慢性病，药师核对过用量']]],
    ])
    expect(till.db.prepare(`select action, staff_id as by, outcome from audit_log where action like 'claim.%' order by seq`).all()).toEqual([{ action: 'claim.keepLines', by: 'M1', outcome: 'ok' }])
  })

  it('is ended by taking the line out: its packs go back, the province is told', async () => {
    const { till, tried, client, keyOf, tell, practice, get } = await open()
    const sale = await tried(2)
    const lineId = sale.lines[0]!.lineId
    const after = await client.command('claim.takeOut', { saleId: sale.saleId, key: keyOf(sale), lineId })
    expect(after).toMatchObject({ lines: [], claimCheck: { state: 'off' } })
    expect(till.db.prepare(`select state from pack_shown where code in (?, ?)`).pluck().all(codeOf('amoxicillin', 1), codeOf('amoxicillin', 2))).toEqual(['in-stock', 'in-stock'])
    await expect(client.command('claim.takeOut', { saleId: sale.saleId, key: keyOf(sale), lineId })).rejects.toMatchObject({ code: 'claim.not-found' })
    await tell()
    expect(practice.books.claimResults()[0]!.answers).toMatchObject([{ way: '2', reason: '超量购药' }])
    expect((await get(sale)).status).toBe('open')
  })

  it('waits for the prescriber, and is kept with the answer', async () => {
    const { tried, client, keyOf, keep, blockedBy, settle, tell, practice } = await open()
    const sale = await tried(2)
    const asked = await client.command('claim.askPrescriber', { saleId: sale.saleId, key: keyOf(sale), note: '已电话联系' })
    expect(asked.blockers.map(({ code }) => code)).toEqual(['claim-prescriber'])
    expect(await blockedBy(sale)).toBe('claim-prescriber')
    expect((await settle(await keep(asked, '医师确认用量'))).status).toMatch(/due|closed/)
    await tell()
    const [first] = practice.books.claimResults()
    expect(first!.answers.map(({ way }) => way).toSorted()).toEqual(['1', '2'])
  })

  it('is found by 3102 where 3101 was not asked, and only once for a basket', async () => {
    const { tried, blockedBy, get, keep, settle, practice } = await open({ beforeTrial: false })
    const sale = await tried(2)
    expect(sale.claimCheck.state).toBe('off')
    expect(await blockedBy(sale)).toBe('claim-undecided')
    const found = await get(sale)
    expect(found.claimCheck.violations).toMatchObject([{ stages: ['before-settle'], open: true }])
    expect(await blockedBy(sale)).toBe('claim-undecided')
    expect((await settle(await keep(found))).status).toMatch(/due|closed/)
    expect(infnosOf(practice)).toEqual(['2101', '3102', '2102'])
  })
})

describe('a finding that the profile lets nobody keep', () => {
  it('ends only with another basket, or a self-paid sale', async () => {
    const { tried, keep, blockedBy, client, keyOf } = await open({ severities: { definite: 'stop', 'highly-suspect': 'stop', 'slightly-suspect': 'show' } })
    const sale = await tried(2)
    expect(sale.blockers.map(({ code }) => code)).toEqual(['claim-stopped'])
    await expect(keep(sale)).rejects.toMatchObject({ code: 'claim.stops', detail: { rule: '超量购药' } })
    expect(await blockedBy(sale)).toBe('claim-stopped')
    await client.command('claim.askPrescriber', { saleId: sale.saleId, key: keyOf(sale) })
    expect(await blockedBy(sale)).toBe('claim-prescriber')
    const cash = await client.command('sale.setInsured', { saleId: sale.saleId, insured: false })
    expect(cash).toMatchObject({ blockers: [], claimCheck: { state: 'off' } })
  })

  it('and one that is only shown stops nothing', async () => {
    const { tried, settle } = await open({ severities: { definite: 'stop', 'highly-suspect': 'show', 'slightly-suspect': 'show' } })
    const sale = await tried(2)
    expect(sale.claimCheck).toMatchObject({ state: 'violations', violations: [{ demand: 'show', open: false }] })
    expect((await settle(sale)).status).toMatch(/due|closed/)
  })
})

describe('a basket that changes', () => {
  it('is asked about anew; a decision holds as long as what it is about does', async () => {
    const { tried, keep, scan, quote, client, get, tell, practice } = await open()
    const sale = await keep(await tried(2))
    await scan(sale, 'ibuprofen')
    expect((await get(sale)).claimCheck.state).toBe('off')
    const more = await quote(sale)
    expect(more.claimCheck).toMatchObject({ state: 'violations', violations: [{ open: false, decision: { action: 'keep' } }] })
    await client.command('sale.setQuantity', { saleId: sale.saleId, lineId: sale.lines[0]!.lineId as LineId, quantity: quantity(30_000) })
    const three = await quote(sale)
    expect(three.claimCheck).toMatchObject({ state: 'violations', violations: [{ open: true, decision: null }] })
    await tell()
    // The finding that came again under a new number is answered too, the new one is not.
    expect(practice.books.claimResults().map(({ answers }) => answers.length)).toEqual([1, 1, 0])
  })

  it('of another person is another finding', async () => {
    const { tried, keep, client, quote } = await open()
    const sale = await keep(await tried(2))
    await client.command('sale.readPerson', { saleId: sale.saleId, credential: { kind: 'e-voucher', qr: practicePeople()[1]!.eVoucher } })
    expect((await quote(sale)).claimCheck.violations).toMatchObject([{ open: true, decision: null }])
  })
})

describe('a check that cannot be had', () => {
  it.each([
    ['hangs', { kind: 'lose-before-booking', how: 'hang' }],
    ['breaks off', { kind: 'lose-before-booking', how: 'destroy' }],
    ['is answered by half', { kind: 'close-mid-body' }],
    ['is answered by something else', { kind: 'garble', how: 'html' }],
    ['is refused', { kind: 'refuse', text: '规则引擎未就绪' }],
  ] as const)('because it %s is noted and shown, and the sale settles', async (_what, action) => {
    const { practice, tried, settle, till } = await open({ timeLimitMs: 300 })
    practice.setFaults({ rules: [{ infno: '3101', every: 1, action }, { infno: '3102', every: 1, action }] } as never)
    const sale = await tried(2)
    expect(sale.claimCheck).toMatchObject({ state: 'unavailable', violations: [] })
    expect(sale.claimCheck.error?.code).toMatch(/^platform\./)
    expect(sale.blockers).toEqual([])
    const settled = await settle(sale)
    expect(settled.status).toMatch(/due|closed/)
    expect(till.db.prepare(`select stage, outcome from claim_check order by check_id`).all()).toEqual([
      { stage: 'before-trial', outcome: 'unavailable' },
      { stage: 'before-settle', outcome: 'unavailable' },
    ])
  })

  it('is not waited for again by the next customers, until it has rested or a person asks', async () => {
    const { practice, tried, settle, now, client } = await open({ timeLimitMs: 200, beforeTrial: false })
    practice.setFaults({ rules: [{ infno: '3102', every: 1, action: { kind: 'lose-before-booking', how: 'hang' } }] })
    await settle(await tried(1))
    const asked = (): number => infnosOf(practice).filter((infno) => infno === '3102').length
    practice.setFaults({ rules: [] })
    const second = await tried(1)
    expect((await settle(second)).claimCheck).toMatchObject({ state: 'unavailable', error: { detail: { reason: 'resting' } } })
    expect(asked()).toBe(0)
    const third = await tried(1)
    expect((await client.command('claim.askAgain', { saleId: third.saleId })).claimCheck.state).toBe('clear')
    expect(asked()).toBe(1)
    now.at += 61_000
    await settle(await tried(1))
    expect(asked()).toBe(2)
  })

  it('says infcode 0 and a failure in words: that is no answer either', async () => {
    const { tried, settle } = await open({}, { profile: { claims: { answers: 'error-text' } } })
    const sale = await tried(2)
    expect(sale.claimCheck).toMatchObject({ state: 'unavailable', error: { code: 'platform.refused', detail: { text: '规则引擎调用失败,请稍后再试' } } })
    expect((await settle(sale)).status).toMatch(/due|closed/)
  })

  it('stops the sale where the profile says so, and lets it go once it was had', async () => {
    const { practice, tried, blockedBy, settle, client, get } = await open({ timeLimitMs: 300, whenUnavailable: 'stop' })
    practice.setFaults({ rules: [{ infno: '3102', every: 1, action: { kind: 'lose-before-booking', how: 'destroy' } }] })
    const sale = await tried(1)
    expect(await blockedBy(sale)).toBe('claim-unchecked')
    practice.setFaults({ rules: [] })
    expect((await get(sale)).blockers.map(({ code }) => code)).toEqual(['claim-unchecked'])
    expect((await client.command('claim.askAgain', { saleId: sale.saleId })).blockers).toEqual([])
    expect((await settle(sale)).status).toMatch(/due|closed/)
  })

  it('reads one finding as an object where a province writes no list', async () => {
    const { tried } = await open({}, { profile: { claims: { maxPacks: 1, result: 'one-as-object' } } })
    expect((await tried(2)).claimCheck.violations).toHaveLength(1)
  })
})

describe('what was decided', () => {
  it('is parked with the platform’s words when it is refused, and told when a person sends it again', async () => {
    const { practice, tried, keep, tell, client, get } = await open({}, { profile: { claims: { maxPacks: 1, feedback: 'refuse' } } })
    const sale = await keep(await tried(2))
    await tell()
    expect((await get(sale)).claimCheck.violations[0]!.decision).toMatchObject({ feedback: 'parked' })
    const [job] = await client.query('outbox.listItems', { statuses: ['parked'] })
    expect(job).toMatchObject({ kind: 'claim-feedback', repair: 'retry', error: { code: 'platform.refused', detail: { text: '就诊凭证编号不能为空' } } })
    expect(practice.books.claimResults()[0]!.answers).toEqual([])
    await client.command('outbox.retryItem', { outboxId: job!.outboxId })
    await tell()
    expect((await client.query('outbox.listItems', { statuses: ['parked'] })).length).toBe(1)
  })

  it('is told again when its answer is lost, and once when a province takes it once', async () => {
    const { practice, tried, keep, tell, get, now } = await open({}, { profile: { claims: { maxPacks: 1, repeatedFeedback: 'refuse' } } })
    const sale = await keep(await tried(2))
    practice.setFaults({ rules: [{ infno: '3103', nth: 1, action: { kind: 'lose-answer-after-booking', how: 'destroy' } }] })
    await tell()
    expect((await get(sale)).claimCheck.violations[0]!.decision).toMatchObject({ feedback: 'waiting' })
    now.at += 10_000
    await tell()
    expect((await get(sale)).claimCheck.violations[0]!.decision).toMatchObject({ feedback: 'told' })
    expect(practice.books.claimResults()[0]!.answers).toHaveLength(1)
  })

  it('twice by one command is decided once; by two commands the newest counts and both are told', async () => {
    const { till, tried, manager, keyOf, tell, practice } = await open()
    const sale = await tried(2)
    const input = { saleId: sale.saleId, key: keyOf(sale), reason: '第一次' }
    const commandId = '0198f2c0-0000-7000-8000-000000000001'
    await manager.command('claim.keepLines', input, { commandId })
    await manager.command('claim.keepLines', input, { commandId })
    expect(till.db.prepare(`select count(*) from claim_decision`).pluck().get()).toBe(1)
    const again = await manager.command('claim.keepLines', { ...input, reason: '第二次' })
    expect(again.claimCheck.violations[0]!.decision).toMatchObject({ reason: '第二次' })
    await tell()
    expect(practice.books.claimResults()[0]!.answers.map(({ reason }) => reason).toSorted()).toEqual(['第一次', '第二次'])
  })

  it('is not told where the profile does not want it', async () => {
    const { tried, keep, client } = await open({ feedback: false })
    const sale = await keep(await tried(2))
    expect(sale.claimCheck.violations[0]!.decision).toMatchObject({ feedback: 'not-wanted' })
    expect(await client.query('outbox.listItems', {})).toEqual([])
  })

  it('leaves the person out of every log', async () => {
    const { till, tried, keep, settle, tell } = await open()
    await settle(await keep(await tried(2)))
    await tell()
    const who = practicePeople()[0]!
    const log = till.log.join('\n')
    expect(log).toContain('3103')
    for (const secret of [who.name, who.idNumber, who.psnNo, '1980-01-01']) expect(log).not.toContain(secret)
  })
})
