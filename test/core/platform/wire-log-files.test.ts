import { appendFileSync, mkdirSync, readFileSync, readdirSync, statSync, utimesSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { openWireLog, wireLogFiles, wireLogFolder } from '../../../electron/core/platform/wire-log.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const turn = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve, 3) })
const LIMITS = { size: '8k', files: 3, days: 30 }

test('a log that is full goes on in the next file, the oldest goes, and nobody else may read any', async () => {
  const folder = temporaryFolder()
  const wire = await openWireLog(folder, Date.now(), LIMITS)
  for (let n = 0; n < 1_000; n += 1) {
    wire.log.info({ n }, 'x'.repeat(80))
    if (n % 25 === 0) await turn()
  }
  for (let wait = 0; wait < 50; wait += 1) await turn()
  const files = wireLogFiles(folder)
  expect(files.length).toBeGreaterThan(1)
  expect(files.length).toBeLessThanOrEqual(LIMITS.files + 1)
  for (const file of files) expect({ mode: statSync(file).mode & 0o777, small: statSync(file).size < 16_000 }).toEqual({ mode: 0o600, small: true })
  expect(readFileSync(files.at(-1) ?? '', 'utf8')).toContain('"n":999')
  wire.close()
})

test('what is older than a month is dropped at the next start, other files are left alone', async () => {
  const folder = temporaryFolder()
  mkdirSync(wireLogFolder(folder), { recursive: true })
  const [old, other] = ['wire.1.log', 'note.txt'].map((name) => path.join(wireLogFolder(folder), name))
  for (const file of [old, other]) appendFileSync(file ?? '', 'x\n')
  const before = new Date(Date.now() - 40 * 86_400_000)
  for (const file of [old, other]) utimesSync(file ?? '', before, before)
  const wire = await openWireLog(folder, Date.now(), LIMITS)
  wire.log.info('new')
  wire.close()
  for (let wait = 0; wait < 20; wait += 1) await turn()
  expect(readdirSync(wireLogFolder(folder)).toSorted()).toEqual(['note.txt', 'wire.1.log'])
  expect(readFileSync(old ?? '', 'utf8')).not.toContain('x\n')
})

test('a log that cannot be written keeps nobody from anything', async () => {
  const wire = await openWireLog(temporaryFolder(), Date.now(), LIMITS)
  wire.close()
  await turn()
  expect(() => { wire.log.info('after the end') }).not.toThrow()
})
