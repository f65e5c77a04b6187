import type { House } from '../house.ts'
import { today } from '../now.ts'
import type { Handlers } from '../rpc/handlers.ts'
import { contractLot, lotsOf } from '../stock/lot-store.ts'
import { drugSearchOf } from './drug-search.ts'
import { getDrug } from './drug-store.ts'

export const drugHandlers = (house: Pick<House, 'db' | 'clock'>): Pick<Handlers, 'drug.searchDrugs' | 'drug.getDrug'> => {
  const drugs = drugSearchOf(house.db)
  // Built now, so that the first keystroke does not wait for it.
  drugs.search('', 1, today(house))
  return {
    'drug.searchDrugs': (_call, { text, limit }) => drugs.search(text, limit, today(house)),
    /** Error drug.not-found. */
    'drug.getDrug': (_call, { drugId }) => ({ drug: getDrug(house.db, drugId, today(house)), lots: lotsOf(house.db, drugId).map(contractLot) }),
  }
}
