import type { DrugId, Instant, Input } from '../../../electron/contract/index.ts'
import { addDays, businessDate } from '../../../electron/domain/calendar.ts'
import { identifierOf, productId } from '../../../electron/core/demo-shop/demo-codes.ts'
import { NINE_OCLOCK } from '../../support/database.ts'

/** Row of the small shop's drug that papers here deliver; made-up identifiers throughout. */
export const ROW = 214
export const DRUG: DrugId = productId(ROW)
export const TODAY = businessDate(NINE_OCLOCK as Instant)
export const EXPIRES = addDays(TODAY, 500)

const serial = (kind: number, n: number): string => `${kind}${String(n).padStart(12, '0')}`
/** Smallest packs, inner packs and cartons that no shop has yet. */
export const pack = (n: number, row = ROW): string => identifierOf(row) + serial(5, n)
export const inner = (n: number): string => identifierOf(ROW, 2) + serial(6, n)
export const carton = (n: number): string => identifierOf(ROW, 3) + serial(7, n)

export interface Row {
  readonly code: string
  readonly parent?: string | null
  readonly level?: number
  readonly drug?: string
  readonly lotNumber?: string
  readonly manufacturedOn?: string | null
  readonly expiresOn?: string
}
export const rowOf = (row: Row): Required<Row> => ({ parent: null, level: 1, drug: DRUG, lotNumber: 'D-1', manufacturedOn: addDays(EXPIRES, -1095), expiresOn: EXPIRES, ...row })
export const paper = (rows: readonly Row[], documentNumber = 'PD-1', supplier = '练习医药公司'): Input<'goods.importDelivery'> => ({ text: JSON.stringify({ documentNumber, supplier, codes: rows.map(rowOf) }) })

const HEAD = 'document_number,supplier,code,parent_code,level,drug,lot_number,manufactured_on,expires_on'
export const csv = (rows: readonly Row[], documentNumber = 'PD-1', supplier = '练习医药公司'): Input<'goods.importDelivery'> => ({
  text: [HEAD, ...rows.map(rowOf).map((row) => [documentNumber, supplier, row.code, row.parent ?? '', row.level, row.drug, row.lotNumber, row.manufacturedOn ?? '', row.expiresOn].join(','))].join('\r\n'),
})

/** One carton of two inner packs of five. */
export const oneCarton = (first = 1): readonly Row[] => [
  { code: carton(first), level: 3 },
  { code: inner(first), parent: carton(first), level: 2 },
  { code: inner(first + 1), parent: carton(first), level: 2 },
  ...Array.from({ length: 10 }, (_, n) => ({ code: pack(first * 100 + n), parent: inner(n < 5 ? first : first + 1) })),
]
