import type { PlatformInsurance, PlatformPerson } from '../platform/client.ts'
import type { SaleRow } from '../sale/sale-store.ts'
import type { SettlementRow } from '../settlement/settlement-store.ts'

/**
 * The insurance a settlement was asked of; null where the person has none any more. The person may have been read again since, and the list may stand in another order: the stored type counts,
 * the place in the list only where the type is gone.
 */
export const settledInsurance = (person: PlatformPerson, sale: Pick<SaleRow, 'chosen_insurance'>, settlement: Pick<SettlementRow, 'insurance_type'> | null): PlatformInsurance | null => {
  const chosen = person.insurances[sale.chosen_insurance] ?? null
  const type = settlement?.insurance_type ?? null
  if (type === null || chosen?.insuranceType === type) return chosen
  return person.insurances.find((row) => row.insuranceType === type) ?? chosen
}
