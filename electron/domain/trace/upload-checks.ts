import { UPLOAD_CHECKS } from '../../contract/index.ts'
import type { CheckResult, ErrorDetail, UploadCheck, UploadCheckName, UploadCheckReason, UploadFix, UploadFixAction } from '../../contract/index.ts'
import type { UploadFacts } from './upload-facts.ts'

/** One check's finding; its name and the words beside it are put on by `explainUpload`. */
interface Finding {
  readonly result: CheckResult
  readonly reason: UploadCheckReason
  readonly detail?: ErrorDetail
  readonly fix?: Partial<UploadFix> & { readonly action: UploadFixAction }
}
type Above = readonly UploadCheck[]

const pass = (reason: UploadCheckReason, detail?: ErrorDetail): Finding => ({ result: 'pass', reason, ...(detail === undefined ? {} : { detail }) })
const unneeded = (reason: UploadCheckReason): Finding => ({ result: 'not-needed', reason })

/** Goods left, or may have left: a lost settlement's goods are on the counter until it is told how it ended. */
const handedOver = ({ line }: UploadFacts): boolean => line?.saleStatus === 'settling' || line?.saleStatus === 'unconfirmed'
const told = ({ job }: UploadFacts): boolean => job?.status === 'done'
const openSale = ({ line }: UploadFacts): Finding['fix'] => ({ action: 'open-sale', saleId: line?.saleId ?? null, receiptNumber: line?.receiptNumber ?? null })

const sold = (facts: UploadFacts): Finding => {
  const { line, about, state } = facts
  if (line === null) return { result: 'fail', reason: 'not-sold', detail: { packState: state } }
  if (line.returnedAt !== null && about === 'return') return pass('returned', { soldAt: line.returnedAt })
  if (line.soldAt !== null) return pass('sold', { soldAt: line.soldAt })
  if (handedOver(facts)) return pass('handed-over')
  const fix = openSale(facts)
  return { result: 'waits', reason: 'in-open-sale', detail: { status: line.saleStatus }, ...(fix === undefined ? {} : { fix }) }
}

const collected = ({ goods, job }: UploadFacts): Finding => {
  if (goods === null) return { result: 'fail', reason: 'drug-unknown', fix: { action: 'open-map' } }
  if (goods.requirement === 'none' && job === null) return unneeded('not-collected')
  return pass(goods.requirement === 'virtual' ? 'fetched-code' : 'coded')
}

const code = (facts: UploadFacts): Finding => {
  const { line, onLine, sentAs, sentLength, width } = facts
  if (line !== null && !onLine) return { result: 'fail', reason: 'not-on-line', ...withFix(openSale(facts)) }
  if (sentLength > width) return { result: 'fail', reason: 'code-too-wide', detail: { length: sentLength, width } }
  if (line !== null && line.codesToFetch > 0) return { result: 'waits', reason: 'virtual-code-missing', detail: { count: line.codesToFetch }, fix: { action: 'run-now' } }
  if (sentAs === 'none') return unneeded('code-not-sent')
  return pass(sentAs === 'filler' ? 'code-filler' : 'code-fits')
}

const lotDate = ({ goods }: UploadFacts): Finding => {
  if (goods === null || goods.lot === null) return unneeded('not-yet')
  const { lotId, lotNumber, manufacturedOn } = goods.lot
  if (manufacturedOn === null) return { result: 'fail', reason: 'lot-undated', detail: { lotNumber }, fix: { action: 'supply-date', lotId } }
  return pass('lot-dated', { lotNumber, manufacturedOn })
}

const nationalCode = ({ goods }: UploadFacts): Finding => {
  if (goods === null) return unneeded('not-yet')
  if (goods.nationalCode.trim() === '') return { result: 'fail', reason: 'national-code-missing', detail: { drugName: goods.drugName }, fix: { action: 'supply-national-code', drugId: goods.drugId } }
  return pass('nationally-coded', { nationalCode: goods.nationalCode })
}

const licence = ({ licensed }: UploadFacts): Finding => (licensed ? pass('licensed') : { result: 'fail', reason: 'no-licence', fix: { action: 'supply-licence' } })

const settlement = (facts: UploadFacts): Finding => {
  const { line, settlement: asked, about } = facts
  if (line === null) return unneeded('not-yet')
  if (!line.insured || asked === null) return line.soldAt === null ? unneeded('not-yet') : unneeded('self-paid')
  const fix = withFix(openSale(facts))
  switch (asked.state) {
    case 'settled':
      return asked.numbered ? pass('settled') : { result: 'fail', reason: 'settlement-number-missing', ...fix }
    case 'cancelling':
    case 'cancel-unknown':
      return about === 'return' ? { result: 'waits', reason: 'cancel-unconfirmed', ...fix } : pass('settled')
    case 'cancelled':
      return about === 'return' ? pass('cancelled') : pass('settled')
    case 'settling':
      return { result: 'waits', reason: 'settlement-running', ...fix }
    case 'unknown':
    case 'reversing':
      return { result: 'waits', reason: 'settlement-unconfirmed', ...fix }
    case 'parked':
      return { result: 'fail', reason: 'settlement-parked', ...fix }
    case 'reversed':
      return unneeded('settlement-reversed')
    case 'draft':
    case 'quoting':
    case 'quoted':
    case 'refused':
      return unneeded('not-yet')
  }
}

