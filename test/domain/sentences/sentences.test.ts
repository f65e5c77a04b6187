import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ERROR_CODES } from '../../../electron/contract/errors.ts'
import type { ErrorDetail } from '../../../electron/contract/errors.ts'
import { GOODS_REASONS, PAPER_PROBLEMS } from '../../../electron/contract/goods.ts'
import { OutboxKind } from '../../../electron/contract/outbox.ts'
import { RETURN_REFUSALS } from '../../../electron/contract/returns.ts'
import { BLOCKER_CODES, PurchaseKind, SaleStatus } from '../../../electron/contract/sale.ts'
import { SCAN_KINDS, VERDICT_REASONS, VerdictAnswer } from '../../../electron/contract/scan.ts'
import { TenderMethod } from '../../../electron/contract/session.ts'
import { SettlementState } from '../../../electron/contract/settlement.ts'
import { PackEventKind, PackState } from '../../../electron/contract/trace.ts'
import { blockersEn, blockersZh } from '../../../electron/domain/sentences/blockers.ts'
import { errorsEn } from '../../../electron/domain/sentences/errors-en.ts'
import { errorsZh } from '../../../electron/domain/sentences/errors-zh.ts'
import { goodsEn, goodsZh, paperEn, paperZh } from '../../../electron/domain/sentences/goods.ts'
import { nameIfKnown, nameOf, namedValues } from '../../../electron/domain/sentences/names.ts'
import type { NameArea } from '../../../electron/domain/sentences/names.ts'
import { returnsEn, returnsZh } from '../../../electron/domain/sentences/returns.ts'
import { sentence } from '../../../electron/domain/sentences/sentence.ts'
import type { Sentence, SentenceKind } from '../../../electron/domain/sentences/sentence.ts'
import { fill } from '../../../electron/domain/sentences/template.ts'
import { answersEn, verdictsEn } from '../../../electron/domain/sentences/verdicts-en.ts'
import { answersZh, verdictsZh } from '../../../electron/domain/sentences/verdicts-zh.ts'

const CODES = { error: ERROR_CODES, verdict: VERDICT_REASONS, blocker: BLOCKER_CODES, answer: VerdictAnswer.options, goods: GOODS_REASONS, paper: PAPER_PROBLEMS, return: RETURN_REFUSALS } as const
const all = (Object.keys(CODES) as (keyof typeof CODES)[]).flatMap((kind) => CODES[kind].map((code) => [kind, code] as const))
const say = (kind: SentenceKind, code: string, detail: ErrorDetail, language: 'zh' | 'en'): Sentence => sentence(kind, code as never, detail, language)

const FULL: ErrorDetail = {
  drugName: '阿莫西林胶囊',
  lotNumber: 'A2401',
  lineLotNumber: 'A2402',
  wantedDrugName: '缬沙坦胶囊',
  expiresOn: '2027-03-31',
  days: 12,
  missing: 2,
  unitsLeft: '12',
  soldAt: 1_795_000_000_000,
  soldAtText: '09:12',
  soldToday: true,
  receiptNumber: '20261121-0031',
  repeats: 1,
  source: '省平台',
  level: 3,
  identifier: '8900001',
  path: 'quantity',
  name: 'sale.x',
  needs: 'manager',
  attemptsLeft: 3,
  untilMinutes: 5,
  count: 2,
  status: 'due',
  scanned: 2,
  dueFen: 1320,
  givenFen: 1000,
  text: '账户余额不足',
  reason: 'recalled',
  clockSkewMs: 3_600_000,
  field: 'quantity',
  value: 'manufacturedOn',
  problem: 'timeout',
  file: 'hunan.json',
  infno: '2102',
  message: '账户余额不足',
}
const EVERY_TEMPLATE = [goodsZh, goodsEn, paperZh, paperEn, errorsZh, errorsEn, verdictsZh, verdictsEn, answersZh, answersEn, blockersZh, blockersEn, returnsZh, returnsEn].flatMap((catalogue) =>
  Object.values<readonly [string, string, string]>(catalogue),
)

