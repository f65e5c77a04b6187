import { beforeEach, describe, expect, test } from 'vitest'
import type { DrugId } from '../../../electron/contract/index.ts'
import { LinkTrace } from '../../../electron/contract/index.ts'
import { importLinks } from '../../../electron/core/map/import-links.ts'
import type { ImportOptions } from '../../../electron/core/map/import-links.ts'
import { learnLink, noteLinkUse } from '../../../electron/core/map/learn-link.ts'
import { findMark, getLink, linksOfValue } from '../../../electron/core/map/link-store.ts'
import { unnamedPacks } from '../../../electron/core/map/lost-name.ts'
import { packsUnder, traceOfLink } from '../../../electron/core/map/link-trace.ts'
import { resolveIdentifier } from '../../../electron/core/map/resolve.ts'
import { confirmLink, revokeLink } from '../../../electron/core/map/review-link.ts'
import { takeToldLink, tellLink } from '../../../electron/core/map/tell-link.ts'
import {
  firstSeePack,
  lockPack,
  markReturned,
  markSold,
  openForSplit,
  putInSale,
  receivePack,
  releasePack,
  takeFromSale,
} from '../../../electron/core/trace/pack-ledger.ts'
import { findPack, showPack } from '../../../electron/core/trace/pack-store.ts'
import { AT, CASHIER, D1, D2, D3, MANAGER, mapShop, PHARMACIST, saleWith } from './map-shop.ts'
import type { MapShop } from './map-shop.ts'

let shop: MapShop
beforeEach(() => {
  shop = mapShop()
})
const FRONT = '8900001'
const code = (nth: number, front = FRONT): string => `${front}${String(nth).padStart(13, '0')}`
const learn = (drugId: DrugId = D1, value = FRONT) => learnLink(shop, PHARMACIST, { kind: 'trace-identifier', value, drugId, level: 1, note: '' })
const see = (text: string, linkId: string | null, drugId: DrugId = D1) => {
  firstSeePack(shop.db, { code: text, lotId: shop.lotOf(drugId), at: AT, staffId: 'C1' })
  if (linkId !== null) noteLinkUse(shop.db, linkId, text, AT)
}
const change = (text: string) => ({ code: text, at: AT, staffId: 'C1' })
const stateOf = (text: string) => findPack(shop.db, text)?.state
const historyOf = (text: string) => showPack(shop.db, text)?.events.map(({ kind, document, note }) => [kind, document, note])

