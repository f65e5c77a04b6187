import { createDrugSearch } from '../../electron/core/drug/drug-search.ts'
import { today } from '../../electron/core/now.ts'
import { print, timedSync } from './measure.ts'
import type { BenchShop } from './open-bench-shop.ts'

const WORDS = ['amxl', 'asp', 'ejsg', '二甲双胍', 'lhqw', 'xueyaning', '阿莫 片', '感冒灵', 'H20', '69990']

/** Every keystroke of some words over the practice assortment, against a LIKE over names on the same data (which finds no initials). */
export const benchSearch = ({ core }: BenchShop): void => {
  const { house } = core
  const search = createDrugSearch(house.db)
  const like = house.db.prepare(`select drug_id from drug where generic_name like '%' || @text || '%' or maker like '%' || @text || '%' or approval_number like '%' || @text || '%' or barcode like @text || '%' limit 20`)
  const keystrokes = WORDS.flatMap((word) => Array.from(word, (_, at) => word.slice(0, at + 1)))
  const ours: number[] = []
  const baseline: number[] = []
  for (let round = 0; round < 40; round += 1) {
    for (const text of keystrokes) {
      ours.push(timedSync(() => search.search(text, 20, today(house)), 1))
      baseline.push(timedSync(() => like.all({ text }), 1))
    }
  }
  print({ name: `search keystroke, ${keystrokes.length} prefixes`, ours: ours.slice(keystrokes.length * 5), baseline: baseline.slice(keystrokes.length * 5), against: 'LIKE over four columns', aim: '' })
}
