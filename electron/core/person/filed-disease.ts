import type { ReadableDb } from '../db/database.ts'
import type { PlatformFiling } from '../platform/client.ts'
import type { SaleRow } from '../sale/sale-store.ts'
import { getFact } from './person-store.ts'
import { FILINGS_QUESTION } from './person-view.ts'

/** The chosen disease as the person's filings name it; null: none chosen, or no filing of it was ever read. */
export const filedDiseaseName = (db: ReadableDb, sale: Pick<SaleRow, 'person_id' | 'disease_code'>): string | null => {
  const filings = sale.person_id === null ? [] : (getFact<PlatformFiling[]>(db, sale.person_id, 'filings', FILINGS_QUESTION)?.answer ?? [])
  return filings.find((row) => row.diseaseCode === sale.disease_code)?.diseaseName ?? null
}
