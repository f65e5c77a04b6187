import type { SoundClass } from '../../electron/contract/index.ts'
import { TONES } from './tones.ts'

const GAIN: readonly number[] = [0, 0.06, 0.14, 0.28, 0.5]

/** `volume` 0 (silent) to 4. A browser gives sound only after the first key or click; sign-in is one. */
export const createPlayer = (volume: () => number): ((sound: SoundClass) => void) => {
  let context: AudioContext | null = null
  return (sound) => {
    const gain = GAIN[volume()] ?? 0
    if (gain === 0 || typeof AudioContext === 'undefined' || !navigator.userActivation.hasBeenActive) return
    context ??= new AudioContext()
    void context.resume()
    const begin = context.currentTime + 0.005
    for (const { hz, startMs, ms, wave, loudness } of TONES[sound]) {
      const oscillator = context.createOscillator()
      const envelope = context.createGain()
      const from = begin + startMs / 1000
      const to = from + ms / 1000
      oscillator.type = wave
      oscillator.frequency.value = hz
      // Without a ramp every note begins and ends with a click.
      envelope.gain.setValueAtTime(0, from)
      envelope.gain.linearRampToValueAtTime(gain * loudness, from + 0.008)
      envelope.gain.setValueAtTime(gain * loudness, to - 0.02)
      envelope.gain.linearRampToValueAtTime(0, to)
      oscillator.connect(envelope).connect(context.destination)
      oscillator.start(from)
      oscillator.stop(to)
    }
  }
}
