import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { ERRATA } from '../../../electron/practice/errata.ts'
import type { PaperTransaction as ErrataTransaction } from '../../../electron/practice/errata.ts'

/** The tables as published, read anew: tests do not ask the code under test what the tables say. */
export interface PaperField {
  readonly code: string
  readonly name: string
  readonly kind: string
  readonly width?: number
  readonly digits?: number
  readonly decimals?: number
  readonly required: boolean
  readonly dictionary?: string
}
export interface PaperNode {
  readonly node: string | null
  readonly rows: 'one' | 'many'
  readonly nested?: boolean
  readonly fields: readonly PaperField[]
}
export interface PaperTransaction {
  readonly name: string
  readonly input: readonly PaperNode[]
  readonly output: readonly PaperNode[]
}

const data = (name: string): string => readFileSync(new URL(`../../../electron/practice/data/${name}`, import.meta.url), 'utf8')

export const paper = (JSON.parse(data('transactions.json')) as { transactions: Record<string, PaperTransaction> }).transactions

export const dictionary = (() => {
  const values = new Map<string, Set<string>>()
  for (const row of parse(data('dictionary.csv'), { columns: true }) as { field: string; code: string }[])
    values.set(row.field, (values.get(row.field) ?? new Set()).add(row.code))
  return values
})()

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/**
 * The tables as the province reads them: with the errata it lists (electron/practice/errata.ts), which are choices and not what these tests prove.
 * Tables in camel case name their dictionaries so too.
 */
export const asRead: Readonly<Record<string, PaperTransaction>> = (() => {
  const copy = structuredClone(paper) as Record<string, ErrataTransaction>
  for (const [infno, correct] of Object.entries(ERRATA)) correct(copy[infno]!)
  for (const { input, output } of Object.values(copy))
    for (const { fields } of [...input, ...output])
      for (const field of fields) if (field.dictionary !== undefined && !dictionary.has(field.dictionary) && dictionary.has(snake(field.dictionary))) field.dictionary = snake(field.dictionary)
  return copy as Record<string, PaperTransaction>
})()
