import path from 'node:path'
import { importRecalls, LARGEST_RECALL_LIST } from '../core/recall/import-recalls.ts'
import { atTheShop, readListFile } from './at-the-shop.ts'
import type { AtShopOptions } from './at-the-shop.ts'
import { EXIT } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { say } from './terminal.ts'
import type { Terminal } from './terminal.ts'

/** A recall notice's list into the shop: it holds at once. Counts and what lies here as JSON on stdout; 1 when something of it lies here. */
export const runRecallImport = async (terminal: Terminal, file: string, options: AtShopOptions): Promise<ExitCode> => {
  const bytes = readListFile(terminal, file, LARGEST_RECALL_LIST, 'recall.list-invalid', () => 'recall-too-large')
  return atTheShop(terminal, options, (shop, caller) => {
    const report = importRecalls(shop.house, caller, bytes, path.basename(file))
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
  })
}