describe('revoking a link', () => {
  test('locks what only it named on the shelf, tells what was sold by receipt, and writes itself into every history', () => {
    const linkId = learn()
    for (const nth of [1, 2, 3, 4, 5]) see(code(nth), linkId)
    const sold = saleWith(shop, D1, [code(1)])
    putInSale(shop.db, { ...change(code(1)), saleId: sold })
    markSold(shop.db, { ...change(code(1)), saleId: sold })
    const open = saleWith(shop, D1, [code(2), code(4)])
    putInSale(shop.db, { ...change(code(2)), saleId: open })
    openForSplit(shop.db, { ...change(code(4)), saleId: open })
    lockPack(shop.db, change(code(5)))
    const { link, trace, lockedNow } = revokeLink(shop, PHARMACIST, linkId, '盒子是另一个药')
    expect(LinkTrace.safeParse(trace).error).toBeUndefined()
    expect(link).toMatchObject({ trust: 'revoked', reason: '盒子是另一个药', reviewedBy: 'P1' })
    expect({ ...trace, packs: trace.packs.map((pack) => [pack.code, pack.state, pack.sales.map(({ receiptNumber }) => receiptNumber)]) }).toEqual({
      packs: [
        [code(1), 'sold', [`R-${sold.slice(-4)}`]],
        [code(2), 'in-sale', [`R-${open.slice(-4)}`]],
        [code(3), 'locked', []],
        [code(4), 'locked', [`R-${open.slice(-4)}`]],
        [code(5), 'locked', []],
      ],
      total: 5,
      onShelf: 0,
      inSale: 1,
      sold: 1,
      locked: 3,
    })
    expect(lockedNow).toBe(2)
    expect(historyOf(code(3))).toEqual([
      ['first-seen', null, ''],
      ['learned', linkId, ''],
      ['link-revoked', linkId, '盒子是另一个药'],
      ['locked', linkId, '盒子是另一个药'],
    ])
    expect(historyOf(code(1))?.at(-1)).toEqual(['link-revoked', linkId, '盒子是另一个药'])
    expect(stateOf(code(1))).toBe('sold')
    expect(resolveIdentifier(shop.db, FRONT).candidates).toEqual([])
  })
  test('leaves alone what another link named as well, what came with a paper, and what is another item’s', () => {
    const linkId = learn()
    see(code(1), linkId)
    const other = learn(D1, '8900009')
    noteLinkUse(shop.db, other, code(1), AT)
    receivePack(shop.db, { code: code(2), lotId: shop.lotOf(D1), at: AT, staffId: 'P1', document: 'delivery' })
    see(code(3), null, D2)
    const { trace, lockedNow } = revokeLink(shop, PHARMACIST, linkId, '看错了')
    expect(lockedNow).toBe(0)
    expect(trace.packs.map((pack) => [pack.code, pack.onlyThisLink])).toEqual([[code(1), false]])
    expect([1, 2, 3].map((nth) => stateOf(code(nth)))).toEqual(['in-stock', 'in-stock', 'in-stock'])
    expect(historyOf(code(2))?.map(([kind]) => kind)).toEqual(['received'])
    // The other link is the last that names it now: revoked too, the pack is locked.
    expect(revokeLink(shop, PHARMACIST, other, '也错了').lockedNow).toBe(1)
    expect(stateOf(code(1))).toBe('locked')
  })
  test('finds the packs of a confirmed link, which noted none, by their front and their history', () => {
    tellLink(shop.db, shop.newId, { kind: 'trace-identifier', value: FRONT, drugId: D1, level: 1, note: '' }, 'chain', AT)
    const linkId = linksOfValue(shop.db, 'trace-identifier', FRONT)[0]?.linkId ?? ''
    see(code(1), linkId)
    see(code(9_999_999_999_999), linkId)
    see(code(1, '8900002'), null)
    receivePack(shop.db, { code: code(2), lotId: shop.lotOf(D1), at: AT, staffId: 'P1' })
    expect(shop.db.prepare('select count(*) from link_use').pluck().get()).toBe(0)
    expect(packsUnder(shop.db, getLink(shop.db, linkId)).map((pack) => pack.code)).toEqual([code(1), code(9_999_999_999_999)])
    expect(revokeLink(shop, MANAGER, linkId, '总部发错').lockedNow).toBe(2)
    expect(stateOf(code(2))).toBe('in-stock')
  })
  test('finds GS1 packs by their GTIN, whether the GTIN or the bar code was linked', () => {
    const gs1 = (serial: string) => ({ code: `010699900000001821${serial}`, identifier: '06999000000018', serial })
    tellLink(shop.db, shop.newId, { kind: 'barcode', value: '6999000000018', drugId: D1, level: null, note: '' }, 'chain', AT)
    firstSeePack(shop.db, { ...gs1('AB'), lotId: shop.lotOf(D1), at: AT, staffId: 'C1' })
    const { linkId } = resolveIdentifier(shop.db, '06999000000018').candidates[0] ?? { linkId: '' }
    expect(revokeLink(shop, PHARMACIST, linkId, '条码贴错').lockedNow).toBe(1)
    expect(stateOf(gs1('AB').code)).toBe('locked')
  })
  test('tells of two hundred packs and how many there are', () => {
    const linkId = learn()
    for (let nth = 1; nth <= 230; nth += 1) see(code(nth), linkId)
    const trace = traceOfLink(shop.db, packsUnder(shop.db, getLink(shop.db, linkId)))
    expect([trace.packs.length, trace.total, trace.onShelf]).toEqual([200, 230, 230])
  })
  test('a pack that comes back to the shelf later is locked then; once somebody released it, it stays', () => {
    const linkId = learn()
    for (const nth of [1, 2]) see(code(nth), linkId)
    const open = saleWith(shop, D1, [code(1)])
    putInSale(shop.db, { ...change(code(1)), saleId: open })
    const sold = saleWith(shop, D1, [code(2)])
    putInSale(shop.db, { ...change(code(2)), saleId: sold })
    markSold(shop.db, { ...change(code(2)), saleId: sold })
    expect(unnamedPacks(shop.db, open)).toEqual([])
    expect(revokeLink(shop, PHARMACIST, linkId, '看错了').lockedNow).toBe(0)
    expect(unnamedPacks(shop.db, open).map((pack) => pack.code)).toEqual([code(1)])
    takeFromSale(shop.db, { ...change(code(1)), saleId: open })
    markReturned(shop.db, { ...change(code(2)), saleId: sold })
    expect([stateOf(code(1)), stateOf(code(2))]).toEqual(['locked', 'locked'])
    expect(historyOf(code(1))?.at(-1)).toEqual(['locked', linkId, ''])
    releasePack(shop.db, { ...change(code(1)), staffId: 'P1' })
    putInSale(shop.db, { ...change(code(1)), saleId: open })
    expect(unnamedPacks(shop.db, open)).toEqual([])
    takeFromSale(shop.db, { ...change(code(1)), saleId: open })
    expect(stateOf(code(1))).toBe('in-stock')
  })
  test('what entered under it stays its own, whatever is learnt afterwards', () => {
    const first = learn()
    see(code(1), first)
    revokeLink(shop, PHARMACIST, first, '看错了')
    const second = learn()
    see(code(2), second)
    confirmLink(shop, PHARMACIST, second)
    see(code(3), second)
    const codes = (linkId: string) => packsUnder(shop.db, getLink(shop.db, linkId)).map((pack) => pack.code)
    expect([codes(first), codes(second)]).toEqual([[code(1)], [code(2), code(3)]])
    revokeLink(shop, PHARMACIST, second, '又错了')
    expect([codes(first), codes(second)]).toEqual([[code(1)], [code(2), code(3)]])
  })
  test('is all or nothing', () => {
    const linkId = learn()
    see(code(1), linkId)
    shop.db.exec(`create temp trigger broken before insert on pack_event when new.kind = 11 begin select raise(abort, 'disk gone'); end`)
    expect(() => revokeLink(shop, PHARMACIST, linkId, '看错了')).toThrow('disk gone')
    expect([getLink(shop.db, linkId).trust, stateOf(code(1)), historyOf(code(1))?.length]).toEqual(['provisional', 'in-stock', 2])
  })
})

