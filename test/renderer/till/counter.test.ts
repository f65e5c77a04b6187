import { describe, expect, test } from 'vitest'
import { addDrug, applyDigits, askVoidLine, nextCustomer, stepQuantity, typeDigits, voidLine } from '../../../renderer/till/current-sale.ts'
import { askHold, hold, recall } from '../../../renderer/till/holding.ts'
import { choosePurchase, openPerson, readPerson } from '../../../renderer/till/person.ts'
import { pickDrug, scan } from '../../../renderer/till/scanning.ts'
import { lock, signIn } from '../../../renderer/till/session.ts'
import { quote, settle, takeTender } from '../../../renderer/till/settling.ts'
import { answerWith } from '../../../renderer/till/till.ts'
import type { Till } from '../../../renderer/till/till.ts'
import type { DrugId, Fen } from '../../../electron/contract/index.ts'
import { PEOPLE } from '../fake-core/people.ts'
import { traceCode } from '../fake-core/catalogue.ts'
import { catchUp, onTillEvent } from '../../../renderer/till/watching.ts'
import { statusOf } from '../fake-core/fake-shop.ts'
import { openCounter, until } from './counter.ts'

const state = (till: Till) => till.store.get()
const said = (till: Till): string | undefined => {
  const source = state(till).heard.says[0]?.source
  return source === undefined ? undefined : source.kind === 'verdict' ? source.verdict.reason : source.code
}
const insuredSale = async (till: Till): Promise<void> => {
  await scan(till, traceCode(1, 1), 'wedge')
  await scan(till, PEOPLE[0]?.eVoucher ?? '', 'wedge')
  answerWith(till, 'Enter')
  await until(() => state(till).sale?.person !== null)
}

