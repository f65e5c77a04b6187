import type { Blocker, ClaimAction, ClaimSeverity, ClaimViolation, Fen, LineFigures, SaleLine } from '../../electron/contract/index.ts'
import { formatFen } from '../../electron/domain/amounts.ts'
import { fetchesMissing, scansMissing } from '../../electron/domain/sale/packs-needed.ts'

/** What stands under a line: what is missing, then what the platform answered to it. */
export type LineNote =
  | { readonly kind: 'missing'; readonly count: number }
  | { readonly kind: 'virtual-waiting'; readonly count: number }
  | { readonly kind: 'uncoded'; readonly count: number }
  | { readonly kind: 'blocker'; readonly code: Blocker['code']; readonly detail: Blocker['detail'] }
  | { readonly kind: 'claim'; readonly severity: ClaimSeverity; readonly rule: string; readonly action: ClaimAction | null; readonly open: boolean }
  | { readonly kind: 'over-limit' | 'all-self-paid'; readonly amount: string }
  | { readonly kind: 'first-share'; readonly amount: string; readonly percent: string }
  | { readonly kind: 'platform'; readonly text: string }

const positive = (fen: Fen): boolean => fen > 0

/** 10⁻⁴ → `10%`, `12.5%`. */
const percentOf = (share: number): string => `${share % 100 === 0 ? share / 100 : (share / 100).toFixed(2).replace(/0+$/, '')}%`

const figureNotes = (figures: LineFigures): readonly LineNote[] => [
  ...(positive(figures.fullSelfPayFen) ? [{ kind: 'all-self-paid' as const, amount: formatFen(figures.fullSelfPayFen) }] : []),
  ...(positive(figures.overLimitFen) ? [{ kind: 'over-limit' as const, amount: formatFen(figures.overLimitFen) }] : []),
  ...(positive(figures.preSelfPayFen)
    ? [{ kind: 'first-share' as const, amount: formatFen(figures.preSelfPayFen), percent: percentOf(figures.selfPayShare ?? 0) }]
    : []),
  ...(figures.message.trim() === '' ? [] : [{ kind: 'platform' as const, text: figures.message.trim() }]),
]

/** Said by the findings themselves, with their grade. */
const CLAIM: ReadonlySet<Blocker['code']> = new Set<Blocker['code']>(['claim-stopped', 'claim-undecided', 'claim-prescriber'])

export const lineNotes = (line: SaleLine, blockers: readonly Blocker[], figures: LineFigures | null, violations: readonly ClaimViolation[] = []): readonly LineNote[] => {
  const [missing, waiting] = [scansMissing(line), fetchesMissing(line)]
  const own: readonly LineNote[] = [
    ...(missing === 0 ? [] : [{ kind: 'missing' as const, count: missing }]),
    ...(line.uncodedPacks === 0 ? [] : [{ kind: 'uncoded' as const, count: line.uncodedPacks }]),
    ...(waiting === 0 ? [] : [{ kind: 'virtual-waiting' as const, count: waiting }]),
  ]
  const blocked = blockers
    .filter((blocker) => blocker.lineId === line.lineId && blocker.code !== 'missing-codes' && !CLAIM.has(blocker.code))
    .map((blocker): LineNote => ({ kind: 'blocker', code: blocker.code, detail: blocker.detail }))
  const claims = violations
    .filter((violation) => violation.lines.some((about) => about.lineId === line.lineId && about.role === 'violating'))
    .map((violation): LineNote => ({ kind: 'claim', severity: violation.severity, rule: violation.ruleName, action: violation.decision?.action ?? null, open: violation.open }))
  return [...own, ...blocked, ...claims, ...(figures === null ? [] : figureNotes(figures))]
}

/** ● scanned, ○ still wanted; beyond eight only the count speaks. */
export const packDots = (scanned: number, needed: number): string => {
  const all = Math.max(scanned, needed)
  return all > 8 ? '' : '●'.repeat(Math.min(scanned, all)) + '○'.repeat(Math.max(0, needed - scanned))
}
