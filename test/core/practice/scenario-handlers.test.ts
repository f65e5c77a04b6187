import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { loadProfile, shippedProfileFile, withEndpoint } from '../../../electron/core/platform/profile-file.ts'
import type { RegionProfile } from '../../../electron/core/platform/profile.ts'
import { startPractice } from '../../../electron/practice/server.ts'
import type { Practice } from '../../../electron/practice/server.ts'
import { isAppError } from '../../../electron/contract/index.ts'
import { openTill } from '../../support/till.ts'
import type { Till } from '../../support/till.ts'

const shipped = (): RegionProfile => loadProfile(shippedProfileFile('practice'))
const withProvince = async (): Promise<{ till: Till; practice: Practice }> => {
  const practice = await startPractice()
  onTestFinished(() => practice.close())
  return { practice, till: await openTill({ profile: withEndpoint(shipped(), practice) }) }
}
const refusal = async (asked: Promise<unknown>): Promise<string> =>
  asked.then(
    () => 'not refused',
    (error: unknown) => (isAppError(error) ? error.code : String(error)),
  )

test('everybody who may sell sees the lessons, plays one and ends it; playing is audited', async () => {
  const { till, practice } = await withProvince()
  const listed = await till.client.query('practice.listScenarios', {})
  expect(listed).toMatchObject({ playing: null, pageUrl: practice.pageAddress() })
  expect(listed.packs.map(({ name }) => name)).toContain('answer-lost')
  expect((await till.client.command('practice.playScenario', { name: 'balance-too-low' })).playing).toBe('balance-too-low')
  expect(practice.books.people().every(({ balanceFen }) => balanceFen <= 500)).toBe(true)
  // Another window of the shop sees the same one.
  const manager = await till.window('M1')
  expect((await manager.query('practice.listScenarios', {})).playing).toBe('balance-too-low')
  expect((await manager.command('practice.playScenario', { name: null })).playing).toBe(null)
  expect((await manager.query('audit.listRows', { limit: 20 })).rows.filter(({ action }) => action === 'practice.playScenario').length).toBe(2)
})

test('a command repeated after a broken line plays once', async () => {
  const { till } = await withProvince()
  const commandId = crypto.randomUUID()
  await till.client.command('practice.playScenario', { name: 'slow-line' }, { commandId })
  await till.client.command('practice.playScenario', { name: null })
  expect((await till.client.command('practice.playScenario', { name: 'slow-line' }, { commandId })).playing).toBe('slow-line')
  expect((await till.client.query('practice.listScenarios', {})).playing).toBe(null)
})

test('where there is no practice province nothing is asked of anybody', async () => {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const serviceUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/local`
  const profile = shipped()
  const real = await openTill({ profile: { ...profile, practice: false, credentials: { ...profile.credentials, serviceUrl } } })
  expect(await refusal(real.client.query('practice.listScenarios', {}))).toBe('practice.unreachable')
  expect(await refusal(real.client.command('practice.playScenario', { name: 'slow-line' }))).toBe('practice.unreachable')
  expect(asked).toEqual([])
  // In practice, but what answers there is no province.
  const other = await openTill({ profile: { ...profile, credentials: { ...profile.credentials, serviceUrl } } })
  expect(await refusal(other.client.query('practice.listScenarios', {}))).toBe('practice.unreachable')
  expect(asked).toEqual(['/local/scenario'])
})

test('a lesson nobody has, or a province that is gone, changes nothing and is said', async () => {
  const { till, practice } = await withProvince()
  await till.client.command('practice.playScenario', { name: 'slow-line' })
  expect(await refusal(till.client.command('practice.playScenario', { name: 'no-such-lesson' }))).toBe('practice.unreachable')
  expect((await till.client.query('practice.listScenarios', {})).playing).toBe('slow-line')
  await practice.close()
  expect(await refusal(till.client.query('practice.listScenarios', {}))).toBe('practice.unreachable')
})
