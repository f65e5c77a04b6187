import { describe, expect, it } from 'vitest'
import type { PreparedMessage } from '../../../electron/core/platform/client.ts'
import { basket, insurance, operator, person, soldRow, voucher } from './people-and-baskets.ts'
import type { Heard } from './platform-double.ts'
import { ok, openTill, refuse, say, startDouble } from './platform-double.ts'

const infnos = (heard: readonly Heard[]): string[] => heard.map((call) => call.infno)
const signedAs = (number: string) => ok({ signinoutb: { sign_no: number, sign_time: '2026-11-21 09:00:00' } })

describe('sign-in', () => {
  it('happens once an operator and day, before the first call that needs it', async () => {
    const double = await startDouble()
    const { client } = openTill(double.url)
    await client.readFilings(operator, person, insurance)
    await client.readFilings(operator, person, insurance)
    await client.readFilings({ operatorId: 'C02', operatorName: '测试丙' }, person, insurance)
    expect(infnos(double.heard)).toEqual(['9001', '5301', '5301', '9001', '5301'])
    expect(double.heard[0]?.envelope).toMatchObject({ sign_no: 'null', opter: 'C01', input: { signIn: { opter_no: 'C01', mac: '02:00:00:00:00:01', ip: '192.0.2.1' } } })
    expect(double.heard[1]?.envelope['sign_no']).toBe('359754')
  })

  it('is kept over a restart and asked for again the next business day', async () => {
    const double = await startDouble()
    const till = openTill(double.url)
    await till.client.readFilings(operator, person, insurance)
    await till.client.close()
    const again = openTill(double.url, undefined, till.db)
    await again.client.readFilings(operator, person, insurance)
    expect(infnos(double.heard)).toEqual(['9001', '5301', '5301'])
    again.clock.now += 15 * 3_600_000
    await again.client.readFilings(operator, person, insurance)
    expect(infnos(double.heard)).toEqual(['9001', '5301', '5301', '9001', '5301'])
  })

  it('is one call for all who need it at once', async () => {
    const double = await startDouble()
    const { client } = openTill(double.url)
    await Promise.all([client.readFilings(operator, person, insurance), client.readAccumulators(operator, person, insurance), client.prepareSettle(operator, basket)])
    expect(infnos(double.heard).filter((infno) => infno === '9001')).toHaveLength(1)
  })

  it('refused or not understood stops the call that needed it, and is tried again with the next', async () => {
    const double = await startDouble()
    const { client } = openTill(double.url)
    double.signIn = refuse('操作员不存在')
    expect(await client.readPerson(operator, voucher)).toMatchObject({ kind: 'not-sent', code: 'platform.sign-in-failed', detail: { text: '操作员不存在' } })
    double.signIn = ok(null)
    expect(await client.prepareSettle(operator, basket)).toMatchObject({ kind: 'not-sent', code: 'platform.sign-in-failed' })
    double.signIn = (_heard, response) => { response.destroy() }
    expect(await client.prepareUpload(operator, soldRow, 'sale')).toMatchObject({ kind: 'not-sent', code: 'platform.sign-in-failed', detail: { reason: 'platform.timeout' } })
    double.signIn = say(401, '{"code":401,"message":"签名不一致!"}')
    expect(await client.prepareSettle(operator, basket)).toMatchObject({ kind: 'not-sent', code: 'platform.gateway' })
    expect(infnos(double.heard)).toEqual(['9001', '9001', '9001', '9001'])
    double.signIn = null
    expect(await client.prepareSettle(operator, basket)).toMatchObject({ kind: 'prepared' })
  })

  it('that the platform has forgotten is made anew, once, for a call without effect', async () => {
    const double = await startDouble()
    const { client } = openTill(double.url)
    await client.readFilings(operator, person, insurance)
    double.signIn = signedAs('777')
    double.respond = (heard, response) => (heard.envelope['sign_no'] === '777' ? ok({ feedetail: [] }) : refuse('签到编号不存在，请先签到'))(heard, response)
    expect(await client.readFilings(operator, person, insurance)).toMatchObject({ kind: 'answered' })
    expect(infnos(double.heard)).toEqual(['9001', '5301', '5301', '9001', '5301'])
    const [, , refused, , repeated] = double.heard
    expect(repeated?.envelope['msgid']).not.toBe(refused?.envelope['msgid'])
  })

  it('that the platform never finds is not tried for ever', async () => {
    const double = await startDouble()
    const { client } = openTill(double.url)
    double.respond = refuse('操作员未签到')
    expect(await client.readFilings(operator, person, insurance)).toMatchObject({ kind: 'refused', detail: { text: '操作员未签到' } })
    expect(infnos(double.heard)).toEqual(['9001', '5301', '9001', '5301'])
  })

  it('missing for a stored settlement: nothing was processed, the same bytes are never changed, the next one signs in anew', async () => {
    const double = await startDouble()
    const { client } = openTill(double.url)
    const prepare = async (): Promise<PreparedMessage> => {
      const result = await client.prepareSettle(operator, basket)
      if (result.kind !== 'prepared') throw new Error(result.code)
      return result.message
    }
    const stored = await prepare()
    double.respond = refuse('操作员未签到')
    expect(await client.sendSettle(stored, basket)).toMatchObject({ kind: 'not-sent', code: 'platform.sign-in-failed' })
    expect(infnos(double.heard)).toEqual(['9001', '2102'])
    double.signIn = signedAs('888')
    const next = await prepare()
    expect(infnos(double.heard)).toEqual(['9001', '2102', '9001'])
    expect(JSON.parse(Buffer.from(next.body).toString())).toMatchObject({ sign_no: '888' })
  })

  it('does not take a refused settlement for a lost sign-in', async () => {
    const double = await startDouble()
    const { client } = openTill(double.url)
    double.respond = refuse('该参保人已在他院签约')
    expect(await client.readFilings(operator, person, insurance)).toMatchObject({ kind: 'refused' })
    expect(infnos(double.heard)).toEqual(['9001', '5301'])
  })

  it('ends with 9002, and is not sent when there was none', async () => {
    const double = await startDouble()
    const { client } = openTill(double.url)
    expect(await client.signOut(operator)).toMatchObject({ kind: 'answered' })
    expect(double.heard).toHaveLength(0)
    await client.readFilings(operator, person, insurance)
    double.respond = ok({ sign_time: { sign_time: '2026-11-21 21:00:00' } })
    expect(await client.signOut(operator)).toMatchObject({ kind: 'answered' })
    expect(double.heard.at(-1)?.envelope).toMatchObject({ infno: '9002', input: { signOut: { sign_no: '359754', opter_no: 'C01' } } })
    await client.readFilings(operator, person, insurance)
    expect(infnos(double.heard)).toEqual(['9001', '5301', '9002', '9001', '5301'])
  })

  it('is not needed for looking whether the line is up', async () => {
    const double = await startDouble()
    const { client } = openTill(double.url)
    double.respond = refuse('操作员未签到')
    expect((await client.probe(operator)).state).toBe('online')
    expect(infnos(double.heard)).toEqual(['1901'])
  })
})