describe.each(['zh', 'en'] as const)('in %s', (language) => {
  test.each(all)('%s %s has a word, a sentence and a way on, whatever is known', (kind, code) => {
    for (const detail of [{}, FULL, { drugName: null, text: '', level: 99, soldAt: -1, dueFen: 0.5 }]) {
      const { word, text, action } = say(kind, code, detail, language)
      for (const part of [word, text, action]) {
        expect(part).not.toMatch(/undefined|null|NaN|\[object|[{}[\]|]/)
        expect(part.length).toBeGreaterThan(0)
        expect(part).not.toMatch(/^[\s·，；：]|[·：]\s*$|·\s*·|\s{2}|（\s*）|\(\s*\)/)
      }
      if (language === 'zh') expect(text).toMatch(/\p{Script=Han}/u)
      else expect(`${word} ${detail === FULL ? '' : `${text} ${action}`}`).not.toMatch(/\p{Script=Han}/u)
      expect(word.length).toBeLessThanOrEqual(language === 'zh' ? 7 : 18)
    }
  })
})

test('every placeholder stands in a part that can be left out', () => {
  for (const template of EVERY_TEMPLATE)
    for (const part of template)
      expect(fill(part, () => null)).toBe(
        part.replace(/\[([^[\]|]*)(?:\|([^[\]]*))?\]/g, (_, main: string, instead = '') => (main.includes('{') ? instead : main)),
      )
})

test('keys mean the same in every sentence', () => {
  const meaning: Readonly<Record<string, RegExp>> = {
    F1: /设置卡|scanner set-up/,
    F2: /查|加入|find|drug|Add|Find|add/,
    F3: /读取|险种|read|Choose|Read/,
    F4: /购药类型|病种|处方|purchase type|Register/,
    F5: /挂单|[Hh]old/,
    F6: /取出|Recall/,
    F7: /退货|return/,
    F8: /预结算|trial/,
    F9: /补齐|Complete/,
    F11: /拆零|无码|whole packs|uncoded/,
    F10: /三码映射|three-code map|医保目录|catalogue|班次|疑似追溯码|suspect codes|交班|换班|销售单|上传|决定|close|Open|sales|uploads|decides/,
  }
  for (const [, text, action] of EVERY_TEMPLATE) {
    for (const [key] of `${text} ${action}`.matchAll(/F\d+/g)) expect(`${key}: ${text} ${action}`).toMatch(meaning[key] ?? /never/)
  }
})

test('the pharmacist reads what happened, what it means and what to do', () => {
  expect(say('verdict', 'sold-here', { soldAt: 1_795_000_000_000, soldAtText: '09:12', soldToday: true, receiptNumber: '0031' }, 'zh')).toEqual({
    word: '已售',
    text: '该盒已于 今天 09:12 在本店售出（小票 0031） · 一盒只能有一条销售记录',
    action: '若是退回未登记，按 F7 登记退货；否则请放一旁',
  })
  expect(say('verdict', 'sold-here', {}, 'zh').text).toBe('该盒已在本店售出 · 一盒只能有一条销售记录')
  expect(say('verdict', 'sold-here', { soldAt: Date.parse('2026-11-21T01:12:00Z') }, 'zh').text).toContain('于 2026-11-21 09:12 在')
  expect(say('verdict', 'expired', { drugName: '缬沙坦胶囊', expiresOn: '2026-11-20', days: 1 }, 'zh').text).toBe(
    '缬沙坦胶囊 · 有效期至 2026-11-20，已过期 1 天 · 过期药品不得销售',
  )
  expect(say('error', 'sale.tender-short', { dueFen: 123_450, givenFen: 100_000 }, 'zh').text).toBe('收款不够：应收 ￥1,234.50，实收 ￥1,000.00')
  expect(say('error', 'platform.clock-skew', { clockSkewMs: -3_600_000 }, 'en').text).toContain('(about 60 min)')
})

test('a blocked sale says what blocks it', () => {
  expect(say('error', 'sale.blocked', { blocker: 'missing-codes', drugName: '缬沙坦胶囊', missing: 1 }, 'zh')).toEqual(
    say('blocker', 'missing-codes', { drugName: '缬沙坦胶囊', missing: 1 }, 'zh'),
  )
  expect(say('error', 'sale.blocked', { blocker: 'nonsense' }, 'zh').word).toBe('还不能结')
})

test('the platform’s words are shown, masked and not endless', () => {
  expect(say('error', 'platform.refused', { message: '参保人 999999199001011234 余额不足' }, 'zh').text).toBe(
    '省平台没有受理：参保人 999***********1234 余额不足 · 没有结算',
  )
  expect(say('error', 'platform.refused', { text: '错'.repeat(5000) }, 'zh').text.length).toBeLessThan(300)
})

test('who told of a sale elsewhere is named in words', () => {
  expect(sentence('verdict', 'sold-elsewhere', { source: 'alarm-list' }, 'zh').text).toContain('来源：本店警示名单')
  expect(sentence('verdict', 'sold-elsewhere', { source: '省平台' }, 'en').text).toContain('source: 省平台')
})

test('a value that looks like a template stays a value', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 50 }), (drugName) => {
      const { text } = say('verdict', 'pack-ok', { drugName, expiresOn: '2027-01-01' }, 'zh')
      expect(text.endsWith('有效期至 2027-01-01')).toBe(true)
      expect(text).toContain(drugName.trim())
    }),
  )
  expect(say('verdict', 'pack-ok', { drugName: '{lotNumber}[x|y]', lotNumber: 'L' }, 'zh').text).toBe('{lotNumber}[x|y] · 批号 L')
})

test('every value of the closed lists has a name in both languages', () => {
  const lists: readonly (readonly [NameArea, readonly string[]])[] = [
    ['saleStatus', SaleStatus.options],
    ['settlementState', SettlementState.options],
    ['outboxKind', OutboxKind.options],
    ['packState', PackState.options],
    ['packEvent', PackEventKind.options],
    ['purchaseKind', PurchaseKind.options],
    ['tenderMethod', TenderMethod.options],
    ['scanKind', SCAN_KINDS],
  ]
  for (const [area, values] of lists) {
    expect([...namedValues(area)].sort()).toEqual([...values].sort())
    for (const value of values) {
      expect(nameIfKnown(area, value, 'zh')).toMatch(/\p{Script=Han}/u)
      expect(nameIfKnown(area, value, 'en')).toMatch(/^[ -~]+$/)
    }
  }
  expect(nameOf('saleStatus', 'unconfirmed', 'zh')).toBe('待确认')
  expect(nameIfKnown('saleStatus', 'toString', 'zh')).toBeNull()
})
