import { describe, expect, test } from 'vitest'
import type { BusinessDate, Instant, MappingRow, MappingSide } from '../../../electron/contract/index.ts'
import { afterALook, differencesOf, isConfirmable, isReady, judgeMapping } from '../../../electron/domain/mapping/mapping-status.ts'

const side = (change: Partial<MappingSide> = {}): MappingSide =>
  ({ code: 'XA1', name: '阿莫西林胶囊', spec: '0.25g', packSpec: '0.25g×24粒/盒', unit: '盒', maker: '联邦制药股份有限公司', approvalNumber: '国药准字H44021351', ...change })
const day = (text: string): BusinessDate => text as BusinessDate
const today = day('2026-11-22')
const row = (change: Partial<MappingRow> = {}): MappingRow =>
  ({ nationalCode: 'XA1', from: day('2025-01-01'), to: day('2099-12-31'), state: 'held', source: 'ours', at: 0 as Instant, refusal: null, ...change })
const judge = (rows: readonly MappingRow[], differences: Parameters<typeof judgeMapping>[2] = []) => judgeMapping('XA1', rows, differences, today, 30)

describe('the same goods on both sides', () => {
  test.each([
    ['written with other blanks, brackets and times signs', { packSpec: '0.25g x 24粒 / 盒', spec: '０.25 g' }],
    ['with the maker’s short name', { maker: '联邦制药' }],
    ['without what they do not say', { unit: '', maker: '', packSpec: '' }],
    ['with a number that leaves its prefix out', { approvalNumber: 'H44021351' }],
    ['under another name', { name: '阿莫西林' }],
  ])('%s', (_what, change) => {
    expect(differencesOf(side(), side(change))).toEqual([])
  })

  test.each([
    ['spec', { spec: '0.5g' }], ['pack-spec', { packSpec: '0.25g×50粒/盒' }], ['unit', { unit: '瓶' }], ['maker', { maker: '石药集团' }], ['approval-number', { approvalNumber: '国药准字H44021352' }], ['other-code', { code: 'XB2' }],
  ] as const)('not: %s', (difference, change) => {
    expect(differencesOf(side(), side(change))).toEqual([difference])
  })

  test('what may be a way of writing can be confirmed, other goods cannot', () => {
    expect([isConfirmable([]), isConfirmable(['spec', 'maker']), isConfirmable(['spec', 'approval-number']), isConfirmable(['not-valid'])]).toEqual([false, true, false, false])
    expect(afterALook(['spec', 'not-valid', 'unit'])).toEqual(['not-valid'])
  })

  test('an item without a national code has nothing to be compared with', () => {
    expect(differencesOf(side({ code: ' ' }), null)).toEqual(['no-national-code'])
    expect(differencesOf(side(), null)).toEqual([])
  })
})

describe('what one drug’s mappings come to', () => {
  test.each([
    ['none', [], [], 'unmapped'],
    ['one held', [row()], [], 'in-force'],
    ['one held without an end', [row({ to: null })], [], 'in-force'],
    ['one whose last day is today', [row({ to: today })], [], 'in-force'],
    ['one that ended yesterday', [row({ to: day('2026-11-21') })], [], 'expired'],
    ['one that begins tomorrow', [row({ from: day('2026-11-23') })], [], 'under-way'],
    ['one that is being sent', [row({ state: 'uploading' })], [], 'under-way'],
    ['one that is being taken back', [row({ state: 'withdrawing' })], [], 'under-way'],
    ['one that was taken back', [row({ state: 'withdrawn' })], [], 'unmapped'],
    ['one that was refused', [row({ state: 'refused' })], [], 'refused'],
    ['one refused after one that ended', [row({ state: 'refused', from: today }), row({ to: day('2026-01-01') })], [], 'refused'],
    ['one refused beside one in force', [row({ state: 'refused', from: today }), row()], [], 'in-force'],
    ['one in force for other goods', [row()], ['spec'], 'differs'],
    ['none, for other goods', [], ['spec'], 'differs'],
    ['none, without a national code', [], ['no-national-code'], 'unmapped'],
    ['one in force under another national code', [row({ nationalCode: 'XB2' })], [], 'differs'],
    ['one that ended under another national code', [row({ nationalCode: 'XB2', to: day('2026-01-01') })], [], 'unmapped'],
  ] as const)('%s: %#', (_what, rows, differences, status) => {
    expect(judge(rows, differences).status).toBe(status)
  })

  test('its end is told ahead: within the days of warning, not before and not after', () => {
    expect(judge([row({ to: day('2026-12-21') })]).expiring).toBe(true)
    expect(judge([row({ to: day('2026-12-22') })]).expiring).toBe(false)
    expect(judge([row({ to: today })]).expiring).toBe(true)
    expect(judge([row({ to: day('2026-11-21') })]).expiring).toBe(false)
    expect(judge([row({ to: null })]).expiring).toBe(false)
  })

  test('only what is unmapped or ended, and the same on both sides, is ready to be sent', () => {
    expect([isReady('unmapped', []), isReady('expired', []), isReady('refused', []), isReady('in-force', []), isReady('unmapped', ['no-national-code']), isReady('unmapped', ['not-in-catalogue']), isReady('differs', ['spec'])]).toEqual([true, true, false, false, false, false, false])
  })
})
