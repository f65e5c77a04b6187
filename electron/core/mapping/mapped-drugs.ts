import type { BusinessDate, MappedDrug, MappingDifference, MappingSide } from '../../contract/index.ts'
import { differencesOf, isReady, judgeMapping } from '../../domain/mapping/mapping-status.ts'
import type { DrugFacts } from '../drug/drug-store.ts'
import type { House } from '../house.ts'
import { catalogueSide } from './catalogue-side.ts'
import type { StoredMapping } from './mapping-store.ts'
import { ourSide, theirSide } from './two-sides.ts'

export interface JudgedDrug { readonly drug: MappedDrug; readonly ours: MappingSide; readonly theirs: MappingSide | null; readonly row: StoredMapping | null }

/** One drug with both sides and what they come to today. `rows`: its mappings, newest first. */
export const judgeDrug = (house: House, facts: DrugFacts, rows: readonly StoredMapping[], today: BusinessDate): JudgedDrug => {
  const ours = ourSide(facts)
  const catalogue = ours.code === '' ? null : catalogueSide(house, ours.code)
  const theirs = theirSide(catalogue === 'unknown' ? null : catalogue, rows)
  const differences: readonly MappingDifference[] = catalogue === 'unknown' ? ['not-in-catalogue'] : differencesOf(ours, theirs)
  const judged = judgeMapping(ours.code, rows, differences, today, house.profile.mapping.warnDays)
  return {
    ours, theirs, row: rows.find((row) => row === judged.row) ?? null,
    drug: {
      drugId: facts.drugId, name: facts.genericName, spec: facts.packSpec === '' ? facts.spec : facts.packSpec, maker: facts.maker, nationalCode: ours.code, status: judged.status, differences: [...differences],
      from: judged.from, to: judged.to, expiring: judged.expiring, ready: isReady(judged.status, differences), refusal: judged.row?.refusal ?? null,
    },
  }
}
