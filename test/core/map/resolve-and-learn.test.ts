import { beforeEach, describe, expect, test } from 'vitest'
import type { Instant, LinkKind } from '../../../electron/contract/index.ts'
import { getLink, insertLink, listLinks } from '../../../electron/core/map/link-store.ts'
import { barcodeOfGtin, linkValue } from '../../../electron/core/map/link-value.ts'
import { learnLink } from '../../../electron/core/map/learn-link.ts'
import { lookUp } from '../../../electron/core/map/look-up.ts'
import { resolveIdentifier } from '../../../electron/core/map/resolve.ts'
import { confirmLink, revokeLink } from '../../../electron/core/map/review-link.ts'
import { tellLink } from '../../../electron/core/map/tell-link.ts'
import { addMark } from '../../../electron/core/map/link-store.ts'
import { AT, CASHIER, D1, D2, D3, MANAGER, mapShop, PHARMACIST } from './map-shop.ts'
import type { MapShop } from './map-shop.ts'

let shop: MapShop
beforeEach(() => {
  shop = mapShop()
})
const FRONT = '8900001'
const learn = (drugId = D1, value = FRONT, level: number | null = 1, caller = PHARMACIST, kind: LinkKind = 'trace-identifier') =>
  learnLink(shop, caller, { kind, value, drugId, level, note: '' })
const tell = (drugId = D1, value = FRONT, level: number | null = 1, kind: LinkKind = 'trace-identifier') =>
  tellLink(shop.db, shop.newId, { kind, value, drugId, level, note: 'f' }, 'chain', shop.clock() as Instant)
const meant = (identifier = FRONT) => resolveIdentifier(shop.db, identifier).candidates.map(({ drugId, level, trust }) => `${drugId}/${level} ${trust}`)

describe('what a front means', () => {
  test('is nothing where nobody said so, and never a guess between two items', () => {
    expect(resolveIdentifier(shop.db, FRONT)).toEqual({ candidates: [], neverIssued: null })
    tell(D1)
    tell(D2, FRONT, 2)
    expect(meant()).toEqual(['D1/1 confirmed', 'D2/2 confirmed'])
  })
  test('is told by confirmed links alone where there are any', () => {
    learn(D1)
    expect(meant()).toEqual(['D1/1 provisional'])
    tell(D2)
    expect(meant()).toEqual(['D2/1 confirmed'])
  })
  test('is what the bar code means, where a GTIN of a smallest pack has no link of its own', () => {
    tell(D1, '6999000000018', null, 'barcode')
    expect(meant('06999000000018')).toEqual(['D1/1 confirmed'])
    // The same item told twice is one candidate, by the trace identifier's own level.
    tell(D1, '06999000000018', 2)
    expect(meant('06999000000018')).toEqual(['D1/2 confirmed'])
    // An outer pack's number is another number.
    expect(meant('16999000000015')).toEqual([])
  })
  test('a confirmed bar code hides what was learnt of the same GTIN', () => {
    learn(D1, '06999000000018')
    tell(D2, '6999000000018', null, 'barcode')
    expect(meant('06999000000018')).toEqual(['D2/1 confirmed'])
  })
  test('says who told that it was never issued', () => {
    addMark(shop.db, { identifier: FRONT, source: 'national: list', at: AT })
    expect(resolveIdentifier(shop.db, FRONT)).toEqual({ candidates: [], neverIssued: 'national: list' })
  })
})

