import type { AlarmOutcome, PackState } from '../../contract/index.ts'

/** What may become of a set-aside pack, by where the ledger has it; null: this shop never had it. */
export const possibleOutcomes = (state: PackState | null): readonly AlarmOutcome[] => {
  switch (state) {
    case null:
    case 'locked':
    case 'in-stock':
    case 'returned':
      return ['returned-to-supplier', 'handed-to-authority', 'destroyed', 'genuine-released', ...(state === null ? (['left-the-shop'] as const) : [])]
    case 'split-open':
      return ['destroyed', 'genuine-released']
    case 'in-sale':
      // First it leaves the sale; only a cleared pack may stay in it.
      return ['genuine-released']
    case 'sold':
    case 'settled':
      return ['left-the-shop', 'genuine-released']
    case 'destroyed':
      return ['destroyed', 'genuine-released']
    case 'transferred':
      return ['returned-to-supplier', 'handed-to-authority', 'genuine-released']
  }
}
