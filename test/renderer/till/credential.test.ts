import { expect, test } from 'vitest'
import { credentialOf } from '../../../renderer/till/credential.ts'

test('28 digits are an e-voucher, whatever name was typed', () => {
  expect(credentialOf(`424${'9'.repeat(25)}`, '张三')).toEqual({ kind: 'e-voucher', qr: `424${'9'.repeat(25)}` })
})
test('the shape of an ID is an ID, typed with blanks and a small x too', () => {
  expect(credentialOf('999999 19900101 001x', ' 张三 ')).toEqual({ kind: 'id-card', idNumber: '99999919900101001X', name: '张三' })
})
test('a name that was not typed is left out', () => {
  expect(credentialOf('999999199001010016', '  ')).toEqual({ kind: 'id-card', idNumber: '999999199001010016' })
})
test('eight to thirty-two letters and digits are a social card, less is nothing', () => {
  expect(credentialOf('T99990001', '')).toEqual({ kind: 'social-card', cardNumber: 'T99990001' })
  expect(credentialOf('T9999', '')).toBeNull()
  expect(credentialOf('张三', '')).toBeNull()
})
