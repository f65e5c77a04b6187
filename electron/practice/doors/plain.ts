import type { GatewayReason, GatewayRefusal } from '../gateway.ts'
import type { PracticeProfile } from '../profile.ts'
import { memberText } from '../raw-member.ts'
import { parseJson } from '../read-body.ts'
import { isSigned } from '../sm.ts'
import { isRecord } from '../wire-values.ts'
import type { Door } from './door.ts'
import { openJson, textRefusal } from './door.ts'
import { SIGNING_TEXTS } from './sm.ts'

/** The characters the plain door has signed: what is not empty but `cainfo`, in the order of the names. */
export const fieldsInOrder = (text: string): string => {
  const json = parseJson(text)
  if (!json.ok || !isRecord(json.value)) return ''
  const pairs: string[] = []
  for (const name of Object.keys(json.value).toSorted()) {
    const value = memberText(text, name)
    if (name !== 'cainfo' && value !== '' && value !== 'null') pairs.push(`${name}=${value}`)
  }
  return pairs.join('&')
}

/** /plain: nobody at the door; the message carries its own signature. */
export const plainDoor = (profile: PracticeProfile): Door => {
  const refusal = (reason: GatewayReason): GatewayRefusal => textRefusal(profile.gatewayStatus, ...SIGNING_TEXTS[reason])
  return {
    infnoOf: () => null,
    check: () => null,
    open: (text) => {
      const json = openJson(text, (_status, words) => textRefusal(profile.gatewayStatus, '995', words))
      if (!json.ok) return json
      const signature = isRecord(json.message) ? json.message.cainfo : undefined
      const good = typeof signature === 'string' && isSigned(fieldsInOrder(text), signature, profile.sm.clientPublicKey, profile.plain.userId)
      return good ? json : { ok: false, refusal: refusal('signature') }
    },
    seal: (answer) => JSON.stringify(answer),
    refusal,
    protocol: (status, words) => textRefusal(status, '995', words),
  }
}
