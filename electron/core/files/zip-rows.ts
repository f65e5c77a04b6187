import { isUtf8 } from 'node:buffer'
import { open as openFile, rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'
import * as yauzl from 'yauzl'
import * as yazl from 'yazl'
import { AppError } from '../../contract/index.ts'
import { asDatabaseError } from '../db/database-errors.ts'

/** platform.md §4: a ZIP of one UTF-8 TXT, TAB between columns, one row a line, empty = `null`. */

export type Cells = readonly (string | null)[]
export type BrokenReason =
  | 'missing' | 'not-a-zip' | 'several-entries' | 'name' | 'encrypted' | 'compression' | 'too-large' | 'damaged' | 'checksum'
  | 'columns' | 'row-too-long' | 'utf8' | 'control-character' | 'too-many-rows'

export interface ReadOptions {
  /** Every row has so many, or the file is refused. */
  readonly columns: number
  readonly maxRowBytes?: number
  /** Unpacked. */
  readonly maxBytes?: number
  readonly maxRows?: number
}
const MAX_ROW_BYTES = 256 * 1024
const MAX_BYTES = 2_000_000_000
const MAX_ROWS = 5_000_000
/** About so many characters at once: rows come in portions, because handing over each alone costs more than reading it. */
const BLOCK_BYTES = 256 * 1024

/** `line` as an editor counts; null: the archive itself. */
export const brokenFile = (reason: BrokenReason, line: number | null, message: string, cause?: unknown): AppError =>
  new AppError('file.broken', `${message}${line === null ? '' : ` (line ${line})`}`, { reason, problem: `file-${reason}`, line }, cause)

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
const missing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT'

const openZip = async (file: string): Promise<yauzl.ZipFile> => {
  try {
    return await yauzl.openPromise(file, { lazyEntries: true, autoClose: false, validateEntrySizes: true, strictFileNames: true })
  } catch (error) {
    throw missing(error) ? brokenFile('missing', null, 'no such file', error) : brokenFile('not-a-zip', null, messageOf(error), error)
  }
}

/** The only entry, and nothing about it that we would not read. */
const soleEntry = async (zip: yauzl.ZipFile, maxBytes: number): Promise<yauzl.Entry> => {
  if (zip.entryCount !== 1) throw brokenFile('several-entries', null, `${zip.entryCount} entries, 1 expected`)
  let entry: yauzl.Entry | undefined
  try {
    for await (const found of zip.eachEntry()) entry = found
  } catch (error) {
    throw brokenFile(/file ?name|path/i.test(messageOf(error)) ? 'name' : 'damaged', null, messageOf(error), error)
  }
  if (entry === undefined) throw brokenFile('damaged', null, 'no entry')
  if (entry.fileName.endsWith('/')) throw brokenFile('name', null, 'a folder where a file belongs')
  if (entry.isEncrypted()) throw brokenFile('encrypted', null, 'encrypted')
  if (!entry.canDecodeFileData()) throw brokenFile('compression', null, `compression method ${entry.compressionMethod}`)
  if (entry.uncompressedSize > maxBytes) throw brokenFile('too-large', null, `${entry.uncompressedSize} bytes, at most ${maxBytes}`)
  return entry
}

// TAB separates, a line end ends. Everything else below a space, and DEL, belongs into no cell.
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/

const textOfBlock = (block: Buffer, firstLine: number): string => {
  if (isUtf8(block)) return block.toString('utf8')
  let line = firstLine
  for (let start = 0; start < block.length; line += 1) {
    const end = block.indexOf(0x0a, start)
    if (!isUtf8(block.subarray(start, end === -1 ? block.length : end))) break
    start = end === -1 ? block.length : end + 1
  }
  throw brokenFile('utf8', line, 'not UTF-8')
}

const cellsOf = (text: string, line: number, columns: number, checked: boolean): Cells => {
  if (!checked && CONTROL.test(text)) throw brokenFile('control-character', line, 'a control character')
  const cells = text.split('\t')
  if (cells.length !== columns) throw brokenFile('columns', line, `${cells.length} columns, ${columns} expected`)
  return cells.map((cell) => (cell === 'null' ? null : cell))
}

/** Whole lines of a block; a carriage return before a line end belongs to the line end. */
const rowsOf = (block: Buffer, firstLine: number, { columns, maxRowBytes = MAX_ROW_BYTES }: ReadOptions): Cells[] => {
  const text = textOfBlock(block, firstLine)
  // One look at a whole block: only where it finds something is each line looked at.
  const clean = !CONTROL.test(text)
  const lines = text.split('\n')
  // A block ends with its last line's end, or is the rest of the file.
  if (lines.at(-1) === '') lines.pop()
  return lines.map((raw, index) => {
    const row = raw.endsWith('\r') ? raw.slice(0, -1) : raw
    if (row.length > maxRowBytes / 4 && Buffer.byteLength(row) > maxRowBytes) throw brokenFile('row-too-long', firstLine + index, `more than ${maxRowBytes} bytes`)
    return cellsOf(row, firstLine + index, columns, clean)
  })
}

const withoutMark = (bytes: Buffer): Buffer => (bytes.length >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes)

async function* blocksOf(zip: yauzl.ZipFile, entry: yauzl.Entry, options: ReadOptions): AsyncGenerator<{ readonly block: Buffer; readonly last: boolean }> {
  const { maxRowBytes = MAX_ROW_BYTES, maxBytes = MAX_BYTES } = options
  let sum = 0
  let size = 0
  let rest: Buffer = Buffer.alloc(0)
  let first = true
  let stream: Readable
  try {
    stream = await zip.openReadStreamPromise(entry)
  } catch (error) {
    throw brokenFile('damaged', null, messageOf(error), error)
  }
  const chunks = (stream as AsyncIterable<Buffer>)[Symbol.asyncIterator]()
  const next = async (): Promise<IteratorResult<Buffer>> => {
    try {
      return await chunks.next()
    } catch (error) {
      throw brokenFile('damaged', null, messageOf(error), error)
    }
  }
  try {
    for (let step = await next(); step.done !== true; step = await next()) {
      const chunk = step.value
      sum = crc32(chunk, sum)
      size += chunk.length
      if (size > maxBytes) throw brokenFile('too-large', null, `more than ${maxBytes} bytes`)
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
      if (rest.length < BLOCK_BYTES) continue
      const end = rest.lastIndexOf(0x0a)
      if (end === -1) {
        if (rest.length > maxRowBytes + BLOCK_BYTES) throw brokenFile('row-too-long', null, `more than ${maxRowBytes} bytes`)
        continue
      }
      yield { block: first ? withoutMark(rest.subarray(0, end + 1)) : rest.subarray(0, end + 1), last: false }
      first = false
      rest = rest.subarray(end + 1)
    }
    if (sum >>> 0 !== entry.crc32 >>> 0) throw brokenFile('checksum', null, 'the checksum of the archive does not fit its contents')
    yield { block: first ? withoutMark(rest) : rest, last: true }
  } finally {
    stream.destroy()
  }
}

/** Like readZipRows, in portions of some hundred rows: for what is read by the hundred thousand. */
export async function* readZipPortions(file: string, options: ReadOptions): AsyncGenerator<readonly Cells[]> {
  const { maxBytes = MAX_BYTES, maxRows = MAX_ROWS } = options
  const zip = await openZip(file)
  try {
    const entry = await soleEntry(zip, maxBytes)
    let line = 1
    for await (const { block } of blocksOf(zip, entry, options)) {
      const rows = block.length === 0 ? [] : rowsOf(block, line, options)
      line += rows.length
      if (line - 1 > maxRows) throw brokenFile('too-many-rows', line, `more than ${maxRows} rows`)
      if (rows.length > 0) yield rows
    }
  } finally {
    zip.close()
  }
}

/**
 * Rows of the archive's only file, `null` as null. Nothing yielded is to be trusted before the end: the checksum comes last.
 * A mark of byte order, carriage returns before line ends and a missing last line end are taken. Error file.broken with `reason` and `line` for everything else.
 */
export async function* readZipRows(file: string, options: ReadOptions): AsyncGenerator<Cells> {
  for await (const portion of readZipPortions(file, options)) yield* portion
}

const lineOf = (cells: Cells, line: number): string => {
  const text = cells.map((cell) => {
    // The text `null` means nothing in these files: it cannot be said otherwise.
    if (cell === 'null') throw brokenFile('control-character', line, 'a cell says `null`, which means nothing')
    if (cell !== null && (CONTROL.test(cell) || /[\t\n]/.test(cell))) throw brokenFile('control-character', line, 'a TAB, a line end or another control character within a cell')
    return cell ?? 'null'
  })
  return `${text.join('\t')}\n`
}

/** The same rows give the same bytes, whenever they are written. */
const MADE = new Date(Date.UTC(2000, 0, 1))

/** Written beside, synced, renamed: `file` is whole or not there. Errors file.broken for a cell that such a file cannot hold, disk.full. */
export const writeZipRows = async (file: string, entryName: string, rows: Iterable<Cells>): Promise<void> => {
  const part = `${file}.part`
  function* lines(): Generator<Buffer> {
    let line = 1
    let text = ''
    for (const cells of rows) {
      text += lineOf(cells, line++)
      if (text.length < BLOCK_BYTES) continue
      yield Buffer.from(text, 'utf8')
      text = ''
    }
    yield Buffer.from(text, 'utf8')
  }
  const handle = await openFile(part, 'w', 0o600)
  try {
    const zip = new yazl.ZipFile()
    const source = Readable.from(lines(), { objectMode: false })
    const failed = new Promise<never>((_resolve, reject) => { source.once('error', reject); zip.once('error', reject) })
    zip.addReadStream(source, entryName, { mtime: MADE, forceDosTimestamp: true, mode: 0o100600 })
    zip.end()
    const written = (async () => { for await (const chunk of zip.outputStream as AsyncIterable<Buffer>) await handle.appendFile(chunk) })()
    await Promise.race([failed, written])
    await handle.sync()
  } catch (error) {
    await handle.close()
    await rm(part, { force: true })
    throw asDatabaseError(error)
  }
  await handle.close()
  await rename(part, file)
}
