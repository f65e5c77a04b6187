import { z } from 'zod'
import type { InsuredBasket } from '../client.ts'
import { CARD_SERIAL, cardHasSerial, checkBasket, lineFields, lineOf, purchaseFields, purchaseOf } from './purchase.ts'
import { outputNodesOf } from './settlement-answer.ts'

/** 2101 trial: what would be paid by whom. Without effect; carries no trace codes and answers no `setl_id`. */
export const input = z.strictObject({
  druginfo: z.strictObject(purchaseFields).refine(cardHasSerial, CARD_SERIAL),
  drugdetail: z.array(z.strictObject(lineFields)).min(1),
})
export const outputNodes = outputNodesOf.trial

export const build = (basket: InsuredBasket, medType: string): z.infer<typeof input> => {
  checkBasket(basket)
  return input.parse({ druginfo: purchaseOf(basket, medType), drugdetail: basket.lines.map((line) => lineOf(basket, line)) })
}
