import type { Blocker, ClaimAction, ClaimDemand, ClaimSeverity, ClaimStage, LineId } from '../../contract/index.ts'

export interface FoundInCheck {
  readonly key: string
  readonly stage: ClaimStage
  readonly severity: ClaimSeverity
}
export interface DecidedOn { readonly key: string; readonly action: ClaimAction }

/** What the region wants of each grade. A grade that no table knows wants a person. */
export type Demands = Readonly<Record<Exclude<ClaimSeverity, 'unstated'>, ClaimDemand>>
export const demandOf = (demands: Demands, severity: ClaimSeverity): ClaimDemand => (severity === 'unstated' ? 'decide' : demands[severity])

/** `stop` is left only by another basket; `decide` by keeping it with a reason; a question to the prescriber leaves it open. */
export const isOpen = (demand: ClaimDemand, action: ClaimAction | null): boolean => {
  switch (demand) {
    case 'show':
      return false
    case 'stop':
      return true
    case 'decide':
      return action !== 'keep'
  }
}

export interface Standing<V extends FoundInCheck, D extends DecidedOn> { readonly violation: V; readonly stages: readonly ClaimStage[]; readonly demand: ClaimDemand; readonly decision: D | null; readonly open: boolean }

const WEIGHT: Readonly<Record<ClaimDemand, number>> = { stop: 0, decide: 1, show: 2 }

/**
 * Both stages' findings as one list, what needs a person first. One key found at both stages is one finding, in the later one's words.
 * `found` in the order of stages, `decided` oldest first: the newest counts.
 */
export const standOf = <V extends FoundInCheck, D extends DecidedOn>(found: readonly V[], decided: readonly D[], demands: Demands): readonly Standing<V, D>[] => {
  const newest = new Map(decided.map((decision) => [decision.key, decision]))
  return [...Map.groupBy(found, (violation) => violation.key).values()]
    .flatMap((same) => {
      const violation = same.at(-1)
      if (violation === undefined) return []
      const demand = demandOf(demands, violation.severity)
      const decision = newest.get(violation.key) ?? null
      return [{ violation, stages: [...new Set(same.map((each) => each.stage))], demand, decision, open: isOpen(demand, decision?.action ?? null) }]
    })
    .toSorted((a, b) => Number(b.open) - Number(a.open) || WEIGHT[a.demand] - WEIGHT[b.demand])
}

export interface ClaimStand {
  /** The newest question for this basket has no answer, and the region settles nothing unasked. */
  readonly unasked: { readonly text: string | null } | null
  readonly violations: readonly { readonly ruleName: string; readonly open: boolean; readonly demand: ClaimDemand; readonly decision: { readonly action: ClaimAction } | null; readonly lines: readonly { readonly lineId: LineId; readonly role: 'violating' | 'involved' }[] }[]
}

/** What of it keeps the sale from the fund. A trial books nothing and is never kept. */
export const claimBlockers = (stand: ClaimStand, nameOf: (lineId: LineId) => string | null): readonly Blocker[] => {
  const blockers = stand.violations.filter((violation) => violation.open).map((violation): Blocker => {
    const line = violation.lines.find(({ role }) => role === 'violating') ?? violation.lines[0] ?? null
    const code = violation.decision?.action === 'ask-prescriber' ? 'claim-prescriber' : violation.demand === 'stop' ? 'claim-stopped' : 'claim-undecided'
    return { code, lineId: line?.lineId ?? null, detail: { rule: violation.ruleName, drugName: line === null ? null : nameOf(line.lineId) } }
  })
  return stand.unasked === null ? blockers : [...blockers, { code: 'claim-unchecked', lineId: null, detail: { text: stand.unasked.text } }]
}

/** Blockers that say nothing about a trial. */
export const CLAIM_BLOCKERS = ['claim-stopped', 'claim-undecided', 'claim-prescriber', 'claim-unchecked'] as const
