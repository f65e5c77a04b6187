import { pino } from 'pino'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { BusinessDate, Instant, Quantity } from '../../../electron/contract/index.ts'
import { fen, unitPrice, wholeUnits } from '../../../electron/contract/index.ts'
import type { InsuredBasket, Operator, PlatformPerson, PreparedMessage, UploadRow } from '../../../electron/core/platform/client.ts'
import { createPlatformClient } from '../../../electron/core/platform/create-client.ts'
import { createCredentialReader } from '../../../electron/core/platform/credential-reader-http.ts'
import { withEndpoint } from '../../../electron/core/platform/profile-file.ts'
import type { RegionProfile } from '../../../electron/core/platform/profile.ts'
import { lineAmount } from '../../../electron/domain/amounts.ts'
import { practicePeople } from '../../../electron/practice/people.ts'
import { startPractice } from '../../../electron/practice/server.ts'
import type { PracticeOptions } from '../../../electron/practice/server.ts'
import { NINE_OCLOCK, emptyDatabase } from '../../support/database.ts'
import { practiceProfile } from './platform-double.ts'

/**
 * The client and the practice province were written from the same papers by people who did not look at each other's code.
 * Here every call meets a platform that checks each field; the province's own books say what really happened.
 */

const operator: Operator = { operatorId: 'C01', operatorName: '练习员' }
/** Of the practice catalogue: 甲 with a limit price of 7.28; 乙 20 % on the diabetes list; 甲 on the diabetes list. */
const FAMOTIDINE = { place: 0, code: 'XA02BAF006A001010100269' }
const METFORMIN = { place: 29, code: 'XA10BAE021A001010104017' }
type Drug = typeof FAMOTIDINE

let serial = 0
const freshCode = (drug: Drug): string => `${8_900_000 + drug.place}2${String((serial += 1)).padStart(12, '0')}`
let row = 0
const rowKey = (): string => `K${String((row += 1)).padStart(10, '0')}`

const meet = async (options: PracticeOptions = {}, wireNames: Partial<RegionProfile['wireNames']> = {}) => {
  const clock = { now: NINE_OCLOCK }
  const practice = await startPractice({ clock: () => clock.now, ...options })
  const shipped = withEndpoint(practiceProfile(), { url: practice.url, localServiceUrl: practice.localServiceUrl })
  const profile = {
    ...shipped,
    wireNames: { ...shipped.wireNames, ...wireNames },
    timeouts: { connectMs: 500, defaultMs: 1500, perTransaction: {} },
  }
  const lines: string[] = []
  const log = pino({ level: 'info' }, { write: (line: string) => { lines.push(line) } })
  const client = createPlatformClient({ profile, db: emptyDatabase(() => clock.now), clock: () => clock.now, log, secrets: {}, environment: {}, device: { mac: '02:00:00:00:00:01', ip: '127.0.0.1' } })
  const credentials = createCredentialReader({ profile })
  onTestFinished(async () => {
    await client.close()
    await practice.close()
  })
  return { practice, client, credentials, clock, profile, log: () => lines.join('') }
}
type Meeting = Awaited<ReturnType<typeof meet>>

const sample = (key: string) => {
  const found = practicePeople().find((candidate) => candidate.key === key)
  if (found === undefined) throw new Error(`no practice person ${key}`)
  return found
}
const answered = <T>(outcome: { readonly kind: string; readonly value?: T }): T => {
  expect(outcome).toMatchObject({ kind: 'answered' })
  return outcome.value as T
}
const prepared = (result: { readonly kind: string; readonly message?: PreparedMessage }): PreparedMessage => {
  expect(result).toMatchObject({ kind: 'prepared' })
  return result.message as PreparedMessage
}

const identify = async ({ client, credentials }: Meeting, key: string, by: 'e-voucher' | 'social-card' | 'id-card' = 'e-voucher'): Promise<{ person: PlatformPerson; credential: Awaited<ReturnType<typeof credentials.resolve>> }> => {
  const who = sample(key)
  const shown = by === 'e-voucher' ? { kind: by, qr: who.eVoucher } : by === 'social-card' ? { kind: by, cardNumber: who.socialCard } : { kind: by, idNumber: who.idNumber }
  const credential = await credentials.resolve(operator, shown)
  return { credential, person: answered(await client.readPerson(operator, credential)) }
}

