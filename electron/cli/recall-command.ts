import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { AppError } from '../contract/index.ts'
import { importRecalls, LARGEST_RECALL_LIST } from '../core/recall/import-recalls.ts'
import type { Language } from '../domain/sentences/names.ts'
import { EXIT } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { openShop, pinOf } from './open-shop.ts'
import { hasShop, readProfile } from './shop-place.ts'
import { fileFrom, say } from './terminal.ts'
import type { Terminal } from './terminal.ts'

const readFile = (terminal: Terminal, file: string): Uint8Array => {
  const full = fileFrom(terminal, file)
  const size = statSync(full, { throwIfNoEntry: false })?.size
  if (size === undefined) throw new AppError('recall.list-invalid', `no such file: ${full}`, { problem: path.basename(full) })
  if (size > LARGEST_RECALL_LIST) throw new AppError('recall.list-invalid', 'too large', { problem: 'recall-too-large' })
  return readFileSync(full)
}

/** A recall notice's list into the shop: it holds at once. Counts and what lies here as JSON on stdout; 1 when something of it lies here. */
export const runRecallImport = async (terminal: Terminal, file: string, options: { readonly data: string; readonly staff: string; readonly lang: Language }): Promise<ExitCode> => {
  const bytes = readFile(terminal, file)
  const dataFolder = fileFrom(terminal, options.data)
  if (!hasShop(dataFolder)) {
    terminal.err(say(options.lang, `这里没有门店数据：${dataFolder}\n`, `no shop's data here: ${dataFolder}\n`))
    return EXIT.usage
  }
  const pin = pinOf(options.staff, terminal.environment)
  if (pin === null) throw new AppError('session.required', 'the PIN of this member of staff belongs into the environment variable YAOGUI_PIN')
  const shop = await openShop({ dataFolder, profile: readProfile(terminal, {}), demoShop: false, outboxEveryMs: null })
  try {
    const { staffId, name, role } = await shop.signIn(options.staff, pin)
    const report = importRecalls(shop.house, { staffId, staffName: name, role }, bytes, path.basename(file))
    terminal.out(`${JSON.stringify(report, null, 1)}\n`)
    terminal.err(
      say(
        options.lang,
        `名单 ${report.rows} 行：新召回 ${report.new}，已在召回 ${report.known}，本店不经营 ${report.notOurs}\n`,
        `${report.rows} rows: ${report.new} recalls entered, ${report.known} known, ${report.notOurs} of products not carried here\n`,
      ),
    )
    if (report.here.length === 0) return EXIT.done
    terminal.err(
      say(options.lang, `其中 ${report.here.length} 项本店有货，已停售；请移到不合格品区\n`, `${report.here.length} of them lie here and are stopped: set them aside\n`),
    )
    return EXIT.otherwise
  } finally {
    await shop.close()
  }
}