describe('learning', () => {
  test('is provisional and used at once; who, when and with what remark stand in the link', () => {
    const linkId = learnLink(shop, PHARMACIST, { kind: 'trace-identifier', value: FRONT, drugId: D1, level: 1, note: '新包装' })
    expect(getLink(shop.db, linkId)).toMatchObject({
      source: 'shop',
      sourceNote: '新包装',
      trust: 'provisional',
      learntBy: 'P1',
      firstSeenAt: AT,
      lastVerifiedAt: AT,
      reviewedBy: null,
    })
    expect(meant()).toEqual(['D1/1 provisional'])
  })
  test('the same again is the same link; another level is refused until the first is revoked', () => {
    const first = learn()
    expect(learn()).toBe(first)
    expect(() => learn(D1, FRONT, 2)).toThrow(expect.objectContaining({ code: 'map.known-otherwise' }))
    revokeLink(shop, PHARMACIST, first, '看错了')
    expect(meant()).toEqual([])
    const second = learn(D1, FRONT, 2)
    expect(second).not.toBe(first)
    expect(meant()).toEqual(['D1/2 provisional'])
  })
  test('is not for a cashier, not over a confirmed link, not of a front that was never issued, not of an unknown item', () => {
    expect(() => learn(D1, FRONT, 1, CASHIER)).toThrow(expect.objectContaining({ code: 'session.forbidden' }))
    expect(() => learn('NONE' as never)).toThrow(expect.objectContaining({ code: 'drug.not-found' }))
    tell(D2)
    expect(() => learn(D1)).toThrow(expect.objectContaining({ code: 'map.known-otherwise', detail: { drugName: '药2', level: 1 } }))
    addMark(shop.db, { identifier: '8900002', source: 'x', at: AT })
    expect(() => learn(D1, '8900002')).toThrow(expect.objectContaining({ code: 'map.never-issued' }))
    expect(listLinks(shop.db, { text: '', kind: null, trust: 'provisional', drugId: null, limit: 10 })).toEqual({ links: [], more: false, toReview: 0 })
  })
  test('takes no pack’s code, no voucher, payment code or ID for a product’s code', () => {
    // Made up: a region nobody lives in.
    const secrets = ['134567890123456789', '4241234567890123456789012345', '999999199001011234', '281234567890123456']
    for (const value of [
      '89000010000000000001',
      '890000',
      '',
      ' ',
      '06999000000013',
      '国药准字H99000001',
      'XA01ABD075A002010100001',
      '8900001x'.repeat(9),
      ...secrets,
    ])
      expect(() => learn(D1, value), value).toThrow(expect.objectContaining({ code: 'map.value-invalid' }))
    for (const kind of ['barcode', 'national-code', 'approval-number', 'base-code'] as const)
      for (const value of ['8900001', 'hello world', ...secrets]) expect([kind, value, linkValue(kind, value)]).toEqual([kind, value, null])
  })
  test('writes one number in one way, however it is printed', () => {
    expect(linkValue('barcode', '06999000000018')).toBe('6999000000018')
    expect(linkValue('barcode', '6999000000018')).toBe('6999000000018')
    expect(linkValue('trace-identifier', '6999000000018')).toBe('06999000000018')
    expect(linkValue('approval-number', ' 国药准字 h99000001 ')).toBe('国药准字H99000001')
    expect(linkValue('base-code', '86900483000019')).toBe('86900483000019')
    expect(linkValue('base-code', '86900483000018')).toBeNull()
    // Other issuers' fronts carry the issuer's name; an MA identifier stands as it is.
    for (const value of ['UNKNOWN/1234567', 'LIANHE/AB-12', 'MA.156.M0.100104.12345678']) expect(linkValue('trace-identifier', value)).toBe(value)
    for (const value of ['UNKNOWN/134567890123456789', 'lower/1234567', 'ABCD1234', 'UNKNOWN/'])
      expect([value, linkValue('trace-identifier', value)]).toEqual([value, null])
    expect(barcodeOfGtin('00000012345670')).toBe('12345670')
  })
})

describe('review', () => {
  test('confirming keeps who and when; a second look is a later verification', () => {
    const linkId = learn()
    shop.tick()
    expect(confirmLink(shop, MANAGER, linkId)).toMatchObject({
      trust: 'confirmed',
      reviewedBy: 'M1',
      reviewedAt: AT + 60_000,
      lastVerifiedAt: AT + 60_000,
      firstSeenAt: AT,
    })
    shop.tick()
    expect(confirmLink(shop, PHARMACIST, linkId)).toMatchObject({ trust: 'confirmed', reviewedBy: 'P1', lastVerifiedAt: AT + 120_000 })
  })
  test('a revoked link is neither confirmed nor revoked again, and an unknown one is said to be so', () => {
    const linkId = learn()
    revokeLink(shop, PHARMACIST, linkId, '看错了')
    expect(() => confirmLink(shop, PHARMACIST, linkId)).toThrow(expect.objectContaining({ code: 'map.link-revoked' }))
    expect(() => revokeLink(shop, PHARMACIST, linkId, '再来')).toThrow(expect.objectContaining({ code: 'map.link-revoked' }))
    expect(() => confirmLink(shop, PHARMACIST, 'none')).toThrow(expect.objectContaining({ code: 'map.link-not-found' }))
    expect(getLink(shop.db, linkId)).toMatchObject({ trust: 'revoked', reason: '看错了', reviewedBy: 'P1' })
  })
  test('the list shows the newest first, filtered, and always says how many wait for review', () => {
    learn(D1)
    shop.tick()
    tell(D2, '8900002')
    shop.tick()
    learn(D3, '8900003')
    const list = (filter: object) => listLinks(shop.db, { text: '', kind: null, trust: null, drugId: null, limit: 10, ...filter })
    expect(list({}).links.map(({ value }) => value)).toEqual(['8900003', '8900002', FRONT])
    expect(list({ trust: 'provisional' })).toMatchObject({ toReview: 2, links: [{ value: '8900003' }, { value: FRONT }] })
    expect(list({ text: '药2' })).toMatchObject({ toReview: 2, links: [{ drugId: 'D2' }] })
    expect(list({ text: '0000' }).links).toHaveLength(3)
    expect(list({ text: '%' }).links).toHaveLength(0)
    expect(list({ limit: 2 })).toMatchObject({ more: true })
    expect(list({ drugId: D3 }).links).toHaveLength(1)
  })
})

