import type { Call } from '../call.ts'
import { nodeOf } from '../call.ts'
import { fileUntil, findFile, storeFile } from '../files.ts'
import { timeText } from '../province-time.ts'
import { refuse } from '../refusal.ts'
import { textOf } from '../wire-values.ts'
import { unzipOne } from '../zip.ts'
import type { Open } from './open.ts'

const isByte = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= -128 && Number(value) <= 255
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** A byte array as Java reads one: a list of numbers, signed or not, or Base64. */
const bytesIn = (value: unknown): Buffer => {
  if (Array.isArray(value) && value.every(isByte)) return Buffer.from(value)
  if (typeof value === 'string' && value !== '' && BASE64.test(value)) return Buffer.from(value, 'base64')
  return refuse('文件数据(in)不是有效的字节数组')
}

/** A name, not a place. */
const fileNameIn = (row: Readonly<Record<string, unknown>>): string => {
  const name = textOf(row, 'filename')
  return /^[^\\/:*?"<>|]+\.zip$/i.test(name) && !name.includes('..') ? name : refuse('文件名(filename)错误,应为ZIP文件名')
}

const upload = (call: Call): unknown => {
  const row = nodeOf(call, 'fsUploadIn')
  if (textOf(row, 'fixmedins_code') !== call.institution.code) refuse('医药机构编号(fixmedins_code)与报文头不一致')
  const fileName = fileNameIn(row)
  const bytes = bytesIn(row.in)
  if (bytes.length > call.province.profile.files.maxBytes) refuse('文件过大')
  unzipOne(bytes, call.province.profile.files.maxBytes * 20)
  return { file_qury_no: storeFile(call, { fileName, bytes }), filename: fileName, fixmedins_code: call.institution.code, dld_endtime: timeText(fileUntil(call)) }
}

const download = (call: Call): unknown => {
  const row = nodeOf(call, 'fsDownloadIn')
  const { catalogueField, catalogueValue } = call.province.profile.files
  const marked = textOf(row, catalogueField) === catalogueValue
  const file = findFile(call, textOf(row, 'file_qury_no'))
  if (file === null || file.catalogue !== marked) return refuse('文件不存在')
  if (!(marked && catalogueField === 'fixmedins_code') && textOf(row, 'fixmedins_code') !== call.institution.code) refuse('医药机构编号(fixmedins_code)与报文头不一致')
  if (!(marked && catalogueField === 'filename') && textOf(row, 'filename') !== file.fileName) refuse('文件名(filename)与文件查询号不符')
  if (file.expired) refuse('文件已过下载截止时间')
  return file.bytes
}

/** 9101, 9102 (whose answer is bytes instead of an output) and the catalogues that come as files. */
export const files: Open = { 9101: upload, 9102: download }
