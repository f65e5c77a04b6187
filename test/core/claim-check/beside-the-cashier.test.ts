import { expect, test, onTestFinished } from 'vitest'
import { fen } from '../../../electron/contract/index.ts'
import { askClaim } from '../../../electron/core/claim-check/ask-claim.ts'
import { claimOfSale } from '../../../electron/core/claim-check/claim-of-sale.ts'
import { watchBaskets } from '../../../electron/core/claim-check/watch-baskets.ts'
import { loadProfile, shippedProfileFile } from '../../../electron/core/platform/profile-file.ts'
import type { ClaimQuestion, FoundViolation } from '../../../electron/core/platform/transactions/claim-question.ts'
import { build } from '../../../electron/core/platform/transactions/t3101.ts'
import { PEOPLE } from '../../support/fake-platform.ts'
import { codeOf } from '../../support/small-shop.ts'
import { openTill } from '../../support/till.ts'
import type { Till } from '../../support/till.ts'

const raw = new Uint8Array()
const finding = (question: ClaimQuestion, resultId: string): FoundViolation => ({
  resultId, ruleId: 'R02', ruleName: '超量购药', text: '太多', basis: '', severity: 'highly-suspect', amountFen: fen(0), lines: [{ lineId: question.lines[0]!.lineId, role: 'violating' }],
})
const finds = (till: Till, resultId: string): void => {
  till.platform.claimAnswers.push((question) => ({ kind: 'answered', value: [finding(question, resultId)], raw }))
}
const profile = loadProfile(shippedProfileFile('practice'))
const operator = { operatorId: 'C1', operatorName: '收银' }

/** As a shop has it, where a timer asks; the tests' till asks only when told. */
const watched = async (quietMs = 0) => {
  const till = await openTill({ profile: { ...profile, audit: { ...profile.audit, quietMs } } })
  const watch = watchBaskets(till.core.house)
  onTestFinished(() => watch.close())
  return { till, watch }
}

test('a basket with person and lines is asked about by itself when it is quiet, once, and the till is told', async () => {
  const { till, watch } = await watched(5)
  const sale = await till.start()
  await till.scan(sale, codeOf('amoxicillin', 1))
  watch.changed(sale.saleId)
  await new Promise((resolve) => { setTimeout(resolve, 30) })
  expect(till.platform.claims).toEqual([])
  finds(till, 'J1')
  await till.person(sale)
  for (let again = 0; again < 5; again += 1) watch.changed(sale.saleId)
  await expect.poll(async () => (await till.get(sale)).claimCheck.state).toBe('violations')
  expect(till.platform.claims).toHaveLength(1)
  expect(till.platform.claims[0]).toMatchObject({ stage: 'before-trial', figures: null, lines: [{ drugId: 'P0214' }] })
  expect(till.events.some((event) => event.type === 'sale' && event.sale.claimCheck.violations.length === 1)).toBe(true)
  watch.changed(sale.saleId)
  await new Promise((resolve) => { setTimeout(resolve, 30) })
  expect(till.platform.claims).toHaveLength(1)
})

test('a basket that changes while it waits is asked about as it is then', async () => {
  const { till, watch } = await watched(40)
  const sale = await till.start()
  await till.scan(sale, codeOf('amoxicillin', 1))
  await till.person(sale)
  watch.changed(sale.saleId)
  await Promise.resolve()
  expect((await till.get(sale)).claimCheck.state).toBe('asking')
  await till.scan(sale, codeOf('ibuprofen', 1))
  watch.changed(sale.saleId)
  await expect.poll(() => till.platform.claims.length).toBe(1)
  expect(till.platform.claims[0]!.lines.map((line) => line.drugId)).toEqual(['P0214', 'P0286'])
})

test('a sale that is held, given up or paid by oneself before that is not asked about', async () => {
  const { till, watch } = await watched(15)
  const sale = await till.start()
  await till.scan(sale, codeOf('amoxicillin', 1))
  await till.person(sale)
  watch.changed(sale.saleId)
  await Promise.resolve()
  await till.client.command('sale.setInsured', { saleId: sale.saleId, insured: false })
  watch.changed(sale.saleId)
  await new Promise((resolve) => { setTimeout(resolve, 60) })
  expect(till.platform.claims).toEqual([])
})

