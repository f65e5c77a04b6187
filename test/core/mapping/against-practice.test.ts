import { describe, expect, it, onTestFinished } from 'vitest'
import type { DrugId, MappingStatus } from '../../../electron/contract/index.ts'
import { fen } from '../../../electron/contract/index.ts'
import type { RegionProfile } from '../../../electron/core/platform/profile.ts'
import { practicePeople } from '../../../electron/practice/people.ts'
import { startPractice } from '../../../electron/practice/server.ts'
import type { PracticeOptions } from '../../../electron/practice/server.ts'
import { NINE_OCLOCK } from '../../support/database.ts'
import { copyTemplate, makeTemplate, openRealTill, testProfile } from '../../support/real-till.ts'
import { codeOf, drugIdOf } from '../../support/small-shop.ts'
import type { DrugKey } from '../../support/small-shop.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

/** The real core and client, real HTTP, the practice province; nothing uploaded before, unless a test says so. */
const open = async (mapping: Partial<RegionProfile['mapping']> = {}, rules: NonNullable<PracticeOptions['profile']>['mapping'] = {}) => {
  const now = { at: NINE_OCLOCK }
  const clock = (): number => now.at
  const practice = await startPractice({ clock, profile: { mapping: { opening: 'none', ...rules } } })
  const folder = temporaryFolder()
  copyTemplate(makeTemplate(temporaryFolder(), clock, 3), folder)
  const start = () => {
    const profile = testProfile(practice, 800)
    return openRealTill({ folder, clock, profile: { ...profile, mapping: { ...profile.mapping, ...mapping } } })
  }
  let till = start()
  onTestFinished(async () => {
    await till.close()
    await practice.close()
  })
  const drugId = (drug: DrugKey): DrugId => drugIdOf(drug)
  const show = (drug: DrugKey) => till.manager.query('mapping.showDrug', { drugId: drugId(drug) })
  const statusOf = async (drug: DrugKey): Promise<MappingStatus> => (await show(drug)).drug.status
  return {
    practice, now, folder, show, statusOf, drugId,
    till: () => till,
    /** The process dies; another one starts over the same file. */
    restart: async () => {
      till.pullPlug()
      await till.close()
      till = start()
    },
    list: (input: { readonly filter?: 'unmapped' | 'expiring' | 'in-force'; readonly text?: string } = {}) => till.manager.query('mapping.listDrugs', input),
    upload: (drug: DrugKey) => till.manager.command('mapping.uploadDrug', { drugId: drugId(drug) }),
    withdraw: (drug: DrugKey) => till.manager.command('mapping.withdrawDrug', { drugId: drugId(drug) }),
    readBack: (whole = true) => till.manager.command('mapping.readBack', { whole }),
    send: () => till.core.mappings.run(),
  }
}
const sent = (practice: Awaited<ReturnType<typeof startPractice>>, infno: string): number => practice.books.messages().filter((message) => message.infno === infno).length

