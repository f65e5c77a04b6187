import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { en } from '../../../renderer/i18n/en.ts'
import { zhCN } from '../../../renderer/i18n/zh-CN.ts'
import { SCREEN_SAYS } from '../../../renderer/till/say.ts'
import { STORY_EVENTS } from '../../../renderer/view/story-event.ts'

type Tree = { readonly [key: string]: string | Tree }
const flatten = (tree: Tree, prefix = ''): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string' ? [[`${prefix}${key}`, value] as const] : [...flatten(value, `${prefix}${key}.`)],
    ),
  )

const zh = flatten(zhCN)
const english = flatten(en)
const withoutPlural = (key: string): string => key.replace(/_(one|other)$/, '')

const folder = path.join(import.meta.dirname, '../../../renderer')
const sources = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.parentPath.includes('i18n'))
  .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'utf8'))
  .join('\n')

/** Keys as written in t('…'), and t(`a.${…}`) as patterns. Help keys are written in view/help.ts. */
const literals = new Set([...sources.matchAll(/\bt\(\s*'([^']+)'/g), ...sources.matchAll(/[?:]\s*'([a-z-]+\.[a-z-]+)'/g)].map((match) => match[1] ?? ''))
const ternaries = new Set([...sources.matchAll(/\bt\(\s*[^)'`]*\?\s*'([^']+)'\s*:\s*'([^']+)'/g)].flatMap((match) => [match[1] ?? '', match[2] ?? '']))
const patterns = [...sources.matchAll(/\bt\(\s*`([^`]+)`/g)].map(
  (match) =>
    new RegExp(
      `^${(match[1] ?? '')
        .replace(/\$\{[^}]*\}/g, '[^.]+')
        .replaceAll('.', '\\.')
        .replaceAll('[^\\.]+', '[^.]+')}$`,
    ),
)
const helpKeys = new Set([...sources.matchAll(/(?:text|title): '([a-z-]+)'/g)].map((match) => `help.${match[1] ?? ''}`))

const isUsed = (key: string): boolean => literals.has(key) || ternaries.has(key) || helpKeys.has(key) || patterns.some((pattern) => pattern.test(key))

test('both languages have the same keys, none of them empty but where no action is wanted', () => {
  expect([...english.keys()].sort()).toEqual([...zh.keys()].sort())
  for (const language of [zh, english]) {
    const empty = [...language].filter(([key, text]) => text === '' && !/^says\..*\.action$/.test(key) && key !== 'gender.unknown').map(([key]) => key)
    expect(empty).toEqual([])
  }
})
test('both languages fill in the same values', () => {
  const values = (text: string | undefined): readonly string[] => [...(text ?? '').matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '').sort()
  const differing = [...zh.keys()].filter((key) => {
    const own = new Set(values(zh.get(key)))
    return values(english.get(key)).some((name) => !own.has(name))
  })
  expect(differing).toEqual([])
})
test('no key is unused', () => {
  expect([...new Set([...zh.keys()].map(withoutPlural))].filter((key) => !isUsed(key))).toEqual([])
})
test('no key that is written in a screen is missing', () => {
  const known = new Set([...zh.keys()].map(withoutPlural))
  const written = [...sources.matchAll(/\bt\(\s*'([^']+)'/g)].map((match) => match[1] ?? '')
  expect(written.length).toBeGreaterThan(150)
  expect(written.filter((key) => !known.has(key))).toEqual([])
})
test('everything that a screen may say has its words', () => {
  expect(Object.keys(zhCN.says).sort()).toEqual([...SCREEN_SAYS].sort())
  expect(Object.keys(zhCN['story-event']).sort()).toEqual([...STORY_EVENTS].sort())
})
test('English has no Chinese left in it', () => {
  expect([...english].filter(([, text]) => /\p{Script=Han}/u.test(text)).map(([key]) => key)).toEqual([])
})
