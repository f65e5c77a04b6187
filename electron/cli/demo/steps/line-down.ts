import { errorOf, settleAndExpect, startSale, takeUpSale } from '../counter.ts'
import { ZHANG } from '../people.ts'
import type { Step } from '../stage.ts'
import { namedSale } from '../stage.ts'
import { errorWords, money } from '../say.ts'

/** 感冒灵颗粒 15.80 self-paid goes on; an insured sale of 感冒清热颗粒 14.67 is held. */
const lineDown: Step = {
  id: 'line-down',
  title: ['断网：自费照卖，医保说明原因后挂单', 'Line down: self-paid goes on, insured says why not and is held'],
  run: async (stage) => {
    await stage.cable.pull()
    const cash = await startSale(stage)
    await cash.scan(stage.takePack(376))
    await cash.take('wechat', 15_80)
    stage.expect('self-paid', cash.sale().status, 'closed')
    stage.sales.set('offline-self-paid', cash.saleId)
    const insured = await startSale(stage)
    await insured.scan(stage.takePack(375))
    await insured.scan(ZHANG.voucher, { step: 'person' })
    const { person } = insured.sale()
    stage.expect(
      'the person is shown from the last answer',
      [person?.nameMasked, person?.identity.source, person?.identity.stale, person?.insurances[0]?.balanceFen],
      ['张*', 'cache', false, 1393_51],
    )
    const error = await errorOf(insured.quote())
    stage.expect('why not', error?.code, 'platform.offline')
    if (error !== null) stage.tell(...errorWords(error))
    await insured.hold('等网络')
    stage.sales.set('offline-insured', insured.saleId)
    const status = await stage.client.query('system.getStatus', {})
    stage.expect('the strip', [status.line.state, status.held, status.outbox.waiting > 0], ['offline', 1, true])
    stage.expect('its upload waits', (await cash.look()).upload, 'waiting')
    stage.tell(`离线，待上传 ${status.outbox.waiting}，挂单 1`, `offline, ${status.outbox.waiting} uploads waiting, 1 sale held`)
  },
}

/** 1,393.51 − 14.67 = 1,378.84. */
const lineBack: Step = {
  id: 'line-back',
  title: ['来网：挂单取回结算，积压的上传自己走', 'Line back: the held sale is settled, waiting uploads go by themselves'],
  run: async (stage) => {
    await stage.cable.plugIn()
    const insured = await takeUpSale(stage, namedSale(stage, 'offline-insured'))
    await insured.recall()
    const verdict = await insured.scan(ZHANG.voucher, { step: 'person' })
    stage.expect(
      'read again, live',
      [verdict.reason, insured.sale().person?.identity.source, insured.sale().person?.insurances[0]?.balanceFen],
      ['person-read', 'live', 1393_51],
    )
    await settleAndExpect(stage, insured, { totalFen: 14_67, fundFen: 0, accountFen: 14_67, cashFen: 0, balanceAfterFen: 1378_84 })
    const uploaded = await stage.waitForSale(namedSale(stage, 'offline-self-paid'), (sale) => sale.upload === 'uploaded')
    stage.expect('the upload went by itself', uploaded?.upload, 'uploaded')
    stage.expect('online', (await stage.client.query('system.getStatus', {})).line.state, 'online')
    stage.tell(`断网时的自费单 ${money(15_80)} 已自动上传`, `the sale of ${money(15_80)} made offline was uploaded by itself`)
  },
}

export const lineSteps: readonly Step[] = [lineDown, lineBack]
