/** The symbologies of nearly every scan, with what `because` says of them. */
export interface UsualAim {
  readonly aim: string
  readonly gs1: boolean
  readonly because: readonly string[]
}

const usual = (aim: string, gs1: boolean): UsualAim => ({ aim, gs1, because: [`symbology ${aim}`, ...(gs1 ? ['a GS1 symbology'] : [])] })
const D1 = usual(']d1', false)
const D2 = usual(']d2', true)
const C0 = usual(']C0', false)
const C1 = usual(']C1', true)
const Q1 = usual(']Q1', false)
const Q3 = usual(']Q3', true)

/** The identifier whose letter and digit stand at `at`, written as it should be. Null: another, which the long way knows. */
export const usualAimAt = (text: string, at: number): UsualAim | null => {
  const digit = text.charCodeAt(at + 1) - 48
  switch (text.charCodeAt(at)) {
    case 0x64:
      return digit === 2 ? D2 : digit === 1 ? D1 : null
    case 0x43:
      return digit === 0 ? C0 : digit === 1 ? C1 : null
    case 0x51:
      return digit === 1 ? Q1 : digit === 3 ? Q3 : null
    default:
      return null
  }
}

/** As a driver hands it over: `]d2` or `d2`. */
export const usualAim = (given: string): UsualAim | null => {
  const from = given.charCodeAt(0) === 0x5d ? 1 : 0
  return given.length === from + 2 ? usualAimAt(given, from) : null
}
