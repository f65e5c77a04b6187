import type { Sale } from '../../../electron/contract/index.ts'
import { fen } from '../../../electron/contract/index.ts'
import { practicePeople } from '../../../electron/practice/people.ts'
import type { CoreClient } from '../../../renderer/core-client/core-client.ts'
import { codeOf } from '../../support/small-shop.ts'

const voucherOf = (key: string): string => practicePeople().find((person) => person.key === key)?.eVoucher ?? ''

/**
 * A short day that passes every crash point: sold for money, sold to the fund, sold to the fund with the answer lost (the province's fault plan loses the second 2102), both ways of return, uploads of all.
 * `say` is told each step; every step takes the sale as the one before left it.
 */
export const playDay = async (client: CoreClient, say: (step: string) => void, passTime: () => void): Promise<void> => {
  const scan = (sale: Sale, raw: string) => client.command('sale.scanCode', { saleId: sale.saleId, raw, step: 'drug', via: 'hid' })
  const pay = async (sale: Sale): Promise<Sale> =>
    client.command('sale.takeTender', {
      saleId: sale.saleId,
      method: 'cash',
      givenFen: fen((await client.query('sale.getSale', { saleId: sale.saleId })).dueFen),
    })
  const settle = async (sale: Sale, who: string): Promise<Sale> => {
    await client.command('sale.readPerson', { saleId: sale.saleId, credential: { kind: 'e-voucher', qr: voucherOf(who) } })
    await client.command('sale.quoteSale', { saleId: sale.saleId })
    return client.command('sale.settleSale', { saleId: sale.saleId })
  }
  const upload = async (): Promise<void> => {
    passTime()
    await client.command('outbox.runNow', {})
  }
  if ((await client.query('shift.getCurrent', {})).shift === null) await client.command('shift.openShift', { floatFen: fen(20_000) })

  say('self-paid')
  const cash = await client.command('sale.startSale', {})
  await scan(cash, codeOf('amoxicillin', 1))
  await scan(cash, codeOf('amoxicillin', 2))
  await scan(cash, codeOf('ibuprofen', 1))
  await pay(cash)
  say('uploads')
  await upload()
  say('insured')
  const insured = await client.command('sale.startSale', {})
  await scan(insured, codeOf('amoxicillin', 3))
  await scan(insured, codeOf('coldTablets', 1))
  const settled = await settle(insured, 'employee')
  if (settled.dueFen > 0) await pay(settled)
  await upload()
  say('answer lost')
  const unlucky = await client.command('sale.startSale', {})
  await scan(unlucky, codeOf('amoxicillin', 4))
  await settle(unlucky, 'retired-chronic')
  await upload()
  say('insured return')
  await client.command('sale.returnSale', { saleId: insured.saleId, reason: '退货', packs: [codeOf('amoxicillin', 3), codeOf('coldTablets', 1)].map((code) => ({ code, back: 'sellable' })) })
  await upload()
  say('self-paid return')
  await client.command('sale.returnSale', { saleId: cash.saleId, reason: '退货', packs: [codeOf('amoxicillin', 1), codeOf('amoxicillin', 2), codeOf('ibuprofen', 1)].map((code) => ({ code, back: 'sellable' })) })
  await upload()
  say('sold again')
  const again = await client.command('sale.startSale', {})
  await scan(again, codeOf('amoxicillin', 1))
  const second = await settle(again, 'employee')
  if (second.dueFen > 0) await pay(second)
  await upload()
  say('end')
}
