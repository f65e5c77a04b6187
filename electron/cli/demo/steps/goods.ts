import { productId } from '../../../core/demo-shop/demo-codes.ts'
import { settleAndExpect, startSale } from '../counter.ts'
import { ZHANG } from '../people.ts'
import type { Step } from '../stage.ts'
import { money } from '../say.ts'

/** 开塞露 2 × 3.00 + 炉甘石洗剂 8.80 = 14.80; three packs, three virtual codes. */
const virtualCodes: Step = {
  id: 'virtual-codes',
  title: ['无码药品：3592B 取虚拟码，支付宝', 'Drugs without a code: virtual codes by 3592B, Alipay'],
  run: async (stage) => {
    const hand = await startSale(stage)
    await hand.add(productId(19), 2)
    await hand.add(productId(169), 1)
    const ready = await stage.waitForSale(hand.saleId, (sale) => sale.lines.every((line) => line.packsScanned === line.packsNeeded))
    const packs = ready?.lines.flatMap((line) => line.packs) ?? []
    stage.expect(
      'virtual codes of the province',
      packs.map((pack) => [pack.virtual, pack.code.slice(0, 8)]),
      [
        [true, 'XN999900'],
        [true, 'XN999900'],
        [true, 'XN999900'],
      ],
    )
    stage.expect('all different', new Set(packs.map((pack) => pack.code)).size, 3)
    await hand.take('alipay', 14_80)
    stage.expect('status', hand.sale().status, 'closed')
    stage.tell(
      `虚拟码 ${packs.map((pack) => pack.code).join('、')}；支付宝 ${money(14_80)}`,
      `virtual codes ${packs.map((pack) => pack.code).join(', ')}; Alipay ${money(14_80)}`,
    )
    await stage.keepReceipt(hand.saleId, 'sale')
  },
}

/**
 * 布洛芬片 7.00 a bottle of 100: 0.07 a tablet. 12 tablets for cash = 0.84; then 20 of the same bottle insured = 1.40, all from the account: 1,418.68 − 1.40 = 1,417.28.
 * 100 − 12 − 20 = 68 are left. The code is sent twice with the split flag: recorded for supervision, not refused (Hunan paper).
 */
const splitPack: Step = {
  id: 'split-pack',
  title: ['拆零：同一瓶卖两次，先自费 12 片，再医保 20 片', 'Split pack: one bottle sold from twice, 12 tablets for cash, then 20 insured'],
  run: async (stage) => {
    const bottle = stage.takePack(283)
    const first = await startSale(stage)
    await first.add(productId(283), 12, 'unit')
    const asked = await first.scan(bottle)
    stage.expect('opening a pack is asked about', [asked.outcome, asked.reason, asked.answers], ['ask', 'open-split-pack', ['open-pack']])
    stage.expect('opened', (await first.scan(bottle, { answer: 'open-pack' })).reason, 'split-pack-ok')
    await first.take('cash', 1_00)
    stage.expect(
      'first tender',
      first.sale().tenders.map((tender) => [tender.amountFen, tender.changeFen]),
      [[84, 16]],
    )
    await stage.waitForSale(first.saleId, (sale) => sale.upload === 'uploaded')
    await stage.keepReceipt(first.saleId, 'sale')
    const whole = await startSale(stage)
    stage.expect('an open pack is not sold as a whole one', (await whole.scan(bottle)).reason, 'split-pack-of-whole')
    await whole.discard('demo')
    const second = await startSale(stage)
    await second.scan(ZHANG.voucher, { step: 'person' })
    await second.add(productId(283), 20, 'unit')
    stage.expect('again, unasked', (await second.scan(bottle)).reason, 'split-pack-ok')
    await settleAndExpect(stage, second, { totalFen: 1_40, fundFen: 0, accountFen: 1_40, cashFen: 0, balanceAfterFen: 1417_28 })
    const pack = await stage.client.query('trace.getPack', { code: bottle })
    stage.expect('left in the bottle', [pack.state, pack.unitsLeft], ['split-open', 68_0000])
    stage.tell('瓶内还余 68 片', '68 tablets are left in the bottle')
  },
}

/** 清宣止咳颗粒 26.30. */
const holdAndRecall: Step = {
  id: 'hold-and-recall',
  title: ['挂单与取单，银行卡', 'Sale held and recalled, paid by card'],
  run: async (stage) => {
    const hand = await startSale(stage)
    const code = stage.takePack(403)
    await hand.scan(code)
    await hand.hold('回车上取手机')
    stage.expect('held', [(await stage.client.query('system.getStatus', {})).held, hand.sale().status], [1, 'held'])
    const other = await startSale(stage)
    const verdict = await other.scan(code)
    stage.expect(
      'its pack is not sold meanwhile',
      [verdict.outcome, verdict.reason, verdict.detail['held'], verdict.detail['receiptNumber']],
      ['refuse', 'in-another-sale', true, hand.sale().receiptNumber],
    )
    await other.discard('demo')
    await hand.recall()
    await hand.take('card', 26_30)
    stage.expect('status', hand.sale().status, 'closed')
    stage.tell(`挂单 ${hand.sale().receiptNumber} 取回，银行卡 ${money(26_30)}`, `held sale ${hand.sale().receiptNumber} recalled, card ${money(26_30)}`)
  },
}

export const goodsSteps: readonly Step[] = [virtualCodes, splitPack, holdAndRecall]