test('an answer about a basket of the past is dropped', async () => {
  const till = await openTill()
  const sale = await till.start()
  await till.scan(sale, codeOf('amoxicillin', 1))
  await till.person(sale)
  let answer = (): void => {}
  const gate = new Promise<void>((resolve) => { answer = resolve })
  till.platform.claimAnswers.push(async (question) => {
    await gate
    return { kind: 'answered', value: [finding(question, 'J-OLD')], raw }
  })
  const asked = askClaim(till.core.house, operator, sale.saleId, 'before-trial')
  expect((await till.get(sale)).claimCheck.state).toBe('asking')
  await till.scan(sale, codeOf('ibuprofen', 1))
  expect((await till.get(sale)).claimCheck.state).toBe('off')
  answer()
  await asked
  expect((await till.get(sale)).claimCheck).toMatchObject({ state: 'off', violations: [] })
  expect(till.db.prepare(`select count(*) from claim_check`).pluck().get()).toBe(0)
})

test('two questions about one basket are one call', async () => {
  const till = await openTill()
  const sale = await till.start()
  await till.scan(sale, codeOf('amoxicillin', 1))
  await till.person(sale)
  await Promise.all([1, 2, 3].map(() => askClaim(till.core.house, operator, sale.saleId, 'before-trial')))
  expect(till.platform.claims).toHaveLength(1)
})

test('the settlement’s question has the trial’s figures, the first one has none', async () => {
  const till = await openTill()
  const sale = await till.start()
  await till.scan(sale, codeOf('amoxicillin', 1))
  await till.person(sale)
  await till.quote(sale)
  await till.settle(sale)
  expect(till.platform.claims.map(({ stage, figures }) => [stage, figures?.totalFen ?? null])).toEqual([['before-trial', null], ['before-settle', 1_117]])
})

test('a day of birth that nobody told is not made up: nothing is sent, and that is noted', async () => {
  const till = await openTill()
  till.platform.people = [{ ...PEOPLE[0]!, idType: '02', idNumber: 'H12345678' }]
  const sale = await till.start()
  await till.scan(sale, codeOf('amoxicillin', 1))
  await till.person(sale)
  const question = claimOfSale(till.core.house, sale.saleId, 'before-trial')
  expect(question.bornOn).toBeNull()
  expect(() => build(question, '41', profile)).toThrow(/brdy/)
  till.platform.people = [{ ...PEOPLE[0]!, idType: '02', idNumber: 'H12345678', bornOn: '1990-02-03' as never }]
  const other = await till.start()
  await till.scan(other, codeOf('amoxicillin', 2))
  await till.person(other)
  expect(claimOfSale(till.core.house, other.saleId, 'before-trial').bornOn).toBe('1990-02-03')
})

test('what a pharmacy has no value for is the profile’s word for none', async () => {
  const till = await openTill()
  const sale = await till.start()
  await till.scan(sale, codeOf('amoxicillin', 1))
  await till.person(sale)
  const { data } = build(claimOfSale(till.core.house, sale.saleId, 'before-trial'), '41', profile)
  const [patient] = data.patient_dtos
  expect(patient).toMatchObject({ brdy: '1980-01-01', gend: '1', poolarea: '999900' })
  const [visit] = patient!.fsi_encounter_dtos
  expect(visit).toMatchObject({ dr_codg: '无', adm_dept_name: '无', dscg_main_dise_codg: '无', fsi_diagnose_dtos: [], med_mdtrt_type: '3', matn_stas: '0', medins_type: 'P9', medins_lv: '11' })
  expect(visit!.fsi_order_dtos).toMatchObject([{ rxno: '无', drord_dr_name: '无', drord_dr_profttl: '无', hilist_type: '101', chrg_type: '09', hilist_lv: '01', cnt: { rawJSON: '1' }, pric: { rawJSON: '11.17' }, sumamt: { rawJSON: '11.17' } }])
})