describe('scanning', () => {
  test('the first scan opens the sale; two scans at once are answered in order and end on one line', async () => {
    const { till, played } = await openCounter()
    await Promise.all([scan(till, traceCode(1, 1), 'wedge'), scan(till, traceCode(1, 2), 'wedge')])
    expect(state(till).sale?.lines).toHaveLength(1)
    expect(state(till).sale?.lines[0]?.packsScanned).toBe(2)
    expect(state(till).selected).toBe(state(till).sale?.lines[0]?.lineId)
    expect(played.filter((sound) => sound === 'ok')).toHaveLength(2)
  })

  test('what this scanner is known to do goes with its scans, and not with what is typed', async () => {
    const { till } = await openCounter()
    const hints = { aim: null, sendsAim: true, keepsSeparators: true, substitutes: ['~'] }
    const sent: unknown[] = []
    const command: Till['core']['command'] = (name, input, options) => {
      if (name === 'sale.scanCode') sent.push((input as { readonly scanner?: unknown }).scanner)
      return till.core.command(name, input, options)
    }
    const described: Till = { ...till, core: { ...till.core, command }, scanner: () => hints }
    await scan(described, traceCode(1, 1), 'wedge')
    await scan(described, traceCode(1, 2), 'typed')
    await scan(described, traceCode(1, 3), 'hid')
    expect(sent).toEqual([hints, null, hints])
  })

  test('a question does nothing until it is answered, and Esc answers it with nothing', async () => {
    const { till } = await openCounter()
    await scan(till, traceCode(1, 95), 'wedge')
    expect(said(till)).toBe('never-received')
    expect(state(till).sale?.lines).toEqual([])
    answerWith(till, 'Escape')
    await till.scans.last
    expect(state(till).sale?.lines).toEqual([])
    expect(state(till).heard.says).toEqual([])
  })

  test('Enter gives the first answer', async () => {
    const { till } = await openCounter()
    await scan(till, traceCode(1, 95), 'wedge')
    answerWith(till, 'Enter')
    await till.scans.last
    expect(state(till).sale?.lines).toHaveLength(1)
  })

  test('a pack nobody knows opens the search; the picked drug goes back with the same scan', async () => {
    const { till } = await openCounter()
    const code = traceCode(92, 7)
    await scan(till, code, 'wedge')
    expect(state(till).heard.says[0]?.answers.map(({ key, label }) => `${key} ${label}`)).toEqual(['Enter pick-drug', '2 set-aside', 'Escape back'])
    answerWith(till, 'Enter')
    expect(state(till)).toMatchObject({ panel: 'find', picking: { raw: code, via: 'wedge', candidates: [] } })
    pickDrug(till, 'D001' as DrugId)
    await till.scans.last
    expect(said(till)).toBe('learned')
    expect(state(till)).toMatchObject({ panel: 'none', picking: null })
    expect(state(till).sale?.lines).toHaveLength(1)
  })

  test('at a refusal Enter only says that it was read; a foreign pack goes aside with it', async () => {
    const { till } = await openCounter()
    await scan(till, traceCode(93, 1), 'wedge')
    expect(state(till).heard.says[0]?.answers.map(({ key, label }) => `${key} ${label}`)).toEqual(['Enter understood', '2 set-aside'])
    answerWith(till, 'Enter')
    await till.scans.last
    expect(said(till)).toBeUndefined()
    await scan(till, traceCode(91, 1), 'wedge')
    expect(state(till).heard.says[0]?.answers.map(({ key, label }) => `${key} ${label}`)).toEqual(['Enter set-aside', 'Escape back'])
    answerWith(till, 'Enter')
    await till.scans.last
    expect(said(till)).toBe('set-aside')
    answerWith(till, '2')
    expect(state(till).page).toBe('alarm')
  })

  test('another drug than the selected line’s goes onto a line of its own when told to', async () => {
    const { till } = await openCounter()
    await scan(till, traceCode(1, 1), 'wedge')
    await scan(till, traceCode(94, 1), 'wedge')
    expect(said(till)).toBe('wrong-product')
    answerWith(till, '2')
    await till.scans.last
    expect(said(till)).toBe('pack-ok')
    expect(state(till).sale?.lines).toHaveLength(2)
  })

  test('a payment code scanned while paying chooses the wallet and takes nothing', async () => {
    const { till } = await openCounter()
    await scan(till, traceCode(1, 1), 'wedge')
    settle(till)
    await scan(till, '134567890123456789', 'wedge')
    expect(state(till).payMethod).toEqual({ method: 'wechat' })
    expect(state(till).sale?.tenders).toEqual([])
    expect(said(till)).toBeUndefined()
  })

  test('a payment code scanned among the drugs chooses no wallet', async () => {
    const { till } = await openCounter()
    await scan(till, '134567890123456789', 'wedge')
    expect(said(till)).toBe('payment-code')
    expect(state(till).payMethod).toBeNull()
  })

  test('a drug scanned while paying is for the next sale', async () => {
    const { till } = await openCounter()
    await scan(till, traceCode(1, 1), 'wedge')
    settle(till)
    expect(state(till).overlay).toEqual({ kind: 'pay' })
    await scan(till, traceCode(2, 1), 'wedge')
    expect(said(till)).toBe('drug-in-payment-step')
    expect(state(till).sale?.lines).toHaveLength(1)
  })

  test('nothing is counted while the platform is asked about this sale', async () => {
    const { till } = await openCounter()
    await insuredSale(till)
    quote(till)
    await scan(till, traceCode(2, 1), 'wedge')
    expect(said(till)).toBe('still-asking')
    await until(() => state(till).waiting === null)
    expect(state(till).sale?.lines).toHaveLength(1)
  })

  test('the scan after the receipt opens the next customer’s sale', async () => {
    const { till } = await openCounter()
    await scan(till, traceCode(1, 1), 'wedge')
    const first = state(till).sale?.saleId
    settle(till)
    await takeTender(till, 'cash', 1_230 as Fen)
    expect(state(till).sale?.status).toBe('closed')
    await scan(till, traceCode(2, 1), 'wedge')
    expect(state(till).sale?.saleId).not.toBe(first)
    expect(state(till).overlay).toBeNull()
    expect(state(till).sale?.lines).toHaveLength(1)
  })

  test('an ID without a name keeps its number in memory and asks for the name', async () => {
    const { till } = await openCounter()
    const number = PEOPLE[0]?.idNumber ?? ''
    await readPerson(till, { kind: 'id-card', idNumber: number })
    expect(state(till).halfCredential).toEqual({ kind: 'id-card', idNumber: number })
    expect(said(till)).toBe('credential.name-required')
  })
})

