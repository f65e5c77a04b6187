import type { BusinessDate, MappingDifference, MappingRow, MappingSide, MappingStatus } from '../../contract/index.ts'
import { addDays } from '../calendar.ts'

/** Spaces, width and the ways to write a times sign say nothing of the goods. */
const folded = (text: string): string =>
  text.normalize('NFKC').toUpperCase().replace(/[×✕✖*]/g, 'X').replace(/μG|ΜG/g, 'UG').replace(/每(?=[片粒袋支瓶盒])/g, '1').replace(/[\s,，、。;；:：()/[\]【】"“”·-]/g, '')

/** Company forms that one side writes and the other leaves out. */
const makerOf = (text: string): string => folded(text).replace(/(集团)?(股份)?(有限)?(责任)?公司$/u, '').replace(/集团|股份|有限|责任/gu, '')

const differ = (ours: string, theirs: string, fold: (text: string) => string): boolean => {
  // Most are written alike: thousands of drugs are compared at once.
  if (ours === theirs) return false
  const [a, b] = [fold(ours), fold(theirs)]
  // Only what both say can differ.
  return a !== '' && b !== '' && a !== b
}

const approvalOf = (text: string): string => folded(text).replace(/^(国药准字|国食药监械|注册证号)+/u, '')
/** A maker's short name inside the long one is the same maker. */
const otherMaker = (ours: string, theirs: string): boolean => {
  if (ours === theirs) return false
  const [a, b] = [makerOf(ours), makerOf(theirs)]
  return a !== '' && b !== '' && !a.includes(b) && !b.includes(a)
}

/** Where our item and theirs are not the same goods. Names are not compared: trade names, salts and brackets differ for the same drug. */
export const differencesOf = (ours: MappingSide, theirs: MappingSide | null): readonly MappingDifference[] => {
  if (ours.code.trim() === '') return ['no-national-code']
  if (theirs === null) return []
  return [
    ...(theirs.code !== '' && theirs.code !== ours.code ? ['other-code' as const] : []),
    ...(differ(ours.approvalNumber, theirs.approvalNumber, approvalOf) ? ['approval-number' as const] : []),
    ...(differ(ours.spec, theirs.spec, folded) ? ['spec' as const] : []),
    ...(differ(ours.packSpec, theirs.packSpec, folded) ? ['pack-spec' as const] : []),
    ...(differ(ours.unit, theirs.unit, folded) ? ['unit' as const] : []),
    ...(otherMaker(ours.maker, theirs.maker) ? ['maker' as const] : []),
  ]
}

/** Ways of writing differ in these for the same goods; the others are other goods, or none. */
const TO_LOOK_AT: ReadonlySet<MappingDifference> = new Set<MappingDifference>(['spec', 'pack-spec', 'unit', 'maker'])
/** A pharmacist who looks at the box can say that nothing differs. */
export const isConfirmable = (differences: readonly MappingDifference[]): boolean => differences.length > 0 && differences.every((difference) => TO_LOOK_AT.has(difference))
/** What is left once a pharmacist has looked. */
export const afterALook = (differences: readonly MappingDifference[]): readonly MappingDifference[] => differences.filter((difference) => !TO_LOOK_AT.has(difference))

/** They say nothing of the goods themselves. */
const OF_THE_CODE: ReadonlySet<MappingDifference> = new Set<MappingDifference>(['no-national-code', 'not-in-catalogue'])

export interface MappingJudged { readonly status: MappingStatus; readonly from: BusinessDate | null; readonly to: BusinessDate | null; readonly expiring: boolean; readonly row: MappingRow | null }

export const isInForce = (row: Pick<MappingRow, 'state' | 'from' | 'to'>, today: BusinessDate): boolean =>
  (row.state === 'held' || row.state === 'withdrawing') && row.from <= today && (row.to === null || row.to >= today)

/**
 * What one drug's mappings come to today. In this order: something is under way · goods that are not the same, mapped or not yet · in force · refused last · expired · not mapped.
 * A mapping of another national code than the drug has now is no mapping of it. `rows` newest first.
 */
export const judgeMapping = (nationalCode: string, rows: readonly MappingRow[], differences: readonly MappingDifference[], today: BusinessDate, warnDays: number): MappingJudged => {
  const own = rows.filter((row) => row.nationalCode === nationalCode)
  const of = (status: MappingStatus, row: MappingRow | undefined): MappingJudged =>
    ({ status, row: row ?? null, from: row?.from ?? null, to: row?.to ?? null, expiring: row !== undefined && status !== 'expired' && isInForce(row, today) && row.to !== null && row.to < addDays(today, warnDays) })
  const moving = own.find((row) => row.state === 'uploading' || row.state === 'withdrawing')
  if (moving !== undefined) return of('under-way', moving)
  const inForce = own.find((row) => isInForce(row, today))
  const wrong = differences.filter((difference) => !OF_THE_CODE.has(difference))
  const otherHeld = rows.find((row) => row.nationalCode !== nationalCode && isInForce(row, today))
  if (inForce !== undefined) return of(wrong.length > 0 ? 'differs' : 'in-force', inForce)
  if (otherHeld !== undefined) return of('differs', otherHeld)
  const newest = own.find((row) => row.state !== 'withdrawn')
  if (newest?.state === 'refused') return of('refused', newest)
  if (newest?.state === 'held' && newest.to !== null && newest.to < today) return of('expired', newest)
  // Held from a later day on: it is not in force yet, and not to be sent twice.
  if (newest?.state === 'held') return of('under-way', newest)
  return of(wrong.length > 0 ? 'differs' : 'unmapped', undefined)
}

/** Nothing of ours is in the way: unmapped or expired, and the same goods on both sides. */
export const isReady = (status: MappingStatus, differences: readonly MappingDifference[]): boolean => (status === 'unmapped' || status === 'expired') && differences.length === 0
