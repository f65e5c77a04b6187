import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

const css = readFileSync(path.join(import.meta.dirname, '../../../renderer/theme/tokens.css'), 'utf8')
const tokensOf = (block: string): ReadonlyMap<string, string> =>
  new Map([...block.matchAll(/--([a-z0-9-]+):\s*(#[0-9a-f]{6});/g)].map((match) => [match[1] ?? '', match[2] ?? '']))
const [light = '', dark = ''] = css.split("[data-theme='dark']")

const luminance = (hex: string): number => {
  const channels = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  return 0.2126 * (channels[0] ?? 0) + 0.7152 * (channels[1] ?? 0) + 0.0722 * (channels[2] ?? 0)
}
const contrast = (one: string, two: string): number => {
  const [high = 0, low = 0] = [luminance(one), luminance(two)].toSorted((a, b) => b - a)
  return (high + 0.05) / (low + 0.05)
}

/** Every text colour on every ground it stands on. WCAG AA for text: 4.5. */
const PAIRS: readonly (readonly [text: string, grounds: readonly string[]])[] = [
  ['ink', ['paper', 'wash', 'wash-2', 'accent-wash', 'accent-faint', 'ask-wash', 'stop-wash']],
  ['ink-2', ['paper', 'wash', 'wash-2', 'accent-wash', 'accent-faint', 'ask-wash', 'stop-wash']],
  ['ink-3', ['paper', 'wash', 'wash-2', 'accent-wash', 'accent-faint']],
  ['accent', ['paper', 'wash', 'accent-wash', 'accent-faint']],
  ['accent-ink', ['accent']],
  ['ask', ['paper', 'wash', 'wash-2', 'ask-wash', 'accent-faint', 'accent-wash']],
  ['stop', ['paper', 'wash', 'stop-wash']],
]

describe.each([
  ['light', tokensOf(light)],
  ['dark', tokensOf(dark)],
] as const)('the %s theme', (_, tokens) => {
  test('has AA contrast for every text on every ground', () => {
    const colour = (name: string): string => {
      const value = tokens.get(name)
      if (value === undefined) throw new Error(`no token --${name}`)
      return value
    }
    const weak = PAIRS.flatMap(([text, grounds]) =>
      grounds.map((ground) => ({ pair: `${text} on ${ground}`, ratio: contrast(colour(text), colour(ground)) })),
    ).filter(({ ratio }) => ratio < 4.5)
    expect(weak).toEqual([])
  })
})

test('the banner of a pack sold elsewhere is readable at arm’s length', () => {
  expect(contrast('#ffffff', '#a5121a')).toBeGreaterThan(7)
})
