import path from 'node:path'
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { isAppError } from '../contract/index.ts'
import type { BusinessDate } from '../contract/index.ts'
import { parseDate } from '../domain/calendar.ts'
import type { Language } from '../domain/sentences/names.ts'
import { runCode } from './code-command.ts'
import type { CatalogueOptions } from './catalogue-command.ts'
import type { CodeOptions } from './code-command.ts'
import { EXIT } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { ALARM_IMPORT_HELP, EXIT_CODES_HELP, MAP_IMPORT_HELP, PRACTICE_HELP, SELL_HELP } from './help-texts.ts'
import type { SecretOptions } from './secret-command.ts'
import { tellError } from './tell-error.ts'
import type { Terminal } from './terminal.ts'

const DATA = path.join(import.meta.dirname, '../../data')

const wholeNumber =
  (from: number, to: number) =>
  (text: string): number => {
    const value = Number(text)
    if (!Number.isInteger(value) || value < from || value > to) throw new InvalidArgumentError(`${from} … ${to}`)
    return value
  }
const date = (text: string): BusinessDate => {
  const parsed = /^\d{4}-\d{2}-\d{2}$/.test(text) ? parseDate(text) : null
  if (parsed === null) throw new InvalidArgumentError('yyyy-MM-dd')
  return parsed
}

const lang = (): Option => new Option('--lang <zh|en>', '语言 · language of what people read').choices(['zh', 'en']).default('zh')
const staff = (): Option =>
  new Option('--staff <ID>', '以谁的名义，PIN 在环境变量 YAOGUI_PIN · in whose name; the PIN is in YAOGUI_PIN (practice staff: known)').default('1001')
const platform = (): Option => new Option('--platform <URL>', '省平台网关地址 · gateway of the platform')
const localService = (): Option => new Option('--local-service <URL>', '本机凭证服务（电子凭证、读卡）· local service for vouchers and cards')
const profile = (): Option => new Option('--profile <NAME|FILE>', '地区配置：自带的名称（yaogui profile list）或文件，缺省为练习平台 · region profile: a name that comes with the program, or a file (default: practice)')

