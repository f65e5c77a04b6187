import { createHash } from 'node:crypto'
import type { Call } from './call.ts'
import { compactTime } from './province-time.ts'
import { refuse } from './refusal.ts'
import { unzipOne, zipOne } from './zip.ts'

export interface StoredFile {
  readonly fileName: string
  readonly bytes: Uint8Array
}

const DAYS_KEPT = 7
const DAY = 86_400_000

/** Keeps a file of the asking institution and gives its number (22 characters). `catalogue`: it lies in the catalogue centre's store, for everybody. */
export const storeFile = (call: Call, file: StoredFile, catalogue = false): string => {
  const { store } = call.province
  const fileQueryNumber = `FQ${compactTime(call.now)}${String(store.next('file')).padStart(6, '0')}`
  store.put('files', fileQueryNumber, {
    fileQueryNumber, institution: call.institution.code, fileName: file.fileName, base64: Buffer.from(file.bytes).toString('base64'),
    sha256: createHash('sha256').update(file.bytes).digest('hex'), catalogue, at: call.now, until: call.now + DAYS_KEPT * DAY,
  })
  return fileQueryNumber
}

/** Only what this institution may see, and only while it is kept. */
export const findFile = (call: Call, fileQueryNumber: string): (StoredFile & { readonly catalogue: boolean; readonly expired: boolean }) | null => {
  const file = call.province.store.shelves.files.get(fileQueryNumber)
  if (file === undefined || (!file.catalogue && file.institution !== call.institution.code)) return null
  return { fileName: file.fileName, bytes: Buffer.from(file.base64, 'base64'), catalogue: file.catalogue, expired: file.until < call.now }
}

export const fileUntil = (call: Call): number => call.now + DAYS_KEPT * DAY

const MAX_UNPACKED = 50_000_000
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/

export type TextRow = readonly (string | null)[]

/** Rows as the paper wants a file: UTF-8, TAB between columns, one row a line, `null` where nothing is. */
export const zipRows = (textName: string, rows: readonly TextRow[]): Uint8Array =>
  zipOne(textName, Buffer.from(rows.map((row) => `${row.map((cell) => (cell === null ? 'null' : cell.replace(/[\t\r\n]+/g, ' '))).join('\t')}\n`).join(''), 'utf8'))

/** Reads what a shop uploaded. Refuses anything that is not what the paper says, naming the line. */
export const unzipRows = (archive: Uint8Array, columns: number): readonly TextRow[] => {
  const bytes = unzipOne(archive, MAX_UNPACKED)
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return refuse('文件编码错误,应为UTF-8')
  }
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines.map((line, index) => {
    const row = line.replace(/\r$/, '')
    if (CONTROL.test(row)) refuse(`文件第${index + 1}行含有控制字符`)
    const cells = row.split('\t')
    if (cells.length !== columns) refuse(`文件第${index + 1}行列数错误,应为${columns}列`)
    return cells.map((cell) => (cell === 'null' ? null : cell))
  })
}
