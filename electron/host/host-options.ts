import path from 'node:path'
import { parseArgs } from 'node:util'
import { shippedProfileFile, shippedProfiles } from '../core/platform/profile-file.ts'

export const HELP = `药柜 Yaogui in a browser window: node electron/host/main.ts [options]

  --data DIR              where the shop's data is kept (default: data/ of this folder)
  --port N                port on 127.0.0.1 (default: a free one)
  --no-open               do not open the browser
  --profile NAME|FILE     region profile (default: the practice province)
  --platform URL          talk to this platform instead of starting the practice province
  --practice-faults FILE  what goes wrong in the practice province, and when
  --help`

export interface HostOptions {
  readonly dataFolder: string
  readonly port: number
  readonly open: boolean
  readonly profileFile: string | null
  readonly platformUrl: string | null
  readonly practiceFaultsFile: string | null
}

/** Paths are taken from where the user stands. Throws an Error that names the misspelt option. */
export const readHostOptions = (args: readonly string[], standsIn: string, defaultData: string): HostOptions | 'help' => {
  const { values } = parseArgs({
    args: [...args], strict: true, allowPositionals: false,
    options: {
      data: { type: 'string' }, port: { type: 'string' }, 'no-open': { type: 'boolean' }, profile: { type: 'string' }, platform: { type: 'string' }, 'practice-faults': { type: 'string' }, help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help === true) return 'help'
  const port = Number(values.port ?? 0)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new RangeError('--port: 0 to 65535')
  if (values.platform !== undefined && !URL.canParse(values.platform)) throw new RangeError('--platform: an address such as https://host/path')
  const file = (given: string | undefined): string | null => (given === undefined ? null : path.resolve(standsIn, given))
  return {
    dataFolder: file(values.data) ?? defaultData, port, open: values['no-open'] !== true,
    profileFile: values.profile !== undefined && shippedProfiles().includes(values.profile) ? shippedProfileFile(values.profile) : file(values.profile), platformUrl: values.platform ?? null, practiceFaultsFile: file(values['practice-faults']),
  }
}
