import { GS, readScanned } from './gs1-elements.ts'
import type { Element } from './recognised.ts'
import { REFERENCE_YEAR } from './short-dates.ts'

/**
 * How a GS1 pack's code is sent; no public text says what the platform wants (trace-codes.md §1.3), so the region's profile names one.
 * gs-removed: the symbol's data, separators taken out · gs-kept: as it stands · bracketed: `(01)…(21)…` in the symbol's order · identifier-serial: `01` GTIN `21` serial only.
 * Other issuers' codes have one form: all are sent as they stand.
 */
export const OUTGOING_FORMS = ['gs-removed', 'gs-kept', 'bracketed', 'identifier-serial'] as const
export type OutgoingForm = (typeof OUTGOING_FORMS)[number]

/** The field has 100 characters in newer texts, 30 in older: the profile's width is the caller's to check. */
const LONGEST_CODE = 100

/** What a form is made of; a `PackTrace` has it. `symbol`: no AIM, no brackets, separators kept. */
export interface OutgoingParts {
  readonly issuer: string
  readonly symbol: string
  readonly identifier: string
  readonly serial: string
}

const gs1Form = (form: OutgoingForm, { symbol, identifier, serial }: OutgoingParts): string => {
  switch (form) {
    case 'gs-removed':
      return symbol.replaceAll(GS, '')
    case 'gs-kept':
      return symbol
    case 'bracketed': {
      const elements: Element[] = []
      // The symbol was accepted when it was scanned: no doubt is left, and its dates do not matter here.
      readScanned(symbol, 0, symbol.length, REFERENCE_YEAR, true, elements)
      return elements.map(({ ai, value }) => `(${ai})${value}`).join('')
    }
    case 'identifier-serial':
      return `01${identifier}21${serial}`
  }
}

/** Null: longer than any platform's field, never cut to fit. */
export const outgoingCode = (form: OutgoingForm, parts: OutgoingParts): string | null => {
  const code = parts.issuer === 'GS1' ? gs1Form(form, parts) : parts.symbol
  return code === '' || code.length > LONGEST_CODE ? null : code
}
