import { createHash } from 'node:crypto'
import { compactTime, compactTimeMs } from './province-time.ts'
import type { PracticeProfile } from './profile.ts'

/** What goes back inside the envelope. */
export interface Answer {
  readonly infcode: number | string
  readonly inf_refmsgid: string | null
  readonly refmsg_time: string | null
  readonly respond_time: string | null
  readonly err_msg?: string | null
  readonly message?: string
  readonly output: unknown
  readonly warn_msg: string | null
  readonly cainfo: string
  readonly signtype: string
}

export interface Reception {
  readonly profile: PracticeProfile
  readonly area: string
  readonly msgid: string
  readonly at: number
  readonly sequence: number
}

/** Area (6) + time (14) + running number (10). */
const referenceId = (reception: Reception): string => `${reception.area}${compactTime(reception.at)}${String(reception.sequence).padStart(10, '0')}`

/** Forms change with the last digits of the message number: the same message is always answered in the same form. */
const formOf = (reception: Reception): number => (reception.profile.answerForms === 'plain' ? 0 : Number(/\d{1,4}$/.exec(reception.msgid)?.[0] ?? 0))

export const accepted = (reception: Reception, output: unknown): Answer => {
  const form = formOf(reception)
  return {
    infcode: form % 3 === 2 ? '0' : 0,
    inf_refmsgid: referenceId(reception),
    refmsg_time: compactTimeMs(reception.at),
    respond_time: form % 7 === 3 ? null : compactTimeMs(reception.at),
    err_msg: form % 5 === 4 ? null : '',
    output,
    warn_msg: form % 2 === 1 ? '成功' : null,
    cainfo: '',
    signtype: '',
  }
}

const dressed = (form: number, text: string, msgid: string): string => {
  const prefix = form % 4 === 1 || form % 4 === 3 ? 'MBS-cn.hsa.ais.common.exception.HygeiaException: 请求失败,错误原因：' : ''
  const suffix = form % 4 >= 2 ? `(${createHash('md5').update(msgid).digest('hex')}@10.0.0.1)` : ''
  return prefix + text + suffix
}

/** `underMessage`: the text under `message` instead of `err_msg`, as one Hunan answer has it. */
export const refused = (reception: Reception, text: string, infcode: number, underMessage = false): Answer => {
  const form = formOf(reception)
  const bare = form % 4 === 1
  const words = dressed(form, text, reception.msgid)
  return {
    infcode: form % 2 === 1 ? String(infcode) : infcode,
    inf_refmsgid: bare ? null : referenceId(reception),
    refmsg_time: bare ? null : compactTimeMs(reception.at),
    respond_time: bare ? null : compactTimeMs(reception.at),
    ...(underMessage ? { message: words } : { err_msg: words }),
    output: null,
    warn_msg: null,
    cainfo: '',
    signtype: '',
  }
}
