import type { Till } from './till.ts'
import { goTo } from './till.ts'

/** Another page, opened on one sale or one pack. */
export const goSeeSale = (till: Till, receiptNumber: string): void => {
  goTo(till, 'sales')
  till.store.set({ sought: receiptNumber })
}
export const goSeePack = (till: Till, code: string): void => {
  goTo(till, 'pack')
  till.store.set({ sought: code })
}
/** What the page was opened for; once. */
export const takeSought = (till: Till): string => {
  const { sought } = till.store.get()
  if (sought !== '') till.store.set({ sought: '' })
  return sought
}
