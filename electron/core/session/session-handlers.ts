import type { Staff } from '../../contract/index.ts'
import type { Caller, House } from '../house.ts'
import type { Handlers } from '../rpc/handlers.ts'
import { signIn } from './sign-in.ts'
import { listStaff } from './staff-store.ts'

const asStaff = (caller: Caller): Staff => ({ staffId: caller.staffId, name: caller.staffName, role: caller.role })

export const sessionHandlers = (house: Pick<House, 'db'>): Pick<Handlers, 'session.listStaff' | 'session.getCurrent' | 'session.signIn' | 'session.signOut'> => ({
  'session.listStaff': () => listStaff(house.db),
  'session.getCurrent': call => ({ staff: call.caller === null ? null : asStaff(call.caller) }),
  'session.signIn': async (call, { staffId, pin }) => {
    const caller = await signIn(house.db, staffId, pin, call.at)
    call.connection.setCaller(caller)
    return { staff: asStaff(caller) }
  },
  'session.signOut': call => {
    call.connection.setCaller(null)
    return {}
  },
})
