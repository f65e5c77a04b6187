import { packState, settleAndExpect, startSale } from '../counter.ts'
import { WANG, ZHANG } from '../people.ts'
import type { Step } from '../stage.ts'
import { money } from '../say.ts'

// Prices are those of the demo shop's table, class, first self-pay share and limit price those of the province's list; amounts are yuan_fen.

const openShift: Step = {
  id: 'open-shift',
  title: ['开班：备用金 200.00；昨晚的上传自己走完', 'Shift opened with a float of 200.00; last evening’s uploads go by themselves'],
  run: async (stage) => {
    const { client } = stage
    const shift = await client.command('shift.openShift', { floatFen: 200_00 as never })
    stage.expect('shift.floatFen', shift.floatFen, 200_00)
    stage.expect('shift.staffId', shift.staffId, '1001')
    const yesterday = await client.query('sale.listSales', { statuses: ['closed'] })
    for (const { saleId } of yesterday) await stage.waitForSale(saleId, (sale) => sale.upload === 'uploaded')
    // The evening before: three sales with 2 + 2 + 1 coded lines.
    const items = await client.query('outbox.listItems', { statuses: ['pending', 'leased', 'done', 'parked'] })
    stage.expect(
      'uploads of the evening before',
      items.map((item) => item.status),
      ['done', 'done', 'done', 'done', 'done'],
    )
    const status = await client.query('system.getStatus', {})
    stage.expect('status', [status.shiftOpen, status.line.state, status.outbox.waiting, status.practice], [true, 'online', 0, true])
    stage.tell(
      `${shift.staffName} 开班，昨晚 3 张单 5 行已上传，${status.line.latencyMs ?? '?'} 毫秒`,
      `${shift.staffId} on shift, 5 rows of 3 sales of last evening uploaded, ${status.line.latencyMs ?? '?'} ms`,
    )
  },
}

/** 多潘立酮 12.60 (甲, limit 16.38): 药店购药 has no pooled part, so the account pays all of 2 × 12.60 = 25.20; 1,500.00 − 25.20 = 1,474.80. */
const twoPacks: Step = {
  id: 'insured-two-packs',
  title: ['医保单：电子凭证，同药两盒', 'Insured by e-voucher: two packs of one drug'],
  run: async (stage) => {
    const hand = await startSale(stage)
    const first = stage.takePack(10)
    const second = stage.takePack(10)
    stage.expect('first pack', (await hand.scan(first)).reason, 'pack-ok')
    stage.expect('second pack', (await hand.scan(second)).reason, 'pack-ok')
    const line = hand.sale().lines[0]
    stage.expect('one line, 2 of 2 codes', [hand.sale().lines.length, line?.packsScanned, line?.packsNeeded], [1, 2, 2])
    stage.expect('voucher', (await hand.scan(ZHANG.voucher, { step: 'person' })).reason, 'person-read')
    const { person } = hand.sale()
    stage.expect(
      'person',
      [person?.nameMasked, person?.identity.source, person?.insurances[0]?.insuranceType, person?.insurances[0]?.balanceFen],
      ['张*', 'live', '310', 1500_00],
    )
    await settleAndExpect(stage, hand, { totalFen: 25_20, fundFen: 0, accountFen: 25_20, cashFen: 0, balanceAfterFen: 1474_80 })
    stage.expect('packs', [await packState(stage, first), await packState(stage, second)], ['settled', 'settled'])
    stage.sales.set('two-packs', hand.saleId)
    await stage.keepReceipt(hand.saleId, 'sale')
  },
}

/**
 * 感冒清热颗粒 14.67 甲 · 布洛芬缓释胶囊 22.62 乙, 20 % first self-pay = 4.524 → 4.52 · 感冒灵颗粒 15.80 not on the list · 连花清瘟颗粒 23.53 甲, limit 18.83, so 4.70 over it.
 * total 76.62; in scope 76.62 − 15.80 − 4.70 − 4.52 = 51.60; the account pays all but self-paid and over limit: 76.62 − 15.80 − 4.70 = 56.12; cash 20.50; balance 1,474.80 − 56.12 = 1,418.68.
 */
