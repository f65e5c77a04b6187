import type { ErrorDetail } from '../../contract/index.ts'
import { maskText } from '../../domain/masking.ts'

/** What of an input may stand in the audit log. Never a scan, a PIN or a credential: those are not in the list, and what is not in the list is left out. */
const KEPT: ReadonlySet<string> = new Set([
  'staffId', 'lineId', 'drugId', 'lotId', 'quantity', 'sellUnit', 'insured', 'index', 'kind', 'diseaseCode', 'method', 'givenFen', 'floatFen', 'personId', 'outboxId', 'messageId', 'linkId', 'level', 'lotManufacturedOn', 'width', 'copy', 'from', 'to', 'decision', 'deliveryId', 'purpose', 'alarmId', 'photoId', 'outcome', 'uncodedId', 'recallId', 'differenceId', 'cure', 'date', 'lotNumber', 'packs',
])
/** Words somebody typed: kept, since they are why it was done, but masked. */
const TYPED: ReadonlySet<string> = new Set(['reason', 'note', 'evidence', 'source', 'unscannableReason'])

export const auditDetail = (input: unknown): ErrorDetail => {
  const detail: ErrorDetail = {}
  if (typeof input !== 'object' || input === null) return detail
  for (const [key, value] of Object.entries(input)) {
    if (TYPED.has(key) && typeof value === 'string') detail[key] = maskText(value)
    else if (KEPT.has(key) && (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null)) detail[key] = value
  }
  if ('counted' in input && Array.isArray(input.counted)) {
    for (const entry of input.counted as { method: string; countedFen: number }[]) detail[`counted.${entry.method}`] = entry.countedFen
  }
  // How the packs of a return came back; their codes stand in the ledger.
  if ('packs' in input && Array.isArray(input.packs)) {
    for (const { back } of input.packs as { back: string }[]) detail[`packs.${back}`] = Number(detail[`packs.${back}`] ?? 0) + 1
  }
  if ('credential' in input && typeof input.credential === 'object' && input.credential !== null && 'kind' in input.credential) detail['credential'] = String(input.credential.kind)
  return detail
}

export const saleIdOf = (input: unknown): string | null =>
  typeof input === 'object' && input !== null && 'saleId' in input && typeof input.saleId === 'string' ? input.saleId : null
