import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { DEFAULT_SCANNER } from '../../../renderer/keyboard/scanner-profile.ts'
import { enter, keyFor, scanned, simulate, stroke, typed } from './simulated-keyboard.ts'

// Made up: identifier 8912345 is in the range of invented ones.
const TRACE = '89123450000000000017'

const printable = fc.string({ unit: fc.integer({ min: 33, max: 126 }).map((code) => String.fromCharCode(code)), minLength: 6, maxLength: 60 })
const word = fc.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz0123456789.+-'), minLength: 1, maxLength: 8 })
const scannerGaps = fc.array(fc.integer({ min: 1, max: 35 }), { minLength: 1, maxLength: 7 })
const handGaps = fc.array(fc.integer({ min: 82, max: 400 }), { minLength: 1, maxLength: 7 })
/** Timers may run early (the key was pressed, its event waits in the queue) or late. */
const lateTick = fc.integer({ min: -300, max: 0 })

describe('a scan', () => {
  test('is delivered once, whole, and never touches the field', () => {
    expect(simulate(scanned(TRACE, 0, 8).strokes, { field: '查药' })).toEqual({ field: '查药', scans: [TRACE], refusals: [], passed: [] })
  })

  test('of any text at any scanner pace is one scan, whatever the timers do', () => {
    fc.assert(
      fc.property(printable, scannerGaps, lateTick, (text, gaps, late) => {
        const result = simulate(scanned(text, 1_000, gaps).strokes, { field: 'abc', lateTick: late })
        expect(result.scans).toEqual([text])
        expect(result.field).toBe('abc')
      }),
    )
  })

  test('from a slow scanner (35 ms a key, now and then 60) is still one scan', () => {
    expect(simulate(scanned(TRACE, 0, [35, 35, 35, 36, 34, 35, 60]).strokes).scans).toEqual([TRACE])
  })

  test('is told from the next one even when both come without a pause', () => {
    fc.assert(
      fc.property(printable, printable, scannerGaps, fc.integer({ min: 1, max: 35 }), (one, two, gaps, between) => {
        const first = scanned(one, 0, gaps)
        const second = scanned(two, first.end + between, gaps)
        const result = simulate([...first.strokes, ...second.strokes])
        expect(result.scans).toEqual([one, two])
        expect(result.field).toBe('')
      }),
    )
  })

  test('keeps letters as the scanner meant them while Caps Lock is on', () => {
    const strokes = Array.from('QF21g0').map((character, index) =>
      keyFor(character, index * 5, { key: /[a-z]/.test(character) ? character.toUpperCase() : character.toLowerCase() }),
    )
    expect(simulate([...strokes, enter(30)]).scans).toEqual(['QF21g0'])
  })

  test('keeps the GS1 separator that comes as Ctrl+]', () => {
    const head = typed('0106901234', 0, 5)
    const tail = scanned('21SN', 60, 5)
    const result = simulate([
      ...head.strokes,
      stroke(50, { code: 'ControlLeft', key: 'Control', ctrl: true }),
      stroke(52, { code: 'BracketRight', key: ']', ctrl: true }),
      ...tail.strokes,
    ])
    expect(result.scans).toEqual(['0106901234\u001d21SN'])
  })

  test('takes F8 as separator only inside a scan and only where the profile says so', () => {
    const profile = { ...DEFAULT_SCANNER, separatorKeys: ['F8'] }
    const inside = [...typed('0106901234', 0, 5).strokes, stroke(50, { code: 'F8', key: 'F8' }), ...scanned('21SN', 55, 5).strokes]
    expect(simulate(inside, { profile }).scans).toEqual(['0106901234\u001d21SN'])
    expect(simulate([stroke(0, { code: 'F8', key: 'F8' })], { profile }).passed).toEqual(['F8'])
  })

  test('ends at the Enter of the keypad too', () => {
    expect(simulate([...typed(TRACE, 0, 5).strokes, stroke(105, { code: 'NumpadEnter', key: 'Enter' })]).scans).toEqual([TRACE])
  })

  test('without Enter is typed after all, and the missing suffix is said', () => {
    expect(simulate(typed(TRACE, 0, 5).strokes)).toEqual({ field: TRACE, scans: [], refusals: ['no-suffix'], passed: [] })
  })

  test('longer than any code is not kept waiting for', () => {
    const result = simulate(typed('7'.repeat(520), 0, 2).strokes)
    expect(result.scans).toEqual([])
    expect(result.refusals).toContain('too-long')
    expect(result.field).toHaveLength(520)
  })
})

