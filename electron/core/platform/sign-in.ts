import type { BusinessDate, Instant } from '../../contract/index.ts'
import { businessDate } from '../../domain/calendar.ts'
import type { WritableDb } from '../db/database.ts'
import type { NotSent } from './call.ts'
import type { Operator } from './client.ts'

export type SignedIn = { readonly kind: 'signed-in'; readonly signNumber: string }

export interface SignIns {
  /** The operator's sign-in number of today; signs in when there is none. Two who ask at once share one call. */
  readonly current: (operator: Operator) => Promise<SignedIn | NotSent>
  /** The platform no longer knows this number. */
  readonly forget: (operatorId: string, signNumber: string) => void
  readonly known: (operator: Operator) => string | null
}

/** Sign-ins by operator and business day (platform.md §5), kept across restarts: a second 9001 the same day is not always taken. */
export const createSignIns = (db: WritableDb, clock: () => number, signIn: (operator: Operator) => Promise<SignedIn | NotSent>): SignIns => {
  const find = db.prepare(`select sign_number from platform_sign_in where operator = ? and business_date = ?`).pluck()
  const save = db.prepare(`insert into platform_sign_in (operator, business_date, sign_number, signed_at) values (@operator, @date, @signNumber, @at)
    on conflict (operator, business_date) do update set sign_number = excluded.sign_number, signed_at = excluded.signed_at`)
  const remove = db.prepare(`delete from platform_sign_in where operator = ? and sign_number = ?`)
  const running = new Map<string, Promise<SignedIn | NotSent>>()
  const today = (): BusinessDate => businessDate(clock() as Instant)
  const known = (operator: Operator): string | null => (find.get(operator.operatorId, today()) as string | undefined) ?? null

  const signInNow = async (operator: Operator, date: BusinessDate): Promise<SignedIn | NotSent> => {
    const answer = await signIn(operator)
    if (answer.kind === 'signed-in') save.run({ operator: operator.operatorId, date, signNumber: answer.signNumber, at: clock() })
    return answer
  }

  return {
    known,
    forget: (operatorId, signNumber) => { remove.run(operatorId, signNumber) },
    current: async (operator) => {
      const signNumber = known(operator)
      if (signNumber !== null) return { kind: 'signed-in', signNumber }
      const date = today()
      const key = JSON.stringify([operator.operatorId, date])
      const shared = running.get(key) ?? signInNow(operator, date).finally(() => running.delete(key))
      running.set(key, shared)
      return shared
    },
  }
}
