import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { CONTENT_SECURITY_POLICY, answerAppRequest, listAppFiles } from '../../electron/shell/app-protocol.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const files = () => {
  const folder = temporaryFolder()
  mkdirSync(path.join(folder, 'dist/assets'), { recursive: true })
  writeFileSync(path.join(folder, 'dist/index.html'), 'page')
  writeFileSync(path.join(folder, 'dist/assets/a.js'), 'code')
  writeFileSync(path.join(folder, 'secret.js'), 'secret')
  return listAppFiles(path.join(folder, 'dist'))
}
const ask = (url: string, method = 'GET'): Response => answerAppRequest(files(), { url, method })

test('serves the built screens under a policy without network', async () => {
  for (const url of ['app://yaogui/', 'app://yaogui', 'app://yaogui/index.html', 'app://yaogui/?q#h']) expect(await ask(url).text()).toBe('page')
  const script = ask('app://yaogui/assets/a.js')
  expect(await script.text()).toBe('code')
  expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  expect(script.headers.get('content-security-policy')).toBe(CONTENT_SECURITY_POLICY)
  expect(CONTENT_SECURITY_POLICY).toContain("default-src 'none'")
  expect(CONTENT_SECURITY_POLICY).toContain("connect-src 'none'")
  expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe|\*|https?:/)
})
test('nothing outside the list is reachable', () => {
  for (const url of ['app://yaogui/../secret.js', 'app://yaogui/..%2fsecret.js', 'app://yaogui/%2e%2e/secret.js', 'app://yaogui//secret.js', 'app://yaogui/assets', 'app://yaogui/assets\\..\\..\\secret.js', 'app://yaogui/nothing']) expect(ask(url).status).toBe(404)
})
test('only GET of our own origin is answered', () => {
  for (const method of ['POST', 'PUT', 'HEAD', 'OPTIONS']) expect(ask('app://yaogui/', method).status).toBe(405)
  for (const url of ['app://other/', 'file:///etc/passwd', 'https://yaogui/', 'nonsense', 'app://yaogui:8080/', 'app://user@yaogui.evil/']) expect(ask(url).status).toBe(403)
})
test('a folder without a page is no build', () => {
  expect(() => listAppFiles(temporaryFolder())).toThrow(/index\.html/)
})
