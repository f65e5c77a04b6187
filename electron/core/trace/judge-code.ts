import type { CounterStep, DrugId, LineId, SaleId, ScannerHints, Verdict, VerdictAnswer } from '../../contract/index.ts'
import type { Decision } from '../../domain/verdict/decide.ts'
import { decide } from '../../domain/verdict/decide.ts'
import type { VerdictFacts } from '../../domain/verdict/facts.ts'
import type { House } from '../house.ts'
import { sellingDay } from '../selling-day.ts'
import { gatherFacts } from './gather-facts.ts'
import type { RepeatCounter } from './repeat-counter.ts'
import { readCode } from './read-code.ts'

/** One code at one counter. */
export interface AskedCode {
  readonly raw: string
  readonly step: CounterStep
  readonly saleId: SaleId | null
  readonly answer?: VerdictAnswer | null
  readonly selectedLineId?: LineId | null
  readonly drugId?: DrugId | null
  readonly level?: number
  readonly scanner?: ScannerHints | null
  /** Whoever asks may teach the three-code map. Default true. */
  readonly mayLearn?: boolean
  /** Counts this scan; left out where nothing is to be remembered. */
  readonly repeats?: RepeatCounter
}

export interface Judged {
  readonly facts: VerdictFacts
  readonly decision: Decision
  readonly elapsedMicros: number
}

/** Recognise → gather → decide. No effect but the count of repeats. */
export const judgeCode = (house: House, asked: AskedCode): Judged => {
  const started = performance.now()
  const { profile } = house
  const { day, clockBehind } = sellingDay(house)
  const asTold = { raw: asked.raw, step: asked.step, thisYear: Number(day.slice(0, 4)) }
  const code = readCode(house.db, asked.scanner ? { ...asTold, ...asked.scanner, aim: asked.scanner.aim ?? undefined } : asTold)
  const { lastSaleDaysBefore, strictLine, unreceived, splitPolicy } = profile.trace
  const facts = gatherFacts(house.db, code, {
    saleId: asked.saleId,
    step: asked.step,
    answer: asked.answer ?? null,
    selectedLineId: asked.selectedLineId ?? null,
    picked: asked.drugId === undefined || asked.drugId === null ? null : { drugId: asked.drugId, level: asked.level ?? 1 },
    mayLearn: asked.mayLearn ?? true,
    day,
    clockBehind,
    policy: { nearExpiryDays: profile.nearExpiryDays, lastSaleDaysBefore, strict: strictLine, unreceived, splitPolicy },
    repeats: asked.repeats,
  })
  const decision = decide(facts)
  return { facts, decision, elapsedMicros: Math.round((performance.now() - started) * 1_000) }
}

/** The verdict without its effect. */
export const checkCode = (house: House, asked: AskedCode): Verdict => {
  const { decision, elapsedMicros } = judgeCode(house, asked)
  const { outcome, reason, sound, kind, code, drugId, drugName, detail, answers, candidates, saleId } = decision
  return { outcome, reason, sound, kind, code, drugId, drugName, detail, answers, candidates, saleId, elapsedMicros }
}
