import { randomUUID } from 'node:crypto'
import { open, rename, rm, stat } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import type { Dispatcher, Pool } from 'undici'
import { asDatabaseError } from '../db/database-errors.ts'
import type { Exchange } from './exchange.ts'
import { openAnswer, underAddress } from './exchange.ts'
import type { RegionProfile } from './profile.ts'
import type { Address, Transport } from './transport.ts'

/** A file came, whole and on the disk; or what came instead. */
export type FileExchange = Exchange | { readonly kind: 'file'; readonly bytes: number; /** Until its first byte. */ readonly latencyMs: number }

export interface FileExchanges {
  /** Streams what is answered to `toPath + '.part'`, syncs it and renames it when whole. An answer that is no ZIP comes back as an answer. Throws AppError disk.full, and what else the disk says. */
  readonly download: (infno: string, body: Uint8Array, toPath: string) => Promise<FileExchange>
  /** One message and one file as a form; the file is read as it leaves. */
  readonly sendForm: (infno: string, body: Uint8Array, file: { readonly fileName: string; readonly path: string }) => Promise<Exchange>
}

export interface FileExchangeParts {
  readonly profile: RegionProfile
  readonly transport: Transport
  readonly pool: Pool
  readonly clock: () => number
  /** Whether an error says that not one byte has left. */
  readonly neverConnected: (error: Error) => boolean
}

const errorCode = (error: unknown): string => (error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : error instanceof Error ? error.name : 'unknown')
class TooLarge extends Error {}
/** What the disk said while a file came in: ours, not the line's. */
class DiskFailed extends Error {}

const ZIP_START = ['504b0304', '504b0506'] as const
/** Whether bytes begin like a ZIP; null: too few to tell. */
const beginsLikeZip = (bytes: Buffer): boolean | null => (bytes.length < 4 ? null : ZIP_START.some((start) => bytes.subarray(0, 4).toString('hex') === start))

type Body = AsyncIterable<Uint8Array>
const onDisk = async <T>(work: Promise<T>): Promise<T> => work.catch((error: unknown) => { throw new DiskFailed('disk', { cause: error }) })