describe('three codes from one scan', () => {
  const codes = (text: string) =>
    lookUp(shop.db, text).items.map(({ drugId, codes: all }) => [
      drugId,
      all.map(({ kind, value, source, asked }) => `${kind} ${value} ${source}${asked ? ' *' : ''}`),
    ])
  test('any of an item’s codes gives all the others, with the asked one marked', () => {
    tell(D1)
    tell(D1, '8900011', 2)
    tell(D1, '6999000000018', null, 'barcode')
    const all = [
      'trace-identifier 8900001 chain',
      'trace-identifier 8900011 chain',
      'barcode 6999000000018 chain',
      'national-code XA01ABD075A002010100001 item',
      'approval-number 国药准字H99000001 item',
    ]
    const asked = (index: number) => [['D1', all.map((code, at) => (at === index ? `${code} *` : code))]]
    expect(codes('89000010000000000007')).toEqual(asked(0))
    expect(codes('8900011')).toEqual(asked(1))
    expect(codes('6999000000018')).toEqual(asked(2))
    expect(codes('XA01ABD075A002010100001')).toEqual(asked(3))
    expect(codes('D1')).toEqual(asked(-1))
  })
  test('a code of an issuer nobody told us of is looked up by its first seven of twenty digits', () => {
    learn(D1, 'UNKNOWN/7012345')
    expect(lookUp(shop.db, '70123450000000000001')).toMatchObject({ kind: 'unknown', asked: { value: 'UNKNOWN/7012345' }, items: [{ drugId: 'D1' }] })
    expect(lookUp(shop.db, 'UNKNOWN/7012345')).toMatchObject({ asked: { value: 'UNKNOWN/7012345' }, items: [{ drugId: 'D1' }] })
  })
  test('an approval number of two packings gives both', () => {
    expect(lookUp(shop.db, '国药准字H99000001').items.map(({ drugId }) => drugId)).toEqual(['D1', 'D2'])
    expect(lookUp(shop.db, '国药准字H99000002').items.map(({ drugId }) => drugId)).toEqual(['D3'])
  })
  test('a revoked link is no longer among the codes', () => {
    const linkId = learn()
    expect(lookUp(shop.db, FRONT).items).toHaveLength(1)
    revokeLink(shop, PHARMACIST, linkId, '看错了')
    expect(lookUp(shop.db, FRONT)).toEqual({ kind: 'partial', asked: { kind: 'trace-identifier', value: FRONT }, neverIssued: null, items: [] })
  })
  test('a code of the item’s own record that was revoked is shown as such and leads nowhere', () => {
    tell(D1, '6999000000018', null, 'barcode')
    tell(D1, '国药准字H99000001', null, 'approval-number')
    for (const text of ['6999000000018', '国药准字H99000001']) {
      const link = lookUp(shop.db, text).items[0]?.codes.find(({ asked }) => asked)
      revokeLink(shop, PHARMACIST, link?.linkId ?? '', '看错了')
      expect(lookUp(shop.db, text).items.map(({ drugId }) => drugId)).toEqual(text.startsWith('6') ? [] : ['D2'])
    }
    expect(lookUp(shop.db, 'D1').items[0]?.codes.map(({ value, trust }) => `${value} ${trust}`)).toEqual([
      '6999000000018 revoked',
      'XA01ABD075A002010100001 confirmed',
      '国药准字H99000001 revoked',
    ])
    // Learnt again it is the item's again.
    learn(D1, '6999000000018', null, PHARMACIST, 'barcode')
    expect(lookUp(shop.db, '6999000000018').items.map(({ drugId }) => drugId)).toEqual(['D1'])
  })
  test('what is no product’s code is named by its kind and not repeated', () => {
    for (const text of ['134567890123456789', '4241234567890123456789012345', 'hello']) {
      const found = lookUp(shop.db, text)
      expect(found).toMatchObject({ asked: null, items: [] })
      expect(JSON.stringify(found)).not.toContain(text)
    }
  })
  test('a company part that differs from the 本位码 is a warning, and an equal one is none', () => {
    insertLink(shop.db, {
      linkId: shop.newId(),
      kind: 'base-code',
      value: '86900483000019',
      drugId: D1,
      level: null,
      source: 'national',
      sourceNote: '',
      trust: 'confirmed',
      learntBy: null,
      at: AT,
    })
    expect(lookUp(shop.db, 'D1').items[0]?.companyDifference).toEqual({ nationalCode: 'XA01ABD075A002010100001', baseCode: '86900483000019' })
    insertLink(shop.db, {
      linkId: shop.newId(),
      kind: 'national-code',
      value: 'XA01ABD075A002010100483',
      drugId: D2,
      level: null,
      source: 'national',
      sourceNote: '',
      trust: 'confirmed',
      learntBy: null,
      at: AT,
    })
    expect(lookUp(shop.db, 'D2').items[0]?.companyDifference).toBeNull()
    // By its 本位码 as well as by anything else.
    expect(lookUp(shop.db, '86900483000019').items.map(({ drugId }) => drugId)).toEqual(['D1'])
  })
})
