import { readFileSync, statSync } from 'node:fs'
import type { CounterStep, Instant, ScanKind } from '../contract/index.ts'
import { businessDate } from '../domain/calendar.ts'
import { rawHex } from '../domain/recognition/decode-scan.ts'
import { describeCode } from '../domain/recognition/describe.ts'
import type { CodeDescription } from '../domain/recognition/describe.ts'
import { parseIssuerRules } from '../domain/recognition/issuer-rules.ts'
import type { IssuerRules } from '../domain/recognition/issuer-rules.ts'
import { PUBLIC_SAMPLES } from '../domain/recognition/known-codes.ts'
import { recognise } from '../domain/recognition/recognise.ts'
import type { RecogniseInput } from '../domain/recognition/recognise.ts'
import { EXIT } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { fileFrom } from './terminal.ts'
import type { Terminal } from './terminal.ts'

export interface CodeOptions {
  readonly step?: CounterStep
  readonly field?: 'prescription'
  readonly json: boolean
  /** Says why, and of goods' codes the bytes and the normalised form. */
  readonly explain?: boolean
  /** Issuers that are not built in. */
  readonly rules?: string
}

/** Codes of goods, which may be shown. Never what pays, is or names somebody; nor a misread or unknown text, which could be such a code with one digit wrong. */
const GOODS: readonly ScanKind[] = ['drug-trace', 'gs1', 'gs1-partial', 'gs1-ambiguous', 'udi', 'gtin', 'sscc', 'partial', 'nmpa-base-code', 'approval-number']

interface Explained extends CodeDescription {
  readonly rawHex: string | null
  readonly normalised: string | null
  readonly because: readonly string[]
}

const describe = (input: RecogniseInput, explain: boolean): CodeDescription | Explained => {
  const code = recognise(input)
  if (!explain) return describeCode(code)
  const shown = GOODS.includes(code.kind)
  return { ...describeCode(code), rawHex: shown ? rawHex(input.raw) : null, normalised: shown ? code.normalised : null, because: code.because }
}

const LARGEST_RULES = 1024 * 1024

const readRules = (terminal: Terminal, file: string): IssuerRules | null => {
  const full = fileFrom(terminal, file)
  const size = statSync(full, { throwIfNoEntry: false })?.size
  if (size === undefined || size > LARGEST_RULES) {
    terminal.err(size === undefined ? `没有这个文件 · no such file: ${full}\n` : `文件超过 1 MB · the file is larger than 1 MB: ${full}\n`)
    return null
  }
  const parsed = parseIssuerRules(readFileSync(full, 'utf8'))
  if ('rules' in parsed) return parsed.rules
  terminal.err(`发码规则文件有误 · the rule file is wrong: ${full}\n${parsed.errors.map((error) => `  ${error}\n`).join('')}`)
  return null
}

/**
 * What each text is. The scanned text itself is never repeated, but of goods with `explain`: it may be an ID, a voucher or a payment code.
 * `-`: one code a line from stdin, so that it need not stand in the shell's history. `json`: one line a code; else indented, a list when several were given.
 */
export const runCode = async (terminal: Terminal, raws: readonly string[], { step, field, json, explain = false, rules }: CodeOptions): Promise<ExitCode> => {
  const thisYear = Number(businessDate(terminal.clock() as Instant).slice(0, 4))
  const issuers = rules === undefined ? undefined : readRules(terminal, rules)
  if (issuers === null) return EXIT.usage
  const texts =
    raws.length === 1 && raws[0] === '-'
      ? (await terminal.stdin())
          .split('\n')
          .map((line) => line.replace(/\r$/, ''))
          .filter((line) => line !== '')
      : raws
  const descriptions = texts.map((raw) => describe({ raw, step, field, thisYear, known: { ...PUBLIC_SAMPLES, issuers } }, explain))
  if (json) for (const description of descriptions) terminal.out(`${JSON.stringify(description)}\n`)
  else terminal.out(`${JSON.stringify(descriptions.length === 1 ? descriptions[0] : descriptions, null, 2)}\n`)
  return EXIT.done
}