interface Wanted { readonly drug: Drug; readonly yuan: number; readonly count: number; readonly split?: boolean; readonly codes?: readonly string[] }
const basketOf = (meeting: Meeting, { person, credential }: Awaited<ReturnType<typeof identify>>, wanted: readonly Wanted[], change: Partial<InsuredBasket> = {}): InsuredBasket => {
  const insurance = person.insurances[0]
  if (insurance === undefined) throw new Error('not insured')
  const lines = wanted.map(({ drug, yuan, count, split = false, codes }, index) => {
    const price = unitPrice(Math.round(yuan * 1_000_000))
    return {
      position: index + 1, lineId: `01939b00-0000-7000-8000-00000000000${index + 1}`, nationalCode: drug.code, drugId: `D${drug.place}`, amountFen: lineAmount(price, wholeUnits(count)), quantity: wholeUnits(count), unitPrice: price,
      packs: (codes ?? Array.from({ length: split ? 1 : count }, () => freshCode(drug))).map((code) => ({ code, split })),
    }
  })
  return {
    person, insurance, credential, purchaseKind: 'pharmacy', diseaseCode: null, diseaseName: null, useAccount: true, at: meeting.clock.now as Instant, lines,
    totalFen: fen(lines.reduce((sum, line) => sum + line.amountFen, 0)), ...change,
  }
}
const settle = async (meeting: Meeting, basket: InsuredBasket) => {
  const message = prepared(await meeting.client.prepareSettle(operator, basket))
  return { message, outcome: await meeting.client.sendSettle(message, basket) }
}
const uploadOf = (meeting: Meeting, codes: readonly string[], change: Partial<UploadRow> = {}): UploadRow => ({
  rowKey: rowKey(), nationalCode: FAMOTIDINE.code, drugId: `D${FAMOTIDINE.place}`, drugName: '法莫替丁片', prescriptionOnly: false, split: false, quantity: wholeUnits(codes.length), unitPrice: unitPrice(6_500_000), lotNumber: 'A2401',
  manufacturedOn: '2026-01-05' as BusinessDate, expiresOn: '2028-01-04' as BusinessDate, barcode: '6999000000017', receiptNumber: '20261121-0001', soldAt: meeting.clock.now as Instant, sellerName: '练习员', pharmacistName: '练习药师',
  pharmacistLicence: 'PRACTICE0001', traceCodes: codes, insured: null, ownVisitId: 'OWN1', ...change,
})
const upload = async ({ client }: Meeting, goods: UploadRow, direction: 'sale' | 'return') => client.sendUpload(prepared(await client.prepareUpload(operator, goods, direction)))

describe('who is at the counter', () => {
  it.each(['e-voucher', 'social-card', 'id-card'] as const)('is read by %s', async (by) => {
    const meeting = await meet()
    const { person } = await identify(meeting, 'retired-chronic', by)
    const who = sample('retired-chronic')
    expect(person).toMatchObject({ personNumber: who.psnNo, name: who.name, idNumber: who.idNumber, gender: 'female', ageTenths: 703, insurances: [{ insuranceType: '310', personType: '12', active: true, balanceFen: 86_000, region: '999900' }] })
  })

  it('is read for every person of the practice province whom it knows', async () => {
    const meeting = await meet()
    for (const who of practicePeople().filter((candidate) => candidate.known)) {
      const { person } = await identify(meeting, who.key)
      expect(person).toMatchObject({ name: who.name, insurances: [{ insuranceType: who.insurance.insutype, active: who.insurance.status === '1', balanceFen: who.insurance.openingBalanceFen, civilServant: who.insurance.civilServant, region: who.area }] })
    }
  })

  it('unknown to the province is refused in its cleaned words', async () => {
    const meeting = await meet()
    const stranger = practicePeople().find((candidate) => !candidate.known)
    if (stranger === undefined) throw new Error('the practice province has no stranger')
    const credential = await meeting.credentials.resolve(operator, { kind: 'e-voucher', qr: stranger.eVoucher })
    expect(await meeting.client.readPerson(operator, credential)).toMatchObject({ kind: 'refused', detail: { text: expect.stringMatching(/该参保人的基本信息为空$/) } })
    expect(meeting.log()).not.toContain(stranger.name)
  })

  it('has entitlement, filings and accumulators that the client understands', async () => {
    const meeting = await meet()
    const { person } = await identify(meeting, 'retired-chronic')
    const insurance = person.insurances[0]
    if (insurance === undefined) throw new Error('not insured')
    const filings = answered(await meeting.client.readFilings(operator, person, insurance))
    expect(filings).toEqual([{ diseaseCode: 'M03900', diseaseName: '高血压病', from: '2020-10-01', to: '2120-11-01' }, { diseaseCode: 'M01600', diseaseName: '糖尿病', from: '2021-03-15', to: '2120-11-01' }])
    expect(answered(await meeting.client.readEntitlement(operator, person, insurance, 'chronic', 'M01600', '糖尿病'))).toMatchObject([{ entitled: true, fundType: '310100', from: '2021-03-15', to: '2120-11-01' }, { entitled: true, fundType: '310200' }])
    expect(answered(await meeting.client.readEntitlement(operator, person, insurance, 'chronic', 'M04600', '冠心病'))).toMatchObject([{ entitled: false, reason: expect.stringMatching(/./) }])
    const accumulators = answered(await meeting.client.readAccumulators(operator, person, insurance))
    expect(accumulators.length).toBeGreaterThan(0)
    for (const row of accumulators) {
      expect(row).toMatchObject({ insuranceType: '310', year: '2026', amountFen: 0 })
      expect(Object.keys(meeting.profile.names.accumulators)).toContain(row.typeCode)
    }
  })
})