describe('an upload', () => {
  it('goes from unmapped over under way to in force, once, with our item beside the national code', async () => {
    const { practice, upload, statusOf, send, show, list } = await open()
    expect(await statusOf('amoxicillin')).toBe('unmapped')
    expect((await upload('amoxicillin')).status).toBe('under-way')
    await expect(upload('amoxicillin')).rejects.toMatchObject({ code: 'mapping.in-force' })
    await send()
    expect(await statusOf('amoxicillin')).toBe('in-force')
    expect(practice.books.mappings()).toMatchObject([{ itemId: 'P0214', itemName: '阿莫西林胶囊', listType: '101', begins: '2026-11-21', ends: '2099-12-31', withdrawnAt: null }])
    await expect(upload('amoxicillin')).rejects.toMatchObject({ code: 'mapping.in-force', detail: { to: '2099-12-31' } })
    expect((await show('amoxicillin')).rows).toMatchObject([{ state: 'held', source: 'ours' }])
    expect((await list({ filter: 'in-force' })).drugs.map(({ drugId }) => drugId)).toEqual(['P0214'])
  })

  it('of everything that is ready is one command; what has no national code stays and says why', async () => {
    const { till, list, send } = await open()
    till().db.prepare(`update drug set national_code = '' where drug_id = 'P0286'`).run()
    const before = await list()
    expect(before.counts).toMatchObject({ unmapped: 9, ready: 8 })
    expect(await till().manager.command('mapping.uploadReady', {})).toEqual({ queued: 8 })
    await send()
    expect((await list()).counts).toMatchObject({ 'in-force': 8, unmapped: 1, ready: 0, 'under-way': 0 })
    const [left] = (await list({ filter: 'unmapped' })).drugs
    expect(left).toMatchObject({ drugId: 'P0286', differences: ['no-national-code'], ready: false })
    await expect(till().manager.command('mapping.uploadDrug', { drugId: 'P0286' as DrugId })).rejects.toMatchObject({ code: 'mapping.not-ready' })
  })

  it('is refused with the province’s words, and can be sent again when the fault is mended', async () => {
    const { till, upload, send, show, statusOf } = await open()
    till().db.prepare(`update drug set national_code = 'XJ01CAA040E009999999999' where drug_id = 'P0214'`).run()
    await upload('amoxicillin')
    await send()
    expect((await show('amoxicillin')).drug).toMatchObject({ status: 'refused', ready: false, refusal: { code: 'platform.refused', detail: { text: '医疗目录编码[XJ01CAA040E009999999999]在医保目录中不存在' } } })
    till().db.prepare(`update drug set national_code = 'XJ01CAA040E001020200600' where drug_id = 'P0214'`).run()
    expect(await statusOf('amoxicillin')).toBe('unmapped')
    await upload('amoxicillin')
    await send()
    expect(await statusOf('amoxicillin')).toBe('in-force')
  })

  it.each(['destroy', 'hang'] as const)('whose answer is lost (%s) is asked again, and is one mapping', async (how) => {
    const { practice, now, upload, send, statusOf, show } = await open()
    practice.setFaults({ rules: [{ infno: '3301', nth: 1, action: { kind: 'lose-answer-after-booking', how } }] })
    await upload('ibuprofen')
    await send()
    expect(await statusOf('ibuprofen')).toBe('under-way')
    now.at += 10_000
    await send()
    expect(await statusOf('ibuprofen')).toBe('in-force')
    expect(sent(practice, '3301')).toBe(2)
    expect(practice.books.mappings()).toHaveLength(1)
    expect((await show('ibuprofen')).rows).toHaveLength(1)
  })

  it('outlives a process that dies before it was sent, and one that dies before it heard the answer', async () => {
    const { practice, now, till, upload, send, restart, list } = await open()
    await upload('ibuprofen')
    await restart()
    practice.setFaults({ rules: [{ infno: '3301', nth: 1, action: { kind: 'delay', ms: 300, when: 'after' } }] })
    const sending = send()
    await expect.poll(() => practice.books.mappings().length).toBe(1)
    till().pullPlug()
    await sending.catch(() => {})
    await restart()
    now.at += 10_000
    await send()
    expect((await list()).counts).toMatchObject({ 'in-force': 1, 'under-way': 0 })
    expect(practice.books.mappings()).toHaveLength(1)
  })

  it('waits while the line is down, says so, and goes when it is back', async () => {
    const { practice, now, upload, send, list, statusOf } = await open()
    practice.setFaults({ rules: [{ infno: '*', nth: 1, action: { kind: 'down', seconds: 3600 } }] })
    await upload('amoxicillin')
    await send()
    expect((await list()).waitingFor?.code).toMatch(/^platform\./)
    expect(await statusOf('amoxicillin')).toBe('under-way')
    practice.setFaults({ rules: [] })
    practice.setDown(0)
    now.at += 10_000
    await send()
    expect(await statusOf('amoxicillin')).toBe('in-force')
    expect((await list()).waitingFor).toBeNull()
  })

  it('is a pharmacist’s', async () => {
    const { till, drugId } = await open()
    for (const name of ['mapping.uploadDrug', 'mapping.withdrawDrug'] as const) await expect(till().client.command(name, { drugId: drugId('ibuprofen') })).rejects.toMatchObject({ code: 'session.forbidden' })
    await expect(till().client.command('mapping.uploadReady', {})).rejects.toMatchObject({ code: 'session.forbidden' })
  })
})

