import { describe, expect, test } from 'vitest'
import type { LineId } from '../../../electron/contract/index.ts'
import { claimBlockers, demandOf, isOpen, standOf } from '../../../electron/domain/claim-check/stand-of-violations.ts'
import type { Demands } from '../../../electron/domain/claim-check/stand-of-violations.ts'
import { violationKey } from '../../../electron/domain/claim-check/violation-key.ts'

const line = (id: string, drugId: string, quantity: number, sellUnit: 'pack' | 'unit' = 'pack') => ({ lineId: id as LineId, drugId, quantity, sellUnit })
const on = (id: string, role: 'violating' | 'involved' = 'violating') => ({ lineId: id as LineId, role })
const found = (ruleId: string, ...lines: readonly ReturnType<typeof on>[]) => ({ ruleId, severity: 'highly-suspect', lines }) as const
const demands: Demands = { definite: 'stop', 'highly-suspect': 'decide', 'slightly-suspect': 'show' }

describe('what a decision belongs to', () => {
  const basket = [line('a', 'P1', 20_000), line('b', 'P2', 10_000)]
  const key = violationKey('person', found('R01', on('a'), on('b', 'involved')), basket)

  test('is the same for the same drugs, in whatever order and on whatever line they stand', () => {
    const other = [line('x', 'P2', 10_000), line('y', 'P1', 20_000), line('z', 'P9', 10_000)]
    expect(violationKey('person', found('R01', on('x', 'involved'), on('y')), other)).toBe(key)
  })

  test.each([
    ['another rule', violationKey('person', found('R02', on('a'), on('b', 'involved')), basket)],
    ['another grade', violationKey('person', { ...found('R01', on('a'), on('b', 'involved')), severity: 'definite' }, basket)],
    ['another person', violationKey('somebody', found('R01', on('a'), on('b', 'involved')), basket)],
    ['more of the violating drug', violationKey('person', found('R01', on('a'), on('b', 'involved')), [line('a', 'P1', 30_000), line('b', 'P2', 10_000)])],
    ['loose units instead of packs', violationKey('person', found('R01', on('a'), on('b', 'involved')), [line('a', 'P1', 20_000, 'unit'), line('b', 'P2', 10_000)])],
    ['another involved drug', violationKey('person', found('R01', on('a'), on('b', 'involved')), [line('a', 'P1', 20_000), line('b', 'P3', 10_000)])],
    ['the roles exchanged', violationKey('person', found('R01', on('a', 'involved'), on('b')), basket)],
  ])('is another with %s', (_what, other) => {
    expect(other).not.toBe(key)
  })

  test('is the same with more of a drug that is only involved', () => {
    expect(violationKey('person', found('R01', on('a'), on('b', 'involved')), [line('a', 'P1', 20_000), line('b', 'P2', 90_000)])).toBe(key)
  })
})

describe('where a finding stands', () => {
  test.each([
    ['show', null, false], ['show', 'ask-prescriber', false], ['decide', null, true], ['decide', 'keep', false], ['decide', 'ask-prescriber', true], ['decide', 'take-out', true],
    ['stop', null, true], ['stop', 'keep', true], ['stop', 'ask-prescriber', true],
  ] as const)('%s, decided %s: open is %s', (demand, action, open) => {
    expect(isOpen(demand, action)).toBe(open)
  })

  test('a grade that no table knows wants a person', () => {
    expect(demandOf({ definite: 'show', 'highly-suspect': 'show', 'slightly-suspect': 'show' }, 'unstated')).toBe('decide')
  })

  test('both stages’ findings are one list: one key once, in the later words, what needs a person first, the newest decision', () => {
    const stood = standOf(
      [
        { key: 'shown', stage: 'before-trial', severity: 'slightly-suspect', words: 1 },
        { key: 'kept', stage: 'before-trial', severity: 'highly-suspect', words: 1 },
        { key: 'open', stage: 'before-trial', severity: 'highly-suspect', words: 1 },
        { key: 'open', stage: 'before-settle', severity: 'highly-suspect', words: 2 },
        { key: 'stopped', stage: 'before-settle', severity: 'definite', words: 1 },
      ] as const,
      [{ key: 'kept', action: 'ask-prescriber' }, { key: 'kept', action: 'keep' }, { key: 'gone', action: 'keep' }] as const,
      demands,
    )
    expect(stood.map(({ violation, stages, open, decision }) => [violation.key, violation.words, stages.length, open, decision?.action ?? null])).toEqual([
      ['stopped', 1, 1, true, null],
      ['open', 2, 2, true, null],
      ['kept', 1, 1, false, 'keep'],
      ['shown', 1, 1, false, null],
    ])
  })

  test('blockers name the violating line’s drug, and a check that was not had only where that counts', () => {
    const violation = { ruleName: '重复用药', open: true, demand: 'decide', decision: null, lines: [on('b', 'involved'), on('a')] } as const
    const names = (id: LineId): string => `drug ${id}`
    expect(claimBlockers({ unasked: null, violations: [violation] }, names)).toEqual([{ code: 'claim-undecided', lineId: 'a', detail: { rule: '重复用药', drugName: 'drug a' } }])
    expect(claimBlockers({ unasked: null, violations: [{ ...violation, demand: 'stop' }] }, names)[0]!.code).toBe('claim-stopped')
    expect(claimBlockers({ unasked: null, violations: [{ ...violation, decision: { action: 'ask-prescriber' } }] }, names)[0]!.code).toBe('claim-prescriber')
    expect(claimBlockers({ unasked: null, violations: [{ ...violation, lines: [] }] }, names)).toEqual([{ code: 'claim-undecided', lineId: null, detail: { rule: '重复用药', drugName: null } }])
    expect(claimBlockers({ unasked: null, violations: [{ ...violation, open: false }] }, names)).toEqual([])
    expect(claimBlockers({ unasked: { text: '停机' }, violations: [] }, names)).toEqual([{ code: 'claim-unchecked', lineId: null, detail: { text: '停机' } }])
  })
})
