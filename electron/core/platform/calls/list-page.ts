import { z } from 'zod'
import type { BusinessDate } from '../../../contract/index.ts'
import type { PagedList } from '../../catalogue/lists.ts'
import * as t1312 from '../transactions/t1312.ts'
import * as t1316 from '../transactions/t1316.ts'
import * as t1318 from '../transactions/t1318.ts'
import * as t1319 from '../transactions/t1319.ts'

/** One row of the insurance list (1312), of what national code stands beside it (1316), of its limit prices (1318), of its first self-pay shares (1319). */
export interface ListedRow {
  readonly rowId: string
  readonly listCode: string
  /** 1316: the national code; else ''. */
  readonly code: string
  /** Insurance area for which it holds. */
  readonly area: string
  /** 1312 grade · 1318 kind of limit · 1319 kind of person. */
  readonly kind: string
  /** 1312 restricted use · 1318 what happens above the limit · 1319 kind of share. */
  readonly way: string
  /** 1318 unit price in 10⁻⁶ yuan · 1319 share in 10⁻⁴. */
  readonly amount: number | null
  readonly valid: boolean
  readonly from: BusinessDate | null
  readonly until: BusinessDate | null
  readonly updatedOn: BusinessDate | null
  /** All of it in trade words, for who wants to see it. */
  readonly row: Readonly<Record<string, unknown>>
}

type Common = { readonly rowId: string; readonly insuranceListCode: string; readonly region: string; readonly valid: boolean | null; readonly from: BusinessDate | null; readonly to: BusinessDate | null; readonly updatedAt: BusinessDate | null }

const common = (row: Common): Omit<ListedRow, 'code' | 'kind' | 'way' | 'amount'> => ({
  // A row that nobody numbered is known by what it is about and from when.
  rowId: row.rowId === '' ? `${row.insuranceListCode}:${row.region}:${row.from ?? ''}` : row.rowId,
  listCode: row.insuranceListCode, area: row.region, valid: row.valid !== false, from: row.from, until: row.to, updatedOn: row.updatedAt,
  row: Object.fromEntries(Object.entries(row).filter(([, value]) => value !== '' && value !== null)),
})
const missing = (field: string): never => { throw new z.ZodError([{ code: 'custom', path: [field], message: 'missing number', input: undefined }]) }

export interface ListPage { readonly since: BusinessDate; readonly page: number; readonly pageSize: number }
interface Asked { readonly schema: z.ZodType; readonly build: (page: ListPage) => unknown; readonly read: (output: unknown) => readonly ListedRow[] }

const asked = ({ since, page, pageSize }: ListPage) => ({ updatedAt: since, page, pageSize })

export const LIST_PAGES: Readonly<Record<PagedList, Asked>> = {
  '1312': {
    schema: t1312.input, build: (page) => t1312.build(asked(page)),
    read: (output) => t1312.read(output).map((row) => ({ ...common(row), code: '', kind: row.level, way: row.limitedUse === true ? '1' : '0', amount: null })),
  },
  '1316': {
    schema: t1316.input, build: (page) => t1316.build(asked(page)),
    read: (output) => t1316.read(output).map((row) => ({ ...common(row), code: row.nationalCode, kind: row.listType, way: '', amount: null })),
  },
  '1318': {
    schema: t1318.input, build: (page) => t1318.build(asked(page)),
    read: (output) => t1318.read(output).map((row) => ({ ...common(row), code: '', kind: row.priceLimitType, way: row.overLimitHandling, amount: row.priceLimit ?? missing('hilist_pric_uplmt_amt') })),
  },
  '1319': {
    schema: t1319.input, build: (page) => t1319.build(asked(page)),
    read: (output) => t1319.read(output).map((row) => ({ ...common(row), code: '', kind: row.personGroup, way: row.shareType, amount: row.selfPayShare ?? missing('selfpay_prop') })),
  },
}
