import { describe, expect, test } from 'vitest'
import { UPLOAD_CHECKS, UPLOAD_CHECK_REASONS } from '../../../electron/contract/index.ts'
import type { BusinessDate, DrugId, ErrorDetail, Instant, LotId, SaleId, UploadCheck, UploadCheckName } from '../../../electron/contract/index.ts'
import { sentence } from '../../../electron/domain/sentences/sentence.ts'
import { checkNames, checksEn, checksZh } from '../../../electron/domain/sentences/upload-checks.ts'
import { checkUpload, firstToLookAt } from '../../../electron/domain/trace/upload-checks.ts'
import type { UploadFacts, UploadJob } from '../../../electron/domain/trace/upload-facts.ts'

const SALE = '01931000-0000-7000-8000-000000000001' as SaleId
const SOLD_AT = Date.parse('2026-11-21T01:12:00Z') as Instant
const job = (change: Partial<UploadJob> = {}): UploadJob => ({ outboxId: 'O1', status: 'pending', attempts: 0, dueAt: SOLD_AT, doneAt: null, error: null, ...change })

/** A self-paid pack that was sold a moment ago and waits in the outbox. */
const facts = (change: Partial<UploadFacts> = {}): UploadFacts => ({
  state: 'sold',
  virtual: false,
  about: 'sale',
  goods: { drugId: 'P1' as DrugId, drugName: '阿莫西林胶囊', requirement: 'scan', nationalCode: 'XJ01CAA040E001010101445', lot: { lotId: 'L1' as LotId, lotNumber: 'A2401', manufacturedOn: '2025-01-02' as BusinessDate } },
  line: { saleId: SALE, receiptNumber: '20261121-0031', saleStatus: 'closed', soldAt: SOLD_AT, returnedAt: null, insured: false, sellUnit: 'pack', codesToFetch: 0 },
  onLine: true,
  sentAs: 'own',
  sentLength: 20,
  width: 30,
  licensed: true,
  settlement: null,
  earlier: null,
  soldBefore: false,
  platform: 'online',
  job: job(),
  ...change,
})
const standingOut = (checks: readonly UploadCheck[]): string[] => checks.filter(({ result }) => result === 'fail' || result === 'waits').map(({ name, result, reason }) => `${name} ${result} ${reason}`)
const check = (change: Partial<UploadFacts>, name: UploadCheckName): UploadCheck => {
  const found = checkUpload(facts(change)).find((one) => one.name === name)
  if (found === undefined) throw new Error('ten checks, always')
  return found
}
const goods = (change: Partial<NonNullable<UploadFacts['goods']>>): UploadFacts['goods'] => ({ ...facts().goods!, ...change })
const line = (change: Partial<NonNullable<UploadFacts['line']>>): UploadFacts['line'] => ({ ...facts().line!, ...change })

test('all ten are always there, in their order', () => {
  for (const given of [facts(), facts({ line: null, job: null, goods: null }), facts({ job: job({ status: 'done', doneAt: SOLD_AT }) })])
    expect(checkUpload(given).map(({ name }) => name)).toEqual(UPLOAD_CHECKS)
})

test('a pack that was sold a moment ago waits for nothing but its turn', () => {
  expect(standingOut(checkUpload(facts()))).toEqual(['taken waits queued'])
})

test('a pack that the platform took passes, whatever became of its papers since', () => {
  const checks = checkUpload(facts({ job: job({ status: 'done', doneAt: SOLD_AT }), licensed: false, goods: goods({ nationalCode: '' }), platform: 'offline' }))
  expect(standingOut(checks)).toEqual([])
  expect(checks.at(-1)).toMatchObject({ result: 'pass', reason: 'taken' })
})