const mixedLines: Step = {
  id: 'insured-mixed-lines',
  title: ['医保单：身份证，甲、乙、目录外、超限价各一行', 'Insured by ID card: class A, class B, off the list, over the limit price'],
  run: async (stage) => {
    const hand = await startSale(stage)
    stage.expect('ID card', (await hand.scan(ZHANG.idNumber, { step: 'person' })).reason, 'person-read')
    for (const row of [375, 286, 376, 399]) stage.expect(`pack of ${row}`, (await hand.scan(stage.takePack(row))).outcome, 'accept')
    await settleAndExpect(stage, hand, {
      totalFen: 76_62,
      fundFen: 0,
      accountFen: 56_12,
      cashFen: 20_50,
      fullSelfPayFen: 15_80,
      overLimitFen: 4_70,
      preSelfPayFen: 4_52,
      inScopeFen: 51_60,
      balanceAfterFen: 1418_68,
    })
    stage.expect(
      'levels of the lines',
      hand.sale().settled?.lines.map((line) => line.level),
      ['A', 'B', 'C', 'A'],
    )
    await hand.take('cash', 50_00)
    stage.expect(
      'tender',
      hand.sale().tenders.map((tender) => [tender.amountFen, tender.changeFen]),
      [[20_50, 29_50]],
    )
    stage.expect('status', hand.sale().status, 'closed')
    stage.tell('收现金 50.00，找零 29.50', 'cash 50.00 taken, change 29.50')
    stage.sales.set('mixed', hand.saleId)
    await stage.keepReceipt(hand.saleId, 'sale')
  },
}

/**
 * Hypertension M03900, retired employee: pooled fund 85 % from the first fen. 氨氯地平 2 × 2.47 = 4.94 甲 · 替米沙坦 13.38 乙, 10 % = 1.338 → 1.34.
 * total 18.32; in scope 16.98; fund 16.98 × 85 % = 14.433 → 14.43; the account pays the rest, 3.89; balance 860.00 − 3.89 = 856.11.
 */
const chronic: Step = {
  id: 'chronic-purchase',
  title: ['门诊慢特病：社保卡，高血压备案，统筹支付', 'Chronic-disease purchase by social card: filing, pooled fund'],
  run: async (stage) => {
    const hand = await startSale(stage)
    stage.expect('a social card is read by a reader, not scanned', (await hand.scan('P99900003', { step: 'person' })).outcome, 'refuse')
    const person = await hand.read(WANG.card)
    stage.expect(
      'valid filings',
      person?.filings.filter((filing) => filing.valid).map((filing) => filing.diseaseCode),
      ['M03900', 'M01600'],
    )
    for (const row of [148, 148, 156]) await hand.scan(stage.takePack(row))
    await hand.purchase('chronic')
    stage.expect(
      'without a disease',
      hand
        .sale()
        .blockers.map((blocker) => blocker.code)
        .includes('filing-required'),
      true,
    )
    await hand.purchase('chronic', 'M03900')
    await settleAndExpect(stage, hand, {
      totalFen: 18_32,
      fundFen: 14_43,
      accountFen: 3_89,
      cashFen: 0,
      preSelfPayFen: 1_34,
      inScopeFen: 16_98,
      balanceAfterFen: 856_11,
    })
    stage.expect('disease', hand.sale().purchaseType, { kind: 'chronic', diseaseCode: 'M03900', diseaseName: '高血压病' })
    stage.sales.set('chronic', hand.saleId)
    await stage.keepReceipt(hand.saleId, 'sale')
  },
}

/** 玉屏风颗粒 21.54 (63 days left: said so) + 清宣止咳颗粒 26.30 = 47.84. */
const selfPaid: Step = {
  id: 'self-paid',
  title: ['自费单：微信，近效期提示', 'Self-paid sale by WeChat, with a near-expiry notice'],
  run: async (stage) => {
    const hand = await startSale(stage)
    const near = stage.takePack(388)
    const verdict = await hand.scan(near)
    stage.expect('near expiry is told', [verdict.outcome, verdict.reason], ['notice', 'pack-ok-near-expiry'])
    await hand.scan(stage.takePack(403))
    stage.expect('due', hand.sale().dueFen, 47_84)
    await hand.take('wechat', 47_84)
    stage.expect('status', hand.sale().status, 'closed')
    stage.expect('pack', await packState(stage, near), 'sold')
    stage.tell(`微信 ${money(47_84)}（只记账，不扣款）`, `WeChat ${money(47_84)} (recorded, not charged)`)
    stage.sales.set('self-paid', hand.saleId)
    await stage.keepReceipt(hand.saleId, 'sale')
  },
}

export const morningSteps: readonly Step[] = [openShift, twoPacks, mixedLines, chronic, selfPaid]
