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

const openAlarmOf = async (stage: Stage, code: string): Promise<string | undefined> =>
  (await stage.client.query('alarm.listAlarms', {})).find((alarm) => alarm.code === code)?.source

/** A pack never received here, sold although the till asked. */
const sellUnreceived = async (stage: Stage, code: string): Promise<SaleInHand> => {
  const hand = await startSale(stage)
  const asked = await hand.scan(code)
  stage.expect('never received is asked about', [asked.outcome, asked.reason, asked.answers], ['ask', 'never-received', ['sell-anyway', 'set-aside']])
  await hand.scan(code, { answer: 'sell-anyway' })
  return hand
}

/** Packs that another shop sold, which only the province knows. It tells when asked about the code (3513); where it does not answer, the settlement is refused: the trial carries no codes. */
const soldElsewhere: Step = {
  id: 'refused-sold-elsewhere',
  title: ['外店已售（只有中心知道）：扫后 3513 查出；3513 不通时结算被拒', 'Sold by another shop, as only the province knows: told after the scan (3513), or at the settlement'],
  run: async (stage) => {
    const told = soldElsewhereCode(375, 6)
    const first = await sellUnreceived(stage, told)
    const blocked = await stage.waitForSale(first.saleId, (sale) => sale.blockers.some(({ code }) => code === 'pack-alarmed'))
    stage.expect('told after the scan', [blocked?.lines.length, await openAlarmOf(stage, told)], [1, 'platform-3513'])
    await first.discard('外店已售，药盒放一旁')
    stage.expect('locked, not back on the shelf', await packState(stage, told), 'locked')

    stage.province.setFaults([{ infno: '3513', count: 1, action: { kind: 'refuse', text: '查询服务维护中', infcode: -1 } }])
    const code = soldElsewhereCode(375, 5)
    const hand = await sellUnreceived(stage, code)
    await hand.scan(ZHANG.voucher, { step: 'person' })
    await hand.quote()
    stage.expect('the trial knows no codes', hand.sale().settlementState, 'quoted')
    await hand.settle()
    expectRefusal(stage, hand, '其他机构')
    stage.expect('remembered', await openAlarmOf(stage, code), 'settlement-refused')
    const error = await errorOf(hand.settle())
    stage.expect('stands in the way', [error?.code, error?.detail['blocker']], ['sale.blocked', 'pack-alarmed'])
    await hand.discard('外店已售，药盒放一旁')
    stage.expect('locked, not back on the shelf', await packState(stage, code), 'locked')
    stage.province.setFaults([])
  },
}

export const refusalSteps: readonly Step[] = [balance, limitPrice, soldElsewhere]
