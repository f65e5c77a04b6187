import { expect, test } from 'vitest'
import { lost, offline } from '../../support/fake-platform.ts'
import { codeOf } from '../../support/small-shop.ts'
import type { Till } from '../../support/till.ts'
import { openTill } from '../../support/till.ts'

const DAY = '2026-11-21' as never
const run = (till: Till) => till.client.command('reconcile.runTotals', { from: DAY, to: DAY })

test('every insurance and clearing type is compared; a cancelled settlement stands in both, settled and refunded', async () => {
  const till = await openTill()
  await till.sellInsured(codeOf('amoxicillin', 1))
  const back = await till.sellInsured(codeOf('ibuprofen', 1))
  await till.giveBack(back, '退')
  await till.sell(codeOf('amoxicillin', 2))
  const result = await run(till)
  expect(result).toMatchObject({
    balanced: true,
    unconfirmed: 0,
    rows: [
      { insuranceType: '310', clearingType: '41', refund: false, count: 2, totalFen: 3379, fundFen: 1689, accountFen: 844 },
      { insuranceType: '310', clearingType: '41', refund: true, count: 1, totalFen: -2262, fundFen: -1131, accountFen: -565 },
    ],
  })
  expect(till.platform.calls.filter((call) => call.name === '3201').map((call) => call.about)).toMatchObject([
    { refund: false, clearingOffice: '999900', from: DAY, to: DAY },
    { refund: true },
  ])
  expect(till.db.prepare('select balanced from reconciliation').pluck().all()).toEqual([1])
})

test("the account of a relative is not our person's account: 3201 has its own payments only", async () => {
  const till = await openTill()
  till.platform.will('2102', (usual) => {
    const answer = usual() as { kind: 'answered'; value: { figures: { accountFen: number; familyAccountFen: number } } }
    return {
      ...answer,
      value: { ...answer.value, figures: { ...answer.value.figures, accountFen: 0, familyAccountFen: answer.value.figures.accountFen } },
    } as never
  })
  await till.sellInsured(codeOf('amoxicillin', 1))
  expect((await run(till)).rows).toMatchObject([{ fundFen: 558, accountFen: 0 }])
})

test("a settlement of another day is not in this one's sums, by the platform's own time", async () => {
  const till = await openTill()
  till.platform.will('2102', (usual) => {
    const answer = usual() as { kind: 'answered'; value: object }
    return { ...answer, value: { ...answer.value, settledAt: '2026-11-20 23:59:58' } } as never
  })
  await till.sellInsured(codeOf('amoxicillin', 1))
  expect((await run(till)).rows.filter((row) => row.count > 0)).toEqual([])
})

test('what we say was never settled is asked about too: the province must have none of it', async () => {
  const till = await openTill()
  const sale = await till.start()
  await till.scan(sale, codeOf('amoxicillin', 1))
  await till.person(sale)
  await till.quote(sale)
  till.platform.will('2102', lost())
  await till.settle(sale)
  expect(await run(till)).toMatchObject({ unconfirmed: 1, rows: [{ insuranceType: '310', clearingType: '41', refund: false, count: 0, totalFen: 0 }] })
  await till.outbox()
  till.platform.balanced = false
  expect(await run(till)).toMatchObject({ balanced: false, unconfirmed: 0, rows: [{ count: 0, balanced: false, explanation: '不平' }] })
})

test('without a line there is no result, and none is kept', async () => {
  const till = await openTill()
  await till.sellInsured(codeOf('amoxicillin', 1))
  till.platform.will('3201', offline())
  expect(await till.refusal('reconcile.runTotals', { from: DAY, to: DAY })).toMatchObject({ code: 'platform.offline' })
  expect(till.db.prepare('select count(*) from reconciliation').pluck().get()).toBe(0)
})
