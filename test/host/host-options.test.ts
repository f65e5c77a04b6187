import path from 'node:path'
import { expect, test } from 'vitest'
import { shippedProfileFile } from '../../electron/core/platform/profile-file.ts'
import { HELP, readHostOptions } from '../../electron/host/host-options.ts'
import { hasDisplay } from '../../electron/host/open-browser.ts'

const here = path.resolve('/somewhere')
const read = (...args: string[]) => readHostOptions(args, here, '/default')

test('nothing given: the usual folder, a free port, the browser opened', () => {
  expect(read()).toEqual({ dataFolder: '/default', port: 0, open: true, profileFile: null, platformUrl: null, practiceFaultsFile: null })
})
test('paths are taken from where the user stands', () => {
  expect(read('--data', 'd', '--port', '8080', '--no-open', '--profile', '../p.json', '--platform', 'https://p.example/x', '--practice-faults', 'f.json')).toEqual({
    dataFolder: path.join(here, 'd'), port: 8080, open: false, profileFile: path.resolve(here, '../p.json'), platformUrl: 'https://p.example/x', practiceFaultsFile: path.join(here, 'f.json'),
  })
})
test('a profile that comes with the program is taken by its name', () => {
  expect(read('--profile', 'practice-sm')).toMatchObject({ profileFile: shippedProfileFile('practice-sm') })
})
test('a wrong option is named', () => {
  expect(() => read('--prot', '1')).toThrow(/prot/)
  for (const port of ['x', '-1', '70000', '1.5']) expect(() => read(`--port=${port}`)).toThrow(/--port/)
  expect(() => read('--platform', 'nowhere')).toThrow(/--platform/)
  expect(() => read('extra')).toThrow(/extra/)
})
test('every option is in the help', () => {
  expect(read('--help')).toBe('help')
  for (const option of ['--data', '--port', '--no-open', '--profile', '--platform', '--practice-faults']) expect(HELP).toContain(option)
})
test('a browser is opened only where there is a display', () => {
  expect(hasDisplay('linux', {})).toBe(false)
  expect(hasDisplay('linux', { DISPLAY: ':0' })).toBe(true)
  expect(hasDisplay('linux', { WAYLAND_DISPLAY: 'w' })).toBe(true)
  expect(hasDisplay('win32', {})).toBe(true)
  expect(hasDisplay('darwin', { SSH_CONNECTION: 'x' })).toBe(false)
})
