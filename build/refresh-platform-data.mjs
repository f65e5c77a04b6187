// Copies from the official interface paper what the platform client and its tests need.
//   node build/refresh-platform-data.mjs FOLDER
// Prints what changed; writes nothing that did not. Nothing reads FOLDER at run or test time.
// FOLDER holds hunan-1.1.27.json (field tables) and hunan-dictionary.csv (code tables); see electron/core/platform/NOTICE.md.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parse } from 'csv-parse/sync'

const folder = process.argv[2]
if (folder === undefined) {
  console.error('usage: node build/refresh-platform-data.mjs FOLDER')
  process.exit(2)
}
const root = join(import.meta.dirname, '..')

/** Code tables whose names the counter shows. One code a line, so that a change of one code is a change of one line. */
const TABLES = ['insutype', 'psn_type', 'fund_pay_type', 'clr_type', 'med_type', 'psn_cert_type', 'psn_insu_stas']
const rows = parse(readFileSync(join(folder, 'hunan-dictionary.csv'), 'utf8'), { columns: true, bom: true })
const dictionary = TABLES.map((field) => {
  const names = new Map(rows.filter((row) => row.field === field).map((row) => [row.code.trim(), row.name.trim()]))
  if (names.size === 0) throw new Error(`the dictionary has no table ${field}`)
  return `  ${JSON.stringify(field)}: {\n${[...names].map(([code, name]) => `    ${JSON.stringify(code)}: ${JSON.stringify(name)}`).join(',\n')}\n  }`
})
/** Every official code table, codes only: what is sent is held against them. One table a line. */
const codeTables = new Map()
for (const row of rows) {
  const [name, code] = [row.field.trim(), row.code.trim()]
  if (name === '' || code === '') continue
  codeTables.set(name, (codeTables.get(name) ?? new Set()).add(code))
}
const codeLines = [...codeTables].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, codes]) => `  ${JSON.stringify(name)}: ${JSON.stringify([...codes].sort((a, b) => (a < b ? -1 : 1)))}`)

/** Field tables of all transactions: the conformance test walks them. One field a line: [code, type, length, required, from a dictionary, note]. Nodes keep their order: some have no name. */
const tables = JSON.parse(readFileSync(join(folder, 'hunan-1.1.27.json'), 'utf8'))
const field = (f) => `        ${JSON.stringify([f.code, f.type, f.length, f.required, f.dictionary === true, ...(f.note === undefined || f.note.length > 200 ? [] : [f.note])])}`
const side = (name, list) => `    "${name}": [${list.map((node) => `\n      { "node": ${JSON.stringify(node.node)}, "fields": [\n${node.fields.map(field).join(',\n')}\n      ] }`).join(',')}${list.length === 0 ? '' : '\n    '}]`
const calls = Object.values(tables).map((t) => `  ${JSON.stringify(t.infno)}: {\n    "name": ${JSON.stringify(t.name)},\n${side('input', t.input)},\n${side('output', t.output)}\n  }`)

const outputs = {
  'electron/core/platform/dictionary.json': `{\n${dictionary.join(',\n')}\n}\n`,
  'electron/core/platform/code-tables.json': `{\n${codeLines.join(',\n')}\n}\n`,
  'test/core/platform/tables/official-1.1.27.json': `{\n${calls.join(',\n')}\n}\n`,
}
for (const [name, content] of Object.entries(outputs)) {
  const file = join(root, name)
  const before = existsSync(file) ? readFileSync(file, 'utf8') : ''
  if (before === content) {
    console.log(`${name}: unchanged`)
    continue
  }
  const [old, fresh] = [new Set(before.split('\n')), new Set(content.split('\n'))]
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, content)
  console.log(`${name}: ${before === '' ? 'new' : 'changed'}, +${[...fresh].filter((line) => !old.has(line)).length} −${[...old].filter((line) => !fresh.has(line)).length} lines`)
}
