// Refreshes the practice province's own copies: node build/refresh-practice-data.mjs FOLDER
// FOLDER holds spec/hunan-1.1.27.json, spec/hunan-dictionary.csv and data/*.csv. Prints what changed; writes nothing that did not.
// The province must not share data files with the client: a misread table would then pass unseen.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { stringifyCsv } from './refresh-practice-data/csv-text.mjs'
import { catalogueRows } from './refresh-practice-data/catalogue-rows.mjs'
import { compactTransactions } from './refresh-practice-data/compact-transactions.mjs'

const folder = process.argv[2]
if (folder === undefined) {
  console.error('usage: node build/refresh-practice-data.mjs FOLDER')
  process.exit(2)
}
const target = join(import.meta.dirname, '..', 'electron', 'practice', 'data')
const text = (...path) => readFileSync(join(folder, ...path), 'utf8').replace(/^\uFEFF/, '')
const rows = (...path) => parse(text(...path), { columns: true, skip_empty_lines: true })

const dictionary = rows('spec', 'hunan-dictionary.csv')
const outputs = {
  'transactions.json': compactTransactions(JSON.parse(text('spec', 'hunan-1.1.27.json'))),
  'dictionary.csv': stringifyCsv(
    ['field', 'code', 'name'],
    dictionary.filter((row) => row.field !== '').map((row) => ({ field: row.field, code: row.code, name: row.name })),
  ),
  'catalogue.csv': stringifyCsv(
    [
      'index',
      'nhsa_code',
      'name',
      'spec',
      'pack_spec',
      'pack_qty',
      'manufacturer',
      'approval_no',
      'kind',
      'class',
      'pre_self_pay',
      'price_limit',
      'over_limit',
      'diseases',
    ],
    catalogueRows(rows('data', 'products_with_nhsa_code.csv'), rows('data', 'tcm_pieces_with_price.csv')),
  ),
}

const digest = (content) => createHash('sha256').update(content).digest('hex').slice(0, 12)
for (const [name, content] of Object.entries(outputs)) {
  const file = join(target, name)
  const before = existsSync(file) ? readFileSync(file, 'utf8') : null
  if (before === content) {
    console.log(`${name}: unchanged (${digest(content)})`)
    continue
  }
  const old = new Set((before ?? '').split('\n'))
  const fresh = new Set(content.split('\n'))
  const added = [...fresh].filter((line) => !old.has(line)).length
  const removed = [...old].filter((line) => !fresh.has(line)).length
  writeFileSync(file, content)
  console.log(`${name}: ${before === null ? 'new' : 'changed'} (${digest(content)}), +${added} −${removed} lines`)
}