describe('a settlement', () => {
  it('tried and settled gives the same figures, and the province books exactly them', async () => {
    const meeting = await meet()
    const basket = basketOf(meeting, await identify(meeting, 'employee'), [{ drug: FAMOTIDINE, yuan: 8.1, count: 2 }, { drug: METFORMIN, yuan: 3.56, count: 1 }])
    const trial = answered(await meeting.client.trial(operator, basket))
    expect(trial).toMatchObject({ setlId: null })
    const { message, outcome } = await settle(meeting, basket)
    const booked = answered(outcome)
    expect({ ...booked.figures, balanceAfterFen: 0 }).toEqual({ ...trial.figures, balanceAfterFen: 0 })
    expect(booked.figures.lines.map((line) => line.lineId)).toEqual(basket.lines.map((line) => line.lineId))
    expect(booked.figures.lines[0]).toMatchObject({ level: 'A', priceLimit: 7_280_000, overLimitFen: 164 })
    expect(meeting.practice.books.settlementOfMessage(message.messageId)).toMatchObject({
      state: 'booked', setlId: booked.setlId, mdtrtId: booked.visitId, totalFen: booked.figures.totalFen, fundFen: booked.figures.fundFen, accountFen: booked.figures.accountFen, cashFen: booked.figures.cashFen, clearingType: booked.clearingType,
    })
    for (const line of basket.lines) for (const pack of line.packs) expect(meeting.practice.books.salesOfCode(pack.code)).toHaveLength(1)
  })

  it('of a filed chronic disease is paid by the pooled fund', async () => {
    const meeting = await meet()
    const basket = basketOf(meeting, await identify(meeting, 'retired-chronic', 'social-card'), [{ drug: METFORMIN, yuan: 35.6, count: 4 }], { purchaseKind: 'chronic', diseaseCode: 'M01600', diseaseName: '糖尿病' })
    const booked = answered((await settle(meeting, basket)).outcome)
    expect(booked.figures.totalFen).toBe(14_240)
    expect(booked.figures.fundFen).toBeGreaterThan(0)
    expect(booked.figures.funds.map((fund) => fund.name)).not.toContain('')
    // The province lists the personal account among the funds; it is the patient's own money.
    expect(booked.figures.accountFen).toBeGreaterThan(0)
    expect(booked.figures.funds.map((fund) => fund.code)).not.toContain('310200')
  })

  it('of a split pack sends its code marked, and may send it again', async () => {
    const meeting = await meet()
    const who = await identify(meeting, 'employee')
    const code = freshCode(METFORMIN)
    for (let time = 1; time <= 2; time += 1) answered((await settle(meeting, basketOf(meeting, who, [{ drug: METFORMIN, yuan: 0.123457, count: 7, split: true, codes: [code] }]))).outcome)
    expect(meeting.practice.books.salesOfCode(code)).toHaveLength(2)
    expect(meeting.practice.books.flags().map((flag) => flag.kind)).toEqual(['split-repeat'])
  })

  it('of a whole pack that was sold already is refused', async () => {
    const meeting = await meet()
    const who = await identify(meeting, 'employee')
    const code = freshCode(FAMOTIDINE)
    const basket = basketOf(meeting, who, [{ drug: FAMOTIDINE, yuan: 6.5, count: 1, codes: [code] }])
    answered((await settle(meeting, basket)).outcome)
    expect((await settle(meeting, basket)).outcome).toMatchObject({ kind: 'refused', code: 'platform.refused', detail: { text: expect.stringContaining('已在本机构销售') } })
  })

  it('beyond the account is refused or paid in cash, never left open', async () => {
    const meeting = await meet()
    const basket = basketOf(meeting, await identify(meeting, 'small-balance'), [{ drug: FAMOTIDINE, yuan: 6.5, count: 4 }])
    const { outcome } = await settle(meeting, basket)
    expect(answered(outcome).figures).toMatchObject({ accountFen: 1230, cashFen: 1370 })
  })

  it('of somebody whose insurance is paused is refused', async () => {
    const meeting = await meet()
    const basket = basketOf(meeting, await identify(meeting, 'paused'), [{ drug: FAMOTIDINE, yuan: 6.5, count: 1 }])
    expect(await meeting.client.trial(operator, basket)).toMatchObject({ kind: 'refused', detail: { text: expect.stringContaining('暂停参保') } })
    expect((await settle(meeting, basket)).outcome).toMatchObject({ kind: 'refused' })
  })

  it('cancelled gives back money and codes, and cancelled again is an answer', async () => {
    const meeting = await meet()
    const basket = basketOf(meeting, await identify(meeting, 'employee'), [{ drug: FAMOTIDINE, yuan: 6.5, count: 2 }])
    const booked = answered((await settle(meeting, basket)).outcome)
    const settlement = { setlId: booked.setlId ?? '', visitId: booked.visitId, personNumber: basket.person.personNumber, region: basket.insurance.region }
    const cancelled = answered(await meeting.client.sendCancel(prepared(await meeting.client.prepareCancel(operator, settlement))))
    expect(cancelled).toMatchObject({ alreadyCancelled: false, cancelledAt: '2026-11-21 09:00:00', figures: { totalFen: -1300, accountFen: -booked.figures.accountFen, balanceAfterFen: 150_000 } })
    expect(meeting.practice.books.settlement(settlement.setlId)).toMatchObject({ state: 'cancelled' })
    for (const pack of basket.lines[0]?.packs ?? []) expect(meeting.practice.books.salesOfCode(pack.code)).toHaveLength(0)
    expect(answered(await meeting.client.sendCancel(prepared(await meeting.client.prepareCancel(operator, settlement))))).toEqual({ alreadyCancelled: true, figures: null, cancelledAt: null })
  })
})

