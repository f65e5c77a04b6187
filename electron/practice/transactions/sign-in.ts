import { checkSignedIn, nodeOf } from '../call.ts'
import type { Call } from '../call.ts'
import { dateText, timeText } from '../province-time.ts'
import { refuse } from '../refusal.ts'
import { textOf } from '../wire-values.ts'

/** 9001. One operator may be signed in at several tills: each sign-in has its own number, good until midnight or 9002. */
export const signIn = (call: Call): unknown => {
  const row = nodeOf(call, 'signIn')
  const { store, profile } = call.province
  const operator = textOf(row, 'opter_no')
  if (operator !== call.operator) refuse('操作员编号(opter_no)与经办人(opter)不一致')
  const date = dateText(call.now)
  if (profile.signInAgain === 'refuse') {
    for (const earlier of store.shelves.signIns.values()) {
      if (earlier.institution === call.institution.code && earlier.operator === operator && earlier.date === date && earlier.outAt !== null)
        refuse('该操作员当日已签退,不能再次签到')
    }
  }
  const signNo = `${date.replaceAll('-', '')}${String(store.next('sign-in')).padStart(6, '0')}`
  store.put('signIns', signNo, { signNo, institution: call.institution.code, operator, date, at: call.now, outAt: null })
  return { signinoutb: { sign_time: timeText(call.now), sign_no: signNo } }
}

/** 9002. */
export const signOut = (call: Call): unknown => {
  const row = nodeOf(call, 'signOut')
  const current = checkSignedIn(call)
  if (textOf(row, 'sign_no') !== current.signNo) refuse('签到编号(sign_no)与当前签到不一致')
  if (textOf(row, 'opter_no') !== current.operator) refuse('操作员编号(opter_no)与签到操作员不一致')
  call.province.store.put('signIns', current.signNo, { ...current, outAt: call.now })
  return { sign_time: { sign_time: timeText(call.now) } }
}
