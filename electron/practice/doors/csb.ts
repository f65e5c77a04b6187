import { checkGateway, gatewayRefusal, protocolRefusal } from '../gateway.ts'
import type { PracticeProfile } from '../profile.ts'
import type { Door } from './door.ts'
import { headerOf, openDigested } from './door.ts'

/** /csb: five signed headers. */
export const csbDoor = (profile: PracticeProfile): Door => ({
  infnoOf: (_path, headers) => headerOf(headers, '_api_name'),
  check: (headers, now) => checkGateway(profile, headers, now),
  open: (text) => openDigested(profile, text, { protocol: protocolRefusal, refusal: (reason) => gatewayRefusal(profile, reason) }),
  seal: (answer) => JSON.stringify(answer),
  refusal: (reason) => gatewayRefusal(profile, reason),
  protocol: protocolRefusal,
})
