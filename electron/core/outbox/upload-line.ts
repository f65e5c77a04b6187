import type { BusinessDate, ErrorDetail, SaleId } from '../../contract/index.ts'
import { alarmOfRefusal } from '../alarm/alarm-of-refusal.ts'
import { perDatabase } from '../db/statements.ts'
import type { House } from '../house.ts'
import { now } from '../now.ts'
import { getPerson } from '../person/person-store.ts'
import { settledInsurance } from '../person/settled-insurance.ts'
import type { Operator, Outcome, UploadRow } from '../platform/client.ts'
import { uploadRowKey } from '../sale/book-sale.ts'
import { codedLine } from '../sale/coded-line.ts'
import type { LineDetails } from '../sale/line-details.ts'
import { getLineDetails } from '../sale/line-details.ts'
import { getLinePackRows, getSaleRow } from '../sale/sale-store.ts'
import { fetchVirtualCodesOfLine } from '../sale/virtual-codes.ts'
import { storeAnswer, storeMessage } from '../settlement/message-store.ts'
import { getSettlementRow } from '../settlement/settlement-store.ts'
import { fetchesMissing } from '../../domain/sale/packs-needed.ts'
import { noteUploaded } from '../trace/pack-ledger.ts'
import type { Turn } from './drain.ts'
import { sendInTurn } from './drain.ts'
import type { JobResult } from './job-result.ts'
import { notYet } from './job-result.ts'
import { finishJob, noteMessage, parkJob } from './outbox-store.ts'
import { sentCodes } from '../trace/sent-codes.ts'
import { writeTogether } from './write-together.ts'

const statements = perDatabase((db) => ({
  pharmacist: db.prepare(`select name, licence_number as licence from staff where licence_number is not null and active = 1 order by (staff_id = ?) desc, (role = 'pharmacist') desc, staff_id limit 1`),
  seller: db.prepare(`select name from staff where staff_id = ?`).pluck(),
}))

export interface UploadJob { readonly outboxId: string; readonly saleId: SaleId; readonly lineId: string; readonly direction: 'sale' | 'return' }

const packsOf = (house: House, line: LineDetails) => getLinePackRows(house.db, line.sale_id).filter((pack) => pack.line_id === line.line_id)

const rowOf = (house: House, line: LineDetails, manufacturedOn: BusinessDate, direction: 'sale' | 'return'): UploadRow | null => {
  const { db } = house
  const sale = getSaleRow(db, line.sale_id)
  const settlement = getSettlementRow(db, line.sale_id)
  const pharmacist = statements(db).pharmacist.get(sale.staff_id) as { name: string; licence: string } | undefined
  if (pharmacist === undefined) return null
  const stored = sale.person_id === null ? null : getPerson(db, sale.person_id).person
  return {
    rowKey: uploadRowKey(sale.receipt_number, line.position, direction),
    nationalCode: line.national_code,
    drugId: line.drug_id,
    drugName: line.generic_name,
    prescriptionOnly: line.prescription_only === 1,
    split: line.sell_unit === 'unit',
    quantity: line.quantity,
    unitPrice: line.unit_price,
    lotNumber: line.lot_number,
    manufacturedOn,
    expiresOn: line.expires_on,
    barcode: line.barcode,
    receiptNumber: sale.receipt_number,
    soldAt: (direction === 'sale' ? sale.sold_at : sale.returned_at) ?? now(house),
    sellerName: statements(db).seller.get(sale.staff_id) as string,
    pharmacistName: pharmacist.name,
    pharmacistLicence: pharmacist.licence,
    traceCodes: sentCodes(db, house.profile.trace, { split: line.sell_unit === 'unit', codes: packsOf(house, line).map((pack) => pack.code) }),
    insured: settlement?.setl_id && settlement.visit_id && stored !== null
      ? { setlId: settlement.setl_id, visitId: settlement.visit_id, personNumber: stored.personNumber, idType: stored.idType, idNumber: stored.idNumber, name: stored.name, region: settledInsurance(stored, sale, settlement)?.region ?? '' }
      : null,
    ownVisitId: `V${sale.receipt_number.replaceAll('-', '')}`,
  }
}