describe('one thing in the way fails its own check, and the last one waits for it', () => {
  test.each([
    ['not sold', { line: null, job: null, state: 'in-stock' }, 'sold fail not-sold'],
    ['still in a sale', { line: line({ soldAt: null, saleStatus: 'open' }), job: null, state: 'in-sale' }, 'sold waits in-open-sale'],
    ['nobody knows which drug', { goods: null }, 'collected fail drug-unknown'],
    ['the code is on no line', { onLine: false }, 'code fail not-on-line'],
    ['the code is too long for the table', { sentLength: 31 }, 'code fail code-too-wide'],
    ['virtual codes still to be fetched', { goods: goods({ requirement: 'virtual' }), line: line({ codesToFetch: 2 }) }, 'code waits virtual-code-missing'],
    ['the lot has no date', { goods: goods({ lot: { lotId: 'L1' as LotId, lotNumber: 'A2401', manufacturedOn: null } }) }, 'lot-date fail lot-undated'],
    ['the drug has no national code', { goods: goods({ nationalCode: ' ' }) }, 'national-code fail national-code-missing'],
    ['no pharmacist has a licence', { licensed: false }, 'licence fail no-licence'],
    ['the settlement is unconfirmed', { line: line({ insured: true, soldAt: null, saleStatus: 'unconfirmed' }), settlement: { state: 'unknown', numbered: false }, job: null, state: 'in-sale' }, 'settlement waits settlement-unconfirmed'],
    ['the reversal was refused', { line: line({ insured: true, soldAt: null, saleStatus: 'unconfirmed' }), settlement: { state: 'parked', numbered: false }, job: null, state: 'in-sale' }, 'settlement fail settlement-parked'],
    ['settled without a number', { line: line({ insured: true }), settlement: { state: 'settled', numbered: false } }, 'settlement fail settlement-number-missing'],
    ['an earlier sale waits', { earlier: { outboxId: 'O0', saleId: SALE, receiptNumber: '20261120-0007', parked: false } }, 'order waits earlier-waiting'],
    ['an earlier sale is stuck', { earlier: { outboxId: 'O0', saleId: SALE, receiptNumber: '20261120-0007', parked: true } }, 'order fail earlier-parked'],
    ['the line is down', { platform: 'offline' }, 'line waits offline'],
    ['the sign-in failed', { job: job({ attempts: 1, error: { code: 'platform.sign-in-failed', detail: {} } }) }, 'line fail sign-in-failed'],
  ] as const satisfies readonly (readonly [string, Partial<UploadFacts>, string])[])('%s', (_, change, found) => {
    const [first, ...rest] = standingOut(checkUpload(facts(change)))
    expect(first).toBe(found)
    expect(rest).toEqual(['taken waits blocked-above'])
  })

  test.each([
    ['the platform refused the row', job({ status: 'parked', attempts: 1, error: { code: 'upload.row-refused', detail: { message: '批号不符' } } }), 'taken fail refused'],
    ['our own tables refused it', job({ status: 'parked', attempts: 1, error: { code: 'platform.invalid-request', detail: { field: 'selinfo.memo' } } }), 'taken fail row-invalid'],
    ['what was missing is known now', job({ status: 'parked', attempts: 1, error: { code: 'upload.missing-value', detail: { value: 'manufacturedOn' } } }), 'taken fail repaired'],
    ['it was tried and lost', job({ attempts: 3, error: { code: 'platform.timeout', detail: {} } }), 'taken waits tried'],
    ['it is on its way', job({ status: 'leased', attempts: 1 }), 'taken waits sending'],
    ['it was never queued', null, 'taken fail nothing-queued'],
  ] as const)('%s: only the last one', (_, given, found) => {
    expect(standingOut(checkUpload(facts({ job: given })))).toEqual([found])
  })
})

test('what is not collected needs nothing and fails nothing', () => {
  const checks = checkUpload(facts({ goods: goods({ requirement: 'none' }), job: null }))
  expect(standingOut(checks)).toEqual([])
  expect(checks[1]).toMatchObject({ result: 'not-needed', reason: 'not-collected' })
})

test('loose tablets are sent as the region says', () => {
  expect(check({ sentAs: 'filler' }, 'code')).toMatchObject({ result: 'pass', reason: 'code-filler' })
  expect(check({ sentAs: 'none', sentLength: 0 }, 'code')).toMatchObject({ result: 'not-needed', reason: 'code-not-sent' })
})

