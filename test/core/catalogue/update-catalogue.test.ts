import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { BusinessDate } from '../../../electron/contract/index.ts'
import { catalogueDetail, catalogueState, searchCatalogue } from '../../../electron/core/catalogue/catalogue-view.ts'
import { findCatalogueDrug, itemsOfCode } from '../../../electron/core/catalogue/find-item.ts'
import { limitPriceOn, listEntryOn, selfPaySharesOn } from '../../../electron/core/catalogue/find-listed.ts'
import { currentGeneration, newestChanges } from '../../../electron/core/catalogue/generation-store.ts'
import { isCatalogueDue } from '../../../electron/core/catalogue/keep-current.ts'
import { catalogueProgress, importArchive, updateCatalogue } from '../../../electron/core/catalogue/update-catalogue.ts'
import type { UpdatingHouse } from '../../../electron/core/catalogue/update-catalogue.ts'
import { loadCatalogue } from '../../../electron/practice/catalogue.ts'
import type { FaultPlan } from '../../../electron/practice/fault-plan.ts'
import type { PracticeProfileInput } from '../../../electron/practice/profile.ts'
import { contentsOf, drugArchive, ownFolder } from './archives.ts'
import { openCatalogueShop, operator, withPractice } from './catalogue-house.ts'

const TODAY = '2026-11-21' as BusinessDate
const update = (house: UpdatingHouse, ...lists: readonly never[]) => updateCatalogue(house, 'M1', operator, lists.length === 0 ? {} : { lists })
const only = (house: UpdatingHouse, ...lists: ('1301' | '1302' | '1307' | '1312' | '1316' | '1318' | '1319')[]) => updateCatalogue(house, 'M1', operator, { lists })
const files = (folder: string): string[] => readdirSync(folder).filter((name) => name !== 'incoming')
const contents = (house: UpdatingHouse): unknown => {
  const held = house.catalogue.hold()
  if (held === null) return null
  try {
    return contentsOf(house.catalogue.fileOf(held.generation))
  } finally {
    held.release()
  }
}
const outcomes = (house: UpdatingHouse) => newestChanges(house.db, 100).map(({ list, outcome }) => `${list} ${outcome}`).toReversed()

/** The practice list speaks of the same drugs: what it says of one. */
const limited = () => {
  const drug = loadCatalogue().drugs.find(({ priceLimitMicro, class: grade, preSelfPayE4 }) => priceLimitMicro !== null && grade === 'B' && preSelfPayE4 > 0)
  if (drug === undefined) throw new Error('no drug with a limit price')
  return drug
}

