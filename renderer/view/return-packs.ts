import type { BroughtBack, ReturnCheck, ReturnedAs } from '../../electron/contract/index.ts'

/** What was brought back so far, by code. */
export type Brought = ReadonlyMap<string, ReturnedAs>

export type PackMark = ReturnedAs | 'waiting' | 'no-scan'
export const markOf = (pack: ReturnCheck['packs'][number], brought: Brought): PackMark => brought.get(pack.code) ?? (pack.mustScan ? 'waiting' : 'no-scan')

export const scansWanted = (check: ReturnCheck, brought: Brought): { readonly done: number; readonly all: number } => {
  const wanted = check.packs.filter((pack) => pack.mustScan)
  return { done: wanted.filter((pack) => brought.has(pack.code)).length, all: wanted.length }
}

/** Opened or damaged, and back: only of a pack that is here. Packs without a code of their own are here unseen. */
export const toggleDamaged = (pack: ReturnCheck['packs'][number], brought: Brought): Brought => {
  const mark = markOf(pack, brought)
  if (pack.units !== null || mark === 'waiting' || mark === 'unscannable') return brought
  return new Map([...brought, [pack.code, mark === 'damaged' ? 'sellable' : 'damaged']])
}

export const broughtList = (brought: Brought): BroughtBack[] => [...brought].map(([code, back]) => ({ code, back }))
