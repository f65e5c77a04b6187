import { packState, settleAndExpect, copySale, startSale } from '../counter.ts'
import { LI, ZHANG } from '../people.ts'
import type { SaleInHand } from '../counter.ts'
import type { Stage, Step } from '../stage.ts'
import { money } from '../say.ts'

const settleMessages = async (stage: Stage, hand: SaleInHand): Promise<readonly (string | null)[]> =>
  (await stage.client.query('sale.getStory', { saleId: hand.saleId })).filter((item) => item.event === 'settle-asked').map((item) => item.messageId)

/** After the reversal: the same goods as a new sale, settled under a new message number. */
const sellAnew = async (stage: Stage, lost: SaleInHand, code: string, expected: Parameters<typeof settleAndExpect>[2]): Promise<void> => {
  const reversed = await stage.waitForSale(lost.saleId, (sale) => sale.status === 'reversed')
  stage.expect('the lost sale ends reversed', [reversed?.status, reversed?.settlementState, reversed?.tenders.length], ['reversed', 'reversed', 0])
  stage.expect('its pack is on the shelf again', await packState(stage, code), 'in-stock')
  stage.tell('2601 冲正成功，追溯码回到货架', '2601 accepted, the code is back on the shelf')
  const anew = await copySale(stage, lost.saleId)
  stage.expect(
    'the code came along',
    anew.sale().lines.flatMap((line) => line.packs.map((pack) => pack.code)),
    [code],
  )
  await anew.scan(ZHANG.voucher, { step: 'person' })
  await settleAndExpect(stage, anew, expected)
  const [before, after] = [await settleMessages(stage, lost), await settleMessages(stage, anew)]
  stage.expect('asked once each, under different numbers', [before.length, after.length, before[0] === after[0]], [1, 1, false])
}

/**
 * 多潘立酮 12.60. The province books it and its answer is lost: 待确认. The next customer pays 21.54 in cash meanwhile. Once reversed, the account is what it was, 1,417.28;
 * sold anew it is 1,417.28 − 12.60 = 1,404.68.
 */
const lostAfterBooking: Step = {
  id: 'answer-lost-after-booking',
  title: [
    '结算答复丢失（中心已入账）：待确认，接待下一位，自动冲正，重新结算',
    'Answer lost after booking: unconfirmed, next customer served, reversed by itself, settled anew',
  ],
  run: async (stage) => {
    const hand = await startSale(stage)
    const code = stage.takePack(10)
    await hand.scan(code)
    await hand.scan(ZHANG.voucher, { step: 'person' })
    await hand.quote()
    // The reversal is slow, so that the till has a customer while the sale is open.
    stage.province.setFaults([
      { infno: '2102', count: 1, action: { kind: 'lose-answer-after-booking' } },
      { infno: '2601', count: 1, action: { kind: 'delay', ms: 1_000 } },
    ])
    await hand.settle()
    stage.expect('no answer', [hand.sale().status, hand.sale().settled], ['unconfirmed', null])
    const status = await stage.client.query('system.getStatus', {})
    stage.expect(
      'the strip shows it',
      status.unconfirmed.map((sale) => sale.saleId),
      [hand.saleId],
    )
    stage.tell(`${hand.sale().receiptNumber} 待确认`, `${hand.sale().receiptNumber} unconfirmed`)
    const next = await startSale(stage)
    const verdict = await next.scan(code)
    stage.expect('its pack stays with it', [verdict.outcome, verdict.reason], ['refuse', 'in-unconfirmed-sale'])
    await next.scan(stage.takePack(388))
    await next.take('cash', 22_00)
    stage.expect('the next customer is served', [next.sale().status, next.sale().tenders[0]?.changeFen], ['closed', 46])
    stage.tell(`期间另售自费一单 ${money(21_54)}`, `meanwhile another sale, ${money(21_54)} in cash`)
    await sellAnew(stage, hand, code, { totalFen: 12_60, fundFen: 0, accountFen: 12_60, cashFen: 0, balanceAfterFen: 1404_68 })
  },
}

/** 阿莫西林胶囊 11.17. The line swallows the request; the till waits until its time-out. 1,404.68 − 11.17 = 1,393.51. */
const lostBeforeBooking: Step = {
  id: 'answer-lost-before-booking',
  title: ['结算请求丢失（中心未收到）：超时，自动冲正，重新结算', 'Request lost before booking: time-out, reversed by itself, settled anew'],
  run: async (stage) => {
    const hand = await startSale(stage)
    const code = stage.takePack(214)
    await hand.scan(code)
    await hand.scan(ZHANG.voucher, { step: 'person' })
    await hand.quote()
    stage.province.setFaults([{ infno: '2102', count: 1, action: { kind: 'lose-before-booking', how: 'hang' } }])
    await hand.settle()
    stage.expect('no answer', hand.sale().status, 'unconfirmed')
    stage.tell(`${hand.sale().receiptNumber} 超时未答，待确认`, `${hand.sale().receiptNumber} timed out, unconfirmed`)
    await sellAnew(stage, hand, code, { totalFen: 11_17, fundFen: 0, accountFen: 11_17, cashFen: 0, balanceAfterFen: 1393_51 })
  },
}

/** 玉屏风颗粒 21.54 for a person with 12.30 in the account: account 12.30, cash 9.24, nothing left. */
const delayed: Step = {
  id: 'answer-delayed',
  title: ['答复迟到：等待时显示结算中，账户不足部分付现金', 'Answer delayed: shown as settling; what the account lacks is paid in cash'],
  run: async (stage) => {
    const hand = await startSale(stage)
    await hand.scan(LI.voucher, { step: 'person' })
    await hand.scan(stage.takePack(388))
    await hand.quote()
    stage.province.setFaults([{ infno: '2102', count: 1, action: { kind: 'delay', ms: 700 } }])
    const settling = hand.settle()
    const waiting = await stage.waitForSale(hand.saleId, (sale) => sale.status === 'settling')
    stage.expect('shown as settling, since when', [waiting?.status, typeof waiting?.waitingSince], ['settling', 'number'])
    await settling
    const figures = hand.sale().settled
    stage.expect('settled', [figures?.totalFen, figures?.accountFen, figures?.cashFen, figures?.balanceAfterFen], [21_54, 12_30, 9_24, 0])
    stage.expect('due', [hand.sale().status, hand.sale().dueFen], ['due', 9_24])
    await hand.take('cash', 10_00)
    stage.expect('paid', [hand.sale().status, hand.sale().tenders[0]?.changeFen], ['closed', 76])
    stage.tell('账户 12.30 + 现金 9.24，找零 0.76', 'account 12.30 + cash 9.24, change 0.76')
  },
}

export const lostAnswerSteps: readonly Step[] = [lostAfterBooking, lostBeforeBooking, delayed]
