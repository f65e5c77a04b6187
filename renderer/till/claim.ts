import type { ClaimViolation, LineId, Sale } from '../../electron/contract/index.ts'
import type { Say } from './say.ts'
import { attempt, showSale, speak, speakScreen } from './till.ts'
import type { Till } from './till.ts'

const openOnes = (sale: Sale | null): readonly ClaimViolation[] => sale?.claimCheck.violations.filter((violation) => violation.open) ?? []
const waits = (violation: ClaimViolation): boolean => violation.open && violation.decision?.action !== 'ask-prescriber'

const drugOf = (sale: Sale, violation: ClaimViolation): string => {
  const about = violation.lines.find(({ role }) => role === 'violating') ?? violation.lines[0]
  return sale.lines.find((line) => line.lineId === about?.lineId)?.name ?? ''
}

const isAboutClaim = ({ source }: Say): boolean => source.kind === 'screen' && source.code === 'claim-found'
/** Nothing waits for a decision any more: what was said of it is over. */
const hush = (till: Till): void => {
  const { heard } = till.store.get()
  if (heard.says.some(isAboutClaim)) till.store.set({ heard: { says: heard.says.filter((each) => !isAboutClaim(each)), echo: heard.echo } })
}

/** `/`: what the province's rules say of this basket. */
export const openClaim = (till: Till): void => {
  const { sale } = till.store.get()
  hush(till)
  if (sale === null || sale.claimCheck.state === 'off') return speakScreen(till, 'notice', 'claim-off')
  till.store.set({ overlay: { kind: 'claim' }, digits: '' })
}

const say = (till: Till, sale: Sale, first: ClaimViolation): void =>
  speak(till, {
    tone: 'ask',
    sound: 'ask',
    source: { kind: 'screen', code: 'claim-found', values: { drug: drugOf(sale, first), rule: first.ruleName, count: openOnes(sale).length } },
    answers: [
      { key: 'Enter', label: 'see-claim', run: () => openClaim(till) },
      { key: 'Escape', label: 'back', run: () => {} },
    ],
  })

/** Told beside the cashier's work: said once for each finding, on the till that has the sale. */
export const sayFindings = (till: Till, told: Sale): void => {
  const { sale, overlay } = till.store.get()
  if (sale?.saleId !== told.saleId) return
  if (!openOnes(told).some(waits)) return hush(till)
  if (overlay?.kind === 'claim') return
  const known = new Set(openOnes(sale).map(({ key }) => key))
  const first = openOnes(told).find((violation) => waits(violation) && !known.has(violation.key))
  if (first !== undefined) say(till, told, first)
}

/** The settlement was refused for it: said again, whatever was said before. */
export const sayClaim = (till: Till): void => {
  const { sale } = till.store.get()
  const first = openOnes(sale)[0]
  if (sale !== null && first !== undefined) say(till, sale, first)
}

const decide = (till: Till, work: (sale: Sale) => Promise<Sale>, code: 'claim-kept' | 'claim-asked' | null, rule: string): Promise<null> =>
  attempt(till, async () => {
    const { sale } = till.store.get()
    if (sale === null) return null
    const after = await work(sale)
    showSale(till, after)
    // Nothing left to decide: back to the counter.
    if (!openOnes(after).some(waits)) till.store.set({ overlay: null })
    if (code !== null) speakScreen(till, 'notice', code, { rule })
    return null
  })

export const keepLines = (till: Till, violation: ClaimViolation, reason: string): Promise<null> =>
  decide(till, (sale) => till.core.command('claim.keepLines', { saleId: sale.saleId, key: violation.key, reason }), 'claim-kept', violation.ruleName)
export const takeOut = (till: Till, violation: ClaimViolation, lineId: LineId): Promise<null> =>
  decide(till, (sale) => till.core.command('claim.takeOut', { saleId: sale.saleId, key: violation.key, lineId }), null, violation.ruleName)
export const askPrescriber = (till: Till, violation: ClaimViolation): Promise<null> =>
  decide(till, (sale) => till.core.command('claim.askPrescriber', { saleId: sale.saleId, key: violation.key }), 'claim-asked', violation.ruleName)

export const askClaimAgain = (till: Till): Promise<null> =>
  attempt(till, async () => {
    const { sale } = till.store.get()
    if (sale !== null) showSale(till, await till.core.command('claim.askAgain', { saleId: sale.saleId }))
    return null
  })
