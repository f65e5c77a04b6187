import { answerWith } from './till.ts'
import type { Till } from './till.ts'

/** Esc: one step back, the newest first; a sale is never touched. */
export const stepBack = (till: Till): void => {
  const { digits, panel } = till.store.get()
  if (answerWith(till, 'Escape')) return
  if (digits !== '') till.store.set({ digits: '' })
  else if (panel !== 'none') till.store.set({ panel: 'none' })
}
