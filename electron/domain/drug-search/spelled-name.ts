import { foldText, isHanzi } from './fold-text.ts'

/** Full pinyin without tones of every character of a folded text: a hanzi has one reading or more (the right one and the usual misreading), anything else stands for itself. */
export type Spell = (folded: string) => readonly (readonly string[])[]

export interface SpelledName {
  readonly shown: string
  readonly characters: readonly string[]
  readonly readings: readonly (readonly string[])[]
  /** Where the word people ask for begins: after the salt, the strength or 注射用. 0 where there is nothing in front. */
  readonly stemAt: number
}

// What stands in front of the word people ask for. Longest first.
const FRONTS = [
  '注射用',
  '吸入用',
  '外用',
  '复方',
  '小儿',
  '盐酸',
  '硫酸',
  '硝酸',
  '磷酸',
  '醋酸',
  '枸橼酸',
  '马来酸',
  '酒石酸',
  '琥珀酸',
  '富马酸',
  '苯磺酸',
  '甲磺酸',
  '氢溴酸',
  '乳酸',
  '丁酸',
  '戊酸',
  '消旋',
  '重组',
].sort((a, b) => b.length - a.length)
const STRENGTH = /^[\d%a-z]+/

const stemOf = (folded: string): number => {
  let at = STRENGTH.exec(folded)?.[0].length ?? 0
  for (let front = FRONTS.find((word) => folded.startsWith(word, at)); front !== undefined; front = FRONTS.find((word) => folded.startsWith(word, at)))
    at += front.length
  return at < folded.length ? at : 0
}

export const spellName = (shown: string, spell: Spell): SpelledName => {
  const folded = foldText(shown)
  return { shown, characters: [...folded], readings: spell(folded), stemAt: [...folded.slice(0, stemOf(folded))].length }
}

/**
 * Everything a cashier may type from character `from` on, each as one string: hanzi, and per consistent reading the full pinyin and the initials,
 * the initials also without letters and digits between (维生素B6片 is typed WSSP or WSSB6P).
 */
export const typedForms = (name: SpelledName, from: number): readonly string[] => {
  const forms = new Set<string>([name.characters.slice(from).join('')])
  const variants = name.readings.reduce((most, readings) => Math.max(most, readings.length), 1)
  for (let variant = 0; variant < variants; variant += 1) {
    let full = ''
    let initials = ''
    let hanziInitials = ''
    for (let i = from; i < name.characters.length; i += 1) {
      const readings = name.readings[i] ?? []
      const reading = readings[variant] ?? readings[0] ?? ''
      const hanzi = isHanzi(name.characters[i] ?? '')
      full += reading
      initials += reading.charAt(0)
      if (hanzi) hanziInitials += reading.charAt(0)
    }
    forms.add(full)
    forms.add(initials)
    if (hanziInitials !== '') forms.add(hanziInitials)
  }
  return [...forms]
}
