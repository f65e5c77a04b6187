import type { Credential, Instant, SaleId } from '../../contract/index.ts'
import { AppError } from '../../contract/index.ts'
import { businessDate } from '../../domain/calendar.ts'
import { inTransaction } from '../db/database.ts'
import type { Caller, House } from '../house.ts'
import type { Operator, PlatformInsurance, PlatformPerson, ResolvedCredential } from '../platform/client.ts'
import { refusalError } from '../platform/outcome-error.ts'
import type { SaleRow } from '../sale/sale-store.ts'
import { getSaleRow, openSaleRow, saleStatements, touchSale } from '../sale/sale-store.ts'
import { dropQuote } from '../settlement/drop-quote.ts'
import { accumulatorsQuestion, entitlementQuestion, FILINGS_QUESTION } from './person-view.ts'
import type { StoredPerson } from './person-store.ts'
import { findPersonByIdNumber, getPerson, saveFact, savePerson } from './person-store.ts'

export const operatorOf = (caller: Caller): Operator => ({ operatorId: caller.staffId, operatorName: caller.staffName })

/** The insurance to propose: the first that pays. */
const proposeInsurance = (insurances: readonly PlatformInsurance[]): number => Math.max(0, insurances.findIndex((row) => row.active))

/** 1101; when the line is down, the last answer for the same ID number, shown with its age. */
const identify = async (house: House, caller: Caller, credential: ResolvedCredential): Promise<StoredPerson> => {
  const answer = await house.platform.readPerson(operatorOf(caller), credential)
  if (answer.kind === 'answered') {
    if (answer.value.insurances.length === 0) throw new AppError('person.not-insured', 'the platform knows the person but no insurance')
    const at = house.clock()
    const personId = inTransaction(house.db, () => savePerson(house.db, answer.value, house.newId(), at))
    return { personId, fetchedAt: at as Instant, person: answer.value }
  }
  if (answer.kind === 'refused') throw refusalError(answer)
  const cached = findPersonByIdNumber(house.db, credential.idNumber)
  if (cached === null) throw new AppError('person.not-cached', 'line down and the person was never read here', { cause: answer.code })
  return cached
}

/** Entitlement, filings and accumulators of the sale's person. What cannot be had now stays as it was, with its age. */
export const readFacts = async (house: House, caller: Caller, saleId: SaleId): Promise<void> => {
  const sale = getSaleRow(house.db, saleId)
  if (sale.person_id === null) return
  const personId = sale.person_id
  const { person } = getPerson(house.db, personId)
  const insurance = person.insurances[sale.chosen_insurance]
  if (insurance === undefined) return
  const operator = operatorOf(caller)
  const diseaseName = (code: string | null): string | null => (code === null ? null : code)
  // Filings first: an entitlement question about a chronic disease wants the disease's name.
  const filings = await house.platform.readFilings(operator, person, insurance)
  if (filings.kind === 'answered') saveFact(house.db, personId, 'filings', FILINGS_QUESTION, filings.value, house.clock())
  const disease = filings.kind === 'answered' ? filings.value.find((row) => row.diseaseCode === sale.disease_code)?.diseaseName ?? diseaseName(sale.disease_code) : diseaseName(sale.disease_code)
  const [entitlement, accumulators] = await Promise.all([
    house.platform.readEntitlement(operator, person, insurance, sale.purchase_kind, sale.disease_code, disease),
    house.platform.readAccumulators(operator, person, insurance),
  ])
  const at = house.clock()
  if (entitlement.kind === 'answered') saveFact(house.db, personId, 'entitlement', entitlementQuestion(insurance.insuranceType, sale), entitlement.value, at)
  if (accumulators.kind === 'answered') saveFact(house.db, personId, 'accumulators', accumulatorsQuestion(insurance.insuranceType, businessDate(at as Instant)), accumulators.value, at)
}

const attach = (house: House, saleId: SaleId, stored: StoredPerson, credential: ResolvedCredential): SaleRow =>
  inTransaction(house.db, () => {
    openSaleRow(house.db, saleId)
    dropQuote(house, saleId)
    const chosenInsurance = proposeInsurance(stored.person.insurances)
    saleStatements(house.db).setPerson.run({ saleId, personId: stored.personId, chosenInsurance, kind: credential.kind, credential: JSON.stringify(credential), insured: 1 })
    touchSale(house.db, saleId)
    return getSaleRow(house.db, saleId)
  })

/** Reads the patient's credential into the sale: who, which insurance, what they are entitled to. Errors: credential.*, person.*, platform.refused. */
export const readPersonIntoSale = async (house: House, caller: Caller, saleId: SaleId, credential: Credential): Promise<void> => {
  openSaleRow(house.db, saleId)
  const resolved = await house.credentials.resolve(operatorOf(caller), credential)
  const stored = await identify(house, caller, resolved)
  attach(house, saleId, stored, resolved)
  house.changed({ saleId })
  await readFacts(house, caller, saleId)
  house.changed({ saleId })
}

/** Reads identity again too, from the credential the sale holds. */
export const refreshPerson = async (house: House, caller: Caller, saleId: SaleId): Promise<void> => {
  const sale = openSaleRow(house.db, saleId)
  if (sale.credential === null) throw new AppError('sale.insured-needs-person', 'no credential in this sale')
  await identify(house, caller, JSON.parse(sale.credential) as ResolvedCredential)
  await readFacts(house, caller, saleId)
  house.changed({ saleId })
}

export const personOf = (house: House, sale: SaleRow): { readonly person: PlatformPerson; readonly insurance: PlatformInsurance; readonly credential: ResolvedCredential } => {
  if (sale.person_id === null || sale.credential === null) throw new AppError('sale.insured-needs-person', 'no person in this sale')
  const { person } = getPerson(house.db, sale.person_id)
  const insurance = person.insurances[sale.chosen_insurance]
  if (insurance === undefined) throw new AppError('person.not-insured', 'chosen insurance does not exist')
  return { person, insurance, credential: JSON.parse(sale.credential) as ResolvedCredential }
}
