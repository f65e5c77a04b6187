import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runBuild } from '../../../electron/core/catalogue/run-build.ts'
import { isNewerVersion } from '../../../electron/core/catalogue/lists.ts'
import type { ListedRow } from '../../../electron/core/platform/calls/list-page.ts'
import type { Drug } from './archives.ts'
import { archive, archiveSource, build, contentsOf, drugArchive, drugCells, KEY, ownFolder } from './archives.ts'

const two: readonly Drug[] = [{ id: '1', version: '20250701' }, { id: '2', version: '20250701' }]
const dbFiles = (folder: string): string[] => readdirSync(folder).filter((name) => name.includes('.db'))

describe('a first archive', () => {
  it('becomes a whole, encrypted generation with its greatest version', async () => {
    const folder = ownFolder()
    const report = await build(folder, archiveSource(await drugArchive(folder, [...two, { id: '3', version: '20260301', valid: '0' }]), 3))
    expect(report).toMatchObject({ list: '1301', versionBefore: '', version: '20260301', read: 3, new: 3, changed: 0, withdrawn: 0, rows: 3, validRows: 2 })
    expect(contentsOf(report.file)).toMatchObject({ check: 'ok', lists: [{ list: '1301', version: '20260301', rows: 3, valid_rows: 2 }] })
    expect(readFileSync(report.file).includes(Buffer.from('练习药1'))).toBe(false)
    expect(readFileSync(report.file).subarray(0, 15).toString('latin1')).not.toBe('SQLite format 3')
  })

  it('keeps every one of the 97 columns', async () => {
    const folder = ownFolder()
    const cells = drugCells({ id: '1', version: '1' }).map((cell, index) => cell ?? `第${index + 1}列`).map((cell, index) => ([36, 37, 95, 96].includes(index) ? '2026-01-01' : cell))
    const { file } = await build(folder, archiveSource(await archive(folder, [cells])))
    expect((contentsOf(file) as { items: { cells: string }[] }).items[0]?.cells.split('\t')).toEqual(cells)
  })
})

describe('a newer archive', () => {
  const withUpdate = async (update: readonly Drug[]) => {
    const folder = ownFolder()
    const first = await build(folder, archiveSource(await drugArchive(folder, two)))
    return { folder, first, second: await build(folder, archiveSource(await drugArchive(folder, update)), first.file) }
  }
  it('changes, adds and withdraws, and leaves the generation before it as it was', async () => {
    const before = ownFolder()
    const untouched = contentsOf((await build(before, archiveSource(await drugArchive(before, two)))).file)
    const { first, second } = await withUpdate([{ id: '2', version: '20260301', valid: '0', until: '2026-02-28' }, { id: '1', version: '20260301', note: '限工伤' }, { id: '3', version: '20260301' }])
    expect(second).toMatchObject({ versionBefore: '20250701', version: '20260301', read: 3, new: 1, changed: 2, withdrawn: 1, rows: 3, validRows: 2 })
    expect(contentsOf(first.file)).toEqual(untouched)
  })

  it('taken twice changes nothing the second time', async () => {
    const { folder, second } = await withUpdate([{ id: '1', version: '20260301' }])
    const third = await build(folder, archiveSource(await drugArchive(folder, [{ id: '1', version: '20260301' }])), second.file)
    expect(third).toMatchObject({ read: 1, new: 0, changed: 0, version: '20260301' })
    expect(contentsOf(third.file)).toEqual(contentsOf(second.file))
  })

  it('that is older than what is here takes nothing back', async () => {
    const { folder, second } = await withUpdate([{ id: '1', version: '20260301', note: '新' }])
    const third = await build(folder, archiveSource(await drugArchive(folder, two)), second.file)
    expect(third).toMatchObject({ new: 0, changed: 0, version: '20260301' })
    expect(contentsOf(third.file)).toEqual(contentsOf(second.file))
  })

  it('knows V9 before V10, and 20250701 before 20260301', () => {
    expect([isNewerVersion('V10', 'V9'), isNewerVersion('V9', 'V10'), isNewerVersion('1.0.10', '1.0.9'), isNewerVersion('20260301', '20250701'), isNewerVersion('0007', '7')]).toEqual([true, false, true, true, false])
  })
})

