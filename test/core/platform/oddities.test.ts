import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../../electron/core/platform/client.ts'
import type { BusinessDate } from '../../../electron/contract/index.ts'
import { fen } from '../../../electron/contract/index.ts'
import type { Oddity } from './oddities.ts'
import { ODDITIES } from './oddities.ts'
import { basket, insurance, operator, person, soldRow, voucher } from './people-and-baskets.ts'
import type { Till } from './platform-double.ts'
import { openTill, startDouble } from './platform-double.ts'

type Prepared = { readonly kind: string; readonly message?: unknown }
const message = (prepared: Prepared): never => {
  if (prepared.kind !== 'prepared') throw new Error(`not prepared: ${JSON.stringify(prepared)}`)
  return prepared.message as never
}

const ask = async ({ client }: Till, call: Oddity['call']): Promise<Outcome<unknown>> => {
  const settlement = { setlId: 'SETL1', visitId: 'VISIT1', personNumber: person.personNumber, region: '430100' }
  switch (call) {
    case 'person':
      return client.readPerson(operator, voucher)
    case 'filings':
      return client.readFilings(operator, person, insurance)
    case 'totals':
      return client.totals(operator, { insuranceType: '310', clearingType: '41', clearingOffice: '', refund: false, from: '2026-11-20' as BusinessDate, to: '2026-11-20' as BusinessDate, count: 0, totalFen: fen(0), fundFen: fen(0), accountFen: fen(0) })
    case 'known-sales':
      return client.soldElsewhere(operator, { nationalCode: 'XC09CAX089A001010100001', code: '89000000000000000001' })
    case 'settle':
      return client.sendSettle(message(await client.prepareSettle(operator, basket)), basket)
    case 'cancel':
      return client.sendCancel(message(await client.prepareCancel(operator, settlement)))
    case 'reverse':
      return client.sendReverse(message(await client.prepareReverse(operator, { messageId: 'P99999900001202611210900000001', infno: '2102', personNumber: person.personNumber, region: '430100' })))
    case 'upload':
      return client.sendUpload(message(await client.prepareUpload(operator, soldRow, 'sale')))
  }
}

describe('an answer in which', () => {
  it.each(ODDITIES.map((oddity) => [oddity.name, oddity] as const))('%s', async (_name, { call, status, answer, want }) => {
    const double = await startDouble()
    double.respond = (heard, response) => {
      response.statusCode = status ?? 200
      response.end(answer(String(heard.envelope['msgid'])))
    }
    const till = openTill(double.url)
    const outcome = await ask(till, call)
    expect({ kind: outcome.kind, detail: outcome.kind === 'answered' ? null : outcome.detail }).toMatchObject({ kind: want.kind })
    if (want.code !== undefined) expect(outcome.kind === 'answered' ? '' : outcome.code).toBe(want.code)
    if (want.text !== undefined) expect(outcome.kind === 'answered' ? '' : outcome.detail['text']).toBe(want.text)
    if (want.value !== undefined) expect(outcome.kind === 'answered' ? outcome.value : null).toMatchObject(want.value as object)
    // What is not understood is kept, masked where it is logged.
    if (outcome.kind === 'unknown') expect(outcome.raw).not.toBeNull()
    for (const personal of [person.idNumber, person.name, voucher.number]) expect(till.log()).not.toContain(personal)
  })
})