describe('quantity', () => {
  test('digits and Enter set it, + and − step it', async () => {
    const { till } = await openCounter()
    await addDrug(till, 'D012')
    expect(typeDigits(till, '1')).toBe(true)
    expect(typeDigits(till, '5')).toBe(true)
    expect(applyDigits(till)).toBe(true)
    await until(() => state(till).sale?.lines[0]?.quantity === 150_000)
    stepQuantity(till, -1)
    await until(() => state(till).sale?.lines[0]?.quantity === 140_000)
    expect(state(till).digits).toBe('')
  })

  test('a line counted in packs takes whole numbers only', async () => {
    const { till } = await openCounter()
    await scan(till, traceCode(1, 1), 'wedge')
    for (const text of ['1', '.', '5']) typeDigits(till, text)
    applyDigits(till)
    expect(said(till)).toBe('quantity-whole')
    expect(state(till).sale?.lines[0]?.quantity).toBe(10_000)
  })

  test('digits without a line are not taken: they look for a drug', async () => {
    const { till } = await openCounter()
    expect(typeDigits(till, '6')).toBe(false)
  })

  test('Del asks for a reason once a code was scanned, and not before', async () => {
    const { till } = await openCounter()
    await addDrug(till, 'D001')
    askVoidLine(till)
    await until(() => state(till).sale?.lines.length === 0)
    await scan(till, traceCode(1, 1), 'wedge')
    const lineId = state(till).selected
    askVoidLine(till)
    expect(state(till).overlay).toEqual({ kind: 'void', lineId })
    expect(state(till).sale?.lines).toHaveLength(1)
    if (lineId !== null) await voidLine(till, lineId, '拿错药')
    expect(state(till).sale?.lines).toEqual([])
    expect(state(till).overlay).toBeNull()
  })
})

describe('settling', () => {
  test('three packs, the voucher, F8, F9 and Enter make an insured sale', async () => {
    const { till } = await openCounter()
    for (const serial of [1, 2, 3]) await scan(till, traceCode(1, serial), 'wedge')
    openPerson(till)
    await scan(till, PEOPLE[0]?.eVoucher ?? '', 'wedge')
    expect(state(till).panel).toBe('none')
    quote(till)
    expect(state(till).waiting?.what).toBe('quote')
    await until(() => state(till).waiting === null)
    expect(said(till)).toBe('quoted')
    settle(till)
    await until(() => state(till).waiting === null)
    expect(state(till).overlay).toEqual({ kind: 'pay' })
    await takeTender(till, 'cash', state(till).sale?.dueFen ?? (0 as Fen))
    expect(state(till).sale?.status).toBe('closed')
  })

  test('F9 says what is missing and goes to the line', async () => {
    const { till } = await openCounter()
    await scan(till, traceCode(1, 1), 'wedge')
    await addDrug(till, 'D002')
    till.store.set({ selected: state(till).sale?.lines[0]?.lineId ?? null })
    settle(till)
    expect(said(till)).toBe('missing-codes')
    expect(state(till).selected).toBe(state(till).sale?.lines[1]?.lineId)
    expect(state(till).overlay).toBeNull()
  })

  test('a lost answer frees the screen for the next customer and says that nothing is to be repeated', async () => {
    const { till, shop } = await openCounter()
    await insuredSale(till)
    quote(till)
    await until(() => state(till).waiting === null)
    shop.faults.settle = 'lose'
    settle(till)
    await until(() => state(till).waiting === null)
    expect(state(till).sale).toBeNull()
    expect(said(till)).toBe('unconfirmed')
    expect(state(till).heard.says[0]?.answers.map((answer) => answer.key)).toEqual(['Enter', 'F6'])
    expect(state(till).status?.unconfirmed).toHaveLength(1)
  })

  test('how a 待确认 sale ended is told once', async () => {
    const { till, shop, core } = await openCounter()
    await insuredSale(till)
    quote(till)
    await until(() => state(till).waiting === null)
    shop.faults.settle = 'lose'
    settle(till)
    await until(() => state(till).status?.unconfirmed.length === 1)
    const saleId = state(till).status?.unconfirmed[0]?.saleId
    if (saleId !== undefined) await core.command('sale.resolveNow', { saleId })
    expect(said(till)).toBe('reversed-behind')
    expect(state(till).awaited).toEqual([])
  })

  test('after a broken line the sale on the screen is core’s again', async () => {
    const { till } = await openCounter()
    await scan(till, traceCode(1, 1), 'wedge')
    const sale = state(till).sale
    if (sale !== null) till.store.set({ sale: { ...sale, lines: [] } })
    await catchUp(till)
    expect(state(till).sale?.lines).toHaveLength(1)
  })

  test('how it ended is told also when the status is told before the sale', async () => {
    const { till, shop } = await openCounter()
    await insuredSale(till)
    const sale = state(till).sale
    nextCustomer(till)
    if (sale === null) throw new Error('no sale')
    onTillEvent(till, { type: 'sale', sale: { ...sale, status: 'unconfirmed' } })
    onTillEvent(till, { type: 'status', status: statusOf(shop) })
    expect(said(till)).toBeUndefined()
    onTillEvent(till, { type: 'sale', sale: { ...sale, status: 'due' } })
    expect(said(till)).toBe('settled-late')
  })

  test('a sale left with F5 while it settles is told when it is settled, and the screen stays with the next customer', async () => {
    const { till, shop } = await openCounter()
    await insuredSale(till)
    quote(till)
    await until(() => state(till).waiting === null)
    shop.faults.delayMs = 60
    settle(till)
    askHold(till)
    expect(state(till).sale).toBeNull()
    expect(state(till).waiting).toBeNull()
    await scan(till, traceCode(2, 1), 'wedge')
    const next = state(till).sale?.saleId
    await until(() => said(till) === 'settled-behind')
    expect(state(till).sale?.saleId).toBe(next)
    expect(state(till).overlay).toBeNull()
    expect(state(till).status?.due).toHaveLength(1)
  })

  test('a refused settlement stays on the screen with its reason', async () => {
    const { till, shop } = await openCounter()
    await insuredSale(till)
    quote(till)
    await until(() => state(till).waiting === null)
    shop.faults.settle = 'refuse'
    settle(till)
    await until(() => state(till).waiting === null)
    expect(said(till)).toBe('platform.refused')
    expect(state(till).sale?.status).toBe('open')
  })

  test('offline an insured sale says why and offers hold and self-paid', async () => {
    const { till, shop } = await openCounter()
    await insuredSale(till)
    shop.faults.offline = true
    quote(till)
    await until(() => said(till) === 'insured-offline')
    expect(state(till).heard.says[0]?.answers.map((answer) => answer.label)).toEqual(['hold', 'self-paid', 'understood'])
    answerWith(till, 'F4')
    await until(() => state(till).sale?.insured === false)
    settle(till)
    expect(state(till).overlay).toEqual({ kind: 'pay' })
  })

  test('a self-paid sale needs no trial', async () => {
    const { till } = await openCounter()
    await scan(till, traceCode(1, 1), 'wedge')
    quote(till)
    expect(said(till)).toBe('trial-not-needed')
  })

  test('choosing a purchase type from self-paid makes the sale insured again', async () => {
    const { till } = await openCounter()
    await insuredSale(till)
    await choosePurchase(till, 'self-paid')
    expect(state(till).sale?.insured).toBe(false)
    await choosePurchase(till, { kind: 'chronic', diseaseCode: 'M03900', diseaseName: '高血压' })
    expect(state(till).sale?.insured).toBe(true)
    expect(state(till).sale?.purchaseType).toEqual({ kind: 'chronic', diseaseCode: 'M03900', diseaseName: '高血压' })
  })
})

