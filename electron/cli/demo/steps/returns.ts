import { packState, settleAndExpect, startSale, takeUpSale } from '../counter.ts'
import { ZHANG } from '../people.ts'
import type { Stage, Step } from '../stage.ts'
import { namedSale } from '../stage.ts'
import type { SaleId } from '../../../contract/index.ts'

/** Returned here and at the province: every line's 3506 went, every pack is on the shelf. */
const expectReturned = async (stage: Stage, saleId: SaleId): Promise<void> => {
  const sale = await stage.waitForSale(saleId, (wished) => wished.status === 'returned' && wished.returnUpload === 'uploaded')
  stage.expect('returned', [sale?.status, sale?.upload, sale?.returnUpload], ['returned', 'uploaded', 'uploaded'])
  const states = await Promise.all((sale?.lines ?? []).flatMap((line) => line.packs.map((pack) => packState(stage, pack.code))))
  stage.expect('packs back', [...new Set(states)], ['returned'])
  stage.expect(
    'money back',
    sale?.tenders.reduce((sum, tender) => sum + tender.amountFen, 0),
    0,
  )
}

/** The mixed sale of the morning: 56.12 goes back to the account, 20.50 to the customer. */
const insured: Step = {
  id: 'return-insured',
  title: ['医保单整单退货：2103 撤销 + 3506，退现金 20.50', 'Full return of an insured sale: 2103 and 3506, 20.50 refunded in cash'],
  run: async (stage) => {
    const hand = await takeUpSale(stage, namedSale(stage, 'mixed'))
    await hand.giveBack('顾客过敏，质量原因')
    stage.expect('cancelled', [hand.sale().status, hand.sale().settlementState], ['returned', 'cancelled'])
    stage.expect(
      'refund',
      hand
        .sale()
        .tenders.filter((tender) => tender.refund)
        .map((tender) => [tender.method, tender.amountFen]),
      [['cash', -20_50]],
    )
    await expectReturned(stage, hand.saleId)
    await stage.keepReceipt(hand.saleId, 'return')
    stage.tell('账户退回 56.12，现金退 20.50，4 盒回架', '56.12 back to the account, 20.50 in cash, 4 packs back')
  },
}

/** 47.84 by WeChat; one of its packs, 21.54, is sold again for cash. */
const selfPaid: Step = {
  id: 'return-self-paid',
  title: ['自费单整单退货；退回的盒再次售出', 'Full return of a self-paid sale; a returned pack is sold again'],
  run: async (stage) => {
    const hand = await takeUpSale(stage, namedSale(stage, 'self-paid'))
    await hand.giveBack('批号包装破损')
    stage.expect(
      'refund',
      hand
        .sale()
        .tenders.filter((tender) => tender.refund)
        .map((tender) => [tender.method, tender.amountFen]),
      [['wechat', -47_84]],
    )
    await expectReturned(stage, hand.saleId)
    const code = hand.sale().lines[0]?.packs[0]?.code ?? ''
    const again = await startSale(stage)
    stage.expect('a returned pack may be sold', (await again.scan(code)).reason, 'pack-ok-near-expiry')
    await again.take('cash', 21_54)
    const uploaded = await stage.waitForSale(again.saleId, (sale) => sale.upload === 'uploaded')
    stage.expect('and the province takes its code again', uploaded?.upload, 'uploaded')
    stage.tell('微信退 47.84；其中一盒再售，现金 21.54', '47.84 back by WeChat; one pack sold again, 21.54 in cash')
  },
}

/**
 * 氨溴索口服溶液 24.00 乙: first self-pay 20 % = 4.80, which the account may pay. 1,378.84 + 56.12 (returned above) − 24.00 = 1,410.96.
 * The province cancels, its answer is lost; asked again it says "cancelled already".
 */
const cancelLost: Step = {
  id: 'cancel-answer-lost',
  title: ['撤销答复丢失：再问一次，中心答“已撤销”，退货完成', 'Answer to a cancellation lost: asked again, “cancelled already”, return completed'],
  run: async (stage) => {
    const hand = await startSale(stage)
    await hand.scan(ZHANG.voucher, { step: 'person' })
    await hand.scan(stage.takePack(343))
    await settleAndExpect(stage, hand, { totalFen: 24_00, fundFen: 0, accountFen: 24_00, cashFen: 0, preSelfPayFen: 4_80, balanceAfterFen: 1410_96 })
    await stage.waitForSale(hand.saleId, (sale) => sale.upload === 'uploaded')
    stage.province.setFaults([{ infno: '2103', count: 1, action: { kind: 'lose-answer-after-booking' } }])
    await hand.giveBack('顾客改变主意，未开封')
    stage.expect('not yet known', [hand.sale().status, hand.sale().settlementState], ['returning', 'cancel-unknown'])
    await expectReturned(stage, hand.saleId)
    const story = await stage.client.query('sale.getStory', { saleId: hand.saleId })
    stage.expect(
      'the story',
      story.slice(-3).map((item) => item.event),
      ['cancel-asked', 'cancel-lost', 'cancel-accepted'],
    )
    const after = await startSale(stage)
    await after.scan(ZHANG.voucher, { step: 'person' })
    // 1,500.00 − 25.20 − 1.40 − 12.60 − 11.17 − 14.67.
    stage.expect('the account got it back once', after.sale().person?.insurances[0]?.balanceFen, 1434_96)
    await after.discard('演示：只查余额')
    stage.tell('账户余额 1,434.96，只退一次', 'balance 1,434.96: given back once')
  },
}

export const returnSteps: readonly Step[] = [insured, selfPaid, cancelLost]
