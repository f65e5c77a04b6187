import { z } from 'zod'
import type { UploadRow } from '../client.ts'
import type { RegionProfile } from '../profile.ts'
import { text } from '../wire-fields.ts'
import { codesOf, goodsFields, goodsOf } from './goods-row.ts'
import { oncePer } from './once-per.ts'

type Settings = Pick<RegionProfile, 'traceCodes'>

/** 3506 goods returned. Whose number `medins_prod_sel_no` is, ours or the platform's, the paper does not say: optional, so not sent. The count stays positive; the code of each pack must be there (note of the paper). */
export const inputOf = oncePer(({ traceCodes }: Settings) => z.strictObject({
  selinfo: z.strictObject({
    ...goodsFields,
    medins_prod_sel_no: text(50).optional(),
    drugtracinfo: z.array(z.strictObject({ drug_trac_codg: text(traceCodes.widths['3506']).optional() })).optional(),
  }),
}))

export const build = (goods: UploadRow, settings: Settings): z.infer<ReturnType<typeof inputOf>> => inputOf(settings).parse({
  selinfo: { ...goodsOf(goods), drugtracinfo: codesOf(goods) },
})
