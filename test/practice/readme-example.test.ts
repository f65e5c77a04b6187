import { spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { startPractice } from '../../electron/practice/server.ts'
import { scenarioPacks } from '../../electron/practice/scenario-pack.ts'

const readme = readFileSync(new URL('../../electron/practice/README.md', import.meta.url), 'utf8')
const has = (program: string): boolean => spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined
const missing = ['bash', 'curl', 'openssl'].filter((program) => !has(program))
if (missing.length > 0) console.warn(`the README's example is not run: no ${missing.join(', ')} on this machine`)

const run = (script: string, base: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn('bash', ['-euo', 'pipefail', '-c', script], { env: { ...process.env, BASE: base }, stdio: ['ignore', 'pipe', 'inherit'] })
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.on('error', reject)
    child.on('close', (code) => (code === 0 ? resolve(said) : reject(new Error(`exit ${String(code)}: ${said}`))))
  })

test.skipIf(missing.length > 0)('the example of the README runs as it stands, twice alike', async () => {
  const script = /```bash\n(.*?)```/s.exec(readme)?.[1]
  if (script === undefined) throw new Error('no example in the README')
  const practice = await startPractice({ time: { at: Date.UTC(2026, 10, 21, 2, 0, 0), runs: false } })
  try {
    const base = new URL(practice.url).origin
    // The script gives no fourth argument to its first call, which -u would not let pass.
    const first = await run(`set +u\n${script}`, base)
    const [reset, faults, refused, person, books] = first.trim().split('\n')
    expect([reset, faults]).toEqual(['{"ok":true}', '{"ok":true}'])
    expect(refused).toMatch(/"infcode":"?-1"?.*系统繁忙/)
    expect(person).toMatch(/"infcode":"?0"?.*"balc":1500/)
    expect(books).toBe('"1101":{"accepted":1,"refused":1}')
    expect(await run(`set +u\n${script}`, base)).toBe(first)
  } finally {
    await practice.close()
  }
})

test('the README lists every lesson and every erratum', async () => {
  for (const { name } of scenarioPacks()) expect(readme).toContain(`\`${name}\``)
  const { ERRATA } = await import('../../electron/practice/errata.ts')
  const section = /^## Errata\n(.*?)^## /ms.exec(readme)?.[1] ?? ''
  expect(Object.keys(ERRATA).filter((infno) => !section.includes(infno))).toEqual([])
})