describe('a settlement on a bad line', () => {
  type Fault = NonNullable<NonNullable<PracticeOptions['faults']>['rules']>[number]['action']
  const lost: readonly (readonly [string, Fault, booked: boolean])[] = [
    ['the answer lost after booking', { kind: 'lose-answer-after-booking' }, true],
    ['the answer never coming after booking', { kind: 'lose-answer-after-booking', how: 'hang' }, true],
    ['the request lost before booking', { kind: 'lose-before-booking' }, false],
    ['the answer cut in the middle', { kind: 'close-mid-body' }, true],
    ['a truncated answer', { kind: 'garble', how: 'truncated' }, true],
    ['an HTML page for an answer', { kind: 'garble', how: 'html' }, true],
    ['an empty answer', { kind: 'garble', how: 'empty' }, true],
    ['words that are no JSON', { kind: 'garble', how: 'not-json' }, true],
    ['garbage before booking', { kind: 'garble', how: 'html', when: 'before' }, false],
    ['a server error after booking', { kind: 'http-status', status: 502, when: 'after' }, true],
    ['figures that contradict themselves', { kind: 'contradictory-figures' }, true],
    ['a delay beyond the time-out', { kind: 'delay', ms: 2500 }, true],
    ['the message delivered twice and the second answer coming back', { kind: 'duplicate-delivery', answer: 'second' }, true],
  ]
  it.each(lost)('with %s is unknown, and its reversal undoes what was booked', async (_name, action, isBooked) => {
    const meeting = await meet()
    const basket = basketOf(meeting, await identify(meeting, 'employee'), [{ drug: FAMOTIDINE, yuan: 6.5, count: 1 }])
    meeting.practice.setFaults({ rules: [{ infno: '2102', nth: 1, action }] })
    const { message, outcome } = await settle(meeting, basket)
    expect(outcome.kind).toBe('unknown')
    // A delayed message arrives all the same, when the till no longer listens.
    await expect.poll(() => meeting.practice.books.settlementOfMessage(message.messageId)?.state, { timeout: 5000 }).toBe(isBooked ? 'booked' : undefined)
    answered(await meeting.client.sendReverse(prepared(await meeting.client.prepareReverse(operator, { messageId: message.messageId, infno: '2102', personNumber: basket.person.personNumber, region: basket.insurance.region }))))
    expect(meeting.practice.books.settlementOfMessage(message.messageId)?.state).toBe(isBooked ? 'reversed' : undefined)
    expect(meeting.practice.books.person(basket.person.personNumber)?.balanceFen).toBe(150_000)
    expect(meeting.practice.books.salesOfCode(basket.lines[0]?.packs[0]?.code ?? '')).toHaveLength(0)
    // A late copy of the reversed message books nothing any more.
    expect((await meeting.client.sendSettle(message, basket)).kind).toBe('refused')
  })

  it.each([
    ['missing-headers', 'platform.gateway'], ['user', 'platform.gateway'], ['signature', 'platform.gateway'], ['timestamp', 'platform.clock-skew'],
  ] as const)('refused by the gateway (%s) is not sent, and nothing is booked', async (which, code) => {
    const meeting = await meet()
    const basket = basketOf(meeting, await identify(meeting, 'employee'), [{ drug: FAMOTIDINE, yuan: 6.5, count: 1 }])
    meeting.practice.setFaults({ rules: [{ infno: '2102', nth: 1, action: { kind: 'gateway', which } }] })
    const { message, outcome } = await settle(meeting, basket)
    expect(outcome).toMatchObject({ kind: 'not-sent', code })
    expect(meeting.practice.books.bookedMessage(message.messageId)).toBeUndefined()
  })

  it('refused by the platform is refused, and nothing is booked', async () => {
    const meeting = await meet()
    const basket = basketOf(meeting, await identify(meeting, 'employee'), [{ drug: FAMOTIDINE, yuan: 6.5, count: 1 }])
    meeting.practice.setFaults({ rules: [{ infno: '2102', nth: 1, action: { kind: 'refuse', text: '费用审核不通过' } }] })
    const { message, outcome } = await settle(meeting, basket)
    expect(outcome).toMatchObject({ kind: 'refused', detail: { text: expect.stringContaining('费用审核不通过') } })
    expect(meeting.practice.books.settlementOfMessage(message.messageId)).toBeUndefined()
  })

  it('answered for another message is logged, and settled', async () => {
    const meeting = await meet()
    const basket = basketOf(meeting, await identify(meeting, 'employee'), [{ drug: FAMOTIDINE, yuan: 6.5, count: 1 }])
    meeting.practice.setFaults({ rules: [{ infno: '2102', nth: 1, action: { kind: 'wrong-refmsgid' } }] })
    answered((await settle(meeting, basket)).outcome)
    expect(meeting.log()).toContain('names another message than ours')
  })

  it('meets a province that answers gateway refusals with status 401 and cancellations under a new number', async () => {
    const meeting = await meet({ profile: { gatewayStatus: 401, cancelAnswersSettlement: 'new', answerForms: 'plain' } })
    const basket = basketOf(meeting, await identify(meeting, 'employee'), [{ drug: FAMOTIDINE, yuan: 6.5, count: 1 }])
    const booked = answered((await settle(meeting, basket)).outcome)
    meeting.practice.setFaults({ rules: [{ infno: '2103', nth: 1, action: { kind: 'gateway', which: 'user' } }] })
    const message = prepared(await meeting.client.prepareCancel(operator, { setlId: booked.setlId ?? '', visitId: booked.visitId, personNumber: basket.person.personNumber, region: basket.insurance.region }))
    expect(await meeting.client.sendCancel(message)).toMatchObject({ kind: 'not-sent', code: 'platform.gateway' })
    expect(answered(await meeting.client.sendCancel(message))).toMatchObject({ alreadyCancelled: false, figures: { totalFen: -650 } })
  })

  it('a cancellation whose answer is lost is unknown, and asked again it is found cancelled', async () => {
    const meeting = await meet()
    const basket = basketOf(meeting, await identify(meeting, 'employee'), [{ drug: FAMOTIDINE, yuan: 6.5, count: 1 }])
    const booked = answered((await settle(meeting, basket)).outcome)
    const settlement = { setlId: booked.setlId ?? '', visitId: booked.visitId, personNumber: basket.person.personNumber, region: basket.insurance.region }
    meeting.practice.setFaults({ rules: [{ infno: '2103', nth: 1, action: { kind: 'lose-answer-after-booking' } }] })
    expect((await meeting.client.sendCancel(prepared(await meeting.client.prepareCancel(operator, settlement)))).kind).toBe('unknown')
    expect(answered(await meeting.client.sendCancel(prepared(await meeting.client.prepareCancel(operator, settlement))))).toMatchObject({ alreadyCancelled: true })
  })

  it('an upload whose answer is lost, or that is delivered twice, is uploaded once', async () => {
    const meeting = await meet()
    meeting.practice.setFaults({ rules: [{ infno: '3505', nth: 1, action: { kind: 'lose-answer-after-booking' } }, { infno: '3505', nth: 3, action: { kind: 'duplicate-delivery', answer: 'second' } }] })
    const first = uploadOf(meeting, [freshCode(FAMOTIDINE)])
    expect((await upload(meeting, first, 'sale')).kind).toBe('unknown')
    expect(answered(await upload(meeting, first, 'sale'))).toEqual({ alreadyUploaded: true })
    answered(await upload(meeting, uploadOf(meeting, [freshCode(FAMOTIDINE)]), 'sale'))
    expect(meeting.practice.books.saleUploads()).toHaveLength(2)
  })

  it('a reversal of what never arrived is refused where the province does so', async () => {
    const meeting = await meet({ profile: { reversalOfUnknown: 'refuse' } })
    const { person } = await identify(meeting, 'employee')
    const message = prepared(await meeting.client.prepareReverse(operator, { messageId: 'P99999900001202611210859590001', infno: '2102', personNumber: person.personNumber, region: '999900' }))
    expect(await meeting.client.sendReverse(message)).toMatchObject({ kind: 'refused', detail: { text: expect.stringContaining('未找到原交易') } })
  })

  it('is offline while the province is down, and comes back', async () => {
    const meeting = await meet()
    const { person } = await identify(meeting, 'employee')
    const insurance = person.insurances[0]
    if (insurance === undefined) throw new Error('not insured')
    const seen: string[] = []
    meeting.client.onLine((line) => seen.push(line.state))
    meeting.practice.setDown(60)
    for (let time = 0; time < 3; time += 1) expect((await meeting.client.readFilings(operator, person, insurance)).kind).not.toBe('answered')
    meeting.practice.setDown(null)
    answered(await meeting.client.readFilings(operator, person, insurance))
    expect(seen).toEqual(['offline', 'online'])
  })
})

