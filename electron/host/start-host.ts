import { mkdirSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import type { Core } from '../core/core.ts'
import { reachFrom } from '../core/crash-here.ts'
import { keyFromFile } from '../core/db/key-file.ts'
import { atPractice, localServiceAt, practiceDoor } from '../core/platform/practice-doors.ts'
import { loadProfile, shippedProfileFile, withEndpoint } from '../core/platform/profile-file.ts'
import { createAccess } from './access.ts'
import { startDeviceProcess } from './device-process.ts'
import { openLog } from './host-log.ts'
import type { HostOptions } from './host-options.ts'
import { startHttpServer } from './http-server.ts'
import { startPracticeProcess } from './practice-process.ts'
import type { PracticeProcess } from './practice-process.ts'
import { listStaticFiles } from './static-files.ts'

/** Long enough for a reload, short enough that nobody finds a till signed in whose window was closed. */
const GRACE_MS = 60_000

export interface Host {
  readonly port: number
  /** With the one-time token in its fragment; each window uses one up. */
  readonly address: () => string
  readonly practice: PracticeProcess | null
  readonly core: Core
  readonly close: () => Promise<void>
}

export interface StartHostOptions extends Pick<HostOptions, 'dataFolder' | 'port' | 'profileFile' | 'platformUrl' | 'practiceFaultsFile'> {
  /** The built renderer. */
  readonly rendererFolder: string
  /** The token was used; this address lets the next window in. */
  readonly onNewAddress?: (address: string) => void
  readonly environment?: Readonly<Record<string, string | undefined>>
}

/** Core, devices, practice province and the window's server, in one call. What was started is stopped again when a later part fails. */
export const startHost = async (options: StartHostOptions): Promise<Host> => {
  const { dataFolder } = options
  const files = listStaticFiles(options.rendererFolder)
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
  const log = openLog(dataFolder)
  const shipped = loadProfile(options.profileFile ?? shippedProfileFile('practice'))
  const undo: (() => Promise<void>)[] = []
  const stopAll = async (): Promise<void> => {
    for (const stop of undo.splice(0).toReversed()) await stop().catch((cause: unknown) => log.error({ err: cause }, 'stopping'))
  }
  try {
    const wantsPractice = options.platformUrl === null && shipped.practice
    // Core's modules are loaded while the practice province starts: half of a start is loading.
    const loading = Promise.all([import('../core/core.ts'), import('./practice-samples.ts')])
    const practice = wantsPractice ? await startPracticeProcess({ dataFolder, variant: practiceDoor(shipped), faultsFile: options.practiceFaultsFile, log }) : null
    if (practice !== null) undo.push(practice.close)
    const [{ databaseFile, startCore }, { practiceSamples }] = await loading
    const profile = practice !== null ? atPractice(shipped, practice) : options.platformUrl !== null ? withEndpoint(shipped, { url: options.platformUrl, localServiceUrl: localServiceAt(shipped, options.platformUrl) }) : shipped
    const devices = startDeviceProcess(log)
    undo.push(devices.close)
    const core = await startCore({
      dataFolder, profile, log, devices: devices.channel,
      key: keyFromFile(path.join(dataFolder, 'yaogui.key'), databaseFile(dataFolder)),
      printer: { kind: 'file', folder: path.join(dataFolder, 'receipts') },
      demoShop: profile.practice,
      ...(profile.practice ? { practiceSamples } : {}),
      reach: reachFrom(options.environment ?? process.env),
    })
    undo.push(core.close)
    const addressOf = (token: string): string => `http://127.0.0.1:${http.port}/#token=${token}`
    const access = createAccess({ graceMs: GRACE_MS, onNewToken: token => options.onNewAddress?.(addressOf(token)) })
    const http = await startHttpServer({ port: options.port, files, access, serve: core.serve })
    undo.push(http.close)
    return { port: http.port, address: () => addressOf(access.token()), practice, core, close: stopAll }
  } catch (error) {
    await stopAll()
    throw error
  }
}
