import { foldText } from './fold-text.ts'
import type { NameIndex } from './name-index.ts'
import { buildNameIndex } from './name-index.ts'
import type { Spell, SpelledName } from './spelled-name.ts'
import { spellName } from './spelled-name.ts'

/** What of a drug is searched. */
export interface SearchableDrug {
  readonly drugId: string
  readonly genericName: string
  readonly tradeName: string
  readonly spec: string
  readonly packSpec: string
  readonly maker: string
  readonly approvalNumber: string
  readonly barcode: string | null
  readonly nationalCode: string
}

interface Row<D> {
  readonly drug: D
  readonly group: number
  readonly names: readonly number[]
  readonly maker: number
  readonly strength: string
}

export interface DrugIndex<D extends SearchableDrug = SearchableDrug> {
  readonly names: NameIndex
  readonly makers: NameIndex
  readonly rows: readonly Row<D>[]
  /** Rows by name and by maker. */
  readonly rowsOfName: readonly (readonly number[])[]
  readonly rowsOfMaker: readonly (readonly number[])[]
  /** Beginnings of codes: sorted, with the row of each. */
  readonly codes: readonly string[]
  readonly rowOfCode: Int32Array
  /** Generic names, in the order of `Row.group`. */
  readonly groups: readonly string[]
}

const APPROVAL_WORD = '国药准字'

const codesOf = (drug: SearchableDrug): readonly string[] => {
  const approval = foldText(drug.approvalNumber)
  const short = approval.startsWith(APPROVAL_WORD) ? approval.slice(APPROVAL_WORD.length) : approval
  return [drug.drugId, drug.barcode ?? '', drug.nationalCode]
    .map(foldText)
    .concat(approval, short, short.replace(/^[a-z]+/, ''))
    .filter((code) => code !== '')
}

const STRENGTH = /^(\d+(?:\.\d+)?)\s*(g|mg|[μµu]g)?/i
const IN_MILLIGRAMS: Readonly<Record<string, number>> = { g: 1000, mg: 1, ug: 0.001 }

/** 0.25g before 0.5g before 1g after 5mg; what is no weight is compared by its number. */
const strengthOf = (spec: string): number => {
  const [, amount = 'Infinity', unit = ''] = STRENGTH.exec(spec) ?? []
  return Number(amount) * (IN_MILLIGRAMS[unit.toLowerCase().replace(/^[μµ]/, 'u')] ?? 1)
}
const byText = new Intl.Collator('zh', { numeric: true })

const compareDrugs = (a: SearchableDrug, b: SearchableDrug): number => {
  const left = strengthOf(a.spec)
  const right = strengthOf(b.spec)
  if (left !== right) return left < right ? -1 : 1
  return byText.compare(a.spec, b.spec) || byText.compare(a.packSpec, b.packSpec) || byText.compare(a.maker, b.maker) || (a.drugId < b.drugId ? -1 : 1)
}

export const buildDrugIndex = <D extends SearchableDrug>(drugs: readonly D[], spell: Spell): DrugIndex<D> => {
  // Ids are ranks: where two names match equally well the shorter one stands first.
  const ranked = (texts: Iterable<string>): readonly SpelledName[] =>
    [...new Set(texts)]
      .filter((text) => foldText(text) !== '')
      .sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
      .map((text) => spellName(text, spell))
  const names = ranked(drugs.flatMap((drug) => [drug.genericName, drug.tradeName]))
  const makers = ranked(drugs.map((drug) => drug.maker))
  const idOf = (spelled: readonly SpelledName[]): ReadonlyMap<string, number> => new Map(spelled.map((name, id) => [name.shown, id]))
  const nameIds = idOf(names)
  const makerIds = idOf(makers)
  const groups = [...new Set(drugs.map((drug) => drug.genericName))]
  const groupIds = new Map(groups.map((name, id) => [name, id]))
  const rows = drugs.toSorted(compareDrugs).map((drug): Row<D> => ({
    drug,
    group: groupIds.get(drug.genericName) ?? -1,
    names: [...new Set([drug.genericName, drug.tradeName])].map((name) => nameIds.get(name)).filter((id) => id !== undefined),
    maker: makerIds.get(drug.maker) ?? -1,
    strength: `${foldText(drug.spec)} ${foldText(drug.packSpec)}`,
  }))
  const rowsOfName: number[][] = names.map(() => [])
  const rowsOfMaker: number[][] = makers.map(() => [])
  rows.forEach((row, at) => {
    for (const name of row.names) rowsOfName[name]?.push(at)
    rowsOfMaker[row.maker]?.push(at)
  })
  const codes = rows
    .flatMap((row, at) => codesOf(row.drug).map((code) => ({ code, at })))
    .sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : a.at - b.at))
  return {
    names: buildNameIndex(names),
    makers: buildNameIndex(makers),
    rows,
    rowsOfName,
    rowsOfMaker,
    groups,
    codes: codes.map(({ code }) => code),
    rowOfCode: Int32Array.from(codes, ({ at }) => at),
  }
}