it('any split of a history into archives, in any order, ends as the same catalogue as all of it at once', async () => {
  const drug = fc.record({
    id: fc.integer({ min: 1, max: 12 }).map(String),
    version: fc.constantFrom('1', '2', '9', '10', '11'),
    valid: fc.constantFrom('0', '1'),
    note: fc.constantFrom(null, '甲', '乙'),
    until: fc.constantFrom(null, '2026-06-30', '2099-12-31'),
    updated: fc.constantFrom('2026-01-01 00:00:00', '2026-01-02 00:00:00'),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(drug, { minLength: 1, maxLength: 30 }), fc.array(fc.nat(4), { minLength: 30, maxLength: 30 }), fc.array(fc.nat(), { minLength: 5, maxLength: 5 }), async (drugs, parts, order) => {
      const folder = ownFolder()
      const whole = await build(folder, archiveSource(await drugArchive(folder, drugs)))
      const portions = [0, 1, 2, 3, 4].map((part) => drugs.filter((_, index) => parts[index] === part)).map((portion, index) => ({ portion, at: order[index] ?? 0 }))
        .toSorted((a, b) => a.at - b.at).map(({ portion }) => portion).filter((portion) => portion.length > 0)
      let from: string | null = null
      for (const portion of portions) from = (await build(folder, archiveSource(await drugArchive(folder, portion)), from)).file
      expect(contentsOf(from ?? '')).toEqual(contentsOf(whole.file))
    }),
    { numRuns: 40 },
  )
})

