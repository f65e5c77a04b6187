// Makes the demo shop's data files from the public tables they come from.
//   node build/refresh-demo-data.mjs FOLDER
// FOLDER holds products_with_nhsa_code.csv, tcm_pieces_with_price.csv, pinyin_overrides.csv and drug_name_initials.csv (see electron/core/demo-shop/tables/NOTICE.md).
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'

const folder = process.argv[2]
if (folder === undefined) {
  console.error('usage: node build/refresh-demo-data.mjs FOLDER')
  process.exit(2)
}
const root = join(import.meta.dirname, '..')
const read = (name) => parse(readFileSync(join(folder, name), 'utf8'), { columns: true, bom: true })
/** One record a line, so that a change of one drug is a change of one line. */
const write = (path, records) => writeFileSync(join(root, path), `[\n${records.map((record) => JSON.stringify(record)).join(',\n')}\n]\n`)

const INSURANCE_CLASS = { 甲: 'A', 乙: 'B', '': 'none' }
const KIND = { X: 'western', Z: 'chinese-patent' }

const products = read('products_with_nhsa_code.csv').map((row, index) => {
  const unitsPerPack = Number(row.pack_qty)
  return {
    row: index + 1,
    nationalCode: row.nhsa_code,
    genericName: row.generic_name.trim(),
    tradeName: row.trade_or_alias.trim(),
    // The letter of the code, not the table's own column: 感冒灵颗粒 and others stand there as 西药 with a Chinese patent code.
    kind: KIND[row.nhsa_code[0]],
    approvalNumber: row.approval_no.trim(),
    spec: row.spec.trim(),
    packSpec: row.pack_spec.trim(),
    maker: row.manufacturer.trim(),
    unitsPerPack,
    packUnit: row.pack_unit,
    // A pack of one is its own smallest unit; the table says "1 ml" for a bottle.
    smallestUnit: unitsPerPack === 1 ? row.pack_unit : row.min_unit,
    packPriceYuan: row.retail_price,
    insuranceClass: INSURANCE_CLASS[row.nrdl_class],
    restriction: row.nrdl_restriction.trim(),
  }
})
for (const product of products) {
  if (product.kind === undefined || product.insuranceClass === undefined || !(product.unitsPerPack >= 1) || !(Number(product.packPriceYuan) > 0)) {
    throw new Error(`row ${product.row} cannot be read: ${JSON.stringify(product)}`)
  }
}
write('electron/core/demo-shop/tables/products.json', products)

const pieces = read('tcm_pieces_with_price.csv')
  .map((row, index) => ({
    row: index + 1,
    nationalCode: row.nhsa_code,
    name: row.name.trim(),
    kilogramPriceYuan: row.retail_price_per_kg,
    maker: row.manufacturer.trim(),
  }))
  .filter((piece) => /^T\d{9}$/.test(piece.nationalCode) && Number(piece.kilogramPriceYuan) > 0)
write('electron/core/demo-shop/tables/pieces.json', pieces)

write(
  'electron/core/drug/pinyin-overrides.json',
  read('pinyin_overrides.csv').map((row) => ({
    word: row.word,
    pinyin: row.pinyin
      .normalize('NFD')
      .replace(/\p{Mn}/gu, '')
      .split(' '),
  })),
)

// For the search quality test: every name of the demo shop's kind and every name whose reading was corrected, and each seventh of the rest.
const slice = read('drug_name_initials.csv')
  .filter((row, index) => row.differs === '1' || /prod/.test(row.sources) || index % 7 === 0)
  .map((row) => [row.name, row.initials_pinyin_pro_default, row.initials_corrected])
write('test/core/drug/drug-name-initials.json', slice)
console.log(`${products.length} products, ${pieces.length} pieces, ${slice.length} names for the search test`)
