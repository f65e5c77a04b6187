import type { SaleId } from '../../contract/index.ts'
import { AppError } from '../../contract/index.ts'
import type { House } from '../house.ts'
import { saleView } from './sale-view.ts'

/** The first thing that stands in the way, as an error; `except` names blockers that do not matter for this step. */
export const refuseBlocked = (house: House, saleId: SaleId, except: readonly string[]): void => {
  const blocker = saleView(house, saleId).blockers.find((found) => !except.includes(found.code))
  if (blocker !== undefined) throw new AppError('sale.blocked', `blocked: ${blocker.code}`, { ...blocker.detail, blocker: blocker.code, lineId: blocker.lineId })
}