describe('another edition of the tables', () => {
  const edition = { 2102: { durg_trac_info: 'drug_trac_info' }, 3201: { setl_optins: 'clr_optins' }, 3505: { MDTRT_SETL_TYPE: 'mdtrt_setl_type' }, 3513: { fixmedinsCode: 'medinsCode', drugTracCodg: 'drugTraceCode' } }
  const renamed = {
    '2102.drugdetail.durg_trac_info': 'drug_trac_info', '3201.data.setl_optins': 'clr_optins', '3201.stmtinfo.setl_optins': 'clr_optins', '3505.selinfo.MDTRT_SETL_TYPE': 'mdtrt_setl_type',
    '3513.output.fixmedinsCode': 'medinsCode', '3513.output.drugTracCodg': 'drugTraceCode',
  }
  const walk = async (meeting: Meeting) => {
    const code = freshCode(FAMOTIDINE)
    const basket = basketOf(meeting, await identify(meeting, 'employee'), [{ drug: FAMOTIDINE, yuan: 6.5, count: 1, codes: [code] }])
    const { outcome } = await settle(meeting, basket)
    const sold = uploadOf(meeting, [freshCode(FAMOTIDINE)])
    const uploaded = await upload(meeting, sold, 'sale')
    const known = await meeting.client.soldElsewhere(operator, { nationalCode: FAMOTIDINE.code, code: sold.traceCodes[0] ?? '' })
    const day = '2026-11-21' as BusinessDate
    const totals = await meeting.client.totals(operator, { insuranceType: '310', clearingType: '41', clearingOffice: '', refund: false, from: day, to: day, count: 0, totalFen: fen(0), fundFen: fen(0), accountFen: fen(0) })
    return { outcome, uploaded, known, totals }
  }

  it('is spoken by names in the profile alone', async () => {
    const meeting = await meet({ profile: { names: edition } }, { renamed })
    const { outcome, uploaded, known, totals } = await walk(meeting)
    expect([answered(outcome).setlId === null, answered(uploaded)]).toEqual([false, { alreadyUploaded: false }])
    expect(answered(known)).toMatchObject([{ institution: 'P99999900001', here: true }])
    expect(answered(totals)).toMatchObject({ balanced: false })
    expect(meeting.practice.books.saleUploads()).toHaveLength(1)
  })

  it('is refused, field by field, where the profile has the other names', async () => {
    const { outcome, uploaded, known, totals } = await walk(await meet({ profile: { names: edition } }))
    expect(outcome).toMatchObject({ kind: 'refused', detail: { text: expect.stringContaining('durg_trac_info') } })
    expect(uploaded).toMatchObject({ kind: 'refused', detail: { text: expect.stringContaining('MDTRT_SETL_TYPE') } })
    expect(totals).toMatchObject({ kind: 'refused', detail: { text: expect.stringContaining('setl_optins') } })
    expect(answered(known)).toEqual([])
  })
})