/** Heavy modules are loaded by the command that needs them: `--help` and `code` answer at once. */
export const buildProgram = (terminal: Terminal, end: (code: ExitCode) => void): Command => {
  const program = new Command('yaogui')
    .description('药柜命令行：与收银台同一内核 · the command line of Yaogui, on the same core as the till')
    .helpOption('-h, --help', '帮助 · help')
    .helpCommand('help [command]', '某命令的帮助 · help for a command')
    .addHelpText('after', EXIT_CODES_HELP)
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
    .exitOverride()
  const command = (name: string, description: string, parent: Command = program): Command =>
    parent
      .command(name)
      .description(description)
      .helpOption('-h, --help', '帮助 · help')
      .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
      .exitOverride()
  const acting =
    <A extends readonly unknown[]>(act: (...args: A) => Promise<ExitCode>) =>
    async (...args: A): Promise<void> =>
      end(await act(...args))

  command('demo', '演一个营业日，逐步核对，两本账比对 · play a shop’s day and check every step and both books')
    .option('--json <FILE>', '机读记录写入文件 · write the machine-readable day')
    .option('--receipts <DIR>', '小票目录，缺省 test-output/demo/receipts · folder for the receipts (SVG 58/80 mm and ESC/POS)')
    .addOption(
      new Option('--seed <N>', '换别的药盒与重试节奏，结果必须一样 · other packs and other jitter, the same end').argParser(wholeNumber(0, 2 ** 31)).default(1),
    )
    .option('--keep', '保留数据目录 · keep the data folder', false)
    .addOption(profile())
    .addOption(lang())
    .action(
      acting(async (options: { json?: string; receipts?: string; seed: number; keep: boolean; profile?: string; lang: Language }) =>
        (await import('./demo/demo-command.ts')).runDemo(terminal, options),
      ),
    )

  command('sell', '按脚本做一单，结果为 JSON · make one scripted sale, result as JSON')
    .addArgument(new Argument('<SCRIPT>', '脚本文件，- 为标准输入 · script file, - for stdin'))
    .option('--data <DIR>', '门店数据目录，缺省为一次性练习店 · the shop’s data (default: a throw-away practice shop)')
    .option('--demo-shop', '空库时装入练习店 · fill an empty database with the practice shop', false)
    .addOption(platform())
    .addOption(localService())
    .addOption(profile())
    .addOption(staff())
    .addOption(lang())
    .addHelpText('after', SELL_HELP)
    .action(
      acting(
        async (
          script: string,
          options: { data?: string; demoShop: boolean; platform?: string; localService?: string; profile?: string; staff: string; lang: Language },
        ) => (await import('./sell/sell-command.ts')).runSell(terminal, script, options),
      ),
    )

  command('practice', '单独运行练习平台 · run the practice province alone')
    .addOption(new Option('--port <N>', '端口，缺省任选 · port (default: a free one)').argParser(wholeNumber(0, 65_535)))
    .option('--profile <NAME|FILE>', '与这份地区配置相配的“省”，或“省”自己的应答文件 · the province for this region profile, or a file that says how it answers (electron/practice/README.md)')
    .option('--scenario <NAME>', '从头播放的练习场景 · a lesson that plays from the start (electron/practice/README.md)')
    .option('--clock <TIME>', '中心时间停在此刻 · its time stands still at this (2026-11-21T10:00:00+08:00)')
    .option('--clock-runs', '从该时刻走起 · or runs from there', false)
    .option('--faults <FILE>', '故障计划 · what goes wrong, and when (same file)')
    .option('--data <FILE>', '账本文件，缺省只在内存 · file that keeps its books (default: in memory)')
    .option('--quiet', '不写日志 · no log on stderr', false)
    .addHelpText('after', PRACTICE_HELP)
    .action(
      acting(async (options: { port?: number; profile?: string; faults?: string; data?: string; scenario?: string; clock?: string; clockRuns: boolean; quiet: boolean }) =>
        (await import('./practice-command.ts')).runPractice(terminal, options),
      ),
    )

  command('code', '这是什么码：JSON，不回显原码 · what is this code: JSON, the code itself is never repeated')
    .addArgument(new Argument('<RAW...>', '扫到的文本，- 为标准输入逐行 · scanned texts, - for lines from stdin'))
    .addOption(new Option('--step <STEP>', '在等什么 · what the counter waits for').choices(['drug', 'person', 'payment']))
    .addOption(new Option('--field <FIELD>', '扫进哪一栏 · the field that was scanned into').choices(['prescription']))
    .option('--rules <FILE>', '其他发码方的规则，JSON · rules of issuers that are not built in, JSON')
    .option('--explain', '说明依据；商品码另附字节与规范形 · say why; of goods’ codes also the bytes and the normalised form', false)
    .option('--json', '每码一行 · one line a code', false)
    .action(acting((raws: string[], options: CodeOptions) => runCode(terminal, raws, options)))

  const outbox = command('outbox', '待上传与待处理 · what waits for the platform, and what needs a person')
  command('list', '列出 · list, as JSON', outbox)
    .option('--data <DIR>', '门店数据目录 · the shop’s data', DATA)
    .option('--all', '也列已完成 · finished ones too', false)
    .addOption(profile())
    .addOption(staff())
    .addOption(lang())
    .action(
      acting(async (options: { data: string; all: boolean; profile?: string; staff: string; lang: Language }) =>
        (await import('./outbox-command.ts')).runOutboxList(terminal, options),
      ),
    )
  command('retry', '放回队列，给出 --platform 就立即发送 · put back; with --platform send at once', outbox)
    .addArgument(new Argument('[ID]', '条目号，缺省为所有只需重试的 · item (default: all that only need asking again)'))
    .addOption(new Option('--manufactured-on <DATE>', '补录批号的生产日期 · the lot’s manufacture date, where that is missing').argParser(date))
    .option('--data <DIR>', '门店数据目录 · the shop’s data', DATA)
    .addOption(platform())
    .addOption(localService())
    .addOption(profile())
    .addOption(staff())
    .addOption(lang())
    .action(
      acting(
        async (
          id: string | undefined,
          options: { manufacturedOn?: BusinessDate; data: string; platform?: string; localService?: string; profile?: string; staff: string; lang: Language },
        ) => (await import('./outbox-command.ts')).runOutboxRetry(terminal, id, options),
      ),
    )

  command('reconcile', '与省平台对账一天，差异只列出、不处理 · compare a day with the province; differences are listed, never cured')
    .addArgument(new Argument('[DATE]', '日期，缺省为昨天 · day (default: yesterday)').argParser(date))
    .option('--data <DIR>', '门店数据目录 · the shop’s data', DATA)
    .option('--show', '只看上次的结果，不询问平台 · only show what was found last', false)
    .addOption(platform())
    .addOption(profile())
    .addOption(staff())
    .addOption(lang())
    .action(
      acting(async (day: BusinessDate | undefined, options: { data: string; show: boolean; platform?: string; profile?: string; staff: string; lang: Language }) =>
        (await import('./reconcile-command.ts')).runReconcile(terminal, day, options),
      ),
    )

  const map = command('map', '三码映射：追溯码标识、条码、医保编码、批准文号、本位码 · the three-code map')
  command('import', '导入对码文件，整体成败 · import a file of links, all or nothing', map)
    .addArgument(new Argument('<FILE>', 'CSV 文件 · CSV file'))
    .addOption(new Option('--source <SOURCE>', '谁给的 · whose file it is').choices(['national', 'chain']).makeOptionMandatory())
    .option('--dry-run', '只试不写 · try it, write nothing', false)
    .option('--leave-out', '有被拒的行时，其余照收 · take the rest although some lines are refused', false)
    .option('--data <DIR>', '门店数据目录 · the shop’s data', DATA)
    .addOption(staff())
    .addOption(lang())
    .addHelpText('after', MAP_IMPORT_HELP)
    .action(
      acting(
        async (file: string, options: { source: 'national' | 'chain'; dryRun: boolean; leaveOut: boolean; data: string; staff: string; lang: Language }) =>
          (await import('./map-command.ts')).runMapImport(terminal, file, options),
      ),
    )

  const goods = command('goods', '到货与收货 · deliveries')
  command('import', '导入供应商送货单，整体成败 · import a supplier’s paper, all or nothing', goods)
    .addArgument(new Argument('<FILE>', 'JSON 或 CSV，- 为标准输入；格式见 electron/core/goods/README.md · JSON or CSV, - for stdin'))
    .option('--data <DIR>', '门店数据目录 · the shop’s data', DATA)
    .addOption(staff().default('2001'))
    .addOption(lang())
    .action(
      acting(async (file: string, options: { data: string; staff: string; lang: Language }) => (await import('./goods-command.ts')).runGoodsImport(terminal, file, options)),
    )

  const alarm = command('alarm', '疑似追溯码 · packs under suspicion')
  command('import', '导入警示名单（外店已售等），整体成败 · import a list of packs sold elsewhere, all or nothing', alarm)
    .addArgument(new Argument('<FILE>', 'CSV 文件，UTF-8 · CSV file: code,source,told at'))
    .option('--data <DIR>', '门店数据目录 · the shop’s data', DATA)
    .addOption(staff())
    .addOption(lang())
    .addHelpText('after', ALARM_IMPORT_HELP)
    .action(
      acting(async (file: string, options: { data: string; staff: string; lang: Language }) => (await import('./alarm-command.ts')).runAlarmImport(terminal, file, options)),
    )

  const recall = command('recall', '召回 · recalls')
  command('import', '导入召回名单，立即停售，整体成败 · import a recall list, it holds at once, all or nothing', recall)
    .addArgument(new Argument('<FILE>', 'CSV 文件，UTF-8：product,lot,reason,source；product 为本店编码、批准文号或医保编码，lot 写 * 为全部批号 · lot * is every lot'))
    .option('--data <DIR>', '门店数据目录 · the shop’s data', DATA)
    .addOption(staff())
    .addOption(lang())
    .action(
      acting(async (file: string, options: { data: string; staff: string; lang: Language }) => (await import('./recall-command.ts')).runRecallImport(terminal, file, options)),
    )

  const catalogue = command('catalogue', '医保目录：更新、导入、查询 · the national catalogue')
  const atShop = (made: Command): Command => made.option('--data <DIR>', '门店数据目录 · the shop’s data', DATA).addOption(profile()).addOption(staff()).addOption(lang())
  const list = (): Option => new Option('--list <LIST>', '目录：1301 药品 1302 饮片 1320 颗粒 1306 耗材 1307 疾病 1309 门慢特').choices(['1301', '1302', '1320', '1306', '1307', '1309'])
  const shrinking = (): Option => new Option('--accept-shrinking', '有效条目确实少了两成以上，照样采用 · a fifth of what was valid really went').default(false)
  atShop(command('update', '向省平台要更新的目录，直到没有更新 · ask the platform until nothing is newer', catalogue))
    .addOption(platform())
    .addOption(shrinking())
    .action(acting(async (options: CatalogueOptions & { acceptShrinking: boolean }) => (await import('./catalogue-command.ts')).runCatalogueUpdate(terminal, options)))
  atShop(command('import', '导入一份目录文件（ZIP），整体成败 · import an archive, all or nothing', catalogue))
    .addArgument(new Argument('<FILE>', '平台给的 ZIP · an archive of the platform'))
    .addOption(list().default('1301'))
    .addOption(shrinking())
    .action(acting(async (file: string, options: CatalogueOptions & { list: string; acceptShrinking: boolean }) => (await import('./catalogue-command.ts')).runCatalogueImport(terminal, file, options)))
  atShop(command('show', '一个编码的全部内容、限价与先自付，按日期 · all that is said of a code on a day', catalogue))
    .addArgument(new Argument('<CODE>', '医保编码 · national code'))
    .addOption(new Option('--on <DATE>', '日期，缺省今天 · day (default: today)').argParser(date))
    .action(acting(async (code: string, options: CatalogueOptions & { on?: BusinessDate }) => (await import('./catalogue-command.ts')).runCatalogueShow(terminal, code, options)))
  atShop(command('status', '各目录的版本、条数、上次更新 · version, rows and age of each list', catalogue)).action(
    acting(async (options: CatalogueOptions) => (await import('./catalogue-command.ts')).runCatalogueStatus(terminal, options)),
  )

  const profiles = command('profile', '地区配置：检查、键的说明 · region profiles')
  command('check', '逐行指出每个错误与可疑之处 · every mistake and what is suspicious, line by line', profiles)
    .addArgument(new Argument('<FILE...>', '配置文件，或自带的名称 · files, or names that come with the program'))
    .option('--json', 'JSON', false)
    .addOption(lang())
    .action(acting(async (files: string[], options: { json: boolean; lang: Language }) => (await import('./profile-command.ts')).runProfileCheck(terminal, files, options)))
  command('schema', '全部键与说明，JSON Schema · every key, as a JSON Schema', profiles).action(acting(async () => (await import('./profile-command.ts')).runProfileSchema(terminal)))
  command('list', '自带的配置 · what comes with the program', profiles).action(acting(async () => (await import('./profile-command.ts')).runProfileList(terminal)))

  const secret = command('secret', '地区配置里点名的密钥，存于加密的门店数据 · keys that a region profile names, kept in the shop’s encrypted data')
  const keptIn = (made: Command): Command => made.option('--data <DIR>', '门店数据目录 · the shop’s data', DATA).addOption(lang())
  keptIn(command('set', '由标准输入读一行密钥 · reads the key as one line of standard input', secret).addArgument(new Argument('<NAME>', '如 platform.accessKey · such as platform.accessKey'))).action(
    acting(async (name: string, options: SecretOptions) => (await import('./secret-command.ts')).runSecretSet(terminal, name, options)),
  )
  keptIn(command('list', '只列名称 · names only', secret)).action(acting(async (options: SecretOptions) => (await import('./secret-command.ts')).runSecretList(terminal, options)))
  keptIn(command('remove', '删去 · take one out', secret).addArgument(new Argument('<NAME>', '名称 · name'))).action(
    acting(async (name: string, options: SecretOptions) => (await import('./secret-command.ts')).runSecretRemove(terminal, name, options)),
  )

  const log = command('log', '日志 · logs')
  command('export', '导出给技术支持：遮盖后的日志、体检、版本、配置（不含密钥）、待上传数量，一个 ZIP · for support: masked logs, doctor, versions, profile without keys, what waits, in one ZIP', log)
    .addArgument(new Argument('<FILE>', 'ZIP 文件 · ZIP file'))
    .option('--data <DIR>', '门店数据目录 · the shop’s data', DATA)
    .addOption(platform())
    .addOption(profile())
    .addOption(lang())
    .action(
      acting(async (file: string, options: { data: string; platform?: string; profile?: string; lang: Language }) =>
        (await import('./log-command.ts')).runLogExport(terminal, file, options),
      ),
    )

  command('doctor', '体检：版本、数据库、平台、时钟、路径 · check versions, database, platform, clock, paths')
    .option('--data <DIR>', '门店数据目录 · the shop’s data', DATA)
    .addOption(platform())
    .addOption(profile())
    .option('--json', 'JSON', false)
    .addOption(lang())
    .action(
      acting(async (options: { data: string; platform?: string; profile?: string; json: boolean; lang: Language }) =>
        (await import('./doctor/doctor-command.ts')).runDoctor(terminal, options),
      ),
    )
  return program
}

/** Runs one call of the command line. Never throws; the number is the exit code. */
export const runCli = async (args: readonly string[], terminal: Terminal): Promise<ExitCode> => {
  let ended: ExitCode = EXIT.done
  try {
    await buildProgram(terminal, (code) => {
      ended = code
    }).parseAsync([...args], { from: 'user' })
    return ended
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage
    if (isAppError(error)) return tellError(terminal, error, args[args.indexOf('--lang') + 1] === 'en' ? 'en' : 'zh')
    terminal.err(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    return EXIT.defect
  }
}
