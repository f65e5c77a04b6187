import { z } from 'zod'
import type { InsuredBasket } from '../client.ts'
import type { RegionProfile } from '../profile.ts'
import { text } from '../wire-fields.ts'
import { CARD_SERIAL, cardHasSerial, checkBasket, lineFields, lineOf, purchaseFields, purchaseOf } from './purchase.ts'
import { outputNodesOf } from './settlement-answer.ts'
import { flag } from './wire-values.ts'

type TraceSettings = RegionProfile['traceCodes']

const purchase = z.strictObject({ ...purchaseFields, invono: text(20).optional() }).refine(cardHasSerial, CARD_SERIAL)

/** One entry a code. The serial number is text here and a number in the line itself, as printed. */
export const traceInfo = (settings: TraceSettings) => z.strictObject({ feedetl_sn: text(30), drug_trac_codg: text(settings.widths['2102']), trdn_flag: text(3, 'trdn_flag') })

/** 2102 settle: books the purchase. Trace codes stand as a list inside their line. `durg` is the paper's spelling (its change log writes `drug`): wire-names.ts has the province's. */
export const inputOf = (settings: TraceSettings) => z.strictObject({
  druginfo: purchase,
  drugdetail: z.array(z.strictObject({ ...lineFields, durg_trac_info: z.array(traceInfo(settings)).min(1).optional() })).min(1),
})
export const outputNodes = outputNodesOf.settled

export const build = (basket: InsuredBasket, medType: string, settings: TraceSettings): z.infer<ReturnType<typeof inputOf>> => {
  checkBasket(basket)
  return inputOf(settings).parse({
    druginfo: purchaseOf(basket, medType),
    drugdetail: basket.lines.map((line) => ({
      ...lineOf(basket, line),
      // Pieces and other goods without codes: no node rather than an empty one (it is optional).
      ...(line.packs.length === 0 ? {} : { durg_trac_info: line.packs.map((pack) => ({ feedetl_sn: String(line.position), drug_trac_codg: pack.code, trdn_flag: flag(pack.split) })) }),
    })),
  })
}
