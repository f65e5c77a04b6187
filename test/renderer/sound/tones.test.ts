import { expect, test } from 'vitest'
import { SoundClass } from '../../../electron/contract/index.ts'
import { TONES, lengthOf } from '../../../renderer/sound/tones.ts'

test('every class of sound is another sound', () => {
  const all = SoundClass.options.map((sound) => JSON.stringify(TONES[sound]))
  expect(new Set(all).size).toBe(SoundClass.options.length)
})
test('a pack sold elsewhere is the longest sound, an accepted one the shortest', () => {
  for (const sound of SoundClass.options.filter((other) => other !== 'foreign')) expect(lengthOf(sound)).toBeLessThan(lengthOf('foreign'))
  for (const sound of SoundClass.options.filter((other) => other !== 'ok')) expect(lengthOf(sound)).toBeGreaterThan(lengthOf('ok'))
})
test('own repeat is soft and has no sharp wave; foreign and stop have', () => {
  expect(TONES['own-repeat'].every((tone) => tone.wave === 'sine' && tone.loudness < 1)).toBe(true)
  expect([...TONES.foreign, ...TONES.stop].every((tone) => tone.wave === 'square')).toBe(true)
})
