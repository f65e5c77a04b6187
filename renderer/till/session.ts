import type { Staff } from '../../electron/contract/index.ts'
import { resume } from './holding.ts'
import { attempt } from './till.ts'
import type { Till } from './till.ts'

/** Errors session.wrong-pin, session.locked-out: the sign-in screen says them in place. */
export const signIn = async (till: Till, staffId: string, pin: string): Promise<void> => {
  const { staff } = await till.core.command('session.signIn', { staffId, pin })
  await begin(till, staff)
}

/** Somebody is signed in: the sale that was on the screen, or in core, is there again. */
export const begin = async (till: Till, staff: Staff): Promise<void> => {
  till.store.set({ staff, locked: false })
  const shown = till.store.get().sale
  if (shown === null) await resume(till)
  else till.store.set({ sale: await till.core.query('sale.getSale', { saleId: shown.saleId }) })
  const { shift } = await till.core.query('shift.getCurrent', {})
  if (shift === null) till.store.set({ overlay: { kind: 'open-shift' } })
}

/** F12. The sale stays where it is; nobody can touch it without a PIN. */
export const lock = (till: Till): Promise<null> =>
  attempt(till, async () => {
    till.store.set({ locked: true, overlay: null, panel: 'none', digits: '', halfCredential: null })
    await till.core.command('session.signOut', {})
    till.store.set({ staff: null })
    return null
  })