describe('uploads', () => {
  it('a self-paid sale and its return, each once, each again an answer', async () => {
    const meeting = await meet()
    const codes = [freshCode(FAMOTIDINE), freshCode(FAMOTIDINE)]
    const sold = uploadOf(meeting, codes)
    expect(answered(await upload(meeting, sold, 'sale'))).toEqual({ alreadyUploaded: false })
    expect(answered(await upload(meeting, sold, 'sale'))).toEqual({ alreadyUploaded: true })
    expect(meeting.practice.books.saleUploads()).toMatchObject([{ rowKey: sold.rowKey, insured: false, codes, countE4: 20_000, visit: 'OWN1', receipt: '20261121-0001' }])
    const returned = { ...sold, rowKey: rowKey() }
    expect(answered(await upload(meeting, returned, 'return'))).toEqual({ alreadyUploaded: false })
    expect(answered(await upload(meeting, returned, 'return'))).toEqual({ alreadyUploaded: true })
    expect(meeting.practice.books.returnUploads()).toMatchObject([{ rowKey: returned.rowKey, saleKey: sold.rowKey, codes }])
  })

  it('an insured sale names the settlement and its person', async () => {
    const meeting = await meet()
    const who = await identify(meeting, 'employee')
    const basket = basketOf(meeting, who, [{ drug: FAMOTIDINE, yuan: 6.5, count: 2 }])
    const booked = answered((await settle(meeting, basket)).outcome)
    const insured = { setlId: booked.setlId ?? '', visitId: booked.visitId, personNumber: who.person.personNumber, idType: who.person.idType, idNumber: who.person.idNumber, name: who.person.name, region: basket.insurance.region }
    const sold = uploadOf(meeting, basket.lines[0]?.packs.map((pack) => pack.code) ?? [], { insured })
    answered(await upload(meeting, sold, 'sale'))
    expect(meeting.practice.books.saleUploads()).toMatchObject([{ insured: true, setlId: booked.setlId, visit: booked.visitId, psnNo: who.person.personNumber }])
    const settlement = { setlId: insured.setlId, visitId: insured.visitId, personNumber: insured.personNumber, region: insured.region }
    answered(await meeting.client.sendCancel(prepared(await meeting.client.prepareCancel(operator, settlement))))
    answered(await upload(meeting, { ...sold, rowKey: rowKey() }, 'return'))
    expect(meeting.practice.books.returnUploads()).toHaveLength(1)
  })

  it('a split row, a virtual code and a count with decimals are taken', async () => {
    const meeting = await meet()
    answered(await upload(meeting, uploadOf(meeting, [freshCode(FAMOTIDINE)], { split: true, quantity: 125_000 as Quantity, unitPrice: unitPrice(216_667) }), 'sale'))
    const key = rowKey()
    const drug = { nationalCode: FAMOTIDINE.code, drugId: `D${FAMOTIDINE.place}`, drugName: '法莫替丁片', rowKey: key }
    const virtual = answered(await meeting.client.virtualCode(operator, drug))
    expect(meeting.practice.books.virtualCodes()).toMatchObject([{ code: virtual, rowKey: key, nationalCode: FAMOTIDINE.code }])
    answered(await upload(meeting, uploadOf(meeting, [virtual], { rowKey: key }), 'sale'))
    expect(answered(await meeting.client.virtualCode(operator, { ...drug, nationalCode: '', rowKey: rowKey() }))).not.toBe(virtual)
  })

  it('a row refused inside an ok answer is a refused row with its reason', async () => {
    const meeting = await meet()
    meeting.practice.setFaults({ rules: [{ infno: '3505', nth: 1, action: { kind: 'row-refused', text: '生产日期与批号不符' } }] })
    expect(await upload(meeting, uploadOf(meeting, [freshCode(FAMOTIDINE)]), 'sale')).toMatchObject({ kind: 'refused', code: 'upload.row-refused', detail: { text: expect.stringContaining('生产日期与批号不符') } })
    expect(await upload(meeting, uploadOf(meeting, [freshCode(FAMOTIDINE)], { expiresOn: '2026-11-20' as BusinessDate }), 'sale')).toMatchObject({ kind: 'refused', code: 'upload.row-refused', detail: { text: expect.stringContaining('有效期') } })
  })
})

