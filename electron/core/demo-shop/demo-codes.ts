import type { DrugId } from '../../contract/index.ts'
import { GS1_ROWS } from './demo-plan.ts'

// Everything here is made up and marked so: identifiers 8900000–8999999 and GTIN prefix 6999 belong to no real goods.

const digits = (n: number, width: number): string => String(n).padStart(width, '0')

export const isGs1 = (row: number): boolean => GS1_ROWS.includes(row)

const checkDigit = (body: string): string => {
  let sum = 0
  for (let i = body.length - 1, weight = 3; i >= 0; i -= 1, weight = 4 - weight) sum += Number(body[i]) * weight
  return String((10 - (sum % 10)) % 10)
}

export const productId = (row: number): DrugId => `P${digits(row, 4)}` as DrugId
export const pieceId = (row: number): DrugId => `T${digits(row, 4)}` as DrugId

/** GTIN-13: 6999, the row, a check digit. */
export const barcodeOf = (row: number): string => {
  const body = `6999${digits(row, 8)}`
  return body + checkDigit(body)
}
export const gtinOf = (row: number): string => `0${barcodeOf(row)}`

const FIRST_OF_LEVEL = { 1: 8_900_000, 2: 8_900_600, 3: 8_901_200 } as const
export type PackLevel = keyof typeof FIRST_OF_LEVEL
/** Each level has an identifier of its own (trace-codes.md §1.2). */
export const identifierOf = (row: number, level: PackLevel = 1): string => String(FIRST_OF_LEVEL[level] + row - 1)

/** Serial of a pack: 1, lot ordinal (2), row (4), running number (6). */
const serialOf = (row: number, lotOrdinal: number, running: number): string => `1${digits(lotOrdinal, 2)}${digits(row, 4)}${digits(running, 6)}`
/** What all 20-digit codes of a lot begin with; six digits of a running number follow. */
export const lotFront = (row: number, lotOrdinal: number): string => identifierOf(row) + serialOf(row, lotOrdinal, 0).slice(0, -6)
/** The same number in letters: digits in an unseparated AI 21 could be read as another AI, and such a scan is refused as ambiguous. */
const inLetters = (serial: string): string => serial.replace(/\d/g, (digit) => 'ABCDEFGHJK'.charAt(Number(digit)))

/** The GTIN names the row already; with nine characters the code fits the 30 of the older 3505 tables. */
export const gs1Pack = (row: number, lotOrdinal: number, running: number): { readonly code: string; readonly identifier: string; readonly serial: string } => {
  const identifier = gtinOf(row)
  const serial = inLetters(`1${digits(lotOrdinal, 2)}${digits(running, 6)}`)
  return { code: `01${identifier}21${serial}`, identifier, serial }
}
export const packCode = (row: number, lotOrdinal: number, running: number): string =>
  isGs1(row) ? gs1Pack(row, lotOrdinal, running).code : identifierOf(row) + serialOf(row, lotOrdinal, running)

/** Sold somewhere else: the practice province knows serials 1–9 of every identifier, the shop's alarm list only some. */
export const soldElsewhereCode = (row: number, nth: number): string => `${identifierOf(row)}9999999${digits(nth, 6)}`
/** Right in form, of a known drug, but never received here and sold nowhere. */
export const neverReceivedCode = (row: number, nth: number): string => `${identifierOf(row)}7${digits(row, 4)}${digits(nth, 8)}`
/** On the paper of the delivery that waits at the back door. */
export const deliveredCode = (row: number, nth: number): string => `${identifierOf(row)}2${digits(row, 4)}${digits(nth, 8)}`
/** A middle pack or a carton. */
export const outerPackCode = (row: number, level: 2 | 3, nth: number): string => `${identifierOf(row, level)}${level}${digits(row, 4)}${digits(nth, 8)}`

/** A front that nobody but this shop's pharmacist has linked. */
export const learntIdentifier = '8902398'
export const learntPackCode = (nth: number): string => `${learntIdentifier}6${digits(nth, 12)}`
