import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'

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
