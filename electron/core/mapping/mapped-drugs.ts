import type { BusinessDate, MappedDrug, MappingDifference, MappingSide } from '../../contract/index.ts'
import { afterALook, differencesOf, isConfirmable, isReady, judgeMapping } from '../../domain/mapping/mapping-status.ts'
import type { DrugFacts } from '../drug/drug-store.ts'
import type { House } from '../house.ts'
import { catalogueSide } from './catalogue-side.ts'
import type { CatalogueSide } from './catalogue-side.ts'
import type { StoredMapping } from './mapping-store.ts'
import { ourSide, theirSide } from './two-sides.ts'

export interface JudgedDrug { readonly drug: MappedDrug; readonly ours: MappingSide; readonly theirs: MappingSide | null; readonly row: StoredMapping | null }

/** Both sides as one text: what a pharmacist looked at. */
export const sidesText = (ours: MappingSide, theirs: MappingSide | null): string => JSON.stringify([ours, theirs])

const differencesHere = (ours: MappingSide, theirs: MappingSide | null, catalogue: CatalogueSide): readonly MappingDifference[] => {
  if (ours.code === '') return ['no-national-code']
  if (catalogue.kind === 'unknown') return ['not-in-catalogue']
  return [...(catalogue.kind === 'known' && !catalogue.valid ? ['not-valid' as const] : []), ...differencesOf(ours, theirs)]
}

/** One drug with both sides and what they come to today. `rows`: its mappings, newest first. */
export const judgeDrug = (house: House, facts: DrugFacts, rows: readonly StoredMapping[], today: BusinessDate): JudgedDrug => {
  const ours = ourSide(facts)
  const catalogue: CatalogueSide = ours.code === '' ? { kind: 'none' } : catalogueSide(house, { kind: facts.kind, nationalCode: ours.code }, today)
  const theirs = theirSide(catalogue.kind === 'known' ? catalogue.side : null, rows)
  const found = differencesHere(ours, theirs, catalogue)
  const looked = found.length > 0 && rows.some((row) => row.nationalCode === ours.code && row.checked === sidesText(ours, theirs))
  const differences = looked ? afterALook(found) : found
  const judged = judgeMapping(ours.code, rows, differences, today, house.profile.mapping.warnDays)
  return {
    ours, theirs, row: rows.find((row) => row === judged.row) ?? null,
    drug: {
      drugId: facts.drugId, name: facts.genericName, spec: facts.packSpec === '' ? facts.spec : facts.packSpec, maker: facts.maker, nationalCode: ours.code, status: judged.status, differences: [...differences],
      from: judged.from, to: judged.to, expiring: judged.expiring, confirmable: isConfirmable(differences) && judged.status !== 'under-way', ready: isReady(judged.status, differences), refusal: judged.row?.refusal ?? null,
    },
  }
}
