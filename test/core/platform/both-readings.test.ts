import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { readAnswer } from '../../../electron/core/platform/envelope.ts'
import { readBooked } from '../../../electron/core/platform/transactions/settlement-answer.ts'
import { wireNumber } from '../../../electron/core/platform/wire-json.ts'
import { checkInput } from '../../../electron/practice/check-rows.ts'
import { PracticeProfile } from '../../../electron/practice/profile.ts'
import { startPractice } from '../../../electron/practice/server.ts'
import type { Practice } from '../../../electron/practice/server.ts'
import { loadTables } from '../../../electron/practice/tables.ts'
import { sampleOf } from '../../practice/support/samples.ts'
import { NOON, signedIn } from '../../practice/support/shop.ts'
import type { Shop } from '../../practice/support/shop.ts'
import { official } from './tables/official-fields.ts'
import { SAMPLES, hunan } from './transaction-samples.ts'

/** The client and the practice province read the same papers apart. Here each takes what the other makes, for every transaction. */

interface Module { readonly input?: z.ZodType; readonly inputOf?: (settings: unknown) => z.ZodType; readonly read?: (answer: unknown, ...beside: readonly unknown[]) => unknown }
const moduleOf = async (infno: string): Promise<Module> => (await import(`../../../electron/core/platform/transactions/t${infno.toLowerCase()}.ts`)) as Module
const all = Object.keys(official)
/** Decoded by a box on the till, not by the province's gateway. */
const AT_THE_TILL = '6101'
/** Answers a file, not a message. */
const FILE = '9102'

/** What JSON.parse made of a number becomes what we write; what is not set is left out by us and empty there. */
const asSent = (value: unknown): unknown =>
  typeof value === 'number' ? wireNumber(String(value)) : Array.isArray(value) ? value.map(asSent) : typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== '' && inner !== null && inner !== 'null').map(([name, inner]) => [name, asSent(inner)])) : value

/** Fields of the province's samples that a strict sender writes otherwise. */
const SPELT_OTHERWISE: Readonly<Record<string, { readonly field: string; readonly why: string }>> = {
  2101: { field: 'feedetl_sn', why: 'a number of thirty digits as text, which the province takes' }, 2102: { field: 'feedetl_sn', why: 'a number of thirty digits as text, which the province takes' },
  3101: { field: 'rule_ids', why: 'a list whose rows the paper does not print: any value there' }, 3102: { field: 'rule_ids', why: 'a list whose rows the paper does not print: any value there' },
  7211: { field: 'medListCodgs', why: 'an empty list there, left out here' },
  9101: { field: 'in', why: 'numbers of a byte list are plain numbers, not exact decimals' },
}

let practice: Practice
let shop: Shop
beforeAll(async () => {
  practice = await startPractice({ clock: () => NOON })
  shop = await signedIn(practice)
})
afterAll(() => practice.close())

describe('what we send', () => {
  const tables = loadTables(PracticeProfile.parse({}))
  // Of 9102 we hold more than its own table prints (tables/differences.ts).
  it.each(all.filter((infno) => infno !== AT_THE_TILL && infno !== FILE))('goes through the province\'s own tables at the edge of ours: %s', (infno) => {
    const { build, args } = SAMPLES[infno] ?? { build: () => null, args: [] }
    const transaction = tables.transactions.get(infno)
    if (transaction === undefined) throw new Error(`${infno} is not known there`)
    const missed: string[] = []
    const message = JSON.parse(JSON.stringify((build as (...given: readonly unknown[]) => unknown)(...args))) as unknown
    expect(() => { checkInput(tables, (dictionary) => missed.push(dictionary), transaction, message) }).not.toThrow()
  })
})

describe('what the province sends and answers', () => {
  it.each(all.filter((infno) => infno !== AT_THE_TILL))('is a message and an answer by our tables too: %s', async (infno) => {
    const module = await moduleOf(infno)
    const sample = await sampleOf(shop, infno)
    const schema = module.input ?? module.inputOf?.({ ...hunan, ...hunan.traceCodes })
    const issues = (schema as z.ZodType).safeParse(asSent(JSON.parse(JSON.stringify(sample.input)))).error?.issues ?? []
    const spelt = SPELT_OTHERWISE[infno]
    expect(issues.filter(({ path }) => spelt === undefined || !path.includes(spelt.field))).toEqual([])
    if (spelt !== undefined) expect(issues.length).toBeGreaterThan(0)
    if (infno === FILE) return
    const { text } = await shop.call(infno, sample.input, sample.change)
    const answer = readAnswer(Buffer.from(text))
    if (answer.kind !== 'ok') throw new Error(`${infno}: ${text.slice(0, 300)}`)
    const beside: Readonly<Record<string, readonly unknown[]>> = { 1101: ['2026-11-21'], 1317: ['P99999900001'], 3101: [{ lines: [] }], 3102: [{ lines: [] }], 3513: [{ code: '', ourInstitution: '' }] }
    const basket = { lines: [] } as never
    if (infno === '2101' || infno === '2102') expect(readBooked(infno === '2101' ? 'trial' : 'settled', answer.output, basket, '').figures.totalFen).toBeGreaterThan(0)
    else if (module.read !== undefined) {
      const words = module.read(answer.output, ...(beside[infno] ?? []))
      expect(words).toBeDefined()
      // Rows that were told are rows that are read; 3513 about another pack than ours is no answer.
      if (Array.isArray(words) && /\[\s*\{/.test(text) && infno !== '3513') expect(words.length).toBeGreaterThan(0)
    }
    else expect(official[infno]?.output.filter((node) => !/文件参数/.test(String(node.node)))).toEqual([])
  })
})
