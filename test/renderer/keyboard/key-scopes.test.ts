import { expect, test } from 'vitest'
import { createKeyScopes, keyName, staysInField } from '../../../renderer/keyboard/key-scopes.ts'
import type { KeyScope } from '../../../renderer/keyboard/key-scopes.ts'
import { createScanInput } from '../../../renderer/keyboard/scan-input.ts'

const scope =
  (level: number, keys: KeyScope['keys'], modal = false): (() => KeyScope) =>
  () => ({ level, modal, keys })

test('the highest scope hears a key first and passes on what it does not handle', () => {
  const heard: string[] = []
  const scopes = createKeyScopes()
  scopes.add(
    scope(0, {
      F2: () => {
        heard.push('screen')
      },
      F9: () => {
        heard.push('screen F9')
      },
    }),
  )
  scopes.add(
    scope(10, {
      F2: () => {
        heard.push('panel')
      },
    }),
  )
  expect(scopes.press('F2')).toBe(true)
  expect(scopes.press('F9')).toBe(true)
  expect(heard).toEqual(['panel', 'screen F9'])
})
test('below a dialog the keys rest', () => {
  const heard: string[] = []
  const scopes = createKeyScopes()
  scopes.add(
    scope(0, {
      F9: () => {
        heard.push('screen')
      },
    }),
  )
  const close = scopes.add(scope(20, {}, true))
  expect(scopes.press('F9')).toBe(false)
  close()
  expect(scopes.press('F9')).toBe(true)
  expect(heard).toEqual(['screen'])
})
test('a handler that answers false was not the one', () => {
  const heard: string[] = []
  const scopes = createKeyScopes()
  scopes.add(
    scope(0, {
      Escape: () => {
        heard.push('page')
      },
    }),
  )
  scopes.add(scope(1, { Escape: () => false }))
  expect(scopes.press('Escape')).toBe(true)
  expect(heard).toEqual(['page'])
})
test('among equals the newest hears first', () => {
  const heard: string[] = []
  const scopes = createKeyScopes()
  scopes.add(
    scope(
      20,
      {
        Enter: () => {
          heard.push('old')
        },
      },
      true,
    ),
  )
  scopes.add(
    scope(
      20,
      {
        Enter: () => {
          heard.push('new')
        },
      },
      true,
    ),
  )
  scopes.press('Enter')
  expect(heard).toEqual(['new'])
})
test('a letting go reaches every scope, also under a dialog', () => {
  const heard: string[] = []
  const scopes = createKeyScopes()
  scopes.add(() => ({
    level: 0,
    modal: false,
    keys: {},
    released: {
      Insert: () => {
        heard.push('name hidden')
      },
    },
  }))
  scopes.release('Insert')
  expect(heard).toEqual(['name hidden'])
})
test('the keypad’s Enter is Enter; editing keys stay in a field, function keys and arrows up and down do not', () => {
  expect(keyName('NumpadEnter')).toBe('Enter')
  expect(keyName('KeyA')).toBeNull()
  expect([staysInField('Delete'), staysInField('ArrowLeft'), staysInField('F9'), staysInField('ArrowDown'), staysInField('Escape')]).toEqual([
    true,
    true,
    false,
    false,
    false,
  ])
})
test('the newest listener gets the scan, and the one below gets it back', () => {
  const heard: string[] = []
  const input = createScanInput()
  input.listen((text) => {
    heard.push(`till ${text}`)
  })
  const stop = input.listen((text) => {
    heard.push(`page ${text}`)
  })
  input.push('a', 'wedge')
  stop()
  input.push('b', 'panel')
  expect(heard).toEqual(['page a', 'till b'])
})
