import path from 'node:path'
import { pino } from 'pino'
import { isAppError } from '../../contract/index.ts'
import { APP_VERSION } from '../../core/core.ts'
import { openDatabase } from '../../core/db/open-database.ts'
import { createPlatformClient } from '../../core/platform/create-client.ts'
import type { RegionProfile } from '../../core/platform/profile.ts'
import { sentenceLine } from '../tell-error.ts'
import { fail, ok, warn } from './finding.ts'
import type { Finding } from './finding.ts'

const MIGRATIONS = path.join(import.meta.dirname, '../../../migrations')
const MINUTE = 60_000
/** A gateway refuses signatures that are 30 minutes off (Hunan); a clock that is off by five wants a look. */
const SKEW_WARN_MS = 5 * MINUTE
const SKEW_FAIL_MS = 25 * MINUTE

const checkSkew = (skewMs: number | null): Finding => {
  if (skewMs === null) return warn('clock', '平台没有告诉它的时间', 'the platform did not tell its time')
  const seconds = Math.round(Math.abs(skewMs) / 1000)
  const [zh, en] = [
    `本机时钟比平台${skewMs < 0 ? '慢' : '快'} ${seconds} 秒`,
    `this machine's clock is ${seconds} s ${skewMs < 0 ? 'behind' : 'ahead of'} the platform's`,
  ]
  if (Math.abs(skewMs) > SKEW_FAIL_MS) return fail('clock', `${zh}：签名会被拒绝，请校时`, `${en}: signatures will be refused, set the clock`)
  return Math.abs(skewMs) > SKEW_WARN_MS ? warn('clock', `${zh}，请校时`, `${en}: set it`) : ok('clock', zh, en)
}

/** One harmless question to the platform, from a memory of its own: reachable, how fast, and whose clock is off. */
export const checkPlatform = async (profile: RegionProfile, clock: () => number, secrets: Readonly<Record<string, string>> = {}): Promise<readonly Finding[]> => {
  const { url } = profile.transport
  const db = openDatabase({ file: ':memory:', key: null, migrationsFolder: MIGRATIONS, clock, appVersion: APP_VERSION })
  try {
    const client = createPlatformClient({ profile, db, clock, log: pino({ level: 'silent' }), secrets })
    try {
      const line = await client.probe(null)
      if (line.state !== 'online')
        return [
          fail('platform', `连不上省平台 ${url}：检查网线、专网和地址`, `the platform does not answer at ${url}: check cable, private network and address`),
        ]
      return [
        ok('platform', `省平台有应答 ${url}，${line.latencyMs ?? '?'} 毫秒`, `the platform answers at ${url}, ${line.latencyMs ?? '?'} ms`),
        checkSkew(line.clockSkewMs),
      ]
    } finally {
      await client.close()
    }
  } catch (error) {
    if (!isAppError(error)) throw error
    return [fail('platform', sentenceLine(error.code, error.detail, 'zh'), sentenceLine(error.code, error.detail, 'en'))]
  } finally {
    db.close()
  }
}
