import type { IncomingHttpHeaders } from 'node:http'
import type { Province } from './call.ts'
import { gatewayRefusal } from './gateway.ts'

/** GET /local/books: the whole truth of this province, for whoever compares a shop's books with it. Reads only; wants an access key of the province. */
export const answerBooks = ({ profile, store }: Province, headers: IncomingHttpHeaders): { readonly status: number; readonly body: unknown } => {
  const given = headers._api_access_key
  if (!profile.keys.some(({ accessKey }) => accessKey === given))
    return { status: 401, body: gatewayRefusal(profile, given === undefined ? 'missing-headers' : 'user').body }
  const { shelves } = store
  const answered: Record<string, { accepted: number; refused: number }> = {}
  for (const { infno, infcode } of shelves.messages.values()) {
    const count = (answered[infno] ??= { accepted: 0, refused: 0 })
    count[infcode === 0 ? 'accepted' : 'refused'] += 1
  }
  return {
    status: 200,
    body: {
      people: [...shelves.people.values()],
      settlements: [...shelves.settlements.values()],
      reversals: [...shelves.reversals.values()],
      codes: [...shelves.codes.values()],
      sales: [...shelves.sales.values()],
      returns: [...shelves.returns.values()],
      virtualCodes: [...shelves.virtualCodes.values()],
      flags: [...shelves.flags.values()],
      answered,
    },
  }
}
