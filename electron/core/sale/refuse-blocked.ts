import type { Sale, SaleId } from '../../contract/index.ts'
import { AppError } from '../../contract/index.ts'
import type { House } from '../house.ts'
import type { SaleRow } from './sale-store.ts'
import { openSaleRow } from './sale-store.ts'

/** The open sale, to be paid by the fund. Errors: sale.wrong-state, sale.insured-needs-person. */
export const refuseSelfPaid = (house: House, saleId: SaleId): SaleRow => {
  const sale = openSaleRow(house.db, saleId)
  if (sale.insured === 0) throw new AppError('sale.insured-needs-person', 'a self-paid sale is paid, not settled')
  return sale
}

/** The first thing that stands in the way, as an error; `except` names blockers that do not matter for this step. */
export const refuseBlocked = (sale: Pick<Sale, 'blockers'>, except: readonly string[]): void => {
  const blocker = sale.blockers.find((found) => !except.includes(found.code))
  if (blocker !== undefined) throw new AppError('sale.blocked', `blocked: ${blocker.code}`, { ...blocker.detail, blocker: blocker.code, lineId: blocker.lineId })
}
