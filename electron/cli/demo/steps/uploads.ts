import type { BusinessDate, OutboxItem, SaleId } from '../../../contract/index.ts'
import { addDays } from '../../../domain/calendar.ts'
import { startSale } from '../counter.ts'
import type { Stage, Step } from '../stage.ts'
import { errorWords } from '../say.ts'

const parkedOf = async (stage: Stage, saleId: SaleId): Promise<readonly OutboxItem[]> => {
  await stage.waitForSale(saleId, (sale) => sale.upload === 'parked')
  return (await stage.client.query('outbox.listItems', { statuses: ['parked'] })).filter((item) => item.saleId === saleId)
}

const expectParked = (stage: Stage, items: readonly OutboxItem[], expected: readonly [code: string, repair: string]): OutboxItem | null => {
  stage.expect(
    'parked with its reason',
    items.map((item) => [item.kind, item.error?.code, item.repair]),
    [['upload-sale', ...expected]],
  )
  const [item] = items
  if (item?.error != null) stage.tell(...errorWords(item.error))
  return item ?? null
}

const repair = async (stage: Stage, saleId: SaleId, item: OutboxItem | null, lotManufacturedOn: BusinessDate | null): Promise<void> => {
  if (item === null) return
  await stage.client.command('outbox.retryItem', { outboxId: item.outboxId, lotManufacturedOn })
  const sale = await stage.waitForSale(saleId, (wished) => wished.upload === 'uploaded')
  stage.expect('uploaded after the repair', sale?.upload, 'uploaded')
  stage.tell('修复后已上传', 'uploaded after the repair')
}

const rowText = '机构目录对照维护中,请稍后重传'

/** 复方氨酚烷胺片 13.50. Two levels of success: the message is taken, the row is not (platform.md §2). */
const rowRefused: Step = {
  id: 'upload-row-refused',
  title: ['上传被行级拒绝（retRslt 0），修复后重传', 'Upload refused at row level (retRslt 0), repaired'],
  run: async (stage) => {
    // The fault is for this sale: nothing else may still be on its way.
    await stage.waitForUploads()
    stage.province.setFaults([{ infno: '3505', count: 1, action: { kind: 'row-refused', text: rowText } }])
    const hand = await startSale(stage)
    await hand.scan(stage.takePack(349))
    await hand.take('wechat', 13_50)
    const items = await parkedOf(stage, hand.saleId)
    const item = expectParked(stage, items, ['upload.row-refused', 'retry'])
    stage.expect('in the province’s words', item?.error?.detail['text'], rowText)
    await repair(stage, hand.saleId, item, null)
  },
}

/** 小儿泻速停颗粒 35.88: its lot came without a manufacture date, which 3505 requires and the box does not show. Never invented: asked for. Shelf life 24 months. */
const missingDate: Step = {
  id: 'upload-held-back',
  title: ['上传因缺生产日期而暂缓，按随货单补录后上传', 'Upload held back for a missing manufacture date, supplied from the delivery note'],
  run: async (stage) => {
    const hand = await startSale(stage)
    await hand.scan(stage.takePack(402))
    await hand.take('card', 35_88)
    const items = await parkedOf(stage, hand.saleId)
    const item = expectParked(stage, items, ['upload.missing-value', 'lot-manufactured-on'])
    const expiresOn = hand.sale().lines[0]?.expiresOn
    await repair(stage, hand.saleId, item, expiresOn === undefined ? null : addDays(expiresOn, -730))
  },
}

export const uploadSteps: readonly Step[] = [rowRefused, missingDate]