describe('a withdrawal', () => {
  it.each(['input', 'data'] as const)('takes the mapping back, its fields under %s', async (withdrawUnder) => {
    const { practice, upload, withdraw, send, statusOf } = await open({ withdrawUnder }, { withdrawNode: withdrawUnder })
    await upload('amoxicillin')
    await send()
    expect((await withdraw('amoxicillin')).status).toBe('under-way')
    await send()
    expect(await statusOf('amoxicillin')).toBe('unmapped')
    expect(practice.books.mappings()[0]!.withdrawnAt).not.toBeNull()
    await expect(withdraw('amoxicillin')).rejects.toMatchObject({ code: 'mapping.none-in-force' })
    await upload('amoxicillin')
    await send()
    expect(await statusOf('amoxicillin')).toBe('in-force')
  })

  it('whose answer is lost is asked again: withdrawn already is withdrawn', async () => {
    const { practice, now, upload, withdraw, send, statusOf } = await open()
    await upload('amoxicillin')
    await send()
    practice.setFaults({ rules: [{ infno: '3302', nth: 1, action: { kind: 'lose-answer-after-booking', how: 'destroy' } }] })
    await withdraw('amoxicillin')
    await send()
    now.at += 10_000
    await send()
    expect(await statusOf('amoxicillin')).toBe('unmapped')
    expect(sent(practice, '3302')).toBe(2)
  })

  it('of a mapping that something was settled under is refused, and the mapping stays in force', async () => {
    const { till, upload, withdraw, send, show } = await open()
    await upload('amoxicillin')
    await send()
    const { client } = till()
    await client.command('shift.openShift', { floatFen: fen(0) })
    const { saleId } = await client.command('sale.startSale', {})
    await client.command('sale.scanCode', { saleId, raw: codeOf('amoxicillin', 1), step: 'drug', via: 'hid' })
    await client.command('sale.readPerson', { saleId, credential: { kind: 'e-voucher', qr: practicePeople()[0]!.eVoucher } })
    await client.command('sale.quoteSale', { saleId })
    await client.command('sale.settleSale', { saleId })
    await withdraw('amoxicillin')
    await send()
    const { drug } = await show('amoxicillin')
    expect(drug).toMatchObject({ status: 'in-force', refusal: { code: 'platform.refused' } })
    expect(drug.refusal?.detail['text']).toContain('已用于结算')
  })
})

describe('a difference that is only a way of writing', () => {
  it('is confirmed by a pharmacist who looked at the box, and asked again when either side changes', async () => {
    const { till, upload, send, statusOf, show, drugId, readBack } = await open()
    await upload('amoxicillin')
    await send()
    await readBack()
    till().db.prepare(`update drug set spec = '四分之一克' where drug_id = 'P0214'`).run()
    expect((await show('amoxicillin')).drug).toMatchObject({ status: 'differs', differences: ['spec'], confirmable: true })
    await expect(till().client.command('mapping.confirmSame', { drugId: drugId('amoxicillin') })).rejects.toMatchObject({ code: 'session.forbidden' })
    expect(await till().manager.command('mapping.confirmSame', { drugId: drugId('amoxicillin') })).toMatchObject({ status: 'in-force', differences: [], confirmable: false })
    await readBack()
    expect(await statusOf('amoxicillin')).toBe('in-force')
    till().db.prepare(`update drug set spec = '半克' where drug_id = 'P0214'`).run()
    expect(await statusOf('amoxicillin')).toBe('differs')
  })

  it('is not another approval number', async () => {
    const { till, readBack, show, drugId } = await open({}, { opening: 'most' })
    await readBack()
    expect((await show('amlodipine')).drug.confirmable).toBe(false)
    await expect(till().manager.command('mapping.confirmSame', { drugId: drugId('amlodipine') })).rejects.toMatchObject({ code: 'mapping.not-ready' })
  })
})

