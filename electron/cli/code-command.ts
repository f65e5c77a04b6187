import type { CounterStep } from '../contract/index.ts'
import { businessDate } from '../domain/calendar.ts'
import { describeCode } from '../domain/recognition/describe.ts'
import type { CodeDescription } from '../domain/recognition/describe.ts'
import { recognise } from '../domain/recognition/recognise.ts'
import type { Instant } from '../contract/index.ts'
import { EXIT } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import type { Terminal } from './terminal.ts'

export interface CodeOptions {
  readonly step?: CounterStep
  readonly json: boolean
}

const describe = (raw: string, step: CounterStep | undefined, thisYear: number): CodeDescription => describeCode(recognise({ raw, step, thisYear }))

/**
 * What each text is. The scanned text itself is never repeated: it may be an ID, a voucher or a payment code.
 * `-`: one code a line from stdin, so that it need not stand in the shell's history. `json`: one line a code; else indented, a list when several were given.
 */
export const runCode = async (terminal: Terminal, raws: readonly string[], { step, json }: CodeOptions): Promise<ExitCode> => {
  const thisYear = Number(businessDate(terminal.clock() as Instant).slice(0, 4))
  const texts =
    raws.length === 1 && raws[0] === '-'
      ? (await terminal.stdin())
          .split('\n')
          .map((line) => line.replace(/\r$/, ''))
          .filter((line) => line !== '')
      : raws
  const descriptions = texts.map((raw) => describe(raw, step, thisYear))
  if (json) for (const description of descriptions) terminal.out(`${JSON.stringify(description)}\n`)
  else terminal.out(`${JSON.stringify(descriptions.length === 1 ? descriptions[0] : descriptions, null, 2)}\n`)
  return EXIT.done
}