describe('holding', () => {
  test('recalling puts the unfinished sale on the screen aside first', async () => {
    const { till, shop } = await openCounter()
    await scan(till, traceCode(1, 1), 'wedge')
    const first = state(till).sale
    await hold(till, '红衣服')
    expect(state(till).sale).toBeNull()
    await scan(till, traceCode(2, 1), 'wedge')
    const second = state(till).sale
    if (first !== null) await recall(till, { ...first, status: 'held' })
    expect(state(till).sale?.saleId).toBe(first?.saleId)
    expect([...shop.sales.values()].find((sale) => sale.saleId === second?.saleId)?.status).toBe('held')
  })

  test('recalling a due sale opens the payment', async () => {
    const { till } = await openCounter()
    await insuredSale(till)
    quote(till)
    await until(() => state(till).waiting === null)
    settle(till)
    await until(() => state(till).waiting === null)
    const due = state(till).sale
    nextCustomer(till)
    if (due !== null) await recall(till, due)
    expect(state(till).overlay).toEqual({ kind: 'pay' })
  })

  test('an empty sale has nothing to hold', async () => {
    const { till } = await openCounter()
    askHold(till)
    expect(said(till)).toBe('nothing-yet')
  })

  test('locking keeps the sale, and the next sign-in shows it as core has it now', async () => {
    const { till } = await openCounter()
    await scan(till, traceCode(1, 1), 'wedge')
    const saleId = state(till).sale?.saleId
    await lock(till)
    expect(state(till)).toMatchObject({ locked: true, staff: null })
    await signIn(till, '02', '123456')
    expect(state(till).sale?.saleId).toBe(saleId)
    expect(state(till).locked).toBe(false)
  })

  test('after a restart the unfinished sale is on the screen again', async () => {
    const { till } = await openCounter()
    await scan(till, traceCode(1, 1), 'wedge')
    const saleId = state(till).sale?.saleId
    till.store.set({ sale: null, selected: null })
    await signIn(till, '01', '123456')
    expect(state(till).sale?.saleId).toBe(saleId)
    expect(said(till)).toBe('resumed')
  })
})
