import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTransactions } from '../../electron/practice/province.ts'
import { startPractice } from '../../electron/practice/server.ts'
import type { Practice } from '../../electron/practice/server.ts'
import { voucherOf } from './support/examples.ts'
import { paper } from './support/paper.ts'
import { sampleOf } from './support/samples.ts'
import { errorText, NOON, signedIn } from './support/shop.ts'
import type { Shop } from './support/shop.ts'

let practice: Practice
let shop: Shop
const failed: string[] = []
beforeAll(async () => {
  practice = await startPractice({ clock: () => NOON, profile: { answerForms: 'plain' }, log: (line) => void (line.outcome === 'failed' && failed.push(`${line.infno} ${line.text}`)) })
  shop = await signedIn(practice)
})
afterAll(() => practice.close())

/** The voucher is decoded on the till: a box answers it, no gateway. */
const AT_THE_TILL = '6101'

describe('all eighty transactions of the paper', () => {
  const all = Object.keys(paper)

  test('are eighty, and nothing else is open', () => {
    expect(all.length).toBe(80)
    expect([...openTransactions(), AT_THE_TILL].sort()).toEqual([...all].sort())
  })

  test.each(all.filter((infno) => infno !== AT_THE_TILL))('%s takes a valid message', async (infno) => {
    const sample = await sampleOf(shop, infno)
    const { status, body, text } = await shop.call(infno, sample.input, sample.change)
    expect([status, Number(body.infcode), errorText(body)], text.slice(0, 300)).toEqual([200, 0, ''])
    const row = (body.output as { result?: { retRslt?: string; msgRslt?: string } } | null)?.result
    expect([row?.retRslt ?? '1', row?.msgRslt ?? '']).toEqual(['1', ''])
    expect(failed).toEqual([])
  })

  test('6101 is answered by the box on the till', async () => {
    expect(await voucherOf(shop, 'employee')).toMatch(/^\d{6}ec[0-9a-f]{32}$/)
  })

  test.each(all.filter((infno) => infno !== AT_THE_TILL))('%s stands nonsense: a refusal in the envelope, never an error', async (infno) => {
    for (const input of [{}, [], null, 'x', { data: null }, { data: [] }, { data: { x: 1 } }, { data: [[]] }, { '': {} }]) {
      const { status, body } = await shop.call(infno, input)
      expect([status, Number(body.infcode)]).toEqual([200, -1])
    }
    expect(failed).toEqual([])
  })
})
