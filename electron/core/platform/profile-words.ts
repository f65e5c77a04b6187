import type { RegionProfile } from './profile.ts'
import dictionary from './dictionary.json' with { type: 'json' }

/** Names for codes. A code without a name is shown as it is: never hidden, never guessed. */
const nameOf = (table: Readonly<Record<string, string>>, code: string): string => (Object.hasOwn(table, code) ? table[code] ?? code : code)

export const insuranceName = (code: string): string => nameOf(dictionary.insutype, code)
export const personTypeName = (code: string): string => nameOf(dictionary.psn_type, code)
export const fundName = (code: string): string => nameOf(dictionary.fund_pay_type, code)
export const clearingTypeName = (code: string): string => nameOf(dictionary.clr_type, code)
export const accumulatorName = (profile: RegionProfile, code: string): string => nameOf(profile.names.accumulators, code)
export const regionName = (profile: RegionProfile, code: string): string => nameOf(profile.names.regions, code)
