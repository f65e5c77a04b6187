import type { ReactNode } from 'react'
import type { PaperWidth, Sale } from '../../../electron/contract/index.ts'
import { useCoreQuery } from '../../ui/use-core-query.ts'
import { ReceiptFrame } from '../pay/ReceiptFrame.tsx'

export const ReceiptView = ({ sale, paper }: { readonly sale: Sale; readonly paper: PaperWidth }): ReactNode => {
  const { data } = useCoreQuery('receipt.getReceipt', { saleId: sale.saleId, width: paper, kind: sale.status === 'returned' ? 'return' : 'sale' })
  return <ReceiptFrame document={data} tall />
}
