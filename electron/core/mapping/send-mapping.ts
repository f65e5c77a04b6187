import type { ErrorCode, ErrorDetail, MappingRow } from '../../contract/index.ts'
import { inTransaction } from '../db/database.ts'
import { perDatabase } from '../db/statements.ts'
import { getDrugFacts } from '../drug/drug-store.ts'
import type { House } from '../house.ts'
import { now } from '../now.ts'
import type { Operator } from '../platform/client.ts'
import { storeAnswer, storeMessage } from '../settlement/message-store.ts'
import type { StoredMapping } from './mapping-store.ts'
import { settleMapping } from './mapping-store.ts'

const statements = perDatabase((db) => ({
  operator: db.prepare(`select staff_id as operatorId, name as operatorName from staff where active = 1 order by role = 'pharmacist' desc, role = 'manager' desc, staff_id limit 1`),
}))
/** Nobody's sale: sent in the name of the pharmacist. */
export const mappingOperator = (house: House): Operator => statements(house.db).operator.get() as Operator

export type Sent = { readonly kind: 'settled' } | { readonly kind: 'later'; readonly error: { readonly code: ErrorCode; readonly detail: ErrorDetail } }

/**
 * One 3301 or 3302. The bytes are stored before they leave; a lost answer is asked for again, and what is there already (or gone already) is what was wanted: the item, the code and the first day name it.
 */
export const sendMapping = async (house: House, mapping: StoredMapping): Promise<Sent> => {
  const { db, platform, profile } = house
  const operator = mappingOperator(house)
  const drug = getDrugFacts(db, mapping.drugId)
  const listType = profile.mapping.listTypes[drug.kind]
  const { held } = mapping
  const upload = mapping.state === 'uploading'
  const prepared = upload
    ? await platform.mapping.prepareUpload(operator, {
      drugId: mapping.drugId, name: held.name, listType, nationalCode: mapping.nationalCode, from: mapping.from, to: mapping.to ?? profile.mapping.openEnd, approvalNumber: held.approvalNumber, spec: held.spec, packSpec: held.packSpec, unit: held.unit,
    })
    : await platform.mapping.prepareWithdrawal(operator, { drugId: mapping.drugId, listType, nationalCode: mapping.nationalCode })
  const settle = (state: MappingRow['state'], refusal: MappingRow['refusal']): Sent => {
    inTransaction(db, () => settleMapping(db, mapping, state, refusal, now(house)))
    return { kind: 'settled' }
  }
  // Not withdrawn: it is still in force, and the page says why.
  const refused: MappingRow['state'] = upload ? 'refused' : 'held'
  if (prepared.kind === 'not-sent') return prepared.code === 'platform.invalid-request' ? settle(refused, { code: prepared.code, detail: prepared.detail }) : { kind: 'later', error: { code: prepared.code, detail: prepared.detail } }
  const { message } = prepared
  inTransaction(db, () => storeMessage(db, message, null, now(house)))
  const answer = await platform.mapping.send(message)
  inTransaction(db, () => storeAnswer(db, message.messageId, answer, now(house)))
  switch (answer.kind) {
    case 'answered':
      return settle(upload ? 'held' : 'withdrawn', null)
    case 'refused':
      return settle(refused, { code: answer.code, detail: answer.detail })
    case 'not-sent':
    case 'unknown':
      return { kind: 'later', error: { code: answer.code, detail: answer.detail } }
  }
}
