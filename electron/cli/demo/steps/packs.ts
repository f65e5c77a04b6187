import type { DrugId } from '../../../contract/index.ts'
import { DELIVERED } from '../../../core/demo-shop/demo-delivery.ts'
import { learntPackCode, productId } from '../../../core/demo-shop/demo-codes.ts'
import { UNCODED_ROWS } from '../../../core/demo-shop/demo-plan.ts'
import { packState, startSale } from '../counter.ts'
import type { Stage, Step } from '../stage.ts'

const first = <T>(list: readonly T[]): T => {
  const [one] = list
  if (one === undefined) throw new Error('the practice shop has one')
  return one
}

/** Packs came in during the day: the evening counts them. */
const countIn = async (stage: Stage, drugId: DrugId, packs: number): Promise<void> => {
  const { drug } = await stage.client.query('drug.getDrug', { drugId })
  stage.received.set(drugId, (stage.received.get(drugId) ?? 0) + packs * drug.unitsPerPack * 10_000)
}

/** Two cartons of ten on one paper: the first at the back door, the second at the counter. */
const cartons: Step = {
  id: 'cartons',
  title: ['收货：扫一箱收十盒，再扫不重复；柜台扫到另一箱，开箱上架，扫小码卖出', 'Goods in: one carton scanned brings ten packs, once; another is opened at the counter and a pack of it sold'],
  run: async (stage) => {
    const { client } = stage
    const delivery = first(await client.query('goods.listDeliveries', {}))
    const receive = (raw: string) => client.command('goods.scanCode', { deliveryId: delivery.deliveryId, raw, purpose: 'receive' })
    const [back, counter] = DELIVERED.cartons
    const inside = await receive(back)
    stage.expect('ten packs by one scan', [inside.outcome, inside.reason, inside.packs.received], ['accept', 'received', 10])
    const again = await receive(back)
    stage.expect('not twice', [again.reason, again.packs.received], ['already-received', 0])
    const [pack] = DELIVERED.packs
    stage.expect('on the shelf', await packState(stage, pack ?? ''), 'in-stock')
    const hand = await startSale(stage)
    const asked = await hand.scan(counter)
    stage.expect('a carton at the counter offers to be opened', [asked.outcome, asked.reason, asked.answers, asked.detail['packs']], ['ask', 'carton', ['open-carton'], 10])
    stage.expect('opened', (await hand.scan(counter, { answer: 'open-carton' })).reason, 'carton-opened')
    stage.expect('its own code is never sold', [(await hand.scan(counter)).reason, hand.sale().lines.length], ['carton-open', 0])
    const small = DELIVERED.packs[12] ?? ''
    stage.expect('a small pack of it', [(await hand.scan(small)).reason, hand.sale().lines.length], ['pack-ok', 1])
    await hand.take('cash', 100_00)
    stage.expect('sold', await packState(stage, small), 'sold')
    const { drugId } = first(hand.sale().lines)
    await countIn(stage, drugId, 20)
    stage.tell(`随货单 ${delivery.documentNumber}：收 20 盒，卖出 1 盒`, `paper ${delivery.documentNumber}: 20 packs in, 1 sold`)
  },
}

/** A front that a pharmacist learnt yesterday and nobody reviewed; and one that nobody knows, scanned by a cashier. */
const links: Step = {
  id: 'links',
  title: ['三码映射：待复核的对码照卖并提示；没有对码的由药师来选', 'Three-code map: a link to be reviewed is sold under and said; an unknown front waits for the pharmacist'],
  run: async (stage) => {
    const hand = await startSale(stage)
    const told = await hand.scan(learntPackCode(1))
    stage.expect('learnt yesterday', [told.outcome, told.reason], ['notice', 'pack-ok-provisional'])
    const unknown = await hand.scan('89099990000000000123')
    stage.expect('a cashier does not guess', [unknown.outcome, unknown.reason, unknown.answers.includes('pick-drug')], ['refuse', 'unknown-identifier', false])
    const [link] = await stage.client.query('map.listLinks', { trust: 'provisional' }).then(({ links: listed }) => listed)
    stage.expect('to be reviewed', link?.value, '8902398')
    stage.tell(`对码 ${link?.value ?? ''} 待复核，${link?.drugName ?? ''}`, `link ${link?.value ?? ''} waits for review: ${link?.drugName ?? ''}`)
    await hand.discard('演示')
  },
}

/** Goods bought before codes were asked for: one pack from the list, its code fetched by 3592B. */
const uncoded: Step = {
  id: 'uncoded',
  title: ['无码库：一盒出库，平台取码，数量减一', 'Uncoded list: one pack, its code from the platform, one fewer on the list'],
  run: async (stage) => {
    const { client } = stage
    const drugId = productId(UNCODED_ROWS.boughtBefore)
    const left = async (): Promise<number> => first(await client.query('uncoded.list', { drugId })).packsLeft
    const before = await left()
    const hand = await startSale(stage)
    await hand.add(drugId, 1)
    const line = first(hand.sale().lines)
    await client.command('sale.useUncoded', { saleId: hand.saleId, lineId: line.lineId, packs: 1 })
    // Its code is fetched beside the cashier's work; the upload could do without it being there yet.
    const ready = await stage.waitForSale(hand.saleId, (sale) => sale.lines.some((row) => row.packs.length > 0))
    stage.expect('nothing to scan', [ready?.lines[0]?.uncodedPacks, ready?.lines[0]?.packs.map((pack) => pack.virtual)], [1, [true]])
    await hand.take('cash', 200_00)
    stage.expect('sold', hand.sale().status, 'closed')
    stage.expect('one fewer on the list', before - (await left()), 1)
    stage.tell(`无码库余 ${before - 1} 盒`, `${before - 1} packs are left on the list`)
  },
}

/** What the inspector and the patient ask. */
const onePack: Step = {
  id: 'one-pack',
  title: ['一盒药的一生、为什么没上传十项、顾客查到的', 'One pack’s life, ten checks why it was not uploaded, what the patient sees'],
  run: async (stage) => {
    await stage.waitForUploads()
    const code = DELIVERED.packs[12] ?? ''
    const life = await stage.client.query('trace.getLife', { code })
    stage.expect('its life', life.pack.events.map((event) => event.kind), ['received', 'put-in-sale', 'sold', 'uploaded'])
    stage.expect('its paper and its carton', [life.deliveries.length, life.carton?.code], [1, DELIVERED.cartons[1]])
    const story = await stage.client.query('trace.explainUpload', { code })
    stage.expect('ten checks', story.checks.filter((check) => check.result === 'fail' || check.result === 'waits').map((check) => check.name), [])
    stage.expect('and they are ten', story.checks.length, 10)
    const view = await stage.client.query('trace.getPatientView', { code })
    stage.expect('the patient’s view', [view.answer, view.records.length], ['one-theirs', 1])
    stage.tell(`${code}：入库、售出、上传，一条销售记录`, `${code}: received, sold, uploaded, one sale record`)
  },
}

export const packSteps: readonly Step[] = [cartons, links, uncoded, onePack]
