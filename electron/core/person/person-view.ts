import type { Freshness, Instant, Person } from '../../contract/index.ts'
import { maskId, maskName } from '../../domain/masking.ts'
import { businessDate } from '../../domain/calendar.ts'
import type { House } from '../house.ts'
import type { PlatformAccumulator, PlatformEntitlement, PlatformFiling } from '../platform/client.ts'
import { accumulatorName, insuranceName, personTypeName, regionName } from '../platform/profile-words.ts'
import type { SaleRow } from '../sale/sale-store.ts'
import { getFact, getPerson } from './person-store.ts'

const NONE: Freshness = { source: 'none', fetchedAt: null, stale: true }

/** What is asked about when entitlement is read: another purchase is another question. */
export const entitlementQuestion = (insuranceType: string, sale: Pick<SaleRow, 'purchase_kind' | 'disease_code'>): string => `${insuranceType}/${sale.purchase_kind}/${sale.disease_code ?? ''}`
export const accumulatorsQuestion = (insuranceType: string, today: string): string => `${insuranceType}/${today.slice(0, 4)}`
export const FILINGS_QUESTION = ''

/** Entitled when any fund pays; with no word at all it is unknown, never "no". */
const entitlementOf = (rows: readonly PlatformEntitlement[] | undefined): Person['entitlement'] => {
  if (rows === undefined || rows.length === 0) return { state: 'unknown', reason: '' }
  if (rows.some((row) => row.entitled)) return { state: 'entitled', reason: '' }
  return { state: 'not-entitled', reason: rows.map((row) => row.reason).filter((reason) => reason !== '').join('；') }
}

/** The person of a sale as the till may show them: masked, every fact with its age. */
export const personView = (house: House, sale: SaleRow): Person | null => {
  if (sale.person_id === null || sale.credential_kind === null) return null
  const { db, profile } = house
  const now = house.clock()
  const { person, fetchedAt } = getPerson(db, sale.person_id)
  const fresh = (at: Instant): Freshness => ({ source: at >= sale.opened_at ? 'live' : 'cache', fetchedAt: at, stale: now - at > profile.staleAfterMinutes * 60_000 })
  const insurance = person.insurances[sale.chosen_insurance]
  const today = businessDate(now as Instant)
  const insuranceType = insurance?.insuranceType ?? ''
  const filings = getFact<PlatformFiling[]>(db, sale.person_id, 'filings', FILINGS_QUESTION)
  const entitlement = getFact<PlatformEntitlement[]>(db, sale.person_id, 'entitlement', entitlementQuestion(insuranceType, sale))
  const accumulators = getFact<PlatformAccumulator[]>(db, sale.person_id, 'accumulators', accumulatorsQuestion(insuranceType, today))
  return {
    personId: sale.person_id,
    nameMasked: maskName(person.name),
    idMasked: maskId(person.idNumber),
    gender: person.gender,
    age: person.ageTenths / 10,
    credentialKind: sale.credential_kind,
    insurances: person.insurances.map((row) => ({
      insuranceType: row.insuranceType, insuranceName: insuranceName(row.insuranceType), personTypeName: personTypeName(row.personType), active: row.active, balanceFen: row.balanceFen,
      region: row.region, regionName: regionName(profile, row.region),
    })),
    chosenInsurance: sale.chosen_insurance,
    identity: fresh(fetchedAt),
    filings: (filings?.answer ?? []).map((row) => ({ ...row, valid: row.from <= today && (row.to === null || row.to >= today) })),
    filingsFreshness: filings === null ? NONE : fresh(filings.fetchedAt),
    entitlement: entitlementOf(entitlement?.answer),
    entitlementFreshness: entitlement === null ? NONE : fresh(entitlement.fetchedAt),
    accumulators: (accumulators?.answer ?? []).map((row) => ({ typeCode: row.typeCode, typeName: accumulatorName(profile, row.typeCode), year: row.year, amountFen: row.amountFen })),
    accumulatorsFreshness: accumulators === null ? NONE : fresh(accumulators.fetchedAt),
  }
}