describe('what must not be taken for something else', () => {
  it('one code twice in a row is a refused row, not a row that is there already', async () => {
    const meeting = await meet()
    const code = freshCode(FAMOTIDINE)
    expect(await upload(meeting, uploadOf(meeting, [code, code]), 'sale')).toMatchObject({ kind: 'refused', code: 'upload.row-refused', detail: { text: expect.stringContaining('重复上传') } })
    expect(meeting.practice.books.saleUploads()).toHaveLength(0)
  })

  it('a voucher whose token is over is a refused settlement, not an open one', async () => {
    const meeting = await meet({ profile: { voucherTokenMinutes: 1 } })
    const who = await identify(meeting, 'employee')
    meeting.clock.now += 120_000
    expect((await settle(meeting, basketOf(meeting, who, [{ drug: FAMOTIDINE, yuan: 6.5, count: 1 }]))).outcome).toMatchObject({ kind: 'refused' })
  })

  it('a voucher read twice where that is not allowed is not readable', async () => {
    const meeting = await meet({ profile: { voucherReadAgain: 'refuse' } })
    await identify(meeting, 'employee')
    await expect(identify(meeting, 'employee')).rejects.toMatchObject({ code: 'credential.expired' })
  })
})

describe('the day', () => {
  it('3201 balances with what was settled, and not with a fen more', async () => {
    const meeting = await meet()
    const basket = basketOf(meeting, await identify(meeting, 'employee'), [{ drug: FAMOTIDINE, yuan: 6.5, count: 3 }])
    const booked = answered((await settle(meeting, basket)).outcome)
    const totals = {
      insuranceType: '310', clearingType: booked.clearingType, clearingOffice: booked.clearingOffice, refund: false, from: '2026-11-21' as BusinessDate, to: '2026-11-21' as BusinessDate, count: 1,
      totalFen: booked.figures.totalFen, fundFen: booked.figures.fundFen, accountFen: booked.figures.accountFen,
    }
    expect(answered(await meeting.client.totals(operator, totals))).toMatchObject({ balanced: true })
    expect(answered(await meeting.client.totals(operator, { ...totals, totalFen: fen(totals.totalFen + 1) }))).toMatchObject({ balanced: false, explanation: expect.stringMatching(/./) })
  })

  it('signs each operator in once, again the next day, and out', async () => {
    const meeting = await meet()
    const { person } = await identify(meeting, 'employee')
    const insurance = person.insurances[0]
    if (insurance === undefined) throw new Error('not insured')
    answered(await meeting.client.readFilings({ operatorId: 'C02', operatorName: '练习员二' }, person, insurance))
    expect(meeting.practice.books.signIns().map((signIn) => signIn.operator)).toEqual(['C01', 'C02'])
    meeting.clock.now += 86_400_000
    answered(await meeting.client.readFilings(operator, person, insurance))
    expect(meeting.practice.books.signIns()).toHaveLength(3)
    answered(await meeting.client.signOut(operator))
    expect(meeting.practice.books.signIns().filter((signIn) => signIn.outAt !== null)).toHaveLength(1)
  })

  it('a settlement prepared yesterday was not processed today: its sign-in is over', async () => {
    const meeting = await meet()
    const basket = basketOf(meeting, await identify(meeting, 'employee'), [{ drug: FAMOTIDINE, yuan: 6.5, count: 1 }])
    const message = prepared(await meeting.client.prepareSettle(operator, basket))
    meeting.clock.now += 15 * 3_600_000
    expect(await meeting.client.sendSettle(message, basket)).toMatchObject({ kind: 'not-sent', code: 'platform.sign-in-failed', detail: { text: expect.stringContaining('重新签到') } })
    expect(meeting.practice.books.bookedMessage(message.messageId)).toBeUndefined()
  })

  it('a till whose clock is an hour off is told so, with the measure', async () => {
    const meeting = await meet()
    const late = createPlatformClient({ profile: meeting.profile, db: emptyDatabase(), clock: () => NINE_OCLOCK + 3_600_000, log: pino({ level: 'silent' }), secrets: {}, environment: {} })
    onTestFinished(() => late.close())
    expect(await late.readPerson(operator, { kind: 'id-card', number: 'x', cardSerial: null, idType: '01', idNumber: 'x', name: 'x' })).toMatchObject({ kind: 'not-sent', code: 'platform.clock-skew' })
  })

  it('a probe without sign-in finds the line up and measures the clocks', async () => {
    const meeting = await meet()
    expect(await meeting.client.probe(null)).toMatchObject({ state: 'online', clockSkewMs: expect.any(Number) })
    expect(meeting.practice.books.signIns()).toHaveLength(0)
  })

  it('writes nothing about anybody in clear into the log', async () => {
    const meeting = await meet()
    const who = await identify(meeting, 'retired-chronic')
    const basket = basketOf(meeting, who, [{ drug: METFORMIN, yuan: 35.6, count: 2 }], { purchaseKind: 'chronic', diseaseCode: 'M01600', diseaseName: '糖尿病' })
    answered(await meeting.client.trial(operator, basket))
    answered((await settle(meeting, basket)).outcome)
    const raw = sample('retired-chronic')
    for (const secret of [raw.name, raw.idNumber, raw.psnNo, raw.eVoucher, raw.socialCard, raw.born, who.credential.number, raw.insurance.employer]) expect({ secret, found: meeting.log().includes(secret) }).toEqual({ secret, found: false })
  })
})
