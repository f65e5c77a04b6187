import type { Credential, LineId, Output, ParsedInput, Verdict } from '../../contract/index.ts'
import { AppError } from '../../contract/index.ts'
import type { Recognised } from '../../domain/recognition/recognised.ts'
import { traceOf } from '../../domain/recognition/trace-of.ts'
import type { Decision } from '../../domain/verdict/decide.ts'
import type { VerdictFacts } from '../../domain/verdict/facts.ts'
import { targetLine } from '../../domain/verdict/target-line.ts'
import { inTransaction } from '../db/database.ts'
import type { Caller, House } from '../house.ts'
import { readPersonIntoSale } from '../person/read-person.ts'
import { judgeCode } from '../trace/judge-code.ts'
import { changeSale } from './change-sale.ts'
import { addDrug } from './edit-lines.ts'
import { enterUnreceived, placePack } from './place-pack.ts'
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

/** Carries out a verdict that allows it; returns the line that took the code. */
const carryOut = (house: House, caller: Caller, scan: Scan, facts: VerdictFacts, decision: Decision): LineId | null => {
  const { saleId } = scan
  const trace = traceOf(facts.code)
  if (decision.reason === 'locked' && scan.answer === 'set-aside' && trace !== null && facts.pack === null && decision.drugId !== null) {
    inTransaction(house.db, () => enterUnreceived(house, caller, decision.drugId ?? '', trace, true))
    return null
  }
  if (decision.outcome !== 'accept' && decision.outcome !== 'notice') return null
  if (decision.reason === 'product-barcode') return addDrug(house, saleId, decision.drugId ?? '', 'pack')
  if (trace === null || decision.drugId === null || facts.step !== 'drug') return null
  const { drugId } = decision
  return changeSale(house, saleId, () => {
    if (facts.pack === null) enterUnreceived(house, caller, drugId, trace, false)
    const line = targetLine(facts, drugId)
    return placePack(house, caller, saleId, trace.code, line === null ? null : { lineId: line.lineId, sellUnit: line.sellUnit })
  })
}

/**
 * One scan: what is it, may it be done here and now, and, if so, do it. A bad code is a verdict, never an error; nothing of a payment code, voucher or ID is kept or logged.
 * In the drug step this is synchronous: one transaction. Reading a person asks the platform.
 */
export const scanCode = (house: House, caller: Caller, scan: Scan): Scanned | Promise<Scanned> => {
  openSaleRow(house.db, scan.saleId)
  const { facts, decision, elapsedMicros } = judgeCode(house, { ...scan, repeats: house.repeats })
  const answer = (lineId: LineId | null): Scanned => ({ verdict: { ...decision, elapsedMicros } satisfies Verdict, sale: saleView(house, scan.saleId), lineId })
  if (decision.outcome === 'accept' && decision.reason === 'person-read') return readPersonIntoSale(house, caller, scan.saleId, credentialOf(facts.code)).then(() => answer(null))
  house.reach('scan:before-commit')
  const lineId = carryOut(house, caller, scan, facts, decision)
  queueMicrotask(() => house.reach('scan:after-commit'))
  return answer(lineId)
}
