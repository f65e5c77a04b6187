import type { House } from '../house.ts'
import type { Handlers } from '../rpc/handlers.ts'
import { getSaleRow } from '../sale/sale-store.ts'
import { receiptOfSale } from './receipt-of-sale.ts'

export const receiptHandlers = (house: House): Pick<Handlers, 'receipt.getReceipt' | 'receipt.printReceipt'> => ({
  'receipt.getReceipt': (_call, { saleId, width, kind }) => receiptOfSale(house, saleId, width, kind, false),
  'receipt.printReceipt': async (_call, { saleId, width, kind, copy }) => {
    const { receipt_number: receiptNumber } = getSaleRow(house.db, saleId)
    const jobName = `${receiptNumber}-${kind}-${width}${copy ? `-copy-${house.clock()}` : ''}`
    const { target, bytes, missing } = await house.devices.printReceipt(jobName, receiptOfSale(house, saleId, width, kind, copy))
    if (missing.length > 0) house.log.warn({ receiptNumber, missing }, 'characters the printer cannot draw')
    return { target, bytes }
  },
})
