import type { SoundClass } from '../../electron/contract/index.ts'

/** One note. Sounds are made, not played from files: the same on every machine. */
export interface Tone {
  readonly hz: number
  readonly startMs: number
  readonly ms: number
  readonly wave: OscillatorType
  readonly loudness: number
}

const tone = (hz: number, startMs: number, ms: number, wave: OscillatorType = 'sine', loudness = 1): Tone => ({ hz, startMs, ms, wave, loudness })

/**
 * Told apart without looking, and without embarrassing the customer: ok is one short high note, own repeat a soft low double knock, a question rises,
 * the wrong step falls, stop is low and long, and a pack sold elsewhere is the only one with three notes that fall.
 */
export const TONES: Readonly<Record<SoundClass, readonly Tone[]>> = {
  ok: [tone(1_320, 0, 70)],
  notice: [tone(1_320, 0, 60), tone(1_046, 80, 90)],
  ask: [tone(660, 0, 110, 'triangle'), tone(990, 120, 170, 'triangle')],
  'own-repeat': [tone(392, 0, 60, 'sine', 0.7), tone(392, 110, 60, 'sine', 0.7)],
  'wrong-step': [tone(784, 0, 90, 'triangle'), tone(523, 100, 140, 'triangle')],
  foreign: [tone(880, 0, 180, 'square', 0.6), tone(622, 200, 180, 'square', 0.6), tone(440, 400, 320, 'square', 0.6)],
  stop: [tone(220, 0, 360, 'square', 0.6)],
}

export const lengthOf = (sound: SoundClass): number => Math.max(...TONES[sound].map(({ startMs, ms }) => startMs + ms))