describe('from nothing', () => {
  it('every list of the profile comes, and what is asked for next is only what is newer', async () => {
    const { house, folder } = await withPractice()
    const first = await update(house)
    expect(first.map(({ list, error, taken }) => [list, error, taken.length])).toEqual(['1301', '1302', '1320', '1306', '1307', '1309', '1312', '1316', '1318', '1319'].map((list) => [list, null, 1]))
    const state = catalogueState(house, 50)
    expect(state).toMatchObject({ generation: 10, updating: null })
    expect(state.lists.map(({ list, version }) => [list, version])).toMatchObject([['1301', '20260901'], ['1302', '20260301'], ['1320', '20260301'], ['1306', '20260301'], ['1307', '20260301'], ['1309', '20250701'], ['1312', '2026-03-02'], ['1316', '2026-03-02'], ['1318', '2026-03-02'], ['1319', '2026-03-02']])
    expect(state.lists.every(({ rows, askedAt }) => rows > 0 && askedAt !== null)).toBe(true)
    expect(files(folder)).toHaveLength(1)
    expect(readdirSync(path.join(folder, 'incoming'))).toEqual([])

    const again = await update(house)
    expect(again.map(({ error, taken }) => [error, taken])).toEqual(again.map(() => [null, []]))
    expect(catalogueState(house, 10)).toMatchObject({ generation: 10 })
    expect(newestChanges(house.db, 10).every(({ outcome }) => outcome === 'nothing-newer')).toBe(true)
  })

  it.each<[string, PracticeProfileInput]>([
    ['one edition after the other', { files: { catalogueSteps: 'edition' } }],
    ['and nothing newer is an answer without rows', { files: { nothingNewer: 'no-rows' } }],
    ['and nothing newer is an answer without output', { files: { nothingNewer: 'no-output' } }],
    ['and pages stand under a name beside their numbers', { files: { pages: 'data' } }],
  ])('%s, it ends as the same catalogue', async (_name, province) => {
    const [one, other] = [await withPractice(), await withPractice(province)]
    await only(one.house, '1301', '1318')
    const updates = await only(other.house, '1301', '1318')
    expect(updates.map(({ error }) => error)).toEqual([null, null])
    expect(contents(other.house)).toEqual(contents(one.house))
    if (province.files?.catalogueSteps === 'edition') expect(updates[0]?.taken.map(({ version, withdrawn }) => [version, withdrawn > 0])).toEqual([['20250701', false], ['20260301', false], ['20260901', true]])
  })

  it('rows that come in many pages are all there', async () => {
    const [small, large] = [await withPractice({}, { pageSize: 10 }), await withPractice()]
    await only(small.house, '1319')
    await only(large.house, '1319')
    expect(contents(small.house)).toEqual(contents(large.house))
    expect(small.practice.books.messages().filter(({ infno }) => infno === '1319').length).toBeGreaterThan(50)
  })
})

describe('what the catalogue says', () => {
  it('of a drug is what the practice list says of it', async () => {
    const { house } = await withPractice()
    await only(house, '1301')
    const drug = limited()
    const found = house.catalogue.read((db) => findCatalogueDrug(db, drug.nationalCode, TODAY))
    expect(found).toMatchObject({ code: drug.nationalCode, name: drug.name, maker: drug.maker, approvalNumber: drug.approvalNumber, packSpec: drug.packSpec, grade: '乙', valid: true })
    expect(found?.cells).toHaveLength(97)
    expect(house.catalogue.read((db) => findCatalogueDrug(db, 'XNONE', TODAY))).toBeNull()
  })

  it('of a drug that was withdrawn is that it does not hold any more', async () => {
    const { house } = await withPractice()
    await only(house, '1301')
    const [gone] = searchCatalogue(house, 'X', 200).filter(({ holds }) => !holds)
    expect(gone?.code).toContain('OLD')
    expect(house.catalogue.read((db) => findCatalogueDrug(db, gone?.code ?? '', TODAY))).toMatchObject({ valid: false, validUntil: '2026-08-31' })
    expect(catalogueDetail(house, gone?.code ?? '', TODAY).records[0]).toMatchObject({ holds: false })
  })

  it('of limit price, share and list entry depends on the day', async () => {
    const { house, till } = await withPractice()
    await only(house, '1301', '1312', '1316', '1318', '1319')
    const drug = limited()
    const { admvs } = till.profile.envelope
    const on = (date: string) => house.catalogue.read((db) => ({
      limit: limitPriceOn(db, drug.nationalCode, admvs, date as BusinessDate)?.amount ?? null,
      shares: selfPaySharesOn(db, drug.nationalCode, admvs, date as BusinessDate).map(({ kind, amount }) => `${kind} ${String(amount)}`).toSorted(),
      grade: listEntryOn(db, drug.nationalCode, admvs, date as BusinessDate)?.kind ?? null,
    }))
    expect(on('2026-11-21')).toEqual({ limit: drug.priceLimitMicro, shares: [`310 ${drug.preSelfPayE4}`, `390 ${drug.preSelfPayE4}`], grade: '02' })
    expect(on('2024-12-31')).toEqual({ limit: null, shares: [], grade: null })
    const detail = catalogueDetail(house, drug.nationalCode, TODAY)
    expect(detail).toMatchObject({ name: drug.name, limitPrices: [{ price: drug.priceLimitMicro, holds: true }], entries: [{ kind: '02', holds: true }] })
    expect(catalogueDetail(house, drug.nationalCode, '2024-12-31' as BusinessDate).limitPrices).toMatchObject([{ holds: false }])
  })

  it('is found by code, by pinyin initials, by the beginning and the middle of a name', async () => {
    const { house } = await withPractice()
    await only(house, '1301', '1307')
    const drug = limited()
    expect(searchCatalogue(house, drug.nationalCode.toLowerCase().slice(0, 12), 20).map(({ code }) => code)).toContain(drug.nationalCode)
    expect(searchCatalogue(house, drug.name.slice(1, 4), 100).map(({ code }) => code)).toContain(drug.nationalCode)
    expect(searchCatalogue(house, 'lxy', 5)).toHaveLength(5)
    expect(searchCatalogue(house, '高血压', 5)).toMatchObject([{ list: '1307', code: 'I10.x00', holds: true }])
    expect(searchCatalogue(house, '  ', 5)).toEqual([])
    expect(searchCatalogue(house, '没有这个药', 5)).toEqual([])
  })

  it('is nothing before the first update, and says so', async () => {
    const { house } = await withPractice()
    expect(house.catalogue.read((db) => itemsOfCode(db, 'X', TODAY))).toBeNull()
    expect(catalogueState(house, 5)).toMatchObject({ generation: null, madeAt: null, changes: [] })
    expect(() => searchCatalogue(house, 'x', 5)).toThrow(expect.objectContaining({ code: 'catalogue.none' }))
    expect(() => catalogueDetail(house, 'X', TODAY)).toThrow(expect.objectContaining({ code: 'catalogue.none' }))
  })

  it('of a code it does not have is that, without repeating what was typed', async () => {
    const { house } = await withPractice()
    await only(house, '1307')
    expect(() => catalogueDetail(house, '999999198001010118', TODAY)).toThrow(expect.objectContaining({ code: 'catalogue.item-not-found', detail: { code: expect.not.stringContaining('19800101') } }))
  })
})

