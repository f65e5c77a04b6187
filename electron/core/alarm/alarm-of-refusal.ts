import type { SaleId } from '../../contract/index.ts'
import type { House } from '../house.ts'
import type { Operator, Outcome } from '../platform/client.ts'
import { getLinePackRows } from '../sale/sale-store.ts'
import { sentCodes } from '../trace/sent-codes.ts'
import { askSoon } from './ask-elsewhere.ts'
import { raiseAlarm } from './raise-alarm.ts'

const MOST_ASKED = 20

/** An upload tells of one line. */
export interface RefusedSale {
  readonly saleId: SaleId
  readonly lineId?: string
}

/**
 * The platform refused a settlement or an upload because another institution sold a pack of it: that pack is remembered, so that it is not sold again once the sale is given up.
 * A refusal may name only the end of a code, or none: where that does not mean one pack, the country is asked about each. Call in the transaction that stores the refusal.
 */
export const alarmOfRefusal = (
  house: House,
  operator: Operator,
  asked: RefusedSale,
  answer: Outcome<unknown>,
  source: 'settlement-refused' | 'upload-refused',
): void => {
  const refusal = house.platform.refusedAsSoldElsewhere(answer)
  if (refusal === null || answer.kind !== 'refused') return
  const { saleId, lineId = null } = asked
  const codes = [
    ...new Set(
      getLinePackRows(house.db, saleId)
        .filter((pack) => pack.virtual === 0 && (lineId === null || pack.line_id === lineId))
        .map((pack) => pack.code),
    ),
  ]
  const sent = sentCodes(house.db, house.profile.trace, { split: false, codes })
  const named = refusal.code
  // It repeats what it was sent, which may be another form of the code than ours.
  const meant = named === null ? codes : codes.filter((code, index) => code.endsWith(named) || sent[index]?.endsWith(named) === true)
  const [pack] = meant
  if (meant.length === 1 && pack !== undefined) {
    const said = String(answer.detail['text'] ?? answer.detail['message'] ?? '')
    const alarmId = raiseAlarm(house, { staffId: operator.operatorId }, { code: pack, kind: 'sold-elsewhere', source, saleId, note: '', said })
    house.changed({ alarmId })
    return
  }
  for (const code of (meant.length === 0 ? codes : meant).slice(0, MOST_ASKED)) askSoon(house, operator, code, saleId)
}
