import { createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import * as yazl from 'yazl'
import { isAppError } from '../../../electron/contract/index.ts'
import type { Cells, ReadOptions } from '../../../electron/core/files/zip-rows.ts'
import { readZipRows, writeZipRows } from '../../../electron/core/files/zip-rows.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'yaogui-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let made = 0
const place = (): string => path.join(folder, `${(made += 1)}.zip`)

const zipped = async (entries: Readonly<Record<string, string | Buffer>>, compress = true): Promise<string> => {
  const zip = new yazl.ZipFile()
  for (const [name, bytes] of Object.entries(entries)) zip.addBuffer(Buffer.from(bytes as string), name, { compress })
  zip.end()
  const file = place()
  await pipeline(zip.outputStream, createWriteStream(file))
  return file
}
const read = async (file: string, options: ReadOptions): Promise<Cells[]> => {
  const rows: Cells[] = []
  for await (const row of readZipRows(file, options)) rows.push(row)
  return rows
}
const refusal = async (file: string, options: ReadOptions): Promise<unknown> => {
  try {
    await read(file, options)
  } catch (error) {
    if (isAppError(error)) return [error.code, error.detail['reason'], error.detail['line']]
    throw error
  }
  return 'read'
}
const changed = (file: string, change: (bytes: Buffer) => Buffer): string => {
  const other = place()
  writeFileSync(other, change(readFileSync(file)))
  return other
}
const two = { columns: 2 }

describe('rows of a ZIP', () => {
  it('are what was written, cell for cell, nothing as null', async () => {
    const cell = fc.oneof(
      fc.constant(null),
      fc.string({ unit: 'grapheme', maxLength: 12 }).filter((text) => text !== 'null' && !/[\u0000-\u001f\u007f]/.test(text) && text.isWellFormed()),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { maxLength: 30 }), async (rows) => {
        const file = place()
        await writeZipRows(file, 'rows.txt', rows)
        expect(await read(file, { columns: 3 })).toEqual(rows)
      }),
      { numRuns: 60 },
    )
  })

  it('survive borders of the portions in which they are read', async () => {
    const rows = Array.from({ length: 40_000 }, (_, index) => [`药${index}`, index % 3 === 0 ? null : '片'.repeat(index % 40)])
    const file = place()
    await writeZipRows(file, 'rows.txt', rows)
    expect(await read(file, two)).toEqual(rows)
  })

  it('give the same bytes each time they are written', async () => {
    const [one, other] = [place(), place()]
    await writeZipRows(one, 'a.txt', [['1', null]])
    await writeZipRows(other, 'a.txt', [['1', null]])
    expect(readFileSync(one)).toEqual(readFileSync(other))
  })

  it.each([
    ['a mark of byte order', '\ufeff甲\t乙\n丙\tnull\n'],
    ['carriage returns before line ends', '甲\t乙\r\n丙\tnull\r\n'],
    ['a missing last line end', '甲\t乙\n丙\tnull'],
  ])('are taken with %s', async (_name, text) => {
    expect(await read(await zipped({ 'a.txt': text }), two)).toEqual([['甲', '乙'], ['丙', null]])
  })

  it('may be none', async () => {
    expect(await read(await zipped({ 'a.txt': '' }), two)).toEqual([])
  })

  it('may be stored without compression', async () => {
    expect(await read(await zipped({ 'a.txt': '1\t2\n' }, false), two)).toEqual([['1', '2']])
  })

  it.each<[string, string | Buffer, string, number | null]>([
    ['a column too few', '1\t2\n1\n1\t2\n', 'columns', 2],
    ['a column too many', '1\t2\t3\n', 'columns', 1],
    ['an empty line', '1\t2\n\n1\t2\n', 'columns', 2],
    ['bytes that are no UTF-8', Buffer.concat([Buffer.from('1\t2\n1\t'), Buffer.from([0xb0, 0xa1]), Buffer.from('\n')]), 'utf8', 2],
    ['half a character at the end', Buffer.from('1\t药').subarray(0, 4), 'utf8', 1],
    ['a NUL', '1\t2\n1\t\u0000\n', 'control-character', 2],
    ['a carriage return within a row', '1\r\t2\n', 'control-character', 1],
    ['a vertical tab', '1\t\u000b\n', 'control-character', 1],
  ])('are refused whole with %s', async (_name, text, reason, line) => {
    expect(await refusal(await zipped({ 'a.txt': text }), two)).toEqual(['file.broken', reason, line])
  })

  it('are refused where a row never ends', async () => {
    const file = await zipped({ 'a.txt': `1\t2\n${'x'.repeat(2_000_000)}\t\n` })
    expect(await refusal(file, { columns: 2, maxRowBytes: 10_000 })).toEqual(['file.broken', 'row-too-long', null])
    expect(await refusal(file, { columns: 2, maxRowBytes: 1_900_000 })).toEqual(['file.broken', 'row-too-long', 2])
    expect(await read(file, { columns: 2, maxRowBytes: 3_000_000 })).toHaveLength(2)
  })

  it('are refused beyond the number that is allowed', async () => {
    expect(await refusal(await zipped({ 'a.txt': '1\t2\n'.repeat(11) }), { columns: 2, maxRows: 10 })).toEqual(['file.broken', 'too-many-rows', 12])
  })
})

