import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Language } from '../../domain/sentences/names.ts'
import { EXIT } from '../exit-codes.ts'
import type { ExitCode } from '../exit-codes.ts'
import { profileFileOf } from '../shop-place.ts'
import { fileFrom, say } from '../terminal.ts'
import type { Terminal } from '../terminal.ts'
import { shopDay } from './day.ts'
import { playDay } from './play-day.ts'
import type { PlayedDay, PlayedStep } from './play-day.ts'
import type { Step } from './stage.ts'
import { padTo, pick } from '../words.ts'

export interface DemoOptions {
  readonly json?: string
  readonly receipts?: string
  readonly seed: number
  readonly keep: boolean
  readonly profile?: string
  readonly lang: Language
}

/** Not committed: test-output/ is ignored. */
const RECEIPTS = path.join(import.meta.dirname, '../../../test-output/demo/receipts')
const WIDTH = 100

const stepText = (step: PlayedStep, number: number, language: Language): string => {
  const lines = [`${String(number).padStart(2)} ${step.ok ? '✓' : '✗'} ${padTo(pick(step.title, language), WIDTH)} ${String(step.ms).padStart(5)} ms`]
  for (const words of step.told) lines.push(`     ${pick(words, language)}`)
  for (const check of step.checks) {
    if (!check.ok)
      lines.push(
        `   ✗ ${check.what}${say(language, '：应为 ', ': expected ')}${JSON.stringify(check.expected)}${say(language, '，实为 ', ', found ')}${JSON.stringify(check.actual)}`,
      )
  }
  if (step.broken !== null) lines.push(`   ✗ ${say(language, '没有走完：', 'not played to its end: ')}${step.broken}`)
  return `${lines.join('\n')}\n`
}

const summaryText = (day: PlayedDay, language: Language): string => {
  const checks = day.steps.flatMap((step) => step.checks)
  const failed = day.steps.filter((step) => !step.ok).length
  const seconds = (day.ms / 1000).toFixed(1)
  return day.ok
    ? say(
        language,
        `✓ ${day.steps.length} 步、${checks.length} 项检查全部如其应然，${seconds} 秒\n`,
        `✓ ${day.steps.length} steps and ${checks.length} checks ended as they must, ${seconds} s\n`,
      )
    : say(
        language,
        `✗ ${day.steps.length} 步中有 ${failed} 步不对，${seconds} 秒\n`,
        `✗ ${failed} of ${day.steps.length} steps ended otherwise, ${seconds} s\n`,
      )
}

const dayJson = (day: PlayedDay, startedAt: number): string => {
  const both = ([zh, en]: readonly [string, string]): object => ({ zh, en })
  const steps = day.steps.map((step) => ({ ...step, title: both(step.title), told: step.told.map(both) }))
  return `${JSON.stringify({ ok: day.ok, seed: day.seed, startedAt: new Date(startedAt).toISOString(), ms: day.ms, steps, receipts: day.receipts }, null, 1)}\n`
}

/** Plays a day and says step by step how it went. Exit code 1 when anything ended otherwise than it must. */
export const runDemo = async (terminal: Terminal, options: DemoOptions, steps: readonly Step[] = shopDay): Promise<ExitCode> => {
  const { lang } = options
  const startedAt = terminal.clock()
  const folder = mkdtempSync(path.join(tmpdir(), 'yaogui-demo-'))
  const tidy = (): void => {
    if (!options.keep) rmSync(folder, { recursive: true, force: true })
  }
  process.once('exit', tidy)
  try {
    terminal.out(
      say(
        lang,
        `药柜 · 一个营业日：同一内核，对练习平台，走真实 HTTP（种子 ${options.seed}）\n\n`,
        `Yaogui · a shop's day: the same core against the practice province over real HTTP (seed ${options.seed})\n\n`,
      ),
    )
    const receiptsFolder = options.receipts === undefined ? RECEIPTS : fileFrom(terminal, options.receipts)
    const day = await playDay(steps, {
      folder,
      receiptsFolder,
      keepBooks: options.keep,
      seed: options.seed,
      clock: terminal.clock,
      ...(options.profile === undefined ? {} : { profileFile: profileFileOf(terminal, options.profile) }),
      onStep: (step, number) => terminal.out(stepText(step, number, lang)),
    })
    terminal.out(`\n${summaryText(day, lang)}`)
    if (day.receipts.length > 0)
      terminal.out(
        say(
          lang,
          `小票 ${day.receipts.length} 份（SVG 与 ESC/POS）：${receiptsFolder}\n`,
          `${day.receipts.length} receipts (SVG and ESC/POS): ${receiptsFolder}\n`,
        ),
      )
    if (options.json !== undefined) {
      const file = fileFrom(terminal, options.json)
      writeFileSync(file, dayJson(day, startedAt))
      terminal.out(say(lang, `机读记录：${file}\n`, `machine-readable day: ${file}\n`))
    }
    if (options.keep) terminal.out(say(lang, `数据保留在：${folder}\n`, `data kept in: ${folder}\n`))
    return day.ok ? EXIT.done : EXIT.otherwise
  } finally {
    process.off('exit', tidy)
    tidy()
  }
}