const OPTIONS: ImportOptions = { source: 'chain', fileName: 'links.csv', dryRun: false, leaveOut: false }
const file = (...lines: readonly string[]): Uint8Array => new TextEncoder().encode(['kind,value,drug,level,note', ...lines].join('\r\n'))
const take = (lines: readonly string[], options: Partial<ImportOptions> = {}, caller = MANAGER) =>
  importLinks(shop, caller, file(...lines), { ...OPTIONS, ...options })
const rows = () => shop.db.prepare('select kind, value, drug_id, level, source, trust from code_link order by kind, value, drug_id').raw().all()
const why = (report: ReturnType<typeof importLinks>) => report.lines.filter(({ refusal }) => refusal !== null).map(({ line, refusal }) => `${line} ${refusal}`)

describe('a file of links', () => {
  test('brings links for items named in four ways, and the same file again changes nothing', () => {
    const lines = [
      'trace-identifier,8900001,D1,,小盒',
      'trace-identifier,8900002,6999000000018,3,',
      'base-code,86900483000019,XA01ABD075A002010100002,,',
      'barcode,6999000000032,国药准字H99000002,,',
    ]
    expect(take(lines)).toMatchObject({ taken: true, new: 4, changed: 0, unchanged: 0, refused: 0 })
    expect(rows()).toEqual([
      ['barcode', '6999000000032', 'D3', null, 'chain', 'confirmed'],
      ['base-code', '86900483000019', 'D2', null, 'chain', 'confirmed'],
      ['trace-identifier', '8900001', 'D1', 1, 'chain', 'confirmed'],
      ['trace-identifier', '8900002', 'D1', 3, 'chain', 'confirmed'],
    ])
    shop.tick()
    expect(take(lines)).toMatchObject({ taken: true, new: 0, changed: 0, unchanged: 4, refused: 0, lines: [] })
    expect(shop.db.prepare('select distinct last_verified_at - first_seen_at from code_link').pluck().all()).toEqual([60_000])
    expect(linksOfValue(shop.db, 'trace-identifier', '8900001')[0]?.sourceNote).toBe('links.csv: 小盒')
  })
  test('with one bad line is not taken at all, and every bad line is named with its reason', () => {
    const bad = [
      'trace-identifier,8900001,D1,,', // 2: good
      'trace-code,8900001,D1,,', // 3
      'trace-identifier,89000010000000000001,D1,,', // 4
      'trace-identifier,8900002,D1,0,', // 5
      'barcode,6999000000018,D1,1,', // 6
      'barcode,6999000000019,D1,,', // 7
      'trace-identifier,8900003,NONE,,', // 8
      'trace-identifier,8900003,国药准字H99000001,,', // 9
      'trace-identifier,8900001,D1,2,', // 10
      `trace-identifier,8900004,D1,,${'长'.repeat(201)}`, // 11
      'trace-identifier,8900005,D1,,,more', // 12
      'trace-identifier,8900006,,,', // 13
      'trace-identifier,134567890123456789,D1,,', // 14
    ]
    const report = take(bad)
    expect(why(report)).toEqual([
      '3 kind',
      '4 value',
      '5 level',
      '6 level',
      '7 value',
      '8 no-such-item',
      '9 several-items',
      '10 contradicts-line',
      '11 note-too-long',
      '12 columns',
      '13 no-such-item',
      '14 value',
    ])
    expect(report).toMatchObject({ taken: false, new: 1, refused: 12 })
    expect(rows()).toEqual([])
    expect(JSON.stringify(report)).not.toContain('134567890123456789')
    // The caller may leave them out.
    expect(take(bad, { leaveOut: true })).toMatchObject({ taken: true, new: 1, refused: 12 })
    expect(rows()).toHaveLength(1)
  })
  test('may be headed and filled in Chinese, and saved as a Chinese Excel does', () => {
    // 种类,编码,药品,级别,备注 and one row, in GB 18030.
    const gb = Uint8Array.from(
      Buffer.from('d6d6c0e02cb1e0c2eb2cd2a9c6b72cbcb6b1f02cb1b8d7a20d0ad7b7cbddc2ebb1eacab62c383930303030312c44312c322cd6d0b0fcd7b00d0a', 'hex'),
    )
    expect(importLinks(shop, MANAGER, gb, OPTIONS)).toMatchObject({ taken: true, new: 1, refused: 0 })
    expect(linksOfValue(shop.db, 'trace-identifier', '8900001')).toMatchObject([{ drugId: 'D1', level: 2, sourceNote: 'links.csv: 中包装' }])
  })
  test('is only tried by a dry run, with the same answer as the real one', () => {
    const lines = ['trace-identifier,8900001,D1,,', 'never-issued,8900099,,,']
    const dry = take(lines, { dryRun: true })
    expect([dry.taken, rows().length, findMark(shop.db, '8900099')]).toEqual([false, 0, null])
    expect({ ...take(lines), taken: false }).toEqual(dry)
    expect(shop.db.prepare(`select action, detail from audit_log`).all()).toEqual([
      { action: 'map.importLinks', detail: JSON.stringify({ source: 'chain', file: 'links.csv', new: 2, changed: 0, unchanged: 0, refused: 0 }) },
    ])
  })
  test('never overrules what a pharmacist here confirmed or revoked', () => {
    confirmLink(shop, PHARMACIST, learn(D1, '8900001'))
    confirmLink(shop, PHARMACIST, learn(D1, '8900002'))
    revokeLink(shop, PHARMACIST, learn(D2, '8900003'), '不是这个药')
    const before = rows()
    const report = take(['trace-identifier,8900001,D2,,', 'trace-identifier,8900002,D1,2,', 'trace-identifier,8900003,D2,,', 'never-issued,8900001,,,'])
    expect(why(report)).toEqual(['2 confirmed-here-for-another', '3 confirmed-here-otherwise', '4 revoked-here', '5 given-out'])
    expect(report.lines[0]?.others).toEqual(['D1 药1'])
    take(['trace-identifier,8900001,D2,,', 'trace-identifier,8900002,D1,2,', 'trace-identifier,8900003,D2,,'], { leaveOut: true, source: 'national' })
    expect(rows()).toEqual(before)
  })
  test('confirms what was learnt here, corrects its level, and says so where it hides or shares', () => {
    const one = learn(D1, '8900001')
    learn(D1, '8900002')
    learn(D1, '8900003')
    tellLink(shop.db, shop.newId, { kind: 'trace-identifier', value: '8900004', drugId: D1, level: 1, note: '' }, 'chain', AT)
    const report = take(['trace-identifier,8900001,D1,,', 'trace-identifier,8900002,D1,2,', 'trace-identifier,8900003,D2,,', 'trace-identifier,8900004,D3,,'])
    expect(report).toMatchObject({ taken: true, new: 2, changed: 2 })
    expect(report.lines.map(({ outcome, notice, others }) => [outcome, notice, others])).toEqual([
      ['changed', null, []],
      ['changed', null, []],
      ['new', 'hides-provisional', ['D1 药1']],
      ['new', 'shared', ['D1 药1']],
    ])
    expect(getLink(shop.db, one)).toMatchObject({ trust: 'confirmed', source: 'shop', learntBy: 'P1', reviewedBy: null, reason: 'chain file: links.csv' })
    const meant = (front: string) => resolveIdentifier(shop.db, front).candidates.map(({ drugId, level, trust }) => `${drugId}/${level} ${trust}`)
    expect(['8900002', '8900003', '8900004'].map(meant)).toEqual([['D1/2 confirmed'], ['D2/1 confirmed'], ['D1/1 confirmed', 'D3/1 confirmed']])
  })
  test('of a source that knows less does not change the level that a better one told', () => {
    take(['trace-identifier,8900001,D1,1,'], { source: 'national' })
    expect(why(take(['trace-identifier,8900001,D1,2,']))).toEqual(['2 better-source'])
    expect(take(['trace-identifier,8900001,D1,2,'], { source: 'national' })).toMatchObject({ taken: true, changed: 1 })
  })
  test('marks fronts that were never issued and takes that back', () => {
    expect(take(['never-issued,8900001,,,', 'never-issued,8900001,,,'])).toMatchObject({ new: 1, unchanged: 1 })
    expect(resolveIdentifier(shop.db, '8900001').neverIssued).toBe('chain: links.csv')
    expect(why(take(['trace-identifier,8900001,D1,,']))).toEqual(['2 never-issued'])
    expect(take(['issued,8900001,,,', 'trace-identifier,8900001,D1,,'])).toMatchObject({ taken: true, new: 1, changed: 1 })
    expect(findMark(shop.db, '8900001')).toBeNull()
  })
  test('that is no such file is refused whole with a word on why', () => {
    const refusedFor = (bytes: Uint8Array): unknown => {
      try {
        return importLinks(shop, MANAGER, bytes, OPTIONS)
      } catch (error) {
        return (error as { code: string; detail: { problem: string } }).code === 'map.file-invalid'
          ? (error as { detail: { problem: string } }).detail.problem
          : error
      }
    }
    const text = (content: string) => refusedFor(new TextEncoder().encode(content))
    expect(text('')).toBe('empty')
    expect(text('a,b\n1,2')).toContain('not a')
    expect(text('kind,drug\nbarcode,D1')).toContain('missing')
    expect(text('kind,value,value\n')).toContain('columns')
    expect(text('kind,value\n"broken,1')).toContain('quotes')
    expect(text(`kind,value\n${'x'.repeat(10_000)},1`)).toContain('too long')
    expect(refusedFor(new Uint8Array([0x6b, 0xff, 0xfe]))).toBe('neither UTF-8 nor GB 18030')
    expect(refusedFor(new Uint8Array(64 * 1024 * 1024 + 1))).toContain('64 MB')
    // A heading alone is a file with nothing in it.
    expect(take([])).toMatchObject({ taken: true, new: 0 })
  })
  test('is not for a cashier', () => {
    expect(() => take(['trace-identifier,8900001,D1,,'], {}, CASHIER)).toThrow(expect.objectContaining({ code: 'session.forbidden' }))
  })
})

