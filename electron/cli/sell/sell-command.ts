import { readFileSync } from 'node:fs'
import path from 'node:path'
import { AppError } from '../../contract/index.ts'
import type { Language } from '../../domain/sentences/names.ts'
import { EXIT } from '../exit-codes.ts'
import type { ExitCode } from '../exit-codes.ts'
import { openShop, pinOf } from '../open-shop.ts'
import { takePlace } from '../shop-place.ts'
import type { PlaceOptions } from '../shop-place.ts'
import { fileFrom } from '../terminal.ts'
import type { Terminal } from '../terminal.ts'
import { playSale } from './play-sale.ts'
import { parseSaleScript } from './sale-script.ts'

export interface SellOptions extends PlaceOptions {
  readonly demoShop: boolean
  readonly staff: string
  readonly lang: Language
}

const MAX_SCRIPT_CHARS = 1_000_000

const readScript = async (terminal: Terminal, file: string): Promise<ReturnType<typeof parseSaleScript>> => {
  const source = file === '-' ? 'stdin' : path.basename(file)
  try {
    const text = file === '-' ? await terminal.stdin() : readFileSync(fileFrom(terminal, file), 'utf8')
    if (text.length > MAX_SCRIPT_CHARS) throw new Error('too long')
    return parseSaleScript(JSON.parse(text), source)
  } catch (error) {
    if (error instanceof AppError) throw error
    const problem = error instanceof Error ? error.message : String(error)
    throw new AppError('script.invalid', `cannot read ${source}: ${problem}`, { file: source, problem }, error)
  }
}

/** One scripted sale on the same core and contract as the till's; its result is the JSON on stdout. */
export const runSell = async (terminal: Terminal, file: string, options: SellOptions): Promise<ExitCode> => {
  const script = await readScript(terminal, file)
  const pin = pinOf(options.staff, terminal.environment)
  if (pin === null) throw new AppError('session.required', 'the PIN of this member of staff belongs into the environment variable YAOGUI_PIN')
  const place = await takePlace(terminal, options)
  try {
    const shop = await openShop({ dataFolder: place.dataFolder, profile: place.profile, demoShop: options.demoShop || place.throwAway, outboxEveryMs: null })
    try {
      await shop.signIn(options.staff, pin)
      const result = await playSale(shop.client, script)
      terminal.out(`${JSON.stringify(result, null, 1)}\n`)
      if (result.problem !== null) terminal.err(`${result.problem[options.lang]}\n`)
      for (const { what, expected, actual } of result.differences) terminal.err(`${what}: ${JSON.stringify(expected)} ≠ ${JSON.stringify(actual)}\n`)
      return result.ok ? EXIT.done : EXIT.otherwise
    } finally {
      await shop.close()
    }
  } finally {
    await place.close()
  }
}