test('loose tablets go in any order', () => {
  expect(check({ line: line({ sellUnit: 'unit' }), earlier: { outboxId: 'O0', saleId: SALE, receiptNumber: 'x', parked: true } }, 'order')).toMatchObject({ result: 'not-needed', reason: 'units-free' })
})

test('a return that waits for its cancellation says so', () => {
  const given = facts({ about: 'return', line: line({ insured: true, saleStatus: 'returning' }), settlement: { state: 'cancel-unknown', numbered: true }, job: null })
  expect(standingOut(checkUpload(given))).toEqual(['settlement waits cancel-unconfirmed', 'taken waits blocked-above'])
})

test('what a person can mend names what is to be mended', () => {
  expect(check({ goods: goods({ lot: { lotId: 'L1' as LotId, lotNumber: 'A2401', manufacturedOn: null } }) }, 'lot-date').fix).toMatchObject({ action: 'supply-date', lotId: 'L1' })
  expect(check({ job: job({ status: 'parked', error: { code: 'upload.row-refused', detail: {} } }) }, 'taken').fix).toMatchObject({ action: 'retry', outboxId: 'O1' })
  expect(check({ line: line({ insured: true, soldAt: null, saleStatus: 'unconfirmed' }), settlement: { state: 'unknown', numbered: false }, job: null }, 'settlement').fix).toMatchObject({ action: 'open-sale', saleId: SALE, receiptNumber: '20261121-0031' })
  expect(check({ earlier: { outboxId: 'O0', saleId: SALE, receiptNumber: '20261120-0007', parked: true } }, 'order').fix).toMatchObject({ action: 'explain-earlier', saleId: SALE })
  expect(check({ licensed: false }, 'licence').fix?.action).toBe('supply-licence')
  expect(check({ goods: goods({ nationalCode: '' }) }, 'national-code').fix).toMatchObject({ action: 'supply-national-code', drugId: 'P1' })
})

test('the screen begins with what needs a person, then with what is waited for', () => {
  expect(firstToLookAt(checkUpload(facts({ licensed: false, platform: 'offline' })))).toBe(UPLOAD_CHECKS.indexOf('licence'))
  expect(firstToLookAt(checkUpload(facts({ platform: 'offline' })))).toBe(UPLOAD_CHECKS.indexOf('line'))
  expect(firstToLookAt(checkUpload(facts({ job: job({ status: 'done', doneAt: SOLD_AT }) })))).toBe(9)
})

describe.each(['zh', 'en'] as const)('in %s', (language) => {
  test('every reason has its words, whatever is known', () => {
    expect(Object.keys(language === 'zh' ? checksZh : checksEn).toSorted()).toEqual([...UPLOAD_CHECK_REASONS].toSorted())
    for (const reason of UPLOAD_CHECK_REASONS)
      for (const detail of [{}, { receiptNumber: '20261121-0031', lotNumber: 'A2401', manufacturedOn: '2025-01-02', nationalCode: 'X1', drugName: '药', packState: 'in-stock', length: 31, width: 30, count: 2, attempts: 3, soldAt: SOLD_AT, message: '批号不符', field: 'memo' }] satisfies ErrorDetail[] as readonly ErrorDetail[]) {
        const { word, text, action } = sentence('check', reason, detail, language)
        expect(word).not.toBe('')
        for (const part of [word, text, action]) expect(`${reason}: ${part}`).not.toMatch(/undefined|null|NaN|[{}[\]|]|·\s*$/)
      }
  })
  test('every check that really comes out says a whole sentence', () => {
    for (const given of [facts(), facts({ licensed: false }), facts({ sentLength: 40 }), facts({ job: job({ status: 'done', doneAt: SOLD_AT }) }), facts({ line: null, job: null, goods: null })])
      for (const one of checkUpload(given)) expect(sentence('check', one.reason, one.detail, language).text.length).toBeGreaterThan(2)
    expect(Object.keys(checkNames)).toEqual([...UPLOAD_CHECKS])
  })
})
