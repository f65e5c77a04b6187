import path from 'node:path'
import { profileSchema } from '../core/platform/profile-explain.ts'
import { readProfileText, shippedProfiles } from '../core/platform/profile-file.ts'
import { lintProfile } from '../core/platform/profile-lint.ts'
import type { Language } from '../domain/sentences/names.ts'
import { EXIT } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { profileFileOf } from './shop-place.ts'
import { say } from './terminal.ts'
import type { Terminal } from './terminal.ts'

export interface ProfileCheckOptions {
  readonly json: boolean
  readonly lang: Language
}

/** Every mistake with its line and column. Warnings alone leave the profile usable: exit code 0. */
export const runProfileCheck = async (terminal: Terminal, files: readonly string[], { json, lang }: ProfileCheckOptions): Promise<ExitCode> => {
  const checked = files.map((given) => {
    const file = profileFileOf(terminal, given)
    return { file: given, name: path.basename(file), findings: lintProfile(readProfileText(file)) }
  })
  const count = (severity: string): number => checked.flatMap(({ findings }) => findings).filter((finding) => finding.severity === severity).length
  const [errors, warnings] = [count('error'), count('warning')]
  if (json) terminal.out(`${JSON.stringify(checked.map(({ file, findings }) => ({ file, findings })), null, 1)}\n`)
  else {
    for (const { name, findings } of checked) {
      for (const { severity, line, column, path: key, zh, en } of findings) {
        const kind = severity === 'error' ? say(lang, '错误', 'error') : say(lang, '可疑', 'warning')
        terminal.out(`${name}:${line}:${column} ${kind} ${key === '' ? '' : `${key}: `}${say(lang, zh, en)}\n`)
      }
    }
    terminal.out(say(lang, errors === 0 ? `可以使用${warnings === 0 ? '' : `，${warnings} 处可疑`}\n` : `不能使用：${errors} 处错误\n`, errors === 0 ? `usable${warnings === 0 ? '' : `, ${warnings} warnings`}\n` : `not usable: ${errors} errors\n`))
  }
  return errors === 0 ? EXIT.done : EXIT.usage
}

/** JSON Schema, for an editor that completes and explains while a profile is written. */
export const runProfileSchema = async (terminal: Terminal): Promise<ExitCode> => {
  terminal.out(`${JSON.stringify(profileSchema(), null, 1)}\n`)
  return EXIT.done
}

/** Names that --profile takes. */
export const runProfileList = async (terminal: Terminal): Promise<ExitCode> => {
  terminal.out(`${shippedProfiles().join('\n')}\n`)
  return EXIT.done
}
