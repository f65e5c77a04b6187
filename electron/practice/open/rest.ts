import { cancelOrder, pushOrder, queryOrder, querySettledOrders, readStranger, refundOrder } from '../transactions/cross-region.ts'
import { readCodeTable, readDesignation, readInstitution, recogniseFace, registerFace, uploadVisit } from '../transactions/institution.ts'
import { queryChronicDrugs, queryPolicyItems, querySettledLines, querySettlement, queryVisits } from '../transactions/settlement-query.ts'
import type { Open } from './open.ts'

/** Everything else of the tables. 6101 is no call of the gateway: the till's own box answers it (local-service.ts). */
export const rest: Open = {
  1201: readInstitution,
  1901: readCodeTable,
  2161: readStranger,
  2163: refundOrder,
  2166: pushOrder,
  2167: cancelOrder,
  2170: queryOrder,
  2171: querySettledOrders,
  '2203A': uploadVisit,
  5201: queryVisits,
  5203: querySettlement,
  5204: querySettledLines,
  5205: queryChronicDrugs,
  5302: readDesignation,
  9601: recogniseFace,
  9602: registerFace,
  100001: queryPolicyItems,
}
