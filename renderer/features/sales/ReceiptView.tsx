import type { ReactNode } from 'react'
import type { PaperWidth, Sale } from '../../../electron/contract/index.ts'
import { useCoreQuery } from '../../ui/use-core-query.ts'
import { ReceiptPaper } from '../pay/ReceiptPaper.tsx'

export const ReceiptView = ({ sale, paper }: { readonly sale: Sale; readonly paper: PaperWidth }): ReactNode => {
  const { data } = useCoreQuery('receipt.getReceipt', { saleId: sale.saleId, width: paper, kind: sale.status === 'returned' ? 'return' : 'sale' })
  return <div className="paid-receipt is-tall">{data === undefined ? null : <ReceiptPaper document={data} />}</div>
}
