import { pinyin } from 'pinyin-pro'
import type { Spell } from '../../domain/drug-search/spelled-name.ts'
import overrides from './pinyin-overrides.json' with { type: 'json' }

/**
 * Pinyin of a folded name. pinyin-pro misreads some words of drug names (重组, 参, 枸橼, 咳 …): the right reading stands first,
 * the misreading second, because cashiers type both.
 */
export const spell: Spell = (folded) => {
  const read = pinyin(folded, { type: 'all', toneType: 'none', v: true, nonZh: 'spaced' })
  const readings = read.map(({ origin, pinyin: reading, isZh }) => [isZh ? reading : origin])
  const characters = read.map(({ origin }) => origin)
  for (const { word, pinyin: right } of overrides) {
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + 1)) {
      const from = [...folded.slice(0, at)].length
      if (characters[from] !== [...word][0]) continue
      right.forEach((reading, i) => {
        const known = readings[from + i]
        if (known !== undefined && known[0] !== reading) readings[from + i] = [reading, ...known]
      })
    }
  }
  return readings
}
