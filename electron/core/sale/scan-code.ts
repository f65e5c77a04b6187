import type { Credential, LineId, Output, ParsedInput, Verdict } from '../../contract/index.ts'
import { AppError } from '../../contract/index.ts'
import type { Recognised } from '../../domain/recognition/recognised.ts'
import type { Caller, House } from '../house.ts'
import { readPersonIntoSale } from '../person/read-person.ts'
import { judgeCode } from '../trace/judge-code.ts'
import { carryOutVerdict } from './carry-out-verdict.ts'
import { openSaleRow } from './sale-store.ts'
import { saleView } from './sale-view.ts'

type Scan = ParsedInput<'sale.scanCode'>
type Scanned = Output<'sale.scanCode'>

/** What a code read in the person step says about who it is. Cards come from a reader, not from the scanner. */
const credentialOf = (code: Recognised): Credential => {
  if (code.kind === 'insurance-ecert' || code.kind === 'insurance-openplatform') return { kind: 'e-voucher', qr: code.normalised }
  if (code.kind === 'id-card') return { kind: 'id-card', idNumber: code.normalised.toUpperCase() }
  throw new AppError('credential.wrong-kind', 'not a person code', { kind: code.kind })
}

/**
 * One scan: what is it, may it be done here and now, and, if so, do it. A bad code is a verdict, never an error; nothing of a payment code, voucher or ID is kept or logged.
 * In the drug step this is synchronous: one transaction. Reading a person asks the platform.
 */
export const scanCode = (house: House, caller: Caller, scan: Scan): Scanned | Promise<Scanned> => {
  openSaleRow(house.db, scan.saleId)
  const { facts, decision, elapsedMicros } = judgeCode(house, { ...scan, mayLearn: caller.role !== 'cashier', repeats: house.repeats })
  const answer = (lineId: LineId | null): Scanned => ({ verdict: { ...decision, elapsedMicros } satisfies Verdict, sale: saleView(house, scan.saleId), lineId })
  if (decision.outcome === 'accept' && decision.reason === 'person-read') return readPersonIntoSale(house, caller, scan.saleId, credentialOf(facts.code)).then(() => answer(null))
  house.reach('scan:before-commit')
  const lineId = carryOutVerdict(house, caller, scan, facts, decision)
  queueMicrotask(() => house.reach('scan:after-commit'))
  return answer(lineId)
}
