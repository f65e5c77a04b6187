import type { BusinessDate, PaperNote, PaperProblem } from '../../contract/index.ts'
import { parseDate } from '../../domain/calendar.ts'
import { maskText } from '../../domain/masking.ts'
import type { PaperCode } from '../../domain/goods/check-paper.ts'
import { candidateTrace } from '../../domain/recognition/candidate-trace.ts'
import type { Recognised } from '../../domain/recognition/recognised.ts'
import type { PackTrace } from '../../domain/recognition/trace-of.ts'
import { traceOf } from '../../domain/recognition/trace-of.ts'
import type { NamedPack } from '../trace/pack-key.ts'
import type { PaperLine } from './read-paper.ts'
import type { ReadableDb } from '../db/database.ts'
import { readCode } from '../trace/read-code.ts'

/** A code that may stand on a paper: a trace code, or a carton's shipping label (GS1 AI 00). */
export interface GoodsCode {
  readonly named: NamedPack
  /** Null of a shipping label: it names no drug. */
  readonly trace: PackTrace | null
}

export const goodsCodeOf = (code: Recognised): GoodsCode | null => {
  if (code.kind === 'sscc') {
    const label = code.normalised.replace(/[()]/g, '')
    return code.check && /^00\d{18}$/.test(label) ? { named: { code: label, identifier: null, serial: null }, trace: null } : null
  }
  // A paper calls it a trace code, so an issuer nobody told us of is one.
  const trace = traceOf(code) ?? candidateTrace(code)
  return trace === null ? null : { named: { code: trace.code, identifier: trace.identifier, serial: trace.serial, symbol: trace.symbol }, trace }
}

export const readGoodsCode = (db: ReadableDb, text: string, today: BusinessDate): GoodsCode | null =>
  goodsCodeOf(readCode(db, { raw: text, step: 'drug', thisYear: Number(today.slice(0, 4)) }))

/** One name a pack, in whatever order its symbol puts its elements. */
const nameOf = ({ named, trace }: GoodsCode): string => trace?.packKey ?? named.code

const LEVELS: Readonly<Record<string, number>> = { 1: 1, 2: 2, 3: 3, 小: 1, 中: 2, 大: 3, 小码: 1, 中码: 2, 大码: 3 }

/** Spreadsheets write dates as they like: 2026-3-1, 2026/03/01, 20260301. */
const readDate = (text: string): BusinessDate | null => {
  const parts = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text)
  return parseDate(parts === null ? text : `${parts[1]}-${(parts[2] ?? '').padStart(2, '0')}-${(parts[3] ?? '').padStart(2, '0')}`)
}

export interface UnderstoodLine extends PaperCode {
  readonly named: NamedPack
  readonly trace: PackTrace | null
}
export type Understanding = { readonly row: UnderstoodLine } | { readonly notes: readonly PaperNote[] }

/** One line in our own terms, or everything that is wrong with its fields. */
export const understandLine = (db: ReadableDb, line: PaperLine, today: BusinessDate): Understanding => {
  const notes: PaperNote[] = []
  const bad = (problem: PaperProblem, field: string, text?: string): void => {
    notes.push({ line: line.line, problem, refuses: true, detail: text === undefined ? { field } : { field, text: maskText(text).slice(0, 40) } })
  }
  const wanted = (value: string, field: string, longest: number): void => {
    if (value === '') bad('field-missing', field)
    else if (value.length > longest) bad('field-invalid', field)
  }
  wanted(line.drug, 'drug', 60)
  wanted(line.lotNumber, 'lot_number', 30)
  wanted(line.code, 'code', 200)
  wanted(line.expiresOn, 'expires_on', 20)
  const code = readGoodsCode(db, line.code, today)
  const parent = line.parent === '' ? null : readGoodsCode(db, line.parent, today)
  const level = LEVELS[line.level]
  const expiresOn = readDate(line.expiresOn)
  const manufacturedOn = line.manufacturedOn === '' ? null : readDate(line.manufacturedOn)
  // Never the text: it may be anything that was typed or scanned into the wrong column.
  if (line.code !== '' && (code === null || (code.trace === null && level === 1))) bad('code-invalid', 'code')
  if (line.parent !== '' && parent === null) bad('code-invalid', 'parent_code')
  if (level === undefined) bad('field-invalid', 'level', line.level)
  if (expiresOn === null && line.expiresOn !== '') bad('field-invalid', 'expires_on', line.expiresOn)
  if (manufacturedOn === null && line.manufacturedOn !== '') bad('field-invalid', 'manufactured_on', line.manufacturedOn)
  if (notes.length > 0 || code === null || level === undefined || expiresOn === null) return { notes }
  const { drug, lotNumber } = line
  return { row: { line: line.line, code: nameOf(code), parent: parent === null ? null : nameOf(parent), level, drug, lotNumber, manufacturedOn, expiresOn, named: code.named, trace: code.trace } }
}
