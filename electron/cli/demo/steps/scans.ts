import { barcodeOf, outerPackCode, packCode, productId, soldElsewhereCode } from '../../../core/demo-shop/demo-codes.ts'
import type { VerdictOutcome, VerdictReason, SoundClass } from '../../../contract/index.ts'
import { errorOf, packState, startSale } from '../counter.ts'
import { ZHANG } from '../people.ts'
import type { SaleInHand } from '../counter.ts'
import type { Stage, Step } from '../stage.ts'
import { namedSale } from '../stage.ts'
import { verdictWords } from '../say.ts'

/** A WeChat payment code: 18 digits from 13. Made up. */
const PAYMENT_CODE = '134567890123456789'

const scanAndExpect = async (
  stage: Stage,
  hand: SaleInHand,
  what: string,
  code: string,
  expected: readonly [VerdictOutcome, VerdictReason, SoundClass],
): Promise<void> => {
  const verdict = await hand.scan(code)
  stage.expect(what, [verdict.outcome, verdict.reason, verdict.sound], expected)
  stage.tell(...verdictWords(verdict))
}

const repeats: Step = {
  id: 'repeats',
  title: ['重复码：本单扫两次、本店今天已售、本店昨天已售、外店已售', 'Repeats: twice in this sale, sold here today, sold here yesterday, sold elsewhere'],
  run: async (stage) => {
    const hand = await startSale(stage)
    const code = stage.takePack(428)
    await scanAndExpect(stage, hand, 'first scan', code, ['accept', 'pack-ok', 'ok'])
    await scanAndExpect(stage, hand, 'same code again', code, ['refuse', 'in-this-sale', 'own-repeat'])
    const settled = await stage.client.query('sale.getSale', { saleId: namedSale(stage, 'two-packs') })
    await scanAndExpect(stage, hand, 'settled this morning', settled.lines[0]?.packs[0]?.code ?? '', ['refuse', 'sold-here', 'own-repeat'])
    // The first pack of 连花清瘟胶囊 went over the counter the evening before.
    await scanAndExpect(stage, hand, 'sold yesterday', packCode(398, 1, 1), ['refuse', 'sold-here', 'own-repeat'])
    await scanAndExpect(stage, hand, 'sold by another shop', soldElsewhereCode(10, 1), ['refuse', 'sold-elsewhere', 'foreign'])
    stage.expect(
      'basket',
      hand.sale().lines.map((line) => [line.packsScanned, line.quantity]),
      [[1, 1_0000]],
    )
    await hand.discard('演示：不买了')
    stage.expect('back on the shelf', await packState(stage, code), 'in-stock')
  },
}

const wrongGoods: Step = {
  id: 'wrong-goods',
  title: ['不能卖的盒：中包装、整箱、过期批号、召回批号', 'Packs not to be sold: inner pack, carton, expired lot, recalled lot'],
  run: async (stage) => {
    const hand = await startSale(stage)
    await scanAndExpect(stage, hand, 'inner pack', outerPackCode(214, 2, 1), ['refuse', 'wrong-level', 'stop'])
    await scanAndExpect(stage, hand, 'carton', outerPackCode(398, 3, 1), ['refuse', 'wrong-level', 'stop'])
    await scanAndExpect(stage, hand, 'expired', stage.takePack(9, 2), ['refuse', 'expired', 'stop'])
    await scanAndExpect(stage, hand, 'recalled', stage.takePack(429, 2), ['refuse', 'recalled', 'stop'])
    stage.expect('nothing was added', hand.sale().lines.length, 0)
    await hand.discard('演示')
  },
}

const wrongStep: Step = {
  id: 'wrong-step',
  title: ['扫药时扫到：付款码、身份证、商品条码', 'In the drug step: a payment code, an ID, a product barcode'],
  run: async (stage) => {
    const hand = await startSale(stage)
    for (const [what, code, reason] of [
      ['payment code', PAYMENT_CODE, 'payment-code'],
      ['ID', ZHANG.idNumber, 'id-in-drug-step'],
    ] as const) {
      const verdict = await hand.scan(code)
      stage.expect(what, [verdict.outcome, verdict.reason, verdict.sound, verdict.code], ['refuse', reason, 'wrong-step', null])
      stage.expect(`${what} is not repeated by the till`, JSON.stringify([verdict, hand.sale()]).includes(code.slice(4, 14)), false)
      stage.tell(...verdictWords(verdict))
    }
    const barcode = barcodeOf(376)
    const asked = await hand.scan(barcode)
    stage.expect('product barcode', [asked.outcome, asked.reason, asked.drugId, asked.answers], ['ask', 'product-barcode', productId(376), ['add-drug']])
    stage.tell(...verdictWords(asked))
    await hand.scan(barcode, { answer: 'add-drug' })
    stage.expect(
      'added, its code still missing',
      hand.sale().lines.map((line) => [line.drugId, line.packsScanned, line.packsNeeded]),
      [[productId(376), 0, 1]],
    )
    const error = await errorOf(hand.take('cash', 20_00))
    stage.expect('no code, no sale', [error?.code, error?.detail['blocker']], ['sale.blocked', 'missing-codes'])
    await hand.discard('演示')
  },
}

export const scanSteps: readonly Step[] = [repeats, wrongGoods, wrongStep]