describe('what others tell', () => {
  test('a platform’s answer is confirmed, a supplier’s paper waits for review; neither may bring a wrong code', () => {
    const told = (value: string, drugId: DrugId) => ({ kind: 'trace-identifier' as const, value, drugId, level: null, note: '3513' })
    expect(takeToldLink(shop, told('8900001', D1), 'platform')).toEqual({ outcome: 'new', notice: null, others: [] })
    expect(takeToldLink(shop, told('8900002', D1), 'delivery')).toEqual({ outcome: 'new', notice: null, others: [] })
    expect(takeToldLink(shop, told('8900002', D1), 'delivery')).toEqual({ outcome: 'unchanged' })
    expect(takeToldLink(shop, told('8900002', D1), 'platform')).toEqual({ outcome: 'changed', change: 'confirmed' })
    expect(takeToldLink(shop, told('89000010000000000001', D1), 'platform')).toBeNull()
    expect(linksOfValue(shop.db, 'trace-identifier', '8900001')).toMatchObject([{ source: 'platform', trust: 'confirmed', sourceNote: '3513' }])
  })
  test('a supplier’s paper over what a pharmacist confirmed is a conflict', () => {
    confirmLink(shop, PHARMACIST, learn(D3))
    expect(takeToldLink(shop, { kind: 'trace-identifier', value: FRONT, drugId: D1, level: 1, note: '' }, 'delivery')).toEqual({
      outcome: 'conflict',
      conflict: 'confirmed-here-for-another',
      others: ['D3 药3'],
    })
  })
})
