import { z } from 'zod'
import type { RegionProfile } from '../profile.ts'
import { text } from '../wire-fields.ts'

export interface MappingToWithdraw { readonly drugId: string; readonly listType: string; readonly nationalCode: string }
type Settings = Pick<RegionProfile, 'mapping' | 'institution'>

const fields = z.strictObject({ fixmedins_code: text(30), fixmedins_hilist_id: text(30), list_type: text(30), med_list_codg: text(30) })

/** 3302 one mapping is taken back. The table has no node name: its fields stand in `input` itself, or where the profile says. */
export const input = fields
export const inputOf = ({ mapping }: Pick<Settings, 'mapping'>): z.ZodType => (mapping.withdrawUnder === 'data' ? z.strictObject({ data: fields }) : fields)

export const build = (mapping: MappingToWithdraw, settings: Settings): unknown => {
  const row = fields.parse({ fixmedins_code: settings.institution.code, fixmedins_hilist_id: mapping.drugId, list_type: mapping.listType, med_list_codg: mapping.nationalCode })
  return settings.mapping.withdrawUnder === 'data' ? { data: row } : row
}
/** The table prints no output. */
export const outputNodes = {}
