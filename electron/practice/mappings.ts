import type { Province } from './call.ts'
import { once } from './once.ts'
import { dateText } from './province-time.ts'
import type { Mapping } from './records/mapping.ts'

const DAY_MS = 86_400_000
const OPEN_END = '2099-12-31'
/** The made-up shop's own item codes: P and the place in the list, from 1. */
const itemOf = (index: number): string => `P${String(index + 1).padStart(4, '0')}`
const OPENED = 'mappings-opened'

type Opening = 'mapped' | 'missing' | 'ends-soon' | 'ended' | 'other-spec' | 'other-number'
const openingOf = (index: number): Opening => {
  if (index % 37 === 11) return 'missing'
  if (index % 53 === 20) return 'ends-soon'
  if (index % 61 === 30) return 'ended'
  if (index % 89 === 40) return 'other-spec'
  return index % 97 === 50 ? 'other-number' : 'mapped'
}

const openings = once(() => Array.from({ length: 461 }, (_, index) => ({ index, opening: openingOf(index) })).filter(({ opening }) => opening !== 'missing'))

export const mappingKey = (mapping: Pick<Mapping, 'institution' | 'itemId' | 'nationalCode' | 'begins'>): string => `${mapping.institution}|${mapping.itemId}|${mapping.nationalCode}|${mapping.begins}`

/** When the books were first asked about mappings: the opening ones end some days from then. */
const openedAt = (province: Province): number => {
  const { store } = province
  if (store.shelves.counters.get(OPENED) === undefined) store.put('counters', OPENED, Math.floor(province.clock() / DAY_MS))
  return (store.shelves.counters.get(OPENED) ?? 0) * DAY_MS
}

/** What the first institution had uploaded before it came here; computed, not stored, until it is changed. */
const openingMappings = (province: Province): readonly Mapping[] => {
  const institution = province.profile.institutions[0]!.code
  if (province.profile.mapping.opening === 'none') return []
  const from = openedAt(province)
  return openings().flatMap(({ index, opening }) => {
    const drug = province.catalogue.atPlace(index)
    if (drug === null) return []
    const ends = opening === 'ends-soon' ? dateText(from + 20 * DAY_MS) : opening === 'ended' ? dateText(from - 30 * DAY_MS) : OPEN_END
    const madeAt = Date.UTC(2025, 0, 1)
    return [{
      institution, itemId: itemOf(index), itemName: drug.name, listType: drug.kind === 'pieces' ? '102' : '101', nationalCode: drug.nationalCode, begins: '2025-01-01', ends,
      approvalNumber: opening === 'other-number' ? '国药准字H00000000' : drug.approvalNumber, form: '', priceUnit: '', spec: opening === 'other-spec' ? '按旧规格' : drug.spec, packSpec: drug.packSpec, memo: '', madeAt, changedAt: madeAt, withdrawnAt: null,
    }]
  })
}

/** Every mapping of an institution, withdrawn ones too, in the order of their last change. */
export const mappingsOf = (province: Province, institution: string): readonly Mapping[] => {
  const all = new Map(openingMappings(province).filter((mapping) => mapping.institution === institution).map((mapping) => [mappingKey(mapping), mapping]))
  for (const mapping of province.store.shelves.mappings.values()) if (mapping.institution === institution) all.set(mappingKey(mapping), mapping)
  return [...all.values()].toSorted((a, b) => a.changedAt - b.changedAt || (mappingKey(a) < mappingKey(b) ? -1 : 1))
}
export const findMapping = (province: Province, key: string): Mapping | null => {
  const stored = province.store.shelves.mappings.get(key)
  return stored ?? openingMappings(province).find((mapping) => mappingKey(mapping) === key) ?? null
}
