import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FILE_LISTS } from '../../../electron/core/catalogue/lists.ts'
import { official } from './tables/official-fields.ts'

const platform = join(import.meta.dirname, '../../../electron/core/platform')
const readme = readFileSync(join(platform, 'transactions/README.md'), 'utf8')

/** What the table says: number → paper's name, and who uses it. */
const rows = [...readme.matchAll(/^\| (\d{4,6}[A-Z]?) \| (.*?) \| (.*?) \| (.*?) \| (.*?) ?\|$/gm)].map(([, infno = '', paper = '', what = '', use = '', screen = '']) => ({ infno, paper, what, use, screen }))

/** What the code says: the client's files that call a transaction. The lists that come as files share one call. */
const used = new Map<string, string[]>(FILE_LISTS.map((infno) => [infno, ['calls/file-calls.ts']]))
for (const file of ['create-client.ts', 'sender.ts', ...readdirSync(join(platform, 'calls')).sort().map((name) => `calls/${name}`)]) {
  for (const [, number = ''] of readFileSync(join(platform, file), 'utf8').matchAll(/^import (?!type)[^']*'[./]*\/transactions\/t(\w+)\.ts'/gm)) {
    const infno = number.toUpperCase()
    used.set(infno, [...new Set([...(used.get(infno) ?? []), file])])
  }
}

describe('the list of transactions', () => {
  it('has every transaction of the official tables once, by number, under their name', () => {
    const order = ([a = '']: readonly string[], [b = '']: readonly string[]): number => Number.parseInt(a, 10) - Number.parseInt(b, 10) || (a < b ? -1 : 1)
    expect(rows.map(({ infno, paper }) => [infno, paper])).toEqual(Object.entries(official).map(([infno, { name }]) => [infno, name]).sort(order))
    expect(rows.filter(({ what }) => what.trim() === '')).toEqual([])
  })

  it('says truly who uses which: a row that is wrong is named here with what it should say', () => {
    const wrong = rows.map(({ infno, use }) => ({ infno, says: use, shouldSay: (used.get(infno) ?? []).map((file) => `\`${file}\``).join(', ') || 'wire only' })).filter(({ says, shouldSay }) => says !== shouldSay)
    expect(wrong).toEqual([])
    expect(readme).toContain(`${used.size} are used, ${Object.keys(official).length - used.size} are wire only`)
  })

  it('names a screen for what is used, and none for what is not', () => {
    expect(rows.filter(({ use, screen }) => (use === 'wire only') !== (screen.trim() === '')).map(({ infno }) => infno)).toEqual([])
  })
})
