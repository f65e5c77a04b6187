import { pino } from 'pino'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { BusinessDate, Instant } from '../../../electron/contract/index.ts'
import { unitPrice, wholeUnits } from '../../../electron/contract/index.ts'
import type { Operator, Outcome, UploadRow } from '../../../electron/core/platform/client.ts'
import { createPlatformClient } from '../../../electron/core/platform/create-client.ts'
import { withEndpoint } from '../../../electron/core/platform/profile-file.ts'
import { createSoldElsewhereReader } from '../../../electron/core/platform/sold-elsewhere-refusal.ts'
import { startPractice } from '../../../electron/practice/server.ts'
import type { PracticeOptions } from '../../../electron/practice/server.ts'
import { NINE_OCLOCK, emptyDatabase } from '../../support/database.ts'
import { ok, openTill, practiceProfile, refuse, startDouble } from './platform-double.ts'

const operator: Operator = { operatorId: 'C01', operatorName: '练习员' }
const FAMOTIDINE = 'XA02BAF006A001010100269'
/** The practice province knows serials 9999999000001 to …009 as sold by another shop. */
const elsewhere = (nth: number): string => `8900000999999900000${nth}`
const pack = (code: string) => ({ nationalCode: FAMOTIDINE, code })

const meet = async (options: PracticeOptions = {}) => {
  const practice = await startPractice({ clock: () => NINE_OCLOCK, ...options })
  const profile = {
    ...withEndpoint(practiceProfile(), { url: practice.url, localServiceUrl: practice.localServiceUrl }),
    timeouts: { connectMs: 300, defaultMs: 600, perTransaction: {} },
  }
  const client = createPlatformClient({
    profile,
    db: emptyDatabase(() => NINE_OCLOCK),
    clock: () => NINE_OCLOCK,
    log: pino({ level: 'silent' }),
    secrets: {},
    environment: {},
    device: { mac: '02:00:00:00:00:01', ip: '127.0.0.1' },
  })
  onTestFinished(async () => {
    await client.close()
    await practice.close()
  })
  return { practice, client }
}
const rowOf = (codes: readonly string[]): UploadRow => ({
  rowKey: 'S20261121000101',
  nationalCode: FAMOTIDINE,
  drugId: 'D0',
  drugName: '法莫替丁片',
  prescriptionOnly: false,
  split: false,
  quantity: wholeUnits(codes.length),
  unitPrice: unitPrice(6_500_000),
  lotNumber: 'A2401',
  manufacturedOn: '2026-01-05' as BusinessDate,
  expiresOn: '2028-01-04' as BusinessDate,
  barcode: null,
  receiptNumber: '20261121-0001',
  soldAt: NINE_OCLOCK as Instant,
  sellerName: '练习员',
  pharmacistName: '练习药师',
  pharmacistLicence: 'PRACTICE0001',
  traceCodes: codes,
  insured: null,
  ownVisitId: 'OWN1',
})
const upload = async ({ client }: Awaited<ReturnType<typeof meet>>, codes: readonly string[]): Promise<Outcome<unknown>> => {
  const prepared = await client.prepareUpload(operator, rowOf(codes), 'sale')
  if (prepared.kind !== 'prepared') throw new Error(JSON.stringify(prepared))
  return client.sendUpload(prepared.message)
}

describe('the practice province, asked about one pack (3513)', () => {
  it('names the institution that sold it and when, and not us', async () => {
    const { client } = await meet()
    expect(await client.soldElsewhere(operator, pack(elsewhere(2)))).toMatchObject({
      kind: 'answered',
      value: [{ institution: 'P99999900002', here: false, at: '2024-01-15 08:00:00', split: false }],
    })
  })

  it('knows nothing of a pack nobody sold', async () => {
    const { client } = await meet()
    expect(await client.soldElsewhere(operator, pack('89000001234567890123'))).toMatchObject({ kind: 'answered', value: [] })
  })

  it('tells our own sale as ours, under our own row key', async () => {
    const meeting = await meet()
    const code = '89000001234567890123'
    expect(await upload(meeting, [code])).toMatchObject({ kind: 'answered' })
    expect(await meeting.client.soldElsewhere(operator, pack(code))).toMatchObject({
      kind: 'answered',
      value: [{ institution: 'P99999900001', here: true, rowKey: 'S20261121000101' }],
    })
  })

  it('tells of nobody else where it keeps to our own uploads', async () => {
    const { client } = await meet({ profile: { traceQuery: 'own-uploads' } })
    expect(await client.soldElsewhere(operator, pack(elsewhere(2)))).toMatchObject({ kind: 'answered', value: [] })
  })

  it.each([
    ['slow', { kind: 'delay', ms: 2_000, when: 'after' }, 'unknown'],
    ['gone in mid-answer', { kind: 'lose-answer-after-booking', how: 'destroy' }, 'unknown'],
    ['talking garbage', { kind: 'garble', how: 'html', when: 'after' }, 'unknown'],
    ['refusing', { kind: 'refuse', text: '该交易未开通', infcode: -1 }, 'refused'],
  ] as const)('%s is an outcome, never a throw', async (_how, action, kind) => {
    const { client } = await meet({ faults: { rules: [{ infno: '3513', action }] } })
    expect(await client.soldElsewhere(operator, pack(elsewhere(1)))).toMatchObject({ kind })
  })

  it('refuses the upload of a pack another shop sold; the refusal names the end of its code', async () => {
    const meeting = await meet()
    const outcome = await upload(meeting, ['89000001234567890123', elsewhere(4)])
    expect(outcome).toMatchObject({ kind: 'refused', code: 'upload.row-refused' })
    expect(meeting.client.refusedAsSoldElsewhere(outcome)).toEqual({ code: elsewhere(4).slice(-6) })
  })

  it('a pack refused because we sold it ourselves is not told as sold elsewhere', async () => {
    const meeting = await meet()
    await upload(meeting, ['89000001234567890123'])
    const prepared = await meeting.client.prepareUpload(operator, { ...rowOf(['89000001234567890123']), rowKey: 'S20261121000201' }, 'sale')
    if (prepared.kind !== 'prepared') throw new Error('not prepared')
    const outcome = await meeting.client.sendUpload(prepared.message)
    expect(outcome).toMatchObject({ kind: 'refused', detail: { text: expect.stringContaining('本机构') } })
    expect(meeting.client.refusedAsSoldElsewhere(outcome)).toBeNull()
  })
})

