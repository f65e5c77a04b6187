import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { BusinessDate } from '../../../electron/contract/index.ts'
import { readPaper } from '../../../electron/core/goods/read-paper.ts'
import { understandLine } from '../../../electron/core/goods/understand-line.ts'
import { emptyDatabase } from '../../support/database.ts'
import { csv, oneCarton, paper } from './papers.ts'

const db = emptyDatabase()

const TODAY = '2026-11-21' as BusinessDate
const linesOf = (text: string): unknown => {
  const read = readPaper(text)
  return 'paper' in read ? read.paper.lines.map((line) => understandLine(db, line, TODAY)) : read.notes
}

test('any text at all is a paper or a list of reasons, never an exception', () => {
  const json = fc.json().map((text) => text.replace(/^\s*\{?/, '{'))
  const nearlyPaper = fc.record({ documentNumber: fc.anything(), supplier: fc.anything(), codes: fc.oneof(fc.array(fc.anything()), fc.anything()) }).map((value) => {
    try {
      return JSON.stringify(value) ?? ''
    } catch {
      return '{}'
    }
  })
  const nearlyCsv = fc.array(fc.array(fc.string({ unit: 'binary' }))).map((rows) => ['document_number,supplier,code,parent_code,level,drug,lot_number,manufactured_on,expires_on', ...rows.map((row) => row.join(','))].join('\n'))
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), json, nearlyPaper, nearlyCsv), (text) => {
      expect(Array.isArray(linesOf(text))).toBe(true)
    }),
    { numRuns: 1_000 },
  )
})

test('a paper with one character changed, dropped or doubled is read or refused, and never read as another document', () => {
  const sources = [paper(oneCarton()).text, csv(oneCarton()).text]
  fc.assert(
    fc.property(fc.constantFrom(...sources), fc.nat(), fc.constantFrom('drop', 'double', 'change'), fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }), (text, place, how, other) => {
      const at = place % text.length
      const changed = text.slice(0, at) + (how === 'drop' ? '' : how === 'double' ? (text[at] ?? '').repeat(2) : other) + text.slice(at + 1)
      const read = readPaper(changed)
      if ('paper' in read) expect(read.paper.lines.length).toBeLessThanOrEqual(oneCarton().length + 1)
      else expect(read.notes.every(({ refuses }) => refuses)).toBe(true)
    }),
    { numRuns: 500 },
  )
})

test('ten thousand columns, a megabyte without a line end and deep nesting are refused at once', () => {
  for (const text of ['a,'.repeat(10_000), 'x'.repeat(1_000_000), `{"codes":${'['.repeat(50_000)}`, `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`]) expect('notes' in readPaper(text)).toBe(true)
})

test('dates are read as spreadsheets write them, and only real ones', () => {
  const [row] = oneCarton()
  const read = readPaper(paper([{ ...row, code: row?.code ?? '' }]).text)
  const [line] = 'paper' in read ? read.paper.lines : []
  if (line === undefined) throw new Error('no line')
  const expiry = (text: string): unknown => {
    const understood = understandLine(db, { ...line, expiresOn: text }, TODAY)
    return 'row' in understood ? understood.row.expiresOn : understood.notes[0]?.problem
  }
  expect(['2028-03-01', '20280301', '2028/3/1', '2028.3.1', '2028年3月1日'].map(expiry)).toEqual(Array.from({ length: 5 }, () => '2028-03-01'))
  expect(['2028-02-30', '45717', '03/01/2028', '2028-13-01', 'soon', ''].map(expiry)).toEqual([...Array.from({ length: 5 }, () => 'field-invalid'), 'field-missing'])
})
