import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import type { BusinessDate, Fen } from '../../contract/index.ts'
import type { TheirList, TheirRow } from '../../domain/reconcile/books.ts'
import { readZipRows, writeZipRows } from '../files/zip-rows.ts'
import type { House } from '../house.ts'
import type { Operator, Outcome } from '../platform/client.ts'
import { refusalError } from '../platform/outcome-error.ts'
import { ourRows, theirRow } from './detail-rows.ts'
import type { BookedSale } from './our-books.ts'

const FOLDER = 'yaogui-reconcile-'

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
/** Person numbers stand in these files: what a killed process left behind goes first. */
const sweep = async (): Promise<void> => {
  for (const name of await readdir(tmpdir())) {
    const [, pid] = /^yaogui-reconcile-(\d+)-/.exec(name) ?? []
    if (pid !== undefined && !isAlive(Number(pid))) await rm(path.join(tmpdir(), name), { recursive: true, force: true })
  }
}

const answered = <T>(outcome: Outcome<T>): T => {
  if (outcome.kind !== 'answered') throw refusalError(outcome)
  return outcome.value
}

export interface DetailOf { readonly date: BusinessDate; readonly clearingType: string; readonly clearingOffice: string; readonly refund: boolean }

/** One 3202 with both its files: ours written and uploaded, the result fetched and read to its end. Nothing is booked by it. Errors platform.*, file.broken, disk.full. */
export const askDetail = async (house: House, operator: Operator, of: DetailOf, sales: readonly BookedSale[]): Promise<TheirList> => {
  const { platform, profile } = house
  const section = profile.reconcile
  const { refund } = of
  const mine = sales.filter((sale) => (refund ? sale.refund : sale.settlement) === 'booked' && sale.group.clearingType === of.clearingType && sale.group.clearingOffice === of.clearingOffice)
  const sign = refund && section.refundSign === 'negative' ? -1 : 1
  const sum = (of: (sale: BookedSale) => number): Fen => (sign * mine.reduce((total, sale) => total + of(sale), 0) + 0) as Fen
  await sweep()
  const folder = await mkdtemp(path.join(tmpdir(), `${FOLDER}${process.pid}-`))
  try {
    const name = `${of.date.replaceAll('-', '')}_${of.clearingType}_${refund ? '1' : '0'}`
    const ours = path.join(folder, `${name}.zip`)
    await writeZipRows(ours, `${name}.txt`, ourRows(mine, refund, section))
    const uploaded = answered(await platform.files.upload(operator, { fileName: `${name}.zip`, path: ours }))
    house.reach('reconcile:file-uploaded')
    const result = answered(await platform.reconcile.detail(operator, {
      clearingType: of.clearingType, clearingOffice: of.clearingOffice, refund, from: of.date, to: of.date, fileQueryNumber: uploaded.fileQueryNumber,
      count: mine.length, totalFen: sum((sale) => sale.amounts?.totalFen ?? 0), fundFen: sum((sale) => sale.amounts?.fundFen ?? 0), cashFen: sum((sale) => sale.cashFen ?? 0),
    }))
    const theirs = path.join(folder, 'result.zip')
    answered(await platform.files.download(operator, { fileQueryNumber: result.fileQueryNumber, fileName: result.fileName, catalogue: false }, theirs))
    house.reach('reconcile:result-fetched')
    const rows: TheirRow[] = []
    let line = 0
    for await (const cells of readZipRows(theirs, { columns: section.detail.theirColumns.length, maxRowBytes: 8_192, maxRows: section.detail.maxRows })) {
      line += 1
      rows.push(theirRow(cells, line, refund, section))
    }
    return { refund, rows }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
