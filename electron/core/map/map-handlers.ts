import type { House } from '../house.ts'
import type { Handlers } from '../rpc/handlers.ts'
import { atomic, callerOf } from '../rpc/handlers.ts'
import { companyDifference } from './company-part.ts'
import { learnLink } from './learn-link.ts'
import { getLink, linksOfDrug, linksOfValue, listLinks } from './link-store.ts'
import { packsUnder, traceOfLink } from './link-trace.ts'
import { lookUp } from './look-up.ts'
import { confirmLink, revokeLink } from './review-link.ts'

type MapHandlers = Pick<Handlers, 'map.listLinks' | 'map.showLink' | 'map.lookUp' | 'map.learnLink' | 'map.confirmLink' | 'map.revokeLink'>

export const mapHandlers = (house: Pick<House, 'db' | 'clock' | 'newId' | 'changed'>): MapHandlers => {
  /** Every window that shows the map asks again. */
  const told = <T>(answer: T): T => {
    house.changed('status')
    return answer
  }
  return {
    'map.listLinks': (_call, filter) => {
      const { links, more, toReview } = listLinks(house.db, filter)
      return { links: [...links], more, toReview }
    },
    'map.showLink': (_call, { linkId }) => {
      const link = getLink(house.db, linkId)
      const codes = linksOfDrug(house.db, link.drugId)
      const valuesOf = (kind: typeof link.kind): readonly string[] => codes.filter((code) => code.kind === kind).map(({ value }) => value)
      return {
        link,
        rivals: linksOfValue(house.db, link.kind, link.value).filter((other) => other.linkId !== link.linkId),
        trace: traceOfLink(house.db, packsUnder(house.db, link)),
        companyDifference: companyDifference(valuesOf('national-code'), valuesOf('base-code')),
      }
    },
    'map.lookUp': (_call, { text }) => lookUp(house.db, text),
    'map.learnLink': atomic((call, learnt) => told(getLink(house.db, learnLink(house, callerOf(call), learnt)))),
    'map.confirmLink': atomic((call, { linkId }) => told(confirmLink(house, callerOf(call), linkId))),
    'map.revokeLink': atomic((call, { linkId, reason }) => told(revokeLink(house, callerOf(call), linkId, reason))),
  }
}
