import { soldElsewhereCode } from '../../../core/demo-shop/demo-codes.ts'
import { errorOf, packState, startSale } from '../counter.ts'
import type { SaleInHand } from '../counter.ts'
import { CHEN, ZHANG } from '../people.ts'
import type { Stage, Step } from '../stage.ts'
import { errorWords, money } from '../say.ts'

/** The province's own words are shown; `part` must be among them. */
const expectRefusal = (stage: Stage, hand: SaleInHand, part: string): void => {
  const { refusal, settlementState, status } = hand.sale()
  stage.expect('refused, sale still open', [refusal?.code, settlementState, status], ['platform.refused', 'refused', 'open'])
  stage.expect('why', String(refusal?.detail['text'] ?? '').includes(part), true)
  if (refusal !== null) stage.tell(...errorWords(refusal))
}

/** 玉屏风颗粒 21.54, account 12.30 that must cover its part alone. */
const balance: Step = {
  id: 'refused-balance',
  title: ['平台拒绝：个人账户余额不足，改为自费', 'Refused by the province: balance too low; sold self-paid instead'],
  run: async (stage) => {
    const hand = await startSale(stage)
    await hand.scan(CHEN.voucher, { step: 'person' })
    await hand.scan(stage.takePack(388))
    await hand.quote()
    expectRefusal(stage, hand, '个人账户余额不足')
    await hand.selfPaid()
    await hand.take('cash', 21_54)
    stage.expect('self-paid', [hand.sale().status, hand.sale().insured, hand.sale().settled], ['closed', false, null])
    stage.tell(`改自费，现金 ${money(21_54)}`, `self-paid instead, cash ${money(21_54)}`)
  },
}

/** 维生素B1片 4.00, limit price 3.60, of the kind that is refused above it. */
const limitPrice: Step = {
  id: 'refused-limit-price',
  title: ['平台拒绝：单价超过最高限价', 'Refused by the province: over the limit price'],
  run: async (stage) => {
    const hand = await startSale(stage)
    const code = stage.takePack(39)
    await hand.scan(ZHANG.voucher, { step: 'person' })
    await hand.scan(code)
    await hand.quote()
    expectRefusal(stage, hand, '超过最高限价')
    await hand.discard('超限价，顾客不买')
    stage.expect('back on the shelf', await packState(stage, code), 'in-stock')
  },
}

/** A pack never received here that another shop sold, which only the province knows: the trial carries no codes, the settlement does. */
const soldElsewhere: Step = {
  id: 'refused-sold-elsewhere',
  title: ['平台拒绝：从未入库的盒，外店已售（只有中心知道）', 'Refused by the province: a pack never received here, sold by another shop'],
  run: async (stage) => {
    const hand = await startSale(stage)
    const code = soldElsewhereCode(375, 5)
    const asked = await hand.scan(code)
    stage.expect('never received is asked about', [asked.outcome, asked.reason, asked.answers], ['ask', 'never-received', ['sell-anyway', 'set-aside']])
    await hand.scan(code, { answer: 'sell-anyway' })
    await hand.scan(ZHANG.voucher, { step: 'person' })
    await hand.quote()
    stage.expect('the trial knows no codes', hand.sale().settlementState, 'quoted')
    await hand.settle()
    expectRefusal(stage, hand, '其他机构')
    const error = await errorOf(hand.settle())
    stage.expect('a refused quote is no quote', [error?.code, error?.detail['blocker']], ['sale.blocked', 'quote-first'])
    await hand.discard('外店已售，药盒放一旁')
  },
}

export const refusalSteps: readonly Step[] = [balance, limitPrice, soldElsewhere]
