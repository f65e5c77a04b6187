import { expect, test } from 'vitest'
import type { AlarmSummary, Sale } from '../../../electron/contract/index.ts'
import { scan } from '../../../renderer/till/scanning.ts'
import { answerWith, goTo } from '../../../renderer/till/till.ts'
import { onTillEvent } from '../../../renderer/till/watching.ts'
import { openCounter, until } from './counter.ts'

const alarmOf = (sale: Pick<Sale, 'saleId' | 'receiptNumber'>): AlarmSummary => ({
  alarmId: '01939b00-0000-7000-8000-000000000001',
  code: '89002140000000000005',
  kind: 'sold-elsewhere',
  status: 'open',
  source: 'platform-3513',
  toldAt: 0 as never,
  drugName: '阿莫西林胶囊',
  lotNumber: null,
  packState: 'in-sale',
  place: '',
  photoCount: 0,
  saleId: sale.saleId,
  receiptNumber: sale.receiptNumber,
})
const openSale = async () => {
  const counter = await openCounter()
  await scan(counter.till, '89000010000000000001', 'wedge')
  await until(() => counter.till.store.get().sale !== null)
  const { sale } = counter.till.store.get()
  if (sale === null) throw new Error('no sale')
  counter.played.length = 0
  return { ...counter, sale }
}

test('a foreign sale told after the scan is said at once with its own sound, and stays until it is read', async () => {
  const { till, played, sale } = await openSale()
  onTillEvent(till, { type: 'alarm', alarm: alarmOf(sale) })
  expect(played).toEqual(['foreign'])
  const [say] = till.store.get().heard.says
  expect(say).toMatchObject({
    tone: 'refuse',
    sound: 'foreign',
    source: { kind: 'screen', code: 'pack-sold-elsewhere', values: { tail: '000005', drug: '阿莫西林胶囊' } },
  })
  // The next pack does not wipe it away, neither does another page.
  await scan(till, '89000010000000000002', 'wedge')
  await until(() => till.store.get().heard.echo !== null)
  goTo(till, 'sales')
  expect(till.store.get().heard.says[0]?.id).toBe(say?.id)
  expect(answerWith(till, 'Enter')).toBe(true)
  expect(till.store.get().heard.says.map(({ id }) => id)).not.toContain(say?.id)
})

test('about a sale that is not on this screen it is said quietly', async () => {
  const { till, played } = await openSale()
  onTillEvent(till, { type: 'alarm', alarm: alarmOf({ saleId: '01939b00-0000-7000-8000-00000000ffff' as never, receiptNumber: '20261121-0042' }) })
  expect(played).toEqual(['notice'])
  expect(till.store.get().heard.says[0]).toMatchObject({ tone: 'notice', source: { code: 'pack-sold-elsewhere-behind', values: { receipt: '20261121-0042' } } })
})