describe('a person typing', () => {
  test('loses no character, whatever the rhythm', () => {
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 9 }),
        lateTick,
        (words, gaps, late) => {
          const text = words.join(' ')
          expect(simulate(typed(text, 0, gaps).strokes, { lateTick: late }).field).toBe(text)
        },
      ),
    )
  })

  test('keeps Enter for the page', () => {
    const result = simulate([...typed('12.50', 0, 120).strokes, enter(700)])
    expect(result).toEqual({ field: '12.50', scans: [], refusals: [], passed: ['Enter'] })
  })

  test('five keys and Enter in one roll are still typing', () => {
    expect(simulate([...typed('12345', 0, 20).strokes, enter(100)])).toEqual({ field: '12345', scans: [], refusals: [], passed: ['Enter'] })
  })

  test('a code typed by hand with Enter is text, not a scan', () => {
    expect(simulate([...typed(TRACE, 0, 90).strokes, enter(3_000)]).scans).toEqual([])
  })

  test('a held key repeats in the field', () => {
    const strokes = [keyFor('0', 0), ...Array.from({ length: 20 }, (_, index) => keyFor('0', 500 + index * 30, { repeat: true })), enter(1_120)]
    expect(simulate(strokes)).toEqual({ field: '0'.repeat(21), scans: [], refusals: [], passed: ['Enter'] })
  })

  test('shortcuts and editing keys come after the letters typed before them', () => {
    expect(
      simulate([keyFor('a', 0), keyFor('b', 10), stroke(20, { code: 'Backspace', key: 'Backspace' }), stroke(30, { code: 'KeyC', key: 'c', ctrl: true })]),
    ).toEqual({ field: 'ab', scans: [], refusals: [], passed: ['Backspace', 'KeyC'] })
  })
})

test('typing and scanning in turn are kept apart', () => {
  const turn = fc.oneof(
    fc.record({ kind: fc.constant('typing' as const), text: word, gaps: handGaps }),
    fc.record({ kind: fc.constant('scan' as const), text: printable, gaps: scannerGaps }),
  )
  fc.assert(
    fc.property(fc.array(turn, { minLength: 1, maxLength: 8 }), lateTick, (turns, late) => {
      let at = 0
      const strokes = turns.flatMap(({ kind, text, gaps }) => {
        const part = kind === 'scan' ? scanned(text, at, gaps) : typed(text, at, gaps)
        at = part.end + 150
        return part.strokes
      })
      const result = simulate(strokes, { lateTick: late })
      expect(result.scans).toEqual(turns.filter((t) => t.kind === 'scan').map((t) => t.text))
      expect(result.field).toBe(
        turns
          .filter((t) => t.kind === 'typing')
          .map((t) => t.text)
          .join(''),
      )
    }),
  )
})

describe('with an input method on', () => {
  test('digits survive', () => {
    const strokes = scanned(TRACE, 0, 8, { composing: true, key: 'Process' }).strokes.map((key) =>
      key.code === 'Enter' ? { ...key, composing: false, key: 'Enter' } : key,
    )
    expect(simulate(strokes, { field: '查' })).toEqual({ field: '查', scans: [TRACE], refusals: [], passed: [] })
  })

  test('a code with letters is refused, not shortened, and the field is put back', () => {
    const strokes = Array.from('81A2B3456789').map((character, index) =>
      keyFor(character, index * 8, /[A-Z]/.test(character) ? { composing: true, key: 'Process' } : {}),
    )
    expect(simulate([...strokes, enter(96)], { field: '查' })).toEqual({ field: '查', scans: [], refusals: ['input-method'], passed: [] })
  })

  test('letters that a person types reach the input method at once and in order', () => {
    const strokes = [keyFor('1', 0), keyFor('a', 20, { composing: true, key: 'Process' }), keyFor('m', 150, { composing: true, key: 'Process' })]
    expect(simulate(strokes).field).toBe('1字字')
  })
})

test('a scanner that types by Alt and keypad is refused by name', () => {
  const strokes = Array.from({ length: 12 }, (_, index) => stroke(index * 5, { code: 'Numpad5', key: '5', alt: true }))
  expect(simulate([...strokes, enter(62)]).refusals).toEqual(['alt-keypad'])
})