const syncFolder = async (file: string): Promise<void> => {
  // Windows cannot open a folder; a rename there is durable with the file's own journal.
  if (process.platform === 'win32') return
  const folder = await open(path.dirname(file), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

const sizeOf = (file: string): Promise<number> => stat(file).then(({ size }) => size, () => 0)

/** `bytes 100-199/200` that continues at `from`; a server that answers another part than the one asked for is not believed. */
const continues = (response: Dispatcher.ResponseData, from: number): boolean =>
  response.statusCode === 206 && new RegExp(`^bytes ${from}-\\d+/(\\d+|\\*)$`).test(String(response.headers['content-range'] ?? ''))

export const createFileExchanges = ({ profile, transport, pool, clock, neverConnected }: FileExchangeParts): FileExchanges => {
  const { files, answers } = profile

  const writeRest = async (body: AsyncIterator<Uint8Array>, first: Buffer, part: FileHandle, before: number): Promise<number> => {
    let size = before
    const write = async (chunk: Uint8Array): Promise<void> => {
      size += chunk.length
      if (size > files.maxDownloadBytes) throw new TooLarge()
      await onDisk(part.appendFile(chunk))
    }
    await write(first)
    for (let next = await body.next(); next.done !== true; next = await body.next()) await write(next.value)
    await onDisk(part.sync())
    return size
  }

  /** As many bytes as tell a ZIP from words. */
  const readStart = async (body: AsyncIterator<Uint8Array>): Promise<Buffer> => {
    let bytes = Buffer.alloc(0)
    while (bytes.length < 4) {
      const next = await body.next()
      if (next.done === true) break
      bytes = Buffer.concat([bytes, next.value])
    }
    return bytes
  }

  const readWords = async (body: AsyncIterator<Uint8Array>, first: Buffer, chunks: Uint8Array[]): Promise<void> => {
    chunks.push(first)
    let size = first.length
    for (let next = await body.next(); next.done !== true; next = await body.next()) {
      size += next.value.length
      if (size > answers.maxBytes) throw new TooLarge()
      chunks.push(next.value)
    }
  }

  const notWhole = (error: unknown, deadline: AbortSignal, chunks: readonly Uint8Array[]): Exchange => {
    if (error instanceof Error && neverConnected(error)) return { kind: 'not-connected', reason: errorCode(error) }
    if (error instanceof TooLarge) return { kind: 'no-answer', reason: 'too-large', bytes: null }
    const late = deadline.aborted || errorCode(error) === 'UND_ERR_HEADERS_TIMEOUT' || errorCode(error) === 'UND_ERR_BODY_TIMEOUT'
    return { kind: 'no-answer', reason: late ? 'timeout' : 'broken', bytes: chunks.length === 0 ? null : Buffer.concat(chunks) }
  }

  const answerOf = (response: Dispatcher.ResponseData, bytes: Uint8Array, sentAt: number, started: number): Exchange => {
    const date = Date.parse(String(response.headers['date'] ?? ''))
    return {
      kind: 'answer', status: response.statusCode, ...openAnswer(transport, bytes), latencyMs: Math.round(performance.now() - started), sentAt, receivedAt: clock(),
      serverDate: Number.isNaN(date) ? null : date,
    }
  }

  const toDisk = async (body: AsyncIterator<Uint8Array>, first: Buffer, partPath: string, before: number): Promise<number> => {
    const part = await onDisk(open(partPath, before > 0 ? 'a' : 'w', 0o600))
    try {
      return await writeRest(body, first, part, before)
    } finally {
      await part.close()
    }
  }

  const download = async ({ path: target, headers }: Address, sentAt: number, message: Uint8Array, toPath: string): Promise<FileExchange> => {
    const partPath = `${toPath}.part`
    const have = files.resume === 'range' ? await sizeOf(partPath) : 0
    const chunks: Uint8Array[] = []
    const started = performance.now()
    const deadline = AbortSignal.timeout(files.downloadMs)
    try {
      const response = await pool.request({
        method: 'POST', path: target, body: transport.seal(message), signal: deadline, headersTimeout: files.stallMs, bodyTimeout: files.stallMs,
        headers: { 'content-type': 'application/json; charset=utf-8', accept: 'application/octet-stream, application/json', ...headers, ...(have > 0 ? { range: `bytes=${have}-` } : {}) },
      })
      const latencyMs = Math.round(performance.now() - started)
      const body = (response.body as Body)[Symbol.asyncIterator]()
      const start = await readStart(body)
      const rest = have > 0 && continues(response, have)
      // A 206 that was not asked for, or of another part, is no file.
      if (!rest && (response.statusCode !== 200 || beginsLikeZip(start) !== true)) {
        await readWords(body, start, chunks)
        return answerOf(response, Buffer.concat(chunks), sentAt, started)
      }
      const bytes = await toDisk(body, start, partPath, rest ? have : 0)
      await onDisk(rename(partPath, toPath))
      await onDisk(syncFolder(toPath))
      return { kind: 'file', bytes, latencyMs }
    } catch (error) {
      if (files.resume === 'never' || error instanceof TooLarge) await rm(partPath, { force: true })
      if (error instanceof DiskFailed) throw asDatabaseError(error.cause)
      return notWhole(error, deadline, chunks)
    }
  }

  const sendForm = async ({ path: target, headers }: Address, sentAt: number, message: Uint8Array, { fileName, path: file }: { readonly fileName: string; readonly path: string }): Promise<Exchange> => {
    const chunks: Uint8Array[] = []
    const started = performance.now()
    const deadline = AbortSignal.timeout(files.uploadMs)
    const source = await open(file, 'r')
    try {
      const { size } = await source.stat()
      const boundary = `yaogui-${randomUUID()}`
      const quoted = (text: string): string => `"${text.replace(/["\r\n]/g, '_')}"`
      const head = Buffer.concat([
        Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name=${quoted(files.formMessagePart)}\r\ncontent-type: application/json; charset=utf-8\r\n\r\n`),
        transport.seal(message),
        Buffer.from(`\r\n--${boundary}\r\ncontent-disposition: form-data; name=${quoted(files.formFilePart)}; filename=${quoted(fileName)}\r\ncontent-type: application/octet-stream\r\n\r\n`),
      ])
      const tail = Buffer.from(`\r\n--${boundary}--\r\n`)
      async function* form(): AsyncGenerator<Uint8Array> {
        yield head
        if (size > 0) yield* source.createReadStream({ autoClose: false, start: 0, end: size - 1 }) as AsyncIterable<Uint8Array>
        yield tail
      }
      const response = await pool.request({
        method: 'POST', path: target, body: Readable.from(form(), { objectMode: false }), signal: deadline, headersTimeout: files.uploadMs, bodyTimeout: files.stallMs,
        headers: { 'content-type': `multipart/form-data; boundary=${boundary}`, 'content-length': String(head.length + size + tail.length), accept: 'application/json', ...headers },
      })
      await readWords((response.body as Body)[Symbol.asyncIterator](), Buffer.alloc(0), chunks)
      return answerOf(response, Buffer.concat(chunks), sentAt, started)
    } catch (error) {
      return notWhole(error, deadline, chunks)
    } finally {
      await source.close()
    }
  }

  return {
    download: (infno, message, toPath) => underAddress<FileExchange>(transport, infno, clock, (address, sentAt) => download(address, sentAt, message, toPath)),
    sendForm: (infno, message, file) => underAddress(transport, infno, clock, (address, sentAt) => sendForm(address, sentAt, message, file)),
  }
}