describe('when something goes wrong, the catalogue in use stays', () => {
  const afterFirst = async (province: PracticeProfileInput = { files: { catalogueSteps: 'edition' } }) => {
    const shop = await withPractice(province, { stallMs: 300 })
    await only(shop.house, '1307')
    const before = { contents: contents(shop.house), generation: currentGeneration(shop.house.db) }
    const stays = (): void => {
      expect(contents(shop.house)).toEqual(before.contents)
      expect(currentGeneration(shop.house.db)).toEqual(before.generation)
      expect(files(shop.folder)).toEqual([before.generation?.file])
      expect(readdirSync(path.join(shop.folder, 'incoming'))).toEqual([])
      expect(catalogueProgress(shop.house)).toBeNull()
    }
    return { ...shop, stays }
  }

  it.each<[string, FaultPlan, object, string]>([
    ['the question is refused', { rules: [{ infno: '1301', action: { kind: 'refuse', text: '系统繁忙' } }] }, { code: 'platform.refused' }, '1301 not-asked'],
    ['nobody answers the question', { rules: [{ infno: '1301', action: { kind: 'lose-before-booking' } }] }, { code: 'platform.timeout' }, '1301 not-asked'],
    ['the download breaks in the middle, every time', { rules: [{ infno: '9102', action: { kind: 'close-mid-body' } }] }, { code: expect.stringMatching(/^platform\./) }, '1301 not-asked'],
    ['the download is words', { rules: [{ infno: '9102', action: { kind: 'garble', how: 'html' } }] }, { code: 'platform.unexpected-answer' }, '1301 not-asked'],
    ['the download is refused', { rules: [{ infno: '9102', action: { kind: 'refuse', text: '文件不存在' } }] }, { code: 'platform.refused' }, '1301 not-asked'],
    ['the archive is half of one', { rules: [{ infno: '9102', action: { kind: 'garble', how: 'truncated' } }] }, { code: 'file.broken', detail: { reason: 'not-a-zip' } }, '1301 refused'],
  ])('%s', async (_name, plan, error, noted) => {
    const { house, practice, stays } = await afterFirst()
    practice.setFaults(plan)
    expect(await only(house, '1301')).toMatchObject([{ list: '1301', taken: [], error }])
    stays()
    expect(outcomes(house).at(-1)).toBe(noted)
    practice.setFaults({})
    expect(await only(house, '1301')).toMatchObject([{ error: null }])
  })

  it('a download that breaks once is asked for again, and nobody hears of it', async () => {
    const { house, practice } = await afterFirst()
    practice.setFaults({ rules: [{ infno: '9102', nth: 1, action: { kind: 'close-mid-body' } }] })
    expect(await only(house, '1301')).toMatchObject([{ error: null }])
  })

  it('a list that fails does not keep the next from coming; a line that is gone does', async () => {
    const { house, practice } = await withPractice()
    practice.setFaults({ rules: [{ infno: '1302', action: { kind: 'refuse', text: '系统繁忙' } }] })
    expect((await only(house, '1301', '1302', '1307')).map(({ list, error }) => [list, error?.code ?? null])).toEqual([['1301', null], ['1302', 'platform.refused'], ['1307', null]])
    await practice.close()
    // The first may still have been on its way over a connection that was open.
    const gone = await only(house, '1301', '1302', '1307')
    expect(gone.at(-1)).toMatchObject({ error: { code: 'platform.offline' } })
    expect(gone.map(({ list }) => list)).not.toContain('1307')
  })

  it.each(['catalogue:fetched', 'catalogue:built', 'catalogue:pointed'] as const)('the power goes at %s', async (point) => {
    const { house, crash, again, folder } = await afterFirst()
    const before = contents(house)
    crash.at = point
    await expect(only(house, '1301')).rejects.toThrow('crashed')
    crash.at = null
    const later = again()
    const taken = point === 'catalogue:pointed'
    if (taken) expect(contents(later)).not.toEqual(before)
    else expect(contents(later)).toEqual(before)
    expect(files(folder)).toEqual([currentGeneration(later.db)?.file])
    expect(existsSync(path.join(folder, 'incoming'))).toBe(false)
    expect(await only(later, '1301')).toMatchObject([{ error: null }])
    const whole = await withPractice()
    await only(whole.house, '1307', '1301')
    expect(contents(later)).toEqual(contents(whole.house))
  })

  it('a file of the catalogue that is lost or damaged is no catalogue, the till starts, and the next update builds it anew', async () => {
    const { house, folder, again, log } = await afterFirst()
    writeFileSync(path.join(folder, currentGeneration(house.db)?.file ?? ''), Buffer.alloc(20_000, 1))
    const later = again()
    expect(later.catalogue.read(() => 1)).toBeNull()
    expect(catalogueState(later, 1)).toMatchObject({ generation: null })
    expect(log.join('')).toContain('cannot be read')
    const [anew] = await only(later, '1307')
    expect(anew).toMatchObject({ error: null })
    expect(anew?.taken[0]).toMatchObject({ versionBefore: '' })
    expect(later.catalogue.read(() => 1)).toBe(1)
  })

  it('a second update is not begun beside a first', async () => {
    const { house } = await withPractice()
    const first = only(house, '1301')
    expect(catalogueProgress(house)).toMatchObject({ list: '1301' })
    await expect(only(house, '1301')).rejects.toMatchObject({ code: 'catalogue.busy' })
    await first
    expect(catalogueProgress(house)).toBeNull()
  })
})