describe('what cannot be trusted is refused whole, and leaves nothing behind', () => {
  const refused = async (make: (folder: string) => Promise<string>, rows: number | null = null): Promise<unknown> => {
    const folder = ownFolder()
    const first = await build(folder, archiveSource(await drugArchive(folder, two)))
    const before = contentsOf(first.file)
    const files = dbFiles(folder)
    const error: unknown = await build(folder, archiveSource(await make(folder), rows), first.file).then(() => 'built', (caught: unknown) => caught)
    expect(contentsOf(first.file)).toEqual(before)
    expect(dbFiles(folder)).toEqual(files)
    return error
  }
  const broken = (detail: object) => ({ code: 'file.broken', detail })
  const untrusted = (problem: string, line: number | null) => ({ code: 'catalogue.refused', detail: { problem: `catalogue-${problem}`, line } })
  const good = drugCells({ id: '9', version: '20260301' })
  const changed = (column: number, text: string | null) => good.map((cell, index) => (index === column - 1 ? text : cell))
  const cut = async (folder: string, at: (bytes: Buffer) => number): Promise<string> => {
    const file = await drugArchive(folder, Array.from({ length: 200 }, (_, index) => ({ id: `${index}`, version: '20260301' })))
    const bytes = readFileSync(file)
    writeFileSync(file, bytes.subarray(0, at(bytes)))
    return file
  }

  it.each<[string, (folder: string) => Promise<string>, object]>([
    ['96 columns', (folder) => archive(folder, [good, good.slice(1)]), broken({ reason: 'columns', line: 2 })],
    ['98 columns', (folder) => archive(folder, [[...good, null]]), broken({ reason: 'columns', line: 1 })],
    ['an archive cut in the middle', (folder) => cut(folder, (bytes) => bytes.length / 2), broken({ reason: 'not-a-zip' })],
    ['an archive without its last byte', (folder) => cut(folder, (bytes) => bytes.length - 1), broken({ reason: 'not-a-zip' })],
    ['words instead of an archive', (folder) => { const file = path.join(folder, 'w.zip'); writeFileSync(file, '{"infcode":-1}'); return Promise.resolve(file) }, broken({ reason: 'not-a-zip' })],
    ['a row without a code', (folder) => archive(folder, [good, changed(1, null)]), untrusted('no-code', 2)],
    ['a row without a version', (folder) => archive(folder, [changed(83, null)]), untrusted('no-version', 1)],
    ['a flag that is no flag', (folder) => archive(folder, [good, good, changed(79, '2')]), untrusted('bad-flag', 3)],
    ['a date that cannot be', (folder) => archive(folder, [changed(96, '2026-02-31')]), untrusted('bad-date', 1)],
    ['a code of a page', (folder) => archive(folder, [changed(1, 'X'.repeat(300))]), untrusted('too-long', 1)],
  ])('%s', async (_name, make, error) => {
    expect(await refused(make)).toMatchObject(error)
  })

  it('a checksum that does not fit', async () => {
    expect(await refused(async (folder) => {
      const file = await drugArchive(folder, two)
      const bytes = readFileSync(file)
      const central = bytes.indexOf(Buffer.from('504b0102', 'hex'))
      bytes.writeUInt32LE((bytes.readUInt32LE(central + 16) ^ 1) >>> 0, central + 16)
      writeFileSync(file, bytes)
      return file
    })).toMatchObject(broken({ reason: 'checksum' }))
  })

  it('fewer rows than the platform said', async () => {
    expect(await refused((folder) => drugArchive(folder, two), 3)).toMatchObject({ code: 'catalogue.refused', detail: { problem: 'catalogue-count', said: 3, found: 2 } })
  })

  it('an empty archive where nothing is here yet', async () => {
    const folder = ownFolder()
    await expect(build(folder, archiveSource(await drugArchive(folder, [])))).rejects.toMatchObject(untrusted('empty', null))
  })

  it('a list that loses a fifth of what was valid, unless a person says that it really did', async () => {
    const folder = ownFolder()
    const many = Array.from({ length: 200 }, (_, index) => ({ id: `${index}`, version: '1' }))
    const first = await build(folder, archiveSource(await drugArchive(folder, many)))
    const fewer = await drugArchive(folder, many.slice(0, 41).map((drug) => ({ ...drug, version: '2', valid: '0' })))
    await expect(build(folder, archiveSource(fewer), first.file)).rejects.toMatchObject({ code: 'catalogue.refused', detail: { problem: 'catalogue-shrunk', before: 200, after: 159 } })
    expect(await build(folder, archiveSource(fewer), first.file, { acceptShrinking: true })).toMatchObject({ withdrawn: 41, validRows: 159 })
    const allowed = await drugArchive(folder, many.slice(0, 40).map((drug) => ({ ...drug, version: '2', valid: '0' })))
    expect(await build(folder, archiveSource(allowed), first.file)).toMatchObject({ withdrawn: 40, validRows: 160 })
  })

  it('a generation that cannot be opened with this key is not built upon', async () => {
    const folder = ownFolder()
    const first = await build(folder, archiveSource(await drugArchive(folder, two)))
    await expect(build(folder, archiveSource(await drugArchive(folder, two)), first.file, { key: new Uint8Array(32).fill(8) })).rejects.toMatchObject({ code: 'database.wrong-key' })
  })

  it('a disk that is full at any moment of the build', async (context) => {
    const small = ownFolder()
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', small], { stdio: 'pipe' })
    } catch {
      console.log('skipped: no small disk can be mounted here')
      return context.skip('no small disk can be mounted here')
    }
    try {
      const many = (version: string): Drug[] => Array.from({ length: 1_500 }, (_, index) => ({ id: `${index}`, version, note: '长'.repeat(60) }))
      const [first, second] = [await drugArchive(small, many('1')), await drugArchive(ownFolder(), many('2'))]
      const { file: from } = await build(small, archiveSource(first))
      const before = contentsOf(from)
      const endings = new Set<unknown>()
      for (let left = 0; left <= 5_000_000; left += 250_000) {
        const filler = path.join(small, 'filler')
        const room = statfsSync(small).bavail * statfsSync(small).bsize
        if (room > left) writeFileSync(filler, Buffer.alloc(room - left))
        const ending: unknown = await build(small, archiveSource(second), from).then(({ file }) => { rmSync(file); return 'built' }, (error: { code: unknown }) => error.code)
        endings.add(ending)
        expect(['built', 'disk.full']).toContain(ending)
        expect(contentsOf(from)).toEqual(before)
        expect(readdirSync(small).filter((name) => name.endsWith('.building'))).toEqual([])
        rmSync(filler, { force: true })
      }
      expect(endings).toEqual(new Set(['disk.full', 'built']))
    } finally {
      execFileSync('umount', ['-l', small])
    }
  })
})

