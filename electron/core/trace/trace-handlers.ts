import { AppError } from '../../contract/index.ts'
import type { House } from '../house.ts'
import { callerOf } from '../rpc/handlers.ts'
import type { Handlers } from '../rpc/handlers.ts'
import { checkCode } from './judge-code.ts'
import { showPack } from './pack-store.ts'
import { codeOf } from './pack-key.ts'
import { keyOfTyped } from './typed-code.ts'

export const traceHandlers = (house: House): Pick<Handlers, 'trace.getPack' | 'trace.checkCode'> => ({
  'trace.checkCode': (call, asked) => ({ verdict: checkCode(house, { ...asked, mayLearn: callerOf(call).role !== 'cashier' }) }),
  /** Takes the code as scanned or typed; a virtual code as it stands. Error pack.not-found, without the text: it may have been somebody's payment code. */
  'trace.getPack': (_call, { code }) => {
    const key = keyOfTyped(house.db, code)
    const pack = key === null ? null : showPack(house.db, codeOf(house.db, key))
    if (pack === null) throw new AppError('pack.not-found', 'no such pack in the ledger')
    return pack
  },
})
