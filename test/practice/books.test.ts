import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { openBookStore } from '../../electron/practice/book-store.ts'
import { practicePeople } from '../../electron/practice/people.ts'
import { startPractice } from '../../electron/practice/server.ts'
import type { Practice } from '../../electron/practice/server.ts'
import { area, cancelInput, freshCodes, purchase, returnedRow, reverseInput, settle, soldRow, traceCode } from './support/messages.ts'
import { NOON, person, signedIn } from './support/shop.ts'
import type { Json } from './support/shop.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'practice-books-'))
  file = join(folder, 'books.json')
  return () => rmSync(folder, { recursive: true })
})

const open = (): Promise<Practice> => startPractice({ clock: () => NOON, dataFile: file, profile: { answerForms: 'plain' } })
const everything = ({ books }: Practice): unknown => ({
  people: books.people(),
  settlements: books.settlements(),
  reversals: books.reversals(),
  sales: books.saleUploads(),
  returns: books.returnUploads(),
  virtual: books.virtualCodes(),
  signIns: books.signIns(),
  messages: books.messages(),
  flags: books.flags(),
})

describe('the books on disk', () => {
  test('are the same after a restart, and go on', async () => {
    const first = await open()
    const shop = await signedIn(first)
    const who = person('employee')
    const codes = freshCodes('famotidine', 2)
    const kept = await settle(shop, who, [{ drug: 'famotidine', count: 2, price: 5.6, codes }])
    const reversed = await settle(shop, who, [{ drug: 'famotidine', count: 1, price: 5.6 }])
    await shop.ok('2601', reverseInput(who, reversed.msgid), area(who))
    await shop.ok('3505', soldRow(shop, 'metformin', freshCodes('metformin', 1)))
    const before = everything(first)
    await first.close()
    expect(existsSync(`${file}.journal`)).toBe(false)

    const second = await open()
    try {
      expect(everything(second)).toEqual(before)
      // Numbers go on; codes and message numbers are remembered.
      const later = await signedIn(second)
      for (let i = 0; i < 20; i += 1) later.newMsgid()
      expect(await later.refusal('2102', kept.input, { ...area(who), msgid: kept.msgid })).toBe('发送方报文ID(msgid)重复')
      expect(await later.refusal('2102', purchase(later, who, [{ drug: 'famotidine', count: 1, price: 5.6, codes: [codes[0]!] }]), area(who))).toContain(
        '已在本机构销售',
      )
      expect((await later.ok('2103', cancelInput(who, kept.setlinfo), area(who))).setlinfo).toMatchObject({ balc: 1500 })
      expect((await settle(later, who, [{ drug: 'famotidine', count: 1, price: 5.6 }])).setlinfo.setl_id).not.toBe(reversed.setlinfo.setl_id)
    } finally {
      await second.close()
    }
  })

  test('hold every answered message already when its answer arrives: a killed province has them all', async () => {
    const killed = await open()
    const shop = await signedIn(killed)
    const { msgid } = await settle(shop, person('employee'), [{ drug: 'famotidine', count: 1, price: 5.6 }])
    // What a kill leaves: the files as they are now. The half line is of a message that was never answered.
    const left = join(folder, 'left.json')
    writeFileSync(left, readFileSync(file))
    writeFileSync(`${left}.journal`, readFileSync(`${file}.journal`))
    appendFileSync(`${left}.journal`, '[["people","99990000000000000001",{"psnNo":"9999')
    const before = everything(killed)
    await killed.close()
    const again = await startPractice({ clock: () => NOON, dataFile: left })
    try {
      expect(everything(again)).toEqual(before)
      expect(again.books.settlementOfMessage(msgid)).toMatchObject({ state: 'booked' })
    } finally {
      await again.close()
    }
  })

  test('that were damaged are refused, not silently emptied', async () => {
    writeFileSync(file, '{"version":1,"collections":{"people":{"x":{"psnNo":1}}}}')
    await expect(open()).rejects.toThrow(/psnNo/)
    writeFileSync(file, '{"version":2,"collections":{}}')
    await expect(open()).rejects.toThrow(/version/)
    writeFileSync(file, '{"version":1')
    await expect(open()).rejects.toThrow(SyntaxError)
  })

  test('in memory leave no file', async () => {
    const practice = await startPractice({ dataFile: null })
    await signedIn(practice, Date.now)
    await practice.close()
    expect(existsSync(file)).toBe(false)
  })
})

