import type { ErrorDetail, SoundClass, Verdict, VerdictAnswer, VerdictOutcome, VerdictReason } from '../../contract/index.ts'
import type { PackTrace } from '../recognition/trace-of.ts'
import type { ScannedDrug, VerdictFacts } from './facts.ts'

/** A verdict before it was timed. */
export type Decision = Omit<Verdict, 'elapsedMicros'>

/** A refusal that has a sound of its own; the others stop. */
const REFUSAL_SOUNDS: Partial<Record<VerdictReason, SoundClass>> = {
  'in-this-sale': 'own-repeat',
  'in-another-sale': 'own-repeat',
  'in-unconfirmed-sale': 'own-repeat',
  'sold-here': 'own-repeat',
  'sold-elsewhere': 'foreign',
  'never-issued': 'foreign',
  'payment-code': 'wrong-step',
  'id-in-drug-step': 'wrong-step',
  'ecert-in-payment-step': 'wrong-step',
  'drug-in-person-step': 'wrong-step',
  'drug-in-payment-step': 'wrong-step',
  'not-a-person-code': 'wrong-step',
  'not-a-payment-code': 'wrong-step',
  'social-card-needs-reader': 'wrong-step',
}

const soundOf = (outcome: VerdictOutcome, reason: VerdictReason): SoundClass => {
  switch (outcome) {
    case 'accept':
      return 'ok'
    case 'notice':
      return 'notice'
    case 'ask':
      return 'ask'
    case 'refuse':
      return REFUSAL_SOUNDS[reason] ?? 'stop'
  }
}

export interface Told {
  readonly trace?: PackTrace
  readonly drug?: ScannedDrug | null
  readonly detail?: ErrorDetail
  readonly answers?: readonly VerdictAnswer[]
  readonly candidates?: readonly ScannedDrug[]
  readonly saleId?: Verdict['saleId']
  readonly sound?: SoundClass
}

export const say = (facts: VerdictFacts, outcome: VerdictOutcome, reason: VerdictReason, told: Told = {}): Decision => {
  const { trace, drug = null, detail = {}, answers = [], candidates = [], saleId = null, sound } = told
  return {
    outcome,
    reason,
    sound: sound ?? soundOf(outcome, reason),
    kind: facts.code.kind,
    code: trace?.code ?? null,
    drugId: drug?.drugId ?? null,
    drugName: drug?.name ?? null,
    detail: drug === null || detail['drugName'] !== undefined ? detail : { drugName: drug.name, ...detail },
    answers: answers.length === 0 ? [] : [...answers],
    candidates: candidates.length === 0 ? [] : candidates.map(({ drugId, name }) => ({ drugId, name })),
    saleId,
  }
}

/** The pack is not sold but put away, whatever else is true of it: every question and refusal that offers it takes this answer. */
export const sayOrSetAside = (facts: VerdictFacts, outcome: 'ask' | 'refuse', reason: VerdictReason, told: Told & { readonly trace: PackTrace }): Decision =>
  facts.answer === 'set-aside'
    ? say(facts, 'notice', 'set-aside', { trace: told.trace, drug: told.drug ?? null, detail: { cause: reason } })
    : say(facts, outcome, reason, { ...told, answers: [...(told.answers ?? []), 'set-aside'] })
