import { describe, expect, test } from 'vitest'
import { accepted, refused } from '../../electron/practice/answer.ts'
import type { Reception } from '../../electron/practice/answer.ts'
import { PracticeProfile } from '../../electron/practice/profile.ts'
import { NOON } from './support/shop.ts'

const profile = PracticeProfile.parse({})
const reception = (n: number, changed = profile): Reception => ({
  profile: changed,
  area: '999900',
  msgid: `P9999990000120261121100000${String(n).padStart(4, '0')}`,
  at: NOON + 469,
  sequence: 77,
})

describe('the form of an answer', () => {
  test('has a reference number of area, time and running number, and times to the millisecond', () => {
    expect(accepted(reception(0), { x: 1 })).toEqual({
      infcode: 0,
      inf_refmsgid: '999900202611211000000000000077',
      refmsg_time: '20261121100000469',
      respond_time: '20261121100000469',
      err_msg: '',
      output: { x: 1 },
      warn_msg: null,
      cainfo: '',
      signtype: '',
    })
  })

  test('changes with the message number as provinces differ, the same number always alike', () => {
    const forms = Array.from({ length: 60 }, (_, n) => accepted(reception(n), {}))
    expect(new Set(forms.map((answer) => answer.infcode))).toEqual(new Set([0, '0']))
    expect(new Set(forms.map((answer) => answer.err_msg))).toEqual(new Set(['', null]))
    expect(forms.some((answer) => answer.respond_time === null)).toBe(true)
    expect(accepted(reception(5), {})).toEqual(accepted(reception(5), {}))
  })

  test('of a refusal has class names and server marks around the Chinese text, like the samples', () => {
    const texts = [0, 1, 2, 3].map((n) => refused(reception(n), '该结算已撤销', -1).err_msg)
    expect(texts[0]).toBe('该结算已撤销')
    expect(texts[1]).toBe('MBS-cn.hsa.ais.common.exception.HygeiaException: 请求失败,错误原因：该结算已撤销')
    expect(texts[2]).toMatch(/^该结算已撤销\([0-9a-f]{32}@10\.0\.0\.1\)$/)
    expect(texts[3]).toMatch(/^MBS-.*：该结算已撤销\([0-9a-f]{32}@10\.0\.0\.1\)$/)
    expect([0, 1].map((n) => refused(reception(n), 'x', -1).infcode)).toEqual([-1, '-1'])
    expect(refused(reception(1), 'x', -1)).toMatchObject({ inf_refmsgid: null, refmsg_time: null, respond_time: null, output: null })
  })

  test('is plain where the profile wants it so', () => {
    const plain = PracticeProfile.parse({ answerForms: 'plain' })
    for (let n = 0; n < 20; n += 1) expect([accepted(reception(n, plain), {}).infcode, refused(reception(n, plain), '文', -1).err_msg]).toEqual([0, '文'])
  })
})