describe('the store', () => {
  test('takes back what was put since the last commit', () => {
    const store = openBookStore(null)
    store.put('people', 'a', { psnNo: 'a', balanceFen: 1, used: {} })
    expect(store.next('n')).toBe(1)
    store.commit()
    store.put('people', 'a', { psnNo: 'a', balanceFen: 2, used: {} })
    store.put('people', 'a', { psnNo: 'a', balanceFen: 3, used: {} })
    store.put('people', 'b', { psnNo: 'b', balanceFen: 1, used: {} })
    expect(store.next('n')).toBe(2)
    store.rollback()
    expect([store.shelves.people.get('a')?.balanceFen, store.shelves.people.get('b'), store.next('n')]).toEqual([1, undefined, 2])
  })
})

describe('whatever a shop does', () => {
  type Step = { readonly kind: 'settle' | 'cancel' | 'reverse' | 'sell' | 'return' | 'repeat'; readonly pick: number }
  const anyStep: fc.Arbitrary<Step> = fc.record({
    kind: fc.constantFrom('settle', 'settle', 'cancel', 'reverse', 'sell', 'return', 'repeat'),
    pick: fc.nat(30),
  })

  test('balances, accumulators and codes are those of the settlements that stand', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 1, maxLength: 25 }), async (steps) => {
        const practice = await startPractice({ clock: () => NOON })
        try {
          const shop = await signedIn(practice)
          const people = ['employee', 'retired-chronic', 'civil-servant'].map(person)
          const done: { msgid: string; setlinfo: Json; input: Json; who: (typeof people)[number] }[] = []
          const sold: { codes: string[]; visit: string }[] = []
          for (const [i, { kind, pick }] of steps.entries()) {
            const who = people[pick % people.length]!
            const one = done[pick % Math.max(1, done.length)]
            // Few codes, so that repeats happen.
            const code = traceCode('famotidine', 900_000 + (pick % 7))
            if (kind === 'settle') {
              const msgid = shop.newMsgid()
              const input = purchase(shop, who, [{ drug: 'famotidine', count: 1, price: 300, codes: [code] }], { med_type: pick % 2 === 0 ? '41' : '11' })
              const { body } = await shop.call('2102', input, { ...area(who), msgid })
              if (Number(body.infcode) === 0) done.push({ msgid, setlinfo: (body.output as Json).setlinfo as Json, input, who })
            } else if (kind === 'sell') {
              const visit = `VISIT${i}`
              await shop.ok('3505', soldRow(shop, 'famotidine', [code], { mdtrt_sn: visit }))
              sold.push({ codes: [code], visit })
            } else if (kind === 'return' && sold.length > 0) {
              const sale = sold[pick % sold.length]!
              await shop.ok('3506', returnedRow(shop, 'famotidine', sale.codes, { mdtrt_sn: sale.visit }))
            } else if (one !== undefined && kind === 'cancel') await shop.call('2103', cancelInput(one.who, one.setlinfo), area(one.who))
            else if (one !== undefined && kind === 'reverse') await shop.call('2601', reverseInput(one.who, one.msgid), area(one.who))
            else if (one !== undefined && kind === 'repeat') await shop.call('2102', one.input, { ...area(one.who), msgid: one.msgid })
          }
          const { books } = practice
          const standing = books.settlements().filter((settlement) => settlement.state === 'booked')
          for (const state of books.people()) {
            const own = standing.filter((settlement) => settlement.psnNo === state.psnNo)
            const opening = practicePeople().find((candidate) => candidate.psnNo === state.psnNo)!.insurance.openingBalanceFen
            expect(state.balanceFen).toBe(opening - own.reduce((sum, settlement) => sum + settlement.accountFen, 0))
            for (const [key, used] of Object.entries(state.used)) {
              const of = own.filter((settlement) => settlement.usedKey === key)
              expect(used.fundFen).toBe(of.reduce((sum, settlement) => sum + settlement.pooledFen, 0))
              expect(used.deductibleFen).toBe(of.reduce((sum, settlement) => sum + settlement.deductibleFen, 0))
            }
          }
          const openSales = books.saleUploads().filter((sale) => !sale.insured && sale.returnedBy === null)
          for (let n = 0; n < 7; n += 1) {
            const code = traceCode('famotidine', 900_000 + n)
            const holders =
              standing.filter((settlement) => settlement.lines.some((row) => row.codes.some((entry) => entry.code === code))).length +
              openSales.filter((sale) => sale.codes.includes(code)).length
            expect(books.salesOfCode(code)).toHaveLength(holders)
            expect(holders).toBeLessThanOrEqual(1)
          }
        } finally {
          await practice.close()
        }
      }),
      { numRuns: 25 },
    )
  })
})
