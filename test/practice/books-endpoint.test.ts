import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { practiceAccess } from '../../electron/practice/profile.ts'
import { startPractice } from '../../electron/practice/server.ts'
import type { Practice } from '../../electron/practice/server.ts'
import { settle } from './support/messages.ts'
import { person, signedIn } from './support/shop.ts'

let practice: Practice
beforeAll(async () => {
  practice = await startPractice({ clock: () => Date.UTC(2026, 10, 21, 2, 0, 0) })
})
afterAll(() => practice.close())

const read = async (headers: Record<string, string>): Promise<{ status: number; body: Record<string, unknown> }> => {
  const response = await fetch(`${practice.localServiceUrl}/books`, { headers })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

describe('the books of the practice province, read from outside', () => {
  test('are shown to nobody without an access key of the province', async () => {
    expect(await read({})).toMatchObject({ status: 401, body: { code: 401, message: '缺少服务网关的请求头!' } })
    expect(await read({ _api_access_key: 'other' })).toMatchObject({ status: 401, body: { code: 401, message: '非法用户!' } })
  })

  test('tell what was booked, and name nobody', async () => {
    const shop = await signedIn(practice)
    const { setlinfo, msgid } = await settle(shop, person('employee'), [{ drug: 'famotidine', count: 1, price: 5.6 }])
    const { status, body } = await read({ _api_access_key: practiceAccess.accessKey })
    expect(status).toBe(200)
    expect(body['settlements']).toEqual([expect.objectContaining({ setlId: setlinfo['setl_id'], msgid, state: 'booked', totalFen: 560, accountFen: 560 })])
    expect(body['answered']).toMatchObject({ 2102: { accepted: 1, refused: 0 } })
    expect(JSON.stringify(body)).not.toContain(person('employee').name)
    expect(JSON.stringify(body)).not.toContain(person('employee').idNumber)
  })
})
