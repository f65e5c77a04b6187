import path from 'node:path'
import { importAlarmList, LARGEST_ALARM_LIST } from '../core/alarm/import-alarm-list.ts'
import { atTheShop, readListFile } from './at-the-shop.ts'
import type { AtShopOptions } from './at-the-shop.ts'
import { EXIT } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { say } from './terminal.ts'
import type { Terminal } from './terminal.ts'

/** A list of packs sold elsewhere into the shop's ledger. Counts as JSON on stdout; 1 when the list names packs that were sold here first. */
export const runAlarmImport = async (terminal: Terminal, file: string, options: AtShopOptions): Promise<ExitCode> => {
  const bytes = readListFile(terminal, file, LARGEST_ALARM_LIST, 'alarm.list-invalid', () => 'list-too-large')
  return atTheShop(terminal, options, (shop, caller) => {
    const report = importAlarmList(shop.house, caller, bytes, path.basename(file))
    terminal.out(`${JSON.stringify(report, null, 1)}\n`)
    terminal.err(
      say(
        options.lang,
        `名单 ${report.packs} 盒：新记 ${report.new}，已知 ${report.known}，本店有货已报疑 ${report.alarms}\n`,
        `${report.packs} packs: ${report.new} new, ${report.known} known, ${report.alarms} of this shop set aside\n`,
      ),
    )
    if (report.ownSales.length === 0) return EXIT.done
    terminal.err(
      say(
        options.lang,
        `其中 ${report.ownSales.length} 盒在名单之前已由本店售出，可能就是本店的销售，没有记入；请用 3513 逐盒核对\n`,
        `${report.ownSales.length} of them were sold here before the list was told: it may mean our own sale, so nothing was entered; check each by 3513\n`,
      ),
    )
    return EXIT.otherwise
  })
}
