import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import type { PaperNote, PaperProblem } from '../../contract/index.ts'
import { MAX_PAPER_CODES } from '../../contract/index.ts'

/** One line as it stands on the paper; nothing is looked at but its length. */
export interface PaperLine {
  readonly line: number
  readonly code: string
  readonly parent: string
  readonly level: string
  readonly drug: string
  readonly lotNumber: string
  readonly manufacturedOn: string
  readonly expiresOn: string
}
export interface Paper {
  readonly documentNumber: string
  readonly supplier: string
  readonly lines: readonly PaperLine[]
}
export type ReadPaper = { readonly paper: Paper } | { readonly notes: readonly PaperNote[] }

const refuse = (problem: PaperProblem, detail: PaperNote['detail'] = {}, line: number | null = null): ReadPaper => ({ notes: [{ line, problem, refuses: true, detail }] })

const Text = z.union([z.string(), z.number()]).transform(String).pipe(z.string().trim().max(200))
const Optional = z.union([Text, z.null()]).optional().transform((text) => text ?? '')
// A supplier's system may say more than we ask for.
const JsonPaper = z.object({
  documentNumber: Text,
  supplier: Text,
  codes: z.array(z.object({ code: z.string().trim().max(200), parent: Optional, level: Text, drug: Text, lotNumber: Text, manufacturedOn: Optional, expiresOn: Text })),
})

const readJson = (text: string): ReadPaper => {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return refuse('not-readable', { text: 'JSON' })
  }
  const codes = (json as { codes?: unknown }).codes
  if (Array.isArray(codes) && codes.length > MAX_PAPER_CODES) return refuse('too-many-codes', { limit: MAX_PAPER_CODES, count: codes.length })
  const parsed = JsonPaper.safeParse(json)
  if (parsed.success) {
    const { documentNumber, supplier } = parsed.data
    return { paper: { documentNumber, supplier, lines: parsed.data.codes.map((row, index) => ({ ...row, line: index + 1 })) } }
  }
  const path = parsed.error.issues[0]?.path ?? []
  return refuse('field-invalid', { field: path.join('.') }, path[0] === 'codes' && typeof path[1] === 'number' ? path[1] + 1 : null)
}

/** Headings as suppliers write them, our own first. */
const COLUMNS = {
  documentNumber: ['document_number', '单号', '单据号', '送货单号', '出库单号'],
  supplier: ['supplier', '供应商', '供货单位', '供货商'],
  code: ['code', '追溯码', '码'],
  parent: ['parent_code', '上级码', '父码', '上级追溯码'],
  level: ['level', '层级', '级别', '包装层级'],
  drug: ['drug', '药品', '药品编码', '商品编码', '批准文号', '国药准字'],
  lotNumber: ['lot_number', '批号', '产品批号'],
  manufacturedOn: ['manufactured_on', '生产日期'],
  expiresOn: ['expires_on', '有效期', '有效期至', '效期'],
} as const satisfies Record<keyof PaperLine | 'documentNumber' | 'supplier', readonly string[]> | Record<string, readonly string[]>
type Column = keyof typeof COLUMNS
const MAY_LACK: ReadonlySet<Column> = new Set(['parent', 'manufacturedOn'])
const HEADINGS = Object.entries(COLUMNS) as readonly [Column, readonly string[]][]

const DELIMITERS = [',', ';', '\t'] as const
const delimiterOf = (text: string): string => {
  const head = text.slice(0, text.search(/[\r\n]|$/))
  return DELIMITERS.toSorted((a, b) => head.split(b).length - head.split(a).length)[0] ?? ','
}

interface CsvRecord {
  readonly record: readonly string[]
  readonly info: { readonly lines: number }
}

const readCsv = (text: string): ReadPaper => {
  let records: readonly CsvRecord[]
  try {
    records = parse(text, { delimiter: delimiterOf(text), info: true, trim: true, skip_empty_lines: true, relax_column_count: true, max_record_size: 4096 }) as unknown as readonly CsvRecord[]
  } catch (error) {
    return refuse('not-readable', { text: 'CSV' }, typeof error === 'object' && error !== null && 'lines' in error && typeof error.lines === 'number' ? error.lines : null)
  }
  const [head, ...rest] = records
  if (head === undefined) return refuse('empty-paper')
  const names = head.record.map((name) => name.toLowerCase())
  const at = new Map(HEADINGS.map(([column, known]) => [column, names.findIndex((name) => known.includes(name))]))
  for (const [column, known] of HEADINGS) if (at.get(column) === -1 && !MAY_LACK.has(column)) return refuse('column-missing', { field: known.slice(0, 2).join(' / ') }, head.info.lines)
  if (rest.length > MAX_PAPER_CODES) return refuse('too-many-codes', { limit: MAX_PAPER_CODES, count: rest.length })
  const cell = ({ record }: CsvRecord, column: Column): string => record[at.get(column) ?? -1] ?? ''
  const [first] = rest
  if (first === undefined) return refuse('empty-paper')
  const documentNumber = cell(first, 'documentNumber')
  const supplier = cell(first, 'supplier')
  for (const row of rest) {
    if (cell(row, 'documentNumber') !== documentNumber) return refuse('document-mixed', {}, row.info.lines)
    if (cell(row, 'supplier') !== supplier) return refuse('supplier-mixed', {}, row.info.lines)
  }
  const lines = rest.map((row) => ({
    line: row.info.lines,
    code: cell(row, 'code'), parent: cell(row, 'parent'), level: cell(row, 'level'), drug: cell(row, 'drug'),
    lotNumber: cell(row, 'lotNumber'), manufacturedOn: cell(row, 'manufacturedOn'), expiresOn: cell(row, 'expiresOn'),
  }))
  return { paper: { documentNumber, supplier, lines } }
}

const LONGEST = { documentNumber: 40, supplier: 100 }

/** A supplier's paper as text: JSON when it begins with a brace, else CSV. Total: whatever is handed over, a paper or the reasons why not. */
export const readPaper = (text: string): ReadPaper => {
  const clean = text.replace(/^\u{feff}/u, '')
  const read = clean.trimStart().startsWith('{') ? readJson(clean) : readCsv(clean)
  if (!('paper' in read)) return read
  const { documentNumber, supplier, lines } = read.paper
  if (documentNumber === '') return refuse('field-missing', { field: COLUMNS.documentNumber[0] })
  if (supplier === '') return refuse('field-missing', { field: COLUMNS.supplier[0] })
  if (documentNumber.length > LONGEST.documentNumber) return refuse('field-invalid', { field: COLUMNS.documentNumber[0] })
  if (supplier.length > LONGEST.supplier) return refuse('field-invalid', { field: COLUMNS.supplier[0] })
  return lines.length === 0 ? refuse('empty-paper') : read
}