type ParkCode = 'upload.missing-value' | 'upload.row-refused' | 'platform.refused' | 'platform.invalid-request'
const park = (house: House, job: UploadJob, code: ParkCode, detail: ErrorDetail, repair: 'retry' | 'lot-manufactured-on' = 'retry'): void => parkJob(house.db, job.outboxId, { code, detail }, repair)
const parkUnasked = async (house: House, job: UploadJob, code: ParkCode, detail: ErrorDetail, repair?: 'retry' | 'lot-manufactured-on'): Promise<JobResult> => {
  await writeTogether(house.db, () => park(house, job, code, detail, repair))
  return { kind: 'parked', unasked: true }
}

/** One line as the platform wants it, and what is needed to store its answer. */
export interface ReadyRow { readonly job: UploadJob; readonly operator: Operator; readonly row: UploadRow; readonly codes: readonly string[] }

/** A required value that is not known is never invented: the row is parked and says what is missing. */
export const readyRow = async (house: House, operator: Operator, job: UploadJob): Promise<ReadyRow | JobResult> => {
  const line = getLineDetails(house.db, job.saleId).find((row) => row.line_id === job.lineId)
  if (line === undefined) throw new Error('a booked line cannot vanish')
  if (line.manufactured_on === null) return parkUnasked(house, job, 'upload.missing-value', { value: 'manufacturedOn', drugName: line.generic_name, lotNumber: line.lot_number }, 'lot-manufactured-on')
  if (job.direction === 'sale' && fetchesMissing(codedLine(house, line, packsOf(house, line))) > 0) {
    const fetched = await fetchVirtualCodesOfLine(house, operator, line)
    if (fetched?.kind === 'refused') return parkUnasked(house, job, 'platform.refused', fetched.detail)
    if (fetched !== null) return notYet(fetched)
  }
  const row = rowOf(house, line, line.manufactured_on, job.direction)
  if (row === null) return parkUnasked(house, job, 'upload.missing-value', { value: 'pharmacistLicence', drugName: line.generic_name })
  return { job, operator, row, codes: packsOf(house, line).map((pack) => pack.code) }
}

/** The answer of one row with everything it brings, in the caller's transaction. */
export const storeRowAnswer = (house: House, { job, operator, row, codes }: ReadyRow, answer: Outcome<unknown>): JobResult => {
  const { db } = house
  switch (answer.kind) {
    case 'answered':
      for (const code of codes) noteUploaded(db, { code, saleId: job.saleId, staffId: operator.operatorId, at: now(house) }, job.direction === 'sale' ? 'uploaded' : 'return-uploaded')
      finishJob(db, job.outboxId, now(house))
      return { kind: 'done' }
    case 'refused':
      if (job.direction === 'sale') alarmOfRefusal(house, operator, job, answer, 'upload-refused')
      park(house, job, answer.code, { ...answer.detail, drugName: row.drugName })
      return { kind: 'parked' }
    case 'not-sent':
    case 'unknown':
      return notYet(answer)
  }
}

/** One line's 3505 or 3506. The row key stays the same however often it is sent; "already uploaded" is success. */
export const sendRow = async (house: House, ready: ReadyRow, turn: Turn): Promise<JobResult> => {
  const { db } = house
  const { job, operator, row } = ready
  const prepared = await house.platform.prepareUpload(operator, row, job.direction)
  if (prepared.kind === 'not-sent') return prepared.code === 'platform.invalid-request' ? parkUnasked(house, job, 'platform.invalid-request', prepared.detail) : notYet(prepared)
  const { message } = prepared
  await writeTogether(db, () => {
    storeMessage(db, message, job.saleId, now(house))
    noteMessage(db, job.outboxId, message.messageId)
  })
  house.reach('upload:leased')
  const answer = await sendInTurn(house, turn, () => house.platform.sendUpload(message))
  house.reach('upload:answer-received')
  const result = await writeTogether(db, () => {
    storeAnswer(db, message.messageId, answer, now(house))
    return storeRowAnswer(house, ready, answer)
  })
  house.reach('upload:answer-committed')
  return result
}