describe('an archive', () => {
  it('that is none, or is not there, is refused', async () => {
    const words = place()
    writeFileSync(words, '{"infcode":-1,"err_msg":"文件不存在"}')
    expect(await refusal(words, two)).toEqual(['file.broken', 'not-a-zip', null])
    expect(await refusal(path.join(folder, 'nowhere.zip'), two)).toEqual(['file.broken', 'missing', null])
  })

  it('cut anywhere is refused', async () => {
    const whole = await zipped({ 'a.txt': Array.from({ length: 300 }, (_, index) => `${index}\t${index * 7919}\n`).join('') })
    const { length } = readFileSync(whole)
    for (let at = 0; at < length; at += 13) expect(await refusal(changed(whole, (bytes) => bytes.subarray(0, at)), two), `cut at ${at}`).not.toBe('read')
  })

  it('with one byte of its contents changed is refused', async () => {
    const whole = await zipped({ 'a.txt': '甲\t1\n乙\t2\n' }, false)
    const at = readFileSync(whole).indexOf(Buffer.from('甲\t1'))
    const spoilt = changed(whole, (bytes) => { bytes[at + 4] = 0x39; return bytes })
    expect(await refusal(spoilt, two)).toEqual(['file.broken', 'checksum', null])
  })

  it('with several files in it is refused', async () => {
    expect(await refusal(await zipped({ 'a.txt': '1\t2\n', 'b.txt': '1\t2\n' }), two)).toEqual(['file.broken', 'several-entries', null])
  })

  it('with nothing in it, or only a folder, is refused', async () => {
    expect(await refusal(await zipped({}), two)).toEqual(['file.broken', 'several-entries', null])
    const zip = new yazl.ZipFile()
    zip.addEmptyDirectory('rows')
    zip.end()
    const file = place()
    await pipeline(zip.outputStream, createWriteStream(file))
    expect(await refusal(file, two)).toEqual(['file.broken', 'name', null])
  })

  it.each(['../../evil.txt', '/etc/evil.txt', 'C:/evil.txt', 'a\\..\\..\\evil.txt'])('whose file is called %s is refused', async (name) => {
    const harmless = await zipped({ [`${'n'.repeat(name.length)}`]: '1\t2\n' })
    const evil = changed(harmless, (bytes) => Buffer.from(bytes.toString('latin1').replaceAll('n'.repeat(name.length), name), 'latin1'))
    expect(await refusal(evil, two)).toEqual(['file.broken', 'name', null])
  })

  it('that is encrypted is refused', async () => {
    const open = await zipped({ 'a.txt': '1\t2\n' })
    const locked = changed(open, (bytes) => {
      const central = bytes.indexOf(Buffer.from('504b0102', 'hex'))
      bytes[6] = bytes[6]! | 1
      bytes[central + 8] = bytes[central + 8]! | 1
      return bytes
    })
    expect(await refusal(locked, two)).toEqual(['file.broken', 'encrypted', null])
  })

  it('packed in another way is refused', async () => {
    const known = await zipped({ 'a.txt': '1\t2\n' })
    const other = changed(known, (bytes) => { bytes[bytes.indexOf(Buffer.from('504b0102', 'hex')) + 10] = 12; return bytes })
    expect(await refusal(other, two)).toEqual(['file.broken', 'compression', null])
  })

  it('that says to be larger than allowed, or is larger than it says, is refused before it fills anything', async () => {
    const bomb = await zipped({ 'a.txt': '0\t0\n'.repeat(1_000_000) })
    expect(readFileSync(bomb).length).toBeLessThan(20_000)
    expect(await refusal(bomb, { columns: 2, maxBytes: 1_000_000 })).toEqual(['file.broken', 'too-large', null])
    const lying = changed(bomb, (bytes) => { bytes.writeUInt32LE(100, bytes.indexOf(Buffer.from('504b0102', 'hex')) + 24); return bytes })
    expect(await refusal(lying, { columns: 2, maxBytes: 1_000_000 })).toEqual(['file.broken', 'damaged', null])
  })
})

describe('writing', () => {
  it.each([['a\tb'], ['a\nb'], ['a\rb'], ['\u0000'], ['null']])('refuses the cell %j, and leaves nothing behind', async (cell) => {
    const file = place()
    await expect(writeZipRows(file, 'a.txt', [['fine'], [cell]])).rejects.toMatchObject({ code: 'file.broken', detail: { line: 2 } })
    expect(() => readFileSync(file)).toThrow()
    expect(() => readFileSync(`${file}.part`)).toThrow()
  })
})
