import type { CounterStep, VerdictReason } from '../../contract/scan.ts'
import type { Recognised } from './recognised.ts'
import { traceOf } from './trace-of.ts'

/** accept: the step goes on with the code. Otherwise the reason is the verdict's, and the code is not logged in clear. */
export type StepDecision = { readonly outcome: 'accept' } | { readonly outcome: 'ask' | 'refuse'; readonly reason: VerdictReason }

const ACCEPT: StepDecision = { outcome: 'accept' }
const ask = (reason: VerdictReason): StepDecision => ({ outcome: 'ask', reason })
const refuse = (reason: VerdictReason): StepDecision => ({ outcome: 'refuse', reason })

const inDrugStep = (code: Recognised): StepDecision => {
  switch (code.kind) {
    case 'drug-trace':
      return ACCEPT
    case 'gs1':
      if (traceOf(code) !== null) return ACCEPT
      return code.gtinCheck || code.bracketed ? ask('product-barcode') : refuse('invalid')
    case 'udi':
      return traceOf(code) !== null ? ACCEPT : refuse('device-code')
    case 'gtin':
    case 'gs1-url':
      return ask('product-barcode')
    case 'unknown':
    case 'rx-trace':
      return ask('unknown-code')
    case 'insurance-ecert':
    case 'insurance-openplatform':
      return ask('ecert-in-drug-step')
    case 'gs1-ambiguous':
    case 'gs1-partial':
    case 'placeholder':
    case 'invalid':
      return refuse(code.kind)
    case 'sscc':
      return refuse('shipping-label')
    case 'partial':
      return refuse('identifier-only')
    case 'id-card':
      return refuse('id-in-drug-step')
    case 'wechat-pay':
    case 'alipay-pay':
    case 'unionpay':
      return refuse('payment-code')
    case 'nhsa-drug':
    case 'nhsa-tcm-patent':
    case 'nhsa-herb':
    case 'nhsa-consumable':
    case 'nhsa-consumable-partial':
    case 'nmpa-base-code':
    case 'approval-number':
      return refuse('national-code')
  }
}

const GOODS: readonly Recognised['kind'][] = ['drug-trace', 'gs1', 'gs1-partial', 'gs1-ambiguous', 'gs1-url', 'gtin', 'partial', 'udi', 'sscc', 'placeholder']
const VOUCHERS: readonly Recognised['kind'][] = ['insurance-ecert', 'insurance-openplatform']
const PAYMENTS: readonly Recognised['kind'][] = ['wechat-pay', 'alipay-pay', 'unionpay']

const inPersonStep = (code: Recognised): StepDecision => {
  if (VOUCHERS.includes(code.kind) || code.kind === 'id-card') return ACCEPT
  if (code.kind === 'invalid') return refuse(code.error === 'length' || code.issuer !== null ? 'drug-in-person-step' : 'invalid')
  if (PAYMENTS.includes(code.kind)) return refuse('payment-code')
  if (GOODS.includes(code.kind)) return refuse('drug-in-person-step')
  // A social card's number: its content comes from the reader, not the scanner (trace-codes.md §2.2).
  return refuse(/^[0-9A-Z]{9}$/.test(code.normalised) ? 'social-card-needs-reader' : 'not-a-person-code')
}

const inPaymentStep = (code: Recognised): StepDecision => {
  if (PAYMENTS.includes(code.kind)) return ACCEPT
  if (VOUCHERS.includes(code.kind)) return refuse('ecert-in-payment-step')
  return refuse(GOODS.includes(code.kind) ? 'drug-in-payment-step' : 'not-a-payment-code')
}

/** May this code be used in this step? A code in the wrong step gets its own reason (trace-codes.md §2.4). */
export const filterByStep = (code: Recognised, step: CounterStep): StepDecision => {
  switch (step) {
    case 'drug':
      return inDrugStep(code)
    case 'person':
      return inPersonStep(code)
    case 'payment':
      return inPaymentStep(code)
  }
}
