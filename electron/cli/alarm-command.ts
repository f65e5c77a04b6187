import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { AppError } from '../contract/index.ts'
import { importAlarmList, LARGEST_ALARM_LIST } from '../core/alarm/import-alarm-list.ts'
import type { Language } from '../domain/sentences/names.ts'
import { EXIT } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { openShop, pinOf } from './open-shop.ts'
import { hasShop, readProfile } from './shop-place.ts'
import { fileFrom, say } from './terminal.ts'
import type { Terminal } from './terminal.ts'

export interface AlarmImportOptions {
  readonly data: string
  readonly staff: string
  readonly lang: Language
}

const readFile = (terminal: Terminal, file: string): Uint8Array => {
  const full = fileFrom(terminal, file)
  const size = statSync(full, { throwIfNoEntry: false })?.size
  if (size === undefined) throw new AppError('alarm.list-invalid', `no such file: ${full}`, { problem: path.basename(full) })
  if (size > LARGEST_ALARM_LIST) throw new AppError('alarm.list-invalid', 'too large', { problem: 'list-too-large' })
  return readFileSync(full)
}

/** A list of packs sold elsewhere into the shop's ledger. Counts as JSON on stdout; 1 when the list names packs that were sold here first. */
export const runAlarmImport = async (terminal: Terminal, file: string, options: AlarmImportOptions): Promise<ExitCode> => {
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
    const report = importAlarmList(shop.house, { staffId, staffName: name, role }, bytes, path.basename(file))
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
  } finally {
    await shop.close()
  }
}