describe('what is asked and what is read', () => {
  const open = async () => {
    const double = await startDouble()
    return { double, ...openTill(double.url) }
  }
  const sold = { fixmedinsCode: 'H43010000099', drugTracCodg: elsewhere(1), trdnFlag: 1, crteTime: '2026-11-20 10:00:00', psnName: '某某' }

  it('asks with our institution, the drug and the code; a drug without a national code by the word for that', async () => {
    const { double, client } = await open()
    double.respond = ok({ output: [] })
    await client.soldElsewhere(operator, { nationalCode: '', code: elsewhere(1) })
    expect(double.heard.at(-1)?.envelope).toMatchObject({
      infno: '3513',
      input: { data: { fixmedins_code: practiceProfile().institution.code, med_list_codg: 'NMLC999', drug_trac_codg: elsewhere(1) } },
    })
  })

  it('a code wider than the table is never sent', async () => {
    const { client } = await open()
    expect(await client.soldElsewhere(operator, pack('8'.repeat(31)))).toMatchObject({
      kind: 'not-sent',
      code: 'platform.invalid-request',
      detail: { field: 'data.drug_trac_codg' },
    })
  })

  it.each([
    ['a list in the node', { output: [sold] }],
    ['one row in the node', { output: sold }],
    ['a bare list', [sold]],
  ])('reads %s, and nothing of the patient in it', async (_form, output) => {
    const { double, client } = await open()
    double.respond = ok(output)
    const outcome = await client.soldElsewhere(operator, pack(elsewhere(1)))
    expect(outcome).toMatchObject({
      kind: 'answered',
      value: [{ institution: 'H43010000099', here: false, at: '2026-11-20 10:00:00', split: true, rowKey: '' }],
    })
    expect(JSON.stringify(outcome.kind === 'answered' ? outcome.value : null)).not.toContain('某某')
  })

  it.each([
    ['null', null],
    ['an empty node', { output: null }],
    ['an empty list', { output: [] }],
  ])('%s means that no sale is known', async (_form, output) => {
    const { double, client } = await open()
    double.respond = ok(output)
    expect(await client.soldElsewhere(operator, pack(elsewhere(1)))).toMatchObject({ kind: 'answered', value: [] })
  })

  it('rows about another pack are no answer', async () => {
    const { double, client } = await open()
    double.respond = ok({ output: [{ ...sold, drugTracCodg: elsewhere(2) }] })
    expect(await client.soldElsewhere(operator, pack(elsewhere(1)))).toMatchObject({ kind: 'answered', value: [] })
  })

  it.each([
    ['no seller', { ...sold, fixmedinsCode: '' }],
    ['no code', { ...sold, drugTracCodg: null }],
    ['nothing', {}],
  ])('a row with %s is not understood, and proves nothing', async (_what, row) => {
    const { double, client } = await open()
    double.respond = ok({ output: [row] })
    expect(await client.soldElsewhere(operator, pack(elsewhere(1)))).toMatchObject({ kind: 'unknown', code: 'platform.unexpected-answer' })
  })

  it('our institution is ours in either case of letters', async () => {
    const { double, client } = await open()
    double.respond = ok({ output: [{ ...sold, fixmedinsCode: practiceProfile().institution.code.toLowerCase() }] })
    expect(await client.soldElsewhere(operator, pack(elsewhere(1)))).toMatchObject({ value: [{ here: true }] })
  })

  it('a refusal of another kind says nothing of packs', async () => {
    const { double, client } = await open()
    double.respond = refuse('该交易未开通')
    expect(client.refusedAsSoldElsewhere(await client.soldElsewhere(operator, pack(elsewhere(1))))).toBeNull()
  })
})

describe('words of a refusal', () => {
  const read = createSoldElsewhereReader(practiceProfile().trace.soldElsewherePattern)
  const refusal = (err_msg: string): Uint8Array => Buffer.from(JSON.stringify({ infcode: -1, err_msg, output: null }))
  it.each([
    ['追溯码[…000005]已在其他机构销售,不能重复结算', '000005'],
    ['MBS-cn.hsa.ais.common.exception.HygeiaException: 请求失败,错误原因：追溯码[…000005]已在其他机构销售,不能重复结算', '000005'],
    ['追溯码：89000001234567890123 已被其他药店售出', '89000001234567890123'],
    ['该药品追溯码已在其他定点医药机构结算', null],
  ])('%s', (words, code) => {
    expect(read(refusal(words))).toEqual({ code })
  })
  it.each(['追溯码[…000005]已在本机构销售,不能重复结算', '追溯码[…000005]重复上传', '余额不足', ''])('%s is something else', (words) => {
    expect(read(refusal(words))).toBeNull()
  })
  it('bytes that are no answer say nothing', () => {
    expect(read(Buffer.from('<html>'))).toBeNull()
    expect(read(Buffer.from('{"infcode":0,"output":{"result":7}}'))).toBeNull()
  })
})