describe('what they hold, read back', () => {
  it('is page by page the truth: in force, ended, ending soon, other goods; items that are not ours are counted', async () => {
    const { readBack, list, show, practice } = await open({ pageSize: 100 }, { opening: 'most' })
    const { rows, foreign } = await readBack()
    expect(rows).toBeGreaterThan(400)
    expect(foreign).toBe(rows - 8)
    expect(sent(practice, '1317')).toBe(Math.floor(rows / 100) + 1)
    const { counts, readAt } = await list()
    expect(readAt).toBe(NINE_OCLOCK)
    expect(counts).toMatchObject({ 'in-force': 6, expired: 1, differs: 1, unmapped: 1, expiring: 1 })
    expect((await show('amoxicillin')).drug).toMatchObject({ status: 'expired', ready: true })
    expect((await show('ibuprofen')).drug).toMatchObject({ status: 'in-force', expiring: true, to: '2026-12-11' })
    const { drug, ours, theirs } = await show('amlodipine')
    expect(drug).toMatchObject({ status: 'differs', differences: ['approval-number'] })
    expect([ours.approvalNumber === theirs?.approvalNumber, theirs?.approvalNumber]).toEqual([false, '国药准字H00000000'])
  })

  it('heals an upload that was refused because it was there', async () => {
    const { upload, send, statusOf, show, readBack } = await open({}, { opening: 'most' })
    await upload('ibuprofen')
    await send()
    expect((await show('ibuprofen')).drug.refusal?.detail['text']).toContain('时间重叠')
    expect(await statusOf('ibuprofen')).toBe('refused')
    await readBack()
    expect(await statusOf('ibuprofen')).toBe('in-force')
  })

  it('tells of what was taken back elsewhere, and asks only for the newest the next time', async () => {
    const { practice, upload, send, readBack, statusOf, till, now } = await open()
    await upload('ibuprofen')
    await upload('amoxicillin')
    await send()
    await readBack()
    expect(await readBack(false)).toMatchObject({ rows: 2, changed: 0 })
    now.at += 86_400_000
    practice.setFaults({ rules: [] })
    // Withdrawn by the shop's other till.
    till().db.prepare(`update catalogue_mapping set state = 'withdrawing', due_at = 0 where drug_id = 'P0214'`).run()
    await send()
    till().db.prepare(`update catalogue_mapping set state = 'held' where drug_id = 'P0214'`).run()
    expect(await readBack(false)).toMatchObject({ changed: 1 })
    expect(await statusOf('amoxicillin')).toBe('unmapped')
    expect(await statusOf('ibuprofen')).toBe('in-force')
  })

  it('half read changes nothing', async () => {
    const { practice, readBack, list } = await open({ pageSize: 100 }, { opening: 'most' })
    practice.setFaults({ rules: [{ infno: '1317', nth: 3, action: { kind: 'close-mid-body' } }] })
    await expect(readBack()).rejects.toMatchObject({ code: expect.stringMatching(/^platform\./) })
    expect((await list()).counts).toMatchObject({ unmapped: 9, 'in-force': 0 })
    practice.setFaults({ rules: [] })
    await readBack()
    expect((await list()).counts['in-force']).toBe(6)
  })
})

describe('a sale of a drug without a mapping', () => {
  it('is not for the fund where the profile wants one, and is for cash', async () => {
    const { till, upload, send } = await open({ required: true })
    const { client } = till()
    await client.command('shift.openShift', { floatFen: fen(20_000) })
    const { saleId } = await client.command('sale.startSale', {})
    await client.command('sale.scanCode', { saleId, raw: codeOf('amoxicillin', 1), step: 'drug', via: 'hid' })
    await client.command('sale.readPerson', { saleId, credential: { kind: 'e-voucher', qr: practicePeople()[0]!.eVoucher } })
    const blockers = async () => (await client.query('sale.getSale', { saleId })).blockers
    expect(await blockers()).toMatchObject([{ code: 'not-mapped', detail: { drugName: '阿莫西林胶囊' } }, { code: 'quote-first' }])
    await upload('amoxicillin')
    expect(await blockers()).toMatchObject([{ code: 'not-mapped' }, { code: 'quote-first' }])
    await send()
    expect(await blockers()).toMatchObject([{ code: 'quote-first' }])
    await client.command('sale.setInsured', { saleId, insured: false })
    till().db.prepare(`update catalogue_mapping set state = 'withdrawn'`).run()
    expect(await blockers()).toEqual([])
  })

  it('is nobody’s concern where the profile wants none', async () => {
    const { till } = await open()
    const { client } = till()
    await client.command('shift.openShift', { floatFen: fen(20_000) })
    const { saleId } = await client.command('sale.startSale', {})
    await client.command('sale.scanCode', { saleId, raw: codeOf('amoxicillin', 1), step: 'drug', via: 'hid' })
    await client.command('sale.readPerson', { saleId, credential: { kind: 'e-voucher', qr: practicePeople()[0]!.eVoucher } })
    expect((await client.query('sale.getSale', { saleId })).blockers.map(({ code }) => code)).toEqual(['quote-first'])
  })
})
