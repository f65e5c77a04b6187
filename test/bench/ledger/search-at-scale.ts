// What the ledger's page asks, over a ledger of years that verdict-at-scale.ts made and kept:
//   node build/run.mjs test/bench/ledger/verdict-at-scale.ts --codes 20000000 --folder FOLDER --keep
//   node build/run.mjs test/bench/ledger/search-at-scale.ts --folder FOLDER
import { parseArgs } from 'node:util'
import type { BusinessDate, Input } from '../../../electron/contract/index.ts'
import { contract } from '../../../electron/contract/index.ts'
import { databaseFile } from '../../../electron/core/core.ts'
import { openForReading } from '../../../electron/core/db/open-database.ts'
import { drugSearchOf } from '../../../electron/core/drug/drug-search.ts'
import { searchPacks } from '../../../electron/core/trace/search-packs.ts'
import { p50p99, say } from './samples.ts'

const TODAY = '2026-06-01' as BusinessDate
const ROUNDS = 50

const { values } = parseArgs({ options: { folder: { type: 'string' } } })
if (values.folder === undefined) throw new Error('--folder: where verdict-at-scale.ts kept its ledger')
const db = openForReading(databaseFile(values.folder), new Uint8Array(32).fill(7))
const find = (text: string) => drugSearchOf(db).search(text, 20, TODAY).groups.flatMap((group) => group.drugs)
find('')

const code = db.prepare(`select code from pack_shown limit 1 offset 100000`).pluck().get() as string
const questions: readonly (readonly [string, Input<'trace.searchPacks'>])[] = [
  ['a whole code', { text: code }],
  ['a drug’s seven digits', { text: code.slice(0, 7) }],
  ['a code’s first twelve digits', { text: code.slice(0, 12) }],
  ['seven digits, only locked ones', { text: code.slice(0, 7), states: ['locked'] }],
  ['four digits, a state that nothing has', { text: code.slice(0, 4), states: ['destroyed'] }],
  ['the front of a GS1 code', { text: '0106999' }],
  ['a lot', { text: 'L0000001' }],
  ['a drug by its letters', { text: 'amxl' }],
  ['all in stock', { text: '', states: ['in-stock'] }],
  ['all locked', { text: '', states: ['locked'] }],
  ['sold last (sales without lines: all are looked through)', { text: '' }],
]
for (const [name, question] of questions) {
  const asked = contract['trace.searchPacks'].input.parse(question)
  const times: number[] = []
  let rows = 0
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now()
    rows = searchPacks(db, asked, TODAY, find).rows.length
    times.push((performance.now() - start) * 1_000)
  }
  say(name, `${p50p99(times)}, ${rows} packs`)
}
db.close()