describe('readers', () => {
  it('who hold a generation go on reading it while the next takes over; its file goes when the last lets go', async () => {
    const { house, folder } = await withPractice()
    await only(house, '1307')
    const held = house.catalogue.hold()
    if (held === null) throw new Error('no catalogue')
    const before = currentGeneration(house.db)?.file
    const rows = held.db.prepare('select code from item order by id').pluck().iterate() as IterableIterator<string>
    const first = rows.next()
    await only(house, '1301')
    const after = currentGeneration(house.db)?.file
    expect(new Set(files(folder))).toEqual(new Set([before, after]))
    expect([first.value, ...rows]).toHaveLength(5)
    expect(held.db.prepare('select count(*) from item').pluck().get()).toBe(5)
    expect(house.catalogue.read((db) => db.prepare('select count(*) from item').pluck().get())).toBeGreaterThan(400)
    held.release()
    held.release()
    expect(files(folder)).toEqual([after])
  })

  it('find one generation or the next at every moment, never a mixture', async () => {
    const { house } = await withPractice({ files: { catalogueSteps: 'edition' } })
    await only(house, '1307')
    const seen = new Set<string>()
    let over = false
    const updating = only(house, '1301').finally(() => { over = true })
    while (!over) {
      seen.add(house.catalogue.read((db) => `${db.prepare(`select coalesce(sum(rows), 0) from list`).pluck().get() as number} ${db.prepare('select count(*) from item').pluck().get() as number}`) ?? 'none')
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
    await updating
    for (const pair of seen) expect(pair.split(' ')[0]).toBe(pair.split(' ')[1])
    expect(seen.size).toBeGreaterThan(1)
  })
})

describe('an archive that somebody brought', () => {
  it('is taken like one of the platform, and refused like one', async () => {
    const { house } = await withPractice()
    const folder = ownFolder()
    expect(await importArchive(house, 'M1', '1301', await drugArchive(folder, [{ id: '1', version: '5' }]), false)).toMatchObject({ new: 1, version: '5' })
    await expect(importArchive(house, 'M1', '1302', await drugArchive(folder, [{ id: '1', version: '5' }]), false)).rejects.toMatchObject({ code: 'file.broken', detail: { reason: 'columns' } })
    expect(outcomes(house)).toEqual(['1301 changed', '1302 refused'])
  })
})

it('a platform that gives the same page for ever is stopped, and nothing of it is used', async () => {
  const row = (index: number) => ({ hilist_code: `H${index}`, hilist_lmtpric_type: '1', overlmt_dspo_way: '1', insu_admdvs: '999900', begndate: '2025-01-01', hilist_pric_uplmt_amt: 1.5, vali_flag: '1', rid: `${index}`, updt_time: '2026-01-01' })
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      const output = request.headers['_api_name'] === '9001' ? { signinoutb: { sign_no: '1', sign_time: '2026-11-21 09:00:00' } } : Array.from({ length: 10 }, (_, index) => row(index))
      response.end(JSON.stringify({ infcode: 0, output }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => { server.closeAllConnections(); server.close() })
  const { house } = openCatalogueShop(`http://127.0.0.1:${(server.address() as AddressInfo).port}/csb`, { pageSize: 10 })
  expect(await only(house, '1318')).toMatchObject([{ taken: [], error: { code: 'catalogue.refused', detail: { problem: 'catalogue-pages' } } }])
  expect(house.catalogue.hold()).toBeNull()
})

describe('by itself', () => {
  it('the catalogue is asked for when a list is older than the profile allows, not more than once an hour, and never where the profile says so', async () => {
    const hour = 3_600_000
    const { house, till, practice } = await withPractice({}, { catalogues: ['1307', '1309'], catalogueEveryHours: 24 })
    expect(isCatalogueDue(house)).toBe(true)
    await update(house)
    expect(isCatalogueDue(house)).toBe(false)
    till.clock.now += 24 * hour
    expect(isCatalogueDue(house)).toBe(true)
    practice.setFaults({ rules: [{ infno: '*', action: { kind: 'lose-before-booking' } }] })
    await update(house)
    expect(isCatalogueDue(house)).toBe(false)
    till.clock.now += hour
    expect(isCatalogueDue(house)).toBe(true)
    expect(isCatalogueDue({ ...house, profile: { ...house.profile, files: { ...house.profile.files, catalogueEveryHours: null } } })).toBe(false)
  })
})