const order = ({ line, earlier, soldBefore }: UploadFacts): Finding => {
  if (line === null) return unneeded('not-yet')
  // Tablets of one opened pack are told in any order.
  if (line.sellUnit === 'unit') return unneeded('units-free')
  if (earlier === null) return pass(soldBefore ? 'earlier-told' : 'first-sale')
  const { saleId, outboxId, receiptNumber } = earlier
  return {
    result: earlier.parked ? 'fail' : 'waits',
    reason: earlier.parked ? 'earlier-parked' : 'earlier-waiting',
    detail: { receiptNumber },
    fix: { action: 'explain-earlier', saleId, outboxId, receiptNumber },
  }
}

const line = ({ job, platform }: UploadFacts): Finding => {
  if (job === null) return unneeded('line-idle')
  if (job.error?.code === 'platform.sign-in-failed') return { result: 'fail', reason: 'sign-in-failed', detail: job.error.detail, fix: { action: 'run-now' } }
  if (job.error?.code === 'platform.clock-skew') return { result: 'fail', reason: 'clock-wrong', detail: job.error.detail, fix: { action: 'run-now' } }
  if (platform === 'offline') return { result: 'waits', reason: 'offline', fix: { action: 'run-now' } }
  return platform === 'online' ? pass('online') : unneeded('line-idle')
}

const taken = (facts: UploadFacts, above: Above): Finding => {
  const { job, goods } = facts
  const stopped = above.some(({ result, name }) => (result === 'fail' || result === 'waits') && name !== 'line') || facts.line === null
  const waits = above.some(({ result }) => result === 'fail' || result === 'waits')
  if (job === null) {
    if (stopped || handedOver(facts)) return { result: 'waits', reason: 'blocked-above' }
    return goods?.requirement === 'none' ? unneeded('not-collected') : { result: 'fail', reason: 'nothing-queued' }
  }
  const retry: Finding['fix'] = { action: 'retry', outboxId: job.outboxId }
  switch (job.status) {
    case 'done':
      return pass('taken', { soldAt: job.doneAt, attempts: job.attempts })
    case 'leased':
      return { result: 'waits', reason: 'sending' }
    case 'pending':
      if (waits) return { result: 'waits', reason: 'blocked-above' }
      return { result: 'waits', reason: job.attempts === 0 ? 'queued' : 'tried', detail: { ...job.error?.detail, attempts: job.attempts }, fix: { action: 'run-now' } }
    case 'parked': {
      const words = job.error?.code === 'platform.refused' || job.error?.code === 'upload.row-refused'
      if (words) return { result: 'fail', reason: 'refused', detail: job.error?.detail ?? {}, fix: retry }
      // What was missing is missing still, or was supplied since: the same row may go again.
      if (stopped) return { result: 'waits', reason: 'blocked-above' }
      return job.error?.code === 'platform.invalid-request' ? { result: 'fail', reason: 'row-invalid', detail: job.error.detail, fix: retry } : { result: 'fail', reason: 'repaired', fix: retry }
    }
  }
}

function withFix(fix: Finding['fix']): { readonly fix?: NonNullable<Finding['fix']> } {
  return fix === undefined ? {} : { fix }
}

const NO_TARGET: Omit<UploadFix, 'action'> = { outboxId: null, saleId: null, receiptNumber: null, lotId: null, drugId: null }
const CHECKS: Readonly<Record<UploadCheckName, (facts: UploadFacts, above: Above) => Finding>> = { sold, collected, code, 'lot-date': lotDate, 'national-code': nationalCode, licence, settlement, order, line, taken }
/** Of these a row that the platform took needs no more, whatever became of them since. */
const ASKED_BEFORE_SENDING: ReadonlySet<UploadCheckName> = new Set(['collected', 'code', 'lot-date', 'national-code', 'licence', 'settlement', 'order', 'line'])

/**
 * The ten checks of `trace.explainUpload`, in their order: what an upload needs, from the sale to the platform's answer (core/outbox/upload-line.ts, outbox-store.ts).
 * A thing that stands in the way fails its own check only; `taken` then waits for it.
 */
export const checkUpload = (facts: UploadFacts): readonly UploadCheck[] =>
  UPLOAD_CHECKS.reduce<UploadCheck[]>((above, name) => {
    const found = CHECKS[name](facts, above)
    const stale = told(facts) && ASKED_BEFORE_SENDING.has(name) && (found.result === 'fail' || found.result === 'waits')
    const { result, reason, detail = {}, fix } = stale ? pass('told-already') : found
    const receiptNumber = detail['receiptNumber'] ?? facts.line?.receiptNumber ?? null
    above.push({ name, result, reason, detail: { drugName: facts.goods?.drugName ?? null, ...detail, receiptNumber }, fix: fix === undefined ? null : { ...NO_TARGET, ...fix } })
    return above
  }, [])

/** The check that a person looks at first: what needs one, else what is waited for, else the platform's answer. */
export const firstToLookAt = (checks: readonly UploadCheck[]): number => {
  const failing = checks.findIndex(({ result }) => result === 'fail')
  if (failing >= 0) return failing
  const waiting = checks.findIndex(({ result }) => result === 'waits')
  return waiting >= 0 ? waiting : checks.length - 1
}
