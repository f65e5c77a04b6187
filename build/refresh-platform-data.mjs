// Copies from the official interface paper what the platform client and its tests need.
//   node build/refresh-platform-data.mjs FOLDER
// FOLDER holds hunan-1.1.27.json (field tables) and hunan-dictionary.csv (code tables); see electron/core/platform/NOTICE.md.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
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
writeFileSync(join(root, 'electron/core/platform/dictionary.json'), `{\n${dictionary.join(',\n')}\n}\n`)

/** Field tables of the calls we speak: the conformance test walks them. One field a line: [code, type, length, required, from a dictionary]. */
const CALLS = ['1101', '1901', '2001', '2101', '2102', '2103', '2601', '3201', '3505', '3506', '3592B', '5206', '5301', '9001', '9002']
const tables = JSON.parse(readFileSync(join(folder, 'hunan-1.1.27.json'), 'utf8'))
const field = (f) => `        ${JSON.stringify([f.code, f.type, f.length, f.required, f.dictionary === true])}`
const nodes = (list) => list.map((node) => `      ${JSON.stringify(node.node)}: [\n${node.fields.map(field).join(',\n')}\n      ]`).join(',\n')
const side = (name, list) => (list.length === 0 ? `    "${name}": {}` : `    "${name}": {\n${nodes(list)}\n    }`)
const calls = CALLS.map((infno) => `  ${JSON.stringify(infno)}: {\n${side('input', tables[infno].input)},\n${side('output', tables[infno].output)}\n  }`)
mkdirSync(join(root, 'test/core/platform/tables'), { recursive: true })
writeFileSync(join(root, 'test/core/platform/tables/official-1.1.27.json'), `{\n${calls.join(',\n')}\n}\n`)
