import { existsSync } from 'node:fs'
import { isAppError } from '../../contract/index.ts'
import { databaseFile } from '../../core/core.ts'
import { keyFromFile } from '../../core/db/key-file.ts'
import { openForReading } from '../../core/db/open-database.ts'
import { readSecrets } from '../../core/platform/secret-store.ts'
import type { Language } from '../../domain/sentences/names.ts'
import { padTo, pick } from '../words.ts'
import { EXIT } from '../exit-codes.ts'
import type { ExitCode } from '../exit-codes.ts'
import { readProfileText } from '../../core/platform/profile-file.ts'
import { lintProfile } from '../../core/platform/profile-lint.ts'
import { keyFile } from '../open-shop.ts'
import { profileFileOf, readProfile } from '../shop-place.ts'
import type { PlaceOptions } from '../shop-place.ts'
import { sentenceLine } from '../tell-error.ts'
import { fileFrom, say } from '../terminal.ts'
import type { Terminal } from '../terminal.ts'
import { checkDatabase } from './check-database.ts'
import { checkPaths } from './check-paths.ts'
import { checkPlatform } from './check-platform.ts'
import { checkVersions } from './check-versions.ts'
import { fail, ok, warn } from './finding.ts'
import type { Finding } from './finding.ts'

export interface DoctorOptions extends PlaceOptions {
  readonly data: string
  readonly json: boolean
  readonly lang: Language
}

/** The shop's keys, as far as its data can be read; what is wrong with the data is another check's finding. */
const secretsOf = (dataFolder: string): Readonly<Record<string, string>> => {
  const file = databaseFile(dataFolder)
  if (!existsSync(file)) return {}
  try {
    const db = openForReading(file, keyFromFile(keyFile(dataFolder), file))
    try {
      return readSecrets(db)
    } finally {
      db.close()
    }
  } catch {
    return {}
  }
}

const checkProfileAndPlatform = async (terminal: Terminal, options: DoctorOptions): Promise<readonly Finding[]> => {
  try {
    const profile = readProfile(terminal, options)
    const suspicious = lintProfile(readProfileText(profileFileOf(terminal, options.profile))).length
    const [zh, en] = [`地区配置：${profile.name}${profile.practice ? '（练习）' : ''}`, `region profile: ${profile.name}${profile.practice ? ' (practice)' : ''}`]
    const named = suspicious === 0
      ? ok('profile', zh, en)
      : warn('profile', `${zh}，${suspicious} 处可疑：yaogui profile check 逐条说明`, `${en}, ${suspicious} warnings: yaogui profile check explains them`)
    if (profile.practice && options.platform === undefined) {
      return [
        named,
        warn(
          'platform',
          '练习平台随收银台启动，这里没有查；要查请加 --platform',
          'the practice province starts with the till and was not asked; give --platform to ask one',
        ),
      ]
    }
    return [named, ...(await checkPlatform(profile, terminal.clock, secretsOf(fileFrom(terminal, options.data))))]
  } catch (error) {
    if (!isAppError(error)) throw error
    return [fail('profile', sentenceLine(error.code, error.detail, 'zh'), sentenceLine(error.code, error.detail, 'en'))]
  }
}

const MARKS = { ok: '✓ ok  ', warn: '! warn', fail: '✗ FAIL' } as const

/** Looks at everything a till stands on; changes nothing. Exit code 1 when anything fails. */
export const runDoctor = async (terminal: Terminal, options: DoctorOptions): Promise<ExitCode> => {
  const dataFolder = fileFrom(terminal, options.data)
  const findings: readonly Finding[] = [
    ...checkVersions(),
    ...checkPaths(dataFolder),
    ...checkDatabase(dataFolder),
    ...(await checkProfileAndPlatform(terminal, options)),
  ]
  const failed = findings.filter((finding) => finding.level === 'fail').length
  if (options.json)
    terminal.out(
      `${JSON.stringify({ ok: failed === 0, findings: findings.map(({ check, level, words: [zh, en] }) => ({ check, level, zh, en })) }, null, 1)}\n`,
    )
  else {
    for (const { check, level, words } of findings) terminal.out(`${MARKS[level]} ${padTo(check, 12)} ${pick(words, options.lang)}\n`)
    terminal.out(
      failed === 0 ? say(options.lang, '没有不能用的地方\n', 'nothing is broken\n') : say(options.lang, `${failed} 处不能用\n`, `${failed} broken\n`),
    )
  }
  return failed === 0 ? EXIT.done : EXIT.otherwise
}
