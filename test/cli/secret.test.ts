import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { runCli } from '../../electron/cli/program.ts'
import { databaseFile } from '../../electron/core/core.ts'
import { readProfileText, shippedProfileFile } from '../../electron/core/platform/profile-file.ts'
import { startPractice } from '../../electron/practice/server.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { hearingTerminal } from './support/terminal.ts'

const ACCESS = 'access-of-this-shop'
const SECRET = 'a-key-nobody-may-read'
const folder = (): string => temporaryFolder()
const run = async (standsIn: string, args: readonly string[], stdin = '') => {
  const terminal = { ...hearingTerminal({ standsIn }), stdin: () => Promise.resolve(stdin) }
  const code = await runCli(args, terminal)
  return { code, said: terminal.said(), complained: terminal.complained() }
}

test("a province's keys come from the shop's encrypted data, are listed by name only, and sign its messages", async () => {
  const here = folder()
  const practice = await startPractice({ profile: { keys: [{ accessKey: ACCESS, secretKey: SECRET }] } })
  onTestFinished(() => practice.close())
  const profile = readProfileText(shippedProfileFile('practice'))
    .replace(/"accessKey": \{[^}]*\}/, '"accessKey": { "secret": "platform.accessKey" }')
    .replace(/"secretKey": \{[^}]*\}/, '"secretKey": { "secret": "platform.secretKey" }')
    .replace(/"url": "[^"]*"/, `"url": "${practice.url}"`)
  writeFileSync(path.join(here, 'mine.jsonc'), profile)
  const doctor = async () => (JSON.parse((await run(here, ['doctor', '--data', 'shop', '--profile', 'mine.jsonc', '--platform', practice.url, '--json'])).said) as { findings: { check: string; level: string; en: string }[] }).findings.find(({ check }) => check === 'platform')
  expect(await doctor()).toMatchObject({ level: 'fail', en: expect.stringContaining('platform.accessKey') })

  expect((await run(here, ['secret', 'set', 'platform.accessKey', '--data', 'shop'], `${ACCESS}\n`)).code).toBe(0)
  const set = await run(here, ['secret', 'set', 'platform.secretKey', '--data', 'shop', '--lang', 'en'], `${SECRET}\r\n`)
  expect(set).toMatchObject({ code: 0, said: '', complained: 'platform.secretKey is kept and used when the till is opened next\n' })
  const listed = await run(here, ['secret', 'list', '--data', 'shop'])
  expect(JSON.parse(listed.said)).toMatchObject([{ name: 'platform.accessKey' }, { name: 'platform.secretKey' }])
  for (const key of [ACCESS, SECRET]) {
    expect(listed.said).not.toContain(key)
    expect(readFileSync(databaseFile(path.join(here, 'shop'))).includes(key)).toBe(false)
  }
  expect(await doctor()).toMatchObject({ level: 'ok' })

  expect((await run(here, ['secret', 'remove', 'platform.secretKey', '--data', 'shop'])).code).toBe(0)
  expect((await run(here, ['secret', 'remove', 'platform.secretKey', '--data', 'shop'])).code).toBe(1)
  expect(await doctor()).toMatchObject({ level: 'fail', en: expect.stringContaining('platform.secretKey') })
})

test('a key is one line; nothing, two lines or a book is refused', async () => {
  const here = folder()
  for (const wrong of ['', '\n', 'one\ntwo\n', 'x'.repeat(10_001)]) expect((await run(here, ['secret', 'set', 'k', '--data', 'shop'], wrong)).code).toBe(2)
})
