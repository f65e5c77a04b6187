import { CLAIM_BLOCKERS } from '../../electron/domain/claim-check/stand-of-violations.ts'
import type { Sale } from '../../electron/contract/index.ts'
import type { KeyName } from '../keyboard/key-scopes.ts'

/** The key that most likely comes next: its button is filled. Null: the next thing is a scan. */
export const nextStep = (sale: Sale | null, waiting: boolean): Extract<KeyName, 'F3' | 'F8' | 'F9'> | null => {
  if (sale === null || waiting || sale.lines.length === 0) return null
  if (sale.status === 'due') return 'F9'
  if (sale.status !== 'open') return null
  const open = sale.blockers.filter((blocker) => blocker.code !== 'quote-first')
  if (open.some((blocker) => blocker.code === 'needs-person')) return 'F3'
  const claim: readonly string[] = CLAIM_BLOCKERS
  // A trial books nothing: what the claim check found keeps nobody from hearing the price.
  if (sale.insured && sale.quote === null && open.every((blocker) => claim.includes(blocker.code))) return 'F8'
  if (open.length > 0) return null
  return sale.insured && sale.quote === null ? 'F8' : 'F9'
}
