import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { SELL_HELP } from '../../electron/cli/help-texts.ts'
import { parseSaleScript, SaleScript } from '../../electron/cli/sell/sale-script.ts'
import { AppError } from '../../electron/contract/index.ts'

const problemOf = (script: unknown): string => {
  try {
    parseSaleScript(script, 'test.json')
    return ''
  } catch (error) {
    if (error instanceof AppError && error.code === 'script.invalid') return String(error.detail['problem'])
    throw error
  }
}

describe('a sale script', () => {
  test('may be empty: a self-paid sale of nothing, to be paid in cash', () => {
    expect(parseSaleScript({}, 'test.json')).toEqual({ credential: null, items: [], scans: [], tenders: [{ method: 'cash', yuan: 'due' }], paper: '80' })
  })

  test('counts money in fen', () => {
    expect(parseSaleScript({ tenders: [{ method: 'cash', yuan: '20' }], expect: { totalYuan: '1,234.50', cashYuan: '0.05' } }, 'test.json')).toMatchObject({
      tenders: [{ yuan: 20_00 }],
      expect: { totalYuan: 1234_50, cashYuan: 5 },
    })
  })

  test.each([
    ['a misspelt key', { item: [] }, /item/],
    ['a misspelt expectation, which would otherwise pass unseen', { expect: { satus: 'closed' } }, /satus/],
    ['a line by id and by search at once', { items: [{ drugId: 'P0010', search: '多潘立酮' }] }, /items\.0: either drugId or search/],
    ['a line that says neither', { items: [{ quantity: 2 }] }, /items\.0: either drugId or search/],
    ['no whole quantity', { items: [{ drugId: 'P0010', quantity: 1.5 }] }, /items\.0\.quantity/],
    ['money that is no money', { tenders: [{ method: 'cash', yuan: '12.345' }] }, /tenders\.0\.yuan/],
    ['money as a number, where 0.1 + 0.2 would creep in', { expect: { cashYuan: 0.3 } }, /expect\.cashYuan/],
    ['a tender nobody takes', { tenders: [{ method: 'cheque' }] }, /tenders\.0\.method/],
    ['an answer that is none', { scans: [{ code: '1', answer: 'yes' }] }, /scans\.0\.answer/],
    ['a problem that no code names', { expect: { problem: 'platform.angry' } }, /expect\.problem/],
    ['a credential of an unknown kind', { credential: { kind: 'face' } }, /credential/],
    ['something that is no object', [], /./],
  ])('refuses %s', (_, script, problem) => {
    expect(problemOf(script)).toMatch(problem)
  })

  test('is documented key by key in the help', () => {
    for (const key of Object.keys(SaleScript.shape)) if (key !== 'note') expect(SELL_HELP, key).toMatch(new RegExp(`^ {2}${key}\\b`, 'm'))
  })

  test('has an example that is one', () => {
    const file = new URL('../../electron/cli/examples/sale.json', import.meta.url)
    expect(parseSaleScript(JSON.parse(readFileSync(file, 'utf8')), 'sale.json').scans.length).toBe(3)
  })
})
