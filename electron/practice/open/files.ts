import type { Call } from '../call.ts'
import { nodeOf } from '../call.ts'
import type { CatalogueNumber } from '../catalogue-lists.ts'
import { newerThan } from '../catalogue-lists.ts'
import { fileUntil, findFile, storeFile, zipRows } from '../files.ts'
import { insuranceList } from '../insurance-list.ts'
import { compactTime, dateText, timeText } from '../province-time.ts'
import { refuse } from '../refusal.ts'
import { scaled, textOf } from '../wire-values.ts'
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

/** 1301 and its like: the file of what is newer, kept for a week in the centre's store. */
const catalogueFile = (number: CatalogueNumber) => (call: Call): unknown => {
  const version = textOf(nodeOf(call, 'data'), 'ver')
  const { nothingNewer, catalogueSteps, maxRows } = call.province.profile.files
  const rows = newerThan(number, version, catalogueSteps === 'edition').slice(0, maxRows ?? undefined)
  if (rows.length === 0) {
    switch (nothingNewer) {
      case 'refuse':
        return refuse('没有可更新的目录数据')
      case 'no-output':
        return null
      case 'no-rows':
        return { file_qury_no: '', filename: '', [endOf(number)]: dateText(call.now), data_cnt: 0 }
    }
  }
  const fileName = `${number}_${compactTime(call.now)}.zip`
  const bytes = zipRows(`${number}.txt`, rows)
  return { file_qury_no: storeFile(call, { fileName, bytes }, true), filename: fileName, [endOf(number)]: dateText(fileUntil(call)), data_cnt: rows.length }
}
/** 1320 spells the day otherwise. */
const endOf = (number: CatalogueNumber): string => (number === 1320 ? 'dld_endtime' : 'dld_end_time')

const QUESTION = new Set(['updt_time', 'page_num', 'page_size', 'query_date', 'hilist_name'])

/** 1312, 1316, 1318, 1319: changed on or after a day, in pages from 1; every other field that is filled must be the row's. */
const listPage = (infno: '1312' | '1316' | '1318' | '1319') => (call: Call): unknown => {
  const asked = nodeOf(call, 'data')
  const [page, size] = [scaled(asked.page_num, 0) ?? 0, scaled(asked.page_size, 0) ?? 0]
  if (page < 1 || size < 1) refuse('页数(page_num)和本页数据量(page_size)应从1开始')
  const on = textOf(asked, 'query_date')
  const wanted = Object.keys(asked).filter((code) => !QUESTION.has(code) && textOf(asked, code) !== '')
  const rows = insuranceList(infno, call.institution.area).filter((row) => String(row.updt_time) >= textOf(asked, 'updt_time')
    && wanted.every((code) => String(row[code] ?? '') === textOf(asked, code))
    && String(row.hilist_name ?? '').includes(textOf(asked, 'hilist_name'))
    && (on === '' || (String(row.begndate) <= on && (row.enddate === '' || String(row.enddate) >= on))))
  const cut = rows.slice((page - 1) * size, page * size)
  return call.province.profile.files.pages === 'list' ? cut : { data: cut, page_num: page, page_size: size, total: rows.length }
}

/** 9101, 9102 (whose answer is bytes instead of an output) and the catalogues that come as files. */
export const files: Open = {
  9101: upload, 9102: download,
  1301: catalogueFile(1301), 1302: catalogueFile(1302), 1320: catalogueFile(1320), 1306: catalogueFile(1306), 1307: catalogueFile(1307), 1309: catalogueFile(1309),
  1312: listPage('1312'), 1316: listPage('1316'), 1318: listPage('1318'), 1319: listPage('1319'),
}
