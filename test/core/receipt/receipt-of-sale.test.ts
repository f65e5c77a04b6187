import { expect, test } from 'vitest'
import type { BusinessDate } from '../../../electron/contract/index.ts'
import { codeOf } from '../../support/small-shop.ts'
import { openTill } from '../../support/till.ts'

const words = (blocks: readonly { readonly type: string }[]): string => blocks.map((block) => ('text' in block ? String(block.text) : '')).join('\n')

test('a chronic-disease receipt names the disease as it was filed, not by its code', async () => {
  const till = await openTill()
  till.platform.filings.push({ diseaseCode: 'M03900', diseaseName: '高血压病', from: '2020-10-01' as BusinessDate, to: null })
  const sale = await till.start()
  await till.scan(sale, codeOf('amoxicillin', 1))
  await till.person(sale)
  await till.client.command('sale.setPurchaseType', { saleId: sale.saleId, kind: 'chronic', diseaseCode: 'M03900' })
  await till.quote(sale)
  const { dueFen } = await till.settle(sale)
  if (dueFen > 0) await till.tender(sale, dueFen)
  for (const width of ['58', '80'] as const) {
    const text = words((await till.client.query('receipt.getReceipt', { saleId: sale.saleId, width })).blocks)
    expect(text).toContain('类型 门诊慢特病 高血压病')
    expect(text).not.toContain('M03900')
  }
})
