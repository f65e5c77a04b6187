import { describe, expect, test } from 'vitest'
import { PATIENT_REASONS } from '../../../electron/contract/index.ts'
import type { ErrorDetail, Instant } from '../../../electron/contract/index.ts'
import { sentence } from '../../../electron/domain/sentences/sentence.ts'
import { patientEn, patientZh } from '../../../electron/domain/sentences/upload-checks.ts'
import type { PatientRecord } from '../../../electron/domain/trace/patient-answer.ts'
import { patientAnswer } from '../../../electron/domain/trace/patient-answer.ts'

const NOW = Date.parse('2026-11-21T06:05:00Z') as Instant
const ago = (minutes: number): Instant => (NOW - minutes * 60_000) as Instant
const here = (change: Partial<PatientRecord> = {}): PatientRecord => ({ place: 'here', at: ago(20), receiptNumber: '20261121-0031', personMasked: '张*', toldAt: ago(14), returnedAt: null, returnToldAt: null, ...change })
const elsewhere: PatientRecord = { place: 'elsewhere', at: null, receiptNumber: null, personMasked: null, toldAt: ago(600), returnedAt: null, returnToldAt: null }
const answer = (records: readonly PatientRecord[], change: { collected?: boolean; parked?: boolean } = {}) => patientAnswer({ records, collected: true, parked: false, now: NOW, ...change })
const said = (records: readonly PatientRecord[]): string => {
  const { reason, detail } = answer(records)
  return sentence('patient', reason, detail, 'zh').text
}

test('a pack settled for somebody and uploaded is theirs, and says how long ago', () => {
  expect(answer([here()])).toMatchObject({ answer: 'one-theirs', reason: 'theirs' })
  expect(said([here()])).toBe('一条销售记录，是您的（张*），14 分钟前已上传')
  expect(sentence('patient', 'theirs', answer([here({ toldAt: ago(0) })]).detail, 'zh').text).toContain('刚刚已上传')
  expect(sentence('patient', 'theirs', answer([here({ toldAt: ago(3 * 1440) })]).detail, 'en').text).toContain('uploaded 3 days ago')
})

test('a self-paid sale names nobody', () => {
  expect(answer([here({ personMasked: null })])).toMatchObject({ answer: 'one-theirs', reason: 'theirs-self-paid' })
  expect(said([here({ personMasked: null })])).toContain('自费不记名')
})

test.each([
  ['not sold', [], {}, 'none', 'none-not-sold'],
  ['sold, upload on its way', [here({ toldAt: null })], {}, 'none', 'none-waiting'],
  ['sold, upload needs a person', [here({ toldAt: null })], { parked: true }, 'none', 'none-held-up'],
  ['sold, not collected', [here({ toldAt: null })], { collected: false }, 'none', 'none-not-collected'],
  ['returned, both told', [here({ returnedAt: ago(5), returnToldAt: ago(4) })], {}, 'none', 'none-returned'],
  ['returned before the sale was told', [here({ toldAt: null, returnedAt: ago(5) })], {}, 'none', 'none-returned'],
  ['returned, the return not told yet', [here({ returnedAt: ago(5) })], {}, 'one-theirs', 'return-not-told'],
  ['sold elsewhere only', [elsewhere], {}, 'one-not-theirs', 'elsewhere'],
  ['sold elsewhere, ours waits', [here({ toldAt: null }), elsewhere], {}, 'one-not-theirs', 'elsewhere-and-waiting'],
  ['here and elsewhere', [here(), elsewhere], {}, 'several', 'here-and-elsewhere'],
  ['sold anew after a return that was told', [here(), here({ at: ago(900), toldAt: ago(890), returnedAt: ago(800), returnToldAt: ago(790) })], {}, 'one-theirs', 'theirs'],
  ['sold anew, the first return not told', [here(), here({ at: ago(900), toldAt: ago(890), returnedAt: ago(800) })], {}, 'several', 'here-twice'],
] as const)('%s', (_, records, change, word, reason) => {
  expect(answer(records, change)).toMatchObject({ answer: word, reason })
})

describe.each(['zh', 'en'] as const)('in %s', (language) => {
  test('every answer has its words, and none shows more than the mask', () => {
    expect(Object.keys(language === 'zh' ? patientZh : patientEn).toSorted()).toEqual([...PATIENT_REASONS].toSorted())
    for (const reason of PATIENT_REASONS)
      for (const detail of [{}, { count: 2, receiptNumber: '20261121-0031', person: '张*', agoMs: 840_000 }] satisfies ErrorDetail[] as readonly ErrorDetail[]) {
        const { word, text } = sentence('patient', reason, detail, language)
        expect(word).not.toBe('')
        expect(`${reason}: ${text}`).not.toMatch(/undefined|null|NaN|[{}[\]|]|（\s*）|\(\s*\)|·\s*$/)
      }
  })
})
