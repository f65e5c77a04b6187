import { expect, it } from 'vitest'
import { pictureType } from '../../../electron/domain/alarm/picture-type.ts'

const bytes = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? Array.from(part, (letter) => letter.codePointAt(0) ?? 0) : part)))

it.each([
  ['JPEG', bytes([0xff, 0xd8, 0xff, 0xe0]), 'image/jpeg'],
  ['PNG', bytes([0x89], 'PNG\r\n', [0x1a, 0x0a]), 'image/png'],
  ['WebP', bytes('RIFF', [1, 2, 3, 4], 'WEBPVP8 '), 'image/webp'],
] as const)('%s is known by its first bytes', (_name, picture, type) => {
  expect(pictureType(picture)).toBe(type)
})

it.each([
  ['nothing', bytes()],
  ['a page', bytes('<html><script>')],
  ['a drawing with scripts', bytes('<svg xmlns=')],
  ['half a JPEG mark', bytes([0xff, 0xd8])],
  ['a sound in RIFF', bytes('RIFF', [1, 2, 3, 4], 'WAVEfmt ')],
  ['GIF', bytes('GIF89a')],
  ['PNG with a broken line end', bytes([0x89], 'PNG\n\n', [0x1a, 0x0a])],
])('%s is no picture of ours', (_name, picture) => {
  expect(pictureType(picture)).toBeNull()
})