describe('in a thread of its own', () => {
  it('builds the same, and errors come back as they are', async () => {
    const folder = ownFolder()
    const file = await drugArchive(folder, two)
    const here = await build(folder, archiveSource(file))
    const there = path.join(folder, 'there.db')
    expect(await runBuild()({ from: null, to: there, key: KEY, source: archiveSource(file, 2), acceptShrinking: false })).toMatchObject({ new: 2, version: '20250701' })
    expect(contentsOf(there)).toEqual(contentsOf(here.file))
    await expect(runBuild()({ from: null, to: there, key: KEY, source: archiveSource(file, 5), acceptShrinking: false })).rejects.toMatchObject({ code: 'catalogue.refused', detail: { problem: 'catalogue-count' } })
  })

  it('stopped in the middle leaves no generation', async () => {
    const folder = ownFolder()
    const file = await drugArchive(folder, Array.from({ length: 20_000 }, (_, index) => ({ id: `${index}`, version: '1' })))
    const stop = new AbortController()
    const to = path.join(folder, 'g.db')
    const built = runBuild(stop.signal)({ from: null, to, key: KEY, source: archiveSource(file), acceptShrinking: false })
    const ended = built.then(() => 'built', (error: unknown) => error)
    for (let tries = 0; tries < 500 && !existsSync(`${to}.building`); tries += 1) await new Promise((resolve) => setTimeout(resolve, 5))
    expect(existsSync(`${to}.building`)).toBe(true)
    stop.abort()
    expect(await ended).toMatchObject({ code: 'catalogue.refused', detail: { problem: 'catalogue-stopped' } })
    expect(existsSync(to)).toBe(false)
  })
})

describe('pages of the insurance list', () => {
  const row = (rowId: string, more: Partial<ListedRow> = {}): ListedRow => ({ rowId, listCode: `HL${rowId}`, code: '', area: '999900', kind: '1', way: '1', amount: 1_000_000, valid: true, from: null, until: null, updatedOn: null, row: { rowId }, ...more })
  const pages = (folder: string, name: string, rows: readonly ListedRow[]) => {
    const file = path.join(folder, name)
    writeFileSync(file, rows.map((one) => `${JSON.stringify(one)}\n`).join(''))
    return { kind: 'pages', list: '1318', file } as const
  }
  it('are taken by their number, the later change wins, and the last date of change is their version', async () => {
    const folder = ownFolder()
    const first = await build(folder, pages(folder, 'a', [row('1', { updatedOn: '2026-01-01' as never }), row('2', { updatedOn: '2026-02-01' as never })]))
    expect(first).toMatchObject({ list: '1318', version: '2026-02-01', new: 2, rows: 2 })
    const second = await build(folder, pages(folder, 'b', [row('1', { amount: 5, updatedOn: '2026-03-01' as never, row: { rowId: '1', x: 1 } }), row('2', { amount: 7, updatedOn: '2026-01-15' as never })]), first.file)
    expect(second).toMatchObject({ version: '2026-03-01', new: 0, changed: 1 })
    expect((contentsOf(second.file) as { listed: { amount: number }[] }).listed.map(({ amount }) => amount)).toEqual([5, 1_000_000])
  })
})
