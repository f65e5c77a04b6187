import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib'
import { refuse } from './refusal.ts'

/** The province's own hand for archives of one file, after the published format (APPNOTE 4.3): it shares none with the client. */

const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
const UTF8_NAME = 0x0800
const DEFLATED = 8
/** 1 January 2026, 00:00, as MS-DOS counts. */
const DOS_DATE = ((2026 - 1980) << 9) | (1 << 5) | 1

const record = (size: number, write: (view: DataView) => void): Buffer => {
  const bytes = Buffer.alloc(size)
  write(new DataView(bytes.buffer, bytes.byteOffset, size))
  return bytes
}

/** What local header and directory say alike, from `at`. */
const writeFacts = (view: DataView, at: number, facts: { readonly crc: number; readonly packed: number; readonly size: number; readonly name: number }): void => {
  view.setUint16(at, 20, true)
  view.setUint16(at + 2, UTF8_NAME, true)
  view.setUint16(at + 4, DEFLATED, true)
  view.setUint16(at + 6, 0, true)
  view.setUint16(at + 8, DOS_DATE, true)
  view.setUint32(at + 10, facts.crc, true)
  view.setUint32(at + 14, facts.packed, true)
  view.setUint32(at + 18, facts.size, true)
  view.setUint16(at + 22, facts.name, true)
}

export const zipOne = (fileName: string, bytes: Uint8Array): Uint8Array => {
  const name = Buffer.from(fileName, 'utf8')
  const packed = deflateRawSync(bytes)
  const facts = { crc: crc32(bytes), packed: packed.length, size: bytes.length, name: name.length }
  const local = record(30, (view) => {
    view.setUint32(0, LOCAL, true)
    writeFacts(view, 4, facts)
  })
  const central = record(46, (view) => {
    view.setUint32(0, CENTRAL, true)
    view.setUint16(4, 20, true)
    writeFacts(view, 6, facts)
  })
  const end = record(22, (view) => {
    view.setUint32(0, END, true)
    view.setUint16(8, 1, true)
    view.setUint16(10, 1, true)
    view.setUint32(12, central.length + name.length, true)
    view.setUint32(16, local.length + name.length + packed.length, true)
  })
  return Buffer.concat([local, name, packed, central, name, end])
}

const broken = (): never => refuse('文件不是有效的ZIP压缩包')

/** The only file of an archive. Refuses what is damaged, holds several files, or unpacks to more than `limit` bytes. */
export const unzipOne = (archive: Uint8Array, limit: number): Buffer => {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.length)
  const endAt = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (endAt < 0 || endAt + 22 > bytes.length) return broken()
  if (bytes.readUInt16LE(endAt + 10) !== 1) return refuse('压缩包中应只有一个文件')
  const centralAt = bytes.readUInt32LE(endAt + 16)
  if (centralAt + 46 > endAt || bytes.readUInt32LE(centralAt) !== CENTRAL) return broken()
  const [flags, method] = [bytes.readUInt16LE(centralAt + 8), bytes.readUInt16LE(centralAt + 10)]
  const [crc, packed, size] = [bytes.readUInt32LE(centralAt + 16), bytes.readUInt32LE(centralAt + 20), bytes.readUInt32LE(centralAt + 24)]
  const localAt = bytes.readUInt32LE(centralAt + 42)
  if ((flags & 1) === 1) return refuse('压缩包不能加密')
  if (size > limit) return refuse('文件过大')
  if (localAt + 30 > centralAt || bytes.readUInt32LE(localAt) !== LOCAL) return broken()
  const from = localAt + 30 + bytes.readUInt16LE(localAt + 26) + bytes.readUInt16LE(localAt + 28)
  if (from + packed > centralAt || (method !== 0 && method !== DEFLATED)) return broken()
  const content = bytes.subarray(from, from + packed)
  let unpacked: Buffer
  try {
    unpacked = method === 0 ? content : inflateRawSync(content, { maxOutputLength: Math.max(1, size) })
  } catch {
    return broken()
  }
  return unpacked.length === size && crc32(unpacked) === crc ? unpacked : refuse('压缩包校验和不符')
}
