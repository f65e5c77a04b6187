import type { ClaimSeverity, LineId } from '../../contract/index.ts'

export interface KeyedLine { readonly lineId: LineId; readonly drugId: string; readonly sellUnit: 'pack' | 'unit'; readonly quantity: number }
export interface KeyedViolation { readonly ruleId: string; readonly severity: ClaimSeverity; readonly lines: readonly { readonly lineId: LineId; readonly role: 'violating' | 'involved' }[] }

/**
 * What a pharmacist's decision belongs to: this rule, this grade, this person, these drugs in these quantities. A line that is only involved counts by its drug, not by its quantity.
 * Equal after a change that does not touch it; another after one that does, so nothing decided for two packs holds for five.
 */
export const violationKey = (personId: string, violation: KeyedViolation, basket: readonly KeyedLine[]): string => {
  const parts = violation.lines.flatMap(({ lineId, role }) => {
    const line = basket.find((other) => other.lineId === lineId)
    if (line === undefined) return []
    return role === 'involved' ? [`+${line.drugId}`] : [`${line.drugId}*${line.quantity}${line.sellUnit === 'unit' ? 'u' : ''}`]
  })
  return [violation.ruleId, violation.severity, personId, ...new Set(parts.toSorted())].join('|').slice(0, 400)
}
